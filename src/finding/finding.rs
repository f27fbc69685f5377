//! One message about one place.

use crate::model::{EditionSet, Location};

use super::codes::Code;
use super::severity::Severity;

/// One message about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The place in the manifest or in a text.
    pub at: Option<Location>,
    /// What is written under the marked place in the snippet.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The folio of the page that it is about.
    pub page: Option<String>,
    /// The editions that it concerns; an error stops these and no others.
    pub editions: EditionSet,
}

impl Finding {
    /// A finding with the default severity of its code, which concerns every edition.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            at: None,
            label: None,
            help: None,
            page: None,
            editions: EditionSet::ALL,
        }
    }

    /// Sets another severity than the code's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, location: impl Into<Option<Location>>) -> Self {
        self.at = location.into();
        self
    }

    /// Sets what is written under the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the page that it is about.
    #[must_use]
    pub fn page(mut self, folio: impl Into<String>) -> Self {
        self.page = Some(folio.into());
        self
    }

    /// Sets the editions that it concerns.
    #[must_use]
    pub fn editions(mut self, editions: impl Into<EditionSet>) -> Self {
        self.editions = editions.into();
        self
    }
}
