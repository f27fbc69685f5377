//! The reflowable e-book.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;

use recto::epub::{self, Options};
use recto::layout;
use recto::model::{
    Block, Book, CaptionPosition, Chapter, Cover, Creator, Date, Edges, Entry, EntryId, Essay,
    Folio, GlyphRun, Identifier, Ink, Inline, Item, Language, Length, Letters, Numbering, Page,
    Pages, Pixels, Plate, PlateLayout, Point, RetainedMetadata, Role, Series, Side, Size,
};
use recto::picture::{self, ImageProcessor, ProcessorOptions, Profiles, Raster, ScaleOptions};
use recto::typeset::Faces;
use zip::{CompressionMethod, ZipArchive};

use crate::support::fixture::editions;

/// An e-book that was written, to be looked into.
struct Written {
    bytes: Vec<u8>,
}

impl Written {
    fn archive(&self) -> ZipArchive<Cursor<&[u8]>> {
        ZipArchive::new(Cursor::new(self.bytes.as_slice())).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut archive = self.archive();
        (0..archive.len())
            .map(|index| archive.by_index(index).unwrap().name().unwrap().into_owned())
            .collect()
    }

    fn text(&self, name: &str) -> String {
        let mut text = String::new();
        let mut archive = self.archive();
        archive.by_name(&format!("OEBPS/{name}")).unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

fn text(words: &str) -> Inline {
    Inline::Text(words.into())
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own photos")]
fn plate(folder: &Path, name: &str, caption: Vec<Inline>) -> Plate {
    // Each photo has a tone of its own: equal ones would share a file.
    let tone = 70 + name.as_bytes()[0];
    let drawn = Raster { pixels: Pixels { width: 30, height: 20 }, rgb: vec![tone; 30 * 20 * 3] };
    let path = folder.join(name);
    std::fs::write(&path, picture::encoded(drawn, 85).unwrap().jpeg).unwrap();
    let probed = picture::probe(&path, name, &mut Profiles::default()).unwrap();
    Plate {
        picture: probed.picture,
        caption,
        alt: Some("A grey day.".into()),
        credit: Some("Ada Field".into()),
        place: None,
        taken: None,
        layout: PlateLayout::Framed,
        caption_place: CaptionPosition::Below,
        focus: None,
        kept: RetainedMetadata::default(),
        number: 0,
        location: None,
    }
}

/// A small book with everything in it: an essay, a chapter, two plates.
fn winter_road(folder: &Path) -> Book {
    let essay = Essay {
        blocks: vec![
            Block::Heading { level: 1, content: vec![text("Before the snow")] },
            Block::Paragraph(vec![
                text("The road leaves the harbour & follows the "),
                Inline::Emphasis(vec![text("water")]),
                text(", and for a mile it does nothing else."),
            ]),
        ],
    };
    let first = Plate {
        place: Some("Nes".into()),
        taken: Some(Date { year: 2026, month: Some(1), day: Some(12) }),
        ..plate(
            folder,
            "1.jpg",
            vec![text("The harbour at "), Inline::Emphasis(vec![text("first light")]), text(".")],
        )
    };
    Book {
        subtitle: Some("Pictures along the coast".into()),
        creators: vec![Creator {
            name: "Ada Field".into(),
            role: Role { code: "pht", term: "photographer" },
            sort: Some("Field, Ada".into()),
        }],
        identifier: Identifier::Isbn("9780000000002".into()),
        editions: editions(),
        publisher: Some("Shore Press".into()),
        date: Some(Date { year: 2026, month: Some(11), day: Some(22) }),
        rights: Some("© 2026 Ada Field".into()),
        license: Some("https://creativecommons.org/licenses/by/4.0/".into()),
        description: Some("A winter on the coast road.".into()),
        subjects: vec!["Photography".into()],
        credit: Some("Ada Field".into()),
        entries: vec![
            Entry::Essay(essay),
            Entry::Chapter(Chapter { title: vec![text("January")], intro: vec![] }),
            Entry::Plate(Box::new(first)),
            Entry::Plate(Box::new(plate(folder, "2.jpg", vec![text("The quay.")]))),
        ],
        ..Book::new("Winter Road", Language::new("en"))
    }
}

fn plates(book: &mut Book) -> impl Iterator<Item = &mut Plate> {
    book.entries.iter_mut().filter_map(|entry| match entry {
        Entry::Plate(plate) => Some(plate.as_mut()),
        _ => None,
    })
}

fn page(entry: Option<usize>, numbering: Numbering, number: u32, lines: &[&str]) -> Page {
    let line = |words: &&str| {
        Item::Glyphs(GlyphRun {
            face: recto::model::FaceId(0),
            size: Length::pt(10),
            ink: Ink::BLACK,
            origin: Point::default(),
            glyphs: Vec::new(),
            text: (*words).into(),
            right_to_left: false,
            letters: Letters::default(),
            again: false,
            passage: recto::model::Passage::default(),
        })
    };
    Page {
        folio: Folio { numbering, number },
        side: Side::Recto,
        entry: entry.map(EntryId),
        items: lines.iter().map(line).collect(),
        links: Vec::new(),
    }
}

fn laid_out(pages: Vec<Page>) -> Pages {
    Pages {
        trim: Size::new(Length::mm(100), Length::mm(160)),
        bleed: Edges::default(),
        binding_right: false,
        pages,
        bookmarks: Vec::new(),
        overset: Vec::new(),
        padding: 0,
    }
}

fn write_with(book: &Book, print: Option<&Pages>) -> Written {
    write_beside(book, print, true)
}

fn write_beside(book: &Book, print: Option<&Pages>, printable: bool) -> Written {
    let cover = laid_out(vec![page(None, Numbering::Arabic, 1, &[])]);
    let edition = Options {
        printable,
        pictures: ScaleOptions { max_edge: 3200, max_pixels: 3_800_000, quality: 85 },
        viewport: 3_800_000,
        cover: &cover,
        cover_pixels: 4_096_000,
        cover_alt: 200,
        print,
        modified: time::OffsetDateTime::from_unix_timestamp(1_795_305_600).unwrap(),
        processor: &ImageProcessor::new(ProcessorOptions {
            jobs: 2,
            ..ProcessorOptions::default()
        }),
    };
    let mut out = Cursor::new(Vec::new());
    let faces = Faces::load(&book.fonts).unwrap();
    let mut done = 0;
    epub::write(book, &faces, &edition, &mut out, &mut || done += 1).unwrap();
    assert_eq!(done, book.picture_count());
    Written { bytes: out.into_inner() }
}

/// The bytes of a book's e-book.
pub(crate) fn written(book: &Book) -> Vec<u8> {
    write(book).bytes
}

/// The same with the pages of a printed edition.
pub(crate) fn written_with(book: &Book, print: &Pages) -> Vec<u8> {
    write_with(book, Some(print)).bytes
}

fn write(book: &Book) -> Written {
    write_with(book, None)
}

/// The values of an attribute in a document of ours.
fn values<'a>(document: &'a str, attribute: &str) -> Vec<&'a str> {
    let key = format!(" {attribute}=\"");
    document.split(&key).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn the_package_says_all_that_the_manifest_says() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(write(&winter_road(folder.path())).text("content.opf"));
}

#[test]
fn a_series_and_a_source_stand_in_the_package() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    book.series = Some(Series { name: "Roads & Shores".into(), number: Some("2.1".into()) });
    book.source = Some("urn:isbn:9780000000019".into());
    let package = write(&book).text("content.opf");
    for line in [
        r#"<meta property="belongs-to-collection" id="series">Roads &amp; Shores</meta>"#,
        r##"<meta refines="#series" property="collection-type">series</meta>"##,
        r##"<meta refines="#series" property="group-position">2.1</meta>"##,
        "<dc:source>urn:isbn:9780000000019</dc:source>",
    ] {
        assert!(package.contains(line), "{line} is not in\n{package}");
    }
}

