//! The human-readable form of a finding: the message, the marked line of the file, and the help.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::finding::{Finding, Severity};
use crate::model::{Edition, EditionSet};

const BOLD: Style = Style::new().bold();
const GUTTER: Style = AnsiColor::Blue.on_default().bold();

/// The file that a finding points into.
pub(super) struct SourceLine<'a> {
    /// The path for display.
    pub(super) file: String,
    /// The line that it points at, if the text is available.
    pub(super) line: Option<&'a str>,
}

/// Draws a finding and an empty line after it.
///
/// ```text
/// error[photo-missing]: there is no file photos/dusk.jpg
///   ┌ book.yaml:14:12
/// 14│   - photo: photos/dusk.jpg
///   │            ^^^^^^^^^^^^^^^ paths are relative to book.yaml
///   = help: photos/dusk.jpeg is there
/// ```
pub(super) fn draw(
    finding: &Finding,
    source: Option<&SourceLine<'_>>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style_of(finding.severity);
    let (severity, code) = (finding.severity, finding.code);
    let message = visible(&finding.message);
    writeln!(out, "{style}{severity}[{code}]{style:#}{BOLD}: {message}{BOLD:#}")?;

    let line_number = finding.at.as_ref().map_or(0, |at| at.line).to_string();
    let margin = line_number.len().max(2);
    let label = finding.label.as_deref().map(visible);
    let mut label_shown = false;
    if let (Some(at), Some(source)) = (&finding.at, source) {
        let file = visible(&source.file);
        writeln!(out, "{:margin$}{GUTTER}┌{GUTTER:#} {file}:{}:{}", "", at.line, at.column)?;
        if let Some(line) = source.line {
            let room = width.saturating_sub(margin + 2);
            let marked = mark(line, at.column, at.length, room);
            writeln!(out, "{GUTTER}{line_number:>margin$}│{GUTTER:#} {}", marked.text)?;
            for under in marked.under(label.as_deref(), room) {
                writeln!(out, "{:margin$}{GUTTER}│{GUTTER:#} {style}{under}{style:#}", "")?;
            }
            label_shown = true;
        }
    }
    let mut remark = |name: &str, text: &str| {
        // Further lines are aligned with the first.
        let indent = format!("\n{:1$}", "", margin + 4 + name.len());
        let text = text.replace('\n', &indent);
        writeln!(out, "{:margin$}{GUTTER}={GUTTER:#} {BOLD}{name}{BOLD:#}: {text}", "")
    };
    if let Some(label) = label.filter(|_| !label_shown) {
        remark("note", &label)?;
    }
    let editions = finding.editions.iter().map(Edition::name);
    let page = finding.page.as_deref().map(|page| format!("page {}", visible(page)));
    let scope: Vec<_> = if finding.editions == EditionSet::ALL {
        page.into_iter().collect()
    } else {
        editions.map(str::to_owned).chain(page).collect()
    };
    if !scope.is_empty() {
        remark("in", &scope.join(", "))?;
    }
    if let Some(help) = &finding.help {
        remark("help", &visible(help))?;
    }
    writeln!(out)
}

fn style_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => AnsiColor::Cyan.on_default().bold(),
    }
}

/// Escapes control characters and direction overrides: a file name or a caption may contain
/// escape sequences that a terminal would run.
pub(super) fn visible(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push('\n'),
            '\t' => escaped.push_str("    "),
            c if c.is_control() || is_direction_override(c) => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    escaped
}

fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A line with a marked range.
#[derive(Debug, PartialEq, Eq)]
struct Marked {
    /// The line, or the part of it around the range.
    text: String,
    /// The number of columns before the range.
    before: usize,
    /// The number of columns of the range, at least one.
    carets: usize,
}

impl Marked {
    /// The carets and the label: on one line if it fits, otherwise on two.
    fn under(&self, label: Option<&str>, room: usize) -> Vec<String> {
        let carets = format!("{:1$}{2}", "", self.before, "^".repeat(self.carets));
        let Some(label) = label else { return vec![carets] };
        let label_width = label.width();
        if self.before + self.carets + 1 + label_width <= room {
            return vec![format!("{carets} {label}")];
        }
        let indent = self.before.min(room.saturating_sub(label_width));
        vec![carets, format!("{:indent$}{label}", "")]
    }
}

/// Marks `length` characters from `column` on, and shortens the line to `room` columns around
/// them. Columns are not characters: a Han character takes two, a combining accent none.
fn mark(line: &str, column: u32, length: u32, room: usize) -> Marked {
    let pieces: Vec<String> = line.chars().map(|c| visible(c.encode_utf8(&mut [0; 4]))).collect();
    let widths: Vec<usize> = pieces.iter().map(|piece| piece.width()).collect();
    let index = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let start = index(column).saturating_sub(1).min(pieces.len());
    let end = start.saturating_add(index(length)).min(pieces.len());

    let part = window(&widths, start..end, room);
    let front = if part.start > 0 { "…" } else { "" };
    let back = if part.end < pieces.len() { "…" } else { "" };
    let before = format!("{front}{}", pieces[part.start..start].concat());
    let marked = pieces[start..end.min(part.end)].concat();
    let after = format!("{}{back}", pieces[end.min(part.end)..part.end].concat());
    Marked {
        before: before.width(),
        carets: marked.width().max(1),
        text: format!("{before}{marked}{after}").trim_end().to_owned(),
    }
}

