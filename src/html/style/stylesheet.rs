//! The stylesheet of the reflowable e-book and the faces that it needs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use skrifa::raw::FileRef;
use skrifa::{FontRef, MetadataProvider};

use crate::model::{
    Block, Book, Entry, Epigraph, Fallback, Family, FontFile, Inline, Pages, Plate, Slant, Strings,
    TextStyle as Setting, TextStyles, Translation, TranslationStyle, Weight, plain_text,
};
use crate::typeset::Faces;

use crate::html::content::heading;
use crate::html::content::matter::has_imprint;
use crate::html::content::table::TableWidths;
use crate::html::content::title_widths::TitleWidths;
use crate::html::fonts::embedded as fonts;
use crate::html::fonts::embedded::{
    ARABIC, DISPLAY, EmbeddedFace, HEBREW, MONO, SANS, SERIF, quoted,
};
use crate::html::fonts::subset::{LettersByFace, ShownLetters};
use crate::html::style::design_css::{self, Elements};
use crate::html::style::emphasis_css;
use crate::html::style::{table_css, verse_css};

/// What every stylesheet begins with: running text.
const TEXT: &str = include_str!("text.css");

/// What comes after it, before the rules of the design.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StylesheetBase {
    /// The rules of all books, in the classic design.
    pub(crate) rules: &'static str,
    /// The elements that a design changes.
    pub(crate) elements: Elements,
    /// Whether titles are set in the display size of the bundled serif.
    pub(crate) has_display_titles: bool,
}

impl StylesheetBase {
    /// That of the e-book.
    pub(crate) const EBOOK: Self = Self {
        rules: include_str!("book.css"),
        elements: Elements::EBOOK,
        has_display_titles: true,
    };
}

/// A stylesheet and the faces that it refers to.
#[derive(Debug)]
pub(crate) struct Stylesheet<'a> {
    /// The rules of the book and its design.
    pub(crate) rules: String,
    /// The faces.
    pub(crate) faces: Vec<EmbeddedFace<'a>>,
    /// The rules for the faces of text with dots, which have the same files.
    dotted: String,
}

impl<'a> Stylesheet<'a> {
    /// The stylesheet of a book. Only the faces used by the book are embedded, and large fonts are
    /// reduced to the letters on the printed pages.
    pub(crate) fn new(
        book: &'a Book,
        faces: &Faces,
        print: Option<&Pages>,
        base: &StylesheetBase,
    ) -> Self {
        let has_display = base.has_display_titles && book.fonts.serif.is_empty();
        let uses = FaceUses::new(book, has_display);
        let display = if has_display {
            display_titles(&book.design.style.text_styles, base.elements)
        } else {
            String::new()
        };
        let letters_by_face = LettersByFace::from_pages(print);
        let letters = |bytes: &[u8], index| letters_by_face.for_font(faces, bytes, index);
        let fallback: &[FontFile] = match &book.fonts.fallback {
            Fallback::Files(files) => files,
            Fallback::None | Fallback::System => &[],
        };
        let load = |kind, files, is_needed: &dyn Fn(&FontRef<'_>) -> bool| {
            load(kind, files, is_needed, &letters, faces)
        };
        let serif = load("serif", &book.fonts.serif, &|font| uses.covers_any(font, |_| true));
        let sans = load("sans", &book.fonts.sans, &|font| uses.covers_any(font, |_| true));
        let mono = |font: &FontRef<'_>| uses.has(FaceUse::Mono) && uses.covers_any(font, |_| true);
        let mono = load("mono", &book.fonts.mono, &mono);
        let fallback = load("more", fallback, &|font| uses.covers_any(font, is_beyond_the_bundled));

        let stack = |first: &[EmbeddedFace<'_>], bundled: &str, family: Family| {
            let families = first.iter().map(|face| face.family.as_ref());
            // As in print, the fonts that resemble the others come first.
            let is_alike = |face: &&EmbeddedFace<'_>| face.resembles == Some(family);
            let (alike, others): (Vec<_>, Vec<_>) = fallback.iter().partition(is_alike);
            let last = alike.into_iter().chain(others).map(|face| face.family.as_ref());
            let mut names: Vec<&str> = Vec::new();
            let right_to_left = [(FaceUse::Arabic, ARABIC), (FaceUse::Hebrew, HEBREW)].into_iter();
            let right_to_left =
                right_to_left.filter(|(used, _)| uses.has(*used)).map(|(_, name)| name);
            for family in families.chain([bundled]).chain(last).chain(right_to_left) {
                if !names.contains(&family) {
                    names.push(family);
                }
            }
            names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
        };
        let family = |family| match family {
            Family::Serif => SERIF,
            Family::Sans => SANS,
            Family::Mono => MONO,
        };
        let mut design = design_css::rules(&book.design.style, base.elements, family);
        if !book.translations.is_empty() {
            design += &design_css::translations(&book.design.style, family);
        }
        design += &design_css::list_numbers(book);
        design += &display;
        design += &design_css::title_sizes(&book.design.style, base.elements);
        let subtitle = design_css::subtitle_share(&book.design.style, base.elements);
        design += &heading::rules(&TitleWidths::new(book), base.elements, subtitle);
        design += &table_css::rules(uses.table_widths.iter().copied());
        design += &verse_css::rules(uses.verse_indents.iter().copied());
        let dotted = emphasis_css::dotted_faces(book, serif.iter().chain(&fallback));
        design += &emphasis_css::rules(book, !dotted.is_empty());
        let rules = format!("{TEXT}\n{}{design}", base.rules)
            .replace(&quoted(SERIF), &stack(&serif, SERIF, Family::Serif))
            .replace(&quoted(SANS), &stack(&sans, SANS, Family::Sans))
            .replace(&quoted(MONO), &stack(&mono, MONO, Family::Mono));

        let bundled = BUNDLED_FACES.iter().filter(|(used, _)| uses.has(*used));
        let bundled = bundled.filter_map(|(_, name)| fonts::bundled(name));
        let mut faces: Vec<EmbeddedFace<'_>> = Vec::new();
        for face in bundled.chain(serif).chain(sans).chain(mono).chain(fallback) {
            // A font for several families is stored and declared once.
            if !faces.iter().any(|other| other.family == face.family && other.bytes == face.bytes) {
                faces.push(face);
            }
        }
        Self { rules, faces, dotted }
    }

