//! Runs of the `recto` command.

use std::process::{Command, Output};

use serde_json::Value;

use super::fixture::BookFixture;

/// The exit code and the output of one run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code, not a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// The JSON object on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl BookFixture {
    /// Runs `recto` with these arguments in the folder.
    pub(crate) fn recto(&self, arguments: &str) -> Run {
        self.recto_with(arguments, &[])
    }

    /// Runs `recto` with these environment variables.
    pub(crate) fn recto_with(&self, arguments: &str, environment: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(arguments.split_whitespace())
            .current_dir(self.folder())
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("RUST_BACKTRACE")
            .env("RECTO_CACHE", self.path("cache"))
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Run::from(output)
    }
}
