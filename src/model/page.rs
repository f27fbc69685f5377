//! Laid-out pages: the complete input for writing PDFs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::{
    Digits, Edges, EntryId, Ink, Length, Picture, Pixels, Point, Rect, Side, Size,
    StructureElement, Turn,
};

/// A laid-out book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The trimmed size of every page.
    pub trim: Size,
    /// The bleed beyond the trim.
    pub bleed: Edges,
    /// Whether the book is bound on the right, as Arabic and Hebrew books are.
    pub binding_right: bool,
    /// The pages in reading order; the first is a recto.
    pub pages: Vec<Page>,
    /// The bookmarks, as a tree.
    pub bookmarks: Vec<Bookmark>,
    /// The plates whose captions do not fit completely.
    pub overset: Vec<EntryId>,
    /// The tables in which a word is wider than its column, each as the text of its header cells.
    pub wide_tables: Vec<String>,
    /// The number of blank pages added to reach a multiple of what the printer requires.
    pub padding: usize,
}

impl Pages {
    /// The pictures without an alternative text, each once. A decorative picture has an empty one.
    pub fn undescribed_pictures(&self) -> Vec<&Picture> {
        let mut paths = BTreeSet::new();
        let items = self.pages.iter().flat_map(|page| &page.items);
        let pictures = items.filter_map(|item| match item {
            Item::Picture(placed) if placed.alt.is_none() => Some(&*placed.picture),
            _ => None,
        });
        pictures.filter(|picture| paths.insert(&picture.path)).collect()
    }

    /// All glyph runs, page by page.
    pub fn runs(&self) -> impl Iterator<Item = &GlyphRun> {
        self.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Glyphs(run) if !run.glyphs.is_empty() => Some(run),
            _ => None,
        })
    }

    /// The size and the bleed of a page.
    pub fn sheet_of(&self, page: &Page) -> PageSheet {
        let usual = PageSheet { trim: self.trim, bleed: self.bleed };
        page.sheet.as_deref().copied().unwrap_or(usual)
    }

    /// The pages with those of `cover` before them, in their own size: some printers want one file
    /// that begins with the cover.
    #[must_use]
    pub fn after_cover(&self, cover: &Self) -> Self {
        let by = cover.pages.len();
        let sheets = cover
            .pages
            .iter()
            .map(|page| Page { sheet: Some(Box::new(cover.sheet_of(page))), ..page.clone() });
        let pages = self.pages.iter().map(|page| {
            let mut page = page.clone();
            for link in &mut page.links {
                if let Target::Page(index) = &mut link.target {
                    *index += by;
                }
            }
            page
        });
        Self {
            trim: self.trim,
            bleed: self.bleed,
            binding_right: self.binding_right,
            pages: sheets.chain(pages).collect(),
            bookmarks: Bookmark::shifted(&self.bookmarks, by),
            overset: self.overset.clone(),
            wide_tables: self.wide_tables.clone(),
            padding: self.padding,
        }
    }

    /// All placed pictures, page by page.
    pub fn pictures(&self) -> impl Iterator<Item = &PlacedPicture> {
        self.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Picture(placed) => Some(placed.as_ref()),
            Item::Glyphs(_) | Item::Rule(_) => None,
        })
    }

    /// The pictures that are placed, each file once, in the order of their first pages.
    pub fn distinct_pictures(&self) -> impl Iterator<Item = &Picture> {
        let mut seen = BTreeSet::new();
        let pictures = self.pictures().map(|placed| &*placed.picture);
        pictures.filter(move |picture| seen.insert(picture.path.as_path()))
    }

    /// The pictures that have more pixels per inch than `max` wherever they are placed, each with
    /// the size as stored that has `max` at its largest placement.
    pub fn scaled_sizes(&self, max: u64) -> BTreeMap<&Path, Pixels> {
        let mut sizes: BTreeMap<&Path, Pixels> = BTreeMap::new();
        for placed in self.pictures() {
            let Pixels { width, height } = placed.stored_at(max);
            let size = sizes.entry(&placed.picture.path).or_insert(Pixels { width, height });
            size.width = size.width.max(width);
            size.height = size.height.max(height);
        }
        for placed in self.pictures() {
            let stored = placed.picture.stored;
            let is_smaller =
                |size: &Pixels| size.width < stored.width && size.height < stored.height;
            if sizes.get(&*placed.picture.path).is_some_and(|size| !is_smaller(size)) {
                sizes.remove(&*placed.picture.path);
            }
        }
        sizes
    }
}

impl Bookmark {
    /// Bookmarks of pages that have this many more before them.
    pub fn shifted(bookmarks: &[Self], by: usize) -> Vec<Self> {
        let shift = |bookmark: &Self| Self {
            page: bookmark.page + by,
            children: Self::shifted(&bookmark.children, by),
            ..bookmark.clone()
        };
        bookmarks.iter().map(shift).collect()
    }
}