    /// The CSS with the faces at the addresses of their files.
    pub(crate) fn css(&self) -> String {
        let faces: String = self.faces.iter().map(EmbeddedFace::font_face_rule).collect();
        faces + &self.dotted + &self.rules
    }
}

/// The use of a bundled face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FaceUse {
    SerifRegular,
    SerifItalic,
    SerifSemibold,
    SerifSemiboldItalic,
    SerifDisplay,
    SerifDisplayItalic,
    SansRegular,
    SansItalic,
    SansSemibold,
    Mono,
    Arabic,
    ArabicSemibold,
    Hebrew,
    HebrewSemibold,
}

/// The bundled faces by their use.
const BUNDLED_FACES: [(FaceUse, &str); 14] = [
    (FaceUse::SerifRegular, "SourceSerif4-Regular"),
    (FaceUse::SerifItalic, "SourceSerif4-It"),
    (FaceUse::SerifSemibold, "SourceSerif4-Semibold"),
    (FaceUse::SerifSemiboldItalic, "SourceSerif4-SemiboldIt"),
    (FaceUse::SerifDisplay, "SourceSerif4Display-Regular"),
    (FaceUse::SerifDisplayItalic, "SourceSerif4Display-It"),
    (FaceUse::SansRegular, "SourceSans3-Regular"),
    (FaceUse::SansItalic, "SourceSans3-It"),
    (FaceUse::SansSemibold, "SourceSans3-Semibold"),
    (FaceUse::Mono, "SourceCodePro-Regular"),
    (FaceUse::Arabic, "NotoNaskhArabic-Regular"),
    (FaceUse::ArabicSemibold, "NotoNaskhArabic-SemiBold"),
    (FaceUse::Hebrew, "NotoSerifHebrew-Regular"),
    (FaceUse::HebrewSemibold, "NotoSerifHebrew-SemiBold"),
];

/// The faces and characters that a book uses.
#[derive(Debug, Default)]
struct FaceUses {
    text: CssTextStyle,
    caption: CssTextStyle,
    place: CssTextStyle,
    heading: Option<CssTextStyle>,
    chapter: CssTextStyle,
    /// How texts in other languages are told from those in the first.
    translations: Option<TranslationStyle>,
    faces: Vec<FaceUse>,
    characters: BTreeSet<char>,
    /// The widths below which tables are set as lists: of all, and those that are in use.
    tables: TableWidths,
    table_widths: BTreeSet<usize>,
    /// The indents of lines of verse.
    verse_indents: BTreeSet<u16>,
}

