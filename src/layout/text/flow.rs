//! Sets running text: an essay's blocks as rows of the baseline grid.

use std::sync::Arc;

use crate::model::{
    Block, Book, Definition, Footnotes, HeadingLevels, Inline, Language, Length, ListMarkers,
    PageStyle, PassageKind, StructureElement, StructureKind, Translation, heading_deck, plain_text,
    split_dateline,
};
use crate::typeset::{self, Align, Faces, Line, Paragraph, Setting, Span, Style};

use crate::layout::text::rows::{BreakQuality, SetText, TextPicture, TextRow};
use crate::layout::text::styles;
use crate::layout::{Grid, elements, placement};

/// Sets blocks one under another; the first paragraph follows a title and has no indent. The
/// notes of the title precede those of the text. All is part of `section`.
pub(in crate::layout) fn text(
    faces: &Faces,
    grid: &Grid,
    book: &Book,
    language: &Language,
    section: &Arc<StructureElement>,
    title: Option<&[Inline]>,
    blocks: &[Block],
) -> SetText {
    set_text(TextFlow::new(faces, grid, book, language, section), title, blocks)
}

/// Sets the text of a cover: with a ragged edge, where the lines of its script have spaces, and as
/// few hyphens as that edge allows. It is short and stands alone, so that each wide space and each
/// hyphen is seen at once.
pub(in crate::layout) fn cover_text(
    faces: &Faces,
    grid: &Grid,
    book: &Book,
    section: &Arc<StructureElement>,
    blocks: &[Block],
) -> SetText {
    let justified = grid.style.justified && !has_word_spaces(&book.language);
    let grid = Grid { style: PageStyle { justified, ..grid.style }, ..*grid };
    let mut flow = TextFlow::new(faces, &grid, book, &book.language, section);
    flow.style.words = Words::DividedAtHoles;
    set_text(flow, None, blocks)
}

fn set_text(mut flow: TextFlow<'_>, title: Option<&[Inline]>, blocks: &[Block]) -> SetText {
    let grid = flow.grid;
    let (_, new_notes) = flow.spans_with_notes(title.unwrap_or_default(), &styles::text(grid));
    flow.add_notes(new_notes);
    let title_notes = flow.notes.len();
    let column = Column { left: Length::ZERO, measure: grid.measure };
    // The dateline is below the deck.
    let (dateline, mut blocks) = split_dateline(blocks);
    if let Some((level, deck, rest)) = title.and_then(|_| heading_deck(blocks)) {
        flow.deck(level, deck, column);
        blocks = rest;
    }
    if let Some(dateline) = dateline {
        flow.dateline(dateline, column);
    }
    flow.blocks(blocks, column);
    while flow.rows.last().is_some_and(TextRow::is_blank) {
        flow.rows.pop();
    }
    let end = flow.rows.len();
    for figure in &mut flow.figures {
        figure.anchor = figure.anchor.min(end);
    }
    keep_ornaments_in_text(&mut flow.rows);
    if flow.rows.is_empty() && title_notes > 0 {
        flow.rows.push(TextRow { notes: title_notes, ..TextRow::blank() });
    }
    SetText {
        rows: flow.rows,
        notes: flow.notes,
        note_starts: flow.note_starts,
        figures: flow.figures,
        wide_tables: flow.wide_tables,
    }
}

/// How far headings stand above their line, in per cent of it.
const HEADING_LIFT: i64 = 28;
/// The measure in ems below which text is ragged, about 40 characters, since its lines have too few
/// spaces to be justified. Notes have many names and addresses.
pub(super) const NARROW_TEXT: i64 = 19;
const NARROW_NOTE: i64 = 24;

/// The part of the measure that a ragged line has at least, in per cent, unless a word is divided.
const LEAST_RAGGED_LINE: i64 = 66;
/// The part of the measure below which the last line of a short paragraph is short, in per cent.
const SHORT_LAST_LINE: i64 = 40;

/// Whether a measure is less than the narrowest in which lines have enough spaces to be justified.
fn is_narrow(language: &Language, measure: Length, narrowest: Length) -> bool {
    has_word_spaces(language) && measure < narrowest
}

