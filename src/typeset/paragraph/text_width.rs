//! How wide the text is up to each place where a line may end.

use crate::model::Length;

use crate::typeset::font::coverage::clusters;
use crate::typeset::paragraph::break_opportunities::{BreakKind, Opportunity};
use crate::typeset::paragraph::knuth_plass::{Break, WidthSums};
use crate::typeset::paragraph::protrusion;
use crate::typeset::shaping::pieces::{TextPiece, TextPieces};
use crate::typeset::shaping::shape::{Shape, Shaper};

/// The opportunities, with those added that a word wider than the measure needs; and the
/// breaks, which are one more at either end.
pub(in crate::typeset) fn breaks(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    opportunities: Vec<Opportunity>,
    measure: Length,
    indent: Length,
) -> (Vec<Opportunity>, Vec<Break>) {
    let breaks = measured(pieces, shaper, &opportunities, indent);
    let too_wide: Vec<usize> = breaks
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[1].before.width - pair[0].after.width > measure.to_emu())
        .map(|(index, _)| index)
        .collect();
    if too_wide.is_empty() {
        return (opportunities, breaks);
    }
    // Better a word broken anywhere than one that is lost beyond the margin.
    let mut all = opportunities.clone();
    for index in too_wide {
        let start = index.checked_sub(1).map_or(0, |index| opportunities[index].start);
        let end = opportunities.get(index).map_or(pieces.text.len(), |end| end.end);
        for cluster in clusters(&pieces.text[start..end]).into_iter().skip(1) {
            let at = start + cluster.start;
            let kind = BreakKind::Within;
            all.push(Opportunity { end: at, start: at, kind, penalty: 2000, reserve: true });
        }
    }
    all.sort_by_key(|opportunity| opportunity.start);
    let breaks = measured(pieces, shaper, &all, indent);
    (all, breaks)
}

fn measured(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    opportunities: &[Opportunity],
    indent: Length,
) -> Vec<Break> {
    let text = pieces.text;
    let mut sums = WidthSums::default();
    let mut breaks = Vec::with_capacity(opportunities.len() + 2);
    let mut after = sums;
    // As long as there is an indent, there is no edge from which to hang.
    after.width += if indent == Length::ZERO { hang_at_start(pieces, 0) } else { -indent.to_emu() };
    breaks.push(Break { before: sums, after, ..Break::default() });
    // Where the white space before the current piece starts, if there is any.
    let mut before_space = None;
    let mut rest = opportunities.iter().peekable();
    for piece in &pieces.all {
        let visible = text[piece.range.clone()]
            .chars()
            .any(|c| !crate::typeset::paragraph::break_opportunities::vanishes(c));
        if visible {
            before_space = None;
        } else if before_space.is_none() {
            before_space = Some(sums);
        }
        while let Some(opportunity) = rest.next_if(|other| other.start < piece.range.end) {
            breaks.push(within(pieces, shaper, piece, sums, opportunity));
        }
        sums.width += piece.width.to_emu();
        sums.stretch += stretch(piece, &piece.shape);
        sums.shrink += shrink(piece, &piece.shape);
        while let Some(opportunity) = rest.next_if(|other| other.start == piece.range.end) {
            breaks.push(behind(
                pieces,
                shaper,
                piece,
                before_space.unwrap_or(sums),
                sums,
                opportunity,
            ));
        }
    }
    let mut before = sums;
    before.width -= closing(pieces, text.len());
    breaks.push(Break { before, after: sums, ..Break::default() });
    breaks
}

/// A break between two pieces.
fn behind(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    piece: &TextPiece,
    mut before: WidthSums,
    mut after: WidthSums,
    opportunity: &Opportunity,
) -> Break {
    if opportunity.kind == BreakKind::Hyphen {
        let shape = pieces.shape_part(shaper, piece, piece.range.clone(), true);
        let width = piece.width_as(&shape) - piece.tracking_behind - hyphen_hang(piece, &shape);
        before.width += (width - piece.width).to_emu();
    } else {
        before.width -= closing(pieces, opportunity.end);
    }
    after.width += hang_at_start(pieces, opportunity.start);
    finished(pieces, before, after, opportunity)
}

