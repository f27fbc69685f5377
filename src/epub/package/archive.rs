//! Creates the archive with the files that both e-books begin with.

use std::io::{self, Write};

use crate::archive::Archive;
use crate::epub::names::{COVER, COVER_PICTURE, STYLESHEET, archive_path};
use crate::epub::options::Options;
use crate::epub::package::skeleton::{ItemKind, ManifestItem};
use crate::html::cover;
use crate::html::fonts::embedded::EmbeddedFace;
use crate::picture::{PictureError, Scaled};
use crate::typeset::Faces;

/// The items of the fonts and the cover, with which the EPUB manifest begins.
pub(in crate::epub) fn font_and_cover_items(faces: &[EmbeddedFace<'_>]) -> Vec<ManifestItem> {
    let item = |href: &str, kind| ManifestItem { href: href.to_owned(), kind };
    let fonts = faces.iter().map(|face| item(&face.file, ItemKind::Resource(face.media_type)));
    let cover = [item(COVER_PICTURE, ItemKind::Cover), item(COVER, ItemKind::Page)];
    fonts.chain(cover).collect()
}

/// Rasterizes the cover to a picture of at most `max_pixels`.
pub(in crate::epub) fn cover_picture(
    options: &Options<'_>,
    faces: &Faces,
    max_pixels: u64,
) -> Result<Scaled, PictureError> {
    cover::jpeg(options.cover, faces, max_pixels, options.pictures.quality, options.processor)
}

/// Starts an archive with the package files, the stylesheet and the fonts that it refers to.
pub(in crate::epub) fn start_archive<W: Write>(
    out: W,
    frame: &[(&'static str, Vec<u8>)],
    css: &str,
    faces: &[EmbeddedFace<'_>],
) -> io::Result<Archive<W>> {
    let mut archive = Archive::new(out);
    // The standard requires it to be first, stored, and without extra fields (EPUB 3.3, 4.3).
    archive.stored("mimetype", b"application/epub+zip")?;
    for (path, bytes) in frame {
        archive.deflated(path, bytes)?;
    }
    archive.deflated(&archive_path(STYLESHEET), css.as_bytes())?;
    for face in faces {
        match face.media_type {
            "font/woff2" => archive.stored(&archive_path(&face.file), &face.bytes)?,
            _ => archive.deflated(&archive_path(&face.file), &face.bytes)?,
        }
    }
    Ok(archive)
}
