//! The keys of manifests and design files: one field per key.
//!
//! Reading, the JSON Schema ([`schema::schema`]) and the reference page all come from these
//! types; values of a fixed set are the model's own enums.

pub(crate) mod captions;
pub(crate) mod design;
pub(crate) mod design_scalars;
pub(crate) mod ebook;
pub(crate) mod edtf;
pub(crate) mod forms;
pub(crate) mod identifier;
pub(crate) mod invalid;
pub(crate) mod language_tag;
pub(crate) mod manifest;
pub(crate) mod offline;
pub(crate) mod pages;
pub(crate) mod placement;
pub(crate) mod print;
pub(crate) mod printer;
pub(crate) mod relators;
pub(crate) mod scalars;
pub(crate) mod schema;
