//! The e-book's front cover, 10 : 16 as the shops show it.

use std::sync::Arc;

use crate::model::{
    Book, Cover, Edges, Folio, Item, Length, Numbering, Page, Pages, Picture, PlacedPicture, Point,
    Rect, Side, Size, Turn,
};
use crate::typeset::{Faces, Span, Style};

use super::{Grid, ground, place, styles};

/// Sets the front cover as a single page: the picture over the head of it, the title under
/// the picture, or the title alone.
pub fn cover(book: &Book, faces: &Faces) -> Pages {
    let trim = Size::new(Length::mm(100), Length::mm(160));
    let grid = Grid::new(&book.design.look, trim, None, book.language.is_right_to_left());
    let folio = Folio { numbering: Numbering::Roman, number: 1 };
    let mut page = place::blank(folio, Side::Recto);
    let title_at = match &book.cover {
        Cover::Photo(picture) => {
            let area =
                Rect::new(Point::default(), Size::new(trim.width, trim.height.scale(64, 100)));
            page.items.push(filling(picture, area));
            area.bottom() + trim.height.scale(9, 100)
        }
        Cover::Typographic => trim.height.scale(30, 100),
    };
    words(&mut page, book, faces, &grid, title_at);
    ground::lay(std::slice::from_mut(&mut page), &Edges::default(), &grid);
    Pages {
        trim,
        bleed: Edges::default(),
        binding_right: grid.binding_right,
        pages: vec![page],
        bookmarks: Vec::new(),
        overset: Vec::new(),
        padding: 0,
    }
}

/// The title, the line under it, and the first names at the foot.
fn words(page: &mut Page, book: &Book, faces: &Faces, grid: &Grid, top: Length) {
    let side = grid.trim.width.scale(9, 100);
    let measure = grid.trim.width - side * 2;
    let set = |words: &str, style: Style| {
        let spans = vec![Span { text: words.to_owned(), style, link: None }];
        place::ragged(faces, spans, &book.language, measure, styles::title_align(grid))
    };
    // A long title is set smaller, until it takes three lines at the most.
    let voice = grid.look.voices.title.size;
    let sized = |thirtieths: i64| {
        let style = Style { size: voice.scale(thirtieths, 30), ..styles::title(grid) };
        (style.size, set(&book.title, style))
    };
    let (size, lines) = [30, 26, 22, 18, 14]
        .into_iter()
        .map(sized)
        .find(|(_, lines)| lines.len() <= 2)
        .unwrap_or_else(|| sized(12));
    let leading = size.scale(115, 100);
    let mut y = place::lines(page, &lines, Point::new(side, top), leading) - leading;
    if let Some(subtitle) = &book.subtitle {
        let style = Style { size: Length::milli_pt(10_500), ..styles::subtitle(grid) };
        let lines = set(subtitle, style);
        y += Length::milli_pt(19_000);
        place::lines(page, &lines, Point::new(side, y), Length::milli_pt(14_000));
    }
    // At the foot, the last line lowest.
    let style = Style { size: Length::milli_pt(9_000), ..styles::caption(grid) };
    let leading = Length::milli_pt(13_000);
    let bylines: Vec<_> =
        book.bylines().iter().flat_map(|words| set(words, style.clone())).collect();
    let above = i64::try_from(bylines.len()).unwrap_or(0) - 1;
    let first = grid.trim.height - side - leading * above;
    place::lines(page, &bylines, Point::new(side, first), leading);
}

/// A picture that fills an area and is cropped to it, about its centre.
fn filling(picture: &Picture, area: Rect) -> Item {
    let pixels = picture.upright();
    let (w, h) = (i64::from(pixels.width.max(1)), i64::from(pixels.height.max(1)));
    let by_width = Size::new(area.width, area.width.scale(h, w));
    let size = if by_width.height >= area.height {
        by_width
    } else {
        Size::new(area.height.scale(w, h), area.height)
    };
    let origin = Point::new(
        area.x - (size.width - area.width) / 2,
        area.y - (size.height - area.height) / 2,
    );
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(picture.clone()),
        alt: None,
        frame: Rect::new(origin, size),
        clip: area,
        turn: Turn::Upright,
        goes_on: false,
    }))
}
