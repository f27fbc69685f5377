//! The words and the date in the metadata of a photo, each with its source.

use crate::manifest::keys::edtf::parse_date;
use crate::manifest::lower::photo_metadata::captions::{self, CaptionSources};
use crate::manifest::lower::photo_metadata::plausibility;
use crate::markdown;
use crate::model::{Date, Language, Sourced};
use crate::picture::Candidates;

/// What decides how metadata is read.
#[derive(Debug)]
pub(super) struct Reading {
    /// The language of the book.
    pub language: Language,
    /// The day of today.
    pub today: Option<Date>,
    /// The number of threads.
    pub threads: usize,
}

/// What the metadata of a photo says.
#[derive(Debug, Clone, Default)]
pub(super) struct PhotoWords {
    /// The caption, in Markdown.
    pub caption: Option<Word>,
    /// The alt text.
    pub alt: Option<Word>,
    /// The credit line.
    pub credit: Option<Word>,
    /// The place.
    pub place: Option<Word>,
    /// The date, in ISO 8601.
    pub taken: Option<Word>,
    /// The photographer.
    pub creator: Option<Word>,
    /// The copyright statement.
    pub rights: Option<Word>,
}

/// A text, and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    /// The text.
    pub text: String,
    /// The kind of metadata: `IPTC`, `XMP`, `EXIF`, `sidecar` or the like.
    pub source: &'static str,
}

impl Word {
    fn new(text: String, field: &Sourced) -> Self {
        let source = field.source.split(' ').next().unwrap_or(field.source);
        Self { text, source }
    }
}

/// What a book prints of the metadata of a photo.
pub(super) fn words(candidates: &Candidates, name: &str, reading: &Reading) -> PhotoWords {
    let Reading { language, today, .. } = reading;
    let order = Candidates::DEFAULT_ORDER;
    let sources = CaptionSources { candidates, order: &order, file_name: name };
    let caption = captions::select(&sources, &[], language).caption;
    let others = captions::others(candidates, &order);
    let word = |field: Option<&Sourced>| {
        let field = field?;
        Some(Word::new(captions::clean(field.in_language(language))?, field))
    };
    let dates = captions::dates(candidates, &order).into_iter();
    let taken = dates.filter_map(|field| Some((parse_date(&field.value).ok()?, field)));
    let taken = { taken }.find(|&(date, _)| plausibility::objection(date, *today).is_none());
    PhotoWords {
        caption: caption.map(|(text, field)| Word::new(as_markdown(&text, language), field)),
        alt: word(others.alt.as_ref()),
        credit: word(others.credit.as_ref()).or_else(|| word(others.creator.as_ref())),
        place: word(others.place.as_ref()),
        taken: taken.map(|(date, field)| Word::new(date.to_string(), field)),
        creator: word(others.creator.as_ref()),
        rights: word(others.rights.as_ref()),
    }
}

/// All texts that can be captions.
pub(super) fn captions(candidates: &Candidates) -> Vec<&str> {
    let sources = candidates.in_order(&Candidates::DEFAULT_ORDER);
    sources.into_iter().filter_map(|it| it.caption.as_ref()).map(|it| &*it.value).collect()
}

/// A plain text in Markdown that is set as that text.
fn as_markdown(text: &str, language: &Language) -> String {
    let plain = markdown::plain(text, language);
    let is_same = |markdown: &str| {
        let read = markdown::inlines(markdown, language);
        read.findings.is_empty() && read.content == plain
    };
    if is_same(text) {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ':' | ';' | '\'' | '"' | '-' | '/')
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_escaped_only_where_markdown_would_change_it() {
        let language = Language::new("en");
        for text in ["The harbour, 5 * 4", "snake_case and it's", "A & B (c) #1", "1984. A winter"]
        {
            assert_eq!(as_markdown(text, &language), text);
        }
        assert_eq!(as_markdown("*Vesta* at sea", &language), r"\*Vesta\* at sea");
        for text in ["*a* _b_ `c` <d> [e](f) \\g &amp; ~~h~~", "<https://example.org>"] {
            let markdown = as_markdown(text, &language);
            let read = markdown::inlines(&markdown, &language);
            assert_eq!(read.content, markdown::plain(text, &language), "{markdown}");
        }
    }
}
