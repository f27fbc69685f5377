//! Verse and epigraphs.

use std::ops::Range;

use crate::layout::text::flow::{Column, ParagraphSetting, TextFlow, Words};
use crate::layout::text::rows::{BreakQuality, TextRow};
use crate::layout::text::styles;
use crate::model::{Epigraph, Inline, Length, StructureKind, TitleAlign, Verse, VerseLine};
use crate::typeset::{self, Capitals, Style};

/// The narrowest measure of an epigraph, in ems of its type: about forty characters.
const MIN_EPIGRAPH: i64 = 18;

/// If every fourth line of verse is turned, it is too wide for its column.
const TURNED_LINES: usize = 4;

impl TextFlow<'_> {
    /// Sets verse: each line by itself, at the inset of quotations, or in the middle if titles are.
    /// Returns the column of its lines.
    pub(in crate::layout) fn verse(&mut self, verse: &Verse, column: Column) -> Column {
        let across = self.all_columns(column).filter(|_| self.is_wide_verse(verse, column));
        let from = self.rows.len();
        let inner = self.verse_in_column(verse, across.unwrap_or(column));
        if across.is_some() {
            self.put_across(from);
        }
        inner
    }

    /// Whether so many lines of verse are wider than their column that it looks like prose there.
    pub(super) fn is_wide_verse(&self, verse: &Verse, column: Column) -> bool {
        let turned = verse.lines().filter(|line| self.verse_width(line) > column.measure).count();
        turned * TURNED_LINES >= verse.lines().count().max(1)
    }

    /// The width of a line of verse on one line.
    fn verse_width(&self, line: &VerseLine) -> Length {
        let spans = styles::spans(&line.content, &self.style.text);
        self.step(line) + typeset::line(self.faces, &spans, &self.language).width
    }

    /// Sets verse in a column; returns the column of its lines.
    fn verse_in_column(&mut self, verse: &Verse, column: Column) -> Column {
        let style = self.style.text.clone();
        let width = |line: &VerseLine| self.verse_width(line);
        // A line that has to be turned says nothing about the width of the others.
        let widest = verse.lines().map(width).filter(|width| *width <= column.measure).max();
        let inset = match (self.grid.style.titles.align, widest) {
            (TitleAlign::Centre, Some(widest)) => (column.measure - widest) / 2,
            // A quotation or a list has an inset of its own.
            _ if column.measure < self.grid.measure => Length::ZERO,
            _ => self.inset(),
        };
        let column = column.indented(inset, self.grid.binding_right);
        // A turned line begins further in than any other.
        let deepest = verse.lines().map(|line| self.step(line)).max().unwrap_or_default();
        let turn = (deepest + self.em()).max(self.em() * 2).min(column.measure / 2);
        for stanza in &verse.stanzas {
            self.add_blank_row();
            self.stanza(stanza, &style, column, turn);
        }
        self.add_blank_row();
        column
    }

    /// Sets verse with its source directly under it.
    pub(in crate::layout) fn verse_with_source(
        &mut self,
        verse: &Verse,
        source: &[Inline],
        column: Column,
    ) {
        let column = self.verse(verse, column);
        while self.rows.last().is_some_and(TextRow::is_blank) {
            self.rows.pop();
        }
        if let Some(last) = self.rows.last_mut() {
            last.end = BreakQuality::Forbidden;
        }
        let style = self.style.text.clone();
        let inner = column.indented(self.em().min(column.measure / 4), self.grid.binding_right);
        self.push(source, &style, inner, ParagraphSetting::LABEL, StructureKind::Paragraph);
    }

    /// The indent of a line of verse, as its author wrote it.
    fn step(&self, line: &VerseLine) -> Length {
        self.em().scale(i64::from(line.indent), 2)
    }

    /// Sets a stanza as one paragraph. Lines that are too long are turned in by `turn`.
    fn stanza(&mut self, stanza: &[VerseLine], style: &Style, column: Column, turn: Length) {
        let element = self.element.child(StructureKind::Paragraph);
        let mut extents = Vec::new();
        for (number, line) in stanza.iter().enumerate() {
            let start = self.rows.len();
            let step = self.step(line).min(turn);
            let turned = column.indented(turn, self.grid.binding_right);
            let setting = ParagraphSetting { indent: step - turn, ..ParagraphSetting::LABEL };
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
            extents.push(start..self.rows.len());
        }
        self.keep_lines(&extents);
    }

    /// Keeps the rows of each line of a stanza together, a stanza of up to half a page, and the
    /// first two and the last two lines of a longer one.
    fn keep_lines(&mut self, lines: &[Range<usize>]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let is_short = last.end - first.start <= (self.grid.rows() / 2).max(4);
        let mut keep = |rows: Range<usize>| {
            if let Some(row) = self.rows.get_mut(rows.start) {
                row.keep_together = rows.len().max(1);
            }
        };
        lines.iter().cloned().for_each(&mut keep);
        match lines {
            _ if is_short => keep(first.start..last.end),
            [first, second, .., next_to_last, last] => {
                keep(next_to_last.start..last.end);
                keep(first.start..second.end);
            }
            _ => keep(first.start..last.end),
        }
        let count = lines.len();
        for (index, line) in lines.iter().enumerate() {
            let Some(row) = line.end.checked_sub(1).and_then(|row| self.rows.get_mut(row)) else {
                continue;
            };
            row.end = match index + 1 {
                number if number == count => BreakQuality::Allowed,
                number if number + 1 == count => BreakQuality::Widow,
                number if is_short || number == 1 => BreakQuality::Orphan,
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
        // At least forty characters in a line, if the column has room for them.
        let least = self.em().scale(9 * MIN_EPIGRAPH, 10);
        let room = (column.measure - least).max(Length::ZERO);
        let by = column.measure.scale(share, 100);
        let by = match self.grid.style.titles.align {
            TitleAlign::Start => by.min(room),
            TitleAlign::Centre => by.min(room / 2),
        };
        let mut inner = column.indented(by, self.grid.binding_right);
        if self.grid.style.titles.align == TitleAlign::Centre {
            inner = inner.indented(by, !self.grid.binding_right);
        }
        let size = self.em().scale(9, 10);
        let mut style = self.style.clone();
        style.text.size = size;
        style.words = Words::Whole;
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