/// Whether lines are justified by the spaces between words. Those of Chinese and Japanese are
/// justified without them.
fn has_word_spaces(language: &Language) -> bool {
    !matches!(language.primary().as_str(), "zh" | "ja")
}

/// The state of setting a text.
pub(in crate::layout) struct TextFlow<'a> {
    pub(in crate::layout) faces: &'a Faces,
    pub(in crate::layout) grid: &'a Grid,
    pub(in crate::layout) book: &'a Book,
    /// The language of the text that is set.
    pub(in crate::layout) language: Language,
    pub(in crate::layout) style: ParagraphStyle,
    /// The current nesting depth of lists and definitions.
    pub(super) depth: usize,
    /// The section of the book that the text is part of.
    pub(in crate::layout) section: Arc<StructureElement>,
    /// The element that the next block is part of.
    pub(in crate::layout) element: Arc<StructureElement>,
    headings: HeadingLevels,
    pub(in crate::layout) footnotes: Footnotes,
    pub(in crate::layout) rows: Vec<TextRow>,
    /// The lines of all notes so far.
    pub(in crate::layout) notes: Vec<TextRow>,
    /// The first line of each note.
    pub(in crate::layout) note_starts: Vec<usize>,
    pub(in crate::layout) figures: Vec<TextPicture>,
    pub(in crate::layout) wide_tables: Vec<String>,
}

/// The style of paragraphs.
#[derive(Debug, Clone)]
pub(in crate::layout) struct ParagraphStyle {
    pub(in crate::layout) text: Style,
    /// Whether it is a note, which has no notes of its own.
    pub(in crate::layout) is_note: bool,
    /// Which words are divided; lines of whole words are ragged, as in an epigraph.
    pub(in crate::layout) words: Words,
}

/// Which words are divided at the ends of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum Words {
    /// None.
    Whole,
    /// Those of a paragraph that would have a hole in its ragged edge without that.
    DividedAtHoles,
    /// Those whose division makes the lines of the paragraph better.
    Divided,
}

/// The horizontal extent of lines, relative to the left edge of the column.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct Column {
    pub(in crate::layout) left: Length,
    pub(in crate::layout) measure: Length,
}

impl Column {
    /// The column with an indent at its start, which is the right side in Arabic and Hebrew.
    pub(in crate::layout) fn indented(self, by: Length, right_to_left: bool) -> Self {
        let left = if right_to_left { self.left } else { self.left + by };
        Self { left, measure: self.measure - by }
    }
}

impl<'a> TextFlow<'a> {
    fn new(
        faces: &'a Faces,
        grid: &'a Grid,
        book: &'a Book,
        language: &Language,
        section: &Arc<StructureElement>,
    ) -> Self {
        let words = Words::Divided;
        Self {
            faces,
            grid,
            book,
            language: language.clone(),
            style: ParagraphStyle { text: styles::text(grid), is_note: false, words },
            depth: 0,
            section: Arc::clone(section),
            element: Arc::clone(section),
            headings: HeadingLevels::below(usize::from(section.levels_above())),
            footnotes: Footnotes::new(book.print.links),
            rows: Vec::new(),
            notes: Vec::new(),
            note_starts: Vec::new(),
            figures: Vec::new(),
            wide_tables: Vec::new(),
        }
    }
}

