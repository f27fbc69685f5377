//! Findings, pinned to the pages that they are about.

use std::path::Path;

use crate::finding::{Finding, Severity};
use crate::html::xml::Xml;
use crate::model::{Book, EditionSet, Location, Pages};

/// A finding with its number in the list and its page.
#[derive(Debug)]
pub(in crate::preview) struct PinnedFinding {
    /// Its number, counted from 1.
    pub(in crate::preview) number: usize,
    /// The index of the page that it is about.
    pub(in crate::preview) page: Option<usize>,
    /// The folio of that page.
    folio: Option<String>,
    /// Its place, such as `book.yaml:14:12`.
    place: Option<String>,
    finding: Finding,
}

/// Numbers the findings about these editions, the most severe first, and finds their pages.
pub(in crate::preview) fn pinned(
    findings: &[Finding],
    editions: EditionSet,
    laid_out: Option<(&Book, &Pages)>,
    manifest: &Path,
) -> Vec<PinnedFinding> {
    let mut concerned: Vec<_> =
        findings.iter().filter(|finding| finding.editions.intersects(editions)).collect();
    concerned.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let pinned = concerned.into_iter().enumerate().map(|(index, finding)| {
        let page = laid_out.and_then(|(book, pages)| page_of(finding, book, pages));
        let folio = laid_out.zip(page).and_then(|((_, pages), page)| pages.pages.get(page));
        PinnedFinding {
            number: index + 1,
            page,
            folio: folio.map(|page| page.folio.to_string()),
            place: finding.at.as_ref().map(|at| place(at, manifest)),
            finding: finding.clone(),
        }
    });
    pinned.collect()
}

/// The page that a finding names or, if it names none, the first page of the entry of the manifest
/// that it is about.
fn page_of(finding: &Finding, book: &Book, pages: &Pages) -> Option<usize> {
    if let Some(folio) = &finding.page {
        return pages.pages.iter().position(|page| page.folio.to_string() == *folio);
    }
    let at = finding.at.as_ref()?;
    let (id, _) = book.numbered().find(|(_, entry)| {
        entry.location().is_some_and(|entry| entry.file == at.file && entry.line == at.line)
    })?;
    pages.pages.iter().position(|page| page.entry == Some(id))
}

/// The place of a finding, with the file as the manifest would name it: the folders above belong
/// to nobody else.
fn place(at: &Location, manifest: &Path) -> String {
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let file = match at.file.strip_prefix(folder) {
        Ok(file) => file.to_string_lossy().replace('\\', "/"),
        Err(_) => at.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    format!("{file}:{}:{}", at.line, at.column)
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The sign of a finding on its page, which leads to the list.
pub(in crate::preview) fn write_pin(xml: &mut Xml, pinned: &PinnedFinding) {
    let PinnedFinding { number, finding, .. } = pinned;
    let severity = finding.severity;
    let label = format!("{} {number}: {}", severity_name(severity), finding.message);
    let attributes = [
        ("class", &*format!("pin {}", class(severity))),
        ("href", &format!("#f{number}")),
        ("aria-label", &label),
        ("title", &label),
    ];
    xml.text_element("a", &attributes, &number.to_string());
}

/// The list of errors above the book, which is not numbered.
pub(in crate::preview) fn write_problems(xml: &mut Xml, findings: &[PinnedFinding]) {
    xml.element("ul", &[], |xml| {
        for pinned in findings {
            xml.element("li", &[], |xml| write_content(xml, pinned));
        }
    });
}

/// The list of findings.
pub(in crate::preview) fn write_list(xml: &mut Xml, findings: &[PinnedFinding]) {
    if findings.is_empty() {
        xml.text_element("p", &[("class", "none")], "No problems found.");
        return;
    }
    xml.element("ol", &[], |xml| findings.iter().for_each(|pinned| write_item(xml, pinned)));
}

fn write_item(xml: &mut Xml, pinned: &PinnedFinding) {
    let severity = class(pinned.finding.severity);
    let id = format!("f{}", pinned.number);
    xml.element("li", &[("id", &id), ("class", severity), ("tabindex", "-1")], |xml| {
        write_content(xml, pinned);
    });
    xml.line();
}

fn write_content(xml: &mut Xml, pinned: &PinnedFinding) {
    let PinnedFinding { finding, page, folio, place, .. } = pinned;
    xml.element("p", &[], |xml| {
        let name = severity_name(finding.severity);
        xml.text_element("span", &[("class", "severity")], name);
        xml.text(" ");
        write_words(xml, &finding.message);
    });
    xml.element("p", &[("class", "place")], |xml| {
        if let Some((page, folio)) = page.zip(folio.as_deref()) {
            let href = format!("#p{page}");
            xml.text_element("a", &[("href", &href)], &format!("page {folio}"));
            xml.text(" ");
        }
        if let Some(place) = place {
            xml.text_element("span", &[], place);
            xml.text(" ");
        }
        xml.text_element("code", &[], finding.code.name());
    });
    if let Some(help) = &finding.help {
        xml.element("p", &[("class", "help")], |xml| write_words(xml, help));
    }
}

/// A sentence in which what is between backquotes is code.
fn write_words(xml: &mut Xml, sentence: &str) {
    for (number, words) in sentence.split('`').enumerate() {
        if number % 2 == 1 {
            xml.text_element("code", &[], words);
        } else {
            xml.text(words);
        }
    }
}
