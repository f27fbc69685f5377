//! What can be said on the command line.

use std::num::NonZero;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::manifest;
use crate::model::Edition;

use super::terminal::Verbosity;

/// Turns one YAML manifest of photos and captions into an e-book and a press-ready PDF
///
/// A manifest, book.yaml, names the photos and says what is said about them. recto reads it,
/// lays out one picture per page, and writes the editions.
#[derive(Debug, Parser)]
#[command(name = "recto", version, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Whether messages are coloured; `auto` colours on a terminal unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(Check),
    Build(Build),
    Schema(Schema),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, in roff
    Man,
}

/// Look for everything that can be known before printing
///
/// Reads the manifest and all that it names, lays the book out, and prints what it finds.
/// Nothing is written.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) source: Source,
    #[command(flatten)]
    pub(super) judgement: Judgement,
}

/// Write the editions
///
/// Without --only: the e-book, the press PDF, and what the manifest's sections ask for beside
/// them. An error that concerns one edition stops that edition and no other; the earlier file
/// stays as it was.
#[derive(Debug, clap::Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) source: Source,
    /// The folder to write to [default: dist beside the manifest]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
    /// The editions to write, joined by commas [default: what the manifest asks for]
    #[arg(long, value_name = "EDITIONS", value_delimiter = ',', value_parser = editions())]
    pub(super) only: Vec<Edition>,
    #[command(flatten)]
    pub(super) resources: Resources,
    #[command(flatten)]
    pub(super) judgement: Judgement,
}

/// What a build may use.
#[derive(Debug, clap::Args)]
pub(super) struct Resources {
    /// How many threads may work on pictures [default: as many as the machine has cores]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZero<usize>>,
    /// How much memory the pictures under way may take, such as 800MB [default: a quarter of the
    /// machine's]
    ///
    /// A picture that needs more than that is worked on alone.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(super) memory: Option<u64>,
    /// The folder where scaled pictures are kept for the next build [default: the user's cache
    /// folder, or `RECTO_CACHE`]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) cache: Option<PathBuf>,
    /// Neither look for scaled pictures that were kept, nor keep any
    #[arg(long, conflicts_with = "cache")]
    pub(super) no_cache: bool,
}

fn size(text: &str) -> Result<u64, &'static str> {
    manifest::parse_file_size(text).ok_or("write a number and kB, MB, GB or MiB, such as 800MB")
}

/// Print the JSON Schema (draft-07) of a manifest, a design or findings
///
/// Saved beside a manifest as recto.schema.json, it makes an editor complete keys and explain
/// them, once the manifest's first line is:
/// # yaml-language-server: $schema=recto.schema.json
#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    /// The schema of a design file instead; with the name of a design that comes with recto,
    /// its file, to be copied and changed
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "",
        value_parser = designs(), hide_possible_values = true)]
    pub(super) design: Option<String>,
    /// Print the schema of what `--format json` prints
    #[arg(long, conflicts_with = "design")]
    pub(super) findings: bool,
}

fn designs() -> PossibleValuesParser {
    let none = PossibleValue::new("").hide(true);
    let names = manifest::bundled_designs().into_iter().map(PossibleValue::new);
    PossibleValuesParser::new(std::iter::once(none).chain(names))
}

#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// A manifest, or a folder that holds book.yaml [default: book.yaml here or above]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) manifest: Option<PathBuf>,
    /// The language of the edition, one of those that the manifest's texts are written in
    /// [default: the manifest's own]
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Judgement {
    /// How findings are written
    #[arg(long, value_name = "FORM", default_value = "human")]
    format: Format,
    /// What counts as an error, too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what is being done
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the line that each is about
    Human,
    /// One line each
    Short,
    /// One object, on standard output
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings stop a build and fail a check
    Warnings,
}

/// Editions that later versions will write. Asked for by name, they deserve a better answer than
/// that they are unknown.
const PLANNED: [&str; 2] = ["cover", "offline"];

fn editions() -> impl TypedValueParser<Value = Edition> {
    let values =
        Edition::ALL.map(|edition| PossibleValue::new(edition.name()).help(edition.help()));
    let planned = PLANNED.map(|name| PossibleValue::new(name).hide(true));
    PossibleValuesParser::new(values.into_iter().chain(planned)).try_map(|name| {
        Edition::from_name(&name)
            .ok_or("it cannot be written by this version of recto yet; valid editions: epub, epub-fixed, print, screen")
    })
}

impl Args {
    fn judgement(&self) -> Option<&Judgement> {
        match &self.command {
            Command::Check(check) => Some(&check.judgement),
            Command::Build(build) => Some(&build.judgement),
            Command::Schema(_) | Command::Completions { .. } | Command::Man => None,
        }
    }

    pub(super) fn format(&self) -> Format {
        self.judgement().map_or(Format::Human, |judgement| judgement.format)
    }

    pub(super) fn denies_warnings(&self) -> bool {
        self.judgement().is_some_and(|judgement| judgement.deny == Some(Deny::Warnings))
    }

    pub(super) fn verbosity(&self) -> Verbosity {
        match self.judgement() {
            Some(Judgement { quiet: true, .. }) => Verbosity::Quiet,
            Some(Judgement { verbose: true, .. }) => Verbosity::Verbose,
            _ => Verbosity::Usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_hold_together() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn editions_are_a_list_joined_by_commas() {
        let args = Args::try_parse_from(["recto", "build", "--only", "print,epub"]);
        let Ok(Args { command: Command::Build(build), .. }) = args else {
            panic!("not understood: {args:?}")
        };
        assert_eq!(build.only, [Edition::Print, Edition::Epub]);
    }
}
