//! Writes running text: blocks, their inlines and notes.

use crate::model::{
    Block, Cell, ColumnAlign, Definition, Epigraph, Inline, Note, Table, TitleTranslation,
    Translation, Verse, VerseLine, latin_runs, plain_text,
};

use crate::html::address::address;
use crate::html::content::figure::PictureFile;
use crate::html::content::heading::Heading;
use crate::html::content::page_break::{PageBreak, page_break};
use crate::html::content::table;
use crate::html::long_words::beside;
use crate::html::style::{table_css, verse_css};
use crate::html::xml::{Xml, attributes_of, one_line};

/// The most lines of a stanza that is not divided between screens.
const MOST_WHOLE_LINES: usize = 4;

/// Writes running text to an XHTML file and inserts the page breaks at their positions.
pub(crate) struct BlockWriter<'a> {
    xml: &'a mut Xml,
    breaks: &'a [PageBreak],
    /// The number of characters written so far, not counting white space.
    written_chars: usize,
    /// The level of the heading above the text.
    level: u8,
    /// The number of levels above that one in the document, which its elements do not show: those
    /// of a part of the book.
    above: u8,
    /// The levels, as written, of the last heading and those above it.
    headings: Vec<u8>,
    /// The pictures not yet written.
    figures: &'a [PictureFile<'a>],
    /// The notes referenced so far.
    notes: Vec<&'a Note>,
    /// The beginning of all identifiers, if the file has several texts.
    ids: &'a str,
    /// The characters beside the inlines that are being written, on the same line.
    around: [Option<char>; 2],
}

