//! Pictures as they are embedded: each once, however often it is shown, and its data
//! straight from its file into ours.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use pdf_writer::{Content, Dict, Name, Ref};

use crate::model::{
    Book, ColorModel, Item, Orientation, Pages, Picture, Pixels, PlacedPicture, Profile,
    ProfileSpace,
};
use crate::picture::{self, PdfImage, PictureError, PictureErrors, Scaled, Stored};

use crate::pdf::error::WriteError;
use crate::pdf::file::output_intent::{OutputIntent, channels};
use crate::pdf::file::sink::Sink;
use crate::pdf::options::{Options, PictureOptions};
use crate::pdf::page::geometry::{PageBoxes, pt};

/// The pictures in the file, by the files that they came from.
pub(in crate::pdf) struct Images<'p> {
    by_path: BTreeMap<&'p Path, Ref>,
    /// Whether they were turned upright before they were embedded.
    upright: bool,
}

/// A picture on its way: where it comes from and its number in the file.
type PromisedImage<'p> = (&'p Picture, Ref);

/// Embeds every picture of the pages once, in the order in which they appear.
pub(in crate::pdf) fn embed<'p, W: Write>(
    book: &Book,
    pages: &'p Pages,
    options: &Options<'_>,
    intent: Option<&OutputIntent<'_>>,
    sink: &mut Sink<'_, W>,
    done: &mut dyn FnMut(),
) -> Result<Images<'p>, WriteError> {
    let mut by_path = BTreeMap::new();
    let mut pictures: Vec<PromisedImage<'p>> = Vec::new();
    for placed in pages.pages.iter().flat_map(|page| &page.items).filter_map(picture_of) {
        by_path.entry(placed.picture.path.as_path()).or_insert_with(|| {
            let id = sink.promise();
            pictures.push((&placed.picture, id));
            id
        });
    }
    let mut unreadable = PictureErrors::default();
    let mut spaces = ImageColorSpaces::new(intent);
    let pictures = pictures.into_iter();
    match options.pictures {
        PictureOptions::Press(press) => options.processor.in_order(
            pictures,
            |(picture, _)| (!press.copies(picture)).then_some(picture),
            |(picture, _)| options.processor.passage(picture, &press),
            |(picture, id), passage: Result<PdfImage, PictureError>| {
                let Some(passage) = unreadable.keep(passage) else { return Ok(()) };
                let image = Image {
                    pixels: passage.pixels,
                    stored: passage.stored,
                    colour: passage.colour,
                    said: said(picture, book, sink)?,
                    space: spaces.get(passage.colour, passage.profile.as_ref(), sink)?,
                };
                sink.copied(
                    id,
                    passage.length,
                    |entries| image.describe(entries),
                    |out| passage.copy(out),
                )?;
                done();
                Ok::<_, WriteError>(())
            },
        )?,
        PictureOptions::Scaled(recipe) => options.processor.in_order(
            pictures,
            |(picture, _)| Some(picture),
            |(picture, _)| options.processor.scaled(picture, &recipe),
            |(picture, id), scaled: Result<Scaled, PictureError>| {
                let Some(Scaled { jpeg, pixels }) = unreadable.keep(scaled) else {
                    return Ok(());
                };
                let image = Image {
                    pixels,
                    stored: Stored::Jpeg,
                    colour: ColorModel::Rgb,
                    said: said(picture, book, sink)?,
                    space: spaces.srgb(sink)?,
                };
                let length = jpeg.len() as u64;
                sink.copied(
                    id,
                    length,
                    |entries| image.describe(entries),
                    |out| out.write_all(&jpeg),
                )?;
                done();
                Ok::<_, WriteError>(())
            },
        )?,
    }
    unreadable.end()?;
    Ok(Images { by_path, upright: matches!(options.pictures, PictureOptions::Scaled(_)) })
}

