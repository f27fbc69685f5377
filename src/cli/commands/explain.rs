//! `recto explain`: what a finding means, why it matters and how to fix it.

use std::io::{self, Write};

use serde_json::json;

use crate::finding::{Code, Explanation};

use crate::cli::args::{ExplainArgs, MessageFormat};
use crate::cli::text::{wrapped, write_line};

/// The number of columns of the explanations, which are sentences.
const MAX_WIDTH: usize = 80;

pub(in crate::cli) fn run(
    args: &ExplainArgs,
    width: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let codes = args.code.as_ref().map_or(Code::ALL, std::slice::from_ref);
    let text = match (args.format, args.code) {
        (MessageFormat::Json, _) => json(codes),
        (MessageFormat::Human, Some(code)) => explained(&code.explanation(), width.min(MAX_WIDTH)),
        (MessageFormat::Human | MessageFormat::Short, _) => listed(codes),
    };
    write_line(out, text.as_bytes())
}

fn json(codes: &[Code]) -> String {
    let codes = codes.iter().map(|code| {
        let Explanation { name, severity, means, matters, fix } = code.explanation();
        json!({
            "code": name,
            "severity": severity.to_string(),
            "means": means,
            "matters": matters,
            "fix": fix,
        })
    });
    format!("{:#}", json!({ "codes": codes.collect::<Vec<_>>() }))
}

fn explained(explanation: &Explanation, width: usize) -> String {
    let Explanation { name, severity, means, matters, fix } = explanation;
    let paragraphs = [
        format!("{severity}[{name}]"),
        (*means).to_owned(),
        format!("Why it matters: {matters}"),
        format!("How to fix it: {fix}"),
    ];
    paragraphs.map(|paragraph| wrapped(&paragraph, width)).join("\n\n")
}

/// A line for each code.
fn listed(codes: &[Code]) -> String {
    let longest = codes.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let lines = codes.iter().map(|code| {
        let Explanation { name, severity, means, .. } = code.explanation();
        format!("{name:longest$}  {:7}  {}", severity.to_string(), first_sentence(means))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text up to its first full stop that ends a sentence.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}