/// One side of a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its page number.
    pub folio: Folio,
    /// Its side of the leaf.
    pub side: Side,
    /// The entry that it shows, if any.
    pub entry: Option<EntryId>,
    /// Its items in reading order, which is also painting order.
    pub items: Vec<Item>,
    /// The clickable links.
    pub links: Vec<Link>,
    /// The words and addresses on it that are wider than their lines, and broken in the middle.
    pub torn: Vec<Arc<str>>,
    /// Whether a title on it has no room, even in small type.
    pub title_overset: bool,
    /// Its own size and bleed, if it is not a page like the others.
    pub sheet: Option<Box<PageSheet>>,
}

/// The size of a page that differs from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSheet {
    /// The size after cutting.
    pub trim: Size,
    /// The bleed.
    pub bleed: Edges,
}

impl Page {
    /// The colour on which an item lies: that of the last rule before it that is behind all of
    /// `area`, or that of the paper.
    pub fn backdrop(&self, item: usize, area: &Rect) -> Ink {
        let before = self.items.iter().take(item).rev();
        let behind = before.filter_map(|item| match item {
            Item::Rule(rule) if rule.rect.contains(area) => Some(rule.ink),
            _ => None,
        });
        behind.into_iter().next().unwrap_or(Ink::PAPER)
    }

    /// Whether it contains a passage of this kind.
    pub fn has_passage(&self, kind: PassageKind) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Glyphs(run) if run.passage.kind == kind))
    }

    /// Whether it has links to other pages, as the table of contents does.
    pub fn has_page_links(&self) -> bool {
        self.links.iter().any(|link| matches!(link.target, Target::Page(_)))
    }
}

/// The number of a page in its sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Folio {
    /// The numerals of the sequence.
    pub numbering: Numbering,
    /// The number, counted from 1.
    pub number: u32,
    /// The digits of the numerals, unless they are Roman ones.
    pub digits: Digits,
}

impl Folio {
    /// The number of a page before the body, or of a cover.
    pub const fn roman(number: u32) -> Self {
        Self { numbering: Numbering::Roman, number, digits: Digits::LATIN }
    }
}

impl fmt::Display for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.numbering {
            Numbering::Roman => f.write_str(&roman(self.number)),
            Numbering::Arabic => f.write_str(&self.digits.write(self.number)),
        }
    }
}

/// The numerals of a sequence of pages.
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

/// An item on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Glyphs of one face, size and colour on one baseline.
    Glyphs(GlyphRun),
    /// A picture.
    Picture(Box<PlacedPicture>),
    /// A filled rectangle: a rule, a tint.
    Rule(Rule),
}

impl Item {
    /// Moves it on its page.
    pub fn move_by(&mut self, across: Length, down: Length) {
        match self {
            Self::Glyphs(run) => {
                run.origin = Point::new(run.origin.x + across, run.origin.y + down);
                run.passage.left += across;
            }
            Self::Picture(placed) => {
                placed.frame = placed.frame.moved(across, down);
                placed.clip = placed.clip.moved(across, down);
            }
            Self::Rule(rule) => rule.rect = rule.rect.moved(across, down),
        }
    }
}

/// A picture placed on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedPicture {
    /// The picture.
    pub picture: Arc<Picture>,
    /// The alternative text, if there is one; `Some("")` for a decorative picture, or one that
    /// is described elsewhere: on the first half of a spread, or on its own page.
    pub alt: Option<String>,
    /// The frame of the whole picture, turned upright and then rotated by `turn`.
    pub frame: Rect,
    /// The part of the page that it may cover; equal to the frame unless it is cropped. The
    /// halves of a spread are the same picture in two frames, each clipped to its page.
    pub clip: Rect,
    /// The rotation on the page.
    pub turn: Turn,
    /// Whether it continues a picture of the previous page, as the second half of a spread does.
    pub continues_previous: bool,
    /// The element that it is; both halves of a spread are the same one.
    pub element: Option<Arc<StructureElement>>,
}

impl PlacedPicture {
    /// The size of the whole picture in pixels, rotated as on the page.
    pub fn pixels(&self) -> Pixels {
        let Pixels { width, height } = self.picture.upright();
        match self.turn {
            Turn::Upright => Pixels { width, height },
            Turn::HeadLeft | Turn::HeadRight => Pixels { width: height, height: width },
        }
    }

    /// Pixels per inch at the placed size. A crop does not change it, because the frame is that of
    /// the whole picture. `None` if the frame is empty.
    pub fn resolution(&self) -> Option<u64> {
        let across = u64::try_from(self.frame.width.to_emu()).ok().filter(|width| *width > 0)?;
        let inch = u64::try_from(Length::pt(72).to_emu()).ok()?;
        Some(u64::from(self.pixels().width) * inch / across)
    }

    /// The size as stored, before it is turned upright, that has this many pixels per inch at the
    /// placed size.
    fn stored_at(&self, ppi: u64) -> Pixels {
        let pixels = |length: Length| {
            let emu = u64::try_from(length.to_emu()).unwrap_or_default();
            let inch = u64::try_from(Length::pt(72).to_emu()).unwrap_or(1);
            u32::try_from((emu * ppi).div_ceil(inch)).unwrap_or(u32::MAX).max(1)
        };
        let (width, height) = (pixels(self.frame.width), pixels(self.frame.height));
        let is_turned = self.turn != Turn::Upright;
        if is_turned == self.picture.orientation.swaps_axes() {
            Pixels { width, height }
        } else {
            Pixels { width: height, height: width }
        }
    }
}

