//! Just enough of Rust's grammar to see which paths a source names.

use std::collections::BTreeSet;

/// A source file, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// From `src`, with `/`.
    pub(super) name: String,
    /// Every path of two names or more, and every import.
    pub(super) paths: Vec<Named>,
    /// The names that it declares as modules or imports from somewhere.
    pub(super) locals: BTreeSet<String>,
    /// How many lines it has.
    pub(super) lines: usize,
}

/// A path, and how many modules within the file stand around it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) names: Vec<String>,
    depth: usize,
}

impl Source {
    pub(super) fn new(name: &str, text: &str) -> Self {
        let (paths, locals) = paths(text);
        Self { name: name.to_owned(), paths, locals, lines: text.lines().count() }
    }

    /// The room it stands in; the crate's root and the binary stand in none.
    pub(super) fn room(&self) -> Option<&str> {
        let first = self.name.split('/').next()?;
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(room, "lib" | "main")).then_some(room)
    }

    /// The rooms that its paths lead into, its own among them.
    pub(super) fn rooms_named(&self) -> BTreeSet<String> {
        self.paths.iter().filter_map(|path| path.room(self.depth())).collect()
    }

    /// How many modules the file is below the crate's root.
    fn depth(&self) -> usize {
        let parts = self.name.split('/').count();
        if self.name.ends_with("/mod.rs") { parts - 1 } else { parts }
    }
}

impl Named {
    fn room(&self, depth_of_file: usize) -> Option<String> {
        let mut names = self.names.iter().map(String::as_str);
        match self.names[0].as_str() {
            "crate" => names.nth(1),
            "super" => {
                let ups = self.names.iter().take_while(|name| *name == "super").count();
                (ups == depth_of_file + self.depth).then(|| names.nth(ups))?
            }
            _ => None,
        }
        .map(str::to_owned)
    }
}

/// The paths that a text names, and the local names that hide a crate of that name. What stands in a module
/// under `#[cfg(test)]` is left out.
pub(super) fn paths(text: &str) -> (Vec<Named>, BTreeSet<String>) {
    let tokens = tokens(text);
    let mut reader =
        Reader { tokens: &tokens, at: 0, found: Vec::new(), locals: BTreeSet::new(), depth: 0 };
    // For every open brace, whether it is a module's.
    let mut braces: Vec<bool> = Vec::new();
    while let Some(token) = reader.peek(0) {
        match token {
            "#" if reader.follows(&["#", "[", "cfg", "(", "test", ")", "]"]) => {
                while reader.follows(&["#", "["]) {
                    reader.skip_block("[", "]");
                }
                if reader.follows(&["mod"]) {
                    reader.skip_block("{", "}");
                }
            }
            "use" => {
                reader.at += 1;
                reader.import(&[]);
            }
            "mod" if reader.peek(1).is_some_and(is_name) => {
                reader.locals.extend(reader.peek(1).map(str::to_owned));
                let is_inline = reader.peek(2) == Some("{");
                reader.at += 2;
                if is_inline {
                    reader.at += 1;
                    reader.depth += 1;
                    braces.push(true);
                }
            }
            "{" => {
                braces.push(false);
                reader.at += 1;
            }
            "}" => {
                if braces.pop() == Some(true) {
                    reader.depth -= 1;
                }
                reader.at += 1;
            }
            name if is_name(name) => reader.path(),
            _ => reader.at += 1,
        }
    }
    (reader.found, reader.locals)
}

