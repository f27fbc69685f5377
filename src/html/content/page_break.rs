//! The marker of the start of a printed page in reflowable text.

use crate::html::xml::Xml;
use crate::model::{Digits, Folio, Numbering};

/// The start of a printed page within a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageBreak {
    /// The page's folio.
    pub(crate) folio: Folio,
    /// The number of characters of the file's text before it, not counting white space.
    pub(crate) after: usize,
}

impl PageBreak {
    /// A break before all other content.
    pub(crate) fn at_start(number: usize, digits: Digits) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        Self { folio: Folio { numbering: Numbering::Arabic, number, digits }, after: 0 }
    }

    /// The number of the page as it is printed.
    pub(crate) fn label(&self) -> String {
        self.folio.to_string()
    }

    /// The `id` of the marker, unique in its file.
    pub(crate) fn id(&self) -> String {
        format!("page-{}", Folio { digits: Digits::LATIN, ..self.folio })
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
            ("aria-label", &page.label()),
        ],
    );
}
