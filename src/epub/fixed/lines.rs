//! A page's items as they are read: lines gathered into the passages that they belong to, what
//! is decoration set apart.

use std::collections::BTreeMap;

use crate::model::{self, GlyphRun, Item, Length, Page, PassageKind, PlacedPicture, Rule};

/// Something on a page, in reading order.
#[derive(Debug)]
pub(super) enum PagePart<'p> {
    /// A picture, by its number on the page.
    Picture(usize, &'p PlacedPicture),
    /// A rule or a tint.
    Rule(&'p Rule),
    /// A dot that leads the eye from a title to its folio.
    Leader(&'p GlyphRun),
    /// A line that is seen and not heard: the page's number, stars between two parts of a text,
    /// or what an earlier page said.
    Hidden(TextLine<'p>),
    /// Lines that are read at one go.
    Passage(TextPassage<'p>),
}

/// A paragraph, a cell, an item with its mark.
#[derive(Debug)]
pub(super) struct TextPassage<'p> {
    pub(super) kind: PassageKind,
    pub(super) lines: Vec<TextLine<'p>>,
}

impl TextPassage<'_> {
    /// Whether the words of a line and those of the next one are parted: by the space at its
    /// end, or since the author broke the line there. A broken word, and one of a script
    /// without spaces, goes on.
    pub(super) fn is_parted_behind(&self, line: usize) -> bool {
        let [line, next] = [line, line + 1].map(|index| self.lines.get(index));
        let Some((line, next)) = line.zip(next) else { return false };
        line.text().ends_with(char::is_whitespace) || line.part() != next.part()
    }

    /// Its words.
    pub(super) fn text(&self) -> String {
        self.lines.iter().map(TextLine::text).collect()
    }
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

    /// Which passage of its page it belongs to, and which part of that it is.
    fn part(&self) -> Option<(u32, u32)> {
        self.runs.first().map(|run| (run.passage.number, run.passage.part))
    }
}

/// The pieces of a page.
pub(super) fn pieces<'p>(page: &'p Page) -> Vec<PagePart<'p>> {
    let mut pieces = PageParts::default();
    let mut pictures = 0;
    let mut items = page.items.as_slice();
    while let Some((first, rest)) = items.split_first() {
        items = rest;
        let run = match first {
            Item::Picture(placed) => {
                pieces.all.push(PagePart::Picture(pictures, placed));
                pictures += 1;
                continue;
            }
            Item::Rule(rule) => {
                pieces.all.push(PagePart::Rule(rule));
                continue;
            }
            Item::Glyphs(run) => run,
        };
        let on_its_line = |item: &'p Item| match item {
            Item::Glyphs(other) if same_line(run, other) => Some(other),
            Item::Glyphs(_) | Item::Picture(_) | Item::Rule(_) => None,
        };
        let others: Vec<_> = rest.iter().map_while(on_its_line).collect();
        items = &rest[others.len()..];
        let runs = std::iter::once(run).chain(others).filter(|run| !run.glyphs.is_empty());
        pieces.add(of_runs(runs.collect()));
    }
    pieces.all
}

fn same_line(one: &GlyphRun, other: &GlyphRun) -> bool {
    let same = one.passage.number == other.passage.number && one.origin.y == other.origin.y;
    // Every dot stands for itself.
    same && one.passage.kind != PassageKind::Ornament
}

/// The pieces so far, and which of them each passage is.
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
            PassageKind::Ornament | PassageKind::Folio => {
                self.all.push(PagePart::Hidden(line));
                return;
            }
            _ if line.is_said_before() => {
                self.all.push(PagePart::Hidden(line));
                return;
            }
            _ => {}
        }
        let known = self.passages.get(&number).copied().filter(|_| number > 0);
        let place = known.or_else(|| self.goes_on(kind));
        if let Some(PagePart::Passage(passage)) = place.and_then(|place| self.all.get_mut(place)) {
            // A mark is part of what it marks.
            passage.kind = kind;
            passage.lines.push(line);
        } else {
            self.all.push(PagePart::Passage(TextPassage { kind, lines: vec![line] }));
        }
        self.passages.insert(number, place.unwrap_or(self.all.len() - 1));
    }

    /// The piece that what comes next is read with, though it is set apart: its mark, or the
    /// line of code above.
    fn goes_on(&self, kind: PassageKind) -> Option<usize> {
        let last = self.all.len().checked_sub(1)?;
        let PagePart::Passage(passage) = &self.all[last] else { return None };
        let marks = passage.kind == PassageKind::Mark
            && matches!(kind, PassageKind::Text | PassageKind::Note);
        let code = passage.kind == PassageKind::Code && kind == PassageKind::Code;
        (marks || code).then_some(last)
    }
}

fn of_runs(runs: Vec<&GlyphRun>) -> TextLine<'_> {
    let left = runs.iter().map(|run| run.origin.x).min().unwrap_or_default();
    let right = runs.iter().map(|run| run.origin.x + run.width()).max().unwrap_or_default();
    let baseline = runs.first().map_or(Length::ZERO, |run| run.origin.y);
    TextLine { runs, left, right, baseline }
}
