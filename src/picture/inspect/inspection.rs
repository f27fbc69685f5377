//! The result of examining a photo.

use crate::model::Damage;

/// What is wrong with the data of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inspection {
    /// A part of the picture is left.
    Damaged(Damage),
    /// It cannot be decoded, for this reason.
    Unreadable(String),
}
