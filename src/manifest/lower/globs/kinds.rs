//! The kinds of files beside photos, by their names.

/// Files that a book cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OtherFile {
    /// A picture in a format that recto cannot read, such as HEIC.
    Picture,
    /// A camera raw file.
    Raw,
    /// A video.
    Video,
    /// Any other file: a document, a sound, an archive.
    Other,
}

/// The extensions of camera raw files. Some are TIFF files with a small preview, so their content
/// does not tell them from photos.
const RAW: [&str; 29] = [
    "3fr", "arw", "bay", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "gpr", "iiq", "kdc",
    "mef", "mos", "mrw", "nef", "nrw", "orf", "ori", "pef", "raf", "raw", "rw2", "rwl", "sr2",
    "srf", "srw", "x3f",
];
const VIDEO: [&str; 22] = [
    "3g2", "3gp", "asf", "avi", "flv", "insv", "lrv", "m2t", "m2ts", "m4v", "mkv", "mod", "mov",
    "mp4", "mpeg", "mpg", "mts", "ogv", "qt", "vob", "webm", "wmv",
];
/// Files that programs keep beside a photo: they have its edits, metadata or preview.
const SIDECARS: [&str; 10] =
    ["aae", "cos", "dop", "dtprev", "on1", "pp3", "rrdata", "thm", "vrd", "xmp"];
/// Files that systems and photo programs leave in folders, and the manifest.
const SYSTEM_FILES: [&str; 7] = [
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "picasa.ini",
    "icon\r",
    "sha256sums",
    "recto.schema.json",
];
const MANIFESTS: [&str; 2] = ["yaml", "yml"];

/// The kind of a file that is not called a picture. `None` if it belongs to a photo, to the system
/// or to recto, so that its absence from a book needs no explanation.
pub(super) fn other_file(name: &str) -> Option<OtherFile> {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_in = |list: &[&str]| list.contains(&extension);
    if SYSTEM_FILES.contains(&file.as_str()) || is_in(&SIDECARS) || is_in(&MANIFESTS) {
        None
    } else if is_in(&RAW) {
        Some(OtherFile::Raw)
    } else if is_in(&VIDEO) {
        Some(OtherFile::Video)
    } else {
        Some(OtherFile::Other)
    }
}

/// The extensions of HEIC images, which are the originals of photos of the same name.
const HEIC: [&str; 3] = ["heic", "heif", "hif"];

/// Whether a photo is the original of any other one with the same name.
pub(crate) fn is_heic(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    HEIC.iter().any(|it| extension.eq_ignore_ascii_case(it))
}

/// Whether a file has the extension of a camera raw file.
pub(crate) fn is_raw(name: &str) -> bool {
    other_file(name) == Some(OtherFile::Raw)
}

/// A name without its extension, in lower case: that of a photo and its original are the same.
pub(crate) fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}
