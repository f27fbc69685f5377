//! The background colour of the pages, which extends to the bleed.

use crate::model::{Edges, Ink, Item, Page, Point, Rect, Rule, Size};

use crate::layout::Grid;

/// Adds the background colour of the design to the pages; nothing is added for the colour of the
/// paper.
pub(super) fn lay(pages: &mut [Page], bleed: &Edges, grid: &Grid) {
    let ink = grid.style.page.colour;
    if ink == Ink::PAPER {
        return;
    }
    for page in pages {
        let left = bleed.left(page.side, grid.binding_right);
        let right = bleed.right(page.side, grid.binding_right);
        let size =
            Size::new(grid.trim.width + left + right, grid.trim.height + bleed.top + bleed.bottom);
        let rect = Rect::new(Point::new(-left, -bleed.top), size);
        page.items.insert(0, Item::Rule(Rule { rect, ink, is_round: false }));
    }
}
