//! A plate: one picture on its page, its caption under it, and white around.

use std::sync::Arc;

use crate::model::{
    Book, CaptionPlace, Item, Length, Page, PlacedPicture, Plate, Point, Rect, Side, Size, Turn,
    Words,
};
use crate::typeset::{Align, Faces, Line, Span};

use super::{Grid, place, styles};

/// How large the plates of a book are set: all about equal in area, so that none shouts.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlateSizes {
    /// The area, in square EMU.
    area: i128,
    /// No picture is wider or higher.
    limit: Size,
}

impl PlateSizes {
    /// The common size of a book's plates: the largest that most of them can take. A shape
    /// that is rare in the book is as large as it can be, and does not make the others small.
    pub(super) fn of(book: &Book, grid: &Grid) -> Self {
        let (page, plates) = (grid.trim, grid.look.plates);
        let limit =
            Size::new(grid.inside(Side::Recto).width, page.height.scale(plates.highest, 1000));
        let ideal = area(page) * i128::from(plates.share) / 1000;
        let mut largest: Vec<i128> = book
            .plates()
            .map(|(_, plate)| plate.picture.upright())
            .map(|pixels| area(fit(pixels.width, pixels.height, limit)))
            .collect();
        largest.sort_unstable();
        let area = largest.get(largest.len() / 5).copied().unwrap_or(ideal);
        Self { area: area.clamp(ideal / 2, ideal), limit }
    }

    /// The size of a picture with this many pixels each way.
    fn size(&self, width: u32, height: u32) -> Size {
        let largest = fit(width, height, self.limit);
        let full = area(largest);
        if full <= self.area {
            return largest;
        }
        // Both sides shrink by the root of the areas' ratio.
        let side = root(self.area * i128::from(width) / i128::from(height.max(1)));
        let width_set = Length::emu(side);
        Size::new(width_set, width_set.scale(i64::from(height), i64::from(width.max(1))))
    }
}

fn area(size: Size) -> i128 {
    i128::from(size.width.to_emu()) * i128::from(size.height.to_emu())
}

/// The largest size of this shape within the limit.
fn fit(width: u32, height: u32, limit: Size) -> Size {
    let (w, h) = (i64::from(width.max(1)), i64::from(height.max(1)));
    let by_width = Size::new(limit.width, limit.width.scale(h, w));
    if by_width.height <= limit.height {
        by_width
    } else {
        Size::new(limit.height.scale(w, h), limit.height)
    }
}

/// The whole square root.
fn root(square: i128) -> i64 {
    i64::try_from(square.max(0).isqrt()).unwrap_or(i64::MAX)
}

/// Sets a plate on its page.
pub(super) fn set(page: &mut Page, plate: &Plate, scene: &Scene<'_>) {
    let caption = Caption::of(plate, scene);
    let pixels = plate.picture.upright();
    let mut size = scene.sizes.size(pixels.width, pixels.height);
    let grid = scene.grid;
    // The foot of the caption stays above the folio, and the picture gives way to it.
    let head = grid.trim.height.scale(55, 1000);
    let floor = grid.trim.height - grid.margins.bottom.scale(7, 10);
    let room = floor - head - caption.height();
    if size.height > room {
        let height = room.max(grid.trim.height.scale(30, 100));
        size = Size::new(size.width.scale(height.to_emu(), size.height.to_emu()), height);
    }
    let frame = Rect::new(origin(grid, page.side, size, caption.height(), floor), size);
    page.items.push(Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(plate.picture.clone()),
        alt: plate.alt.clone(),
        frame,
        clip: frame,
        turn: Turn::Upright,
    })));
    caption.set(page, frame, grid);
}

/// What every plate of the book is set with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) book: &'a Book,
    pub(super) faces: &'a Faces,
    pub(super) grid: &'a Grid,
    pub(super) sizes: PlateSizes,
    /// Whether each plate names its credit, or the imprint does so for all.
    pub(super) credits: bool,
}

