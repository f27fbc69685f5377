//! What stands before and after the pages, in print and in the e-book.

use std::io::{Cursor, Read as _};

use recto::epub;
use recto::finding::Code;
use recto::layout;
use recto::model::{Book, Edition, Item, Numbering, Page, Pages, Side, Target};
use recto::picture::{ImageProcessor, ProcessorOptions, ScaleOptions};
use recto::preflight;
use recto::typeset::Faces;
use time::OffsetDateTime;

use crate::support::fixture::{BookFixture, lines, with_code};

const MANIFEST: &str = "title: Winter Road
publisher: Shore Press
frontispiece: { photo: f.jpg, alt: A road. }
dedication: For *Ida*.
colophon: true
print: { multiple: 4, list-of-plates: list, paper: { stock: coated-150 } }
pages:
  - chapter: January
  - photo: a.jpg
    caption: The harbour.
    alt: Boats.
  - chapter: February
  - photo: b.jpg
    caption: The ice.
    alt: Ice.
";

fn book(manifest: &str) -> Book {
    let book = ["a.jpg", "b.jpg", "f.jpg"]
        .into_iter()
        .fold(BookFixture::new(manifest), |book, name| book.photo(name, 60, 40));
    let loaded = book.load();
    assert!(
        loaded.findings.iter().all(|finding| finding.code == Code::NotYet),
        "{:?}",
        loaded.findings
    );
    // The pictures are probed, and their files gone: pages need no more.
    loaded.book.unwrap()
}

fn set(manifest: &str) -> Pages {
    let book = book(manifest);
    layout::paginate(&book, &Faces::load(&book.fonts).unwrap())
}

fn words(page: &Page) -> String {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(&*run.text),
        _ => None,
    });
    runs.collect()
}

fn index_of(pages: &Pages, text: &str) -> usize {
    pages.pages.iter().rposition(|page| words(page).contains(text)).unwrap()
}

fn pictures(page: &Page) -> usize {
    page.items.iter().filter(|item| matches!(item, Item::Picture(_))).count()
}

#[test]
fn the_parts_of_a_book_stand_in_the_order_of_the_trade() {
    let pages = set(MANIFEST);
    assert_eq!(pictures(&pages.pages[1]), 1, "the frontispiece faces the title");
    let found = [
        index_of(&pages, "Shore Press"),
        index_of(&pages, "For "),
        index_of(&pages, "Contents"),
        pages.pages.iter().position(|page| words(page).contains("harbour")).unwrap(),
        index_of(&pages, "List of plates"),
        index_of(&pages, "Typefaces"),
    ];
    assert!(found.is_sorted(), "{found:?}");
    for recto in ["For ", "Contents", "January", "February", "List of plates"] {
        assert_eq!(pages.pages[index_of(&pages, recto)].side, Side::Recto, "{recto}");
    }
    assert_eq!(pages.pages[4].folio.to_string(), "v", "the dedication is on page v");
    let first = pages.pages.iter().find(|page| page.folio.numbering == Numbering::Arabic).unwrap();
    assert_eq!((first.folio.number, first.side), (1, Side::Recto));
}

#[test]
fn the_words_of_a_frontispiece_stand_with_it_in_any_design() {
    for name in recto::manifest::bundled_designs() {
        let named = MANIFEST.replace("alt: A road. }", "alt: A road., credit: Ada Field }");
        let pages = set(&format!("design: {name}\n{named}"));
        assert!(words(&pages.pages[1]).contains("Ada Field"), "{name}");
    }
}

#[test]
fn the_colophon_is_the_last_page_of_a_book_of_so_many_pages() {
    for multiple in [2, 4, 8, 16] {
        let pages = set(&MANIFEST.replace("multiple: 4", &format!("multiple: {multiple}")));
        assert!(pages.pages.len().is_multiple_of(multiple), "{multiple}");
        let last = pages.pages.last().unwrap();
        assert!(words(last).contains("Typefaces: Source Serif 4, Source Sans 3"));
        assert!(words(last).contains("Paper: coated-150"));
        let folios: Vec<u32> = pages.pages.iter().map(|page| page.folio.number).collect();
        let body = pages.pages.iter().position(|it| it.folio.numbering == Numbering::Arabic);
        let body = &folios[body.unwrap()..];
        assert!(body.iter().copied().eq(1..=u32::try_from(body.len()).unwrap()), "blanks count");
    }
    let pages = set(&MANIFEST.replace("multiple: 4", "multiple: 64"));
    let blank = pages.pages.iter().rev().skip(1).take_while(|page| page.items.is_empty()).count();
    assert_eq!(blank, pages.padding);
}

