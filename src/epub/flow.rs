//! Blocks and inlines to XHTML.

use crate::model::{Block, Inline};

use super::breaks::PageBreak;
use super::xml::{Xml, clean};

/// Running text on its way into a file, with the page breaks that fall into it.
pub(super) struct Flow<'a> {
    xml: &'a mut Xml,
    breaks: &'a [PageBreak],
    /// How many characters were written, white space not counted.
    seen: usize,
    /// The level of the last heading.
    level: u8,
    /// How much deeper headings are than the text says: 1 under a chapter's title.
    deeper: u8,
}

impl<'a> Flow<'a> {
    /// Text under headings of `level` (0 at the start of a file).
    pub(super) fn new(xml: &'a mut Xml, breaks: &'a [PageBreak], level: u8) -> Self {
        Self { xml, breaks, seen: 0, level, deeper: level }
    }

    /// A title with its words, which count as the first of the file's.
    pub(super) fn title(&mut self, content: &[Inline]) {
        self.break_pages();
        self.xml.open("h1", &[]);
        self.inlines(content);
        self.xml.close("h1");
        self.xml.line();
    }

    /// Blocks, each on a line of its own.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// The breaks that are left: pages whose beginning was not found.
    pub(super) fn finish(mut self) {
        self.seen = usize::MAX;
        self.break_pages();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, content } => {
                // A level may be left on the way up, but not on the way down (WCAG 2.1, H42).
                self.level = level.saturating_add(self.deeper).clamp(1, (self.level + 1).min(6));
                let name = format!("h{}", self.level);
                self.inside(&name, content);
            }
            Block::Paragraph(content) => self.inside("p", content),
            Block::Quote(inner) => {
                self.around("blockquote", &[], |flow| flow.blocks(inner));
            }
            Block::List { start, items } => {
                let number = start.filter(|start| *start != 1).map(|start| start.to_string());
                let attributes: Vec<_> =
                    number.iter().map(|number| ("start", number.as_str())).collect();
                let name = if start.is_some() { "ol" } else { "ul" };
                if !items.is_empty() {
                    self.around(name, &attributes, |flow| {
                        for item in items {
                            flow.around("li", &[], |flow| flow.blocks(item));
                        }
                    });
                }
            }
            Block::Break => {
                self.xml.empty("hr", &[]);
                self.xml.line();
            }
            Block::Code(text) => {
                self.xml.open("pre", &[]);
                self.xml.open("code", &[]);
                self.text(text);
                self.xml.close("code");
                self.xml.close("pre");
                self.xml.line();
            }
        }
    }

    fn inside(&mut self, name: &str, content: &[Inline]) {
        if content.is_empty() {
            return;
        }
        self.xml.open(name, &[]);
        self.inlines(content);
        self.xml.close(name);
        self.xml.line();
    }

    fn around(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.xml.open(name, attributes);
        self.xml.line();
        content(self);
        self.xml.close(name);
        self.xml.line();
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.text(words),
                Inline::Emphasis(inner) => self.wrapped("em", &[], inner),
                Inline::Strong(inner) => self.wrapped("strong", &[], inner),
                Inline::Code(words) => {
                    self.xml.open("code", &[]);
                    self.text(words);
                    self.xml.close("code");
                }
                Inline::Link { target, content } => match address(target) {
                    Some(address) => self.wrapped("a", &[("href", &address)], content),
                    None => self.inlines(content),
                },
                Inline::LineBreak => self.xml.empty("br", &[]),
            }
        }
    }

    fn wrapped(&mut self, name: &str, attributes: &[(&str, &str)], inner: &[Inline]) {
        self.xml.open(name, attributes);
        self.inlines(inner);
        self.xml.close(name);
    }

    /// Words, divided where a printed page begins.
    fn text(&mut self, words: &str) {
        let mut written = 0;
        for (at, _) in words.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if self.breaks.first().is_some_and(|next| next.after <= self.seen) {
                self.xml.text(&words[written..at]);
                written = at;
                self.break_pages();
            }
            self.seen += 1;
        }
        self.xml.text(&words[written..]);
    }

    fn break_pages(&mut self) {
        while let Some((next, rest)) = self.breaks.split_first() {
            if next.after > self.seen {
                break;
            }
            self.breaks = rest;
            page_break(self.xml, next);
        }
    }
}

/// Inlines without any page break, as a caption holds them.
pub(super) fn inlines(xml: &mut Xml, content: &[Inline]) {
    Flow::new(xml, &[], 0).inlines(content);
}

/// The mark of a page's beginning.
pub(super) fn page_break(xml: &mut Xml, page: &PageBreak) {
    xml.empty(
        "span",
        &[
            ("id", &page.id()),
            ("class", "pagebreak"),
            ("epub:type", "pagebreak"),
            ("role", "doc-pagebreak"),
            ("aria-label", &page.label),
        ],
    );
}

/// The address of a link, if it leads out of the book; what a URL cannot hold
/// (RFC 3986, 2) is percent-encoded.
pub(super) fn address(target: &str) -> Option<String> {
    let target = clean(target.trim()).into_owned();
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    let rest = &target[scheme.len() + 1..];
    match scheme.as_str() {
        "http" | "https" if rest.strip_prefix("//").is_some_and(names_a_host) => {}
        "mailto" if !rest.is_empty() => {}
        _ => return None,
    }
    let mut address = String::with_capacity(target.len());
    let mut in_fragment = false;
    for (at, c) in target.char_indices() {
        let second_hash = c == '#' && in_fragment;
        in_fragment |= c == '#';
        let follows_as_hex = || {
            let digits = target.as_bytes().get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let is_foreign = c.is_whitespace() || "\"<>\\^`{|}[]".contains(c);
        if is_foreign || second_hash || (c == '%' && !follows_as_hex()) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    address
                        .extend(char::from_digit(digit.into(), 16).map(|c| c.to_ascii_uppercase()));
                }
            }
        } else {
            address.push(c);
        }
    }
    Some(address)
}

/// Whether what follows `//` begins with a host that a reading system can resolve: labels
/// of letters, digits and hyphens, and perhaps a port (RFC 3986, 3.2).
fn names_a_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    let ends_in_number = host.rsplit('.').next().is_some_and(is_number);
    host.split('.').all(is_label)
        && (port.is_empty() || port.parse::<u16>().is_ok())
        && (!ends_in_number || host.parse::<std::net::Ipv4Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_outside_the_book_are_links() {
        assert_eq!(
            address("https://a.example/b c?d=100%"),
            Some("https://a.example/b%20c?d=100%25".into())
        );
        assert_eq!(address("mailto:a@b.example"), Some("mailto:a@b.example".into()));
        assert_eq!(address("javascript:alert(1)"), None);
        assert_eq!(address("photos/01.jpg"), None);
        assert_eq!(address("https:"), None);
        assert_eq!(address("https://exa mple.org/"), None);
        assert_eq!(address("http://user@bank.example/"), None);
        assert_eq!(address("http://1.2.3.400/"), None);
        assert_eq!(address("http://a.example:80/#b#c"), Some("http://a.example:80/#b%23c".into()));
    }
}
