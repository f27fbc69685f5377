//! What Ctrl-C and a request to terminate do.

use std::io::{self, Write as _};

use crate::build::{AbandonedBuild, RunningBuild};

/// The exit code of a command that was interrupted by a signal: 128 + SIGINT.
const INTERRUPTED: i32 = 130;

/// From now on, an interrupt ends a server, which is what it is for; otherwise it removes the
/// temporary files of the build, says what was changed, and exits with an error. If the system does
/// not allow a handler, an interrupt ends the process as usual.
pub(super) fn handle(build: RunningBuild, is_server: bool) {
    let _ = ctrlc::set_handler(move || {
        if is_server {
            let _ = writeln!(io::stderr(), "\nrecto: the preview has ended");
            std::process::exit(0);
        }
        let abandoned = build.abandon();
        // Nobody may be left to read it.
        let _ = writeln!(io::stderr(), "\nrecto: {}", message(&abandoned));
        std::process::exit(INTERRUPTED);
    });
}

fn message(AbandonedBuild { written, sums_changed }: &AbandonedBuild) -> String {
    let sums = if *sums_changed { "; SHA256SUMS lists only what is up to date" } else { "" };
    if written.is_empty() {
        return format!("interrupted; nothing was changed{sums}");
    }
    let names: Vec<_> = written.iter().map(|path| path.display().to_string()).collect();
    format!("interrupted after {} was written; nothing else was changed{sums}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_what_was_written() {
        let mut build = AbandonedBuild::default();
        assert_eq!(message(&build), "interrupted; nothing was changed");
        build.written.push("dist/a.epub".into());
        assert_eq!(
            message(&build),
            "interrupted after dist/a.epub was written; nothing else was changed"
        );
        build = AbandonedBuild { written: Vec::new(), sums_changed: true };
        let sums = "interrupted; nothing was changed; SHA256SUMS lists only what is up to date";
        assert_eq!(message(&build), sums);
    }
}
