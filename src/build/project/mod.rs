//! A book that was read from its manifest, ready to be checked and built.

mod file_name;
mod fonts;
mod system_fonts;
mod typefaces;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

use crate::finding::{Allowed, Code, Finding, Findings, Severity};
use crate::layout::{self, LaidOutCover};
use crate::manifest::{self, LoadOptions};
use crate::model::{
    Book, CoverIssue, CoverSheet, Date, EbookLayout, Edition, EditionSet, Length, Location,
    MissingNumber, OfflineForm, Pages, hexadecimal,
};
use crate::picture::{Confinement, Converters, FileStamp, ProcessorOptions};
use crate::preflight;
use crate::typeset::{FaceError, Faces};

use crate::build::error::{BuildError, ChangedPhoto};
use crate::build::{damage, subjects};

/// How far the photos of a project are examined while it is loaded, which takes longest if there is
/// no cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Examination {
    /// Only their headers and metadata.
    Headers,
    /// Also whether their data is damaged.
    #[default]
    Damage,
    /// Also their pixels, so that [`Project::check_photos`] finds what it needs in the cache: one
    /// pass over the data of a photo is faster than two.
    Pixels,
}

/// How a project is loaded.
#[derive(Debug, Clone, Default)]
pub struct ProjectOptions {
    /// The threads, the memory and the cache for looking for damage in the photos.
    pub processor: ProcessorOptions,
    /// The language of the edition; the manifest's own by default.
    pub language: Option<String>,
    /// Whether missing translations into every language of the book are reported, not only
    /// those into `language`.
    pub all_translations: bool,
    /// The folders that are searched for fonts by a manifest with `fonts: { fallback: system }`.
    pub system_font_folders: Vec<PathBuf>,
    /// The day of the build. Photos that are newer have a wrong date, which is not printed. By
    /// default, the dates of photos are not compared with it.
    pub today: Option<Date>,
    /// The programs that findings suggest for photos which recto cannot read.
    pub converters: Converters,
    /// Whether every file must be in the folder of the manifest, wherever links lead.
    pub confined: bool,
    /// How far the photos are examined.
    pub examination: Examination,
}

/// The result of loading a manifest.
#[derive(Debug)]
pub struct LoadedProject {
    /// The project; `None` when the manifest does not describe a book. With findings that are
    /// errors it can be checked further, but not built.
    pub project: Option<Project>,
    /// What was found in the manifest and the files that it names.
    pub findings: Findings,
}

/// A book with everything that it takes to lay it out.
#[derive(Debug)]
pub struct Project {
    /// The manifest; `None` for a book that was created in code.
    manifest: Option<PathBuf>,
    /// The day of the build.
    today: Option<Date>,
    /// The manifest's text and those that it names, by file.
    sources: BTreeMap<PathBuf, String>,
    /// The findings that the manifest accepts.
    allowed: Allowed,
    /// How its photos were examined.
    processor: ProcessorOptions,
    /// Whether its files had to be in the folder of the manifest.
    confined: bool,
    /// The state of the files of its photos when they were read.
    stamps: BTreeMap<PathBuf, FileStamp>,
    book: Book,
    /// The book as it is laid out, if some of its text cannot be printed as it is.
    printable: Option<Box<Book>>,
    faces: Faces,
    /// The editions that an error, or a warning, of loading concerns.
    load_errors: EditionSet,
    load_warnings: EditionSet,
    pages: OnceLock<Pages>,
    screen_pages: OnceLock<Pages>,
    cover: OnceLock<Result<PrintedCover, Vec<MissingNumber>>>,
    findings: OnceLock<Vec<Finding>>,
}

impl Project {
    /// Reads the manifest at `path` (a file), and the texts, photos, fonts and profiles that it
    /// names.
    pub fn load(path: &Path, options: &ProjectOptions) -> LoadedProject {
        Self::load_with_progress(path, options, |_, _| {})
    }

