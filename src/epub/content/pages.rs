//! The XHTML templates of the book's pages.

use std::io;

use crate::model::{
    Book, BookTranslation, Chapter, Cover, Entry, Essay, Identifier, Inline, Language, Pixels,
    Plate, Strings, Taken, plain_text,
};

use crate::epub::content::blocks::{BlockWriter, inlines, page_break};
use crate::epub::content::page_breaks::PageBreak;
use crate::epub::content::parts::{Part, truncate};
use crate::html::address::address;
use crate::html::language_runs::LanguageRuns;
use crate::html::xml::{Xml, attributes_of, one_line};

/// Writes the pages of a book as XHTML.
#[derive(Debug)]
pub(in crate::epub) struct PageTemplates<'a> {
    /// The book.
    pub(in crate::epub) book: &'a Book,
    /// The localized strings, such as the names of the book's parts.
    pub(in crate::epub) strings: &'static Strings,
    /// The credits on the imprint page.
    imprint_credits: Vec<String>,
    /// Whether each plate has its credit line.
    plate_credits: bool,
}

impl<'a> PageTemplates<'a> {
    /// Creates the templates for a book.
    pub(in crate::epub) fn new(book: &'a Book) -> Self {
        Self {
            book,
            strings: Strings::for_language(&book.language),
            imprint_credits: book.imprint_credits(),
            plate_credits: book.has_plate_credits(),
        }
    }

    /// The cover page: only a picture, as Kobo requires.
    pub(in crate::epub) fn cover(
        &self,
        alt: &str,
        file: &str,
        pixels: Pixels,
    ) -> io::Result<Vec<u8>> {
        self.page(self.strings.cover, "cover", |xml| {
            xml.empty(
                "img",
                &[
                    ("src", file),
                    ("alt", alt),
                    ("role", "doc-cover"),
                    ("width", &pixels.width.to_string()),
                    ("height", &pixels.height.to_string()),
                ],
            );
            xml.line();
        })
    }

    /// The alternative text of the cover in at most `max_chars` characters: the text on it, then
    /// its picture.
    pub(in crate::epub) fn cover_alt(&self, max_chars: usize) -> String {
        // A shorter description of the picture would not be intelligible.
        const MIN_CHARS: usize = 20;
        let text = one_line(&self.book.cover_text());
        let picture = match &self.book.cover {
            Cover::Photo { alt: Some(alt), .. } => one_line(alt),
            Cover::Photo { alt: None, .. } | Cover::Typographic => String::new(),
        };
        let room = max_chars.saturating_sub(text.chars().count() + 1);
        if picture.is_empty() || room < MIN_CHARS {
            return truncate(&text, max_chars);
        }
        format!("{text} {}", truncate(&picture, room))
    }

    /// The title page.
    pub(in crate::epub) fn title_page(&self, page: Option<&PageBreak>) -> io::Result<Vec<u8>> {
        let book = self.book;
        self.page(&one_line(&book.title), "titlepage", |xml| {
            section(xml, "titlepage", |xml| {
                opening_breaks(xml, page.map_or(&[], std::slice::from_ref));
                xml.open("h1", &[]);
                xml.text(&book.title);
                for BookTranslation { language, title, .. } in &book.translations {
                    let Some(title) = title else { continue };
                    xml.empty("br", &[]);
                    let [lang, xml_lang, direction] = attributes_of(language);
                    let outer = xml.set_language(language);
                    let attributes = [("class", "translation"), lang, xml_lang, direction];
                    xml.text_element("span", &attributes, title);
                    xml.restore(outer);
                }
                xml.close("h1");
                xml.line();
                if let Some(subtitle) = &book.subtitle {
                    line(xml, "p", &[("class", "subtitle"), ("role", "doc-subtitle")], subtitle);
                }
                for BookTranslation { language, subtitle, .. } in &book.translations {
                    if let Some(subtitle) = subtitle {
                        translated_line(xml, "subtitle translation", language, subtitle);
                    }
                }
                for byline in book.bylines() {
                    line(xml, "p", &[("class", "creator")], &byline);
                }
                for BookTranslation { language, bylines, .. } in &book.translations {
                    for byline in bylines {
                        translated_line(xml, "creator translation", language, byline);
                    }
                }
                if let Some(publisher) = &book.publisher {
                    line(xml, "p", &[("class", "publisher")], publisher);
                }
            });
        })
    }

