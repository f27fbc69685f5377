//! What recto knows: lengths, the book, and its laid-out pages.
//!
//! The ground floor. Nothing here reads, writes or decides; every room above
//! speaks in these types.

mod blocks;
mod book;
mod byline;
mod design;
mod ebook;
mod edition;
mod focus;
mod geometry;
mod ink;
mod length;
mod page;
mod picture;
mod print;
mod strings;

pub use blocks::{
    Block, Cell, ColumnAlign, Definition, Figure, Footnotes, Inline, Links, ListItem, Note,
    NoteMark, Said, Table, figures, notes, paragraphs, plain_text, readable, tables,
};
pub use book::{
    Book, Chapter, Cover, Creator, Date, EditionIdentifiers, Entry, EntryId, Essay, Fallback,
    FontFile, Fonts, Identifier, Language, Location, Plate, Role, Series,
};
pub use design::{
    Capitals, Captions, Design, Family, Figures, Folios, PageColors, PageStyle, PlatePlace, Plates,
    Shares, Slant, TextStyle, TextStyles, TitleAlign, Titles, Weight,
};
pub use ebook::{Ebook, EbookLayout, Screen, Store};
pub use edition::{Edition, EditionSet};
pub use focus::Focus;
pub use geometry::{Edges, Matrix, Point, Rect, Size};
pub use ink::Ink;
pub use length::{Length, LengthError};
pub use page::{
    Bookmark, FaceId, Folio, Glyph, GlyphRun, Item, Letters, Link, Numbering, Page, Pages, Passage,
    PassageKind, PlacedPicture, Rule, Side, Target, Turn,
};
pub use picture::{
    ColorModel, Format, Metadata, Orientation, Picture, Pixels, PrivateMetadata, Profile,
    ProfileSpace, RetainedMetadata, Sourced,
};
pub use print::{
    CaptionPosition, ColorPolicy, Compression, ListOfPlates, Marks, Openings, Paper, PlateLayout,
    PlateSizing, PressProfile, Print, RenderingIntent, Rotate, Standard,
};
pub use strings::{Directions, Strings};
