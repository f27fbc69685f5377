//! `recto schema`: JSON Schemas of a manifest, a design, a printer and findings, for editors and programs.

use std::io::{self, Write};

use crate::manifest;

use crate::cli::args::SchemaArgs;
use crate::cli::report::json;
use crate::cli::text::write_line;

pub(in crate::cli) fn run(args: &SchemaArgs, out: &mut impl Write) -> io::Result<()> {
    if args.findings {
        return write_line(out, &serde_json::to_vec_pretty(&json::schema())?);
    }
    match args.printer.as_deref() {
        None => {}
        Some("") => {
            return write_line(out, &serde_json::to_vec_pretty(&manifest::printer_schema())?);
        }
        Some(name) => {
            let file = manifest::bundled_printer(name).unwrap_or_default();
            return write_line(out, file.as_bytes());
        }
    }
    match args.design.as_deref() {
        None => write_line(out, &serde_json::to_vec_pretty(&manifest::schema())?),
        Some("") => write_line(out, &serde_json::to_vec_pretty(&manifest::design_schema())?),
        Some(name) => {
            write_line(out, manifest::bundled_design(name).unwrap_or_default().as_bytes())
        }
    }
}