    /// Whether the imprint page has any content.
    pub(in crate::epub) fn has_imprint(&self) -> bool {
        let book = self.book;
        !self.imprint_credits.is_empty()
            || !book.imprint_bylines().is_empty()
            || book.rights.is_some()
            || book.license.is_some()
            || book.publisher.is_some()
            || book.date.is_some()
            || !matches!(book.identifier, Identifier::Uuid(_))
    }

    /// The imprint page: who created and published the book, and its terms of use.
    pub(in crate::epub) fn imprint(&self, page: Option<&PageBreak>) -> io::Result<Vec<u8>> {
        let book = self.book;
        self.page(self.strings.imprint, "imprint", |xml| {
            section(xml, "copyright-page", |xml| {
                opening_breaks(xml, page.map_or(&[], std::slice::from_ref));
                for makers in book.imprint_bylines() {
                    line(xml, "p", &[], &makers);
                }
                for credit in &self.imprint_credits {
                    line(xml, "p", &[("class", "credit")], credit);
                }
                if let Some(rights) = &book.rights {
                    line(xml, "p", &[], rights);
                }
                if let Some(license) = &book.license {
                    xml.element("p", &[("class", "license")], |xml| match address(license) {
                        Some(target) => xml.text_element("a", &[("href", &target)], license),
                        None => xml.text(license),
                    });
                    xml.line();
                }
                if let Some(publisher) = &book.publisher {
                    line(xml, "p", &[], publisher);
                }
                if let Some(date) = book.date {
                    xml.element("p", &[], |xml| {
                        let stamp = date.to_string();
                        xml.text_element(
                            "time",
                            &[("datetime", &stamp)],
                            &date.localized(&book.language),
                        );
                    });
                    xml.line();
                }
                match &book.identifier {
                    Identifier::Isbn(isbn) => line(xml, "p", &[], &format!("ISBN {isbn}")),
                    Identifier::Uri(uri) => line(xml, "p", &[], uri),
                    Identifier::Uuid(_) => {}
                }
            });
        })
    }

    /// An essay or the opening of a chapter; a plate is written by [`PageTemplates::plate`].
    pub(in crate::epub) fn text(&self, part: &Part<'_>) -> io::Result<Vec<u8>> {
        match part.entry {
            Entry::Essay(essay) => self.essay(essay, part),
            Entry::Dedication(essay) => self.matter(essay, part, "dedication"),
            Entry::Colophon(essay) => self.matter(essay, part, "colophon"),
            Entry::Chapter(chapter) => self.chapter(chapter, part),
            Entry::Plate(_) | Entry::Frontispiece(_) => Ok(Vec::new()),
        }
    }

    fn essay(&self, essay: &Essay, part: &Part<'_>) -> io::Result<Vec<u8>> {
        let language = essay.language.as_ref().unwrap_or(&self.book.language);
        let head = PageHead { title: &part.label, language, viewport: None };
        file(&head, Some("essay"), |xml| {
            let breaks = opening_breaks(xml, &part.breaks);
            xml.element("section", &[], |xml| {
                xml.line();
                let mut writer = BlockWriter::new(xml, breaks, &part.figures, 0);
                writer.blocks(&essay.blocks);
                writer.finish();
            });
            xml.line();
        })
    }

    /// Front or back matter, by its name in the structural semantics vocabulary.
    fn matter(&self, essay: &Essay, part: &Part<'_>, class: &str) -> io::Result<Vec<u8>> {
        self.page(&part.label, class, |xml| {
            let breaks = opening_breaks(xml, &part.breaks);
            section(xml, class, |xml| {
                let mut writer = BlockWriter::new(xml, breaks, &part.figures, 0);
                writer.blocks(&essay.blocks);
                writer.finish();
            });
        })
    }