impl TextFlow<'_> {
    pub(in crate::layout) fn blocks(&mut self, blocks: &[Block], column: Column) {
        // Only the indent distinguishes a paragraph from the preceding one.
        let mut after_paragraph = false;
        let blocks = with_introduced_blocks_first(blocks);
        for (index, block) in blocks.iter().copied().enumerate() {
            match block {
                Block::Paragraph(content) => {
                    let indent = if after_paragraph { self.indent() } else { Length::ZERO };
                    self.paragraph(content, column, indent);
                    if introduces_block(content, blocks.get(index + 1).copied())
                        && let Some(last) = self.rows.last_mut()
                    {
                        last.end = BreakQuality::Orphan;
                    }
                }
                Block::Dateline(content) => self.dateline(content, column),
                Block::Heading { level, content } => self.heading(*level, content, column),
                Block::Quote(inner) => self.quote(inner, column),
                Block::Verse(verse) => {
                    self.verse(verse, column);
                }
                Block::Epigraph(epigraph) => self.epigraph(epigraph, column),
                Block::List { start, items } => self.list(*start, items, column),
                Block::Definitions(definitions) => self.definitions(definitions, column),
                Block::Table(table) => self.table(table, column),
                Block::Figure(figure) => self.figure(figure),
                Block::Break => self.section_break(column),
                Block::Code(text) => self.code(text, column),
                Block::Translation(translation) => self.translation(translation, column),
            }
            after_paragraph = match block {
                Block::Paragraph(_) => true,
                // A picture may be moved away from its position in the text.
                Block::Figure(_) => after_paragraph,
                _ => false,
            };
        }
    }

    pub(in crate::layout) fn em(&self) -> Length {
        self.style.text.size
    }

    /// The indent of a paragraph's first line: two letters in Chinese.
    pub(super) fn indent(&self) -> Length {
        if self.language.primary() == "zh" { self.em() * 2 } else { self.em() }
    }

    /// The indent of quotes, lists and notes.
    pub(in crate::layout) fn inset(&self) -> Length {
        self.em() + self.em().scale(1, 2)
    }

    fn paragraph(&mut self, content: &[Inline], column: Column, indent: Length) {
        let style = self.style.text.clone();
        let words = self.style.words;
        let setting = if words == Words::Whole {
            ParagraphSetting { indent, ..ParagraphSetting::LABEL }
        } else {
            let narrow = if self.style.is_note { NARROW_NOTE } else { NARROW_TEXT };
            let align = if is_narrow(&self.language, column.measure, style.size * narrow) {
                Align::Start
            } else {
                styles::text_align(self.grid)
            };
            let words = if align == Align::Start { words } else { Words::Divided };
            ParagraphSetting { indent, align, words, ..ParagraphSetting::RUNNING }
        };
        self.push(content, &style, column, setting, StructureKind::Paragraph);
    }

    /// Sets something as a part of an element of this kind, which is part of the current one.
    pub(super) fn within(&mut self, kind: StructureKind, set: impl FnOnce(&mut Self)) {
        let inner = self.element.child(kind);
        let outer = std::mem::replace(&mut self.element, inner);
        set(self);
        self.element = outer;
    }

    /// Sets the heading directly under a title: larger than the others, with a blank row below, and
    /// as wide as the title.
    fn deck(&mut self, level: u8, content: &[Inline], column: Column) {
        let across = self.all_columns(column);
        let column = across.unwrap_or(column);
        let subtitle = styles::subtitle(self.grid);
        // Its lines are on the grid of the text.
        let most = self.grid.leading.scale(86, 100);
        let size = subtitle.size.min(self.em().scale(13, 10)).min(most).max(self.em());
        let style = Style { size, ..subtitle };
        let kind = PassageKind::Heading(level);
        let align = styles::title_align(self.grid);
        let setting = ParagraphSetting { align, kind, ..ParagraphSetting::HEADING };
        let level = self.headings.next(level);
        self.push(content, &style, column, setting, StructureKind::Heading(level));
        self.rows.push(TextRow { notes: self.notes.len(), ..TextRow::blank() });
        self.keep_with_next(0);
        if across.is_some() {
            self.put_across(0);
        }
    }

    /// The place and the date of a text, with a blank row below.
    fn dateline(&mut self, content: &[Inline], column: Column) {
        let style = styles::place(self.grid);
        let align = styles::title_align(self.grid);
        let setting = ParagraphSetting { align, ..ParagraphSetting::LABEL };
        let from = self.rows.len();
        self.push(content, &style, column, setting, StructureKind::Paragraph);
        self.rows.push(TextRow { notes: self.notes.len(), ..TextRow::blank() });
        self.keep_with_next(from);
    }

    fn heading(&mut self, level: u8, content: &[Inline], column: Column) {
        self.add_blank_row();
        let from = self.rows.len();
        let style = styles::subheading(self.grid, level);
        let style = styles::told_apart(self.faces, self.grid, style, content, level > 2);
        let kind = PassageKind::Heading(level);
        let setting = ParagraphSetting { kind, ..ParagraphSetting::HEADING };
        let level = self.headings.next(level);
        self.push(content, &style, column, setting, StructureKind::Heading(level));
        // There is more space above it than below.
        for row in &mut self.rows[from..] {
            row.lift = self.grid.leading.scale(HEADING_LIFT, 100);
        }
        self.keep_with_next(from);
    }

    /// Forbids a page break after any of the rows from this one on.
    pub(super) fn keep_with_next(&mut self, from: usize) {
        for row in &mut self.rows[from..] {
            row.end = BreakQuality::Forbidden;
        }
    }

    /// Whether a column is as wide as that of the text.
    pub(super) fn is_whole(&self, column: Column) -> bool {
        self.depth == 0 && column.measure == self.grid.measure
    }

    /// All columns of a text that is in several, for what is too wide for one of them, if this column
    /// is as wide as one.
    pub(super) fn all_columns(&self, column: Column) -> Option<Column> {
        let is_one = self.grid.is_column && self.is_whole(column);
        is_one.then(|| Column { measure: self.grid.across_columns().measure, ..column })
    }

    /// Puts the rows from this one on across all columns, with the headings above them.
    pub(super) fn put_across(&mut self, from: usize) {
        let mut first = from;
        while let Some(before) = first.checked_sub(1).map(|row| &self.rows[row])
            && (before.end == BreakQuality::Forbidden || before.is_blank())
        {
            first -= 1;
        }
        for row in &mut self.rows[first..] {
            row.is_across = true;
        }
    }

    /// A text in another language, in the style of translations.
    fn translation(&mut self, translation: &Translation, column: Column) {
        self.add_blank_row();
        let language = std::mem::replace(&mut self.language, translation.language.clone());
        let text = styles::translated(self.grid, &self.style.text);
        let text = std::mem::replace(&mut self.style.text, text);
        self.blocks(&translation.blocks, column);
        self.style.text = text;
        self.language = language;
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], column: Column) {
        self.add_blank_row_around_lists();
        let first = start.unwrap_or(1);
        let last = first.saturating_add(items.len() as u64);
        // Numbers with three digits need more room than a dash.
        let digits = if start.is_some() { last.to_string().len() } else { 1 };
        let inset = self.inset() + self.em().scale(i64::try_from(digits).unwrap_or(1) - 1, 2);
        let inner = column.indented(inset, self.grid.binding_right);
        self.depth += 1;
        let markers = if start.is_some() { ListMarkers::Numbers } else { ListMarkers::Dashes };
        self.within(StructureKind::List(markers), |flow| {
            for (number, item) in (first..).zip(items) {
                let mark = match start {
                    Some(_) => flow.language.digits().write(format!("{number}.")),
                    None => "–".to_owned(),
                };
                let from = flow.rows.len();
                flow.within(StructureKind::ListItem, |flow| {
                    flow.within(StructureKind::ListBody, |flow| flow.blocks(item, inner));
                    if from == flow.rows.len() {
                        flow.rows.push(TextRow { notes: flow.notes.len(), ..TextRow::blank() });
                    }
                    flow.mark(from, mark, column);
                });
            }
        });
        self.depth -= 1;
        self.add_blank_row_around_lists();
    }

    /// Adds the marker of a list item to its first row with text, completely inside the column. It is
    /// a part of the current element.
    pub(in crate::layout) fn mark(&mut self, row: usize, mark: String, column: Column) {
        let spans = styles::plain(mark, styles::tabular(&self.style.text));
        let lines = self.set(
            spans,
            column.measure,
            ParagraphSetting { kind: PassageKind::Mark, ..ParagraphSetting::LABEL },
            &self.element.child(StructureKind::Label),
        );
        let Some(line) = lines.into_iter().next() else { return };
        // Hanging punctuation improves the edge of a paragraph; a marker has no such edge.
        let left = line.runs.first().map_or(Length::ZERO, |run| run.origin.x);
        let right = line.runs.last().map_or(left, |run| run.origin.x + run.width());
        let shift = (-left).max(Length::ZERO) - (right - column.measure).max(Length::ZERO);
        let has_text = |row: &usize| !self.rows[*row].is_blank();
        let row = (row..self.rows.len()).find(has_text).unwrap_or(row);
        if let Some(row) = self.rows.get_mut(row) {
            row.lines.insert(0, (column.left + shift, line));
        }
    }

    fn definitions(&mut self, definitions: &[Definition], column: Column) {
        self.add_blank_row_around_lists();
        let inner = column.indented(self.inset(), self.grid.binding_right);
        self.depth += 1;
        self.within(StructureKind::List(ListMarkers::Terms), |flow| {
            for definition in definitions {
                flow.within(StructureKind::ListItem, |flow| {
                    flow.definition(definition, column, inner);
                });
            }
        });
        self.depth -= 1;
        self.add_blank_row_around_lists();
    }

    fn definition(&mut self, definition: &Definition, column: Column, inner: Column) {
        let from = self.rows.len();
        let style = Style { size: self.em(), ..styles::term(self.grid) };
        let style = styles::told_apart(self.faces, self.grid, style, &definition.term, false);
        let label = StructureKind::Label;
        self.push(&definition.term, &style, column, ParagraphSetting::HEADING, label);
        self.keep_with_next(from);
        self.within(StructureKind::ListBody, |flow| {
            for meaning in &definition.meanings {
                flow.blocks(meaning, inner);
            }
        });
    }

    fn section_break(&mut self, column: Column) {
        self.add_blank_row();
        let spans = styles::plain("*   *   *", self.style.text.clone());
        let setting = ParagraphSetting {
            align: Align::Centred,
            kind: PassageKind::Ornament,
            ..ParagraphSetting::LABEL
        };
        // Ornaments are not read.
        for line in self.set(spans, column.measure, setting, &self.element) {
            self.line(column.left, line, BreakQuality::Allowed);
        }
        self.add_blank_row();
    }

    fn code(&mut self, text: &str, column: Column) {
        self.add_blank_row();
        let from = self.rows.len();
        let style = styles::code(&self.style.text);
        for source in text.trim_end().lines() {
            let spans = styles::plain(code_line(source), style.clone());
            // Each line is read by itself. Code is in a paragraph (ISO 32000-1, 14.8.4.4).
            let element = self.element.child(StructureKind::Paragraph).child(StructureKind::Code);
            let lines = self.set(
                spans,
                column.measure,
                ParagraphSetting { kind: PassageKind::Code, ..ParagraphSetting::LABEL },
                &element,
            );
            self.lines(lines, column.left);
        }
        // Its first and last lines are widows and orphans like those of a paragraph.
        let last = self.rows.len();
        for (row, end) in
            [(from, BreakQuality::Orphan), (last.saturating_sub(2), BreakQuality::Widow)]
        {
            if (from..last.saturating_sub(1)).contains(&row) {
                self.rows[row].end = end;
            }
        }
        self.add_blank_row();
    }

    /// Sets inlines with their note references as an element of this kind, and the notes.
    pub(super) fn push(
        &mut self,
        content: &[Inline],
        style: &Style,
        column: Column,
        setting: ParagraphSetting,
        kind: StructureKind,
    ) {
        let (spans, new_notes) = self.spans_with_notes(content, style);
        let lines = self.set(spans, column.measure, setting, &self.element.child(kind));
        let mut new_notes = new_notes.into_iter().peekable();
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            while let Some(note) = new_notes.next_if(|note| note.is_referenced_on(&line)) {
                self.note(note);
            }
            let end = line_end(&line, index, count);
            self.line(column.left, line, end);
        }
    }

    fn lines(&mut self, lines: Vec<Line>, left: Length) {
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let end = line_end(&line, index, count);
            self.line(left, line, end);
        }
    }

    pub(super) fn line(&mut self, left: Length, line: Line, end: BreakQuality) {
        let notes = self.notes.len();
        self.rows.push(TextRow { lines: vec![(left, line)], end, notes, ..TextRow::blank() });
    }

    pub(in crate::layout) fn set(
        &self,
        spans: Vec<Span>,
        measure: Length,
        setting: ParagraphSetting,
        element: &Arc<StructureElement>,
    ) -> Vec<Line> {
        let ParagraphSetting { indent, align, words, kind } = setting;
        let paragraph = Paragraph { spans, language: self.language.clone() };
        let is_title = matches!(kind, PassageKind::Heading(_));
        let set = |align, hyphenate| {
            let setting = Setting { measure, indent, align, hyphenate, is_title };
            typeset::set(self.faces, &paragraph, &setting)
        };
        let lines = match words {
            Words::Whole => set(align, false),
            Words::Divided => set(align, true),
            Words::DividedAtHoles => {
                let lines = set(align, false);
                if has_hole(&lines, measure, indent) {
                    set(align, true)
                } else if ends_short(&lines, measure) {
                    set(Align::Balanced, false)
                } else {
                    lines
                }
            }
        };
        let kind =
            if self.style.is_note && kind == PassageKind::Text { PassageKind::Note } else { kind };
        let lines = placement::with_kind(lines, kind);
        let lines = elements::in_element(lines, element);
        if self.language == self.book.language {
            lines
        } else {
            placement::in_language(lines, &self.language)
        }
    }

    /// Adds a blank row between blocks of different kinds, unless there already is one.
    pub(in crate::layout) fn add_blank_row(&mut self) {
        // Blocks directly follow a heading without a blank row.
        if self.rows.last().is_some_and(|row| !row.is_blank() && row.end != BreakQuality::Forbidden)
        {
            // A blank row at the foot of a page is invisible: a break after it is as good or bad
            // as one before it.
            let end = self.rows.last().map_or(BreakQuality::Allowed, |row| row.end);
            self.rows.push(TextRow { notes: self.notes.len(), end, ..TextRow::blank() });
        }
    }

    /// A nested list has no blank rows around it.
    fn add_blank_row_around_lists(&mut self) {
        if self.depth == 0 {
            self.add_blank_row();
        }
    }
}

