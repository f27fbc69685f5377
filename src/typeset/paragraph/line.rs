//! Sets a broken line: its pieces in visual order, spaces stretched, glyphs positioned.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Glyph, GlyphRun, Length, Passage, Point};

use crate::typeset::font::face::scaled;
use crate::typeset::paragraph::break_opportunities::BreakKind;
use crate::typeset::paragraph::protrusion;
use crate::typeset::shaping::bidi::visual_order;
use crate::typeset::shaping::pieces::{TextPiece, TextPieces};
use crate::typeset::shaping::shape::{Shape, Shaper};
use crate::typeset::{Align, Line, LineLink, Span};

/// The range of text that becomes a line.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct LineRange {
    /// The first byte.
    pub(in crate::typeset) start: usize,
    /// The end of the last visible byte.
    pub(in crate::typeset) end: usize,
    /// The start of the next line.
    pub(in crate::typeset) next: usize,
    /// The kind of break at its end; `None` at the end of the text.
    pub(in crate::typeset) kind: Option<BreakKind>,
}

/// The position of a line.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct LinePosition {
    pub(in crate::typeset) measure: Length,
    pub(in crate::typeset) indent: Length,
    pub(in crate::typeset) align: Align,
    /// Whether lines start on the right.
    pub(in crate::typeset) from_right: bool,
}

/// A piece, or the part of one that is on this line.
struct PiecePart<'a> {
    piece: &'a TextPiece,
    shape: Arc<Shape>,
    /// The offset of its glyphs' byte positions.
    base: usize,
    /// The end of its last visible byte; an inserted hyphen is beyond it.
    end: usize,
    level: u8,
    /// The total amount by which it is stretched.
    extra: Length,
    /// The number of its letters over which that is distributed.
    joints: usize,
    /// Whether it is white space at the end of the line.
    vanishes: bool,
    /// Whether it is the last visible part in reading order.
    closes: bool,
}

/// Sets one line.
pub(in crate::typeset) fn compose(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    spans: &[Span],
    cut: LineRange,
    place: LinePosition,
) -> Line {
    let mut parts = parts(pieces, shaper, cut);
    let (mut hang_start, hang_end) = hangs(pieces, &parts, cut);
    if place.indent != Length::ZERO {
        // Beside an indent, punctuation does not hang.
        hang_start = Length::ZERO;
    }
    let natural: Length = parts.iter().map(PiecePart::width).sum();
    let room = place.measure - place.indent;
    let extra = room + hang_start + hang_end - natural;
    let stretch: Length = parts.iter().map(PiecePart::stretch).sum();
    let shrink: Length = parts.iter().map(PiecePart::shrink).sum();
    let last = cut.kind.is_none();
    // A last line that almost fills the measure is filled: a tiny gap looks like an error.
    let nearly = extra.to_emu() * 10 <= stretch.to_emu() * 3 && extra < pieces.em();
    let justify = place.align == Align::Justified && (!last || nearly);
    let limit = if extra < Length::ZERO { shrink } else { stretch };
    let mut ratio = 0;
    let mut given = Length::ZERO;
    if justify && limit > Length::ZERO {
        ratio = i32::try_from(extra.scale(1000, limit.to_emu()).to_emu()).unwrap_or(i32::MAX);
        given = extra;
        distribute(&mut parts, extra, limit);
    }
    let width = natural + given - hang_start - hang_end;
    let hang_left = if pieces.right_to_left() { hang_end } else { hang_start };
    let free = room - width;
    let left = match (place.align, place.from_right) {
        (Align::Centred, false) => place.indent + free / 2,
        (Align::Centred, true) => free / 2,
        (Align::End, false) => place.indent + free,
        (Align::End, true) | (_, false) => {
            if place.from_right {
                Length::ZERO
            } else {
                place.indent
            }
        }
        (_, true) => free,
    };
    let levels: Vec<u8> = parts.iter().map(|part| part.level).collect();
    let order = visual_order(&levels);
    let seen: Vec<&PiecePart<'_>> = order.iter().filter_map(|index| parts.get(*index)).collect();
    let (runs, links) = draw(pieces, spans, &seen, left - hang_left);
    Line {
        runs,
        width,
        ratio,
        hyphenated: matches!(
            cut.kind,
            Some(BreakKind::Hyphen | BreakKind::Written | BreakKind::Within)
        ),
        last,
        begins: false,
        links,
    }
}

