//! Builds an e-book and a PDF from values made in code, without a manifest.
//!
//! ```text
//! cargo run --release --example book_in_code -- FOLDER PHOTO…
//! ```

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the example is a program of its own, which writes files and prints findings"
)]

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use recto::build::{BuildOptions, Project, default_timestamp};
use recto::model::{Book, Cover, Creator, Edition, Entry, Language, Plate, Role};
use recto::picture::{ImageProcessor, ProcessorOptions, Profiles, probe};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), photos) = (arguments.next(), arguments.collect::<Vec<_>>()) else {
        return Err("usage: book_in_code FOLDER PHOTO…".into());
    };

    let mut book = Book::new("A book in code", Language::new("en"));
    book.creators = vec![Creator {
        name: "Ada Field".into(),
        role: Role { code: "pht", term: "photographer" },
        sort: Some("Field, Ada".into()),
    }];
    book.entries = plates(&photos)?;
    if let Some(Entry::Plate(first)) = book.entries.first() {
        book.cover =
            Cover::Photo { picture: Box::new(first.picture.clone()), alt: None, focus: None };
    }

    std::fs::create_dir_all(&folder)?;
    let project = Project::from_book(book)?;
    let mut findings = project.check(project.default_editions());
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let modified = default_timestamp(project.book().date);
    let options = BuildOptions { modified, guides: false, processor: &processor };
    let stopped = project.stopped_editions(false);
    for edition in [Edition::Epub, Edition::Print] {
        if stopped.contains(edition) {
            continue;
        }
        let mut file = BufWriter::new(File::create(folder.join(project.file_name(edition)))?);
        project.build(edition, &mut file, &options, &mut findings, &mut || {})?;
    }
    for finding in findings {
        println!("{}: {}", finding.severity, finding.message);
    }
    Ok(())
}

/// A plate for each photo, with the name of its file as caption.
fn plates(photos: &[PathBuf]) -> Result<Vec<Entry>, Box<dyn Error>> {
    let mut profiles = Profiles::default();
    let plates = (1..).zip(photos).map(|(number, photo)| {
        let name = file_stem(photo);
        let probed = probe(photo, &name, &mut profiles).map_err(|finding| finding.message)?;
        let plate = Plate { alt: Some(name.clone()), ..Plate::new(probed.picture, number, name) };
        Ok(Entry::Plate(Box::new(plate)))
    });
    plates.collect()
}

fn file_stem(photo: &Path) -> String {
    photo.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
