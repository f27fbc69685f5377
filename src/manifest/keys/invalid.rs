//! Why the value of a key is not valid.

use std::fmt;

/// A value that cannot be used: what is wrong with it, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvalidValue {
    message: String,
    hint: Option<String>,
}

impl InvalidValue {
    /// A message that names the value and begins in lower case.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// With the form or the range that is valid.
    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn into_hint(self) -> Option<String> {
        self.hint
    }
}

impl std::error::Error for InvalidValue {}

/// The hint follows on a line of its own: serde passes errors on as text, and the reader of
/// manifests makes the second line the help of a finding.
impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, "\n{hint}"))
    }
}