struct Reader<'a> {
    tokens: &'a [String],
    at: usize,
    found: Vec<Named>,
    locals: BTreeSet<String>,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.tokens.get(self.at + ahead).map(String::as_str)
    }

    fn follows(&self, tokens: &[&str]) -> bool {
        tokens.iter().enumerate().all(|(ahead, token)| self.peek(ahead) == Some(token))
    }

    fn take(&mut self, token: &str) -> bool {
        let there = self.peek(0) == Some(token);
        self.at += usize::from(there);
        there
    }

    fn add(&mut self, names: Vec<String>) {
        self.found.push(Named { names, depth: self.depth });
    }

    /// A tree of imports, up to its end.
    fn import(&mut self, stem: &[String]) {
        self.take("::");
        let mut names = stem.to_vec();
        loop {
            match self.peek(0) {
                Some("{") => {
                    self.at += 1;
                    while !self.take("}") {
                        self.import(&names);
                        if !self.take(",") && self.peek(0) != Some("}") {
                            return;
                        }
                    }
                    return;
                }
                Some("self") if !names.is_empty() => self.at += 1,
                Some("*") => self.at += 1,
                Some(name) if is_name(name) => {
                    names.push(name.to_owned());
                    self.at += 1;
                }
                _ => break,
            }
            if !self.take("::") {
                break;
            }
        }
        let local = if self.take("as") {
            self.at += 1;
            self.tokens.get(self.at - 1)
        } else {
            names.last().filter(|_| names.len() > 1)
        };
        self.locals.extend(local.cloned());
        self.add(names);
    }

    /// A path in an expression or a type; a name alone is none.
    fn path(&mut self) {
        let mut names = Vec::new();
        while let Some(name) = self.peek(0).filter(|name| is_name(name)) {
            names.push(name.to_owned());
            self.at += 1;
            if !self.take("::") {
                break;
            }
        }
        if names.len() > 1 {
            self.add(names);
        }
    }

    /// Goes past the block that comes next, and what stands before it.
    fn skip_block(&mut self, opening: &str, closing: &str) {
        let mut open = 0_usize;
        while let Some(token) = self.peek(0) {
            self.at += 1;
            if token == opening {
                open += 1;
            } else if token == closing {
                open = open.saturating_sub(1);
                if open == 0 {
                    return;
                }
            }
        }
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c == '_' || c.is_alphabetic())
}

/// Names, `::`, and every other character for itself; no comments, strings or lifetimes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = if rest.starts_with("//") {
            rest.find('\n').map_or("", |end| &rest[end..])
        } else if rest.starts_with("/*") {
            after_comment(rest)
        } else if let Some(after) = after_raw_string(rest) {
            after
        } else if c == '"' {
            after_quoted(rest, '"')
        } else if c == '\'' {
            after_tick(rest)
        } else if is_name(&rest[..c.len_utf8()]) {
            let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
            // The b of b"…" and b'…' is a part of them.
            if rest[end..].starts_with(['"', '\'']) && matches!(&rest[..end], "b" | "c") {
                &rest[end..]
            } else {
                tokens.push(rest[..end].to_owned());
                &rest[end..]
            }
        } else if let Some(after) = rest.strip_prefix("::") {
            tokens.push("::".to_owned());
            after
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            &rest[c.len_utf8()..]
        };
    }
    tokens
}

/// Block comments nest.
fn after_comment(text: &str) -> &str {
    let mut rest = &text[2..];
    let mut open = 1;
    while open > 0 {
        match (rest.find("/*"), rest.find("*/")) {
            (Some(start), Some(end)) if start < end => {
                open += 1;
                rest = &rest[start + 2..];
            }
            (_, Some(end)) => {
                open -= 1;
                rest = &rest[end + 2..];
            }
            (_, None) => return "",
        }
    }
    rest
}

fn after_raw_string(text: &str) -> Option<&str> {
    let body = ["r", "br", "cr"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
    let hashes = body.len() - body.trim_start_matches('#').len();
    let body = body[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&close).map_or("", |end| &body[end + close.len()..]))
}

fn after_quoted(text: &str, quote: char) -> &str {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' {
            characters.next();
        } else if c == quote {
            return &text[at + 1..];
        }
    }
    ""
}

/// A tick opens a character or a lifetime.
fn after_tick(text: &str) -> &str {
    let mut characters = text[1..].chars();
    match (characters.next(), characters.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => after_quoted(text, '\''),
        _ => {
            let name = &text[1..];
            let end = name.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(name.len());
            &name[end..]
        }
    }
}
