//! Where the printed pages begin, so that a reader with the e-book and a reader with
//! the paper can name a page to each other.

use crate::model::{Block, Entry, EntryId, Inline, Item, Page, Pages, plain_text};

/// The start of a page within a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageBreak {
    /// The page's folio.
    pub(super) label: String,
    /// How many characters of the file's text stand before it, white space not counted.
    pub(super) after: usize,
}

impl PageBreak {
    /// A break before everything else.
    pub(super) fn at_start(number: usize) -> Self {
        Self { label: number.to_string(), after: 0 }
    }

    /// Its `id`, unique in its file.
    pub(super) fn id(&self) -> String {
        format!("page-{}", self.label)
    }
}

/// The breaks of the printed pages that show an entry.
pub(super) fn printed(id: EntryId, entry: &Entry, print: &Pages) -> Vec<PageBreak> {
    let text = match entry {
        Entry::Plate(_) | Entry::Frontispiece(_) => Vec::new(),
        Entry::Essay(essay) | Entry::Dedication(essay) | Entry::Colophon(essay) => {
            letters(&essay.blocks, String::new())
        }
        Entry::Chapter(chapter) => letters(&chapter.intro, plain_text(&chapter.title)),
    };
    let mut after = 0;
    let mut expected = 0;
    let mut breaks: Vec<PageBreak> = Vec::new();
    for page in print.pages.iter().filter(|page| page.entry == Some(id)) {
        let lines = lines(page);
        if !breaks.is_empty() {
            after = start_of(&lines, &text, after, expected).unwrap_or(after);
        }
        expected = after + lines.iter().map(Vec::len).sum::<usize>();
        let label = page.folio.to_string();
        if breaks.iter().all(|earlier| earlier.label != label) {
            breaks.push(PageBreak { label, after });
        }
    }
    breaks
}

/// The characters of a page's lines, without white space.
fn lines(page: &Page) -> Vec<Vec<char>> {
    let lines = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.text.chars().filter(|c| !c.is_whitespace()).collect()),
        Item::Picture(_) | Item::Rule(_) => None,
    });
    lines.collect()
}

/// Where in `text` a page begins: at the first of its lines that is found there. Words that
/// come twice are taken where they are nearest to the place that the last page's length
/// leads to.
fn start_of(lines: &[Vec<char>], text: &[char], from: usize, expected: usize) -> Option<usize> {
    // A line shorter than this may stand anywhere.
    const TELLING: usize = 12;
    let rest = text.get(from..)?;
    (0..lines.len()).find_map(|first| {
        let mut words: Vec<char> = Vec::new();
        for line in &lines[first..] {
            words.extend(line);
            if words.len() >= TELLING {
                break;
            }
        }
        if words.is_empty() || (words.len() < TELLING && first > 0) {
            return None;
        }
        let places = rest.windows(words.len()).enumerate().filter(|(_, window)| *window == words);
        places.map(|(at, _)| from + at).min_by_key(|at| at.abs_diff(expected))
    })
}

/// The characters of an essay in reading order, without white space.
fn letters(blocks: &[Block], mut words: String) -> Vec<char> {
    gather(blocks, &mut words);
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

fn gather(blocks: &[Block], words: &mut String) {
    let say = |content: &[Inline], words: &mut String| words.push_str(&plain_text(content));
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => say(content, words),
            Block::Quote(inner) => gather(inner, words),
            Block::List { items, .. } => items.iter().for_each(|item| gather(item, words)),
            Block::Code(text) => words.push_str(text),
            Block::Break => {}
        }
    }
}