impl FaceUses {
    fn new(book: &Book, has_display: bool) -> Self {
        let text_styles = &book.design.style.text_styles;
        let [text, caption, place] =
            [&text_styles.text, &text_styles.caption, &text_styles.place].map(CssTextStyle::new);
        let heading = design_css::heading(text_styles).map(CssTextStyle::new);
        let in_display = |style| CssTextStyle::new(style).in_display(has_display);
        let [title, chapter] = [&text_styles.title, &text_styles.chapter].map(in_display);
        let translations = book.design.style.translations;
        let mut uses = Self {
            text,
            caption,
            place,
            heading,
            chapter,
            translations: Some(translations),
            tables: TableWidths::new(book),
            ..Self::default()
        };
        uses.plain(text, &[&book.title]);
        uses.plain(title, &[&book.title]);
        for translation in &book.translations {
            for (text, style) in [
                (&translation.title, title),
                (&translation.subtitle, CssTextStyle::new(&text_styles.subtitle)),
            ] {
                let style = style.translated(translations);
                if let Some(text) = text {
                    uses.plain(style, &[text]);
                }
            }
            let bylines = text.translated(translations);
            for byline in &translation.bylines {
                uses.plain(bylines, &[byline]);
            }
        }
        if let Some(subtitle) = &book.subtitle {
            uses.plain(CssTextStyle::new(&text_styles.subtitle), &[subtitle]);
        }
        for creator in &book.creators {
            uses.text(&creator.name);
        }
        for lines in [&book.publisher, &book.rights, &book.credit].into_iter().flatten() {
            uses.text(lines);
        }
        if has_imprint(book) {
            uses.face(caption.face());
        }
        uses.generated_headings(book);
        book.index.texts(&book.language).into_iter().for_each(|text| uses.text(text));
        for entry in &book.entries {
            uses.entry(entry, book);
        }
        uses
    }

    /// The headings of what the book does not write itself: the contents and the index.
    fn generated_headings(&mut self, book: &Book) {
        let strings = Strings::for_language(&book.language);
        let (chapter, heading) = (self.chapter, self.heading.unwrap_or_default());
        self.plain(chapter, &[strings.contents, strings.plates]);
        if !book.index.is_empty() {
            self.plain(chapter, &[strings.index]);
            self.plain(heading, &[strings.index]);
        }
    }

    fn entry(&mut self, entry: &Entry, book: &Book) {
        let style = &book.design.style;
        match entry {
            Entry::Essay(essay) | Entry::Colophon(essay) | Entry::Epigraph(essay) => {
                if let Some(title) = essay.title() {
                    self.inlines(title, self.chapter);
                }
                self.blocks(&essay.blocks);
            }
            Entry::Dedication(essay) => {
                let text = self.text;
                self.text = CssTextStyle { italic: true, ..text };
                self.blocks(&essay.blocks);
                self.text = text;
            }
            Entry::Part(chapter) | Entry::Chapter(chapter) => {
                if let Some(plate) = &chapter.picture {
                    self.plate(plate, book);
                }
                self.inlines(&chapter.title, self.chapter);
                for translation in &chapter.translations {
                    self.inlines(&translation.title, self.chapter.translated(style.translations));
                }
                self.blocks(&chapter.intro);
            }
            Entry::Plate(plate) | Entry::Frontispiece(plate) => self.plate(plate, book),
            Entry::Blank(_) => {}
        }
    }

    /// The texts under a plate.
    fn plate(&mut self, plate: &Plate, book: &Book) {
        let (style, caption, place) = (&book.design.style, self.caption, self.place);
        self.inlines(&plate.caption, caption);
        for translation in &plate.translations {
            self.inlines(&translation.caption, caption.translated(style.translations));
            let place_or_date = translation.place.is_some() || translation.taken.is_some();
            if place_or_date {
                self.face(place.translated(style.translations).face());
                self.face(place.face());
            }
            if let Some(text) = &translation.place {
                self.text(text);
            }
        }
        if plate.place.is_some() || plate.taken.is_some() {
            self.face(place.face());
        }
        if let Some(text) = &plate.place {
            self.plain(place, &[text]);
        }
        let credit = CssTextStyle::new(&style.text_styles.credit);
        if let Some(text) = &plate.credit {
            self.plain(credit, &[text]);
        }
        if style.plates.numbered {
            self.face(caption.face());
        }
    }