/// The range of characters that are shown: all if they fit, otherwise those around the marked
/// range, with more before it than after it, since a key precedes its value.
fn window(widths: &[usize], marked: std::ops::Range<usize>, room: usize) -> std::ops::Range<usize> {
    if widths.iter().sum::<usize>() <= room {
        return 0..widths.len();
    }
    // An ellipsis at either end.
    let mut left_over = room.saturating_sub(2);
    let (mut from, mut to) = (marked.start, marked.start);
    let grow_right = |to: &mut usize, limit: usize, budget: &mut usize| {
        while *to < limit && widths[*to] <= *budget {
            *budget -= widths[*to];
            *to += 1;
        }
    };
    let grow_left = |from: &mut usize, budget: &mut usize| {
        while *from > 0 && widths[*from - 1] <= *budget {
            *from -= 1;
            *budget -= widths[*from];
        }
    };
    grow_right(&mut to, marked.end, &mut left_over);
    let mut front = left_over * 2 / 3;
    left_over -= front;
    grow_left(&mut from, &mut front);
    left_over += front;
    grow_right(&mut to, widths.len(), &mut left_over);
    grow_left(&mut from, &mut left_over);
    from..to
}

#[cfg(test)]
mod tests {
    use crate::finding::Code;

    use super::*;
    use crate::model::Location;

    fn render(finding: &Finding, line: &str, width: usize) -> String {
        let mut bytes = Vec::new();
        let source = SourceLine { file: "book.yaml".to_owned(), line: Some(line) };
        draw(finding, Some(&source), width, &mut bytes).expect("writing to memory succeeds");
        let text = String::from_utf8(bytes).expect("the output is UTF-8");
        anstream::adapter::strip_str(&text).to_string()
    }

    fn at(line: u32, column: u32, length: u32) -> Location {
        Location { file: "book.yaml".into(), line, column, length }
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
  ┌ book.yaml:14:12
14│   - photo: photos/dusk.jpg
  │            ^^^^^^^^^^^^^^^ paths are relative to book.yaml
  = help: photos/dusk.jpeg is there

"
        );
    }

    #[test]
    fn a_han_character_takes_two_columns() {
        let marked = mark("title: 冬の道 road", 12, 4, 80);
        assert_eq!((marked.before, marked.carets), (14, 4));
        let marked = mark("title: 冬の道", 8, 3, 80);
        assert_eq!((marked.before, marked.carets), (7, 6));
    }

    #[test]
    fn a_long_line_is_shortened_around_the_range() {
        let line = format!("{}HERE{}", "a".repeat(300), "b".repeat(300));
        let marked = mark(&line, 301, 4, 40);
        assert_eq!(marked.text.width(), 40);
        assert_eq!(marked.text.chars().skip(marked.before).take(4).collect::<String>(), "HERE");
        assert!(marked.text.starts_with('…') && marked.text.ends_with('…'));
    }

    #[test]
    fn a_range_longer_than_the_window_is_shown_from_its_start() {
        let marked = mark(&format!("key: {}", "x".repeat(500)), 6, 500, 40);
        assert!(marked.text.ends_with('…') && marked.text.width() <= 40, "{}", marked.text);
        assert!(marked.before + marked.carets < 40);
    }

    #[test]
    fn a_range_past_the_end_of_its_line_is_still_marked() {
        let marked = mark("title:", 7, 1, 80);
        assert_eq!((marked.before, marked.carets), (6, 1));
        assert_eq!(mark("", 99, 99, 80), Marked { text: String::new(), before: 0, carets: 1 });
    }

    #[test]
    fn a_tab_takes_four_columns() {
        assert_eq!(mark("\tx", 2, 1, 80), Marked { text: "    x".into(), before: 4, carets: 1 });
    }

    #[test]
    fn a_label_that_does_not_fit_gets_its_own_line() {
        let marked = mark(&format!("{}HERE", "a".repeat(30)), 31, 4, 40);
        assert_eq!(marked.under(Some("this is it"), 40).len(), 2);
        assert!(marked.under(Some("this is it"), 40).iter().all(|line| line.width() <= 40));
    }

    #[test]
    fn control_characters_are_escaped() {
        let finding = Finding::new(Code::UnknownKey, "unknown key \u{1b}[2J\u{202e}eltit");
        let text = render(&finding, "", 80);
        assert!(text.contains(r"\u{1b}[2J\u{202e}eltit"), "{text}");
    }

    #[test]
    fn further_lines_of_help_are_aligned_with_the_first() {
        let finding =
            Finding::new(Code::CropDeep, "y").help("one\ntwo").editions(Edition::Print).page("12");
        assert_eq!(
            render(&finding, "", 80),
            "note[crop-deep]: y\n  = in: print, page 12\n  = help: one\n          two\n\n"
        );
    }
}