    fn chapter(&self, chapter: &Chapter, part: &Part<'_>) -> io::Result<Vec<u8>> {
        self.page(&part.label, "chapter", |xml| {
            let breaks = opening_breaks(xml, &part.breaks);
            section(xml, "chapter", |xml| {
                let mut writer = BlockWriter::new(xml, breaks, &part.figures, 1);
                writer.title(&chapter.title, &chapter.translations);
                writer.blocks(&chapter.intro);
                writer.finish();
            });
        })
    }

    /// A plate: a picture with its caption and credit, on one screen.
    pub(in crate::epub) fn plate(
        &self,
        plate: &Plate,
        part: &Part<'_>,
        picture: &str,
        pixels: Pixels,
    ) -> io::Result<Vec<u8>> {
        let credit = plate.credit.as_deref().filter(|it| self.plate_credits && !it.is_empty());
        self.page(&part.label, "plate", |xml| {
            opening_breaks(xml, &part.breaks);
            let parts = self.caption_parts(plate, credit);
            xml.element("figure", &[("style", &screen_style(pixels, parts))], |xml| {
                xml.line();
                let (width, height) = (pixels.width.to_string(), pixels.height.to_string());
                let alt = plate.alt.as_deref().map(one_line);
                let alt = alt.unwrap_or_else(|| self.strings.name_without_alt(part.entry));
                let mut attributes = vec![("src", picture), ("alt", alt.as_str())];
                if alt.is_empty() {
                    attributes.push(("role", "presentation"));
                }
                attributes.extend(xml.language_attributes(&alt));
                // The width is limited because reading systems override `max-height` with rules
                // of their own.
                let style = format!("width: min(100%, {width}px, var(--width, 100%))");
                attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
                attributes.push(("style", style.as_str()));
                xml.empty("img", &attributes);
                xml.line();
                if parts.paragraphs > 0 {
                    self.caption(xml, plate, credit);
                }
            });
            xml.line();
        })
    }

    fn caption(&self, xml: &mut Xml, plate: &Plate, credit: Option<&str>) {
        xml.open("figcaption", &[]);
        xml.line();
        if self.is_numbered(plate) {
            line(xml, "p", &[("class", "number")], &plate.number.to_string());
        }
        let texts = CaptionText::all(plate, &self.book.language);
        let is_grouped = texts.len() > 1;
        if is_grouped {
            xml.open("div", &[("class", "captions")]);
            xml.line();
        }
        for text in texts {
            text.write(xml);
        }
        if is_grouped {
            xml.close("div");
            xml.line();
        }
        if let Some(credit) = credit {
            line(xml, "p", &[("class", "credit")], credit);
        }
        xml.close("figcaption");
        xml.line();
    }

    fn is_numbered(&self, plate: &Plate) -> bool {
        self.book.design.style.plates.numbered && plate.number > 0
    }

    /// The width of a plate's caption if it were set on one line, in letters of average width.
    fn text_width(&self, plate: &Plate) -> usize {
        CaptionText::all(plate, &self.book.language).iter().map(CaptionText::width).sum()
    }

    /// The amount of text under a plate; a plate number is printed only together with other
    /// text.
    fn caption_parts(&self, plate: &Plate, credit: Option<&str>) -> CaptionParts {
        let widths = [self.text_width(plate), credit.map_or(0, text_width)];
        let mut paragraphs = widths.iter().filter(|text_width| **text_width > 0).count();
        paragraphs += CaptionText::all(plate, &self.book.language).len().saturating_sub(1);
        if paragraphs > 0 && self.is_numbered(plate) {
            // A number takes a line of its own, however short it is.
            paragraphs += 2;
        }
        CaptionParts { text_width: widths.iter().sum(), paragraphs }
    }

    /// A complete file; `class` is the class by which the stylesheet selects it.
    fn page(&self, title: &str, class: &str, body: impl FnOnce(&mut Xml)) -> io::Result<Vec<u8>> {
        let head = PageHead { title, language: &self.book.language, viewport: None };
        file(&head, Some(class), body)
    }
}

