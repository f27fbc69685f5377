//! What stands under a plate.

use crate::html::address::address;
use crate::html::content::caption::PlateText;
use crate::html::content::matter::line;
use crate::html::xml::Xml;
use crate::model::Plate;

use super::{BookPage, license};

impl BookPage<'_> {
    pub(super) fn caption(&self, xml: &mut Xml, plate: &Plate) {
        let book = self.book;
        let texts = PlateText::all(plate, book);
        let credit = plate.credit.as_deref().filter(|it| !it.is_empty());
        let credit = credit.filter(|_| book.has_plate_credits());
        let license = plate.license.as_ref();
        let common = PlateText::common_place(plate, book);
        if texts.is_empty() && common.is_none() && credit.is_none() && license.is_none() {
            return;
        }
        xml.open("figcaption", &[]);
        xml.line();
        if let Some(number) = book.printed_number(plate) {
            line(xml, "p", &[("class", "number")], &number);
        }
        if let Some(place) = &common {
            place.write_above(xml);
        }
        let is_grouped = texts.len() > 1;
        if is_grouped {
            xml.open("div", &[("class", "captions")]);
            xml.line();
        }
        for text in texts {
            if is_grouped {
                xml.open("div", &[]);
                xml.line();
            }
            text.write_apart(xml);
            if is_grouped {
                xml.close("div");
                xml.line();
            }
        }
        if is_grouped {
            xml.close("div");
            xml.line();
        }
        if let Some(place) = &common {
            place.write_below(xml);
        }
        if let Some(credit) = credit {
            line(xml, "p", &[("class", "credit")], credit);
        }
        if let Some(license) = license {
            xml.element("p", &[("class", "license")], |xml| {
                let name = license::name(license);
                match address(license) {
                    Some(target) => {
                        let attributes = [("href", target.as_str()), ("rel", "license")];
                        xml.text_element("a", &attributes, &name);
                    }
                    None => xml.text(&name),
                }
            });
            xml.line();
        }
        xml.close("figcaption");
        xml.line();
    }
}
