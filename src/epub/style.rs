//! The stylesheet, and the faces that it asks for.

use std::borrow::Cow;

use skrifa::attribute::{Attributes, Style};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::model::{
    Block, Book, Entry, Fallback, Family, FontFile, Inline, Slant, Voice as Setting, Weight,
};

use super::look;

/// What the pages look like, but for the faces.
const BOOK: &str = include_str!("book.css");

/// The families that [`BOOK`] names.
const SERIF: &str = "Source Serif 4";
const SANS: &str = "Source Sans 3";

/// A face that is embedded.
#[derive(Debug)]
pub(super) struct EmbeddedFace<'a> {
    /// Its file in the archive.
    pub(super) file: String,
    /// Its media type (EPUB 3.3, 3.2).
    pub(super) media_type: &'static str,
    /// Its bytes, as its makers made them.
    pub(super) bytes: &'a [u8],
    family: Cow<'static, str>,
    italic: bool,
    weight: u16,
}

/// The stylesheet with the faces that it names.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The CSS.
    pub(super) css: String,
    /// The faces.
    pub(super) faces: Vec<EmbeddedFace<'a>>,
}

/// The stylesheet of a book; only what the book uses is embedded.
pub(super) fn sheet(book: &Book) -> Sheet<'_> {
    let uses = Uses::of(book);
    let fallback: &[FontFile] = match &book.fonts.fallback {
        Fallback::Files(files) => files,
        Fallback::None | Fallback::System => &[],
    };
    let serif = brought("serif", &book.fonts.serif, |file| uses.any(file, |_| true));
    let sans = brought("sans", &book.fonts.sans, |file| uses.any(file, |_| true));
    let fallback = brought("more", fallback, |file| uses.any(file, is_beyond_the_bundled));

    let stack = |first: &[EmbeddedFace<'_>], bundled: &str| {
        let families = first.iter().map(|face| face.family.as_ref());
        let last = fallback.iter().map(|face| face.family.as_ref());
        let mut names: Vec<&str> = Vec::new();
        for family in families.chain([bundled]).chain(last) {
            if !names.contains(&family) {
                names.push(family);
            }
        }
        names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
    };
    let look = look::rules(&book.design.look, |family| match family {
        Family::Serif => SERIF,
        Family::Sans => SANS,
    });
    let pages = format!("{BOOK}{look}")
        .replace(&quoted(SERIF), &stack(&serif, SERIF))
        .replace(&quoted(SANS), &stack(&sans, SANS));

    let bundled = BUNDLED.iter().filter(|bundled| uses.has(bundled.used));
    let faces: Vec<_> =
        bundled.map(Bundled::face).chain(serif).chain(sans).chain(fallback).collect();
    let mut css: String = faces.iter().map(rule).collect();
    css.push_str(&pages);
    Sheet { css, faces }
}

/// A face that comes with recto.
struct Bundled {
    name: &'static str,
    family: &'static str,
    italic: bool,
    weight: u16,
    /// The words that are set in it.
    used: Use,
    bytes: &'static [u8],
}

impl Bundled {
    fn face<'a>(&self) -> EmbeddedFace<'a> {
        EmbeddedFace {
            file: format!("fonts/{}.woff2", self.name),
            media_type: "font/woff2",
            bytes: self.bytes,
            family: Cow::Borrowed(self.family),
            italic: self.italic,
            weight: self.weight,
        }
    }
}

macro_rules! bundled {
    ($name:literal, $family:expr, $italic:literal, $weight:literal, $used:expr) => {
        Bundled {
            name: $name,
            family: $family,
            italic: $italic,
            weight: $weight,
            used: $used,
            bytes: include_bytes!(concat!("../../fonts/woff2/", $name, ".otf.woff2")),
        }
    };
}

