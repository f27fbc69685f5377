//! The text on the spine.

use crate::model::{CoverIssue, CoverSheet, Item, Language, Length, Page, Point, Rect, Turn};
use crate::typeset::{Align, Line, Style};

use crate::layout::cover::front::FrontLines;
use crate::layout::cover::measures::{CoverMeasures, MIN_TYPE, with_strokes_of};
use crate::layout::openings::titles::is_east_asian;
use crate::layout::placement;
use crate::layout::text::styles;

/// The size of the type, in per cent of the width of the spine.
const TYPE_SHARE: i64 = 55;
/// The size of the type whose capitals and descenders are as high as this, in per cent.
const TYPE_IN_LETTERS: i64 = 108;
/// The largest type, in thousandths of the height of the spine.
const MAX_TYPE: i64 = 50;
/// The sizes that the names may have, in per cent of the title, and the size of the publisher, in per
/// cent of the names.
const NAMES: [i64; 4] = [84, 76, 68, 60];
const PUBLISHER: i64 = 84;
/// How large a title is at least that has become smaller for the sake of its names, in per cent.
const FOR_EVEN_STROKES: i64 = 85;

/// The languages in whose countries the lines on spines are read from the foot up. Elsewhere they
/// are read from the head down (ISO 6357), so that the title is upright on a book that lies face
/// up.
const READ_UPWARDS: [&str; 26] = [
    "be", "bg", "bs", "ca", "cs", "el", "es", "eu", "fr", "gl", "hr", "hu", "it", "lt", "lv", "mk",
    "oc", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "uk",
];

/// How the text of a spine is turned.
///
/// The spine of a book in Arabic or Hebrew is at the right of its front. Its lines are also read
/// from the head down, and upright on a book that lies face up, so their letters are turned to the
/// left.
pub(super) fn turn(language: &Language) -> Turn {
    let is_read_upwards = READ_UPWARDS.contains(&language.primary().as_str());
    if language.is_right_to_left() || is_read_upwards { Turn::HeadLeft } else { Turn::HeadRight }
}

/// Sets the title, the names and the publisher: as large as the width allows, smaller if they are
/// long; without the publisher or the names if there is no room for them.
pub(super) fn compose(
    page: &mut Page,
    sheet: &CoverSheet,
    lines: FrontLines,
    measures: &CoverMeasures<'_>,
    issues: &mut Vec<CoverIssue>,
) {
    let Ok(area) = sheet.spine_text else { return };
    let book = measures.book;
    // The text begins at the height of the front's, and ends at that of its foot.
    let (head, foot) = (lines.head.max(area.y), lines.foot.min(area.bottom()));
    let area = Rect { y: head, height: foot - head, ..area };
    let largest = sheet
        .spine
        .width
        .scale(TYPE_SHARE, 100)
        .min(area.width.scale(TYPE_IN_LETTERS, 100))
        .min(sheet.spine.height.scale(MAX_TYPE, 1000))
        .max(MIN_TYPE);
    let names = book.names_on_spine();
    let family_names = book.family_names_on_spine().or_else(|| names.clone());
    let (names, family_names) = (names.as_deref(), family_names.as_deref());
    let publisher = book.publisher.as_deref();
    // What is shortened before the title becomes smaller than this, in per cent of the largest.
    let contents = [
        (SpineText { names, publisher }, 80),
        (SpineText { names: family_names, publisher }, 70),
        (SpineText { names: family_names, publisher: None }, 60),
        (SpineText { names, publisher }, 45),
        (SpineText { names: family_names, publisher: None }, 45),
        (SpineText { names: None, publisher: None }, 0),
    ];
    for (content, least) in contents {
        let least = largest.scale(least, 100);
        if let Some(spine) = SpineLine::fitting(measures, area, [largest, least], &content) {
            spine.place(page, area);
            return;
        }
    }
    issues.push(CoverIssue::SpineTitleLong { room: area.height });
}

/// What is on a spine besides the title.
struct SpineText<'a> {
    names: Option<&'a str>,
    publisher: Option<&'a str>,
}

/// A set spine: what is at its head, in the order from the head down, and what is at its foot.
struct SpineLine {
    head: Vec<SpinePart>,
    foot: Option<SpinePart>,
    gap: Length,
}

