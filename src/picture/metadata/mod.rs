//! Reads the metadata of pictures: XMP, IPTC-IIM and EXIF.

pub(super) mod exif;
pub(super) mod iptc;
mod rdf;
pub(super) mod text;
pub(super) mod xmp;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::{Metadata, Sourced};

use crate::picture::format::source::{RandomAccess, Source};

/// Larger sidecar files are ignored.
const MAX_SIDECAR: u64 = 16 * 1024 * 1024;

/// A source of captions and credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataSource {
    /// XMP: first the sidecar file, then the embedded packet.
    Xmp,
    /// IPTC-IIM.
    Iptc,
    /// EXIF.
    Exif,
}

/// The metadata of a picture, source by source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidates {
    /// The XMP sidecar file.
    pub sidecar: Metadata,
    /// The embedded XMP packet.
    pub xmp: Metadata,
    /// The IPTC-IIM data sets.
    pub iptc: Metadata,
    /// The EXIF tags, then the texts of PNG chunks.
    pub exif: Metadata,
}

impl Candidates {
    /// The time when the photo was taken, in a form that sorts as text.
    pub fn time_taken(&self) -> Option<String> {
        self.merged(&Self::DEFAULT_ORDER).taken.map(|taken| taken.value)
    }

    /// The order of precedence, unless the manifest sets another.
    pub const DEFAULT_ORDER: [MetadataSource; 3] =
        [MetadataSource::Xmp, MetadataSource::Iptc, MetadataSource::Exif];

    /// Takes each field from the first source in `order` that has it. Sources that are not in
    /// `order` are ignored.
    pub fn merged(&self, order: &[MetadataSource]) -> Metadata {
        let mut merged = Metadata::default();
        for container in order {
            match container {
                MetadataSource::Xmp => {
                    fill_missing(&mut merged, &self.sidecar);
                    fill_missing(&mut merged, &self.xmp);
                }
                MetadataSource::Iptc => fill_missing(&mut merged, &self.iptc),
                MetadataSource::Exif => fill_missing(&mut merged, &self.exif),
            }
        }
        merged
    }
}

/// Fills the missing fields of `metadata` from other metadata.
pub(super) fn fill_missing(metadata: &mut Metadata, from: &Metadata) {
    let set = |to: &mut Option<Sourced>, from: &Option<Sourced>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    set(&mut metadata.caption, &from.caption);
    set(&mut metadata.headline, &from.headline);
    set(&mut metadata.alt, &from.alt);
    set(&mut metadata.creator, &from.creator);
    set(&mut metadata.credit, &from.credit);
    set(&mut metadata.rights, &from.rights);
    set(&mut metadata.license, &from.license);
    set(&mut metadata.place, &from.place);
    set(&mut metadata.taken, &from.taken);
}

/// Reads the XMP sidecar file of a picture: `photo.jpg.xmp`, else `photo.xmp`.
///
/// Its `tiff:Orientation` is ignored: editors copy it from the picture, and viewers and browsers
/// use only the orientation in the picture itself.
pub(super) fn sidecar(picture: &Path) -> Option<Vec<u8>> {
    let with_extension = |extension: &str| {
        let mut name = OsString::from(picture);
        name.push(extension);
        PathBuf::from(name)
    };
    [
        with_extension(".xmp"),
        with_extension(".XMP"),
        picture.with_extension("xmp"),
        picture.with_extension("XMP"),
    ]
    .iter()
    .filter(|path| *path != picture)
    .find_map(|path| {
        let mut source = Source::open(path).ok()?;
        let length = source.length();
        if length > MAX_SIDECAR { None } else { source.read_bytes(0, length).ok() }
    })
}
