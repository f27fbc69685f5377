//! Locates the manifest.

use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::manifest::lower::files;
use crate::picture::Confinement;

/// The default file names of a manifest, the preferred one first.
const NAMES: [&str; 2] = ["book.yaml", "book.yml"];

/// Locates the manifest: `start` itself, the `book.yaml` or `book.yml` in the folder `start`, or,
/// without `start`, that in `cwd` or its nearest parent folder. The path is relative to `cwd`
/// unless it is in a parent folder.
///
/// # Errors
/// The finding `manifest-missing`.
pub fn find(start: Option<&Path>, cwd: &Path) -> Result<PathBuf, Finding> {
    let Some(start) = start else {
        let found = cwd.ancestors().find_map(|folder| Some((folder, manifest_in(folder)?)));
        return found
            .map(|(folder, name)| {
                if folder == cwd { PathBuf::from(name) } else { folder.join(name) }
            })
            .ok_or_else(|| {
                let message = "there is no book.yaml in this folder or a parent folder";
                let help = "recto init writes one from the photos of a folder; or give the path of another file";
                Finding::new(Code::ManifestMissing, message).help(help)
            });
    };
    let named = cwd.join(start);
    if named.is_dir() {
        return if let Some(name) = manifest_in(&named) {
            Ok(start.join(name))
        } else {
            let message = format!("there is no book.yaml in {}", start.display());
            let help = format!("recto init {} writes one from the photos there", start.display());
            Err(Finding::new(Code::ManifestMissing, message).help(help))
        };
    }
    if files::check_is_file(&named, &Confinement::default()).is_ok() {
        Ok(start.to_path_buf())
    } else {
        Err(missing(start))
    }
}

/// The name of the manifest in a folder.
fn manifest_in(folder: &Path) -> Option<&'static str> {
    NAMES
        .into_iter()
        .find(|name| files::check_is_file(&folder.join(name), &Confinement::default()).is_ok())
}

/// The finding that there is no manifest at this path, with a similar file as a suggestion.
pub(crate) fn missing(path: &Path) -> Finding {
    let message = format!("there is no manifest {}", path.display());
    let finding = Finding::new(Code::ManifestMissing, message);
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match files::similar_file(folder, name) {
        Some(similar) => finding.help(format!("{} is there", folder.join(similar).display())),
        None => finding,
    }
}
