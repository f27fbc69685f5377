//! A text as lines, each with the line break that it has.

/// The lines of a text, numbered from 1.
#[derive(Debug, Clone)]
pub(super) struct TextLines {
    lines: Vec<String>,
    /// The line break of new lines: that of the first line.
    line_break: &'static str,
}

impl TextLines {
    pub(super) fn new(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            // A carriage return alone is a line break too (YAML 1.2.2, section 5.4).
            let end = match rest.find(['\n', '\r']) {
                Some(at) if rest[at..].starts_with("\r\n") => at + 2,
                Some(at) => at + 1,
                None => rest.len(),
            };
            let (line, after) = rest.split_at(end);
            lines.push(line.to_owned());
            rest = after;
        }
        let is_windows = lines.first().is_some_and(|line| line.ends_with("\r\n"));
        Self { lines, line_break: if is_windows { "\r\n" } else { "\n" } }
    }

    /// A line without its line break.
    pub(super) fn content(&self, line: usize) -> &str {
        self.lines[line - 1].trim_end_matches(['\n', '\r'])
    }

    /// Adds to the end of a line.
    pub(super) fn append(&mut self, line: usize, addition: &str) {
        let end = self.content(line).len();
        self.lines[line - 1].insert_str(end, addition);
    }

    /// Removes the end of a line from this byte on.
    pub(super) fn cut(&mut self, line: usize, from: usize) {
        let end = self.content(line).len();
        self.lines[line - 1].replace_range(from..end, "");
    }

    /// Inserts lines that end with `\n` after a line, or at the start after line 0.
    pub(super) fn insert_after(&mut self, line: usize, text: &str) {
        if let Some(before) = line.checked_sub(1).and_then(|index| self.lines.get_mut(index))
            && !before.ends_with(['\n', '\r'])
        {
            before.push_str(self.line_break);
        }
        let text = text.replace('\n', self.line_break);
        let new = text.split_inclusive('\n').map(str::to_owned);
        let at = line.min(self.lines.len());
        self.lines.splice(at..at, new);
    }

    /// The number of the line after the first document: of `---` or `...` after its start, or one
    /// more than there are.
    pub(super) fn document_end(&self) -> usize {
        let mut has_content = false;
        for line in 1..=self.lines.len() {
            let content = self.content(line);
            let is_marker =
                |marker| content == marker || content.starts_with(&format!("{marker} "));
            if content == "..." || has_content && is_marker("---") {
                return line;
            }
            let start = content.trim_start();
            has_content |= !start.is_empty() && !start.starts_with(['#', '%']);
        }
        self.lines.len() + 1
    }

    /// The last line before another that is not blank.
    pub(super) fn trimmed_end(&self, end: usize) -> usize {
        (1..end).rev().find(|&line| !self.content(line).trim().is_empty()).unwrap_or(0)
    }

    /// Whether a line after the start of a page belongs to it: it is not blank, and no comment in
    /// front of the next page. Pages that are comments stay where they are.
    pub(super) fn is_part_of_page(&self, line: usize, indent: usize) -> bool {
        let content = self.content(line);
        let start = content.trim_start();
        let is_shallow = content.len() - start.len() <= indent;
        let is_page = start.strip_prefix('#').is_some_and(|it| it.trim_start().starts_with("- "));
        !start.is_empty() && (!start.starts_with('#') || !is_shallow || is_page)
    }

    pub(super) fn into_text(self) -> String {
        self.lines.concat()
    }
}
