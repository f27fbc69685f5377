//! The page grid: margins, the text column, the sink, the baseline grid.

use crate::layout::columns::PageColumns;
use crate::model::{
    Book, Columns, Edges, Length, PageStyle, Point, Print, Rect, Side, Size, TextStyle,
};

/// The dimensions of a book's pages, derived from its trim. Spacing scales with the shorter
/// side, type sizes less than that, because a larger book is held farther away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// The size of the trimmed page.
    pub trim: Size,
    /// The margins, in which only folios are printed.
    pub margins: Edges,
    /// The width of a full line of running text, 58 to 68 characters.
    pub measure: Length,
    /// The distance from the bind edge to the text column.
    pub column_inset: Length,
    /// The distance from the top of the page to the first baseline of openings.
    pub sink: Length,
    /// The distance between baselines of running text.
    pub leading: Length,
    /// The thickness of the rules of tables and above notes.
    pub rule: Length,
    /// The columns between the margins, if the design has any.
    pub columns: Option<PageColumns>,
    /// Whether the book is bound on the right.
    pub binding_right: bool,
    /// Whether its text is one of several columns beside each other.
    pub is_column: bool,
    /// The factor for type sizes, in thousandths.
    pub type_scale: i64,
    /// What small type grows in addition on a large page, in thousandths of its distance from
    /// 10 pt.
    pub small_type_growth: i64,
    /// The page style from which the grid is derived.
    pub style: PageStyle,
}

/// The columns of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextColumns {
    /// Their number.
    pub count: i64,
    /// The width of each.
    pub width: Length,
    /// The distance between the left edges of two neighbours.
    pub step: Length,
}

/// How far lines reach beyond their column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overhang {
    /// Where lines end, whichever side of the leaf that is on.
    pub end: Length,
    /// Towards the spine; if the column is not at the side of the spine, towards the fore edge.
    pub inner: Length,
    /// Towards the other side.
    pub outer: Length,
}

impl Overhang {
    /// Beyond the end of lines only.
    fn at_end(end: Length) -> Self {
        Self { end, ..Self::default() }
    }

    /// By how much what has it is wider than the column.
    pub fn width(self) -> Length {
        self.end + self.inner + self.outer
    }
}

/// By how much a single column of text may be wider than its measure to be as wide as the page
/// between its margins, in per cent of it.
const NEARLY_PAGE: i64 = 125;
/// On small pages, small type is not reduced below this size.
const MIN_TYPE_SIZE: Length = Length::pt(7);
/// The narrowest column of running text beside another one, with the type of a page of 210 mm.
const MIN_TEXT_COLUMN: Length = Length::mm(40);
/// Smaller type grows more than this one on a large page, so that captions are not too small beside
/// large pictures.
const SMALL_TYPE: Length = Length::pt(10);
/// By how much more, as a multiple of the growth of all type.
const SMALL_TYPE_GROWTH: i64 = 3;
/// The page on which type has its nominal size.
const NOMINAL_PAGE: Size = Size::new(Length::mm(210), Length::mm(210));
/// The page on which it is a tenth larger.
const LARGE_PAGE: Size = Size::new(Length::mm(210), Length::mm(297));
/// The limits of the factor for type sizes, in thousandths.
const TYPE_SCALES: [i64; 2] = [900, 1250];
/// The thickness of rules, unless the printer asks for more.
const RULE: Length = Length::milli_pt(400);

/// The factor for type sizes on a page of this size, in thousandths. It grows with the root of the
/// page's area, so it is the same for upright and landscape pages.
fn type_scale(trim: Size) -> i64 {
    let root = |size: Size| {
        let area = i128::from(size.width.to_emu()) * i128::from(size.height.to_emu());
        i64::try_from(area.max(0).isqrt()).unwrap_or(i64::MAX / 1000)
    };
    let (nominal, large) = (root(NOMINAL_PAGE), root(LARGE_PAGE));
    let growth = (root(trim) - nominal) * 100 / (large - nominal);
    i64::clamp(1000 + growth, TYPE_SCALES[0], TYPE_SCALES[1])
}

