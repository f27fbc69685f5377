//! The fixed-layout e-book: the printed pages as XHTML, shown as spreads where the screen is
//! wide enough.
//!
//! The only input is [`Pages`]; `html::page` writes the content of each page.

use std::collections::{BTreeMap, HashMap, hash_map};
use std::io::{self, Write};

use crate::model::{
    Book, Bookmark, Entry, Ink, Item, Page, Pages, PassageKind, Pixels, Point, Rect, Side,
    plain_text,
};
use crate::picture::{self, PictureErrors};
use crate::typeset::Faces;

use crate::epub::content::pages::{self, PageHead, PageTemplates};
use crate::epub::error::EpubError;
use crate::epub::names::{COVER, COVER_PICTURE, archive_path};
use crate::epub::options::Options;
use crate::epub::package::accessibility;
use crate::epub::package::archive::{cover_picture, font_and_cover_items, start_archive};
use crate::epub::package::files::PackageFiles;
use crate::epub::package::finish::{NavigationLists, Spine, manifest_id};
use crate::epub::package::metadata::PackageMetadata;
use crate::epub::package::navigation::{Landmark, NavigationPoint};
use crate::epub::package::skeleton::{ItemKind, ManifestItem};
use crate::html::page::contents::{PageContent, PageContents};
use crate::html::page::crop::CroppedPicture;
use crate::html::page::stylesheet::PageStylesheet;
use crate::html::page::viewport::Viewport;
use crate::html::page::writer::PageWriter;
use crate::html::xml::{Xml, one_line};

/// Writes the e-book in fixed layout; `picture_done` is called after each picture is written.
/// Without printed pages, it consists of a cover only.
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
    let pages = options.print.unwrap_or(options.cover);
    let viewport = Viewport::new(pages.trim, options.viewport);
    let stylesheet = PageStylesheet::new(&[pages], faces, &book.language, viewport);
    let files = files(pages);
    let (cropped_pictures, pictures) = cropped_pictures(book, pages, viewport, options);
    let items = items(&stylesheet, &files, &cropped_pictures);
    let package_files = package_files(&templates, pages, &files, &items, viewport.pixels, options)?;
    let cover_pixels = options.viewport.min(options.cover_pixels);
    let cover_jpeg = cover_picture(options, faces, cover_pixels)?;

    let mut archive = start_archive(out, &package_files, &stylesheet.css(), &stylesheet.faces)?;
    let head = PageHead {
        title: templates.strings.cover,
        language: &book.language,
        viewport: Some(&viewport.content()),
    };
    let page = cover(&head, &templates.cover_alt(options.cover_alt))?;
    archive.deflated(&archive_path(COVER), &page)?;
    archive.stored(&archive_path(COVER_PICTURE), &cover_jpeg.jpeg)?;
    let writer = PageWriter {
        language: &book.language,
        viewport,
        stylesheet: &stylesheet,
        addresses: &files,
        lazy: false,
        bleed: 1.0,
    };
    let trim = Rect::new(Point::default(), pages.trim);
    let contents = PageContents::new(book, pages);
    let names = plate_names(&pages.bookmarks);
    for (index, file) in files.iter().enumerate() {
        let Some((file, content)) = file.as_ref().zip(contents.page(index, trim, &pictures[index]))
        else {
            continue;
        };
        let title = title(book, content.page, names.get(&index).copied());
        let head = PageHead { title: &title, ..head };
        let section = section(content.page, contents.entry(content.page));
        archive.deflated(&archive_path(file), &page_file(&head, section, &writer, &content)?)?;
    }
    let shown = pictures.iter().flatten().flatten().count();
    (cropped_pictures.len()..shown).for_each(|_| picture_done());
    let mut unreadable = PictureErrors::default();
    options.processor.in_order(
        cropped_pictures,
        |picture| Some(picture.picture),
        |picture| picture.process(options.processor),
        |picture, processed| {
            let Some(processed) = unreadable.collect(processed) else { return Ok(()) };
            let metadata =
                book.retained_metadata(&picture.picture.path).cloned().unwrap_or_default();
            archive.stored(
                &archive_path(&picture.file),
                &picture::with_retained_metadata(processed.jpeg, &metadata, &book.language),
            )?;
            picture_done();
            Ok::<_, EpubError>(())
        },
    )?;
    unreadable.into_result()?;
    Ok(archive.finish()?)
}

/// The cover page: only a picture, as Kobo requires.
fn cover(head: &PageHead<'_>, alt: &str) -> io::Result<Vec<u8>> {
    pages::file(head, Some("cover"), |xml| {
        xml.empty("img", &[("src", COVER_PICTURE), ("alt", alt), ("role", "doc-cover")]);
        xml.line();
    })
}

