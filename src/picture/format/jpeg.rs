//! JPEG files (ITU-T T.81) as a row of segments.

use std::collections::BTreeMap;
use std::io;

use memchr::{memchr, memmem};

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{Embedded, EmbeddedProfile, FormatError, Header};
use crate::picture::format::source::RandomAccess;
use crate::picture::metadata::{iptc, xmp};

pub(in crate::picture) const SOI: u8 = 0xD8;
pub(in crate::picture) const EOI: u8 = 0xD9;
pub(in crate::picture) const SOS: u8 = 0xDA;
pub(in crate::picture) const COM: u8 = 0xFE;
pub(in crate::picture) const APP0: u8 = 0xE0;
pub(in crate::picture) const APP14: u8 = 0xEE;
pub(in crate::picture) const APP15: u8 = 0xEF;

/// Bytes between two segments that a decoder would skip; more is not a JPEG any more.
const MOST_GARBAGE: u64 = 64 * 1024;
/// Profiles larger than this are not read.
const MOST_PROFILE: usize = 16 * 1024 * 1024;
/// Packets longer than this are not joined.
const MOST_XMP: usize = 16 * 1024 * 1024;
/// Photoshop's resources larger than this are not searched for captions.
const MOST_RESOURCES: usize = 1024 * 1024;

/// One marker segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) struct Segment {
    pub(in crate::picture) marker: u8,
    /// Where its marker begins.
    pub(in crate::picture) start: u64,
    /// Where its payload begins.
    pub(in crate::picture) data: u64,
    /// How long its payload is.
    pub(in crate::picture) length: u64,
}

impl Segment {
    /// Where the next one begins, unless entropy-coded data follows.
    pub(in crate::picture) fn end(&self) -> u64 {
        self.data + self.length
    }
}

/// The segment at a place, or the next one after some stray bytes.
pub(in crate::picture) fn segment(
    source: &mut impl RandomAccess,
    at: u64,
) -> Result<Segment, FormatError> {
    let mut place = at;
    let mut before = 0;
    loop {
        let byte = source.array::<1>(place)?[0];
        // Any number of 0xFF may stand before a marker (B.1.1.2).
        if before == 0xFF && byte != 0xFF && byte != 0 {
            let start = place - 1;
            if matches!(byte, 0x01 | 0xD0..=0xD9) {
                return Ok(Segment { marker: byte, start, data: place + 1, length: 0 });
            }
            let length = u64::from(u16::from_be_bytes(source.array(place + 1)?));
            if length < 2 {
                return Err(FormatError::damaged("a segment of it is shorter than its own length"));
            }
            let data = place + 3;
            return Ok(Segment { marker: byte, start, data, length: length - 2 });
        }
        if place - at > MOST_GARBAGE {
            return Err(FormatError::damaged("its segments are lost among other bytes"));
        }
        before = byte;
        place += 1;
    }
}

/// Where the entropy-coded data that begins at a place gives way to the next marker, or
/// the end of the file. `block` is working space.
pub(in crate::picture) fn end_of_scan(
    source: &mut impl RandomAccess,
    at: u64,
    block: &mut [u8],
) -> io::Result<u64> {
    let mut at = at;
    loop {
        let count = source.some(at, block)?;
        let read = &block[..count];
        let mut from = 0;
        while let Some(found) = memchr(0xFF, &read[from..]) {
            let place = from + found;
            match read.get(place + 1) {
                // A stuffed byte, or a restart marker.
                Some(0 | 0xD0..=0xD7) => from = place + 2,
                Some(0xFF) => from = place + 1,
                Some(_) => return Ok(at + place as u64),
                None => {
                    from = place;
                    break;
                }
            }
        }
        if count < block.len() {
            return Ok(source.length());
        }
        // A 0xFF at the very end is looked at again with its successor.
        let kept = u64::from(from + 1 == count && read[from] == 0xFF);
        at += count as u64 - kept;
    }
}

/// The frame header and what else is needed to understand the samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct JpegFrame {
    pub(in crate::picture) pixels: Pixels,
    /// The components' identifiers.
    pub(in crate::picture) components: Vec<u8>,
    /// How many samples of each there are across and down, for a block of the picture.
    sampling: Vec<(u8, u8)>,
    /// The transform of Adobe's marker, when there is one.
    pub(in crate::picture) adobe: Option<u8>,
    /// The bytes of its coefficients, when a decoder has to hold them all: each scan of a
    /// progressive picture refines them.
    pub(in crate::picture) coefficients: u64,
}

