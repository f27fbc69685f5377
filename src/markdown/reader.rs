//! Markdown events to blocks and inlines.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::finding::{Code, Finding};
use crate::model::{
    Block, ColumnAlign, Definition, Figure, Inline, Note, Table, Verse, VerseLine, plain_text,
};

use super::dialects;
use super::emphasis::{join, without_joiners};
use super::figures::FindPicture;
use super::frames::{ContainerBlock, Frame, NamedPicture, Open, Row, Wrapper};
use super::front_matter;
use super::location::{Lines, is_alone};
use super::notes;
use super::verse::{self, QuotedLines};

/// The maximum depth of quotations, lists and emphasis. Deeper ones are merged, so that
/// recursive functions over the blocks do not overflow the stack.
const MAX_DEPTH: usize = 24;

/// An em space: white space next to emphasis, but not at the start of a block.
const GUARD: char = '\u{2003}';
/// LINE SEPARATOR, which is white space as well.
const BREAK: char = '\u{2028}';

/// Reads a text. Without `pictures`, a picture becomes its alt text.
pub(super) fn blocks<'a>(
    text: &'a str,
    pictures: Option<&'a mut FindPicture<'a>>,
) -> (Vec<Block>, Vec<Finding>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
    let text = &join(text);
    let mut reader = Reader { pictures, ..Reader::new(text) };
    let start = front_matter::find(text).map_or(0, |front_matter| {
        reader.report(&(0..3), front_matter.finding(text));
        front_matter.end
    });
    for (range, finding) in dialects::find(text, start) {
        reader.report(&range, finding);
    }
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        reader.take(without_joiners(event), &(range.start + start..range.end + start));
    }
    reader.finish()
}

/// Reads a caption as one paragraph, whatever it starts with.
///
/// Markdown finds its blocks at the starts of lines. So the caption is put on a single line
/// that starts with a space which no block starts with and which is removed again. Its line
/// breaks become a character of their own.
pub(super) fn inlines(text: &str) -> (Vec<Inline>, Vec<Finding>) {
    let line = on_one_line(text);
    let line = join(&line);
    let mut reader = Reader::new(&line);
    for (event, range) in Parser::new_ext(&line, Options::empty()).into_offset_iter() {
        match without_joiners(event) {
            Event::Text(text) => {
                let text = if range.start == 0 {
                    text.strip_prefix(GUARD).unwrap_or(&text)
                } else {
                    &*text
                };
                for (index, part) in text.split(BREAK).enumerate() {
                    if index > 0 {
                        reader.take(Event::HardBreak, &range);
                    }
                    reader.take(Event::Text(part.into()), &range);
                }
            }
            Event::Code(code) => reader.take(Event::Code(code.replace(BREAK, " ").into()), &range),
            event => reader.take(event, &range),
        }
    }
    let (blocks, mut findings) = reader.finish();
    for finding in &mut findings {
        // Positions count from the caption itself, without the guard.
        if let Some(at) = &mut finding.at {
            at.column = at.column.saturating_sub(1).max(1);
        }
    }
    let mut content = single(blocks);
    trim(&mut content);
    (content, findings)
}

struct Reader<'t, 'a> {
    text: &'t str,
    lines: Lines,
    open: Vec<Open>,
    /// The labels of notes with their numbers, in the order of their first references.
    labels: HashMap<String, u32>,
    /// The notes with their labels and positions.
    notes: Vec<(String, Vec<Block>, Range<usize>)>,
    /// The position of the note that is being read.
    note: Range<usize>,
    pictures: Option<&'a mut FindPicture<'a>>,
    findings: Vec<Finding>,
}