/// Where a picture stands: a little above the middle, as the eye wants it, and a little
/// outward, since the gutter swallows some of the inner white.
fn origin(grid: &Grid, side: Side, size: Size, caption: Length, floor: Length) -> Point {
    // The white is shared out as if every usual caption were two lines, so that pictures of
    // one shape stand at one height on facing pages; a long one counts as long as it is.
    let usual = caption_gap(grid) + caption_leading(grid) * 2;
    let long = caption_gap(grid) + caption_leading(grid) * 4;
    let below = if caption > long { caption } else { usual };
    let white = (grid.trim.height - size.height - below).max(Length::ZERO);
    let lowest = floor - caption - size.height;
    let top = white.scale(100, 225).min(lowest).max(Length::ZERO);
    let inside = grid.inside(side);
    let left = inside.x + (inside.width - size.width) / 2;
    Point::new(left, top)
}

/// From the picture's foot to the height of the caption's first capitals.
fn caption_gap(grid: &Grid) -> Length {
    grid.trim.shorter().scale(45, 2100).max(Length::mm(7) / 2)
}

fn caption_leading(grid: &Grid) -> Length {
    grid.leading_of(&grid.look.voices.caption)
}

/// The lines under a picture.
struct Caption {
    lines: Vec<Line>,
    credit: Vec<Line>,
    measure: Length,
    leading: Length,
    gap: Length,
    cap_height: Length,
}

impl Caption {
    fn of(plate: &Plate, scene: &Scene<'_>) -> Self {
        let grid = scene.grid;
        let style = styles::caption(grid);
        // 62 characters of the caption's face; a picture narrower than that still gets them.
        let measure = style.size.scale(62 * 48, 100).min(grid.inside(Side::Recto).width);
        let ragged =
            |spans, align| place::ragged(scene.faces, spans, &scene.book.language, measure, align);
        let shown = plate.caption_place != CaptionPlace::None;
        let credit = match plate.credit.as_deref() {
            Some(credit) if shown && scene.credits && !credit.is_empty() => {
                ragged(styles::plain(credit, styles::credit(grid)), Align::Start)
            }
            _ => Vec::new(),
        };
        let words = if shown { words(plate, scene) } else { Vec::new() };
        Self {
            lines: if words.is_empty() { Vec::new() } else { ragged(words, Align::Balanced) },
            credit,
            measure,
            leading: caption_leading(grid),
            gap: caption_gap(grid),
            cap_height: scene.faces.metrics(&style).cap_height,
        }
    }

    /// From the picture's foot to the last baseline.
    fn height(&self) -> Length {
        let lines = self.lines.len() + self.credit.len();
        if lines == 0 {
            return Length::ZERO;
        }
        self.gap + self.cap_height + self.leading * (i64::try_from(lines).unwrap_or(0) - 1)
    }

    fn set(&self, page: &mut Page, frame: Rect, grid: &Grid) {
        let left = if grid.binding_right { frame.right() - self.measure } else { frame.x };
        // A caption that is wider than its picture must not leave the page.
        let inside = grid.inside(page.side);
        let left = left.min(inside.right() - self.measure).max(inside.x);
        let first = Point::new(left, frame.bottom() + self.gap + self.cap_height);
        let next = place::lines(page, &self.lines, first, self.leading);
        place::lines(page, &self.credit, Point::new(left, next), self.leading);
    }
}

/// The caption, then place and date in the same line after it.
fn words(plate: &Plate, scene: &Scene<'_>) -> Vec<Span> {
    let style = styles::caption(scene.grid);
    let mut spans = styles::spans(&plate.caption, &style);
    let date = plate.taken.map(|date| date.in_words(&scene.book.language));
    let place: Vec<&str> =
        [plate.place.as_deref(), date.as_deref()].into_iter().flatten().collect();
    if !place.is_empty() {
        let secondary = styles::secondary(scene.grid, &style);
        let gap = if spans.is_empty() { "" } else { " " };
        spans.extend(styles::plain(
            format!("{gap}{}", place.join(Words::of(&scene.book.language).comma)),
            secondary,
        ));
    }
    spans
}
