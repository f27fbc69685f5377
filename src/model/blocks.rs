//! Running text: what Markdown turns into, and what print and EPUB set.

/// A block of an essay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, level 1 to 6.
    Heading {
        /// 1 for the essay's title.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list; `start` is the first number of a numbered one.
    List {
        /// `None` for bullets.
        start: Option<u64>,
        /// The items in order.
        items: Vec<ListItem>,
    },
    /// A thematic break.
    Break,
    /// Lines to keep as they are.
    Code(String),
}

/// One item of a list.
pub type ListItem = Vec<Block>;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Emphasis: italic.
    Emphasis(Vec<Inline>),
    /// Strong importance: semibold.
    Strong(Vec<Inline>),
    /// A link to an `http`, `https` or `mailto` address.
    Link {
        /// Where to.
        target: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// Words to keep as they are.
    Code(String),
    /// A break that the author asked for.
    LineBreak,
}

/// The words alone, as a reader would say them; a line break becomes a space.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    gather(inlines, &mut text);
    text
}

fn gather(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) => text.push_str(words),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => {
                gather(inner, text);
            }
            Inline::LineBreak => text.push(' '),
        }
    }
}
