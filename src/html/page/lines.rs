//! Groups a page's items for reading: lines are gathered into passages, decoration is kept
//! separate.

use std::collections::BTreeMap;

use crate::model::{self, GlyphRun, Item, Length, Page, PassageKind, PlacedPicture, Point, Rule};

/// A part of a page, in reading order.
#[derive(Debug)]
pub(crate) enum PagePart<'p> {
    /// A picture and its index on the page.
    Picture(usize, &'p PlacedPicture),
    /// A rule or a tint.
    Rule(&'p Rule),
    /// A leader dot between a title and its folio.
    Leader(&'p GlyphRun),
    /// A line that is visible but hidden from screen readers: the page number, ornaments between
    /// two parts of a text, or text repeated from an earlier page.
    Hidden(TextLine<'p>),
    /// Lines that are read as one unit.
    Passage(TextPassage<'p>),
}

/// A paragraph, a cell, or a list item with its marker.
#[derive(Debug)]
pub(crate) struct TextPassage<'p> {
    pub(crate) kind: PassageKind,
    pub(crate) lines: Vec<TextLine<'p>>,
}

impl TextPassage<'_> {
    /// Whether a word ends between a line and the next: at a space at the end of the line, or
    /// where the author broke it. A hyphenated word continues, and so does text in a script
    /// without spaces.
    pub(crate) fn word_ends_after(&self, line: usize) -> bool {
        let [line, next] = [line, line + 1].map(|index| self.lines.get(index));
        let Some((line, next)) = line.zip(next) else { return false };
        line.text().ends_with(char::is_whitespace) || line.passage_part() != next.passage_part()
    }

    /// The text of all lines.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().map(TextLine::text).collect()
    }
}

/// Glyph runs on one baseline.
#[derive(Debug, Clone)]
pub(crate) struct TextLine<'p> {
    /// The runs in reading order; never empty.
    pub(crate) runs: Vec<&'p GlyphRun>,
    /// The left end of its baseline.
    pub(crate) origin: Point,
    /// The distance from the start of the leftmost glyph to the end of the rightmost.
    pub(crate) width: Length,
}

impl TextLine<'_> {
    /// Whether it is read from right to left: its first run is to the right of its last.
    pub(crate) fn right_to_left(&self) -> bool {
        match self.runs.as_slice() {
            [] => false,
            [only] => only.right_to_left,
            [first, .., last] => first.along_and_across().0 > last.along_and_across().0,
        }
    }

    /// The text of the line.
    pub(crate) fn text(&self) -> String {
        self.runs.iter().map(|run| &*run.text).collect()
    }

    /// Whether it ends in a hyphen that breaks a word: a glyph that represents no character.
    pub(crate) fn ends_in_hyphen(&self) -> bool {
        let Some(last) = self.runs.last() else { return false };
        let glyph = if last.right_to_left { last.glyphs.first() } else { last.glyphs.last() };
        glyph.is_some_and(|glyph| matches!(last.text_of(glyph), "" | "\u{ad}"))
    }

    fn is_repeated(&self) -> bool {
        self.runs.iter().all(|run| run.is_repeated)
    }

    /// The passage of the page to which the line belongs, and the part of that passage.
    fn passage_part(&self) -> Option<(u32, u32)> {
        self.runs.first().map(|run| (run.passage.number, run.passage.part))
    }
}

/// Splits a page into its parts.
pub(crate) fn parts<'p>(page: &'p Page) -> Vec<PagePart<'p>> {
    let mut parts = PageParts::default();
    let mut pictures = 0;
    let mut items = page.items.as_slice();
    while let Some((first, rest)) = items.split_first() {
        items = rest;
        let run = match first {
            Item::Picture(placed) => {
                parts.all.push(PagePart::Picture(pictures, placed));
                pictures += 1;
                continue;
            }
            Item::Rule(rule) => {
                parts.all.push(PagePart::Rule(rule));
                continue;
            }
            Item::Glyphs(run) => run,
        };
        let on_same_line = |item: &'p Item| match item {
            Item::Glyphs(other) if same_line(run, other) => Some(other),
            Item::Glyphs(_) | Item::Picture(_) | Item::Rule(_) => None,
        };
        let others: Vec<_> = rest.iter().map_while(on_same_line).collect();
        items = &rest[others.len()..];
        let runs = std::iter::once(run).chain(others).filter(|run| !run.glyphs.is_empty());
        parts.add(line_from_runs(runs.collect()));
    }
    parts.all
}

fn same_line(one: &GlyphRun, other: &GlyphRun) -> bool {
    let same = one.passage.number == other.passage.number
        && one.turn == other.turn
        && one.along_and_across().1 == other.along_and_across().1;
    // Every leader dot is a separate part.
    same && one.passage.kind != PassageKind::Ornament
}

/// The parts collected so far, and the index of the part for each passage.
#[derive(Default)]
struct PageParts<'p> {
    all: Vec<PagePart<'p>>,
    passages: BTreeMap<u32, usize>,
}

impl<'p> PageParts<'p> {
    fn add(&mut self, line: TextLine<'p>) {
        let Some(first) = line.runs.first() else { return };
        let model::Passage { number, kind, .. } = first.passage;
        if line.text().trim().is_empty() {
            return;
        }
        match kind {
            PassageKind::Ornament if first.text.trim() == "." => {
                self.all.push(PagePart::Leader(first));
                return;
            }
            PassageKind::Ornament | PassageKind::Folio | PassageKind::RunningHead => {
                self.all.push(PagePart::Hidden(line));
                return;
            }
            _ if line.is_repeated() => {
                self.all.push(PagePart::Hidden(line));
                return;
            }
            _ => {}
        }
        let started = self.passages.get(&number).copied().filter(|_| number > 0);
        let index = started.or_else(|| self.continued_passage(kind));
        if let Some(PagePart::Passage(passage)) = index.and_then(|index| self.all.get_mut(index)) {
            // A marker belongs to the item that it marks.
            passage.kind = kind;
            passage.lines.push(line);
        } else {
            self.all.push(PagePart::Passage(TextPassage { kind, lines: vec![line] }));
        }
        self.passages.insert(number, index.unwrap_or(self.all.len() - 1));
    }

    /// The preceding part with which a passage of this kind is read although it is set
    /// separately: a list marker, or the previous line of code.
    fn continued_passage(&self, kind: PassageKind) -> Option<usize> {
        let last = self.all.len().checked_sub(1)?;
        let PagePart::Passage(passage) = &self.all[last] else { return None };
        let marks = passage.kind == PassageKind::Mark
            && matches!(kind, PassageKind::Text | PassageKind::Note);
        let code = passage.kind == PassageKind::Code && kind == PassageKind::Code;
        (marks || code).then_some(last)
    }
}

fn line_from_runs(runs: Vec<&GlyphRun>) -> TextLine<'_> {
    let along = |run: &GlyphRun| run.along_and_across().0;
    let leftmost = runs.iter().copied().min_by_key(|run| along(run));
    let origin = leftmost.map_or(Point::default(), |run| run.origin);
    let left = leftmost.map_or(Length::ZERO, along);
    let right = runs.iter().map(|run| along(run) + run.width()).max().unwrap_or_default();
    TextLine { runs, origin, width: right - left }
}
