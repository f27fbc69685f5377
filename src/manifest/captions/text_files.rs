//! The caption of a photo in a text file beside it: `01.txt` or `01.jpg.txt`, and `01.de.txt` for
//! the one in German.

use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::manifest::captions::values;
use crate::manifest::lower::files::{self, FileError};
use crate::model::Location;
use crate::picture::file_names::path_on_disk;
use crate::picture::{self, Confinement};

/// The maximum size of a caption.
const MAX_CAPTION: u64 = 64 << 10;

/// A caption from a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextCaption {
    /// Its language; that of the book if there is none.
    pub(crate) language: Option<String>,
    /// The text.
    pub(crate) text: String,
}

/// Reads the captions beside a photo, and what is wrong with their files. `languages` are those of
/// the book, and files for which `is_other` is true are other texts of the book.
pub(crate) fn read(
    photo: &Path,
    languages: &[String],
    is_other: &dyn Fn(&Path) -> bool,
    confinement: &Confinement,
) -> (Vec<TextCaption>, Vec<Finding>) {
    let (mut captions, mut findings) = (Vec::new(), Vec::new());
    let tags = std::iter::once(None).chain(languages.iter().map(Some));
    for language in tags {
        let Some(path) = existing(photo, language.map(String::as_str)) else { continue };
        if is_other(&path) {
            continue;
        }
        match caption(&path, confinement) {
            Ok((text, note)) => {
                captions.push(TextCaption { language: language.cloned(), text });
                findings.extend(note);
            }
            Err(finding) => findings.push(*finding),
        }
    }
    (captions, findings)
}

/// The text file of a photo in a language; the one that is named after the whole file name first.
fn existing(photo: &Path, language: Option<&str>) -> Option<PathBuf> {
    let name = photo.file_name()?.to_str()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = photo.parent()?;
    let tag = language.map_or(String::new(), |tag| format!(".{tag}"));
    let names = [name, stem]
        .into_iter()
        .flat_map(|own| [format!("{own}{tag}.txt"), format!("{own}{tag}.TXT")]);
    names.map(|name| path_on_disk(&folder.join(name)).into_owned()).find(|path| path.is_file())
}

/// The text of a file, with a note if its encoding is guessed.
fn caption(
    path: &Path,
    confinement: &Confinement,
) -> Result<(String, Option<Finding>), Box<Finding>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let finding = |message: String, help: &str| {
        Box::new(Finding::new(Code::CaptionFile, message).help(help).at(Location::start_of(path)))
    };
    let bytes =
        files::limited_bytes(path, MAX_CAPTION, confinement).map_err(|error| match error {
            FileError::Outside => Box::new(files::outside(&name).at(Location::start_of(path))),
            FileError::TooLarge(_) => finding(
                format!("{name} is larger than 64 KB and is not used as a caption"),
                "shorten it, or rename it if it is not the caption of the photo",
            ),
            error => finding(format!("{name} {}", error.description()), "make it readable"),
        })?;
    let file = picture::decode_file(&bytes);
    if file.invalid.is_some() {
        let message = format!("{name} has bytes that are not text and is not used as a caption");
        return Err(finding(message, "save it as UTF-8"));
    }
    let text = paragraphs(&file.text);
    if text.is_empty() {
        let message = format!("{name} is empty");
        return Err(finding(message, "write the caption, or delete the file"));
    }
    let note = file.guess.map(|encoding| {
        let is_certain = |word: &&str| word.is_ascii();
        let word = text.split_whitespace().find(|word| !is_certain(word)).unwrap_or_default();
        let message =
            format!("{name} does not state its encoding; it is read as {encoding}: “{word}”");
        Finding::new(Code::CaptionsEncoding, message)
            .help("if the word is wrong, save the file as UTF-8")
            .at(Location::start_of(path))
    });
    Ok((text, note))
}

/// The paragraphs of a text, each on one line: editors break the lines of a paragraph anywhere.
fn paragraphs(text: &str) -> String {
    let text = values::lines_with_blanks(text);
    let paragraphs = text.split("\n\n").map(values::line).filter(|line| !line.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n")
}
