//! E-books that are built and unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use recto::build::{BuildOptions, Project, ProjectOptions, default_timestamp};
use recto::model::Edition;
use recto::picture::{ImageProcessor, ProcessorOptions};
use zip::ZipArchive;

use crate::support::fixture::BookFixture;

/// The files of an edition by their names.
pub(crate) fn files(fixture: &BookFixture, edition: Edition) -> BTreeMap<String, Vec<u8>> {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let options = BuildOptions { modified: default_timestamp(None), processor: &processor };
    let mut bytes = Vec::new();
    let project = loaded.project.unwrap();
    project.build(edition, &mut bytes, &options, &mut Vec::new(), &mut || {}).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}
