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

    /// The colour in sRGB; black is that of ink on paper, lighter than that of a screen. Inks are not
    /// ideal colours: cyan also takes some green light and magenta some blue, so that a grey of equal
    /// parts is warm, as it is in print.
    pub fn on_screen(self) -> [u8; 3] {
        const BLACKEST: u64 = 26;
        // The parts of red, green and blue light that a solid ink takes, in per cent (FOGRA39).
        const TAKEN: [[u64; 3]; 3] = [[100, 38, 11], [10, 100, 51], [0, 7, 100]];
        const WHOLE: u64 = 10_000;
        let key = u64::from(100 - self.k.min(100));
        std::array::from_fn(|channel| {
            let inks = [self.c, self.m, self.y].into_iter().zip(TAKEN);
            let light = inks.fold(WHOLE, |light, (ink, taken)| {
                light * (WHOLE - u64::from(ink.min(100)) * taken[channel]) / WHOLE
            });
            let light = light * key * (255 - BLACKEST) / (WHOLE * 100) + BLACKEST;
            u8::try_from(light).unwrap_or(u8::MAX)
        })
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

    #[test]
    fn the_grey_of_an_exhibition_is_warm() {
        let [red, green, blue] = Ink { c: 4, m: 4, y: 6, k: 6 }.on_screen();
        assert!(red > green && green > blue && red - blue >= 6, "{red} {green} {blue}");
        let [red, green, blue] = Ink { c: 0, m: 0, y: 0, k: 6 }.on_screen();
        assert!(red == green && green == blue, "black ink alone is neutral");
    }
}
