//! `recto build`: writes the editions.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::manifest::LoadOptions;
use crate::model::{Book, EbookLayout, Edition, EditionSet, Pages};
use crate::picture::{Darkroom, Tally};
use crate::preflight::stores;

use super::args::Build;
use super::clock;
use super::judge;
use super::load::{self, Read};
use super::machine;
use super::output::{self, SUMS, Written};
use super::press::{Done, Making, Press};
use super::progress::Progress;
use super::removed;
use super::report::{Report, told_path};
use super::slug;
use super::standing::Standing;
use super::terminal::{Loudness, Stream, Terminal};
use super::unwritten::not_written;

/// What the manifest asks for when the command line does not say.
pub(super) fn asked_for(book: &Book) -> EditionSet {
    EditionSet::ALL.filter(|edition| match edition {
        Edition::Epub => book.ebook.layout != EbookLayout::Fixed,
        Edition::EpubFixed => book.ebook.layout != EbookLayout::Reflowable,
        Edition::Print => true,
        Edition::Screen => book.screen.asked,
    })
}

pub(super) fn run(args: &Build, terminal: &mut Terminal, report: &mut Report) -> io::Result<()> {
    report.accompanies();
    let wanted = LoadOptions { language: args.source.language.clone(), all_translations: false };
    let Some(read) = load::read(&args.source, &wanted, terminal, report) else {
        return Ok(());
    };
    match clock::moment(read.book.date) {
        Ok(modified) => {
            let setup = machine::setup(&args.means);
            let shelf = setup.shelf.as_ref();
            let standing = shelf.and_then(|shelf| Standing::new(shelf, &read.book, modified));
            let darkroom = Darkroom::new(setup);
            let making = Making { modified, darkroom: &darkroom, standing: standing.as_ref() };
            let done = write_all(args, &read, making, terminal, report);
            if let Some(standing) = standing {
                standing.close();
            }
            let Tally { made, found, fault } = darkroom.close();
            report.extend(fault);
            let made = counted(made, "picture");
            terminal.tell(format_args!("made {made}, found {found} made before"));
            done
        }
        Err(finding) => {
            report.add(finding);
            Ok(())
        }
    }
}

fn write_all(
    args: &Build,
    read: &Read,
    making: Making<'_>,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    let editions = if args.only.is_empty() {
        asked_for(&read.book)
    } else {
        args.only.iter().copied().collect()
    };
    let pages = load::pages(read, terminal);
    report.extend(judge::findings(read, &pages, editions));
    report.show(terminal)?;
    let editions = editions.filter(|edition| !report.stops(edition));

    let folder = args.output.clone().unwrap_or_else(|| beside(&read.manifest));
    let press = Press { read, pages: &pages, making, folder: &folder };
    let slug = slug::of(&read.book);
    let mut sums = BTreeMap::new();
    for edition in editions.iter() {
        let name = edition.file_name(&slug);
        let path = told_path(&folder.join(&name), report.base());
        let done = {
            let pictures = read.book.picture_count();
            let progress = Progress::new(&path, pictures, terminal.is_watched());
            press.make(edition, &name, report, &mut || progress.advance())
        };
        match done {
            Ok(Done { written: Written { size, sha256 }, time }) => {
                let line = result_line(&path, &extent(edition, read, &pages), size, time);
                result(&line, terminal, report)?;
                if edition.is_ebook() {
                    let finding = stores::file_size(&read.book, size);
                    report.extend(finding.map(|finding| finding.editions(edition)));
                }
                sums.insert(name, sha256);
            }
            Err(fault) => {
                let findings = fault.findings(&path, &read.book).into_iter();
                report.extend(findings.map(|finding| finding.editions(edition)));
            }
        }
        report.show(terminal)?;
    }
    if !sums.is_empty()
        && terminal.loudness() > Loudness::Quiet
        && let Some(line) = removed::line(&read.book, terminal.loudness())
    {
        terminal.say(line);
    }
    if !sums.is_empty()
        && let Err(error) = output::write_sums(&folder, &sums)
    {
        report.add(not_written(&told_path(&folder.join(SUMS), report.base()), &error));
    }
    Ok(())
}

/// `dist`, beside the manifest.
fn beside(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(Path::new("")).join("dist")
}

/// A line for a file that was written, on standard output unless that is kept for an object.
fn result(line: &str, terminal: &mut Terminal, report: &Report) -> io::Result<()> {
    if terminal.loudness() == Loudness::Quiet {
        return Ok(());
    }
    let stream = if report.is_json() { Stream::Err } else { Stream::Out };
    let out = terminal.stream(stream);
    writeln!(out, "{line}")?;
    out.flush()
}

/// `dist/winter-road-print.pdf  34 pages  9.8 MB  0.4 s`; one that took no time is unchanged.
fn result_line(path: &str, extent: &str, size: u64, time: Option<Duration>) -> String {
    let time = time.map(|time| format!("{:.1} s", time.as_secs_f64()));
    let time = time.as_deref().unwrap_or("unchanged");
    format!("{path}  {extent}  {}  {time}", bytes(size))
}

/// `34 pages`; an e-book has none, and counts its pictures.
fn extent(edition: Edition, read: &Read, pages: &Pages) -> String {
    if edition.is_paged() {
        counted(pages.pages.len(), "page")
    } else {
        counted(read.book.picture_count(), "picture")
    }
}

pub(super) fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}

/// In the decimal units that printers and stores give their limits in, rounded up: what is
/// told as 10.0 MB is not more.
fn bytes(size: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = size.div_ceil(unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} kB", size.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_decimal_units() {
        let told = [0, 999, 1_001, 9_750_000, 650_000_001, 10_000_000_000].map(bytes);
        assert_eq!(told, ["0 B", "999 B", "2 kB", "9.8 MB", "650.1 MB", "10.0 GB"]);
    }

    #[test]
    fn the_default_folder_lies_beside_the_manifest() {
        assert_eq!(beside(Path::new("/books/winter/book.yaml")), Path::new("/books/winter/dist"));
        assert_eq!(beside(Path::new("book.yaml")), Path::new("dist"));
    }

    #[test]
    fn a_result_names_file_extent_size_and_time() {
        assert_eq!(
            result_line(
                "dist/a.epub",
                &counted(1, "picture"),
                4_100_000,
                Some(Duration::from_millis(412))
            ),
            "dist/a.epub  1 picture  4.1 MB  0.4 s"
        );
        assert_eq!(
            result_line("a.epub", &counted(2, "picture"), 900, None),
            "a.epub  2 pictures  900 B  unchanged"
        );
    }
}
