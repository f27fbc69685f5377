//! Colours of text and rules.

/// A process colour in per cent of each ink. Text is black only ([`Ink::BLACK`]): a
/// press cannot hold four inks in register within a hairline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ink {
    /// Cyan, 0 to 100.
    pub c: u8,
    /// Magenta, 0 to 100.
    pub m: u8,
    /// Yellow, 0 to 100.
    pub y: u8,
    /// Black, 0 to 100.
    pub k: u8,
}

impl Ink {
    /// 100 K.
    pub const BLACK: Self = Self::gray(100);
    /// 75 K, for credits, folios and other secondary text.
    pub const SECONDARY: Self = Self::gray(75);
    /// The unprinted paper.
    pub const PAPER: Self = Self::gray(0);

    /// Black ink alone.
    pub const fn gray(k: u8) -> Self {
        Self { c: 0, m: 0, y: 0, k }
    }

    /// The number of inks that are printed.
    pub fn count(self) -> usize {
        [self.c, self.m, self.y, self.k].into_iter().filter(|ink| *ink > 0).count()
    }

    /// The total of the inks, in per cent.
    pub fn total(self) -> u32 {
        [self.c, self.m, self.y, self.k].map(u32::from).into_iter().sum()
    }

    /// The colour in sRGB; black is that of ink on paper, lighter than that of a screen.
    pub fn on_screen(self) -> [u8; 3] {
        const BLACKEST: u32 = 26;
        let share = |ink: u8| u32::from(100 - ink.min(100));
        let light = |ink: u8| {
            let light = share(ink) * share(self.k) * (255 - BLACKEST) / 10_000 + BLACKEST;
            u8::try_from(light).unwrap_or(u8::MAX)
        };
        [light(self.c), light(self.m), light(self.y)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_white_and_black_is_soft() {
        assert_eq!(Ink::PAPER.on_screen(), [255; 3]);
        assert_eq!(Ink::BLACK.on_screen(), [26; 3]);
    }
}
