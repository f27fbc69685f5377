//! Where the manifest is.

use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::manifest::lower::files;

/// The name that a manifest has unless another is given.
const NAME: &str = "book.yaml";

/// The manifest's file: `start` itself, the `book.yaml` in the folder `start`, or,
/// without one, the `book.yaml` in `cwd` or the nearest folder above it. It is named as
/// the user would, that is, relative to `cwd` unless it lies above.
///
/// # Errors
/// The finding `manifest-missing`.
pub fn find(start: Option<&Path>, cwd: &Path) -> Result<PathBuf, Finding> {
    let Some(start) = start else {
        let found =
            cwd.ancestors().map(|folder| folder.join(NAME)).find(|file| files::look(file).is_ok());
        return found
            .map(|file| if file == cwd.join(NAME) { PathBuf::from(NAME) } else { file })
            .ok_or_else(|| {
                let message = format!("there is no {NAME} here or in a folder above");
                let help = "write one of three lines, title:, pages: and - photos: \"*.jpg\", or name another file";
                Finding::new(Code::ManifestMissing, message).help(help)
            });
    };
    let named = cwd.join(start);
    if named.is_dir() {
        let file = named.join(NAME);
        return if files::look(&file).is_ok() {
            Ok(start.join(NAME))
        } else {
            let message = format!("there is no {NAME} in {}", start.display());
            let help = "write one of three lines there: title:, pages: and - photos: \"*.jpg\"";
            Err(Finding::new(Code::ManifestMissing, message).help(help))
        };
    }
    if files::look(&named).is_ok() { Ok(start.to_path_buf()) } else { Err(missing(start)) }
}

/// The finding that there is no file of this name, with the one that was meant.
pub(crate) fn missing(path: &Path) -> Finding {
    let message = format!("there is no manifest {}", path.display());
    let finding = Finding::new(Code::ManifestMissing, message);
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match files::near(folder, name) {
        Some(near) => finding.help(format!("{} is there", folder.join(near).display())),
        None => finding,
    }
}