    /// Texts without markup in one style.
    fn plain(&mut self, style: CssTextStyle, texts: &[&str]) {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            self.face(style.face());
            if style.strong {
                self.bold_text(text);
            }
            self.text(text);
        }
    }

    fn has(&self, face: FaceUse) -> bool {
        self.faces.contains(&face)
    }

    /// Whether a font has any of the book's characters for which `counts` is true.
    fn covers_any(&self, font: &FontRef<'_>, counts: fn(char) -> bool) -> bool {
        let map = font.charmap();
        self.characters.iter().any(|c| counts(*c) && map.map(*c).is_some())
    }

    fn face(&mut self, face: FaceUse) {
        if !self.faces.contains(&face) {
            self.faces.push(face);
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\u{590}'..='\u{5ff}' => self.face(FaceUse::Hebrew),
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => self.face(FaceUse::Arabic),
                _ => {}
            }
            self.characters.insert(c);
        }
    }

    /// Text that is set apart, for which right-to-left scripts have a bolder face.
    fn bold_text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\u{590}'..='\u{5ff}' => self.face(FaceUse::HebrewSemibold),
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => {
                    self.face(FaceUse::ArabicSemibold);
                }
                _ => {}
            }
        }
    }

    fn code_text(&mut self, text: &str) {
        self.face(FaceUse::Mono);
        self.text(text);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, content } => {
                    let low = CssTextStyle { italic: *level >= 3 || self.text.italic, ..self.text };
                    if *level >= 3 || self.heading.is_some_and(|heading| heading.italic) {
                        self.bold_text(&plain_text(content));
                    }
                    self.inlines(content, self.heading.unwrap_or(low));
                }
                Block::Paragraph(content) => self.inlines(content, self.text),
                Block::Dateline(content) => self.inlines(content, self.place),
                Block::Quote(inner) => self.blocks(inner),
                Block::Verse(verse) => {
                    for line in verse.lines() {
                        self.verse_indents.extend((line.indent > 0).then_some(line.indent));
                        self.inlines(&line.content, self.text);
                    }
                }
                Block::Epigraph(Epigraph { blocks, source }) => {
                    self.blocks(blocks);
                    self.inlines(source, self.text);
                }
                Block::Translation(Translation { blocks, .. }) => {
                    let (text, caption) = (self.text, self.caption);
                    if let Some(translations) = self.translations {
                        self.text = text.translated(translations);
                        self.caption = caption.translated(translations);
                    }
                    self.blocks(blocks);
                    (self.text, self.caption) = (text, caption);
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Code(text) => self.code_text(text),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        self.bold_text(&plain_text(&definition.term));
                        self.inlines(&definition.term, CssTextStyle { italic: true, ..self.text });
                        definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                    }
                }
                Block::Table(table) => {
                    self.table_widths.extend(self.tables.of(table));
                    let head = CssTextStyle { italic: true, ..self.text };
                    table.head.iter().for_each(|cell| self.inlines(cell, head));
                    table.rows.iter().flatten().for_each(|it| self.inlines(it, self.text));
                }
                Block::Figure(figure) => self.inlines(&figure.caption, self.caption),
                Block::Break => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], text_style: CssTextStyle) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => {
                    self.face(text_style.face());
                    if text_style.strong {
                        self.bold_text(text);
                    }
                    self.text(text);
                }
                Inline::Code(text) => self.code_text(text),
                Inline::Emphasis(inner) => {
                    self.bold_text(&plain_text(inner));
                    self.inlines(inner, CssTextStyle { italic: !text_style.italic, ..text_style });
                }
                Inline::Strong(inner) => {
                    self.inlines(inner, CssTextStyle { strong: true, ..text_style });
                }
                Inline::Link { content, .. } => self.inlines(content, text_style),
                Inline::LineBreak => {}
                Inline::Note(note) => self.blocks(&note.content),
            }
        }
    }
}