/// A break within a piece, whose two parts may be shaped otherwise than the whole.
fn within(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    piece: &TextPiece,
    sums: WidthSums,
    opportunity: &Opportunity,
) -> Break {
    let hyphen = opportunity.kind == BreakKind::Hyphen;
    let (mut before, mut after) = (sums, sums);
    let head = piece.range.start..opportunity.end;
    let shape = pieces.shape_part(shaper, piece, head, hyphen);
    let hang = if hyphen {
        hyphen_hang(piece, &shape)
    } else {
        let c = pieces.text[..opportunity.end].chars().next_back().unwrap_or(' ');
        edge_hang(pieces, piece, &shape, protrusion::at_end(c), false)
    };
    before.width += (piece.width_as(&shape) - piece.tracking_behind - hang).to_emu();
    before.stretch += stretch(piece, &shape);
    before.shrink += shrink(piece, &shape);
    after.stretch = before.stretch;
    after.shrink = before.shrink;
    let tail = opportunity.start..piece.range.end;
    let c = pieces.text[tail.clone()].chars().next().unwrap_or(' ');
    let shape = pieces.shape_part(shaper, piece, tail, false);
    let hang = edge_hang(pieces, piece, &shape, protrusion::at_start(c), true);
    after.width += (piece.width - piece.width_as(&shape) + hang).to_emu();
    finished(pieces, before, after, opportunity)
}

fn finished(
    pieces: &TextPieces<'_>,
    before: WidthSums,
    after: WidthSums,
    opportunity: &Opportunity,
) -> Break {
    Break {
        before,
        after,
        penalty: opportunity.penalty,
        hyphen: matches!(opportunity.kind, BreakKind::Hyphen | BreakKind::Written),
        reserve: opportunity.reserve,
        turn: turn(&pieces.text[..opportunity.end], &pieces.text[opportunity.start..]),
    }
}

/// What the last visible glyph before a byte does not need: its letter-spacing, and what
/// of it hangs out.
fn closing(pieces: &TextPieces<'_>, end: usize) -> i64 {
    let Some(start) = end.checked_sub(1) else { return 0 };
    let Some(piece) = pieces.between(start, end).last() else { return 0 };
    let c = pieces.text[..end].chars().next_back().unwrap_or(' ');
    let hang = edge_hang(pieces, piece, &piece.shape, protrusion::at_end(c), false);
    (piece.tracking_behind + hang).to_emu()
}

fn hang_at_start(pieces: &TextPieces<'_>, start: usize) -> i64 {
    let Some(piece) = pieces.between(start, start + 1).first() else { return 0 };
    let c = pieces.text[start..].chars().next().unwrap_or(' ');
    edge_hang(pieces, piece, &piece.shape, protrusion::at_start(c), true).to_emu()
}

fn edge_hang(
    pieces: &TextPieces<'_>,
    piece: &TextPiece,
    shape: &Shape,
    per_cent: i64,
    at_start: bool,
) -> Length {
    if piece.level == pieces.base_level() {
        piece.hang(shape, per_cent, at_start)
    } else {
        Length::ZERO
    }
}

/// By how much these glyphs of a piece may grow.
fn stretch(piece: &TextPiece, shape: &Shape) -> i64 {
    over_letters(piece.stretch, shape)
}

/// By how much these glyphs of a piece may shrink.
fn shrink(piece: &TextPiece, shape: &Shape) -> i64 {
    over_letters(piece.shrink, shape)
}

fn over_letters(each: Length, shape: &Shape) -> i64 {
    if each == Length::ZERO {
        return 0;
    }
    (each * i64::try_from(shape.letters()).unwrap_or(0)).to_emu()
}

fn hyphen_hang(piece: &TextPiece, shape: &Shape) -> Length {
    piece.hang(shape, protrusion::at_end('-'), false)
}

/// How well the sense may pause between two words. No grammar, only this: it pauses at
/// marks, and short words, which are articles and prepositions more often than not, lean
/// on what follows them.
fn turn(before: &str, after: &str) -> i32 {
    let is_short = |letters: &mut dyn Iterator<Item = char>| {
        let mut word = letters.take_while(|c| !c.is_whitespace()).take(4);
        (&mut word).take(3).all(char::is_alphabetic) && word.next().is_none()
    };
    if before.ends_with(|c: char| ".,;:!?…–—)”’»".contains(c)) {
        -4
    } else if is_short(&mut before.chars().rev()) {
        3
    } else if after.starts_with(char::is_lowercase) && is_short(&mut after.chars()) {
        -2
    } else {
        0
    }
}
