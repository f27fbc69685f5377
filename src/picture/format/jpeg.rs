//! Reads the segments of JPEG files (ITU-T T.81).

use std::collections::BTreeMap;
use std::io;

use memchr::memchr;

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{EmbeddedMetadata, EmbeddedProfile, FormatError, Header};
use crate::picture::format::source::RandomAccess;
use crate::picture::metadata::{iptc, xmp};

pub(in crate::picture) const SOI: u8 = 0xD8;
pub(in crate::picture) const EOI: u8 = 0xD9;
pub(in crate::picture) const SOS: u8 = 0xDA;
pub(in crate::picture) const COM: u8 = 0xFE;
pub(in crate::picture) const APP0: u8 = 0xE0;
pub(in crate::picture) const APP14: u8 = 0xEE;
pub(in crate::picture) const APP15: u8 = 0xEF;

/// The number of bytes between two segments that are skipped, as decoders do.
const MAX_GARBAGE: u64 = 64 * 1024;
/// Larger profiles are not read.
const MAX_PROFILE: usize = 16 * 1024 * 1024;
/// Longer extended XMP packets are not read.
const MAX_XMP: usize = 16 * 1024 * 1024;
/// Larger Photoshop resources are not searched for captions.
const MAX_RESOURCES: usize = 1024 * 1024;

/// A JPEG marker segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) struct Segment {
    pub(in crate::picture) marker: u8,
    /// The offset of its marker.
    pub(in crate::picture) start: u64,
    /// The offset of its payload.
    pub(in crate::picture) data: u64,
    /// The length of its payload.
    pub(in crate::picture) length: u64,
}

impl Segment {
    /// The offset of the next segment, unless entropy-coded data follows.
    pub(in crate::picture) fn end(&self) -> u64 {
        self.data + self.length
    }
}

/// Reads the segment at an offset, skipping stray bytes before it.
pub(in crate::picture) fn segment(
    source: &mut impl RandomAccess,
    at: u64,
) -> Result<Segment, FormatError> {
    let mut position = at;
    let mut previous = 0;
    loop {
        let byte = source.read_array::<1>(position)?[0];
        // Any number of 0xFF may stand before a marker (B.1.1.2).
        if previous == 0xFF && byte != 0xFF && byte != 0 {
            let start = position - 1;
            if matches!(byte, 0x01 | 0xD0..=0xD9) {
                return Ok(Segment { marker: byte, start, data: position + 1, length: 0 });
            }
            let length = u64::from(u16::from_be_bytes(source.read_array(position + 1)?));
            if length < 2 {
                return Err(FormatError::damaged("a segment has an invalid length"));
            }
            let data = position + 3;
            return Ok(Segment { marker: byte, start, data, length: length - 2 });
        }
        if position - at > MAX_GARBAGE {
            return Err(FormatError::damaged("there is no valid segment where one is expected"));
        }
        previous = byte;
        position += 1;
    }
}

/// The offset of the marker that ends the entropy-coded data at `at`, or the length of the file.
/// `block` is a buffer.
pub(in crate::picture) fn scan_end(
    source: &mut impl RandomAccess,
    at: u64,
    block: &mut [u8],
) -> io::Result<u64> {
    let mut at = at;
    loop {
        let count = source.read_up_to(at, block)?;
        let read = &block[..count];
        let mut from = 0;
        while let Some(found) = memchr(0xFF, &read[from..]) {
            let position = from + found;
            match read.get(position + 1) {
                // A stuffed byte, or a restart marker.
                Some(0 | 0xD0..=0xD7) => from = position + 2,
                Some(0xFF) => from = position + 1,
                Some(_) => return Ok(at + position as u64),
                None => {
                    from = position;
                    break;
                }
            }
        }
        if count < block.len() {
            return Ok(source.length());
        }
        // A 0xFF at the end of the block is read again with the byte after it.
        let overlap = u64::from(from + 1 == count && read[from] == 0xFF);
        at += count as u64 - overlap;
    }
}

