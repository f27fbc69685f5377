//! Pictures that face a title or the picture of an opening begin on the same line as that, if they
//! nearly do.

use crate::model::{Item, Length, Page, PassageKind, Rect, Side, StructureKind};

use crate::layout::{Grid, hairlines, placement};

/// A picture seems to be meant to begin where the picture of an opening does if the two are less than
/// this part of the height of the page apart (one over the number).
const NEAR_PICTURE: i64 = 6;
/// The same for a title at the head of its page, and for one below it.
const NEAR_TITLE: i64 = 4;
const NEAR_SINK: i64 = 8;

/// Lets the framed pictures that face titles begin where these begin.
pub(in crate::layout) fn begin_with_titles(pages: &mut [Page], grid: &Grid) {
    let near = if grid.style.titles.at_head { NEAR_TITLE } else { NEAR_SINK };
    let nearest = grid.trim.height / near;
    let mut spreads = pages.iter_mut().skip_while(|page| page.side == Side::Recto);
    while let (Some(verso), Some(recto)) = (spreads.next(), spreads.next()) {
        match (top_of_title(verso, grid), top_of_title(recto, grid)) {
            (None, Some(line)) => begin_at(verso, line, nearest, grid),
            (Some(line), None) => begin_at(recto, line, nearest, grid),
            _ => {}
        }
    }
}

/// Lets a framed plate that faces the picture of the opening on the page with this index begin on the
/// same line as that.
pub(in crate::layout) fn begin_with_picture(
    pages: &mut [Page],
    index: usize,
    line: Length,
    grid: &Grid,
) {
    let is_recto = Side::from_index(index) == Side::Recto;
    let before = index.checked_sub(1).filter(|_| is_recto);
    if let Some(page) = before.and_then(|before| pages.get_mut(before)) {
        begin_at(page, line, grid.trim.height / NEAR_PICTURE, grid);
    }
}

/// Where the title of a page begins, if that is the first thing on it: with its capitals, or with the
/// line above it. A title above a picture of its own faces none.
fn top_of_title(page: &Page, grid: &Grid) -> Option<Length> {
    if page.entry.is_some() && pictures(page).next().is_some() {
        return None;
    }
    let content = page.items.iter().filter(|item| !placement::is_at_edge(item));
    let runs = content.filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        Item::Picture(_) | Item::Rule(_) => None,
    });
    let first = runs.min_by_key(|run| run.origin.y)?;
    let kind = first.element.as_ref()?.kind;
    let above = if grid.style.hairlines && grid.style.titles.at_head {
        hairlines::title_height(grid)
    } else {
        Grid::capitals(first.size)
    };
    // Headings within a text are hardly larger than it.
    let text = grid.size_of(&grid.style.text_styles.text);
    let is_title = matches!(kind, StructureKind::Heading(_)) && first.size * 10 > text * 13;
    is_title.then_some(first.origin.y - above)
}

/// Whether a page has no text besides captions.
fn has_only_captions(page: &Page) -> bool {
    page.items.iter().all(|item| match item {
        Item::Glyphs(run) => matches!(
            run.passage.kind,
            PassageKind::Caption | PassageKind::Folio | PassageKind::RunningHead
        ),
        Item::Picture(_) | Item::Rule(_) => true,
    })
}

fn pictures(page: &Page) -> impl Iterator<Item = Rect> {
    page.items.iter().filter_map(|item| match item {
        Item::Picture(placed) => Some(placed.clip),
        Item::Glyphs(_) | Item::Rule(_) => None,
    })
}

/// Lets the framed picture on a page, if it has a single one, begin on this line, if it is not farther
/// away than `nearest` and has room there with its caption. A picture in a text stays with it.
fn begin_at(page: &mut Page, line: Length, nearest: Length, grid: &Grid) {
    if !has_only_captions(page) {
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
