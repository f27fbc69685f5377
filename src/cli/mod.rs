//! The edge: arguments in, files and messages out, an exit code at the end.

mod build;

use std::process::ExitCode;

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
