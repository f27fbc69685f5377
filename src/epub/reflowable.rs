//! The reflowable e-book: text and pictures adapt to the size of the screen and the type.

use std::collections::BTreeSet;
use std::io::Write;

use crate::epub::content::page_breaks::FrontBreaks;
use crate::epub::content::pages::PageTemplates;
use crate::epub::content::parts::Part;
use crate::epub::error::EpubError;
use crate::epub::options::Options;
use crate::epub::package::archive::{
    CONTENTS, COVER, COVER_PICTURE, IMPRINT, NAVIGATION, TITLE_PAGE, archive_path, cover_picture,
    font_and_cover_items, start_archive,
};
use crate::epub::package::files::PackageFiles;
use crate::epub::package::finish::{NavigationLists, Spine};
use crate::epub::package::metadata::PackageMetadata;
use crate::epub::package::navigation::{Landmark, NavigationPoint};
use crate::epub::package::skeleton::{ItemKind, ManifestItem};
use crate::epub::{content, package};
use crate::html::content::page_break::PageBreak;
use crate::html::style::stylesheet::{Stylesheet, StylesheetBase};
use crate::model::{Book, Entry};
use crate::picture::{self, PictureErrors};
use crate::typeset::Faces;

/// Writes the reflowable e-book; `picture_done` is called after each picture is written.
///
/// # Errors
/// `out` cannot be written, or pictures cannot be decoded.
pub fn write(
    book: &Book,
    faces: &Faces,
    options: &Options<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), EpubError> {
    let templates = PageTemplates::new(book);
    let numbered = options.print.filter(|_| options.printable);
    let mut parts = content::parts::parts(book, numbered);
    content::parts::share_pictures(&mut parts, options.processor);
    let front = numbered.map_or_else(FrontBreaks::default, FrontBreaks::new);
    let stylesheet = Stylesheet::new(book, faces, options.print, &StylesheetBase::EBOOK);

    let items = items(&templates, &parts, &stylesheet);
    let package_files = package_files(&templates, &parts, &front, &items, options)?;
    let cover = cover_picture(options, faces, options.cover_pixels)?;

    let mut archive = start_archive(out, &package_files, &stylesheet.css(), &stylesheet.faces)?;
    archive.deflated(
        &archive_path(COVER),
        &templates.cover(&templates.cover_alt(options.cover_alt), COVER_PICTURE, cover.pixels)?,
    )?;
    archive.stored(&archive_path(COVER_PICTURE), &cover.jpeg)?;
    archive.deflated(&archive_path(TITLE_PAGE), &templates.title_page(front.title.as_ref())?)?;
    if templates.has_imprint() {
        archive.deflated(&archive_path(IMPRINT), &templates.imprint(front.imprint.as_ref())?)?;
    }
    let mut errors = PictureErrors::default();
    // A picture that is shown several times is stored once.
    let mut stored = BTreeSet::new();
    // The size of a picture is known only after scaling, so texts are written after their
    // pictures.
    for part in parts.iter_mut().filter(|part| part.plate_and_picture().is_none()) {
        options.processor.in_order(
            part.figures.iter_mut(),
            |figure| Some(&figure.figure.picture),
            |figure| options.processor.scaled(&figure.figure.picture, &options.pictures),
            |figure, scaled| {
                let Some(scaled) = errors.collect(scaled) else { return Ok(()) };
                figure.pixels = Some(scaled.pixels);
                if stored.insert(figure.file.clone()) {
                    archive.stored(&archive_path(&figure.file), &scaled.jpeg)?;
                }
                picture_done();
                Ok::<_, EpubError>(())
            },
        )?;
        archive.deflated(&archive_path(&part.file), &templates.text(part)?)?;
    }

    // The page of a plate is written as soon as its picture is scaled.
    let plates = parts
        .iter()
        .filter_map(|part| part.plate_and_picture().map(|(plate, file)| (part, plate, file)));
    options.processor.in_order(
        plates,
        |(_, plate, _)| Some(&plate.picture),
        |(_, plate, _)| options.processor.scaled(&plate.picture, &options.pictures),
        |(part, plate, file), scaled| {
            let Some(scaled) = errors.collect(scaled) else { return Ok(()) };
            let page = templates.plate(plate, part, file, scaled.pixels)?;
            archive.deflated(&archive_path(&part.file), &page)?;
            if stored.insert(file.to_owned()) {
                archive.stored(
                    &archive_path(file),
                    &picture::with_retained_metadata(
                        scaled.jpeg,
                        &plate.retained_metadata,
                        &book.language,
                    ),
                )?;
            }
            picture_done();
            Ok::<_, EpubError>(())
        },
    )?;
    errors.into_result()?;
    Ok(archive.finish()?)
}

