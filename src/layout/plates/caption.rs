//! Sets the captions of plates: below the picture, on a strip at its foot, or on the facing
//! page.

use crate::model::{CaptionPosition, Length, Page, PassageKind, Plate, Point, Side, Strings};
use crate::typeset::{Align, Line, Span, Style};

use crate::layout::plates::context::PlateContext;
use crate::layout::text::styles;
use crate::layout::{Grid, placement};

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
    pub(in crate::layout) plate: &'a Plate,
    /// A phrase that says where the picture is, for a caption that is not next to its picture
    /// alone.
    pub(in crate::layout) direction: Option<&'static str>,
}

/// The set lines of a caption.
#[derive(Debug)]
pub(in crate::layout) struct Caption {
    /// Each with the space above it in addition to the leading.
    lines: Vec<(Length, Line)>,
    pub(in crate::layout) measure: Length,
    leading: Length,
    cap_height: Length,
}

/// Whether any text is printed for a plate.
pub(in crate::layout) fn has_caption(plate: &Plate, context: &PlateContext<'_>) -> bool {
    plate.caption_position != CaptionPosition::None
        && (!text(plate, CaptionSize::Usual, context).is_empty()
            || credit(plate, context).is_some())
}

/// The default width of a caption: 62 characters of its face. It also applies to narrower
/// pictures.
pub(in crate::layout) fn measure(grid: &Grid) -> Length {
    styles::caption(grid).size.scale(62 * 48, 100).min(grid.inside(Side::Recto).width)
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
        let mut lines: Vec<(Length, Line)> = Vec::new();
        let ragged = |spans, align| {
            placement::ragged(context.faces, spans, &context.book.language, measure, align)
        };
        for CaptionText { plate, direction } in captions {
            if !has_caption(plate, context) {
                continue;
            }
            let mut white = if lines.is_empty() { Length::ZERO } else { leading };
            let mut add = |set: Vec<Line>| {
                for line in placement::with_kind(set, PassageKind::Caption) {
                    lines.push((white, line));
                    white = Length::ZERO;
                }
            };
            if grid.style.plates.numbered && plate.number > 0 {
                let number = styles::plain(plate.number.to_string(), size.style(grid));
                add(ragged(number, Align::Start));
            }
            if let Some(direction) = *direction {
                add(ragged(styles::plain(direction, styles::credit(grid)), Align::Start));
            }
            let text = text(plate, size, context);
            if !text.is_empty() {
                add(ragged(text, Align::Balanced));
            }
            if let Some(credit) = credit(plate, context) {
                add(ragged(styles::plain(credit, styles::credit(grid)), Align::Start));
            }
        }
        let cap_height = context.faces.metrics(&size.style(grid)).cap_height;
        Self { lines, measure, leading, cap_height }
    }

    pub(in crate::layout) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The height from the first line's cap height to the last baseline.
    pub(in crate::layout) fn depth(&self) -> Length {
        self.depth_of(self.lines.len())
    }

    /// The height, assuming at least this many lines.
    pub(in crate::layout) fn depth_of(&self, lines: usize) -> Length {
        let lines = self.lines.len().max(lines);
        if lines == 0 {
            return Length::ZERO;
        }
        let white: Length = self.lines.iter().map(|(white, _)| *white).sum();
        self.cap_height + white + self.leading * (i64::try_from(lines).unwrap_or(0) - 1)
    }

    /// Places the lines on a page, the first cap height at `at`. Lines below `floor` are
    /// omitted; returns whether all lines fit.
    pub(in crate::layout) fn set(&self, page: &mut Page, at: Point, floor: Length) -> bool {
        let mut baseline = at.y + self.cap_height - self.leading;
        for (white, line) in &self.lines {
            baseline += self.leading + *white;
            if baseline > floor {
                return false;
            }
            placement::line(page, line, Point::new(at.x, baseline));
        }
        true
    }
}

/// The text of the caption, followed by location and date.
fn text(plate: &Plate, size: CaptionSize, context: &PlateContext<'_>) -> Vec<Span> {
    let style = size.style(context.grid);
    let mut spans = styles::spans(&plate.caption, &style);
    if spans.iter().all(|span| span.text.trim().is_empty()) {
        spans.clear();
    }
    let date = plate.taken.as_ref().map(|date| date.localized(&context.book.language));
    let place: Vec<&str> =
        [plate.place.as_deref(), date.as_deref()].into_iter().flatten().collect();
    if !place.is_empty() {
        let secondary = styles::secondary(context.grid, &style);
        let gap = if spans.is_empty() { "" } else { " " };
        // Digits take the direction of the preceding text, so the day of the month would be
        // displaced into a caption of the other direction (UAX #9, 2.6 and W7).
        let from_right = context.book.language.is_right_to_left();
        let mark = if from_right { '\u{200f}' } else { '\u{200e}' };
        let turns =
            spans.iter().rev().find_map(|span| read_from_right(&span.text)) == Some(!from_right);
        let turned = if turns { mark.to_string() } else { String::new() };
        let comma = Strings::for_language(&context.book.language).comma;
        let text = match place[..] {
            [place, date] if read_from_right(place) == Some(!from_right) => {
                format!("{gap}{turned}{place}{mark}{comma}{date}")
            }
            _ => format!("{gap}{turned}{}", place.join(comma)),
        };
        spans.extend(styles::plain(text, secondary));
    }
    spans
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
