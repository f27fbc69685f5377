//! Pictures and colours at the edge of a page that end before the bleed does.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{
    Book, Entry, Ink, Item, Length, Page, Pages, Plate, PlateLayout, Point, Rect, Side,
};

use super::safe_area::{Edge, measurable};

/// One finding for each page and edge with art that does not fill the bleed: a picture or a colour
/// that extends to the trim, the colour of the page, and a full-bleed picture wherever it ends. The
/// halves of a spread must fill the bleed at the fold, too.
pub(super) fn short(book: &Book, pages: &Pages) -> Vec<Finding> {
    pages.pages.iter().flat_map(|page| on_page(book, page, pages, false)).collect()
}

/// The same for a sheet that is not a page of the block, such as the cover.
pub(super) fn short_of_sheet(book: &Book, pages: &Pages) -> Vec<Finding> {
    pages.pages.iter().flat_map(|page| on_page(book, page, pages, true)).collect()
}

fn on_page(book: &Book, page: &Page, pages: &Pages, is_sheet: bool) -> Vec<Finding> {
    let trim = Rect::new(Point::default(), pages.trim);
    let sheet = Rect::with_bleed(pages.trim, &pages.bleed, page.side, pages.binding_right);
    let entry = page.entry.and_then(|id| book.entries.get(id.0));
    let plate = entry.and_then(Entry::plate);
    let mut reported = BTreeSet::new();
    let mut findings = Vec::new();
    for item in &page.items {
        let (art, what) = match item {
            Item::Picture(placed) => {
                (placed.clip.common(&placed.frame), placed.picture.name.clone())
            }
            Item::Rule(rule) if rule.ink == Ink::PAPER => continue,
            Item::Rule(rule) => (rule.rect, "a colour".to_owned()),
            Item::Glyphs(_) => continue,
        };
        let is_plate = |plate: &Plate| matches!(item, Item::Picture(placed) if placed.picture.path == plate.picture.path);
        // Its caption may be on a strip at the foot, where it does not extend to the edge.
        let fills = plate.is_some_and(|it| it.layout != PlateLayout::Framed && is_plate(it));
        for (side, missing, reaches_trim) in [
            (SheetEdge::Left, art.x - sheet.x, art.x <= trim.x),
            (SheetEdge::Top, art.y - sheet.y, art.y <= trim.y),
            (SheetEdge::Right, sheet.right() - art.right(), art.right() >= trim.right()),
            (SheetEdge::Bottom, sheet.bottom() - art.bottom(), art.bottom() >= trim.bottom()),
        ] {
            let must_reach = reaches_trim || (fills && side != SheetEdge::Bottom);
            if missing <= Length::ZERO || !must_reach {
                continue;
            }
            let edge = if is_sheet {
                side.name()
            } else {
                side.edge(page.side, pages.binding_right).name()
            };
            if !reported.insert((what.clone(), edge)) {
                continue;
            }
            let message = format!(
                "{what} ends {} before the end of the bleed at {}",
                measurable(missing),
                edge
            );
            let finding = Finding::new(Code::BleedShort, message)
                .help("this is an error in recto; please report it")
                .at(plate.filter(|it| is_plate(it)).and_then(|plate| plate.location.clone()));
            findings.push(finding.page(page.folio.to_string()));
        }
    }
    findings
}

/// A side of the printed sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SheetEdge {
    Left,
    Top,
    Right,
    Bottom,
}

impl SheetEdge {
    /// Its name on a sheet.
    fn name(self) -> &'static str {
        match self {
            Self::Left => "the left edge",
            Self::Top => "the upper edge",
            Self::Right => "the right edge",
            Self::Bottom => "the lower edge",
        }
    }

    /// The edge of a page on this side of a leaf.
    fn edge(self, side: Side, binding_right: bool) -> Edge {
        let inner_is_left = (side == Side::Recto) != binding_right;
        match self {
            Self::Top => Edge::Top,
            Self::Bottom => Edge::Bottom,
            Self::Left if inner_is_left => Edge::Inner,
            Self::Right if !inner_is_left => Edge::Inner,
            Self::Left | Self::Right => Edge::Outer,
        }
    }
}