impl<'t> Reader<'t, '_> {
    /// A reader that has read nothing. Positions of events are positions in `text`.
    fn new(text: &'t str) -> Self {
        let root = Open { frame: Frame::Blocks(ContainerBlock::Root, Vec::new()), ignored: 0 };
        Self {
            text,
            lines: Lines::new(text),
            open: vec![root],
            labels: HashMap::new(),
            notes: Vec::new(),
            note: 0..0,
            pictures: None,
            findings: Vec::new(),
        }
    }

    /// Closes everything that is open and returns the result.
    fn finish(mut self) -> (Vec<Block>, Vec<Finding>) {
        while self.open.len() > 1 {
            self.close();
        }
        let mut blocks = match self.open.pop().map(|open| open.frame) {
            Some(Frame::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        };
        let notes = mem::take(&mut self.notes);
        let (used, unused): (Vec<_>, Vec<_>) =
            notes.into_iter().partition(|(label, ..)| self.labels.contains_key(label));
        self.report_unused(&unused);
        let labels = &self.labels;
        let notes = used
            .into_iter()
            .filter_map(|(label, content, _)| Some((*labels.get(&label)?, content)));
        notes::insert(&mut blocks, &mut notes.collect());
        (blocks, self.findings)
    }

    /// Reports notes that no reference points to.
    fn report_unused(&mut self, unused: &[(String, Vec<Block>, Range<usize>)]) {
        /// More are counted.
        const MAX: usize = 50;
        for (label, _, range) in unused.iter().take(MAX) {
            let message = format!("the note [^{label}] is not used and is left out");
            let help = format!("add [^{label}] to the text where the note belongs");
            let finding = Finding::new(Code::NoteUnused, message).help(help);
            self.findings.push(finding.at(self.lines.location(self.text, range)));
        }
        if let Some((.., range)) = unused.get(MAX) {
            let message = format!("{} more notes are not used", unused.len() - MAX);
            let finding = Finding::new(Code::NoteUnused, message);
            self.findings.push(finding.at(self.lines.location(self.text, range)));
        }
    }

    /// Reads the next event, which is at this range of bytes.
    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => match self.innermost() {
                Some(Frame::Code(lines) | Frame::Html(lines) | Frame::Verse(lines, _)) => {
                    lines.push_str(&text);
                }
                _ => self.words(&text),
            },
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            Event::SoftBreak if self.is_before_source(range.end) => {
                self.words(verse::LINE_END.encode_utf8(&mut [0; 4]));
            }
            Event::SoftBreak => {
                self.join_lines();
                self.words(" ");
            }
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

    fn innermost(&mut self) -> Option<&mut Frame> {
        self.open.last_mut().map(|open| &mut open.frame)
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let Some(frame) = self.frame(tag, range) else {
            if let Some(open) = self.open.last_mut() {
                open.ignored += 1;
            }
            return;
        };
        match frame {
            Frame::Inlines(
                Wrapper::Emphasis | Wrapper::Strong | Wrapper::Link(_) | Wrapper::Picture(_),
                _,
            ) => self.open_implied(),
            _ => self.end_implied(),
        }
        self.open.push(Open { frame, ignored: 0 });
    }

    /// The frame that a tag opens; `None` if the tag is ignored and only its content is read.
    fn frame(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<Frame> {
        let deep = self.open.len() > MAX_DEPTH;
        Some(match tag {
            Tag::Paragraph => Frame::Inlines(Wrapper::Paragraph, Vec::new()),
            Tag::Heading { level, .. } => {
                Frame::Inlines(Wrapper::Heading(level_number(level)), Vec::new())
            }
            Tag::BlockQuote(_) if !deep => {
                Frame::Blocks(ContainerBlock::Quote { joins_lines: false }, Vec::new())
            }
            Tag::List(start) if !deep => Frame::List(start, Vec::new()),
            Tag::Item if matches!(self.innermost(), Some(Frame::List(..))) => {
                Frame::Blocks(ContainerBlock::Item, Vec::new())
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if verse::is_verse(&info) => {
                Frame::Verse(String::new(), range.clone())
            }
            Tag::CodeBlock(_) => Frame::Code(String::new()),
            Tag::HtmlBlock => {
                // Comments are dropped without a finding.
                let html = self.text.get(range.clone()).unwrap_or_default().trim();
                if !(html.starts_with("<!--") && html.ends_with("-->")) {
                    self.report_html(range);
                }
                Frame::Html(String::new())
            }
            Tag::Emphasis if !deep => Frame::Inlines(Wrapper::Emphasis, Vec::new()),
            Tag::Strong if !deep => Frame::Inlines(Wrapper::Strong, Vec::new()),
            Tag::Link { link_type, ref dest_url, .. }
                if link_type != LinkType::Email && !is_link(dest_url) =>
            {
                let message = format!("the link to {dest_url} is not supported in a book");
                let help = "use a link that starts with https://, http:// or mailto:";
                self.report(range, Finding::new(Code::LinkScheme, message).help(help));
                return None;
            }
            Tag::Link { link_type, dest_url, .. } if !deep => {
                let mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let target =
                    if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                Frame::Inlines(Wrapper::Link(target), Vec::new())
            }
            Tag::Image { dest_url, title, .. } => Frame::Inlines(
                Wrapper::Picture(NamedPicture {
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
                Frame::Blocks(ContainerBlock::Meaning, Vec::new())
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
                Frame::Blocks(ContainerBlock::Note(label.into_string()), Vec::new())
            }
            _ => return None,
        })
    }

    fn end(&mut self) {
        if let Some(open) = self.open.last_mut()
            && open.ignored > 0
        {
            open.ignored -= 1;
            return;
        }
        // An implied paragraph has no end tag; this one belongs to the block around it.
        self.end_implied();
        if self.open.len() > 1 {
            self.close();
        }
    }

    fn close(&mut self) {
        match self.open.pop().map(|open| open.frame) {
            None => {}
            Some(Frame::Blocks(container, mut blocks)) => match container {
                ContainerBlock::Root => self
                    .open
                    .push(Open { frame: Frame::Blocks(ContainerBlock::Root, blocks), ignored: 0 }),
                ContainerBlock::Quote { .. } if blocks.is_empty() => {}
                ContainerBlock::Quote { joins_lines } => {
                    let lines = if joins_lines { QuotedLines::Joined } else { QuotedLines::Kept };
                    self.block(if self.is_at_start() {
                        verse::epigraph(blocks, lines).map_or_else(Block::Quote, Block::Epigraph)
                    } else {
                        Block::Quote(verse::quotation(blocks, lines))
                    });
                }
                ContainerBlock::Item => {
                    if let Some(Frame::List(_, items)) = self.innermost() {
                        items.push(blocks);
                    }
                }
                ContainerBlock::Meaning => {
                    if let Some(Frame::Definitions(definitions)) = self.innermost() {
                        if definitions.is_empty() {
                            definitions.push(Definition::default());
                        }
                        definitions.last_mut().into_iter().for_each(|definition| {
                            definition.meanings.push(mem::take(&mut blocks));
                        });
                    }
                }
                ContainerBlock::Note(label) => {
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
            Some(Frame::Verse(lines, range)) => self.verse(&lines, &range),
            Some(Frame::Html(lines)) => self.html_block(&lines),
            Some(Frame::Inlines(wrapper, content)) => self.close_inlines(wrapper, content),
        }
    }

    fn close_inlines(&mut self, wrapper: Wrapper, mut content: Vec<Inline>) {
        match wrapper {
            Wrapper::Paragraph | Wrapper::Implied | Wrapper::VerseLine => {
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

    /// Adds a block to the innermost frame of blocks.
    fn block(&mut self, block: Block) {
        self.end_implied();
        self.block_before(block);
    }

    /// Adds a block before the open paragraph.
    fn block_before(&mut self, block: Block) {
        for open in self.open.iter_mut().rev() {
            if let Frame::Blocks(_, blocks) = &mut open.frame {
                blocks.push(block);
                return;
            }
        }
    }

    /// Adds an inline to the innermost frame of inlines.
    fn inline(&mut self, inline: Inline) {
        self.open_implied();
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

    fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.inline(Inline::Text(text.to_owned()));
        }
    }

    /// Opens a paragraph if inlines come without one.
    fn open_implied(&mut self) {
        if matches!(self.innermost(), Some(Frame::Inlines(..))) {
            return;
        }
        let ignored = self.open.last_mut().map_or(0, |open| mem::take(&mut open.ignored));
        self.open.push(Open { frame: Frame::Inlines(Wrapper::Implied, Vec::new()), ignored });
    }

    /// Closes the implied paragraph, if one is open.
    fn end_implied(&mut self) {
        if !matches!(self.innermost(), Some(Frame::Inlines(Wrapper::Implied, _))) {
            return;
        }
        let Some(implied) = self.open.pop() else { return };
        if let Some(around) = self.open.last_mut() {
            around.ignored += implied.ignored;
        }
        if let Frame::Inlines(wrapper, content) = implied.frame {
            self.close_inlines(wrapper, content);
        }
    }

    /// Reads verse, each line by itself: its words may be emphasized and have notes.
    fn verse(&mut self, lines: &str, range: &Range<usize>) {
        let mut verse = Verse::default();
        for stanza in verse::stanzas(lines) {
            let mut read = Vec::new();
            for (indent, line) in stanza {
                let content = self.verse_line(line, range);
                read.push(VerseLine { indent, content });
            }
            verse.stanzas.push(read);
        }
        if !verse.stanzas.is_empty() {
            self.block(Block::Verse(verse));
        }
    }

    fn verse_line(&mut self, line: &str, range: &Range<usize>) -> Vec<Inline> {
        // No block begins with the guard, and a note is only read if it is defined.
        let mut source = format!("{GUARD}{line}\n");
        for label in line.split("[^").skip(1).filter_map(|rest| rest.split_once(']')) {
            // Writing to a string cannot fail.
            let _ = write!(source, "\n[^{}]: {GUARD}\n", label.0);
        }
        let source = join(&source);
        let frame = Frame::Inlines(Wrapper::VerseLine, Vec::new());
        self.open.push(Open { frame, ignored: 0 });
        for (event, at) in Parser::new_ext(&source, Options::ENABLE_FOOTNOTES).into_offset_iter() {
            match without_joiners(event) {
                Event::Start(Tag::FootnoteDefinition(_)) => break,
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(text) if at.start == 0 => {
                    let text = text.strip_prefix(GUARD).unwrap_or(&text).to_owned();
                    self.take(Event::Text(text.into()), range);
                }
                event => self.take(event, range),
            }
        }
        let mut content = match self.open.pop().map(|open| open.frame) {
            Some(Frame::Inlines(_, content)) => content,
            _ => Vec::new(),
        };
        trim(&mut content);
        content
    }

    /// Whether nothing but a title precedes the block that is being read.
    fn is_at_start(&self) -> bool {
        match self.open.as_slice() {
            [Open { frame: Frame::Blocks(ContainerBlock::Root, blocks), .. }] => {
                matches!(blocks.as_slice(), [] | [Block::Heading { level: 1, .. }])
            }
            _ => false,
        }
    }

    /// Notes that two lines of the quotation that is being read are one.
    fn join_lines(&mut self) {
        let mut frames = self.open.iter_mut().rev().map(|open| &mut open.frame);
        if let Some(Frame::Blocks(ContainerBlock::Quote { joins_lines }, _)) =
            frames.find(|frame| matches!(frame, Frame::Blocks(..)))
        {
            *joins_lines = true;
        }
    }

    /// Whether the next line in a paragraph of a quotation begins with a dash.
    fn is_before_source(&self, at: usize) -> bool {
        let [.., quote, paragraph] = self.open.as_slice() else { return false };
        let is_quote = matches!(quote.frame, Frame::Blocks(ContainerBlock::Quote { .. }, _));
        let in_paragraph = matches!(paragraph.frame, Frame::Inlines(Wrapper::Paragraph, _));
        let rest = self.text.get(at..).unwrap_or_default();
        is_quote && in_paragraph && verse::is_source(rest.trim_start_matches(['>', ' ', '\t']))
    }

    fn report_html(&mut self, range: &Range<usize>) {
        self.report(
            range,
            Finding::new(Code::MarkdownHtml, "HTML is not supported and is shown as text"),
        );
    }

    fn is_in_definitions(&self) -> bool {
        matches!(self.open.last(), Some(Open { frame: Frame::Definitions(_), .. }))
    }

    fn report(&mut self, range: &Range<usize>, finding: Finding) {
        /// More findings in one text are dropped.
        const MAX: usize = 100;
        if self.findings.len() < MAX {
            self.findings.push(finding.at(self.lines.location(self.text, range)));
        }
    }

    /// A reference to a note.
    fn reference(&mut self, label: &str, range: &Range<usize>) {
        if self.is_in_note() {
            let message = "a note within a note is not supported; its label is printed";
            self.report(range, Finding::new(Code::MarkdownUnsupported, message));
            self.words(&format!(" [{label}]"));
            return;
        }
        let next = u32::try_from(self.labels.len() + 1).unwrap_or(u32::MAX);
        let number = *self.labels.entry(label.to_owned()).or_insert(next);
        // The mark follows the word directly, even if the author left a space.
        if let Some(Frame::Inlines(_, inlines)) = self.innermost()
            && let Some(Inline::Text(text)) = inlines.last_mut()
        {
            text.truncate(text.trim_end().len());
        }
        self.inline(Inline::Note(Note { number, content: Vec::new() }));
    }

    fn is_in_note(&self) -> bool {
        let in_note = |open: &Open| matches!(open.frame, Frame::Blocks(ContainerBlock::Note(_), _));
        self.open.iter().any(in_note)
    }

    /// A picture: a block if it is alone on its line, otherwise its alt text.
    fn picture(&mut self, named: &NamedPicture, alt: &[Inline]) {
        let alt = plain_text(alt).trim().to_owned();
        let in_paragraph = matches!(
            self.innermost(),
            Some(Frame::Inlines(Wrapper::Paragraph | Wrapper::Implied, _))
        );
        let place = self.lines.location(self.text, &named.range);
        let alone = in_paragraph && is_alone(self.text, &named.range) && !self.is_in_note();
        let Some(pictures) = self.pictures.as_mut().filter(|_| alone) else {
            let message = "a picture within a line is not supported; its alt text is printed";
            self.report(&named.range, Finding::new(Code::MarkdownUnsupported, message));
            self.words(&alt);
            return;
        };
        let Some(found) = pictures(&named.name, &alt, place.clone()) else {
            return;
        };
        // The text before it is a paragraph, and the text after it another.
        if let Some(Frame::Inlines(_, content)) = self.innermost() {
            let mut before = mem::take(content);
            trim(&mut before);
            if !before.is_empty() {
                self.block_before(Block::Paragraph(before));
            }
        }
        let (caption, findings) = inlines(&named.caption);
        self.findings.extend(findings.into_iter().map(|mut finding| {
            finding.at = Some(place.clone());
            finding
        }));
        self.block_before(Block::Figure(Box::new(Figure {
            picture: found.picture,
            alt: found.alt,
            caption,
        })));
    }

    /// An HTML tag within text: `<br>` is a line break, a comment is dropped, others are text.
    fn html(&mut self, html: &str, range: &Range<usize>) {
        let tag = html.trim();
        let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if tag.starts_with("<!--") {
        } else if name == "br" {
            self.inline(Inline::LineBreak);
        } else {
            self.report_html(range);
            self.words(html);
        }
    }

    fn html_block(&mut self, lines: &str) {
        let mut rest = lines;
        let mut shown = String::new();
        while let Some(start) = rest.find("<!--") {
            shown.push_str(&rest[..start]);
            rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
        }
        shown.push_str(rest);
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.block(Block::Paragraph(vec![Inline::Text(words)]));
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

/// The caption on one line. Line ends become spaces, or BREAK after two spaces or a
/// backslash and before an empty line.
fn on_one_line(text: &str) -> String {
    let mut line = String::from(GUARD);
    let mut pending = None;
    let mut ends_with_break = false;
    for part in text.lines() {
        let words = part.trim();
        if words.is_empty() {
            if pending.is_some() {
                // At the end of a paragraph, a backslash is text (CommonMark 0.31, 6.7).
                pending = Some(BREAK);
                ends_with_break = false;
            }
            continue;
        }
        if ends_with_break {
            line.pop();
        }
        line.extend(pending);
        line.push_str(words);
        let backslashes = part.len() - part.trim_end_matches('\\').len();
        ends_with_break = backslashes % 2 == 1;
        pending = Some(if ends_with_break || part.ends_with("  ") { BREAK } else { ' ' });
    }
    line
}

/// Removes white space and line breaks at both ends.
fn trim(content: &mut Vec<Inline>) {
    while let Some(Inline::Text(text)) = content.first_mut() {
        *text = text.trim_start().to_owned();
        if !text.is_empty() {
            break;
        }
        content.remove(0);
    }
    loop {
        match content.last_mut() {
            Some(Inline::Text(text)) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    return;
                }
            }
            Some(Inline::LineBreak) => {}
            _ => return,
        }
        content.pop();
    }
}

/// The inlines of all paragraphs, joined by line breaks.
fn single(blocks: Vec<Block>) -> Vec<Inline> {
    let mut content = Vec::new();
    for block in blocks {
        if let Block::Paragraph(mut inlines) | Block::Heading { content: mut inlines, .. } = block {
            if !content.is_empty() {
                content.push(Inline::LineBreak);
            }
            content.append(&mut mem::take(&mut inlines));
        }
    }
    content
}
