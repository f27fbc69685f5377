//! YAML to a tree in which every key and every value knows its place.
//!
//! The tree keeps a scalar as its text: whether `1984` is a number is for the key to
//! say that it stands under, so a book may be called so. Only an empty value, `~` and
//! `null` are told apart, as the absence of a value.
//!
//! A manifest may come from anywhere, so the tree has budgets: on its nodes and the
//! length of its texts, both counted after aliases are followed, and on its depth.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::source::{Place, Source, small};

const MOST_NODES: usize = 1_000_000;
const MOST_TEXT: usize = 64 << 20;
const MOST_DEPTH: usize = 64;
/// More findings than this about one file help nobody.
const MOST_FINDINGS: usize = 200;

/// A value in its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its number in the file; what an alias repeats has the same.
    pub id: u32,
    /// Where it begins, to the end of its first line.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// None at all.
    Null,
    /// A scalar of whatever type.
    Scalar(Rc<str>),
    /// A list.
    Seq(Vec<Node>),
    /// A map, its keys in the order of the file, each once.
    Map(Vec<Pair>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The key.
    pub key: Key,
    /// The value.
    pub node: Node,
}

/// A key in its place.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// Its number; see [`Node::id`].
    pub id: u32,
    /// Where it stands.
    pub place: Place,
    /// The key.
    pub text: Rc<str>,
}

impl Node {
    /// The value of a key of this map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(pairs) = &self.value else { return None };
        pairs.iter().find(|pair| &*pair.key.text == key).map(|pair| &pair.node)
    }

    /// The value of a key of this map, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Value::Map(pairs) = &mut self.value else { return None };
        pairs.iter_mut().find(|pair| &*pair.key.text == key).map(|pair| &mut pair.node)
    }

    /// Takes the key or value of this number out, wherever it is repeated. Whether
    /// there was one.
    pub(crate) fn prune(&mut self, id: u32) -> bool {
        match &mut self.value {
            Value::Null | Value::Scalar(_) => false,
            Value::Seq(items) => {
                let before = items.len();
                items.retain(|item| item.id != id);
                let here = items.len() != before;
                items.iter_mut().fold(here, |found, item| item.prune(id) || found)
            }
            Value::Map(pairs) => {
                let before = pairs.len();
                pairs.retain(|pair| pair.key.id != id && pair.node.id != id);
                let here = pairs.len() != before;
                pairs.iter_mut().fold(here, |found, pair| pair.node.prune(id) || found)
            }
        }
    }
}

/// How much of the budgets a node uses up.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    nodes: usize,
    text: usize,
    depth: usize,
}

/// A list or map that has begun and not ended.
struct Open {
    id: u32,
    place: Place,
    anchor: usize,
    weight: Weight,
    what: Opened,
}

enum Opened {
    Seq(Vec<Node>),
    Map { pairs: Vec<Pair>, seen: HashSet<Rc<str>>, key: Option<Waiting> },
}

/// A key that waits for its value.
enum Waiting {
    Good(Key),
    /// A key that is a finding already; its value is dropped.
    Bad,
}

/// The tree of the first document, or `None` when there is none or it is broken.
pub(crate) fn parse(source: &Source, findings: &mut Vec<Finding>) -> Option<Node> {
    let mut tree = Tree {
        source,
        lines: source.text.split('\n').map(|line| small(line.chars().count())).collect(),
        findings,
        ids: 0,
        nodes: 0,
        text: 0,
        open: Vec::new(),
        anchors: HashMap::new(),
        root: None,
    };
    let mut documents = 0;
    let mut parser = Parser::new_from_str(&source.text);
    while let Some(event) = parser.next_event() {
        let step = match event {
            Err(fault) => Err(Box::new(tree.syntax(&fault))),
            Ok((Event::DocumentStart(_), span)) => {
                documents += 1;
                if documents > 1 {
                    tree.find(
                        span,
                        Finding::new(Code::YamlDocuments, "a second YAML document starts here")
                            .label("only the first one is read")
                            .help("take the line --- out, or keep the other book in a file of its own"),
                    );
                    break;
                }
                Ok(())
            }
            Ok((event, span)) => tree.take(event, span),
        };
        if let Err(finding) = step {
            tree.findings.push(*finding);
            return None;
        }
    }
    tree.root
}

struct Tree<'a> {
    source: &'a Source,
    lines: Vec<u32>,
    findings: &'a mut Vec<Finding>,
    ids: u32,
    nodes: usize,
    text: usize,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, Weight)>,
    root: Option<Node>,
}

