//! What is wrong, or worth knowing, and where.

use std::fmt;

use crate::model::Location;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// The book can be made but may disappoint.
    Warning,
    /// The edition that it concerns is not written.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name, such as `photo-missing`; documented in the README.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// Where.
    pub at: Option<Location>,
    /// What stands under the marked place in the snippet.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The page's folio, when it is about a page.
    pub page: Option<String>,
    /// The edition it concerns, such as `print`; `None` when it concerns them all.
    pub edition: Option<&'static str>,
}

impl Finding {
    /// A finding of any severity.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            at: None,
            label: None,
            help: None,
            page: None,
            edition: None,
        }
    }

    /// Something that stops an edition.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Something that may disappoint.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Something worth knowing.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, location: impl Into<Option<Location>>) -> Self {
        self.at = location.into();
        self
    }

    /// Adds what stands under the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which page it is about.
    #[must_use]
    pub fn page(mut self, folio: impl Into<String>) -> Self {
        self.page = Some(folio.into());
        self
    }

    /// Says which edition it concerns.
    #[must_use]
    pub fn edition(mut self, edition: &'static str) -> Self {
        self.edition = Some(edition);
        self
    }
}