/// Writes what is kept of the picture's own metadata, if anything (ISO 32000-2, 14.3.2).
fn said<W: Write>(
    picture: &Picture,
    book: &Book,
    sink: &mut Sink<'_, W>,
) -> Result<Option<Ref>, WriteError> {
    let packet =
        book.retained_metadata(&picture.path).and_then(|it| picture::packet(it, &book.language));
    let Some(packet) = packet else { return Ok(None) };
    let id = sink.promise();
    sink.object(id, |chunk| {
        let mut stream = chunk.stream(id, &packet);
        stream.pair(Name(b"Type"), Name(b"Metadata")).pair(Name(b"Subtype"), Name(b"XML"));
    })?;
    Ok(Some(id))
}

impl Images<'_> {
    /// The picture's number in the file.
    pub(in crate::pdf) fn get(&self, placed: &PlacedPicture) -> Option<Ref> {
        self.by_path.get(placed.picture.path.as_path()).copied()
    }

    /// Shows a picture, which the page calls `name`.
    pub(in crate::pdf) fn show(
        &self,
        content: &mut Content,
        placed: &PlacedPicture,
        name: Name<'_>,
        sheet: &PageBoxes,
    ) {
        let turn = if self.upright { Orientation::Upright } else { placed.picture.orientation };
        content.save_state();
        if placed.clip != placed.frame {
            let clip = placed.clip;
            content.rect(sheet.x(clip.x), sheet.y(clip.bottom()), pt(clip.width), pt(clip.height));
            content.clip_nonzero().end_path();
        }
        content.transform(placement(placed, turn, sheet)).x_object(name).restore_state();
    }
}

/// The matrix that lays the stored picture into its frame, upright or turned.
fn placement(placed: &PlacedPicture, turn: Orientation, sheet: &PageBoxes) -> [f32; 6] {
    let frame = placed.frame;
    let (width, height) = (pt(frame.width), pt(frame.height));
    let turn = turn.matrix().then(placed.turn.matrix()).0.map(f32::from);
    // Where the turned picture's origin falls, at one end of the frame or the other.
    let along = |share: f32, start: f32, end: f32| if share == 0.0 { start } else { end };
    [
        turn[0] * width,
        turn[1] * height,
        turn[2] * width,
        turn[3] * height,
        along(turn[4], sheet.x(frame.x), sheet.x(frame.right())),
        along(turn[5], sheet.y(frame.bottom()), sheet.y(frame.y)),
    ]
}

/// The picture that an item is.
pub(in crate::pdf) fn picture_of(item: &Item) -> Option<&PlacedPicture> {
    match item {
        Item::Picture(placed) => Some(placed),
        Item::Glyphs(_) | Item::Rule(_) => None,
    }
}

/// What an image's dictionary says (ISO 32000-2, 8.9.5).
struct Image {
    pixels: Pixels,
    stored: Stored,
    colour: ColorModel,
    /// What it says of itself: a metadata stream.
    said: Option<Ref>,
    space: ImageColorSpace,
}

impl Image {
    fn describe(&self, entries: &mut Dict<'_>) {
        let size = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        entries.pair(Name(b"Type"), Name(b"XObject"));
        entries.pair(Name(b"Subtype"), Name(b"Image"));
        entries.pair(Name(b"Width"), size(self.pixels.width));
        entries.pair(Name(b"Height"), size(self.pixels.height));
        entries.pair(Name(b"BitsPerComponent"), 8);
        match self.space {
            ImageColorSpace::Device(name) => {
                entries.pair(Name(b"ColorSpace"), name);
            }
            ImageColorSpace::Icc(profile) => {
                let mut space = entries.insert(Name(b"ColorSpace")).array();
                space.item(Name(b"ICCBased")).item(profile);
            }
        }
        if let Some(said) = self.said {
            entries.pair(Name(b"Metadata"), said);
        }
        if self.colour == (ColorModel::Cmyk { inverted: true }) {
            entries.insert(Name(b"Decode")).array().items([1, 0, 1, 0, 1, 0, 1, 0]);
        }
        match self.stored {
            Stored::Jpeg => {
                entries.pair(Name(b"Filter"), Name(b"DCTDecode"));
            }
            Stored::Deflated => {
                entries.pair(Name(b"Filter"), Name(b"FlateDecode"));
                let colours = match self.colour {
                    ColorModel::Gray => 1,
                    ColorModel::Rgb => 3,
                    ColorModel::Cmyk { .. } => 4,
                };
                // Any PNG predictor: each row says which (ISO 32000-2, 7.4.4.4).
                let mut rows = entries.insert(Name(b"DecodeParms")).dict();
                rows.pair(Name(b"Predictor"), 15);
                rows.pair(Name(b"Colors"), colours);
                rows.pair(Name(b"Columns"), size(self.pixels.width));
            }
        }
    }
}

