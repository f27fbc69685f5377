//! EPUB files that were written, and options to write them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use recto::build::{BuildOptions, Project, ProjectOptions, default_timestamp};
use recto::epub::Options;
use recto::model::{Edition, Pages};
use recto::picture::{ImageProcessor, ProcessorOptions, ScaleOptions};
use time::OffsetDateTime;
use zip::ZipArchive;

use crate::support::fixture::BookFixture;

/// An EPUB file in memory.
pub(crate) struct Epub {
    pub(crate) bytes: Vec<u8>,
}

impl Epub {
    pub(crate) fn archive(&self) -> ZipArchive<Cursor<&[u8]>> {
        ZipArchive::new(Cursor::new(self.bytes.as_slice())).unwrap()
    }

    /// The names of all files, in their order.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut archive = self.archive();
        (0..archive.len())
            .map(|index| archive.by_index(index).unwrap().name().unwrap().into_owned())
            .collect()
    }

    /// The content of a file in `OEBPS`.
    pub(crate) fn file(&self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = self.archive();
        let mut file = archive
            .by_name(&format!("OEBPS/{name}"))
            .unwrap_or_else(|_| panic!("there is no file {name}"));
        file.read_to_end(&mut bytes).unwrap();
        bytes
    }

    /// The plate with this number, or another element of the class `plate`, by its `id`.
    pub(crate) fn plate(&self, id: &str) -> String {
        let names = self.names();
        let pages = names.iter().filter_map(|name| name.strip_prefix("OEBPS/"));
        let pages = pages.filter(|name| name.contains(".xhtml")).map(|name| self.text(name));
        let start = format!("<div class=\"plate\" id=\"{id}\">");
        let mut plates = pages.filter_map(|page| {
            let rest = page.split_once(&start)?.1;
            Some(format!("{start}{}</figure>\n</div>\n", rest.split_once("</figure>")?.0))
        });
        plates.next_back().unwrap_or_else(|| panic!("there is no {id}"))
    }

    /// The section of the front matter with this `id`.
    pub(crate) fn front(&self, id: &str) -> String {
        let page = self.text("title.xhtml");
        let (_, rest) = page
            .split_once(&format!("<section id=\"{id}\""))
            .unwrap_or_else(|| panic!("there is no {id} in {page}"));
        rest.split_once("</section>").unwrap().0.to_owned()
    }

    /// The content of a text file in `OEBPS`.
    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.file(name)).unwrap()
    }
}

/// The options of the EPUB files in the tests.
pub(crate) fn epub_options<'a>(
    cover: &'a Pages,
    print: Option<&'a Pages>,
    processor: &'a ImageProcessor,
) -> Options<'a> {
    Options {
        printable: true,
        pictures: ScaleOptions { max_edge: 3200, max_pixels: 3_800_000, quality: 85 },
        viewport: 3_800_000,
        cover,
        cover_pixels: 4_096_000,
        cover_alt: 200,
        print,
        modified: OffsetDateTime::from_unix_timestamp(1_795_305_600).unwrap(),
        processor,
    }
}

/// Builds an e-book of this book; returns its files by their names.
pub(crate) fn files(fixture: &BookFixture, edition: Edition) -> BTreeMap<String, Vec<u8>> {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let options =
        BuildOptions { modified: default_timestamp(None), guides: false, processor: &processor };
    let mut bytes = Vec::new();
    let project = loaded.project.unwrap();
    project.build(edition, &mut bytes, &options, &mut Vec::new(), &mut || {}).unwrap();
    let epub = Epub { bytes };
    let mut archive = epub.archive();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}