/// The frame header, and what else is needed to interpret the samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct JpegFrame {
    pub(in crate::picture) pixels: Pixels,
    /// The identifiers of the components.
    pub(in crate::picture) components: Vec<u8>,
    /// The horizontal and vertical sampling factors of each component.
    sampling: Vec<(u8, u8)>,
    /// The transform in Adobe's APP14 marker, if there is one.
    pub(in crate::picture) adobe: Option<u8>,
    /// The number of components in the first scan.
    pub(in crate::picture) scan_components: usize,
    /// The size in bytes of the coefficients that a decoder must hold; 0 unless the JPEG is
    /// progressive, where each scan refines them, or has arithmetic codes.
    pub(in crate::picture) coefficients: u64,
    /// The size in bytes of all coefficients.
    pub(in crate::picture) all_coefficients: u64,
    /// Whether its codes are arithmetic.
    pub(in crate::picture) arithmetic: bool,
}

impl JpegFrame {
    fn parse(marker: u8, payload: &[u8]) -> Result<Self, FormatError> {
        let &[precision, h1, h0, w1, w0, count, ref rest @ ..] = payload else {
            return Err(FormatError::damaged("its frame header is too short"));
        };
        match marker {
            0xC0..=0xC2 | 0xC9 | 0xCA => {}
            0xC3 => return Err(FormatError::unsupported("a lossless JPEG")),
            0xC5..=0xC7 | 0xCD..=0xCF => {
                return Err(FormatError::unsupported("a hierarchical JPEG"));
            }
            0xF7 => return Err(FormatError::unsupported("a JPEG-LS image")),
            _ => return Err(FormatError::unsupported("an arithmetic-coded lossless JPEG")),
        }
        if precision != 8 {
            return Err(FormatError::unsupported(format!(
                "a JPEG with {precision} bits per sample"
            )));
        }
        let components: Vec<u8> = rest.chunks_exact(3).map(|component| component[0]).collect();
        if components.len() < usize::from(count) || !matches!(count, 1 | 3 | 4) {
            return Err(FormatError::unsupported(format!("a JPEG with {count} components")));
        }
        // Factors range from 1 to 4 (B.2.2).
        let is_valid =
            |factor: u8| (1..=4).contains(&(factor >> 4)) && (1..=4).contains(&(factor & 15));
        if !rest.chunks_exact(3).take(count.into()).all(|component| is_valid(component[1])) {
            return Err(FormatError::damaged("it has invalid sampling factors"));
        }
        let pixels = Pixels {
            width: u16::from_be_bytes([w1, w0]).into(),
            height: u16::from_be_bytes([h1, h0]).into(),
        };
        if pixels.height == 0 && pixels.width != 0 {
            return Err(FormatError::unsupported("a JPEG with its height after the image data"));
        }
        let sampling = rest.chunks_exact(3).map(|component| component[1]).take(count.into());
        let sampling: Vec<_> = sampling.map(|factor| (factor >> 4, factor & 15)).collect();
        let samples = sampling.iter().map(|&(across, down)| u64::from(across) * u64::from(down));
        let (sum, max) = (samples.clone().sum::<u64>(), samples.max().unwrap_or(1).max(1));
        let all = 2 * pixels.count() * sum / max;
        let arithmetic = matches!(marker, 0xC9 | 0xCA);
        let coefficients = if marker == 0xC2 || arithmetic { all } else { 0 };
        let components = components[..count.into()].to_vec();
        let scan_components = components.len();
        Ok(Self {
            pixels,
            components,
            sampling,
            adobe: None,
            scan_components,
            coefficients,
            all_coefficients: all,
            arithmetic,
        })
    }

    /// The colour model of the decoded samples.
    pub(in crate::picture) fn colour(&self) -> ColorModel {
        match self.components.len() {
            1 => ColorModel::Gray,
            3 => ColorModel::Rgb,
            // All programs that write Adobe's marker store inverted CMYK.
            _ => ColorModel::Cmyk { inverted: self.adobe.is_some() },
        }
    }

