//! The manifest: YAML to a [`Book`](crate::model::Book), in three steps.
//!
//! [`syntax`] parses the text into a tree with positions; [`keys`] defines the type of each key,
//! for reading, the schema and the reference page; [`lower`] interprets the keys and reads the
//! files; [`captions`] reads captions that are not in the manifest. What is invalid becomes a
//! finding and is left out, so that all findings come in one run and a book with errors can still
//! be checked.

mod captions;
mod designs;
pub mod init;
mod keys;
mod lower;
mod printers;
mod syntax;
mod watch;

use std::path::Path;

use crate::finding::{Code, Finding};
use crate::picture::Confinement;

pub use lower::Loaded;
pub(crate) use lower::colophon::typeface_name;
pub use lower::find::find;
pub(crate) use lower::globs::is_raw;
pub use lower::languages::LoadOptions;
pub use lower::system_fonts::system_fonts;
pub use printers::{PrinterFact, PrinterSheet};
pub(crate) use syntax::suggest::nearest;
pub use watch::folders_to_watch;

use lower::files::{self, FileError};

/// Loads the manifest file at this path with the texts, pictures, fonts and profiles that it
/// names, in the manifest's own language.
pub fn load(path: &Path) -> Loaded {
    load_with(path, &LoadOptions::default())
}

/// Loads the manifest file at this path, for example in another language.
pub fn load_with(path: &Path, options: &LoadOptions) -> Loaded {
    let mut loaded = Loaded::default();
    let base = path.parent().unwrap_or(Path::new(""));
    let confinement = if options.confined {
        let Ok(confinement) = Confinement::to_folder(base) else {
            loaded.findings.push(lower::find::missing(path));
            return loaded;
        };
        confinement
    } else {
        Confinement::default()
    };
    match files::text(path, files::MAX_MANIFEST, &confinement) {
        Ok((source, None)) => {
            lower::lower(&source, base, &confinement, options, &mut loaded);
            loaded.sources.insert(source.file, source.text);
        }
        Ok((source, Some(finding))) => {
            loaded.findings.push(finding);
            loaded.sources.insert(source.file, source.text);
        }
        Err(FileError::Outside) => {
            loaded.findings.push(files::outside(&path.display().to_string()));
        }
        Err(FileError::Missing) => loaded.findings.push(lower::find::missing(path)),
        Err(error) => {
            let message = format!("{} {}", path.display(), error.description());
            let finding = Finding::new(Code::ManifestMissing, message);
            loaded.findings.push(match error {
                FileError::TooLarge(_) => finding.help("move long texts into Markdown files"),
                _ => finding,
            });
        }
    }
    sort(&mut loaded.findings, path);
    loaded
}

/// Parses a file size as the manifest does: `45 MB`, `1.5GiB`.
pub fn parse_file_size(text: &str) -> Option<u64> {
    keys::scalars::FileSize::try_from(text.to_owned()).ok().map(|size| size.0)
}

/// The JSON Schema (draft-07) of a manifest.
pub fn schema() -> serde_json::Value {
    keys::schema::schema()
}

/// The JSON Schema (draft-07) of a design file.
pub fn design_schema() -> serde_json::Value {
    keys::schema::design_schema()
}

/// The names of the bundled designs.
pub fn bundled_designs() -> Vec<&'static str> {
    designs::names()
}

/// The text of a bundled design.
pub fn bundled_design(name: &str) -> Option<&'static str> {
    designs::file(name)
}

/// The JSON Schema (draft-07) of a printer's file.
pub fn printer_schema() -> serde_json::Value {
    keys::schema::printer_schema()
}

/// The names of the presets of printers.
pub fn bundled_printers() -> Vec<&'static str> {
    printers::names()
}

/// The file of a printer's preset.
pub fn bundled_printer(name: &str) -> Option<&'static str> {
    printers::file(name)
}

/// All that the preset of a printer says.
pub fn printer_sheet(name: &str) -> Option<PrinterSheet> {
    printers::sheet(name)
}

/// Sorts findings by position, those in the manifest first, and removes duplicates.
fn sort(findings: &mut Vec<Finding>, manifest: &Path) {
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| {
            finding.at.as_ref().map(|at| (at.file != manifest, at.file.clone(), at.line, at.column))
        };
        place(a).cmp(&place(b))
    });
    findings.dedup();
}
