//! Marks of note-taking programs and site generators, which are not Markdown and are printed.

use std::ops::Range;

use crate::finding::{Code, Finding};

/// A mark with its end, and what it is.
struct Mark {
    start: &'static str,
    end: &'static str,
    what: &'static str,
    help: &'static str,
}

const MARKS: [Mark; 7] = [
    Mark {
        start: "%%",
        end: "%%",
        what: "a comment between %% is not supported",
        help: "delete it, or write <!-- … -->, which is not printed",
    },
    Mark {
        start: "[[",
        end: "]]",
        what: "a link between [[ and ]] is not supported",
        help: "write the words only, or ![…](file.jpg) for a picture",
    },
    Mark {
        start: "{{<",
        end: ">}}",
        what: "a shortcode between {{< and >}} is not supported",
        help: "write Markdown instead",
    },
    Mark {
        start: "{{%",
        end: "%}}",
        what: "a shortcode between {{% and %}} is not supported",
        help: "write Markdown instead",
    },
    Mark {
        start: "{%",
        end: "%}",
        what: "a tag between {% and %} is not supported",
        help: "write Markdown instead",
    },
    Mark {
        start: "{:",
        end: "}",
        what: "a list of attributes between {: and } is not supported",
        help: "delete it",
    },
    Mark {
        start: "{.",
        end: "}",
        what: "a list of attributes between { and } is not supported",
        help: "delete it",
    },
];

/// The marks in a text from this byte on, each with a finding; one for each line.
pub(super) fn find(text: &str, start: usize) -> Vec<(Range<usize>, Finding)> {
    let mut found = Vec::new();
    let mut offset = start;
    let mut fence: Option<&str> = None;
    for line in text[start..].split_inclusive('\n') {
        let here = offset;
        offset += line.len();
        let content = line.trim();
        let opening = ["```", "~~~"].into_iter().find(|fence| content.starts_with(fence));
        match (fence, opening) {
            (None, Some(opening)) => fence = Some(opening),
            (Some(open), Some(closing)) if open == closing => fence = None,
            (None, None) if !line.starts_with("    ") && !line.starts_with('\t') => {
                if let Some((range, finding)) = in_line(line) {
                    found.push((range.start + here..range.end + here, finding));
                }
            }
            _ => {}
        }
    }
    found
}

fn in_line(line: &str) -> Option<(Range<usize>, Finding)> {
    if line.starts_with(":::") {
        let message = "a block between ::: is not supported, and these marks are printed";
        let finding = Finding::new(Code::MarkdownUnsupported, message).help("delete the line");
        return Some((0..line.trim_end().len(), finding));
    }
    MARKS.iter().find_map(|mark| {
        let start = line.find(mark.start)?;
        let inside = start + mark.start.len();
        let end = inside + line[inside..].find(mark.end)? + mark.end.len();
        let is_code = line[..start].bytes().filter(|byte| *byte == b'`').count() % 2 == 1;
        let is_empty = line[inside..].starts_with(mark.end);
        let message = format!("{}, and is printed", mark.what);
        let finding = Finding::new(Code::MarkdownUnsupported, message).help(mark.help);
        (!is_code && !is_empty).then_some((start..end, finding))
    })
}
