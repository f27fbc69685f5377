//! Markdown.

use quick_xml::Reader;
use quick_xml::events::Event;
use recto::html;
use recto::markdown;
use recto::model::Language;

/// A text becomes well-formed XHTML, as a text with blocks and as a caption.
pub fn markdown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let language = Language::default();
    let read = markdown::blocks(&text, &language, None);
    let xhtml = html::text_page(&read.content).expect("a page");
    assert_well_formed(&xhtml);
    markdown::inlines(&text, &language);
}

fn assert_well_formed(xhtml: &[u8]) {
    let text = std::str::from_utf8(xhtml).expect("UTF-8");
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return,
            Event::Start(tag) | Event::Empty(tag) => {
                let mut names: Vec<String> = Vec::new();
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("a well-formed attribute");
                    names.push(format!("{:?}", attribute.key));
                    attribute
                        .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                        .expect("an escaped value");
                }
                names.sort_unstable();
                assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "an attribute twice");
            }
            _ => {}
        }
    }
}
