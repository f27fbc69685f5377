//! Verse and epigraphs.

use crate::layout::text::flow::{Column, ParagraphSetting, TextFlow};
use crate::layout::text::rows::{BreakQuality, TextRow};
use crate::layout::text::styles;
use crate::model::{Epigraph, Length, StructureKind, TitleAlign, Verse, VerseLine};
use crate::typeset::{self, Capitals, Style};

impl TextFlow<'_> {
    /// Sets verse: each line by itself, at the inset of quotations, or in the middle if titles are.
    pub(in crate::layout) fn verse(&mut self, verse: &Verse, column: Column) {
        let style = self.style.text.clone();
        let width = |line: &VerseLine| {
            let spans = styles::spans(&line.content, &style);
            self.step(line) + typeset::line(self.faces, &spans, &self.language).width
        };
        let widest = verse.lines().map(width).max().unwrap_or_default();
        let free = (column.measure - widest).max(Length::ZERO);
        let inset = match self.grid.style.titles.align {
            TitleAlign::Centre => free / 2,
            // A quotation or a list has an inset of its own.
            TitleAlign::Start if column.measure < self.grid.measure => Length::ZERO,
            TitleAlign::Start => self.inset().min(free),
        };
        let column = column.indented(inset, self.grid.binding_right);
        for stanza in &verse.stanzas {
            self.add_blank_row();
            self.stanza(stanza, &style, column);
        }
        self.add_blank_row();
    }

    /// The indent of a line of verse, as its author wrote it.
    fn step(&self, line: &VerseLine) -> Length {
        self.em().scale(i64::from(line.indent), 2)
    }

    /// Sets a stanza as one paragraph. Lines that are too long are turned in.
    fn stanza(&mut self, stanza: &[VerseLine], style: &Style, column: Column) {
        let element = self.element.child(StructureKind::Paragraph);
        let from = self.rows.len();
        let mut ends = Vec::new();
        for (number, line) in stanza.iter().enumerate() {
            let turn = self.em() * 2;
            let step = self.step(line).min(column.measure / 2);
            let turned = column.indented(step + turn, self.grid.binding_right);
            let setting = ParagraphSetting { indent: -turn, ..ParagraphSetting::LABEL };
            let (spans, new_notes) = self.spans_with_notes(&line.content, style);
            let mut lines = self.set(spans, turned.measure, setting, &element);
            if number + 1 < stanza.len()
                && let Some(last) = lines.last_mut()
            {
                typeset::end_with_space(last, self.faces);
            }
            let mut new_notes = new_notes.into_iter().peekable();
            for line in lines {
                while let Some(note) = new_notes.next_if(|note| note.is_referenced_on(&line)) {
                    self.note(note);
                }
                // No page ends within a line of verse.
                self.line(turned.left, line, BreakQuality::Forbidden);
            }
            ends.push(self.rows.len());
        }
        // A stanza of up to four lines is not divided, and no line of a longer one is left alone.
        let is_short = self.rows.len() - from <= 4;
        let last = ends.len();
        for (index, end) in ends.into_iter().enumerate() {
            let Some(row) = end.checked_sub(1).and_then(|row| self.rows.get_mut(row)) else {
                continue;
            };
            row.end = match index + 1 {
                number if number == last => BreakQuality::Allowed,
                number if is_short || number == 1 || number + 1 == last => {
                    BreakQuality::WidowOrOrphan
                }
                _ => BreakQuality::Allowed,
            };
        }
    }

    /// Sets an epigraph: smaller, ragged, in the second part of the column, its source under it.
    pub(in crate::layout) fn epigraph(&mut self, epigraph: &Epigraph, column: Column) {
        let from = self.rows.len();
        let share = match self.grid.style.titles.align {
            TitleAlign::Start => 30,
            TitleAlign::Centre => 20,
        };
        let by = column.measure.scale(share, 100);
        let mut inner = column.indented(by, self.grid.binding_right);
        if self.grid.style.titles.align == TitleAlign::Centre {
            inner = inner.indented(by, !self.grid.binding_right);
        }
        let size = self.em().scale(9, 10);
        let mut style = self.style.clone();
        style.text.size = size;
        style.is_ragged = true;
        let outer = std::mem::replace(&mut self.style, style);
        self.within(StructureKind::Quote, |flow| {
            flow.blocks(&epigraph.blocks, inner);
            while flow.rows.len() > from && flow.rows.last().is_some_and(TextRow::is_blank) {
                flow.rows.pop();
            }
            let text = flow.style.text.clone();
            let source = Style { capitals: Capitals::Small, tracking: 50, ..text };
            let setting = ParagraphSetting::LABEL;
            flow.push(&epigraph.source, &source, inner, setting, StructureKind::Paragraph);
        });
        self.style = outer;
        self.keep_with_next(from);
        if self.rows.len() > from {
            let blank = TextRow { notes: self.notes.len(), ..TextRow::blank() };
            self.rows.extend([blank.clone(), blank]);
        }
    }
}
