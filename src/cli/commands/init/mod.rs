//! `recto init`: writes a manifest from a folder of photos, or adds new photos to one.

mod convert;
mod summary;

use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::{Component, Path, PathBuf};
use std::thread;

use crate::build::{create_text_file, replace_text_file};
use crate::finding::{Code, Finding};
use crate::manifest;
use crate::manifest::init::{
    ChapterRule, InitOptions, NewManifest, PhotoOrder, SCHEMA_FILE, Update, new_manifest, some_of,
    title_of, updated_manifest,
};

use crate::cli::args::{Chapters, InitArgs, Order};
use crate::cli::environment;
use crate::cli::report::Report;
use crate::cli::terminal::{Terminal, Verbosity};
use crate::cli::text::{counted, display_path};

/// The name of a new manifest.
const MANIFEST: &str = "book.yaml";
/// The language of a book if neither the user nor the computer states one.
const DEFAULT_LANGUAGE: &str = "en";

pub(in crate::cli) fn run(
    args: &InitArgs,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    let current = match environment::current_folder() {
        Ok(current) => current,
        Err(error) => {
            let message = format!("cannot read the current folder: {error}");
            report.add(Finding::new(Code::ManifestMissing, message));
            return Ok(());
        }
    };
    report.set_base(current.clone());
    let folder = args.folder.clone().unwrap_or_default();
    let result = if current.join(&folder).is_dir() {
        if args.convert
            && let Err(findings) = convert::convert(&current.join(&folder), terminal, report)
        {
            report.extend(findings);
            return Ok(());
        }
        let init = Init {
            args,
            folder: &folder,
            absolute: absolute(&current.join(&folder)),
            current: &current,
        };
        if args.update { init.update(terminal) } else { init.create(terminal) }
    } else {
        Err(vec![no_folder(&folder, &current)])
    };
    match result {
        Ok(output) => output.print(terminal, report),
        Err(findings) => {
            report.extend(findings);
            Ok(())
        }
    }
}

/// What the command prints.
#[derive(Default)]
struct InitOutput {
    /// Results, or the manifest itself.
    results: String,
    /// Messages before them.
    messages: Vec<String>,
    /// What to do next.
    next: Option<String>,
}

impl InitOutput {
    fn print(self, terminal: &mut Terminal, report: &Report) -> io::Result<()> {
        if terminal.verbosity() == Verbosity::Quiet {
            return Ok(());
        }
        let Self { results, messages, next } = self;
        for line in messages {
            terminal.message(line);
        }
        if report.is_json() {
            terminal.message(results.trim_end());
        } else {
            let out = terminal.out();
            out.write_all(results.as_bytes())?;
            out.flush()?;
        }
        if let Some(next) = next {
            terminal.message(format_args!("next: {next}"));
        }
        Ok(())
    }
}

struct Init<'a> {
    args: &'a InitArgs,
    /// The folder as the user wrote it.
    folder: &'a Path,
    absolute: PathBuf,
    current: &'a Path,
}

