//! Manifests that ask for more than any book needs end soon, with a finding.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use recto::finding::Finding;

use crate::support::fixture::{BookFixture, with_code};

/// The findings about a manifest, which come soon even without optimisation.
fn findings(manifest: &str) -> Vec<Finding> {
    let book = BookFixture::new(manifest).photo("a.jpg", 60, 40);
    let start = Instant::now();
    let findings = book.load().findings;
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
    for finding in &findings {
        let texts = [Some(&finding.message), finding.help.as_ref(), finding.label.as_ref()];
        for text in texts.into_iter().flatten() {
            assert!(text.chars().count() < 2_100, "{} characters", text.len());
        }
    }
    findings
}

#[test]
fn aliases_that_repeat_each_other_are_too_large() {
    let mut manifest = String::from("title: Winter Road\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(manifest, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    assert_eq!(with_code(&findings(&manifest), "yaml-too-large").len(), 1);
}

#[test]
fn deep_values_are_too_deep() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let value = format!("{}x{}", open.repeat(50_000), close.repeat(50_000));
        let manifest = format!("title: Winter Road\npages:\n  {value}\n");
        let findings = findings(&manifest);
        assert!(findings.iter().any(|it| it.code.name().starts_with("yaml-")), "{findings:?}");
    }
}

#[test]
fn a_book_of_more_than_20_000_pages_is_an_error() {
    for page in ["photo: a.jpg", "blank: true", "text: \"# One\"", "no-such-key: 1", "photo: b.jpg"]
    {
        let manifest =
            format!("title: Winter Road\npages:\n{}", format!("- {page}\n").repeat(30_000));
        let book = BookFixture::new(&manifest);
        let findings = book.load().findings;
        let [finding] = with_code(&findings, "yaml-too-large")[..] else {
            panic!("{page}: {} findings", findings.len());
        };
        assert_eq!(finding.message, "the book has 30000 pages and photos");
        assert_eq!(finding.at.as_ref().map(|at| at.line), Some(20_003));
    }
}

#[test]
fn keys_and_values_of_megabytes_are_shortened_in_messages() {
    let long = "k".repeat(1 << 20);
    for manifest in [
        format!("title: Winter Road\n? {long}\n: 1\npages:\n  - photo: a.jpg\n"),
        format!("title: Winter Road\ndesign: {long}\npages:\n  - photo: a.jpg\n"),
        format!("title: Winter Road\npages:\n  - photo: {long}.jpg\n"),
        format!("title: Winter Road\npages:\n  - photos: \"{long}*.jpg\"\n"),
        format!("title: Winter Road\nlanguage: {long}\npages:\n  - photo: a.jpg\n"),
        format!("title: !{long} Winter Road\npages:\n  - photo: a.jpg\n"),
    ] {
        assert!(!findings(&manifest).is_empty());
    }
}

#[test]
fn names_are_suggested_for_the_first_missing_files_only() {
    let mut manifest = String::from("title: Winter Road\npages:\n");
    for number in 0..3_000 {
        writeln!(manifest, "  - photo: a{number}.jpg").unwrap();
    }
    let findings = findings(&manifest);
    let missing = with_code(&findings, "photo-missing");
    assert_eq!(missing.len(), 3_000);
    assert_eq!(missing.iter().filter(|finding| finding.help.is_some()).count(), 100);
}
