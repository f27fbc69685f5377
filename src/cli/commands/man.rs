//! `recto man`: one manual page for all commands.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::args::Args;
use crate::cli::text::write_line;

pub(in crate::cli) fn run(out: &mut impl Write) -> io::Result<()> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone()).manual("recto manual");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        section(subcommand, &mut page)?;
    }
    page.extend(final_sections().render().into_bytes());
    write_line(out, &page)
}

/// Renders a subcommand as a section. The generator makes a page of it, so the sections of that
/// page become subsections.
fn section(command: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_uppercase();
    let man = Man::new(command.clone());
    let mut text = Vec::new();
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    let text = String::from_utf8_lossy(&text).replace("\n.SH ", "\n.SS ");
    let text = text.strip_prefix(".SH ").map_or(text.clone(), |rest| format!(".SS {rest}"));
    page.extend(Roff::new().control("SH", [name.as_str()]).render().into_bytes());
    page.extend(text.into_bytes());
    Ok(())
}

fn final_sections() -> Roff {
    let mut roff = Roff::new();
    for (heading, entries) in [
        (
            "EXIT STATUS",
            [
                ("0", "No errors."),
                ("1", "Errors, or warnings with --deny warnings."),
                ("2", "Invalid arguments."),
            ]
            .as_slice(),
        ),
        (
            "ENVIRONMENT",
            &[
                (
                    "SOURCE_DATE_EPOCH",
                    "The modification time in the files, in seconds since 1970-01-01T00:00:00Z. \
                     By default, the manifest's date at midnight UTC, or 2000-01-01. The clock is \
                     not read: the same input gives the same bytes.",
                ),
                ("NO_COLOR", "If set, messages are not coloured."),
            ],
        ),
        (
            "FILES",
            &[
                ("book.yaml", "The manifest, in the current folder or a parent folder."),
                ("dist/SHA256SUMS", "The checksums of the editions, for sha256sum -c."),
            ],
        ),
    ] {
        roff.control("SH", [heading]);
        for (name, text) in entries {
            roff.control("TP", []);
            roff.text([bold(*name)]);
            roff.text([roman(*text)]);
        }
    }
    roff
}
