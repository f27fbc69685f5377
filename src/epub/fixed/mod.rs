//! The edition in fixed layout: the printed pages as a reading system shows them, two side
//! by side where there is room.
//!
//! It is made of [`Pages`] alone: every picture is cut to what the page shows of it, every
//! line of text stands where it stands in print, as text, in the same faces. `lines` finds
//! what is read together, `sheet` says how it looks, `page` writes it down.

mod art;
mod lines;
mod page;
mod sheet;
mod viewport;

use std::collections::BTreeMap;
use std::io::Write;

use crate::model::{
    Book, Bookmark, Entry, Item, Page, Pages, PassageKind, Pixels, Point, Rect, Side, plain_text,
};
use crate::picture::{self, PictureErrors};
use crate::typeset::Faces;

use crate::epub::content::pages::PageTemplates;
use crate::epub::error::WriteError;
use crate::epub::options::Options;
use crate::epub::package::accessibility;
use crate::epub::package::archive::{
    COVER, COVER_PICTURE, archive_path, cover_picture, start_archive, with_retained_metadata,
};
use crate::epub::package::files::PackageFiles;
use crate::epub::package::finish::{NavigationLists, Spine, id_of};
use crate::epub::package::metadata::PackageMetadata;
use crate::epub::package::navigation::{Landmark, NavigationPoint};
use crate::epub::package::skeleton::{ItemKind, ManifestItem};
use crate::epub::package::xml::one_line;

use art::CroppedPicture;
use page::{FixedPages, Heading, PageFile};
use sheet::FixedStylesheet;
use viewport::Viewport;

/// Writes the e-book in fixed layout; `picture_done` is told of each picture as it is written.
/// Without the printed pages it is a cover.
pub fn write(
    book: &Book,
    faces: &Faces,
    options: &Options<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    let templates = PageTemplates::new(book);
    let pages = options.print.unwrap_or(options.cover);
    let viewport = Viewport::new(pages.trim, options.viewport);
    let sheet = FixedStylesheet::new(pages, faces, &book.language, viewport);
    let files = files(pages);
    let (shots, pictures) = shots(book, pages, viewport, options);
    let members = members(&sheet, &files, &shots);
    let frame = frame(&templates, pages, &files, &members, viewport.pixels, options)?;
    let cover_pixels = options.viewport.min(options.cover_pixels);
    let cover = cover_picture(options, faces, cover_pixels)?;

    let mut archive = start_archive(out, &frame, &sheet.css, &sheet.faces)?;
    let trim = Rect::new(Point::default(), pages.trim);
    let press =
        FixedPages { language: &book.language, viewport, sheet: &sheet, files: &files, trim };
    let page = press.cover(
        templates.words.cover,
        &templates.cover_alt(options.cover_alt),
        COVER_PICTURE,
    )?;
    archive.deflated(&archive_path(COVER), &page)?;
    archive.stored(&archive_path(COVER_PICTURE), &cover.jpeg)?;
    let headings = headings(pages);
    for (index, page) in pages.pages.iter().enumerate() {
        let Some(file) = &files[index] else { continue };
        let entry = page.entry.and_then(|id| book.entries.get(id.0));
        let plate = matches!(entry, Some(Entry::Plate(_)));
        let leaf = PageFile {
            page,
            title: &title(book, page),
            headings: headings.get(&index).filter(|_| !plate).map_or(&[], Vec::as_slice),
            plate,
            section: section(page, entry),
            undescribed: &entry
                .map_or_else(String::new, |entry| templates.words.name_without_alt(entry)),
            pictures: &pictures[index],
        };
        archive.deflated(&archive_path(file), &press.page(&leaf)?)?;
    }
    let shown = pictures.iter().flatten().flatten().count();
    (shots.len()..shown).for_each(|_| picture_done());
    let mut unreadable = PictureErrors::default();
    options.processor.in_order(
        shots,
        |shot| Some(shot.picture),
        |shot| shot.make(options.processor),
        |shot, processed| {
            let Some(processed) = unreadable.keep(processed) else { return Ok(()) };
            let kept = book.kept(&shot.picture.path).cloned().unwrap_or_default();
            archive.stored(
                &archive_path(&shot.file),
                &with_retained_metadata(processed.jpeg, &kept, book),
            )?;
            picture_done();
            Ok::<_, WriteError>(())
        },
    )?;
    unreadable.end()?;
    Ok(archive.finish()?)
}