/// The rules for titles in the display size of the serif. It has no bold, so that bold words in
/// them are in the size for text.
fn display_titles(text_styles: &TextStyles, elements: Elements) -> String {
    let mut css = String::new();
    let styles = [(&text_styles.title, elements.title), (&text_styles.chapter, elements.chapter)];
    let styles =
        styles.into_iter().filter(|(style, _)| CssTextStyle::new(style).has_display_size());
    for (_, selector) in styles {
        // Writing to a string cannot fail.
        let _ = write!(
            css,
            "\n{selector} {{\n  font-family: {}, {serif}, serif;\n}}\n\n\
             {selector} strong {{\n  font-family: {serif}, serif;\n}}\n",
            quoted(DISPLAY),
            serif = quoted(SERIF)
        );
    }
    css
}

/// The style of a text in CSS terms.
#[derive(Debug, Clone, Copy)]
struct CssTextStyle {
    family: Family,
    italic: bool,
    strong: bool,
    /// Whether it is in the display size, as long as it is not bold.
    display: bool,
}

impl CssTextStyle {
    fn new(setting: &Setting) -> Self {
        Self {
            family: setting.face,
            italic: setting.slant == Slant::Italic,
            strong: setting.weight == Weight::Semibold,
            display: false,
        }
    }

    /// The style of a title, in the display size if that is used and exists.
    fn in_display(self, is_used: bool) -> Self {
        Self { display: is_used && self.has_display_size(), ..self }
    }

    fn has_display_size(self) -> bool {
        self.family == Family::Serif && !self.strong
    }

    /// The style of a translation of text in this style.
    fn translated(self, TranslationStyle { face, slant, .. }: TranslationStyle) -> Self {
        Self {
            family: face.unwrap_or(self.family),
            italic: self.italic || slant == Slant::Italic,
            display: self.display && face.is_none(),
            ..self
        }
    }

    fn face(self) -> FaceUse {
        match (self.family, self.strong, self.italic) {
            (Family::Serif, false, false) if self.display => FaceUse::SerifDisplay,
            (Family::Serif, false, true) if self.display => FaceUse::SerifDisplayItalic,
            (Family::Serif, false, false) => FaceUse::SerifRegular,
            (Family::Serif, false, true) => FaceUse::SerifItalic,
            (Family::Serif, true, false) => FaceUse::SerifSemibold,
            (Family::Serif, true, true) => FaceUse::SerifSemiboldItalic,
            (Family::Sans, false, false) => FaceUse::SansRegular,
            (Family::Sans, false, true) => FaceUse::SansItalic,
            (Family::Sans, true, _) => FaceUse::SansSemibold,
            (Family::Mono, ..) => FaceUse::Mono,
        }
    }
}

impl Default for CssTextStyle {
    fn default() -> Self {
        Self { family: Family::Serif, italic: false, strong: false, display: false }
    }
}

/// Whether a character is probably missing in the bundled faces, which cover Latin, Greek,
/// Cyrillic and their punctuation.
fn is_beyond_the_bundled(c: char) -> bool {
    !matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{22ff}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
}

/// The manifest's font files that are needed; of a collection the first font that is, as in
/// print.
fn load<'a, 'l>(
    kind: &str,
    files: &'a [FontFile],
    is_needed: &dyn Fn(&FontRef<'_>) -> bool,
    letters: &dyn Fn(&[u8], u32) -> Option<&'l ShownLetters>,
    faces: &Faces,
) -> Vec<EmbeddedFace<'a>> {
    let mut embedded = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let count = match FileRef::new(&file.bytes) {
            Ok(FileRef::Font(_)) => 1,
            Ok(FileRef::Collection(collection)) => collection.len(),
            Err(_) => 0,
        };
        let index = (0..count).find(|index| {
            FontRef::from_index(&file.bytes, *index).is_ok_and(|font| is_needed(&font))
        });
        embedded.extend(index.and_then(|index| {
            let face = EmbeddedFace::from_manifest(
                kind,
                number + 1,
                (&file.bytes, index),
                letters(&file.bytes, index),
            )?;
            let resembles = faces.resembled_family(&file.bytes, index);
            Some(EmbeddedFace { resembles, ..face })
        }));
    }
    embedded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_names_the_bundled_families() {
        let rules = StylesheetBase::EBOOK.rules;
        assert!(rules.contains(&quoted(SERIF)) && rules.contains(&quoted(SANS)));
    }
}
