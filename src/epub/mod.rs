//! The book as EPUB 3.3: [`write`] makes the reflowable edition, in which text and pictures
//! flow, and [`write_fixed`] the one in fixed layout, which shows the printed pages.
//!
//! epub-builder makes the skeleton from the names of the files; [`finish`](self) puts right
//! what it gets wrong; and the archive is written in one pass, in which each scaled
//! picture goes straight into the file. Memory does not grow with the photos.

mod content;
mod fixed;
mod package;
mod style;

use std::io::{self, Write};

use time::OffsetDateTime;

use crate::model::{Book, Entry, Pages, RetainedMetadata};
use crate::picture::{self, ImageProcessor, PictureError, PictureErrors, ScaleOptions, Scaled};
use crate::typeset::Faces;

use crate::epub::content::page_breaks::{FrontBreaks, PageBreak};
use crate::epub::content::pages::House;
use crate::epub::content::parts::Part;
use crate::epub::package::container::Container;
use crate::epub::package::files::Frame;
use crate::epub::package::finish::{Lists, Spine};
use crate::epub::package::metadata::Metadata;
use crate::epub::package::navigation::{Landmark, Place};
use crate::epub::package::skeleton::{Kind, Member};
use crate::epub::style::fonts::EmbeddedFace;

/// What the e-book is to be.
#[derive(Debug)]
pub struct Options<'a> {
    /// How pictures are made smaller. In fixed layout, `max_pixels` is what a picture that
    /// fills a page has.
    pub pictures: ScaleOptions,
    /// How many pixels a page in fixed layout has at most.
    pub viewport: u64,
    /// The cover: a single laid-out page, drawn as a picture.
    pub cover: &'a Pages,
    /// How many pixels its picture has at most.
    pub cover_pixels: u64,
    /// How many characters tell at most what is to be seen on it.
    pub cover_alt: usize,
    /// The printed edition: its folios become the page list, and its pages those of the
    /// edition in fixed layout.
    pub print: Option<&'a Pages>,
    /// Whether anybody can have that edition, so that its page numbers are worth telling.
    pub printable: bool,
    /// The moment that the file names as that of its making.
    pub modified: OffsetDateTime,
    /// Where the pictures are made.
    pub processor: &'a ImageProcessor,
}

/// Why an EPUB could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The stream refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The pixels of some pictures could not be had.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The skeleton is not what the finishing pass expects.
    #[error("the e-book's skeleton has changed: {0}")]
    Skeleton(String),
}

impl From<PictureError> for WriteError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}

pub use fixed::write as write_fixed;

const COVER: &str = "cover.xhtml";
const COVER_PICTURE: &str = "images/cover.jpg";
const TITLE_PAGE: &str = "title.xhtml";
const IMPRINT: &str = "imprint.xhtml";
const NAVIGATION: &str = "nav.xhtml";
const CONTENTS: &str = "nav.xhtml#toc";

