//! Reads the chunks of PNG files (ISO/IEC 15948).

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memchr;

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::described_profile::DescribedColor;
use crate::picture::format::header::{EmbeddedMetadata, EmbeddedProfile, FormatError, Header};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::metadata::text;
use crate::picture::metadata::text::DecodedText;

/// Larger metadata chunks are ignored.
const MAX_METADATA: u64 = 4 * 1024 * 1024;
/// Metadata that is larger after decompression is ignored.
const MAX_UNPACKED: u64 = 16 * 1024 * 1024;
/// How many chunks of metadata are decompressed: programs write up to a dozen.
const MAX_PACKED: usize = 64;
/// The maximum number of chunks that are read.
const MAX_CHUNKS: usize = 1_000_000;

/// Reads the header and the metadata, which may follow the image data.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let (length, kind) = chunk(source, 8)?;
    if kind == *b"CgBI" {
        return Err(FormatError::unsupported("a PNG in Apple's private variant"));
    }
    if kind != *b"IHDR" || length != 13 {
        return Err(FormatError::damaged("it does not begin with a PNG header"));
    }
    let [w3, w2, w1, w0, h3, h2, h1, h0, bits, colour, compression, filter, interlace] =
        source.read_array::<13>(16)?;
    let pixels = Pixels {
        width: u32::from_be_bytes([w3, w2, w1, w0]),
        height: u32::from_be_bytes([h3, h2, h1, h0]),
    };
    if !matches!((colour, bits), (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16))
    {
        return Err(FormatError::damaged("its header has an invalid colour type"));
    }
    if compression != 0 || filter != 0 || interlace > 1 {
        return Err(FormatError::damaged(
            "its header has an invalid compression, filter or interlace method",
        ));
    }
    let model = if matches!(colour, 0 | 4) { ColorModel::Gray } else { ColorModel::Rgb };
    let mut header = Header::new(Format::Png, pixels, model);
    header.bits = bits;
    header.alpha = matches!(colour, 4 | 6);
    if !has_valid_checksum(source, 16, 13)? {
        return Err(FormatError::damaged("its header has a wrong checksum"));
    }
    read_chunks(source, &mut header)?;
    Ok(header)
}

/// The length and the type of the chunk at an offset.
fn chunk(source: &mut Source, at: u64) -> Result<(u64, [u8; 4]), FormatError> {
    let [l3, l2, l1, l0, kind @ ..] = source.read_array::<8>(at)?;
    Ok((u32::from_be_bytes([l3, l2, l1, l0]).into(), kind))
}

fn read_chunks(source: &mut Source, header: &mut Header) -> Result<(), FormatError> {
    let mut has_data = false;
    let mut described = DescribedColor::default();
    let mut packed = 0;
    let mut at = 8 + 25;
    for _ in 0..MAX_CHUNKS {
        let Ok((length, kind)) = chunk(source, at) else { break };
        let body = at + 8;
        at = body + length + 4;
        match &kind {
            b"IEND" => break,
            // Damage of the image data is found when it is examined.
            b"IDAT" => has_data = true,
            b"PLTE" => {
                if length == 0 || length % 3 != 0 || length > 3 * 256 {
                    return Err(FormatError::damaged("its palette has an invalid length"));
                }
                if body + length > source.length() || !has_valid_checksum(source, body, length)? {
                    return Err(FormatError::damaged("its palette is damaged"));
                }
            }
            b"gAMA" => {
                described.gamma = read_integers::<1>(source, body, length).map(|[gamma]| gamma);
            }
            b"cHRM" => described.primaries = read_integers(source, body, length),
            b"sRGB" => described.srgb = true,
            b"cICP" => described.code_points = source.read_array(body).ok(),
            b"tRNS" => header.alpha = true,
            b"acTL" => {
                header.animated =
                    source.read_array::<4>(body).is_ok_and(|frames| u32::from_be_bytes(frames) > 1);
            }
            b"iCCP" | b"eXIf" | b"iTXt" | b"zTXt" | b"tEXt" => {
                packed += usize::from(matches!(&kind, b"iCCP" | b"iTXt" | b"zTXt"));
                if length <= MAX_METADATA
                    && packed <= MAX_PACKED
                    && let Ok(bytes) = source.read_bytes(body, length)
                {
                    metadata(&mut header.embedded, kind, &bytes);
                } else if kind == *b"iCCP" {
                    header.embedded.profile = EmbeddedProfile::Damaged;
                } else {
                    header.embedded.other = true;
                }
            }
            // These chunks describe pixels and are not private.
            b"sBIT" | b"bKGD" | b"hIST" | b"pHYs" | b"sPLT" | b"fcTL" | b"fdAT" | b"mDCV"
            | b"cLLI" => {}
            _ => header.embedded.other = true,
        }
    }
    if !has_data {
        return Err(FormatError::damaged("it has no image data"));
    }
    // Code points take precedence over a profile, and a profile over the other chunks (PNG, 4.3).
    let is_gray = header.colour == ColorModel::Gray;
    let embedded = &mut header.embedded;
    if let Some(profile) = described.profile_from_code_points(is_gray) {
        embedded.profile = profile;
    } else if matches!(embedded.profile, EmbeddedProfile::Absent) {
        embedded.profile = described.profile_from_other_chunks(is_gray);
    }
    Ok(())
}

