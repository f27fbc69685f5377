//! The lines of designs that have some: a thick one above titles, thin ones between columns of text.

use crate::model::{Item, Length, Page, Point, Rect, Rule, Side, Size};

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
    above_title_in_row(page, grid, grid.title_row());
}

/// Adds the thick line above a title on this row, as far from it as that at the top margin is from
/// the title of a page.
pub(super) fn above_title_in_row(page: &mut Page, grid: &Grid, row: usize) {
    if grid.style.hairlines && grid.style.titles.at_head {
        let inside = grid.inside(page.side);
        let lower = grid.baseline(row) - grid.baseline(grid.title_row());
        let size = Size::new(inside.width, grid.rule * THICK);
        page.items.push(line(Point::new(inside.x, inside.y + lower), size, grid));
    }
}

/// Adds the lines above the masthead of a title page, a thick and a thin one; returns where the lower
/// one ends.
pub(super) fn above_masthead(page: &mut Page, grid: &Grid) -> Length {
    let inside = grid.inside(page.side);
    let thick = Size::new(inside.width, grid.rule * THICK);
    page.items.push(line(Point::new(inside.x, inside.y), thick, grid));
    let thin = inside.y + grid.rule * THICK * 2;
    page.items.push(across(page, thin, grid));
    thin + grid.rule
}

/// What a title has above its baseline: its capitals, or the line above it.
pub(super) fn title_height(grid: &Grid) -> Length {
    if grid.style.hairlines && grid.style.titles.at_head {
        grid.baseline(grid.title_row()) - grid.inside(Side::Recto).y
    } else {
        Grid::capitals(grid.size_of(&grid.style.text_styles.chapter))
    }
}
