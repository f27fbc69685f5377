//! Links between the pages lead to files and headings that exist.

use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag};

use super::{pages, read};

#[test]
fn links_between_pages_lead_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = read(&page);
        for link in links(&text) {
            if !leads_somewhere(&page, &link) {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

fn links(text: &str) -> Vec<String> {
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.into_string())
        }
        _ => None,
    };
    Parser::new(text).filter_map(target).collect()
}

fn leads_somewhere(page: &Path, link: &str) -> bool {
    if link.contains("://") || link.starts_with("mailto:") {
        return true;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { page.to_owned() } else { page.parent().unwrap().join(file) };
    target.exists() && (anchor.is_empty() || anchors(&read(&target)).contains(&anchor.to_owned()))
}

/// The anchors that a forge gives the headings of a page.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
}

fn anchor(heading: &str) -> String {
    let lower = heading.to_lowercase().replace(' ', "-");
    lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn a_broken_link_is_found() {
    let page = super::root().join("README.md");
    assert!(leads_somewhere(&page, "docs/findings.md#alt-missing"));
    assert!(!leads_somewhere(&page, "docs/findings.md#no-such-code"));
    assert!(!leads_somewhere(&page, "docs/no-such-page.md"));
    assert_eq!(links("See [the docs](docs/a.md#b)."), ["docs/a.md#b"]);
    assert_eq!(anchor("Why not `printpdf`?"), "why-not-printpdf");
}
