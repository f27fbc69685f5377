//! The text styles of the design, scaled to the size of the pages.

use crate::model::{
    Digits, Inline, Language, TextStyle, TitleAlign, TranslationStyle, note_mark, plain_text,
    punctuation_before_mark, space_before_mark,
};
use crate::typeset::{
    Align, Anchor, Capitals, Faces, Family, Figures, Slant, Span, Stress, Style, Weight,
};

use crate::layout::Grid;

/// A text style of the design on this page.
pub(in crate::layout) fn scaled(grid: &Grid, style: &TextStyle) -> Style {
    Style {
        family: style.face,
        slant: style.slant,
        weight: style.weight,
        size: grid.size_of(style),
        tracking: style.tracking,
        capitals: style.capitals,
        figures: style.figures,
        ink: grid.style.ink_of(style),
        stress: Stress::None,
    }
}

/// Running text.
pub(in crate::layout) fn text(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.text)
}

/// The alignment of running text.
pub(in crate::layout) fn text_align(grid: &Grid) -> Align {
    if grid.style.justified { Align::Justified } else { Align::Start }
}

/// Captions, and the imprint.
pub(in crate::layout) fn caption(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.caption)
}

/// Places and dates.
pub(in crate::layout) fn place(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.place)
}

/// The number of a plate above a caption in this style.
pub(in crate::layout) fn plate_number(caption: &Style) -> Style {
    Style { size: caption.size.scale(145, 100), ..caption.clone() }
}

/// Places and dates with a caption in this style, which may be smaller than usual, or that of a
/// translation.
pub(in crate::layout) fn place_in(grid: &Grid, style: &Style) -> Style {
    let (place, caption) = (place(grid), caption(grid));
    let size = place.size.scale(style.size.to_emu(), caption.size.to_emu().max(1));
    let slant = if place.slant == caption.slant { style.slant } else { place.slant };
    let family = if place.family == caption.family { style.family } else { place.family };
    Style { family, slant, size, ..place }
}

/// Credits.
pub(in crate::layout) fn credit(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.credit)
}

/// Folios.
pub(in crate::layout) fn folio(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.folio)
}

/// The title on the title page.
pub(in crate::layout) fn title(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.title)
}

/// Chapter and essay titles.
pub(in crate::layout) fn heading(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.chapter)
}

/// Headings within an essay; those of the third level and below are italic.
pub(in crate::layout) fn subheading(grid: &Grid, level: u8) -> Style {
    if level > 2 { term(grid) } else { scaled(grid, &grid.style.text_styles.heading) }
}

/// The style of a heading or term in the text, as `style` unless its letters would look like those
/// of the text: then they are bolder, or larger if there is no bolder face. The lower of two
/// levels has the secondary colour, as both have the same face.
pub(in crate::layout) fn told_apart(
    faces: &Faces,
    grid: &Grid,
    style: Style,
    content: &[Inline],
    is_low: bool,
) -> Style {
    let (words, text) = (plain_text(content), text(grid));
    if faces.differ(&words, &style, &text) {
        return style;
    }
    let bold = Style { slant: Slant::Upright, weight: Weight::Semibold, ..style.clone() };
    let style = if faces.differ(&words, &bold, &text) {
        bold
    } else {
        let size = style.size.scale(if is_low { 11 } else { 12 }, 10);
        Style { slant: Slant::Upright, weight: text.weight, size, ..style }
    };
    if is_low { secondary(grid, &style) } else { style }
}

/// Defined terms: italic.
pub(in crate::layout) fn term(grid: &Grid) -> Style {
    Style { slant: Slant::Italic, ..text(grid) }
}

/// Notes at the foot of the page: the text's face in the size of captions.
pub(in crate::layout) fn note(grid: &Grid) -> Style {
    Style { size: grid.size_of(&grid.style.text_styles.caption), ..text(grid) }
}

/// Cells of tables: slightly smaller than the text, with tabular figures.
pub(in crate::layout) fn cell(grid: &Grid) -> Style {
    let text = text(grid);
    tabular(&Style { size: text.size.scale(9, 10), ..text })
}

/// The header cells of tables: italic.
pub(in crate::layout) fn head_cell(cell: &Style) -> Style {
    Style { slant: Slant::Italic, ..cell.clone() }
}

/// Code within text of this style: a monospaced face looks larger than others of the same size.
pub(in crate::layout) fn code(style: &Style) -> Style {
    Style {
        family: Family::Mono,
        slant: Slant::Upright,
        size: style.size.scale(92, 100),
        tracking: 0,
        capitals: Capitals::AsWritten,
        figures: Figures::Lining,
        ..style.clone()
    }
}

/// A note reference in text of this style.
fn mark(style: &Style, digits: Digits) -> Style {
    // The others are between brackets.
    let figures = if digits == Digits::LATIN { Figures::Superior } else { style.figures };
    Style {
        figures,
        capitals: Capitals::AsWritten,
        slant: Slant::Upright,
        weight: Weight::Regular,
        stress: Stress::None,
        ..style.clone()
    }
}

/// The subtitle.
pub(in crate::layout) fn subtitle(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.subtitle)
}

/// The half-title.
pub(in crate::layout) fn half_title(grid: &Grid) -> Style {
    scaled(grid, &grid.style.text_styles.half_title)
}

/// Entries of the contents; parts are the headings of the others.
pub(in crate::layout) fn listed(grid: &Grid, is_part: bool) -> Style {
    if is_part { subheading(grid, 2) } else { text(grid) }
}

