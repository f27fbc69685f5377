//! Texts that would need another page for their last lines: the title stands higher, and the type of
//! a colophon is a little smaller.

use crate::model::{Item, Length, Page, PageStyle, TextStyle, TextStyles};

use crate::layout::Grid;
use crate::layout::text::page_breaks;
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::rows::SetText;

/// The sizes of the type, in per cent.
const SIZES: [i64; 3] = [96, 93, 90];
/// The smallest type.
const SMALLEST: Length = Length::milli_pt(8_000);

/// A text that fits on the page of its title.
pub(super) struct OnePage {
    pub(super) text: SetText,
    /// The grid of its type.
    pub(super) grid: Grid,
    /// Its first row on this grid.
    pub(super) first_row: usize,
    /// How far the title is moved up.
    pub(super) raised: Length,
}

/// Sets a text whose first row is `first_row` so that it needs no second page, if it needs one for
/// a few lines. `set` sets it in the type of a grid, `depth` says how many rows its pages have.
pub(super) fn on_one_page(
    text: &SetText,
    first_row: usize,
    grid: &Grid,
    set: impl Fn(&Grid) -> SetText,
    depth: impl Fn(&Grid, usize) -> PageDepth,
) -> Option<OnePage> {
    let pages =
        |text: &SetText, grid: &Grid, row| page_breaks::break_pages(text, depth(grid, row)).len();
    if pages(text, grid, first_row) != 2 {
        return None;
    }
    // Above, the title keeps half of its space.
    let most = (grid.title_row() / 2).min(first_row);
    let raised = (1..=most).find(|rows| pages(text, grid, first_row - rows) == 1);
    if let Some(rows) = raised {
        let raised = rows_high(rows, grid);
        return Some(OnePage {
            text: text.clone(),
            grid: *grid,
            first_row: first_row - rows,
            raised,
        });
    }
    let top = grid.baseline(first_row - most);
    SIZES.into_iter().find_map(|size| {
        let tight = tightened(grid, size);
        if tight.size_of(&tight.style.text_styles.text) < SMALLEST {
            return None;
        }
        let first_row = (0..tight.rows()).find(|row| tight.baseline(*row) >= top)?;
        let text = set(&tight);
        (pages(&text, &tight, first_row) == 1).then_some(OnePage {
            text,
            grid: tight,
            first_row,
            raised: rows_high(most, grid),
        })
    })
}

/// The rows by which a text may be moved up: above the title, or between it and the text if it is at
/// the head, half of the space remains. `title_foot` is the first row that the title leaves free.
pub(super) fn most_raised_rows(first_row: usize, title_foot: usize, grid: &Grid) -> usize {
    if grid.style.titles.at_head {
        first_row.saturating_sub(title_foot) / 2
    } else {
        (grid.title_row() / 2).min(first_row)
    }
}

/// By how many rows a text whose first row is `first_row` has to be moved up, at most by `most`, so
/// that it needs no last page with only a few lines; none if that is not enough.
pub(super) fn raised_rows(
    text: &SetText,
    first_row: usize,
    most: usize,
    depth: impl Fn(usize) -> PageDepth,
) -> usize {
    let Some(pages) = page_breaks::pages_before_few_lines(text, depth(first_row)) else {
        return 0;
    };
    let needs = |rows: &usize| page_breaks::break_pages(text, depth(first_row - rows)).len();
    (1..=most).find(|rows| needs(rows) <= pages).unwrap_or(0)
}

pub(super) fn rows_high(rows: usize, grid: &Grid) -> Length {
    grid.leading * i64::try_from(rows).unwrap_or(0)
}

/// The grid with smaller running text.
fn tightened(grid: &Grid, size: i64) -> Grid {
    let text_styles = grid.style.text_styles;
    let smaller = |style: TextStyle| TextStyle {
        size: style.size.scale(size, 100),
        leading: style.leading.scale(size, 100),
        ..style
    };
    let text_styles = TextStyles {
        text: smaller(text_styles.text),
        heading: smaller(text_styles.heading),
        ..text_styles
    };
    let style = PageStyle { text_styles, ..grid.style };
    Grid { leading: grid.leading.scale(size, 100), style, ..*grid }
}

/// Moves the title of a page up.
pub(super) fn raise_title(page: &mut Page, by: Length) {
    for item in &mut page.items {
        let is_of_title = match item {
            Item::Glyphs(_) => true,
            Item::Rule(rule) => rule.is_round,
            Item::Picture(_) => false,
        };
        if is_of_title {
            item.move_by(Length::ZERO, -by);
        }
    }
    for link in &mut page.links {
        link.rect.y -= by;
    }
}
