//! The marker of the start of a printed page in reflowable text.

use crate::html::xml::Xml;

/// The start of a printed page within a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageBreak {
    /// The page's folio.
    pub(crate) label: String,
    /// The number of characters of the file's text before it, not counting white space.
    pub(crate) after: usize,
}

impl PageBreak {
    /// A break before all other content.
    pub(crate) fn at_start(number: usize) -> Self {
        Self { label: number.to_string(), after: 0 }
    }

    /// The `id` of the marker, unique in its file.
    pub(crate) fn id(&self) -> String {
        format!("page-{}", self.label)
    }
}

/// Writes the marker of a page's start.
pub(crate) fn page_break(xml: &mut Xml, page: &PageBreak) {
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
