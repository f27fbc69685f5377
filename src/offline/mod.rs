//! Writes the offline edition: a folder that any browser opens from a disk, without a server and
//! without a network.
//!
//! `index.html` is the whole book on one page. `book/` holds its stylesheet with the fonts, the
//! script of the viewer and the pictures in several sizes. The editions that lie inside are
//! copied from files that were written before. One picture at a time is in memory.

mod checksums;
mod error;
mod files;
mod names;
mod options;
mod page;
mod pictures;
mod read_me;
mod single_file;
mod stylesheet;

use std::io::Write;

use crate::model::Book;
use crate::picture::{self, PictureErrors, Scaled};
use crate::typeset::Faces;

use checksums::SummedFiles;
use names::{INDEX, READ_ME, SCRIPT, STYLESHEET};
use page::BookPage;
use pictures::{COVER, OfflinePictures};

pub use error::OfflineError;
pub use files::{OfflineFiles, ZipFiles};
pub(crate) use names::may_write;
pub use options::{EditionInside, OfflineOptions};
pub use read_me::read_me;

/// The script of the viewer.
const VIEWER: &str = include_str!("assets/viewer.js");

/// Writes the edition as files; `picture_done` is called after each picture.
///
/// # Errors
/// A file cannot be written, or pictures cannot be decoded.
pub fn write_files(
    book: &Book,
    faces: &Faces,
    options: &OfflineOptions<'_>,
    files: &mut dyn OfflineFiles,
    picture_done: &mut dyn FnMut(),
) -> Result<(), OfflineError> {
    let mut files = SummedFiles::new(files);
    let pictures = OfflinePictures::new(book, options);
    let page = BookPage::new(book, options, &pictures).linked()?;
    let css = stylesheet::stylesheet(book, faces, &page, &pictures);
    files.text(INDEX, page.as_bytes())?;
    let included: Vec<_> =
        options.included.iter().map(|inside| (inside.edition, inside.name.as_str())).collect();
    files.text(READ_ME, read_me(book, &included).as_bytes())?;
    files.text(STYLESHEET, css.as_bytes())?;
    files.text(SCRIPT, VIEWER.as_bytes())?;
    write_pictures(book, faces, options, &pictures, picture_done, &mut |address, jpeg| {
        Ok(files.compressed(&address, &jpeg)?)
    })?;
    for inside in options.included {
        files.copy(&inside.name, &mut inside.reader()?)?;
    }
    files.finish()
}

/// Writes the edition as a ZIP archive; `picture_done` is called after each picture.
///
/// # Errors
/// `out` cannot be written, or pictures cannot be decoded.
pub fn write_zip(
    book: &Book,
    faces: &Faces,
    options: &OfflineOptions<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), OfflineError> {
    let mut files = ZipFiles::new(out, options.modified, options.scratch);
    write_files(book, faces, options, &mut files, picture_done)?;
    Ok(files.finish()?)
}

/// Writes the edition as one HTML file; `picture_done` is called after each picture.
///
/// # Errors
/// `out` cannot be written, or pictures cannot be decoded.
pub fn write_single_file(
    book: &Book,
    faces: &Faces,
    options: &OfflineOptions<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), OfflineError> {
    let pictures = OfflinePictures::new(book, options);
    let page = BookPage::new(book, options, &pictures);
    let css = stylesheet::stylesheet(book, faces, &page.linked()?, &pictures);
    let page = page.single(&css, VIEWER)?;
    let mut writer = single_file::SingleFile::new(&page, out);
    write_pictures(book, faces, options, &pictures, picture_done, &mut |address, jpeg| {
        writer.add(address, jpeg)
    })?;
    writer.finish()
}

/// Writes the JPEG of the picture at an address.
type WriteJpeg<'w> = dyn FnMut(String, Vec<u8>) -> Result<(), OfflineError> + 'w;

/// Makes all sizes of all pictures, the cover first, with the metadata that they retain.
/// `picture_done` is called after each picture except for the cover.
fn write_pictures(
    book: &Book,
    faces: &Faces,
    options: &OfflineOptions<'_>,
    pictures: &OfflinePictures<'_>,
    picture_done: &mut dyn FnMut(),
    write: &mut WriteJpeg<'_>,
) -> Result<(), OfflineError> {
    let mut errors = PictureErrors::default();
    for size in pictures.cover.iter() {
        let Some(cover) = errors.collect(pictures::draw_cover(size, options, faces)) else { break };
        write(size.file(COVER), cover.jpeg)?;
    }
    options.processor.in_order(
        &pictures.list,
        |picture| Some(picture.picture),
        |picture| {
            let sizes: Vec<_> = picture.sizes.iter().map(|size| size.options).collect();
            options.processor.scaled_sizes(picture.picture, &sizes)
        },
        |picture, scaled| {
            let Some(scaled) = errors.collect(scaled) else { return Ok(()) };
            for (size, Scaled { jpeg, .. }) in picture.sizes.iter().zip(scaled.0) {
                let jpeg = match picture.metadata {
                    Some(metadata) => {
                        picture::with_retained_metadata(jpeg, metadata, &book.language)
                    }
                    None => jpeg,
                };
                write(size.file(&picture.name), jpeg)?;
            }
            picture_done();
            Ok::<_, OfflineError>(())
        },
    )?;
    Ok(errors.into_result()?)
}