/// Keeps each ornament between two sections on one page with a line of both: at the head or the
/// foot of a page it would separate nothing.
fn keep_ornaments_in_text(rows: &mut [TextRow]) {
    let is_ornament = |row: &TextRow| {
        let runs = row.lines.iter().flat_map(|(_, line)| &line.runs);
        runs.map(|run| run.passage.kind).any(|kind| kind == PassageKind::Ornament)
    };
    let ornaments: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| is_ornament(row)).map(|(at, _)| at).collect();
    for at in ornaments {
        let mut before = rows[..at].iter().rposition(|row| !row.is_blank()).unwrap_or(at);
        // Nor is that line the only one of its paragraph there.
        if before > 0 && rows[before - 1].end == BreakQuality::Widow {
            before -= 1;
        }
        let after = rows[at + 1..].iter().position(|row| !row.is_blank());
        let end = after.map_or(at, |after| at + 1 + after);
        rows[before].keep_together = rows[before].keep_together.max(end + 1 - before);
    }
}

/// A line of code with its spaces preserved: spaces that a paragraph would collapse become
/// no-break spaces. An empty line is kept.
fn code_line(source: &str) -> String {
    const TAB: usize = 4;
    let mut line = String::new();
    let mut column = 0;
    for c in source.trim_end().chars() {
        let spaces = if c == '\t' { TAB - column % TAB } else { usize::from(c == ' ') };
        column += spaces.max(1);
        if spaces == 0 {
            line.push(c);
            continue;
        }
        // A line that is too long can still be broken at the last of several spaces.
        if line.ends_with(' ') {
            line.pop();
            line.push('\u{a0}');
        }
        line.extend(std::iter::repeat_n('\u{a0}', spaces - 1));
        line.push(if line.chars().all(|c| c == '\u{a0}') { '\u{a0}' } else { ' ' });
    }
    if line.is_empty() { "\u{a0}".to_owned() } else { line }
}

