//! The command-line arguments.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::finding::Code;
use crate::manifest::{self, init};
use crate::model::Edition;

use super::hints;
use super::terminal::Verbosity;

/// Turns one YAML manifest of photos and captions into an e-book and a press-ready PDF
///
/// The manifest, book.yaml, lists the photos with their captions. recto reads it, lays out one
/// picture per page, and writes the editions.
#[derive(Debug, Parser)]
#[command(name = "recto", version, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to colour messages; `auto` means on a terminal, unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(InitArgs),
    Check(CheckArgs),
    Build(BuildArgs),
    Preview(PreviewArgs),
    Explain(ExplainArgs),
    Printers(PrintersArgs),
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, in roff
    Man,
}

/// Write book.yaml from a folder of photos
///
/// Reads the metadata of the photos, but does not decode them. The manifest lists each photo with
/// the caption, alt text, credit line, place and date that its metadata has, and a comment that
/// says where each was read. An existing manifest is never overwritten.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct InitArgs {
    /// The folder of the photos, in which book.yaml is written [default: the current folder]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) folder: Option<PathBuf>,
    /// The title of the book [default: the name of the folder]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The language of the book, as a BCP 47 tag [default: that of this computer]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(super) language: Option<String>,
    /// The order of the photos [default: taken, if nearly all photos have a time, else name]
    #[arg(long)]
    pub(super) order: Option<Order>,
    /// What makes a chapter [default: folder, if there are several, else none]
    #[arg(long)]
    pub(super) chapters: Option<Chapters>,
    /// A table of captions: CSV or tab-separated text, one row for each photo
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) captions: Option<PathBuf>,
    /// The preset of a printer
    #[arg(long, value_name = "NAME")]
    pub(super) printer: Option<String>,
    /// The page size, such as `a4-landscape` or `"210 x 210 mm"`
    #[arg(long, value_name = "SIZE", value_parser = trim)]
    pub(super) trim: Option<String>,
    /// The design, by name or as a design file relative to the folder
    #[arg(long, value_name = "NAME")]
    pub(super) design: Option<String>,
    /// Add all other keys as comments
    #[arg(long)]
    pub(super) full: bool,
    /// Add new photos to an existing manifest, and mark those that are missing
    ///
    /// Every word, comment and blank line in it stays.
    #[arg(long, conflicts_with_all = ["title", "language", "chapters", "captions", "printer", "trim", "design", "full"])]
    pub(super) update: bool,
    /// Convert HEIC, AVIF and camera raw files to JPEGs beside them first
    ///
    /// Runs a program of this computer, such as heif-convert, sips, magick or exiftool. The
    /// originals stay, and existing JPEGs are not overwritten.
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) convert: bool,
    /// Print the manifest instead of writing it
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// The order of photos in a new manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    /// By the time when they were taken
    Taken,
    /// By name: 2.jpg comes before 10.jpg
    Name,
}

/// What makes a chapter in a new manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Chapters {
    /// There are no chapters
    None,
    /// Each folder
    Folder,
    /// Each day
    Day,
}

fn language(text: &str) -> Result<String, &'static str> {
    let is_valid = init::is_language(text);
    is_valid.then(|| text.to_owned()).ok_or("expected a BCP 47 tag such as en, de-CH or zh-Hant")
}

fn trim(text: &str) -> Result<String, &'static str> {
    let is_valid = init::is_trim(text);
    is_valid.then(|| text.to_owned()).ok_or(
        "expected a width and a height such as \"210 x 210 mm\", or a name such as a4-landscape",
    )
}

/// Check the book without building it
///
/// Reads the manifest and all files that it names, lays out the book, and reports problems.
/// Writes nothing but the cache.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) source: SourceArgs,
    #[command(flatten)]
    pub(super) resources: ResourceArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// Write the editions
