//! A small part of Rust's grammar: which paths a source file names.

use std::collections::{BTreeMap, BTreeSet};

/// The tokens of a source file that matter to the architecture.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Its path below `src`, with `/`.
    pub(super) name: String,
    /// Every path of two names or more, and every import.
    pub(super) paths: Vec<NamedPath>,
    /// The modules that it declares.
    pub(super) modules: BTreeSet<String>,
    /// What it imports, by the name that the import has in this file.
    pub(super) imports: BTreeMap<String, NamedPath>,
    /// The number of lines.
    pub(super) lines: usize,
}

/// A path, and the number of inline modules around it.
#[derive(Debug, Clone)]
pub(super) struct NamedPath {
    pub(super) names: Vec<String>,
    depth: usize,
}

impl Source {
    pub(super) fn new(name: &str, text: &str) -> Self {
        let Paths { all, modules, imports } = paths(text);
        let lines = text.lines().count();
        Self { name: name.to_owned(), paths: all, modules, imports, lines }
    }

    /// The folder of `src` that it belongs to; `None` for the crate's root and the binary.
    pub(super) fn folder(&self) -> Option<&str> {
        let first = self.name.split('/').next()?;
        let folder = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(folder, "lib" | "main")).then_some(folder)
    }

    /// The folders of `src` that its paths lead to, with its own.
    pub(super) fn folders_named(&self) -> BTreeSet<String> {
        let rooted = |path: &&NamedPath| matches!(path.names[0].as_str(), "crate" | "super");
        let absolute = self.paths.iter().filter(rooted).filter_map(|path| self.absolute(path));
        absolute.filter_map(|names| names.into_iter().next()).collect()
    }

    /// The path of its module from the crate's root: `epub/mod.rs` is `[epub]`.
    pub(super) fn module(&self) -> Vec<String> {
        let name = self.name.strip_suffix(".rs").unwrap_or(&self.name);
        let name = name.strip_suffix("/mod").unwrap_or(name);
        if matches!(name, "lib" | "main") {
            return Vec::new();
        }
        name.split('/').map(str::to_owned).collect()
    }

    /// A path of this file from the crate's root; `None` when it leads to another crate or
    /// starts at a name that is defined here.
    pub(super) fn absolute(&self, path: &NamedPath) -> Option<Vec<String>> {
        let (first, rest) = path.names.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([self.module().as_slice(), rest].concat()),
            "super" => {
                let is_super = |name: &&String| name.as_str() == "super";
                let ups = path.names.iter().take_while(is_super).count();
                let module = self.module();
                let kept = module.len().checked_sub(ups.saturating_sub(path.depth))?;
                Some([&module[..kept], &path.names[ups..]].concat())
            }
            name if self.modules.contains(name) => {
                Some([self.module().as_slice(), &path.names].concat())
            }
            name => {
                let import = self.imports.get(name)?;
                // `use time::Duration` and `use std::time` may be in one file.
                let other =
                    import.names.first()? != name && !self.imports.contains_key(&import.names[0]);
                let absolute = other.then(|| self.absolute(import))??;
                Some([absolute.as_slice(), rest].concat())
            }
        }
    }
}

/// The names in a source text.
#[derive(Debug, Default)]
pub(super) struct Paths {
    pub(super) all: Vec<NamedPath>,
    pub(super) modules: BTreeSet<String>,
    pub(super) imports: BTreeMap<String, NamedPath>,
}

/// The paths, modules and imports of a text. Modules under `#[cfg(test)]` are left out.
pub(super) fn paths(text: &str) -> Paths {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, found: Paths::default(), depth: 0 };
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
                let name = reader.peek(1).map(str::to_owned);
                let is_inline = reader.peek(2) == Some("{");
                reader.at += 2;
                if is_inline {
                    reader.at += 1;
                    reader.depth += 1;
                    braces.push(true);
                } else {
                    reader.found.modules.extend(name);
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
    reader.found
}

struct Reader<'a> {
    tokens: &'a [String],
    at: usize,
    found: Paths,
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
        let is_next = self.peek(0) == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn add(&mut self, names: Vec<String>) {
        self.found.all.push(NamedPath { names, depth: self.depth });
    }

    /// A tree of imports.
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
        if let Some(local) = local.cloned() {
            let path = NamedPath { names: names.clone(), depth: self.depth };
            self.found.imports.insert(local, path);
        }
        self.add(names);
    }

    /// A path in an expression or a type. A single name is not a path.
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

    /// Skips everything up to the end of the next block.
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

/// Names, `::` and single characters; comments, strings and lifetimes are left out.
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
            // The b belongs to the literal.
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

/// An apostrophe starts a character or a lifetime.
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