/// Whether a paragraph ends in a colon and introduces a block set off below it: a page break
/// should not separate them.
fn introduces_block(paragraph: &[Inline], next: Option<&Block>) -> bool {
    let set_off = matches!(
        next,
        Some(
            Block::Quote(_)
                | Block::Verse(_)
                | Block::List { .. }
                | Block::Definitions(_)
                | Block::Table(_)
                | Block::Code(_)
        )
    );
    set_off && plain_text(paragraph).trim_end().ends_with([':', '：'])
}

/// The blocks in the order in which they are set: a picture between a paragraph that ends with a
/// colon and what this introduces comes after both.
fn with_introduced_blocks_first(blocks: &[Block]) -> Vec<&Block> {
    let mut ordered: Vec<&Block> = blocks.iter().collect();
    for at in 0..ordered.len() {
        let Block::Paragraph(content) = ordered[at] else { continue };
        let is_figure = |block: &&&Block| matches!(block, Block::Figure(_));
        let figures = ordered[at + 1..].iter().take_while(is_figure).count();
        let next = at + 1 + figures;
        if figures > 0 && introduces_block(content, ordered.get(next).copied()) {
            ordered[at + 1..=next].rotate_right(1);
        }
    }
    ordered
}

/// Whether the ragged edge of a paragraph has a hole: a line that is much shorter than the measure
/// although its passage continues.
fn has_hole(lines: &[Line], measure: Length, indent: Length) -> bool {
    let part = |line: &Line| line.runs.first().map(|run| run.passage.part);
    lines.windows(2).enumerate().any(|(index, pair)| {
        let indent = if index == 0 { indent } else { Length::ZERO };
        let least = measure.scale(LEAST_RAGGED_LINE, 100);
        part(&pair[0]) == part(&pair[1]) && indent + pair[0].width < least
    })
}

