//! The headers of frames and scans (ITU-T T.81, B.2.2 and B.2.3).

/// A frame header.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Bits per sample.
    pub(super) precision: u8,
    pub(super) is_progressive: bool,
    pub(super) is_arithmetic: bool,
    pub(super) components: Vec<Component>,
    /// The number of MCUs of an interleaved scan, across and down.
    pub(super) units: (usize, usize),
}

/// A component of a frame.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) id: u8,
    /// The sampling factors, across and down.
    pub(super) sampling: (usize, usize),
    /// The number of its quantization table.
    pub(super) quantization: usize,
    /// The number of its blocks, including those that fill up the last MCUs.
    pub(super) blocks: (usize, usize),
    /// The number of blocks of a scan that contains no other component.
    pub(super) own_blocks: (usize, usize),
}

impl Component {
    /// The number of blocks, including those that fill up the last MCUs.
    pub(super) fn block_count(&self) -> usize {
        self.blocks.0 * self.blocks.1
    }
}

impl Frame {
    /// Reads a frame header with this marker. `None` if it is invalid, or of a kind without blocks
    /// of coefficients.
    pub(super) fn parse(marker: u8, payload: &[u8]) -> Option<Self> {
        if !matches!(marker, 0xC0..=0xC2 | 0xC9 | 0xCA) {
            return None;
        }
        let &[precision, h1, h0, w1, w0, count, ref rest @ ..] = payload else { return None };
        let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
        let (width, height) = (usize::from(width), usize::from(height));
        let raw: Vec<&[u8]> = rest.chunks_exact(3).take(count.into()).collect();
        if width == 0 || height == 0 || raw.len() != usize::from(count) || !(1..=4).contains(&count)
        {
            return None;
        }
        let factors = |raw: &[u8]| (usize::from(raw[1] >> 4), usize::from(raw[1] & 15));
        let is_valid = |(h, v): (usize, usize)| (1..=4).contains(&h) && (1..=4).contains(&v);
        if !raw.iter().all(|raw| is_valid(factors(raw)) && raw[2] < 4) {
            return None;
        }
        let across = raw.iter().map(|raw| factors(raw).0).max()?;
        let down = raw.iter().map(|raw| factors(raw).1).max()?;
        let units = (width.div_ceil(8 * across), height.div_ceil(8 * down));
        let component = |raw: &&[u8]| {
            let sampling = factors(raw);
            Component {
                id: raw[0],
                sampling,
                quantization: raw[2].into(),
                blocks: (units.0 * sampling.0, units.1 * sampling.1),
                own_blocks: (
                    (width * sampling.0).div_ceil(across).div_ceil(8),
                    (height * sampling.1).div_ceil(down).div_ceil(8),
                ),
            }
        };
        Some(Self {
            width,
            height,
            precision,
            is_progressive: matches!(marker, 0xC2 | 0xCA),
            is_arithmetic: matches!(marker, 0xC9 | 0xCA),
            components: raw.iter().map(component).collect(),
            units,
        })
    }
}

/// A scan header.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    pub(super) components: Vec<ScanComponent>,
    /// The first and the last coefficient.
    pub(super) band: (usize, usize),
    /// The bits of the scans before and of this scan (successive approximation).
    pub(super) high: u32,
    pub(super) low: u32,
}

/// A component of a scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScanComponent {
    /// Its index in the frame.
    pub(super) index: usize,
    pub(super) dc_table: usize,
    pub(super) ac_table: usize,
}

impl Scan {
    /// Reads a scan header. `None` if it is invalid.
    pub(super) fn parse(frame: &Frame, payload: &[u8]) -> Option<Self> {
        let (&count, rest) = payload.split_first()?;
        let (raw, rest) = rest.split_at_checked(2 * usize::from(count))?;
        let &[first, last, approximation, ..] = rest else { return None };
        let mut components = Vec::new();
        for raw in raw.chunks_exact(2) {
            let index = frame.components.iter().position(|component| component.id == raw[0])?;
            let (dc_table, ac_table) = (usize::from(raw[1] >> 4), usize::from(raw[1] & 15));
            if dc_table > 3 || ac_table > 3 {
                return None;
            }
            components.push(ScanComponent { index, dc_table, ac_table });
        }
        let (band, high, low) = if frame.is_progressive {
            let band = (usize::from(first), usize::from(last));
            (band, u32::from(approximation >> 4), u32::from(approximation & 15))
        } else {
            ((0, 63), 0, 0)
        };
        let is_valid = match band {
            (0, 0) => true,
            (0, _) => !frame.is_progressive,
            (first, last) => first <= last && last <= 63 && count == 1,
        };
        let is_valid = is_valid && low <= 13 && (1..=4).contains(&count);
        is_valid.then_some(Self { components, band, high, low })
    }

    /// The blocks of each unit, as offsets within it: a single one, unless components are
    /// interleaved.
    pub(super) fn layout(&self, frame: &Frame) -> (usize, usize) {
        match self.components[..] {
            [only] => frame.components[only.index].own_blocks,
            _ => frame.units,
        }
    }
}