/// What small type grows in addition on a page whose type has this scale: on a large page, as small
/// as that of a nominal one, it would be read as notes under the text.
fn small_type_growth(type_scale: i64) -> i64 {
    let growth = (type_scale - 1000).max(0);
    growth.max(growth.min(100) * SMALL_TYPE_GROWTH)
}

impl Grid {
    /// About how high the capitals of titles in this size are.
    pub fn capitals(size: Length) -> Length {
        size.scale(66, 100)
    }

    /// Creates the grid of a book.
    pub fn for_book(book: &Book) -> Self {
        let right_to_left = book.language.is_right_to_left();
        let Print { trim, margins, printer, .. } = &book.print;
        let grid = Self::new(&book.design.style, *trim, *margins, right_to_left);
        let printable = printer.as_ref().and_then(|printer| printer.min_line());
        Self { rule: printable.map_or(RULE, |line| line.max(RULE)), ..grid }
    }

    /// Creates the grid of a page of the given size.
    pub fn new(style: &PageStyle, trim: Size, margins: Option<Edges>, binding_right: bool) -> Self {
        let type_scale = type_scale(trim);
        let margins = margins.unwrap_or_else(|| style.page.margins_of(trim));
        // On most pages, the margins leave room for far more than 68 characters: the column
        // keeps its measure.
        let room = trim.width - margins.inner - margins.outer;
        let Columns { count, gap } = style.page.columns;
        let columns = PageColumns::new(count, room, trim.shorter().scale(gap, 1000));
        let measure = room.min(style.page.measure.scale(type_scale, 1000));
        // Where text is in columns under lines across the page, a single one is as wide as these.
        let is_near = style.page.text_columns > 1 && room * 100 <= measure * NEARLY_PAGE;
        let measure = if is_near { room } else { measure };
        let (measure, before) = match &columns {
            // The text is as wide as whole columns, and begins with one.
            Some(columns) => {
                let of_text = columns.within(measure);
                let free = columns.count - of_text;
                let before = (free * style.page.column + 500) / 1000;
                (columns.span(of_text), columns.step(before))
            }
            None => (measure, (room - measure).scale(style.page.column, 1000)),
        };
        Self {
            trim,
            margins,
            measure,
            column_inset: margins.inner + before,
            sink: trim.height.scale(style.page.sink, 1000),
            leading: style.text_styles.text.leading.scale(type_scale, 1000),
            rule: RULE,
            columns,
            binding_right,
            is_column: false,
            type_scale,
            small_type_growth: small_type_growth(type_scale),
            style: *style,
        }
    }

    /// Scales a type size given in thousandths of a point for a page of 210 mm.
    pub fn size(&self, milli_pt: i64) -> Length {
        Length::milli_pt(milli_pt).scale(self.type_scale, 1000)
    }

    /// The type size of a text style on this page.
    pub fn size_of(&self, text_style: &TextStyle) -> Length {
        let size = text_style.size;
        let grown = size.scale(self.type_scale, 1000) + self.additional_size(size);
        grown.max(MIN_TYPE_SIZE.min(size))
    }

    /// What type of this size grows more than other type.
    fn additional_size(&self, size: Length) -> Length {
        (SMALL_TYPE - size).max(Length::ZERO).scale(self.small_type_growth, 1000)
    }

    /// The leading of a text style on this page.
    pub fn leading_of(&self, text_style: &TextStyle) -> Length {
        let more = self.additional_size(text_style.size).scale(120, 100);
        text_style.leading.scale(self.type_scale, 1000) + more
    }

    /// The left edge of the text column.
    pub fn column_left(&self, side: Side) -> Length {
        // From the margin, which is wider at the spine.
        let edge = if self.begins_at_first_column() {
            let start = if self.binding_right {
                self.margins.right(side, true)
            } else {
                self.margins.left(side, false)
            };
            start + self.column_inset - self.margins.inner
        } else {
            self.column_inset
        };
        if self.column_is_left(side) { edge } else { self.trim.width - edge - self.measure }
    }