impl SpineLine {
    /// The spine with the largest title that fits. Names in a face for smaller type have heavier
    /// strokes than the title, so a smaller title is preferred whose names have the same.
    fn fitting(
        measures: &CoverMeasures<'_>,
        area: Rect,
        [largest, least]: [Length; 2],
        content: &SpineText<'_>,
    ) -> Option<Self> {
        let from = |least: Length| {
            let sizes = (0..=31).map(move |step| largest.scale(100 - step * 3, 100));
            let sizes = sizes.filter(move |size| *size >= least.max(MIN_TYPE));
            sizes.flat_map(|size| NAMES.map(|names| (size, names)))
        };
        let set = |(size, names)| {
            let spine = Self::new(measures, size, names, content);
            let fits = spine.length() <= area.height && spine.width() <= area.width;
            fits.then_some((spine, size))
        };
        let (usual, size) = from(least).find_map(set)?;
        let even = from(size.scale(FOR_EVEN_STROKES, 100))
            .filter(|(size, names)| Self::has_even_strokes(measures, *size, *names))
            .find_map(set);
        Some(even.map_or(usual, |(even, _)| even))
    }

    /// The styles of the title and the names. A title that is set tight for its size on a cover has no
    /// visible spaces between its words in one that is this small.
    fn styles(measures: &CoverMeasures<'_>, size: Length, names: i64) -> (Style, Style) {
        let title = styles::title(&measures.grid);
        let title = Style { size, tracking: title.tracking.max(0), ..title };
        let names = size.scale(names, 100).max(MIN_TYPE);
        let text = styles::text(&measures.grid);
        let names = Style { size: names, family: title.family, ..text };
        (title, names)
    }

    fn has_even_strokes(measures: &CoverMeasures<'_>, size: Length, names: i64) -> bool {
        let (title, names) = Self::styles(measures, size, names);
        title.weight != names.weight || title.has_strokes_of(&names)
    }

    fn new(
        measures: &CoverMeasures<'_>,
        size: Length,
        names: i64,
        content: &SpineText<'_>,
    ) -> Self {
        let grid = &measures.grid;
        let (title, text) = Self::styles(measures, size, names);
        let publisher_size = text.size.scale(PUBLISHER, 100).max(MIN_TYPE);
        let publisher = Style { size: publisher_size, ..styles::secondary(grid, &text) };
        let publisher = with_strokes_of(publisher, &text);
        let part = |text: &str, style: &Style| SpinePart::new(measures, text, style);
        let mut head = vec![part(&measures.book.title, &title)];
        head.extend(content.names.map(|names| part(names, &text)));
        let language = &measures.book.language;
        if !language.is_right_to_left() && turn(language) == Turn::HeadLeft && !head[0].is_upright()
        {
            // Read from the foot up, the title still comes first.
            head.reverse();
        }
        let foot = content.publisher.map(|publisher_name| part(publisher_name, &publisher));
        Self { head, foot, gap: size.scale(18, 10) }
    }

    /// The least length of the spine.
    fn length(&self) -> Length {
        let parts: Length = self.head.iter().chain(&self.foot).map(|part| part.length).sum();
        let gaps = self.head.len() - 1 + usize::from(self.foot.is_some());
        parts + self.gap * i64::try_from(gaps).unwrap_or(0)
    }

    fn width(&self) -> Length {
        self.head.iter().chain(&self.foot).map(|part| part.width).max().unwrap_or_default()
    }

    fn place(self, page: &mut Page, area: Rect) {
        let middle = area.x + area.width / 2;
        let mut y = area.y;
        let Self { head, foot, gap } = self;
        for part in head {
            part.place(page, middle, y);
            y += part.length + gap;
        }
        if let Some(foot) = foot {
            foot.place(page, middle, area.bottom() - foot.length);
        }
    }
}

/// A text on the spine.
struct SpinePart {
    pieces: Vec<TurnedPiece>,
    /// Its extent along the spine.
    length: Length,
    /// Its extent across the spine.
    width: Length,
}

/// A part of a text that is turned as a whole: a line, or a character in a column.
struct TurnedPiece {
    line: Line,
    turn: Turn,
    /// The distance from the head of the text.
    start: Length,
    length: Length,
    /// From the baseline to the middle of the letters, upwards.
    middle: Length,
}

