//! Manifests and tables of captions.

use recto::build::{Project, ProjectOptions};

use super::scratch;

/// A manifest beside two photos.
pub fn manifest(bytes: &[u8]) {
    load(bytes);
}

/// A table of captions for two photos.
pub fn captions(bytes: &[u8]) {
    scratch::write("captions.csv", bytes);
    load(b"title: T\ncaptions: captions.csv\npages: [{ photo: 1.jpg }, { photo: 2.jpg }]\n");
}

fn load(manifest: &[u8]) {
    scratch::write("1.jpg", &scratch::jpeg(30, 20));
    scratch::write("2.jpg", &scratch::jpeg(20, 30));
    let path = scratch::write("book.yaml", manifest);
    let loaded = Project::load(&path, &ProjectOptions::default());
    for finding in &loaded.findings.list {
        assert!(!finding.message.is_empty());
        assert!(finding.at.as_ref().is_none_or(|at| at.line >= 1 && at.column >= 1));
    }
}
