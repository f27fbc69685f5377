//! The types used by all other modules: lengths, the book, its laid-out pages.
//!
//! No code here reads or writes files.

mod book;
mod byline;
mod checksum;
mod contrast;
mod cover;
mod creator;
mod credits;
mod date;
mod design;
mod ebook;
mod edition;
mod entry_id;
mod geometry;
mod identifier;
mod index;
mod ink;
mod isbn;
mod language_runs;
mod length;
mod location;
mod offline;
mod outline;
mod page;
mod picture;
mod print;
mod printer;
mod side;
mod standard;
mod structure;
mod taken;
mod text;
mod text_order;
mod translation;

pub use book::{Book, Chapter, Entry, Essay, Fallback, FontFile, Fonts, Plate, Series};
pub use checksum::{SUMS, checksum_list, hexadecimal};
pub use contrast::{MIN_CONTRAST, contrast, luminance};
pub use cover::{
    Barcode, BarcodePlace, CommonNumber, Cover, CoverBack, CoverFlaps, CoverGuide, CoverIssue,
    CoverSettings, CoverSheet, CoverTextPlace, MissingNumber, NoSpineText,
};
pub use creator::{Creator, Role};
pub use credits::Credits;
pub use date::Date;
pub use design::{
    Capitals, Captions, Columns, CoverStyle, Design, Family, Figures, Folios, Heads, PageGeometry,
    PageStyle, PictureOpenings, Places, PlatePosition, Plates, Shares, Slant, TextStyle,
    TextStyles, TitleAlign, Titles, TranslationPlace, TranslationStyle, Weight,
};
pub use ebook::{Ebook, EbookLayout, Screen, Store};
pub use edition::{Edition, EditionSet, OfflineForm};
pub use entry_id::EntryId;
pub use geometry::{Edges, Matrix, Point, Rect, Size};
pub use identifier::{EditionIdentifiers, Identifier};
pub use index::{Index, IndexEntry, IndexGroup, IndexTerms, IndexTopic};
pub use ink::Ink;
pub use isbn::hyphenated_isbn;
pub(crate) use language_runs::{LanguageRuns, is_latin, latin_runs};
pub use length::{Length, LengthError};
pub use location::Location;
pub use offline::Offline;
pub use page::{
    Bookmark, FaceId, Folio, Glyph, GlyphRun, Item, Letters, Link, Numbering, Page, PageSheet,
    Pages, Passage, PassageKind, PlacedPicture, Rule, Target,
};
pub use picture::{
    ColorModel, Damage, Focus, Format, HdrEncoding, HdrTransfer, LostPart, Metadata, Orientation,
    Peak, PhotoCell, PhotoMap, PhotoPart, Picture, Pixels, PrivateMetadata, Profile, ProfileSpace,
    Region, RetainedMetadata, Sourced, StatedSpace, Subject, TextEncoding, Turn,
};
pub use print::{
    BundledProfile, CaptionPosition, ChapterOpenings, ColorPolicy, Compression, ListOfPlates,
    Marks, Paper, PlateLayout, PlateSize, PlateSizing, PressProfile, Print, RenderingIntent,
    Rotate,
};
pub use printer::{
    Binding, Certainty, Fact, FactSource, Minimums, PageLimits, PageStep, Printer, PrinterCover,
    ResolutionLimits, SpineWidth, Stock, Thickness,
};
pub use side::Side;
pub use standard::{PdfX, Standards};
pub use structure::{HeadingLevels, ListMarkers, StructureElement, StructureKind};
pub use taken::{DatePrecision, IntervalEnd, Period, PeriodTime, Season, Taken};
pub use text::{
    Block, Cell, ColumnAlign, Definition, Digits, Directions, Epigraph, Figure, Footnotes, Inline,
    Language, Links, ListItem, Note, NoteMark, OfflineStrings, ParagraphText, ReadMeStrings,
    Strings, Table, Translation, Verse, VerseLine, change_blocks, change_inlines, deck, figures,
    figures_mut, heading_deck, is_xml_char, note_mark, notes, paragraphs, place_note_marks,
    plain_text, punctuation_before_mark, readable, shift_notes, space_before_mark, split_dateline,
};
pub use translation::{BookTranslation, PlateTranslation, TitleTranslation};