    /// Whether a component is subsampled by a factor other than 1 or 2, as in 4:1:1 pictures and in
    /// those that were rotated without re-encoding.
    pub(in crate::picture) fn has_unusual_sampling(&self) -> bool {
        let across = self.sampling.iter().map(|factors| factors.0).max().unwrap_or(1);
        let down = self.sampling.iter().map(|factors| factors.1).max().unwrap_or(1);
        let is_unusual = |max: u8, factor: u8| factor != max && factor * 2 != max;
        self.sampling.iter().any(|&(h, v)| is_unusual(across, h) || is_unusual(down, v))
    }

    /// Whether the components are in separate scans, as some encoders write them.
    pub(in crate::picture) fn is_split_into_scans(&self) -> bool {
        self.scan_components < self.components.len()
    }

    /// Whether the components are red, green and blue.
    pub(in crate::picture) fn is_rgb(&self) -> bool {
        self.adobe == Some(0) || self.is_rgb_without_adobe_marker()
    }

    /// Whether the components are red, green and blue, although no Adobe marker says so.
    pub(in crate::picture) fn is_rgb_without_adobe_marker(&self) -> bool {
        self.adobe.is_none() && self.components == *b"RGB"
    }
}

/// The transform in Adobe's marker: 0 none, 1 YCbCr, 2 YCCK (Adobe Technical Note 5116, 18).
pub(in crate::picture) fn adobe_transform(payload: &[u8]) -> Option<u8> {
    payload.strip_prefix(b"Adobe").and_then(|rest| rest.get(6)).copied()
}

/// Reads only the frame header.
pub(in crate::picture) fn frame(source: &mut impl RandomAccess) -> Result<JpegFrame, FormatError> {
    let mut metadata = SegmentMetadata::default();
    let (frame, _) = read_segments(source, &mut metadata)?;
    Ok(frame)
}

/// Reads the header and the metadata, up to the first scan.
pub(in crate::picture) fn header(source: &mut impl RandomAccess) -> Result<Header, FormatError> {
    let mut metadata = SegmentMetadata { collect_metadata: true, ..SegmentMetadata::default() };
    let (frame, _) = read_segments(source, &mut metadata)?;
    let mut header = Header::new(Format::Jpeg, frame.pixels, frame.colour());
    header.arithmetic = frame.arithmetic;
    header.embedded = metadata.finish();
    Ok(header)
}

/// Reads the segments up to the first scan; returns the frame and the offset of the scan's data.
fn read_segments(
    source: &mut impl RandomAccess,
    metadata: &mut SegmentMetadata,
) -> Result<(JpegFrame, u64), FormatError> {
    let mut at = 2;
    let mut frame = None;
    let mut adobe = None;
    loop {
        let segment = segment(source, at)?;
        match segment.marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xF7 if frame.is_none() => {
                let payload = source.read_bytes(segment.data, segment.length)?;
                frame = Some(JpegFrame::parse(segment.marker, &payload)?);
            }
            APP14 => {
                let payload = source.read_bytes(segment.data, segment.length)?;
                adobe = adobe_transform(&payload).or(adobe);
            }
            marker @ (APP0..=APP15 | COM) if metadata.collect_metadata => {
                let payload = source.read_bytes(segment.data, segment.length)?;
                metadata.add(marker, &payload);
            }
            SOS => {
                let mut frame = frame
                    .ok_or_else(|| FormatError::damaged("its image data has no frame header"))?;
                frame.adobe = adobe;
                let payload = source.read_bytes(segment.data, segment.length)?;
                frame.scan_components = payload.first().copied().unwrap_or_default().into();
                return Ok((frame, segment.end()));
            }
            EOI => return Err(FormatError::damaged("it has no image data")),
            _ => {}
        }
        at = segment.end();
    }
}

