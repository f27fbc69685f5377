//! How a book looks: its letters, its page, its colours, as data. A design is read from
//! a plain file; layout and the e-book's stylesheet follow the same one.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Edges, Ink, Length, Location, Size};

/// The look of a book. Type is given for a page whose shorter side is 210 mm, spaces as
/// shares of the page, so that one design serves every trim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Design {
    /// What the manifest calls it: a bundled name or a file's.
    pub name: String,
    /// Where the manifest names it.
    pub location: Option<Location>,
    /// All else.
    pub look: PageStyle,
}

/// What a design decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageStyle {
    /// How each kind of words is set.
    pub voices: TextStyles,
    /// The page.
    pub leaf: PageColors,
    /// What is read first.
    pub ink: Ink,
    /// Credits, places, leaders.
    pub secondary: Ink,
    /// Whether running text is justified, or ragged.
    pub justified: bool,
    /// How titles stand in their measure.
    pub titles: Titles,
    /// Where pictures stand.
    pub plates: Plates,
    /// Where captions stand, unless the manifest says otherwise for one.
    pub captions: Captions,
    /// Where folios stand.
    pub folios: Folios,
}

/// The kinds of words in a book, each with its setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextStyles {
    /// Running text.
    pub text: TextStyle,
    /// Headings within running text.
    pub heading: TextStyle,
    /// Captions, and the imprint.
    pub caption: TextStyle,
    /// Credits.
    pub credit: TextStyle,
    /// Page numbers.
    pub folio: TextStyle,
    /// The title on the title page.
    pub title: TextStyle,
    /// The line under it.
    pub subtitle: TextStyle,
    /// The titles of chapters, essays and lists.
    pub chapter: TextStyle,
    /// The title on the first page.
    pub half_title: TextStyle,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextStyle {
    /// Serif or sans-serif.
    pub face: Family,
    /// Upright or italic.
    pub slant: Slant,
    /// Regular or semibold.
    pub weight: Weight,
    /// The size of the em.
    pub size: Length,
    /// From baseline to baseline.
    pub leading: Length,
    /// Space added after each letter, in thousandths of the em.
    pub tracking: i32,
    /// Which capitals.
    pub capitals: Capitals,
    /// Which figures.
    pub figures: Figures,
    /// Whether it is set in the secondary ink.
    pub secondary: bool,
}

/// Which of the book's families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The serif, in the cut for its size: caption, text or display.
    Serif,
    /// The sans-serif.
    Sans,
    /// The one whose letters are all of one width, for what is typed.
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

/// How heavy the strokes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

/// Which capitals are set.
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

/// Which figures are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Figures {
    /// `onum`, for running text.
    OldStyle,
    /// `lnum`, `pnum`, beside letters that are all as high as they.
    Lining,
    /// `lnum`, `tnum`, for tables.
    #[serde(skip)]
    LiningTabular,
    /// `sups`, for the marks of notes.
    #[serde(skip)]
    Superior,
}

/// The page and its grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageColors {
    /// The margins, in thousandths of the page's shorter side.
    pub margins: Shares,
    /// The longest line of running text.
    pub measure: Length,
    /// How much of the white beside the text column lies on its inner side, in thousandths.
    pub column: i64,
    /// From the head to the first line of openings, in thousandths of the page's height.
    pub sink: i64,
    /// The colour that covers the page to the bleed's edge; [`Ink::PAPER`] for none.
    pub colour: Ink,
}

/// A share for each edge of a page, in thousandths.
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

/// How titles stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Titles {
    /// In the measure.
    pub align: TitleAlign,
    /// Whether what belongs to the maker, the names and the publisher, stands at the foot
    /// of the title page, or the names under the title.
    pub names_at_foot: bool,
}

/// How a title stands in its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TitleAlign {
    /// Flush at the side where lines begin.
    Start,
    /// In the middle.
    Centre,
}

/// How pictures stand that are framed by white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plates {
    /// How much of the page one fills where its shape allows it, in thousandths.
    pub share: i64,
    /// How high one may be, in thousandths of the page's height.
    pub highest: i64,
    /// Where one stands.
    pub place: PlatePlace,
    /// Whether its words begin with its number.
    pub numbered: bool,
}

/// Where a framed picture stands on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlatePlace {
    /// In the optical centre.
    Centre,
    /// Hung from the top margin, flush with the outer one.
    Corner,
}

/// Where captions stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Captions {
    /// Under the picture.
    Below,
    /// At the foot of the page, in the column of running text.
    Foot,
    /// On the facing page.
    Facing,
}

/// Where page numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Folios {
    /// At the foot, flush with the outer margin.
    OuterFoot,
    /// At the foot, flush with the inner margin.
    InnerFoot,
    /// In the middle of the foot.
    CentreFoot,
    /// Nowhere.
    None,
}

impl PageStyle {
    /// The ink of a voice.
    pub fn ink_of(&self, voice: &TextStyle) -> Ink {
        if voice.secondary { self.secondary } else { self.ink }
    }
}

impl PageColors {
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
    /// Upright, regular, in old-style figures.
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
    /// The classic design, which is what a manifest gets that names none. Its file says the
    /// same, and a test keeps both alike.
    pub const CLASSIC: Self = Self {
        voices: TextStyles {
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
        leaf: PageColors {
            margins: Shares { top: 85, bottom: 125, inner: 105, outer: 85 },
            measure: Length::mm(112),
            column: 200,
            sink: 280,
            colour: Ink::PAPER,
        },
        ink: Ink::BLACK,
        secondary: Ink::SECONDARY,
        justified: true,
        titles: Titles { align: TitleAlign::Start, names_at_foot: false },
        plates: Plates { share: 500, highest: 745, place: PlatePlace::Centre, numbered: false },
        captions: Captions::Below,
        folios: Folios::OuterFoot,
    };
}

impl Default for Design {
    /// The classic one.
    fn default() -> Self {
        Self { name: "classic".into(), location: None, look: PageStyle::CLASSIC }
    }
}
