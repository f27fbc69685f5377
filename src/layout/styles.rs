//! The styles of the book: the design's voices at the size of its pages.

use std::sync::Arc;

use crate::model::{Inline, TitleAlign, Voice};
use crate::typeset::{Align, Family, Figures, Slant, Span, Style, Weight};

use super::Grid;

/// A voice of the design on this page.
pub(super) fn voice(grid: &Grid, voice: &Voice) -> Style {
    Style {
        family: voice.face,
        slant: voice.slant,
        weight: voice.weight,
        size: grid.size_of(voice),
        tracking: voice.tracking,
        capitals: voice.capitals,
        figures: voice.figures,
        ink: grid.look.ink_of(voice),
    }
}

/// Running text.
pub(super) fn text(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.text)
}

/// How running text is set.
pub(super) fn text_align(grid: &Grid) -> Align {
    if grid.look.justified { Align::Justified } else { Align::Start }
}

/// Captions, and the imprint.
pub(super) fn caption(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.caption)
}

/// Credits.
pub(super) fn credit(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.credit)
}

/// Folios.
pub(super) fn folio(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.folio)
}

/// The title on the title page.
pub(super) fn title(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.title)
}

/// Chapter and essay titles.
pub(super) fn heading(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.chapter)
}

/// Headings within an essay.
pub(super) fn subheading(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.heading)
}

/// The line under the title.
pub(super) fn subtitle(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.subtitle)
}

/// The half-title.
pub(super) fn half_title(grid: &Grid) -> Style {
    voice(grid, &grid.look.voices.half_title)
}

/// How titles stand in their measure, their lines balanced where they are flush.
pub(super) fn title_align(grid: &Grid) -> Align {
    match grid.look.titles.align {
        TitleAlign::Start => Align::Balanced,
        TitleAlign::Centre => Align::Centred,
    }
}

/// Numbers in contents and lists.
pub(super) fn tabular(style: &Style) -> Style {
    Style { figures: Figures::LiningTabular, ..style.clone() }
}

/// One span of plain words.
pub(super) fn plain(words: impl Into<String>, style: Style) -> Vec<Span> {
    vec![Span { text: words.into(), style, link: None }]
}

/// The model's inlines as spans on the ground of this style.
pub(super) fn spans(inlines: &[Inline], style: &Style) -> Vec<Span> {
    let mut spans = Vec::new();
    gather(inlines, style, None, &mut spans);
    spans
}

fn gather(inlines: &[Inline], style: &Style, link: Option<&Arc<str>>, spans: &mut Vec<Span>) {
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
                gather(inner, &Style { slant, ..style.clone() }, link, spans);
            }
            Inline::Strong(inner) => {
                gather(inner, &Style { weight: Weight::Semibold, ..style.clone() }, link, spans);
            }
            Inline::Link { target, content } => {
                gather(content, style, Some(&Arc::from(target.as_str())), spans);
            }
        }
    }
}

/// The same in the ink of what is not read first.
pub(super) fn secondary(grid: &Grid, style: &Style) -> Style {
    Style { ink: grid.look.secondary, ..style.clone() }
}