/// The metadata from application segments.
#[derive(Debug, Default)]
struct SegmentMetadata {
    collect_metadata: bool,
    embedded: EmbeddedMetadata,
    photoshop_resources: Vec<u8>,
    extended_xmp: BTreeMap<([u8; 32], u32), Vec<u8>>,
    profile: BTreeMap<u8, Vec<u8>>,
    profile_count: Option<u8>,
    profile_broken: bool,
}

impl SegmentMetadata {
    fn add(&mut self, marker: u8, payload: &[u8]) {
        const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
        const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
        let embedded = &mut self.embedded;
        if let Some(exif) = payload.strip_prefix(b"Exif\0") {
            // A padding byte follows, usually zero.
            embedded.exif.get_or_insert_with(|| exif.get(1..).unwrap_or_default().to_vec());
        } else if let Some(xmp) = payload.strip_prefix(XMP) {
            embedded.xmp.get_or_insert_with(|| xmp.to_vec());
        } else if let Some(more) = payload.strip_prefix(EXTENDED_XMP) {
            self.add_extended_xmp(more);
            self.embedded.other = true;
        } else if let Some(resources) = payload.strip_prefix(b"Photoshop 3.0\0") {
            if self.photoshop_resources.len() + resources.len() <= MAX_RESOURCES {
                self.photoshop_resources.extend_from_slice(resources);
            }
            embedded.other = true;
        } else if let Some([number, count, part @ ..]) = payload.strip_prefix(b"ICC_PROFILE\0") {
            self.add_profile_part(*number, *count, part);
        } else if !(marker == APP0 && payload.starts_with(b"JFIF\0")) {
            embedded.other = true;
        }
    }

    /// Adds a part of an extended XMP packet: the packet's identifier, its length, the part's
    /// offset in it, and the part (XMP part 3, 1.1.3.1).
    fn add_extended_xmp(&mut self, part: &[u8]) {
        let Some((identifier, rest)) = part.split_first_chunk::<32>() else { return };
        let Some((_, rest)) = rest.split_first_chunk::<4>() else { return };
        let Some((position, part)) = rest.split_first_chunk::<4>() else { return };
        let size: usize = self.extended_xmp.values().map(Vec::len).sum();
        if size + part.len() <= MAX_XMP {
            self.extended_xmp.insert((*identifier, u32::from_be_bytes(*position)), part.to_vec());
        }
    }

    /// The extended XMP packet, if it is complete.
    fn join_extended_xmp(&self) -> Option<Vec<u8>> {
        if self.extended_xmp.is_empty() {
            return None;
        }
        let identifier = xmp::extended_packet_id(self.embedded.xmp.as_deref()?)?;
        let mut joined = Vec::new();
        for ((identifier_of_part, position), part) in &self.extended_xmp {
            if identifier_of_part == identifier.as_bytes() {
                if *position as usize != joined.len() {
                    return None;
                }
                joined.extend_from_slice(part);
            }
        }
        (!joined.is_empty()).then_some(joined)
    }

    fn add_profile_part(&mut self, number: u8, count: u8, part: &[u8]) {
        let known = *self.profile_count.get_or_insert(count);
        let size: usize = self.profile.values().map(Vec::len).sum();
        if known != count || number == 0 || number > count || size + part.len() > MAX_PROFILE {
            self.profile_broken = true;
            return;
        }
        self.profile.entry(number).or_insert_with(|| part.to_vec());
    }

    fn finish(mut self) -> EmbeddedMetadata {
        self.embedded.extended_xmp = self.join_extended_xmp();
        self.embedded.iptc =
            iptc::find_in_photoshop_resources(&self.photoshop_resources).map(<[u8]>::to_vec);
        self.embedded.profile = match self.profile_count {
            None => EmbeddedProfile::Absent,
            Some(count) if self.profile_broken || self.profile.len() != usize::from(count) => {
                EmbeddedProfile::Damaged
            }
            Some(_) => EmbeddedProfile::Complete(self.profile.into_values().flatten().collect()),
        };
        self.embedded
    }
}