    /// Whether the text column is nearer to the left edge: at the side of the spine, or under the
    /// first of several columns.
    pub fn column_is_left(&self, side: Side) -> bool {
        if self.begins_at_first_column() {
            !self.binding_right
        } else {
            self.bind_edge_is_left(side)
        }
    }

    /// Whether a single column of text is where lines begin, under the first of several columns, as
    /// in a book whose design has several.
    pub fn begins_at_first_column(&self) -> bool {
        self.style.page.text_columns > 1 && !self.is_column
    }

    /// Whether the page is bound at its left edge.
    pub fn bind_edge_is_left(&self, side: Side) -> bool {
        (side == Side::Recto) != self.binding_right
    }

    /// The area inside the margins.
    pub fn inside(&self, side: Side) -> Rect {
        let left = self.margins.left(side, self.binding_right);
        let right = self.margins.right(side, self.binding_right);
        Rect::new(
            Point::new(left, self.margins.top),
            Size::new(
                self.trim.width - left - right,
                self.trim.height - self.margins.top - self.margins.bottom,
            ),
        )
    }

    /// The number of lines of running text on a page.
    pub fn rows(&self) -> usize {
        let room = self.trim.height - self.margins.top - self.margins.bottom;
        usize::try_from(room.to_emu() / self.leading.to_emu().max(1)).unwrap_or(1).max(1)
    }

    /// The baseline of the row with this index, counted from the top margin.
    pub fn baseline(&self, row: usize) -> Length {
        self.margins.top + self.leading * (i64::try_from(row).unwrap_or(0) + 1)
    }

    /// The row of the first line of titles. At the head, the capitals of the largest title begin at
    /// the top margin, and all other titles share its baseline.
    pub fn title_row(&self) -> usize {
        if !self.style.titles.at_head {
            return self.sink_row();
        }
        let capitals = Self::capitals(self.size_of(&self.style.text_styles.title));
        let below_line = if self.style.hairlines { self.leading } else { Length::ZERO };
        let top = self.margins.top + below_line + capitals;
        (0..self.rows()).find(|&row| self.baseline(row) >= top).unwrap_or(0)
    }

    /// The grid of a column of running text with this left edge and width, on pages of this side.
    #[must_use]
    pub fn with_column(&self, left: Length, measure: Length, side: Side) -> Self {
        let column_inset =
            if self.bind_edge_is_left(side) { left } else { self.trim.width - left - measure };
        Self { measure, column_inset, is_column: true, ..*self }
    }

    /// The grid of text across all its columns, as wide as the page between its margins.
    #[must_use]
    pub fn across_columns(&self) -> Self {
        let measure = self.trim.width - self.margins.inner - self.margins.outer;
        Self { measure, column_inset: self.margins.inner, is_column: false, ..*self }
    }

    /// How far what is wider than a single column of text may reach beyond it, from the least on: by
    /// whole columns of the page if it has any, or else by what is free at the ends of lines on both
    /// sides of a leaf. The last is the width between the margins.
    pub fn wide_extents(&self) -> Vec<Overhang> {
        if self.is_column {
            return Vec::new();
        }
        let inner = (self.column_inset - self.margins.inner).max(Length::ZERO);
        let used = self.margins.outer + self.column_inset + self.measure;
        let outer = (self.trim.width - used).max(Length::ZERO);
        let mut extents: Vec<Overhang> = match &self.columns {
            Some(columns) => (1..=columns.count)
                .map(|count| columns.span(count) - self.measure)
                .filter(|more| *more > Length::ZERO && *more <= outer)
                .map(|more| {
                    if self.begins_at_first_column() {
                        Overhang::at_end(more)
                    } else {
                        Overhang { outer: more, ..Overhang::default() }
                    }
                })
                .collect(),
            None => vec![Overhang::at_end(inner.min(outer))],
        };
        extents.push(Overhang { end: Length::ZERO, inner, outer });
        extents
    }

