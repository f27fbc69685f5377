//! PNG files (ISO/IEC 15948) as a row of chunks.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memchr;

use crate::model::{ColorModel, Format, Pixels, Sourced};

use crate::picture::format::described_profile::DescribedColor;
use crate::picture::format::header::{Embedded, EmbeddedProfile, FormatError, Header};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::metadata::text;

/// Metadata chunks larger than this are passed over.
const MOST_METADATA: u64 = 4 * 1024 * 1024;
/// Metadata that unpacks to more than this is passed over.
const MOST_UNPACKED: u64 = 16 * 1024 * 1024;
/// A file of more chunks than this is not read to its end.
const MOST_CHUNKS: usize = 1_000_000;

/// Reads the header and the metadata, which may follow the picture data.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let (length, kind) = chunk(source, 8)?;
    if kind == *b"CgBI" {
        return Err(FormatError::convert("a PNG in Apple's own variant"));
    }
    if kind != *b"IHDR" || length != 13 {
        return Err(FormatError::damaged("it does not begin with a PNG header"));
    }
    let [w3, w2, w1, w0, h3, h2, h1, h0, bits, colour, compression, filter, interlace] =
        source.array::<13>(16)?;
    let pixels = Pixels {
        width: u32::from_be_bytes([w3, w2, w1, w0]),
        height: u32::from_be_bytes([h3, h2, h1, h0]),
    };
    if !matches!((colour, bits), (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16))
    {
        return Err(FormatError::damaged("its header names a colour type that PNG does not know"));
    }
    if compression != 0 || filter != 0 || interlace > 1 {
        return Err(FormatError::damaged("its header names a method that PNG does not know"));
    }
    let model = if matches!(colour, 0 | 4) { ColorModel::Gray } else { ColorModel::Rgb };
    let mut header = Header::new(Format::Png, pixels, model);
    header.bits = bits;
    header.alpha = matches!(colour, 4 | 6);
    if !is_sound(source, 16, 13)? {
        return Err(FormatError::damaged("the checksum of its header is wrong"));
    }
    rest(source, &mut header)?;
    Ok(header)
}

/// The length and the type of the chunk at a place.
fn chunk(source: &mut Source, at: u64) -> Result<(u64, [u8; 4]), FormatError> {
    let [l3, l2, l1, l0, kind @ ..] = source.array::<8>(at)?;
    Ok((u32::from_be_bytes([l3, l2, l1, l0]).into(), kind))
}

fn rest(source: &mut Source, header: &mut Header) -> Result<(), FormatError> {
    let mut data = false;
    let mut ended = false;
    let mut described = DescribedColor::default();
    let mut at = 8 + 25;
    for _ in 0..MOST_CHUNKS {
        let Ok((length, kind)) = chunk(source, at) else { break };
        let body = at + 8;
        at = body + length + 4;
        match &kind {
            b"IEND" => {
                ended = true;
                break;
            }
            b"IDAT" | b"PLTE" => {
                data |= kind == *b"IDAT";
                if body + length > source.length() {
                    return Err(FormatError::damaged("it ends in the middle of its picture data"));
                }
                if kind == *b"PLTE" && (length % 3 != 0 || length > 3 * 256) {
                    return Err(FormatError::damaged("its palette is no row of colours"));
                }
                if !is_sound(source, body, length)? {
                    return Err(FormatError::damaged("a checksum of its picture data is wrong"));
                }
            }
            b"gAMA" => described.gamma = numbers::<1>(source, body, length).map(|[gamma]| gamma),
            b"cHRM" => described.primaries = numbers(source, body, length),
            b"sRGB" => described.srgb = true,
            b"cICP" => described.code_points = source.array(body).ok(),
            b"tRNS" => header.alpha = true,
            b"acTL" => {
                header.animated =
                    source.array::<4>(body).is_ok_and(|frames| u32::from_be_bytes(frames) > 1);
            }
            b"iCCP" | b"eXIf" | b"iTXt" | b"zTXt" | b"tEXt" => {
                if length <= MOST_METADATA
                    && let Ok(bytes) = source.bytes(body, length)
                {
                    metadata(&mut header.carried, kind, &bytes);
                } else if kind == *b"iCCP" {
                    header.carried.profile = EmbeddedProfile::Broken;
                } else {
                    header.carried.other = true;
                }
            }
            // What describes the pixels is nobody's secret.
            b"sBIT" | b"bKGD" | b"hIST" | b"pHYs" | b"sPLT" | b"fcTL" | b"fdAT" | b"mDCV"
            | b"cLLI" => {}
            _ => header.carried.other = true,
        }
    }
    if !data {
        return Err(FormatError::damaged("it holds no picture data"));
    }
    // The last chunks of the picture may be lost, though all those that are there are sound.
    header.truncated = !ended;
    // Code points go before a profile, and a profile before the rest (PNG, 4.3).
    if described.has_code_points() || matches!(header.carried.profile, EmbeddedProfile::Absent) {
        header.carried.profile = match described.profile(header.colour == ColorModel::Gray) {
            Some(profile) => EmbeddedProfile::Whole(profile),
            None if described.has_code_points() => EmbeddedProfile::Absent,
            None => std::mem::take(&mut header.carried.profile),
        };
    }
    Ok(())
}

