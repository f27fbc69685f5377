//! The design of a book: its type, page and colours, as data. A design is read from a text file;
//! layout and the e-book's stylesheet both follow it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Edges, Ink, Language, Length, Location, Size};

/// The design of a book. Type sizes are given for a page whose shorter side is 210 mm,
/// dimensions as fractions of the page, so that one design serves every trim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Design {
    /// Its name in the manifest: that of a bundled design or of a file.
    pub name: String,
    /// Its location in the manifest.
    pub location: Option<Location>,
    /// The style of its pages.
    pub style: PageStyle,
}

/// The properties set by a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageStyle {
    /// The text styles.
    pub text_styles: TextStyles,
    /// The page and its grid.
    pub page: PageGeometry,
    /// The primary colour of text.
    pub ink: Ink,
    /// The colour of credits, locations and leaders.
    pub secondary: Ink,
    /// Whether running text is justified, or ragged.
    pub justified: bool,
    /// The style of titles.
    pub titles: Titles,
    /// The style of framed plates.
    pub plates: Plates,
    /// The position of captions, unless the manifest sets another one for a plate.
    pub captions: Captions,
    /// The position of folios.
    pub folios: Folios,
    /// The texts at the head of pages.
    pub heads: Heads,
    /// How a chapter or text that a plate follows opens.
    pub openings: PictureOpenings,
    /// Whether there are hairlines between columns of text, and above openings.
    pub hairlines: bool,
    /// The colour of the leaves before and after all others, if there are any.
    pub endpapers: Option<Ink>,
    /// How texts in the second and third language of a book are set.
    pub translations: TranslationStyle,
    /// The composition of the front cover.
    pub cover: CoverStyle,
}

/// The composition of the front cover: where its photo is, and its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CoverStyle {
    /// The photo inside the margins, with a large title below it. Without a photo, the title within
    /// a frame of lines.
    Framed,
    /// The photo to the edges, with a large title on a plain field below or beside it. The field is
    /// larger where the photo would not show its subject whole. Without a photo, the title on a
    /// dark field.
    Bleed,
    /// The whole photo in the middle, with a small centred title. Without a photo, the title
    /// between two lines.
    Centred,
    /// The photo to all edges but the fold, along which a strip looks like cloth, with the title on
    /// a field of paper in it. Where the field would cover what the photo shows, it is on the cloth
    /// below or beside the photo. Without a photo, that field on a coloured ground.
    Label,
    /// The title across the head between lines, as that of a newspaper, and the photo below it.
    Masthead,
}

/// The text style of each kind of text in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextStyles {
    /// Running text.
    pub text: TextStyle,
    /// Headings within running text.
    pub heading: TextStyle,
    /// Captions, and the imprint.
    pub caption: TextStyle,
    /// The place and the date of a photo.
    pub place: TextStyle,
    /// Credits.
    pub credit: TextStyle,
    /// Page numbers.
    pub folio: TextStyle,
    /// The title on the title page.
    pub title: TextStyle,
    /// The subtitle.
    pub subtitle: TextStyle,
    /// The titles of chapters, essays and lists.
    pub chapter: TextStyle,
    /// The title on the first page.
    pub half_title: TextStyle,
}

impl TextStyles {
    /// The titles of parts: as on the title page, in a size between that and the size of chapters.
    pub fn part(&self) -> TextStyle {
        let Self { title, chapter, .. } = self;
        TextStyle {
            size: (title.size + chapter.size) / 2,
            leading: (title.leading + chapter.leading) / 2,
            ..*title
        }
    }
}

/// A text style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextStyle {
    /// Serif or sans-serif.
    pub face: Family,
    /// Upright or italic.
    pub slant: Slant,
    /// Regular or semibold.
    pub weight: Weight,
    /// The font size.
    pub size: Length,
    /// The distance between baselines.
    pub leading: Length,
    /// Space added after each letter, in thousandths of the em.
    pub tracking: i32,
    /// The treatment of capitals.
    pub capitals: Capitals,
    /// The style of figures.
    pub figures: Figures,
    /// Whether it is printed in the secondary colour.
    pub secondary: bool,
}

/// A font family of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The serif, in the optical size for its type size: caption, text or display.
    Serif,
    /// The sans-serif.
    Sans,
    /// The monospaced family, for code.
    Mono,
}

/// Upright or italic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Slant {
    /// Roman.
    Upright,
    /// Italic.
    Italic,
}

/// The weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

/// The treatment of capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capitals {
    /// As written.
    AsWritten,
    /// As written, but runs of two or more capitals (AD, NASA) as letter-spaced small capitals.
    #[serde(rename = "abbreviations")]
    SmallForAbbreviations,
    /// All letters as small capitals (`c2sc`, `smcp`).
    Small,
    /// All letters as capitals.
    #[serde(rename = "all")]
    Full,
}