/// A filled rectangle, or a dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its position.
    pub rect: Rect,
    /// Its colour.
    pub ink: Ink,
    /// Whether it is the ellipse in the rectangle, as an emphasis dot is.
    pub is_round: bool,
}

/// The index of a face among those of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// Glyphs of one face, size and colour on one baseline, in visual order from left to right,
/// whatever their direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The font size.
    pub size: Length,
    /// The colour.
    pub ink: Ink,
    /// The left end of the baseline.
    pub origin: Point,
    /// The rotation around the origin. The text on a spine is turned.
    pub turn: Turn,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The text that they represent, in reading order.
    pub text: Arc<str>,
    /// Whether the text is right-to-left.
    pub right_to_left: bool,
    /// How the glyphs were selected and spaced.
    pub letters: Letters,
    /// Whether the text repeats that of an earlier page, as the header row of a continued table
    /// does: screen readers skip it.
    pub is_repeated: bool,
    /// The passage to which it belongs.
    pub passage: Passage,
    /// The language of the text, if it is not that of the book.
    pub language: Option<Arc<str>>,
    /// The element that the text is part of. Folios and ornaments are part of none.
    pub element: Option<Arc<StructureElement>>,
}

/// Text that is read as one unit: a paragraph, a cell, a list marker. It may be interrupted by
/// other passages on the page, as cells of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Passage {
    /// Its number on the page, counted from 1; runs with number 0 belong only to their line.
    pub number: u32,
    /// The part of the passage, counted from 0, if the author broke it into lines.
    pub part: u32,
    /// The left edge of its measure.
    pub left: Length,
    /// The kind of text.
    pub kind: PassageKind,
}

/// The kind of a passage, for screen readers and the structure of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PassageKind {
    /// A paragraph, a list entry, a credit.
    #[default]
    Text,
    /// The title of the book, on the title page.
    Title,
    /// The imprint.
    Imprint,
    /// The index.
    Index,
    /// A heading within a text, by its level; 1 is the highest.
    Heading(u8),
    /// The marker of a list item or a note, which is read with the following text.
    Mark,
    /// A cell of a table.
    Cell,
    /// A line of code.
    Code,
    /// A caption of a picture.
    Caption,
    /// A footnote.
    Note,
    /// The page number.
    Folio,
    /// The title of the book or the chapter at the head of the page.
    RunningHead,
    /// Leader dots and stars, which are decoration.
    Ornament,
}

/// How the glyphs of a face were selected and spaced, for readers that shape the text again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// The OpenType features that were switched on or off, by tag and value.
    pub features: Arc<[([u8; 4], u32)]>,
    /// Whether lower-case letters were set as capitals.
    pub uppercase: bool,
    /// The tracking after each letter, which is included in the advances.
    pub tracking: Length,
}

impl GlyphRun {
    /// The text that a glyph of this run represents.
    pub fn text_of(&self, glyph: &Glyph) -> &str {
        let at = |place| usize::try_from(place).unwrap_or(usize::MAX);
        self.text.get(at(glyph.text.start)..at(glyph.text.end)).unwrap_or_default()
    }

    /// The sum of the glyphs' advances.
    pub fn width(&self) -> Length {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    /// The right end of the baseline, which is below or above the left one if the run is turned.
    pub fn end(&self) -> Point {
        self.turn.moved(self.origin, Point::new(self.width(), Length::ZERO))
    }

    /// The position of the origin along its own baseline, and that of the baseline: x and y for an
    /// upright run.
    pub fn along_and_across(&self) -> (Length, Length) {
        let Point { x, y } = self.origin;
        match self.turn {
            Turn::Upright => (x, y),
            Turn::HeadRight => (y, -x),
            Turn::HeadLeft => (-y, x),
        }
    }
}

/// One glyph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    /// Its index in the face.
    pub id: u16,
    /// The advance, including spacing and justification.
    pub advance: Length,
    /// The offset from the pen position; the y axis points up.
    pub offset: Point,
    /// The bytes of [`GlyphRun::text`] that it represents; glyphs of one cluster share them, and
    /// a hyphen at the end of a line has none. 32 bits, because a book has millions of glyphs.
    pub text: Range<u32>,
}

/// A clickable area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The area.
    pub rect: Rect,
    /// The target.
    pub target: Target,
    /// What the target is, for readers who cannot see the link: an address, or the text of an
    /// entry in the contents.
    pub label: String,
    /// The element with the text of the link.
    pub element: Option<Arc<StructureElement>>,
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An external address.
    Uri(String),
    /// A page, by its index.
    Page(usize),
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Its text.
    pub title: String,
    /// The index of its page.
    pub page: usize,
    /// The nested bookmarks.
    pub children: Vec<Bookmark>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_counts_in_roman() {
        let folio = |number| Folio::roman(number).to_string();
        assert_eq!([1, 4, 9, 14, 40, 99].map(folio), ["i", "iv", "ix", "xiv", "xl", "xcix"]);
    }
}
