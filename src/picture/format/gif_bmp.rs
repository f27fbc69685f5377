//! Reads the headers of GIF 89a and Windows bitmap files.

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{FormatError, Header};
use crate::picture::format::source::{RandomAccess, Source};

/// Larger metadata is ignored.
const MAX_METADATA: u64 = 16 * 1024 * 1024;

/// Reads a GIF's header, and its blocks up to the second frame.
pub(in crate::picture) fn gif(source: &mut Source) -> Result<Header, FormatError> {
    let [w0, w1, h0, h1, flags, _, _] = source.read_array::<7>(6)?;
    let pixels = Pixels {
        width: u16::from_le_bytes([w0, w1]).into(),
        height: u16::from_le_bytes([h0, h1]).into(),
    };
    let mut header = Header::new(Format::Gif, pixels, ColorModel::Rgb);
    let mut at = 13 + color_table_length(flags);
    let mut frames = 0;
    while let Ok([introducer, label]) = source.read_array::<2>(at) {
        match introducer {
            0x21 => {
                if label == 0xF9 && frames == 0 {
                    // The lowest flag of the graphic control extension: a transparent colour.
                    header.alpha |= source.read_array::<1>(at + 3)?[0] & 1 != 0;
                }
                // Comments, and application data other than the loop counter.
                if label == 0xFE || (label == 0xFF && !is_loop_extension(source, at)) {
                    header.embedded.other = true;
                }
                let Some(end) = end_of_blocks(source, at + 2) else { break };
                if label == 0xFF
                    && source.read_array(at + 3).is_ok_and(|name| name == *b"XMP DataXMP")
                {
                    header.embedded.xmp = xmp_packet(source, at + 14, end);
                }
                at = end;
            }
            0x2C => {
                frames += 1;
                if frames == 2 {
                    header.animated = true;
                    break;
                }
                let Ok([l0, l1, t0, t1, w0, w1, h0, h1, flags]) = source.read_array::<9>(at + 1)
                else {
                    break;
                };
                let side = |low, high| u32::from(u16::from_le_bytes([low, high]));
                let (left, top) = (side(l0, l1), side(t0, t1));
                let (right, bottom) = (left + side(w0, w1), top + side(h0, h1));
                // A frame that extends beyond the canvas enlarges it, as in browsers.
                let Pixels { width, height } = &mut header.pixels;
                (*width, *height) = ((*width).max(right), (*height).max(bottom));
                // What the frame does not cover is transparent.
                header.alpha |= (left, top, right, bottom) != (0, 0, *width, *height);
                // The code size precedes the data.
                let Some(end) = end_of_blocks(source, at + 10 + color_table_length(flags) + 1)
                else {
                    break;
                };
                at = end;
            }
            _ => break,
        }
    }
    if frames == 0 { Err(FormatError::damaged("it has no image data")) } else { Ok(header) }
}

/// An XMP packet, which is stored unchanged and followed by 258 bytes that lead decoders which
/// expect sub-blocks to the end of it (XMP part 3, 1.1.2).
fn xmp_packet(source: &mut Source, from: u64, end: u64) -> Option<Vec<u8>> {
    let length = end.checked_sub(258)?.checked_sub(from)?;
    if length > MAX_METADATA { None } else { source.read_bytes(from, length).ok() }
}

/// The length of a colour table in bytes.
fn color_table_length(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn is_loop_extension(source: &mut Source, at: u64) -> bool {
    source.read_array::<8>(at + 3).is_ok_and(|name| matches!(&name, b"NETSCAPE" | b"ANIMEXTS"))
}

/// The offset of the end of a sequence of sub-blocks.
fn end_of_blocks(source: &mut Source, at: u64) -> Option<u64> {
    let mut at = at;
    loop {
        let [length] = source.read_array::<1>(at).ok()?;
        at += 1 + u64::from(length);
        if length == 0 {
            return Some(at);
        }
    }
}

/// Reads a bitmap's header.
pub(in crate::picture) fn bmp(source: &mut Source) -> Result<Header, FormatError> {
    let size = u32::from_le_bytes(source.read_array(14)?);
    let (width, height, bits) = if size == 12 {
        let [w0, w1, h0, h1, _, _, bits, _] = source.read_array::<8>(18)?;
        (u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into(), bits)
    } else {
        let width = i32::from_le_bytes(source.read_array(18)?);
        let height = i32::from_le_bytes(source.read_array(22)?);
        // A negative height means that the rows go from top to bottom.
        let width =
            u32::try_from(width).map_err(|_| FormatError::damaged("its width is negative"))?;
        (width, height.unsigned_abs(), source.read_array::<1>(28)?[0])
    };
    let mut header = Header::new(Format::Bmp, Pixels { width, height }, ColorModel::Rgb);
    // The header of version 4 has a mask for the alpha channel.
    header.alpha = bits == 32 && size >= 56 && source.read_array::<4>(66)? != [0; 4];
    header.bits = if bits < 8 { bits.max(1) } else { 8 };
    Ok(header)
}
