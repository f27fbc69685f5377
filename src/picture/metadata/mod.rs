//! Reads the metadata of pictures: XMP, IPTC-IIM and EXIF.

pub(super) mod exif;
pub(super) mod iptc;
mod mojibake;
mod rdf;
pub(super) mod sidecar;
pub(super) mod text;
pub(super) mod xmp;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::{Metadata, Sourced};

/// A source of captions and credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataSource {
    /// XMP: first the sidecar files, then the embedded packet.
    Xmp,
    /// IPTC-IIM.
    Iptc,
    /// EXIF.
    Exif,
}

/// The metadata of a picture, source by source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidates {
    /// The XMP sidecar files of this picture.
    pub sidecar: Metadata,
    /// The embedded XMP packet.
    pub xmp: Metadata,
    /// The IPTC-IIM data sets.
    pub iptc: Metadata,
    /// The EXIF tags, then the texts of PNG chunks.
    pub exif: Metadata,
    /// The XMP sidecar file of another file with the same stem, such as a raw file. It is used for
    /// what the picture itself does not say.
    pub other_sidecar: Metadata,
    /// What programs write into texts by themselves.
    pub device: DeviceNames,
}

/// The names of the devices and programs that made a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceNames {
    /// The maker of the camera or scanner.
    pub make: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// The program that wrote the file.
    pub software: Option<String>,
}

impl Candidates {
    /// The date when the photo was taken, with the time of day if a source of this date has one, in
    /// a form that sorts as text.
    pub fn time_taken(&self) -> Option<String> {
        let date = self.merged(&Self::DEFAULT_ORDER).taken?.value;
        let has_date =
            |source: &&Metadata| source.taken.as_ref().is_some_and(|taken| taken.value == date);
        let sources = self.in_order(&Self::DEFAULT_ORDER).into_iter().filter(has_date);
        let time = sources.into_iter().find_map(|source| source.time.clone());
        Some(match time {
            Some(time) => format!("{date}T{time}"),
            None => date,
        })
    }

    /// The order of precedence, unless the manifest sets another.
    pub const DEFAULT_ORDER: [MetadataSource; 3] =
        [MetadataSource::Xmp, MetadataSource::Iptc, MetadataSource::Exif];

    /// The metadata in this order of precedence: of each source, and last of the sidecar of another
    /// file, which is XMP too. Sources that are not in `order` are left out.
    pub fn in_order(&self, order: &[MetadataSource]) -> Vec<&Metadata> {
        let mut sources = Vec::new();
        for source in order {
            match source {
                MetadataSource::Xmp => sources.extend([&self.sidecar, &self.xmp]),
                MetadataSource::Iptc => sources.push(&self.iptc),
                MetadataSource::Exif => sources.push(&self.exif),
            }
        }
        if order.contains(&MetadataSource::Xmp) {
            sources.push(&self.other_sidecar);
        }
        sources
    }

    /// Takes each field from the first source in `order` that has it. Sources that are not in
    /// `order` are ignored.
    pub fn merged(&self, order: &[MetadataSource]) -> Metadata {
        let mut merged = Metadata::default();
        for metadata in self.in_order(order) {
            fill_missing(&mut merged, metadata);
        }
        // A scan is digitized long after the photo was taken, so any other date is better.
        merged.taken = merged.taken.or(merged.digitized.clone());
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
    set(&mut metadata.digitized, &from.digitized);
    let set = |to: &mut Vec<Sourced>, from: &Vec<Sourced>| {
        if to.is_empty() {
            to.clone_from(from);
        }
    };
    set(&mut metadata.keywords, &from.keywords);
    set(&mut metadata.keyword_paths, &from.keyword_paths);
    set(&mut metadata.people, &from.people);
}
