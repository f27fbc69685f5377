//! The manifest: YAML with its positions to a [`Book`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::model::Book;

/// What became of a manifest.
#[derive(Debug)]
pub struct Loaded {
    /// The book, as much of it as could be read; `None` when nothing could.
    pub book: Option<Book>,
    /// All findings, in the order of their places.
    pub findings: Vec<Finding>,
    /// The texts that findings point into, by the file of their locations.
    pub sources: BTreeMap<PathBuf, String>,
}

/// Reads the manifest at this path (a file), and the essays, pictures, fonts and
/// profiles that it names.
pub fn load(path: &Path) -> Loaded {
    let _ = path;
    Loaded { book: None, findings: Vec::new(), sources: BTreeMap::new() }
}

/// The JSON Schema (draft-07) of a manifest.
pub fn schema() -> serde_json::Value {
    serde_json::Value::Null
}
