//! Sets the captions of plates: below the picture, on a strip at its foot, or on the facing
//! page.

use std::sync::Arc;

use crate::model::{
    Capitals, CaptionPosition, Inline, Language, Length, Page, PassageKind, Places, Plate, Point,
    Side, Size, Strings, StructureElement, StructureKind, Taken, TranslationPlace, plain_text,
};
use crate::typeset::{self, Align, Faces, Line, Span, Style};

use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::text::styles;
use crate::layout::{Grid, elements, placement};

/// The type size of a caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum CaptionSize {
    /// The size in the design.
    Usual,
    /// An eighth smaller, for a caption that would not fit otherwise.
    Small,
}

impl CaptionSize {
    fn style(self, grid: &Grid) -> Style {
        let style = styles::caption(grid);
        match self {
            Self::Usual => style,
            Self::Small => {
                let least = Length::pt(7).min(style.size);
                Style { size: style.size.scale(7, 8).max(least), ..style }
            }
        }
    }

    fn leading(self, grid: &Grid) -> Length {
        let usual = leading(grid);
        match self {
            Self::Usual => usual,
            Self::Small => usual.scale(7, 8),
        }
    }
}

/// The text of one picture in a caption, which may contain those of several.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct CaptionText<'a> {
    pub(in crate::layout) plate: PlateElement<'a>,
    /// A phrase that says where the picture is, for a caption that is not next to its picture
    /// alone.
    pub(in crate::layout) direction: Option<&'static str>,
}

/// A row of a caption: a line, or those of several columns.
#[derive(Debug)]
struct LineRow {
    /// The space above it in addition to the leading.
    white: Length,
    /// The lines of one or more columns.
    lines: Vec<ColumnLine>,
    /// Whether its columns continue those of the row above.
    continues: bool,
}

/// A line of a column of a caption.
#[derive(Debug)]
struct ColumnLine {
    /// The position of the column in reading order.
    column: usize,
    /// The distance of its left edge from that of the caption.
    left: Length,
    line: Line,
}

impl LineRow {
    /// A row of a single line.
    fn new(white: Length, line: Line) -> Self {
        let lines = vec![ColumnLine { column: 0, left: Length::ZERO, line }];
        Self { white, lines, continues: false }
    }
}

/// The set lines of a caption.
#[derive(Debug, Default)]
pub(in crate::layout) struct Caption {
    rows: Vec<LineRow>,
    pub(in crate::layout) measure: Length,
    leading: Length,
    cap_height: Length,
}

/// Whether any text is printed for a plate.
pub(in crate::layout) fn has_caption(plate: &Plate, context: &PlateContext<'_>) -> bool {
    plate.caption_position != CaptionPosition::None
        && (!own_text(plate, CaptionSize::Usual, context).is_empty()
            || !plate.translations.is_empty()
            || credit(plate, context).is_some())
}

/// Whether the caption of a plate is only a place, a date or a credit.
pub(in crate::layout) fn is_brief(plate: &Plate) -> bool {
    let is_empty = |caption: &[Inline]| plain_text(caption).trim().is_empty();
    let mut translations = plate.translations.iter();
    is_empty(&plate.caption) && translations.all(|translation| is_empty(&translation.caption))
}

/// The place and the date of a plate, and its credit if that is printed, as they are listed.
pub(in crate::layout) fn listed_facts(plate: &Plate, context: &PlateContext<'_>) -> String {
    let language = &context.book.language;
    let mut facts = plate.place_and_date(language);
    facts.extend(credit(plate, context).map(str::to_owned));
    facts.join(Strings::for_language(language).comma)
}

/// The default width of a caption: 62 characters of its face. It also applies to narrower
/// pictures.
pub(in crate::layout) fn measure(grid: &Grid) -> Length {
    widest(grid).min(grid.inside(Side::Recto).width)
}

/// The width of 62 characters.
pub(in crate::layout) fn widest(grid: &Grid) -> Length {
    styles::caption(grid).size.scale(62 * 48, 100)
}

/// The part of a width by which a caption may miss that of its picture, in per cent.
const NEARLY_AS_WIDE: i64 = 82;

/// The width of a caption below a picture of this size: at most 62 characters, and no wider than a
/// landscape picture. A portrait one may have a caption as wide as that of others. If both widths
/// are nearly the same, which would look like a mistake, the caption gets that of the picture.
pub(in crate::layout) fn measure_below(picture: Size, grid: &Grid) -> Length {
    let measure = measure(grid);
    let width = picture.width;
    let (less, more) = (width.min(measure), width.max(measure));
    let is_portrait = picture.height > picture.width;
    if less * 100 >= more * NEARLY_AS_WIDE {
        width
    } else if is_portrait {
        measure
    } else {
        less.max(MIN_COLUMN).min(measure)
    }
}

