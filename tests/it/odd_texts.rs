//! Texts as other programs and hurried hands leave them.

use recto::markdown;
use recto::model::{Inline, Language, plain_text};

/// A caption as plain text, with its line breaks.
fn caption(text: &str) -> String {
    let inlines = markdown::inlines(text, &Language::default()).content;
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::LineBreak => "\n".to_owned(),
            other => plain_text(std::slice::from_ref(other)),
        })
        .collect()
}

#[test]
fn a_backslash_at_the_end_of_a_caption_is_text() {
    assert_eq!(caption(r"C:\photos\"), r"C:\photos\");
    assert_eq!(caption("First\\\nsecond\\"), "First\nsecond\\");
    assert_eq!(caption("First\\\n\nsecond\\\n"), "First\\\nsecond\\");
    assert_eq!(caption("\\"), "\\");
}

#[test]
fn an_escaped_backslash_breaks_no_line() {
    assert_eq!(caption("one\\\\\ntwo"), "one\\ two");
    assert_eq!(caption("one\\\\\\\ntwo"), "one\\\ntwo");
    assert_eq!(caption("one\\ \ntwo"), "one\\ two");
}
