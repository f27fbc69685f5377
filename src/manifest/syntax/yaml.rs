//! Parses YAML into a tree in which every key and every value has its position.
//!
//! The tree stores a scalar as its text. The type of its key decides whether `1984` is a number,
//! so a book can have that title. Only an empty value, `~` and `null` are special: they are null.
//!
//! A manifest can come from an untrusted source, so the tree has limits: for the number of nodes
//! and the length of texts, both counted with aliases expanded, and for the depth.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as EventSpan, Tag};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::source::{SourceFile, SourceSpan, to_u32};
use crate::manifest::syntax::unquoted::{self, Anchors, Comments};

const MAX_NODES: usize = 1_000_000;
const MAX_TEXT: usize = 64 << 20;
const MAX_DEPTH: usize = 64;
/// The maximum number of findings about one file.
const MAX_FINDINGS: usize = 200;

/// A value with its position.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its number in the file. The nodes that an alias repeats have the same.
    pub id: u32,
    /// Its position, to the end of its first line.
    pub span: SourceSpan,
    /// The value.
    pub value: Value,
}

/// The kinds of values.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// No value.
    Null,
    /// A scalar of any type.
    Scalar(Rc<str>),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping with unique keys, in the order of the file.
    Map(Vec<Pair>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The key.
    pub key: MappingKey,
    /// The value.
    pub node: Node,
}

/// A key with its position.
#[derive(Debug, Clone)]
pub(crate) struct MappingKey {
    /// Its number; see [`Node::id`].
    pub id: u32,
    /// Its position.
    pub span: SourceSpan,
    /// Its text.
    pub text: Rc<str>,
}

impl Node {
    /// The value of a key of this mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(pairs) = &self.value else { return None };
        pairs.iter().find(|pair| &*pair.key.text == key).map(|pair| &pair.node)
    }

    /// The value of a key of this mapping, mutably.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Value::Map(pairs) = &mut self.value else { return None };
        pairs.iter_mut().find(|pair| &*pair.key.text == key).map(|pair| &mut pair.node)
    }

    /// Removes the key or value with this number, wherever it is repeated. Returns whether there
    /// was one.
    pub(crate) fn remove(&mut self, id: u32) -> bool {
        match &mut self.value {
            Value::Null | Value::Scalar(_) => false,
            Value::Seq(items) => {
                let before = items.len();
                items.retain(|item| item.id != id);
                let here = items.len() != before;
                items.iter_mut().fold(here, |found, item| item.remove(id) || found)
            }
            Value::Map(pairs) => {
                let before = pairs.len();
                pairs.retain(|pair| pair.key.id != id && pair.node.id != id);
                let here = pairs.len() != before;
                pairs.iter_mut().fold(here, |found, pair| pair.node.remove(id) || found)
            }
        }
    }
}

/// What a node counts towards the limits.
#[derive(Debug, Clone, Copy, Default)]
struct TreeWeight {
    nodes: usize,
    text: usize,
    depth: usize,
}

/// A list or mapping that has started but not ended.
struct OpenNode {
    id: u32,
    span: SourceSpan,
    anchor: usize,
    weight: TreeWeight,
    content: Collection,
}

enum Collection {
    Seq(Vec<Node>),
    Map { pairs: Vec<Pair>, seen: HashSet<Rc<str>>, key: Option<PendingKey> },
}

/// A key whose value has not been read yet.
enum PendingKey {
    Valid(MappingKey),
    /// A key that has been reported; its value is dropped.
    Invalid,
}