    /// Like [`Project::load`]. While photos are examined, which takes longest if they are not in
    /// the cache, it calls `examined` with the number of photos that are done and of all.
    pub fn load_with_progress(
        path: &Path,
        options: &ProjectOptions,
        examined: impl FnMut(usize, usize),
    ) -> LoadedProject {
        let wanted = LoadOptions {
            language: options.language.clone(),
            all_translations: options.all_translations,
            today: options.today,
            converters: options.converters.clone(),
            confined: options.confined,
        };
        let manifest::Loaded { book, findings, sources, picture_locations, stamps, allowed } =
            manifest::load_with(path, &wanted);
        let mut findings = Findings { list: allowed.apply(findings), sources };
        let Some(mut book) = book else {
            if !findings.list.iter().any(|finding| finding.severity == Severity::Error) {
                let message = format!("{} does not describe a book", path.display());
                findings.list.push(Finding::new(Code::ManifestUnreadable, message));
            }
            return LoadedProject { project: None, findings };
        };
        if options.examination != Examination::Headers {
            let processor = &options.processor;
            let maps = options.examination == Examination::Pixels;
            let damaged = damage::find(&mut book, processor, &picture_locations, maps, examined);
            findings.list.extend(allowed.apply(damaged));
            subjects::set(&mut book, &options.processor);
        }
        let (project, font_findings) = match Self::new(book, &options.system_font_folders) {
            Ok((project, font_findings)) => (Some(project), font_findings),
            Err(error) => (None, vec![font_finding(&error)]),
        };
        findings.list.extend(font_findings);
        let project = project.map(|project| Self {
            manifest: Some(path.to_owned()),
            today: options.today,
            sources: findings.sources.clone(),
            allowed,
            processor: options.processor.clone(),
            confined: options.confined,
            stamps,
            load_errors: concerned(&findings.list, Severity::Error),
            load_warnings: concerned(&findings.list, Severity::Warning),
            ..project
        });
        LoadedProject { project, findings }
    }

    /// A project of a book that was created in code.
    ///
    /// # Errors
    /// A font of the book cannot be used.
    pub fn from_book(mut book: Book) -> Result<Self, FaceError> {
        let stamp = |path: &PathBuf| Some((path.clone(), FileStamp::read(path).ok()?));
        let stamps = book.pictures().iter().filter_map(|picture| stamp(&picture.path)).collect();
        let findings = damage::find(
            &mut book,
            &ProcessorOptions::default(),
            &BTreeMap::new(),
            false,
            |_, _| {},
        );
        subjects::set(&mut book, &ProcessorOptions::default());
        let (project, _) = Self::new(book, &[])?;
        Ok(Self {
            stamps,
            load_errors: concerned(&findings, Severity::Error),
            load_warnings: concerned(&findings, Severity::Warning),
            ..project
        })
    }

    /// Whether its files had to be in the folder of the manifest.
    pub(super) fn is_confined(&self) -> bool {
        self.confined
    }

    /// Fails if a photo is not as it was when it was read: then its size or its colours may be
    /// wrong.
    pub(super) fn check_unchanged(&self) -> Result<(), BuildError> {
        let changed = self.changed_photos();
        if changed.is_empty() { Ok(()) } else { Err(BuildError::Changed(changed)) }
    }

    /// The photos that are not as they were when they were read.
    fn changed_photos(&self) -> Vec<ChangedPhoto> {
        let mut changed = BTreeMap::new();
        for picture in self.book.pictures() {
            let Some(stamp) = self.stamps.get(&picture.path) else { continue };
            match FileStamp::read(&picture.path) {
                Ok(now) if now == *stamp => {}
                now => {
                    changed.insert(picture.name.clone(), now.is_err());
                }
            }
        }
        changed.into_iter().map(|(name, is_gone)| ChangedPhoto { name, is_gone }).collect()
    }

    /// How its photos were examined.
    pub(super) fn processor(&self) -> &ProcessorOptions {
        &self.processor
    }

