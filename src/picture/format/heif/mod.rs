//! Reads the headers of HEIF files: HEIC, as phones write it, and the container of AVIF.

mod container;
mod hevc_signal;
mod image;

pub(in crate::picture) use container::HeifContainer;
pub(in crate::picture) use hevc_signal::ChromaSampling;
#[cfg(feature = "heif")]
pub(in crate::picture) use hevc_signal::HevcSignal;
pub(in crate::picture) use image::{HeifCodec, HeifImage};

use crate::model::{ColorModel, Format};

use crate::picture::format::header::{EmbeddedProfile, FormatError, Header, OrientationRule};
use crate::picture::format::source::Source;

/// Larger metadata is ignored.
const MAX_METADATA: u64 = 16 * 1024 * 1024;

/// Reads the header and the metadata.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let container = HeifContainer::read(source)?;
    let image = HeifImage::read(&container)?;
    match image.codec {
        HeifCodec::Hevc => {}
        HeifCodec::Av1 => return Err(FormatError::unsupported("an AVIF image")),
        HeifCodec::Overlay => {
            return Err(FormatError::unsupported("a HEIC image composed of several images"));
        }
        HeifCodec::Other => return Err(FormatError::unsupported("a HEIF image without HEVC")),
    }
    let colour = match image.sampling {
        ChromaSampling::Gray => ColorModel::Gray,
        ChromaSampling::Quarter => ColorModel::Rgb,
        // The decoder reads the codes of these wrongly.
        ChromaSampling::Half => return Err(FormatError::unsupported("a HEIC image in 4:2:2")),
        ChromaSampling::Full => return Err(FormatError::unsupported("a HEIC image in 4:4:4")),
    };
    let mut header = Header::new(Format::Heif, image.shown(), colour);
    header.bits = image.bits;
    header.alpha = image.alpha;
    // The container turns the picture; the orientation of EXIF is informative (ISO/IEC 23008-12,
    // A.2.1).
    header.orientation_rule = OrientationRule::ByDecoder;
    header.embedded.profile = image
        .profile
        .map(|profile| EmbeddedProfile::Complete(profile.to_vec()))
        .or_else(|| image.described_profile())
        .unwrap_or_default();
    let primary = container.primary();
    for item in container.sources(primary, *b"cdsc") {
        if container.kind(item) == Some(*b"Exif") && header.embedded.exif.is_none() {
            let data = container.data(source, item, MAX_METADATA);
            header.embedded.exif = data.and_then(|data| exif(&data).map(<[u8]>::to_vec));
            header.embedded.other = true;
        } else if container.is_xmp(item) && header.embedded.xmp.is_none() {
            header.embedded.xmp = container.data(source, item, MAX_METADATA);
            header.embedded.other = true;
        }
    }
    Ok(header)
}

/// The TIFF structure of an EXIF item: the item starts with its offset.
fn exif(item: &[u8]) -> Option<&[u8]> {
    let (offset, rest) = item.split_first_chunk::<4>()?;
    let stated = rest.get(usize::try_from(u32::from_be_bytes(*offset)).ok()?..);
    let is_tiff = |bytes: &&[u8]| bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*");
    // Some programs state a wrong offset.
    stated.filter(is_tiff).or_else(|| rest.strip_prefix(b"Exif\0\0").filter(is_tiff))
}
