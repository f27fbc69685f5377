//! Titles that fit: as large as the design wants them, else smaller, else in more lines.

use crate::model::{Language, Length, TextStyle};
use crate::typeset::{Align, Faces, Line, Span};

use crate::layout::{Grid, placement};

/// The sizes of the title of a chapter, which stays larger than its text.
const CHAPTER_SIZES: [i64; 5] = [92, 84, 77, 71, SMALLEST_CHAPTER];
const SMALLEST_CHAPTER: i64 = 65;
/// The sizes that are only used if a title has no room in any other.
pub(in crate::layout) const EMERGENCY_SIZES: [i64; 4] = [48, 40, 32, 26];
/// Longer texts are no titles, and are not set in several sizes.
const MAX_CHARS: usize = 1_000;
/// How many lines the title of a chapter has before it becomes smaller.
const CHAPTER_LINES: usize = 3;

/// How well a title fits in one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct TitleFit {
    /// What happened to its words.
    pub(in crate::layout) words: Words,
    /// Whether it has as few lines as it should have.
    pub(in crate::layout) is_compact: bool,
    /// Whether there is room for it.
    pub(in crate::layout) has_room: bool,
}

impl TitleFit {
    /// Whether it would be good if its words had no hyphens.
    fn is_hyphenated(self) -> bool {
        self.words == Words::Hyphenated && self.is_compact && self.has_room
    }
}

/// What happened to the words of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::layout) enum Words {
    Whole,
    /// At least one has a hyphen at the end of a line.
    Hyphenated,
    /// At least one is broken in the middle.
    Torn,
}

impl Words {
    /// What happened to the words on these lines.
    pub(in crate::layout) fn on(lines: &[Line]) -> Self {
        let words = lines.iter().map(|line| {
            // East Asian text is broken between any two characters.
            let last = line.runs.last().and_then(|run| run.text.chars().next_back());
            match line.torn {
                Some(_) => Self::Torn,
                None if line.hyphenated && !last.is_some_and(is_east_asian) => Self::Hyphenated,
                None => Self::Whole,
            }
        });
        words.max().unwrap_or(Self::Whole)
    }
}

/// Something in the size that suits it best, and whether it fits.
#[derive(Debug, Clone)]
pub(in crate::layout) struct Fitted<T> {
    pub(in crate::layout) content: T,
    pub(in crate::layout) fits: bool,
}

/// Sets a title in full size, or in the first of the `smaller` ways in which its words are whole
/// and it is compact. If there is none, it has more lines in the last of them. Only words that are
/// not whole in any of them have a hyphen. What has no room is set in one of the `emergencies`.
pub(in crate::layout) fn fitted<W: Copy, T>(
    full: W,
    smaller: &[W],
    emergencies: &[W],
    set: impl Fn(W) -> (T, TitleFit),
) -> Fitted<T> {
    let is_good = |fit: &TitleFit| fit.words == Words::Whole && fit.is_compact && fit.has_room;
    let (mut last, mut fit) = set(full);
    // The largest that is good but for its hyphens.
    let mut hyphenated: Option<T> = None;
    for way in smaller {
        if is_good(&fit) {
            return Fitted { content: last, fits: true };
        }
        let (next, next_fit) = set(*way);
        let before = std::mem::replace(&mut last, next);
        if hyphenated.is_none() && fit.is_hyphenated() {
            hyphenated = Some(before);
        }
        fit = next_fit;
    }
    let is_whole = fit.words == Words::Whole && fit.has_room;
    match hyphenated {
        Some(content) if !is_whole => return Fitted { content, fits: true },
        _ if fit.has_room => return Fitted { content: last, fits: true },
        _ => {}
    }
    for way in emergencies {
        (last, fit) = set(*way);
        if fit.has_room {
            break;
        }
    }
    Fitted { content: last, fits: false }
}

/// The spans of a title in another size.
pub(in crate::layout) fn resized(spans: &[Span], per_cent: i64) -> Vec<Span> {
    let resize = |span: &Span| {
        let mut span = span.clone();
        span.style.size = span.style.size.scale(per_cent, 100);
        span
    };
    spans.iter().map(resize).collect()
}

/// The title of a chapter or a list, set in its column.
pub(in crate::layout) struct ChapterTitle {
    pub(in crate::layout) lines: Vec<Line>,
    pub(in crate::layout) leading: Length,
}

impl ChapterTitle {
    /// From the first baseline to the last.
    pub(in crate::layout) fn height(&self) -> Length {
        self.leading * i64::try_from(self.lines.len().saturating_sub(1)).unwrap_or(0)
    }
}

/// One title in one of the languages of the book.
pub(in crate::layout) struct TitlePart<'a> {
    pub(in crate::layout) spans: Vec<Span>,
    pub(in crate::layout) language: &'a Language,
    pub(in crate::layout) align: Align,
}

/// Sets a title in this style, whose spans have its size, with its translations below it: in three
/// lines each, or in smaller type, or in as many lines as there are in `height`.
pub(in crate::layout) fn chapter(
    faces: &Faces,
    grid: &Grid,
    style: &TextStyle,
    parts: &[TitlePart<'_>],
    measure: Length,
    height: Length,
    finish: impl Fn(usize, Vec<Line>) -> Vec<Line>,
) -> Fitted<ChapterTitle> {
    let text = grid.size_of(&grid.style.text_styles.text).scale(105, 100);
    let full = grid.size_of(style);
    let sizes: Vec<i64> =
        CHAPTER_SIZES.into_iter().filter(|size| full.scale(*size, 100) >= text).collect();
    let leading = grid.leading_of(style);
    let set = |size| {
        let mut lines = Vec::new();
        let mut longest = 0;
        for (index, TitlePart { spans, language, align }) in parts.iter().enumerate() {
            let spans = resized(spans, size);
            let part = placement::title(faces, spans, language, measure, *align);
            longest = longest.max(part.len());
            lines.extend(finish(index, part));
        }
        let words = Words::on(&lines);
        let title = ChapterTitle { lines, leading: leading.scale(size, 100) };
        let fit = TitleFit {
            words,
            is_compact: longest <= CHAPTER_LINES,
            has_room: title.height() <= height,
        };
        (title, fit)
    };
    if parts.iter().any(|part| is_endless(part.spans.iter().map(|span| span.text.as_str()))) {
        return Fitted { content: set(SMALLEST_CHAPTER).0, fits: false };
    }
    fitted(100, &sizes, &EMERGENCY_SIZES, set)
}

/// Whether texts are together too long for a title.
pub(in crate::layout) fn is_endless<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    texts.flat_map(str::chars).nth(MAX_CHARS).is_some()
}

/// Whether a character belongs to a script that is also written in columns: Chinese, Japanese,
/// Korean.
pub(in crate::layout) fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1_F200..=0x1_F2FF
        | 0x2_0000..=0x3_FFFF)
}
