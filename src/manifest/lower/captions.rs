//! What pictures say about themselves, as far as it is fit to be printed.

use regex_automata::meta::Regex;

use crate::model::{Language, Metadata};
use crate::picture::{Candidates, MetadataSource};

/// What cameras and programs write where a caption belongs, in capitals; a caption
/// that begins with one of the first kind or is one of the second is none.
const BOILERPLATE_STARTS: [&str; 22] = [
    "OLYMPUS DIGITAL CAMERA",
    "MINOLTA DIGITAL CAMERA",
    "KONICA MINOLTA DIGITAL",
    "KONICA DIGITAL CAMERA",
    "PENTAX DIGITAL CAMERA",
    "SAMSUNG CAMERA PICTURES",
    "SAMSUNG DIGITAL CAMERA",
    "SAMSUNG DIGIMAX",
    "SANYO DIGITAL CAMERA",
    "RICOH DIGITAL CAMERA",
    "TOSHIBA DIGITAL CAMERA",
    "VIVITAR DIGITAL CAMERA",
    "POLAROID DIGITAL CAMERA",
    "CREATED WITH GIMP",
    "CREATED BY IMAGEMAGICK",
    "CREATED WITH THE GIMP",
    "CREATOR: GD-JPEG",
    "FILE WRITTEN BY ADOBE PHOTOSHOP",
    "PROCESSED WITH",
    "EDITED WITH",
    "LEAD TECHNOLOGIES",
    "NAME TO COME",
];
const BOILERPLATE: [&str; 43] = [
    "SONY DSC",
    "KODAK DIGITAL STILL CAMERA",
    "SCREENSHOT",
    "DSC",
    "DIGITAL CAMERA",
    "DIGITAL STILL CAMERA",
    "DIGITALCAMERA",
    "DIGITAL IMAGE",
    "DIGITAL PHOTO",
    "EXIF_JPEG_PICTURE",
    "EXIF-JPEG-PICTURE",
    "EXIF JPEG PICTURE",
    "EXIF JPEG",
    "JPEG IMAGE",
    "DCIM",
    "DCF",
    "JPEG",
    "JPG",
    "DEFAULT",
    "DEFAULT SETTINGS",
    "DEFAULT DESCRIPTION",
    "UNTITLED",
    "NONAME",
    "NO NAME",
    "CAPTION",
    "CAPTION GOES HERE",
    "ENTER CAPTION HERE",
    "INSERT CAPTION HERE",
    "CAPTION TO COME",
    "DESCRIPTION",
    "DESCRIPTION OF IMAGE",
    "IMAGE DESCRIPTION",
    "IMAGE",
    "IMG",
    "PHOTO",
    "PICTURE",
    "NO DESCRIPTION",
    "NO CAPTION",
    "NONE",
    "TBC",
    "TBD",
    "TK",
    "<DIGIMAX>",
];

/// One line of what a picture says, or `None` when nothing remains.
pub(crate) fn clean(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c })
        .collect();
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A caption that a person wrote, or `None`.
pub(crate) fn caption(text: &str, ignored: &[Regex]) -> Option<String> {
    let text = clean(text)?;
    let capitals = text.to_uppercase();
    let by_machine = BOILERPLATE.contains(&capitals.as_str())
        || BOILERPLATE_STARTS.iter().any(|start| capitals.starts_with(start))
        || is_file_name(&capitals)
        || !text.chars().any(char::is_alphanumeric);
    let unwanted = by_machine || ignored.iter().any(|pattern| pattern.is_match(&text));
    (!unwanted).then_some(text)
}

/// The first caption that a person wrote, looked for in this order; where there is none,
/// the first headline. What a camera wrote in one place hides nothing in the next.
pub(crate) fn first(
    candidates: &Candidates,
    order: &[MetadataSource],
    ignored: &[Regex],
    language: &Language,
) -> Option<String> {
    let places: Vec<_> = order.iter().map(|&place| candidates.merged(&[place])).collect();
    let mut captions = places.iter().filter_map(|place| place.caption.as_ref());
    let mut headlines = places.iter().filter_map(|place| place.headline.as_ref());
    captions
        .find_map(|it| caption(it.in_language(language), ignored))
        .or_else(|| headlines.find_map(|it| caption(it.in_language(language), ignored)))
}

/// What a picture says beside its caption: from the places that the manifest names, in
/// their order, and then from the others. The order is about captions; whoever leaves a
/// place out of it does not mean to lose alt texts and credits that stand nowhere else.
pub(crate) fn others(candidates: &Candidates, order: &[MetadataSource]) -> Metadata {
    let rest = Candidates::USUAL.into_iter().filter(|place| !order.contains(place));
    candidates.merged(&order.iter().copied().chain(rest).collect::<Vec<_>>())
}

/// `DSC_0123.JPG`, `IMG_20260112_101500`: a camera's name for a file, as some programs copy
/// it where a title belongs.
fn is_file_name(capitals: &str) -> bool {
    let stem = [".JPG", ".JPEG", ".TIF", ".TIFF", ".PNG", ".NEF", ".CR2", ".ARW", ".DNG"]
        .iter()
        .find_map(|extension| capitals.strip_suffix(extension))
        .unwrap_or(capitals);
    let mut letters = stem.chars().filter(|c| !matches!(c, '_' | '-'));
    let digits = letters.clone().filter(char::is_ascii_digit).count();
    digits >= 3
        && !stem.contains(' ')
        && letters.all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        && ["DSC", "IMG", "DCP", "P", "PICT", "DSCN", "DSCF", "MVC", "IMGP", "PXL", "SAM", "GOPR"]
            .iter()
            .any(|name| {
                let rest = stem.strip_prefix("_").unwrap_or(stem).strip_prefix(name);
                rest.is_some_and(|rest| {
                    rest.trim_start_matches('_').starts_with(|c: char| c.is_ascii_digit())
                })
            })
}

#[cfg(test)]
mod tests {
    use super::caption;

    #[test]
    fn what_cameras_write_is_no_caption() {
        for written in [
            "OLYMPUS DIGITAL CAMERA         ",
            "SONY DSC",
            "default",
            "  ",
            "---",
            "KONICA MINOLTA DIGITAL CAMERA",
            "Processed with VSCO with m5 preset",
            "Exif_JPEG_PICTURE",
            "Default settings",
            "<Digimax>",
            "Name to come, Harbour, 12 January",
            "DSC_0123.JPG",
            "IMG_20260112_101500",
            "_DSC4711",
            "P1010042",
        ] {
            assert_eq!(caption(written, &[]), None, "{written}");
        }
        for written in ["Photo by the sea", "P 52 leaves the yard", "Peter2000", "DCF77 mast"] {
            assert_eq!(caption(written, &[]), Some(written.into()));
        }
        assert_eq!(caption(" The  harbour\nat\0dusk ", &[]), Some("The harbour at dusk".into()));
        assert_eq!(caption("Default of the bank", &[]), Some("Default of the bank".into()));
    }
}