#[test]
fn the_navigation_finds_chapters_plates_and_pages() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(&winter_road(folder.path()));
    insta::assert_snapshot!("nav", written.text("nav.xhtml"));
    insta::assert_snapshot!("ncx", written.text("toc.ncx"));
}

#[test]
fn a_plate_is_a_figure_with_its_caption_place_and_date() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(write(&winter_road(folder.path())).text("p0001.xhtml"));
}

#[test]
fn an_essay_is_running_text() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(write(&winter_road(folder.path())).text("text-01.xhtml"));
}

#[test]
fn the_media_type_comes_first_and_pictures_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(&winter_road(folder.path()));
    assert_eq!(&written.bytes[30..58], b"mimetypeapplication/epub+zip");
    let mut archive = written.archive();
    for index in 0..archive.len() {
        let file = archive.by_index(index).unwrap();
        let name = file.name().unwrap();
        let stored = name == "mimetype"
            || [".jpg", ".woff2"].iter().any(|extension| name.ends_with(extension));
        assert_eq!(file.compression() == CompressionMethod::Stored, stored, "{name}");
        assert_eq!(file.last_modified().unwrap().year(), 1980, "{name}");
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let book = winter_road(folder.path());
    assert!(write(&book).bytes == write(&book).bytes);
}

#[test]
fn what_the_package_lists_is_what_the_archive_holds() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(&winter_road(folder.path()));
    let package = written.text("content.opf");
    let (_, manifest) = package.split_once("<manifest>").unwrap();
    let listed: BTreeSet<String> =
        values(manifest, "href").iter().map(|href| format!("OEBPS/{href}")).collect();
    let held = written
        .names()
        .into_iter()
        .filter(|name| name.starts_with("OEBPS/") && name != "OEBPS/content.opf");
    assert_eq!(listed, held.collect());
}

