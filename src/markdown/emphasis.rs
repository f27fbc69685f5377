//! Emphasis beside Chinese, Japanese and Korean, which have no spaces between words.
//!
//! `CommonMark` (6.2) takes `**` between a letter and a bracket for text, so that
//! `**太字（注）**の` keeps its asterisks. The amendment “CJK-friendly emphasis”, which
//! markdown-it, micromark, comrak and Goldmark have too, treats punctuation beside a CJK
//! character like a letter. The parser does not know it, so a joiner, which counts as a letter,
//! is put between such punctuation and the asterisks, and removed from what the parser returns.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Tag};

/// A noncharacter: neither white space nor punctuation, and never part of a text.
pub(super) const JOINER: char = '\u{FDD0}';

/// The text with joiners where asterisks have a CJK character beside them.
pub(super) fn join(text: &str) -> Cow<'_, str> {
    if !text.contains('*') || !text.contains(is_cjk) || text.contains(JOINER) {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find('*') {
        let (before, run) = rest.split_at(start);
        let length = run.len() - run.trim_start_matches('*').len();
        let (run, after) = run.split_at(length);
        let mut back = before.chars().rev().skip_while(|&c| is_variation_selector(c));
        let (left, right) = (back.next(), after.chars().next());
        let is_beside = left.is_some_and(is_cjk) || right.is_some_and(is_cjk);
        let joins = |side: Option<char>| {
            // An escaped asterisk stays escaped, and an underscore is an asterisk's like.
            is_beside && side.is_some_and(|c| !c.is_whitespace() && !matches!(c, '\\' | '_'))
        };
        joined.push_str(before);
        joined.extend(joins(left).then_some(JOINER));
        joined.push_str(run);
        joined.extend(joins(right).then_some(JOINER));
        rest = after;
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// The event without joiners.
pub(super) fn without_joiners(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(clean(text)),
        Event::Code(code) => Event::Code(clean(code)),
        Event::Html(html) => Event::Html(clean(html)),
        Event::InlineHtml(html) => Event::InlineHtml(clean(html)),
        Event::FootnoteReference(label) => Event::FootnoteReference(clean(label)),
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Start(Tag::FootnoteDefinition(clean(label)))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id,
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id,
        }),
        event => event,
    }
}

fn clean(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(JOINER) { text.replace(JOINER, "").into() } else { text }
}

fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Letters and marks of Chinese, Japanese and Korean, with fullwidth and halfwidth forms.
fn is_cjk(character: char) -> bool {
    matches!(
        character,
        '\u{1100}'..='\u{11FF}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE10}'..='\u{FE1F}'
            | '\u{FE30}'..='\u{FE6F}'
            | '\u{FF01}'..='\u{FFEE}'
            | '\u{16FE0}'..='\u{18DFF}'
            | '\u{1AFF0}'..='\u{1B2FF}'
            | '\u{1F200}'..='\u{1F2FF}'
            | '\u{20000}'..='\u{3FFFD}'
    )
}