static BUNDLED: [Bundled; 7] = [
    bundled!("SourceSerif4-Regular", SERIF, false, 400, Use::SerifRegular),
    bundled!("SourceSerif4-It", SERIF, true, 400, Use::SerifItalic),
    bundled!("SourceSerif4-Semibold", SERIF, false, 600, Use::SerifSemibold),
    bundled!("SourceSerif4-SemiboldIt", SERIF, true, 600, Use::SerifSemiboldItalic),
    bundled!("SourceSans3-Regular", SANS, false, 400, Use::SansRegular),
    bundled!("SourceSans3-It", SANS, true, 400, Use::SansItalic),
    bundled!("SourceSans3-Semibold", SANS, false, 600, Use::SansSemibold),
];

/// A bundled face by what it is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    SerifRegular,
    SerifItalic,
    SerifSemibold,
    SerifSemiboldItalic,
    SansRegular,
    SansItalic,
    SansSemibold,
}

/// Which faces and characters a book is set with.
#[derive(Debug, Default)]
struct Uses {
    text: Voice,
    caption: Voice,
    heading: Option<Voice>,
    faces: Vec<Use>,
    characters: std::collections::BTreeSet<char>,
}

impl Uses {
    fn of(book: &Book) -> Self {
        let voices = &book.design.look.voices;
        let [text, caption] = [&voices.text, &voices.caption].map(Voice::of);
        let heading = look::heading(voices).map(Voice::of);
        let mut uses = Self { text, caption, heading, ..Self::default() };
        for voice in [&voices.title, &voices.text, &voices.caption] {
            uses.face(Voice::of(voice).face());
        }
        uses.words(&book.title);
        if let Some(subtitle) = &book.subtitle {
            uses.face(Voice::of(&voices.subtitle).face());
            uses.words(subtitle);
        }
        for creator in &book.creators {
            uses.words(&creator.name);
        }
        for words in [&book.publisher, &book.rights, &book.credit].into_iter().flatten() {
            uses.words(words);
        }
        for entry in &book.entries {
            match entry {
                Entry::Essay(essay) => uses.blocks(&essay.blocks),
                Entry::Chapter(chapter) => {
                    uses.inlines(&chapter.title, Voice::of(&voices.chapter));
                    uses.blocks(&chapter.intro);
                }
                Entry::Plate(plate) => {
                    uses.inlines(&plate.caption, caption);
                    if plate.place.is_some() || plate.taken.is_some() {
                        uses.face(Use::SansItalic);
                    }
                    for words in [&plate.place, &plate.credit].into_iter().flatten() {
                        uses.words(words);
                    }
                }
            }
        }
        uses
    }

    fn has(&self, face: Use) -> bool {
        self.faces.contains(&face)
    }

    /// Whether a file has any of the book's characters among those that count.
    fn any(&self, file: &FontFile, counts: fn(char) -> bool) -> bool {
        let Ok(font) = FontRef::new(&file.bytes) else { return false };
        let map = font.charmap();
        self.characters.iter().any(|c| counts(*c) && map.map(*c).is_some())
    }

    fn face(&mut self, face: Use) {
        if !self.faces.contains(&face) {
            self.faces.push(face);
        }
    }

    fn words(&mut self, words: &str) {
        self.characters.extend(words.chars());
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, content } => {
                    let low = Voice { italic: *level >= 3, ..Voice::default() };
                    self.inlines(content, self.heading.unwrap_or(low));
                }
                Block::Paragraph(content) => self.inlines(content, self.text),
                Block::Quote(inner) => self.blocks(inner),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Code(words) => self.words(words),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&definition.term, Voice { italic: true, ..self.text });
                        definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                    }
                }
                Block::Table(table) => {
                    let head = Voice { italic: true, ..self.text };
                    table.head.iter().for_each(|cell| self.inlines(cell, head));
                    table.rows.iter().flatten().for_each(|it| self.inlines(it, self.text));
                }
                Block::Figure(figure) => self.inlines(&figure.caption, self.caption),
                Block::Break => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], voice: Voice) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => {
                    self.face(voice.face());
                    self.words(words);
                }
                Inline::Code(words) => self.words(words),
                Inline::Emphasis(inner) => self.inlines(inner, Voice { italic: true, ..voice }),
                Inline::Strong(inner) => self.inlines(inner, Voice { strong: true, ..voice }),
                Inline::Link { content, .. } => self.inlines(content, voice),
                Inline::LineBreak => {}
                Inline::Note(note) => self.blocks(&note.content),
            }
        }
    }
}

