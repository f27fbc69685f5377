//! What stands before and after the pages: frontispiece, dedication, list of plates, colophon.

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::pages::{Frontispiece, PageEntry};
use crate::manifest::keys::scalars::{Line, Prose, Taken};
use crate::manifest::lower::context::Reading;
use crate::manifest::lower::pages::{self, About};
use crate::manifest::syntax::de::Spanned;
use crate::model::{
    Block, CaptionPosition, Entry, Essay, Fallback, Family, Fonts, Inline, PageStyle, Plate, Print,
    Strings,
};

/// What stands before the first page.
pub(crate) fn front(
    frontispiece: Key<Frontispiece>,
    dedication: Key<Prose>,
    reading: &mut Reading<'_>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Some(Spanned { value: keys, place }) = frontispiece {
        // What is not said of it here is not wanted on the page that faces the title.
        let nothing = |text: &str| Some(Spanned { value: Prose(text.into()), place });
        let page = PageEntry {
            photo: Some(keys.photo),
            caption: keys.caption.or_else(|| nothing("")),
            alt: keys.alt,
            credit: keys.credit,
            place: keys.place.or_else(|| Some(Spanned { value: Line(String::new()), place })),
            taken: keys.taken.or(Some(Spanned { value: Taken(None), place })),
            ..PageEntry::default()
        };
        let about = About { place, faulty: false };
        entries.extend(pages::entries(&page, about, reading).into_iter().filter_map(|entry| {
            match entry {
                // Its words stand with it: the title page faces it.
                Entry::Plate(plate) => Some(Entry::Frontispiece(Box::new(Plate {
                    caption_place: CaptionPosition::Below,
                    ..*plate
                }))),
                _ => None,
            }
        }));
    }
    if let Some(blocks) = dedication.and_then(|text| reading.prose(&text)) {
        entries.push(Entry::Dedication(Essay { blocks }));
    }
    entries
}

/// The colophon: in the manifest's words, or in those of the house.
pub(crate) fn colophon(
    key: Key<Prose>,
    print: &Print,
    fonts: &Fonts,
    look: &PageStyle,
    reading: &mut Reading<'_>,
) -> Option<Entry> {
    let key = key?;
    let blocks = match key.value.0.as_str() {
        "false" => return None,
        "true" => house(print, fonts, look, Strings::for_language(&reading.language)),
        _ => reading.prose(&key)?,
    };
    Some(Entry::Colophon(Essay { blocks }))
}

/// What can be said of every book: its type, its paper, its printer, and by what it was made.
fn house(print: &Print, fonts: &Fonts, look: &PageStyle, words: &Strings) -> Vec<Block> {
    let voices = look.voices;
    let mut families: Vec<String> = Vec::new();
    for face in [voices.text.face, voices.caption.face, voices.title.face] {
        let (brought, bundled) = match face {
            Family::Serif => (&fonts.serif, "Source Serif 4"),
            Family::Sans => (&fonts.sans, "Source Sans 3"),
            Family::Mono => (&fonts.mono, "Source Code Pro"),
        };
        let family = brought.first().map_or(bundled.to_owned(), |file| stem(&file.name));
        if !families.contains(&family) {
            families.push(family);
        }
    }
    if let Fallback::Files(files) = &fonts.fallback {
        let others = files.iter().map(|file| stem(&file.name));
        families.extend(others.filter(|family| !family.is_empty()));
        families.dedup();
    }
    let stock = print.paper.as_ref().and_then(|paper| paper.stock.clone());
    let facts = [
        (words.typefaces, Some(families.join(words.comma))),
        (words.paper, stock),
        (words.printer, print.printer.clone()),
    ];
    let mut lines: Vec<String> = facts
        .into_iter()
        .filter_map(|(what, fact)| fact.map(|fact| format!("{what}: {fact}")))
        .collect();
    lines.push(concat!("recto ", env!("CARGO_PKG_VERSION")).to_owned());
    let mut inlines = Vec::new();
    for line in lines {
        if !inlines.is_empty() {
            inlines.push(Inline::LineBreak);
        }
        inlines.push(Inline::Text(line));
    }
    vec![Block::Paragraph(inlines)]
}

/// The family that a font's file is named for: `fonts/MySerif-Regular.otf` is of My Serif.
fn stem(name: &str) -> String {
    let leaf = name.rsplit('/').next().unwrap_or(name);
    let stem = leaf.split(['-', '.']).next().unwrap_or(leaf);
    let mut family = String::new();
    for c in stem.chars() {
        if c.is_uppercase() && family.ends_with(char::is_lowercase) {
            family.push(' ');
        }
        family.push(if c == '_' { ' ' } else { c });
    }
    family
}