/// The pieces between two breaks; those divided by a break are shaped again.
fn parts<'a>(
    pieces: &'a TextPieces<'_>,
    shaper: &mut Shaper,
    cut: LineRange,
) -> Vec<PiecePart<'a>> {
    let mut parts: Vec<PiecePart<'a>> = Vec::new();
    for piece in pieces.between(cut.start, cut.next) {
        let start = piece.range.start.max(cut.start);
        let visible = piece.range.start < cut.end;
        let end = if visible { piece.range.end.min(cut.end) } else { piece.range.end };
        let hyphen = cut.kind == Some(BreakKind::Hyphen) && end == cut.end && visible;
        let shape = if hyphen || (start..end) != piece.range {
            pieces.shape_part(shaper, piece, start..end, hyphen)
        } else {
            Arc::clone(&piece.shape)
        };
        parts.push(PiecePart {
            piece,
            base: start,
            end,
            level: if visible { piece.level } else { pieces.base_level() },
            extra: Length::ZERO,
            joints: if visible { shape.letters() } else { 0 },
            vanishes: !visible,
            closes: false,
            shape,
        });
    }
    if let Some(part) = parts.iter_mut().rfind(|part| !part.vanishes) {
        part.closes = true;
        part.joints = part.joints.saturating_sub(1);
    }
    parts
}

/// The amounts by which punctuation at the two ends of a line hangs into the margin. Punctuation
/// hangs only at the visible edge of the line, where that of text in the other direction may not
/// be.
fn hangs(pieces: &TextPieces<'_>, parts: &[PiecePart<'_>], cut: LineRange) -> (Length, Length) {
    let is_level = |part: &&PiecePart<'_>| part.level == pieces.base_level();
    let start = parts.first().filter(is_level).map_or(Length::ZERO, |part| {
        let c = pieces.text[cut.start..].chars().next().unwrap_or(' ');
        part.piece.hang(&part.shape, protrusion::at_start(c), true)
    });
    let closing = parts.iter().rfind(|part| part.closes);
    let end = closing.filter(is_level).map_or(Length::ZERO, |part| {
        let c = match cut.kind {
            Some(BreakKind::Hyphen) => '-',
            _ => pieces.text[..cut.end].chars().next_back().unwrap_or(' '),
        };
        part.piece.hang(&part.shape, protrusion::at_end(c), false)
    });
    (start, end)
}

/// Distributes `extra` over the spaces, exact to the unit.
fn distribute(parts: &mut [PiecePart<'_>], extra: Length, limit: Length) {
    let shrinks = extra < Length::ZERO;
    let (mut seen, mut given) = (Length::ZERO, Length::ZERO);
    for part in parts {
        let may = if shrinks { part.shrink() } else { part.stretch() };
        if may == Length::ZERO {
            continue;
        }
        seen += may;
        let due = extra.scale(seen.to_emu(), limit.to_emu());
        part.extra = due - given;
        given = due;
    }
}

impl PiecePart<'_> {
    fn stretch(&self) -> Length {
        self.piece.stretch * i64::try_from(self.joints).unwrap_or(0)
    }

    fn shrink(&self) -> Length {
        self.piece.shrink * i64::try_from(self.joints).unwrap_or(0)
    }

    /// The share of the joint with this index in the stretch of the part.
    fn share(&self, joint: usize) -> Length {
        let up_to = |joint: usize| match (i64::try_from(joint), i64::try_from(self.joints)) {
            (Ok(joint), Ok(joints)) => self.extra.scale(joint, joints),
            _ => Length::ZERO,
        };
        up_to(joint + 1) - up_to(joint)
    }

    fn width(&self) -> Length {
        self.advances().sum()
    }

    /// The advance of each glyph including tracking and stretch.
    fn advances(&self) -> impl Iterator<Item = Length> {
        let piece = self.piece;
        let letters = self.shape.letters();
        let mut letter = 0;
        self.shape.glyphs.iter().map(move |glyph| {
            if self.vanishes {
                return Length::ZERO;
            }
            let mut advance = scaled(glyph.advance, piece.size, piece.units_per_em);
            if glyph.ends_letter {
                // The leftmost letter of a right-to-left word is its last.
                let number = if piece.right_to_left() { letters - 1 - letter } else { letter };
                letter += 1;
                advance += match (number + 1 == letters, self.closes) {
                    (false, _) => piece.tracking,
                    (true, false) => piece.tracking_behind,
                    // No spacing is added at the margin.
                    (true, true) => Length::ZERO,
                };
                if number < self.joints {
                    advance += self.share(number);
                }
            }
            advance
        })
    }

    /// The bytes of the paragraph that a glyph represents.
    fn bytes(&self, index: usize) -> Range<usize> {
        let glyph = &self.shape.glyphs[index];
        let start = (self.base + glyph.start as usize).min(self.end);
        start..(self.base + glyph.end as usize).min(self.end)
    }
}

