//! Whether an edited manifest still has every value.

use std::path::Path;

use crate::manifest::syntax::source::SourceFile;
use crate::manifest::syntax::yaml::{self, Node, Value};

/// Whether every value of a manifest is in an edited text too, apart from added pages.
pub(super) fn has_same_values(before: &Node, text: &str, path: &Path) -> bool {
    let source = SourceFile { file: path.to_owned(), text: text.to_owned() };
    let Some(after) = yaml::parse(&source, &mut Vec::new()) else { return false };
    let (Value::Map(before), Value::Map(after)) = (&before.value, &after.value) else {
        return false;
    };
    let is_pages = |key: &str| key == "pages";
    let mut rest = after.iter().filter(|pair| !is_pages(&pair.key.text));
    before.iter().filter(|pair| !is_pages(&pair.key.text)).all(|old| {
        rest.next().is_some_and(|new| old.key.text == new.key.text && is_same(&old.node, &new.node))
    }) && rest.next().is_none()
        && {
            let pages = |pairs: &[yaml::Pair]| {
                let pages = pairs.iter().find(|pair| is_pages(&pair.key.text))?;
                match &pages.node.value {
                    Value::Seq(items) => Some(items.clone()),
                    _ => Some(Vec::new()),
                }
            };
            let old = pages(before).unwrap_or_default();
            let mut new = pages(after).unwrap_or_default().into_iter();
            // The old pages in their order, with others among them.
            old.iter().all(|old| new.any(|new| is_same(old, &new)))
        }
}

/// Whether two nodes have the same values.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::Seq(a), Value::Seq(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| a.key.text == b.key.text && is_same(&a.node, &b.node))
        }
        _ => false,
    }
}
