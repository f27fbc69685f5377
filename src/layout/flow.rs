//! Running text: an essay's blocks as rows of the baseline grid.

use crate::model::{Block, Inline, Language, Length};
use crate::typeset::{self, Align, Faces, Line, Paragraph, Setting, Span, Style};

use super::rows::{End, Row};
use super::{Grid, styles};

/// Sets blocks one under another; the first paragraph follows a title, and begins without
/// an indent.
pub(super) fn rows(faces: &Faces, grid: &Grid, language: &Language, blocks: &[Block]) -> Vec<Row> {
    let mut flow = Flow { faces, grid, language, rows: Vec::new() };
    flow.blocks(blocks, Column { left: Length::ZERO, measure: grid.measure });
    while flow.rows.last().is_some_and(|row| row.lines.is_empty()) {
        flow.rows.pop();
    }
    flow.rows
}

struct Flow<'a> {
    faces: &'a Faces,
    grid: &'a Grid,
    language: &'a Language,
    rows: Vec<Row>,
}

/// Where lines run, from the column's left edge.
#[derive(Debug, Clone, Copy)]
struct Column {
    left: Length,
    measure: Length,
}

impl Column {
    /// The column with an indent at its start, which is the right in Arabic and Hebrew.
    fn indented(self, by: Length, right_to_left: bool) -> Self {
        let left = if right_to_left { self.left } else { self.left + by };
        Self { left, measure: self.measure - by }
    }
}

impl Flow<'_> {
    fn blocks(&mut self, blocks: &[Block], column: Column) {
        // A paragraph that follows another is told from it by its indent alone.
        let mut after_paragraph = false;
        for block in blocks {
            match block {
                Block::Paragraph(content) => {
                    let indent = if after_paragraph { self.em() } else { Length::ZERO };
                    self.paragraph(content, column, indent);
                }
                Block::Heading { content, .. } => self.heading(content, column),
                Block::Quote(inner) => self.quote(inner, column),
                Block::List { start, items } => self.list(*start, items, column),
                Block::Break => self.section_break(),
                Block::Code(text) => self.code(text, column),
            }
            after_paragraph = matches!(block, Block::Paragraph(_));
        }
    }

    fn em(&self) -> Length {
        styles::text(self.grid).size
    }

    fn paragraph(&mut self, content: &[Inline], column: Column, indent: Length) {
        let spans = styles::spans(content, &styles::text(self.grid));
        self.push(spans, column, indent, styles::text_align(self.grid), true);
    }

    fn heading(&mut self, content: &[Inline], column: Column) {
        self.white();
        let spans = styles::spans(content, &styles::subheading(self.grid));
        let from = self.rows.len();
        self.push(spans, column, Length::ZERO, Align::Balanced, false);
        for row in &mut self.rows[from..] {
            row.end = End::Never;
        }
    }

    fn quote(&mut self, blocks: &[Block], column: Column) {
        self.white();
        let inset = self.em() + self.em().scale(1, 2);
        let inner = Column { left: column.left + inset, measure: column.measure - inset * 2 };
        self.blocks(blocks, inner);
        self.white();
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], column: Column) {
        self.white();
        let inset = self.em() + self.em().scale(1, 2);
        let inner = column.indented(inset, self.grid.binding_right);
        for (number, item) in (start.unwrap_or(1)..).zip(items) {
            let mark = if start.is_some() { format!("{number}.") } else { "–".to_owned() };
            let from = self.rows.len();
            self.blocks(item, inner);
            let mark = self.set(
                styles::plain(mark, styles::tabular(&styles::text(self.grid))),
                &Setting {
                    measure: column.measure,
                    indent: Length::ZERO,
                    align: Align::Start,
                    hyphenate: false,
                },
            );
            if let (Some(row), Some(mark)) = (self.rows.get_mut(from), mark.into_iter().next()) {
                row.lines.insert(0, (column.left, mark));
            }
        }
        self.white();
    }

    fn section_break(&mut self) {
        self.white();
        let stars = self.set(
            styles::plain("*   *   *", styles::text(self.grid)),
            &Setting {
                measure: self.grid.measure,
                indent: Length::ZERO,
                align: Align::Centred,
                hyphenate: false,
            },
        );
        for line in stars {
            self.rows.push(Row { lines: vec![(Length::ZERO, line)], end: End::Fine });
        }
        self.white();
    }

    fn code(&mut self, text: &str, column: Column) {
        self.white();
        let style = Style { family: typeset::Family::Sans, ..styles::text(self.grid) };
        for source in text.trim_end().lines() {
            // The indentation is part of the code; a row that is empty in the source stays one.
            let words = source.trim_start();
            let indent = "\u{a0}".repeat(source.chars().count() - words.chars().count());
            let words = if source.is_empty() { "\u{a0}".into() } else { indent + words };
            self.push(
                styles::plain(words, style.clone()),
                column,
                Length::ZERO,
                Align::Start,
                false,
            );
        }
        self.white();
    }

    fn push(
        &mut self,
        spans: Vec<Span>,
        column: Column,
        indent: Length,
        align: Align,
        hyphenate: bool,
    ) {
        let lines = self.set(spans, &Setting { measure: column.measure, indent, align, hyphenate });
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let lonely = count > 1 && (index == 0 || index + 2 == count);
            let end = if lonely {
                End::Lonely
            } else if line.hyphenated {
                End::Hyphen
            } else {
                End::Fine
            };
            self.rows.push(Row { lines: vec![(column.left, line)], end });
        }
    }

    fn set(&self, spans: Vec<Span>, setting: &Setting) -> Vec<Line> {
        typeset::set(self.faces, &Paragraph { spans, language: self.language.clone() }, setting)
    }

    /// One row of white between what differs in kind, never two.
    fn white(&mut self) {
        if self.rows.last().is_some_and(|row| !row.lines.is_empty()) {
            self.rows.push(Row::white());
        }
    }
}
