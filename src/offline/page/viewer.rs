//! The elements of the viewer, which the script takes out of their template.

use crate::html::xml::Xml;
use crate::model::OfflineStrings;

use super::BookPage;

/// The elements, with placeholders for their words.
const VIEWER: &str = include_str!("../assets/viewer.html");

impl BookPage<'_> {
    pub(super) fn viewer(&self, xml: &mut Xml) {
        if self.book.plates_and_frontispiece().next().is_none() {
            return;
        }
        let digits = self.digits().write("0123456789");
        let attributes = [("id", "viewer"), ("data-digits", digits.as_str())];
        xml.element("template", &attributes, |xml| xml.raw(&elements(self.words)));
        xml.line();
    }
}

fn elements(words: &OfflineStrings) -> String {
    [
        ("{viewer}", words.viewer),
        ("{close}", words.close),
        ("{previous}", words.previous),
        ("{next}", words.next),
        ("{full_screen}", words.full_screen),
        ("{captions}", words.captions),
        ("{spreads}", words.spreads),
        ("{slide_show}", words.slide_show),
        ("{stop_slide_show}", words.stop_slide_show),
        ("{zoom}", words.zoom),
        ("{show_in_book}", words.show_in_book),
    ]
    .into_iter()
    .fold(VIEWER.to_owned(), |html, (placeholder, word)| {
        html.replace(placeholder, &quick_xml::escape::escape(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn every_word_has_its_place() {
        let html = elements(OfflineStrings::for_language(&Language::new("de")));
        assert!(!html.contains(['{', '}']), "{html}");
    }
}
