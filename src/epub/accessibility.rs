//! What the book can truthfully say about who can read it (EPUB Accessibility 1.1).

use crate::model::{Book, Entry};

use super::parts::Part;

/// The claims of a book, each only when it is true of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accessibility {
    /// How the content is perceived.
    pub(super) modes: Vec<&'static str>,
    /// The sets of senses of which each suffices.
    pub(super) sufficient: Vec<&'static str>,
    /// What helps.
    pub(super) features: Vec<&'static str>,
    /// Who answers for the claim that the standard is kept, if it can be made.
    pub(super) certified_by: Option<String>,
    /// The same in a sentence or two of English.
    pub(super) summary: String,
}

/// What the book can say.
pub(super) fn of(book: &Book, parts: &[Part<'_>], mirrors_print: bool) -> Accessibility {
    let in_texts = || parts.iter().flat_map(|part| &part.figures).map(|shown| shown.figure);
    let plates = book.plates().count() + in_texts().count();
    let described = book.plates().filter(|(_, plate)| plate.alt.is_some()).count()
        + in_texts().filter(|figure| figure.alt.is_some()).count();
    let all_described = described == plates;
    let has_pages = parts.iter().any(|part| !part.breaks.is_empty());
    let has_text = book.entries.iter().any(|entry| !matches!(entry, Entry::Plate(_)));

    let mut modes = vec!["textual"];
    let mut sufficient = Vec::new();
    if plates > 0 {
        modes.push("visual");
        sufficient.push("textual,visual");
    }
    if all_described {
        sufficient.push("textual");
    }

    let mut features =
        vec!["ARIA", "displayTransformability", "readingOrder", "tableOfContents", "unlocked"];
    if has_text {
        features.push("structuralNavigation");
    }
    if plates > 0 && all_described {
        features.push("alternativeText");
    }
    if has_pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features.sort_unstable();

    Accessibility {
        modes,
        sufficient,
        features,
        certified_by: all_described.then(|| publisher(book)).flatten(),
        summary: summary(plates, described, has_pages, mirrors_print),
    }
}

/// Whoever puts a name to the book puts it to the claim as well.
fn publisher(book: &Book) -> Option<String> {
    book.publisher.clone().or_else(|| book.creators.first().map(|maker| maker.name.clone()))
}

fn summary(plates: usize, described: usize, has_pages: bool, mirrors_print: bool) -> String {
    let pictures = match (plates, described) {
        (0, _) => "The book is text alone.".to_owned(),
        (_, 0) => "The pictures are not described in words.".to_owned(),
        (all, some) if all == some => "Every picture is described in words.".to_owned(),
        (all, some) => format!("{some} of {all} pictures are described in words."),
    };
    let pages = match (has_pages, mirrors_print) {
        (false, _) => "",
        (true, true) => " Page numbers are those of the printed edition.",
        (true, false) => " Pages are numbered by plates.",
    };
    format!("{pictures} Type, size and colours are the reader’s to choose.{pages}")
}
