//! Plates that face something else than a plate begin on the same line as that, if they nearly do.

use crate::model::{Entry, Item, Length, Page, Rect, Side, StructureKind};

use crate::layout::plates::context::PlateContext;
use crate::layout::{Grid, hairlines, placement};

/// A picture seems to be meant to begin where the picture of an opening does if the two are less than
/// this part of the height of the page apart (one over the number).
const NEAR_PICTURE: i64 = 6;
/// The same for a title at the head of its page.
const NEAR_TITLE: i64 = 4;

/// Lets the framed plates that face titles at the head of their pages begin where these begin.
pub(in crate::layout) fn begin_with_titles(pages: &mut [Page], context: &PlateContext<'_>) {
    let grid = context.grid;
    if !grid.style.titles.at_head {
        return;
    }
    let line = grid.baseline(grid.title_row()) - hairlines::title_height(grid);
    let spreads = pages.iter_mut().skip_while(|page| page.side == Side::Recto);
    let mut spreads = spreads.peekable();
    while let (Some(verso), Some(recto)) = (spreads.next(), spreads.next()) {
        if has_only_title(recto, grid) {
            begin_at(verso, line, grid.trim.height / NEAR_TITLE, context);
        } else if has_only_title(verso, grid) {
            begin_at(recto, line, grid.trim.height / NEAR_TITLE, context);
        }
    }
}

/// Lets a framed plate that faces the picture of the opening on the page with this index begin on the
/// same line as that.
pub(in crate::layout) fn begin_with_picture(
    pages: &mut [Page],
    index: usize,
    line: Length,
    context: &PlateContext<'_>,
) {
    let is_recto = Side::from_index(index) == Side::Recto;
    let before = index.checked_sub(1).filter(|_| is_recto);
    if let Some(page) = before.and_then(|before| pages.get_mut(before)) {
        begin_at(page, line, context.grid.trim.height / NEAR_PICTURE, context);
    }
}

/// Whether a page has a title at its head, and no picture.
fn has_only_title(page: &Page, grid: &Grid) -> bool {
    let row = grid.baseline(grid.title_row());
    let is_title = |item: &Item| match item {
        Item::Glyphs(run) => {
            let kind = run.element.as_ref().map(|element| element.kind);
            matches!(kind, Some(StructureKind::Heading(_))) && run.origin.y == row
        }
        Item::Picture(_) | Item::Rule(_) => false,
    };
    pictures(page).next().is_none() && page.items.iter().any(is_title)
}

fn pictures(page: &Page) -> impl Iterator<Item = Rect> {
    page.items.iter().filter_map(|item| match item {
        Item::Picture(placed) => Some(placed.clip),
        Item::Glyphs(_) | Item::Rule(_) => None,
    })
}

/// Lets the framed plate on a page, if it has one, begin on this line, if it is not farther away than
/// `nearest` and has room there with its caption.
fn begin_at(page: &mut Page, line: Length, nearest: Length, context: &PlateContext<'_>) {
    let PlateContext { book, grid, .. } = *context;
    let entry = page.entry.and_then(|id| book.entries.get(id.0));
    if !matches!(entry, Some(Entry::Plate(_))) {
        return;
    }
    let pictures: Vec<Rect> = pictures(page).collect();
    let [picture] = pictures[..] else { return };
    let down = line - picture.y;
    let content = page.items.iter().filter(|item| !placement::is_at_edge(item));
    let lowest = content.map(placement::bottom).max().unwrap_or_default();
    let has_room = lowest + down <= grid.trim.height - grid.margins.bottom;
    let is_framed = picture.width < grid.trim.width && picture.height < grid.trim.height;
    if is_framed && down.abs() <= nearest && has_room && line >= grid.margins.top {
        placement::move_content(page, down);
    }
}