/// Parses the first document. `None` if there is none or it has a syntax error.
pub(crate) fn parse(source: &SourceFile, findings: &mut Vec<Finding>) -> Option<Node> {
    let mut tree = Tree {
        source,
        lines: source.text.split('\n').map(|line| to_u32(line.chars().count())).collect(),
        findings,
        ids: 0,
        nodes: 0,
        text: 0,
        open: Vec::new(),
        anchors: HashMap::new(),
        comments: Comments::find(&source.text),
        text_anchors: Anchors::default(),
        root: None,
    };
    let mut documents = 0;
    let mut parser = Parser::new_from_str(&source.text);
    while let Some(event) = parser.next_event() {
        let step = match event {
            Err(error) => Err(Box::new(tree.syntax_error(&error))),
            Ok((Event::DocumentStart(_), event_span)) => {
                documents += 1;
                if documents > 1 {
                    tree.report(
                        event_span,
                        Finding::new(Code::YamlDocuments, "a second YAML document starts here")
                            .label("only the first one is read")
                            .help("remove the line ---, or put the other book in its own file"),
                    );
                    break;
                }
                Ok(())
            }
            Ok((event, event_span)) => tree.handle(event, event_span),
        };
        if let Err(finding) = step {
            tree.findings.push(*finding);
            return None;
        }
    }
    let unused: Vec<_> = tree.text_anchors.unused(source).take(MAX_FINDINGS).collect();
    tree.findings.extend(unused);
    tree.root
}

struct Tree<'a> {
    source: &'a SourceFile,
    lines: Vec<u32>,
    findings: &'a mut Vec<Finding>,
    ids: u32,
    nodes: usize,
    text: usize,
    open: Vec<OpenNode>,
    anchors: HashMap<usize, (Node, TreeWeight)>,
    comments: Comments,
    text_anchors: Anchors,
    root: Option<Node>,
}

