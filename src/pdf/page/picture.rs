//! Embeds photos: each photo once, however often it is shown, copied directly from its file if
//! possible.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use pdf_writer::{Content, Dict, Name, Ref};

use crate::model::{
    Book, ColorModel, Ink, Item, Orientation, Pages, Picture, Pixels, PlacedPicture, Profile,
    ProfileSpace,
};
use crate::picture::{
    self, ImageEncoding, PdfImage, PictureError, PictureErrors, PressPlacement, Scaled,
};

use crate::pdf::error::PdfError;
use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::file::output_intent::{FlatColor, OutputIntent, channels};
use crate::pdf::options::{Options, PictureOptions};
use crate::pdf::page::geometry::{PageBoxes, pt};

/// The embedded photos.
pub(in crate::pdf) struct Images<'p> {
    by_key: BTreeMap<ImageKey<'p>, Ref>,
    /// Whether they were turned upright before they were embedded.
    upright: bool,
}

/// The file of a photo, and the colour on which it lies, which matters if it is transparent.
type ImageKey<'p> = (&'p Path, Ink);

fn key(placed: &PlacedPicture, backdrop: Ink) -> ImageKey<'_> {
    let backdrop = if placed.picture.alpha { backdrop } else { Ink::PAPER };
    (placed.picture.path.as_path(), backdrop)
}

/// A photo, the colour on which it lies, and its reserved object number.
type ReservedImage<'p> = (&'p Picture, Ink, Ref);

/// Embeds all photos of the pages, in the order in which they appear.
pub(in crate::pdf) fn embed<'p, W: Write>(
    book: &Book,
    pages: &'p Pages,
    options: &Options<'_>,
    intent: Option<&OutputIntent<'_>>,
    writer: &mut ObjectWriter<'_, W>,
    picture_done: &mut dyn FnMut(),
) -> Result<Images<'p>, PdfError> {
    let mut by_key = BTreeMap::new();
    let mut pictures: Vec<ReservedImage<'p>> = Vec::new();
    for page in &pages.pages {
        for (index, item) in page.items.iter().enumerate() {
            let Some(placed) = picture_of(item) else { continue };
            let key = key(placed, page.backdrop(index, &placed.clip));
            by_key.entry(key).or_insert_with(|| {
                let id = writer.reserve_id();
                pictures.push((&placed.picture, key.1, id));
                id
            });
        }
    }
    let mut errors = PictureErrors::default();
    let mut spaces = ImageColorSpaces::new(intent);
    let pictures = pictures.into_iter();
    // A photo that is shown in several sizes is embedded once, for the largest one.
    let scaled = book.print.max_resolution.map(|max| pages.scaled_sizes(max)).unwrap_or_default();
    match options.pictures {
        PictureOptions::Press(press) => options.processor.in_order(
            pictures,
            |(picture, _, _)| {
                let is_copied = press.is_copied(picture) && !scaled.contains_key(&*picture.path);
                (!is_copied).then_some(picture)
            },
            |(picture, backdrop, _)| {
                let size = scaled.get(&*picture.path).copied();
                let placement = PressPlacement { size, backdrop: *backdrop };
                options.processor.pdf_image(picture, &press, placement)
            },
            |(picture, _, id), data: Result<PdfImage, PictureError>| {
                let Some(data) = errors.collect(data) else { return Ok(()) };
                let image = Image {
                    pixels: data.pixels,
                    encoding: data.encoding,
                    colour: data.colour,
                    metadata: metadata(picture, book, writer)?,
                    space: spaces.get(data.colour, data.profile.as_ref(), writer)?,
                };
                writer.copied_stream(
                    id,
                    data.length,
                    |entries| image.describe(entries),
                    |out| data.copy(out),
                )?;
                picture_done();
                Ok::<_, PdfError>(())
            },
        )?,
        PictureOptions::Scaled(scale) => options.processor.in_order(
            pictures,
            |(picture, _, _)| Some(picture),
            |(picture, backdrop, _)| {
                options.processor.scaled_on(picture, &scale, FlatColor::on_screen(*backdrop))
            },
            |(picture, _, id), scaled: Result<Scaled, PictureError>| {
                let Some(Scaled { jpeg, pixels }) = errors.collect(scaled) else {
                    return Ok(());
                };
                let image = Image {
                    pixels,
                    encoding: ImageEncoding::Jpeg,
                    colour: ColorModel::Rgb,
                    metadata: metadata(picture, book, writer)?,
                    space: spaces.srgb(writer)?,
                };
                let length = jpeg.len() as u64;
                writer.copied_stream(
                    id,
                    length,
                    |entries| image.describe(entries),
                    |out| out.write_all(&jpeg),
                )?;
                picture_done();
                Ok::<_, PdfError>(())
            },
        )?,
    }
    errors.into_result()?;
    Ok(Images { by_key, upright: matches!(options.pictures, PictureOptions::Scaled(_)) })
}

