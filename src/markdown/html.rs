//! HTML, which is shown as the text that it is.

use std::ops::Range;

use super::read::Reader;
use crate::model::{Block, Inline};

impl Reader<'_> {
    /// A tag amid words: a break is a break, a remark is nothing, the rest is shown.
    pub(super) fn html(&mut self, html: &str, range: &Range<usize>) {
        let tag = html.trim();
        let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if tag.starts_with("<!--") {
        } else if name == "br" {
            self.inline(Inline::LineBreak);
        } else {
            self.find_html(range);
            self.words(html);
        }
    }

    pub(super) fn html_block(&mut self, lines: &str) {
        let mut rest = lines;
        let mut shown = String::new();
        while let Some(start) = rest.find("<!--") {
            shown.push_str(&rest[..start]);
            rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
        }
        shown.push_str(rest);
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.block(Block::Paragraph(vec![Inline::Text(words)]));
        }
    }
}
