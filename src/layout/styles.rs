//! The styles of the book: three sizes of text and one of display, regular weight
//! throughout; contrast comes from space and size.

use crate::model::{Ink, Inline};
use crate::typeset::{Anchor, Capitals, Family, Figures, Slant, Span, Style, Weight};

use super::Grid;

/// Running text, 10/14.5.
pub(super) fn text(grid: &Grid) -> Style {
    Style {
        family: Family::Serif,
        slant: Slant::Upright,
        weight: Weight::Regular,
        size: grid.size(10_000),
        tracking: 0,
        capitals: Capitals::SmallForAbbreviations,
        figures: Figures::OldStyle,
        ink: Ink::BLACK,
    }
}

/// Captions, 8/11.5.
pub(super) fn caption(grid: &Grid) -> Style {
    Style {
        family: Family::Sans,
        size: grid.size(8_000),
        capitals: Capitals::AsWritten,
        ..text(grid)
    }
}

/// Credits, 7 pt small capitals.
pub(super) fn credit(grid: &Grid) -> Style {
    Style {
        family: Family::Sans,
        size: grid.size(7_000),
        tracking: 50,
        capitals: Capitals::Small,
        ink: Ink::SECONDARY,
        ..text(grid)
    }
}

/// Folios, 7 pt.
pub(super) fn folio(grid: &Grid) -> Style {
    Style { size: grid.size(7_000), capitals: Capitals::AsWritten, ..text(grid) }
}

/// The title on the title page, 30 pt.
pub(super) fn title(grid: &Grid) -> Style {
    Style { size: grid.size(30_000), capitals: Capitals::AsWritten, ..text(grid) }
}

/// Chapter and essay titles, 20 pt.
pub(super) fn heading(grid: &Grid) -> Style {
    Style { size: grid.size(20_000), capitals: Capitals::AsWritten, ..text(grid) }
}

/// Headings within an essay, in the size of the text: semibold, and italic below those.
pub(super) fn subheading(grid: &Grid, level: u8) -> Style {
    if level > 2 {
        return term(grid);
    }
    Style { weight: Weight::Semibold, ..text(grid) }
}

/// Words that are explained: italic.
pub(super) fn term(grid: &Grid) -> Style {
    Style { slant: Slant::Italic, ..text(grid) }
}

/// Notes at the foot of the page, 8/11.5.
pub(super) fn note(grid: &Grid) -> Style {
    Style { size: grid.size(8_000), ..text(grid) }
}

/// Cells of tables, 9 pt, with figures that stand under each other.
pub(super) fn cell(grid: &Grid) -> Style {
    tabular(&Style { size: grid.size(9_000), ..text(grid) })
}

/// The headings of a table's columns: italic.
pub(super) fn head_cell(cell: &Style) -> Style {
    Style { slant: Slant::Italic, ..cell.clone() }
}

/// The mark of a note, in the words that it follows.
fn mark(style: &Style) -> Style {
    Style {
        figures: Figures::Superior,
        capitals: Capitals::AsWritten,
        slant: Slant::Upright,
        weight: Weight::Regular,
        ..style.clone()
    }
}

/// The line under the title, and other lines in its manner.
pub(super) fn subtitle(grid: &Grid) -> Style {
    Style {
        slant: Slant::Italic,
        size: grid.size(13_000),
        capitals: Capitals::AsWritten,
        ..text(grid)
    }
}

/// The half-title: letter-spaced capitals.
pub(super) fn half_title(grid: &Grid) -> Style {
    Style { tracking: 80, capitals: Capitals::Full, size: grid.size(9_000), ..text(grid) }
}

/// Numbers in contents and lists.
pub(super) fn tabular(style: &Style) -> Style {
    Style { figures: Figures::LiningTabular, ..style.clone() }
}

/// One span of plain words.
pub(super) fn plain(words: impl Into<String>, style: Style) -> Vec<Span> {
    vec![Span { text: words.into(), style, link: None }]
}

/// The model's inlines as spans on the ground of this style; notes are left out.
pub(super) fn spans(inlines: &[Inline], style: &Style) -> Vec<Span> {
    marked(inlines, style, &mut |_| Behind::Nothing)
}

/// What stands behind a link, or where a note is referred to.
pub(super) enum Behind {
    Nothing,
    /// The mark of the note with this number.
    Mark(u32),
    Words(String),
}

/// The model's inlines as spans on the ground of this style, with what stands behind links
/// and at notes.
pub(super) fn marked<'i>(
    inlines: &'i [Inline],
    style: &Style,
    behind: &mut dyn FnMut(&'i Inline) -> Behind,
) -> Vec<Span> {
    let mut spans = Vec::new();
    gather(inlines, style, None, behind, &mut spans);
    spans
}

fn gather<'i>(
    inlines: &'i [Inline],
    style: &Style,
    link: Option<&Anchor>,
    behind: &mut dyn FnMut(&'i Inline) -> Behind,
    spans: &mut Vec<Span>,
) {
    let span =
        |text: &str, style: Style| Span { text: text.to_owned(), style, link: link.cloned() };
    for inline in inlines {
        match inline {
            Inline::Text(words) => spans.push(span(words, style.clone())),
            Inline::Code(words) => {
                spans.push(span(words, Style { family: Family::Sans, ..style.clone() }));
            }
            Inline::LineBreak => spans.push(span("\n", style.clone())),
            Inline::Emphasis(inner) => {
                // Emphasis within italics stands upright again.
                let slant = match style.slant {
                    Slant::Upright => Slant::Italic,
                    Slant::Italic => Slant::Upright,
                };
                gather(inner, &Style { slant, ..style.clone() }, link, behind, spans);
            }
            Inline::Strong(inner) => {
                let style = Style { weight: Weight::Semibold, ..style.clone() };
                gather(inner, &style, link, behind, spans);
            }
            Inline::Link { target, content } => {
                gather(content, style, Some(&target.as_str().into()), behind, spans);
            }
            Inline::Note(_) => {}
        }
        if matches!(inline, Inline::Link { .. } | Inline::Note(_)) {
            match behind(inline) {
                Behind::Nothing => {}
                Behind::Mark(number) => spans.push(Span {
                    text: number.to_string(),
                    style: mark(style),
                    link: Some(Anchor::Note(number)),
                }),
                Behind::Words(words) => spans.push(span(&words, style.clone())),
            }
        }
    }
}

/// The same in the ink of what is not read first.
pub(super) fn secondary(style: &Style) -> Style {
    Style { ink: Ink::SECONDARY, ..style.clone() }
}
