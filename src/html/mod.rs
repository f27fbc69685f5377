//! What the e-books, the offline edition and the preview share: XML with all text escaped, the
//! book's texts and their stylesheet, the fonts to embed, the cover as a picture, and laid-out
//! pages.

pub(crate) mod address;
pub(crate) mod content;
pub(crate) mod cover;
pub(crate) mod fonts;
pub(crate) mod fragment;
pub(crate) mod long_words;
pub(crate) mod page;
pub(crate) mod style;
pub(crate) mod xml;

use std::io;

use crate::model::Block;

use content::blocks::BlockWriter;
use xml::Xml;

/// A text as the XHTML of an e-book, in one element. For tests.
///
/// # Errors
/// The text cannot be written as XML.
pub fn text_page(blocks: &[Block]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::document();
    xml.element("body", &[], |xml| {
        let mut writer = BlockWriter::new(xml, &[], &[], 0);
        writer.blocks(blocks);
        writer.finish();
    });
    xml.into_bytes()
}