/// A colour space of pictures.
#[derive(Debug, Clone, Copy)]
enum ImageColorSpace {
    Device(Name<'static>),
    Icc(Ref),
}

/// The profiles in the file, each once.
struct ImageColorSpaces<'i> {
    intent: Option<&'i OutputIntent<'i>>,
    profiles: Vec<(Arc<Profile>, Ref)>,
    srgb: Option<Ref>,
}

impl<'i> ImageColorSpaces<'i> {
    fn new(intent: Option<&'i OutputIntent<'i>>) -> Self {
        Self { intent, profiles: Vec::new(), srgb: None }
    }

    /// The space of a picture as it is stored. A profile that speaks of other channels
    /// than the picture has says nothing.
    fn get<W: Write>(
        &mut self,
        colour: ColorModel,
        profile: Option<&Arc<Profile>>,
        sink: &mut Sink<'_, W>,
    ) -> Result<ImageColorSpace, WriteError> {
        let wanted = match colour {
            ColorModel::Gray => ProfileSpace::Gray,
            ColorModel::Rgb => ProfileSpace::Rgb,
            ColorModel::Cmyk { .. } => ProfileSpace::Cmyk,
        };
        match profile.filter(|profile| profile.space == wanted) {
            // The intent's own space must not be named a second time (ISO 15930-7, 6.2.4.3).
            Some(profile) if self.is_intent(profile) => Ok(ImageColorSpace::Device(device(wanted))),
            Some(profile) => self.tagged(profile, sink),
            None if wanted == ProfileSpace::Rgb => self.srgb(sink),
            None => Ok(ImageColorSpace::Device(device(wanted))),
        }
    }

    fn is_intent(&self, profile: &Profile) -> bool {
        self.intent.is_some_and(|intent| intent.bytes == profile.bytes)
    }

    fn tagged<W: Write>(
        &mut self,
        profile: &Arc<Profile>,
        sink: &mut Sink<'_, W>,
    ) -> Result<ImageColorSpace, WriteError> {
        let same = |known: &Arc<Profile>| Arc::ptr_eq(known, profile) || known == profile;
        if let Some((_, id)) = self.profiles.iter().find(|(known, _)| same(known)) {
            return Ok(ImageColorSpace::Icc(*id));
        }
        let id = sink.promise();
        sink.deflated(id, &profile.bytes, |entries| {
            entries.pair(Name(b"N"), channels(profile.space));
        })?;
        self.profiles.push((Arc::clone(profile), id));
        Ok(ImageColorSpace::Icc(id))
    }

    fn srgb<W: Write>(&mut self, sink: &mut Sink<'_, W>) -> Result<ImageColorSpace, WriteError> {
        if let Some(id) = self.srgb {
            return Ok(ImageColorSpace::Icc(id));
        }
        let id = sink.promise();
        sink.deflated(id, picture::srgb(), |entries| {
            entries.pair(Name(b"N"), channels(ProfileSpace::Rgb));
        })?;
        self.srgb = Some(id);
        Ok(ImageColorSpace::Icc(id))
    }
}

/// The device's own space.
fn device(space: ProfileSpace) -> Name<'static> {
    match space {
        ProfileSpace::Gray => Name(b"DeviceGray"),
        ProfileSpace::Rgb => Name(b"DeviceRGB"),
        ProfileSpace::Cmyk => Name(b"DeviceCMYK"),
    }
}