/// The text of a caption in one language.
struct CaptionText<'a> {
    caption: &'a [Inline],
    place: Option<&'a str>,
    taken: Option<&'a Taken>,
    language: &'a Language,
    is_translation: bool,
}

impl<'a> CaptionText<'a> {
    /// The texts of a plate that are not empty, in the order of its languages.
    fn all(plate: &'a Plate, language: &'a Language) -> Vec<Self> {
        let own = Self {
            caption: &plate.caption,
            place: plate.place.as_deref(),
            taken: plate.taken.as_ref(),
            language,
            is_translation: false,
        };
        let translations = plate.translations.iter().map(|translation| Self {
            caption: &translation.caption,
            place: translation.place.as_deref(),
            taken: translation.taken.as_ref(),
            language: &translation.language,
            is_translation: true,
        });
        std::iter::once(own).chain(translations).filter(|text| text.width() > 0).collect()
    }

    /// The width if it were set on one line, in letters of average width.
    fn width(&self) -> usize {
        let date = self.taken.map(|date| date.localized(self.language)).unwrap_or_default();
        let place = self.place.unwrap_or_default();
        [&plain_text(self.caption), place, &date].map(text_width).iter().sum()
    }

    fn write(&self, xml: &mut Xml) {
        let mut outer = None;
        if self.is_translation {
            let [lang, xml_lang, direction] = attributes_of(self.language);
            xml.open("p", &[("class", "caption translation"), lang, xml_lang, direction]);
            outer = Some(xml.set_language(self.language));
        } else {
            xml.open("p", &[("class", "caption")]);
        }
        inlines(xml, self.caption);
        let location = self.place.map(one_line).filter(|text| !text.is_empty());
        if location.is_some() || self.taken.is_some() {
            if !self.caption.is_empty() {
                xml.text(" ");
            }
            xml.open("span", &[("class", "where")]);
            // The date must not be reordered by preceding text of the other direction, nor by the
            // location itself.
            if let Some(location) = &location {
                xml.text_element("bdi", &[], location);
            }
            if let Some(taken) = self.taken {
                if location.is_some() {
                    xml.text(Strings::for_language(self.language).comma);
                }
                let text = taken.localized(self.language);
                match taken.exact_date() {
                    Some(date) => {
                        xml.open("bdi", &[]);
                        xml.text_element("time", &[("datetime", &date.to_string())], &text);
                        xml.close("bdi");
                    }
                    None => xml.text_element("bdi", &[], &text),
                }
            }
            xml.close("span");
        }
        xml.close("p");
        if let Some(outer) = outer {
            xml.restore(outer);
        }
        xml.line();
    }
}

/// A line in another language than that of the book.
fn translated_line(xml: &mut Xml, class: &str, language: &Language, text: &str) {
    let [lang, xml_lang, direction] = attributes_of(language);
    let outer = xml.set_language(language);
    line(xml, "p", &[("class", class), lang, xml_lang, direction], text);
    xml.restore(outer);
}

/// The data for the head of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::epub) struct PageHead<'a> {
    /// The title of the file.
    pub(in crate::epub) title: &'a str,
    /// The language of its text.
    pub(in crate::epub) language: &'a Language,
    /// The size of a page in fixed layout.
    pub(in crate::epub) viewport: Option<&'a str>,
}