/// The style of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Figures {
    /// `onum`, for running text.
    OldStyle,
    /// `lnum`, `pnum`, for text without lower-case letters.
    Lining,
    /// `lnum`, `tnum`, for tables.
    #[serde(skip)]
    LiningTabular,
    /// `sups`, for note references.
    #[serde(skip)]
    Superior,
}

/// The page and its grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageGeometry {
    /// The margins, in thousandths of the page's shorter side.
    pub margins: Shares,
    /// The longest line of running text.
    pub measure: Length,
    /// The part of the space beside the text column that is on its inner side, in thousandths.
    pub column: i64,
    /// The distance from the top of the page to the first line of openings, in thousandths of
    /// the page's height.
    pub sink: i64,
    /// The columns that pictures, captions and texts share.
    pub columns: Columns,
    /// The number of columns of running text beside each other, if they are not too narrow.
    pub text_columns: i64,
    /// The background colour of the page including its bleed; [`Ink::PAPER`] for none.
    pub colour: Ink,
}

/// Columns between the margins of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Columns {
    /// Their number. A single one is no grid: pictures and texts have any width.
    pub count: i64,
    /// The distance between them, in thousandths of the page's shorter side.
    pub gap: i64,
}

/// A fraction for each edge of a page, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shares {
    /// At the head.
    pub top: i64,
    /// At the foot.
    pub bottom: i64,
    /// At the spine.
    pub inner: i64,
    /// At the fore edge.
    pub outer: i64,
}

/// The style of titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Titles {
    /// The alignment.
    pub align: TitleAlign,
    /// Whether titles are at the top margin, and only the text below them is at the sink.
    pub at_head: bool,
    /// Whether the names and the publisher are at the foot of the title page, instead of the
    /// names below the title.
    pub names_at_foot: bool,
}

/// The alignment of titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TitleAlign {
    /// At the side where lines begin.
    Start,
    /// Centred.
    Centre,
}

/// The style of framed plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plates {
    /// The part of the page that a plate covers if its shape allows it, in thousandths.
    pub share: i64,
    /// The part of the largest area of the book's usual shape that plates take, in thousandths.
    pub fill: i64,
    /// The maximum height, in thousandths of the page's height.
    pub highest: i64,
    /// The position on the page.
    pub position: PlatePosition,
    /// Whether the number of the plate is printed above its caption.
    pub numbered: bool,
    /// Where the place and the date are.
    pub places: Places,
}

/// Where the place and the date of a photo are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// After the caption.
    After,
    /// On a line above the caption.
    Above,
}

/// The position of a framed picture on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlatePosition {
    /// In the optical centre.
    Centre,
    /// At the top margin and the outer margin.
    Corner,
    /// On the columns of the page, inside those of captions, in the optical centre of the height.
    Columns,
    /// On the columns of the page, hanging from lines a twelfth of the page apart.
    Hang,
}

/// The position of captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Captions {
    /// Below the picture.
    Below,
    /// At the foot of the page, in the column of running text.
    Foot,
    /// On the facing page.
    Facing,
    /// Beside the picture, in the columns of the page that it leaves free; otherwise below it.
    Beside,
}

/// The texts at the head of pages: none on openings, blank pages, full-bleed pictures and in the
/// front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Heads {
    /// None.
    None,
    /// The title of the book, on versos.
    Title,
    /// The title of the book on versos, that of the chapter or text on rectos.
    Chapter,
}

/// How a chapter or text opens that a framed plate follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PictureOpenings {
    /// On a page of its own.
    Apart,
    /// On the page of the plate: title, first paragraph, names, place and date above the picture.
    Picture,
}

/// The position of page numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Folios {
    /// At the foot, at the outer margin.
    OuterFoot,
    /// At the foot, at the inner margin.
    InnerFoot,
    /// Centred at the foot.
    CentreFoot,
    /// No page numbers.
    None,
}

/// How the second and third language of a book are told from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TranslationStyle {
    /// The position of translated captions.
    pub place: TranslationPlace,
    /// The family; `None` for that of the text in the first language.
    pub face: Option<Family>,
    /// Italic or upright.
    pub slant: Slant,
    /// Whether it is printed in the secondary colour.
    pub secondary: bool,
    /// The space above a translated caption, in thousandths of the leading.
    pub gap: i64,
}

/// The position of a translated caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TranslationPlace {
    /// Below the caption in the first language.
    Below,
    /// Beside it, in columns of the same width. In a column of less than 30 mm, it is below.
    Beside,
}

/// The least leadings of running text and of captions in characters that fill squares, in per cent
/// of their size: the gap between lines is usually half of a character to a whole one (W3C,
/// Requirements for Japanese Text Layout, on the design of the kihon-hanmen).
const EAST_ASIAN_LEADINGS: [i64; 2] = [160, 150];
/// Arabic type smaller than this one grows: its letters are lower than Latin ones of the same size.
const SMALL_ARABIC: Length = Length::pt(10);
/// By this part of what is missing, in per cent.
const ARABIC_GROWTH: i64 = 40;

