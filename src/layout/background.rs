//! The background colour of the pages, which extends to the bleed.

use crate::model::{Edges, Ink, Item, MIN_CONTRAST, Page, Rect, Rule, contrast};

use crate::layout::Grid;

/// The colour of a chapter's pages: from the page with this index on.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColourChange {
    pub(super) page: usize,
    /// The colour; `None` for that of the design.
    pub(super) colour: Option<Ink>,
}

/// Adds the background colours to the pages: those of the chapters, in the order of the pages, and
/// elsewhere that of the design. Nothing is added for the colour of the paper.
pub(super) fn lay(pages: &mut [Page], bleed: &Edges, changes: &[ColourChange], grid: &Grid) {
    for (index, page) in pages.iter_mut().enumerate() {
        let change = changes.iter().rev().find(|change| change.page <= index);
        let of_chapter = change.and_then(|change| change.colour);
        let ink = of_chapter.unwrap_or(grid.style.page.colour);
        if of_chapter.is_some() {
            make_legible(page, ink);
        }
        if ink == Ink::PAPER {
            continue;
        }
        let rect = Rect::with_bleed(grid.trim, bleed, page.side, grid.binding_right);
        page.items.insert(0, Item::Rule(Rule { rect, ink, is_round: false }));
    }
}

/// Prints what the inks of the design do not show on this colour in that of the paper, or in black.
fn make_legible(page: &mut Page, colour: Ink) {
    let on_page = |ink: Ink| contrast(ink.on_screen(), colour.on_screen());
    let inks = page.items.iter_mut().filter_map(|item| match item {
        Item::Glyphs(run) => Some(&mut run.ink),
        Item::Rule(rule) => Some(&mut rule.ink),
        Item::Picture(_) => None,
    });
    for ink in inks.filter(|ink| on_page(**ink) < MIN_CONTRAST) {
        let own = on_page(*ink);
        let other = if on_page(Ink::PAPER) > on_page(Ink::BLACK) { Ink::PAPER } else { Ink::BLACK };
        if on_page(other) > own {
            *ink = other;
        }
    }
}
