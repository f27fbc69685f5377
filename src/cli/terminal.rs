//! Standard output for results, standard error for messages.

use std::fmt;
use std::io::{self, IsTerminal as _, Stderr, Stdout, Write};

use anstream::AutoStream;
use clap::ColorChoice;
use terminal_size::{Width, terminal_size_of};

use super::text::visible;

/// The width of a report that is written to a file or a pipe.
const UNKNOWN_WIDTH: usize = 100;
/// Snippets on narrower terminals wrap instead of showing too little.
const MIN_WIDTH: usize = 40;

/// How much is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Errors only.
    Quiet,
    /// Findings and results.
    Normal,
    /// Also each step.
    Verbose,
}

/// Where a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// The two streams.
pub(super) struct Terminal {
    out: PipeSafe<AutoStream<Stdout>>,
    err: PipeSafe<AutoStream<Stderr>>,
    verbosity: Verbosity,
}

impl Terminal {
    pub(super) fn new(color: ColorChoice, verbosity: Verbosity) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self {
            out: PipeSafe::new(AutoStream::new(io::stdout(), choice)),
            err: PipeSafe::new(AutoStream::new(io::stderr(), choice)),
            verbosity,
        }
    }

    /// Standard output.
    pub(super) fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// One of the two streams.
    pub(super) fn stream(&mut self, stream: Stream) -> &mut dyn Write {
        match stream {
            Stream::Out => &mut self.out,
            Stream::Err => &mut self.err,
        }
    }

    /// The number of columns of a stream.
    pub(super) fn width(stream: Stream) -> usize {
        let size = match stream {
            Stream::Out => terminal_size_of(io::stdout()),
            Stream::Err => terminal_size_of(io::stderr()),
        };
        let columns = size.map(|(Width(columns), _)| usize::from(columns));
        columns.map_or(UNKNOWN_WIDTH, |columns| columns.max(MIN_WIDTH))
    }

    pub(super) fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// Whether somebody reads the messages as they come.
    pub(super) fn is_interactive() -> bool {
        io::stderr().is_terminal()
    }

    /// Whether to show a progress bar.
    pub(super) fn shows_progress(&self) -> bool {
        self.verbosity > Verbosity::Quiet && Self::is_interactive()
    }

    /// Whether standard output is a terminal.
    pub(super) fn out_is_terminal(&self) -> bool {
        self.out.stream.is_terminal()
    }

    /// Prints a line to standard error, with control characters escaped. An error in doing so is
    /// ignored: there is nowhere left to report it.
    pub(super) fn message(&mut self, line: impl fmt::Display) {
        let _ = writeln!(self.err, "{}", visible(&line.to_string()));
    }

    /// Prints a line to standard error if the output is verbose.
    pub(super) fn verbose(&mut self, line: impl fmt::Display) {
        if self.verbosity == Verbosity::Verbose {
            self.message(line);
        }
    }
}

/// A stream that ignores a broken pipe, as in `recto schema | head`: what is written from then
/// on is discarded, and the command continues.
struct PipeSafe<W> {
    stream: W,
    closed: bool,
}

impl<W: Write> PipeSafe<W> {
    fn new(stream: W) -> Self {
        Self { stream, closed: false }
    }

    fn unless_closed<T>(
        &mut self,
        if_closed: T,
        write: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.closed {
            return Ok(if_closed);
        }
        match write(&mut self.stream) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(if_closed)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for PipeSafe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}