///
/// By default, writes the e-book, the print PDF, and the editions that have a section in the
/// manifest. An error in one edition does not stop the others; the existing file of a failed
/// edition is kept.
#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) source: SourceArgs,
    /// The output folder [default: dist, next to the manifest]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, value_parser = output())]
    pub(super) output: Option<PathBuf>,
    /// The editions to write, separated by commas [default: those that the manifest asks for]
    #[arg(long, value_name = "EDITIONS", value_delimiter = ',', value_parser = editions())]
    pub(super) only: Vec<Edition>,
    /// Show the folds, joints and safe areas of the printed cover in a layer that is not printed;
    /// the file then claims no standard
    #[arg(long)]
    pub(super) guides: bool,
    /// Do not wait until the files are on the disk
    ///
    /// By default, a power cut leaves each file either as it was or complete. Without waiting,
    /// the build ends sooner, and the file can be damaged.
    #[arg(long)]
    pub(super) no_sync: bool,
    /// Open the edition afterwards, or the output folder if there are several
    #[arg(long)]
    pub(super) open: bool,
    #[command(flatten)]
    pub(super) resources: ResourceArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// Show the book in the browser, as it will be bound
///
/// Shows spreads with trim, bleed and safe area, the e-book beside them, and the findings on their
/// pages. The preview follows the files: a change shows within a second, at the same page. It
/// answers only on this computer, and ends with Ctrl-C.
#[derive(Debug, clap::Args)]
pub(super) struct PreviewArgs {
    #[command(flatten)]
    pub(super) source: SourceArgs,
    /// The port of the server; 0 means any free one [default: the first free one from 7877]
    #[arg(long, value_name = "N")]
    pub(super) port: Option<u16>,
    #[command(flatten)]
    pub(super) browser: BrowserArgs,
    /// Write one HTML file with all pictures and fonts in it instead, to be mailed
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, value_parser = preview_file(),
        conflicts_with_all = ["port", "open", "no_open"])]
    pub(super) out: Option<PathBuf>,
    /// The editions to show, separated by commas [default: those that the manifest asks for]
    #[arg(long, value_name = "EDITIONS", value_delimiter = ',', value_parser = editions())]
    pub(super) only: Vec<Edition>,
    #[command(flatten)]
    pub(super) resources: ResourceArgs,
    #[command(flatten)]
    amount: AmountArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct BrowserArgs {
    /// Open the browser, even if standard output is not a terminal
    #[arg(long, overrides_with = "no_open")]
    pub(super) open: bool,
    /// Do not open the browser
    #[arg(long)]
    pub(super) no_open: bool,
}

/// How much is reported.
#[derive(Debug, clap::Args)]
struct AmountArgs {
    /// Report only errors
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Report each step
    #[arg(short, long)]
    verbose: bool,
}

/// The resources that the work with photos may use.
#[derive(Debug, clap::Args)]
pub(super) struct ResourceArgs {
    /// The number of threads that process pictures; 0 means the number of CPU cores, which is the
    /// default
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<usize>,
    /// The memory limit for processing pictures, such as 800MB [default: a quarter of the
    /// computer's memory]
    ///
    /// A picture that needs more is processed alone.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(super) memory: Option<u64>,
    /// The folder where scaled pictures are cached [default: `RECTO_CACHE`, or the user's cache
    /// folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) cache: Option<PathBuf>,
    /// Do not read or write the cache
    #[arg(long, conflicts_with = "cache")]
    pub(super) no_cache: bool,
}

fn size(text: &str) -> Result<u64, &'static str> {
    manifest::parse_file_size(text).ok_or("expected a number with kB, MB, GB or MiB, such as 800MB")
}

/// Explain a finding
///
/// Prints what a finding means, why it matters and how to fix it; without a code, the list of all
/// codes.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The code of a finding, such as photo-missing; error[photo-missing] is understood too
    #[arg(value_parser = hints::code)]
    pub(super) code: Option<Code>,
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: MessageFormat,
}

/// List the presets of printers, or print one in full
///
/// A preset is what `print: { printer: NAME }` in a manifest asks for: bleed, margins, numbers of
/// pages, papers and covers, each with its source, the date of that, and how sure it is.
#[derive(Debug, clap::Args)]
pub(super) struct PrintersArgs {
    /// The name of a preset, such as lulu
    #[arg(value_parser = printers())]
    pub(super) name: Option<String>,
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: MessageFormat,
}

fn printers() -> PossibleValuesParser {
    PossibleValuesParser::new(manifest::bundled_printers())
}