#[test]
fn no_id_is_given_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let twice = book.entries.clone();
    book.entries.extend(twice);
    let written = write(&book);
    for name in written.names() {
        if [".xhtml", ".opf", ".ncx"].iter().any(|extension| name.ends_with(extension)) {
            let text = written.text(name.trim_start_matches("OEBPS/"));
            let ids = values(&text, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: {ids:?}");
        }
    }
}

#[test]
fn a_hostile_caption_ends_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let hostile = "</p><script>alert('1')</script> ]]> &amp; \u{0}\u{8}\u{1b}\u{fffe}\"quoted\"";
    for plate in plates(&mut book) {
        plate.caption = vec![Inline::Link {
            target: "javascript:alert(1)".into(),
            content: vec![text(hostile)],
        }];
        plate.alt = Some(hostile.into());
        plate.place = Some(hostile.into());
        plate.credit = Some(hostile.into());
    }
    book.title = hostile.into();
    book.description = Some(hostile.into());
    book.subjects = vec![hostile.into()];
    let written = write(&book);
    for name in written.names() {
        if [".xhtml", ".opf", ".ncx"].iter().any(|extension| name.ends_with(extension)) {
            let text = written.text(name.trim_start_matches("OEBPS/"));
            assert!(!text.contains("<script") && !text.contains("href=\"javascript"), "{name}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{name}");
            let mut reader = quick_xml::Reader::from_str(&text);
            while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        }
    }
    let caption = "&lt;/p&gt;&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt; ]]&gt; &amp;amp; ";
    assert!(written.text("p0001.xhtml").contains(caption), "{}", written.text("p0001.xhtml"));
}

#[test]
fn alternative_text_is_promised_only_when_every_plate_has_some() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let promises = [
        "alternativeText",
        ">textual</meta>\n    <meta property=\"schema:accessibilityFeature",
        "dcterms:conformsTo",
    ];
    let package = write(&book).text("content.opf");
    assert!(promises.iter().all(|promise| package.contains(promise)), "{package}");

    if let Some(plate) = plates(&mut book).last() {
        plate.alt = None;
    }
    let package = write(&book).text("content.opf");
    assert!(promises.iter().all(|promise| !package.contains(promise)), "{package}");
    assert!(package.contains("1 of 2 pictures are described in words."));
}