/// Writes the retained metadata of a photo, if there is any (ISO 32000-2, 14.3.2).
fn metadata<W: Write>(
    picture: &Picture,
    book: &Book,
    writer: &mut ObjectWriter<'_, W>,
) -> Result<Option<Ref>, PdfError> {
    let packet = book
        .retained_metadata(&picture.path)
        .and_then(|it| picture::xmp_packet(it, &book.language));
    let Some(packet) = packet else { return Ok(None) };
    let id = writer.reserve_id();
    writer.object(id, |chunk| {
        let mut stream = chunk.stream(id, &packet);
        stream.pair(Name(b"Type"), Name(b"Metadata")).pair(Name(b"Subtype"), Name(b"XML"));
    })?;
    Ok(Some(id))
}

impl Images<'_> {
    /// The object number of a photo on a colour.
    pub(in crate::pdf) fn get(&self, placed: &PlacedPicture, backdrop: Ink) -> Option<Ref> {
        self.by_key.get(&key(placed, backdrop)).copied()
    }

    /// Draws a photo whose resource name is `name`.
    pub(in crate::pdf) fn show(
        &self,
        content: &mut Content,
        placed: &PlacedPicture,
        name: Name<'_>,
        boxes: &PageBoxes,
    ) {
        let turn = if self.upright { Orientation::Upright } else { placed.picture.orientation };
        content.save_state();
        if placed.clip != placed.frame {
            let clip = placed.clip;
            content.rect(boxes.x(clip.x), boxes.y(clip.bottom()), pt(clip.width), pt(clip.height));
            content.clip_nonzero().end_path();
        }
        content.transform(image_matrix(placed, turn, boxes)).x_object(name).restore_state();
    }
}

/// The matrix that maps the stored image to its frame, turned if necessary.
fn image_matrix(placed: &PlacedPicture, turn: Orientation, boxes: &PageBoxes) -> [f32; 6] {
    let frame = placed.frame;
    let (width, height) = (pt(frame.width), pt(frame.height));
    let turn = turn.matrix().then(placed.turn.matrix()).0.map(f32::from);
    // The translation: the turned image's origin is at one end of the frame or the other.
    let position =
        |component: f32, start: f32, end: f32| if component == 0.0 { start } else { end };
    [
        turn[0] * width,
        turn[1] * height,
        turn[2] * width,
        turn[3] * height,
        position(turn[4], boxes.x(frame.x), boxes.x(frame.right())),
        position(turn[5], boxes.y(frame.bottom()), boxes.y(frame.y)),
    ]
}

/// The placed picture of an item, if it is one.
pub(in crate::pdf) fn picture_of(item: &Item) -> Option<&PlacedPicture> {
    match item {
        Item::Picture(placed) => Some(placed),
        Item::Glyphs(_) | Item::Rule(_) => None,
    }
}

