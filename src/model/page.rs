//! Laid-out pages: all that a writer needs to put ink on paper.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Edges, EntryId, Ink, Length, Picture, Point, Rect, Side, Size, Turn};

/// A laid-out book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The finished size of every page.
    pub trim: Size,
    /// How far art may reach beyond the trim.
    pub bleed: Edges,
    /// Whether the book binds on the right, as Arabic and Hebrew books do.
    pub binding_right: bool,
    /// The pages in reading order; the first is a recto.
    pub pages: Vec<Page>,
    /// The bookmarks, as a tree.
    pub bookmarks: Vec<Bookmark>,
    /// The plates whose captions found no room: some of their words are on no page.
    pub overset: Vec<EntryId>,
    /// How many blank pages were added to make their number what the press prints together.
    pub padding: usize,
}

impl Pages {
    /// All that is set in type, page by page.
    pub fn runs(&self) -> impl Iterator<Item = &GlyphRun> {
        self.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Glyphs(run) if !run.glyphs.is_empty() => Some(run),
            _ => None,
        })
    }
}

/// One side of a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its number.
    pub folio: Folio,
    /// Which side of its leaf it is.
    pub side: Side,
    /// The entry it shows, if it shows one.
    pub entry: Option<EntryId>,
    /// What stands on it, in reading order, which is also painting order.
    pub items: Vec<Item>,
    /// What can be clicked where links are live.
    pub links: Vec<Link>,
}

impl Page {
    /// Whether something of this kind stands on it.
    pub fn holds(&self, kind: PassageKind) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Glyphs(run) if run.passage.kind == kind))
    }

    /// Whether it leads to other pages, as contents do.
    pub fn leads_on(&self) -> bool {
        self.links.iter().any(|link| matches!(link.target, Target::Page(_)))
    }
}

/// A page's number in its sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Folio {
    /// How the sequence counts.
    pub numbering: Numbering,
    /// From 1.
    pub number: u32,
}

impl fmt::Display for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.numbering {
            Numbering::Roman => f.write_str(&roman(self.number)),
            Numbering::Arabic => write!(f, "{}", self.number),
        }
    }
}

/// How a sequence of pages counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// i, ii, iii: the front matter.
    Roman,
    /// 1, 2, 3: the body.
    Arabic,
}

/// Lower-case Roman numerals.
fn roman(mut number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, digits) in DIGITS {
        while number >= value {
            text.push_str(digits);
            number -= value;
        }
    }
    text
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Glyphs of one face, size and colour on one baseline.
    Glyphs(GlyphRun),
    /// A picture.
    Picture(Box<PlacedPicture>),
    /// A filled rectangle: a rule, a tint.
    Rule(Rule),
}

/// A picture in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedPicture {
    /// The picture.
    pub picture: Arc<Picture>,
    /// What is to be seen on it, where the writer can say so; `Some("")` where it is
    /// decoration, or was described before: on the first half of a spread, in its own place.
    pub alt: Option<String>,
    /// Where the whole picture, turned upright and then by `turn`, would lie.
    pub frame: Rect,
    /// The part of the page that it may cover; the frame itself unless it is cropped. The
    /// halves of a spread are the same picture in two frames, each cut to its page.
    pub clip: Rect,
    /// How it lies on the page.
    pub turn: Turn,
    /// Whether it goes on from the page before, as the second half of a spread does.
    pub goes_on: bool,
}

/// A filled rectangle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Where it is.
    pub rect: Rect,
    /// Its colour.
    pub ink: Ink,
}

/// The number of a face among those that the book is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// Glyphs of one face, size and colour on one baseline, from left to right as they
/// are seen, whatever direction they are read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The size of the em.
    pub size: Length,
    /// The colour.
    pub ink: Ink,
    /// Where the baseline starts, at the left.
    pub origin: Point,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The words they show, in reading order.
    pub text: Arc<str>,
    /// Whether they are read from right to left.
    pub right_to_left: bool,
    /// How the glyphs were chosen and spaced.
    pub letters: Letters,
    /// Whether an earlier page says the same, as where the headings of a table stand again:
    /// nobody wants to hear it twice.
    pub again: bool,
    /// What it is a part of.
    pub passage: Passage,
}

/// What is read at one go: a paragraph, a cell, the mark of an item. It may go on after
/// something else on its page, as one cell of a table does beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Passage {
    /// Its number on its page, from 1; runs of number 0 belong to nothing but their line.
    pub number: u32,
    /// Which part of it this is, from 0, where the author broke it into lines.
    pub part: u32,
    /// The left edge of its measure.
    pub left: Length,
    /// What it is.
    pub kind: PassageKind,
}

/// What a passage is to those who hear a page, or look for something on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PassageKind {
    /// A paragraph, a line of a list, a credit.
    #[default]
    Text,
    /// The title of the book, where it stands largest.
    Title,
    /// Who made the book, and whose it is.
    Imprint,
    /// A heading within a text, by its level; 1 is the highest.
    Heading(u8),
    /// The mark of an item or a note, which is read with what follows.
    Mark,
    /// A cell of a table.
    Cell,
    /// A line of what is typed.
    Code,
    /// The words that go with a picture.
    Caption,
    /// A footnote.
    Note,
    /// The page's own number.
    Folio,
    /// Dots and stars, which only lead the eye.
    Ornament,
}

/// How a face's glyphs were chosen for their words, and spaced: what a writer tells a reader
/// who shapes the words again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// OpenType features that were turned on or off, by tag and value.
    pub features: Arc<[([u8; 4], u32)]>,
    /// Whether small letters were set as capitals.
    pub uppercase: bool,
    /// What was added behind each letter; the advances hold it already.
    pub tracking: Length,
}

impl GlyphRun {
    /// The words that a glyph of this run shows.
    pub fn shown(&self, glyph: &Glyph) -> &str {
        let at = |place| usize::try_from(place).unwrap_or(usize::MAX);
        self.text.get(at(glyph.text.start)..at(glyph.text.end)).unwrap_or_default()
    }

    /// The sum of the glyphs' advances.
    pub fn width(&self) -> Length {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// One glyph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the pen moves on, spacing and justification included.
    pub advance: Length,
    /// How far it stands from the pen; y grows up.
    pub offset: Point,
    /// The bytes of [`GlyphRun::text`] that it shows; glyphs of one cluster share them,
    /// and a line-end hyphen shows none. A book holds millions of glyphs: 32 bits it is.
    pub text: Range<u32>,
}

/// A place that can be clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where.
    pub rect: Rect,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the book.
    Uri(String),
    /// To a page, by its index.
    Page(usize),
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// The page it leads to, by its index.
    pub page: usize,
    /// Those under it.
    pub children: Vec<Bookmark>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_counts_in_roman() {
        let folio = |number| Folio { numbering: Numbering::Roman, number }.to_string();
        assert_eq!([1, 4, 9, 14, 40, 99].map(folio), ["i", "iv", "ix", "xiv", "xl", "xcix"]);
    }
}
