//! Deserializes the YAML tree into the types of [`crate::manifest::keys`], with errors that have
//! positions.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml::{Node, Pair, Value};
use crate::model::is_xml_char;

/// A value with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its position.
    pub span: SourceSpan,
}

impl<T> Spanned<T> {
    /// Transforms the value and keeps the position.
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// Deserializes a node. What is invalid becomes a finding and is removed from the tree until the
/// rest is valid, so that all errors are found in one run. `None` if nothing is left.
pub(crate) fn read<T: DeserializeOwned>(
    node: &mut Node,
    source: &SourceFile,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    const MAX_ERRORS: usize = 100;
    for _ in 0..MAX_ERRORS {
        match T::deserialize(&*node) {
            Ok(value) => return Some(value),
            Err(error) => {
                let at = error.at.unwrap_or(At { id: node.id, span: node.span });
                findings.push(error.finding(source, at.span));
                if at.id == node.id || !node.remove(at.id) {
                    return None;
                }
            }
        }
    }
    None
}

/// Why a node is invalid, before it becomes a finding.
#[derive(Debug)]
pub(crate) struct ReadError {
    kind: ReadErrorKind,
    at: Option<At>,
    key: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct At {
    id: u32,
    span: SourceSpan,
}

#[derive(Debug)]
enum ReadErrorKind {
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    UnknownValue {
        value: String,
        known: &'static [&'static str],
    },
    MissingKey {
        key: &'static str,
    },
    WrongType {
        actual: String,
        expected: String,
    },
    /// The first line is the message, a second one the help.
    WrongValue {
        text: String,
    },
    ControlCharacter {
        character: char,
    },
}

impl ReadError {
    fn new(kind: ReadErrorKind) -> Self {
        Self { kind, at: None, key: None }
    }

    /// Adds the position, unless there is a more exact one.
    fn within(mut self, id: u32, span: SourceSpan) -> Self {
        self.at.get_or_insert(At { id, span });
        self
    }

    fn with_key(mut self, key: &str) -> Self {
        self.key.get_or_insert_with(|| key.to_owned());
        self
    }