impl Tree<'_> {
    fn report(&mut self, event_span: EventSpan, finding: Finding) {
        if self.findings.len() < MAX_FINDINGS {
            let span = self.span(event_span);
            self.findings.push(finding.at(self.source.at(span)));
        }
    }

    fn handle(&mut self, event: Event<'_>, event_span: EventSpan) -> Result<(), Box<Finding>> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag.as_deref(), event_span);
                let span = self.span(event_span);
                let value = match &*text {
                    "" | "~" | "null" | "Null" | "NULL" if style == ScalarStyle::Plain => {
                        Value::Null
                    }
                    _ => Value::Scalar(Rc::from(&*text)),
                };
                // An empty value has the position of its key.
                let span = match self.open.last() {
                    Some(OpenNode {
                        content: Collection::Map { key: Some(PendingKey::Valid(key)), .. },
                        ..
                    }) if text.is_empty() && event_span.is_empty() => key.span,
                    _ => span,
                };
                if style == ScalarStyle::Plain && self.is_text() {
                    self.check_plain_text(&text, span, event_span, anchor);
                }
                let weight = TreeWeight { nodes: 1, text: text.len(), depth: 0 };
                let node = Node { id: self.next_id(), span, value };
                self.check_size(weight, event_span)?;
                self.attach(node, weight, anchor, event_span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), event_span);
                self.begin(anchor, event_span, Collection::Seq(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), event_span);
                let content =
                    Collection::Map { pairs: Vec::new(), seen: HashSet::new(), key: None };
                self.begin(anchor, event_span, content)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(event_span),
            Event::Alias(anchor) => {
                self.text_anchors.refer(anchor);
                let Some((_, weight)) = self.anchors.get(&anchor) else {
                    self.report(
                        event_span,
                        Finding::new(
                            Code::YamlAlias,
                            "this alias refers to a value that contains it",
                        ),
                    );
                    let node = Node {
                        id: self.next_id(),
                        span: self.span(event_span),
                        value: Value::Null,
                    };
                    self.attach(node, TreeWeight::default(), 0, event_span);
                    return Ok(());
                };
                let weight = *weight;
                // Check the limits first, so that nothing too large is copied.
                self.check_size(weight, event_span)?;
                self.check_depth(weight.depth, event_span)?;
                if let Some((node, _)) = self.anchors.get(&anchor) {
                    let node = node.clone();
                    self.attach(node, weight, 0, event_span);
                }
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// Whether the next value is a text.
    fn is_text(&self) -> bool {
        let keys = self.open.iter().rev().filter_map(|open| match &open.content {
            Collection::Seq(_) => None,
            Collection::Map { key: Some(PendingKey::Valid(key)), .. } => Some(&*key.text),
            // The next value is a key.
            Collection::Map { .. } => Some(""),
        });
        unquoted::is_text(keys)
    }

    /// Reports what YAML does not read as a part of a text without quotes.
    fn check_plain_text(
        &mut self,
        text: &str,
        span: SourceSpan,
        event_span: EventSpan,
        anchor: usize,
    ) {
        self.text_anchors.add(anchor, span);
        let is_item =
            matches!(self.open.last(), Some(OpenNode { content: Collection::Seq(_), .. }));
        let (line, end) = if text.is_empty() && is_item {
            (to_u32(event_span.start.line()), 0)
        } else if text.is_empty() {
            // The span is that of the key, which a colon follows.
            (span.line, span.column + span.length)
        } else {
            (to_u32(event_span.end.line()), to_u32(event_span.end.col()))
        };
        let finding = self.comments.after(line, end, self.source);
        if let Some(finding) = finding.filter(|_| self.findings.len() < MAX_FINDINGS) {
            self.findings.push(finding);
        }
    }

    fn begin(
        &mut self,
        anchor: usize,
        event_span: EventSpan,
        content: Collection,
    ) -> Result<(), Box<Finding>> {
        self.check_depth(1, event_span)?;
        let weight = TreeWeight { nodes: 1, text: 0, depth: 1 };
        self.check_size(weight, event_span)?;
        let (id, span) = (self.next_id(), self.span(event_span));
        self.open.push(OpenNode { id, span, anchor, weight, content });
        Ok(())
    }

    fn end(&mut self, event_span: EventSpan) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.content {
            Collection::Seq(items) => Value::Seq(items),
            Collection::Map { pairs, .. } => Value::Map(pairs),
        };
        let node = Node { id: open.id, span: open.span, value };
        self.attach(node, open.weight, open.anchor, event_span);
    }

    /// Adds a complete node to its parent.
    fn attach(&mut self, node: Node, weight: TreeWeight, anchor: usize, event_span: EventSpan) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), weight));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        parent.weight.nodes += weight.nodes;
        parent.weight.text += weight.text;
        parent.weight.depth = parent.weight.depth.max(weight.depth + 1);
        match &mut parent.content {
            Collection::Seq(items) => items.push(node),
            Collection::Map { pairs, seen, key } => match key.take() {
                Some(PendingKey::Valid(key)) => pairs.push(Pair { key, node }),
                Some(PendingKey::Invalid) => {}
                None => {
                    let (new, finding) = new_key(node, seen);
                    *key = Some(new);
                    if let Some(finding) = finding {
                        self.report(event_span, finding);
                    }
                }
            },
        }
    }

    fn check_size(
        &mut self,
        weight: TreeWeight,
        event_span: EventSpan,
    ) -> Result<(), Box<Finding>> {
        self.nodes += weight.nodes;
        self.text += weight.text;
        if self.nodes > MAX_NODES || self.text > MAX_TEXT {
            let message = "the manifest is too large";
            return Err(Box::new(
                Finding::new(Code::YamlTooLarge, message)
                    .at(self.source.at(self.span(event_span)))
                    .help(
                        "the limits are a million values and 64 MiB of text, with aliases expanded",
                    ),
            ));
        }
        Ok(())
    }

    fn check_depth(&self, more: usize, event_span: EventSpan) -> Result<(), Box<Finding>> {
        if self.open.len() + more > MAX_DEPTH {
            let message = format!("values are nested more than {MAX_DEPTH} levels deep");
            return Err(Box::new(
                Finding::new(Code::YamlTooDeep, message).at(self.source.at(self.span(event_span))),
            ));
        }
        Ok(())
    }

    fn check_tag(&mut self, tag: Option<&Tag>, event_span: EventSpan) {
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema() && !tag.suffix.is_empty()) {
            let message = format!("unknown tag {tag}");
            self.report(
                event_span,
                Finding::new(Code::YamlTag, message)
                    .help("remove the tag, or put a text that starts with ! in quotes"),
            );
        }
    }

    fn next_id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    fn span(&self, event_span: EventSpan) -> SourceSpan {
        let line_length = self.lines.get(event_span.start.line().saturating_sub(1)).copied();
        let column = to_u32(event_span.start.col()) + 1;
        let rest = (line_length.unwrap_or(0) + 1).saturating_sub(column);
        let length = if event_span.end.line() == event_span.start.line() {
            to_u32(event_span.end.col().saturating_sub(event_span.start.col()))
        } else {
            rest
        };
        let length = length.min(rest).max(1);
        SourceSpan { line: to_u32(event_span.start.line()).max(1), column, length }
    }

    fn syntax_error(&self, error: &ScanError) -> Finding {
        let marker = *error.marker();
        let span = self.span(EventSpan::empty(marker));
        let line = self.source.text.split('\n').nth(marker.line().saturating_sub(1));
        let line = line.unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        let finding = Finding::new(Code::YamlSyntax, format!("invalid YAML: {}", error.info()))
            .at(self.source.at(span));
        let here = line.chars().nth(marker.col());
        if line.get(..indent).is_some_and(|indent| indent.contains('\t')) {
            finding.help("indent with spaces, not with tabs")
        } else if error.info().contains("unknown escape character") {
            finding.help(
                "a backslash has a meaning in double quotes: write / in paths, or use single quotes",
            )
        } else if error.info().contains("invalid trailing content") {
            // The message speaks of double quotes for single ones too.
            finding.help(if value_of(line).starts_with('\'') {
                "write '' for an apostrophe inside single quotes, or use double quotes"
            } else {
                "write \\\" for a quotation mark inside double quotes, or use single quotes"
            })
        } else if let Some(c) = here.filter(|c| RESERVED.contains(c)).or(reserved_start(line)) {
            finding.help(format!("put text that starts with {c} in quotes"))
        } else if line.matches(": ").count() > 1 {
            finding.help("put text that contains a colon in quotes")
        } else if line.contains(['"', '\'']) {
            finding.help("check that every quotation mark has a closing one")
        } else {
            finding
        }
    }
}

