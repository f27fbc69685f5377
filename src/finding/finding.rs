//! One message about one place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::{EditionSet, Location};

use super::codes::Code;
use super::severity::Severity;

/// One message about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The place in the manifest or in a text.
    pub at: Option<Location>,
    /// The text that it is about, which is somewhere from `at` on.
    pub excerpt: Option<Excerpt>,
    /// What is written under the marked place in the snippet.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The folio of the page that it is about.
    pub page: Option<String>,
    /// The editions that it concerns; an error stops these, the offline edition if one of them lies
    /// inside it, and no others.
    pub editions: EditionSet,
}

impl Finding {
    /// A finding with the default severity of its code, which concerns every edition.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: shortened(message.into()),
            at: None,
            excerpt: None,
            label: None,
            help: None,
            page: None,
            editions: EditionSet::ALL,
        }
    }

    /// Sets another severity than the code's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, location: impl Into<Option<Location>>) -> Self {
        self.at = location.into();
        self
    }

    /// Sets the text that it is about, which [`locate`](Self::locate) looks for.
    #[must_use]
    pub fn excerpt(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = Some(excerpt);
        self
    }

    /// Moves the place to the word with its excerpt, if that is in one of these files.
    pub fn locate(&mut self, sources: &BTreeMap<PathBuf, String>) {
        let (Some(at), Some(excerpt)) = (&mut self.at, &self.excerpt) else { return };
        let Some(source) = sources.get(&at.file) else { return };
        if let Some(word) = excerpt.find(source, at) {
            *at = word;
        }
    }

    /// Sets what is written under the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(shortened(label.into()));
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Sets the page that it is about.
    #[must_use]
    pub fn page(mut self, folio: impl Into<String>) -> Self {
        self.page = Some(folio.into());
        self
    }

    /// Sets the editions that it concerns.
    #[must_use]
    pub fn editions(mut self, editions: impl Into<EditionSet>) -> Self {
        self.editions = editions.into();
        self
    }
}

/// The maximum number of characters of a message: names and values in it can be of any length.
const MAX_TEXT: usize = 2_000;

/// The text, without the middle of one that is too long to be read.
fn shortened(text: String) -> String {
    if text.len() <= MAX_TEXT {
        return text;
    }
    let half = MAX_TEXT / 2;
    let (Some((end, _)), Some((start, _))) =
        (text.char_indices().nth(half), text.char_indices().rev().nth(half))
    else {
        return text;
    };
    if start <= end { text } else { format!("{} … {}", &text[..end], &text[start..]) }
}

/// A text that a finding is about, for a place that is known only roughly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The text as it is in the file.
    pub text: String,
    /// The line where the next part of the same file begins, which is not searched.
    pub until: Option<u32>,
}

impl Excerpt {
    /// The location of the word with the first occurrence of the text, from `start` on.
    fn find(&self, source: &str, start: &Location) -> Option<Location> {
        let first = usize::try_from(start.line).ok()?.checked_sub(1)?;
        let count = self.until.map_or(usize::MAX, |until| {
            usize::try_from(until.saturating_sub(start.line)).unwrap_or(usize::MAX)
        });
        let lines = source.lines().enumerate().skip(first).take(count);
        lines.into_iter().find_map(|(index, line)| {
            let skipped = if index == first { start.column.saturating_sub(1) } else { 0 };
            let from = line
                .char_indices()
                .nth(usize::try_from(skipped).ok()?)
                .map_or(line.len(), |(at, _)| at);
            let found = from + line[from..].find(&self.text)?;
            let word_start = line[..found]
                .rfind(char::is_whitespace)
                .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
            let word_start = word_start.max(from.min(found));
            let end = found + self.text.len();
            let word_end = line[end..].find(char::is_whitespace).map_or(line.len(), |at| end + at);
            let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            Some(Location {
                file: start.file.clone(),
                line: u32::try_from(index + 1).ok()?,
                column: count(&line[..word_start]) + 1,
                length: count(&line[word_start..word_end]).max(1),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(source: &str, line: u32, column: u32, until: Option<u32>) -> (u32, u32, u32) {
        let file = PathBuf::from("book.yaml");
        let at = Location { file: file.clone(), line, column, length: 1 };
        let excerpt = Excerpt { text: "\u{2603}".to_owned(), until };
        let mut finding = Finding::new(Code::MissingGlyph, "\u{2026}").at(at).excerpt(excerpt);
        finding.locate(&BTreeMap::from([(file, source.to_owned())]));
        finding.at.map(|at| (at.line, at.column, at.length)).unwrap()
    }

    #[test]
    fn the_place_is_the_word_with_the_excerpt() {
        let source = "a: \u{2603}\nb: one\nc: d\u{e9}j\u{e0} vu*\u{2603}* \u{2026}\n";
        assert_eq!(located(source, 1, 1, None), (1, 4, 1));
        assert_eq!(located(source, 2, 1, None), (3, 9, 5));
    }

    #[test]
    fn the_place_stays_if_the_excerpt_is_elsewhere() {
        let source = "a: one\nb: \u{2603}\n";
        assert_eq!(located(source, 1, 2, Some(2)), (1, 2, 1));
        assert_eq!(located(source, 3, 2, None), (3, 2, 1));
    }
}
