//! The keys of the entries under `pages`, and of the frontispiece.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::design::Colour;
use crate::manifest::keys::forms::{Key, OneOrMany, scalar_or_map};
use crate::manifest::keys::placement::{FocusPoint, PlateKeys};
use crate::manifest::keys::scalars::{AltText, MultiLine, SingleLine, Taken, True, TrueOrFalse};
use crate::manifest::syntax::de::Spanned;
use crate::model::{PlateSize, Side};

/// One page or several: exactly one of `photo`, `photos`, `text`, `chapter`, `part` and `blank`,
/// and the keys that belong to it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PageEntry {
    /// A photo, relative to the manifest. It makes one plate. Beside `chapter` or `part`, it is the
    /// picture that opens it: on the page before its title, which it fills unless `layout` says
    /// otherwise. Its caption is at the foot of the page with the title.
    #[schemars(extend("examples" = ["photos/01.jpg"]))]
    pub photo: Key<SingleLine>,
    /// One or more patterns of photos, such as `photos/*.jpg`, or mappings. Each match makes a
    /// plate, in natural order: `2.jpg` comes before `10.jpg`. Files that are not photos are
    /// skipped with a warning.
    #[schemars(extend("examples" = ["photos/*.jpg"]))]
    pub photos: Key<OneOrMany<PhotoPattern>>,
    /// A Markdown text, or the path of a Markdown file.
    #[schemars(extend("examples" = ["introduction.md"]))]
    pub text: Key<MultiLine>,
    /// The title of a chapter that starts here, in Markdown.
    #[schemars(extend("examples" = ["February"]))]
    pub chapter: Key<SingleLine>,
    /// The title of a part that starts here and reaches to the next one, in Markdown. It has a page
    /// of its own, and the chapters and texts after it are listed under it.
    #[schemars(extend("examples" = ["Part One: The Island"]))]
    pub part: Key<SingleLine>,
    /// An empty page, without a page number. The reflowable EPUB and the offline edition have
    /// nothing for it.
    #[schemars(extend("examples" = [true]))]
    pub blank: Key<True>,
    /// The caption of the photo, in Markdown. By default, it is read from the photo's metadata. An
    /// empty text removes it.
    #[schemars(extend("examples" = ["The harbour at *first light*."]))]
    pub caption: Key<MultiLine>,
    /// The alt text: what a photo shows, for readers who cannot see it. By default, it is read from
    /// the photo's metadata. An empty text marks the photo as decoration.
    #[schemars(extend("examples" = ["Fishing boats in blue light, two men on the quay."]))]
    pub alt: Key<AltText>,
    /// The credit line of the photo. By default, it is read from the photo's metadata, or the
    /// book's `credit` is used. An empty text removes it.
    #[schemars(extend("examples" = ["Ada Field / Shore Press"]))]
    pub credit: Key<SingleLine>,
    /// The place where the photo was taken. By default, it is read from the photo's metadata. An
    /// empty text removes it.
    #[schemars(extend("examples" = ["Nes"]))]
    pub place: Key<SingleLine>,
    /// When the photo was taken: a day, a month or a year, such as `1911-05`; a date that is not
    /// exactly known, in the Extended Date/Time Format (EDTF, level 1): `1911~` is estimated,
    /// `1911?` doubtful, `192X` a decade, `1911-22` a summer (21 to 24 are the seasons),
    /// `1911/1913` an interval; or words, which are printed as they are. Dates are printed in the
    /// language of the book. By default, it is read from the photo's metadata. An empty text
    /// removes it.
    #[schemars(extend("examples" = ["2026-01-12"]))]
    pub taken: Key<Taken>,
    /// The people in the photo, for the index. By default, they are read from the photo's metadata.
    #[schemars(extend("examples" = [["Ada Field", "Ben Stone"]]))]
    pub people: Key<OneOrMany<SingleLine>>,
    /// The subjects of the photo, for the index. `Animals|Birds|Gulls` is listed under wider
    /// subjects. By default, they are read from the photo's metadata.
    #[schemars(extend("examples" = [["harbour", "Animals|Birds|Gulls"]]))]
    pub keywords: Key<OneOrMany<SingleLine>>,
    /// How the photo and its caption are placed.
    #[schemars(extend("examples" = ["full-bleed"], "default" = "framed"))]
    pub layout: Key<PlateKeys>,
    /// The size of a framed photo in the printed book: `normal` is the common size of the book,
    /// `large` as large as the margins and the design allow, `small` about half the common area.
    #[schemars(extend("examples" = ["large"], "default" = "normal"))]
    pub size: Key<PlateSize>,
    /// The side of the leaf that the photo is printed on. An empty page is added before it where
    /// that is needed. A caption on the facing page follows its photo to the other side. A spread
    /// always begins on a verso.
    #[schemars(extend("examples" = ["recto"]))]
    pub side: Key<Side>,
    /// Whether this photo and the next one face each other: this one on a verso, the next one on
    /// the recto beside it.
    #[schemars(extend("examples" = [true], "default" = false))]
    pub keep_with_next: Key<TrueOrFalse>,
    /// The point of the photo that a crop must keep: across and down, each from 0 to 1, from the
    /// upper left corner of the upright photo. By default, what stands out most in the photo is kept
    /// whole, if it can be.
    #[schemars(extend("examples" = [[0.4, 0.3]]))]
    pub focus: Key<FocusPoint>,
    /// The text that opens a chapter or a part: Markdown, or the path of a Markdown file.
    #[schemars(extend("examples" = ["february.md"]))]
    pub intro: Key<MultiLine>,
    /// The place and the date of a text, in Markdown, as they should be printed: below the title and
    /// the deck of a `text`, a `chapter` or a `part`. Those of photos are their own, `place` and
    /// `taken`.
    #[schemars(extend("examples" = ["Longyearbyen, 15 February 2026"]))]
    pub dateline: Key<SingleLine>,
    /// The pages of a chapter or a part: its opening and all pages up to the next opening or text.
    #[schemars(extend("examples" = [{"color": {"k": 100, "c": 40}}]))]
    pub page: Key<ChapterPage>,
}

