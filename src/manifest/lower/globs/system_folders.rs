//! Folders that operating systems, file servers and photo programs make for themselves.

/// Their names, in lower case.
const NAMES: [&str; 20] = [
    // Synology
    "@eadir",
    "@tmp",
    "@sharebin",
    "#recycle",
    "#snapshot",
    // QNAP
    "@__thumb",
    "@recycle",
    "@recently-snapshot",
    // NetApp, Buffalo
    "~snapshot",
    "trashbox",
    // Windows
    "$recycle.bin",
    "recycler",
    "recycled",
    "system volume information",
    "found.000",
    // macOS
    "__macosx",
    "network trash folder",
    "temporary items",
    "thevolumesettingsfolder",
    // Linux
    "lost+found",
];

/// The ends of the names of libraries, in lower case. Their photos are copies, or named by numbers.
const SUFFIXES: [&str; 7] = [
    // Lightroom
    ".lrdata",
    ".lrlibrary",
    // Apple Photos, iPhoto and Aperture
    ".photoslibrary",
    ".photolibrary",
    ".migratedphotolibrary",
    ".aplibrary",
    // Capture One
    ".cocatalog",
];

/// Whether a folder or a file is hidden. Netatalk writes a dot at the start as `:2e`.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with(":2e")
}

/// Whether a folder belongs to a system or a program.
pub(super) fn is_system(name: &str) -> bool {
    let name = name.to_lowercase();
    NAMES.contains(&name.as_str()) || suffix(&name).is_some()
}

/// Whether patterns do not search a folder with this name.
pub(crate) fn is_skipped_folder(name: &str) -> bool {
    is_hidden(name) || is_system(name)
}

/// Whether a part of a pattern that matches this name is meant for it: it starts with the same
/// character, or with the whole suffix of a library.
pub(super) fn is_meant(part: &str, name: &str) -> bool {
    let (part, name) = (part.to_lowercase(), name.to_lowercase());
    part.chars().next() == name.chars().next()
        || part.starts_with('\\')
        || suffix(&name).is_some_and(|suffix| part.ends_with(suffix))
}

fn suffix(name: &str) -> Option<&'static str> {
    SUFFIXES.into_iter().find(|suffix| name.ends_with(suffix))
}
