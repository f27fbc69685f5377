//! The reflowable e-book: text and pictures flow with the size of the screen and the type.

use std::collections::BTreeSet;
use std::io::Write;

use crate::epub::content::page_breaks::{FrontBreaks, PageBreak};
use crate::epub::content::pages::PageTemplates;
use crate::epub::content::parts::Part;
use crate::epub::error::WriteError;
use crate::epub::options::Options;
use crate::epub::package::archive::{
    CONTENTS, COVER, COVER_PICTURE, IMPRINT, NAVIGATION, TITLE_PAGE, archive_path, cover_picture,
    start_archive, with_retained_metadata,
};
use crate::epub::package::files::PackageFiles;
use crate::epub::package::finish::{NavigationLists, Spine};
use crate::epub::package::metadata::PackageMetadata;
use crate::epub::package::navigation::{Landmark, NavigationPoint};
use crate::epub::package::skeleton::{ItemKind, ManifestItem};
use crate::epub::{content, package, style};
use crate::model::{Book, Entry};
use crate::picture::PictureErrors;
use crate::typeset::Faces;

/// Writes the e-book; `picture_done` is told of each picture as it is written.
pub fn write(
    book: &Book,
    faces: &Faces,
    options: &Options<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    let templates = PageTemplates::new(book);
    let numbered = options.print.filter(|_| options.printable);
    let mut parts = content::parts::parts(book, numbered);
    content::parts::share_pictures(&mut parts);
    let front = numbered.map_or_else(FrontBreaks::default, FrontBreaks::new);
    let sheet = style::stylesheet::sheet(book, faces, options.print);

    let members = members(&templates, &parts, &sheet);
    let frame = frame(&templates, &parts, &front, &members, options)?;
    let cover = cover_picture(options, faces, options.cover_pixels)?;

    let mut archive = start_archive(out, &frame, &sheet.css, &sheet.faces)?;
    archive.deflated(
        &archive_path(COVER),
        &templates.cover(&templates.cover_alt(options.cover_alt), COVER_PICTURE, cover.pixels)?,
    )?;
    archive.stored(&archive_path(COVER_PICTURE), &cover.jpeg)?;
    archive.deflated(&archive_path(TITLE_PAGE), &templates.title_page(front.title.as_ref())?)?;
    if templates.has_imprint() {
        archive.deflated(&archive_path(IMPRINT), &templates.imprint(front.imprint.as_ref())?)?;
    }
    let mut unreadable = PictureErrors::default();
    // A picture that is shown several times is stored once.
    let mut stored = BTreeSet::new();
    // Only a scaled picture knows its size, so the pages of texts are written after theirs.
    for part in parts.iter_mut().filter(|part| part.shown().is_none()) {
        options.processor.in_order(
            part.figures.iter_mut(),
            |shown| Some(&shown.figure.picture),
            |shown| options.processor.scaled(&shown.figure.picture, &options.pictures),
            |shown, scaled| {
                let Some(scaled) = unreadable.keep(scaled) else { return Ok(()) };
                shown.pixels = Some(scaled.pixels);
                if stored.insert(shown.file.clone()) {
                    archive.stored(&archive_path(&shown.file), &scaled.jpeg)?;
                }
                picture_done();
                Ok::<_, WriteError>(())
            },
        )?;
        archive.deflated(&archive_path(&part.file), &templates.text(part)?)?;
    }

    // The page of a plate is written when its picture arrives.
    let plates =
        parts.iter().filter_map(|part| part.shown().map(|(plate, file)| (part, plate, file)));
    options.processor.in_order(
        plates,
        |(_, plate, _)| Some(&plate.picture),
        |(_, plate, _)| options.processor.scaled(&plate.picture, &options.pictures),
        |(part, plate, file), scaled| {
            let Some(scaled) = unreadable.keep(scaled) else { return Ok(()) };
            let page = templates.plate(plate, part, file, scaled.pixels)?;
            archive.deflated(&archive_path(&part.file), &page)?;
            if stored.insert(file.to_owned()) {
                archive.stored(
                    &archive_path(file),
                    &with_retained_metadata(scaled.jpeg, &plate.kept, book),
                )?;
            }
            picture_done();
            Ok::<_, WriteError>(())
        },
    )?;
    unreadable.end()?;
    Ok(archive.finish()?)
}

