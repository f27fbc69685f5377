//! The human-readable form of a finding: the message, the marked line of the file, and the help.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::finding::{Finding, Severity};
use crate::model::{Edition, EditionSet};

use crate::cli::text::visible;

/// The file that a finding points into.
pub(super) struct SourceLine<'a> {
    /// The path for display.
    pub(super) file: String,
    /// The line that it points at, if the text is available.
    pub(super) line: Option<&'a str>,
}

/// Draws a finding, the other places of the same cause, and an empty line.
///
/// ```text
/// error[photo-missing]: there is no file photos/dusk.jpg
///    ╭▸ book.yaml:14:12
///    │
/// 14 │   - photo: photos/dusk.jpg
///    │            ━━━━━━━━━━━━━━━ paths are relative to book.yaml
///    │
///    ╰ help: photos/dusk.jpeg is there
/// ```
pub(super) fn draw(
    finding: &Finding,
    source: Option<&SourceLine<'_>>,
    also: &[String],
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = level(finding.severity).primary_title(visible(&finding.message));
    let mut group = Group::with_title(title.id(finding.code.to_string()));
    let label = finding.label.as_deref().map(visible);
    let mut label_shown = false;
    if let (Some(at), Some(source)) = (&finding.at, source) {
        let path = visible(&source.file);
        let line_number = usize::try_from(at.line).unwrap_or(usize::MAX);
        group = match source.line {
            Some(line) => {
                label_shown = true;
                let mark = AnnotationKind::Primary.span(byte_range(line, at.column, at.length));
                let snippet = Snippet::source(line).line_start(line_number).path(path);
                group.element(snippet.annotation(mark.label(label.clone())))
            }
            None => group.element(
                Origin::path(path)
                    .line(line_number)
                    .char_column(usize::try_from(at.column).unwrap_or(usize::MAX)),
            ),
        };
    }
    if let Some(label) = label.filter(|_| !label_shown) {
        group = group.element(Level::NOTE.message(label));
    }
    if let Some(scope) = scope(finding) {
        group = group.element(Level::NOTE.with_name("in").message(scope));
    }
    group = group
        .elements(also.iter().map(|place| Level::NOTE.with_name("also").message(visible(place))));
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width);
    writeln!(out, "{}\n", renderer.render(&[group]))
}

/// The editions, unless all are concerned, and the page: `print, page 12`.
fn scope(finding: &Finding) -> Option<String> {
    let editions = finding.editions.iter().filter(|_| finding.editions != EditionSet::ALL);
    let page = finding.page.as_deref().map(|page| format!("page {}", visible(page)));
    let parts: Vec<String> = editions.map(Edition::name).map(str::to_owned).chain(page).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The bytes of `length` characters from `column` (from 1) on; empty past the end of the line.
fn byte_range(line: &str, column: u32, length: u32) -> Range<usize> {
    let index = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let first = index(column).saturating_sub(1);
    let byte =
        |character: usize| line.char_indices().nth(character).map_or(line.len(), |(byte, _)| byte);
    byte(first)..byte(first.saturating_add(index(length)))
}

#[cfg(test)]
mod tests {
    use crate::finding::Code;
    use crate::model::Location;

    use super::*;

    fn render(finding: &Finding, line: &str, width: usize) -> String {
        anstream::adapter::strip_str(&render_styled(finding, line, width)).to_string()
    }

    fn render_styled(finding: &Finding, line: &str, width: usize) -> String {
        let mut bytes = Vec::new();
        let source = SourceLine { file: "book.yaml".to_owned(), line: Some(line) };
        draw(finding, Some(&source), &[], width, &mut bytes).expect("writing to memory succeeds");
        String::from_utf8(bytes).expect("the output is UTF-8")
    }

    fn at(line: u32, column: u32, length: u32) -> Location {
        Location { file: "book.yaml".into(), line, column, length }
    }

    fn missing(at: Location) -> Finding {
        Finding::new(Code::PhotoMissing, "there is no file").at(at)
    }

    /// The column at which the mark of a one-line snippet starts, and its width, in the columns
    /// of a terminal.
    fn mark(text: &str) -> (usize, usize) {
        let line = text.lines().find(|line| line.contains('━')).expect("there is a mark");
        let before: String = line.chars().take_while(|c| *c != '━').collect();
        (before.chars().count() - "12 │ ".chars().count(), line.matches('━').count())
    }

    #[test]
    fn the_range_is_marked_under_its_line() {
        let finding = Finding::new(Code::PhotoMissing, "there is no file photos/dusk.jpg")
            .at(at(14, 12, 15))
            .label("paths are relative to book.yaml")
            .help("photos/dusk.jpeg is there");
        assert_eq!(
            render(&finding, "  - photo: photos/dusk.jpg", 100),
            "\
error[photo-missing]: there is no file photos/dusk.jpg
   ╭▸ book.yaml:14:12
   │
14 │   - photo: photos/dusk.jpg
   │            ━━━━━━━━━━━━━━━ paths are relative to book.yaml
   │
   ╰ help: photos/dusk.jpeg is there

"
        );
    }

    #[test]
    fn a_han_character_takes_two_columns() {
        let text = render(&missing(at(14, 12, 4)), "title: 冬の道 road", 80);
        assert_eq!(mark(&text), (14, 4), "{text}");
        let text = render(&missing(at(14, 8, 3)), "title: 冬の道", 80);
        assert_eq!(mark(&text), (7, 6), "{text}");
    }

    #[test]
    fn a_long_line_is_shortened_around_the_range() {
        let line = format!("{}HERE{}", "a".repeat(300), "b".repeat(300));
        let text = render(&missing(at(14, 301, 4)), &line, 60);
        let shown = text.lines().find(|line| line.contains("HERE")).expect("the range is shown");
        assert!(shown.chars().count() <= 60, "{text}");
        let (before, width) = mark(&text);
        let shown: String = shown.chars().skip(5 + before).take(width).collect();
        assert_eq!(shown, "HERE", "{text}");
    }

    #[test]
    fn a_range_past_the_end_of_its_line_is_still_marked() {
        assert_eq!(mark(&render(&missing(at(14, 7, 1)), "title:", 80)), (6, 1));
        assert_eq!(byte_range("", 99, 99), 0..0);
        assert_eq!(mark(&render(&missing(at(14, 99, 99)), "", 80)), (0, 1));
    }

    #[test]
    fn a_tab_takes_four_columns() {
        assert_eq!(mark(&render(&missing(at(14, 2, 1)), "\tx", 80)), (4, 1));
    }

    #[test]
    fn control_characters_are_escaped() {
        let finding = Finding::new(Code::UnknownKey, "unknown key \u{1b}[2J\u{202e}eltit");
        let text = render_styled(&finding.at(at(14, 1, 1)), "\u{1b}[2J: x\u{202e}y", 80);
        assert!(text.contains(r"\u{1b}[2J\u{202e}eltit"), "{text}");
        assert!(!text.contains("\u{1b}[2J") && !text.contains('\u{202e}'), "{text}");
    }

    #[test]
    fn the_scope_and_each_line_of_help_follow_the_message() {
        let finding =
            Finding::new(Code::CropDeep, "y").help("one\ntwo").editions(Edition::Print).page("12");
        assert_eq!(
            render(&finding, "", 80),
            "\
note[crop-deep]: y
 │
 ├ in: print, page 12
 ╰ help: one
         two

"
        );
    }
}
