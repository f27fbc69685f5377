//! The pictures of the offline edition: their sizes and the names of their files.

use std::collections::{BTreeMap, HashMap};

use crate::html::cover;
use crate::model::{Book, Entry, EntryId, OfflineForm, Picture, Pixels, RetainedMetadata, figures};
use crate::picture::{PictureError, ScaleOptions, Scaled};
use crate::typeset::Faces;

use super::names::FOLDER;
use super::options::OfflineOptions;

/// The name of the cover picture.
pub(super) const COVER: &str = "cover";

/// The longer edges of a picture, in pixels.
#[derive(Debug, Clone, Copy)]
struct EdgeLengths {
    /// The shares of the longest edge: for screens, and for phones.
    shares: &'static [u32],
    /// The share for the list of plates, and its maximum.
    smallest: (u32, u32),
}

const SEVERAL_FILES: EdgeLengths = EdgeLengths { shares: &[1, 2], smallest: (5, 410) };
/// In one HTML file, every size adds to the file.
const SINGLE_FILE: EdgeLengths = EdgeLengths { shares: &[1], smallest: (10, 205) };
/// A smaller photo has the same sizes as one of this size, as far as it has the pixels.
const USUAL_EDGE: u32 = 2048;

/// The pictures of a book.
#[derive(Debug)]
pub(super) struct OfflinePictures<'a> {
    /// The cover.
    pub(super) cover: PictureSizes,
    /// All other pictures, each once, in reading order.
    pub(super) list: Vec<SizedPicture<'a>>,
    /// The indices in `list` of the pictures of each entry: its plate, then those in its text.
    by_entry: BTreeMap<EntryId, Vec<usize>>,
}

/// A picture, its name and its sizes.
#[derive(Debug)]
pub(super) struct SizedPicture<'a> {
    /// The beginning of the names of its files, such as `plate-007`.
    pub(super) name: String,
    /// The picture.
    pub(super) picture: &'a Picture,
    /// The metadata that its files retain.
    pub(super) metadata: Option<&'a RetainedMetadata>,
    /// Its sizes, the largest first.
    pub(super) sizes: PictureSizes,
}

/// The sizes of a picture, the largest first; never empty.
#[derive(Debug)]
pub(super) struct PictureSizes(Vec<PictureSize>);

/// One size of a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct PictureSize {
    /// How it is scaled.
    pub(super) options: ScaleOptions,
    /// Its size as it is shown.
    pub(super) pixels: Pixels,
}

impl PictureSize {
    /// The address of the file of a picture with this name.
    pub(super) fn file(&self, name: &str) -> String {
        let Pixels { width, height } = self.pixels;
        format!("{FOLDER}{name}-{}.jpg", width.max(height))
    }
}

impl PictureSizes {
    /// The sizes of a picture with these pixels, at most as large as `largest`.
    fn new(pixels: Pixels, largest: &ScaleOptions, edges: EdgeLengths) -> Self {
        let mut sizes: Vec<PictureSize> = Vec::new();
        let own = pixels.width.max(pixels.height).max(USUAL_EDGE);
        let longest = largest.max_edge.min(own);
        let EdgeLengths { shares, smallest: (share, most) } = edges;
        let edges = shares.iter().map(|share| longest / share);
        for max_edge in edges.chain([(longest / share).min(most)]) {
            let options = ScaleOptions { max_edge, ..*largest };
            let scaled = options.size_of(pixels);
            let is_smaller = |larger: &PictureSize| {
                // A size that hardly differs would be wasted.
                let edge = |pixels: Pixels| pixels.width.max(pixels.height);
                edge(scaled) * 5 <= edge(larger.pixels) * 4
            };
            if sizes.last().is_none_or(is_smaller) {
                sizes.push(PictureSize { options, pixels: scaled });
            }
        }
        Self(sizes)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &PictureSize> {
        self.0.iter()
    }

    pub(super) fn largest(&self) -> PictureSize {
        self.0[0]
    }

    /// The one that browsers without a choice load.
    pub(super) fn middle(&self) -> PictureSize {
        self.0[usize::from(self.0.len() > 2)]
    }

    pub(super) fn smallest(&self) -> PictureSize {
        self.0[self.0.len() - 1]
    }
}

impl<'a> OfflinePictures<'a> {
    /// The pictures of a book. Pictures whose files would be equal are listed once.
    pub(super) fn new(book: &'a Book, options: &OfflineOptions<'_>) -> Self {
        let is_single = book.offline.form == OfflineForm::File;
        let edges = if is_single { SINGLE_FILE } else { SEVERAL_FILES };
        let originals =
            options.processor.originals(book.pictures().into_iter().map(|it| it.path.as_path()));
        let mut files = Self {
            cover: cover_sizes(options, is_single),
            list: Vec::new(),
            by_entry: BTreeMap::new(),
        };
        let mut known = HashMap::new();
        let (mut in_texts, mut openers) = (0, 0);
        for (id, entry) in book.numbered() {
            let mut pictures: Vec<(String, &Picture, Option<&RetainedMetadata>)> = Vec::new();
            if let Some(plate) = entry.plate() {
                let name = match entry {
                    Entry::Frontispiece(_) => "frontispiece".to_owned(),
                    Entry::Part(_) | Entry::Chapter(_) => {
                        openers += 1;
                        format!("opening-{openers:02}")
                    }
                    _ => format!("plate-{:03}", plate.number),
                };
                pictures.push((name, &plate.picture, Some(&plate.retained_metadata)));
            }
            figures(entry.blocks(), &mut |figure| {
                in_texts += 1;
                pictures.push((format!("text-{in_texts:03}"), &figure.picture, None));
            });
            for (name, picture, metadata) in pictures {
                let metadata = metadata.filter(|it| **it != RetainedMetadata::default());
                let original = originals.get(picture.path.as_path()).copied();
                let key = (original, picture.orientation, metadata);
                let index = *known.entry(key).or_insert_with(|| {
                    let sizes = PictureSizes::new(picture.upright(), &options.pictures, edges);
                    files.list.push(SizedPicture { name, picture, metadata, sizes });
                    files.list.len() - 1
                });
                files.by_entry.entry(id).or_default().push(index);
            }
        }
        files
    }