/// All files but those of the frame, pages in reading order.
fn members(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    sheet: &style::stylesheet::Stylesheet<'_>,
) -> Vec<ManifestItem> {
    let member = |href: &str, kind| ManifestItem { href: href.to_owned(), kind };
    let mut members: Vec<_> = sheet
        .faces
        .iter()
        .map(|face| member(&face.file, ItemKind::Resource(face.media_type)))
        .collect();
    members.push(member(COVER_PICTURE, ItemKind::Cover));
    members.push(member(COVER, ItemKind::Page));
    let is_frontispiece = |part: &&Part<'_>| matches!(part.entry, Entry::Frontispiece(_));
    let add = |members: &mut Vec<ManifestItem>, part: &Part<'_>| {
        members.push(member(&part.file, ItemKind::Page));
        let plate = part.shown().map(|(_, picture)| picture);
        let in_text = part.figures.iter().map(|shown| shown.file.as_str());
        for picture in plate.into_iter().chain(in_text) {
            if !members.iter().any(|member| member.href == picture) {
                members.push(member(picture, ItemKind::Resource("image/jpeg")));
            }
        }
    };
    // It faces the title page.
    parts.iter().filter(is_frontispiece).for_each(|part| add(&mut members, part));
    members.push(member(TITLE_PAGE, ItemKind::Page));
    if templates.has_imprint() {
        members.push(member(IMPRINT, ItemKind::Page));
    }
    let others = parts.iter().filter(|part| !is_frontispiece(part));
    others.for_each(|part| add(&mut members, part));
    members
}

/// The files that hold the others together, finished, by their paths in the archive.
fn frame(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    front: &FrontBreaks,
    members: &[ManifestItem],
    options: &Options<'_>,
) -> Result<Vec<(&'static str, Vec<u8>)>, WriteError> {
    let PageTemplates { book, words, .. } = *templates;
    let has_chapters = parts.iter().any(|part| matches!(part.entry, Entry::Chapter(_)));
    let mut contents = package::navigation::contents(parts, words);
    if contents.is_empty() {
        contents.push(NavigationPoint::new(words.title_page, TITLE_PAGE));
    }
    let mirrors_print = options.print.is_some() && options.printable;
    let pages = pages(templates, parts, front, has_chapters);
    let accessibility = package::accessibility::reflowable(book, parts, mirrors_print);
    let dedication = parts.iter().find(|part| matches!(part.entry, Entry::Dedication(_)));
    let imprint = if templates.has_imprint() { IMPRINT } else { TITLE_PAGE };
    let contents_after = dedication.map_or(imprint, |part| part.file.as_str());
    PackageFiles {
        metadata: PackageMetadata {
            book,
            accessibility: &accessibility,
            mirrors_print,
            has_pages: !pages.is_empty(),
            modified: options.modified,
            fixed: None,
        },
        members,
        contents: &contents,
        lists: NavigationLists {
            opening: front.contents.as_ref().filter(|_| has_chapters),
            landmarks: &landmarks(templates, parts, has_chapters),
            pages: &pages,
            plates: &package::navigation::list_of_plates(parts),
        },
        spine: Spine { contents_after: has_chapters.then_some(contents_after), ..Spine::default() },
    }
    .files()
}

/// The page numbers, in reading order.
fn pages(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    front: &FrontBreaks,
    contents_page: bool,
) -> Vec<NavigationPoint> {
    let of = |wanted: fn(&Entry) -> bool| {
        let parts = parts.iter().filter(move |part| wanted(part.entry));
        parts.flat_map(package::navigation::pages)
    };
    let at = |file: &str, page: &Option<PageBreak>| {
        page.as_ref().map(|page| NavigationPoint::new(&page.label, format!("{file}#{}", page.id())))
    };
    let imprint = at(IMPRINT, &front.imprint).filter(|_| templates.has_imprint());
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
fn landmarks(
    templates: &PageTemplates<'_>,
    parts: &[Part<'_>],
    contents_page: bool,
) -> Vec<Landmark> {
    let words = templates.words;
    let imprint = templates.has_imprint().then_some(("copyright-page", words.imprint, IMPRINT));
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
    .map(|(kind, label, href)| Landmark { kind, place: NavigationPoint::new(label, href) })
    .collect()
}
