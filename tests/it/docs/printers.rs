//! `docs/printers.md`, from the presets of printers.

use std::fmt::Write as _;

use recto::manifest::{self, PrinterSheet};

#[test]
fn the_page_of_printers_is_up_to_date() {
    super::assert_up_to_date("printers.md", &page());
}

fn page() -> String {
    let mut page = String::from(super::GENERATED);
    page += "# Printers\n\n\
        The presets that `print.printer` can name, as `recto printers NAME` prints them. \
        [Print](print.md#printers) explains what a preset does, and how sure the numbers are. \
        Printers change their numbers: compare them with the printer's own pages before a large \
        order, and copy a preset to correct it. [printer-keys.md](printer-keys.md) explains the \
        keys.\n\n";
    let sheets = manifest::bundled_printers();
    let sheets: Vec<_> = sheets.into_iter().filter_map(manifest::printer_sheet).collect();
    page += "| preset | bleed | pages | colour | standards |\n|---|---|---|---|---|\n";
    for sheet in &sheets {
        let texts = |key: &str| -> String {
            let facts = sheet.facts.iter().filter(|fact| fact.key == key);
            facts.map(|fact| &*fact.text).collect::<Vec<_>>().join("; ")
        };
        let [bleed, pages, color, standards] = ["bleed", "pages", "color", "standards"].map(texts);
        let id = &sheet.id;
        writeln!(page, "| [`{id}`](#{id}) | {bleed} | {pages} | {color} | {standards} |").unwrap();
    }
    for PrinterSheet { id, name, about, facts } in &sheets {
        write!(page, "\n## {id}\n\n{name}. {about}\n\n").unwrap();
        page += "| key | value | source | date | sure |\n|---|---|---|---|---|\n";
        for fact in facts {
            let note = fact.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
            let source = fact.source.as_ref().expect("a source");
            let date = source.date.as_deref().unwrap_or_default();
            let (key, text, place, sure) = (&fact.key, &fact.text, &source.place, source.sure);
            writeln!(page, "| `{key}` | {text}{note} | {place} | {date} | {sure} |").unwrap();
        }
    }
    page
}
