//! recto builds a book of photos, as an e-book and as a PDF for the press with one picture per
//! page, from a YAML manifest or from values made in code.
//!
//! [`build`] is where to begin: [`Project::load`](build::Project::load) reads a manifest with all
//! that it names, [`check`](build::Project::check) returns what can be known before building, and
//! [`build`](build::Project::build) writes one edition to any stream. This builds the sample book
//! to memory:
//!
//! ```
//! use std::path::Path;
//!
//! use recto::build::{BuildOptions, Project, ProjectOptions, default_timestamp};
//! use recto::model::Edition;
//! use recto::picture::{ImageProcessor, ProcessorOptions};
//!
//! let loaded = Project::load(Path::new("book/book.yaml"), &ProjectOptions::default());
//! let project = loaded.project.expect("the sample is a book");
//! assert!(!project.stopped_editions(true).contains(Edition::Screen));
//!
//! let processor = ImageProcessor::new(ProcessorOptions::default());
//! let options = BuildOptions {
//!     guides: false,
//!     modified: default_timestamp(project.book().date),
//!     processor: &processor,
//! };
//! let mut pdf = Vec::new();
//! let mut findings = loaded.findings.list;
//! project.build(Edition::Screen, &mut pdf, &options, &mut findings, &mut || {})?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! # Ok::<(), recto::build::BuildError>(())
//! ```
//!
//! `examples/book_in_code.rs` builds a book without a manifest.
//!
//! # Public modules
//!
//! - [`build`] loads, checks and builds books.
//! - [`model`] has the types of a book and of its laid-out pages.
//! - [`finding`] has the messages about a book and the registry of their codes.
//! - [`picture`] reads, scales and converts photos.
//! - [`manifest`] reads manifests and has their JSON Schemas.
//! - [`cli`] is the command-line tool.
//!
//! The other modules are public for the tests and benchmarks of this repository alone. They may
//! change in any release.

mod archive;
pub mod build;
pub mod cli;
#[doc(hidden)]
pub mod epub;
pub mod finding;
#[doc(hidden)]
pub mod html;
#[doc(hidden)]
pub mod layout;
pub mod manifest;
#[doc(hidden)]
pub mod markdown;
pub mod model;
pub mod offline;
#[doc(hidden)]
pub mod pdf;
pub mod picture;
#[doc(hidden)]
pub mod preflight;
#[doc(hidden)]
pub mod preview;
#[doc(hidden)]
pub mod typeset;
