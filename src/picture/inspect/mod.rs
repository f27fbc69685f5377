//! Examines the data of photos, without producing samples where that is possible, and finds what is
//! damaged.

mod inspection;
mod jpeg;
mod png;

use std::collections::BTreeMap;
use std::io;
use std::panic::catch_unwind;
use std::path::PathBuf;

use crate::model::{Damage, Format, LostPart, Picture, RenderingIntent};

use crate::picture::analysis::Mapper;
use crate::picture::decode::decode_reporting;
use crate::picture::errors::PictureError;
use crate::picture::format::source::read_file;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::processor::ImageProcessor;
use crate::picture::process::same_files::SameFile;

pub use inspection::Inspection;

impl ImageProcessor {
    /// Examines photos, each file once, whatever its names are. Returns those with damage, by their
    /// paths. The results are cached.
    pub fn inspect(&self, pictures: &[&Picture]) -> BTreeMap<PathBuf, Inspection> {
        self.inspect_with_progress(pictures, |_, _| {})
    }

    /// Like [`ImageProcessor::inspect`]. Calls `examined` after each file with the number of photos
    /// that are done and of all.
    pub fn inspect_with_progress(
        &self,
        pictures: &[&Picture],
        examined: impl FnMut(usize, usize),
    ) -> BTreeMap<PathBuf, Inspection> {
        self.inspect_all(pictures, None, examined)
    }

    /// Like [`ImageProcessor::inspect_with_progress`]. Photos are also mapped for a press with this
    /// profile, in one pass over their data where that is possible, so that
    /// [`ImageProcessor::photo_maps`] finds the maps in the cache.
    pub fn inspect_and_map(
        &self,
        pictures: &[&Picture],
        profile: &[u8],
        intent: RenderingIntent,
        examined: impl FnMut(usize, usize),
    ) -> BTreeMap<PathBuf, Inspection> {
        self.inspect_all(pictures, Some(&Mapper::new(self, profile, intent)), examined)
    }

    fn inspect_all(
        &self,
        pictures: &[&Picture],
        mapper: Option<&Mapper<'_>>,
        mut examined: impl FnMut(usize, usize),
    ) -> BTreeMap<PathBuf, Inspection> {
        let mut inspections = BTreeMap::new();
        let mut done = 0;
        let files = SameFile::groups(pictures.iter().copied());
        let work =
            |file: &SameFile| Inspected(file.picture().and_then(|it| self.inspect_one(it, mapper)));
        let taken = self.in_order(
            files,
            |file| file.pictures.first().map(|(_, first)| *first),
            work,
            |file, Inspected(inspection)| {
                if let Some(inspection) = inspection {
                    let paths = file.pictures.iter().map(|(_, picture)| picture.path.clone());
                    inspections.extend(paths.map(|path| (path, inspection.clone())));
                }
                done += file.pictures.len();
                examined(done, pictures.len());
                Ok::<(), std::convert::Infallible>(())
            },
        );
        match taken {
            Ok(()) => inspections,
        }
    }

    fn inspect_one(&self, picture: &Picture, mapper: Option<&Mapper<'_>>) -> Option<Inspection> {
        let processed = self.process(picture, "inspected", || {
            let is_whole = mapper.is_some_and(|mapper| mapper.map_if_whole(picture));
            let inspection = if is_whole { None } else { inspected(picture)? };
            let bytes = to_bytes(inspection.as_ref());
            Ok(ProcessedImage { bytes, pixels: picture.stored })
        });
        match processed {
            Ok(image) => from_bytes(&image.bytes),
            // A file that cannot be read now may be readable when the book is built.
            Err(PictureError::Read { .. }) => None,
            Err(PictureError::Decode { reason, .. }) => Some(Inspection::Unreadable(reason)),
        }
    }
}

/// The result for one photo.
struct Inspected(Option<Inspection>);

impl MemorySize for Inspected {
    fn memory_size(&self) -> u64 {
        0
    }
}

fn inspected(picture: &Picture) -> Result<Option<Inspection>, PictureError> {
    let read = |source: io::Error| PictureError::Read { name: picture.name.clone(), source };
    let file = || read_file(&picture.path);
    // As for decoders, one photo must not stop a whole book.
    let guarded = |inspect: fn(&[u8]) -> Option<Inspection>, file: &[u8]| {
        catch_unwind(|| inspect(file))
            .unwrap_or_else(|_| Some(Inspection::Unreadable("the decoder failed".to_owned())))
    };
    Ok(match picture.format {
        Format::Jpeg => guarded(jpeg::inspected, &file().map_err(read)?),
        Format::Png => guarded(png::inspected, &file().map_err(read)?),
        Format::Tiff | Format::WebP | Format::Gif | Format::Bmp | Format::Jxl | Format::Heif => {
            decoded(picture)?
        }
    })
}

/// The result of decoding a photo, for formats without checksums.
fn decoded(picture: &Picture) -> Result<Option<Inspection>, PictureError> {
    match decode_reporting(picture) {
        Ok((_, damage)) => Ok(damage.map(Inspection::Damaged)),
        Err(PictureError::Decode { reason, .. }) => Ok(Some(Inspection::Unreadable(reason))),
        Err(error) => Err(error),
    }
}

/// The form in the cache: a line for each value.
fn to_bytes(inspection: Option<&Inspection>) -> Vec<u8> {
    let text = match inspection {
        None => "whole".to_owned(),
        Some(Inspection::Unreadable(reason)) => format!("unreadable\n{reason}"),
        Some(Inspection::Damaged(Damage { cause, lost, is_truncated })) => {
            let state = if *is_truncated { "truncated" } else { "damaged" };
            let lost = match lost {
                LostPart::Nothing => "nothing".to_owned(),
                LostPart::Unknown => "unknown".to_owned(),
                LostPart::Percent(percent) => percent.to_string(),
            };
            format!("{state}\n{lost}\n{cause}")
        }
    };
    text.into_bytes()
}

fn from_bytes(bytes: &[u8]) -> Option<Inspection> {
    let text = String::from_utf8_lossy(bytes);
    let (state, rest) = text.split_once('\n')?;
    if state == "unreadable" {
        return Some(Inspection::Unreadable(rest.to_owned()));
    }
    let (lost, cause) = rest.split_once('\n')?;
    let lost = match lost {
        "nothing" => LostPart::Nothing,
        "unknown" => LostPart::Unknown,
        percent => LostPart::Percent(percent.parse().ok()?),
    };
    let is_truncated = state == "truncated";
    Some(Inspection::Damaged(Damage { cause: cause.to_owned(), lost, is_truncated }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_in_the_cache_are_read_as_they_were_written() {
        let damage = |lost, is_truncated| {
            Some(Inspection::Damaged(Damage { cause: "a\nb".into(), lost, is_truncated }))
        };
        for inspection in [
            None,
            Some(Inspection::Unreadable("no\nreason".into())),
            damage(LostPart::Nothing, true),
            damage(LostPart::Percent(37), false),
            damage(LostPart::Unknown, false),
        ] {
            assert_eq!(from_bytes(&to_bytes(inspection.as_ref())), inspection);
        }
    }
}
