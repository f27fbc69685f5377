//! What pictures say about themselves: XMP, IPTC-IIM and EXIF.

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

/// Sidecars larger than this are none.
const MOST_SIDECAR: u64 = 16 * 1024 * 1024;

/// A place in a picture file where captions and credits stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataSource {
    /// XMP: the sidecar beside the file first, then the packet inside it.
    Xmp,
    /// IPTC-IIM.
    Iptc,
    /// EXIF.
    Exif,
}

/// What every container of a picture says, before one of them is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidates {
    /// The XMP file beside the picture.
    pub sidecar: Metadata,
    /// The XMP packet inside the picture.
    pub xmp: Metadata,
    /// The IPTC-IIM data sets.
    pub iptc: Metadata,
    /// The EXIF tags, and after them the texts of PNG chunks.
    pub exif: Metadata,
}

impl Candidates {
    /// The order when the manifest names no other.
    pub const USUAL: [MetadataSource; 3] =
        [MetadataSource::Xmp, MetadataSource::Iptc, MetadataSource::Exif];

    /// Each field from the first container that has it. Containers that are not in the
    /// order are not asked.
    pub fn merged(&self, order: &[MetadataSource]) -> Metadata {
        let mut merged = Metadata::default();
        for container in order {
            match container {
                MetadataSource::Xmp => {
                    fill(&mut merged, &self.sidecar);
                    fill(&mut merged, &self.xmp);
                }
                MetadataSource::Iptc => fill(&mut merged, &self.iptc),
                MetadataSource::Exif => fill(&mut merged, &self.exif),
            }
        }
        merged
    }
}

/// Takes from another what is not there yet.
pub(super) fn fill(metadata: &mut Metadata, from: &Metadata) {
    let fill = |to: &mut Option<Sourced>, from: &Option<Sourced>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    fill(&mut metadata.caption, &from.caption);
    fill(&mut metadata.headline, &from.headline);
    fill(&mut metadata.alt, &from.alt);
    fill(&mut metadata.creator, &from.creator);
    fill(&mut metadata.credit, &from.credit);
    fill(&mut metadata.rights, &from.rights);
    fill(&mut metadata.license, &from.license);
    fill(&mut metadata.place, &from.place);
    fill(&mut metadata.taken, &from.taken);
}

/// The XMP file beside a picture: `photo.jpg.xmp`, else `photo.xmp`.
///
/// Its `tiff:Orientation` is left alone: editors copy it there from the picture that they
/// saw, and viewers and browsers turn a picture by what stands inside of it alone.
pub(super) fn sidecar(picture: &Path) -> Option<Vec<u8>> {
    let longer = |extension: &str| {
        let mut name = OsString::from(picture);
        name.push(extension);
        PathBuf::from(name)
    };
    [longer(".xmp"), longer(".XMP"), picture.with_extension("xmp"), picture.with_extension("XMP")]
        .iter()
        .filter(|path| *path != picture)
        .find_map(|path| {
            let mut source = Source::open(path).ok()?;
            let length = source.length();
            if length > MOST_SIDECAR { None } else { source.bytes(0, length).ok() }
        })
}
