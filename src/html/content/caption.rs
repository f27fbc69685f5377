//! The text under a plate.

use crate::model::{Book, Inline, Language, Places, Plate, Strings, Taken, plain_text};

use crate::html::content::blocks::inlines;
use crate::html::content::text_width::text_width;
use crate::html::xml::{Xml, attributes_of, one_line};

/// The text of a caption in one language.
#[derive(Debug)]
pub(crate) struct PlateText<'a> {
    caption: &'a [Inline],
    place: Option<&'a str>,
    taken: Option<&'a Taken>,
    language: &'a Language,
    is_translation: bool,
    places: Places,
}

impl<'a> PlateText<'a> {
    /// The texts of a plate that are not empty, in the order of its languages, without a place and
    /// a date that all of them have in common.
    pub(crate) fn all(plate: &'a Plate, book: &'a Book) -> Vec<Self> {
        let mut texts = Self::of_languages(plate, book);
        if have_common_place(&texts) {
            for text in &mut texts {
                (text.place, text.taken) = (None, None);
            }
        }
        texts.into_iter().filter(|text| text.width() > 0).collect()
    }

    /// The place and the date that are the same in all languages of a plate, which are written once,
    /// if there are several languages.
    pub(crate) fn common_place(plate: &'a Plate, book: &'a Book) -> Option<CommonPlace<'a>> {
        let texts = Self::of_languages(plate, book);
        let is_common = have_common_place(&texts);
        let own = texts.into_iter().next().filter(|_| is_common)?;
        Some(CommonPlace(Self { caption: &[], ..own }))
    }

    /// The texts of a plate in the order of its languages.
    fn of_languages(plate: &'a Plate, book: &'a Book) -> Vec<Self> {
        let places = book.design.style.plates.places;
        let own = Self {
            caption: &plate.caption,
            place: plate.place.as_deref(),
            taken: plate.taken.as_ref(),
            language: &book.language,
            is_translation: false,
            places,
        };
        let translations = plate.translations.iter().map(|translation| Self {
            caption: &translation.caption,
            place: translation.place.as_deref(),
            taken: translation.taken.as_ref(),
            language: &translation.language,
            is_translation: true,
            places,
        });
        std::iter::once(own).chain(translations).collect()
    }

    /// The width if it were set on one line, in letters of average width.
    pub(crate) fn width(&self) -> usize {
        let date = self.taken.map(|date| date.localized(self.language)).unwrap_or_default();
        let place = self.place.unwrap_or_default();
        [&plain_text(self.caption), place, &date].map(text_width).iter().sum()
    }

    /// The number of paragraphs that [`PlateText::write`] writes.
    pub(crate) fn paragraphs(&self) -> usize {
        if self.is_short() { 1 } else { 1 + usize::from(self.has_place_or_date()) }
    }

    /// Whether caption, place and date fit on one line of a phone.
    fn is_short(&self) -> bool {
        const ONE_LINE: usize = 36;
        self.caption.is_empty() || self.places == Places::After && self.width() <= ONE_LINE
    }

    /// Writes the text as a paragraph, place and date on a line of their own unless all is one
    /// short line.
    pub(crate) fn write(&self, xml: &mut Xml) {
        if !self.is_short() {
            return self.write_apart(xml);
        }
        self.paragraph(xml, "caption", |xml| {
            inlines(xml, self.caption);
            if self.has_place_or_date() {
                if !self.caption.is_empty() {
                    xml.text_element("span", &[("class", "gap")], " ");
                }
                xml.element("span", &[("class", "where")], |xml| self.place_and_date(xml));
            }
        });
    }

    /// Writes the caption, and place and date in a paragraph of their own, where the design has
    /// them.
    pub(crate) fn write_apart(&self, xml: &mut Xml) {
        if self.places == Places::Above {
            self.where_paragraph(xml);
        }
        if !self.caption.is_empty() {
            self.paragraph(xml, "caption", |xml| inlines(xml, self.caption));
        }
        if self.places == Places::After {
            self.where_paragraph(xml);
        }
    }

    /// Writes place and date as a paragraph.
    fn where_paragraph(&self, xml: &mut Xml) {
        if self.has_place_or_date() {
            self.paragraph(xml, "where", |xml| self.place_and_date(xml));
        }
    }

    fn paragraph(&self, xml: &mut Xml, class: &str, content: impl FnOnce(&mut Xml)) {
        let words = xml.begin_ragged_text();
        if self.is_translation {
            let class = format!("{class} translation");
            let [lang, xml_lang, direction] = attributes_of(self.language);
            xml.open("p", &[("class", class.as_str()), lang, xml_lang, direction]);
            let outer = xml.set_language(self.language);
            content(xml);
            xml.restore(outer);
        } else {
            xml.open("p", &[("class", class)]);
            content(xml);
        }
        xml.close("p");
        xml.line();
        xml.restore_words(words);
    }

    /// Place and date as they are written, for comparison.
    fn place_and_date_text(&self) -> (Option<String>, Option<String>) {
        (self.place(), self.taken.map(|taken| taken.localized(self.language)))
    }

    fn place(&self) -> Option<String> {
        self.place.map(one_line).filter(|text| !text.is_empty())
    }

    fn has_place_or_date(&self) -> bool {
        self.place().is_some() || self.taken.is_some()
    }

    fn place_and_date(&self, xml: &mut Xml) {
        // The date must not be reordered by preceding text of the other direction, nor by the
        // place itself.
        let place = self.place();
        let comma = Strings::for_language(self.language).comma;
        if let Some(place) = &place {
            let next = self.taken.and_then(|_| comma.chars().next());
            xml.element("bdi", &[], |xml| xml.text_between(place, [None, next]));
        }
        let Some(taken) = self.taken else { return };
        if place.is_some() {
            xml.text(comma);
        }
        let text = taken.localized_after(place.as_deref(), self.language);
        match taken.exact_date() {
            Some(date) => {
                xml.open("bdi", &[]);
                xml.text_element("time", &[("datetime", &date.to_string())], &text);
                xml.close("bdi");
            }
            None => xml.text_element("bdi", &[], &text),
        }
    }
}

/// A place and a date that are the same in all languages of a plate.
#[derive(Debug)]
pub(crate) struct CommonPlace<'a>(PlateText<'a>);

impl CommonPlace<'_> {
    /// The width if they were set on one line, in letters of average width.
    pub(crate) fn width(&self) -> usize {
        self.0.width()
    }

    /// Writes them if they are above the captions.
    pub(crate) fn write_above(&self, xml: &mut Xml) {
        if self.0.places == Places::Above {
            self.0.where_paragraph(xml);
        }
    }

    /// Writes them if they are below the captions.
    pub(crate) fn write_below(&self, xml: &mut Xml) {
        if self.0.places != Places::Above {
            self.0.where_paragraph(xml);
        }
    }
}

/// Whether texts in several languages have the same place and date.
fn have_common_place(texts: &[PlateText<'_>]) -> bool {
    let [own, translations @ ..] = texts else { return false };
    let place = own.place_and_date_text();
    !translations.is_empty()
        && own.has_place_or_date()
        && translations.iter().all(|text| text.place_and_date_text() == place)
}