/// The file of a page; `section` is its type in the structural semantics vocabulary.
fn page_file(
    head: &PageHead<'_>,
    section: Option<&str>,
    writer: &PageWriter<'_>,
    content: &PageContent<'_>,
) -> io::Result<Vec<u8>> {
    let ink = content.page.backdrop(content.page.items.len(), &content.area);
    let colour = (ink != Ink::PAPER).then(|| {
        let [red, green, blue] = ink.on_screen();
        format!("background-color:#{red:02x}{green:02x}{blue:02x}")
    });
    pages::styled_file(head, None, colour.as_deref(), |xml: &mut Xml| {
        let label = content.page.folio.to_string();
        let mark = [
            ("id", "page"),
            ("epub:type", "pagebreak"),
            ("role", "doc-pagebreak"),
            ("aria-label", label.as_str()),
        ];
        xml.empty("span", &mark);
        xml.line();
        match section {
            Some(kind) => pages::section(xml, kind, &[], |xml| writer.content(xml, content)),
            None => writer.content(xml, content),
        }
    })
}

/// The file of each page. Blank pages have files as well, because some reading systems do not
/// leave a position empty to keep rectos on their side; trailing blank pages have none.
fn files(pages: &Pages) -> Vec<Option<String>> {
    let filled = pages.pages.iter().rposition(|page| !page.items.is_empty());
    let count = filled.map_or(0, |last| last + 1);
    let name = |index| (index < count).then(|| format!("page-{:04}.xhtml", index + 1));
    (0..pages.pages.len()).map(name).collect()
}

/// The picture files of each page; `None` for a picture that lies outside the page.
type PictureFiles = Vec<Vec<Option<String>>>;

/// The pictures to be written, in order, and their files by page.
fn cropped_pictures<'p>(
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
    let originals = options.processor.originals(paths);
    let mut cropped_pictures = Vec::new();
    // Equal files are stored once, under the name of the first.
    let mut first_files = HashMap::new();
    let mut files = Vec::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let mut page_files = Vec::new();
        for item in &page.items {
            let Item::Picture(placed) = item else { continue };
            let more = match page_files.len() {
                0 => String::new(),
                others => format!("-{}", others + 1),
            };
            let file = format!("images/page-{:04}{more}.jpg", index + 1);
            let quality = options.pictures.quality;
            let picture = CroppedPicture::new(placed, file, &trim, viewport, density, quality);
            let Some(picture) = picture else {
                page_files.push(None);
                continue;
            };
            let path = picture.picture.path.as_path();
            let metadata = book.retained_metadata(path).cloned().unwrap_or_default();
            let key = (originals.get(path).copied(), picture.key(), metadata);
            match first_files.entry(key) {
                hash_map::Entry::Occupied(first) => {
                    page_files.push(Some(String::clone(first.get())));
                }
                hash_map::Entry::Vacant(first) => {
                    first.insert(picture.file.clone());
                    page_files.push(Some(picture.file.clone()));
                    cropped_pictures.push(picture);
                }
            }
        }
        files.push(page_files);
    }
    (cropped_pictures, files)
}

