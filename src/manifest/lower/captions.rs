//! Cleans captions from metadata and ignores those that cameras write.

use regex_automata::meta::Regex;

use crate::model::{Language, Metadata, is_xml_char};
use crate::picture::{Candidates, MetadataSource};

/// Captions that cameras and programs write, in capitals. A caption that starts with one of these
/// is ignored.
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
/// A caption that equals one of these is ignored.
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

/// Joins the lines of a text and removes control characters. `None` if nothing remains.
pub(crate) fn clean(text: &str) -> Option<String> {
    let text: String =
        text.chars().map(|c| if c.is_control() || !is_xml_char(c) { ' ' } else { c }).collect();
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Cleans a caption. `None` if it is boilerplate or matches an ignored pattern.
pub(crate) fn caption(text: &str, ignored: &[Regex]) -> Option<String> {
    let text = clean(text)?;
    let capitals = text.to_uppercase();
    let is_boilerplate = BOILERPLATE.contains(&capitals.as_str())
        || BOILERPLATE_STARTS.iter().any(|start| capitals.starts_with(start))
        || is_file_name(&capitals)
        || !text.chars().any(char::is_alphanumeric);
    let is_ignored = is_boilerplate || ignored.iter().any(|pattern| pattern.is_match(&text));
    (!is_ignored).then_some(text)
}

/// The first caption in this order that is not ignored, or else the first such headline.
pub(crate) fn first(
    candidates: &Candidates,
    order: &[MetadataSource],
    ignored: &[Regex],
    language: &Language,
) -> Option<String> {
    let sources: Vec<_> = order.iter().map(|&source| candidates.merged(&[source])).collect();
    let mut captions = sources.iter().filter_map(|source| source.caption.as_ref());
    let mut headlines = sources.iter().filter_map(|source| source.headline.as_ref());
    captions
        .find_map(|it| caption(it.in_language(language), ignored))
        .or_else(|| headlines.find_map(|it| caption(it.in_language(language), ignored)))
}

/// The metadata except the caption: from the kinds in `order`, then from the others. The manifest
/// sets the order for captions only, so alt texts and credits are read from the other kinds too.
pub(crate) fn others(candidates: &Candidates, order: &[MetadataSource]) -> Metadata {
    let rest = Candidates::DEFAULT_ORDER.into_iter().filter(|kind| !order.contains(kind));
    candidates.merged(&order.iter().copied().chain(rest).collect::<Vec<_>>())
}

/// Whether a text is a file name by a camera, such as `DSC_0123.JPG` or `IMG_20260112_101500`,
/// which some programs use as a title.
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
    fn captions_by_cameras_are_ignored() {
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
