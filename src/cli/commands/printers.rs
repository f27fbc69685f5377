//! `recto printers`: the presets of printers, or one in full.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::manifest::{self, PrinterFact, PrinterSheet};
use crate::model::FactSource;

use crate::cli::args::{MessageFormat, PrintersArgs};
use crate::cli::text::{wrapped, write_line};

/// The number of columns of a sheet.
const MAX_WIDTH: usize = 100;

pub(in crate::cli) fn run(
    args: &PrintersArgs,
    width: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let sheets: Vec<PrinterSheet> = match &args.name {
        Some(name) => manifest::printer_sheet(name).into_iter().collect(),
        None => {
            manifest::bundled_printers().into_iter().filter_map(manifest::printer_sheet).collect()
        }
    };
    let text = match (args.format, &args.name) {
        (MessageFormat::Json, _) => {
            let printers: Vec<Value> = sheets.iter().map(json).collect();
            format!("{:#}", json!({ "printers": printers }))
        }
        (MessageFormat::Human, Some(_)) => {
            let sheets = sheets.iter().map(|sheet| in_full(sheet, width.min(MAX_WIDTH)));
            sheets.collect::<Vec<_>>().join("\n")
        }
        (MessageFormat::Short, Some(_)) => {
            let facts = sheets.iter().flat_map(|sheet| &sheet.facts);
            facts.map(|fact| format!("{}: {}", fact.key, fact.text)).collect::<Vec<_>>().join("\n")
        }
        (MessageFormat::Human | MessageFormat::Short, None) => listed(&sheets),
    };
    write_line(out, text.as_bytes())
}

/// A line for each preset.
fn listed(sheets: &[PrinterSheet]) -> String {
    let longest = sheets.iter().map(|sheet| sheet.id.len()).max().unwrap_or_default();
    let lines = sheets.iter().map(|sheet| {
        let PrinterSheet { id, name, about, .. } = sheet;
        format!("{id:longest$}  {name}: {about}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn in_full(sheet: &PrinterSheet, width: usize) -> String {
    let PrinterSheet { id, name, about, facts } = sheet;
    let longest = facts.iter().map(|fact| fact.key.len()).max().unwrap_or_default();
    let indent = " ".repeat(longest + 2);
    let mut parts = vec![format!("{id}: {name}\n{}\n", wrapped(about, width))];
    for (index, PrinterFact { key: section, text: values, source, note, .. }) in
        facts.iter().enumerate()
    {
        let is_first = index == 0 || facts[index - 1].key != *section;
        let start = if is_first { format!("\n{section:longest$}  ") } else { indent.clone() };
        let note = note.as_ref().map(|note| format!("note: {note}"));
        // Facts of one key often have one source, which is printed after the last of them.
        let is_followed =
            facts.get(index + 1).is_some_and(|next| next.key == *section && next.source == *source);
        let source = source.as_ref().filter(|_| !is_followed);
        let source = source.map(|source| format!("source: {source}"));
        let lines = std::iter::once(values.clone()).chain(note).chain(source);
        let column = width.saturating_sub(indent.len()).max(30);
        let lines: Vec<String> = lines
            .map(|line| wrapped(&line, column).replace('\n', &format!("\n{indent}")))
            .collect();
        parts.push(format!("{start}{}\n", lines.join(&format!("\n{indent}"))));
    }
    parts.push(format!(
        "\n`print: {{ printer: {id} }}` in a manifest uses it. `recto schema --printer {id}` prints its \
         file.\n"
    ));
    parts.concat()
}

fn json(sheet: &PrinterSheet) -> Value {
    let PrinterSheet { id, name, about, facts } = sheet;
    let facts = facts.iter().map(|fact| {
        let PrinterFact { key, values, source, note, .. } = fact;
        json!({ "key": key, "values": values, "source": source.as_ref().map(of_source), "note": note })
    });
    json!({ "id": id, "name": name, "about": about, "facts": facts.collect::<Vec<_>>() })
}

fn of_source(source: &FactSource) -> Value {
    let FactSource { place, date, sure } = source;
    json!({ "place": place, "date": date, "sure": sure.to_string() })
}
