//! Changes the text of blocks in place.

use crate::model::{Block, Epigraph, Inline, Table, Translation};

/// Calls `change` with each text of these blocks, in the order of reading. Code and the content of
/// notes are texts too, addresses of links are not.
pub fn change_blocks(blocks: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph(content)
            | Block::Dateline(content) => {
                change_inlines(content, change);
            }
            Block::Quote(inner) | Block::Translation(Translation { blocks: inner, .. }) => {
                change_blocks(inner, change);
            }
            Block::Verse(verse) => {
                verse.lines_mut().for_each(|line| change_inlines(&mut line.content, change));
            }
            Block::Epigraph(Epigraph { blocks, source }) => {
                change_blocks(blocks, change);
                change_inlines(source, change);
            }
            Block::List { items, .. } => {
                for item in items {
                    change_blocks(item, change);
                }
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    change_inlines(&mut definition.term, change);
                    definition.meanings.iter_mut().for_each(|it| change_blocks(it, change));
                }
            }
            Block::Table(Table { head, rows, .. }) => {
                let cells = head.iter_mut().chain(rows.iter_mut().flatten());
                cells.for_each(|cell| change_inlines(cell, change));
            }
            Block::Figure(figure) => change_inlines(&mut figure.caption, change),
            Block::Code(text) => change(text),
            Block::Break => {}
        }
    }
}

/// Calls `change` with each text of these inlines, in the order of reading.
pub fn change_inlines(inlines: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => change(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => change_inlines(inner, change),
            Inline::Note(note) => change_blocks(&mut note.content, change),
            Inline::LineBreak => {}
        }
    }
}

/// Adds `by` to the numbers of all notes in these blocks, so that they can follow another text.
pub fn shift_notes(blocks: &mut [Block], by: u32) {
    for block in blocks {
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph(content)
            | Block::Dateline(content) => shift(content, by),
            Block::Quote(inner) | Block::Translation(Translation { blocks: inner, .. }) => {
                shift_notes(inner, by);
            }
            Block::Verse(verse) => verse.lines_mut().for_each(|it| shift(&mut it.content, by)),
            Block::Epigraph(Epigraph { blocks, source }) => {
                shift_notes(blocks, by);
                shift(source, by);
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| shift_notes(item, by)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    shift(&mut definition.term, by);
                    definition.meanings.iter_mut().for_each(|it| shift_notes(it, by));
                }
            }
            Block::Table(Table { head, rows, .. }) => {
                let cells = head.iter_mut().chain(rows.iter_mut().flatten());
                cells.for_each(|cell| shift(cell, by));
            }
            Block::Figure(figure) => shift(&mut figure.caption, by),
            Block::Code(_) | Block::Break => {}
        }
    }
}

fn shift(inlines: &mut [Inline], by: u32) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => shift(inner, by),
            Inline::Note(note) => note.number += by,
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}
