//! `docs/findings.md`, from the registry of codes.

use std::fmt::Write as _;

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
        - An **error** stops the editions that it concerns, and no others.\n\
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
