//! The pages of `docs/` that are generated, the links between all pages, and the examples in them.
//!
//! `RECTO_UPDATE=1 cargo test docs` writes the generated pages anew.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes the pages")]

mod examples;
mod findings;
#[cfg(unix)]
mod five_minutes;
mod links;
mod manifest;
mod printers;

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The first lines of a generated page.
const GENERATED: &str =
    "<!-- Generated from the source code by `RECTO_UPDATE=1 cargo test docs`. -->\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares a page of `docs/` with what is generated now, or writes it when `RECTO_UPDATE` is set.
fn assert_up_to_date(name: &str, generated: &str) {
    let path = root().join("docs").join(name);
    if env::var_os("RECTO_UPDATE").is_some() {
        fs::write(&path, generated).unwrap();
    }
    let is_up_to_date = fs::read_to_string(&path).is_ok_and(|page| page == generated);
    assert!(is_up_to_date, "docs/{name} is stale: run `RECTO_UPDATE=1 cargo test docs`");
}

/// All pages that the repository shows to readers.
fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    let mut pages: Vec<_> = docs.filter(is_page).collect();
    pages.sort();
    let others = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "tests/judges/README.md"];
    pages.extend(others.map(|name| root().join(name)));
    pages
}
