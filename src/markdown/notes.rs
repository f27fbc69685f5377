//! Moves the text of notes to their references.

use std::collections::BTreeMap;

use crate::model::{Block, Epigraph, Inline, Translation};

/// Inserts the text of each note, by its number, at its first reference.
pub(super) fn insert(blocks: &mut [Block], notes: &mut BTreeMap<u32, Vec<Block>>) {
    if notes.is_empty() {
        return;
    }
    for block in blocks {
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph(content)
            | Block::Dateline(content) => {
                insert_in_inlines(content, notes);
            }
            Block::Quote(inner) | Block::Translation(Translation { blocks: inner, .. }) => {
                insert(inner, notes);
            }
            Block::Verse(verse) => {
                verse.lines_mut().for_each(|line| insert_in_inlines(&mut line.content, notes));
            }
            Block::Epigraph(Epigraph { blocks, source }) => {
                insert(blocks, notes);
                insert_in_inlines(source, notes);
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| insert(item, notes)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    insert_in_inlines(&mut definition.term, notes);
                    definition.meanings.iter_mut().for_each(|meaning| insert(meaning, notes));
                }
            }
            Block::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| insert_in_inlines(cell, notes));
            }
            Block::Figure(_) | Block::Break | Block::Code(_) => {}
        }
    }
}

fn insert_in_inlines(inlines: &mut [Inline], notes: &mut BTreeMap<u32, Vec<Block>>) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => insert_in_inlines(inner, notes),
            Inline::Note(note) => {
                if let Some(content) = notes.remove(&note.number) {
                    note.content = content;
                }
            }
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}
