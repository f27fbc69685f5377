//! A caption as one paragraph, whatever it begins with.
//!
//! Markdown finds its blocks first, at the beginnings of lines. So a caption is laid
//! out as a single line that begins with a blank which no block begins with, and which
//! is taken away again; its breaks travel as a character of their own.

use pulldown_cmark::{Event, Options, Parser};

use super::read::Reader;
use super::trim::{single, trim};
use crate::finding::Finding;
use crate::model::Inline;

/// An em space: to emphasis it is a blank like any other, to blocks it is none.
const GUARD: char = '\u{2003}';
/// LINE SEPARATOR, a blank as well.
const BREAK: char = '\u{2028}';

/// Reads a caption.
pub(super) fn inlines(text: &str) -> (Vec<Inline>, Vec<Finding>) {
    let line = one_line(text);
    let mut reader = Reader::new(&line);
    for (event, range) in Parser::new_ext(&line, Options::empty()).into_offset_iter() {
        match event {
            Event::Text(text) => {
                let text = if range.start == 0 {
                    text.strip_prefix(GUARD).unwrap_or(&text)
                } else {
                    &*text
                };
                for (index, part) in text.split(BREAK).enumerate() {
                    if index > 0 {
                        reader.take(Event::HardBreak, &range);
                    }
                    reader.take(Event::Text(part.into()), &range);
                }
            }
            Event::Code(code) => reader.take(Event::Code(code.replace(BREAK, " ").into()), &range),
            event => reader.take(event, &range),
        }
    }
    let (blocks, mut findings) = reader.finish();
    for finding in &mut findings {
        // Places count from the text as it was given, not from the guarded line.
        if let Some(at) = &mut finding.at {
            at.column = at.column.saturating_sub(1).max(1);
        }
    }
    let mut content = single(blocks);
    trim(&mut content);
    (content, findings)
}

/// The caption on one line: its line ends become blanks, and those that stand for a
/// break (two blanks or a backslash before it, or a blank line after it) the break.
fn one_line(text: &str) -> String {
    let mut line = String::from(GUARD);
    let mut pending = None;
    for part in text.lines() {
        let words = part.trim();
        if words.is_empty() {
            if pending.is_some() {
                pending = Some(BREAK);
            }
            continue;
        }
        line.extend(pending);
        let breaks = words.ends_with('\\') && !words.ends_with("\\\\");
        line.push_str(if breaks { words.trim_end_matches('\\') } else { words });
        pending = Some(if breaks || part.ends_with("  ") { BREAK } else { ' ' });
    }
    line
}
