//! What `recto init` says about a folder.

use crate::manifest::init::{FolderSummary, TableSummary, some_of};

use crate::cli::text::counted;

/// What is in the folder, in lines.
pub(super) fn seen(summary: &FolderSummary) -> Vec<String> {
    let mut lines = Vec::new();
    let photos = counted(summary.photos, "photo");
    lines.push(match summary.left_out_line() {
        left_out if left_out.is_empty() => photos,
        left_out => format!("{photos}; left out: {left_out}"),
    });
    let copies = |pairs: &[(String, String)], noun: &str, remark: &str| {
        let pairs: Vec<String> =
            pairs.iter().map(|(copy, original)| format!("{copy} of {original}")).collect();
        let count = counted(pairs.len(), noun);
        (!pairs.is_empty()).then(|| format!("{count}{remark}: {}", some_of(&pairs)))
    };
    lines.extend(copies(&summary.same_files, "duplicate", ", left out"));
    lines.extend(copies(&summary.likely_copies, "likely duplicate", ""));
    if let Some(TableSummary { name, matched, unmatched, without_row }) = &summary.table {
        lines.push(format!("{name} has captions for {}", counted(*matched, "photo")));
        let lists = [
            (unmatched, "row of it matches no photo", "rows of it match no photo"),
            (without_row, "photo has no row in it", "photos have no row in it"),
        ];
        for (names, one, many) in lists {
            match names.len() {
                0 => {}
                1 => lines.push(format!("1 {one}: {}", names[0])),
                count => lines.push(format!("{count} {many}: {}", some_of(names))),
            }
        }
    }
    if summary.text_files > 0 {
        let photos = counted(summary.text_files, "photo");
        lines.push(format!("text files beside the photos have captions for {photos}"));
    }
    let words = summary.words;
    let counts = [
        (words.captions, "caption"),
        (words.alts, "alt text"),
        (words.credits, "credit"),
        (words.places, "place"),
        (words.dates, "date"),
    ];
    let present: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|&(count, name)| counted(count, name))
        .collect();
    if !present.is_empty() {
        lines.push(format!("from the metadata of the photos: {}", present.join(", ")));
    }
    if summary.missing_alts > 0 {
        let missing = counted(summary.missing_alts, "alt text");
        lines.push(format!("to write: {missing}, each marked TODO"));
    }
    lines
}