    fn new(
        mut book: Book,
        system_font_folders: &[PathBuf],
    ) -> Result<(Self, Vec<Finding>), FaceError> {
        let mut findings = fonts::remove_undrawn(&mut book.fonts);
        fonts::instantiate(&mut book.fonts);
        let faces = Faces::load(&book.fonts)?;
        let (mut faces, system) = system_fonts::add(&mut book, faces, system_font_folders)?;
        findings.extend(system);
        if fonts::instantiate(&mut book.fonts) {
            faces = Faces::load(&book.fonts)?;
        }
        findings.extend(fonts::variable(&book.fonts));
        typefaces::remove_unused(&mut book, &faces);
        let project = Self {
            manifest: None,
            today: None,
            sources: BTreeMap::new(),
            allowed: Allowed::default(),
            printable: preflight::with_named_emoji(&book, &faces).map(Box::new),
            processor: ProcessorOptions::default(),
            confined: false,
            stamps: BTreeMap::new(),
            book,
            faces,
            load_errors: EditionSet::EMPTY,
            load_warnings: EditionSet::EMPTY,
            pages: OnceLock::new(),
            screen_pages: OnceLock::new(),
            cover: OnceLock::new(),
            findings: OnceLock::new(),
        };
        Ok((project, findings))
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The fonts that it is set in.
    pub fn faces(&self) -> &Faces {
        &self.faces
    }

    /// The book as it is laid out: without emoji that no font has.
    pub(crate) fn printable(&self) -> &Book {
        self.printable.as_deref().unwrap_or(&self.book)
    }

    /// The laid-out pages. They are laid out at the first call.
    pub fn pages(&self) -> &Pages {
        self.pages.get_or_init(|| layout::paginate(self.printable(), &self.faces))
    }

    /// The pages as they are shown on a screen, where no part of them is lost in the fold: the
    /// halves of a picture across two pages meet.
    pub(crate) fn screen_pages(&self) -> &Pages {
        if self.book.print.gutter_loss == Length::ZERO {
            return self.pages();
        }
        self.screen_pages.get_or_init(|| {
            let mut book = self.printable().clone();
            book.print.gutter_loss = Length::ZERO;
            layout::paginate(&book, &self.faces)
        })
    }

    /// The printed cover. It is laid out at the first call.
    ///
    /// # Errors
    /// Numbers that it needs and that are not known.
    pub fn cover(&self) -> Result<&PrintedCover, &[MissingNumber]> {
        let cover = self.cover.get_or_init(|| {
            let book = self.printable();
            let pages = self.pages();
            let sheet = CoverSheet::new(&book.print, pages.pages.len(), pages.binding_right)?;
            let LaidOutCover { pages, issues } = layout::cover_sheet(book, &self.faces, &sheet);
            Ok(PrintedCover { sheet, pages, issues })
        });
        cover.as_ref().map_err(Vec::as_slice)
    }

    /// Whether the print PDF begins with the cover, as its printer wants it.
    pub(super) fn begins_with_cover(&self) -> bool {
        self.book.print.printer.as_ref().is_some_and(|printer| printer.wants_cover_first)
    }

    /// Whether the manifest asks for a printed cover: with its own section, or with a printer whose
    /// covers are known.
    fn wants_cover(&self) -> bool {
        let print = &self.book.print;
        let by_printer = print.printer.is_some() && !self.begins_with_cover();
        print.cover.is_some() || (by_printer && self.cover().is_ok())
    }

    /// The editions that the manifest asks for.
    pub fn default_editions(&self) -> EditionSet {
        let layout = self.book.ebook.layout;
        EditionSet::ALL.filter(|edition| match edition {
            Edition::Epub => layout != EbookLayout::Fixed,
            Edition::EpubFixed => layout != EbookLayout::Reflowable,
            Edition::Print => true,
            Edition::Cover => self.wants_cover(),
            Edition::Screen => self.book.screen.requested,
            Edition::Offline => self.book.offline.requested,
        })
    }

    /// The findings that the manifest accepts.
    pub(super) fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    /// The manifest; `None` for a book that was made in code.
    pub(super) fn manifest(&self) -> Option<&Path> {
        self.manifest.as_deref()
    }

    /// The day of the build, if it is known.
    pub(super) fn today(&self) -> Option<Date> {
        self.today
    }

    /// A hash that identifies the manifest by its path.
    pub(super) fn manifest_hash(&self) -> Option<String> {
        let path = std::path::absolute(self.manifest()?).ok()?;
        Some(hexadecimal(&Sha256::digest(path.as_os_str().as_encoded_bytes())))
    }

    /// The folder that editions are written to by default: `dist` beside the manifest.
    pub fn default_folder(&self) -> PathBuf {
        default_folder_of(self.manifest.as_deref().unwrap_or(Path::new("")))
    }

    /// The finding that the default folder is a link out of the folder that the files of the book
    /// must be in.
    pub fn default_folder_outside(&self) -> Option<Finding> {
        let folder = self.default_folder();
        let around = folder.parent().filter(|_| self.confined)?;
        let is_inside = Confinement::to_folder(around).is_ok_and(|it| it.allows(&folder));
        (!is_inside).then(|| {
            let message = format!("{} is outside the folder of the manifest", folder.display());
            Finding::new(Code::OutsideFolder, message).help("choose another folder with -o")
        })
    }

    /// The name of an edition's file, such as `winter-road-print.pdf`.
    pub fn file_name(&self, edition: Edition) -> String {
        self.file_name_in(edition, self.book.offline.form)
    }

    /// The name of an edition's file, if the offline edition has this form.
    pub(super) fn file_name_in(&self, edition: Edition, form: OfflineForm) -> String {
        edition.file_name(&file_name::slug(&self.book), form)
    }

    /// These editions, and those that lie inside the offline edition if it is one of them.
    pub fn with_included(&self, editions: EditionSet) -> EditionSet {
        if editions.contains(Edition::Offline) {
            editions.union(self.book.offline.included())
        } else {
            editions
        }
    }

    /// The findings about these editions, and about those that lie inside them, which need no
    /// build. They are in addition to those of loading.
    pub fn check(&self, editions: EditionSet) -> Vec<Finding> {
        let editions = self.with_included(editions);
        let concerned = self.findings().iter().filter(|it| it.editions.intersects(editions));
        let narrowed = concerned.map(|finding| {
            let editions = finding.editions.filter(|edition| editions.contains(edition));
            finding.clone().editions(editions)
        });
        narrowed.collect()
    }

    /// The editions that an error stops; warnings too, if they are denied. The offline edition
    /// stops with any edition inside it, because it would be incomplete.
    pub fn stopped_editions(&self, deny_warnings: bool) -> EditionSet {
        let by_loading = if deny_warnings {
            self.load_errors.union(self.load_warnings)
        } else {
            self.load_errors
        };
        let stopped = by_loading.union(stopped(self.findings(), deny_warnings));
        with_containing(stopped, self.book.offline.included())
    }

    /// The findings about all editions, which are determined at the first call.
    fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let mut found =
                preflight::findings(&self.book, self.pages(), &self.faces, EditionSet::ALL);
            let cover = self.cover();
            found.extend(preflight::cover::sheet(&self.book, cover.map(|cover| &cover.sheet)));
            if let Ok(PrintedCover { sheet, pages, issues }) = cover {
                let book = self.printable();
                found.extend(preflight::cover::laid_out(book, &self.faces, sheet, pages, issues));
            }
            for finding in &mut found {
                // Titles have no location of their own.
                if finding.excerpt.is_some() && finding.at.is_none() {
                    finding.at = self.manifest.as_ref().map(|file| Location::start_of(file));
                }
                finding.locate(&self.sources);
            }
            let mut found = self.allowed.apply(found);
            let stopped = self.load_errors.union(stopped(&found, false));
            if stopped.contains(Edition::Print) {
                found.extend(self.allowed.apply(vec![page_list_finding()]));
            }
            found
        })
    }
}

