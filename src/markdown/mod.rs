//! Markdown to the model's blocks and inlines, with the punctuation of the language.

mod dialects;
mod emphasis;
mod figures;
mod frames;
mod front_matter;
mod location;
mod notes;
mod punctuation;
mod reader;
mod verse;

use crate::finding::Finding;
use crate::model::{Block, Epigraph, Inline, Language, plain_text};
use verse::QuotedLines;

pub use figures::{FindPicture, FoundPicture};

/// The content of a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadText<T> {
    /// The content.
    pub content: T,
    /// What is not supported, each with its line and column **within the text** (from 1).
    pub findings: Vec<Finding>,
}

/// Reads a text with several blocks. A picture is shown if `pictures` finds it; without
/// `pictures`, it becomes its alt text.
pub fn blocks<'a>(
    text: &'a str,
    language: &Language,
    pictures: Option<&'a mut FindPicture<'a>>,
) -> ReadText<Vec<Block>> {
    let (mut content, findings) = reader::blocks(text, pictures);
    punctuation::set_blocks(&mut content, language);
    ReadText { content, findings }
}

/// The epigraph that a whole text is: its quotation, and its last line as the source if that
/// begins with a dash.
pub fn epigraph(mut blocks: Vec<Block>) -> Epigraph {
    match blocks.as_mut_slice() {
        [Block::Epigraph(epigraph)] => Ok(std::mem::take(epigraph)),
        [Block::Quote(inner)] => verse::epigraph(std::mem::take(inner), QuotedLines::Joined),
        _ => verse::epigraph(blocks, QuotedLines::Joined),
    }
    .unwrap_or_else(|blocks| Epigraph { blocks, source: Vec::new() })
}

/// Reads a caption: one paragraph of inlines. The start of a list or heading has no meaning
/// here: `1984. A winter` is not a list item. An empty line is a line break.
pub fn inlines(text: &str, language: &Language) -> ReadText<Vec<Inline>> {
    let (mut content, findings) = reader::inlines(text);
    punctuation::set(&mut content, language);
    ReadText { content, findings }
}

/// Reads plain text, such as a caption from a photo's metadata. Asterisks stay, a line feed is a
/// line break; only the punctuation is replaced.
pub fn plain(text: &str, language: &Language) -> Vec<Inline> {
    let mut content = Vec::new();
    for line in text.split('\n') {
        if !content.is_empty() {
            content.push(Inline::LineBreak);
        }
        content.push(Inline::Text(line.to_owned()));
    }
    punctuation::set(&mut content, language);
    content
}

/// Sets the punctuation of a line that is plain text, such as the title.
pub fn line(text: &str, language: &Language) -> String {
    plain_text(&plain(text, language))
}