    /// The pictures of an entry: its plate, or those in its text.
    pub(super) fn of_entry(&self, id: EntryId) -> impl Iterator<Item = &SizedPicture<'a>> {
        self.by_entry.get(&id).into_iter().flatten().map(|index| &self.list[*index])
    }
}

/// Draws the cover in a size.
pub(super) fn draw_cover(
    size: &PictureSize,
    options: &OfflineOptions<'_>,
    faces: &Faces,
) -> Result<Scaled, PictureError> {
    let ScaleOptions { max_pixels, quality, .. } = size.options;
    cover::jpeg(options.cover, faces, max_pixels, quality, options.processor)
}

/// The cover on a screen, and on a phone; in one HTML file only the second.
fn cover_sizes(options: &OfflineOptions<'_>, is_single: bool) -> PictureSizes {
    let (width, height) = (options.cover.trim.width, options.cover.trim.height);
    let (longer, shorter) = (width.max(height), width.min(height));
    let size = |edge: u64| {
        let pixels = edge * edge * shorter.to_emu().unsigned_abs();
        let max_pixels = pixels / longer.to_emu().unsigned_abs().max(1);
        PictureSize {
            options: ScaleOptions { max_pixels, ..options.pictures },
            pixels: cover::size(options.cover, max_pixels),
        }
    };
    let edge = u64::from(options.pictures.max_edge);
    let edges: &[u64] = if is_single { &[2] } else { &[1, 2] };
    let mut sizes: Vec<PictureSize> = edges.iter().map(|share| size(edge / share)).collect();
    // A cover is drawn no larger than shops ask for.
    sizes.dedup_by_key(|size| size.pixels);
    PictureSizes(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(width: u32, height: u32, max_edge: u32) -> Vec<u32> {
        let largest = ScaleOptions { max_edge, max_pixels: u64::MAX, quality: 80 };
        let sizes = PictureSizes::new(Pixels { width, height }, &largest, SEVERAL_FILES);
        sizes.iter().map(|size| size.pixels.width.max(size.pixels.height)).collect()
    }

    #[test]
    fn a_large_photo_has_three_sizes_and_a_small_one_no_size_twice() {
        assert_eq!(edges(6000, 4000, 2048), [2048, 1024, 409]);
        assert_eq!(edges(800, 1200, 2048), [1200, 409]);
        assert_eq!(edges(300, 200, 2048), [300]);
        assert_eq!(edges(4032, 3024, 16_384), [4032, 2016, 410]);
        assert_eq!(edges(1500, 1000, 16_384), [1500, 1024, 409]);
    }

    #[test]
    fn a_file_is_named_by_its_longer_edge() {
        let largest = ScaleOptions { max_edge: 1000, max_pixels: u64::MAX, quality: 80 };
        let sizes = PictureSizes::new(Pixels { width: 400, height: 2000 }, &largest, SEVERAL_FILES);
        assert_eq!(sizes.largest().file("plate-012"), "book/plate-012-1000.jpg");
        assert_eq!(sizes.middle().pixels, Pixels { width: 100, height: 500 });
    }
}
