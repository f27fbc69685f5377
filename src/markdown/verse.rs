//! Verse in a fenced block with the word `verse`, and the source of an epigraph.

use crate::model::{Block, Epigraph, Inline, change_blocks, change_inlines};

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

/// The epigraph that a quotation is, if its last line is a source; otherwise the quotation, with
/// spaces instead of its line ends.
pub(super) fn epigraph(mut blocks: Vec<Block>) -> Result<Epigraph, Vec<Block>> {
    let source = take_source(&mut blocks);
    join_lines(&mut blocks);
    let Some(mut source) = source else { return Err(blocks) };
    change_inlines(&mut source, &mut join_line);
    Ok(Epigraph { blocks, source })
}

/// Replaces the line ends before dashes by spaces.
pub(super) fn join_lines(blocks: &mut [Block]) {
    change_blocks(blocks, &mut join_line);
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