impl JpegFrame {
    fn parse(marker: u8, payload: &[u8]) -> Result<Self, FormatError> {
        let &[precision, h1, h0, w1, w0, count, ref rest @ ..] = payload else {
            return Err(FormatError::damaged("its frame header is too short"));
        };
        match marker {
            0xC0..=0xC2 => {}
            0xC3 => return Err(FormatError::convert("a lossless JPEG")),
            0xC9 | 0xCA => return Err(FormatError::convert("an arithmetic-coded JPEG")),
            0xC5..=0xC7 | 0xCD..=0xCF => return Err(FormatError::convert("a hierarchical JPEG")),
            0xF7 => return Err(FormatError::convert("a JPEG-LS picture")),
            _ => return Err(FormatError::convert("an arithmetic-coded lossless JPEG")),
        }
        if precision != 8 {
            return Err(FormatError::convert(format!("a JPEG of {precision} bits per sample")));
        }
        let components: Vec<u8> = rest.chunks_exact(3).map(|component| component[0]).collect();
        if components.len() < usize::from(count) || !matches!(count, 1 | 3 | 4) {
            return Err(FormatError::convert(format!("a JPEG of {count} components")));
        }
        // One to four samples in either direction (B.2.2).
        let sampled =
            |factor: u8| (1..=4).contains(&(factor >> 4)) && (1..=4).contains(&(factor & 15));
        if !rest.chunks_exact(3).take(count.into()).all(|component| sampled(component[1])) {
            return Err(FormatError::damaged("its components are sampled in a way that is none"));
        }
        let pixels = Pixels {
            width: u16::from_be_bytes([w1, w0]).into(),
            height: u16::from_be_bytes([h1, h0]).into(),
        };
        if pixels.height == 0 && pixels.width != 0 {
            return Err(FormatError::convert("a JPEG that states its height at its end"));
        }
        let sampling = rest.chunks_exact(3).map(|component| component[1]).take(count.into());
        let sampling: Vec<_> = sampling.map(|factor| (factor >> 4, factor & 15)).collect();
        let samples = sampling.iter().map(|&(across, down)| u64::from(across) * u64::from(down));
        let (sum, most) = (samples.clone().sum::<u64>(), samples.max().unwrap_or(1).max(1));
        let coefficients = if marker == 0xC2 { 2 * pixels.count() * sum / most } else { 0 };
        let components = components[..count.into()].to_vec();
        Ok(Self { pixels, components, sampling, adobe: None, coefficients })
    }

    /// The colour model of the samples as a decoder hands them out.
    pub(in crate::picture) fn colour(&self) -> ColorModel {
        match self.components.len() {
            1 => ColorModel::Gray,
            3 => ColorModel::Rgb,
            // Every program that writes Adobe's marker stores ink inverted.
            _ => ColorModel::Cmyk { inverted: self.adobe.is_some() },
        }
    }

    /// Whether a component has neither all samples nor half of them in some direction, as in
    /// pictures whose colour was taken at a quarter and which were turned afterwards.
    pub(in crate::picture) fn is_oddly_sampled(&self) -> bool {
        let across = self.sampling.iter().map(|factors| factors.0).max().unwrap_or(1);
        let down = self.sampling.iter().map(|factors| factors.1).max().unwrap_or(1);
        let odd = |most: u8, factor: u8| factor != most && factor * 2 != most;
        self.sampling.iter().any(|&(h, v)| odd(across, h) || odd(down, v))
    }

    /// Whether three components are red, green and blue though no Adobe marker says so.
    pub(in crate::picture) fn is_unmarked_rgb(&self) -> bool {
        self.adobe.is_none() && self.components == *b"RGB"
    }
}

/// Adobe's transform: 0 none, 1 YCbCr, 2 YCCK (Adobe Technical Note 5116, 18).
pub(in crate::picture) fn adobe_transform(payload: &[u8]) -> Option<u8> {
    payload.strip_prefix(b"Adobe").and_then(|rest| rest.get(6)).copied()
}

/// The frame header alone, for a decoder.
pub(in crate::picture) fn frame(source: &mut impl RandomAccess) -> Result<JpegFrame, FormatError> {
    let mut ignored = Parts::default();
    let (frame, _) = walk(source, &mut ignored)?;
    Ok(frame)
}

/// Reads the header: everything before the first scan.
pub(in crate::picture) fn header(source: &mut impl RandomAccess) -> Result<Header, FormatError> {
    let mut parts = Parts { wanted: true, ..Parts::default() };
    let (frame, scan) = walk(source, &mut parts)?;
    let mut header = Header::new(Format::Jpeg, frame.pixels, frame.colour());
    header.truncated = !is_closed(source, scan)?;
    header.carried = parts.finish();
    Ok(header)
}

/// Whether the end of the picture is somewhere behind its scan's beginning. Within a
/// scan, the marker cannot occur by chance.
fn is_closed(source: &mut impl RandomAccess, scan: u64) -> io::Result<bool> {
    let length = source.length();
    // Most files end with it, or with a little more behind it.
    if length >= scan + 2 && source.array(length - 2)? == [0xFF, EOI] {
        return Ok(true);
    }
    let mut block = vec![0; 256 * 1024];
    let near = length.saturating_sub(32 * 1024).max(scan);
    for from in [near, scan] {
        let mut at = from;
        loop {
            let count = source.some(at, &mut block)?;
            if memmem::find(&block[..count], &[0xFF, EOI]).is_some() {
                return Ok(true);
            }
            if count < block.len() {
                break;
            }
            at += count as u64 - 1;
        }
    }
    Ok(false)
}

