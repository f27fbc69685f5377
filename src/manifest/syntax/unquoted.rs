//! Texts without quotes of which YAML takes a part for a comment or an anchor.

use std::collections::{BTreeMap, HashMap};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::source::{SourceFile, SourceSpan, to_u32};

/// The keys whose values are prose or names.
const TEXT_KEYS: [&str; 18] = [
    "title",
    "subtitle",
    "creators",
    "name",
    "publisher",
    "rights",
    "description",
    "subjects",
    "series",
    "credit",
    "caption",
    "alt",
    "place",
    "chapter",
    "part",
    "text",
    "intro",
    "dateline",
];

/// Whether the innermost of these keys has a text as its value, or a text for each language.
pub(super) fn is_text<'a>(keys: impl IntoIterator<Item = &'a str>) -> bool {
    for key in keys {
        let (key, language) = key.split_once('.').unwrap_or((key, ""));
        if TEXT_KEYS.contains(&key) || matches!(key, "dedication" | "epigraph" | "colophon") {
            return true;
        }
        let is_language = language.is_empty()
            && matches!(key.split('-').next().map(str::len), Some(2..=3))
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_language {
            return false;
        }
    }
    false
}

/// The comments of a file that look like a part of the text before them: a blank, `#`, and a
/// letter or digit. They are found by their line and the column before which the text ends; those
/// that are all of an item of a list, by column 0.
#[derive(Debug, Default)]
pub(super) struct Comments(HashMap<(u32, u32), SourceSpan>);

impl Comments {
    pub(super) fn find(text: &str) -> Self {
        /// More in one file are not found.
        const MAX: usize = 10_000;
        let mut found = HashMap::new();
        for (line, content) in (1..).zip(text.split('\n')) {
            if !content.contains(" #") && !content.contains("\t#") {
                continue;
            }
            let mut end = 0;
            let mut before = None;
            let mut is_item = true;
            let mut characters = content.trim_end().chars().zip(0_u32..).peekable();
            let length = to_u32(content.trim_end().chars().count());
            while let Some((c, column)) = characters.next() {
                let next = characters.peek().map(|(c, _)| *c);
                let is_text = next.is_some_and(|c| c.is_alphanumeric() || c == '_');
                if c == '#' && matches!(before, Some(' ' | '\t')) && end > 0 && is_text {
                    let span = SourceSpan { line, column: column + 1, length: length - column };
                    found.insert((line, if is_item { 0 } else { end }), span);
                    if found.len() >= MAX {
                        return Self(found);
                    }
                }
                if !c.is_whitespace() {
                    end = column + 1;
                    is_item &= c == '-';
                }
                before = Some(c);
            }
        }
        Self(found)
    }

    /// The finding that such a comment follows the text that ends in this line before this column.
    pub(super) fn after(&self, line: u32, end: u32, source: &SourceFile) -> Option<Finding> {
        let span = *self.0.get(&(line, end))?;
        let message = "YAML reads this part of the text as a comment";
        let help = "put the whole text in quotes; if it is a comment, put a blank after the #";
        Some(Finding::new(Code::YamlUnquoted, message).at(source.at(span)).help(help))
    }
}

/// Texts that start with an anchor (`&name`), by its number, until something refers to it.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<usize, SourceSpan>);

impl Anchors {
    pub(super) fn add(&mut self, anchor: usize, span: SourceSpan) {
        if anchor != 0 {
            self.0.insert(anchor, span);
        }
    }

    pub(super) fn refer(&mut self, anchor: usize) {
        self.0.remove(&anchor);
    }

    /// A finding for each anchor that nothing refers to.
    pub(super) fn unused<'a>(
        &'a self,
        source: &'a SourceFile,
    ) -> impl Iterator<Item = Finding> + 'a {
        self.0.values().map(|span| {
            let message = "YAML reads the & at the start of this text as an anchor";
            let help = "put the text in quotes";
            Finding::new(Code::YamlUnquoted, message).at(source.at(*span)).help(help)
        })
    }
}
