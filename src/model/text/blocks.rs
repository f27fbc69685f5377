//! Running text: the result of parsing Markdown, and the input for print and EPUB.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::{Language, Picture};

/// A block of an essay.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// A heading, level 1 to 6.
    Heading {
        /// 1 for the essay's title.
        level: u8,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// The place and the date of the text, after its title.
    Dateline(Vec<Inline>),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A poem, or a part of one.
    Verse(Verse),
    /// The quotation at the beginning of a text.
    Epigraph(Epigraph),
    /// A list; `start` is the first number of a numbered one.
    List {
        /// `None` for bullets.
        start: Option<u64>,
        /// The items in order.
        items: Vec<ListItem>,
    },
    /// A list of terms and their definitions.
    Definitions(Vec<Definition>),
    /// A table.
    Table(Table),
    /// A picture in the text.
    Figure(Box<Figure>),
    /// A thematic break.
    Break,
    /// A code block, with its white space preserved.
    Code(String),
    /// The text in another language than what precedes it.
    Translation(Translation),
}

/// A text in another language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Translation {
    /// The language.
    pub language: Language,
    /// The text.
    pub blocks: Vec<Block>,
}

/// Lines of verse, which are broken where their author breaks them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Verse {
    /// The stanzas; none is empty.
    pub stanzas: Vec<Vec<VerseLine>>,
}

impl Verse {
    /// The lines of all stanzas.
    pub fn lines(&self) -> impl Iterator<Item = &VerseLine> {
        self.stanzas.iter().flatten()
    }

    /// The lines of all stanzas, to be changed.
    pub fn lines_mut(&mut self) -> impl Iterator<Item = &mut VerseLine> {
        self.stanzas.iter_mut().flatten()
    }
}

/// A line of verse.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct VerseLine {
    /// Its indent in halves of an em.
    pub indent: u16,
    /// Its text.
    pub content: Vec<Inline>,
}

/// A quotation at the beginning of a book or text, with its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Epigraph {
    /// The quotation.
    pub blocks: Vec<Block>,
    /// Who said it, and where; may be empty.
    pub source: Vec<Inline>,
}

/// One item of a list.
pub type ListItem = Vec<Block>;

/// A term and its definitions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// Its definitions, each of one or more blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// A table with a header row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Table {
    /// The alignment of each column.
    pub columns: Vec<ColumnAlign>,
    /// The header cells, one per column.
    pub head: Vec<Cell>,
    /// The rows, each with one cell per column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Whether it is short enough to be whole on a page or a screen: eight rows.
    pub fn is_short(&self) -> bool {
        const MAX_ROWS: usize = 8;
        self.rows.len() <= MAX_ROWS
    }
}

/// The text of a cell.
pub type Cell = Vec<Inline>;

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColumnAlign {
    /// At the side where lines start.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the side where lines end, as for numbers.
    End,
}

/// A picture in the text, in a paragraph of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The picture.
    pub picture: Picture,
    /// The alternative text.
    pub alt: Option<String>,
    /// The caption; may be empty.
    pub caption: Vec<Inline>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Emphasis: italic.
    Emphasis(Vec<Inline>),
    /// Strong importance: semibold.
    Strong(Vec<Inline>),
    /// A link to an `http`, `https` or `mailto` address.
    Link {
        /// The address.
        target: String,
        /// Its text.
        content: Vec<Inline>,
    },
    /// Code, with its white space preserved.
    Code(String),
    /// A forced line break.
    LineBreak,
    /// A reference to a note.
    Note(Note),
}

/// A note, at a reference to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Note {
    /// Its number in the text, counted from 1 in the order of first references.
    pub number: u32,
    /// Its content; empty at further references.
    pub content: Vec<Block>,
}

/// What happens to links in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Links {
    /// Their addresses are printed in footnotes.
    #[default]
    Footnote,
    /// Nothing: only their text is printed.
    Plain,
}

/// The text without markup; a line break becomes a space, and note references are omitted.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    collect(inlines, &mut text);
    text
}

fn collect(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => {
                collect(inner, text);
            }
            Inline::LineBreak => text.push(' '),
            Inline::Note(_) => {}
        }
    }
}

/// Visits the paragraphs of these blocks in reading order, including headings, terms, cells and
/// captions; a code block is visited as a whole. The paragraphs of a note follow the paragraph
/// with its reference.
pub fn paragraphs<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(ParagraphText<'a>)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph(content)
            | Block::Dateline(content) => {
                visit_paragraph(content, visit);
            }
            Block::Quote(inner) | Block::Translation(Translation { blocks: inner, .. }) => {
                paragraphs(inner, visit);
            }
            Block::Verse(verse) => {
                verse.lines().for_each(|line| visit_paragraph(&line.content, visit));
            }
            Block::Epigraph(Epigraph { blocks, source }) => {
                paragraphs(blocks, visit);
                if !source.is_empty() {
                    visit_paragraph(source, visit);
                }
            }
            Block::List { items, .. } => items.iter().for_each(|item| paragraphs(item, visit)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    visit_paragraph(&definition.term, visit);
                    definition.meanings.iter().for_each(|meaning| paragraphs(meaning, visit));
                }
            }
            Block::Table(table) => {
                table
                    .head
                    .iter()
                    .chain(table.rows.iter().flatten())
                    .for_each(|it| visit_paragraph(it, visit));
            }
            Block::Figure(figure) => visit_paragraph(&figure.caption, visit),
            Block::Code(text) => visit(ParagraphText::Code(text)),
            Block::Break => {}
        }
    }
}

