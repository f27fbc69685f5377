//! What is printed in the margins of a page: the folio at its foot, and the running head.

use crate::model::{Capitals, Folios, Heads, Length, Page, PassageKind, Point, Side};
use crate::typeset::{Align, Style};

use crate::layout::placement;
use crate::layout::plates::context::PlateContext;
use crate::layout::text::styles;

/// The letter spacing of running heads, in thousandths of the em.
const HEAD_TRACKING: i32 = 60;

/// Adds the folio at the foot, in the position set by the design, and the running head. `chapter`
/// is the title of the chapter or text that the page belongs to.
pub(super) fn folio(page: &mut Page, chapter: &str, context: &PlateContext<'_>) {
    running_head(page, chapter, context);
    let PlateContext { book, faces, grid, .. } = *context;
    let inside = grid.inside(page.side);
    let align = match grid.style.folios {
        Folios::OuterFoot => outer_edge(page.side, context),
        Folios::InnerFoot => match outer_edge(page.side, context) {
            Align::Start => Align::End,
            _ => Align::Start,
        },
        Folios::CentreFoot => Align::Centred,
        Folios::None => return,
    };
    let spans = styles::plain(page.folio.to_string(), styles::folio(grid));
    let lines = placement::ragged(faces, spans, &book.language, inside.width, align);
    let lines = placement::with_kind(lines, PassageKind::Folio);
    // As far from the foot as the printer wants, if the margin has room for it.
    let size = styles::folio(grid).size;
    let printer = book.print.printer.as_ref();
    // Old-style figures go below the line.
    let least = printer.map_or(Length::ZERO, |it| it.min_margins(0).bottom + size / 3);
    let least = least.min(grid.margins.bottom - size * 3 / 2);
    let y = grid.trim.height - (grid.margins.bottom / 2).max(least);
    placement::lines(page, &lines, Point::new(inside.x, y), Length::ZERO);
}

/// The alignment at the outer edge of the page.
fn outer_edge(side: Side, context: &PlateContext<'_>) -> Align {
    let grid = context.grid;
    let outer_is_right = grid.bind_edge_is_left(side);
    // Line ends follow the direction of the book: the end is left in Arabic and Hebrew.
    if outer_is_right == grid.binding_right { Align::Start } else { Align::End }
}

/// Adds the title of the book to a verso, that of the chapter to a recto, in letter-spaced small
/// capitals at the outer edge. A title that takes more than a line is left out.
fn running_head(page: &mut Page, chapter: &str, context: &PlateContext<'_>) {
    let PlateContext { book, faces, grid, .. } = *context;
    let text = match (grid.style.heads, page.side) {
        (Heads::None, _) | (Heads::Title, Side::Recto) => return,
        (_, Side::Verso) => book.title.as_str(),
        (Heads::Chapter, Side::Recto) => chapter,
    };
    if text.is_empty() {
        return;
    }
    let folio = styles::folio(grid);
    let tracking = folio.tracking.max(HEAD_TRACKING);
    let style = Style { capitals: Capitals::Small, tracking, ..folio };
    let inside = grid.inside(page.side);
    let spans = styles::plain(text, style.clone());
    let align = outer_edge(page.side, context);
    let lines = placement::ragged(faces, spans, &book.language, inside.width, align);
    if lines.len() != 1 {
        return;
    }
    let lines = placement::with_kind(lines, PassageKind::RunningHead);
    let printer = book.print.printer.as_ref();
    let least = printer.map_or(Length::ZERO, |it| it.min_margins(0).top + style.size);
    let y = (grid.margins.top * 6 / 10).max(least.min(grid.margins.top));
    placement::lines(page, &lines, Point::new(inside.x, y), Length::ZERO);
}
