//! The names of finding codes, and which of them a manifest can accept.

use std::fmt;
use std::str::FromStr;

use super::codes::Code;
use super::severity::Severity;

impl Code {
    /// The name that is printed, in lower case with hyphens.
    pub fn name(self) -> &'static str {
        self.explanation().name
    }

    /// The severity of findings that do not set their own.
    pub fn severity(self) -> Severity {
        self.explanation().severity
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No finding has the given code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown finding code `{0}`")]
pub struct UnknownCode(pub String);

impl Code {
    /// Whether an author can accept errors of this kind: the book is complete and correct with
    /// them, only not as good as it could be. Errors that lose words, photos or a standard are
    /// never accepted.
    pub fn is_acceptable_error(self) -> bool {
        matches!(self, Self::InkTotal | Self::Resolution | Self::PrinterPages)
    }

    /// Whether `allow` in a manifest can name it: it is not always an error, or an acceptable one.
    pub fn can_be_allowed(self) -> bool {
        self.severity() != Severity::Error || self.is_acceptable_error()
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(name: &str) -> Result<Self, UnknownCode> {
        let code = Self::ALL.iter().find(|code| code.name() == name);
        code.copied().ok_or_else(|| UnknownCode(name.to_owned()))
    }
}
