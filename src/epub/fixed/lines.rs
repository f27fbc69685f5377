//! A page's items as they are read: lines joined to paragraphs, what is decoration set apart.

use crate::model::{GlyphRun, Item, Length, Page, PlacedPicture, Rule};

/// Something on a page, in reading order.
#[derive(Debug)]
pub(super) enum Piece<'p> {
    /// A picture, by its number on the page.
    Picture(usize, &'p PlacedPicture),
    /// A rule or a tint.
    Rule(&'p Rule),
    /// A dot that leads the eye from a title to its folio.
    Leader(&'p GlyphRun),
    /// A line that is seen and not heard: the page's number, or what an earlier page said.
    Hidden(TextLine<'p>),
    /// Lines that are read as one paragraph.
    Paragraph(Vec<TextLine<'p>>),
}

/// Runs of glyphs that stand side by side.
#[derive(Debug, Clone)]
pub(super) struct TextLine<'p> {
    /// In the order in which they are read; never empty.
    pub(super) runs: Vec<&'p GlyphRun>,
    /// Where the first glyph from the left starts.
    pub(super) left: Length,
    /// Where the last one ends.
    pub(super) right: Length,
    /// The baseline.
    pub(super) baseline: Length,
}

impl TextLine<'_> {
    /// Whether it is read from right to left: its first run stands right of its last one.
    pub(super) fn right_to_left(&self) -> bool {
        match self.runs.as_slice() {
            [] => false,
            [only] => only.right_to_left,
            [first, .., last] => first.origin.x > last.origin.x,
        }
    }

    /// Its words.
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| &*run.text).collect()
    }

    /// The hyphen at its end, if a word is broken there: a glyph that shows no letter.
    pub(super) fn ends_in_hyphen(&self) -> bool {
        let Some(last) = self.runs.last() else { return false };
        let glyph = if last.right_to_left { last.glyphs.first() } else { last.glyphs.last() };
        glyph.is_some_and(|glyph| matches!(last.shown(glyph), "" | "\u{ad}"))
    }

    fn is_said_before(&self) -> bool {
        self.runs.iter().all(|run| run.again)
    }

    fn size(&self) -> Length {
        self.runs.iter().map(|run| run.size).max().unwrap_or_default()
    }

    /// The edge at which lines of its direction start, growing into the measure.
    fn start(&self) -> Length {
        if self.right_to_left() { -self.right } else { self.left }
    }
}

/// The pieces of a page.
pub(super) fn pieces(page: &Page) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut pictures = 0;
    let mut column = Column::default();
    let mut items = page.items.as_slice();
    while let Some((first, rest)) = items.split_first() {
        let run = match first {
            Item::Picture(placed) => {
                pieces.push(Piece::Picture(pictures, placed));
                pictures += 1;
                items = rest;
                continue;
            }
            Item::Rule(rule) => {
                pieces.push(Piece::Rule(rule));
                items = rest;
                continue;
            }
            Item::Glyphs(run) => run,
        };
        let on_the_baseline =
            |item: &&Item| matches!(item, Item::Glyphs(other) if other.origin.y == run.origin.y);
        let count = items.iter().take_while(on_the_baseline).count();
        let (row, rest) = items.split_at(count);
        items = rest;
        for line in lines(row) {
            let words = line.text();
            if words.trim().is_empty() {
                continue;
            }
            if words.trim() == "." {
                pieces.extend(line.runs.first().map(|run| Piece::Leader(run)));
            } else if words.trim() == page.folio.to_string() || line.is_said_before() {
                pieces.push(Piece::Hidden(line));
            } else {
                let goes_on = column.goes_on(&line);
                match pieces.last_mut() {
                    Some(Piece::Paragraph(lines)) if goes_on => lines.push(line),
                    _ => pieces.push(Piece::Paragraph(vec![line])),
                }
            }
        }
    }
    pieces
}

/// The runs of one baseline as lines: where a gap is wider than any word space, another
/// begins, such as the folio at the end of a line of contents.
fn lines(row: &[Item]) -> Vec<TextLine<'_>> {
    let mut runs: Vec<(usize, &GlyphRun)> = row
        .iter()
        .enumerate()
        .filter_map(|(index, item)| match item {
            Item::Glyphs(run) if !run.glyphs.is_empty() => Some((index, run)),
            _ => None,
        })
        .collect();
    runs.sort_by_key(|(_, run)| run.origin.x);
    let mut lines: Vec<Vec<(usize, &GlyphRun)>> = Vec::new();
    let mut end = Length::ZERO;
    for (index, run) in runs {
        let near = run.origin.x - end <= run.size / 2;
        end = end.max(run.origin.x + run.width());
        if let Some(line) = lines.last_mut().filter(|_| near) {
            line.push((index, run));
        } else {
            end = run.origin.x + run.width();
            lines.push(vec![(index, run)]);
        }
    }
    for line in &mut lines {
        line.sort_by_key(|(index, _)| *index);
    }
    lines.sort_by_key(|line| line.first().map_or(0, |(index, _)| *index));
    lines.into_iter().map(|line| of_runs(line.into_iter().map(|(_, run)| run).collect())).collect()
}

fn of_runs(runs: Vec<&GlyphRun>) -> TextLine<'_> {
    let left = runs.iter().map(|run| run.origin.x).min().unwrap_or_default();
    let right = runs.iter().map(|run| run.origin.x + run.width()).max().unwrap_or_default();
    let baseline = runs.first().map_or(Length::ZERO, |run| run.origin.y);
    TextLine { runs, left, right, baseline }
}

/// The lines above the next one, as far as they tell whether it goes on with a paragraph.
#[derive(Debug, Default)]
struct Column {
    size: Length,
    baseline: Length,
    /// Where most lines start.
    edge: Length,
    /// The middle of the last one, doubled.
    middle: Length,
    hyphen: bool,
    open: bool,
}

impl Column {
    /// Whether a line belongs to the paragraph of the last one: it is of the same size, no
    /// more than a line below, and not indented, unless both are centred.
    fn goes_on(&mut self, line: &TextLine<'_>) -> bool {
        let size = line.size();
        let step = line.baseline - self.baseline;
        let below = self.open && size == self.size && step > Length::ZERO && step <= size * 2;
        let indented = line.start() - self.edge > size / 2;
        let middle = line.left + line.right;
        let centred = (middle - self.middle).abs() <= size / 8;
        let goes_on = below && (self.hyphen || centred || !indented);
        *self = Self {
            size,
            baseline: line.baseline,
            edge: if below { self.edge.min(line.start()) } else { line.start() },
            middle,
            hyphen: line.ends_in_hyphen(),
            open: true,
        };
        goes_on
    }
}
