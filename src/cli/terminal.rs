//! Standard output for results, standard error for messages.

use std::fmt;
use std::io::{self, IsTerminal as _, Stderr, Stdout, Write};

use anstream::AutoStream;
use clap::ColorChoice;
use terminal_size::{Width, terminal_size_of};

/// The width of a report that goes into a file or a pipe.
const UNKNOWN_WIDTH: usize = 100;
/// Below this, a snippet shows too little to be of use, and wrapping is the lesser evil.
const LEAST_WIDTH: usize = 40;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Errors only.
    Quiet,
    /// Findings and results.
    Usual,
    /// Also what is being done.
    Verbose,
}

/// Where a report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// The two streams.
pub(super) struct Terminal {
    out: Outlet<AutoStream<Stdout>>,
    err: Outlet<AutoStream<Stderr>>,
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
            out: Outlet::new(AutoStream::new(io::stdout(), choice)),
            err: Outlet::new(AutoStream::new(io::stderr(), choice)),
            verbosity,
        }
    }

    /// Where results go.
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

    /// How many columns a stream has.
    pub(super) fn width(stream: Stream) -> usize {
        let size = match stream {
            Stream::Out => terminal_size_of(io::stdout()),
            Stream::Err => terminal_size_of(io::stderr()),
        };
        let known = size.map(|(Width(columns), _)| usize::from(columns));
        known.map_or(UNKNOWN_WIDTH, |columns| columns.max(LEAST_WIDTH))
    }

    pub(super) fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// Whether someone watches who would like to see how far the work is.
    pub(super) fn shows_progress(&self) -> bool {
        self.verbosity > Verbosity::Quiet && io::stderr().is_terminal()
    }

    /// Says something on standard error. There is nowhere to say that this failed.
    pub(super) fn say(&mut self, line: impl fmt::Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Says what is being done, to those who want to know.
    pub(super) fn say_if_verbose(&mut self, line: impl fmt::Display) {
        if self.verbosity == Verbosity::Verbose {
            self.say(line);
        }
    }
}

/// A stream whose reader may leave before the end: in `recto schema | head`, nothing went
/// wrong. From then on, what is written goes nowhere, and the work is done all the same.
struct Outlet<W> {
    stream: W,
    deserted: bool,
}

impl<W: Write> Outlet<W> {
    fn new(stream: W) -> Self {
        Self { stream, deserted: false }
    }

    fn unless_deserted<T>(
        &mut self,
        otherwise: T,
        write: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.deserted {
            return Ok(otherwise);
        }
        match write(&mut self.stream) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.deserted = true;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl<W: Write> Write for Outlet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_deserted(bytes.len(), |stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_deserted((), Write::flush)
    }
}
