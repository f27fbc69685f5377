//! The contrast of two colours on a screen (WCAG 2.2).

/// The minimum contrast of text (WCAG 2.2, 1.4.3).
pub const MIN_CONTRAST: f64 = 4.5;

/// The contrast ratio of two colours in sRGB, from 1 to 21.
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    // The twentieth is the ambient light that a screen reflects.
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance of a colour, from 0 (black) to 1 (white).
pub fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|level| {
        let level = f64::from(level) / 255.0;
        if level <= 0.04045 { level / 12.92 } else { pxfm::f_pow((level + 0.055) / 1.055, 2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contrast_of_black_and_white_is_21() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([80; 3], [80; 3]) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_lightest_grey_that_can_be_read_on_white_is_the_published_one() {
        assert!(contrast([0x76; 3], [255; 3]) >= 4.5 && contrast([0x77; 3], [255; 3]) < 4.5);
    }
}
