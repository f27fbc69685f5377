//! The longest word of all titles of each level, which decides the size of that level: titles of
//! one level have one size in the whole book.

use crate::model::{Block, Book, Definition, Entry, Inline, Strings, plain_text};

use super::text_width::longest_word;

/// The number of levels of headings below the title of the book.
const LEVELS: usize = 6;

/// The widths of the longest words of titles, in letters of average width.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleWidths {
    /// In the title of the book.
    pub(crate) title: usize,
    /// In the titles of parts.
    pub(crate) part: usize,
    /// In the titles of chapters and texts, then in the headings below them.
    pub(crate) levels: [usize; LEVELS],
}

impl TitleWidths {
    /// Those of a book, in all its languages.
    pub(crate) fn new(book: &Book) -> Self {
        let mut widths = Self::default();
        let titles = book.translations.iter().filter_map(|translation| translation.title.as_ref());
        let titles = std::iter::once(&book.title).chain(titles);
        widths.title = titles.map(|title| longest_word(title)).max().unwrap_or(0);
        let strings = Strings::for_language(&book.language);
        for title in [strings.contents, strings.index, strings.plates] {
            widths.add(1, longest_word(title));
        }
        for entry in &book.entries {
            let level = usize::from(entry.opening().is_some());
            if let Some(opening) = entry.opening() {
                let titles = opening.translations.iter().map(|translation| &translation.title);
                let titles = std::iter::once(&opening.title).chain(titles);
                let width = titles.map(|title| width(title)).max().unwrap_or(0);
                if matches!(entry, Entry::Part(_)) {
                    widths.part = widths.part.max(width);
                } else {
                    widths.add(1, width);
                }
            }
            widths.blocks(entry.blocks(), level, &mut Vec::new());
        }
        widths
    }

    fn add(&mut self, level: usize, width: usize) {
        if let Some(widest) = self.levels.get_mut(level.clamp(1, LEVELS) - 1) {
            *widest = width.max(*widest);
        }
    }

    /// The headings of text under a heading of `level`, after those in `above`. Levels are counted
    /// as they are written.
    fn blocks(&mut self, blocks: &[Block], level: usize, above: &mut Vec<u8>) {
        for block in blocks {
            match block {
                Block::Heading { level: own, content } => {
                    above.retain(|above| above < own);
                    above.push(*own);
                    self.add(level + above.len(), width(content));
                }
                Block::Quote(inner) => self.blocks(inner, level, above),
                Block::Translation(translation) => self.blocks(&translation.blocks, level, above),
                Block::Epigraph(epigraph) => self.blocks(&epigraph.blocks, level, above),
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(item, level, above);
                    }
                }
                Block::Definitions(definitions) => {
                    for meaning in
                        definitions.iter().flat_map(|Definition { meanings, .. }| meanings)
                    {
                        self.blocks(meaning, level, above);
                    }
                }
                Block::Paragraph(_)
                | Block::Dateline(_)
                | Block::Verse(_)
                | Block::Table(_)
                | Block::Figure(_)
                | Block::Break
                | Block::Code(_) => {}
            }
        }
    }
}

fn width(title: &[Inline]) -> usize {
    longest_word(&plain_text(title))
}
