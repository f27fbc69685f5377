//! The text under a plate.

use crate::model::{Inline, Language, Plate, Strings, Taken, plain_text};

use crate::html::content::blocks::inlines;
use crate::html::xml::{Xml, attributes_of, one_line};

/// The text of a caption in one language.
#[derive(Debug)]
pub(crate) struct PlateText<'a> {
    caption: &'a [Inline],
    place: Option<&'a str>,
    taken: Option<&'a Taken>,
    language: &'a Language,
    is_translation: bool,
}

impl<'a> PlateText<'a> {
    /// The texts of a plate that are not empty, in the order of its languages.
    pub(crate) fn all(plate: &'a Plate, language: &'a Language) -> Vec<Self> {
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
    pub(crate) fn width(&self) -> usize {
        let date = self.taken.map(|date| date.localized(self.language)).unwrap_or_default();
        let place = self.place.unwrap_or_default();
        [&plain_text(self.caption), place, &date].map(text_width).iter().sum()
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
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

/// The width of a text in letters of average width; Chinese, Japanese and Korean letters count
/// as two.
pub(crate) fn text_width(text: &str) -> usize {
    let is_wide = |c| {
        matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
    };
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::text_width;

    #[test]
    fn chinese_japanese_and_korean_letters_are_twice_as_wide() {
        assert_eq!(["first light", "새벽 2", "夜明け。"].map(text_width), [11, 6, 8]);
    }
}
