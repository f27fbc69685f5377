//! The explanation of a finding code.

use super::severity::Severity;

/// What a code stands for, in sentences of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The name that is printed, in lower case with hyphens.
    pub name: &'static str,
    /// The severity of findings that do not set their own.
    pub severity: Severity,
    /// What the finding says.
    pub means: &'static str,
    /// Why it matters.
    pub matters: &'static str,
    /// How to fix it.
    pub fix: &'static str,
}
