//! The lines of a photo in a manifest.

use std::fmt::Write as _;

use super::photo::{FoundPhoto, Remark};
use super::scalar::{comment, scalar};
use super::words::Word;

/// The entry of a photo under `pages`, with this indentation before its dash and a line break at
/// its end. A photo that is left out is a comment.
pub(super) fn entry(photo: &FoundPhoto, indent: &str) -> String {
    let name = scalar(&photo.name);
    let left_out = |reason: String| format!("{indent}# - photo: {name}  # {}\n", comment(&reason));
    let remark = match &photo.remark {
        Some(Remark::Screenshot) => return left_out("a screenshot".to_owned()),
        Some(Remark::SameFile(other)) => return left_out(format!("the same file as {other}")),
        Some(Remark::Unreadable(reason)) => return left_out(reason.clone()),
        Some(Remark::LikelyCopy(other)) => {
            format!("  # {}", comment(&format!("probably a copy of {other}")))
        }
        None => String::new(),
    };
    let mut lines = format!("{indent}- photo: {name}{remark}\n");
    let words = &photo.words;
    let keys = [
        ("caption", &words.caption),
        ("alt", &words.alt),
        ("credit", &words.credit),
        ("place", &words.place),
        ("taken", &words.taken),
    ];
    for (key, word) in keys {
        // Writing to a string cannot fail.
        let _ = match word {
            Some(Word { text, source }) => {
                writeln!(lines, "{indent}  {key}: {}  # {source}", scalar(text))
            }
            None if key == "alt" => writeln!(lines, "{indent}  alt: # TODO"),
            None => Ok(()),
        };
    }
    lines
}
