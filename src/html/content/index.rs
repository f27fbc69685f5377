//! The index as lists of links.

use crate::html::xml::{Xml, one_line};
use crate::model::{EntryId, Index, IndexEntry, Language, Strings};

/// A link to a picture: its address and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexLink {
    /// The address.
    pub(crate) href: String,
    /// The number of the page or the plate, or a title.
    pub(crate) label: String,
}

/// Writes the entries in lists, with their topics as headings of this level and their letters as
/// headings of this level or below topics.
pub(crate) fn write(
    xml: &mut Xml,
    index: &Index,
    level: u8,
    language: &Language,
    link: &dyn Fn(EntryId) -> Option<IndexLink>,
) {
    let has_letters = index.has_letters();
    let words = xml.begin_narrow_text();
    xml.open("div", &[("class", "entries")]);
    xml.line();
    let has_topics = index.groups.iter().any(|group| group.topic.is_some());
    for group in &index.groups {
        if let Some(topic) = group.topic {
            xml.text_element(&format!("h{level}"), &[], topic.name(language));
            xml.line();
        }
        let level = level + u8::from(has_topics);
        if let Some(letter) = group.letter.as_deref().filter(|_| has_letters) {
            xml.text_element(&format!("h{level}"), &[], letter);
            xml.line();
        }
        list(xml, &group.entries, language, link);
    }
    xml.close("div");
    xml.line();
    xml.restore_words(words);
}

fn list(
    xml: &mut Xml,
    entries: &[IndexEntry],
    language: &Language,
    link: &dyn Fn(EntryId) -> Option<IndexLink>,
) {
    let comma = Strings::for_language(language).comma;
    xml.open("ul", &[]);
    xml.line();
    for entry in entries {
        xml.open("li", &[]);
        xml.text(&one_line(&entry.text));
        for (number, IndexLink { href, label }) in
            entry.pictures.iter().filter_map(|id| link(*id)).enumerate()
        {
            xml.text(if number == 0 { entry.separator(language) } else { comma });
            xml.text_element("a", &[("href", &href)], &label);
        }
        if !entry.children.is_empty() {
            xml.line();
            list(xml, &entry.children, language, link);
        }
        xml.close("li");
        xml.line();
    }
    xml.close("ul");
    xml.line();
}
