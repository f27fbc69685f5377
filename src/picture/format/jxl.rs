//! Reads the headers of JPEG XL files (ISO/IEC 18181): a bare codestream, or one in a container.

use jxl_oxide::color::{ColourEncoding, ColourSpace, TransferFunction};
use jxl_oxide::{
    AllocTracker, AuxBoxData, EnumColourEncoding, JxlImage, PixelFormat, RenderingIntent,
};

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{
    DecodedRange, EmbeddedProfile, FormatError, Header, OrientationRule,
};
use crate::picture::format::source::{RandomAccess, Source};

/// The memory that reading a file without its pixels may take.
const WORKING_MEMORY: usize = 512 * 1024 * 1024;

/// Reads the header and the boxes, and finds the frames.
pub(in crate::picture) fn header(source: Source) -> Result<Header, FormatError> {
    let length = source.length();
    let image = open(source, usize::try_from(length).unwrap_or(usize::MAX)).map_err(|error| {
        FormatError::damaged(format!("it is not a valid JPEG XL image: {error}"))
    })?;
    let colour = match image.pixel_format() {
        PixelFormat::Gray | PixelFormat::Graya => ColorModel::Gray,
        PixelFormat::Rgb | PixelFormat::Rgba => ColorModel::Rgb,
        PixelFormat::Cmyk | PixelFormat::Cmyka => {
            return Err(FormatError::unsupported("a JPEG XL image in CMYK"));
        }
    };
    let metadata = &image.image_header().metadata;
    // Not those in which most lossy images are stored, but those of the decoded image.
    if metadata.colour_encoding.colour_space() == ColourSpace::Xyb {
        return Err(FormatError::unsupported("a JPEG XL image with XYB colours"));
    }
    // The decoder could make no profile of it.
    if let ColourEncoding::Enum(encoding) = &metadata.colour_encoding
        && matches!(encoding.tf, TransferFunction::Unknown | TransferFunction::Gamma { g: 0, .. })
    {
        return Err(FormatError::damaged("its transfer function is not known"));
    }
    let pixels = Pixels { width: image.width(), height: image.height() };
    let mut header = Header::new(Format::Jxl, pixels, colour);
    header.bits = u8::try_from(metadata.bit_depth.bits_per_sample()).unwrap_or(u8::MAX);
    header.alpha = image.pixel_format().has_alpha();
    header.animated = image.num_loaded_keyframes() > 1;
    // The decoder applies the codestream's orientation; that of EXIF is to be ignored (ISO/IEC
    // 18181-2, 9.4).
    header.orientation_rule = OrientationRule::ByDecoder;
    // sRGB needs no profile (ITU-T H.273: 1, 13).
    header.embedded.profile = match image.rendered_cicp() {
        Some([1, 13, ..]) => EmbeddedProfile::Srgb,
        _ => EmbeddedProfile::Complete(image.rendered_icc()),
    };
    if image.hdr_type().is_some() {
        header.range = DecodedRange::ConvertedFromHigh;
    }
    let boxes = image.aux_boxes();
    if let Ok(AuxBoxData::Data(exif)) = boxes.first_exif() {
        let start = usize::try_from(exif.tiff_header_offset()).unwrap_or(usize::MAX);
        header.embedded.exif = exif.payload().get(start..).map(<[u8]>::to_vec);
    }
    if let AuxBoxData::Data(xml) = boxes.first_xml() {
        header.embedded.xmp = Some(xml.to_vec());
    }
    Ok(header)
}

/// Why a JPEG XL file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(in crate::picture) enum JxlError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The error of the decoder.
    #[error("{0}")]
    Decoder(Box<dyn std::error::Error + Send + Sync>),
}

/// Opens a file. `pixel_memory` is the memory that it may take in addition to [`WORKING_MEMORY`].
pub(in crate::picture) fn open(source: Source, pixel_memory: usize) -> Result<JxlImage, JxlError> {
    let tracker = AllocTracker::with_limit(pixel_memory.saturating_add(WORKING_MEMORY));
    let reader = source.into_reader()?;
    let mut image =
        JxlImage::builder().alloc_tracker(tracker).read(reader).map_err(JxlError::Decoder)?;
    // The decoder maps HDR to standard range, since it knows the intended brightness.
    if image.hdr_type().is_some() {
        image.request_color_encoding(if image.pixel_format().is_grayscale() {
            EnumColourEncoding::gray_srgb(RenderingIntent::Relative)
        } else {
            EnumColourEncoding::srgb(RenderingIntent::Relative)
        });
    }
    Ok(image)
}