    fn finding(self, source: &SourceFile, span: SourceSpan) -> Finding {
        let subject = self.key.map_or_else(|| "this value".to_owned(), |key| format!("`{key}`"));
        let finding = match self.kind {
            ReadErrorKind::UnknownKey { key, known } => {
                let finding = Finding::new(Code::UnknownKey, format!("unknown key `{key}`"));
                finding.help(match suggest::nearest(&key, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("valid keys: {}", list(known)),
                })
            }
            ReadErrorKind::UnknownValue { value, known } => {
                let message = format!("invalid value `{value}` for {subject}");
                Finding::new(Code::UnknownValue, message).help(
                    match suggest::nearest(&value, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("valid values: {}", list(known)),
                    },
                )
            }
            ReadErrorKind::MissingKey { key } => {
                Finding::new(Code::MissingKey, format!("missing key `{key}`"))
            }
            ReadErrorKind::WrongType { actual, expected } => {
                Finding::new(Code::WrongType, format!("{subject} must be {expected}, not {actual}"))
            }
            ReadErrorKind::WrongValue { text } => {
                let (message, help) = text.split_once('\n').unwrap_or((&text, ""));
                let finding = Finding::new(Code::WrongValue, format!("{subject}: {message}"));
                if help.is_empty() { finding } else { finding.help(help) }
            }
            ReadErrorKind::ControlCharacter { character } => {
                let message = format!(
                    "{subject} contains the control character U+{:04X}",
                    u32::from(character)
                );
                Finding::new(Code::TextControlCharacter, message).help("remove it")
            }
        };
        finding.at(source.at(span))
    }
}

fn list(names: &[&str]) -> String {
    const MAX: usize = 24;
    let some: Vec<_> = names.iter().take(MAX).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > MAX { " …" } else { "" };
    format!("{}{more}", some.join(", "))
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(ReadErrorKind::WrongValue { text: message.to_string() })
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let actual = match unexpected {
            Unexpected::Bool(_) | Unexpected::Str(_) | Unexpected::Char(_) => "a string",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
            Unexpected::Option | Unexpected::Unit => "an empty value",
            Unexpected::Seq => "a list",
            Unexpected::Map => "a mapping",
            _ => "something else",
        };
        let expected = expected.to_string();
        let expected = match expected.as_str() {
            "a sequence" => "a list".to_owned(),
            other if other.starts_with("struct ") => "a mapping".to_owned(),
            _ => expected,
        };
        Self::new(ReadErrorKind::WrongType { actual: actual.to_owned(), expected })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(ReadErrorKind::UnknownKey { key: field.to_owned(), known: expected })
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(ReadErrorKind::UnknownValue { value: variant.to_owned(), known: expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(ReadErrorKind::MissingKey { key: field })
    }
}

/// The first character that is allowed neither in XML nor on a page.
pub(crate) fn control_character(text: &str) -> Option<char> {
    text.chars().find(|&c| !is_xml_char(c))
}

impl<'de> Deserializer<'de> for &Node {
    type Error = ReadError;

    /// A scalar is always a string: `title: 1984` is a title.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Scalar(text) => match control_character(text) {
                Some(character) => {
                    Err(ReadError::new(ReadErrorKind::ControlCharacter { character }))
                }
                None => visitor.visit_str(text),
            },
            Value::Seq(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(pairs) => visitor.visit_map(Pairs { pairs: pairs.iter(), open: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match &self.value {
            Value::Scalar(text) => visitor.visit_enum((&**text).into_deserializer()),
            Value::Null => Err(de::Error::invalid_type(Unexpected::Unit, &"a string")),
            Value::Seq(_) => Err(de::Error::invalid_type(Unexpected::Seq, &"a string")),
            Value::Map(_) => Err(de::Error::invalid_type(Unexpected::Map, &"a string")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if name == SPANNED {
            visitor.visit_seq(SpannedParts { node: self, step: 0 })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    /// A mapping cannot be written as a list of its values.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match &self.value {
            Value::Seq(_) => Err(de::Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.value {
            Value::Scalar(text) => match text.parse() {
                Ok(number) => visitor.visit_u32(number),
                Err(_) => Err(de::Error::invalid_type(Unexpected::Str(text), &"a whole number")),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let Some(node) = self.0.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|error| error.within(node.id, node.span))
    }
}

struct Pairs<'a> {
    pairs: std::slice::Iter<'a, Pair>,
    open: Option<&'a Pair>,
}

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let Some(pair) = self.pairs.next() else { return Ok(None) };
        self.open = Some(pair);
        let key = (&*pair.key.text).into_deserializer();
        seed.deserialize(key)
            .map(Some)
            .map_err(|error: ReadError| error.within(pair.key.id, pair.key.span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let pair = self
            .open
            .take()
            .ok_or_else(|| <ReadError as de::Error>::custom("a value was read before its key"))?;
        seed.deserialize(&pair.node)
            .map_err(|error| error.within(pair.node.id, pair.node.span).with_key(&pair.key.text))
    }
}

/// The name by which [`Spanned`] asks this deserializer for its position.
const SPANNED: &str = "$recto::Spanned";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SPANNED, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its position")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
        let mut number = || {
            parts
                .next_element()?
                .ok_or_else(|| de::Error::custom("this deserializer has no positions"))
        };
        let span = SourceSpan { line: number()?, column: number()?, length: number()? };
        let value = parts.next_element()?;
        let value = value.ok_or_else(|| de::Error::custom("this deserializer has no positions"))?;
        Ok(Spanned { value, span })
    }
}

/// Line, column, length, value.
struct SpannedParts<'a> {
    node: &'a Node,
    step: u8,
}

impl<'de> SeqAccess<'de> for SpannedParts<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let span = self.node.span;
        let number = match self.step {
            0 => span.line,
            1 => span.column,
            2 => span.length,
            3 => {
                self.step = 4;
                return seed
                    .deserialize(self.node)
                    .map(Some)
                    .map_err(|error| error.within(self.node.id, span));
            }
            _ => return Ok(None),
        };
        self.step += 1;
        seed.deserialize(number.into_deserializer()).map(Some)
    }
}
