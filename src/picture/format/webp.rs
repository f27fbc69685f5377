//! WebP files (RFC 9649) as a row of RIFF chunks.

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{EmbeddedProfile, FormatError, Header};
use crate::picture::format::source::{RandomAccess, Source};

/// Metadata chunks larger than this are passed over.
const MOST_METADATA: u64 = 16 * 1024 * 1024;
/// A file of more chunks than this is not read to its end.
const MOST_CHUNKS: usize = 100_000;

/// Reads the header and the metadata, which follows the picture data.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let mut header = Header::new(Format::WebP, Pixels { width: 0, height: 0 }, ColorModel::Rgb);
    let mut found = false;
    let mut at = 12;
    for _ in 0..MOST_CHUNKS {
        let Ok([k3, k2, k1, k0, length @ ..]) = source.array::<8>(at) else { break };
        let length = u64::from(u32::from_le_bytes(length));
        let body = at + 8;
        // Chunks are padded to an even length.
        at = body + length + (length & 1);
        match &[k3, k2, k1, k0] {
            b"VP8X" => {
                let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = source.array::<10>(body)?;
                header.alpha = flags & 0x10 != 0;
                header.animated = flags & 0x02 != 0;
                header.pixels = Pixels {
                    width: u32::from_le_bytes([w0, w1, w2, 0]) + 1,
                    height: u32::from_le_bytes([h0, h1, h2, 0]) + 1,
                };
            }
            b"VP8 " if !found => {
                found = true;
                let [_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1] = source.array::<10>(body)? else {
                    return Err(FormatError::damaged(
                        "its picture data does not begin as it should",
                    ));
                };
                // The two highest bits ask for an enlargement that nobody performs.
                let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
                size(&mut header, Pixels { width: side(w0, w1), height: side(h0, h1) });
                whole(source, at)?;
            }
            b"VP8L" if !found => {
                found = true;
                let [0x2F, bits @ ..] = source.array::<5>(body)? else {
                    return Err(FormatError::damaged(
                        "its picture data does not begin as it should",
                    ));
                };
                let bits = u32::from_le_bytes(bits);
                let pixels =
                    Pixels { width: (bits & 0x3FFF) + 1, height: ((bits >> 14) & 0x3FFF) + 1 };
                size(&mut header, pixels);
                header.alpha |= bits & (1 << 28) != 0;
                whole(source, at)?;
            }
            b"ANMF" => found = true,
            b"ICCP" => {
                header.carried.profile = match metadata(source, body, length) {
                    Some(profile) => EmbeddedProfile::Whole(profile),
                    None => EmbeddedProfile::Broken,
                };
            }
            b"EXIF" => {
                // Some programs leave the JPEG segment's name in front.
                header.carried.exif = metadata(source, body, length)
                    .map(|exif| exif.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec).unwrap_or(exif));
                header.carried.other = true;
            }
            b"XMP " => {
                header.carried.xmp = metadata(source, body, length);
                header.carried.other = true;
            }
            b"ALPH" | b"ANIM" | b"VP8 " | b"VP8L" => {}
            _ => header.carried.other = true,
        }
    }
    if found { Ok(header) } else { Err(FormatError::damaged("it holds no picture data")) }
}

/// The extended header's size goes before the picture data's.
fn size(header: &mut Header, pixels: Pixels) {
    if header.pixels.width == 0 {
        header.pixels = pixels;
    }
}

fn whole(source: &Source, end: u64) -> Result<(), FormatError> {
    // The last chunk's padding is often forgotten.
    if end > source.length() + 1 {
        return Err(FormatError::damaged("it ends in the middle of its picture data"));
    }
    Ok(())
}

fn metadata(source: &mut Source, at: u64, length: u64) -> Option<Vec<u8>> {
    if length > MOST_METADATA { None } else { source.bytes(at, length).ok() }
}
