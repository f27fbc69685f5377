//! File names in the two forms of Unicode.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};

/// A name in Unicode's composed form (NFC), in which canonically equivalent names are the same.
pub(crate) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        Cow::Borrowed(name)
    } else {
        ComposingNormalizer::new_nfc().normalize(name)
    }
}

/// A text in Unicode's compatibility decomposition (NFKD), in which accents are characters.
pub(crate) fn decomposed(text: &str) -> Cow<'_, str> {
    DecomposingNormalizer::new_nfkd().normalize(text)
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

/// The path under which a file is on the disk: this one, or one whose name is composed (NFC) or
/// decomposed (NFD). Unlike [`equivalent_name`], it does not read the folder, which would take long
/// for every sidecar file that a photo may have and most do not.
pub(crate) fn path_on_disk(path: &Path) -> Cow<'_, Path> {
    let exists = |path: &Path| path.symlink_metadata().is_ok();
    let name = path.file_name().and_then(OsStr::to_str).filter(|name| !name.is_ascii());
    let Some(name) = name.filter(|_| !exists(path)) else { return Cow::Borrowed(path) };
    let decomposed = DecomposingNormalizer::new_nfd().normalize(name);
    let other = [composed(name), decomposed]
        .into_iter()
        .map(|other| path.with_file_name(&*other))
        .find(|other| exists(other));
    other.map_or(Cow::Borrowed(path), Cow::Owned)
}
