//! The photos that a manifest names, on a page, by a pattern, or in a comment.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use crate::manifest::lower::files;
use crate::manifest::lower::globs;
use crate::manifest::syntax::yaml::{Node, Value};
use crate::picture::Confinement;

/// The names of photos, relative to the manifest, as they are on the disk.
#[derive(Debug)]
pub(super) struct Known(BTreeSet<String>);

impl Known {
    /// The photos that a manifest names under `pages`. Those that a pattern matches but `exclude`
    /// leaves out are among them: the author does not want them.
    pub(super) fn new(root: &Node, text: &str, base: &Path) -> Self {
        let mut known = Self(BTreeSet::new());
        if let Some(Node { value: Value::Seq(pages), .. }) = root.get("pages") {
            for page in pages {
                if let Some(Node { value: Value::Scalar(name), .. }) = page.get("photo") {
                    known.add(name, base);
                }
                for pattern in patterns(page) {
                    let found =
                        globs::expand(base, &pattern, &Confinement::default()).map(|it| it.names);
                    known.0.extend(found.unwrap_or_default());
                }
            }
        }
        for name in text.lines().filter_map(commented_photo) {
            known.add(&name, base);
        }
        known
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    fn add(&mut self, name: &str, base: &Path) {
        let parts = name.split('/').filter(|part| !part.is_empty() && *part != ".");
        let name = parts.collect::<Vec<_>>().join("/");
        self.0.insert(files::name_on_disk(base, &name).into_owned());
    }
}

/// The patterns of the photos of a page.
pub(super) fn patterns(page: &Node) -> Vec<String> {
    let mut patterns = Vec::new();
    if let Some(photos) = page.get("photos") {
        collect(photos, &mut patterns);
    }
    patterns
}

/// Adds the patterns of a value of `photos`.
fn collect(node: &Node, patterns: &mut Vec<String>) {
    match &node.value {
        Value::Scalar(text) => patterns.push(text.to_string()),
        Value::Seq(items) => items.iter().for_each(|item| collect(item, patterns)),
        Value::Map(_) => {
            if let Some(files) = node.get("files") {
                collect(files, patterns);
            }
        }
        Value::Null => {}
    }
}

/// The photo of an entry that is a comment: `# - photo: 01.jpg  # a screenshot`.
fn commented_photo(line: &str) -> Option<Cow<'_, str>> {
    let comment = line.trim_start().strip_prefix('#')?;
    let entry = comment.trim_start().strip_prefix("- ")?.trim_start_matches([' ', '{']);
    let value = entry.strip_prefix("photo:")?.trim();
    if value.starts_with('"') {
        let mut strings = serde_json::Deserializer::from_str(value).into_iter::<String>();
        return Some(Cow::Owned(strings.next()?.ok()?));
    }
    if let Some(quoted) = value.strip_prefix('\'') {
        return quoted.split('\'').next().map(Cow::Borrowed);
    }
    let end = [" #", "}", ", "].iter().filter_map(|end| value.find(end)).min();
    Some(Cow::Borrowed(value[..end.unwrap_or(value.len())].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_may_be_a_comment() {
        for (line, name) in [
            ("  # - photo: a.jpg  # a screenshot", Some("a.jpg")),
            ("#- photo: a b.jpg", Some("a b.jpg")),
            ("# - photo: \"a #1.jpg\"", Some("a #1.jpg")),
            ("# - photo: 'a.jpg'  # x", Some("a.jpg")),
            ("# - { photo: a.jpg, alt: b }", Some("a.jpg")),
            ("# the photo: of a road", None),
            ("- photo: a.jpg", None),
        ] {
            assert_eq!(commented_photo(line).as_deref(), name, "{line}");
        }
    }
}
