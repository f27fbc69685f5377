//! What Ctrl-C and a request to terminate do.

use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::build::RunningBuild;

/// The exit code of a command that was interrupted by a signal: 128 + SIGINT.
const INTERRUPTED: i32 = 130;

/// From now on, an interrupt ends a server, which is what it is for; otherwise it removes the temporary files of the build, says what was changed, and
/// exits with an error. If the system does not allow a handler, an interrupt ends the process as usual.
pub(super) fn handle(build: RunningBuild, is_server: bool) {
    let _ = ctrlc::set_handler(move || {
        if is_server {
            let _ = writeln!(io::stderr(), "\nrecto: the preview has ended");
            std::process::exit(0);
        }
        let written = build.abandon();
        // Nobody may be left to read it.
        let _ = writeln!(io::stderr(), "\nrecto: {}", message(&written));
        std::process::exit(INTERRUPTED);
    });
}

fn message(written: &[PathBuf]) -> String {
    if written.is_empty() {
        return "interrupted; nothing was changed".to_owned();
    }
    let names: Vec<_> = written.iter().map(|path| path.display().to_string()).collect();
    format!("interrupted after {} was written; nothing else was changed", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_what_was_written() {
        assert_eq!(message(&[]), "interrupted; nothing was changed");
        assert_eq!(
            message(&["dist/a.epub".into()]),
            "interrupted after dist/a.epub was written; nothing else was changed"
        );
    }
}