impl<'a> BlockWriter<'a> {
    /// Creates a writer for text under headings of `level` (0 at the start of a file).
    pub(crate) fn new(
        xml: &'a mut Xml,
        breaks: &'a [PageBreak],
        figures: &'a [PictureFile<'a>],
        level: u8,
    ) -> Self {
        Self {
            xml,
            breaks,
            written_chars: 0,
            level,
            above: 0,
            headings: Vec::new(),
            figures,
            notes: Vec::new(),
            ids: "",
            around: [None; 2],
        }
    }

    /// Names the levels of headings to screen readers as if there were this many more above them.
    pub(crate) fn with_levels_above(self, above: u8) -> Self {
        Self { above, ..self }
    }

    /// The attribute with the level of a heading, if it is not that of its element.
    fn aria_level(&self, level: u8) -> Option<String> {
        (self.above > 0).then(|| (level + self.above).to_string())
    }

    /// Begins all identifiers with `ids`, for a file with several texts.
    pub(crate) fn with_ids(self, ids: &'a str) -> Self {
        Self { ids, ..self }
    }

    /// Writes the title above the text; its characters are counted as the first of the file.
    pub(crate) fn title(&mut self, content: &'a [Inline], translations: &'a [TitleTranslation]) {
        self.write_due_breaks();
        let heading = format!("h{}", self.level);
        let level = self.aria_level(self.level);
        let attributes: Vec<_> = level.iter().map(|it| ("aria-level", it.as_str())).collect();
        let heading = Heading::open(self.xml, &heading, &attributes);
        self.inlines(content);
        for TitleTranslation { language, title } in translations {
            // The break separates the titles for readers that show them on one line.
            self.xml.empty("br", &[]);
            let [lang, xml_lang, direction] = attributes_of(language);
            self.xml.open("span", &[("class", "translation"), lang, xml_lang, direction]);
            let outer = self.xml.set_language(language);
            self.inlines(title);
            self.xml.restore(outer);
            self.xml.close("span");
        }
        heading.close(self.xml);
    }

    /// Writes blocks, each on its own line.
    pub(crate) fn blocks(&mut self, blocks: impl IntoIterator<Item = &'a Block>) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Writes the remaining page breaks (pages whose start was not located in the text) and the
    /// notes.
    pub(crate) fn finish(mut self) {
        self.written_chars = usize::MAX;
        self.write_due_breaks();
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            self.block_element("div", &[("class", "notes")], |writer| {
                for note in notes {
                    writer.note(note);
                }
            });
        }
    }

    /// Writes a note, which reading systems show beside its reference or at the end of the text
    /// (EPUB 3 Structural Semantics, `footnote`).
    fn note(&mut self, note: &'a Note) {
        let id = format!("{}note-{}", self.ids, note.number);
        let attributes = [("epub:type", "footnote"), ("role", "doc-footnote"), ("id", &*id)];
        self.block_element("aside", &attributes, |writer| {
            let back = format!("#{}noteref-{}", writer.ids, note.number);
            let number = writer.xml.digits().write(note.number);
            writer.xml.open("p", &[]);
            writer.xml.text_element("a", &[("href", &back), ("role", "doc-backlink")], &number);
            writer.xml.text(" ");
            let rest = match note.content.split_first() {
                Some((Block::Paragraph(content), rest)) => {
                    writer.inlines(content);
                    rest
                }
                _ => &note.content,
            };
            writer.xml.close("p");
            writer.xml.line();
            writer.blocks(rest);
        });
    }

    /// Writes a reference to a note.
    fn reference(&mut self, note: &'a Note) {
        let first = self.notes.iter().all(|known| known.number != note.number);
        let target = format!("#{}note-{}", self.ids, note.number);
        let id = format!("{}noteref-{}", self.ids, note.number);
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
        let number = self.xml.digits().write(note.number);
        self.xml.text_element("a", &attributes, &number);
    }

    fn table(&mut self, table: &'a Table) {
        let words = self.xml.begin_narrow_text();
        let whole = table.is_short().then_some(("class", "whole"));
        self.block_element("table", whole.as_slice(), |writer| {
            writer.block_element("thead", &[], |writer| writer.row("th", &table.head, table));
            if !table.rows.is_empty() {
                writer.block_element("tbody", &[], |writer| {
                    table.rows.iter().for_each(|row| writer.row("td", row, table));
                });
            }
        });
        self.xml.restore_words(words);
    }

    fn row(&mut self, name: &str, cells: &'a [Cell], table: &Table) {
        // Where the table is set as a list, each cell shows the head of its column.
        let is_list_somewhere = self.xml.table_width(table).is_some();
        self.xml.open("tr", &[]);
        for (index, cell) in cells.iter().enumerate() {
            let alignment = match table.columns.get(index) {
                Some(ColumnAlign::Centre) => Some("centre"),
                Some(ColumnAlign::End) => Some("end"),
                Some(ColumnAlign::Start) | None => None,
            };
            let number = (name == "td" && table::is_number(cell)).then_some("nowrap");
            let class = alignment.into_iter().chain(number).collect::<Vec<_>>().join(" ");
            let mut attributes = Vec::new();
            attributes.extend((!class.is_empty()).then_some(("class", class.as_str())));
            if name == "th" {
                attributes.push(("scope", "col"));
            }
            let head = table.head.get(index).map(|head| one_line(&plain_text(head)));
            let head = head.filter(|head| name == "td" && is_list_somewhere && !head.is_empty());
            let head = head.map(|head| self.xml.divided(&head));
            attributes.extend(head.as_deref().map(|head| ("data-label", head)));
            self.inline_element(name, &attributes, cell);
        }
        self.xml.close("tr");
        self.xml.line();
    }

    fn definitions(&mut self, definitions: &'a [Definition]) {
        let words = self.xml.begin_narrow_text();
        self.block_element("dl", &[], |writer| {
            for definition in definitions {
                writer.xml.open("dt", &[]);
                writer.inlines(&definition.term);
                writer.xml.close("dt");
                writer.xml.line();
                for meaning in &definition.meanings {
                    writer.block_element("dd", &[], |writer| writer.blocks(meaning));
                }
            }
        });
        self.xml.restore_words(words);
    }

    /// Writes verse: a paragraph for each stanza, and in it an element for each line, which the
    /// stylesheet turns in where it is too long. Without a stylesheet, the breaks separate lines.
    fn verse(&mut self, verse: &'a Verse) {
        let words = self.xml.begin_ragged_text();
        self.block_element("div", &[("class", "verse")], |writer| {
            for stanza in &verse.stanzas {
                // A short stanza is whole on a screen.
                let whole = (stanza.len() <= MOST_WHOLE_LINES).then_some(("class", "whole"));
                writer.block_element("p", whole.as_slice(), |writer| {
                    for VerseLine { indent, content } in stanza {
                        let mut class = "line".to_owned();
                        if *indent > 0 {
                            class.push(' ');
                            class.push_str(&verse_css::class(*indent));
                        }
                        writer.xml.open("span", &[("class", &class)]);
                        writer.inlines(content);
                        writer.xml.empty("br", &[]);
                        writer.xml.close("span");
                        writer.xml.line();
                    }
                });
            }
        });
        self.xml.restore_words(words);
    }

    fn figure(&mut self) {
        let Some((picture, rest)) = self.figures.split_first() else { return };
        self.figures = rest;
        let size = picture.pixels.map(|size| (size.width.to_string(), size.height.to_string()));
        let mut attributes = vec![("src", picture.file.as_str()), ("alt", picture.alt.as_str())];
        attributes.extend(self.xml.language_attributes(&picture.alt));
        if let Some((width, height)) = &size {
            attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        }
        attributes.extend(picture.attributes.iter().map(|(name, value)| (*name, value.as_str())));
        // The break of a page that begins with the picture goes before the figure, not into its
        // caption.
        let caption = plain_text(&picture.figure.caption);
        let letters = caption.chars().filter(|c| !c.is_whitespace()).count();
        self.write_breaks_before(self.written_chars + letters);
        self.block_element("figure", &[], |writer| {
            writer.xml.empty("img", &attributes);
            writer.xml.line();
            let words = writer.xml.begin_ragged_text();
            writer.text_block("figcaption", &[], &picture.figure.caption);
            writer.xml.restore_words(words);
        });
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { level, content } => {
                // A level may not be skipped on the way down (WCAG 2.1, H42), and headings that
                // are written alike have the same level.
                self.headings.retain(|above| above < level);
                self.headings.push(*level);
                let depth = u8::try_from(self.headings.len()).unwrap_or(u8::MAX);
                let level = self.level.saturating_add(depth).min(6);
                let aria_level = self.aria_level(level);
                let attributes: Vec<_> =
                    aria_level.iter().map(|it| ("aria-level", it.as_str())).collect();
                if !content.is_empty() {
                    let name = format!("h{level}");
                    let heading = Heading::open(self.xml, &name, &attributes);
                    self.inlines(content);
                    heading.close(self.xml);
                }
            }
            Block::Paragraph(content) => self.text_block("p", &[], content),
            Block::Dateline(content) => {
                self.text_block("p", &[("class", "dateline")], content);
            }
            Block::Quote(inner) => {
                self.block_element("blockquote", &[], |writer| writer.blocks(inner));
            }
            Block::Verse(verse) => self.verse(verse),
            Block::Epigraph(Epigraph { blocks, source }) => {
                let attributes =
                    [("class", "epigraph"), ("epub:type", "epigraph"), ("role", "doc-epigraph")];
                let words = self.xml.begin_ragged_text();
                self.block_element("blockquote", &attributes, |writer| {
                    writer.blocks(blocks);
                    if !source.is_empty() {
                        writer.xml.open("p", &[("class", "source")]);
                        writer.inlines(source);
                        writer.xml.close("p");
                        writer.xml.line();
                    }
                });
                self.xml.restore_words(words);
            }
            Block::List { start, items } => {
                let number = start.filter(|start| *start != 1).map(|start| start.to_string());
                let attributes: Vec<_> =
                    number.iter().map(|number| ("start", number.as_str())).collect();
                let name = if start.is_some() { "ol" } else { "ul" };
                if !items.is_empty() {
                    let words = self.xml.begin_narrow_text();
                    self.block_element(name, &attributes, |writer| {
                        for item in items {
                            writer.block_element("li", &[], |writer| writer.blocks(item));
                        }
                    });
                    self.xml.restore_words(words);
                }
            }
            Block::Translation(Translation { language, blocks }) => {
                let [lang, xml_lang, direction] = attributes_of(language);
                let attributes = [("class", "translation"), lang, xml_lang, direction];
                self.block_element("div", &attributes, |writer| {
                    let outer = writer.xml.set_language(language);
                    writer.blocks(blocks);
                    writer.xml.restore(outer);
                });
            }
            Block::Definitions(definitions) => self.definitions(definitions),
            // A table that is too wide for the screen is set as a list.
            Block::Table(table) => {
                let mut class = "table".to_owned();
                if let Some(width) = self.xml.table_width(table) {
                    class.push(' ');
                    class.push_str(&table_css::class(width));
                }
                self.block_element("div", &[("class", &class)], |writer| writer.table(table));
            }
            Block::Figure(_) => self.figure(),
            Block::Break => {
                self.xml.empty("hr", &[]);
                self.xml.line();
            }
            Block::Code(text) => {
                self.xml.open("pre", &[]);
                self.code(text);
                self.xml.close("pre");
                self.xml.line();
            }
        }
    }

    fn text_block(&mut self, name: &str, attributes: &[(&str, &str)], content: &'a [Inline]) {
        if content.is_empty() {
            return;
        }
        self.xml.open(name, attributes);
        self.inlines(content);
        self.xml.close(name);
        self.xml.line();
    }

    fn block_element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) {
        self.xml.open(name, attributes);
        self.xml.line();
        content(self);
        self.xml.close(name);
        self.xml.line();
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        let outer = self.around;
        for (index, inline) in inlines.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| inlines.get(before));
            self.around = [
                before.map_or(outer[0], |before| edge(before, |text| text.chars().next_back())),
                inlines
                    .get(index + 1)
                    .map_or(outer[1], |next| edge(next, |text| text.chars().next())),
            ];
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Emphasis(inner) => self.emphasis(inner),
                Inline::Strong(inner) => self.inline_element("strong", &[], inner),
                Inline::Code(text) => self.code(text),
                Inline::Link { target, content } => match address(target) {
                    Some(address) => self.inline_element("a", &[("href", &address)], content),
                    None => self.inlines(content),
                },
                Inline::LineBreak => self.xml.empty("br", &[]),
                Inline::Note(note) => self.reference(note),
            }
        }
        self.around = outer;
    }

    fn inline_element(&mut self, name: &str, attributes: &[(&str, &str)], inner: &'a [Inline]) {
        self.xml.open(name, attributes);
        self.inlines(inner);
        self.xml.close(name);
    }

    /// Writes emphasis. Words in Latin letters within Chinese, Japanese or Korean are italic, and
    /// have no dots.
    fn emphasis(&mut self, inner: &'a [Inline]) {
        if !self.xml.is_east_asian() {
            return self.inline_element("em", &[], inner);
        }
        let text = plain_text(inner);
        let is_latin =
            latin_runs(&text).iter().all(|(run, is_latin)| *is_latin || !has_letters(run));
        if is_latin && has_letters(&text) {
            return self.inline_element("em", &[("class", "latin")], inner);
        }
        self.xml.open("em", &[]);
        for inline in inner {
            let Inline::Text(text) = inline else {
                self.inlines(std::slice::from_ref(inline));
                continue;
            };
            for (run, is_latin) in latin_runs(text) {
                if is_latin {
                    self.xml.open("span", &[("class", "latin")]);
                }
                self.text(run);
                if is_latin {
                    self.xml.close("span");
                }
            }
        }
        self.xml.close("em");
    }

    fn code(&mut self, text: &str) {
        self.xml.open("code", &[]);
        let outer = self.xml.keep_words_whole();
        self.text(text);
        self.xml.restore_words(outer);
        self.xml.close("code");
    }

    /// Writes text, split where a printed page begins.
    fn text(&mut self, text: &str) {
        let mut written = 0;
        for (at, _) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if self.breaks.first().is_some_and(|next| next.after <= self.written_chars) {
                self.xml.text_between(&text[written..at], beside(text, written..at, self.around));
                written = at;
                self.write_due_breaks();
            }
            self.written_chars = self.written_chars.saturating_add(1);
        }
        self.xml.text_between(&text[written..], beside(text, written..text.len(), self.around));
    }

    fn write_due_breaks(&mut self) {
        self.write_breaks_before(self.written_chars.saturating_add(1));
    }

    /// Writes the page breaks that lie before the given character count.
    fn write_breaks_before(&mut self, written_chars: usize) {
        while let Some((next, rest)) = self.breaks.split_first() {
            if next.after >= written_chars {
                break;
            }
            self.breaks = rest;
            page_break(self.xml, next);
        }
    }
}

/// A character at the edge of an inline; none at the end of a line.
fn edge(inline: &Inline, at: fn(&str) -> Option<char>) -> Option<char> {
    match inline {
        Inline::LineBreak => None,
        Inline::Note(note) => at(&note.number.to_string()),
        Inline::Text(_)
        | Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Code(_)
        | Inline::Link { .. } => at(&plain_text(std::slice::from_ref(inline))),
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Writes inlines without page breaks, as in a caption.
pub(crate) fn inlines(xml: &mut Xml, content: &[Inline]) {
    BlockWriter::new(xml, &[], &[], 0).inlines(content);
}