#[test]
fn it_is_told_how_many_pages_are_added() {
    let book = book(&MANIFEST.replace("multiple: 4", "multiple: 32"));
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let findings = preflight::findings(&book, &pages, &faces, Edition::Print.into());
    let told = with_code(&findings, "pages-padded");
    assert_eq!(told.len(), 1);
    let message = format!("{} blank pages are added to make 32, a multiple of 32", pages.padding);
    assert_eq!(told[0].message, message);
}

#[test]
fn chapters_may_open_on_any_page() {
    let second = "  - chapter: February";
    let two = MANIFEST.replace(second, &format!("  - photo: f.jpg\n    alt: A road.\n{second}"));
    let folio = |manifest: &str| {
        let pages = set(manifest);
        let page = pages.pages.iter().find(|page| words(page) == "February").unwrap();
        (page.folio.number, page.side)
    };
    assert_eq!(folio(&two), (5, Side::Recto));
    assert_eq!(folio(&two.replace("multiple: 4", "chapters: any")), (4, Side::Verso));
}

#[test]
fn the_list_of_plates_names_their_folios_and_leads_to_them() {
    for form in ["list", "thumbnails"] {
        let pages =
            set(&MANIFEST.replace("list-of-plates: list", &format!("list-of-plates: {form}")));
        let list = &pages.pages[index_of(&pages, "List of plates")];
        assert!(words(list).contains("The harbour.") && words(list).contains("The ice."), "{form}");
        assert_eq!(pictures(list), if form == "list" { 0 } else { 2 });
        let targets: Vec<usize> = list
            .links
            .iter()
            .filter_map(|link| match link.target {
                Target::Page(index) => Some(index),
                Target::Uri(_) => None,
            })
            .collect();
        assert_eq!(targets.len(), 2);
        for (target, caption) in targets.into_iter().zip(["The harbour.", "The ice."]) {
            assert!(words(&pages.pages[target]).contains(caption), "{form}");
            assert_eq!(pictures(&pages.pages[target]), 1);
        }
    }
}

#[test]
fn what_cannot_be_a_multiple_or_a_list_is_found() {
    let wrong =
        MANIFEST.replace("multiple: 4, list-of-plates: list", "multiple: 3, list-of-plates: lst");
    let book = ["a.jpg", "b.jpg", "f.jpg"]
        .into_iter()
        .fold(BookFixture::new(&wrong), |book, name| book.photo(name, 60, 40));
    let found = lines(&book.load().findings);
    assert!(found.contains(
        &"error wrong-value 6:20 `multiple`: 3 is not a valid number of pages".to_owned()
    ));
    assert!(
        found.contains(
            &"error unknown-value 6:39 invalid value `lst` for `list-of-plates`".to_owned()
        )
    );
}

#[test]
fn the_e_book_has_them_too() {
    let fixture = ["a.jpg", "b.jpg", "f.jpg"]
        .into_iter()
        .fold(BookFixture::new(MANIFEST), |book, name| book.photo(name, 60, 40));
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let edition = epub::Options {
        printable: true,
        cover_pixels: 4_096_000,
        cover_alt: 200,
        pictures: ScaleOptions { max_edge: 64, max_pixels: 10_000, quality: 80 },
        cover: &layout::cover(&book, &faces, layout::SHOP_COVER),
        print: Some(&pages),
        viewport: 3_800_000,
        modified: OffsetDateTime::UNIX_EPOCH,
        processor: &processor,
    };
    let mut bytes = Cursor::new(Vec::new());
    epub::write(&book, &faces, &edition, &mut bytes, &mut || {}).unwrap();
    let mut archive = zip::ZipArchive::new(bytes).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        archive.by_name(&format!("OEBPS/{name}")).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let package = text("content.opf");
    let spine = package.split("<spine").nth(1).unwrap();
    let order: Vec<usize> = [
        "id_frontispiece.xhtml",
        "id_title.xhtml",
        "id_imprint.xhtml",
        "id_dedication.xhtml",
        "id_colophon.xhtml",
    ]
    .iter()
    .map(|id| spine.find(id).unwrap_or_else(|| panic!("{id} in {spine}")))
    .collect();
    assert!(order.is_sorted(), "{spine}");
    assert!(text("dedication.xhtml").contains("role=\"doc-dedication\""));
    assert!(text("stylesheet.css").contains(".dedication em {\n  font-style: normal;"));
    assert!(text("colophon.xhtml").contains("epub:type=\"colophon\""));
    assert!(text("frontispiece.xhtml").contains("alt=\"A road.\""));
    let nav = text("nav.xhtml");
    assert!(
        nav.contains("colophon.xhtml") && nav.contains("doc-pagelist") | nav.contains("page-list")
    );
    let toc = nav.split("</nav>").next().unwrap();
    assert!(!toc.contains("dedication.xhtml"), "nobody looks for a dedication in the contents");
}
