//! Endpapers: a leaf before the first and one after the last page of the book, all in one colour.

use crate::model::{Ink, Item, Page, Rect, Rule};

use crate::layout::plates::context::PlateContext;

/// The pages of a leaf.
const LEAF: usize = 2;

/// The number of pages before the half-title, and after the last page.
pub(super) fn pages_at_each_end(context: &PlateContext<'_>) -> usize {
    if context.grid.style.endpapers.is_some() { LEAF } else { 0 }
}

/// Colours the first and the last leaf, to the bleed.
pub(super) fn colour(pages: &mut [Page], context: &PlateContext<'_>) {
    let Some(ink) = context.grid.style.endpapers else { return };
    let last = pages.len().saturating_sub(LEAF);
    for (index, page) in pages.iter_mut().enumerate() {
        if index < LEAF || index >= last {
            page.items.insert(0, sheet(page, ink, context));
        }
    }
}

/// The whole page with its bleed.
fn sheet(page: &Page, ink: Ink, context: &PlateContext<'_>) -> Item {
    let print = &context.book.print;
    let binding_right = context.grid.binding_right;
    let rect = Rect::with_bleed(print.trim, &print.bleed, page.side, binding_right);
    Item::Rule(Rule { rect, ink, is_round: false })
}
