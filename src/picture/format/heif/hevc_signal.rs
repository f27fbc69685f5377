//! Reads how the samples of an HEVC picture are to be interpreted, from its sequence parameter set
//! (ITU-T H.265, 7.3.2.2 and E.2.1). Cameras state it only there.

use super::container::Fields;

/// The interpretation of the samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) struct HevcSignal {
    /// Primaries, transfer and matrix (ITU-T H.273), if they are stated.
    pub(in crate::picture) code_points: Option<[u8; 3]>,
    /// Whether black is 0 and white the largest number.
    pub(in crate::picture) is_full_range: bool,
}

/// How many samples the colours have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum ChromaSampling {
    /// None.
    Gray,
    /// Half as many in both directions, 4:2:0.
    Quarter,
    /// Half as many from left to right, 4:2:2.
    Half,
    /// As many as the brightness, 4:4:4.
    Full,
}

/// The part of a decoder configuration record (ISO/IEC 14496-15, 8.3.3.1) that does not depend on
/// the codec's own data.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct HevcConfiguration<'a> {
    /// How colours are sampled.
    pub(in crate::picture) sampling: ChromaSampling,
    pub(in crate::picture) bits: u8,
    parameter_sets: &'a [u8],
}

impl<'a> HevcConfiguration<'a> {
    /// Reads the body of an `hvcC` box.
    pub(in crate::picture) fn read(body: &'a [u8]) -> Option<Self> {
        let parameter_sets = body.get(22..)?;
        let sampling = match body.get(16)? & 3 {
            0 => ChromaSampling::Gray,
            1 => ChromaSampling::Quarter,
            2 => ChromaSampling::Half,
            _ => ChromaSampling::Full,
        };
        let bits = (body.get(17)? & 7) + 8;
        Some(Self { sampling, bits, parameter_sets })
    }

    /// What the first sequence parameter set says about the samples.
    pub(in crate::picture) fn signal(&self) -> Option<HevcSignal> {
        const SEQUENCE: u8 = 33;
        let mut fields = Fields::new(self.parameter_sets);
        for _ in 0..fields.u8()? {
            let kind = fields.u8()? & 0x3F;
            for _ in 0..fields.u16()? {
                let length = fields.u16()?;
                let unit = fields.take(length.into())?;
                if kind == SEQUENCE {
                    // The header of the unit has two bytes.
                    return signal(&mut Bits::new(unit.get(2..)?));
                }
            }
        }
        None
    }
}

/// Reads a sequence parameter set up to the description of the video signal.
fn signal(bits: &mut Bits) -> Option<HevcSignal> {
    bits.skip(4)?;
    let layers = bits.number(3)?;
    bits.skip(1)?;
    profile_and_level(bits, layers)?;
    bits.exp_golomb()?;
    let chroma = bits.exp_golomb()?;
    if chroma == 3 {
        bits.skip(1)?;
    }
    bits.exp_golombs(2)?;
    // The conformance window.
    if bits.flag()? {
        bits.exp_golombs(4)?;
    }
    // The bit depths, and the length of the order count.
    bits.exp_golombs(2)?;
    let order_bits = bits.exp_golomb()?.checked_add(4)?;
    let first = if bits.flag()? { 0 } else { layers };
    bits.exp_golombs(3 * (layers + 1 - first))?;
    // The sizes of blocks.
    bits.exp_golombs(6)?;
    // Scaling lists, which are the default ones or follow.
    if bits.flag()? && bits.flag()? {
        scaling_lists(bits)?;
    }
    bits.skip(2)?;
    // Samples without compression.
    if bits.flag()? {
        bits.skip(8)?;
        bits.exp_golombs(2)?;
        bits.skip(1)?;
    }
    reference_pictures(bits)?;
    if bits.flag()? {
        for _ in 0..bits.exp_golomb()? {
            bits.skip(order_bits)?;
            bits.skip(1)?;
        }
    }
    bits.skip(2)?;
    let absent = HevcSignal { code_points: None, is_full_range: false };
    if !bits.flag()? {
        return Some(absent);
    }
    // The aspect ratio of pixels, which can be a ratio of two numbers.
    if bits.flag()? && bits.number(8)? == 255 {
        bits.skip(32)?;
    }
    // Overscan.
    if bits.flag()? {
        bits.skip(1)?;
    }
    if !bits.flag()? {
        return Some(absent);
    }
    bits.skip(3)?;
    let is_full_range = bits.flag()?;
    let code_points = if bits.flag()? {
        let mut code = || u8::try_from(bits.number(8)?).ok();
        Some([code()?, code()?, code()?])
    } else {
        None
    };
    Some(HevcSignal { code_points, is_full_range })
}

fn profile_and_level(bits: &mut Bits, layers: u32) -> Option<()> {
    bits.skip(88 + 8)?;
    let mut present = Vec::new();
    for _ in 0..layers {
        present.push((bits.flag()?, bits.flag()?));
    }
    if layers > 0 {
        bits.skip(2 * (8 - layers))?;
    }
    for (profile, level) in present {
        bits.skip(if profile { 88 } else { 0 } + if level { 8 } else { 0 })?;
    }
    Some(())
}

fn scaling_lists(bits: &mut Bits) -> Option<()> {
    for size in 0..4 {
        for _ in (0..6).step_by(if size == 3 { 3 } else { 1 }) {
            if !bits.flag()? {
                bits.exp_golomb()?;
                continue;
            }
            // Signed numbers take the same bits as unsigned ones.
            bits.exp_golombs(u32::from(size > 1) + 64.min(1 << (4 + 2 * size)))?;
        }
    }
    Some(())
}

/// Sets of reference pictures, which a still picture does not need but may declare.
fn reference_pictures(bits: &mut Bits) -> Option<()> {
    const MAX: u32 = 64;
    let sets = bits.exp_golomb()?;
    if sets > MAX {
        return None;
    }
    let mut previous = 0;
    for set in 0..sets {
        if set > 0 && bits.flag()? {
            bits.skip(1)?;
            bits.exp_golomb()?;
            let mut count = 0;
            for _ in 0..=previous {
                let is_used = bits.flag()?;
                if is_used || bits.flag()? {
                    count += 1;
                }
            }
            previous = count;
        } else {
            let (negative, positive) = (bits.exp_golomb()?, bits.exp_golomb()?);
            previous = negative.checked_add(positive).filter(|count| *count <= MAX)?;
            for _ in 0..previous {
                bits.exp_golomb()?;
                bits.skip(1)?;
            }
        }
    }
    Some(())
}

/// Bits of a unit, without the bytes that only prevent start codes (7.4.2).
struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    fn new(unit: &[u8]) -> Self {
        Self { bytes: without_prevention(unit), at: 0 }
    }

    fn flag(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(bit == 1)
    }

    /// A number of up to 32 bits.
    fn number(&mut self, count: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..count {
            number = number << 1 | u32::from(self.flag()?);
        }
        Some(number)
    }

    fn skip(&mut self, count: u32) -> Option<()> {
        self.at = self.at.checked_add(count as usize)?;
        (self.at <= self.bytes.len() * 8).then_some(())
    }

    /// A number of variable length (9.2).
    fn exp_golomb(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while !self.flag()? {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        Some((1 << zeros) - 1 + self.number(zeros)?)
    }

    fn exp_golombs(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.exp_golomb().map(drop))
    }
}

fn without_prevention(unit: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(unit.len());
    let mut zeros = 0;
    for &byte in unit {
        if zeros == 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { (zeros + 1).min(2) } else { 0 };
        bytes.push(byte);
    }
    bytes
}
