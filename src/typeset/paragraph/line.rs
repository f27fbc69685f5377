//! Sets a broken line: its pieces in visual order, spaces stretched, glyphs positioned.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Glyph, GlyphRun, Ink, Length, Passage, Point, Rect, Turn};

use crate::typeset::font::face::scaled;
use crate::typeset::paragraph::break_opportunities::BreakKind;
use crate::typeset::paragraph::protrusion;
use crate::typeset::shaping::bidi::visual_order;
use crate::typeset::shaping::pieces::{TextPiece, TextPieces};
use crate::typeset::shaping::shape::{Shape, Shaper};
use crate::typeset::{Align, Line, LineLink, Span, TextRole};

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
    /// Whether a word is broken at its end, at no syllable of it.
    pub(in crate::typeset) torn: bool,
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
    stretch_points: usize,
    /// Whether it is white space at the end of the line.
    is_dropped: bool,
    /// Whether it is the last visible part in reading order.
    is_last_visible: bool,
}

/// Sets one line.
pub(in crate::typeset) fn compose(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    spans: &[Span],
    range: LineRange,
    position: LinePosition,
) -> Line {
    let mut parts = parts(pieces, shaper, range);
    let (mut hang_start, hang_end) = hanging(pieces, &parts, range);
    let opening = pieces.text[range.start..].starts_with(protrusion::opens_half_empty);
    if position.indent != Length::ZERO && !opening {
        // Beside an indent, punctuation does not hang.
        hang_start = Length::ZERO;
    }
    let natural: Length = parts.iter().map(PiecePart::width).sum();
    let room = position.measure - position.indent;
    let extra = room + hang_start + hang_end - natural;
    let stretch: Length = parts.iter().map(PiecePart::stretch).sum();
    let shrink: Length = parts.iter().map(PiecePart::shrink).sum();
    let last = range.kind.is_none();
    // A last line that almost fills the measure is filled: a tiny gap looks like an error.
    let is_almost_full = extra.to_emu() * 10 <= stretch.to_emu() * 3 && extra < pieces.em();
    let justify = position.align == Align::Justified && (!last || is_almost_full);
    let limit = if extra < Length::ZERO { shrink } else { stretch };
    let mut ratio = 0;
    let mut distributed = Length::ZERO;
    if justify && limit > Length::ZERO {
        ratio = i32::try_from(extra.scale(1000, limit.to_emu()).to_emu()).unwrap_or(i32::MAX);
        distributed = extra;
        distribute(&mut parts, extra, limit);
    }
    let width = natural + distributed - hang_start - hang_end;
    let hang_left = if pieces.right_to_left() { hang_end } else { hang_start };
    let free = room - width;
    let left = match (position.align, position.from_right) {
        (Align::Centred, false) => position.indent + free / 2,
        (Align::Centred, true) => free / 2,
        (Align::End, false) => position.indent + free,
        (Align::End, true) | (_, false) => {
            if position.from_right {
                Length::ZERO
            } else {
                position.indent
            }
        }
        (_, true) => free,
    };
    let levels: Vec<u8> = parts.iter().map(|part| part.level).collect();
    let order = visual_order(&levels);
    let visual: Vec<&PiecePart<'_>> = order.iter().filter_map(|index| parts.get(*index)).collect();
    let PositionedGlyphs { runs, roles, links, dots } =
        position_glyphs(pieces, spans, &visual, left - hang_left);
    Line {
        runs,
        roles,
        width,
        ratio,
        hyphenated: matches!(
            range.kind,
            Some(BreakKind::Hyphen | BreakKind::Written | BreakKind::Within)
        ),
        last,
        torn: None,
        begins: false,
        links,
        dots,
    }
}

/// The pieces between two breaks; those divided by a break are shaped again.
fn parts<'a>(
    pieces: &'a TextPieces<'_>,
    shaper: &mut Shaper,
    range: LineRange,
) -> Vec<PiecePart<'a>> {
    let mut parts: Vec<PiecePart<'a>> = Vec::new();
    for piece in pieces.between(range.start, range.next) {
        let start = piece.range.start.max(range.start);
        let visible = piece.range.start < range.end;
        // The space that is dropped may begin a piece that goes on on the next line.
        let end = piece.range.end.min(if visible { range.end } else { range.next });
        let hyphen = range.kind == Some(BreakKind::Hyphen) && end == range.end && visible;
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
            stretch_points: if visible { shape.letters() } else { 0 },
            is_dropped: !visible,
            is_last_visible: false,
            shape,
        });
    }
    if let Some(part) = parts.iter_mut().rfind(|part| !part.is_dropped) {
        part.is_last_visible = true;
        part.stretch_points = part.stretch_points.saturating_sub(1);
    }
    parts
}