/// The leading of captions.
pub(in crate::layout) fn leading(grid: &Grid) -> Length {
    grid.leading_of(&grid.style.text_styles.caption)
}

/// The distance from the bottom of the picture to the cap height of the first line.
pub(in crate::layout) fn gap(grid: &Grid) -> Length {
    grid.trim.shorter().scale(45, 2100).max(Length::mm(7) / 2)
}

impl Caption {
    /// Sets the captions of these plates, one under the other.
    pub(in crate::layout) fn new(
        captions: &[CaptionText<'_>],
        measure: Length,
        size: CaptionSize,
        context: &PlateContext<'_>,
    ) -> Self {
        let grid = context.grid;
        let leading = size.leading(grid);
        let mut rows: Vec<LineRow> = Vec::new();
        for CaptionText { plate: PlateElement { plate, element }, direction } in captions {
            if !has_caption(plate, context) {
                continue;
            }
            let element = element.child(StructureKind::Caption);
            let ragged = |spans, kind| {
                let language = &context.book.language;
                let lines =
                    placement::ragged(context.faces, spans, language, measure, Align::Start);
                elements::in_element(lines, &element.child(kind))
            };
            let mut white = if rows.is_empty() { Length::ZERO } else { leading };
            let mut add = |set: Vec<Line>| {
                for line in placement::with_kind(set, PassageKind::Caption) {
                    rows.push(LineRow::new(white, line));
                    white = Length::ZERO;
                }
            };
            let number = context.book.printed_number(plate);
            let is_numbered = number.is_some();
            if let Some(number) = number {
                let style = styles::plate_number(&size.style(grid));
                add(ragged(styles::plain(number, style), StructureKind::Label));
            }
            if let Some(direction) = *direction {
                let spans = styles::plain(direction, styles::credit(grid));
                add(ragged(spans, StructureKind::Paragraph));
            }
            if is_numbered {
                white = leading.scale(BELOW_NUMBER, 100);
            }
            let from = rows.len();
            rows.extend(texts(plate, &element, measure, size, context));
            if let Some(row) = rows.get_mut(from) {
                row.white += white;
                white = Length::ZERO;
            }
            if !plate.translations.is_empty() {
                // A credit is no part of the last language.
                white = leading.scale(grid.style.translations.gap, 1000);
            }
            let mut add = |set: Vec<Line>| {
                for line in placement::with_kind(set, PassageKind::Caption) {
                    rows.push(LineRow::new(white, line));
                    white = Length::ZERO;
                }
            };
            if let Some(credit) = credit(plate, context) {
                let spans = styles::plain(credit, styles::credit(grid));
                add(ragged(spans, StructureKind::Paragraph));
            }
        }
        let cap_height = context.faces.metrics(&size.style(grid)).cap_height;
        Self { rows, measure, leading, cap_height }
    }

    pub(in crate::layout) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Moves its lines to the edge of the measure where they end, if they are few and in one column.
    pub(in crate::layout) fn set_flush_at_end(&mut self, from_right: bool) {
        const MOST_ROWS: usize = 6;
        if self.rows.len() > MOST_ROWS || self.rows.iter().any(|row| row.lines.len() > 1) {
            return;
        }
        for ColumnLine { line, .. } in self.rows.iter_mut().flat_map(|row| &mut row.lines) {
            let free = (self.measure - line.width).max(Length::ZERO);
            line.move_by(if from_right { -free } else { free });
        }
    }

    /// The number of rows.
    pub(in crate::layout) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The width of its longest row.
    pub(in crate::layout) fn width(&self) -> Length {
        let lines = self.rows.iter().flat_map(|row| &row.lines);
        lines.map(|line| line.left + line.line.width).max().unwrap_or_default().min(self.measure)
    }

    /// The height from the bottom of the picture to the last baseline; none without a caption.
    pub(in crate::layout) fn height_below_picture(&self, grid: &Grid) -> Length {
        if self.is_empty() { Length::ZERO } else { gap(grid) + self.depth() }
    }

    /// The height from the first line's cap height to the last baseline.
    pub(in crate::layout) fn depth(&self) -> Length {
        self.depth_of(self.rows.len())
    }

    /// The height, assuming at least this many lines.
    pub(in crate::layout) fn depth_of(&self, lines: usize) -> Length {
        let lines = self.rows.len().max(lines);
        if lines == 0 {
            return Length::ZERO;
        }
        let white: Length = self.rows.iter().map(|row| row.white).sum();
        self.cap_height + white + self.leading * (i64::try_from(lines).unwrap_or(0) - 1)
    }

    /// Places the lines on a page, the first cap height at `at`. Lines below `floor` are
    /// omitted; returns whether all lines fit.
    pub(in crate::layout) fn set(&self, page: &mut Page, at: Point, floor: Length) -> bool {
        let mut baseline = at.y + self.cap_height - self.leading;
        let mut columns: Vec<(Length, &ColumnLine)> = Vec::new();
        let mut fits = true;
        for LineRow { white, lines, continues } in &self.rows {
            baseline += self.leading + *white;
            if baseline > floor {
                fits = false;
                break;
            }
            if !continues {
                place(page, at.x, &mut columns);
            }
            columns.extend(lines.iter().map(|line| (baseline, line)));
        }
        place(page, at.x, &mut columns);
        fits
    }
}

/// Places the lines of columns, in the order of reading.
fn place(page: &mut Page, left: Length, columns: &mut Vec<(Length, &ColumnLine)>) {
    columns.sort_by_key(|(_, line)| line.column);
    for (baseline, line) in columns.drain(..) {
        placement::line(page, &line.line, Point::new(left + line.left, baseline));
    }
}

/// The space between the number of a plate and its caption, in hundredths of the leading.
const BELOW_NUMBER: i64 = 35;
/// The narrowest column of a caption beside another one.
const MIN_COLUMN: Length = Length::mm(30);

/// The rows of a caption in each language of the book, below each other or in columns.
fn texts(
    plate: &Plate,
    element: &Arc<StructureElement>,
    measure: Length,
    size: CaptionSize,
    context: &PlateContext<'_>,
) -> Vec<LineRow> {
    let grid = context.grid;
    let mut texts = vec![(None, own_text(plate, size, context))];
    for translation in &plate.translations {
        let text = Text {
            caption: &translation.caption,
            place: translation.place.as_deref(),
            taken: translation.taken.as_ref(),
            language: &translation.language,
        };
        let style = styles::translated(grid, &size.style(grid));
        texts.push((Some(&translation.language), text.spans(&style, grid)));
    }
    texts.retain(|(_, spans)| !spans.is_empty());
    let count = i64::try_from(texts.len()).unwrap_or(1).max(1);
    let gutter = styles::caption(grid).size * 2;
    let column = (measure - gutter * (count - 1)) / count;
    let is_beside = count > 1
        && grid.style.translations.place == TranslationPlace::Beside
        && column >= MIN_COLUMN;
    let width = if is_beside { column } else { measure };
    let set = |(language, spans): (Option<&Language>, TextSpans)| {
        let own = &context.book.language;
        let set_in = language.unwrap_or(own);
        let align = if is_beside {
            Align::Balanced
        } else {
            placement::align_below(Align::Balanced, set_in, own)
        };
        let lines = spans.lines(context.faces, &|spans| {
            placement::ragged(context.faces, spans, set_in, width, align)
        });
        let lines = placement::with_kind(lines, PassageKind::Caption);
        let lines = elements::in_element(lines, &element.child(StructureKind::Paragraph));
        match language {
            Some(language) => placement::in_language(lines, language),
            None => lines,
        }
    };
    let columns: Vec<Vec<Line>> = texts.into_iter().map(set).collect();
    if is_beside {
        beside(columns, column + gutter, grid.binding_right)
    } else {
        let gap = size.leading(grid).scale(grid.style.translations.gap, 1000);
        below(columns, gap)
    }
}

/// Texts below each other, with this space between them.
fn below(texts: Vec<Vec<Line>>, gap: Length) -> Vec<LineRow> {
    let mut rows = Vec::new();
    for lines in texts {
        let mut white = if rows.is_empty() { Length::ZERO } else { gap };
        for line in lines {
            rows.push(LineRow::new(white, line));
            white = Length::ZERO;
        }
    }
    rows
}

/// Texts in columns, whose left edges have this distance, in the direction of the book.
fn beside(columns: Vec<Vec<Line>>, step: Length, from_right: bool) -> Vec<LineRow> {
    let depth = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows: Vec<LineRow> = (0..depth)
        .map(|row| LineRow { white: Length::ZERO, lines: Vec::new(), continues: row > 0 })
        .collect();
    let count = columns.len();
    for (column, lines) in columns.into_iter().enumerate() {
        let from_left = if from_right { count - 1 - column } else { column };
        let left = step * i64::try_from(from_left).unwrap_or(0);
        for (row, line) in rows.iter_mut().zip(lines) {
            row.lines.push(ColumnLine { column, left, line });
        }
    }
    rows
}

/// The text of the caption in the first language.
fn own_text(plate: &Plate, size: CaptionSize, context: &PlateContext<'_>) -> TextSpans {
    let text = Text {
        caption: &plate.caption,
        place: plate.place.as_deref(),
        taken: plate.taken.as_ref(),
        language: &context.book.language,
    };
    text.spans(&size.style(context.grid), context.grid)
}

/// The text of a caption, with location and date, in one language.
#[derive(Debug, Clone, Copy)]
struct Text<'a> {
    caption: &'a [Inline],
    place: Option<&'a str>,
    taken: Option<&'a Taken>,
    language: &'a Language,
}

