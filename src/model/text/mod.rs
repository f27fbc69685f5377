//! Texts: their paragraphs, tables and notes, their languages, and the words that recto itself
//! writes in a book.

mod blocks;
mod change;
mod deck;
mod digits;
mod language;
mod note_marks;
pub(crate) mod scripts;
mod strings;
mod xml_char;

pub use blocks::{
    Block, Cell, ColumnAlign, Definition, Epigraph, Figure, Footnotes, Inline, Links, ListItem,
    Note, NoteMark, ParagraphText, Table, Translation, Verse, VerseLine, figures, figures_mut,
    notes, paragraphs, plain_text, readable,
};
pub use change::{change_blocks, change_inlines, shift_notes};
pub use deck::{deck, heading_deck, split_dateline};
pub use digits::Digits;
pub use language::Language;
pub use note_marks::{note_mark, place_note_marks, punctuation_before_mark, space_before_mark};
pub use strings::{Directions, OfflineStrings, ReadMeStrings, Strings};
pub use xml_char::is_xml_char;