    /// The columns in which running text is set: at most as many as the design has, and each wide
    /// enough to be read.
    pub fn text_columns(&self) -> TextColumns {
        let single = TextColumns { count: 1, width: self.measure, step: Length::ZERO };
        let least = MIN_TEXT_COLUMN.scale(self.type_scale, 1000);
        let counts = (2..=self.style.page.text_columns).rev().map(|count| self.columns_of(count));
        counts.into_iter().find(|columns| columns.width >= least).unwrap_or(single)
    }

    /// One column of running text less than usual, if each is then still narrow enough to be read.
    pub fn fewer_text_columns(&self) -> Option<TextColumns> {
        let count = self.text_columns().count - 1;
        let most = self.style.page.measure.scale(self.type_scale * 115, 100_000);
        (count > 1).then(|| self.columns_of(count)).filter(|columns| columns.width <= most)
    }

    /// This number of columns of text between the margins.
    fn columns_of(&self, count: i64) -> TextColumns {
        match &self.columns {
            // Each is as wide as a whole number of columns of the page.
            Some(columns) if columns.count % count == 0 => {
                let each = columns.count / count;
                TextColumns { count, width: columns.span(each), step: columns.step(each) }
            }
            _ => {
                let room = self.trim.width - self.margins.inner - self.margins.outer;
                let gap = self.leading;
                let width = (room - gap * (count - 1)) / count;
                TextColumns { count, width, step: width + gap }
            }
        }
    }

    /// The left edge and the width of titles: those of running text, in all its columns.
    pub fn title_extent(&self, side: Side) -> (Length, Length) {
        if self.text_columns().count > 1 {
            let inside = self.inside(side);
            (inside.x, inside.width)
        } else {
            // Titles are large: one more column saves lines, where lines have room at their ends.
            let (left, inside) = (self.column_left(side), self.inside(side));
            let free = if self.binding_right {
                left - inside.x
            } else {
                inside.right() - left - self.measure
            };
            let more = self.columns.map(|columns| columns.step(1)).filter(|more| *more <= free);
            let more = more.unwrap_or_default();
            let left = if self.binding_right { left - more } else { left };
            (left, self.measure + more)
        }
    }

    /// The first row whose baseline is at or below the sink.
    pub fn sink_row(&self) -> usize {
        (0..self.rows()).find(|&row| self.baseline(row) >= self.sink).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Grid {
        Grid::new(&PageStyle::CLASSIC, Size::new(Length::mm(210), Length::mm(210)), None, false)
    }

    #[test]
    fn the_column_is_mirrored_at_the_spine() {
        let grid = square();
        let recto = grid.column_left(Side::Recto);
        let verso = grid.column_left(Side::Verso);
        assert_eq!(verso + grid.measure + recto, grid.trim.width);
    }

    #[test]
    fn a_single_column_of_a_design_with_several_begins_where_lines_begin() {
        let mut style = PageStyle::CLASSIC;
        style.page.text_columns = 3;
        style.page.column = 0;
        for binding_right in [false, true] {
            let trim = Size::new(Length::mm(210), Length::mm(210));
            let grid = Grid::new(&style, trim, None, binding_right);
            for side in [Side::Recto, Side::Verso] {
                let (left, inside) = (grid.column_left(side), grid.inside(side));
                let start = if binding_right { left + grid.measure } else { left };
                assert_eq!(start, if binding_right { inside.right() } else { inside.x });
            }
        }
    }

    #[test]
    fn a_page_of_210_mm_sets_type_at_its_nominal_size() {
        assert_eq!(square().size(10_000), Length::pt(10));
    }

    #[test]
    fn on_pages_of_a4_captions_and_folios_grow_more_than_text() {
        for (width, height) in [(210, 297), (297, 210)] {
            let trim = Size::new(Length::mm(width), Length::mm(height));
            let grid = Grid::new(&PageStyle::CLASSIC, trim, None, false);
            let styles = &PageStyle::CLASSIC.text_styles;
            let sizes = [&styles.text, &styles.caption, &styles.credit, &styles.folio];
            let expected = [11_000, 9_400, 8_600, 8_600].map(Length::milli_pt);
            assert_eq!(sizes.map(|style| grid.size_of(style)), expected);
        }
    }
}