/// The text of a paragraph visited by [`paragraphs`].
#[derive(Debug, Clone, Copy)]
pub enum ParagraphText<'a> {
    /// A paragraph of inlines.
    Inlines(&'a [Inline]),
    /// A code block.
    Code(&'a str),
}

fn visit_paragraph<'a>(content: &'a [Inline], visit: &mut dyn FnMut(ParagraphText<'a>)) {
    visit(ParagraphText::Inlines(content));
    notes(content, &mut |note| paragraphs(&note.content, visit));
}

/// Visits the note references in these inlines.
pub fn notes<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Note)) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => notes(inner, visit),
            Inline::Note(note) => visit(note),
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}

/// Visits the pictures in these blocks.
pub fn figures<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Figure)) {
    for block in blocks {
        match block {
            Block::Figure(figure) => visit(figure),
            Block::Quote(inner)
            | Block::Epigraph(Epigraph { blocks: inner, .. })
            | Block::Translation(Translation { blocks: inner, .. }) => {
                figures(inner, visit);
            }
            Block::List { items, .. } => items.iter().for_each(|item| figures(item, visit)),
            Block::Definitions(definitions) => {
                let meanings = definitions.iter().flat_map(|definition| &definition.meanings);
                meanings.for_each(|meaning| figures(meaning, visit));
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Dateline(_)
            | Block::Verse(_)
            | Block::Table(_)
            | Block::Break
            | Block::Code(_) => {}
        }
    }
}

/// Changes the figures in these blocks.
pub fn figures_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Figure)) {
    for block in blocks {
        match block {
            Block::Figure(figure) => change(figure),
            Block::Quote(inner)
            | Block::Epigraph(Epigraph { blocks: inner, .. })
            | Block::Translation(Translation { blocks: inner, .. }) => {
                figures_mut(inner, change);
            }
            Block::List { items, .. } => {
                for item in items {
                    figures_mut(item, change);
                }
            }
            Block::Definitions(definitions) => {
                for meaning in definitions.iter_mut().flat_map(|it| &mut it.meanings) {
                    figures_mut(meaning, change);
                }
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Dateline(_)
            | Block::Verse(_)
            | Block::Table(_)
            | Block::Break
            | Block::Code(_) => {}
        }
    }
}

/// Numbers the footnotes of the printed edition: notes and, if addresses are printed in
/// footnotes, links, in one sequence.
#[derive(Debug, Clone, Default)]
pub struct Footnotes {
    links: Links,
    last: u32,
    /// The printed numbers of the notes, by their numbers in the text.
    notes: BTreeMap<u32, u32>,
    /// The printed numbers of the addresses.
    addresses: BTreeMap<String, u32>,
}

/// A reference to a footnote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoteMark {
    /// Its number.
    pub number: u32,
    /// Whether it is the first reference with this number, on whose page the note is printed.
    pub first: bool,
}

impl Footnotes {
    /// Starts without notes.
    pub fn new(links: Links) -> Self {
        Self { links, ..Self::default() }
    }

    /// The reference to a note.
    pub fn note(&mut self, note: &Note) -> NoteMark {
        number(&mut self.notes, note.number, &mut self.last)
    }

    /// The reference after a link, if it has one: a link whose text is its address needs none.
    pub fn link(&mut self, target: &str, content: &[Inline]) -> Option<NoteMark> {
        if self.links == Links::Plain || shows_own_address(target, content) {
            return None;
        }
        Some(number(&mut self.addresses, target.to_owned(), &mut self.last))
    }
}

fn number<K: Ord>(known: &mut BTreeMap<K, u32>, key: K, last: &mut u32) -> NoteMark {
    if let Some(&number) = known.get(&key) {
        return NoteMark { number, first: false };
    }
    *last += 1;
    known.insert(key, *last);
    NoteMark { number: *last, first: true }
}

/// Whether the text of a link is its address, ignoring the scheme and a trailing slash.
fn shows_own_address(target: &str, content: &[Inline]) -> bool {
    readable(target) == readable(plain_text(content).trim())
}

/// An address for readers: without its scheme and a trailing slash.
pub fn readable(address: &str) -> &str {
    let rest = ["https://", "http://", "mailto:"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address);
    rest.strip_suffix('/').unwrap_or(rest)
}