#[test]
fn decoration_is_marked_as_such_and_silence_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    for (plate, alt) in plates(&mut book).zip([Some(""), None]) {
        plate.alt = alt.map(Into::into);
    }
    plates(&mut book).zip(1..).for_each(|(plate, number)| plate.number = number);
    let written = write(&book);
    assert!(written.text("p0001.xhtml").contains("alt=\"\" role=\"presentation\""));
    let silent = written.text("p0002.xhtml");
    assert!(silent.contains("alt=\"Plate 2\"") && !silent.contains("presentation"), "{silent}");
    let package = written.text("content.opf");
    for promise in ["alternativeText", "Suffic\">textual<", "conformsTo", "Every picture"] {
        assert!(!package.contains(promise), "{package}");
    }
}

#[test]
fn words_in_another_script_tell_their_language() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let caption = vec![text("At 부산, 1950 "), Inline::Emphasis(vec![text("서울")]), text(" & on")];
    for plate in plates(&mut book) {
        plate.caption.clone_from(&caption);
        plate.alt = Some("부산, 1950".into());
    }
    let written = write(&book);
    let page = written.text("p0001.xhtml");
    let span = r#"<span lang="ko" xml:lang="ko">"#;
    let expected = format!("At {span}부산</span>, 1950 <em>{span}서울</span></em> &amp; on");
    assert!(page.contains(&expected), "{page}");
    assert!(page.contains(r#"alt="부산, 1950" lang="ko" xml:lang="ko""#), "{page}");
    let package = written.text("content.opf");
    assert!(package.contains("conformsTo"), "Korean is known: {package}");

    // Of a script of several languages no more is known than the script.
    plates(&mut book).next().unwrap().caption = vec![text("Слава")];
    let written = write(&book);
    let page = written.text("p0001.xhtml");
    assert!(page.contains(r#"<title lang="und-Cyrl" xml:lang="und-Cyrl">Слава</title>"#), "{page}");
    assert!(page.contains(r#"<span lang="und-Cyrl" xml:lang="und-Cyrl">Слава</span>"#), "{page}");
    assert!(!written.text("content.opf").contains("conformsTo"));
}

#[test]
fn an_edition_that_is_not_all_translated_claims_no_conformance() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book { untranslated: true, ..winter_road(folder.path()) };
    assert!(!write(&book).text("content.opf").contains("conformsTo"));
}

#[test]
fn the_imprint_names_whom_the_title_page_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let maker = |name: &str, code, term| {
        let role = Role { code, term };
        Creator { name: name.into(), role, sort: None }
    };
    book.creators.push(maker("Nils Berg", "edt", "editor"));
    book.creators.extend(["A", "B", "C", "D"].map(|name| maker(name, "aut", "author")));
    let written = write(&book);
    let imprint = written.text("imprint.xhtml");
    assert!(
        imprint.contains("<p>Editor: Nils Berg</p>\n<p>Text by A, B, C and D</p>"),
        "{imprint}"
    );
    assert!(!written.text("title.xhtml").contains("Nils"));

    // Who alone made it stands on the title page, and not twice.
    book.creators.retain(|maker| maker.role.code == "edt");
    let written = write(&book);
    assert!(written.text("title.xhtml").contains(">Nils Berg<"));
    assert!(!written.text("imprint.xhtml").contains("Nils"));
}

#[test]
fn only_headings_make_a_text_be_found_by_its_structure() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    assert!(write(&book).text("content.opf").contains("structuralNavigation"));
    book.entries = vec![Entry::Essay(Essay { blocks: vec![Block::Paragraph(vec![text("A.")])] })];
    assert!(!write(&book).text("content.opf").contains("structuralNavigation"));
}

#[test]
fn the_cover_is_told_as_it_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let editor = Role { code: "edt", term: "editor" };
    book.creators.push(Creator { name: "Nils Berg".into(), role: editor, sort: None });
    let told = |book: &Book| {
        let page = write(book).text("cover.xhtml");
        let (_, rest) = page.split_once("alt=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let words = "Cover: Winter Road. Pictures along the coast. Photographs by Ada Field.";
    assert_eq!(told(&book), words);

    let picture = Box::new(book.plates().next().unwrap().1.picture.clone());
    let alt = Some("Fishing boats in blue light".to_owned());
    book.cover = Cover::Photo { picture, alt };
    assert_eq!(told(&book), format!("{words} Fishing boats in blue light"));

    if let Cover::Photo { alt, .. } = &mut book.cover {
        *alt = Some("boats and boats and ".repeat(20));
    }
    let long = told(&book);
    assert!(long.chars().count() <= 200 && long.ends_with("boats…"), "{long}");
    assert!(long.starts_with(words));
}

#[test]
fn decoration_is_no_alternative_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    for plate in plates(&mut book) {
        plate.alt = Some(String::new());
    }
    let package = write(&book).text("content.opf");
    assert!(!package.contains("alternativeText") && !package.contains("described"), "{package}");
    assert!(package.contains(">The pictures are decoration."), "{package}");

    // One that is described does for both: all that needs words has them.
    plates(&mut book).next().unwrap().alt = Some("A quay.".into());
    let package = write(&book).text("content.opf");
    assert!(package.contains("alternativeText") && package.contains("conformsTo"), "{package}");
    assert!(
        package.contains(">1 of 2 pictures are described in words. The others are decoration.")
    );
}

#[test]
fn a_credit_that_serves_the_whole_book_stands_on_the_imprint_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let credit = "<p class=\"credit\">Ada Field</p>";
    let written = write(&book);
    let imprint = written.text("imprint.xhtml").replace('\u{a0}', " ");
    assert!(imprint.contains("<p class=\"credit\">Photographs by Ada Field</p>"), "{imprint}");
    assert!(!written.text("p0001.xhtml").contains("class=\"credit\""));

    if let Some(plate) = plates(&mut book).last() {
        plate.credit = Some("B. Other".into());
    }
    let written = write(&book);
    assert!(!written.text("imprint.xhtml").contains("class=\"credit\""));
    assert!(written.text("p0001.xhtml").contains(credit));
}

#[test]
fn the_pages_before_the_text_are_listed_too_and_none_of_a_book_that_cannot_be_printed() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book { publisher: Some("Shore Press".into()), ..winter_road(folder.path()) };
    let print = layout::paginate(&book, &Faces::load(&book.fonts).unwrap());
    let list = |printable| {
        let written = write_beside(&book, Some(&print), printable);
        let nav = written.text("nav.xhtml");
        let (_, list) = nav.split_once("epub:type=\"page-list\"").unwrap();
        let source = written.text("content.opf").contains("pageBreakSource\">none<");
        let places = values(list, "href");
        for place in &places {
            let (file, id) = place.split_once('#').unwrap();
            assert!(values(&written.text(file), "id").contains(&id), "{place}");
        }
        (places.into_iter().map(str::to_owned).collect::<Vec<_>>(), source)
    };
    let (places, none) = list(true);
    let front = ["title.xhtml#page-iii", "imprint.xhtml#page-iv", "nav.xhtml#page-v"];
    assert_eq!((&places[..3], none), (&front.map(str::to_owned)[..], false), "{places:?}");
    let plates = ["p0001.xhtml#page-1", "p0002.xhtml#page-2"].map(str::to_owned);
    assert_eq!(list(false), (plates.to_vec(), true));
}

