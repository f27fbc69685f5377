//! The folio: the number printed at the foot of a page.

use crate::model::{Folios, Length, Page, PassageKind, Point};
use crate::typeset::Align;

use crate::layout::placement;
use crate::layout::plates::context::PlateContext;
use crate::layout::text::styles;

/// Adds the folio at the foot, in the position set by the design.
pub(super) fn folio(page: &mut Page, context: &PlateContext<'_>) {
    let PlateContext { book, faces, grid, .. } = *context;
    let inside = grid.inside(page.side);
    let outer_is_right = grid.bind_edge_is_left(page.side);
    // Line ends follow the direction of the book: the end is left in Arabic and Hebrew.
    let flush = |right: bool| if right == grid.binding_right { Align::Start } else { Align::End };
    let align = match grid.style.folios {
        Folios::OuterFoot => flush(outer_is_right),
        Folios::InnerFoot => flush(!outer_is_right),
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