/// Positions the glyphs from left to right and collects them into runs, which are returned in
/// reading order.
fn draw(
    pieces: &TextPieces<'_>,
    spans: &[Span],
    parts: &[&PiecePart<'_>],
    left: Length,
) -> (Vec<GlyphRun>, Vec<LineLink>) {
    let mut runs = Vec::new();
    let mut links: Vec<LineLink> = Vec::new();
    let mut x = left;
    let mut rest = parts;
    while let Some(first) = rest.first() {
        let joined = rest.windows(2).take_while(|pair| joins(spans, pair[0], pair[1])).count() + 1;
        let (together, others) = rest.split_at(joined);
        rest = others;
        let start = together.iter().map(|part| part.base).min().unwrap_or(0);
        let end = together.iter().map(|part| part.end).max().unwrap_or(start);
        let style = &spans[first.piece.span].style;
        let origin = Point::new(x, Length::ZERO);
        let mut glyphs = Vec::new();
        for part in together {
            let from = x;
            for ((index, glyph), advance) in
                part.shape.glyphs.iter().enumerate().zip(part.advances())
            {
                let (size, units) = (part.piece.size, part.piece.units_per_em);
                let bytes = part.bytes(index);
                glyphs.push(Glyph {
                    id: glyph.id,
                    advance,
                    offset: Point::new(scaled(glyph.x, size, units), scaled(glyph.y, size, units)),
                    text: place(bytes.start - start)..place(bytes.end - start),
                });
                x += advance;
            }
            link(&mut links, spans, part, from..x);
        }
        if glyphs.is_empty() {
            continue;
        }
        let run = GlyphRun {
            face: first.piece.face,
            size: style.size,
            ink: style.ink,
            origin,
            glyphs,
            text: Arc::from(&pieces.text[start..end]),
            right_to_left: first.level % 2 == 1,
            letters: first.piece.letters.clone(),
            again: false,
            passage: Passage::default(),
        };
        runs.push((start, run));
    }
    runs.sort_by_key(|(start, _)| *start);
    (runs.into_iter().map(|(_, run)| run).collect(), links)
}

/// Whether two adjacent parts form one run.
fn joins(spans: &[Span], left: &PiecePart<'_>, right: &PiecePart<'_>) -> bool {
    let (a, b) = (&spans[left.piece.span].style, &spans[right.piece.span].style);
    let follows = match (left.level % 2, right.level % 2) {
        (0, 0) => left.end == right.base,
        (1, 1) => right.end == left.base,
        _ => false,
    };
    follows
        && left.piece.face == right.piece.face
        && left.piece.letters == right.piece.letters
        && a.size == b.size
        && a.ink == b.ink
}

fn link(links: &mut Vec<LineLink>, spans: &[Span], part: &PiecePart<'_>, extent: Range<Length>) {
    let Some(target) = &spans[part.piece.span].link else { return };
    if extent.is_empty() {
        return;
    }
    match links.last_mut() {
        Some(last) if last.target == *target && last.extent.end == extent.start => {
            last.extent.end = extent.end;
        }
        _ => links.push(LineLink { extent, target: target.clone() }),
    }
}

/// A byte position in the text of a line, which is never long enough to overflow.
fn place(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
