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

    /// The colour in sRGB, the same in every edition: that of these inks on white paper, as an
    /// offset press prints them. Black is that of ink on paper, lighter than that of a screen.
    pub fn on_screen(self) -> [u8; 3] {
        const BLACKEST: u64 = 26;
        let coloured = self.colours_on_screen();
        let share = u64::from(self.k.min(100));
        // Inks under a solid black make it deeper, and do not tint it.
        let black = BLACKEST * coloured.iter().sum::<u64>() / (3 * 255);
        let light = |level: u64| (level * (100 - share) + black * share + 50) / 100;
        coloured.map(|level| u8::try_from(light(level)).unwrap_or(u8::MAX))
    }

    /// The colour of cyan, magenta and yellow alone: the mean of what they overprint to, weighted
    /// by the area that each overprint covers (Neugebauer's equations).
    fn colours_on_screen(self) -> [u64; 3] {
        // Solid inks and their overprints in offset on coated paper, relative to the paper (ISO
        // 12647-2), by the inks that are printed: one for cyan, two for magenta, four for yellow.
        const OVERPRINTS: [[u64; 3]; 8] = [
            [255, 255, 255],
            [0, 158, 227],
            [230, 0, 125],
            [37, 39, 131],
            [255, 237, 0],
            [0, 150, 65],
            [228, 0, 11],
            [48, 48, 47],
        ];
        const WHOLE: u64 = 10_000;
        // A light tint is lighter than its share of the solid, because levels of sRGB are not
        // proportional to light.
        let area = |ink: u8| {
            let ink = u64::from(ink.min(100));
            ink * (72 * 100 + 28 * ink) / 100
        };
        let areas = [self.c, self.m, self.y].map(area);
        let mut colour = [0; 3];
        for (number, overprint) in OVERPRINTS.iter().enumerate() {
            let parts = areas
                .iter()
                .enumerate()
                .map(|(ink, area)| if number >> ink & 1 == 1 { *area } else { WHOLE - area });
            let weight = parts.product::<u64>();
            for (sum, level) in colour.iter_mut().zip(overprint) {
                *sum += level * weight;
            }
        }
        let total = WHOLE.pow(3);
        colour.map(|sum| (sum + total / 2) / total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_white_and_black_is_soft() {
        assert_eq!(Ink::PAPER.on_screen(), [255; 3]);
        assert_eq!(Ink::BLACK.on_screen(), [26; 3]);
        // Cyan under black makes it deeper.
        assert_eq!(Ink { c: 40, ..Ink::BLACK }.on_screen(), [21; 3]);
    }

    #[test]
    fn a_warm_grey_is_warm() {
        // GRACoL 2006 gives 233, 231, 227 for it.
        let [red, green, blue] = Ink { c: 4, m: 4, y: 6, k: 6 }.on_screen();
        assert_eq!([red, green, blue], [234, 231, 226]);
        assert!(red > green && green > blue);
    }

    #[test]
    fn grey_is_neutral_and_as_light_as_the_paper_that_it_leaves() {
        assert_eq!(Ink::SECONDARY.on_screen(), [106; 3]);
        assert_eq!(Ink::gray(50).on_screen(), [141; 3]);
    }
}
