//! Verse in a fenced block with the word `verse` or in a quotation with kept lines, and the source
//! of an epigraph.

use crate::model::{
    Block, Epigraph, Inline, Verse, VerseLine, change_blocks, change_inlines, plain_text,
};

/// A LINE SEPARATOR, which stands for the line end before a dash in a quotation.
pub(super) const LINE_END: char = '\u{2028}';

/// Whether a fenced block is verse.
pub(super) fn is_verse(info: &str) -> bool {
    info.split([' ', ',', '{']).next().is_some_and(|word| word.eq_ignore_ascii_case("verse"))
}

/// The lines of each stanza with their indents in halves of an em: a space is half an em, a tab
/// two. What all lines are indented by is left out.
pub(super) fn stanzas(text: &str) -> Vec<Vec<(u16, &str)>> {
    let mut stanzas: Vec<Vec<(u16, &str)>> = vec![Vec::new()];
    for line in text.lines() {
        let words = line.trim();
        match stanzas.last_mut() {
            Some(stanza) if !words.is_empty() => {
                // Elsewhere, a backslash ends the lines of a poem.
                let words = words.strip_suffix('\\').map_or(words, str::trim_end);
                stanza.push((indent(line), words));
            }
            Some(stanza) if !stanza.is_empty() => stanzas.push(Vec::new()),
            _ => {}
        }
    }
    stanzas.retain(|stanza| !stanza.is_empty());
    let common = stanzas.iter().flatten().map(|(indent, _)| *indent).min().unwrap_or(0);
    for (indent, _) in stanzas.iter_mut().flatten() {
        *indent -= common;
    }
    stanzas
}

fn indent(line: &str) -> u16 {
    let spaces = line.chars().take_while(|c| c.is_whitespace());
    let halves = spaces.map(|c| match c {
        '\t' => 4,
        '\u{2003}' | '\u{3000}' => 2,
        _ => 1,
    });
    halves.sum::<u16>().min(40)
}

/// Whether a line is the source of a quotation: it begins with a dash.
pub(super) fn is_source(line: &str) -> bool {
    line.trim_start().starts_with(['—', '–', '―']) || line.trim_start().starts_with("--")
}

/// How the lines of a quotation end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuotedLines {
    /// Each but the last of a paragraph ends with a break.
    Kept,
    /// Some are joined, as those of prose.
    Joined,
}

/// A longer line, in characters, is prose.
const LONGEST_LINE: usize = 120;

/// The epigraph that a quotation is, if its last line is a source; otherwise the quotation.
pub(super) fn epigraph(mut blocks: Vec<Block>, lines: QuotedLines) -> Result<Epigraph, Vec<Block>> {
    let Some(mut source) = take_source(&mut blocks) else { return Err(quotation(blocks, lines)) };
    change_inlines(&mut source, &mut join_line);
    Ok(Epigraph { blocks: quotation(blocks, lines), source })
}

/// The blocks of a quotation: verse if all its lines are kept, with a paragraph for the source that
/// its last line is. Otherwise, the line ends before dashes become spaces.
pub(super) fn quotation(mut blocks: Vec<Block>, lines: QuotedLines) -> Vec<Block> {
    if lines == QuotedLines::Kept {
        let mut stanzas = blocks.clone();
        // Where several lines begin with dashes, people speak.
        let mut source = if dashes(&blocks) == 1 { take_source(&mut stanzas) } else { None };
        if let Some(verse) = verse_of(&stanzas) {
            if let Some(source) = &mut source {
                change_inlines(source, &mut join_line);
            }
            blocks = vec![Block::Verse(verse)];
            blocks.extend(source.map(Block::Paragraph));
        }
    }
    change_blocks(&mut blocks, &mut join_line);
    blocks
}

/// The number of lines that begin with a dash.
fn dashes(blocks: &[Block]) -> usize {
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(content) => Some(plain_text_with_breaks(content)),
        _ => None,
    });
    lines.map(|text| text.split(['\n', LINE_END]).filter(|line| is_source(line)).count()).sum()
}

fn plain_text_with_breaks(content: &[Inline]) -> String {
    let lines: Vec<String> = lines_of(content).iter().map(|line| plain_text(line)).collect();
    lines.join("\n")
}