/// The file of each page. Blank pages have theirs, for not every reading system leaves a
/// place empty to keep rectos on their side; but none is needed at the end.
fn files(pages: &Pages) -> Vec<Option<String>> {
    let filled = pages.pages.iter().rposition(|page| !page.items.is_empty());
    let count = filled.map_or(0, |last| last + 1);
    let name = |index| (index < count).then(|| format!("page-{:04}.xhtml", index + 1));
    (0..pages.pages.len()).map(name).collect()
}

/// The pictures of each page by their files; `None` for one that lies outside the page.
type PictureFiles = Vec<Vec<Option<String>>>;

/// The pictures that are to be made, in order, and their files by page.
fn shots<'p>(
    book: &Book,
    pages: &'p Pages,
    viewport: Viewport,
    options: &Options<'_>,
) -> (Vec<CroppedPicture<'p>>, PictureFiles) {
    #[expect(clippy::cast_precision_loss, reason = "a page has some million pixels")]
    let density = {
        let share = options.pictures.max_pixels as f64 / viewport.pixels.count() as f64;
        share.sqrt().min(1.0)
    };
    let trim = Rect::new(Point::default(), pages.trim);
    let paths = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Picture(placed) => Some(placed.picture.path.as_path()),
        Item::Rule(_) | Item::Glyphs(_) => None,
    });
    let originals = picture::originals(paths);
    let mut shots: Vec<CroppedPicture<'p>> = Vec::new();
    let mut files = Vec::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let mut of_page = Vec::new();
        for item in &page.items {
            let Item::Picture(placed) = item else { continue };
            let more = match of_page.len() {
                0 => String::new(),
                others => format!("-{}", others + 1),
            };
            let file = format!("images/page-{:04}{more}.jpg", index + 1);
            let quality = options.pictures.quality;
            let shot = CroppedPicture::new(placed, file, &trim, viewport, density, quality);
            // What would be the same file, byte for byte, is stored once.
            let original =
                |shot: &CroppedPicture<'_>| originals.get(shot.picture.path.as_path()).copied();
            let kept = |shot: &CroppedPicture<'_>| {
                book.kept(&shot.picture.path).cloned().unwrap_or_default()
            };
            let is_same = |one: &CroppedPicture<'_>, other: &CroppedPicture<'_>| {
                original(one) == original(other)
                    && one.is_made_like(other)
                    && kept(one) == kept(other)
            };
            let first = shot.as_ref().and_then(|shot| shots.iter().find(|it| is_same(it, shot)));
            if let Some(first) = first {
                of_page.push(Some(first.file.clone()));
            } else {
                of_page.push(shot.as_ref().map(|shot| shot.file.clone()));
                shots.extend(shot);
            }
        }
        files.push(of_page);
    }
    (shots, files)
}

