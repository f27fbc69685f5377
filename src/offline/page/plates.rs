//! The plates as figures, and the list of them.

use crate::html::content::heading::Heading;
use crate::html::content::labels::entry_label;
use crate::html::xml::{Xml, one_line};
use crate::model::{Entry, Pixels, Plate};
use crate::offline::pictures::PictureSizes;
use crate::offline::stylesheet::shape_class;

use super::{AnchoredEntry, BookPage, LIST_OF_PLATES};

/// How wide a plate is shown, for browsers that choose among its files.
const PLATE_WIDTHS: &str = "(min-width: 60em) 70vw, 94vw";

impl BookPage<'_> {
    /// A plate, or the picture that opens a chapter: the picture with the caption. The picture is a
    /// link to its largest file, which the script replaces by the viewer.
    pub(super) fn plate(&self, xml: &mut Xml, part: &AnchoredEntry<'_>, plate: &Plate) {
        let Some(picture) = self.pictures.of_entry(part.id).next() else { return };
        let is_plate = matches!(part.entry, Entry::Plate(_));
        let mut class = format!("plate {}", shape_class(picture.sizes.largest().pixels));
        if !is_plate {
            class += if part.entry.opening().is_some() { " opener" } else { " frontispiece" };
        }
        let number = plate.number.to_string();
        let opening = self.openings.of(part.id);
        let spread = opening.map(|it| it.number.to_string());
        let mut attributes = vec![("class", class.as_str()), ("id", part.anchor.as_str())];
        if is_plate {
            attributes.push(("data-plate", number.as_str()));
        }
        if let (Some(spread), Some(opening)) = (&spread, opening) {
            attributes.extend([("data-spread", spread.as_str()), ("data-side", opening.side())]);
        }
        xml.open("figure", &attributes);
        xml.line();
        let large = if self.is_single_file() {
            format!("#{}", part.anchor)
        } else {
            picture.sizes.largest().file(&picture.name)
        };
        xml.open("a", &[("class", "open"), ("href", &large)]);
        let alt = plate.alt.as_deref().map(one_line).filter(|alt| !alt.is_empty());
        // As the content of a link, even a decorative picture needs a name.
        let alt = alt.unwrap_or_else(|| self.strings.name_without_alt(part.entry, self.digits()));
        self.image(xml, &picture.name, &picture.sizes, PLATE_WIDTHS, &alt);
        xml.close("a");
        xml.line();
        self.caption(xml, plate);
        xml.close("figure");
        xml.line();
    }

    /// A picture that is loaded when it is about to be seen.
    fn image(&self, xml: &mut Xml, name: &str, sizes: &PictureSizes, widths: &str, alt: &str) {
        let Pixels { width, height } = sizes.largest().pixels;
        let (width, height) = (width.to_string(), height.to_string());
        let srcset = self.srcset(name, sizes);
        let file = if self.is_single_file() { sizes.largest() } else { sizes.middle() }.file(name);
        let mut attributes = vec![("src", file.as_str())];
        if let Some(srcset) = &srcset {
            attributes.extend([("srcset", srcset.as_str()), ("sizes", widths)]);
        }
        attributes.extend([("width", width.as_str()), ("height", height.as_str()), ("alt", alt)]);
        attributes.extend([("loading", "lazy"), ("decoding", "async")]);
        attributes.extend(xml.language_attributes(alt));
        xml.empty("img", &attributes);
    }

    /// The files of a picture with their widths, if there is a choice.
    pub(super) fn srcset(&self, name: &str, sizes: &PictureSizes) -> Option<String> {
        if self.is_single_file() || sizes.iter().count() < 2 {
            return None;
        }
        let mut files: Vec<String> = sizes
            .iter()
            .map(|size| format!("{} {}w", size.file(name), size.pixels.width))
            .collect();
        files.reverse();
        Some(files.join(", "))
    }

    pub(super) fn has_list_of_plates(&self) -> bool {
        self.book.plates().nth(1).is_some()
    }

    /// All plates as small pictures, each with a link to its place in the page.
    pub(super) fn list_of_plates(&self, xml: &mut Xml) {
        if !self.has_list_of_plates() {
            return;
        }
        let attributes =
            [("class", LIST_OF_PLATES), ("id", LIST_OF_PLATES), ("aria-labelledby", "plates")];
        xml.open("nav", &attributes);
        xml.line();
        Heading::write(xml, "h2", &[("id", "plates")], self.strings.plates);
        xml.open("ol", &[]);
        xml.line();
        for part in self.entries.iter().filter(|it| matches!(it.entry, Entry::Plate(_))) {
            let Some(picture) = self.pictures.of_entry(part.id).next() else { continue };
            let smallest = picture.sizes.smallest();
            let file = smallest.file(&picture.name);
            let Pixels { width, height } = smallest.pixels;
            let class = shape_class(smallest.pixels);
            xml.open("li", &[("class", &class)]);
            xml.open("a", &[("href", &format!("#{}", part.anchor))]);
            xml.empty(
                "img",
                &[
                    ("src", &file),
                    ("width", &width.to_string()),
                    ("height", &height.to_string()),
                    ("alt", ""),
                    ("loading", "lazy"),
                    ("decoding", "async"),
                ],
            );
            let label = entry_label(part.entry, self.book);
            xml.text_element("span", &[("class", "label")], &label);
            xml.close("a");
            xml.close("li");
            xml.line();
        }
        xml.close("ol");
        xml.line();
        xml.close("nav");
        xml.line();
    }
}
