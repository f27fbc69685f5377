//! The lines of designs that have some: a thick one above titles, thin ones between columns of text.

use crate::model::{Item, Length, Page, Point, Rect, Rule, Size};

use crate::layout::Grid;

/// The thickness of the line above a title, in thin lines.
const THICK: i64 = 4;

/// A filled rectangle in the colour of text.
pub(super) fn line(at: Point, size: Size, grid: &Grid) -> Item {
    Item::Rule(Rule { rect: Rect::new(at, size), ink: grid.style.ink, is_round: false })
}

/// A thin line across the page, between its margins.
pub(super) fn across(page: &Page, y: Length, grid: &Grid) -> Item {
    let inside = grid.inside(page.side);
    line(Point::new(inside.x, y), Size::new(inside.width, grid.rule), grid)
}

/// Adds the thick line at the top margin, above the title of a page, if the design has lines and
/// titles at the head.
pub(super) fn above_title(page: &mut Page, grid: &Grid) {
    if grid.style.hairlines && grid.style.titles.at_head {
        let inside = grid.inside(page.side);
        let size = Size::new(inside.width, grid.rule * THICK);
        page.items.push(line(Point::new(inside.x, inside.y), size, grid));
    }
}
