//! What is printed in the margins of a page: the folio at its foot, and the running head.

use crate::model::{Capitals, Folios, Heads, Length, Page, PassageKind, Point, Side};
use crate::typeset::{Align, Line, Style};

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
/// capitals at the outer edge. A title that takes more than a line is shortened.
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
    let align = outer_edge(page.side, context);
    let set = |text: &str| {
        let spans = styles::plain(text, style.clone());
        placement::ragged(faces, spans, &book.language, inside.width, align)
    };
    let Some(lines) = in_one_line(text, set) else { return };
    let lines = placement::with_kind(lines, PassageKind::RunningHead);
    let printer = book.print.printer.as_ref();
    let least = printer.map_or(Length::ZERO, |it| it.min_margins(0).top + style.size);
    let y = (grid.margins.top * 6 / 10).max(least.min(grid.margins.top));
    placement::lines(page, &lines, Point::new(inside.x, y), Length::ZERO);
}

/// Sets a text in one line: whole, or else as many of its first words as there is room for, with an
/// ellipsis; `None` if there is no room for a single letter.
fn in_one_line(text: &str, set: impl Fn(&str) -> Vec<Line>) -> Option<Vec<Line>> {
    let is_one_line = |lines: &Vec<Line>| lines.len() == 1 && lines[0].torn.is_none();
    let whole = set(text);
    if is_one_line(&whole) {
        return Some(whole);
    }
    // The ends of words, or of letters where there are no words.
    let ends_where = |is_end: &dyn Fn(char) -> bool| -> Vec<usize> {
        text.char_indices().skip(1).filter(|(_, c)| is_end(*c)).map(|(at, _)| at).collect()
    };
    let shortened = |ends: &[usize]| {
        let set_to = |end: usize| {
            let kept =
                text[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && !is_closing(c));
            set(&format!("{kept}…"))
        };
        let fitting = ends.partition_point(|end| is_one_line(&set_to(*end)));
        fitting.checked_sub(1).map(|last| set_to(ends[last]))
    };
    shortened(&ends_where(&char::is_whitespace)).or_else(|| shortened(&ends_where(&|_| true)))
}

/// Whether a mark belongs to the word before it.
fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '”' | '’' | '»' | '!' | '?' | '」' | '』' | '）')
}
