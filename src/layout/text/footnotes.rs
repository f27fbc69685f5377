//! Footnotes: their references in the text, and their lines at the foot of the page.

use crate::model::{Block, Inline, Length, StructureKind, readable};
use crate::typeset::{Anchor, Line, Span, Style};

use crate::layout::text::flow::{Column, ParagraphStyle, TextFlow, Words};
use crate::layout::text::rows::TextRow;
use crate::layout::text::styles;
use crate::layout::text::styles::LinkTarget;

/// A note referenced by a paragraph.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct NoteReference<'i> {
    number: u32,
    content: NoteContent<'i>,
}

#[derive(Debug, Clone, Copy)]
enum NoteContent<'i> {
    Blocks(&'i [Block]),
    Address(&'i str),
}

impl NoteReference<'_> {
    /// Whether its reference is on this line.
    pub(in crate::layout) fn is_referenced_on(&self, line: &Line) -> bool {
        line.links.iter().any(|link| link.target == Anchor::Note(self.number))
    }
}

impl TextFlow<'_> {
    /// Converts inlines to spans with note references; returns the notes referenced for the
    /// first time.
    pub(in crate::layout) fn spans_with_notes<'i>(
        &mut self,
        content: &'i [Inline],
        style: &Style,
    ) -> (Vec<Span>, Vec<NoteReference<'i>>) {
        let mut new_notes = Vec::new();
        let is_note = self.style.is_note;
        let digits = self.language.digits();
        let footnotes = &mut self.footnotes;
        let mut spans = styles::spans_with_notes(content, style, &mut |inline| {
            let (mark, content) = match inline {
                // Inside a note, an address is printed in brackets.
                Inline::Link { target, content } if is_note => {
                    return match footnotes.clone().link(target, content) {
                        Some(_) => LinkTarget::Words(format!(" ({})", readable(target))),
                        None => LinkTarget::Nothing,
                    };
                }
                Inline::Link { target, content } => match footnotes.link(target, content) {
                    Some(mark) => (mark, NoteContent::Address(target)),
                    None => return LinkTarget::Nothing,
                },
                Inline::Note(note) => (footnotes.note(note), NoteContent::Blocks(&note.content)),
                _ => return LinkTarget::Nothing,
            };
            if mark.first {
                new_notes.push(NoteReference { number: mark.number, content });
            }
            LinkTarget::Mark(mark.number, digits)
        });
        styles::place_marks(&mut spans, &self.language);
        (spans, new_notes)
    }

    /// Sets notes one after another.
    pub(in crate::layout) fn add_notes(&mut self, new_notes: Vec<NoteReference<'_>>) {
        for note in new_notes {
            self.note(note);
        }
    }

    /// Sets a note: its number, and its content beside it.
    pub(in crate::layout) fn note(&mut self, note: NoteReference<'_>) {
        let address;
        let blocks = match note.content {
            NoteContent::Blocks(blocks) => blocks,
            NoteContent::Address(target) => {
                address = [Block::Paragraph(vec![Inline::Link {
                    target: target.to_owned(),
                    content: vec![Inline::Text(readable(target).to_owned())],
                }])];
                &address
            }
        };
        let text = std::mem::take(&mut self.rows);
        let style = styles::note(self.grid);
        let style = ParagraphStyle { text: style, is_note: true, words: Words::Divided };
        let outer_style = std::mem::replace(&mut self.style, style);
        // A note is no part of the paragraph that refers to it, which may be in a list.
        let element = self.section.child(StructureKind::Note);
        let outer_element = std::mem::replace(&mut self.element, element);
        let column = Column { left: Length::ZERO, measure: self.grid.measure };
        let inner = column.indented(self.inset(), self.grid.binding_right);
        self.blocks(blocks, inner);
        if self.rows.is_empty() {
            self.rows.push(TextRow::blank());
        }
        self.mark(0, self.language.digits().write(note.number), column);
        self.style = outer_style;
        self.element = outer_element;
        let lines = std::mem::replace(&mut self.rows, text);
        self.note_starts.push(self.notes.len());
        // Blank rows are for the grid; at the foot, lines follow each other directly.
        self.notes.extend(lines.into_iter().filter(|row| !row.is_blank()));
    }
}
