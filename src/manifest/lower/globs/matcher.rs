//! A pattern, matched against the paths below a folder.

use globset::{Glob, GlobBuilder, GlobMatcher};

use crate::picture::file_names::composed;

use super::system_folders;

/// A pattern below the folder where the search starts.
#[derive(Debug)]
pub(super) struct PatternMatcher {
    alphabet: Alphabet,
    whole: GlobMatcher,
    /// The pattern, part by part. Empty if a part contains a `/`, as in `{a/b,c}`.
    parts: Vec<PatternPart>,
    /// The number of folders to search below the first, plus one.
    pub(super) depth: usize,
}

#[derive(Debug)]
struct PatternPart {
    text: String,
    matcher: GlobMatcher,
}

impl PatternMatcher {
    /// # Errors
    /// If the pattern is invalid.
    pub(super) fn new(pattern: &str) -> Result<Self, globset::Error> {
        let alphabet = Alphabet::new(pattern);
        let pattern = alphabet.encode(pattern);
        let whole = glob(&pattern)?.compile_matcher();
        let parts: Result<Vec<_>, _> = pattern
            .split('/')
            .map(|text| {
                let matcher = glob(text)?.compile_matcher();
                Ok::<_, globset::Error>(PatternPart { text: text.to_owned(), matcher })
            })
            .collect();
        let depth = if pattern.contains("**") { usize::MAX } else { pattern.split('/').count() };
        Ok(Self { alphabet, whole, parts: parts.unwrap_or_default(), depth })
    }

    /// Whether the pattern matches this path.
    pub(super) fn matches(&self, below: &str) -> bool {
        self.whole.is_match(self.alphabet.encode(below))
    }

    /// Whether the pattern ends with the extension of this path.
    pub(super) fn ends_like(&self, below: &str) -> bool {
        let below = self.alphabet.encode(below);
        let extension =
            below.rsplit('/').next().and_then(|name| name.rfind('.').map(|at| &name[at..]));
        let last = self.parts.last().map(|part| part.text.as_str());
        extension.zip(last).is_some_and(|(extension, last)| last.ends_with(extension))
    }

    /// Whether paths in this folder can match.
    pub(super) fn can_contain(&self, below: &str) -> bool {
        let mut parts = self.parts.iter();
        for name in self.alphabet.encode(below).split('/') {
            match parts.next() {
                None => return self.parts.is_empty(),
                Some(part) if part.text.contains("**") => return true,
                Some(part) if !part.matcher.is_match(name) => return false,
                Some(_) => {}
            }
        }
        parts.next().is_some()
    }

    /// Whether a part of the pattern is meant for a hidden file or a folder of the system: `.*`
    /// and `@eaDir` are, `*` is not.
    pub(super) fn is_meant(&self, name: &str) -> bool {
        let name = self.alphabet.encode(name);
        self.parts
            .iter()
            .any(|part| system_folders::is_meant(&part.text, &name) && part.matcher.is_match(&name))
    }
}

/// The characters of a pattern that are not ASCII. The library matches bytes, so `?` would be a
/// part of an `é`, and the case of ASCII only. Therefore patterns and names are matched in a form
/// in which each character is one byte.
#[derive(Debug)]
struct Alphabet(Vec<char>);

impl Alphabet {
    /// The byte for all characters that are not in the pattern.
    const OTHER: char = '\u{7F}';
    /// The number of bytes that no name contains.
    const SIZE: usize = 31;

    fn new(pattern: &str) -> Self {
        let mut characters: Vec<char> = folded(pattern).chars().filter(|c| !c.is_ascii()).collect();
        characters.sort_unstable();
        characters.dedup();
        Self(characters)
    }

    /// A text in lower case and composed, with one byte for each character. With more than
    /// [`Self::SIZE`] characters, these stay as they are.
    fn encode(&self, text: &str) -> String {
        let folded = folded(text);
        if folded.is_ascii() || self.0.len() > Self::SIZE {
            return folded;
        }
        let byte = |c: char| match self.0.binary_search(&c) {
            _ if c.is_ascii() => c,
            Ok(index) => u8::try_from(index + 1).map_or(Self::OTHER, char::from),
            Err(_) => Self::OTHER,
        };
        folded.chars().map(byte).collect()
    }
}

fn folded(text: &str) -> String {
    composed(&text.to_lowercase()).into_owned()
}

fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build()
}
