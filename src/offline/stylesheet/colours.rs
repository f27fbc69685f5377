//! The colours of the page, light and dark.

use crate::model::{PageStyle, contrast, luminance};

/// A colour in sRGB.
type Rgb = [u8; 3];

/// The least contrast of text (WCAG 2.2, 1.4.3), with a little to spare for rounding.
const CONTRAST: f64 = 4.6;
/// How light the page is on a dark screen, and the text on it, of 255.
const DARK_PAGE: u16 = 22;
const DARK_INK: u16 = 230;

/// The custom properties of the colours of a design. A design whose pages are dark is the same on
/// every screen.
pub(super) fn properties(style: &PageStyle) -> String {
    let page = style.page.colour.on_screen();
    let ink = readable(style.ink.on_screen(), page, style.ink.on_screen());
    let secondary = readable(style.secondary.on_screen(), page, ink);
    let is_dark = luminance(page) < luminance(ink);
    let (dark_page, dark_ink, dark_secondary) = if is_dark {
        (page, ink, secondary)
    } else {
        let dark_page = page.map(|level| scaled(level, DARK_PAGE));
        let dark_ink = page.map(|level| scaled(level, DARK_INK));
        (dark_page, dark_ink, readable(mixed(dark_page, dark_ink, 600), dark_page, dark_ink))
    };
    let scheme = if is_dark { "dark" } else { "light dark" };
    let colours = [
        ("page", page),
        ("ink", ink),
        ("secondary", secondary),
        ("dark-page", dark_page),
        ("dark-ink", dark_ink),
        ("dark-secondary", dark_secondary),
    ];
    let lines = colours.map(|(name, [r, g, b])| format!("  --{name}: #{r:02x}{g:02x}{b:02x};\n"));
    format!(
        "\n/* The colours of the pages, on light and on dark screens. */\n:root {{\n{}  --scheme: \
         {scheme};\n}}\n",
        lines.concat()
    )
}

fn scaled(level: u8, of: u16) -> u8 {
    u8::try_from(u16::from(level) * of / 255).unwrap_or(u8::MAX)
}

/// A colour between two others, in thousandths of the way to the second.
fn mixed(from: Rgb, to: Rgb, share: u32) -> Rgb {
    std::array::from_fn(|i| {
        let level = u32::from(from[i]) * (1000 - share) + u32::from(to[i]) * share;
        u8::try_from(level / 1000).unwrap_or(u8::MAX)
    })
}

/// The colour itself if text in it can be read on the page, else the nearest one towards `ink`, or
/// beyond it towards black or white, that can.
fn readable(colour: Rgb, page: Rgb, ink: Rgb) -> Rgb {
    let extreme = if luminance(page) > 0.18 { [0; 3] } else { [255; 3] };
    let towards = |from, to| (0..=100).map(move |step| mixed(from, to, step * 10));
    towards(colour, ink)
        .chain(towards(ink, extreme))
        .find(|colour| contrast(*colour, page) >= CONTRAST)
        .unwrap_or(extreme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ink;

    #[test]
    fn pale_text_is_darkened_until_it_can_be_read() {
        let white = [255; 3];
        let colour = readable([0xaa; 3], white, [26; 3]);
        assert!((CONTRAST..CONTRAST + 0.3).contains(&contrast(colour, white)), "{colour:?}");
        assert_eq!(readable([0x50; 3], white, [26; 3]), [0x50; 3]);
        // Not even the ink of this design can be read on its page.
        assert!(contrast(readable([90; 3], [100; 3], [95; 3]), [100; 3]) >= CONTRAST);
    }

    #[test]
    fn a_light_page_is_dark_on_a_dark_screen_and_a_dark_page_stays_as_it_is() {
        let classic = properties(&PageStyle::CLASSIC);
        assert!(classic.contains("--page: #ffffff;") && classic.contains("--dark-page: #161616;"));
        let mut style = PageStyle::CLASSIC;
        (style.page.colour, style.ink) = (Ink { c: 40, m: 0, y: 0, k: 100 }, Ink::PAPER);
        let dark = properties(&style);
        assert!(dark.contains("--scheme: dark;"), "{dark}");
        let value = |name: &str| dark.split(name).nth(1).map(|rest| rest[..9].to_owned());
        assert_eq!(value("--page"), value("--dark-page"));
    }
}
