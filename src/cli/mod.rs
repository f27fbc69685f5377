//! The edge: arguments in, files and messages out, an exit code at the end.
//!
//! Every command fills a [`Report`]; the edge closes it. What a command makes goes to
//! standard output, what it has to say to standard error, and a panic anywhere becomes
//! one more finding: a crash is never an answer.

mod args;
mod build;
mod check;
mod completions;
mod environment;
mod fault;
mod json;
mod load;
mod machine;
mod man;
mod progress;
mod removed;
mod report;
mod schema;
mod snippet;
mod terminal;
mod text;

use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use crate::finding::Finding;

use args::{Args, Command};
use report::Report;
use terminal::Terminal;

/// Problems were found.
const PROBLEMS: u8 = 1;
/// The arguments make no sense.
const USAGE: u8 = 2;

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(answer) => {
            // Help and version are answers too; whoever asked may have left already.
            let _ = answer.print();
            return if answer.use_stderr() { USAGE.into() } else { ExitCode::SUCCESS };
        }
    };
    let mut terminal = Terminal::new(args.color, args.verbosity());
    let mut report = Report::new(args.format(), args.denies_warnings());
    let done = fault::caught(|| {
        command(&args.command, &mut terminal, &mut report)?;
        report.close(&mut terminal)
    });
    match done {
        Ok(Ok(())) => report.verdict(),
        Ok(Err(error)) => {
            terminal.say(format_args!("recto: cannot write to standard output: {error}"));
            PROBLEMS.into()
        }
        Err(fault) => crashed(fault, &mut terminal, report),
    }
}

fn command(command: &Command, terminal: &mut Terminal, report: &mut Report) -> io::Result<()> {
    match command {
        Command::Check(args) => {
            check::run(args, terminal, report);
            Ok(())
        }
        Command::Build(args) => build::run(args, terminal, report),
        Command::Schema(args) => schema::run(args, terminal.out()),
        Command::Completions { shell } => completions::run(*shell, terminal.out()),
        Command::Man => man::run(terminal.out()),
    }
}

/// What was found before the crash is still worth having, and in the form asked for.
fn crashed(fault: Finding, terminal: &mut Terminal, mut report: Report) -> ExitCode {
    report.add(fault);
    let told = fault::caught(|| report.close(terminal));
    if !matches!(told, Ok(Ok(()))) {
        terminal.say("recto has a fault of its own, and another in telling of it");
    }
    PROBLEMS.into()
}

impl Report {
    fn verdict(&self) -> ExitCode {
        if self.failed() { PROBLEMS.into() } else { ExitCode::SUCCESS }
    }
}
