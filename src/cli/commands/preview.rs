//! `recto preview`: shows the book in the browser.

use std::io::{self, Write as _};
use std::path::Path;

use crate::build::{self, RunningBuild};
use crate::finding::{Code, Finding, Findings};
use crate::picture::PictureError;
use crate::preview::{Port, Preview, PreviewError, PreviewOptions};

use super::load;
use super::progress::ProgressBar;
use crate::cli::args::PreviewArgs;
use crate::cli::report::Report;
use crate::cli::terminal::{Terminal, Verbosity};
use crate::cli::text::{bytes, display_path};

pub(in crate::cli) fn run(
    args: &PreviewArgs,
    running: &RunningBuild,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    report.accompanies_build();
    let Some(manifest) = load::manifest(&args.source, terminal, report) else { return Ok(()) };
    let options = PreviewOptions {
        manifest,
        project: load::options(&args.source, &args.resources, false),
        editions: (!args.only.is_empty()).then(|| args.only.iter().copied().collect()),
        is_file: args.out.is_some(),
    };
    match &args.out {
        Some(file) => write(file, options, running, terminal, report),
        None => serve(args, options, terminal, report),
    }
}

fn serve(
    args: &PreviewArgs,
    options: PreviewOptions,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    // A port that cannot be used is reported before the book is read.
    let port = match Port::reserve(args.port) {
        Ok(port) => port,
        Err(error) => {
            report.add(unavailable(&error));
            return Ok(());
        }
    };
    let preview = Preview::load(options)?;
    let url = port.url();
    let out = terminal.out();
    writeln!(out, "preview at {url}")?;
    out.flush()?;
    if terminal.verbosity() > Verbosity::Quiet {
        terminal.message("press Ctrl-C to stop");
    }
    if (args.browser.open || terminal.out_is_terminal() && !args.browser.no_open)
        && let Err(error) = open::that_detached(&url)
    {
        terminal.message(format_args!("the browser cannot be opened: {error}"));
    }
    if let Err(error) = preview.serve(port) {
        report.add(unavailable(&error));
    }
    Ok(())
}

fn write(
    file: &Path,
    options: PreviewOptions,
    running: &RunningBuild,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    let preview = Preview::load(options)?;
    let Findings { list, sources } = preview.findings();
    report.extend(list.iter().cloned());
    report.sources(sources.clone());
    if !preview.has_book() {
        return Ok(());
    }
    report.show(terminal)?;
    let path = display_path(file, report.base());
    let bar = ProgressBar::new(&path, preview.picture_count(), terminal.shows_progress());
    let written = build::write_file(file, running, |out| preview.write(out, &mut || bar.advance()));
    drop(bar);
    match written {
        Ok(written) if terminal.verbosity() > Verbosity::Quiet => {
            let out = terminal.out();
            writeln!(out, "{path}  {}", bytes(written.size))?;
            out.flush()
        }
        Ok(_) => Ok(()),
        Err(PreviewError::Pictures(errors)) => {
            report.extend(errors.into_iter().map(|error| unreadable(&error, &path)));
            Ok(())
        }
        Err(error) => {
            let message = format!("cannot write {path}: {error}");
            report.add(
                Finding::new(Code::NotWritten, message).help("choose another file with --out"),
            );
            Ok(())
        }
    }
}

fn unreadable(error: &PictureError, file: &str) -> Finding {
    Finding::new(Code::PhotoUnreadable, error.to_string())
        .help(format!("{file} is not written; repair the photo or leave it out"))
}

fn unavailable(error: &PreviewError) -> Finding {
    let help = match error {
        PreviewError::Port { .. } => "leave out --port to use the first free port",
        _ => "write the preview to a file with --out FILE.html",
    };
    Finding::new(Code::PreviewUnavailable, error.to_string()).help(help)
}