/// That the reflowable e-book has no printed pages to refer to.
fn page_list_finding() -> Finding {
    let message = "the page list of the e-book has the numbers of plates, not of printed pages";
    Finding::new(Code::PageList, message)
        .help("repair what stops the print PDF: recto check --only print shows it")
        .editions(Edition::Epub)
}

/// The cover of the printed book.
#[derive(Debug)]
pub struct PrintedCover {
    /// The sheet that it is printed on.
    pub sheet: CoverSheet,
    /// Its only page.
    pub pages: Pages,
    /// What does not fit on it.
    pub issues: Vec<CoverIssue>,
}

/// The folder for editions beside a manifest.
fn default_folder_of(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(Path::new("")).join("dist")
}

/// The editions that these findings stop.
fn stopped(findings: &[Finding], deny_warnings: bool) -> EditionSet {
    let errors = concerned(findings, Severity::Error);
    if deny_warnings { errors.union(concerned(findings, Severity::Warning)) } else { errors }
}

/// These editions, and the offline edition if one of those inside it is among them.
fn with_containing(editions: EditionSet, included: EditionSet) -> EditionSet {
    if editions.intersects(included) { editions.union(Edition::Offline.into()) } else { editions }
}

/// The editions that findings of this severity concern.
fn concerned(findings: &[Finding], severity: Severity) -> EditionSet {
    let found = findings.iter().filter(|finding| finding.severity == severity);
    found.fold(EditionSet::EMPTY, |set, finding| set.union(finding.editions))
}

fn font_finding(error: &FaceError) -> Finding {
    let code = match error {
        FaceError::Unreadable(_) => Code::FontUnreadable,
        FaceError::Restricted(_) => Code::FontRestricted,
    };
    Finding::new(code, error.to_string()).help("name another font file under `fonts`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_folder_is_beside_the_manifest() {
        assert_eq!(
            default_folder_of(Path::new("/books/winter/book.yaml")),
            Path::new("/books/winter/dist")
        );
        assert_eq!(default_folder_of(Path::new("book.yaml")), Path::new("dist"));
    }

    #[test]
    fn an_error_about_one_edition_stops_that_edition_only() {
        let findings = [Finding::new(Code::BleedShort, "…").editions(Edition::Print)];
        assert_eq!(stopped(&findings, false), Edition::Print.into());
    }

    #[test]
    fn an_edition_that_stops_takes_the_offline_edition_that_includes_it_along() {
        let included = EditionSet::from([Edition::Epub, Edition::Screen]);
        let stopped = EditionSet::from([Edition::Print, Edition::Screen]);
        let all: Vec<_> = with_containing(stopped, included).iter().collect();
        assert_eq!(all, [Edition::Print, Edition::Screen, Edition::Offline]);
        assert_eq!(with_containing(Edition::Print.into(), included), Edition::Print.into());
    }

    #[test]
    fn a_denied_warning_stops_what_an_error_would() {
        let findings = [Finding::new(Code::AltMissing, "…")];
        assert_eq!(stopped(&findings, false), EditionSet::EMPTY);
        assert_eq!(stopped(&findings, true), EditionSet::ALL);
    }
}
