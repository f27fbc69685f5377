//! Findings: what is wrong with a book, or worth knowing, and where.
//!
//! A [`Finding`] is a message about a place; its [`Code`] is the kind, and [`Code::explanation`]
//! says what it means, why it matters and how to fix it.

mod allowed;
mod codes;
mod declare;
mod explanation;
#[expect(clippy::module_inception, reason = "the type that the folder is named for")]
mod finding;
mod names;
mod severity;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use allowed::Allowed;
pub use codes::Code;
pub use explanation::Explanation;
pub use finding::{Excerpt, Finding};
pub use names::UnknownCode;
pub use severity::Severity;

/// Findings, with the texts that their places point into.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The findings, in the order of their places.
    pub list: Vec<Finding>,
    /// The texts, by the file of their locations.
    pub sources: BTreeMap<PathBuf, String>,
}