impl Tree<'_> {
    fn find(&mut self, span: Span, finding: Finding) {
        if self.findings.len() < MOST_FINDINGS {
            let place = self.place(span);
            self.findings.push(finding.at(self.source.at(place)));
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Box<Finding>> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag.as_deref(), span);
                let place = self.place(span);
                let value = match &*text {
                    "" | "~" | "null" | "Null" | "NULL" if style == ScalarStyle::Plain => {
                        Value::Null
                    }
                    _ => Value::Scalar(Rc::from(&*text)),
                };
                // A key with nothing after it is best shown at the key.
                let place = match self.open.last() {
                    Some(Open {
                        what: Opened::Map { key: Some(Waiting::Good(key)), .. }, ..
                    }) if text.is_empty() && span.is_empty() => key.place,
                    _ => place,
                };
                let weight = Weight { nodes: 1, text: text.len(), depth: 0 };
                let node = Node { id: self.next_id(), place, value };
                self.spend(weight, span)?;
                self.put(node, weight, anchor, span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), span);
                self.begin(anchor, span, Opened::Seq(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), span);
                let what = Opened::Map { pairs: Vec::new(), seen: HashSet::new(), key: None };
                self.begin(anchor, span, what)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => {
                let Some((_, weight)) = self.anchors.get(&anchor) else {
                    self.find(
                        span,
                        Finding::new(Code::YamlAlias, "this alias stands inside what it repeats"),
                    );
                    let node =
                        Node { id: self.next_id(), place: self.place(span), value: Value::Null };
                    self.put(node, Weight::default(), 0, span);
                    return Ok(());
                };
                let weight = *weight;
                // Budgets first, so that nothing large is ever copied in vain.
                self.spend(weight, span)?;
                self.check_depth(weight.depth, span)?;
                if let Some((node, _)) = self.anchors.get(&anchor) {
                    let node = node.clone();
                    self.put(node, weight, 0, span);
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

    fn begin(&mut self, anchor: usize, span: Span, what: Opened) -> Result<(), Box<Finding>> {
        self.check_depth(1, span)?;
        let weight = Weight { nodes: 1, text: 0, depth: 1 };
        self.spend(weight, span)?;
        let (id, place) = (self.next_id(), self.place(span));
        self.open.push(Open { id, place, anchor, weight, what });
        Ok(())
    }

    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.what {
            Opened::Seq(items) => Value::Seq(items),
            Opened::Map { pairs, .. } => Value::Map(pairs),
        };
        let node = Node { id: open.id, place: open.place, value };
        self.put(node, open.weight, open.anchor, span);
    }

    /// Puts a whole node where it belongs.
    fn put(&mut self, node: Node, weight: Weight, anchor: usize, span: Span) {
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
        match &mut parent.what {
            Opened::Seq(items) => items.push(node),
            Opened::Map { pairs, seen, key } => match key.take() {
                Some(Waiting::Good(key)) => pairs.push(Pair { key, node }),
                Some(Waiting::Bad) => {}
                None => {
                    let (waiting, fault) = new_key(node, seen);
                    *key = Some(waiting);
                    if let Some(fault) = fault {
                        self.find(span, fault);
                    }
                }
            },
        }
    }

    fn spend(&mut self, weight: Weight, span: Span) -> Result<(), Box<Finding>> {
        self.nodes += weight.nodes;
        self.text += weight.text;
        if self.nodes > MOST_NODES || self.text > MOST_TEXT {
            let message = "the manifest grows too large from here on";
            return Err(Box::new(
                Finding::new(Code::YamlTooLarge, message)
                    .at(self.source.at(self.place(span)))
                    .help("a manifest holds at most a million values, aliases followed"),
            ));
        }
        Ok(())
    }

    fn check_depth(&self, more: usize, span: Span) -> Result<(), Box<Finding>> {
        if self.open.len() + more > MOST_DEPTH {
            let message = format!("values are nested more than {MOST_DEPTH} deep");
            return Err(Box::new(
                Finding::new(Code::YamlTooDeep, message).at(self.source.at(self.place(span))),
            ));
        }
        Ok(())
    }

    fn check_tag(&mut self, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema() && !tag.suffix.is_empty()) {
            let message = format!("the tag {tag} means nothing here");
            self.find(span, Finding::new(Code::YamlTag, message).help("take the tag out"));
        }
    }

    fn next_id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    fn place(&self, span: Span) -> Place {
        let line_length = self.lines.get(span.start.line().saturating_sub(1)).copied();
        let column = small(span.start.col()) + 1;
        let rest = (line_length.unwrap_or(0) + 1).saturating_sub(column);
        let length = if span.end.line() == span.start.line() {
            small(span.end.col().saturating_sub(span.start.col()))
        } else {
            rest
        };
        let length = length.min(rest).max(1);
        Place { line: small(span.start.line()).max(1), column, length }
    }

    fn syntax(&self, fault: &ScanError) -> Finding {
        let marker = *fault.marker();
        let place = self.place(Span::empty(marker));
        let line = self.source.text.split('\n').nth(marker.line().saturating_sub(1));
        let line = line.unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        let finding = Finding::new(Code::YamlSyntax, format!("this is not YAML: {}", fault.info()))
            .at(self.source.at(place));
        if line.get(..indent).is_some_and(|indent| indent.contains('\t')) {
            finding.help("indent with spaces, not with tabs")
        } else if line.matches(": ").count() > 1 {
            finding.help("put a text that holds a colon in quotes")
        } else if line.contains(['"', '\'']) {
            finding.help("see whether each quotation mark has its partner")
        } else {
            finding
        }
    }
}

/// The key that a node makes, and what is wrong with it.
fn new_key(node: Node, seen: &mut HashSet<Rc<str>>) -> (Waiting, Option<Finding>) {
    let Value::Scalar(text) = node.value else {
        let message = "a key must be a word";
        return (Waiting::Bad, Some(Finding::new(Code::YamlKey, message)));
    };
    if &*text == "<<" {
        let fault = Finding::new(Code::YamlMergeKey, "merge keys are not understood")
            .help("write the keys out where they are needed");
        return (Waiting::Bad, Some(fault));
    }
    if !seen.insert(text.clone()) {
        let fault = Finding::new(Code::YamlDuplicateKey, format!("`{text}` stands here twice"))
            .label("the first one counts");
        return (Waiting::Bad, Some(fault));
    }
    (Waiting::Good(Key { id: node.id, place: node.place, text }), None)
}