fn items(
    stylesheet: &PageStylesheet<'_>,
    files: &[Option<String>],
    cropped_pictures: &[CroppedPicture<'_>],
) -> Vec<ManifestItem> {
    let item = |href: &str, kind| ManifestItem { href: href.to_owned(), kind };
    let mut items = font_and_cover_items(&stylesheet.faces);
    items.extend(files.iter().flatten().map(|file| item(file, ItemKind::Page)));
    items.extend(
        cropped_pictures
            .iter()
            .map(|picture| item(&picture.file, ItemKind::Resource("image/jpeg"))),
    );
    items
}

fn package_files(
    templates: &PageTemplates<'_>,
    pages: &Pages,
    files: &[Option<String>],
    items: &[ManifestItem],
    size: Pixels,
    options: &Options<'_>,
) -> Result<Vec<(&'static str, Vec<u8>)>, EpubError> {
    let book = templates.book;
    let mut contents = points(&pages.bookmarks, files);
    if contents.is_empty() {
        contents.push(NavigationPoint::new(templates.strings.cover, COVER));
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
    let names = plate_names(&pages.bookmarks);
    let plates: Vec<NavigationPoint> = book
        .plates()
        .filter_map(|(id, _)| pages.pages.iter().position(|page| page.entry == Some(id)))
        .filter_map(|index| Some((index, files.get(index)?.as_ref()?)))
        .map(|(index, file)| {
            let name = names.get(&index).copied();
            NavigationPoint::new(title(book, &pages.pages[index], name), file.as_str())
        })
        .collect();
    let mut properties = BTreeMap::from([(manifest_id(COVER), "rendition:page-spread-center")]);
    for (page, file) in &listed {
        let on_the_right = (page.side == Side::Recto) != pages.binding_right;
        let side = if on_the_right { "page-spread-right" } else { "page-spread-left" };
        properties.insert(manifest_id(file), side);
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
        members: items,
        lists: NavigationLists {
            contents: &contents,
            shows_contents: false,
            contents_break: None,
            landmarks: &landmarks(templates, pages, files),
            pages: &numbers,
            plates: &plates,
        },
        spine: Spine { contents_after: None, properties },
    }
    .files()
}

/// The names of the bookmarks, by their pages. A plate has that name in every list.
fn plate_names(bookmarks: &[Bookmark]) -> BTreeMap<usize, &str> {
    let mut names = BTreeMap::new();
    for Bookmark { title, page, children } in bookmarks {
        names.insert(*page, title.as_str());
        names.extend(plate_names(children));
    }
    names
}

/// The title of a page: the label of the entry that it shows, or else that of the book. `name` is
/// that of its bookmark.
fn title(book: &Book, page: &Page, name: Option<&str>) -> String {
    let title = match page.entry.and_then(|id| book.entries.get(id.0)) {
        Some(Entry::Plate(plate) | Entry::Frontispiece(plate)) => {
            name.map_or_else(|| plain_text(&plate.caption), str::to_owned)
        }
        Some(entry) => entry.title().map(plain_text).unwrap_or_default(),
        None => String::new(),
    };
    let title = crate::html::content::labels::shorten_label(&one_line(&title));
    if title.is_empty() { one_line(&book.title) } else { title }
}

/// Converts the bookmarks to navigation points.
fn points(bookmarks: &[Bookmark], files: &[Option<String>]) -> Vec<NavigationPoint> {
    let point = |bookmark: &Bookmark| {
        let file = files.get(bookmark.page)?.as_ref()?;
        let children = points(&bookmark.children, files);
        Some(NavigationPoint {
            children,
            ..NavigationPoint::new(one_line(&bookmark.title), file.as_str())
        })
    };
    bookmarks.iter().filter_map(point).collect()
}

/// The type of the page in the structural semantics vocabulary.
fn section(page: &Page, entry: Option<&Entry>) -> Option<&'static str> {
    match entry {
        None if page.has_passage(PassageKind::Title) => Some("titlepage"),
        None if page.has_passage(PassageKind::Imprint) => Some("copyright-page"),
        None if page.has_passage(PassageKind::Index) => Some("index"),
        Some(Entry::Dedication(_)) => Some("dedication"),
        Some(Entry::Epigraph(_)) => Some("epigraph"),
        Some(Entry::Colophon(_)) => Some("colophon"),
        _ => None,
    }
}

/// The starts of the parts for which reading systems offer shortcuts.
fn landmarks(
    templates: &PageTemplates<'_>,
    pages: &Pages,
    files: &[Option<String>],
) -> Vec<Landmark> {
    let title = templates.strings;
    let has_page_links = |page: &Page| {
        page.entry.is_none() && page.has_page_links() && !page.has_passage(PassageKind::Index)
    };
    let file = |index: usize| files.get(index).and_then(Option::as_deref);
    let existing = |index: Option<usize>| index.and_then(file);
    let contents = pages.pages.iter().position(has_page_links);
    let begins = |page: &Page| {
        let entry = page.entry.and_then(|id| templates.book.entries.get(id.0));
        entry.is_some_and(|entry| !entry.is_front())
    };
    let beginning = pages.pages.iter().position(begins);
    let first = |kind| pages.pages.iter().position(|page| page.has_passage(kind));
    let points = [
        ("cover", title.cover, Some(COVER)),
        ("titlepage", title.title_page, existing(first(PassageKind::Title))),
        ("copyright-page", title.imprint, existing(first(PassageKind::Imprint))),
        ("toc", title.contents, existing(contents)),
        ("bodymatter", title.beginning, existing(beginning)),
        ("index", title.index, existing(first(PassageKind::Index))),
    ];
    points
        .into_iter()
        .filter_map(|(kind, label, file)| {
            Some(Landmark { kind, point: NavigationPoint::new(label, file?) })
        })
        .collect()
}
