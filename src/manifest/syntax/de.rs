//! The tree to the types of [`crate::manifest::keys::manifest`], through serde, with faults that know
//! their place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::source::{Place, Source};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml::{Node, Pair, Value};

/// A value with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub place: Place,
}

impl<T> Spanned<T> {
    /// The same place with something made of the value.
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), place: self.place }
    }
}

/// Reads a node as a `T`. What does not fit becomes a finding and is taken out of the
/// tree, until the rest fits: so all faults come at once. `None` when nothing is left.
pub(crate) fn gather<T: DeserializeOwned>(
    node: &mut Node,
    source: &Source,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    const MOST_FAULTS: usize = 100;
    for _ in 0..MOST_FAULTS {
        match T::deserialize(&*node) {
            Ok(value) => return Some(value),
            Err(fault) => {
                let at = fault.at.unwrap_or(At { id: node.id, place: node.place });
                findings.push(fault.finding(source, at.place));
                if at.id == node.id || !node.prune(at.id) {
                    return None;
                }
            }
        }
    }
    None
}

/// Why a node does not fit, before it is a finding.
#[derive(Debug)]
pub(crate) struct Fault {
    kind: Kind,
    at: Option<At>,
    key: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct At {
    id: u32,
    place: Place,
}

#[derive(Debug)]
enum Kind {
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
        is: String,
        expected: String,
    },
    /// The first line says what is wrong, a second one what to do about it.
    WrongValue {
        text: String,
    },
    ControlCharacter {
        character: char,
    },
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { kind, at: None, key: None }
    }

    /// Adds the place, unless a more exact one is known.
    fn within(mut self, id: u32, place: Place) -> Self {
        self.at.get_or_insert(At { id, place });
        self
    }

    fn under(mut self, key: &str) -> Self {
        self.key.get_or_insert_with(|| key.to_owned());
        self
    }

    fn finding(self, source: &Source, place: Place) -> Finding {
        let subject = self.key.map_or_else(|| "this".to_owned(), |key| format!("`{key}`"));
        let finding = match self.kind {
            Kind::UnknownKey { key, known } => {
                let finding =
                    Finding::new(Code::UnknownKey, format!("there is no key `{key}` here"));
                finding.help(match suggest::nearest(&key, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys here are {}", list(known)),
                })
            }
            Kind::UnknownValue { value, known } => {
                let message = format!("{subject} cannot be `{value}`");
                Finding::new(Code::UnknownValue, message).help(
                    match suggest::nearest(&value, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("it can be {}", list(known)),
                    },
                )
            }
            Kind::MissingKey { key } => {
                Finding::new(Code::MissingKey, format!("the key `{key}` is missing"))
            }
            Kind::WrongType { is, expected } => {
                Finding::new(Code::WrongType, format!("{subject} is {is}"))
                    .label(format!("expected {expected}"))
            }
            Kind::WrongValue { text } => {
                let (what, help) = text.split_once('\n').unwrap_or((&text, ""));
                let finding = Finding::new(Code::WrongValue, format!("{subject}: {what}"));
                if help.is_empty() { finding } else { finding.help(help) }
            }
            Kind::ControlCharacter { character } => {
                let message = format!(
                    "{subject} holds the control character U+{:04X}, which cannot be set",
                    u32::from(character)
                );
                Finding::new(Code::TextControlCharacter, message).help("take it out")
            }
        };
        finding.at(source.at(place))
    }
}

fn list(words: &[&str]) -> String {
    const MOST: usize = 24;
    let some: Vec<_> = words.iter().take(MOST).map(|word| format!("`{word}`")).collect();
    let more = if words.len() > MOST { " …" } else { "" };
    format!("{}{more}", some.join(", "))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Kind::WrongValue { text: message.to_string() })
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let is = match unexpected {
            Unexpected::Bool(_) | Unexpected::Str(_) | Unexpected::Char(_) => "a text",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
            Unexpected::Option | Unexpected::Unit => "empty",
            Unexpected::Seq => "a list",
            Unexpected::Map => "a map",
            _ => "something else",
        };
        let expected = expected.to_string();
        let expected = match expected.as_str() {
            "a string" => "a text".to_owned(),
            "a sequence" => "a list".to_owned(),
            other if other.starts_with("struct ") => "a map of keys".to_owned(),
            _ => expected,
        };
        Self::new(Kind::WrongType { is: is.to_owned(), expected })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownKey { key: field.to_owned(), known: expected })
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownValue { value: variant.to_owned(), known: expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Kind::MissingKey { key: field })
    }
}

/// The first character that neither XML nor a page can hold.
pub(crate) fn control_character(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    })
}

impl<'de> Deserializer<'de> for &Node {
    type Error = Fault;

    /// A scalar is its text, whatever it looks like: `title: 1984` is a title.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Scalar(text) => match control_character(text) {
                Some(character) => Err(Fault::new(Kind::ControlCharacter { character })),
                None => visitor.visit_str(text),
            },
            Value::Seq(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(pairs) => visitor.visit_map(Pairs { pairs: pairs.iter(), open: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
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
    ) -> Result<V::Value, Fault> {
        match &self.value {
            Value::Scalar(text) => visitor.visit_enum((&**text).into_deserializer()),
            Value::Null => Err(de::Error::invalid_type(Unexpected::Unit, &"a word")),
            Value::Seq(_) => Err(de::Error::invalid_type(Unexpected::Seq, &"a word")),
            Value::Map(_) => Err(de::Error::invalid_type(Unexpected::Map, &"a word")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == SPANNED {
            visitor.visit_seq(WithPlace { node: self, step: 0 })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    /// A map of keys is never written as a list of their values.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.value {
            Value::Seq(_) => Err(de::Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
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
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(node) = self.0.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|fault| fault.within(node.id, node.place))
    }
}

struct Pairs<'a> {
    pairs: std::slice::Iter<'a, Pair>,
    open: Option<&'a Pair>,
}

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some(pair) = self.pairs.next() else { return Ok(None) };
        self.open = Some(pair);
        let key = (&*pair.key.text).into_deserializer();
        seed.deserialize(key)
            .map(Some)
            .map_err(|fault: Fault| fault.within(pair.key.id, pair.key.place))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let pair = self
            .open
            .take()
            .ok_or_else(|| <Fault as de::Error>::custom("a value was asked for before its key"))?;
        seed.deserialize(&pair.node)
            .map_err(|fault| fault.within(pair.node.id, pair.node.place).under(&pair.key.text))
    }
}

/// The name by which [`Spanned`] asks this deserializer for its place.
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
        f.write_str("a value with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
        let mut number = || {
            parts.next_element()?.ok_or_else(|| de::Error::custom("only recto's YAML has places"))
        };
        let place = Place { line: number()?, column: number()?, length: number()? };
        let value = parts.next_element()?;
        let value = value.ok_or_else(|| de::Error::custom("only recto's YAML has places"))?;
        Ok(Spanned { value, place })
    }
}

/// Line, column, length, value.
struct WithPlace<'a> {
    node: &'a Node,
    step: u8,
}

impl<'de> SeqAccess<'de> for WithPlace<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let place = self.node.place;
        let number = match self.step {
            0 => place.line,
            1 => place.column,
            2 => place.length,
            3 => {
                self.step = 4;
                return seed
                    .deserialize(self.node)
                    .map(Some)
                    .map_err(|fault| fault.within(self.node.id, place));
            }
            _ => return Ok(None),
        };
        self.step += 1;
        seed.deserialize(number.into_deserializer()).map(Some)
    }
}
