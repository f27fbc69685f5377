//! Converts the model's coordinates, which start at the upper left corner of the trim and go down,
//! to PDF's, which start at the lower left corner of the sheet and go up.

use pdf_writer::Rect as PdfRect;

use crate::model::{Length, Marks, Page, PageSheet, Pages, Point, Rect, Size};

use crate::pdf::options::Options;

/// The minimum distance of marks from the trim, however narrow the bleed.
const MARK_OFFSET: Length = Length::mm(3);
/// The length of a mark.
pub(in crate::pdf) const MARK_LENGTH: Length = Length::mm(5);

/// The boxes of a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) struct PageBoxes {
    /// The whole sheet.
    pub(in crate::pdf) media: Size,
    /// The upper left corner of the trim, from that of the sheet.
    pub(in crate::pdf) origin: Point,
    /// The trim, in the model's coordinates.
    pub(in crate::pdf) trim: Rect,
    /// The bleed, in the model's coordinates.
    pub(in crate::pdf) bleed: Rect,
    /// The rectangle at which marks begin, at or outside the bleed, in the model's coordinates.
    pub(in crate::pdf) marks: Rect,
}

impl PageBoxes {
    /// The boxes of a page in an edition.
    pub(in crate::pdf) fn new(page: &Page, pages: &Pages, options: &Options<'_>) -> Self {
        let PageSheet { trim, bleed } = pages.sheet_of(page);
        let trim = Rect::new(Point::default(), trim);
        let (bleed, marks) = if options.bleed {
            let bleed = EdgeWidths {
                left: bleed.left(page.side, pages.binding_right),
                right: bleed.right(page.side, pages.binding_right),
                top: bleed.top,
                bottom: bleed.bottom,
            };
            (bleed.grow(trim), bleed.map(|edge| edge.max(MARK_OFFSET)).grow(trim))
        } else {
            (trim, trim)
        };
        let media = match options.marks {
            Marks::Crop if options.bleed => EdgeWidths::all(MARK_LENGTH).grow(marks),
            Marks::Crop | Marks::None => bleed,
        };
        Self {
            media: Size::new(media.width, media.height),
            origin: Point::new(-media.x, -media.y),
            trim,
            bleed,
            marks,
        }
    }

    /// A distance from the left edge of the sheet.
    pub(in crate::pdf) fn x(&self, x: Length) -> f32 {
        pt(self.origin.x + x)
    }

    /// A distance from the bottom edge of the sheet.
    pub(in crate::pdf) fn y(&self, y: Length) -> f32 {
        pt(self.media.height - self.origin.y - y)
    }

    /// A rectangle in the coordinates of the sheet.
    pub(in crate::pdf) fn rect(&self, rect: Rect) -> PdfRect {
        PdfRect::new(self.x(rect.x), self.y(rect.bottom()), self.x(rect.right()), self.y(rect.y))
    }

    /// The media box.
    pub(in crate::pdf) fn media_box(&self) -> PdfRect {
        PdfRect::new(0.0, 0.0, pt(self.media.width), pt(self.media.height))
    }
}

/// Widths of the four edges around a rectangle.
#[derive(Debug, Clone, Copy)]
struct EdgeWidths {
    left: Length,
    right: Length,
    top: Length,
    bottom: Length,
}

impl EdgeWidths {
    fn all(length: Length) -> Self {
        Self { left: length, right: length, top: length, bottom: length }
    }

    fn map(self, change: impl Fn(Length) -> Length) -> Self {
        Self {
            left: change(self.left),
            right: change(self.right),
            top: change(self.top),
            bottom: change(self.bottom),
        }
    }

    fn grow(self, rect: Rect) -> Rect {
        Rect::new(
            Point::new(rect.x - self.left, rect.y - self.top),
            Size::new(rect.width + self.left + self.right, rect.height + self.top + self.bottom),
        )
    }
}

/// A length in points, rounded to a thousandth: a third of a micrometre, and short to write.
pub(in crate::pdf) fn pt(length: Length) -> f32 {
    thousandths(length.to_pt())
}

/// A number rounded to a thousandth.
#[expect(clippy::cast_possible_truncation, reason = "PDF's reals are single precision")]
pub(in crate::pdf) fn thousandths(number: f64) -> f32 {
    ((number * 1000.0).round() / 1000.0) as f32
}
