//! Small books for the tests.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use recto::build::{BuildAllOptions, Durability, RunningBuild, default_timestamp};
use recto::finding::{Code, Finding, Severity};
use recto::manifest::{self, Loaded};
use recto::model::{EditionIdentifiers, Identifier};
use recto::picture::ProcessorOptions;
use tempfile::TempDir;

/// A temporary folder with a manifest and the files that it names.
#[derive(Debug)]
pub(crate) struct BookFixture {
    folder: TempDir,
}

impl BookFixture {
    /// A folder with this `book.yaml` in it.
    pub(crate) fn new(manifest: &str) -> Self {
        Self::empty().file("book.yaml", manifest)
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A book with a title and these pages, each a line of YAML without its dash.
    pub(crate) fn with_pages(pages: &[&str]) -> Self {
        let mut manifest = String::from("title: Winter Road\npages:\n");
        for page in pages {
            writeln!(manifest, "  - {page}").unwrap();
        }
        Self::new(&manifest)
    }

    /// Adds a file and its parent folders.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    /// Adds or replaces a file.
    #[expect(clippy::disallowed_methods, reason = "a fixture writes into its own folder")]
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// The content of a file.
    #[expect(clippy::disallowed_methods, reason = "a fixture reads from its own folder")]
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Adds a JPEG of this size.
    pub(crate) fn photo(self, name: &str, width: u16, height: u16) -> Self {
        self.file(name, jpeg(width, height))
    }

    /// Adds small JPEGs with these names.
    pub(crate) fn small_photos(self, names: &[&str]) -> Self {
        names.iter().fold(self, |fixture, name| fixture.photo(name, 60, 40))
    }

    /// The path of the folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Loads the manifest.
    pub(crate) fn load(&self) -> Loaded {
        manifest::load(&self.path("book.yaml"))
    }
}

/// Identifiers of the editions of a book that is built in code.
pub(crate) fn editions() -> EditionIdentifiers {
    let uuid = |last: u8| Identifier::Uuid(format!("00000000-0000-5000-8000-0000000000{last:02}"));
    EditionIdentifiers {
        reflowable: Identifier::Isbn("9780000000002".into()),
        fixed: uuid(1),
        print: uuid(2),
        screen: uuid(3),
    }
}

/// The options of a build into a folder, without a cache, which need not wait for the disk.
pub(crate) fn build_all_options() -> BuildAllOptions {
    BuildAllOptions {
        guides: false,
        modified: default_timestamp(None),
        deny_warnings: false,
        processor: ProcessorOptions::default(),
        program: None,
        running: RunningBuild::default(),
        durability: Durability::Unsynced,
    }
}

/// A valid JPEG of this size with an sRGB profile. Its gradient compresses well, and no two rows
/// are the same.
pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for y in 0..u32::from(height) {
        for x in 0..u32::from(width) {
            let across = x * 255 / u32::from(width);
            let down = y * 255 / u32::from(height);
            let channels = [across, down, 255 - u32::midpoint(across, down)];
            pixels.extend(channels.map(|value| u8::try_from(value).unwrap_or(u8::MAX)));
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 85);
    encoder.add_icc_profile(recto::picture::srgb()).unwrap();
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// The findings as lines such as `error unknown-key 2:1 unknown key …`, without those about
/// missing alt text, which most small books have.
pub(crate) fn lines(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.code != Code::AltMissing)
        .map(|finding| {
            let location = finding
                .at
                .as_ref()
                .map_or("-".to_owned(), |at| format!("{}:{}", at.line, at.column));
            format!("{} {} {location} {}", finding.severity, finding.code, finding.message)
        })
        .collect()
}

/// The findings with this code.
pub(crate) fn with_code<'a>(findings: &'a [Finding], code: &str) -> Vec<&'a Finding> {
    findings.iter().filter(|finding| finding.code.name() == code).collect()
}

/// Whether any of the findings is an error.
pub(crate) fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