impl Init<'_> {
    fn create(&self, terminal: &mut Terminal) -> Result<InitOutput, Vec<Finding>> {
        let path = self.folder.join(MANIFEST);
        if let Ok(existing) = manifest::find(Some(self.folder_or_dot()), Path::new(""))
            && !self.args.dry_run
        {
            return Err(vec![exists(&existing)]);
        }
        let args = self.args;
        let options = InitOptions {
            title: args.title.clone().unwrap_or_else(|| title_of(&self.absolute)),
            language: args
                .language
                .clone()
                .or_else(environment::language)
                .unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned()),
            order: args.order.map(PhotoOrder::from),
            chapters: args.chapters.map(ChapterRule::from),
            captions: args.captions.as_deref().map(|table| self.relative(table)),
            printer: args.printer.clone(),
            trim: args.trim.clone(),
            design: args.design.clone(),
            full: args.full,
            today: environment::today(),
            threads: threads(),
        };
        terminal.verbose(format_args!("reading the photos in {}", self.absolute.display()));
        let NewManifest { text, summary } =
            new_manifest(self.folder_or_dot(), &options).map_err(|finding| vec![finding])?;
        let mut output = InitOutput { messages: summary::seen(&summary), ..InitOutput::default() };
        if args.dry_run {
            output.results = text;
            return Ok(output);
        }
        create_text_file(&path, &text).map_err(|error| {
            vec![match error.kind() {
                io::ErrorKind::AlreadyExists => exists(&path),
                _ => not_written(&path, &error),
            }]
        })?;
        self.write_schema().map_err(|error| vec![not_written(&path, &error)])?;
        let chapters = match summary.chapters {
            0 => String::new(),
            count => format!(" in {}", counted(count, "chapter")),
        };
        output.results =
            format!("{}  {}{chapters}\n", shown(&path), counted(summary.photos, "photo"));
        output.messages.extend(self.conversion(&summary.convertible));
        output.next = Some(self.next());
        Ok(output)
    }

    fn update(&self, terminal: &mut Terminal) -> Result<InitOutput, Vec<Finding>> {
        let path = manifest::find(Some(self.folder_or_dot()), Path::new(""))
            .map_err(|finding| vec![finding.help("write one first: recto init")])?;
        terminal.verbose(format_args!("reading the photos in {}", self.absolute.display()));
        let order = self.args.order.map(PhotoOrder::from);
        let update = updated_manifest(&path, order, environment::today(), threads())?;
        let Update { text, added, left_out, missing, found_again, convertible } = &update;
        let mut output = InitOutput::default();
        let lists = [
            (added, "photo added", "photos added"),
            (left_out, "file left out, as a comment", "files left out, as comments"),
            (missing, "photo marked as missing", "photos marked as missing"),
            (found_again, "photo is there again", "photos are there again"),
        ];
        let changes = lists.map(|(names, one, many)| match names.len() {
            0 => None,
            count => {
                let what = if count == 1 { one } else { many };
                Some(format!("{count} {what}: {}", some_of(names)))
            }
        });
        output.messages.extend(changes.into_iter().flatten());
        let is_unchanged = output.messages.is_empty();
        output.messages.extend(self.conversion(convertible));
        if self.args.dry_run {
            output.results.clone_from(text);
            return Ok(output);
        }
        if is_unchanged {
            output.results = format!(
                "{}  unchanged: it has all photos of the folder that recto can read\n",
                shown(&path)
            );
            return Ok(output);
        }
        replace_text_file(&path, text).map_err(|error| vec![not_written(&path, &error)])?;
        output.results = format!("{}  updated\n", shown(&path));
        output.next = Some(if missing.is_empty() {
            self.next()
        } else {
            "restore the missing photos, or remove their entries".to_owned()
        });
        Ok(output)
    }

    /// The schema that the first line of the manifest names, unless there is one.
    fn write_schema(&self) -> io::Result<()> {
        let schema = serde_json::to_string_pretty(&manifest::schema())?;
        match create_text_file(&self.folder.join(SCHEMA_FILE), &format!("{schema}\n")) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            result => result,
        }
    }

    /// How to use files that recto cannot read, unless that has just been tried.
    fn conversion(&self, files: &[String]) -> Option<String> {
        let count = counted(files.len(), "file");
        let (names, folder) = (some_of(files), self.argument());
        (!files.is_empty() && !self.args.convert).then(|| {
            format!("recto cannot read {count}: {names}; to convert: recto init --update --convert{folder}")
        })
    }

    fn next(&self) -> String {
        let folder = self.argument();
        format!("recto preview{folder}, then recto build{folder}")
    }

    /// The folder as an argument of another command, with a space before it.
    fn argument(&self) -> String {
        match shown(self.folder).as_str() {
            "" | "." => String::new(),
            folder if folder.contains(' ') => format!(" \"{folder}\""),
            folder => format!(" {folder}"),
        }
    }

    /// A file as a manifest in the folder names it.
    fn relative(&self, file: &Path) -> String {
        // A file that does not exist is reported under the name that the user gave.
        let Ok(file) = self.current.join(file).canonicalize() else {
            return display_path(file, Path::new(""));
        };
        let common = self
            .absolute
            .ancestors()
            .find_map(|folder| Some((folder, file.strip_prefix(folder).ok()?)));
        let Some((common, below)) = common else { return display_path(&file, Path::new("")) };
        let depth = self.absolute.strip_prefix(common).map_or(0, |it| it.components().count());
        let mut path: PathBuf = std::iter::repeat_n("..", depth).collect();
        path.push(below);
        display_path(&path, Path::new(""))
    }

    fn folder_or_dot(&self) -> &Path {
        if self.folder.as_os_str().is_empty() { Path::new(".") } else { self.folder }
    }
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn shown(path: &Path) -> String {
    display_path(path, Path::new(""))
}

/// A path without `.` and `..`, so that it has a name.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize()
        .unwrap_or_else(|_| path.components().filter(|it| *it != Component::CurDir).collect())
}

fn exists(path: &Path) -> Finding {
    let message = format!("{} exists already; nothing was changed", shown(path));
    Finding::new(Code::ManifestExists, message)
        .help("to add new photos to it, run recto init --update; to see a new one, --dry-run")
}

fn not_written(path: &Path, error: &io::Error) -> Finding {
    let message = format!("{} cannot be written: {error}", shown(path));
    Finding::new(Code::ManifestWrite, message)
        .help("make the folder writable, or print the manifest with --dry-run")
}

fn no_folder(folder: &Path, current: &Path) -> Finding {
    if current.join(folder).is_file() {
        let message = format!("{} is a file, not a folder", folder.display());
        return Finding::new(Code::PhotosNone, message).help("give the folder of the photos");
    }
    let message = format!("there is no folder {}", folder.display());
    Finding::new(Code::PhotosNone, message).help("give the folder of the photos")
}

impl From<Order> for PhotoOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Taken => Self::Taken,
            Order::Name => Self::Name,
        }
    }
}

impl From<Chapters> for ChapterRule {
    fn from(chapters: Chapters) -> Self {
        match chapters {
            Chapters::None => Self::None,
            Chapters::Folder => Self::Folder,
            Chapters::Day => Self::Day,
        }
    }
}
