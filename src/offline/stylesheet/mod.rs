//! The stylesheet of the page: the rules of all books, those of the design, and the fonts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;

use crate::html::fonts::embedded::EmbeddedFace;
use crate::html::fonts::web;
use crate::html::style::design_css::Elements;
use crate::html::style::stylesheet::{Stylesheet, StylesheetBase};
use crate::model::{Book, Pixels};
use crate::typeset::Faces;

use super::pictures::OfflinePictures;

mod colours;

/// The rules of all books.
const PAGE: StylesheetBase = StylesheetBase {
    rules: include_str!("../assets/page.css"),
    elements: Elements {
        headings: "h3, h4, h5, h6",
        chapter: "main h2",
        part: "main > .part > h2",
        title: "main h1",
        caption: "figcaption, .imprint p, .dateline, .label, .downloads h2, .downloads li",
        openings: "main > .essay > h2, main > .chapter > h2, main > .colophon > h2",
        titles: "main h1, main h2, .titlepage p",
        sink: None,
        has_pages: false,
    },
    has_display_titles: true,
};

/// The features of fonts that the rules ask for, besides those that browsers apply by themselves:
/// small capitals, and superior figures.
const FEATURES: [[u8; 4]; 3] = [*b"smcp", *b"c2sc", *b"sups"];

/// The stylesheet of a book, with its fonts reduced to the characters of the page.
pub(super) fn stylesheet(
    book: &Book,
    faces: &Faces,
    page: &str,
    pictures: &OfflinePictures<'_>,
) -> String {
    let Stylesheet { rules, faces, .. } = Stylesheet::new(book, faces, None, &PAGE);
    let mut characters: BTreeSet<char> = page.chars().collect();
    if page.contains("<hr") {
        // The ornament between two parts of a text is in the stylesheet.
        characters.insert('*');
    }
    if page.contains("<ol") {
        // So are the numbers of lists.
        characters.extend(book.language.digits().write("0123456789").chars());
        characters.insert('.');
    }
    // What divided words end with.
    characters.extend(['-', '\u{2010}']);
    let mut css: String = faces.iter().map(|face| font_face(face, &characters)).collect();
    css += &rules;
    css += &colours::properties(&book.design.style);
    css += &shapes(pictures);
    css
}

/// The rule of a face, with its font inside.
fn font_face(face: &EmbeddedFace<'_>, characters: &BTreeSet<char>) -> String {
    let font = match face.bundled {
        Some(name) => web::bundled_web_font(name, characters, &FEATURES),
        None => web::web_font(&face.bytes, 0, characters, &FEATURES),
    };
    let (media_type, bytes) = match &font {
        Some(woff) => ("font/woff", woff.as_slice()),
        None => (face.media_type, &*face.bytes),
    };
    let data = Base64Display::new(bytes, &STANDARD);
    face.font_face_rule_at(&format!("data:{media_type};base64,{data}"))
}

/// The class of pictures with the shape of these pixels.
pub(super) fn shape_class(Pixels { width, height }: Pixels) -> String {
    format!("shape-{}", hundredths(width, height))
}

/// The width of a picture for its height, in hundredths.
fn hundredths(width: u32, height: u32) -> u64 {
    let (width, height) = (u64::from(width), u64::from(height).max(1));
    ((width * 100 + height / 2) / height).max(1)
}

/// For each shape of a picture, its width for its height, and the root of it, by which pictures of
/// all shapes have the same area.
fn shapes(pictures: &OfflinePictures<'_>) -> String {
    let mut shapes = BTreeSet::new();
    for picture in &pictures.list {
        for size in [picture.sizes.largest(), picture.sizes.smallest()] {
            shapes.insert(hundredths(size.pixels.width, size.pixels.height));
        }
    }
    let mut css = "\n/* The shapes of the pictures. */\n".to_owned();
    for shape in shapes {
        let root = (shape * 1_000_000).isqrt();
        // Writing to a string cannot fail.
        let _ = writeln!(
            css,
            ".shape-{shape} {{ --shape: {}.{:02}; --root: {}.{:04}; }}",
            shape / 100,
            shape % 100,
            root / 10_000,
            root % 10_000
        );
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_rounded_to_hundredths() {
        assert_eq!(shape_class(Pixels { width: 2048, height: 1365 }), "shape-150");
        assert_eq!(shape_class(Pixels { width: 1, height: 900 }), "shape-1");
    }
}