/// The verse that paragraphs are: each is a stanza of short lines. One of a single line is no longer
/// than those of the others.
fn verse_of(blocks: &[Block]) -> Option<Verse> {
    let paragraphs: Option<Vec<Vec<Vec<Inline>>>> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(content) => Some(lines_of(content)),
            _ => None,
        })
        .collect();
    let mut paragraphs = paragraphs?;
    paragraphs.retain(|lines| !lines.is_empty());
    let length = |line: &Vec<Inline>| plain_text(line).chars().count();
    let (single, several): (Vec<_>, Vec<_>) = paragraphs.iter().partition(|lines| lines.len() == 1);
    let longest = several.into_iter().flatten().map(length).max()?;
    let fits = single.into_iter().flatten().all(|line| length(line) <= longest);
    if longest > LONGEST_LINE || !fits {
        return None;
    }
    let line = |mut content: Vec<Inline>| {
        let indent = take_indent(&mut content);
        VerseLine { indent, content }
    };
    let stanzas = paragraphs.into_iter().map(|lines| lines.into_iter().map(line).collect());
    Some(Verse { stanzas: stanzas.collect() })
}

/// Removes the fixed spaces at the start of a line, which are its indent in halves of an em.
fn take_indent(content: &mut [Inline]) -> u16 {
    match content.first_mut() {
        Some(Inline::Text(text)) => {
            let by = indent(text);
            *text = text.trim_start().to_owned();
            by
        }
        Some(Inline::Emphasis(inner) | Inline::Strong(inner)) => take_indent(inner),
        _ => 0,
    }
}

/// The lines of a paragraph with breaks, also of those in emphasis. Empty lines are left out.
fn lines_of(content: &[Inline]) -> Vec<Vec<Inline>> {
    let mut lines = broken(content);
    lines.retain(|line| !plain_text(line).trim().is_empty());
    lines
}

fn broken(content: &[Inline]) -> Vec<Vec<Inline>> {
    let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        let parts: Vec<Inline> = match inline {
            Inline::LineBreak => {
                lines.push(Vec::new());
                continue;
            }
            Inline::Emphasis(inner) => broken(inner).into_iter().map(Inline::Emphasis).collect(),
            Inline::Strong(inner) => broken(inner).into_iter().map(Inline::Strong).collect(),
            Inline::Link { target, content } => {
                let part = |content| Inline::Link { target: target.clone(), content };
                broken(content).into_iter().map(part).collect()
            }
            other => vec![other.clone()],
        };
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            let is_empty = matches!(&part, Inline::Emphasis(inner) | Inline::Strong(inner) if inner.is_empty());
            if let Some(line) = lines.last_mut().filter(|_| !is_empty) {
                line.push(part);
            }
        }
    }
    lines
}

fn join_line(text: &mut String) {
    if text.contains(LINE_END) {
        *text = text.replace(LINE_END, " ");
    }
}

/// Removes the last line of a quotation if it is a source and other text precedes it.
fn take_source(blocks: &mut Vec<Block>) -> Option<Vec<Inline>> {
    let has_more = blocks.len() > 1;
    let Some(Block::Paragraph(content)) = blocks.last_mut() else { return None };
    let last_end = content.iter().rposition(|inline| match inline {
        Inline::LineBreak => true,
        Inline::Text(text) => text.contains(LINE_END),
        _ => false,
    });
    let Some(index) = last_end else {
        let is_whole = matches!(content.first(), Some(Inline::Text(text)) if is_source(text));
        if !is_whole || !has_more {
            return None;
        }
        let Some(Block::Paragraph(source)) = blocks.pop() else { return None };
        return Some(source);
    };
    let mut source = content[index + 1..].to_vec();
    let mut before = None;
    if let Inline::Text(text) = &content[index] {
        let (head, tail) = text.rsplit_once(LINE_END)?;
        before = Some(head.trim_end().to_owned());
        source.insert(0, Inline::Text(tail.to_owned()));
    }
    if !matches!(source.first(), Some(Inline::Text(text)) if is_source(text)) {
        return None;
    }
    content.truncate(index);
    content.extend(before.filter(|text| !text.is_empty()).map(Inline::Text));
    if content.is_empty() {
        blocks.pop();
    }
    (!blocks.is_empty()).then_some(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_count_from_the_outermost_line() {
        let lines = stanzas("  one\n    two\n\n\n  three\\\n");
        assert_eq!(lines, [vec![(0, "one"), (2, "two")], vec![(0, "three")]]);
    }

    #[test]
    fn a_source_begins_with_a_dash() {
        assert!(is_source("— Thoreau") && is_source("-- Thoreau") && !is_source("- Thoreau"));
    }
}
