//! Findings as JSON: what `--format json` prints, and its schema.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::finding::{Code, Finding, Severity};
use crate::model::{Edition, EditionSet};

use crate::cli::text::display_path;

/// The findings of a command.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Findings of recto", deny_unknown_fields)]
pub(super) struct JsonReport {
    /// The findings, in the order of their positions.
    findings: Vec<JsonFinding>,
    /// The number of errors.
    errors: usize,
    /// The number of warnings.
    warnings: usize,
    /// The number of notes.
    notes: usize,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonFinding {
    /// The kind of finding.
    code: CodeName,
    /// The severity.
    severity: SeverityName,
    /// The message: one sentence without a full stop.
    message: String,
    /// The file that it is about, relative to the current folder if possible; `null` if there is
    /// none.
    file: Option<String>,
    /// The line in the file, from 1.
    line: Option<u32>,
    /// The column in the line, in characters from 1.
    column: Option<u32>,
    /// How to fix it.
    help: Option<String>,
    /// The folio of the page that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// The editions that it concerns, separated by commas as in `--only`; absent if it concerns
    /// all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
}

impl JsonReport {
    /// A report of these findings. Files below `base` are given relative to it.
    pub(super) fn new(findings: &[Finding], base: &Path) -> Self {
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        Self {
            findings: findings.iter().map(|finding| JsonFinding::new(finding, base)).collect(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    /// Writes the report, and ends with a line break.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)?;
        out.flush()
    }
}

impl JsonFinding {
    fn new(finding: &Finding, base: &Path) -> Self {
        let at = finding.at.as_ref();
        Self {
            code: CodeName(finding.code),
            severity: SeverityName(finding.severity),
            message: finding.message.clone(),
            file: at.map(|at| display_path(&at.file, base)),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            help: finding.help.clone(),
            page: finding.page.clone(),
            edition: (finding.editions != EditionSet::ALL).then(|| names(finding.editions)),
        }
    }
}

/// The editions as `--only` takes them, such as `print,screen`.
fn names(editions: EditionSet) -> String {
    editions.iter().map(Edition::name).collect::<Vec<_>>().join(",")
}

/// The JSON Schema (draft-07) of a report.
pub(in crate::cli) fn schema() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<JsonReport>().to_value()
}

/// A code by its name.
#[derive(Debug)]
struct CodeName(Code);

impl Serialize for CodeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl JsonSchema for CodeName {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let constant = |code: &Code| json_schema!({ "const": code.name(), "description": code.explanation().means });
        json_schema!({ "oneOf": Code::ALL.iter().map(constant).collect::<Vec<_>>() })
    }
}

/// A severity by its name.
#[derive(Debug)]
struct SeverityName(Severity);

impl Serialize for SeverityName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for SeverityName {
    fn schema_name() -> Cow<'static, str> {
        "Severity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = [Severity::Error, Severity::Warning, Severity::Note].map(|it| it.to_string());
        json_schema!({ "type": "string", "enum": names })
    }
}