#[test]
fn the_page_list_mirrors_the_printed_folios() {
    let folder = tempfile::tempdir().unwrap();
    let book = winter_road(folder.path());
    let print = laid_out(vec![
        page(None, Numbering::Roman, 1, &[]),
        page(Some(0), Numbering::Roman, 2, &["Before the snow"]),
        page(Some(0), Numbering::Roman, 3, &["iii", "water, and for a", "mile it does"]),
        page(Some(1), Numbering::Arabic, 1, &["January"]),
        page(Some(2), Numbering::Arabic, 2, &[]),
        page(Some(3), Numbering::Arabic, 3, &[]),
        page(Some(3), Numbering::Arabic, 4, &[]),
    ]);
    let written = write_with(&book, Some(&print));

    let nav = written.text("nav.xhtml");
    let (_, list) = nav.split_once("epub:type=\"page-list\"").unwrap();
    let places = [
        "text-01.xhtml#page-ii",
        "text-01.xhtml#page-iii",
        "chapter-01.xhtml#page-1",
        "p0001.xhtml#page-2",
        "p0002.xhtml#page-3",
        "p0002.xhtml#page-4",
    ];
    assert_eq!(values(list, "href"), places);
    for place in places {
        let (file, id) = place.split_once('#').unwrap();
        assert!(values(&written.text(file), "id").contains(&id), "{place}");
    }
    // The page begins where its first line begins, within the paragraph.
    let essay = written.text("text-01.xhtml");
    assert!(essay.contains("aria-label=\"iii\"/>water</em>"), "{essay}");
    assert!(
        written
            .text("content.opf")
            .contains("pageBreakSource\">urn:uuid:00000000-0000-5000-8000-000000000002<")
    );
    assert!(written.text("toc.ncx").contains("<meta name=\"dtb:totalPageCount\" content=\"6\"/>"));
}

