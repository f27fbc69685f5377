//! Reads the RIFF chunks of WebP files (RFC 9649).

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{EmbeddedProfile, FormatError, Header};
use crate::picture::format::source::{RandomAccess, Source};

/// Larger metadata chunks are ignored.
const MAX_METADATA: u64 = 16 * 1024 * 1024;
/// The maximum number of chunks that are read.
const MAX_CHUNKS: usize = 100_000;

/// Reads the header and the metadata, which follows the image data.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let mut header = Header::new(Format::WebP, Pixels { width: 0, height: 0 }, ColorModel::Rgb);
    let mut has_data = false;
    let mut at = 12;
    for _ in 0..MAX_CHUNKS {
        let Ok([k3, k2, k1, k0, length @ ..]) = source.read_array::<8>(at) else { break };
        let length = u64::from(u32::from_le_bytes(length));
        let body = at + 8;
        // Chunks are padded to an even length.
        at = body + length + (length & 1);
        match &[k3, k2, k1, k0] {
            b"VP8X" => {
                let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = source.read_array::<10>(body)?;
                header.alpha = flags & 0x10 != 0;
                header.animated = flags & 0x02 != 0;
                header.pixels = Pixels {
                    width: u32::from_le_bytes([w0, w1, w2, 0]) + 1,
                    height: u32::from_le_bytes([h0, h1, h2, 0]) + 1,
                };
            }
            b"VP8 " if !has_data => {
                has_data = true;
                let [_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1] = source.read_array::<10>(body)?
                else {
                    return Err(FormatError::damaged("its image data has an invalid signature"));
                };
                // The two highest bits ask for scaling, which no decoder does.
                let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
                set_size(&mut header, Pixels { width: side(w0, w1), height: side(h0, h1) });
                check_complete(source, at)?;
            }
            b"VP8L" if !has_data => {
                has_data = true;
                let [0x2F, bits @ ..] = source.read_array::<5>(body)? else {
                    return Err(FormatError::damaged("its image data has an invalid signature"));
                };
                let bits = u32::from_le_bytes(bits);
                let pixels =
                    Pixels { width: (bits & 0x3FFF) + 1, height: ((bits >> 14) & 0x3FFF) + 1 };
                set_size(&mut header, pixels);
                header.alpha |= bits & (1 << 28) != 0;
                check_complete(source, at)?;
            }
            b"ANMF" => has_data = true,
            b"ICCP" => {
                header.embedded.profile = match metadata(source, body, length) {
                    Some(profile) => EmbeddedProfile::Complete(profile),
                    None => EmbeddedProfile::Damaged,
                };
            }
            b"EXIF" => {
                // Some programs keep the name of the JPEG segment.
                header.embedded.exif = metadata(source, body, length)
                    .map(|exif| exif.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec).unwrap_or(exif));
                header.embedded.other = true;
            }
            b"XMP " => {
                header.embedded.xmp = metadata(source, body, length);
                header.embedded.other = true;
            }
            b"ALPH" | b"ANIM" | b"VP8 " | b"VP8L" => {}
            _ => header.embedded.other = true,
        }
    }
    if has_data { Ok(header) } else { Err(FormatError::damaged("it has no image data")) }
}

/// Sets the size, unless the extended header has set it.
fn set_size(header: &mut Header, pixels: Pixels) {
    if header.pixels.width == 0 {
        header.pixels = pixels;
    }
}

fn check_complete(source: &Source, end: u64) -> Result<(), FormatError> {
    // The padding of the last chunk is often missing.
    if end > source.length() + 1 {
        return Err(FormatError::damaged("its image data is truncated"));
    }
    Ok(())
}

fn metadata(source: &mut Source, at: u64, length: u64) -> Option<Vec<u8>> {
    if length > MAX_METADATA { None } else { source.read_bytes(at, length).ok() }
}