/// The value on a line, without its key.
fn value_of(line: &str) -> &str {
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    value.trim_start_matches([' ', '-'])
}

/// The characters with a meaning in YAML at the start of a value.
const RESERVED: [char; 8] = ['*', '&', '!', '%', '@', '`', '|', '>'];

/// The character with a meaning in YAML that the value on a line starts with: one that is followed
/// by more text, if it opens a list or a mapping.
fn reserved_start(line: &str) -> Option<char> {
    let value = value_of(line);
    let first = value.chars().next()?;
    let is_closed_early =
        |close: char| value.find(close).is_some_and(|end| !value[end + 1..].trim().is_empty());
    match first {
        '[' if is_closed_early(']') => Some(first),
        '{' if is_closed_early('}') => Some(first),
        _ => RESERVED.contains(&first).then_some(first),
    }
}

/// Makes a key of a node, with a finding if it is invalid.
fn new_key(node: Node, seen: &mut HashSet<Rc<str>>) -> (PendingKey, Option<Finding>) {
    let Value::Scalar(text) = node.value else {
        let message = "a key must be a string";
        return (PendingKey::Invalid, Some(Finding::new(Code::YamlKey, message)));
    };
    if &*text == "<<" {
        let finding = Finding::new(Code::YamlMergeKey, "merge keys are not supported")
            .help("repeat the keys instead");
        return (PendingKey::Invalid, Some(finding));
    }
    if !seen.insert(text.clone()) {
        let finding = Finding::new(Code::YamlDuplicateKey, format!("duplicate key `{text}`"))
            .label("the first one is used");
        return (PendingKey::Invalid, Some(finding));
    }
    (PendingKey::Valid(MappingKey { id: node.id, span: node.span, text }), None)
}
