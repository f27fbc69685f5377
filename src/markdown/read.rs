//! The parser's events to blocks and inlines.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag};

use crate::finding::{Code, Finding};
use crate::model::{Block, ColumnAlign, Definition, Inline, Table};

use super::Pictures;
use super::frames::{Container, Frame, Named, Open, Row, Wrapper};
use super::places::location;
use super::trim::trim;

/// Deeper than this, quotations, lists and emphasis are not told apart any more: no
/// page could show it, and nobody who walks the blocks runs out of stack.
const MOST_DEPTH: usize = 24;

/// Reads an essay; without `pictures`, those in it become what is said of them.
pub(super) fn blocks<'a>(
    text: &'a str,
    pictures: Option<&'a mut Pictures<'a>>,
) -> (Vec<Block>, Vec<Finding>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
    let mut reader = Reader { pictures, ..Reader::new(text) };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, &range);
    }
    reader.finish()
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) open: Vec<Open>,
    /// The labels of the notes in the order of their first references.
    pub(super) labels: Vec<String>,
    /// The notes by their labels, each with its place.
    notes: Vec<(String, Vec<Block>, Range<usize>)>,
    /// The place of the note that is being read.
    note: Range<usize>,
    pub(super) pictures: Option<&'a mut Pictures<'a>>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// Nothing read yet; places are reckoned in this text.
    pub(super) fn new(text: &'a str) -> Self {
        let root = Open { frame: Frame::Blocks(Container::Root, Vec::new()), hollow: 0 };
        Self {
            text,
            open: vec![root],
            labels: Vec::new(),
            notes: Vec::new(),
            note: 0..0,
            pictures: None,
            findings: Vec::new(),
        }
    }

    /// What was read.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Finding>) {
        while self.open.len() > 1 {
            self.close();
        }
        let mut blocks = match self.open.pop().map(|open| open.frame) {
            Some(Frame::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        };
        for (label, _, range) in &self.notes {
            if !self.labels.contains(label) {
                let message = format!("nothing refers to the note [^{label}], so it is left out");
                let help = format!("write [^{label}] where it belongs");
                let finding = Finding::new(Code::NoteUnused, message).help(help);
                self.findings.push(finding.at(location(self.text, range)));
            }
        }
        let labels = &self.labels;
        let notes = self.notes.into_iter().filter_map(|(label, content, _)| {
            let index = labels.iter().position(|known| *known == label)?;
            Some((u32::try_from(index + 1).ok()?, content))
        });
        super::notes::fill(&mut blocks, &mut notes.collect());
        (blocks, self.findings)
    }

    /// Takes the next event, which stands at these bytes of the text.
    pub(super) fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => match self.innermost() {
                Some(Frame::Code(lines) | Frame::Html(lines)) => lines.push_str(&text),
                _ => self.words(&text),
            },
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.inline(Inline::LineBreak),
            Event::Html(html) => match self.innermost() {
                Some(Frame::Html(lines)) => lines.push_str(&html),
                _ => self.html(&html, range),
            },
            Event::InlineHtml(html) => self.html(&html, range),
            Event::Rule => self.block(Block::Break),
            Event::FootnoteReference(label) => self.reference(&label, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text),
            Event::TaskListMarker(done) => self.words(if done { "☑ " } else { "☐ " }),
        }
    }

    pub(super) fn innermost(&mut self) -> Option<&mut Frame> {
        self.open.last_mut().map(|open| &mut open.frame)
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let Some(frame) = self.frame(tag, range) else {
            if let Some(open) = self.open.last_mut() {
                open.hollow += 1;
            }
            return;
        };
        match frame {
            Frame::Inlines(
                Wrapper::Emphasis | Wrapper::Strong | Wrapper::Link(_) | Wrapper::Picture(_),
                _,
            ) => self.implied(),
            _ => self.end_implied(),
        }
        self.open.push(Open { frame, hollow: 0 });
    }

    /// What begins with this tag; `None` when it has no meaning of its own.
    fn frame(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<Frame> {
        let deep = self.open.len() > MOST_DEPTH;
        Some(match tag {
            Tag::Paragraph => Frame::Inlines(Wrapper::Paragraph, Vec::new()),
            Tag::Heading { level, .. } => {
                Frame::Inlines(Wrapper::Heading(level_number(level)), Vec::new())
            }
            Tag::BlockQuote(_) if !deep => Frame::Blocks(Container::Quote, Vec::new()),
            Tag::List(start) if !deep => Frame::List(start, Vec::new()),
            Tag::Item if matches!(self.innermost(), Some(Frame::List(..))) => {
                Frame::Blocks(Container::Item, Vec::new())
            }
            Tag::CodeBlock(_) => Frame::Code(String::new()),
            Tag::HtmlBlock => {
                // Remarks are for those who write, and nothing to speak of.
                let html = self.text.get(range.clone()).unwrap_or_default().trim();
                if !(html.starts_with("<!--") && html.ends_with("-->")) {
                    self.find_html(range);
                }
                Frame::Html(String::new())
            }
            Tag::Emphasis if !deep => Frame::Inlines(Wrapper::Emphasis, Vec::new()),
            Tag::Strong if !deep => Frame::Inlines(Wrapper::Strong, Vec::new()),
            Tag::Link { link_type, ref dest_url, .. }
                if link_type != LinkType::Email && !is_link(dest_url) =>
            {
                let message = format!("the link to {dest_url} leads nowhere from a book");
                let help = "links may begin with https://, http:// or mailto:";
                self.find(range, Finding::new(Code::LinkScheme, message).help(help));
                return None;
            }
            Tag::Link { link_type, dest_url, .. } if !deep => {
                let mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let target =
                    if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                Frame::Inlines(Wrapper::Link(target), Vec::new())
            }
            Tag::Image { dest_url, title, .. } => Frame::Inlines(
                Wrapper::Picture(Named {
                    name: dest_url.into_string(),
                    caption: title.into_string(),
                    range: range.clone(),
                }),
                Vec::new(),
            ),
            Tag::DefinitionList if !deep => Frame::Definitions(Vec::new()),
            Tag::DefinitionListTitle if self.is_in_definitions() => {
                Frame::Inlines(Wrapper::Term, Vec::new())
            }
            Tag::DefinitionListDefinition if self.is_in_definitions() => {
                Frame::Blocks(Container::Meaning, Vec::new())
            }
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(column).collect();
                Frame::Table(Table { columns, ..Table::default() })
            }
            Tag::TableHead => Frame::Row(Row::Head, Vec::new()),
            Tag::TableRow => Frame::Row(Row::Body, Vec::new()),
            Tag::TableCell => Frame::Inlines(Wrapper::Cell, Vec::new()),
            Tag::FootnoteDefinition(label) => {
                self.note = range.clone();
                Frame::Blocks(Container::Note(label.into_string()), Vec::new())
            }
            _ => return None,
        })
    }

    fn end(&mut self) {
        if let Some(open) = self.open.last_mut()
            && open.hollow > 0
        {
            open.hollow -= 1;
            return;
        }
        // What was implied has no end of its own: this one is of the block around it.
        self.end_implied();
        if self.open.len() > 1 {
            self.close();
        }
    }

    fn close(&mut self) {
        match self.open.pop().map(|open| open.frame) {
            None => {}
            Some(Frame::Blocks(container, mut blocks)) => match container {
                Container::Root => self
                    .open
                    .push(Open { frame: Frame::Blocks(Container::Root, blocks), hollow: 0 }),
                Container::Quote if blocks.is_empty() => {}
                Container::Quote => self.block(Block::Quote(blocks)),
                Container::Item => {
                    if let Some(Frame::List(_, items)) = self.innermost() {
                        items.push(blocks);
                    }
                }
                Container::Meaning => {
                    if let Some(Frame::Definitions(definitions)) = self.innermost() {
                        if definitions.is_empty() {
                            definitions.push(Definition::default());
                        }
                        definitions.last_mut().into_iter().for_each(|definition| {
                            definition.meanings.push(mem::take(&mut blocks));
                        });
                    }
                }
                Container::Note(label) => {
                    let place = mem::take(&mut self.note);
                    self.notes.push((label, blocks, place));
                }
            },
            Some(Frame::Definitions(definitions)) if definitions.is_empty() => {}
            Some(Frame::Definitions(definitions)) => self.block(Block::Definitions(definitions)),
            Some(Frame::Table(table)) => self.block(Block::Table(table)),
            Some(Frame::Row(row, cells)) => {
                if let Some(Frame::Table(table)) = self.innermost() {
                    match row {
                        Row::Head => table.head = cells,
                        Row::Body => table.rows.push(cells),
                    }
                }
            }
            Some(Frame::List(_, items)) if items.is_empty() => {}
            Some(Frame::List(start, items)) => self.block(Block::List { start, items }),
            Some(Frame::Code(lines)) => {
                self.block(Block::Code(lines.trim_end_matches('\n').to_owned()));
            }
            Some(Frame::Html(lines)) => self.html_block(&lines),
            Some(Frame::Inlines(wrapper, content)) => self.close_inlines(wrapper, content),
        }
    }

    fn close_inlines(&mut self, wrapper: Wrapper, mut content: Vec<Inline>) {
        match wrapper {
            Wrapper::Paragraph | Wrapper::Implied => {
                trim(&mut content);
                if !content.is_empty() {
                    self.block(Block::Paragraph(content));
                }
            }
            Wrapper::Heading(level) => {
                trim(&mut content);
                if !content.is_empty() {
                    self.block(Block::Heading { level, content });
                }
            }
            Wrapper::Term => {
                trim(&mut content);
                if let Some(Frame::Definitions(definitions)) = self.innermost() {
                    definitions.push(Definition { term: content, meanings: Vec::new() });
                }
            }
            Wrapper::Cell => {
                trim(&mut content);
                if let Some(Frame::Row(_, cells)) = self.innermost() {
                    cells.push(content);
                }
            }
            Wrapper::Picture(named) => self.picture(&named, &content),
            _ if content.is_empty() => {}
            Wrapper::Emphasis => self.inline(Inline::Emphasis(content)),
            Wrapper::Strong => self.inline(Inline::Strong(content)),
            Wrapper::Link(target) => self.inline(Inline::Link { target, content }),
        }
    }

    /// Puts a block into the innermost thing that holds blocks.
    pub(super) fn block(&mut self, block: Block) {
        self.end_implied();
        self.beside(block);
    }

    /// Puts a block before the paragraph that is open.
    pub(super) fn beside(&mut self, block: Block) {
        for open in self.open.iter_mut().rev() {
            if let Frame::Blocks(_, blocks) = &mut open.frame {
                blocks.push(block);
                return;
            }
        }
    }

    /// Puts an inline into the innermost thing that holds inlines.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.implied();
        for open in self.open.iter_mut().rev() {
            if let Frame::Inlines(_, inlines) = &mut open.frame {
                match (inlines.last_mut(), inline) {
                    (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                    (_, inline) => inlines.push(inline),
                }
                return;
            }
        }
    }

    pub(super) fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.inline(Inline::Text(text.to_owned()));
        }
    }

    /// Begins a paragraph where inlines come without one.
    fn implied(&mut self) {
        if matches!(self.innermost(), Some(Frame::Inlines(..))) {
            return;
        }
        let hollow = self.open.last_mut().map_or(0, |open| mem::take(&mut open.hollow));
        self.open.push(Open { frame: Frame::Inlines(Wrapper::Implied, Vec::new()), hollow });
    }

    /// Ends the paragraph that was implied, if one is open.
    fn end_implied(&mut self) {
        if !matches!(self.innermost(), Some(Frame::Inlines(Wrapper::Implied, _))) {
            return;
        }
        let Some(implied) = self.open.pop() else { return };
        if let Some(around) = self.open.last_mut() {
            around.hollow += implied.hollow;
        }
        if let Frame::Inlines(wrapper, content) = implied.frame {
            self.close_inlines(wrapper, content);
        }
    }

    pub(super) fn find_html(&mut self, range: &Range<usize>) {
        self.find(range, Finding::new(Code::MarkdownHtml, "HTML is shown as the text that it is"));
    }

    fn is_in_definitions(&self) -> bool {
        matches!(self.open.last(), Some(Open { frame: Frame::Definitions(_), .. }))
    }

    pub(super) fn find(&mut self, range: &Range<usize>, finding: Finding) {
        /// More of them than this help nobody.
        const MOST: usize = 100;
        if self.findings.len() < MOST {
            self.findings.push(finding.at(location(self.text, range)));
        }
    }
}

fn column(align: Alignment) -> ColumnAlign {
    match align {
        Alignment::None | Alignment::Left => ColumnAlign::Start,
        Alignment::Center => ColumnAlign::Centre,
        Alignment::Right => ColumnAlign::End,
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn is_link(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    scheme.is_some_and(|(scheme, rest)| {
        matches!(scheme.as_str(), "http" | "https" | "mailto") && !rest.is_empty()
    })
}
