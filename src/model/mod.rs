//! The types used by all other modules: lengths, the book, its laid-out pages.
//!
//! No code here reads or writes files.

mod blocks;
mod book;
mod byline;
mod creator;
mod design;
mod ebook;
mod edition;
mod focus;
mod geometry;
mod identifier;
mod ink;
mod language;
mod length;
mod location;
mod page;
mod picture;
mod print;
mod side;
mod strings;
mod turn;
mod xml_char;

pub use blocks::{
    Block, Cell, ColumnAlign, Definition, Figure, Footnotes, Inline, Links, ListItem, Note,
    NoteMark, ParagraphText, Table, figures, figures_mut, notes, paragraphs, plain_text, readable,
    tables,
};
pub use book::{
    Book, Chapter, Cover, Date, Entry, EntryId, Essay, Fallback, FontFile, Fonts, Plate, Series,
};
pub use creator::{Creator, Role};
pub use design::{
    Capitals, Captions, Design, Family, Figures, Folios, PageGeometry, PageStyle, PlatePosition,
    Plates, Shares, Slant, TextStyle, TextStyles, TitleAlign, Titles, Weight,
};
pub use ebook::{Ebook, EbookLayout, Screen, Store};
pub use edition::{Edition, EditionSet};
pub use focus::Focus;
pub use geometry::{Edges, Matrix, Point, Rect, Size};
pub use identifier::{EditionIdentifiers, Identifier};
pub use ink::Ink;
pub use language::Language;
pub use length::{Length, LengthError};
pub use location::Location;
pub use page::{
    Bookmark, FaceId, Folio, Glyph, GlyphRun, Item, Letters, Link, Numbering, Page, Pages, Passage,
    PassageKind, PlacedPicture, Rule, Target,
};
pub use picture::{
    ColorModel, Damage, Format, LostPart, Metadata, Orientation, Picture, Pixels, PrivateMetadata,
    Profile, ProfileSpace, RetainedMetadata, Sourced,
};
pub use print::{
    CaptionPosition, ChapterOpenings, ColorPolicy, Compression, ListOfPlates, Marks, Paper,
    PlateLayout, PlateSizing, PressProfile, Print, RenderingIntent, Rotate, Standard,
};
pub use side::Side;
pub use strings::{Directions, Strings};
pub use turn::Turn;
pub use xml_char::is_xml_char;