/// The entries of an image dictionary (ISO 32000-2, 8.9.5).
struct Image {
    pixels: Pixels,
    encoding: ImageEncoding,
    colour: ColorModel,
    /// The metadata stream.
    metadata: Option<Ref>,
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
        if let Some(metadata) = self.metadata {
            entries.pair(Name(b"Metadata"), metadata);
        }
        if self.colour == (ColorModel::Cmyk { inverted: true }) {
            entries.insert(Name(b"Decode")).array().items([1, 0, 1, 0, 1, 0, 1, 0]);
        }
        match self.encoding {
            ImageEncoding::Jpeg => {
                entries.pair(Name(b"Filter"), Name(b"DCTDecode"));
            }
            ImageEncoding::Deflated => {
                entries.pair(Name(b"Filter"), Name(b"FlateDecode"));
                let colours = match self.colour {
                    ColorModel::Gray => 1,
                    ColorModel::Rgb => 3,
                    ColorModel::Cmyk { .. } => 4,
                };
                // Predictor 15: each row gives its PNG predictor (ISO 32000-2, 7.4.4.4).
                let mut rows = entries.insert(Name(b"DecodeParms")).dict();
                rows.pair(Name(b"Predictor"), 15);
                rows.pair(Name(b"Colors"), colours);
                rows.pair(Name(b"Columns"), size(self.pixels.width));
            }
        }
    }
}

/// The colour space of an image.
#[derive(Debug, Clone, Copy)]
enum ImageColorSpace {
    Device(Name<'static>),
    Icc(Ref),
}

/// The colour spaces of images, with each profile embedded once.
struct ImageColorSpaces<'i> {
    intent: Option<&'i OutputIntent<'i>>,
    profiles: Vec<(Arc<Profile>, Ref)>,
    srgb: Option<Ref>,
}

impl<'i> ImageColorSpaces<'i> {
    fn new(intent: Option<&'i OutputIntent<'i>>) -> Self {
        let srgb = intent.filter(|intent| intent.bytes == picture::srgb());
        Self { intent, profiles: Vec::new(), srgb: srgb.map(|intent| intent.profile) }
    }

    /// The colour space of an image. A profile that does not match the colour model is ignored.
    fn get<W: Write>(
        &mut self,
        colour: ColorModel,
        profile: Option<&Arc<Profile>>,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<ImageColorSpace, PdfError> {
        let space = match colour {
            ColorModel::Gray => ProfileSpace::Gray,
            ColorModel::Rgb => ProfileSpace::Rgb,
            ColorModel::Cmyk { .. } => ProfileSpace::Cmyk,
        };
        match profile.filter(|profile| profile.space == space) {
            // The output intent's own profile must not be used a second time (ISO 15930-7,
            // 6.2.4.3).
            Some(profile) if self.is_intent(profile) => {
                Ok(ImageColorSpace::Device(device_space(space)))
            }
            Some(profile) => self.icc_based(profile, writer),
            None if space == ProfileSpace::Rgb => self.srgb(writer),
            None => Ok(ImageColorSpace::Device(device_space(space))),
        }
    }

    fn is_intent(&self, profile: &Profile) -> bool {
        self.intent.is_some_and(|intent| intent.bytes == profile.bytes)
    }

    fn icc_based<W: Write>(
        &mut self,
        profile: &Arc<Profile>,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<ImageColorSpace, PdfError> {
        let same = |stored: &Arc<Profile>| Arc::ptr_eq(stored, profile) || stored == profile;
        if let Some((_, id)) = self.profiles.iter().find(|(stored, _)| same(stored)) {
            return Ok(ImageColorSpace::Icc(*id));
        }
        let id = writer.reserve_id();
        writer.deflated_stream(id, &profile.bytes, |entries| {
            entries.pair(Name(b"N"), channels(profile.space));
        })?;
        self.profiles.push((Arc::clone(profile), id));
        Ok(ImageColorSpace::Icc(id))
    }

    fn srgb<W: Write>(
        &mut self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<ImageColorSpace, PdfError> {
        if let Some(id) = self.srgb {
            return Ok(ImageColorSpace::Icc(id));
        }
        let id = writer.reserve_id();
        writer.deflated_stream(id, picture::srgb(), |entries| {
            entries.pair(Name(b"N"), channels(ProfileSpace::Rgb));
        })?;
        self.srgb = Some(id);
        Ok(ImageColorSpace::Icc(id))
    }
}

/// The device colour space.
fn device_space(space: ProfileSpace) -> Name<'static> {
    match space {
        ProfileSpace::Gray => Name(b"DeviceGray"),
        ProfileSpace::Rgb => Name(b"DeviceRGB"),
        ProfileSpace::Cmyk => Name(b"DeviceCMYK"),
    }
}
