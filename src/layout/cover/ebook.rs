//! The front cover of the e-book, in the proportions that shops show or in those of the book.

use crate::model::{Book, Edges, Folio, Ink, Length, Pages, Point, Rect, Side, Size};
use crate::typeset::Faces;

use crate::layout::cover::front;
use crate::layout::cover::front::FrontArea;
use crate::layout::cover::measures::CoverMeasures;
use crate::layout::placement;

/// The cover size shown in shops; every cover has the same area.
pub const SHOP_COVER: Size = Size { width: Length::mm(100), height: Length::mm(160) };

/// The colour of the border: medium grey.
const BORDER_INK: Ink = Ink::gray(50);

/// Lays out the front cover, in the same proportions as `shape`, as a single page: the front of the
/// printed book without the bleed, and without what is there for the sake of its fold.
pub fn cover(book: &Book, faces: &Faces, shape: Size) -> Pages {
    let trim = with_standard_area(shape);
    let folio = Folio::roman(1);
    let mut page = placement::blank(folio, Side::Recto);
    let measures = CoverMeasures::new(book, faces, trim, Length::ZERO);
    let board = Rect::new(Point::default(), trim);
    let ground = measures.ground();
    if ground != Ink::PAPER {
        page.items.push(front::rule(board, ground));
    }
    // A light cover would otherwise have no visible edge on the white page of a shop (KDP asks for
    // three or four pixels of grey). A photo covers it where it extends to the edge.
    if ground.k < 25 {
        front::border(&mut page, board, Length::mm(1) / 4, BORDER_INK);
    }
    let binding_right = book.language.is_right_to_left();
    // A screen has no fold, and so no strip along it that is left free.
    let area = FrontArea { board, art: board, fold_is_left: !binding_right, hinge: None };
    front::compose(&mut page, area, &measures);
    Pages {
        trim,
        bleed: Edges::default(),
        binding_right,
        pages: vec![page],
        bookmarks: Vec::new(),
        overset: Vec::new(),
        wide_tables: Vec::new(),
        padding: 0,
    }
}

/// The size with these proportions and the area of all covers, so that the text fits in the same
/// way.
fn with_standard_area(shape: Size) -> Size {
    let area = |size: Size| i128::from(size.width.to_emu()) * i128::from(size.height.to_emu());
    let side = |long: Length, short: Length| {
        let square =
            area(SHOP_COVER) * i128::from(long.to_emu()) / i128::from(short.to_emu().max(1));
        Length::emu(i64::try_from(square.isqrt()).unwrap_or_default())
    };
    if shape == SHOP_COVER {
        return shape;
    }
    Size::new(side(shape.width, shape.height), side(shape.height, shape.width))
}