fn members(
    sheet: &FixedStylesheet<'_>,
    files: &[Option<String>],
    shots: &[CroppedPicture<'_>],
) -> Vec<ManifestItem> {
    let member = |href: &str, kind| ManifestItem { href: href.to_owned(), kind };
    let mut members: Vec<_> = sheet
        .faces
        .iter()
        .map(|face| member(&face.file, ItemKind::Resource(face.media_type)))
        .collect();
    members.push(member(COVER_PICTURE, ItemKind::Cover));
    members.push(member(COVER, ItemKind::Page));
    members.extend(files.iter().flatten().map(|file| member(file, ItemKind::Page)));
    members.extend(shots.iter().map(|shot| member(&shot.file, ItemKind::Resource("image/jpeg"))));
    members
}

fn frame(
    templates: &PageTemplates<'_>,
    pages: &Pages,
    files: &[Option<String>],
    members: &[ManifestItem],
    size: Pixels,
    options: &Options<'_>,
) -> Result<Vec<(&'static str, Vec<u8>)>, WriteError> {
    let book = templates.book;
    let mut contents = places(&pages.bookmarks, files);
    if contents.is_empty() {
        contents.push(NavigationPoint::new(templates.words.cover, COVER));
    }
    let listed: Vec<(&Page, &String)> = pages
        .pages
        .iter()
        .zip(files)
        .filter_map(|(page, file)| Some((page, file.as_ref()?)))
        .collect();
    let numbers: Vec<NavigationPoint> = listed
        .iter()
        .filter(|(page, _)| !page.items.is_empty())
        .map(|(page, file)| NavigationPoint::new(page.folio.to_string(), format!("{file}#page")))
        .collect();
    let plates: Vec<NavigationPoint> = book
        .plates()
        .filter_map(|(id, _)| listed.iter().find(|(page, _)| page.entry == Some(id)))
        .map(|(page, file)| NavigationPoint::new(title(book, page), file.as_str()))
        .collect();
    let mut properties = BTreeMap::from([(id_of(COVER), "rendition:page-spread-center")]);
    for (page, file) in &listed {
        let on_the_right = (page.side == Side::Recto) != pages.binding_right;
        let side = if on_the_right { "page-spread-right" } else { "page-spread-left" };
        properties.insert(id_of(file), side);
    }
    PackageFiles {
        metadata: PackageMetadata {
            book,
            accessibility: &accessibility::fixed(book, pages),
            mirrors_print: true,
            has_pages: !numbers.is_empty(),
            modified: options.modified,
            fixed: Some(size),
        },
        members,
        contents: &contents,
        lists: NavigationLists {
            opening: None,
            landmarks: &landmarks(templates, pages, files),
            pages: &numbers,
            plates: &plates,
        },
        spine: Spine { contents_after: None, properties },
    }
    .files()
}

/// What a page is called: by what it shows, else by the book.
fn title(book: &Book, page: &Page) -> String {
    let words = match page.entry.and_then(|id| book.entries.get(id.0)) {
        Some(Entry::Plate(plate) | Entry::Frontispiece(plate)) => plain_text(&plate.caption),
        Some(Entry::Essay(essay) | Entry::Dedication(essay) | Entry::Colophon(essay)) => {
            essay.title().map(plain_text).unwrap_or_default()
        }
        Some(Entry::Chapter(chapter)) => plain_text(&chapter.title),
        None => String::new(),
    };
    let words = crate::epub::content::parts::cut(&one_line(&words));
    if words.is_empty() { one_line(&book.title) } else { words }
}

/// The bookmarks as contents.
fn places(bookmarks: &[Bookmark], files: &[Option<String>]) -> Vec<NavigationPoint> {
    let place = |bookmark: &Bookmark| {
        let file = files.get(bookmark.page)?.as_ref()?;
        let children = places(&bookmark.children, files);
        Some(NavigationPoint {
            children,
            ..NavigationPoint::new(one_line(&bookmark.title), file.as_str())
        })
    };
    bookmarks.iter().filter_map(place).collect()
}

/// The bookmarks that lead to each page, as headings.
fn headings(pages: &Pages) -> BTreeMap<usize, Vec<Heading>> {
    fn gather(bookmarks: &[Bookmark], level: usize, headings: &mut BTreeMap<usize, Vec<Heading>>) {
        for Bookmark { title, page, children } in bookmarks {
            headings.entry(*page).or_default().push(Heading { level, words: title.clone() });
            gather(children, level + 1, headings);
        }
    }
    let mut headings = BTreeMap::new();
    gather(&pages.bookmarks, 1, &mut headings);
    headings
}

/// What the page is in the book, in the words of the structural vocabulary.
fn section(page: &Page, entry: Option<&Entry>) -> Option<&'static str> {
    match entry {
        None if page.holds(PassageKind::Title) => Some("titlepage"),
        None if page.holds(PassageKind::Imprint) => Some("copyright-page"),
        Some(Entry::Dedication(_)) => Some("dedication"),
        Some(Entry::Colophon(_)) => Some("colophon"),
        _ => None,
    }
}

/// Where the parts begin that every reading system knows a button for.
fn landmarks(
    templates: &PageTemplates<'_>,
    pages: &Pages,
    files: &[Option<String>],
) -> Vec<Landmark> {
    let words = templates.words;
    let leads_on = |page: &Page| page.entry.is_none() && page.leads_on();
    let file = |index: usize| files.get(index).and_then(Option::as_deref);
    let found = |index: Option<usize>| index.and_then(file);
    let contents = pages.pages.iter().position(leads_on);
    let begins = |page: &Page| {
        let entry = page.entry.and_then(|id| templates.book.entries.get(id.0));
        entry.is_some_and(|entry| !entry.is_front())
    };
    let beginning = pages.pages.iter().position(begins);
    let first = |kind| pages.pages.iter().position(|page| page.holds(kind));
    let places = [
        ("cover", words.cover, Some(COVER)),
        ("titlepage", words.title_page, found(first(PassageKind::Title))),
        ("copyright-page", words.imprint, found(first(PassageKind::Imprint))),
        ("toc", words.contents, found(contents)),
        ("bodymatter", words.beginning, found(beginning)),
    ];
    places
        .into_iter()
        .filter_map(|(kind, label, file)| {
            Some(Landmark { kind, place: NavigationPoint::new(label, file?) })
        })
        .collect()
}