impl PageStyle {
    /// The same style with the sizes and leadings of text that the script of a language needs.
    #[must_use]
    pub fn for_language(self, language: &Language) -> Self {
        let mut text_styles = self.text_styles;
        let TextStyles { text, caption, place, credit, folio, .. } = &mut text_styles;
        if language.is_east_asian() {
            text.leading = text.leading.max(text.size.scale(EAST_ASIAN_LEADINGS[0], 100));
            for style in [caption, place] {
                style.leading = style.leading.max(style.size.scale(EAST_ASIAN_LEADINGS[1], 100));
            }
        } else if language.is_in_arabic_script() {
            for style in [caption, place, credit, folio] {
                let missing = (SMALL_ARABIC - style.size).max(Length::ZERO);
                let size = style.size + missing.scale(ARABIC_GROWTH, 100);
                let leading = style.leading.scale(size.to_emu(), style.size.to_emu().max(1));
                *style = TextStyle { size, leading, ..*style };
            }
        }
        Self { text_styles, ..self }
    }

    /// The colour of a text style.
    pub fn ink_of(&self, text_style: &TextStyle) -> Ink {
        if text_style.secondary { self.secondary } else { self.ink }
    }
}

impl PageGeometry {
    /// The margins of a page of this size.
    pub fn margins_of(&self, trim: Size) -> Edges {
        let s = trim.shorter();
        let Shares { top, bottom, inner, outer } = self.margins;
        Edges {
            top: s.scale(top, 1000),
            bottom: s.scale(bottom, 1000),
            inner: s.scale(inner, 1000),
            outer: s.scale(outer, 1000),
        }
    }
}

impl TextStyle {
    /// A style that is upright, regular, and with old-style figures.
    const fn plain(face: Family, size: i64, leading: i64) -> Self {
        Self {
            face,
            slant: Slant::Upright,
            weight: Weight::Regular,
            size: Length::milli_pt(size),
            leading: Length::milli_pt(leading),
            tracking: 0,
            capitals: Capitals::AsWritten,
            figures: Figures::OldStyle,
            secondary: false,
        }
    }
}

impl PageStyle {
    /// The classic design, the default of a manifest without a design. Its file has the same
    /// values, which a test checks.
    pub const CLASSIC: Self = Self {
        text_styles: TextStyles {
            text: TextStyle {
                capitals: Capitals::SmallForAbbreviations,
                ..TextStyle::plain(Family::Serif, 10_000, 14_500)
            },
            heading: TextStyle {
                weight: Weight::Semibold,
                capitals: Capitals::SmallForAbbreviations,
                ..TextStyle::plain(Family::Serif, 10_000, 14_500)
            },
            caption: TextStyle::plain(Family::Sans, 8_000, 11_500),
            place: TextStyle { secondary: true, ..TextStyle::plain(Family::Sans, 8_000, 11_500) },
            credit: TextStyle {
                tracking: 50,
                capitals: Capitals::Small,
                secondary: true,
                ..TextStyle::plain(Family::Sans, 7_000, 11_500)
            },
            folio: TextStyle::plain(Family::Serif, 7_000, 11_500),
            title: TextStyle::plain(Family::Serif, 30_000, 36_000),
            subtitle: TextStyle {
                slant: Slant::Italic,
                ..TextStyle::plain(Family::Serif, 13_000, 18_000)
            },
            chapter: TextStyle::plain(Family::Serif, 20_000, 26_000),
            half_title: TextStyle {
                tracking: 80,
                capitals: Capitals::Full,
                ..TextStyle::plain(Family::Serif, 9_000, 14_500)
            },
        },
        page: PageGeometry {
            margins: Shares { top: 85, bottom: 125, inner: 105, outer: 85 },
            measure: Length::mm(112),
            column: 200,
            sink: 280,
            columns: Columns { count: 1, gap: 0 },
            text_columns: 1,
            colour: Ink::PAPER,
        },
        ink: Ink::BLACK,
        secondary: Ink::SECONDARY,
        justified: true,
        titles: Titles { align: TitleAlign::Start, at_head: false, names_at_foot: false },
        plates: Plates {
            share: 500,
            fill: 920,
            highest: 745,
            position: PlatePosition::Centre,
            numbered: false,
            places: Places::After,
        },
        captions: Captions::Below,
        folios: Folios::OuterFoot,
        heads: Heads::None,
        openings: PictureOpenings::Apart,
        hairlines: false,
        endpapers: None,
        translations: TranslationStyle {
            place: TranslationPlace::Below,
            face: None,
            slant: Slant::Italic,
            secondary: false,
            gap: 250,
        },
        cover: CoverStyle::Framed,
    };
}

impl Default for Design {
    /// The classic design.
    fn default() -> Self {
        Self { name: "classic".into(), location: None, style: PageStyle::CLASSIC }
    }
}
