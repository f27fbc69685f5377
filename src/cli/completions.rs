//! `recto completions`: a script that lets a shell complete commands and options.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::Args;
use super::text::write_line;

pub(super) fn run(shell: Shell, out: &mut impl Write) -> io::Result<()> {
    // Into memory first: the generator panics on a broken pipe.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "recto", &mut script);
    write_line(out, &script)
}
