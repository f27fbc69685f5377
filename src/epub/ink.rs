//! Inks on a screen.

use crate::model::Ink;

/// An ink as a screen shows it; black is the black of ink on paper, not of a dead screen.
pub(super) fn on_screen(ink: Ink) -> [u8; 3] {
    const BLACKEST: u32 = 26;
    let share = |ink: u8| u32::from(100 - ink.min(100));
    let light = |ink_share: u8| {
        let light = share(ink_share) * share(ink.k) * (255 - BLACKEST) / 10_000 + BLACKEST;
        u8::try_from(light).unwrap_or(u8::MAX)
    };
    [light(ink.c), light(ink.m), light(ink.y)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_white_and_black_is_soft() {
        assert_eq!(on_screen(Ink::PAPER), [255; 3]);
        assert_eq!(on_screen(Ink::BLACK), [26; 3]);
    }
}
