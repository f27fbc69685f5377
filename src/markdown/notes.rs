//! Notes, from where they are written to where the text refers to them.

use std::collections::BTreeMap;

use crate::model::{Block, Inline};

/// Gives the first reference to each note what the note says; by number.
pub(super) fn fill(blocks: &mut [Block], notes: &mut BTreeMap<u32, Vec<Block>>) {
    if notes.is_empty() {
        return;
    }
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => refer(content, notes),
            Block::Quote(inner) => fill(inner, notes),
            Block::List { items, .. } => items.iter_mut().for_each(|item| fill(item, notes)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    refer(&mut definition.term, notes);
                    definition.meanings.iter_mut().for_each(|meaning| fill(meaning, notes));
                }
            }
            Block::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| refer(cell, notes));
            }
            Block::Figure(_) | Block::Break | Block::Code(_) => {}
        }
    }
}

fn refer(inlines: &mut [Inline], notes: &mut BTreeMap<u32, Vec<Block>>) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => refer(inner, notes),
            Inline::Note(note) => {
                if let Some(content) = notes.remove(&note.number) {
                    note.content = content;
                }
            }
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}