/// Print the JSON Schema (draft-07) of a manifest, a design, a printer or findings
///
/// Editors use it to complete and explain keys. Save it next to the manifest as
/// recto.schema.json, and make this the first line of the manifest:
/// # yaml-language-server: $schema=recto.schema.json
#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// Print the schema of a design file or, with the name of a bundled design, that design as a
    /// file to start from
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "",
        value_parser = designs(), hide_possible_values = true)]
    pub(super) design: Option<String>,
    /// Print the schema of a printer's file or, with the name of a preset, that preset as a file to
    /// start from
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "",
        value_parser = printer_files(), hide_possible_values = true, conflicts_with = "design")]
    pub(super) printer: Option<String>,
    /// Print the schema of the output of `--format json`
    #[arg(long, conflicts_with_all = ["design", "printer"])]
    pub(super) findings: bool,
}

fn designs() -> PossibleValuesParser {
    names_or_none(manifest::bundled_designs())
}

fn printer_files() -> PossibleValuesParser {
    names_or_none(manifest::bundled_printers())
}

fn names_or_none(names: Vec<&'static str>) -> PossibleValuesParser {
    let none = PossibleValue::new("").hide(true);
    let names = names.into_iter().map(PossibleValue::new);
    PossibleValuesParser::new(std::iter::once(none).chain(names))
}

#[derive(Debug, clap::Args)]
pub(super) struct SourceArgs {
    /// The manifest, or a folder that contains book.yaml [default: book.yaml in the current folder
    /// or a parent folder]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) manifest: Option<PathBuf>,
    /// The language of the edition, as a BCP 47 tag; the manifest must have texts in it [default:
    /// the manifest's `language`]
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,
    /// Refuse every file, link and font outside the folder of the manifest
    ///
    /// For services that build books of strangers. Fonts of the system are not used either.
    #[arg(long)]
    pub(super) confined: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// The output format of findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: MessageFormat,
    /// Fail if there are findings of this severity, as if they were errors
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Deny>,
    /// Show every finding; by default, at most three of the same cause are shown
    #[arg(long)]
    all_findings: bool,
    #[command(flatten)]
    amount: AmountArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Several lines each, with the line of the file that it is about
    Human,
    /// One line each
    Short,
    /// One JSON object, on standard output
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings make a build or check fail
    #[value(alias = "warning")]
    Warnings,
}

fn editions() -> impl TypedValueParser<Value = Edition> {
    let values =
        Edition::ALL.map(|edition| PossibleValue::new(edition.name()).help(edition.help()));
    // Other names that people try get a better message than an unknown name.
    let other = hints::OTHER_EDITIONS.map(|(name, _)| PossibleValue::new(name).hide(true));
    PossibleValuesParser::new(values.into_iter().chain(other))
        .try_map(|name| Edition::from_name(&name).ok_or_else(|| hints::edition(&name)))
}

fn preview_file() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(hints::preview_file)
}

fn output() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(hints::output_folder)
}

impl Command {
    /// Whether it runs until it is interrupted.
    pub(super) fn is_server(&self) -> bool {
        matches!(self, Self::Preview(preview) if preview.out.is_none())
    }
}

impl Args {
    fn report(&self) -> Option<&ReportArgs> {
        match &self.command {
            Command::Init(init) => Some(&init.report),
            Command::Check(check) => Some(&check.report),
            Command::Build(build) => Some(&build.report),
            Command::Explain(_)
            | Command::Preview(_)
            | Command::Printers(_)
            | Command::Schema(_)
            | Command::Completions { .. }
            | Command::Man => None,
        }
    }

    pub(super) fn format(&self) -> MessageFormat {
        self.report().map_or(MessageFormat::Human, |report| report.format)
    }

    pub(super) fn denies_warnings(&self) -> bool {
        self.report().is_some_and(|report| report.deny == Some(Deny::Warnings))
    }

    pub(super) fn all_findings(&self) -> bool {
        self.report().is_some_and(|report| report.all_findings)
    }

    pub(super) fn verbosity(&self) -> Verbosity {
        let amount = match (&self.command, self.report()) {
            (Command::Preview(preview), _) => Some(&preview.amount),
            (_, report) => report.map(|report| &report.amount),
        };
        match amount {
            Some(AmountArgs { quiet: true, .. }) => Verbosity::Quiet,
            Some(AmountArgs { verbose: true, .. }) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_are_consistent() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn editions_are_separated_by_commas() {
        let args = Args::try_parse_from(["recto", "build", "--only", "print,epub"]);
        let Ok(Args { command: Command::Build(build), .. }) = args else {
            panic!("not parsed: {args:?}")
        };
        assert_eq!(build.only, [Edition::Print, Edition::Epub]);
    }
}