#[test]
fn a_page_that_begins_with_words_said_before_begins_where_it_ought_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let refrain = "And the road goes on. ";
    let essay = Essay { blocks: vec![Block::Paragraph(vec![text(&refrain.repeat(6))])] };
    book.entries[0] = Entry::Essay(essay);
    let lines = [refrain; 3];
    let print = laid_out(vec![
        page(Some(0), Numbering::Arabic, 1, &lines),
        page(Some(0), Numbering::Arabic, 2, &lines),
    ]);
    let essay = write_with(&book, Some(&print)).text("text-01.xhtml");
    let (_, essay) = essay.split_once("<body").unwrap();
    let (before, after) = essay.split_once("<span id=\"page-2\"").unwrap();
    assert_eq!((before.matches("And the").count(), after.matches("And the").count()), (3, 3));
}

#[test]
fn without_a_printed_edition_pages_are_plates() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(&winter_road(folder.path()));
    assert!(written.text("content.opf").contains("pageBreakSource\">none<"));
    assert_eq!(values(&written.text("p0002.xhtml"), "aria-label"), ["2"]);
}

#[test]
fn a_book_without_chapters_is_found_its_way_in_by_its_plates() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    book.entries.remove(1);
    let nav = write(&book).text("nav.xhtml");
    let (contents, _) = nav.split_once("</nav>").unwrap();
    assert!(contents.contains("Plates 1–2") && contents.contains("The quay."), "{contents}");
}

#[test]
fn a_book_read_from_right_to_left_turns_its_pages_so() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book { language: Language::new("ar"), ..winter_road(folder.path()) };
    let written = write(&book);
    let package = written.text("content.opf");
    assert!(package.contains("page-progression-direction=\"rtl\""));
    for name in ["title.xhtml", "nav.xhtml", "p0001.xhtml"] {
        assert!(written.text(name).contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\""), "{name}");
    }
}

#[test]
fn only_the_faces_in_use_are_embedded() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(&winter_road(folder.path()));
    let fonts: Vec<_> =
        written.names().into_iter().filter(|name| name.contains("fonts/")).collect();
    let names =
        ["SourceSerif4-Regular", "SourceSerif4-It", "SourceSans3-Regular", "SourceSans3-It"];
    assert_eq!(fonts, names.map(|name| format!("OEBPS/fonts/{name}.woff2")));
    let sheet = written.text("stylesheet.css");
    assert!(names.iter().all(|name| sheet.contains(&format!("url(\"fonts/{name}.woff2\")"))));
}

#[test]
fn the_face_of_what_is_typed_goes_with_books_that_have_some() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = winter_road(folder.path());
    let typed = Block::Paragraph(vec![Inline::Code("recto build".into())]);
    book.entries.push(Entry::Essay(Essay { blocks: vec![typed] }));
    let written = write(&book);
    assert!(written.names().contains(&"OEBPS/fonts/SourceCodePro-Regular.woff2".to_owned()));
    let sheet = written.text("stylesheet.css");
    assert!(sheet.contains("code {\n  font-family: \"Source Code Pro\", monospace;"), "{sheet}");
}

#[test]
fn a_book_of_nothing_but_a_title_is_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book { entries: Vec::new(), ..winter_road(folder.path()) };
    assert!(write(&book).text("nav.xhtml").contains("<a href=\"title.xhtml\">Title page</a>"));
}
