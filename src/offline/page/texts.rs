//! Essays, the openings of chapters, and the texts before and after them.

use crate::html::content::blocks::BlockWriter;
use crate::html::content::figure::PictureFile;
use crate::html::xml::{Xml, attributes_of, one_line};
use crate::model::{Chapter, Essay, figures};

use super::{AnchoredEntry, BookPage};

/// How wide a picture in running text is shown.
const TEXT_WIDTHS: &str = "(min-width: 40em) 38em, 92vw";

impl<'a> BookPage<'a> {
    /// The level of the headings of texts: only the title of the book is above them.
    const TEXT_LEVEL: u8 = 1;

    pub(super) fn essay(
        &self,
        xml: &mut Xml,
        part: &AnchoredEntry<'a>,
        essay: &Essay,
        class: &str,
    ) {
        let class = if self.book.has_deck_paragraph(part.id) {
            format!("{class} deck")
        } else {
            class.into()
        };
        let mut attributes = vec![("class", class.as_str()), ("id", part.anchor.as_str())];
        let mut outer = None;
        if let Some(language) = &essay.language {
            let [lang, _, direction] = attributes_of(language);
            attributes.extend([lang, direction]);
            outer = Some(xml.set_language(language));
        }
        xml.open("section", &attributes);
        xml.line();
        let (figures, ids) = (self.figures(part), format!("{}-", part.anchor));
        let writer = BlockWriter::new(xml, &[], &figures, Self::TEXT_LEVEL);
        let above = u8::from(part.is_in_part);
        let mut writer = writer.with_ids(&ids).with_levels_above(above);
        writer.blocks(self.book.text_in_order(part.id));
        writer.finish();
        xml.close("section");
        xml.line();
        if let Some(outer) = outer {
            xml.restore(outer);
        }
    }

    /// The opening of a part or a chapter.
    pub(super) fn opening(
        &self,
        xml: &mut Xml,
        part: &AnchoredEntry<'a>,
        chapter: &Chapter,
        class: &str,
    ) {
        // The picture of an opening is the target of links to it.
        let mut id = part.anchor.clone();
        if let Some(plate) = &chapter.picture {
            self.plate(xml, part, plate);
            id += "-title";
        }
        let class = if self.book.has_deck_paragraph(part.id) {
            format!("{class} deck")
        } else {
            class.into()
        };
        xml.open("section", &[("class", class.as_str()), ("id", &id)]);
        xml.line();
        let (figures, ids) = (self.figures(part), format!("{}-", part.anchor));
        let writer = BlockWriter::new(xml, &[], &figures, Self::TEXT_LEVEL + 1);
        let above = u8::from(part.is_in_part);
        let mut writer = writer.with_ids(&ids).with_levels_above(above);
        writer.title(&chapter.title, &chapter.translations);
        writer.blocks(self.book.text_in_order(part.id));
        writer.finish();
        xml.close("section");
        xml.line();
    }

    /// The pictures in a text.
    fn figures(&self, part: &AnchoredEntry<'a>) -> Vec<PictureFile<'a>> {
        let mut files = self.pictures.of_entry(part.id);
        if part.entry.plate().is_some() {
            files.next();
        }
        let mut list = Vec::new();
        figures(part.entry.blocks(), &mut |figure| {
            let Some(picture) = files.next() else { return };
            let size = if self.is_single_file() {
                picture.sizes.largest()
            } else {
                picture.sizes.middle()
            };
            let mut attributes =
                vec![("loading", "lazy".to_owned()), ("decoding", "async".to_owned())];
            if let Some(srcset) = self.srcset(&picture.name, &picture.sizes) {
                attributes.extend([("srcset", srcset), ("sizes", TEXT_WIDTHS.to_owned())]);
            }
            let alt = figure.alt.as_deref().map(one_line);
            list.push(PictureFile {
                figure,
                file: size.file(&picture.name),
                alt: alt
                    .unwrap_or_else(|| self.strings.name_without_alt(part.entry, self.digits())),
                pixels: Some(picture.sizes.largest().pixels),
                attributes,
            });
        });
        list
    }
}
