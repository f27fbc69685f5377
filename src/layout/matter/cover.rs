//! The front cover of the e-book, in the proportions that shops show or in those of the book.

use std::sync::Arc;

use crate::model::{
    Book, Cover, Edges, Folio, Ink, Item, Length, Numbering, Page, Pages, Picture, PlacedPicture,
    Point, Rect, Rule, Side, Size, Turn,
};
use crate::typeset::{Faces, Span, Style};

use crate::layout::text::styles;
use crate::layout::{Grid, background, placement};

/// The cover size shown in shops; every cover has the same area.
pub const SHOP_COVER: Size = Size { width: Length::mm(100), height: Length::mm(160) };

/// The height reserved for the text under a picture: the title in two lines, the subtitle, two
/// names; but the picture takes at least half of the cover.
const TEXT_HEIGHT: Length = Length::milli_pt(163_000);

/// The colour of the border of a typographic cover: medium grey.
const BORDER_INK: Ink = Ink::gray(50);

/// Lays out the front cover, in the same proportions as `shape`, as a single page: the picture
/// at the top and the title below it, or only the title.
pub fn cover(book: &Book, faces: &Faces, shape: Size) -> Pages {
    let trim = with_standard_area(shape);
    let grid = Grid::new(&book.design.style, trim, None, book.language.is_right_to_left());
    let folio = Folio { numbering: Numbering::Roman, number: 1 };
    let mut page = placement::blank(folio, Side::Recto);
    let title_top = match &book.cover {
        Cover::Photo { picture, .. } => {
            let height = (trim.height - TEXT_HEIGHT).max(trim.height / 2);
            let area = Rect::new(Point::default(), Size::new(trim.width, height));
            page.items.push(fill(picture, area));
            area.bottom() + TEXT_HEIGHT / 4
        }
        Cover::Typographic => trim.height.scale(30, 100),
    };
    if matches!(book.cover, Cover::Typographic) {
        page.items.extend(border(trim));
    }
    add_text(&mut page, book, faces, &grid, title_top);
    background::lay(std::slice::from_mut(&mut page), &Edges::default(), &grid);
    Pages {
        trim,
        bleed: Edges::default(),
        binding_right: grid.binding_right,
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

/// Adds the title, the subtitle, and the names of the creators at the foot.
fn add_text(page: &mut Page, book: &Book, faces: &Faces, grid: &Grid, top: Length) {
    let side = grid.trim.width.min(grid.trim.height).scale(9, 100);
    let measure = grid.trim.width - side * 2;
    let set = |text: &str, style: Style| {
        let spans = vec![Span::new(text, style)];
        placement::ragged(faces, spans, &book.language, measure, styles::title_align(grid))
    };
    // A long title is set smaller, until it takes at most three lines.
    let title_size = grid.style.text_styles.title.size;
    let sized = |thirtieths: i64| {
        let style = Style { size: title_size.scale(thirtieths, 30), ..styles::title(grid) };
        (style.size, set(&book.title, style))
    };
    let (size, lines) = [30, 26, 22, 18, 14]
        .into_iter()
        .map(sized)
        .find(|(_, lines)| lines.len() <= 2)
        .unwrap_or_else(|| sized(12));
    let leading = size.scale(115, 100);
    let mut y = placement::lines(page, &lines, Point::new(side, top), leading) - leading;
    if let Some(subtitle) = &book.subtitle {
        let style = Style { size: Length::milli_pt(10_500), ..styles::subtitle(grid) };
        let lines = set(subtitle, style);
        y += Length::milli_pt(19_000);
        placement::lines(page, &lines, Point::new(side, y), Length::milli_pt(14_000));
    }
    // At the foot; the last line is at the bottom.
    let style = Style { size: Length::milli_pt(9_000), ..styles::caption(grid) };
    let leading = Length::milli_pt(13_000);
    let bylines: Vec<_> = book.bylines().iter().flat_map(|text| set(text, style.clone())).collect();
    let above = i64::try_from(bylines.len()).unwrap_or(0) - 1;
    let first = grid.trim.height - side - leading * above;
    placement::lines(page, &bylines, Point::new(side, first), leading);
}

/// The border of a light cover, which would otherwise have no visible edge on the white page of
/// a shop (KDP asks for three or four pixels of grey).
fn border(trim: Size) -> [Item; 4] {
    let line = Length::mm(1) / 4;
    let (right, bottom) = (trim.width - line, trim.height - line);
    let rule = |x, y, width, height| {
        let rect = Rect::new(Point::new(x, y), Size::new(width, height));
        Item::Rule(Rule { rect, ink: BORDER_INK })
    };
    [
        rule(Length::ZERO, Length::ZERO, trim.width, line),
        rule(Length::ZERO, bottom, trim.width, line),
        rule(Length::ZERO, Length::ZERO, line, trim.height),
        rule(right, Length::ZERO, line, trim.height),
    ]
}

/// A picture that fills an area and is cropped around its centre.
fn fill(picture: &Picture, area: Rect) -> Item {
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
        continues_previous: false,
        element: None,
    }))
}
