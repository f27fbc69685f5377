//! Markdown to the model's blocks and inlines, with the punctuation of the language.

mod frames;
mod html;
mod notes;
mod places;
mod punctuation;
mod quotes;
mod read;
mod refer;
mod trim;
mod unwrap;

use crate::finding::Finding;
use crate::model::{Block, Inline, Language, Location, Picture};

/// Finds the picture that a text names, there being said this of it at this place **within
/// the text**; what is wrong with it is the finder's to tell.
pub type Pictures<'a> = dyn FnMut(&str, &str, Location) -> Option<Found> + 'a;

/// A picture that a text names.
#[derive(Debug, Clone)]
pub struct Found {
    /// The picture.
    pub picture: Picture,
    /// What is to be seen, by the text's word or the picture's own.
    pub alt: Option<String>,
}

/// A Markdown text, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// What it says.
    pub content: T,
    /// What could not be kept, each with its line and column **within the text** (from 1).
    pub findings: Vec<Finding>,
}

/// Reads an essay; the pictures in it are those that `pictures` finds, or else what is
/// said of them.
pub fn blocks<'a>(
    text: &'a str,
    language: &Language,
    pictures: Option<&'a mut Pictures<'a>>,
) -> Read<Vec<Block>> {
    let (mut content, findings) = read::blocks(text, pictures);
    punctuation::set_blocks(&mut content, language);
    Read { content, findings }
}

/// Reads a caption: one paragraph of inlines. What would begin a list or a heading in
/// an essay is nothing but words here: `1984. A winter` is no first item. A blank line
/// is a line break.
pub fn inlines(text: &str, language: &Language) -> Read<Vec<Inline>> {
    let (mut content, findings) = unwrap::inlines(text);
    punctuation::set(&mut content, language);
    Read { content, findings }
}

/// Words that are no Markdown, such as a caption that a camera's owner typed: their
/// asterisks stay asterisks, and only the punctuation is set.
pub fn plain(text: &str, language: &Language) -> Vec<Inline> {
    let mut content = vec![Inline::Text(text.to_owned())];
    punctuation::set(&mut content, language);
    content
}
