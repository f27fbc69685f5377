//! The parser's events to blocks and inlines.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag};

use crate::finding::Finding;
use crate::model::{Block, Inline, Location};

/// Deeper than this, quotations, lists and emphasis are not told apart any more: no
/// page could show it, and nobody who walks the blocks runs out of stack.
const MOST_DEPTH: usize = 24;

/// Something that has begun and not ended.
enum Frame {
    /// Blocks with what becomes of them.
    Blocks(Container, Vec<Block>),
    /// Inlines with what becomes of them.
    Inlines(Wrapper, Vec<Inline>),
    /// The items of a list.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Lines to keep as they are.
    Code(String),
    /// Lines of HTML.
    Html(String),
}

/// A frame, and how many things without a meaning of their own have begun in it since:
/// their content belongs to it.
struct Open {
    frame: Frame,
    hollow: usize,
}

enum Container {
    Root,
    Quote,
    Item,
}

enum Wrapper {
    Paragraph,
    /// A paragraph that nothing marks as one, as in the items of a tight list.
    Implied,
    Heading(u8),
    Emphasis,
    Strong,
    Link(String),
    /// A table's row, whose cells become one line.
    Row,
}

/// Reads an essay.
pub(super) fn blocks(text: &str) -> (Vec<Block>, Vec<Finding>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::new(text);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, &range);
    }
    reader.finish()
}

pub(super) struct Reader<'a> {
    text: &'a str,
    open: Vec<Open>,
    /// What the next paragraph begins with.
    prefix: Option<String>,
    findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// Nothing read yet; places are reckoned in this text.
    pub(super) fn new(text: &'a str) -> Self {
        let root = Open { frame: Frame::Blocks(Container::Root, Vec::new()), hollow: 0 };
        Self { text, open: vec![root], prefix: None, findings: Vec::new() }
    }

    /// What was read.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Finding>) {
        while self.open.len() > 1 {
            self.close();
        }
        let blocks = match self.open.pop().map(|open| open.frame) {
            Some(Frame::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        };
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
            Event::FootnoteReference(label) => {
                self.note(range, "footnotes are not set yet; this one stands in the text");
                self.words(&format!(" [{label}]"));
            }
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
                open.hollow += 1;
            }
            return;
        };
        match frame {
            Frame::Inlines(Wrapper::Emphasis | Wrapper::Strong | Wrapper::Link(_), _) => {
                self.implied();
            }
            _ => self.end_implied(),
        }
        self.open.push(Open { frame, hollow: 0 });
    }

    /// What begins with this tag; `None` when it has no meaning of its own.
    fn frame(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<Frame> {
        let deep = self.open.len() > MOST_DEPTH;
        Some(match tag {
            Tag::Paragraph => {
                let prefix = self.prefix.take().map(Inline::Text);
                Frame::Inlines(Wrapper::Paragraph, prefix.into_iter().collect())
            }
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
                self.find(range, Finding::warning("link-scheme", message).help(help));
                return None;
            }
            Tag::Link { link_type, dest_url, .. } if !deep => {
                let mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let target =
                    if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                Frame::Inlines(Wrapper::Link(target), Vec::new())
            }
            Tag::Image { .. } => {
                let message = "pictures in texts are not set yet; what is said of this one is";
                self.note(range, message);
                return None;
            }
            Tag::Table(_) => {
                self.note(range, "tables are not set yet; this one becomes lines of text");
                return None;
            }
            Tag::TableHead | Tag::TableRow => Frame::Inlines(Wrapper::Row, Vec::new()),
            Tag::TableCell => {
                let first = match self.innermost() {
                    Some(Frame::Inlines(_, cells)) => cells.is_empty(),
                    _ => true,
                };
                if !first {
                    self.words(" · ");
                }
                return None;
            }
            Tag::FootnoteDefinition(label) => {
                self.prefix = Some(format!("[{label}] "));
                return None;
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
            Some(Frame::Blocks(container, blocks)) => match container {
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
            },
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
            Wrapper::Paragraph | Wrapper::Implied | Wrapper::Row => {
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
            _ if content.is_empty() => {}
            Wrapper::Emphasis => self.inline(Inline::Emphasis(content)),
            Wrapper::Strong => self.inline(Inline::Strong(content)),
            Wrapper::Link(target) => self.inline(Inline::Link { target, content }),
        }
    }

    /// Puts a block into the innermost thing that holds blocks.
    fn block(&mut self, block: Block) {
        self.end_implied();
        for open in self.open.iter_mut().rev() {
            if let Frame::Blocks(_, blocks) = &mut open.frame {
                blocks.push(block);
                return;
            }
        }
    }

    /// Puts an inline into the innermost thing that holds inlines.
    fn inline(&mut self, inline: Inline) {
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

    fn words(&mut self, text: &str) {
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

    /// A tag amid words: a break is a break, a remark is nothing, the rest is shown.
    fn html(&mut self, html: &str, range: &Range<usize>) {
        let tag = html.trim();
        let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if tag.starts_with("<!--") {
        } else if name == "br" {
            self.inline(Inline::LineBreak);
        } else {
            self.find_html(range);
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

    fn find_html(&mut self, range: &Range<usize>) {
        self.find(range, Finding::note("markdown-html", "HTML is shown as the text that it is"));
    }

    fn note(&mut self, range: &Range<usize>, message: &str) {
        self.find(range, Finding::note("markdown-unsupported", message));
    }

    fn find(&mut self, range: &Range<usize>, finding: Finding) {
        /// More of them than this help nobody.
        const MOST: usize = 100;
        if self.findings.len() < MOST {
            self.findings.push(finding.at(location(self.text, range)));
        }
    }
}

/// Where these bytes of the text stand, to the end of their first line.
fn location(text: &str, range: &Range<usize>) -> Location {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    let here = text.get(range.start..range.end.max(range.start)).unwrap_or_default();
    let length = here.lines().next().map_or(1, |line| line.chars().count().max(1));
    Location {
        file: std::path::PathBuf::new(),
        line: number(line),
        column: number(column),
        length: number(length),
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

/// Takes blanks and breaks away from both ends.
pub(super) fn trim(content: &mut Vec<Inline>) {
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

/// The inlines of a single paragraph, out of the blocks that it came in.
pub(super) fn single(blocks: Vec<Block>) -> Vec<Inline> {
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