/// How words are said.
#[derive(Debug, Clone, Copy, Default)]
struct Voice {
    sans: bool,
    italic: bool,
    strong: bool,
}

impl Voice {
    fn of(setting: &Setting) -> Self {
        Self {
            sans: setting.face == Family::Sans,
            italic: setting.slant == Slant::Italic,
            strong: setting.weight == Weight::Semibold,
        }
    }

    fn face(self) -> Use {
        match (self.sans, self.strong, self.italic) {
            (false, false, false) => Use::SerifRegular,
            (false, false, true) => Use::SerifItalic,
            (false, true, false) => Use::SerifSemibold,
            (false, true, true) => Use::SerifSemiboldItalic,
            (true, false, false) => Use::SansRegular,
            (true, false, true) => Use::SansItalic,
            (true, true, _) => Use::SansSemibold,
        }
    }
}

/// Whether the bundled faces, which have Latin, Greek, Cyrillic and their punctuation, are
/// likely to lack a character.
fn is_beyond_the_bundled(c: char) -> bool {
    !matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{22ff}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
}

/// The manifest's font files that are wanted, as they are. A font collection is left out:
/// `@font-face` cannot say which of its fonts is meant.
fn brought<'a>(
    kind: &str,
    files: &'a [FontFile],
    wanted: impl Fn(&FontFile) -> bool,
) -> Vec<EmbeddedFace<'a>> {
    let mut faces = Vec::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| wanted(file)) {
        let (extension, media_type) = match file.bytes.get(..4) {
            Some(b"OTTO") => ("otf", "font/otf"),
            Some(b"\0\x01\0\0" | b"true") => ("ttf", "font/ttf"),
            _ => continue,
        };
        let Ok(font) = FontRef::new(&file.bytes) else { continue };
        let attributes = Attributes::new(&font);
        faces.push(EmbeddedFace {
            file: format!("fonts/{kind}-{}.{extension}", index + 1),
            media_type,
            bytes: &file.bytes,
            family: Cow::Owned(
                family(&font).unwrap_or_else(|| format!("Book {kind} {}", index + 1)),
            ),
            italic: attributes.style != Style::Normal,
            weight: weight(attributes.weight.value()),
        });
    }
    faces
}

/// The name of a font's family, if CSS can hold it in quotes.
fn family(font: &FontRef<'_>) -> Option<String> {
    [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME].into_iter().find_map(|id| {
        let name: String = font.localized_strings(id).english_or_first()?.chars().collect();
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        Some(name).filter(|name| !name.is_empty() && name.chars().all(is_plain))
    })
}

/// A weight as CSS has it, a whole number from 1 to 1000.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a u16 holds"
)]
fn weight(value: f32) -> u16 {
    value.round().clamp(1.0, 1000.0) as u16
}

fn quoted(family: &str) -> String {
    format!("\"{family}\"")
}

/// The rule that declares a face.
fn rule(face: &EmbeddedFace<'_>) -> String {
    let EmbeddedFace { file, family, italic, weight, .. } = face;
    let style = if *italic { "italic" } else { "normal" };
    let weight = if *weight == 400 { "normal".to_owned() } else { weight.to_string() };
    format!(
        "@font-face {{\n  font-family: \"{family}\";\n  font-style: {style};\n  \
         font-weight: {weight};\n  src: url(\"{file}\");\n}}\n\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_names_the_bundled_families() {
        assert!(BOOK.contains(&quoted(SERIF)) && BOOK.contains(&quoted(SANS)));
    }
}
