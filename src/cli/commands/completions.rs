//! `recto completions`: a script that lets a shell complete commands and options.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args::Args;
use crate::cli::text::write_line;

pub(in crate::cli) fn run(shell: Shell, out: &mut impl Write) -> io::Result<()> {
    // Into memory first: the generator panics on a broken pipe.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "recto", &mut script);
    write_line(out, &script)
}
