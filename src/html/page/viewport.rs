//! Converts lengths of a page to pixels of the viewport.

use crate::model::{Length, Pixels, Rect, Size};

/// The size of every page in CSS pixels, which reading systems scale to the screen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Viewport {
    /// Width and height in pixels.
    pub(crate) pixels: Pixels,
    per_pt: f64,
}

impl Viewport {
    /// The largest viewport with the page's aspect ratio and at most `max_pixels` pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a viewport has some thousand pixels each way"
    )]
    pub(crate) fn new(trim: Size, max_pixels: u64) -> Self {
        let (width, height) = (trim.width.to_pt().max(1.0), trim.height.to_pt().max(1.0));
        let mut columns = (max_pixels as f64 * width / height).sqrt().floor().max(1.0);
        loop {
            let rows = (columns * height / width).round().max(1.0);
            let pixels = Pixels { width: columns as u32, height: rows as u32 };
            if pixels.count() <= max_pixels || columns <= 1.0 {
                return Self { pixels, per_pt: columns / width };
            }
            columns -= 1.0;
        }
    }

    /// A length in CSS pixels.
    pub(crate) fn px(self, length: Length) -> f64 {
        length.to_pt() * self.per_pt
    }

    /// The declarations that position a box on a page. Where it touches the right edge or the foot,
    /// it extends beyond it by `bleed` pixels; at the others, positions would be negative, which
    /// not all reading systems support.
    pub(crate) fn place_in(self, rect: &Rect, page: &Rect, bleed: f64) -> String {
        let beyond = |touches: bool| if touches { bleed } else { 0.0 };
        let right = beyond(rect.right() >= page.right());
        let foot = beyond(rect.bottom() >= page.bottom());
        format!(
            "left:{}px;top:{}px;width:{}px;height:{}px",
            css(self.px(rect.x)),
            css(self.px(rect.y)),
            css(self.px(rect.width) + right),
            css(self.px(rect.height) + foot)
        )
    }

    /// The `content` of the viewport's `meta` (EPUB 3.3, 8.2.2.6).
    pub(crate) fn content(self) -> String {
        format!("width={}, height={}", self.pixels.width, self.pixels.height)
    }
}

/// A number in CSS syntax with two decimals: pages are scaled down to a screen, hardly ever up.
pub(crate) fn css(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewport_has_the_shape_of_the_page_and_no_more_pixels_than_allowed() {
        let shape = |width, height| {
            let trim = Size::new(Length::mm(width), Length::mm(height));
            Viewport::new(trim, 3_800_000).pixels
        };
        assert_eq!(shape(210, 210), Pixels { width: 1949, height: 1949 });
        let a4 = shape(210, 297);
        assert!(a4.count() <= 3_800_000 && a4.count() > 3_790_000, "{a4:?}");
        assert_eq!(a4, Pixels { width: 1639, height: 2318 });
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([0.0, -0.001, 12.5, 3.145_1, 100.0].map(css), ["0", "0", "12.5", "3.15", "100"]);
    }
}