/// All files except the package files, pages in reading order.
fn items(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    stylesheet: &Stylesheet<'_>,
) -> Vec<ManifestItem> {
    let item = |href: &str, kind| ManifestItem { href: href.to_owned(), kind };
    let mut items = font_and_cover_items(&stylesheet.faces);
    let is_frontispiece = |part: &&Part<'_>| matches!(part.entry, Entry::Frontispiece(_));
    let add = |items: &mut Vec<ManifestItem>, part: &Part<'_>| {
        items.push(item(&part.file, ItemKind::Page));
        let plate = part.plate_and_picture().map(|(_, picture)| picture);
        let in_text = part.figures.iter().map(|figure| figure.file.as_str());
        for picture in plate.into_iter().chain(in_text) {
            if !items.iter().any(|item| item.href == picture) {
                items.push(item(picture, ItemKind::Resource("image/jpeg")));
            }
        }
    };
    // The frontispiece faces the title page.
    parts.iter().filter(is_frontispiece).for_each(|part| add(&mut items, part));
    items.push(item(TITLE_PAGE, ItemKind::Page));
    if templates.has_imprint() {
        items.push(item(IMPRINT, ItemKind::Page));
    }
    let others = parts.iter().filter(|part| !is_frontispiece(part));
    others.for_each(|part| add(&mut items, part));
    items
}

/// The completed package files, by their paths in the archive.
fn package_files(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    front: &FrontBreaks,
    items: &[ManifestItem],
    options: &Options<'_>,
) -> Result<Vec<(&'static str, Vec<u8>)>, EpubError> {
    let PageTemplates { book, strings, .. } = *templates;
    let has_chapters = parts.iter().any(|part| matches!(part.entry, Entry::Chapter(_)));
    let mut contents = package::navigation::contents(parts, strings);
    if contents.is_empty() {
        contents.push(NavigationPoint::new(strings.title_page, TITLE_PAGE));
    }
    let mirrors_print = options.print.is_some() && options.printable;
    let pages = pages(templates, parts, front, has_chapters);
    let accessibility = package::accessibility::reflowable(book, parts, mirrors_print);
    let is_own_page = |entry: &Entry| matches!(entry, Entry::Dedication(_) | Entry::Epigraph(_));
    let last = parts.iter().rfind(|part| is_own_page(part.entry));
    let imprint = if templates.has_imprint() { IMPRINT } else { TITLE_PAGE };
    let contents_after = last.map_or(imprint, |part| part.file.as_str());
    PackageFiles {
        metadata: PackageMetadata {
            book,
            accessibility: &accessibility,
            mirrors_print,
            has_pages: !pages.is_empty(),
            modified: options.modified,
            fixed: None,
        },
        members: items,
        contents: &contents,
        lists: NavigationLists {
            contents_break: front.contents.as_ref().filter(|_| has_chapters),
            landmarks: &landmarks(templates, parts, has_chapters),
            pages: &pages,
            plates: &package::navigation::list_of_plates(parts),
        },
        spine: Spine { contents_after: has_chapters.then_some(contents_after), ..Spine::default() },
    }
    .files()
}

/// The page list, in reading order.
fn pages(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    front: &FrontBreaks,
    contents_page: bool,
) -> Vec<NavigationPoint> {
    let pages_of = |wanted: fn(&Entry) -> bool| {
        let parts = parts.iter().filter(move |part| wanted(part.entry));
        parts.flat_map(package::navigation::pages)
    };
    let page_point = |file: &str, page: &Option<PageBreak>| {
        page.as_ref().map(|page| NavigationPoint::new(&page.label, format!("{file}#{}", page.id())))
    };
    let imprint = page_point(IMPRINT, &front.imprint).filter(|_| templates.has_imprint());
    let contents = page_point(NAVIGATION, &front.contents).filter(|_| contents_page);
    pages_of(|entry| matches!(entry, Entry::Frontispiece(_)))
        .chain(page_point(TITLE_PAGE, &front.title))
        .chain(imprint)
        .chain(pages_of(|entry| matches!(entry, Entry::Dedication(_) | Entry::Epigraph(_))))
        .chain(contents)
        .chain(pages_of(|entry| !entry.is_front()))
        .collect()
}

/// The starts of the parts for which reading systems offer shortcuts. Only documents in the
/// reading order may be landmarks.
fn landmarks(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    contents_page: bool,
) -> Vec<Landmark> {
    let strings = templates.strings;
    let imprint = templates.has_imprint().then_some(("copyright-page", strings.imprint, IMPRINT));
    let beginning = parts.iter().find(|part| !part.is_front());
    let beginning = beginning.map(|part| ("bodymatter", strings.beginning, part.file.as_str()));
    [
        Some(("cover", strings.cover, COVER)),
        Some(("titlepage", strings.title_page, TITLE_PAGE)),
        imprint,
        contents_page.then_some(("toc", strings.contents, CONTENTS)),
        beginning,
    ]
    .into_iter()
    .flatten()
    .map(|(kind, label, href)| Landmark { kind, point: NavigationPoint::new(label, href) })
    .collect()
}