/// Writes the e-book; `picture_done` is told of each picture as it is written.
pub fn write(
    book: &Book,
    faces: &Faces,
    edition: &Options<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    let house = House::of(book);
    let numbered = edition.print.filter(|_| edition.printable);
    let mut parts = content::parts::parts(book, numbered);
    let front = numbered.map_or_else(FrontBreaks::default, FrontBreaks::of);
    let sheet = style::stylesheet::sheet(book, faces, edition.print);

    let members = members(&house, &parts, &sheet);
    let frame = frame(&house, &parts, &front, &members, edition)?;
    let cover = cover_picture(edition, faces, edition.cover_pixels)?;

    let mut archive = opened(out, &frame, &sheet.css, &sheet.faces)?;
    archive.deflated(
        &inside(COVER),
        &house.cover(&house.cover_alt(edition.cover_alt), COVER_PICTURE, cover.pixels)?,
    )?;
    archive.stored(&inside(COVER_PICTURE), &cover.jpeg)?;
    archive.deflated(&inside(TITLE_PAGE), &house.title_page(front.title.as_ref())?)?;
    if house.has_imprint() {
        archive.deflated(&inside(IMPRINT), &house.imprint(front.imprint.as_ref())?)?;
    }
    let mut unreadable = PictureErrors::default();
    // Only a scaled picture knows its size, so the pages of texts are written after theirs.
    for part in parts.iter_mut().filter(|part| part.shown().is_none()) {
        edition.processor.in_order(
            part.figures.iter_mut(),
            |shown| Some(&shown.figure.picture),
            |shown| edition.processor.scaled(&shown.figure.picture, &edition.pictures),
            |shown, scaled| {
                let Some(scaled) = unreadable.keep(scaled) else { return Ok(()) };
                shown.pixels = Some(scaled.pixels);
                archive.stored(&inside(&shown.file), &scaled.jpeg)?;
                picture_done();
                Ok::<_, WriteError>(())
            },
        )?;
        archive.deflated(&inside(&part.file), &house.text(part)?)?;
    }

    // The page of a plate is written when its picture arrives.
    let plates =
        parts.iter().filter_map(|part| part.shown().map(|(plate, file)| (part, plate, file)));
    edition.processor.in_order(
        plates,
        |(_, plate, _)| Some(&plate.picture),
        |(_, plate, _)| edition.processor.scaled(&plate.picture, &edition.pictures),
        |(part, plate, file), scaled| {
            let Some(scaled) = unreadable.keep(scaled) else { return Ok(()) };
            let page = house.plate(plate, part, file, scaled.pixels)?;
            archive.deflated(&inside(&part.file), &page)?;
            archive.stored(&inside(file), &telling(scaled.jpeg, &plate.kept, book))?;
            picture_done();
            Ok::<_, WriteError>(())
        },
    )?;
    unreadable.end()?;
    Ok(archive.finish()?)
}

/// The cover as a picture, with so many pixels at most.
fn cover_picture(
    edition: &Options<'_>,
    faces: &Faces,
    max_pixels: u64,
) -> Result<Scaled, PictureError> {
    let drawn = content::cover::draw(edition.cover, faces, max_pixels, edition.processor)?;
    edition.processor.drawn(drawn, edition.pictures.quality)
}

