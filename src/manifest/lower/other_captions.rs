//! The captions beside the manifest, as far as they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

use crate::manifest::captions::CaptionTable;
use crate::manifest::lower::languages::Languages;
use crate::manifest::syntax::source::SourceSpan;

/// The captions beside the manifest.
#[derive(Debug, Default)]
pub(crate) struct OtherCaptions {
    /// The table.
    pub table: Option<Rc<CaptionTable>>,
    /// The position of the key in the manifest.
    pub span: Option<SourceSpan>,
    /// The rows of photos by their names in the manifest.
    pub rows: BTreeMap<String, usize>,
    /// The main language of the book.
    pub own: String,
    /// All its languages.
    pub languages: Vec<String>,
    /// The text files that the manifest names, which are no captions.
    pub text_files: BTreeSet<PathBuf>,
}

impl OtherCaptions {
    /// The captions of a manifest with these languages.
    pub(crate) fn new(
        table: Option<Rc<CaptionTable>>,
        span: Option<SourceSpan>,
        languages: &Languages,
    ) -> Self {
        let Languages { own, known, .. } = languages;
        Self { table, span, own: own.clone(), languages: known.clone(), ..Self::default() }
    }
}