/// The spans of a caption.
#[derive(Debug, Clone)]
struct TextSpans {
    /// The caption.
    caption: Vec<Span>,
    /// The place and the date on a line of their own.
    facts: Vec<Span>,
    /// The place and the date after the caption.
    facts_after: Vec<Span>,
    /// Where the place and the date are.
    places: Places,
}

impl TextSpans {
    fn is_empty(&self) -> bool {
        self.caption.is_empty() && self.facts.is_empty()
    }

    /// The lines: a single one for caption, place and date if it is long enough for them,
    /// otherwise place and date begin on a line of their own.
    fn lines(self, faces: &Faces, set: &dyn Fn(Vec<Span>) -> Vec<Line>) -> Vec<Line> {
        let Self { caption, facts, facts_after, places } = self;
        if caption.is_empty() {
            return set(facts);
        }
        let together = set([caption.clone(), facts_after].concat());
        if facts.is_empty() || (together.len() <= 1 && places == Places::After) {
            return together;
        }
        let (first, second) = match places {
            Places::After => (caption, facts),
            Places::Above => (facts, caption),
        };
        let mut lines = set(first);
        let mut own = set(second);
        // They are still part of the same paragraph.
        if let (Some(last), Some(first)) = (lines.last_mut(), own.first_mut()) {
            last.last = false;
            typeset::end_with_space(last, faces);
            first.begins = false;
        }
        lines.append(&mut own);
        lines
    }
}