/// Goes over the segments up to the first scan; returns where its data begins.
fn walk(
    source: &mut impl RandomAccess,
    parts: &mut Parts,
) -> Result<(JpegFrame, u64), FormatError> {
    let mut at = 2;
    let mut frame = None;
    let mut adobe = None;
    loop {
        let segment = segment(source, at)?;
        match segment.marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xF7 if frame.is_none() => {
                let payload = source.bytes(segment.data, segment.length)?;
                frame = Some(JpegFrame::parse(segment.marker, &payload)?);
            }
            APP14 => {
                let payload = source.bytes(segment.data, segment.length)?;
                adobe = adobe_transform(&payload).or(adobe);
            }
            marker @ (APP0..=APP15 | COM) if parts.wanted => {
                let payload = source.bytes(segment.data, segment.length)?;
                parts.add(marker, &payload);
            }
            SOS => {
                let mut frame = frame.ok_or_else(|| {
                    FormatError::damaged("its picture data comes without a header")
                })?;
                frame.adobe = adobe;
                return Ok((frame, segment.end()));
            }
            EOI => return Err(FormatError::damaged("it holds no picture data")),
            _ => {}
        }
        at = segment.end();
    }
}

/// What was gathered from application segments.
#[derive(Debug, Default)]
struct Parts {
    wanted: bool,
    carried: Embedded,
    resources: Vec<u8>,
    more_xmp: BTreeMap<([u8; 32], u32), Vec<u8>>,
    profile: BTreeMap<u8, Vec<u8>>,
    profile_count: Option<u8>,
    profile_broken: bool,
}

impl Parts {
    fn add(&mut self, marker: u8, payload: &[u8]) {
        const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
        const MORE_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
        let carried = &mut self.carried;
        if let Some(exif) = payload.strip_prefix(b"Exif\0") {
            // A padding byte follows, usually zero.
            carried.exif.get_or_insert_with(|| exif.get(1..).unwrap_or_default().to_vec());
        } else if let Some(xmp) = payload.strip_prefix(XMP) {
            carried.xmp.get_or_insert_with(|| xmp.to_vec());
        } else if let Some(more) = payload.strip_prefix(MORE_XMP) {
            self.extend_xmp(more);
            self.carried.other = true;
        } else if let Some(resources) = payload.strip_prefix(b"Photoshop 3.0\0") {
            if self.resources.len() + resources.len() <= MOST_RESOURCES {
                self.resources.extend_from_slice(resources);
            }
            carried.other = true;
        } else if let Some([number, count, part @ ..]) = payload.strip_prefix(b"ICC_PROFILE\0") {
            self.add_profile(*number, *count, part);
        } else if !(marker == APP0 && payload.starts_with(b"JFIF\0")) {
            carried.other = true;
        }
    }

    /// A part of a packet that was too long for one segment: the packet's identifier, its
    /// length, the part's place in it, and the part (XMP part 3, 1.1.3.1).
    fn extend_xmp(&mut self, part: &[u8]) {
        let Some((identifier, rest)) = part.split_first_chunk::<32>() else { return };
        let Some((_, rest)) = rest.split_first_chunk::<4>() else { return };
        let Some((place, part)) = rest.split_first_chunk::<4>() else { return };
        let size: usize = self.more_xmp.values().map(Vec::len).sum();
        if size + part.len() <= MOST_XMP {
            self.more_xmp.insert((*identifier, u32::from_be_bytes(*place)), part.to_vec());
        }
    }

    /// The packet that extends the first one, if it is whole.
    fn joined_xmp(&self) -> Option<Vec<u8>> {
        if self.more_xmp.is_empty() {
            return None;
        }
        let identifier = xmp::extension(self.carried.xmp.as_deref()?)?;
        let mut joined = Vec::new();
        for ((found, place), part) in &self.more_xmp {
            if found == identifier.as_bytes() {
                if *place as usize != joined.len() {
                    return None;
                }
                joined.extend_from_slice(part);
            }
        }
        (!joined.is_empty()).then_some(joined)
    }

    fn add_profile(&mut self, number: u8, count: u8, part: &[u8]) {
        let known = *self.profile_count.get_or_insert(count);
        let size: usize = self.profile.values().map(Vec::len).sum();
        if known != count || number == 0 || number > count || size + part.len() > MOST_PROFILE {
            self.profile_broken = true;
            return;
        }
        self.profile.entry(number).or_insert_with(|| part.to_vec());
    }

    fn finish(mut self) -> Embedded {
        self.carried.more_xmp = self.joined_xmp();
        self.carried.iptc = iptc::in_photoshop_resources(&self.resources).map(<[u8]>::to_vec);
        self.carried.profile = match self.profile_count {
            None => EmbeddedProfile::Absent,
            Some(count) if self.profile_broken || self.profile.len() != usize::from(count) => {
                EmbeddedProfile::Broken
            }
            Some(_) => EmbeddedProfile::Whole(self.profile.into_values().flatten().collect()),
        };
        self.carried
    }
}
