//! Writes manifests: a new one from a folder of photos, or new photos into one that exists.
//!
//! [`new_manifest`] returns the text of a new manifest; [`updated_manifest`] edits an existing text
//! by positions, so that every word, comment and blank line in it stays. Neither writes a file.

mod beside;
mod chapters;
mod copies;
mod entry;
mod full_form;
mod known;
mod lines;
mod options;
mod page_lines;
mod photo;
mod same_values;
mod scalar;
mod scan;
mod screenshots;
mod summary;
mod text;
mod update;
mod words;

use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::manifest::keys::scalars::{LanguageTag, TrimSize};
use crate::model::Language;

pub use crate::manifest::keys::pages::PhotoOrder;
pub use beside::TableSummary;
pub use options::{ChapterRule, InitOptions};
pub use summary::FolderSummary;
pub(crate) use summary::some_of;
pub use text::SCHEMA_FILE;
pub use update::{Update, updated_manifest};

use scan::FolderScan;

/// A new manifest.
#[derive(Debug)]
pub struct NewManifest {
    /// Its text.
    pub text: String,
    /// What is in the folder.
    pub summary: FolderSummary,
}

/// The text of a manifest for the photos in a folder and its subfolders. Photos are not decoded.
///
/// # Errors
/// The finding `photos-none` if there is no photo, or `photos-pattern` if there are too many files.
pub fn new_manifest(folder: &Path, options: &InitOptions) -> Result<NewManifest, Finding> {
    let language = Language::new(&options.language);
    let reading = words::Reading { language, today: options.today, threads: options.threads };
    let mut scan = scan::scan(folder, &reading)?;
    let table = match &options.captions {
        Some(table) => Some(beside::read_table(folder, table, &mut scan.photos)?),
        None => None,
    };
    let summary = summary::summary(&scan);
    if summary.photos == 0 {
        return Err(no_photos(folder, &scan, &summary));
    }
    let order = options.order.unwrap_or_else(|| scan::order_of(&scan));
    let chapters = chapters::divide(scan.photos, order, options.chapters, &reading.language);
    let text = text::manifest(&chapters, options);
    let chapters = chapters.iter().filter(|chapter| chapter.title.is_some()).count();
    Ok(NewManifest { text, summary: FolderSummary { chapters, table, ..summary } })
}

/// The pictures and camera raw files in a folder that recto cannot read, and that no photo was made
/// from.
///
/// # Errors
/// The finding `photos-pattern` if there are too many files.
pub fn convertible_files(folder: &Path) -> Result<Vec<PathBuf>, Finding> {
    scan::convertible(folder)
}

/// The title that the name of a folder suggests. A name that cameras and systems give to folders
/// says nothing, so the name of the folder around it is used instead.
pub fn title_of(folder: &Path) -> String {
    let names = folder.ancestors().filter_map(|folder| folder.file_name()?.to_str());
    let name = names.clone().find(|name| !is_generic(name));
    chapters::title(name.or_else(|| names.clone().next()).unwrap_or("Photos"))
}

/// Whether a folder of this name can hold any photos.
fn is_generic(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "photos",
        "photo",
        "pictures",
        "images",
        "jpg",
        "jpeg",
        "dcim",
        "camera",
        "camera roll",
        "bilder",
        "fotos",
        "imágenes",
        "new folder",
        "neuer ordner",
        "desktop",
    ];
    let name = name.to_lowercase();
    // `100CANON` (DCF: three digits and five characters).
    let is_dcf = name.len() == 8 && name.bytes().take(3).all(|byte| byte.is_ascii_digit());
    NAMES.contains(&name.as_str()) || is_dcf && !name.contains([' ', '-'])
}

/// The size of a page as a manifest gives it, if it is valid.
pub fn is_trim(text: &str) -> bool {
    TrimSize::try_from(text.to_owned()).is_ok()
}

/// Whether a text is a well-formed BCP 47 tag.
pub fn is_language(text: &str) -> bool {
    LanguageTag::try_from(text.to_owned()).is_ok()
}

fn no_photos(folder: &Path, scan: &FolderScan, summary: &FolderSummary) -> Finding {
    let folder = match folder.to_str() {
        Some("" | ".") => "this folder".to_owned(),
        _ => folder.display().to_string(),
    };
    let message = format!("there is no photo in {folder} that recto can read");
    let finding = Finding::new(Code::PhotosNone, message);
    let seen = summary.left_out_line();
    if scan.photos.is_empty() && seen.is_empty() {
        return finding.help("give the folder of the photos, such as recto init ~/Pictures/winter");
    }
    if summary.convertible.is_empty() {
        return finding.help(format!("it has {seen}; give the folder of the photos"));
    }
    finding.help(format!("it has {seen}; recto init --convert converts what it can"))
}
