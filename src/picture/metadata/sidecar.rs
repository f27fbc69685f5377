//! Finds the XMP sidecar files of a picture, and decides which of them are about it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::xmp;
use crate::model::Metadata;
use crate::picture::confinement::Confinement;
use crate::picture::file_names::path_on_disk;
use crate::picture::format::source::{RandomAccess, Source};

/// Larger sidecar files are ignored.
const MAX_SIDECAR: u64 = 16 * 1024 * 1024;
/// The extensions of camera raw files, beside which programs write `photo.xmp`.
const RAW_EXTENSIONS: [&str; 24] = [
    "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "iiq", "kdc", "mef", "mos",
    "mrw", "nef", "nrw", "orf", "pef", "raf", "raw", "rw2", "sr2", "srw", "x3f",
];

/// The sidecar files of a picture.
#[derive(Debug, Default)]
pub(in super::super) struct Sidecars {
    /// Those that are about this picture, the preferred one first.
    pub(in super::super) own: Vec<Sidecar>,
    /// One that is about another file with the same stem, such as the raw file that the picture was
    /// developed from.
    pub(in super::super) other: Option<Sidecar>,
    /// The names of those that cannot be used, with the reason.
    pub(in super::super) unusable: Vec<(String, String)>,
    /// The names of those that are links to files that may not be read.
    pub(in super::super) outside: Vec<String>,
}

/// A sidecar file.
#[derive(Debug)]
pub(in super::super) struct Sidecar {
    /// The name of the file.
    pub(in super::super) name: String,
    pub(in super::super) metadata: Metadata,
}

/// Reads the sidecar files of a picture: `photo.jpg.xmp`, which is about this file alone, then
/// `photo.xmp`, which may be about another one.
///
/// Their `tiff:Orientation` is ignored: editors copy it from the picture, and viewers and browsers
/// use only the orientation in the picture itself.
pub(in super::super) fn read(picture: &Path, confinement: &Confinement) -> Sidecars {
    let mut sidecars = Sidecars::default();
    let full_name = |extension: &str| {
        let mut name = OsString::from(picture);
        name.push(extension);
        PathBuf::from(name)
    };
    for path in existing(picture, [full_name(".xmp"), full_name(".XMP")]) {
        if let Some((sidecar, _)) = sidecars.open(&path, confinement) {
            sidecars.own.push(sidecar);
        }
    }
    for path in existing(picture, [picture.with_extension("xmp"), picture.with_extension("XMP")]) {
        let Some((sidecar, extension)) = sidecars.open(&path, confinement) else { continue };
        let is_own = match extension {
            Some(extension) => is_extension(picture, &extension),
            None => !has_raw_file(picture),
        };
        if is_own {
            sidecars.own.push(sidecar);
        } else {
            sidecars.other.get_or_insert(sidecar);
        }
    }
    sidecars
}

impl Sidecars {
    /// A sidecar file, and the extension of the file that it says it is about.
    fn open(
        &mut self,
        path: &Path,
        confinement: &Confinement,
    ) -> Option<(Sidecar, Option<String>)> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !confinement.allows(path) {
            self.outside.push(name);
            return None;
        }
        let packet = Source::open(path).and_then(|mut source| {
            let length = source.length();
            if length > MAX_SIDECAR { Ok(None) } else { source.read_bytes(0, length).map(Some) }
        });
        let reason = match packet {
            Ok(Some(packet)) => {
                let xmp = xmp::read(&packet, None, xmp::XmpOrigin::Sidecar);
                if xmp.has_properties {
                    let sidecar = Sidecar { name, metadata: xmp.metadata };
                    return Some((sidecar, xmp.sidecar_for_extension));
                }
                "it contains no XMP".to_owned()
            }
            Ok(None) => "it is larger than 16 MB".to_owned(),
            Err(error) => error.to_string(),
        };
        self.unusable.push((name, reason));
        None
    }
}

/// Those of two paths that differ only in case which exist: one on most systems, and each once.
fn existing(picture: &Path, paths: [PathBuf; 2]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let path = path_on_disk(&path).into_owned();
        // On a file system that ignores case, both names are one file.
        let is_same = |other: &PathBuf| {
            let canonical = |path: &Path| path.canonicalize().ok();
            canonical(other).is_some_and(|other| canonical(&path) == Some(other))
        };
        if path != picture && path.is_file() && !found.iter().any(is_same) {
            found.push(path);
        }
    }
    found
}

/// Whether a file has this extension, or another one for the same format.
fn is_extension(picture: &Path, extension: &str) -> bool {
    let usual = |extension: &str| {
        let extension = extension.trim_start_matches('.').to_ascii_lowercase();
        match extension.as_str() {
            "jpeg" | "jpe" | "jfif" => "jpg".to_owned(),
            "tiff" => "tif".to_owned(),
            _ => extension,
        }
    };
    picture.extension().and_then(OsStr::to_str).is_some_and(|own| usual(own) == usual(extension))
}

/// Whether there is a raw file with the same stem.
fn has_raw_file(picture: &Path) -> bool {
    RAW_EXTENSIONS.iter().any(|extension| {
        [picture.with_extension(extension), picture.with_extension(extension.to_ascii_uppercase())]
            .iter()
            .any(|path| path_on_disk(path).is_file())
    })
}

/// The fields in which two sidecar files differ.
pub(in super::super) fn differences(one: &Metadata, other: &Metadata) -> Vec<&'static str> {
    let fields = [
        ("caption", &one.caption, &other.caption),
        ("headline", &one.headline, &other.headline),
        ("alt text", &one.alt, &other.alt),
        ("creator", &one.creator, &other.creator),
        ("credit", &one.credit, &other.credit),
        ("rights", &one.rights, &other.rights),
        ("licence", &one.license, &other.license),
        ("place", &one.place, &other.place),
        ("date", &one.taken, &other.taken),
    ];
    fields
        .into_iter()
        .filter(|(_, one, other)| match (one, other) {
            (Some(one), Some(other)) => one.value != other.value,
            _ => false,
        })
        .map(|(name, ..)| name)
        .collect()
}