/// An archive that holds the files of the frame, the stylesheet, and the faces it names.
fn opened<W: Write>(
    out: W,
    frame: &[(&'static str, Vec<u8>)],
    css: &str,
    faces: &[EmbeddedFace<'_>],
) -> io::Result<Container<W>> {
    let mut archive = Container::new(out)?;
    for (path, bytes) in frame {
        archive.deflated(path, bytes)?;
    }
    archive.deflated(&inside(content::pages::STYLESHEET), css.as_bytes())?;
    for face in faces {
        match face.media_type {
            "font/woff2" => archive.stored(&inside(&face.file), &face.bytes)?,
            _ => archive.deflated(&inside(&face.file), &face.bytes)?,
        }
    }
    Ok(archive)
}

/// A picture's file with what is kept of its own metadata.
fn telling(jpeg: Vec<u8>, kept: &RetainedMetadata, book: &Book) -> Vec<u8> {
    match picture::packet(kept, &book.language) {
        Some(packet) => picture::with_packet(jpeg, &packet),
        None => jpeg,
    }
}

/// A file's path in the archive.
fn inside(href: &str) -> String {
    format!("OEBPS/{href}")
}

/// All files but those of the frame, pages in reading order.
fn members(
    house: &House<'_>,
    parts: &[Part<'_>],
    sheet: &style::stylesheet::Sheet<'_>,
) -> Vec<Member> {
    let member = |href: &str, kind| Member { href: href.to_owned(), kind };
    let mut members: Vec<_> = sheet
        .faces
        .iter()
        .map(|face| member(&face.file, Kind::Resource(face.media_type)))
        .collect();
    members.push(member(COVER_PICTURE, Kind::Cover));
    members.push(member(COVER, Kind::Page));
    let is_frontispiece = |part: &&Part<'_>| matches!(part.entry, Entry::Frontispiece(_));
    let add = |members: &mut Vec<Member>, part: &Part<'_>| {
        members.push(member(&part.file, Kind::Page));
        let plate = part.shown().map(|(_, picture)| picture);
        let in_text = part.figures.iter().map(|shown| shown.file.as_str());
        for picture in plate.into_iter().chain(in_text) {
            members.push(member(picture, Kind::Resource("image/jpeg")));
        }
    };
    // It faces the title page.
    parts.iter().filter(is_frontispiece).for_each(|part| add(&mut members, part));
    members.push(member(TITLE_PAGE, Kind::Page));
    if house.has_imprint() {
        members.push(member(IMPRINT, Kind::Page));
    }
    let others = parts.iter().filter(|part| !is_frontispiece(part));
    others.for_each(|part| add(&mut members, part));
    members
}

/// The files that hold the others together, finished, by their paths in the archive.
fn frame(
    house: &House<'_>,
    parts: &[Part<'_>],
    front: &FrontBreaks,
    members: &[Member],
    edition: &Options<'_>,
) -> Result<Vec<(&'static str, Vec<u8>)>, WriteError> {
    let House { book, words, .. } = *house;
    let has_chapters = parts.iter().any(|part| matches!(part.entry, Entry::Chapter(_)));
    let mut contents = package::navigation::contents(parts, words);
    if contents.is_empty() {
        contents.push(Place::new(words.title_page, TITLE_PAGE));
    }
    let mirrors_print = edition.print.is_some() && edition.printable;
    let pages = pages(house, parts, front, has_chapters);
    let accessibility = package::accessibility::reflowable(book, parts, mirrors_print);
    let dedication = parts.iter().find(|part| matches!(part.entry, Entry::Dedication(_)));
    let imprint = if house.has_imprint() { IMPRINT } else { TITLE_PAGE };
    let contents_after = dedication.map_or(imprint, |part| part.file.as_str());
    Frame {
        metadata: Metadata {
            book,
            accessibility: &accessibility,
            mirrors_print,
            has_pages: !pages.is_empty(),
            modified: edition.modified,
            fixed: None,
        },
        members,
        contents: &contents,
        lists: Lists {
            opening: front.contents.as_ref().filter(|_| has_chapters),
            landmarks: &landmarks(house, parts, has_chapters),
            pages: &pages,
            plates: &package::navigation::list_of_plates(parts),
        },
        spine: Spine { contents_after: has_chapters.then_some(contents_after), ..Spine::default() },
    }
    .files()
}

/// The page numbers, in reading order.
fn pages(
    house: &House<'_>,
    parts: &[Part<'_>],
    front: &FrontBreaks,
    contents_page: bool,
) -> Vec<Place> {
    let of = |wanted: fn(&Entry) -> bool| {
        let parts = parts.iter().filter(move |part| wanted(part.entry));
        parts.flat_map(package::navigation::pages)
    };
    let at = |file: &str, page: &Option<PageBreak>| {
        page.as_ref().map(|page| Place::new(&page.label, format!("{file}#{}", page.id())))
    };
    let imprint = at(IMPRINT, &front.imprint).filter(|_| house.has_imprint());
    let contents = at(NAVIGATION, &front.contents).filter(|_| contents_page);
    of(|entry| matches!(entry, Entry::Frontispiece(_)))
        .chain(at(TITLE_PAGE, &front.title))
        .chain(imprint)
        .chain(of(|entry| matches!(entry, Entry::Dedication(_))))
        .chain(contents)
        .chain(of(|entry| !entry.is_front()))
        .collect()
}

/// Where the parts begin that every reading system knows a button for. Only what stands in
/// the reading order may be one of them.
fn landmarks(house: &House<'_>, parts: &[Part<'_>], contents_page: bool) -> Vec<Landmark> {
    let words = house.words;
    let imprint = house.has_imprint().then_some(("copyright-page", words.imprint, IMPRINT));
    let beginning = parts.iter().find(|part| !part.is_front());
    let beginning = beginning.map(|part| ("bodymatter", words.beginning, part.file.as_str()));
    [
        Some(("cover", words.cover, COVER)),
        Some(("titlepage", words.title_page, TITLE_PAGE)),
        imprint,
        contents_page.then_some(("toc", words.contents, CONTENTS)),
        beginning,
    ]
    .into_iter()
    .flatten()
    .map(|(kind, label, href)| Landmark { kind, place: Place::new(label, href) })
    .collect()
}
