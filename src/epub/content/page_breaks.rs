//! Locates the starts of the printed pages in the e-book's text, so that readers of the e-book
//! and of the printed book can refer to the same page numbers.

use crate::model::{
    Block, Book, Digits, Entry, EntryId, Epigraph, Essay, Footnotes, Inline, Item, Page, Pages,
    PassageKind, Translation, note_mark, plain_text,
};

use crate::html::content::page_break::PageBreak;

/// The starts of the printed pages that show no entry.
#[derive(Debug, Default)]
pub(in crate::epub) struct FrontBreaks {
    pub(in crate::epub) title: Option<PageBreak>,
    pub(in crate::epub) imprint: Option<PageBreak>,
    pub(in crate::epub) contents: Option<PageBreak>,
}

impl FrontBreaks {
    pub(in crate::epub) fn new(print: &Pages) -> Self {
        let first = |is_wanted: &dyn Fn(&Page) -> bool| {
            let page = print.pages.iter().find(|page| page.entry.is_none() && is_wanted(page))?;
            Some(PageBreak { folio: page.folio, after: 0 })
        };
        Self {
            title: first(&|page| page.has_passage(PassageKind::Title)),
            imprint: first(&|page| page.has_passage(PassageKind::Imprint)),
            contents: first(&|page| page.has_page_links() && !page.has_passage(PassageKind::Index)),
        }
    }
}

/// The starts of the printed pages that show an entry.
pub(in crate::epub) fn printed(
    id: EntryId,
    entry: &Entry,
    book: &Book,
    print: &Pages,
) -> Vec<PageBreak> {
    let language = match entry {
        Entry::Essay(Essay { language: Some(language), .. }) => language,
        _ => &book.language,
    };
    let mut text = PrintedText {
        footnotes: Footnotes::new(book.print.links),
        digits: language.digits(),
        ..PrintedText::default()
    };
    match entry {
        Entry::Plate(_) | Entry::Frontispiece(_) | Entry::Blank(_) => {}
        Entry::Essay(_) | Entry::Dedication(_) | Entry::Epigraph(_) | Entry::Colophon(_) => {
            text.blocks(book.text_in_order(id));
        }
        Entry::Part(chapter) | Entry::Chapter(chapter) => {
            text.inlines(&chapter.title);
            chapter.translations.iter().for_each(|translation| text.inlines(&translation.title));
            text.blocks(book.text_in_order(id));
        }
    }
    let mut after = 0;
    let mut expected = 0;
    let mut breaks: Vec<PageBreak> = Vec::new();
    for page in print.pages.iter().filter(|page| page.entry == Some(id)) {
        let lines = lines(page);
        if !breaks.is_empty() {
            after = start_of(&lines, &text.letters, after, expected).unwrap_or(after);
        }
        expected = after + lines.iter().map(Vec::len).sum::<usize>();
        if breaks.iter().all(|earlier| earlier.folio != page.folio) {
            breaks.push(PageBreak { folio: page.folio, after: text.without_references(after) });
        }
    }
    breaks
}

/// The characters of a page's lines, without white space. Captions are used only on pages
/// without other text: a picture may have moved to the next page while the text continued.
fn lines(page: &Page) -> Vec<Vec<char>> {
    let lines_of = |is_wanted: fn(PassageKind) -> bool| -> Vec<Vec<char>> {
        let lines = page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) if run.is_repeated || !is_wanted(run.passage.kind) => None,
            Item::Glyphs(run) => Some(run.text.chars().filter(|c| !c.is_whitespace()).collect()),
            Item::Picture(_) | Item::Rule(_) => None,
        });
        lines.collect()
    };
    let text = lines_of(|kind| {
        let others = [
            PassageKind::Caption,
            PassageKind::Folio,
            PassageKind::RunningHead,
            PassageKind::Mark,
            PassageKind::Note,
            PassageKind::Ornament,
        ];
        !others.contains(&kind)
    });
    if text.is_empty() { lines_of(|kind| kind == PassageKind::Caption) } else { text }
}

/// The position in `text` where a page begins: that of the first of its lines that occurs in
/// `text`. If a line occurs more than once, the occurrence nearest to the position expected from
/// the length of the previous page is used.
fn start_of(lines: &[Vec<char>], text: &[char], from: usize, expected: usize) -> Option<usize> {
    // A shorter line could occur anywhere.
    const MIN_CHARS: usize = 12;
    let rest = text.get(from..)?;
    (0..lines.len()).find_map(|first| {
        let mut text: Vec<char> = Vec::new();
        for line in &lines[first..] {
            text.extend(line);
            if text.len() >= MIN_CHARS {
                break;
            }
        }
        if text.is_empty() || (text.len() < MIN_CHARS && first > 0) {
            return None;
        }
        let positions = rest.windows(text.len()).enumerate().filter(|(_, window)| *window == text);
        positions.map(|(at, _)| from + at).min_by_key(|at| at.abs_diff(expected))
    })
}

/// The characters of a text in reading order as printed, without white space.
#[derive(Default)]
struct PrintedText {
    letters: Vec<char>,
    /// The positions of the note references, which differ in the e-book.
    reference_positions: Vec<usize>,
    footnotes: Footnotes,
    /// The digits of the references.
    digits: Digits,
}

impl PrintedText {
    /// The number of characters among the first `letters` that are not note references.
    fn without_references(&self, letters: usize) -> usize {
        letters - self.reference_positions.partition_point(|at| *at < letters)
    }

    fn text(&mut self, text: &str) {
        self.letters.extend(text.chars().filter(|c| !c.is_whitespace()));
    }

    fn reference(&mut self, number: u32) {
        for c in note_mark(number, self.digits).chars() {
            self.reference_positions.push(self.letters.len());
            self.letters.push(c);
        }
    }

    fn blocks<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) {
        for block in blocks {
            match block {
                Block::Heading { content, .. }
                | Block::Paragraph(content)
                | Block::Dateline(content) => self.inlines(content),
                Block::Quote(inner) => self.blocks(inner),
                Block::Translation(Translation { language, blocks }) => {
                    let digits = std::mem::replace(&mut self.digits, language.digits());
                    self.blocks(blocks);
                    self.digits = digits;
                }
                Block::Verse(verse) => verse.lines().for_each(|line| self.inlines(&line.content)),
                Block::Epigraph(Epigraph { blocks, source }) => {
                    self.blocks(blocks);
                    self.inlines(source);
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&definition.term);
                        definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                    }
                }
                Block::Table(table) => {
                    table.head.iter().for_each(|cell| self.inlines(cell));
                    table.rows.iter().flatten().for_each(|cell| self.inlines(cell));
                }
                Block::Figure(figure) => self.text(&plain_text(&figure.caption)),
                Block::Code(text) => self.text(text),
                Block::Break => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(text),
                Inline::Emphasis(inner) | Inline::Strong(inner) => self.inlines(inner),
                Inline::Link { target, content } => {
                    self.inlines(content);
                    if let Some(reference) = self.footnotes.link(target, content) {
                        self.reference(reference.number);
                    }
                }
                Inline::LineBreak => {}
                Inline::Note(note) => {
                    let reference = self.footnotes.note(note);
                    self.reference(reference.number);
                }
            }
        }
    }
}
