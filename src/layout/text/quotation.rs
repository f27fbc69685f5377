//! Quotations in prose or verse, with their sources.

use crate::layout::text::flow::{Column, NARROW_TEXT, ParagraphSetting, TextFlow};
use crate::layout::text::rows::TextRow;
use crate::model::{Block, Inline, Length, StructureKind, plain_text};

/// A quotation of up to so many lines is not divided.
const SHORT_QUOTE: usize = 8;

impl TextFlow<'_> {
    /// Sets a quotation, set in at both sides.
    pub(super) fn quote(&mut self, blocks: &[Block], column: Column) {
        self.add_blank_row();
        let inset = self.inset();
        let inner = |column: Column| Column {
            left: column.left + inset,
            measure: column.measure - inset * 2,
        };
        let across = self.all_columns(column).filter(|_| {
            blocks.iter().any(|block| {
                matches!(block, Block::Verse(verse) if self.is_wide_verse(verse, inner(column)))
            })
        });
        let inner = inner(across.unwrap_or(column));
        let from = self.rows.len();
        self.within(StructureKind::Quote, |flow| match blocks {
            // The source of a poem.
            [Block::Verse(verse), Block::Paragraph(source)] => {
                flow.verse_with_source(verse, source, inner);
            }
            [words @ .., Block::Paragraph(source)] if has_source(words, source) => {
                flow.blocks(words, inner);
                flow.source(source, inner);
            }
            _ => flow.blocks(blocks, inner),
        });
        self.keep_ends(from);
        self.add_blank_row();
        if across.is_some() {
            self.put_across(from);
        }
    }

    /// Sets the source of a quotation in prose: whole words, with an indent, or in a narrow column where
    /// the quotation begins. Its second line hangs.
    fn source(&mut self, content: &[Inline], column: Column) {
        let style = self.style.text.clone();
        let is_narrow = column.measure < style.size * NARROW_TEXT;
        let indent = if is_narrow { Length::ZERO } else { self.indent() };
        let turn = indent + self.em();
        let inner = column.indented(turn, self.grid.binding_right);
        let setting = ParagraphSetting { indent: indent - turn, ..ParagraphSetting::LABEL };
        self.push(content, &style, inner, setting, StructureKind::Paragraph);
    }

    /// Keeps the first two and the last two of the rows from this one on together, or all of them
    /// if they are few: no single line of a quotation is left on a page.
    fn keep_ends(&mut self, from: usize) {
        while self.rows.len() > from && self.rows.last().is_some_and(TextRow::is_blank) {
            self.rows.pop();
        }
        let count = self.rows.len().saturating_sub(from);
        let pairs = match count {
            0 | 1 => [(0, 1), (0, 1)],
            2..=SHORT_QUOTE => [(0, count), (0, count)],
            _ => [(0, 2), (count - 2, 2)],
        };
        for (offset, kept) in pairs {
            if let Some(row) = self.rows.get_mut(from + offset) {
                row.keep_together = row.keep_together.max(kept);
            }
        }
    }
}

/// Whether the last paragraph of a quotation says whose words the others are: it begins with a dash, and
/// follows a paragraph, and the quotation is no dialogue.
fn has_source(words: &[Block], last: &[Inline]) -> bool {
    let is_dashed =
        |content: &[Inline]| plain_text(content).trim_start().starts_with(['—', '–', '―']);
    let is_speech = |block: &Block| matches!(block, Block::Paragraph(it) if is_dashed(it));
    matches!(words.last(), Some(Block::Paragraph(_)))
        && is_dashed(last)
        && !words.iter().any(is_speech)
}
