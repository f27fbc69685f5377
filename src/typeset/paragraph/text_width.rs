//! Measures the text up to each break opportunity.

use crate::model::Length;

use crate::typeset::paragraph::break_opportunities::{BreakKind, BreakRules, Opportunity};
use crate::typeset::paragraph::knuth_plass::{Break, WidthSums};
use crate::typeset::paragraph::{protrusion, wide_words};
use crate::typeset::shaping::pieces::{TextPiece, TextPieces};
use crate::typeset::shaping::shape::{Shape, Shaper};

/// The opportunities, including additional ones for words wider than the measure; and the
/// breaks, which also include the two ends of the text.
pub(in crate::typeset) fn breaks(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    mut opportunities: Vec<Opportunity>,
    rules: &BreakRules<'_>,
    measure: Length,
    indent: Length,
) -> (Vec<Opportunity>, Vec<Break>) {
    let mut breaks = measured(pieces, shaper, &opportunities, indent);
    for way in wide_words::WAYS {
        let wide: Vec<Opportunity> = breaks
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| pair[1].before.width - pair[0].after.width > measure.to_emu())
            .flat_map(|(index, _)| {
                let start = index.checked_sub(1).map_or(0, |index| opportunities[index].start);
                let end = opportunities.get(index).map_or(pieces.text.len(), |end| end.end);
                way(pieces.text, start..end, rules)
            })
            .collect();
        if wide.is_empty() {
            continue;
        }
        opportunities.extend(wide);
        opportunities.sort_by_key(|opportunity| opportunity.start);
        opportunities.dedup_by_key(|opportunity| opportunity.start);
        breaks = measured(pieces, shaper, &opportunities, indent);
    }
    (opportunities, breaks)
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
    // Beside an indent, punctuation does not hang.
    after.width -= indent.to_emu();
    if indent == Length::ZERO || text.starts_with(protrusion::opens_half_empty) {
        after.width += hang_at_start(pieces, 0);
    }
    breaks.push(Break { before: sums, after, ..Break::default() });
    // The start of the white space before the current piece, if any.
    let mut before_space = None;
    let mut rest = opportunities.iter().peekable();
    for piece in &pieces.all {
        let visible = text[piece.range.clone()]
            .chars()
            .any(|c| !crate::typeset::paragraph::break_opportunities::is_dropped(c));
        if visible {
            before_space = None;
        } else if before_space.is_none() {
            before_space = Some(sums);
        }
        while let Some(opportunity) = rest.next_if(|other| other.start < piece.range.end) {
            breaks.push(within_piece(pieces, shaper, piece, sums, opportunity));
        }
        sums.width += piece.width.to_emu();
        sums.stretch += stretch(piece, &piece.shape);
        sums.shrink += shrink(piece, &piece.shape);
        while let Some(opportunity) = rest.next_if(|other| other.start == piece.range.end) {
            breaks.push(between_pieces(
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
    before.width -= trailing_width(pieces, text.len());
    breaks.push(Break { before, after: sums, ..Break::default() });
    breaks
}

/// A break between two pieces.
fn between_pieces(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    piece: &TextPiece,
    mut before: WidthSums,
    mut after: WidthSums,
    opportunity: &Opportunity,
) -> Break {
    if opportunity.kind == BreakKind::Hyphen {
        let shape = pieces.shape_part(shaper, piece, piece.range.clone(), true);
        let width = piece.width_with(&shape) - piece.tracking_after - hyphen_hang(piece, &shape);
        before.width += (width - piece.width).to_emu();
    } else {
        before.width -= trailing_width(pieces, opportunity.end);
    }
    after.width += hang_at_start(pieces, opportunity.start);
    new_break(pieces, before, after, opportunity)
}

/// A break within a piece, whose two parts may be shaped differently from the whole.
fn within_piece(
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
    before.width += (piece.width_with(&shape) - piece.tracking_after - hang).to_emu();
    before.stretch += stretch(piece, &shape);
    before.shrink += shrink(piece, &shape);
    after.stretch = before.stretch;
    after.shrink = before.shrink;
    let tail = opportunity.start..piece.range.end;
    let c = pieces.text[tail.clone()].chars().next().unwrap_or(' ');
    let shape = pieces.shape_part(shaper, piece, tail, false);
    let hang = edge_hang(pieces, piece, &shape, protrusion::at_start(c), true);
    after.width += (piece.width - piece.width_with(&shape) + hang).to_emu();
    new_break(pieces, before, after, opportunity)
}

fn new_break(
    pieces: &TextPieces<'_>,
    before: WidthSums,
    after: WidthSums,
    opportunity: &Opportunity,
) -> Break {
    Break {
        before,
        after,
        penalty: opportunity.penalty,
        // A torn word has as many hyphens as it takes.
        hyphen: matches!(opportunity.kind, BreakKind::Hyphen | BreakKind::Written)
            && !opportunity.is_torn(),
        reserve: opportunity.reserve,
        torn: opportunity.is_torn(),
        between_syllables: opportunity.is_between_syllables(),
        pause: pause(&pieces.text[..opportunity.end], &pieces.text[opportunity.start..]),
    }
}

/// The width that the last visible glyph before this byte does not need at the end of a line:
/// its tracking, and the part that hangs.
fn trailing_width(pieces: &TextPieces<'_>, end: usize) -> i64 {
    let Some(start) = end.checked_sub(1) else { return 0 };
    let Some(piece) = pieces.between(start, end).last() else { return 0 };
    let c = pieces.text[..end].chars().next_back().unwrap_or(' ');
    let hang = edge_hang(pieces, piece, &piece.shape, protrusion::at_end(c), false);
    (piece.tracking_after + hang).to_emu()
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

/// The maximum stretch of these glyphs of a piece.
fn stretch(piece: &TextPiece, shape: &Shape) -> i64 {
    over_letters(piece.stretch, shape)
}

/// The maximum shrinkage of these glyphs of a piece.
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

/// Articles and prepositions with more than three letters.
const BEFORE_NOUNS: [&str; 46] = [
    // English
    "from", "into", "onto", "over", "through", "under", "with", "without", //
    // German
    "durch", "eine", "einem", "einen", "einer", "eines", "gegen", "hinter", "nach", "ohne", "seit",
    "über", "unter", "zwischen", //
    // French
    "avec", "chez", "dans", "entre", "pour", "sans", "sous", "vers", //
    // Spanish and Portuguese
    "desde", "hasta", "para", "sobre", //
    // Italian
    "dalla", "degli", "della", "delle", "dello", "nella", "sulla", "senza", //
    // Dutch
    "naar", "tussen", "voor", "zonder",
];

/// Whether the last word of a text is this one, which has small letters.
fn ends_with_word(text: &str, word: &str) -> bool {
    let mut letters = text.chars().rev();
    let is_end = word
        .chars()
        .rev()
        .all(|letter| letters.next().is_some_and(|other| other.to_lowercase().eq([letter])));
    is_end && letters.next().is_none_or(char::is_whitespace)
}

/// How well the sense allows a pause between two words. This uses no grammar: a pause is good
/// after punctuation, best after a colon or a dash, and bad after articles and prepositions, which
/// belong to the next word, as most short words do.
fn pause(before: &str, after: &str) -> i32 {
    let is_short = |letters: &mut dyn Iterator<Item = char>| {
        let mut word = letters.take_while(|c| !c.is_whitespace()).take(4);
        (&mut word).take(3).all(char::is_alphabetic) && word.next().is_none()
    };
    if before.ends_with([':', '：', '–', '—']) {
        -6
    } else if before.ends_with(|c: char| ".,;!?…)”’»".contains(c)) {
        -4
    } else if is_short(&mut before.chars().rev())
        || BEFORE_NOUNS.iter().any(|word| ends_with_word(before, word))
    {
        3
    } else if after.starts_with(char::is_lowercase) && is_short(&mut after.chars()) {
        -2
    } else {
        0
    }
}
