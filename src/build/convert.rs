//! Converts photos that recto cannot read to JPEGs beside them, with the programs of the system.
#![expect(clippy::disallowed_methods, reason = "the build writes files")]

use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tempfile::TempPath;

use crate::manifest;
use crate::picture::{
    Content, ConvertCommand, Converter, Converters, ConvertibleKind, content_of, corrected_jpeg,
};

/// Messages of converters are cut to so many characters.
const MAX_MESSAGE: usize = 300;

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The original.
    pub original: PathBuf,
    /// The result.
    pub outcome: ConversionOutcome,
}

/// The result of converting one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConversionOutcome {
    /// It was converted.
    Converted {
        /// The JPEG beside it.
        jpeg: PathBuf,
        /// The program.
        converter: Converter,
        /// Whether the program turned the picture and left an orientation in EXIF that would have
        /// turned it again. It has been corrected.
        was_turned_twice: bool,
    },
    /// There is a JPEG of this name already.
    Exists {
        /// The JPEG.
        jpeg: PathBuf,
    },
    /// It is a photo that recto reads, or not a photo.
    NotNeeded,
    /// No program for it is installed.
    NoConverter {
        /// The command, and the package that has the program.
        help: String,
    },
    /// The program failed.
    Failed {
        /// Its message.
        message: String,
    },
}

/// Converts files to JPEGs beside them: `IMG_1.HEIC` to `IMG_1.jpg`. An existing JPEG is never
/// overwritten, and no file is changed or removed. Up to `jobs` programs run at the same time. The
/// results are in the order of the files; `done` is called after each, in any order.
pub fn convert_photos(
    files: &[PathBuf],
    converters: &Converters,
    jobs: NonZero<usize>,
    done: impl Fn(&Conversion) + Sync,
) -> Vec<Conversion> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(files.len()) {
            scope.spawn(|| {
                while let Some((index, original)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    files.get(index).map(|file| (index, file))
                } {
                    let outcome = converted(original, converters).unwrap_or_else(|error| {
                        ConversionOutcome::Failed { message: error.to_string() }
                    });
                    let conversion = Conversion { original: original.clone(), outcome };
                    done(&conversion);
                    let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                    results.push((index, conversion));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, conversion)| conversion).collect()
}

fn converted(original: &Path, converters: &Converters) -> io::Result<ConversionOutcome> {
    let Some(kind) = kind(original)? else { return Ok(ConversionOutcome::NotNeeded) };
    let endings = ["jpg", "JPG", "jpeg", "JPEG", "Jpg"];
    let mut names = endings.iter().map(|ending| original.with_extension(ending));
    if let Some(jpeg) = names.find(|name| name != original && name.exists()) {
        return Ok(ConversionOutcome::Exists { jpeg });
    }
    let jpeg = original.with_extension("jpg");
    let available = converters.available(kind);
    if available.is_empty() || jpeg == original {
        let name = original.file_name().unwrap_or_default().to_string_lossy();
        return Ok(ConversionOutcome::NoConverter { help: converters.help(kind, &name) });
    }
    // A folder of its own, since some programs write several files. It is in the same folder, since
    // a rename cannot cross file systems.
    let folder = original.parent().filter(|it| !it.as_os_str().is_empty());
    let work = tempfile::Builder::new()
        .prefix(".recto-convert-")
        .tempdir_in(folder.unwrap_or(Path::new(".")))?;
    let output = work.path().join("photo.jpg");
    let mut messages = Vec::new();
    for converter in available {
        for command in converters.commands(converter, original, &output) {
            match run(&command, &output) {
                Ok(()) => {
                    let was_turned_twice = finish(original, &output, kind, converter, converters)?;
                    let finished = TempPath::try_from_path(&output)?;
                    return Ok(match finished.persist_noclobber(&jpeg) {
                        Ok(()) => {
                            ConversionOutcome::Converted { jpeg, converter, was_turned_twice }
                        }
                        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                            ConversionOutcome::Exists { jpeg }
                        }
                        Err(error) => return Err(error.error),
                    });
                }
                Err(error) => messages.push(format!("{}: {error}", converter.program())),
            }
        }
    }
    let message = messages.into_iter().next().unwrap_or_else(|| "no program writes a JPEG".into());
    Ok(ConversionOutcome::Failed { message })
}

/// The kind of a file that must be converted.
fn kind(original: &Path) -> io::Result<Option<ConvertibleKind>> {
    let name = original.file_name().unwrap_or_default().to_string_lossy();
    // Many raw files look like TIFFs.
    if manifest::is_raw(&name) {
        fs::metadata(original)?;
        return Ok(Some(ConvertibleKind::Raw));
    }
    Ok(match content_of(original)? {
        Content::Raw(_) => Some(ConvertibleKind::Raw),
        Content::Picture(format) => Some(ConvertibleKind::from_format(format)),
        Content::Photo | Content::Other(_) => None,
    })
}

/// Runs a command, and checks that it wrote a JPEG.
fn run(command: &ConvertCommand, output: &Path) -> io::Result<()> {
    let done =
        Command::new(&command.program).args(&command.arguments).stdin(Stdio::null()).output()?;
    if !done.status.success() {
        let message = String::from_utf8_lossy(&done.stderr);
        let line = message.lines().map(str::trim).find(|line| !line.is_empty());
        let message = line.map_or_else(
            || done.status.to_string(),
            |line| line.chars().take(MAX_MESSAGE).collect(),
        );
        return Err(io::Error::other(message));
    }
    if command.writes_to_output && !done.stdout.is_empty() {
        fs::write(output, &done.stdout)?;
    }
    // Of a file with several pictures, some versions of libheif write each.
    let first = output.with_file_name("photo-1.jpg");
    if !output.exists() && first.exists() {
        fs::rename(first, output)?;
    }
    match content_of(output) {
        Ok(Content::Photo) => Ok(()),
        _ => Err(io::Error::other("it wrote no JPEG")),
    }
}

/// Copies what an extracted JPEG lacks, and corrects the orientation. Whether it would have been
/// turned twice.
fn finish(
    original: &Path,
    output: &Path,
    kind: ConvertibleKind,
    converter: Converter,
    converters: &Converters,
) -> io::Result<bool> {
    if kind == ConvertibleKind::Raw {
        if let (Converter::Exiftool, Some(command)) =
            (converter, converters.copy_metadata(original, output))
        {
            // Without the orientation a portrait would lie on its side.
            run(&command, output)?;
        }
        return Ok(false);
    }
    match corrected_jpeg(original, output, converter)? {
        Some(corrected) => {
            fs::write(output, corrected.bytes)?;
            Ok(true)
        }
        None => Ok(false),
    }
}
