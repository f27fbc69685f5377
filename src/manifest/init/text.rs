//! The text of a new manifest.

use std::fmt::Write as _;

use super::chapters::NewChapter;
use super::entry;
use super::full_form;
use super::options::InitOptions;
use super::photo::FoundPhoto;
use super::scalar::scalar;
use super::words::{PhotoWords, Word};

/// The name of the JSON Schema beside a manifest, which its first line names for editors.
pub const SCHEMA_FILE: &str = "recto.schema.json";

/// Writes a manifest.
pub(super) fn manifest(chapters: &[NewChapter], options: &InitOptions) -> String {
    let photos =
        || chapters.iter().flat_map(|chapter| &chapter.photos).filter(|it| it.is_in_book());
    let mut head = Head::default();
    head.key("title", &scalar(&options.title), "");
    head.key("language", &scalar(&options.language), "");
    if let Some(Word { text, source }) = shared(photos(), |words| &words.creator) {
        head.key("creators", &format!("[{}]", scalar(&text)), source);
    }
    if let Some(Word { text, source }) = shared(photos(), |words| &words.rights) {
        head.key("rights", &scalar(&text), source);
    }
    if let Some(photo) = photos().next() {
        let value = format!("{{ photo: {} }}", scalar(&photo.name));
        head.key("cover", &value, "TODO: choose the photo");
    }
    if let Some(table) = &options.captions {
        head.key("captions", &scalar(table), "");
    }
    if let Some(design) = &options.design {
        head.key("design", &scalar(design), "");
    }
    if options.printer.is_some() || options.trim.is_some() {
        head.text.push_str("print:\n");
        head.keys.push("print");
        let keys = [("printer", &options.printer), ("trim", &options.trim)];
        for (key, value) in keys.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)))
        {
            let _ = writeln!(head.text, "  {key}: {}", scalar(value));
        }
    }
    let mut text = format!("# yaml-language-server: $schema={SCHEMA_FILE}\n{}", head.text);
    if options.full {
        text.push_str(&full_form::keys(&head.keys));
    }
    text.push_str("pages:\n");
    if options.full {
        text.push_str(&full_form::page_keys());
    }
    for NewChapter { title, is_provisional, photos } in chapters {
        if let Some(title) = title {
            let todo = if *is_provisional { "  # TODO: photos without a date" } else { "" };
            let _ = writeln!(text, "  - chapter: {}{todo}", scalar(title));
        }
        for photo in photos {
            text.push_str(&entry::entry(photo, "  "));
        }
    }
    text
}

/// The keys of the book that were written.
#[derive(Default)]
struct Head {
    text: String,
    keys: Vec<&'static str>,
}

impl Head {
    fn key(&mut self, key: &'static str, value: &str, comment: &str) {
        let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{key}: {value}{comment}");
        self.keys.push(key);
    }
}

/// What the metadata of all photos says alike.
fn shared<'p>(
    mut photos: impl Iterator<Item = &'p FoundPhoto>,
    field: impl Fn(&PhotoWords) -> &Option<Word>,
) -> Option<Word> {
    let first = field(&photos.next()?.words).clone()?;
    photos
        .all(|photo| field(&photo.words).as_ref().is_some_and(|it| it.text == first.text))
        .then_some(first)
}
