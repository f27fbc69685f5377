//! Captions as entries of lists: shortened, and without the full stop at their end.

use crate::typeset::{Shortened, Span, final_full_stop, shortened};

/// What is read of a caption that is shortened, in bytes: more than any has room for.
const MAX_READ: usize = 1_000;

/// The ways to shorten a caption, the best first.
pub(super) fn shortened_caption(whole: &[Span]) -> Vec<Shortened> {
    let text = text(whole);
    shortened(&text[..text.floor_char_boundary(MAX_READ)])
}

/// The spans of a caption that was shortened in this way.
pub(super) fn shortened_spans(whole: &[Span], shortened: Shortened) -> Vec<Span> {
    let mut left = shortened.length;
    let mut spans = Vec::new();
    for span in whole {
        let length = span.text.len().min(left);
        if length == 0 {
            break;
        }
        left -= length;
        spans.push(Span { text: span.text[..length].to_owned(), ..span.clone() });
    }
    if let Some(last) = spans.last_mut().filter(|_| shortened.has_ellipsis()) {
        last.text.push('…');
    }
    without_full_stop(spans)
}

/// Removes the full stop at the end of an entry. All entries of a list end without one, as titles do,
/// whether they are whole or shortened.
pub(in crate::layout) fn without_full_stop(mut spans: Vec<Span>) -> Vec<Span> {
    let Some(mut at) = final_full_stop(&text(&spans)) else { return spans };
    for span in &mut spans {
        if at < span.text.len() {
            span.text.remove(at);
            break;
        }
        at -= span.text.len();
    }
    spans
}

fn text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Grid;
    use crate::layout::text::styles;
    use crate::model::{Length, PageStyle, Size};
    use crate::typeset::Style;

    fn style() -> Style {
        let trim = Size::new(Length::mm(210), Length::mm(210));
        styles::caption(&Grid::new(&PageStyle::CLASSIC, trim, None, false))
    }

    /// Spans that are divided at `|`.
    fn spans(text: &str, style: &Style) -> Vec<Span> {
        text.split('|').map(|text| Span::new(text, style.clone())).collect()
    }

    #[test]
    fn the_full_stop_of_the_last_span_with_text_is_removed() {
        let style = style();
        for (given, expected) in [
            ("Two |at daybreak|.", "Two at daybreak"),
            ("Two |“at daybreak.|”", "Two “at daybreak”"),
            ("Two. |At daybreak.", "Two. At daybreak"),
            ("Two |at daybreak?", "Two at daybreak?"),
        ] {
            assert_eq!(text(&without_full_stop(spans(given, &style))), expected);
        }
    }

    #[test]
    fn a_shortened_caption_keeps_its_styles_and_has_no_full_stop() {
        let style = style();
        let whole = spans("One |of two|. Then another sentence follows.", &style);
        let first = shortened_caption(&whole)[0];
        let short = shortened_spans(&whole, first);
        assert_eq!(text(&short), "One of two");
    }
}
