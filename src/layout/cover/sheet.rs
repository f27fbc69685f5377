//! The printed cover: back, spine and front on one sheet, with the flaps of a jacket.

use crate::model::{
    Block, Book, CoverIssue, CoverSheet, CoverTextPlace, Edges, Folio, Ink, Length, Page, Pages,
    Point, Rect, Side, Size,
};
use crate::typeset::Faces;

use crate::layout::cover::column::TextColumn;
use crate::layout::cover::front::FrontArea;
use crate::layout::cover::measures::CoverMeasures;
use crate::layout::cover::{back, front, spine};
use crate::layout::placement;

/// How far art goes around the edge to a flap, so that its fold may be a little off.
const AROUND_FOLD: Length = Length::mm(4);

/// The laid-out cover of a printed book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOutCover {
    /// The sheet as its only page.
    pub pages: Pages,
    /// What does not fit on it.
    pub issues: Vec<CoverIssue>,
}

/// Lays out the cover as a single page of the size of the sheet, in the order in which it is read:
/// front, spine, back, flaps.
pub fn cover_sheet(book: &Book, faces: &Faces, sheet: &CoverSheet) -> LaidOutCover {
    let folio = Folio::roman(1);
    let mut page = placement::blank(folio, Side::Recto);
    let mut issues = Vec::new();
    let board = sheet.front_board();
    let size = Size::new(board.width, board.height);
    // A little more than what is safe, because the cut is never exact.
    let measures = CoverMeasures::new(book, faces, size, sheet.safe_area + Length::mm(1));
    let whole = Rect {
        x: -sheet.bleed,
        y: -sheet.bleed,
        width: sheet.trim.width + sheet.bleed * 2,
        height: sheet.trim.height + sheet.bleed * 2,
    };
    if measures.ground() != Ink::PAPER {
        page.items.push(front::rule(whole, measures.ground()));
    }
    let fold_is_left = sheet.front.x > sheet.spine.x;
    let area = FrontArea {
        board,
        art: front_art(sheet, whole, fold_is_left),
        fold_is_left,
        hinge: Some(sheet.hinge),
    };
    let before = page.items.len();
    let lines = front::compose(&mut page, area, &measures);
    if front::is_crowded(&page.items[before..], sheet.front) {
        issues.push(CoverIssue::FrontTextLong);
    }
    spine::compose(&mut page, sheet, lines, &measures, &mut issues);
    back::compose(&mut page, sheet, lines, &measures, &mut issues);
    let flaps = [
        (sheet.front_flap, &book.cover_flaps.front, CoverTextPlace::FrontFlap),
        (sheet.back_flap, &book.cover_flaps.back, CoverTextPlace::BackFlap),
    ];
    for (area, blocks, place) in flaps {
        if let Some(area) = area.filter(|_| !blocks.is_empty()) {
            flap(&mut page, area, blocks, place, &measures, &mut issues);
        }
    }
    let pages = Pages {
        trim: sheet.trim,
        bleed: Edges::all(sheet.bleed),
        binding_right: book.language.is_right_to_left(),
        pages: vec![page],
        bookmarks: Vec::new(),
        overset: Vec::new(),
        wide_tables: Vec::new(),
        padding: 0,
    };
    LaidOutCover { pages, issues }
}

/// What a picture on the front may cover: from the fold to the end of the sheet, or a little onto
/// the flap.
fn front_art(sheet: &CoverSheet, whole: Rect, fold_is_left: bool) -> Rect {
    let front = sheet.front;
    let has_flap = sheet.front_flap.is_some();
    let (left, right) = match (fold_is_left, has_flap) {
        (true, true) => (front.x, front.right() + AROUND_FOLD),
        (true, false) => (front.x, whole.right()),
        (false, true) => (front.x - AROUND_FOLD, front.right()),
        (false, false) => (whole.x, front.right()),
    };
    Rect { x: left, width: right - left, ..whole }
}

/// The text of a flap.
fn flap(
    page: &mut Page,
    area: Rect,
    blocks: &[Block],
    place: CoverTextPlace,
    measures: &CoverMeasures<'_>,
    issues: &mut Vec<CoverIssue>,
) {
    let side = (area.width / 10).max(measures.margin.min(area.width / 7));
    let room = Size::new(area.width - side * 2, area.height - measures.margin * 2);
    let text = TextColumn::new(measures, &measures.grid, blocks, room);
    if text.left_out > 0 {
        let (lines, left_out) = (text.lines, text.left_out);
        issues.push(CoverIssue::TextCut { place, lines, left_out });
    }
    text.place(page, Point::new(area.x + side, area.y + measures.margin));
}
