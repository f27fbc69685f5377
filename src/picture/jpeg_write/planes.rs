//! The luminance and the chrominance of a picture.

/// The channels of a picture, 0 to 255 (ITU-T T.871). A chrominance channel has the size of the
/// luminance, or half of it, rounded up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct Planes {
    pub(in crate::picture) luma: Plane,
    pub(in crate::picture) blue: Plane,
    pub(in crate::picture) red: Plane,
}

impl Planes {
    /// The planes with chrominance of half the size.
    pub(in crate::picture) fn with_half_chroma(self) -> Self {
        Self { luma: self.luma, blue: self.blue.halved(), red: self.red.halved() }
    }
}

/// One channel of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct Plane {
    pub(in crate::picture) width: usize,
    pub(in crate::picture) height: usize,
    pub(in crate::picture) samples: Vec<u8>,
}

impl Plane {
    /// The means of the samples in squares of two by two. Beyond the edges, the last samples are
    /// repeated.
    pub(in crate::picture) fn halved(&self) -> Self {
        let (width, height) = (half(self.width), half(self.height));
        let mut samples = Vec::with_capacity(width * height);
        for y in 0..height {
            let row = |y: usize| &self.samples[y.min(self.height - 1) * self.width..][..self.width];
            let (upper, lower) = (row(2 * y), row(2 * y + 1));
            samples.extend(upper.chunks(2).zip(lower.chunks(2)).map(|(upper, lower)| {
                let sum = |pair: &[u8]| -> u16 {
                    let [first, .., last] = pair else { return 2 * u16::from(pair[0]) };
                    u16::from(*first) + u16::from(*last)
                };
                u8::try_from((sum(upper) + sum(lower) + 2) / 4).unwrap_or(u8::MAX)
            }));
        }
        Self { width, height, samples }
    }
}

/// The size of half a side.
pub(in crate::picture) fn half(side: usize) -> usize {
    side.div_ceil(2)
}
