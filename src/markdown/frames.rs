//! The open elements of a Markdown text.

use std::ops::Range;

use crate::model::{Block, Cell, Definition, Inline, Table};

/// An open element with its content so far.
pub(super) enum Frame {
    /// Blocks, and the element that they are in.
    Blocks(ContainerBlock, Vec<Block>),
    /// Inlines, and the element that they are in.
    Inlines(Wrapper, Vec<Inline>),
    /// The items of a list.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Terms with their meanings.
    Definitions(Vec<Definition>),
    /// A table.
    Table(Table),
    /// A row of one.
    Row(Row, Vec<Cell>),
    /// Lines of code.
    Code(String),
    /// Lines of verse, and where they are.
    Verse(String, Range<usize>),
    /// Lines of HTML.
    Html(String),
}

/// A frame, and the number of ignored tags that are open in it.
pub(super) struct Open {
    pub(super) frame: Frame,
    pub(super) ignored: usize,
}

pub(super) enum ContainerBlock {
    Root,
    /// A quotation, and whether one of its lines ends without a break.
    Quote {
        joins_lines: bool,
    },
    Item,
    Meaning,
    /// A note, with its label.
    Note(String),
}

#[derive(Clone, Copy)]
pub(super) enum Row {
    Head,
    Body,
}

pub(super) enum Wrapper {
    Paragraph,
    /// A paragraph without a tag, as in the items of a tight list.
    Implied,
    Heading(u8),
    Emphasis,
    Strong,
    Link(String),
    Term,
    Cell,
    VerseLine,
    /// The alt text of a picture.
    Picture(NamedPicture),
}

/// A picture in a text.
pub(super) struct NamedPicture {
    pub(super) name: String,
    pub(super) caption: String,
    pub(super) range: Range<usize>,
}
