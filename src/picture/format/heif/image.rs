//! What the container says about the picture that a HEIF file shows.

use crate::model::{Orientation, Pixels};

use crate::picture::format::described_profile::DescribedColor;
use crate::picture::format::header::{EmbeddedProfile, FormatError};

use super::container::{Fields, FourCc, HeifContainer};
use super::hevc_signal::{ChromaSampling, HevcConfiguration, HevcSignal};

/// The codec of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum HeifCodec {
    /// HEVC: a HEIC image.
    Hevc,
    /// AV1: an AVIF image.
    Av1,
    /// Several pictures on a canvas.
    Overlay,
    /// Another one.
    Other,
}

/// The picture that a file shows.
#[derive(Debug)]
pub(in crate::picture) struct HeifImage<'c> {
    pub(in crate::picture) codec: HeifCodec,
    /// The size before it is turned.
    pub(in crate::picture) coded: Pixels,
    turns: Vec<Turn>,
    pub(in crate::picture) bits: u8,
    pub(in crate::picture) sampling: ChromaSampling,
    pub(in crate::picture) alpha: bool,
    /// Whether the colours are multiplied by alpha.
    #[cfg_attr(not(feature = "heif"), expect(dead_code, reason = "the decoder undoes it"))]
    pub(in crate::picture) is_premultiplied: bool,
    /// The ICC profile.
    pub(in crate::picture) profile: Option<&'c [u8]>,
    /// How the samples are to be interpreted.
    pub(in crate::picture) signal: Option<HevcSignal>,
}

/// How a picture is changed before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Cut to this size.
    Cut(Pixels),
    /// Rotated counter-clockwise by so many quarter turns.
    Rotated(u8),
    /// Mirrored left to right.
    MirroredHorizontally,
    /// Mirrored top to bottom.
    MirroredVertically,
}

impl<'c> HeifImage<'c> {
    /// Reads the properties of the picture.
    pub(in crate::picture) fn read(container: &'c HeifContainer) -> Result<Self, FormatError> {
        let primary = container.primary();
        let damaged = || FormatError::damaged("its picture is not described completely");
        let kind = container.kind(primary).ok_or_else(damaged)?;
        // The parts of a grid have the codec, all the same.
        let coded_item = match &kind {
            b"grid" => *container.targets(primary, *b"dimg").first().ok_or_else(damaged)?,
            _ => primary,
        };
        let codec = match (&kind, container.kind(coded_item).as_ref()) {
            (b"iovl", _) => HeifCodec::Overlay,
            (_, Some(b"hvc1")) => HeifCodec::Hevc,
            (_, Some(b"av01")) => HeifCodec::Av1,
            _ => HeifCodec::Other,
        };
        let configuration =
            container.property(coded_item, *b"hvcC").and_then(HevcConfiguration::read);
        if codec == HeifCodec::Hevc && configuration.is_none() {
            return Err(damaged());
        }
        let coded = container.property(primary, *b"ispe").and_then(size).ok_or_else(damaged)?;
        let turns = container.properties(primary).filter_map(|(kind, body)| turn(kind, body));
        let is_alpha = |item: &u32| {
            container.property(*item, *b"auxC").is_some_and(|body| {
                let urn = body.get(4..).unwrap_or_default();
                urn.starts_with(b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
                    || urn.starts_with(b"urn:mpeg:hevc:2015:auxid:1")
            })
        };
        let alpha = container.sources(primary, *b"auxl").find(is_alpha);
        let mut profile = None;
        let mut stated = None;
        let colours = |item| container.properties(item).filter(|(kind, _)| kind == b"colr");
        for (_, body) in colours(primary).chain(colours(coded_item)) {
            match body.split_first_chunk::<4>() {
                Some((b"prof" | b"rICC", bytes)) => profile = profile.or(Some(bytes)),
                Some((b"nclx", fields)) => stated = stated.or_else(|| nclx(fields)),
                _ => {}
            }
        }
        Ok(Self {
            codec,
            coded,
            turns: turns.collect(),
            bits: configuration.map_or(8, |it| it.bits),
            sampling: configuration.map_or(ChromaSampling::Quarter, |it| it.sampling),
            alpha: alpha.is_some(),
            is_premultiplied: alpha
                .is_some_and(|alpha| container.targets(primary, *b"prem").contains(&alpha)),
            profile,
            signal: stated.or_else(|| configuration.and_then(|it| it.signal())),
        })
    }

    /// The size after the picture is turned.
    pub(in crate::picture) fn shown(&self) -> Pixels {
        self.turns.iter().fold(self.coded, |pixels, turn| match turn {
            Turn::Cut(size) => *size,
            Turn::Rotated(quarters) if quarters % 2 == 1 => {
                Pixels { width: pixels.height, height: pixels.width }
            }
            _ => pixels,
        })
    }

    /// The orientation that the rotations and mirrors together have.
    pub(in crate::picture) fn orientation(&self) -> Orientation {
        // First mirrored left to right, or not, then rotated counter-clockwise.
        let (mut is_mirrored, mut quarters) = (false, 0);
        for turn in &self.turns {
            match turn {
                Turn::Cut(_) => {}
                Turn::Rotated(more) => quarters += more,
                Turn::MirroredHorizontally => {
                    (is_mirrored, quarters) = (!is_mirrored, 4 - quarters);
                }
                Turn::MirroredVertically => (is_mirrored, quarters) = (!is_mirrored, 6 - quarters),
            }
            quarters %= 4;
        }
        match (is_mirrored, quarters) {
            (false, 0) => Orientation::Upright,
            (false, 1) => Orientation::Turned270,
            (false, 2) => Orientation::Turned180,
            (false, _) => Orientation::Turned90,
            (true, 0) => Orientation::MirroredHorizontally,
            (true, 1) => Orientation::Transposed,
            (true, 2) => Orientation::MirroredVertically,
            (true, _) => Orientation::Transversed,
        }
    }

    /// The colour space that the code points describe.
    pub(in crate::picture) fn described_profile(&self) -> Option<EmbeddedProfile> {
        let [primaries, transfer, _] = self.signal?.code_points?;
        // Colours are decoded to the full range.
        let code_points = Some([primaries, transfer, 0, 1]);
        let described = DescribedColor { code_points, ..DescribedColor::default() };
        described.profile_from_code_points(self.sampling == ChromaSampling::Gray)
    }
}

fn size(body: &[u8]) -> Option<Pixels> {
    let mut fields = Fields::new(body.get(4..)?);
    Some(Pixels { width: fields.u32()?, height: fields.u32()? })
}

fn turn(kind: FourCc, body: &[u8]) -> Option<Turn> {
    match &kind {
        b"irot" => Some(Turn::Rotated(body.first()? & 3)),
        // Earlier editions of the standard named the axis, and could be read the other way round.
        b"imir" if body.first()? & 1 == 0 => Some(Turn::MirroredVertically),
        b"imir" => Some(Turn::MirroredHorizontally),
        b"clap" => {
            let mut fields = Fields::new(body);
            let mut ratio = || fields.u32()?.checked_div(fields.u32()?);
            Some(Turn::Cut(Pixels { width: ratio()?, height: ratio()? }))
        }
        _ => None,
    }
}

/// The code points of a `colr` box (ISO/IEC 14496-12, 12.1.5).
fn nclx(body: &[u8]) -> Option<HevcSignal> {
    let mut fields = Fields::new(body);
    let mut code = || fields.u16().and_then(|code| u8::try_from(code).ok());
    let code_points = Some([code()?, code()?, code()?]);
    Some(HevcSignal { code_points, is_full_range: fields.u8()? & 0x80 != 0 })
}
