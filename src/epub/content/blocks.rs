//! Converts blocks and inlines to XHTML.

use crate::model::{Block, Cell, ColumnAlign, Definition, Inline, Note, Table, plain_text};

use crate::epub::content::address::address;
use crate::epub::content::page_breaks::PageBreak;
use crate::epub::content::parts::PictureFile;
use crate::epub::package::xml::Xml;

/// Writes running text to an XHTML file and inserts the page breaks at their positions.
pub(in crate::epub) struct BlockWriter<'a> {
    xml: &'a mut Xml,
    breaks: &'a [PageBreak],
    /// The number of characters written so far, not counting white space.
    seen: usize,
    /// The level of the last heading.
    level: u8,
    /// Added to every heading level: 1 under a chapter's title.
    deeper: u8,
    /// The pictures not yet written.
    figures: &'a [PictureFile<'a>],
    /// The notes referenced so far.
    notes: Vec<&'a Note>,
}

impl<'a> BlockWriter<'a> {
    /// Creates a writer for text under headings of `level` (0 at the start of a file).
    pub(in crate::epub) fn new(
        xml: &'a mut Xml,
        breaks: &'a [PageBreak],
        figures: &'a [PictureFile<'a>],
        level: u8,
    ) -> Self {
        Self { xml, breaks, seen: 0, level, deeper: level, figures, notes: Vec::new() }
    }

    /// Writes the content of a title; its characters are counted as the first of the file.
    pub(in crate::epub) fn title(&mut self, content: &'a [Inline]) {
        self.break_pages();
        self.xml.open("h1", &[]);
        self.inlines(content);
        self.xml.close("h1");
        self.xml.line();
    }

    /// Writes blocks, each on its own line.
    pub(in crate::epub) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Writes the remaining page breaks (pages whose start was not located in the text) and the
    /// notes.
    pub(in crate::epub) fn finish(mut self) {
        self.seen = usize::MAX;
        self.break_pages();
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            self.around("div", &[("class", "notes")], |flow| {
                for note in notes {
                    flow.note(note);
                }
            });
        }
    }

    /// Writes a note, which reading systems show beside its reference or at the end of the text
    /// (EPUB 3 Structural Semantics, `footnote`).
    fn note(&mut self, note: &'a Note) {
        let id = format!("note-{}", note.number);
        let attributes = [("epub:type", "footnote"), ("role", "doc-footnote"), ("id", &*id)];
        self.around("aside", &attributes, |flow| {
            let back = format!("#noteref-{}", note.number);
            let number = note.number.to_string();
            flow.xml.open("p", &[]);
            flow.xml.words("a", &[("href", &back), ("role", "doc-backlink")], &number);
            flow.xml.text(" ");
            let rest = match note.content.split_first() {
                Some((Block::Paragraph(content), rest)) => {
                    flow.inlines(content);
                    rest
                }
                _ => &note.content,
            };
            flow.xml.close("p");
            flow.xml.line();
            flow.blocks(rest);
        });
    }

    /// Writes a reference to a note.
    fn reference(&mut self, note: &'a Note) {
        let first = self.notes.iter().all(|known| known.number != note.number);
        let target = format!("#note-{}", note.number);
        let id = format!("noteref-{}", note.number);
        let mut attributes = vec![
            ("class", "noteref"),
            ("epub:type", "noteref"),
            ("role", "doc-noteref"),
            ("href", &*target),
        ];
        if first {
            attributes.push(("id", &id));
            self.notes.push(note);
        }
        self.xml.words("a", &attributes, &note.number.to_string());
    }

    fn table(&mut self, table: &'a Table) {
        self.around("table", &[], |flow| {
            flow.around("thead", &[], |flow| flow.row("th", &table.head, table));
            if !table.rows.is_empty() {
                flow.around("tbody", &[], |flow| {
                    table.rows.iter().for_each(|row| flow.row("td", row, table));
                });
            }
        });
    }

    fn row(&mut self, name: &str, cells: &'a [Cell], table: &Table) {
        self.xml.open("tr", &[]);
        for (index, cell) in cells.iter().enumerate() {
            let mut attributes = match table.columns.get(index) {
                Some(ColumnAlign::Centre) => vec![("class", "centre")],
                Some(ColumnAlign::End) => vec![("class", "end")],
                Some(ColumnAlign::Start) | None => Vec::new(),
            };
            if name == "th" {
                attributes.push(("scope", "col"));
            }
            self.wrapped(name, &attributes, cell);
        }
        self.xml.close("tr");
        self.xml.line();
    }

    fn definitions(&mut self, definitions: &'a [Definition]) {
        self.around("dl", &[], |flow| {
            for definition in definitions {
                flow.xml.open("dt", &[]);
                flow.inlines(&definition.term);
                flow.xml.close("dt");
                flow.xml.line();
                for meaning in &definition.meanings {
                    flow.around("dd", &[], |flow| flow.blocks(meaning));
                }
            }
        });
    }

    fn figure(&mut self) {
        let Some((shown, rest)) = self.figures.split_first() else { return };
        self.figures = rest;
        let size = shown.pixels.map(|size| (size.width.to_string(), size.height.to_string()));
        let mut attributes = vec![("src", shown.file.as_str()), ("alt", shown.alt.as_str())];
        attributes.extend(self.xml.tongue(&shown.alt));
        if let Some((width, height)) = &size {
            attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        }
        // The break of a page that begins with the picture goes before the figure, not into its
        // caption.
        let caption = plain_text(&shown.figure.caption);
        let letters = caption.chars().filter(|c| !c.is_whitespace()).count();
        self.break_pages_until(self.seen + letters);
        self.around("figure", &[], |flow| {
            flow.xml.empty("img", &attributes);
            flow.xml.line();
            flow.inside("figcaption", &shown.figure.caption);
        });
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { level, content } => {
                // Heading levels may be skipped on the way up, but not on the way down (WCAG
                // 2.1, H42).
                self.level = level.saturating_add(self.deeper).clamp(1, (self.level + 1).min(6));
                let name = format!("h{}", self.level);
                self.inside(&name, content);
            }
            Block::Paragraph(content) => self.inside("p", content),
            Block::Quote(inner) => {
                self.around("blockquote", &[], |flow| flow.blocks(inner));
            }
            Block::List { start, items } => {
                let number = start.filter(|start| *start != 1).map(|start| start.to_string());
                let attributes: Vec<_> =
                    number.iter().map(|number| ("start", number.as_str())).collect();
                let name = if start.is_some() { "ol" } else { "ul" };
                if !items.is_empty() {
                    self.around(name, &attributes, |flow| {
                        for item in items {
                            flow.around("li", &[], |flow| flow.blocks(item));
                        }
                    });
                }
            }
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Table(table) => self.table(table),
            Block::Figure(_) => self.figure(),
            Block::Break => {
                self.xml.empty("hr", &[]);
                self.xml.line();
            }
            Block::Code(text) => {
                self.xml.open("pre", &[]);
                self.xml.open("code", &[]);
                self.text(text);
                self.xml.close("code");
                self.xml.close("pre");
                self.xml.line();
            }
        }
    }

    fn inside(&mut self, name: &str, content: &'a [Inline]) {
        if content.is_empty() {
            return;
        }
        self.xml.open(name, &[]);
        self.inlines(content);
        self.xml.close(name);
        self.xml.line();
    }

    fn around(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.xml.open(name, attributes);
        self.xml.line();
        content(self);
        self.xml.close(name);
        self.xml.line();
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.text(words),
                Inline::Emphasis(inner) => self.wrapped("em", &[], inner),
                Inline::Strong(inner) => self.wrapped("strong", &[], inner),
                Inline::Code(words) => {
                    self.xml.open("code", &[]);
                    self.text(words);
                    self.xml.close("code");
                }
                Inline::Link { target, content } => match address(target) {
                    Some(address) => self.wrapped("a", &[("href", &address)], content),
                    None => self.inlines(content),
                },
                Inline::LineBreak => self.xml.empty("br", &[]),
                Inline::Note(note) => self.reference(note),
            }
        }
    }

    fn wrapped(&mut self, name: &str, attributes: &[(&str, &str)], inner: &'a [Inline]) {
        self.xml.open(name, attributes);
        self.inlines(inner);
        self.xml.close(name);
    }

    /// Writes text, split where a printed page begins.
    fn text(&mut self, words: &str) {
        let mut written = 0;
        for (at, _) in words.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if self.breaks.first().is_some_and(|next| next.after <= self.seen) {
                self.xml.text(&words[written..at]);
                written = at;
                self.break_pages();
            }
            self.seen = self.seen.saturating_add(1);
        }
        self.xml.text(&words[written..]);
    }

    fn break_pages(&mut self) {
        self.break_pages_until(self.seen.saturating_add(1));
    }

    /// Writes the page breaks that lie before the given character count.
    fn break_pages_until(&mut self, seen: usize) {
        while let Some((next, rest)) = self.breaks.split_first() {
            if next.after >= seen {
                break;
            }
            self.breaks = rest;
            page_break(self.xml, next);
        }
    }
}

/// Writes inlines without page breaks, as in a caption.
pub(in crate::epub) fn inlines(xml: &mut Xml, content: &[Inline]) {
    BlockWriter::new(xml, &[], &[], 0).inlines(content);
}

/// Writes the marker of a page's start.
pub(in crate::epub) fn page_break(xml: &mut Xml, page: &PageBreak) {
    xml.empty(
        "span",
        &[
            ("id", &page.id()),
            ("class", "pagebreak"),
            ("epub:type", "pagebreak"),
            ("role", "doc-pagebreak"),
            ("aria-label", &page.label),
        ],
    );
}