/// The alignment of titles; their lines are balanced if they are flush.
pub(in crate::layout) fn title_align(grid: &Grid) -> Align {
    match grid.style.titles.align {
        TitleAlign::Start => Align::Balanced,
        TitleAlign::Centre => Align::Centred,
    }
}

/// Numbers in contents and lists.
pub(in crate::layout) fn tabular(style: &Style) -> Style {
    Style { figures: Figures::LiningTabular, ..style.clone() }
}

/// A text as a single span.
pub(in crate::layout) fn plain(text: impl Into<String>, style: Style) -> Vec<Span> {
    vec![Span::new(text, style)]
}

/// Converts inlines to spans, based on this style; notes are omitted.
pub(in crate::layout) fn spans(inlines: &[Inline], style: &Style) -> Vec<Span> {
    spans_with_notes(inlines, style, &mut |_| LinkTarget::Nothing)
}

/// Moves the marks of notes to where the language has them, beside the punctuation.
pub(in crate::layout) fn place_marks(spans: &mut Vec<Span>, language: &Language) {
    let is_mark = |span: &Span| matches!(span.link, Some(Anchor::Note(_)));
    for index in (0..spans.len()).rev() {
        if !is_mark(&spans[index]) {
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| spans.get(before));
        if let Some(before) = before.filter(|before| !is_mark(before)) {
            let space = space_before_mark(&before.text, language);
            if !space.is_empty() {
                let style = before.style.clone();
                spans.insert(index, Span::new(space, style));
                continue;
            }
        }
        let Some(next) = spans.get_mut(index + 1).filter(|next| !is_mark(next)) else { continue };
        let end = punctuation_before_mark(&next.text, language);
        if end > 0 {
            let rest = Span { text: next.text.split_off(end), ..next.clone() };
            spans.swap(index, index + 1);
            if !rest.text.is_empty() {
                spans.insert(index + 2, rest);
            }
        }
    }
}

/// What is added after a link or at a note.
pub(in crate::layout) enum LinkTarget {
    Nothing,
    /// The reference to the note with this number, in these digits.
    Mark(u32, Digits),
    Words(String),
}

/// Converts inlines to spans, based on this style, and adds what `behind` returns after links
/// and at notes.
pub(in crate::layout) fn spans_with_notes<'i>(
    inlines: &'i [Inline],
    style: &Style,
    behind: &mut dyn FnMut(&'i Inline) -> LinkTarget,
) -> Vec<Span> {
    let mut spans = Vec::new();
    collect(inlines, style, None, behind, &mut spans);
    spans
}

fn collect<'i>(
    inlines: &'i [Inline],
    style: &Style,
    link: Option<&Anchor>,
    behind: &mut dyn FnMut(&'i Inline) -> LinkTarget,
    spans: &mut Vec<Span>,
) {
    let span = |text: &str, style: Style| Span { link: link.cloned(), ..Span::new(text, style) };
    for inline in inlines {
        match inline {
            Inline::Text(text) => spans.push(span(text, style.clone())),
            Inline::Code(text) => {
                spans.push(Span { is_code: true, ..span(text, code(style)) });
            }
            Inline::LineBreak => spans.push(span("\n", style.clone())),
            Inline::Emphasis(inner) => {
                // Emphasis within italics is upright.
                let slant = match style.slant {
                    Slant::Upright => Slant::Italic,
                    Slant::Italic => Slant::Upright,
                };
                let stress = match style.stress {
                    Stress::Emphasis => Stress::None,
                    Stress::None | Stress::Strong => Stress::Emphasis,
                };
                let style = Style { slant, stress, ..style.clone() };
                // Small letters between small capitals are not spaced as those are.
                let style = match style.capitals {
                    Capitals::Small => {
                        Style { capitals: Capitals::AsWritten, tracking: 0, ..style }
                    }
                    _ => style,
                };
                collect(inner, &style, link, behind, spans);
            }
            Inline::Strong(inner) => {
                let stress = match style.stress {
                    Stress::None => Stress::Strong,
                    stress => stress,
                };
                let style = Style { weight: Weight::Semibold, stress, ..style.clone() };
                collect(inner, &style, link, behind, spans);
            }
            Inline::Link { target, content } => {
                collect(content, style, Some(&target.as_str().into()), behind, spans);
            }
            Inline::Note(_) => {}
        }
        if matches!(inline, Inline::Link { .. } | Inline::Note(_)) {
            match behind(inline) {
                LinkTarget::Nothing => {}
                LinkTarget::Mark(number, digits) => spans.push(Span {
                    link: Some(Anchor::Note(number)),
                    ..Span::new(note_mark(number, digits), mark(style, digits))
                }),
                LinkTarget::Words(text) => spans.push(span(&text, style.clone())),
            }
        }
    }
}

/// The style with the secondary colour of the design.
pub(in crate::layout) fn secondary(grid: &Grid, style: &Style) -> Style {
    Style { ink: grid.style.secondary, ..style.clone() }
}

/// The style of a translation of text in this style.
pub(in crate::layout) fn translated(grid: &Grid, style: &Style) -> Style {
    let TranslationStyle { face, slant, secondary, .. } = grid.style.translations;
    let slant = match (slant, style.slant) {
        (Slant::Italic, Slant::Italic) => Slant::Upright,
        (Slant::Italic, Slant::Upright) => Slant::Italic,
        (Slant::Upright, slant) => slant,
    };
    let ink = if secondary { grid.style.secondary } else { style.ink };
    Style { family: face.unwrap_or(style.family), slant, ink, ..style.clone() }
}
