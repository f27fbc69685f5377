//! `docs/findings.md`, from the registry of codes.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use recto::finding::{Code, Severity};

#[test]
fn the_page_of_findings_is_up_to_date() {
    super::assert_up_to_date("findings.md", &page());
}

fn page() -> String {
    let mut page = String::from(super::GENERATED);
    page += "# Findings\n\n\
        `recto check` and `recto build` report findings: what is wrong with a book, or worth \
        knowing. Each has a code, which never changes its meaning.\n\n\
        - An **error** stops the editions that it concerns, and no others, except for the offline \
        edition if one of them lies inside it.\n\
        - A **warning** does not stop a build, unless `--deny warnings` is given.\n\
        - A **note** is worth knowing.\n\n\
        Some findings have another severity than the default below where more or less is at \
        stake. `recto schema --findings` prints the JSON Schema of what `--format json` prints.\n\n";
    page += "| code | default severity |\n|---|---|\n";
    for code in Code::ALL {
        writeln!(page, "| [`{code}`](#{code}) | {} |", code.severity()).unwrap();
    }
    for code in Code::ALL {
        let explained = code.explanation();
        write!(
            page,
            "\n## {code}\n\n*{}* · {}\n\n**Why it matters.** {}\n\n**How to fix it.** {}\n",
            capitalised(explained.severity),
            explained.means,
            explained.matters,
            explained.fix
        )
        .unwrap();
    }
    page
}

fn capitalised(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

#[test]
fn every_code_is_used() {
    let mut text = String::new();
    add_sources(&super::root().join("src"), &mut text);
    let used: BTreeSet<_> = text
        .split("Code::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap())
        .collect();
    let is_used = |code: &&Code| used.contains(format!("{code:?}").as_str());
    let unused: Vec<_> = Code::ALL.iter().filter(|code| !is_used(code)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Adds the source files below a folder, without unit tests and the registry itself.
fn add_sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_sources(&path, text);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("codes.rs") {
            let source = super::read(&path);
            text.push_str(source.split("#[cfg(test)]").next().unwrap());
        }
    }
}
