//! The reflowable e-book: text and pictures adapt to the size of the screen and the type.

use std::collections::BTreeSet;
use std::io::Write;

use crate::epub::content::page_breaks::FrontBreaks;
use crate::epub::content::pages::PageTemplates;
use crate::epub::content::parts::Part;
use crate::epub::error::EpubError;
use crate::epub::names::{
    COLOPHON, CONTENTS, COVER, COVER_PICTURE, FRONT, IMPRINT_ID, INDEX, NAVIGATION, TITLE_PAGE_ID,
    archive_path,
};
use crate::epub::options::Options;
use crate::epub::package::archive::{cover_picture, font_and_cover_items, start_archive};
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

    let items = items(&parts, &stylesheet, !book.index.is_empty());
    let package_files = package_files(&templates, &parts, &front, &items, options)?;
    let cover = cover_picture(options, faces, options.cover_pixels)?;

    let mut archive = start_archive(out, &package_files, &stylesheet.css(), &stylesheet.faces)?;
    archive.deflated(
        &archive_path(COVER),
        &templates.cover(&templates.cover_alt(options.cover_alt), COVER_PICTURE, cover.pixels)?,
    )?;
    archive.stored(&archive_path(COVER_PICTURE), &cover.jpeg)?;
    // The size of a picture is known only after scaling, so files are written after their
    // pictures.
    let mut errors = PictureErrors::default();
    // A picture that is shown several times is stored once.
    let mut stored = BTreeSet::new();
    options.processor.in_order(
        parts.iter_mut().flat_map(Part::pictures_mut),
        |picture| Some(picture.picture),
        |picture| options.processor.scaled(picture.picture, &options.pictures),
        |picture, scaled| {
            let Some(scaled) = errors.collect(scaled) else { return Ok(()) };
            *picture.pixels = Some(scaled.pixels);
            if stored.insert(picture.file.to_owned()) {
                let jpeg = match picture.metadata {
                    Some(metadata) => {
                        picture::with_retained_metadata(scaled.jpeg, metadata, &book.language)
                    }
                    None => scaled.jpeg,
                };
                archive.stored(&archive_path(picture.file), &jpeg)?;
            }
            picture_done();
            Ok::<_, EpubError>(())
        },
    )?;
    errors.into_result()?;
    let (front_parts, body) = content::parts::front_and_body(&parts);
    archive.deflated(&archive_path(FRONT), &templates.front(front_parts, &front)?)?;
    for parts in body {
        let file = parts.first().map_or("", |part| &part.file);
        archive.deflated(&archive_path(file), &templates.file(parts)?)?;
    }
    if !book.index.is_empty() {
        archive.deflated(&archive_path(INDEX), &templates.index(&parts)?)?;
    }
    Ok(archive.finish()?)
}

/// All files except the package files, pages in reading order.
fn items(parts: &[Part<'_>], stylesheet: &Stylesheet<'_>, has_index: bool) -> Vec<ManifestItem> {
    let item = |href: &str, kind| ManifestItem { href: href.to_owned(), kind };
    let mut items = font_and_cover_items(&stylesheet.faces);
    let mut pictures = BTreeSet::new();
    let mut add = |file: &str, parts: &[Part<'_>]| {
        items.push(item(file, ItemKind::Page));
        for part in parts {
            let figures = part.figures.iter().map(|figure| figure.file.as_str());
            for picture in part.picture.as_deref().into_iter().chain(figures) {
                if pictures.insert(picture.to_owned()) {
                    items.push(item(picture, ItemKind::Resource("image/jpeg")));
                }
            }
        }
    };
    let (front, body) = content::parts::front_and_body(parts);
    add(FRONT, front);
    body.for_each(|parts| add(parts.first().map_or("", |part| &part.file), parts));
    if has_index {
        let colophon = items.iter().position(|item| item.href == COLOPHON);
        items.insert(colophon.unwrap_or(items.len()), item(INDEX, ItemKind::Page));
    }
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
    let has_chapters = parts.iter().any(|part| part.entry.opening().is_some());
    let mut contents = package::navigation::contents(parts, &book.language);
    if !book.index.is_empty() {
        let is_last = |part: &Part<'_>| matches!(part.entry, Entry::Colophon(_));
        let before_last = contents.len() - usize::from(parts.last().is_some_and(is_last));
        contents.insert(before_last, NavigationPoint::new(strings.index, INDEX));
    }
    if contents.is_empty() {
        contents.push(NavigationPoint::new(strings.title_page, FRONT));
    }
    let mirrors_print = options.print.is_some() && options.printable;
    let pages = pages(templates, parts, front, has_chapters);
    let accessibility = package::accessibility::reflowable(book, parts, mirrors_print);
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
        lists: NavigationLists {
            contents: &contents,
            shows_contents: has_chapters,
            contents_break: front.contents.as_ref().filter(|_| has_chapters),
            landmarks: &landmarks(templates, parts, has_chapters),
            pages: &pages,
            plates: &package::navigation::list_of_plates(parts),
        },
        spine: Spine { contents_after: has_chapters.then_some(FRONT), ..Spine::default() },
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
        page.as_ref()
            .map(|page| NavigationPoint::new(page.label(), format!("{file}#{}", page.id())))
    };
    let imprint = page_point(FRONT, &front.imprint).filter(|_| templates.has_imprint());
    let contents = page_point(NAVIGATION, &front.contents).filter(|_| contents_page);
    pages_of(|entry| matches!(entry, Entry::Frontispiece(_)))
        .chain(page_point(FRONT, &front.title))
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
    let imprint = format!("{FRONT}#{IMPRINT_ID}");
    let imprint =
        templates.has_imprint().then_some(("copyright-page", strings.imprint, imprint.as_str()));
    let beginning = parts.iter().find(|part| !part.is_front());
    let beginning = beginning.map(|part| ("bodymatter", strings.beginning, part.file.as_str()));
    // A frontispiece comes before the title.
    let has_frontispiece = parts.iter().any(|part| matches!(part.entry, Entry::Frontispiece(_)));
    let title_page = format!("{FRONT}#{TITLE_PAGE_ID}");
    let title_page = if has_frontispiece { &title_page } else { FRONT };
    [
        Some(("cover", strings.cover, COVER)),
        Some(("titlepage", strings.title_page, title_page)),
        imprint,
        contents_page.then_some(("toc", strings.contents, CONTENTS)),
        beginning,
        (!templates.book.index.is_empty()).then_some(("index", strings.index, INDEX)),
    ]
    .into_iter()
    .flatten()
    .map(|(kind, label, href)| Landmark { kind, point: NavigationPoint::new(label, href) })
    .collect()
}
