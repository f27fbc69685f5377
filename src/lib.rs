//! recto turns one YAML manifest of photos and captions into an e-book and a
//! press-ready PDF with one picture per page.
//!
//! Data goes one way: **text → [`model::Book`] → [`model::Pages`] → bytes**, and
//! [`finding::Finding`]s are collected beside it. [`manifest`] reads the text,
//! [`layout`] sets the pages, [`pdf`] and [`epub`] write them; [`cli`] is the edge
//! where arguments come in and files are opened.

pub mod build;
pub mod cli;
pub mod epub;
pub mod finding;
pub mod layout;
pub mod manifest;
pub mod markdown;
pub mod model;
pub mod pdf;
pub mod picture;
pub mod preflight;
pub mod typeset;
