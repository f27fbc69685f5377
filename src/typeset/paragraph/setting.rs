//! Sets a paragraph: spans in, broken lines out.

use crate::model::{Glyph, Language, Length, Point};
use crate::typeset::Faces;
use crate::typeset::paragraph::break_opportunities::{BreakRules, opportunities};
use crate::typeset::paragraph::knuth_plass::{self, LineEdge, LineFrame};
use crate::typeset::paragraph::line::{self, LinePosition, LineRange};
use crate::typeset::paragraph::prose::Prose;
use crate::typeset::paragraph::types::{Align, Anchor, Line, Paragraph, Setting, Span};
use crate::typeset::paragraph::wide_words::word_at;
use crate::typeset::paragraph::{balance, text_width};
use crate::typeset::shaping::pieces::TextPieces;
use crate::typeset::shaping::shape::Shaper;

/// Sets a paragraph with optimum-fit line breaking. Never fails: a word wider than the measure
/// is broken, at a syllable if possible; otherwise its line is marked as torn.
pub fn set(faces: &Faces, paragraph: &Paragraph, setting: &Setting) -> Vec<Line> {
    let shaper = &mut *faces.shaper();
    let mut lines = Vec::new();
    let parts = Prose::from_spans(&paragraph.spans);
    for (index, prose) in parts.iter().enumerate() {
        let setting = Setting {
            indent: if index == 0 { setting.indent } else { Length::ZERO },
            ..setting.clone()
        };
        let pieces = TextPieces::new(faces, shaper, prose, &paragraph.spans, &paragraph.language);
        let line_ranges = line_ranges(&pieces, shaper, prose, paragraph, &setting);
        let mut indent = setting.indent;
        for range in line_ranges {
            let position = LinePosition {
                measure: setting.measure,
                indent,
                align: setting.align,
                from_right: match setting.align {
                    Align::Justified => pieces.right_to_left(),
                    _ => paragraph.language.is_right_to_left(),
                },
            };
            let mut line = line::compose(&pieces, shaper, &paragraph.spans, range, position);
            line.begins = lines.is_empty();
            line.torn = range.torn.then(|| word_at(&prose.text, range.end).into());
            for run in &mut line.runs {
                run.passage.part = u32::try_from(index).unwrap_or(u32::MAX);
            }
            lines.push(line);
            indent = Length::ZERO;
        }
        if let Some(line) = lines.last_mut().filter(|_| index + 1 < parts.len()) {
            end_with_space(line, faces);
        }
    }
    lines
}

/// Ends a line with a space that has no width, for readers of the text alone: other text follows
/// that is not a part of its last word.
pub fn end_with_space(line: &mut Line, faces: &Faces) {
    let Some(run) = line.runs.last_mut().filter(|run| !run.text.ends_with(' ')) else { return };
    let space = faces.get(run.face).and_then(|face| face.glyph(' '));
    let (Some(id), Ok(start)) = (space, u32::try_from(run.text.len())) else { return };
    let (advance, offset) = (Length::ZERO, Point::default());
    let space = Glyph { id, advance, offset, text: start..start + 1 };
    run.text = format!("{} ", run.text).into();
    // Glyphs are in visual order.
    let at = if run.right_to_left { 0 } else { run.glyphs.len() };
    run.glyphs.insert(at, space);
}

/// Sets text on a single line of its natural width, starting at the origin: a folio, a credit,
/// or a title to be measured. Forced line breaks become spaces.
pub fn line(faces: &Faces, spans: &[Span], language: &Language) -> Line {
    let spans: Vec<Span> = spans
        .iter()
        .map(|span| Span { text: span.text.replace('\n', " "), ..span.clone() })
        .collect();
    let shaper = &mut *faces.shaper();
    let prose = Prose::from_spans(&spans).into_iter().next().unwrap_or_default();
    let pieces = TextPieces::new(faces, shaper, &prose, &spans, language);
    let end = prose.text.len();
    let range = LineRange { start: 0, end, next: end, kind: None, torn: false };
    let position = LinePosition {
        measure: Length::ZERO,
        indent: Length::ZERO,
        align: Align::Start,
        from_right: false,
    };
    line::compose(&pieces, shaper, &spans, range, position)
}

/// The positions of note references.
fn note_references(prose: &Prose, spans: &[Span]) -> Vec<usize> {
    let is_reference = |span: usize| matches!(spans[span].link, Some(Anchor::Note(_)));
    let note_references = prose.parts.iter().filter(|(_, span)| is_reference(*span));
    note_references.map(|(range, _)| range.start).collect()
}

/// The ranges of the lines.
fn line_ranges(
    pieces: &TextPieces<'_>,
    shaper: &mut Shaper,
    prose: &Prose,
    paragraph: &Paragraph,
    setting: &Setting,
) -> Vec<LineRange> {
    let rules = BreakRules {
        language: &paragraph.language,
        hyphenate: setting.hyphenate,
        is_title: setting.is_title,
        abbreviations: &pieces.abbreviations,
        soft: &prose.soft,
        note_references: &note_references(prose, &paragraph.spans),
    };
    let opportunities = opportunities(&prose.text, &rules);
    let (opportunities, breaks) =
        text_width::breaks(pieces, shaper, opportunities, &rules, setting.measure, setting.indent);
    let em = paragraph.spans.iter().map(|span| span.style.size).max().unwrap_or_default();
    let frame = LineFrame {
        measure: setting.measure.to_emu(),
        em: em.to_emu(),
        is_title: setting.is_title,
    };
    let chosen = match setting.align {
        Align::Justified => knuth_plass::lines(&breaks, frame, LineEdge::Straight),
        Align::Start | Align::End => knuth_plass::lines(&breaks, frame, LineEdge::Ragged),
        Align::Balanced | Align::Centred => balance::balanced(&breaks, frame),
    };
    let mut start = 0;
    let mut line_ranges = Vec::with_capacity(chosen.len().max(1));
    for index in chosen {
        let Some(end) = index.checked_sub(1).and_then(|index| opportunities.get(index)) else {
            continue;
        };
        line_ranges.push(LineRange {
            start,
            end: end.end,
            next: end.start,
            kind: Some(end.kind),
            torn: end.is_torn(),
        });
        start = end.start;
    }
    let end = prose.text.len();
    line_ranges.push(LineRange { start, end, next: end, kind: None, torn: false });
    line_ranges
}
