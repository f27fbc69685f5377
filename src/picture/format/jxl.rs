//! JPEG XL files (ISO/IEC 18181): a bare codestream, or one among boxes.

use jxl_oxide::{
    AllocTracker, AuxBoxData, EnumColourEncoding, JxlImage, PixelFormat, RenderingIntent,
};

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{EmbeddedProfile, FormatError, Header, OrientationRule};
use crate::picture::format::source::{RandomAccess, Source};

/// What reading a file without its pixels may take.
const WORKING_SPACE: usize = 512 * 1024 * 1024;

/// Reads the header, the boxes, and where the frames begin and end.
pub(in crate::picture) fn header(source: Source) -> Result<Header, FormatError> {
    let length = source.length();
    let image = open(source, usize::try_from(length).unwrap_or(usize::MAX)).map_err(|error| {
        FormatError::damaged(format!("it is no sound JPEG XL picture: {error}"))
    })?;
    let colour = match image.pixel_format() {
        PixelFormat::Gray | PixelFormat::Graya => ColorModel::Gray,
        PixelFormat::Rgb | PixelFormat::Rgba => ColorModel::Rgb,
        PixelFormat::Cmyk | PixelFormat::Cmyka => {
            return Err(FormatError::convert("a JPEG XL picture in ink"));
        }
    };
    let pixels = Pixels { width: image.width(), height: image.height() };
    let mut header = Header::new(Format::Jxl, pixels, colour);
    let metadata = &image.image_header().metadata;
    header.bits = u8::try_from(metadata.bit_depth.bits_per_sample()).unwrap_or(u8::MAX);
    header.alpha = image.pixel_format().has_alpha();
    header.animated = image.num_loaded_keyframes() > 1;
    header.truncated = !image.is_loading_done();
    // The codestream's orientation is the decoder's to apply, and EXIF's is to be ignored
    // (ISO/IEC 18181-2, 9.4).
    header.turned = OrientationRule::ByDecoder;
    // Red, green and blue of sRGB need no profile (ITU-T H.273: 1, 13).
    if !matches!(image.rendered_cicp(), Some([1, 13, ..])) {
        header.carried.profile = EmbeddedProfile::Whole(image.rendered_icc());
    }
    let boxes = image.aux_boxes();
    if let Ok(AuxBoxData::Data(found)) = boxes.first_exif() {
        let start = usize::try_from(found.tiff_header_offset()).unwrap_or(usize::MAX);
        header.carried.exif = found.payload().get(start..).map(<[u8]>::to_vec);
    }
    if let AuxBoxData::Data(xml) = boxes.first_xml() {
        header.carried.xmp = Some(xml.to_vec());
    }
    Ok(header)
}

/// Opens a file for its header or for its pixels, which need more memory than the file.
pub(in crate::picture) fn open(source: Source, pixels: usize) -> Result<JxlImage, String> {
    let tracker = AllocTracker::with_limit(pixels.saturating_add(WORKING_SPACE));
    let reader = source.into_reader().map_err(|error| error.to_string())?;
    let mut image = JxlImage::builder()
        .alloc_tracker(tracker)
        .read(reader)
        .map_err(|error| error.to_string())?;
    // Light beyond white is pulled in by the decoder, which knows how bright it is meant.
    if image.hdr_type().is_some() {
        image.request_color_encoding(if image.pixel_format().is_grayscale() {
            EnumColourEncoding::gray_srgb(RenderingIntent::Relative)
        } else {
            EnumColourEncoding::srgb(RenderingIntent::Relative)
        });
    }
    Ok(image)
}
