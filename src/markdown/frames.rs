//! What has begun in a text and not ended.

use std::ops::Range;

use crate::model::{Block, Cell, Definition, Inline, Table};

/// Something that has begun and not ended.
pub(super) enum Frame {
    /// Blocks with what becomes of them.
    Blocks(Container, Vec<Block>),
    /// Inlines with what becomes of them.
    Inlines(Wrapper, Vec<Inline>),
    /// The items of a list.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// A table.
    Table(Table),
    /// A row of one.
    Row(Row, Vec<Cell>),
    /// Lines to keep as they are.
    Code(String),
    /// Lines of HTML.
    Html(String),
}

/// A frame, and how many things without a meaning of their own have begun in it since:
/// their content belongs to it.
pub(super) struct Open {
    pub(super) frame: Frame,
    pub(super) hollow: usize,
}

pub(super) enum Container {
    Root,
    Quote,
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
    /// A paragraph that nothing marks as one, as in the items of a tight list.
    Implied,
    Heading(u8),
    Emphasis,
    Strong,
    Link(String),
    Term,
    Cell,
    /// What is said of a picture.
    Picture(Named),
}

/// A picture that a text names.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) caption: String,
    pub(super) range: Range<usize>,
}
