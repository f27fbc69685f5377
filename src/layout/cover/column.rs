//! Columns of running text on the back and the flaps.

use crate::model::{
    Block, Book, CoverStyle, Edges, Folio, Item, Length, Page, Point, Side, Size, StructureElement,
    StructureKind,
};
use crate::typeset::Faces;

use crate::layout::cover::measures::CoverMeasures;
use crate::layout::text::page_breaks::{PageDepth, PageSlice, break_pages};
use crate::layout::text::rows::{SetText, TextRow};
use crate::layout::text::{flow, running_text, styles};
use crate::layout::{Grid, placement};

/// The sizes that are tried, in per cent.
const SIZES: [i64; 9] = [100, 95, 90, 85, 81, 77, 73, 69, 65];
/// The narrowest column of a good measure, in ems: about 45 characters.
pub(super) const NARROWEST: i64 = 22;

/// A text set in a column: as large as all of it fits, or as much of it as fits.
pub(super) struct TextColumn {
    text: SetText,
    grid: Grid,
    slice: Option<PageSlice>,
    /// The distance from the top of the column to the first baseline.
    cap_height: Length,
    /// The number of lines.
    pub(super) lines: usize,
    /// The number of lines that do not fit.
    pub(super) left_out: usize,
    /// Whether it fits in its usual size.
    pub(super) is_whole: bool,
}

impl TextColumn {
    /// Sets a text in the styles of `base`.
    pub(super) fn new(
        measures: &CoverMeasures<'_>,
        base: &Grid,
        blocks: &[Block],
        room: Size,
    ) -> Self {
        let set = |size| Self::in_size(measures.book, measures.faces, base, blocks, room, size);
        let least = measures.least_type_scale();
        let is_readable = |size: &i64| base.type_scale * size / 100 >= least;
        let mut column = set(SIZES[0]);
        for size in SIZES.into_iter().skip(1).filter(is_readable) {
            if column.left_out == 0 {
                break;
            }
            column = set(size);
        }
        column
    }

    fn in_size(
        book: &Book,
        faces: &Faces,
        base: &Grid,
        blocks: &[Block],
        room: Size,
        per_cent: i64,
    ) -> Self {
        let mut style = base.style;
        style.justified &= style.cover != CoverStyle::Centred;
        let leading = base.leading.scale(per_cent, 100);
        let mut grid = Grid {
            trim: room,
            margins: Edges::default(),
            measure: room.width,
            column_inset: Length::ZERO,
            sink: Length::ZERO,
            leading,
            type_scale: base.type_scale * per_cent / 100,
            style,
            ..*base
        };
        let cap_height = faces.metrics(&styles::text(&grid)).cap_height;
        // The first line begins with its capitals, not with its leading.
        grid.trim.height = room.height + leading - cap_height;
        // The cover is not tagged.
        let section = StructureElement::part(StructureKind::Section);
        let text = flow::cover_text(faces, &grid, book, &section, blocks);
        let rows = grid.rows();
        let depth = PageDepth {
            opening: rows,
            full: rows,
            opens_recto: true,
            leading,
            note_leading: running_text::note_leading(&grid),
        };
        let count = |rows: &[TextRow]| rows.iter().filter(|row| !row.is_blank()).count();
        let lines = count(&text.rows);
        let (slice, left_out) = if room.height < cap_height {
            (None, lines)
        } else {
            let slices = break_pages(&text, depth);
            let others = slices.iter().skip(1);
            let left_out = others.map(|slice| count(&text.rows[slice.rows.clone()])).sum();
            (slices.into_iter().next(), left_out)
        };
        let is_whole = left_out == 0 && per_cent == SIZES[0];
        Self { text, grid, slice, cap_height, lines, left_out, is_whole }
    }

    /// From the top of the first capitals to the last baseline.
    pub(super) fn height(&self) -> Length {
        let rows = self.slice.as_ref().map_or(0, |slice| {
            let above = crate::layout::text::rows::Above::Head;
            let figure =
                slice.figure.map_or(0, |(figure, _)| self.text.figures[figure].rows(above));
            slice.rows.len() + figure
        });
        match i64::try_from(rows) {
            Ok(rows @ 1..) => self.cap_height + self.grid.leading * (rows - 1),
            _ => Length::ZERO,
        }
    }

    /// Places the column with its upper left corner at `at`.
    pub(super) fn place(&self, page: &mut Page, at: Point) {
        let Some(slice) = &self.slice else { return };
        let folio = Folio::roman(1);
        let mut column = placement::blank(folio, Side::Recto);
        running_text::place(&mut column, &self.text, slice, 0, &self.grid);
        let up = self.grid.leading - self.cap_height;
        move_to(page, column, at.x, at.y - up);
    }
}

/// Moves what is on one page to another.
fn move_to(page: &mut Page, from: Page, across: Length, down: Length) {
    let passages = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.passage.number),
        Item::Picture(_) | Item::Rule(_) => None,
    });
    let passages = passages.max().unwrap_or(0);
    page.items.extend(from.items.into_iter().map(|mut item| {
        item.move_by(across, down);
        if let Item::Glyphs(run) = &mut item {
            run.passage.number += passages;
        }
        item
    }));
    page.torn.extend(from.torn);
    page.links.extend(from.links.into_iter().map(|mut link| {
        link.rect = link.rect.moved(across, down);
        link
    }));
}