impl Text<'_> {
    fn spans(&self, style: &Style, grid: &Grid) -> TextSpans {
        let Text { caption, place, taken, language } = *self;
        let mut caption = styles::spans(caption, style);
        if caption.iter().all(|span| span.text.trim().is_empty()) {
            caption.clear();
        }
        let date = taken.map(|date| date.localized_after(place, language));
        let place: Vec<&str> = [place, date.as_deref()].into_iter().flatten().collect();
        if place.is_empty() {
            let (facts, facts_after) = (Vec::new(), Vec::new());
            return TextSpans { caption, facts, facts_after, places: Places::After };
        }
        let style = styles::place_in(grid, style);
        // Digits take the direction of the preceding text, so the day of the month would be
        // displaced into a caption of the other direction (UAX #9, 2.6 and W7).
        let from_right = language.is_right_to_left();
        let mark = if from_right { '\u{200f}' } else { '\u{200e}' };
        let turns =
            caption.iter().rev().find_map(|span| read_from_right(&span.text)) == Some(!from_right);
        let turned = if turns { mark.to_string() } else { String::new() };
        let comma = Strings::for_language(language).comma;
        let text = match place[..] {
            [place, date] if read_from_right(place) == Some(!from_right) => {
                format!("{place}{mark}{comma}{date}")
            }
            _ => place.join(comma),
        };
        // Letters without small capitals would look like those of the caption.
        let is_plain = style.capitals == Capitals::Small && !text.chars().any(char::is_lowercase);
        let style = if is_plain { styles::secondary(grid, &style) } else { style };
        TextSpans {
            caption,
            facts_after: styles::plain(format!(" {turned}{text}"), style.clone()),
            facts: styles::plain(text, style),
            places: grid.style.plates.places,
        }
    }
}

/// Whether the last letter of a text belongs to a right-to-left script.
fn read_from_right(text: &str) -> Option<bool> {
    let letter = text.chars().rfind(|c| c.is_alphabetic())?;
    Some(matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff))
}

/// The credit line, if each plate has its own.
fn credit<'a>(plate: &'a Plate, context: &PlateContext<'_>) -> Option<&'a str> {
    plate.credit.as_deref().filter(|credit| context.credits && !credit.is_empty())
}
