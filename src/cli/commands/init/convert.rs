//! Converts the files of a folder that recto cannot read.

use std::num::NonZero;
use std::path::Path;
use std::thread;

use crate::build::{Conversion, ConversionOutcome, convert_photos};
use crate::finding::{Code, Finding, Severity};
use crate::manifest::init::{convertible_files, some_of};

use crate::cli::commands::progress::ProgressBar;
use crate::cli::environment;
use crate::cli::report::Report;
use crate::cli::terminal::{Terminal, Verbosity};
use crate::cli::text::{counted, display_path};

/// Converts the files that recto cannot read, and reports each that could not be converted.
pub(super) fn convert(
    folder: &Path,
    terminal: &mut Terminal,
    report: &mut Report,
) -> Result<(), Vec<Finding>> {
    let files = convertible_files(folder).map_err(|finding| vec![finding])?;
    let jobs = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let bar = ProgressBar::new("converting", files.len(), terminal.shows_progress());
    let conversions = convert_photos(&files, &environment::converters(), jobs, |_| bar.advance());
    drop(bar);
    let mut converted = Vec::new();
    let mut corrected = Vec::new();
    for Conversion { original, outcome } in conversions {
        let name = display_path(&original, folder);
        let (message, help) = match outcome {
            ConversionOutcome::Converted { jpeg, was_turned_twice, .. } => {
                let jpeg = display_path(&jpeg, folder);
                if was_turned_twice {
                    corrected.push(jpeg.clone());
                }
                converted.push(jpeg);
                continue;
            }
            ConversionOutcome::Exists { .. } | ConversionOutcome::NotNeeded => continue,
            ConversionOutcome::NoConverter { help } => {
                (format!("{name} cannot be converted: no program for it is installed"), help)
            }
            ConversionOutcome::Failed { message } => {
                let help = "open it in a photo program, and export a JPEG beside it";
                (format!("{name} could not be converted: {message}"), help.to_owned())
            }
        };
        let finding = Finding::new(Code::PhotoFormat, message).severity(Severity::Warning);
        report.add(finding.help(help));
    }
    if terminal.verbosity() > Verbosity::Quiet {
        let converted_files = counted(converted.len(), "file");
        let corrected_photos = counted(corrected.len(), "photo");
        if !converted.is_empty() {
            terminal.message(format_args!("converted {converted_files}: {}", some_of(&converted)));
        }
        if !corrected.is_empty() {
            terminal.message(format_args!(
                "corrected the orientation of {corrected_photos} that the converter had turned \
                 already: {}",
                some_of(&corrected)
            ));
        }
    }
    Ok(())
}
