//! The lines of the title page and the imprint.

use crate::model::{Book, BookTranslation, Cover, Identifier, Language, Strings, hyphenated_isbn};

use crate::html::address::address;
use crate::html::content::heading::Heading;
use crate::html::content::text_width::text_width;
use crate::html::xml::{Xml, attributes_of, one_line};
use crate::typeset::shorten;

/// How many letters a line of a phone has, on the title page and in the imprint.
const TITLE_LINE: usize = 32;
const IMPRINT_LINE: usize = 42;

/// The alternative text of the cover in at most `max_chars` characters: the text on it, then its
/// picture.
pub(crate) fn cover_alt(book: &Book, max_chars: usize) -> String {
    // A shorter description of the picture would not be intelligible.
    const MIN_CHARS: usize = 20;
    let text = one_line(&book.cover_text());
    let picture = match &book.cover {
        Cover::Photo { alt: Some(alt), .. } => one_line(alt),
        Cover::Photo { alt: None, .. } | Cover::Typographic => String::new(),
    };
    let room = max_chars.saturating_sub(text.chars().count() + 1);
    if picture.is_empty() || room < MIN_CHARS {
        return shorten(&text, max_chars);
    }
    format!("{text} {}", shorten(&picture, room))
}

/// Writes the title, the names and the publisher.
pub(crate) fn title_lines(xml: &mut Xml, book: &Book) {
    let heading = Heading::open(xml, "h1", &[]);
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
    heading.close(xml);
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
}

/// How many lines of a phone the texts in other languages add to the title page.
pub(crate) fn more_title_lines(book: &Book) -> usize {
    let lines = |text: &String| text_width(text).div_ceil(TITLE_LINE);
    let of = |translation: &BookTranslation| {
        let titles = [&translation.title, &translation.subtitle].into_iter().flatten();
        titles.chain(&translation.bylines).map(lines).sum::<usize>()
    };
    book.translations.iter().map(of).sum()
}

/// How high the imprint is, in lines of a phone, with half a line between paragraphs.
pub(crate) fn imprint_height(book: &Book) -> usize {
    let lines = |text: &str| text_width(text).div_ceil(IMPRINT_LINE).max(1);
    let mut paragraphs: Vec<usize> = Vec::new();
    paragraphs.extend(book.imprint_bylines().iter().map(|text| lines(text)));
    paragraphs.extend(book.imprint_credits().iter().map(|text| lines(text)));
    paragraphs.extend([&book.rights, &book.license].into_iter().flatten().map(|text| lines(text)));
    let has_publisher = book.publisher.is_some() || book.date.is_some();
    paragraphs.extend(has_publisher.then_some(1));
    paragraphs.extend((!matches!(book.identifier, Identifier::Uuid(_))).then_some(1));
    paragraphs.iter().sum::<usize>() + paragraphs.len() / 2
}

/// Whether the imprint has any content.
pub(crate) fn has_imprint(book: &Book) -> bool {
    !book.imprint_credits().is_empty()
        || !book.imprint_bylines().is_empty()
        || book.rights.is_some()
        || book.license.is_some()
        || book.publisher.is_some()
        || book.date.is_some()
        || !matches!(book.identifier, Identifier::Uuid(_))
}

/// Writes who created and published the book, and its terms of use.
pub(crate) fn imprint_lines(xml: &mut Xml, book: &Book) {
    for makers in book.imprint_bylines() {
        line(xml, "p", &[], &makers);
    }
    for credit in book.imprint_credits() {
        line(xml, "p", &[("class", "credit")], &credit);
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
    if book.publisher.is_some() || book.date.is_some() {
        xml.element("p", &[], |xml| {
            if let Some(publisher) = &book.publisher {
                xml.text(&one_line(publisher));
            }
            if book.publisher.is_some() && book.date.is_some() {
                xml.text(Strings::for_language(&book.language).comma);
            }
            if let Some(date) = book.date {
                let year = book.language.digits().write(date.year);
                xml.text_element("time", &[("datetime", &date.to_string())], &year);
            }
        });
        xml.line();
    }
    match &book.identifier {
        Identifier::Isbn(isbn) => {
            line(xml, "p", &[], &format!("ISBN {}", hyphenated_isbn(isbn)));
        }
        Identifier::Uri(uri) => line(xml, "p", &[], uri),
        Identifier::Uuid(_) => {}
    }
}

/// A line in another language than that of the book.
fn translated_line(xml: &mut Xml, class: &str, language: &Language, text: &str) {
    let [lang, xml_lang, direction] = attributes_of(language);
    let outer = xml.set_language(language);
    line(xml, "p", &[("class", class), lang, xml_lang, direction], text);
    xml.restore(outer);
}

/// An element of text on its own line.
pub(crate) fn line(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) {
    xml.text_element(name, attributes, &one_line(text));
    xml.line();
}