/// The pages of a chapter or a part.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChapterPage {
    /// Their colour in print and in the fixed layout, which extends to the bleed. Text that is hard
    /// to read on it is printed in the colour of the paper, or in black. The reflowable EPUB shows
    /// a light colour by day, and leaves others to the reading system.
    #[schemars(extend("examples" = [{"k": 100, "c": 40}]))]
    pub color: Spanned<Colour>,
}

scalar_or_map! {
    /// The photos of several plates.
    PhotoPattern { Pattern(SingleLine), Selection(PhotoSelection) },
    "a pattern or a mapping of files, exclude and sort"
}

/// Patterns of photos, those to leave out, and their order.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PhotoSelection {
    /// One or more patterns of photos. A folder stands for the photos in it.
    #[schemars(extend("examples" = ["photos/**/*.jpg"]))]
    pub files: Spanned<OneOrMany<SingleLine>>,
    /// Patterns of files to leave out. A pattern without `/` is that of a name in any folder.
    #[schemars(extend("examples" = ["*-draft.*"]))]
    pub exclude: Key<OneOrMany<SingleLine>>,
    /// The order of the plates.
    #[schemars(extend("examples" = ["taken"], "default" = "name"))]
    pub sort: Key<PhotoOrder>,
}

/// Keys of a [`PhotoSelection`] that are easily written beside `photos`, and how to write them.
pub(crate) const SELECTION_KEYS: [(&str, &str); 2] = [
    ("exclude", r#"photos: { files: "photos/*.jpg", exclude: "*-draft.*" }"#),
    ("sort", r#"photos: { files: "photos/*.jpg", sort: taken }"#),
];

/// The order of the plates of a pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PhotoOrder {
    /// By name, in natural order, one pattern after another.
    #[default]
    Name,
    /// By the time when they were taken, which is read from their metadata. Photos without a time
    /// come last, in the order of their names.
    Taken,
}

/// A kind of page, with its keys in addition to the one that names it.
#[derive(Debug)]
pub(crate) struct PageKind {
    /// The key that makes a page one of this kind.
    pub name: &'static str,
    /// Its other keys.
    pub keys: &'static [&'static str],
}

const PHOTO_KEYS: &[&str] = &[
    "caption",
    "alt",
    "credit",
    "place",
    "taken",
    "people",
    "keywords",
    "layout",
    "focus",
    "size",
    "side",
    "keep-with-next",
];

/// Of several photos, each cannot face the next one.
const PHOTOS_KEYS: &[&str] = &[
    "caption", "alt", "credit", "place", "taken", "people", "keywords", "layout", "focus", "size",
    "side",
];

/// Of an opening with a picture, which is on the verso that faces the title.
const OPENING_KEYS: &[&str] = &[
    "intro", "dateline", "page", "photo", "caption", "alt", "credit", "place", "taken", "people",
    "keywords", "layout", "focus",
];

/// All kinds of pages.
pub(crate) const PAGE_KINDS: [PageKind; 6] = [
    PageKind { name: "photo", keys: PHOTO_KEYS },
    PageKind { name: "photos", keys: PHOTOS_KEYS },
    PageKind { name: "text", keys: &["dateline"] },
    PageKind { name: "chapter", keys: OPENING_KEYS },
    PageKind { name: "part", keys: OPENING_KEYS },
    PageKind { name: "blank", keys: &[] },
];

/// A photo that faces the title page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Frontispiece {
    /// The photo, relative to the manifest.
    #[schemars(extend("examples" = ["photos/03.jpg"]))]
    pub photo: Spanned<SingleLine>,
    /// Its caption, in Markdown. By default, it has none.
    #[schemars(extend("examples" = ["The road at Nes."]))]
    pub caption: Key<MultiLine>,
    /// Its alt text. By default, it is read from the photo's metadata.
    #[schemars(extend("examples" = ["A road between snowbanks."]))]
    pub alt: Key<AltText>,
    /// Its credit line. By default, it is read from the photo's metadata, or the book's `credit` is
    /// used.
    #[schemars(extend("examples" = ["Ada Field"]))]
    pub credit: Key<SingleLine>,
    /// The place where it was taken. By default, none is printed.
    #[schemars(extend("examples" = ["Nes"]))]
    pub place: Key<SingleLine>,
    /// When it was taken, as for other photos. By default, no date is printed.
    #[schemars(extend("examples" = ["2026-01"]))]
    pub taken: Key<Taken>,
}
