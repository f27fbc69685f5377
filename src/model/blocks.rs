//! Running text: what Markdown turns into, and what print and EPUB set.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Picture;

/// A block of an essay.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// A heading, level 1 to 6.
    Heading {
        /// 1 for the essay's title.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list; `start` is the first number of a numbered one.
    List {
        /// `None` for bullets.
        start: Option<u64>,
        /// The items in order.
        items: Vec<ListItem>,
    },
    /// Words and what they mean.
    Definitions(Vec<Definition>),
    /// A table.
    Table(Table),
    /// A picture in the text.
    Figure(Box<Figure>),
    /// A thematic break.
    Break,
    /// Lines to keep as they are.
    Code(String),
}

/// One item of a list.
pub type ListItem = Vec<Block>;

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// Its meanings, each of one or more blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// Rows of cells under a row of headings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Table {
    /// How the cells of each column stand.
    pub columns: Vec<ColumnAlign>,
    /// The headings; as many as there are columns.
    pub head: Vec<Cell>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// The words of a cell.
pub type Cell = Vec<Inline>;

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColumnAlign {
    /// At the side where lines start.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the side where lines end, as figures do.
    End,
}

/// A picture in the text, on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The picture.
    pub picture: Picture,
    /// What is to be seen, for those who cannot see it.
    pub alt: Option<String>,
    /// The words under it; may be empty.
    pub caption: Vec<Inline>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Emphasis: italic.
    Emphasis(Vec<Inline>),
    /// Strong importance: semibold.
    Strong(Vec<Inline>),
    /// A link to an `http`, `https` or `mailto` address.
    Link {
        /// Where to.
        target: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// Words to keep as they are.
    Code(String),
    /// A break that the author asked for.
    LineBreak,
    /// A reference to a note.
    Note(Note),
}

/// A note, where the text refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Note {
    /// Its number in the text, from 1, in the order of the first references.
    pub number: u32,
    /// What it says; empty where the text refers to it again.
    pub content: Vec<Block>,
}

/// What becomes of links where they cannot be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Links {
    /// Their addresses stand at the foot of the page.
    #[default]
    Footnote,
    /// Nothing: their words are words.
    Plain,
}

/// The words alone, as a reader would say them; a line break becomes a space, and the
/// marks of notes are not said.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    gather(inlines, &mut text);
    text
}

fn gather(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) => text.push_str(words),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => {
                gather(inner, text);
            }
            Inline::LineBreak => text.push(' '),
            Inline::Note(_) => {}
        }
    }
}

/// Goes through the paragraphs of these blocks in reading order: headings, terms, cells,
/// captions and all; lines of code come as one. Those of a note come after the paragraph
/// that refers to it.
pub fn paragraphs<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(Said<'a>)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => say(content, visit),
            Block::Quote(inner) => paragraphs(inner, visit),
            Block::List { items, .. } => items.iter().for_each(|item| paragraphs(item, visit)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    say(&definition.term, visit);
                    definition.meanings.iter().for_each(|meaning| paragraphs(meaning, visit));
                }
            }
            Block::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|it| say(it, visit));
            }
            Block::Figure(figure) => say(&figure.caption, visit),
            Block::Code(text) => visit(Said::Code(text)),
            Block::Break => {}
        }
    }
}

/// A paragraph's words, as [`paragraphs`] comes to them.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// In inlines.
    Inlines(&'a [Inline]),
    /// Lines of code.
    Code(&'a str),
}

fn say<'a>(content: &'a [Inline], visit: &mut dyn FnMut(Said<'a>)) {
    visit(Said::Inlines(content));
    notes(content, &mut |note| paragraphs(&note.content, visit));
}

/// Goes through the references to notes in these inlines.
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

/// Goes through the pictures in these blocks.
pub fn figures<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Figure)) {
    for block in blocks {
        match block {
            Block::Figure(figure) => visit(figure),
            Block::Quote(inner) => figures(inner, visit),
            Block::List { items, .. } => items.iter().for_each(|item| figures(item, visit)),
            Block::Definitions(definitions) => {
                let meanings = definitions.iter().flat_map(|definition| &definition.meanings);
                meanings.for_each(|meaning| figures(meaning, visit));
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Table(_)
            | Block::Break
            | Block::Code(_) => {}
        }
    }
}

/// Goes through the tables in these blocks.
pub fn tables<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Table)) {
    for block in blocks {
        match block {
            Block::Table(table) => visit(table),
            Block::Quote(inner) => tables(inner, visit),
            Block::List { items, .. } => items.iter().for_each(|item| tables(item, visit)),
            Block::Definitions(definitions) => {
                let meanings = definitions.iter().flat_map(|definition| &definition.meanings);
                meanings.for_each(|meaning| tables(meaning, visit));
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Figure(_)
            | Block::Break
            | Block::Code(_) => {}
        }
    }
}

/// The numbers of print's footnotes: those of notes and, where links have their addresses
/// at the foot of the page, of links, counted together.
#[derive(Debug, Clone, Default)]
pub struct Footnotes {
    links: Links,
    last: u32,
    /// Print's numbers of the notes, by their own.
    notes: BTreeMap<u32, u32>,
    /// Print's numbers of the addresses.
    addresses: BTreeMap<String, u32>,
}

/// The mark of a footnote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoteMark {
    /// Its number.
    pub number: u32,
    /// Whether it is the first with this number, on whose page the note stands.
    pub first: bool,
}

impl Footnotes {
    /// No note yet.
    pub fn new(links: Links) -> Self {
        Self { links, ..Self::default() }
    }

    /// The mark of a note.
    pub fn note(&mut self, note: &Note) -> NoteMark {
        number(&mut self.notes, note.number, &mut self.last)
    }

    /// The mark behind a link, if it has one: a link that shows its own address needs none.
    pub fn link(&mut self, target: &str, content: &[Inline]) -> Option<NoteMark> {
        if self.links == Links::Plain || is_shown(target, content) {
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

/// Whether a link's words are its own address, but for what nobody reads out.
fn is_shown(target: &str, content: &[Inline]) -> bool {
    readable(target) == readable(plain_text(content).trim())
}

/// An address as people write it: without its scheme and a slash at its end.
pub fn readable(address: &str) -> &str {
    let rest = ["https://", "http://", "mailto:"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address);
    rest.strip_suffix('/').unwrap_or(rest)
}
