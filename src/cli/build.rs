//! `recto build`: writes the editions.

use std::collections::BTreeMap;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::epub;
use crate::finding::Finding;
use crate::manifest::Wanted;
use crate::model::{Book, EbookLayout, Location, Marks, Pages, Standard};
use crate::pdf;
use crate::picture::{self, Darkroom, PictureError, Recipe, Tally, Unreadable};
use crate::preflight::stores;

use super::args::{Build, Edition};
use super::clock;
use super::ebook::Bindery;
use super::judge;
use super::load::{self, Read};
use super::machine;
use super::output::{self, Draft, SUMS, Written};
use super::progress::Progress;
use super::removed;
use super::report::{Report, told_path};
use super::slug;
use super::terminal::{Loudness, Stream, Terminal};

/// What the manifest asks for when the command line does not say.
pub(super) fn asked_for(book: &Book) -> Vec<Edition> {
    let mut editions = vec![Edition::Print];
    if book.ebook.layout != EbookLayout::Fixed {
        editions.push(Edition::Epub);
    }
    if book.ebook.layout != EbookLayout::Reflowable {
        editions.push(Edition::EpubFixed);
    }
    if book.screen.asked {
        editions.push(Edition::Screen);
    }
    editions
}

pub(super) fn run(args: &Build, terminal: &mut Terminal, report: &mut Report) -> io::Result<()> {
    report.accompanies();
    let wanted = Wanted { language: args.source.language.clone(), all_translations: false };
    let Some(read) = load::read(&args.source, &wanted, terminal, report) else {
        return Ok(());
    };
    match clock::moment(read.book.date) {
        Ok(modified) => {
            let darkroom = Darkroom::new(machine::setup(&args.means));
            let making = Making { modified, darkroom: &darkroom };
            let done = write_all(args, &read, making, terminal, report);
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

/// How the files are made, whatever they hold.
#[derive(Debug, Clone, Copy)]
struct Making<'a> {
    modified: OffsetDateTime,
    darkroom: &'a Darkroom,
}

fn write_all(
    args: &Build,
    read: &Read,
    making: Making<'_>,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    let mut editions = if args.only.is_empty() { asked_for(&read.book) } else { args.only.clone() };
    editions.sort_unstable();
    editions.dedup();
    let pages = load::pages(read, terminal);
    report.extend(judge::findings(read, &pages, &editions));
    report.show(terminal)?;
    editions.retain(|edition| !report.stops(edition.name()));

    let folder = args.output.clone().unwrap_or_else(|| beside(&read.manifest));
    let press = Press { read, pages: &pages, making, folder: &folder };
    let slug = slug::of(&read.book);
    let mut sums = BTreeMap::new();
    for &edition in &editions {
        let name = edition.file(&slug);
        let path = told_path(&folder.join(&name), report.base());
        let start = Instant::now();
        let done = {
            let pictures = read.book.picture_count();
            let progress = Progress::new(&path, pictures, terminal.is_watched());
            press.write(edition, &name, report, &mut || progress.advance())
        };
        match done {
            Ok(written) => {
                let extent = press.extent(edition);
                let line = result_line(&path, &extent, written.size, start.elapsed());
                result(&line, terminal, report)?;
                sums.insert(name, written.sha256);
            }
            Err(fault) => {
                let findings = fault.findings(&path, &read.book).into_iter();
                report.extend(findings.map(|finding| finding.edition(edition.name())));
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

/// All that it takes to write an edition.
struct Press<'a> {
    read: &'a Read,
    pages: &'a Pages,
    making: Making<'a>,
    folder: &'a Path,
}

impl Press<'_> {
    /// Writes an edition; what was done to keep it small is told, even where it failed.
    fn write(
        &self,
        edition: Edition,
        name: &str,
        report: &mut Report,
        picture_done: &mut dyn FnMut(),
    ) -> Result<Written, Fault> {
        match edition {
            Edition::Print => {
                output::write(self.folder, name, |out| self.pdf(&self.print(), out, picture_done))
            }
            Edition::Screen => {
                output::write(self.folder, name, |out| self.pdf(&self.screen(), out, picture_done))
            }
            Edition::Epub | Edition::EpubFixed => self.ebook(edition, name, report, picture_done),
        }
    }

    fn ebook(
        &self,
        form: Edition,
        name: &str,
        report: &mut Report,
        picture_done: &mut dyn FnMut(),
    ) -> Result<Written, Fault> {
        let bindery = self.bindery(form);
        let (recipe, told) = bindery.recipe()?;
        report.extend(told);
        let written = output::write(self.folder, name, |out| {
            Ok::<_, Fault>(bindery.write(recipe, out, picture_done)?)
        })?;
        let finding = stores::file_size(&self.read.book, written.size);
        report.extend(finding.map(|finding| finding.edition(form.name())));
        Ok(written)
    }

    fn bindery(&self, form: Edition) -> Bindery<'_> {
        Bindery {
            read: self.read,
            pages: self.pages,
            modified: self.making.modified,
            darkroom: self.making.darkroom,
            form,
        }
    }

    fn pdf(
        &self,
        edition: &pdf::Edition<'_>,
        out: &mut BufWriter<Draft<'_>>,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), Fault> {
        let Read { book, faces, .. } = self.read;
        Ok(pdf::write(book, self.pages, faces, edition, out, picture_done)?)
    }

    fn print(&self) -> pdf::Edition<'_> {
        let print = &self.read.book.print;
        pdf::Edition {
            // The manifest's room notes that the other standards are not made yet.
            standard: match print.standard {
                Standard::None => Standard::None,
                Standard::PdfX4 | Standard::PdfX1a | Standard::PdfA2b => Standard::PdfX4,
            },
            marks: print.marks,
            bleed: true,
            art: pdf::Art::Press(picture::Press {
                colour: print.colour,
                profile: picture::press_profile(&print.profile),
                intent: print.intent,
                compression: print.compression,
            }),
            interactive: false,
            modified: self.making.modified,
            darkroom: self.making.darkroom,
        }
    }

    fn screen(&self) -> pdf::Edition<'_> {
        let Book { screen, ebook, .. } = &self.read.book;
        pdf::Edition {
            standard: Standard::None,
            marks: Marks::None,
            bleed: false,
            art: pdf::Art::Scaled(Recipe {
                max_edge: screen.max_edge,
                max_pixels: u64::MAX,
                quality: ebook.quality,
            }),
            interactive: true,
            modified: self.making.modified,
            darkroom: self.making.darkroom,
        }
    }

    /// `34 pages`; an e-book has none, and counts its pictures.
    fn extent(&self, edition: Edition) -> String {
        if edition.is_paged() {
            counted(self.pages.pages.len(), "page")
        } else {
            counted(self.read.book.picture_count(), "picture")
        }
    }
}

/// Why an edition was not written.
#[derive(Debug)]
enum Fault {
    Stream(io::Error),
    Pictures(Unreadable),
    Face(String),
    Standard(String),
    Skeleton(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<pdf::WriteError> for Fault {
    fn from(error: pdf::WriteError) -> Self {
        match error {
            pdf::WriteError::Io(error) => Self::Stream(error),
            pdf::WriteError::Pictures(errors) => Self::Pictures(errors),
            face @ pdf::WriteError::Face { .. } => Self::Face(face.to_string()),
            standard @ pdf::WriteError::Standard(_) => Self::Standard(standard.to_string()),
        }
    }
}

impl From<epub::WriteError> for Fault {
    fn from(error: epub::WriteError) -> Self {
        match error {
            epub::WriteError::Io(error) => Self::Stream(error),
            epub::WriteError::Pictures(errors) => Self::Pictures(errors),
            skeleton @ epub::WriteError::Skeleton(_) => Self::Skeleton(skeleton.to_string()),
        }
    }
}

/// Where the manifest names a picture.
fn place_of(book: &Book, name: &str) -> Option<Location> {
    let mut plates = book.plates().map(|(_, plate)| plate);
    plates.find(|plate| plate.picture.name == name)?.location.clone()
}

impl Fault {
    /// What is to be told: of a fault one finding, of unreadable pictures one each.
    fn findings(self, path: &str, book: &Book) -> Vec<Finding> {
        vec![match self {
            Self::Pictures(errors) => {
                let finding = |error: PictureError| {
                    let (PictureError::Read { name, .. } | PictureError::Decode { name, .. }) =
                        &error;
                    let place = place_of(book, name);
                    let help = format!("{path} stays as it was; mend the picture or leave it out");
                    Finding::error("photo-unreadable", error.to_string()).help(help).at(place)
                };
                return errors.into_iter().map(finding).collect();
            }
            Self::Stream(error) => not_written(path, &error),
            Self::Face(error) => {
                Finding::error("font-unreadable", error).help("name another font file under fonts")
            }
            Self::Standard(error) => Finding::error("standard-unmade", error)
                .help("choose standard: pdf/x-4 under print, or none"),
            Self::Skeleton(error) => Finding::error("internal", error)
                .help(format!("please report it with the manifest; {path} stays as it was")),
        }]
    }
}

fn not_written(path: &str, error: &io::Error) -> Finding {
    let finding = Finding::error("not-written", format!("cannot write {path}: {error}"));
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => finding
            .help("the earlier file stays as it was; make room or choose another folder with -o"),
        io::ErrorKind::PermissionDenied => {
            finding.help("choose another folder with -o, and close the file if a program shows it")
        }
        _ => finding,
    }
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

/// `dist/winter-road-print.pdf  34 pages  9.8 MB  0.4 s`
fn result_line(path: &str, extent: &str, size: u64, time: Duration) -> String {
    format!("{path}  {extent}  {}  {:.1} s", bytes(size), time.as_secs_f64())
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
                Duration::from_millis(412)
            ),
            "dist/a.epub  1 picture  4.1 MB  0.4 s"
        );
    }
}