/// The body of a chunk as 32-bit integers.
fn read_integers<const N: usize>(source: &mut Source, body: u64, length: u64) -> Option<[u32; N]> {
    let bytes = source.read_bytes(body, length).ok()?;
    let (read_integers, []) = bytes.as_chunks::<4>() else { return None };
    let read_integers: Vec<u32> =
        read_integers.iter().map(|&number| u32::from_be_bytes(number)).collect();
    read_integers.try_into().ok()
}

/// Whether the checksum of a chunk's type and body is valid. Decoders check this too.
fn has_valid_checksum(source: &mut Source, body: u64, length: u64) -> Result<bool, FormatError> {
    let mut sum = flate2::Crc::new();
    let mut block = vec![0; 64 * 1024];
    let mut at = body - 4;
    while at < body + length {
        let count = usize::try_from(body + length - at).unwrap_or(usize::MAX).min(block.len());
        source.read_at(at, &mut block[..count])?;
        sum.update(&block[..count]);
        at += count as u64;
    }
    Ok(source.read_array(body + length).is_ok_and(|stated| u32::from_be_bytes(stated) == sum.sum()))
}

fn metadata(embedded: &mut EmbeddedMetadata, kind: [u8; 4], bytes: &[u8]) {
    if kind == *b"eXIf" {
        // Some programs keep the name of the JPEG segment.
        let exif = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
        embedded.exif.get_or_insert_with(|| exif.to_vec());
        return;
    }
    let Some((keyword, value)) = split_at_zero(bytes) else { return };
    if kind == *b"iCCP" {
        embedded.profile = match value.split_first().and_then(|(_, compressed)| inflate(compressed))
        {
            Some(profile) => EmbeddedProfile::Complete(profile),
            None => EmbeddedProfile::Damaged,
        };
        return;
    }
    let value = match &kind {
        b"tEXt" => Some(value.to_vec()),
        b"zTXt" => value.split_first().and_then(|(_, compressed)| inflate(compressed)),
        _ => itxt_text(value),
    };
    let value = value.unwrap_or_default();
    match keyword {
        b"XML:com.adobe.xmp" => {
            embedded.xmp.get_or_insert(value);
        }
        // The format of ImageMagick: the profile's name, its length, and its bytes in hexadecimal.
        b"Raw profile type xmp" => {
            if let Some(xmp) = decode_raw_profile(&value) {
                embedded.xmp.get_or_insert(xmp);
            }
        }
        b"Raw profile type exif" | b"Raw profile type APP1" => {
            if let Some(exif) = decode_raw_profile(&value) {
                let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(&exif).to_vec();
                embedded.exif.get_or_insert(exif);
            }
        }
        b"Raw profile type iptc" => {
            if let Some(iptc) = decode_raw_profile(&value) {
                let data_sets = crate::picture::metadata::iptc::find_in_photoshop_resources(&iptc)
                    .unwrap_or(&iptc);
                embedded.iptc.get_or_insert(data_sets.to_vec());
            }
        }
        _ => {
            embedded.other = true;
            // Latin-1 is not a guess here: the standard prescribes it (PNG third edition,
            // 11.3.3.3).
            let text = DecodedText::from(text::decode(&value).text);
            if let Some(text) = text::clean(text) {
                add_text(embedded, keyword, text);
            }
        }
    }
}

/// Adds a text with one of PNG's predefined keywords (PNG third edition, 11.3.3.2).
fn add_text(embedded: &mut EmbeddedMetadata, keyword: &[u8], text: DecodedText) {
    let fields = &mut embedded.text_chunks;
    let (field, source) = match keyword {
        b"Title" => (&mut fields.headline, "PNG Title"),
        b"Author" => (&mut fields.creator, "PNG Author"),
        b"Description" => (&mut fields.caption, "PNG Description"),
        b"Copyright" => (&mut fields.rights, "PNG Copyright"),
        _ => return,
    };
    field.get_or_insert_with(|| text.with_source(source));
}

/// The bytes before and after the first zero byte.
fn split_at_zero(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let zero = memchr(0, bytes)?;
    Some((&bytes[..zero], &bytes[zero + 1..]))
}

/// The text of an `iTXt` chunk, given what follows its keyword.
fn itxt_text(value: &[u8]) -> Option<Vec<u8>> {
    let [compressed, _, rest @ ..] = value else { return None };
    let (_, rest) = split_at_zero(rest)?;
    let (_, text) = split_at_zero(rest)?;
    if *compressed == 1 { inflate(text) } else { Some(text.to_vec()) }
}

fn inflate(compressed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(compressed).take(MAX_UNPACKED + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_UNPACKED).then_some(bytes)
}

fn decode_raw_profile(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_prefix(b"\n").unwrap_or(text);
    let mut lines = text.splitn(3, |&byte| byte == b'\n');
    let (_, length, digits) = (lines.next()?, lines.next()?, lines.next()?);
    let length: usize = str::from_utf8(length).ok()?.trim().parse().ok()?;
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|&digit| char::from(digit).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    let bytes: Vec<u8> =
        digits.chunks_exact(2).take(length).map(|pair| (pair[0] << 4) | pair[1]).collect();
    (bytes.len() == length).then_some(bytes)
}
