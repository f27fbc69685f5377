//! YAML to a tree in which every key and value has its position, and serde over that tree.
//!
//! [`yaml::parse`] builds the tree; [`de::read`] deserializes it into the types of
//! [`keys`](super::keys) and reports everything that does not fit.

pub(crate) mod de;
pub(crate) mod source;
pub(crate) mod suggest;
mod unquoted;
pub(crate) mod yaml;
