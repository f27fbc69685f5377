//! The index of a book: places, people and subjects, with the pictures that they belong to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{EntryId, Language, Location, Strings};

/// What an index lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndexTopic {
    /// The places where the photos were taken.
    Places,
    /// The people in the photos.
    People,
    /// The subjects of the photos: their keywords.
    Subjects,
}

/// The index of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Index {
    /// What it lists; nothing if the book has no index.
    pub topics: Vec<IndexTopic>,
    /// Its entries by their topics and first letters, in the order of the language of the book.
    pub groups: Vec<IndexGroup>,
    /// The key that asks for it.
    pub location: Option<Location>,
}

impl Index {
    /// Whether it lists something of this kind.
    pub fn lists(&self, topic: IndexTopic) -> bool {
        self.topics.contains(&topic)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The number of its entries, without the narrower ones.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.entries.len()).sum()
    }

    /// Whether the letters of the groups are worth printing: a few entries are found without them.
    pub fn has_letters(&self) -> bool {
        self.len() >= self.groups.len() * 3
    }

    /// The texts of all entries and headings.
    pub fn texts(&self, language: &Language) -> Vec<&str> {
        fn collect<'a>(entries: &'a [IndexEntry], texts: &mut Vec<&'a str>) {
            for entry in entries {
                texts.push(&entry.text);
                collect(&entry.children, texts);
            }
        }
        let mut texts = Vec::new();
        for group in &self.groups {
            texts.extend(group.topic.map(|topic| topic.name(language)));
            texts.extend(group.letter.as_deref());
            collect(&group.entries, &mut texts);
        }
        texts
    }
}

impl IndexTopic {
    /// Its name in a language.
    pub fn name(self, language: &Language) -> &'static str {
        let [places, people, subjects] = Strings::for_language(language).index_topics;
        match self {
            Self::Places => places,
            Self::People => people,
            Self::Subjects => subjects,
        }
    }
}

/// The entries with the same first letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndexGroup {
    /// What begins with this group, if the index lists more than one topic.
    pub topic: Option<IndexTopic>,
    /// The letter; `None` for digits, and for writing systems whose first letters are not known.
    pub letter: Option<String>,
    /// The entries.
    pub entries: Vec<IndexEntry>,
}

/// An entry of the index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct IndexEntry {
    /// A place, a name or a subject.
    pub text: String,
    /// The pictures with it, in the order of the book; those of narrower subjects are not among
    /// them.
    pub pictures: Vec<EntryId>,
    /// The narrower subjects.
    pub children: Vec<IndexEntry>,
}

impl IndexEntry {
    /// What separates the text from the numbers after it. After a name in letters of the other
    /// direction, a mark keeps the numbers on their side.
    pub fn separator(&self, language: &Language) -> &'static str {
        let is_right_to_left = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
        let last = self.text.chars().rev().find(|c| c.is_alphabetic()).map(is_right_to_left);
        match (last, language.is_right_to_left()) {
            (Some(false), true) => "\u{200F}\u{2002}",
            (Some(true), false) => "\u{200E}\u{2002}",
            _ => "\u{2002}",
        }
    }
}

/// What the index says about a picture, as far as the index of the book lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct IndexTerms {
    /// The people in it.
    pub people: Vec<String>,
    /// Its subjects, each after the wider ones that it is part of.
    pub subjects: Vec<Vec<String>>,
}