/// Whether a paragraph of two or three lines ends in a short one.
fn ends_short(lines: &[Line], measure: Length) -> bool {
    let last = lines.last().map_or(measure, |line| line.width);
    (2..=3).contains(&lines.len()) && last < measure.scale(SHORT_LAST_LINE, 100)
}

/// The quality of a page break after a line of a paragraph.
fn line_end(line: &Line, index: usize, count: usize) -> BreakQuality {
    if index + 2 == count {
        BreakQuality::Widow
    } else if count > 1 && index == 0 {
        BreakQuality::Orphan
    } else if line.hyphenated {
        BreakQuality::Hyphen
    } else {
        BreakQuality::Allowed
    }
}

/// How a paragraph is set in its column.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct ParagraphSetting {
    pub(in crate::layout) indent: Length,
    pub(in crate::layout) align: Align,
    pub(in crate::layout) words: Words,
    pub(in crate::layout) kind: PassageKind,
}

impl ParagraphSetting {
    /// A paragraph of running text.
    pub(in crate::layout) const RUNNING: Self =
        Self { align: Align::Justified, words: Words::Divided, ..Self::LABEL };
    /// A heading.
    const HEADING: Self = Self { align: Align::Balanced, ..Self::LABEL };
    /// A short text that is not justified.
    pub(in crate::layout) const LABEL: Self = Self {
        indent: Length::ZERO,
        align: Align::Start,
        words: Words::Whole,
        kind: PassageKind::Text,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_keeps_its_spaces() {
        assert_eq!(code_line("  a b"), "\u{a0}\u{a0}a b");
        assert_eq!(code_line("a    b"), "a\u{a0}\u{a0}\u{a0} b");
        assert_eq!(code_line("\ta\tb  "), "\u{a0}\u{a0}\u{a0}\u{a0}a\u{a0}\u{a0} b");
        assert_eq!(code_line(""), "\u{a0}");
    }
}