/// A chunk's numbers of 32 bits.
fn numbers<const N: usize>(source: &mut Source, body: u64, length: u64) -> Option<[u32; N]> {
    let bytes = source.bytes(body, length).ok()?;
    let (numbers, []) = bytes.as_chunks::<4>() else { return None };
    let numbers: Vec<u32> = numbers.iter().map(|&number| u32::from_be_bytes(number)).collect();
    numbers.try_into().ok()
}

/// Whether a chunk's checksum is that of its type and body, which a decoder asks as well.
fn is_sound(source: &mut Source, body: u64, length: u64) -> Result<bool, FormatError> {
    let mut sum = flate2::Crc::new();
    let mut block = vec![0; 64 * 1024];
    let mut at = body - 4;
    while at < body + length {
        let count = usize::try_from(body + length - at).unwrap_or(usize::MAX).min(block.len());
        source.read_at(at, &mut block[..count])?;
        sum.update(&block[..count]);
        at += count as u64;
    }
    Ok(source.array(body + length).is_ok_and(|stated| u32::from_be_bytes(stated) == sum.sum()))
}

fn metadata(carried: &mut Embedded, kind: [u8; 4], bytes: &[u8]) {
    if kind == *b"eXIf" {
        // Some programs leave the JPEG segment's name in front.
        let exif = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
        carried.exif.get_or_insert_with(|| exif.to_vec());
        return;
    }
    let Some((keyword, value)) = split(bytes) else { return };
    if kind == *b"iCCP" {
        carried.profile = match value.split_first().and_then(|(_, packed)| unpack(packed)) {
            Some(profile) => EmbeddedProfile::Whole(profile),
            None => EmbeddedProfile::Broken,
        };
        return;
    }
    let value = match &kind {
        b"tEXt" => Some(value.to_vec()),
        b"zTXt" => value.split_first().and_then(|(_, packed)| unpack(packed)),
        _ => international(value),
    };
    let value = value.unwrap_or_default();
    match keyword {
        b"XML:com.adobe.xmp" => {
            carried.xmp.get_or_insert(value);
        }
        // ImageMagick's way: the profile's name, its length, and its bytes in hexadecimal.
        b"Raw profile type xmp" => {
            if let Some(xmp) = raw_profile(&value) {
                carried.xmp.get_or_insert(xmp);
            }
        }
        b"Raw profile type exif" | b"Raw profile type APP1" => {
            if let Some(exif) = raw_profile(&value) {
                let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(&exif).to_vec();
                carried.exif.get_or_insert(exif);
            }
        }
        b"Raw profile type iptc" => {
            if let Some(iptc) = raw_profile(&value) {
                let sets =
                    crate::picture::metadata::iptc::in_photoshop_resources(&iptc).unwrap_or(&iptc);
                carried.iptc.get_or_insert(sets.to_vec());
            }
        }
        _ => {
            carried.other = true;
            if let Some(text) = text::clean(&text::guess(&value)) {
                say(carried, keyword, text);
            }
        }
    }
}

/// The texts that PNG has names for (PNG third edition, 11.3.3.2).
fn say(carried: &mut Embedded, keyword: &[u8], text: String) {
    let texts = &mut carried.texts;
    let (field, source) = match keyword {
        b"Title" => (&mut texts.headline, "PNG Title"),
        b"Author" => (&mut texts.creator, "PNG Author"),
        b"Description" => (&mut texts.caption, "PNG Description"),
        b"Copyright" => (&mut texts.rights, "PNG Copyright"),
        _ => return,
    };
    field.get_or_insert_with(|| Sourced::new(text, source));
}

/// The bytes before and after the first zero byte.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let zero = memchr(0, bytes)?;
    Some((&bytes[..zero], &bytes[zero + 1..]))
}

/// The text of an `iTXt` chunk, after its keyword.
fn international(value: &[u8]) -> Option<Vec<u8>> {
    let [packed, _, rest @ ..] = value else { return None };
    let (_, rest) = split(rest)?;
    let (_, text) = split(rest)?;
    if *packed == 1 { unpack(text) } else { Some(text.to_vec()) }
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).take(MOST_UNPACKED + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MOST_UNPACKED).then_some(bytes)
}

fn raw_profile(text: &[u8]) -> Option<Vec<u8>> {
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