impl SpinePart {
    /// Sets a text: in a column of upright characters if it is Chinese, Japanese or Korean.
    fn new(measures: &CoverMeasures<'_>, text: &str, style: &Style) -> Self {
        let metrics = measures.faces.metrics(style);
        let turn = turn(&measures.book.language);
        let width = metrics.cap_height + metrics.descent;
        // Capitals and lower-case letters together appear in the middle.
        let middle = (metrics.cap_height + metrics.x_height) / 4;
        if !text.contains(is_east_asian) {
            let line = set(measures, text, style);
            let length = line.width;
            let pieces = vec![TurnedPiece { line, turn, start: Length::ZERO, length, middle }];
            return Self { pieces, length, width };
        }
        let mut pieces = Vec::new();
        let mut y = Length::ZERO;
        let em = style.size;
        // The middle of a full-width character is that of its box.
        let box_middle = em.scale(38, 100);
        for piece in column_pieces(text) {
            if piece.trim().is_empty() {
                y += em / 2;
                continue;
            }
            let is_upright = piece.chars().all(|c| is_east_asian(c) && !is_turned(c));
            let style = Style { tracking: 0, ..style.clone() };
            let line = set(measures, piece, &style);
            if is_upright || (line.width <= em && !piece.contains(is_turned)) {
                pieces.push(TurnedPiece {
                    line,
                    turn: Turn::Upright,
                    start: y,
                    length: em,
                    middle: if is_upright { box_middle } else { middle },
                });
                y += em.scale(108, 100);
            } else {
                let length = line.width;
                let middle = if piece.contains(is_east_asian) { box_middle } else { middle };
                let turn = Turn::HeadRight;
                pieces.push(TurnedPiece { line, turn, start: y, length, middle });
                y += length + em.scale(8, 100);
            }
        }
        Self { pieces, length: y - em.scale(8, 100), width: em.max(width) }
    }

    /// Whether it is a column of upright characters.
    fn is_upright(&self) -> bool {
        self.pieces.iter().any(|piece| piece.turn == Turn::Upright)
    }

    /// Places the text with its head at `top`, around the middle of the spine.
    fn place(&self, page: &mut Page, middle: Length, top: Length) {
        for (number, piece) in self.pieces.iter().enumerate() {
            let start = top + piece.start;
            let origin = match piece.turn {
                Turn::HeadRight => Point::new(middle - piece.middle, start),
                Turn::HeadLeft => Point::new(middle + piece.middle, start + piece.length),
                Turn::Upright => Point::new(
                    middle - piece.line.width / 2,
                    start + piece.length / 2 + piece.middle,
                ),
            };
            let first = page.items.len();
            placement::line(page, &Line { begins: number == 0, ..piece.line.clone() }, origin);
            for item in &mut page.items[first..] {
                let Item::Glyphs(run) = item else { continue };
                let from = Point::new(run.origin.x - origin.x, run.origin.y - origin.y);
                run.origin = piece.turn.moved(origin, from);
                run.turn = piece.turn;
                run.passage.left = middle;
            }
        }
    }
}

/// Sets a text on one line, whatever its length, without hanging punctuation.
fn set(measures: &CoverMeasures<'_>, text: &str, style: &Style) -> Line {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let spans = styles::plain(one_line, style.clone());
    let language = &measures.book.language;
    let align = if language.is_right_to_left() { Align::End } else { Align::Start };
    let lines = placement::ragged(measures.faces, spans, language, Length::mm(10_000), align);
    lines.into_iter().next().unwrap_or_else(empty_line)
}

fn empty_line() -> Line {
    Line {
        torn: None,
        runs: Vec::new(),
        roles: Vec::new(),
        width: Length::ZERO,
        ratio: 0,
        hyphenated: false,
        last: true,
        begins: true,
        links: Vec::new(),
        dots: Vec::new(),
    }
}

/// Whether a character of East Asian text is turned in a column: long vowels, dashes and brackets.
fn is_turned(c: char) -> bool {
    matches!(c, 'ー' | '〜' | '～' | '「'..='】' | '〔'..='〟' | '（' | '）' | '［' | '］' | '：'
        | '〈'..='》')
}

/// The parts of a text that stand in a column: each East Asian character, and each word in another
/// script.
fn column_pieces(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    let kind = |c: char| match c {
        c if c.is_whitespace() => 0,
        c if is_east_asian(c) => 1,
        _ => 2,
    };
    let mut previous = None;
    for (at, c) in text.char_indices() {
        let this = kind(c);
        let joins = previous == Some(this) && this != 1;
        if at > 0 && !joins {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(this);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_characters_and_whole_words() {
        assert_eq!(column_pieces("冬の道 2024 Road"), ["冬", "の", "道", " ", "2024", " ", "Road"]);
    }

    #[test]
    fn a_spine_is_turned_as_its_language_turns_it() {
        let turned = |tag| turn(&Language::new(tag));
        assert_eq!(["en", "de", "nl", "ja"].map(turned), [Turn::HeadRight; 4]);
        assert_eq!(["fr", "es", "it", "pt-BR", "he", "ar"].map(turned), [Turn::HeadLeft; 6]);
    }
}
