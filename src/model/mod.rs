//! What recto knows: lengths, the book, and its laid-out pages.
//!
//! The ground floor. Nothing here reads, writes or decides; every room above
//! speaks in these types.

mod blocks;
mod book;
mod byline;
mod design;
mod edition;
mod electronic;
mod focus;
mod geometry;
mod ink;
mod length;
mod page;
mod picture;
mod print;
mod words;

pub use blocks::{
    Block, Cell, ColumnAlign, Definition, Figure, Footnotes, Inline, Links, ListItem, Note,
    NoteMark, Said, Table, figures, notes, paragraphs, plain_text, readable, tables,
};
pub use book::{
    Book, Chapter, Cover, Creator, Date, EditionIdentifiers, Entry, EntryId, Essay, Fallback,
    FontFile, Fonts, Identifier, Language, Location, Plate, Role, Series,
};
pub use design::{
    Capitals, Captions, Design, Family, Figures, Folios, Leaf, Look, PlatePlace, Plates, Shares,
    Slant, TitleAlign, Titles, Voice, Voices, Weight,
};
pub use edition::{Edition, EditionSet};
pub use electronic::{Ebook, EbookLayout, Screen, Store};
pub use focus::Focus;
pub use geometry::{Edges, Matrix, Point, Rect, Size};
pub use ink::Ink;
pub use length::{Length, LengthError};
pub use page::{
    Bookmark, FaceId, Folio, Glyph, GlyphRun, Item, Letters, Link, Numbering, Page, Pages, Passage,
    PassageKind, PlacedPicture, Rule, Side, Target, Turn,
};
pub use picture::{
    ColourModel, Format, Kept, Metadata, Orientation, Picture, Pixels, PrivateData, Profile,
    ProfileSpace, Sourced,
};
pub use print::{
    CaptionPlace, ColourPolicy, Compression, ListOfPlates, Marks, Openings, Paper, PlateLayout,
    PlateSizing, PressProfile, Print, RenderingIntent, Rotate, Standard,
};
pub use words::{Directions, Words};