/// The amounts by which punctuation at the two ends of a line hangs into the margin. Punctuation
/// hangs only at the visible edge of the line, where that of text in the other direction may not
/// be.
fn hanging(pieces: &TextPieces<'_>, parts: &[PiecePart<'_>], range: LineRange) -> (Length, Length) {
    let is_level = |part: &&PiecePart<'_>| part.level == pieces.base_level();
    let start = parts.first().filter(is_level).map_or(Length::ZERO, |part| {
        let c = pieces.text[range.start..].chars().next().unwrap_or(' ');
        part.piece.hang(&part.shape, protrusion::at_start(c), true)
    });
    let closing = parts.iter().rfind(|part| part.is_last_visible);
    let end = closing.filter(is_level).map_or(Length::ZERO, |part| {
        let c = match range.kind {
            Some(BreakKind::Hyphen) => '-',
            _ => pieces.text[..range.end].chars().next_back().unwrap_or(' '),
        };
        part.piece.hang(&part.shape, protrusion::at_end(c), false)
    });
    (start, end)
}

/// Distributes `extra` over the spaces, exact to the unit.
fn distribute(parts: &mut [PiecePart<'_>], extra: Length, limit: Length) {
    let shrinks = extra < Length::ZERO;
    let (mut limits_so_far, mut distributed) = (Length::ZERO, Length::ZERO);
    for part in parts {
        let limit_of_part = if shrinks { part.shrink() } else { part.stretch() };
        if limit_of_part == Length::ZERO {
            continue;
        }
        limits_so_far += limit_of_part;
        let target = extra.scale(limits_so_far.to_emu(), limit.to_emu());
        part.extra = target - distributed;
        distributed = target;
    }
}

impl PiecePart<'_> {
    fn stretch(&self) -> Length {
        self.piece.stretch * i64::try_from(self.stretch_points).unwrap_or(0)
    }

    fn shrink(&self) -> Length {
        self.piece.shrink * i64::try_from(self.stretch_points).unwrap_or(0)
    }

    /// The share of the joint with this index in the stretch of the part.
    fn share(&self, joint: usize) -> Length {
        let up_to = |joint: usize| match (i64::try_from(joint), i64::try_from(self.stretch_points))
        {
            (Ok(joint), Ok(stretch_points)) => self.extra.scale(joint, stretch_points),
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
            if self.is_dropped {
                return Length::ZERO;
            }
            let mut advance = scaled(glyph.advance, piece.size, piece.units_per_em);
            if glyph.ends_letter {
                // The leftmost letter of a right-to-left word is its last.
                let number = if piece.right_to_left() { letters - 1 - letter } else { letter };
                letter += 1;
                advance += match (number + 1 == letters, self.is_last_visible) {
                    (false, _) => piece.tracking,
                    (true, false) => piece.tracking_after,
                    // No spacing is added at the margin.
                    (true, true) => Length::ZERO,
                };
                if number < self.stretch_points {
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

/// The runs of a line in reading order, what the text of each is, and the links.
struct PositionedGlyphs {
    runs: Vec<GlyphRun>,
    roles: Vec<TextRole>,
    links: Vec<LineLink>,
    dots: Vec<(Rect, Ink)>,
}

/// Positions the glyphs from left to right and collects them into runs, which are returned in
/// reading order.
fn position_glyphs(
    pieces: &TextPieces<'_>,
    spans: &[Span],
    parts: &[&PiecePart<'_>],
    left: Length,
) -> PositionedGlyphs {
    let mut runs = Vec::new();
    let mut links: Vec<LineLink> = Vec::new();
    let mut dots = Vec::new();
    let mut x = left;
    let mut rest = parts;
    while let Some(first) = rest.first() {
        let joined =
            rest.windows(2).take_while(|pair| is_same_run(spans, pair[0], pair[1])).count() + 1;
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
                    text: byte_index(bytes.start - start)..byte_index(bytes.end - start),
                });
                if let Some(side) = part.piece.dots
                    && pieces.text[bytes].starts_with(char::is_alphanumeric)
                {
                    let natural = scaled(glyph.advance, size, units);
                    dots.push((side.dot(x + natural / 2, size), style.ink));
                }
                x += advance;
            }
            link(&mut links, spans, part, from..x);
        }
        if glyphs.is_empty() {
            continue;
        }
        let run = GlyphRun {
            face: first.piece.face,
            size: first.piece.size,
            ink: style.ink,
            origin,
            turn: Turn::Upright,
            glyphs,
            text: Arc::from(&pieces.text[start..end]),
            right_to_left: first.level % 2 == 1,
            letters: first.piece.letters.clone(),
            is_repeated: false,
            passage: Passage::default(),
            language: None,
            element: None,
        };
        runs.push((start, run, spans[first.piece.span].role()));
    }
    runs.sort_by_key(|(start, ..)| *start);
    let (runs, roles) = runs.into_iter().map(|(_, run, role)| (run, role)).unzip();
    PositionedGlyphs { runs, roles, links, dots }
}

/// Whether two adjacent parts form one run.
fn is_same_run(spans: &[Span], left: &PiecePart<'_>, right: &PiecePart<'_>) -> bool {
    let (left_span, right_span) = (&spans[left.piece.span], &spans[right.piece.span]);
    let (a, b) = (&left_span.style, &right_span.style);
    let follows = match (left.level % 2, right.level % 2) {
        (0, 0) => left.end == right.base,
        (1, 1) => right.end == left.base,
        _ => false,
    };
    follows
        && left.piece.face == right.piece.face
        && left.piece.letters == right.piece.letters
        && left.piece.size == right.piece.size
        && a.ink == b.ink
        && left_span.link == right_span.link
        && left_span.is_code == right_span.is_code
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
fn byte_index(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
