//! Front matter: the YAML or TOML before the text, which site generators and note-taking programs
//! write.

use crate::finding::{Code, Finding};

/// The front matter of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrontMatter<'a> {
    /// Where it ends, as a byte of the text.
    pub(super) end: usize,
    /// The number of its lines, with the two fences.
    lines: usize,
    title: Option<&'a str>,
}

/// The two forms of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// Between `---` and `---` or `...`, as Jekyll, Pandoc and Obsidian have it.
    Yaml,
    /// Between `+++` and `+++`, as Hugo and Zola have it.
    Toml,
}

/// The front matter that a text starts with. A `---` that starts a text can also be a rule: then
/// a blank line or prose follows it.
pub(super) fn find(text: &str) -> Option<FrontMatter<'_>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let syntax = match first.trim_end() {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        _ => return None,
    };
    let mut found = FrontMatter { end: first.len(), lines: 1, title: None };
    let mut has_key = false;
    for line in lines {
        found.end += line.len();
        found.lines += 1;
        let line = line.trim_end();
        match (syntax, line) {
            (Syntax::Yaml, "---" | "...") | (Syntax::Toml, "+++") => {
                return (has_key || found.lines == 2).then_some(found);
            }
            (Syntax::Yaml, "") if found.lines == 2 => return None,
            _ => {}
        }
        if let Some((key, value)) = key_and_value(line, syntax) {
            has_key = true;
            if key == "title" && !value.is_empty() {
                found.title = Some(value);
            }
        } else if !(is_neutral(line) || has_key && continues(line, syntax)) {
            return None;
        }
    }
    None
}

/// A blank line, a comment or the name of a TOML table.
fn is_neutral(line: &str) -> bool {
    line.is_empty() || line.starts_with(['#', '['])
}

/// Whether a line continues the value of a key above it.
fn continues(line: &str, syntax: Syntax) -> bool {
    // The lines of a long string of TOML can start with anything.
    syntax == Syntax::Toml || line.starts_with([' ', '\t', '-', ']', '}', '"', '\''])
}

/// The key and the value of a line. A key has at most three words, so a sentence with a colon is
/// none.
fn key_and_value(line: &str, syntax: Syntax) -> Option<(&str, &str)> {
    let separator = if syntax == Syntax::Yaml { ':' } else { '=' };
    let (key, value) = line.split_once(separator)?;
    let is_separate = syntax == Syntax::Toml || value.is_empty() || value.starts_with([' ', '\t']);
    let is_name = |c: char| c.is_alphanumeric() || "_-. \"'/@".contains(c);
    let key = key.trim_end();
    (is_separate
        && !key.starts_with([' ', '-'])
        && (1..=3).contains(&key.split(' ').count())
        && !key.is_empty()
        && key.chars().all(is_name))
    .then(|| (key, value.trim().trim_matches(['"', '\''])))
}

impl FrontMatter<'_> {
    /// The finding that it is not printed.
    pub(super) fn finding(&self, text: &str) -> Finding {
        let message = format!("the front matter ({} lines) is not printed", self.lines);
        let finding = Finding::new(Code::TextFrontMatter, message);
        let body = text.get(self.end..).unwrap_or_default();
        let has_heading = body.lines().any(|line| line.starts_with("# "));
        match self.title.filter(|_| !has_heading) {
            Some(title) => finding.help(format!("for its title, start the text with # {title}")),
            None => finding.help("remove it if it is not needed elsewhere"),
        }
    }
}
