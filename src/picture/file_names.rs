//! File names in the two forms of Unicode.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use icu_normalizer::ComposingNormalizer;

/// A name in Unicode's composed form (NFC), in which canonically equivalent names are the same.
pub(crate) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        Cow::Borrowed(name)
    } else {
        ComposingNormalizer::new_nfc().normalize(name)
    }
}

/// The name in a folder that is canonically equivalent to this one (UAX #15); the first of several.
/// macOS and some archives decompose `é` into a letter and an accent.
pub(crate) fn equivalent_name(folder: &Path, name: &str) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let wanted = composed(name);
    let names =
        folder.read_dir().ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|entry| composed(entry) == wanted).min()
}

/// The path under which a file is on the disk: this one, or one with a canonically equivalent name
/// in the same folder.
pub(in crate::picture) fn path_on_disk(path: &Path) -> Cow<'_, Path> {
    let equivalent = || -> Option<PathBuf> {
        let name = path.file_name()?.to_str()?;
        if name.is_ascii() || path.symlink_metadata().is_ok() {
            return None;
        }
        let folder = path.parent()?;
        equivalent_name(folder, name).map(|name| folder.join(name))
    };
    equivalent().map_or(Cow::Borrowed(path), Cow::Owned)
}
