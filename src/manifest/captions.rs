//! What pictures say about themselves, as far as it is fit to be printed.

use regex_automata::meta::Regex;

use crate::picture::{Candidates, Container};

/// What cameras and programs write where a caption belongs, in capitals; a caption
/// that begins with one of the first kind or is one of the second is none.
const BOILERPLATE_STARTS: [&str; 9] = [
    "OLYMPUS DIGITAL CAMERA",
    "MINOLTA DIGITAL CAMERA",
    "KONICA MINOLTA DIGITAL",
    "KONICA DIGITAL CAMERA",
    "PENTAX DIGITAL CAMERA",
    "SAMSUNG CAMERA PICTURES",
    "SAMSUNG DIGITAL CAMERA",
    "CREATED WITH GIMP",
    "PROCESSED WITH",
];
const BOILERPLATE: [&str; 18] = [
    "SONY DSC",
    "KODAK DIGITAL STILL CAMERA",
    "DIGITAL CAMERA",
    "DIGITALCAMERA",
    "EXIF_JPEG_PICTURE",
    "EXIF JPEG",
    "DCIM",
    "DCF",
    "JPEG",
    "DEFAULT",
    "UNTITLED",
    "NONAME",
    "CAPTION",
    "DESCRIPTION",
    "IMAGE",
    "NAME TO COME",
    "NO DESCRIPTION",
    "<DIGIMAX>",
];

/// One line of what a picture says, or `None` when nothing remains.
pub(super) fn clean(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c })
        .collect();
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A caption that a person wrote, or `None`.
pub(super) fn caption(text: &str, ignored: &[Regex]) -> Option<String> {
    let text = clean(text)?;
    let capitals = text.to_uppercase();
    let by_machine = BOILERPLATE.contains(&capitals.as_str())
        || BOILERPLATE_STARTS.iter().any(|start| capitals.starts_with(start))
        || !text.chars().any(char::is_alphanumeric);
    let unwanted = by_machine || ignored.iter().any(|pattern| pattern.is_match(&text));
    (!unwanted).then_some(text)
}

/// The first caption that a person wrote, looked for in this order; where there is none,
/// the first headline. What a camera wrote in one place hides nothing in the next.
pub(super) fn first(
    candidates: &Candidates,
    order: &[Container],
    ignored: &[Regex],
) -> Option<String> {
    let places: Vec<_> = order.iter().map(|&place| candidates.merged(&[place])).collect();
    let mut captions = places.iter().filter_map(|place| place.caption.as_ref());
    let mut headlines = places.iter().filter_map(|place| place.headline.as_ref());
    captions
        .find_map(|it| caption(&it.value, ignored))
        .or_else(|| headlines.find_map(|it| caption(&it.value, ignored)))
}

#[cfg(test)]
mod tests {
    use super::caption;

    #[test]
    fn what_cameras_write_is_no_caption() {
        for written in ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "default", "  ", "---"] {
            assert_eq!(caption(written, &[]), None, "{written}");
        }
        assert_eq!(caption(" The  harbour\nat\0dusk ", &[]), Some("The harbour at dusk".into()));
        assert_eq!(caption("Default of the bank", &[]), Some("Default of the bank".into()));
    }
}