/// A complete file; `class` is the class by which the stylesheet selects it.
pub(in crate::epub) fn file(
    head: &PageHead<'_>,
    class: Option<&str>,
    body: impl FnOnce(&mut Xml),
) -> io::Result<Vec<u8>> {
    let language = head.language.tag();
    let mut xml = Xml::document();
    xml.event(quick_xml::events::Event::DocType(quick_xml::events::BytesText::new("html")));
    xml.line();
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/1999/xhtml"),
        ("xmlns:epub", "http://www.idpf.org/2007/ops"),
        ("lang", language),
        ("xml:lang", language),
    ];
    if head.language.is_right_to_left() {
        attributes.push(("dir", "rtl"));
    }
    xml.open("html", &attributes);
    xml.line();
    xml.element("head", &[], |xml| {
        xml.line();
        let language_runs = LanguageRuns::new(head.language);
        let tag = language_runs.single_language(head.title);
        let lang = tag.map_or_else(Vec::new, |tag| vec![("lang", tag), ("xml:lang", tag)]);
        line(xml, "title", &lang, head.title);
        if let Some(viewport) = head.viewport {
            xml.empty("meta", &[("name", "viewport"), ("content", viewport)]);
            xml.line();
        }
        let sheet = [("rel", "stylesheet"), ("type", "text/css"), ("href", STYLESHEET)];
        xml.empty("link", &sheet);
        xml.line();
    });
    xml.line();
    let mut kinds: Vec<_> = class.map(|class| ("class", class)).into_iter().collect();
    if class == Some("cover") {
        kinds.push(("epub:type", "cover"));
    }
    xml.mark(LanguageRuns::new(head.language));
    xml.open("body", &kinds);
    xml.line();
    body(&mut xml);
    xml.close("body");
    xml.line();
    xml.close("html");
    xml.line();
    xml.into_bytes()
}

/// The stylesheet shared by all pages.
pub(in crate::epub) const STYLESHEET: &str = "stylesheet.css";

/// The amount of text under a picture.
#[derive(Debug, Clone, Copy)]
struct CaptionParts {
    /// The width of the text if it were set on one line, in letters of average width.
    text_width: usize,
    /// The number of lines that begin a paragraph.
    paragraphs: usize,
}

/// The width of a text in letters of average width; Chinese, Japanese and Korean letters count
/// as two.
fn text_width(text: &str) -> usize {
    let is_wide = |c| {
        matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
    };
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// The custom properties from which the stylesheet computes the size of a figure on a screen of
/// its own: the aspect ratio of its picture and the amount of text under it.
///
/// The height of the screen is set here as well, because reading systems that replace the
/// window's height with the screen's do so in stylesheets only. A reading system without `var()`
/// uses the first width.
fn screen_style(pixels: Pixels, parts: CaptionParts) -> String {
    let (width, height) = (u64::from(pixels.width).max(1), u64::from(pixels.height).max(1));
    let (shape, share) = ((1000 * width / height).max(1), 780 * width / height);
    let (shape, share) = (
        format!("{}.{:03}", shape / 1000, shape % 1000),
        format!("{}.{}vh", share / 10, share % 10),
    );
    let CaptionParts { text_width, paragraphs } = parts;
    format!(
        "--shape: {shape}; --letters: {text_width}; --paragraphs: {paragraphs}; --screen: 100vh; \
         max-width: {share}; max-width: var(--width, {share})"
    )
}

/// Writes the breaks at the very start of a file outside its text and returns the others.
fn opening_breaks<'a>(xml: &mut Xml, breaks: &'a [PageBreak]) -> &'a [PageBreak] {
    let (opening, rest) = breaks.split_at(breaks.iter().take_while(|page| page.after == 0).count());
    for page in opening {
        page_break(xml, page);
        xml.line();
    }
    rest
}

/// A section with a type of the structural semantics vocabulary and, where one exists, the
/// corresponding ARIA role.
pub(in crate::epub) fn section(xml: &mut Xml, class: &str, content: impl FnOnce(&mut Xml)) {
    let role = match class {
        "chapter" => Some("doc-chapter"),
        "dedication" => Some("doc-dedication"),
        "colophon" => Some("doc-colophon"),
        _ => None,
    };
    let mut attributes = vec![("epub:type", class)];
    attributes.extend(role.map(|role| ("role", role)));
    xml.element("section", &attributes, |xml| {
        xml.line();
        content(xml);
    });
    xml.line();
}

/// An element of text on its own line.
fn line(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) {
    xml.text_element(name, attributes, &one_line(text));
    xml.line();
}

#[cfg(test)]
mod tests {
    use super::text_width;

    #[test]
    fn chinese_japanese_and_korean_letters_are_twice_as_wide() {
        assert_eq!(["first light", "새벽 2", "夜明け。"].map(text_width), [11, 6, 8]);
    }
}
