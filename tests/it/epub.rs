//! The reflowable e-book.

use std::collections::BTreeSet;
use std::io::Cursor;

use recto::epub::{self, Options};
use recto::layout;
use recto::model::{
    Block, Book, Chapter, Cover, Creator, Date, Digits, Edges, Entry, EntryId, Essay, Folio,
    GlyphRun, Identifier, Ink, Inline, Item, Language, Length, Letters, Numbering, Page, Pages,
    Pixels, Plate, Point, Role, Series, Side, Size,
};
use recto::picture::{self, ImageProcessor, ProcessorOptions, Profiles, Raster};
use recto::typeset::Faces;
use zip::CompressionMethod;

use crate::support::epub::{Epub, epub_options};
use crate::support::fixture::{BookFixture, editions};

fn text(words: &str) -> Inline {
    Inline::Text(words.into())
}

fn plate(folder: &BookFixture, name: &str, caption: Vec<Inline>) -> Plate {
    // Each photo has its own tone: equal ones would share a file.
    let tone = 70 + name.as_bytes()[0];
    let raster = Raster { pixels: Pixels { width: 30, height: 20 }, rgb: vec![tone; 30 * 20 * 3] };
    folder.write(name, picture::encoded(raster, 85).unwrap().jpeg);
    let probed = picture::probe(&folder.path(name), name, &mut Profiles::default()).unwrap();
    Plate {
        caption,
        alt: Some("A grey day.".into()),
        credit: Some("Ada Field".into()),
        ..Plate::new(probed.picture, 0, "")
    }
}

/// A small book with an essay, a chapter and two plates.
fn winter_road(folder: &BookFixture) -> Book {
    let essay = Essay {
        blocks: vec![
            Block::Heading { level: 1, content: vec![text("Before the snow")] },
            Block::Paragraph(vec![
                text("The road leaves the harbour & follows the "),
                Inline::Emphasis(vec![text("water")]),
                text(", and for a mile it does nothing else."),
            ]),
        ],
        ..Essay::default()
    };
    let first = Plate {
        place: Some("Nes".into()),
        taken: Some(Date { year: 2026, month: Some(1), day: Some(12) }.into()),
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
            Entry::Chapter(Chapter { title: vec![text("January")], ..Chapter::default() }),
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
            turn: recto::model::Turn::Upright,
            glyphs: Vec::new(),
            text: (*words).into(),
            right_to_left: false,
            letters: Letters::default(),
            is_repeated: false,
            language: None,
            element: None,
            passage: recto::model::Passage::default(),
        })
    };
    Page {
        folio: Folio { numbering, number, digits: Digits::LATIN },
        side: Side::Recto,
        entry: entry.map(EntryId),
        items: lines.iter().map(line).collect(),
        links: Vec::new(),
        torn: Vec::new(),
        title_overset: false,
        sheet: None,
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
        wide_tables: Vec::new(),
        padding: 0,
    }
}

fn written_with_options(book: &Book, print: Option<&Pages>, printable: bool) -> Epub {
    let cover = laid_out(vec![page(None, Numbering::Arabic, 1, &[])]);
    let options = ProcessorOptions { jobs: 2, ..ProcessorOptions::default() };
    let processor = ImageProcessor::new(options);
    let options = Options { printable, ..epub_options(&cover, print, &processor) };
    let mut out = Cursor::new(Vec::new());
    let faces = Faces::load(&book.fonts).unwrap();
    let mut done = 0;
    epub::write(book, &faces, &options, &mut out, &mut || done += 1).unwrap();
    assert_eq!(done, book.picture_count());
    Epub { bytes: out.into_inner() }
}

/// The EPUB of a book.
pub(crate) fn written(book: &Book) -> Epub {
    written_with_options(book, None, true)
}

/// The EPUB of a book with the pages of its printed edition.
pub(crate) fn written_with(book: &Book, print: &Pages) -> Epub {
    written_with_options(book, Some(print), true)
}

/// The values of an attribute in an XML document.
fn values<'a>(document: &'a str, attribute: &str) -> Vec<&'a str> {
    let key = format!(" {attribute}=\"");
    document.split(&key).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn the_package_has_all_metadata_of_the_manifest() {
    let folder = BookFixture::empty();
    insta::assert_snapshot!(written(&winter_road(&folder)).text("content.opf"));
}

#[test]
fn the_package_has_the_series_and_the_source() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    book.series = Some(Series { name: "Roads & Shores".into(), number: Some("2.1".into()) });
    book.source = Some("urn:isbn:9780000000019".into());
    let package = written(&book).text("content.opf");
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
fn the_navigation_lists_chapters_plates_and_pages() {
    let folder = BookFixture::empty();
    let epub = written(&winter_road(&folder));
    insta::assert_snapshot!("nav", epub.text("nav.xhtml"));
    insta::assert_snapshot!("ncx", epub.text("toc.ncx"));
}

#[test]
fn a_plate_is_a_figure_with_its_caption_place_and_date() {
    let folder = BookFixture::empty();
    insta::assert_snapshot!(written(&winter_road(&folder)).plate("plate-1"));
}

#[test]
fn an_essay_is_running_text() {
    let folder = BookFixture::empty();
    insta::assert_snapshot!(written(&winter_road(&folder)).text("text-01.xhtml"));
}

#[test]
fn the_media_type_comes_first_and_pictures_are_stored() {
    let folder = BookFixture::empty();
    let epub = written(&winter_road(&folder));
    assert_eq!(&epub.bytes[30..58], b"mimetypeapplication/epub+zip");
    let mut archive = epub.archive();
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
    let folder = BookFixture::empty();
    let book = winter_road(&folder);
    assert!(written(&book).bytes == written(&book).bytes);
}

#[test]
fn the_package_lists_exactly_the_files_in_the_archive() {
    let folder = BookFixture::empty();
    let epub = written(&winter_road(&folder));
    let package = epub.text("content.opf");
    let (_, manifest) = package.split_once("<manifest>").unwrap();
    let listed: BTreeSet<String> =
        values(manifest, "href").iter().map(|href| format!("OEBPS/{href}")).collect();
    let files = epub
        .names()
        .into_iter()
        .filter(|name| name.starts_with("OEBPS/") && name != "OEBPS/content.opf");
    assert_eq!(listed, files.collect());
}

#[test]
fn ids_are_unique() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let twice = book.entries.clone();
    book.entries.extend(twice);
    let epub = written(&book);
    for name in epub.names() {
        if [".xhtml", ".opf", ".ncx"].iter().any(|extension| name.ends_with(extension)) {
            let text = epub.text(name.trim_start_matches("OEBPS/"));
            let ids = values(&text, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: {ids:?}");
        }
    }
}

#[test]
fn markup_in_a_caption_is_escaped() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
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
    let epub = written(&book);
    for name in epub.names() {
        if [".xhtml", ".opf", ".ncx"].iter().any(|extension| name.ends_with(extension)) {
            let text = epub.text(name.trim_start_matches("OEBPS/"));
            assert!(!text.contains("<script") && !text.contains("href=\"javascript"), "{name}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{name}");
            let mut reader = quick_xml::Reader::from_str(&text);
            while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        }
    }
    let caption = "&lt;/p&gt;&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt; ]]&gt; &amp;amp; ";
    assert!(epub.plate("plate-1").contains(caption), "{}", epub.plate("plate-1"));
}

#[test]
fn alternative_text_is_declared_only_if_every_plate_has_one() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let declarations = [
        "alternativeText",
        ">textual</meta>\n    <meta property=\"schema:accessibilityFeature",
        "dcterms:conformsTo",
    ];
    let package = written(&book).text("content.opf");
    assert!(declarations.iter().all(|it| package.contains(it)), "{package}");

    if let Some(plate) = plates(&mut book).last() {
        plate.alt = None;
    }
    let package = written(&book).text("content.opf");
    assert!(declarations.iter().all(|it| !package.contains(it)), "{package}");
    assert!(package.contains("1 of 2 pictures are described in words."));
}

#[test]
fn decoration_has_an_empty_alt_text_and_a_missing_alt_text_is_the_number() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    for (plate, alt) in plates(&mut book).zip([Some(""), None]) {
        plate.alt = alt.map(Into::into);
    }
    plates(&mut book).zip(1..).for_each(|(plate, number)| plate.number = number);
    let epub = written(&book);
    assert!(epub.plate("plate-1").contains("alt=\"\" role=\"presentation\""));
    let undescribed = epub.plate("plate-2");
    assert!(undescribed.contains("alt=\"Plate 2\""), "{undescribed}");
    assert!(!undescribed.contains("presentation"), "{undescribed}");
    let package = epub.text("content.opf");
    for declaration in ["alternativeText", "Suffic\">textual<", "conformsTo", "Every picture"] {
        assert!(!package.contains(declaration), "{package}");
    }
}

#[test]
fn text_in_another_script_has_its_language() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let caption = vec![text("At 부산, 1950 "), Inline::Emphasis(vec![text("서울")]), text(" & on")];
    for plate in plates(&mut book) {
        plate.caption.clone_from(&caption);
        plate.alt = Some("부산, 1950".into());
    }
    let epub = written(&book);
    let page = epub.plate("plate-1");
    let span = r#"<span lang="ko" xml:lang="ko">"#;
    let expected = format!("At {span}부산</span>, 1950 <em>{span}서울</span></em> &amp; on");
    assert!(page.contains(&expected), "{page}");
    assert!(page.contains(r#"alt="부산, 1950" lang="ko" xml:lang="ko""#), "{page}");
    let package = epub.text("content.opf");
    assert!(package.contains("conformsTo"), "the language is known: {package}");

    // A script of several languages does not identify the language.
    plates(&mut book).next().unwrap().caption = vec![text("Слава")];
    let epub = written(&book);
    let page = epub.plate("plate-1");
    assert!(page.contains(r#"<span lang="und-Cyrl" xml:lang="und-Cyrl">Слава</span>"#), "{page}");
    assert!(!epub.text("content.opf").contains("conformsTo"));
}

#[test]
fn an_edition_that_is_not_fully_translated_claims_no_conformance() {
    let folder = BookFixture::empty();
    let book = Book { has_untranslated_text: true, ..winter_road(&folder) };
    assert!(!written(&book).text("content.opf").contains("conformsTo"));
}

#[test]
fn the_imprint_lists_the_creators_that_are_not_on_the_title_page() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let creator = |name: &str, code, term| {
        let role = Role { code, term };
        Creator { name: name.into(), role, sort: None }
    };
    book.creators.push(creator("Nils Berg", "edt", "editor"));
    book.creators.extend(["A", "B", "C", "D"].map(|name| creator(name, "aut", "author")));
    let epub = written(&book);
    let imprint = epub.front("copyright-page");
    assert!(
        imprint.contains("<p>Editor: Nils Berg</p>\n<p>Text by A, B, C and D</p>"),
        "{imprint}"
    );
    assert!(!epub.front("titlepage").contains("Nils"));

    // The only creator is on the title page, and not on the imprint page.
    book.creators.retain(|creator| creator.role.code == "edt");
    let epub = written(&book);
    assert!(epub.text("title.xhtml").contains(">Nils Berg<"));
    assert!(!epub.front("copyright-page").contains("Nils"));
}

#[test]
fn structural_navigation_is_declared_only_with_headings() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    assert!(written(&book).text("content.opf").contains("structuralNavigation"));
    book.entries = vec![Entry::Essay(Essay {
        blocks: vec![Block::Paragraph(vec![text("A.")])],
        ..Essay::default()
    })];
    assert!(!written(&book).text("content.opf").contains("structuralNavigation"));
}

#[test]
fn the_alt_text_of_the_cover_has_its_text_and_describes_its_picture() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let editor = Role { code: "edt", term: "editor" };
    book.creators.push(Creator { name: "Nils Berg".into(), role: editor, sort: None });
    let alt_text = |book: &Book| {
        let page = written(book).text("cover.xhtml");
        let (_, rest) = page.split_once("alt=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let words =
        "Cover: Winter Road. Pictures along the coast. Photographs by Ada Field. Shore Press.";
    assert_eq!(alt_text(&book), words);

    let picture = Box::new(book.plates().next().unwrap().1.picture.clone());
    let alt = Some("Fishing boats in blue light".to_owned());
    book.cover = Cover::Photo { picture, alt, focus: None };
    assert_eq!(alt_text(&book), format!("{words} Fishing boats in blue light"));

    if let Cover::Photo { alt, .. } = &mut book.cover {
        *alt = Some("boats and boats and ".repeat(20));
    }
    let long = alt_text(&book);
    assert!(long.chars().count() <= 200 && long.ends_with("boats and…"), "{long}");
    assert!(long.starts_with(words));
}

#[test]
fn decoration_does_not_count_as_alternative_text() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    for plate in plates(&mut book) {
        plate.alt = Some(String::new());
    }
    let package = written(&book).text("content.opf");
    assert!(!package.contains("alternativeText") && !package.contains("described"), "{package}");
    assert!(package.contains(">The pictures are decoration."), "{package}");

    // One described picture is enough if the others are decoration.
    plates(&mut book).next().unwrap().alt = Some("A quay.".into());
    let package = written(&book).text("content.opf");
    assert!(package.contains("alternativeText") && package.contains("conformsTo"), "{package}");
    assert!(
        package.contains(">1 of 2 pictures are described in words. The others are decoration.")
    );
}

#[test]
fn a_credit_shared_by_all_plates_is_only_on_the_imprint_page() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let credit = "<p class=\"credit\">Ada Field</p>";
    let epub = written(&book);
    let imprint = epub.front("copyright-page").replace('\u{a0}', " ");
    assert!(imprint.contains("<p class=\"credit\">Photographs by Ada Field</p>"), "{imprint}");
    assert!(!epub.plate("plate-1").contains("class=\"credit\""));

    if let Some(plate) = plates(&mut book).last() {
        plate.credit = Some("B. Other".into());
    }
    let epub = written(&book);
    assert!(!epub.front("copyright-page").contains("class=\"credit\""));
    assert!(epub.plate("plate-1").contains(credit));
}

#[test]
fn the_page_list_has_the_front_matter_only_if_the_book_can_be_printed() {
    let folder = BookFixture::empty();
    let book = Book { publisher: Some("Shore Press".into()), ..winter_road(&folder) };
    let print = layout::paginate(&book, &Faces::load(&book.fonts).unwrap());
    let list = |printable| {
        let epub = written_with_options(&book, Some(&print), printable);
        let nav = epub.text("nav.xhtml");
        let (_, list) = nav.split_once("epub:type=\"page-list\"").unwrap();
        let source = epub.text("content.opf").contains("pageBreakSource\">none<");
        let targets = values(list, "href");
        for target in &targets {
            let (file, id) = target.split_once('#').unwrap();
            assert!(values(&epub.text(file), "id").contains(&id), "{target}");
        }
        (targets.into_iter().map(str::to_owned).collect::<Vec<_>>(), source)
    };
    let (targets, none) = list(true);
    let front = ["title.xhtml#page-iii", "title.xhtml#page-iv", "nav.xhtml#page-v"];
    assert_eq!((&targets[..3], none), (&front.map(str::to_owned)[..], false), "{targets:?}");
    let plates = ["chapter-01.xhtml#page-1", "chapter-01-2.xhtml#page-2"].map(str::to_owned);
    assert_eq!(list(false), (plates.to_vec(), true));
}

#[test]
fn the_page_list_mirrors_the_printed_folios() {
    let folder = BookFixture::empty();
    let book = winter_road(&folder);
    let print = laid_out(vec![
        page(None, Numbering::Roman, 1, &[]),
        page(Some(0), Numbering::Roman, 2, &["Before the snow"]),
        page(Some(0), Numbering::Roman, 3, &["iii", "water, and for a", "mile it does"]),
        page(Some(1), Numbering::Arabic, 1, &["January"]),
        page(Some(2), Numbering::Arabic, 2, &[]),
        page(Some(3), Numbering::Arabic, 3, &[]),
        page(Some(3), Numbering::Arabic, 4, &[]),
    ]);
    let epub = written_with(&book, &print);

    let nav = epub.text("nav.xhtml");
    let (_, list) = nav.split_once("epub:type=\"page-list\"").unwrap();
    let targets = [
        "text-01.xhtml#page-ii",
        "text-01.xhtml#page-iii",
        "chapter-01.xhtml#page-1",
        "chapter-01.xhtml#page-2",
        "chapter-01-2.xhtml#page-3",
        "chapter-01-2.xhtml#page-4",
    ];
    assert_eq!(values(list, "href"), targets);
    for target in targets {
        let (file, id) = target.split_once('#').unwrap();
        assert!(values(&epub.text(file), "id").contains(&id), "{target}");
    }
    // The page break is before the first line of the page, within the paragraph.
    let essay = epub.text("text-01.xhtml");
    assert!(essay.contains("aria-label=\"iii\"/>water</em>"), "{essay}");
    assert!(
        epub.text("content.opf")
            .contains("pageBreakSource\">urn:uuid:00000000-0000-5000-8000-000000000002<")
    );
    assert!(epub.text("toc.ncx").contains("<meta name=\"dtb:totalPageCount\" content=\"6\"/>"));
}

#[test]
fn a_page_break_is_at_the_right_one_of_repeated_sentences() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let refrain = "And the road goes on. ";
    let essay = Essay {
        blocks: vec![Block::Paragraph(vec![text(&refrain.repeat(6))])],
        ..Essay::default()
    };
    book.entries[0] = Entry::Essay(essay);
    let lines = [refrain; 3];
    let print = laid_out(vec![
        page(Some(0), Numbering::Arabic, 1, &lines),
        page(Some(0), Numbering::Arabic, 2, &lines),
    ]);
    let essay = written_with(&book, &print).text("text-01.xhtml");
    let (_, essay) = essay.split_once("<body").unwrap();
    let (before, after) = essay.split_once("<span id=\"page-2\"").unwrap();
    assert_eq!((before.matches("And the").count(), after.matches("And the").count()), (3, 3));
}

#[test]
fn without_a_printed_edition_pages_are_plates() {
    let folder = BookFixture::empty();
    let epub = written(&winter_road(&folder));
    assert!(epub.text("content.opf").contains("pageBreakSource\">none<"));
    assert_eq!(values(&epub.plate("plate-2"), "aria-label"), ["2"]);
}

#[test]
fn the_contents_of_a_book_without_chapters_list_its_plates() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    book.entries.remove(1);
    let nav = written(&book).text("nav.xhtml");
    let (contents, _) = nav.split_once("</nav>").unwrap();
    assert!(contents.contains("Plates 1–2") && contents.contains(">The quay<"), "{contents}");
}

#[test]
fn a_right_to_left_book_progresses_from_right_to_left() {
    let folder = BookFixture::empty();
    let book = Book { language: Language::new("ar"), ..winter_road(&folder) };
    let epub = written(&book);
    let package = epub.text("content.opf");
    assert!(package.contains("page-progression-direction=\"rtl\""));
    for name in ["title.xhtml", "nav.xhtml", "chapter-01.xhtml"] {
        assert!(epub.text(name).contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\""), "{name}");
    }
}

#[test]
fn only_the_fonts_in_use_are_embedded() {
    let folder = BookFixture::empty();
    let epub = written(&winter_road(&folder));
    let fonts: Vec<_> = epub.names().into_iter().filter(|name| name.contains("fonts/")).collect();
    let names = [
        "SourceSerif4-Regular",
        "SourceSerif4-It",
        "SourceSerif4Display-Regular",
        "SourceSans3-Regular",
        "SourceSans3-It",
    ];
    assert_eq!(fonts, names.map(|name| format!("OEBPS/fonts/{name}.woff2")));
    let sheet = epub.text("stylesheet.css");
    assert!(names.iter().all(|name| sheet.contains(&format!("url(\"fonts/{name}.woff2\")"))));
}

#[test]
fn of_two_fallback_fonts_the_one_that_resembles_the_typeface_comes_first() {
    let han = include_bytes!("../specimen/fonts/SpecimenHan-Regular.otf");
    // The same font with another name, which says that it has no serifs.
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let mut gothic = han.to_vec();
    for (from, to) in
        [(b"Specimen".to_vec(), b"GothicXX".to_vec()), (wide("Specimen"), wide("GothicXX"))]
    {
        for at in 0..gothic.len() - from.len() {
            if gothic[at..].starts_with(&from) {
                gothic[at..at + to.len()].copy_from_slice(&to);
            }
        }
    }
    let manifest = "title: 写真\nlanguage: zh\nfonts: { fallback: [han.otf, gothic.otf] }\npages:\n  \
         - { photo: a.jpg, alt: A, caption: 写真 }\n";
    let fixture = BookFixture::new(manifest).photo("a.jpg", 30, 20);
    let fixture = fixture.file("han.otf", han).file("gothic.otf", gothic);
    let book = fixture.load().book.unwrap();
    let sheet = written(&book).text("stylesheet.css");
    let serif = "\"Source Serif 4\", \"Specimen Han\", \"GothicXX Han\"";
    let sans = "\"Source Sans 3\", \"GothicXX Han\", \"Specimen Han\"";
    assert!(sheet.contains(serif), "{sheet}");
    assert!(sheet.contains(sans), "{sheet}");
}

#[test]
fn the_monospace_font_is_embedded_in_books_with_code() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let code = Block::Paragraph(vec![Inline::Code("recto build".into())]);
    book.entries.push(Entry::Essay(Essay { blocks: vec![code], ..Essay::default() }));
    let epub = written(&book);
    assert!(epub.names().contains(&"OEBPS/fonts/SourceCodePro-Regular.woff2".to_owned()));
    let sheet = epub.text("stylesheet.css");
    assert!(sheet.contains("code {\n  font-family: \"Source Code Pro\", monospace;"), "{sheet}");
}

#[test]
fn a_book_may_have_only_a_title() {
    let folder = BookFixture::empty();
    let book = Book { entries: Vec::new(), ..winter_road(&folder) };
    assert!(written(&book).text("nav.xhtml").contains("<a href=\"title.xhtml\">Title page</a>"));
}

/// A book with chapters of so many plates each, without texts.
fn chapters(folder: &BookFixture, plates: &[usize]) -> Book {
    let mut book = winter_road(folder);
    let plate = book.entries.pop().unwrap();
    book.entries.clear();
    for count in plates {
        book.entries
            .push(Entry::Chapter(Chapter { title: vec![text("Month")], ..Chapter::default() }));
        book.entries.extend(std::iter::repeat_n(plate.clone(), *count));
    }
    book
}

#[test]
fn a_chapter_and_its_plates_are_one_file_and_a_long_chapter_is_several() {
    let folder = BookFixture::empty();
    let epub = written(&chapters(&folder, &[3, 30]));
    let plates = |file: &str| epub.text(file).matches("class=\"plate\"").count();
    assert_eq!(plates("chapter-01.xhtml"), 3);
    assert!(epub.text("chapter-01.xhtml").contains("<h1 class=\"fitted\"><span>Month</span></h1>"));
    let second = ["chapter-02.xhtml", "chapter-02-2.xhtml", "chapter-02-3.xhtml"].map(plates);
    // The opening of the chapter faces its first plate, so that files end with a whole spread, and
    // a last one is alone.
    assert_eq!(second, [11, 12, 6]);
    assert!(
        epub.text("chapter-02-4.xhtml")
            .contains("<body class=\"wide\">\n<div class=\"plate\" id=\"plate-33\">")
    );
    assert_eq!(values(&epub.text("chapter-02-3.xhtml"), "id")[0], "plate-27");
}

#[test]
fn every_link_of_the_navigation_has_its_place() {
    let folder = BookFixture::empty();
    let epub = written(&chapters(&folder, &[2, 14]));
    for list in ["nav.xhtml", "toc.ncx"] {
        let document = epub.text(list);
        let key = if list == "nav.xhtml" { "href" } else { "src" };
        let targets = values(&document, key);
        assert!(targets.len() > 16, "{targets:?}");
        for target in targets.into_iter().filter(|target| target.contains(".xhtml")) {
            let (file, id) = target.split_once('#').unwrap_or((target, ""));
            let page = epub.text(file);
            assert!(id.is_empty() || values(&page, "id").contains(&id), "{target}");
        }
    }
}

#[test]
fn the_last_text_of_a_book_may_face_its_last_plate() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let colophon = Essay {
        blocks: vec![Block::Heading { level: 1, content: vec![text("Thanks")] }],
        ..Essay::default()
    };
    book.entries.push(Entry::Essay(colophon.clone()));
    let epub = written(&book);
    assert!(epub.text("chapter-01.xhtml").contains("<section class=\"essay\" id=\"text-02\">"));
    assert!(epub.text("nav.xhtml").contains("<a href=\"chapter-01.xhtml#text-02\">Thanks</a>"));

    // A text in another language has a file in its language.
    let finnish = Essay { language: Some(Language::new("fi")), ..colophon };
    *book.entries.last_mut().unwrap() = Entry::Essay(finnish);
    assert!(written(&book).text("text-02.xhtml").contains("lang=\"fi\""));
}

#[test]
fn every_plate_and_every_text_of_a_file_begins_a_column_except_the_first() {
    let folder = BookFixture::empty();
    let sheet = written(&winter_road(&folder)).text("stylesheet.css");
    let rule = "* + section, * + .plate {\n  page-break-before: always;\n  \
                -webkit-column-break-before: always;\n  break-before: column;\n}";
    assert!(sheet.contains(rule), "{sheet}");
}

#[test]
fn place_and_date_are_on_a_line_of_their_own_after_a_long_caption() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let plate = plates(&mut book).next().unwrap();
    plate.caption = vec![text("The harbour at first light, before the boats")];
    let apart = written(&book).plate("plate-1");
    assert!(apart.contains("before the boats</p>\n<p class=\"where\"><bdi>Nes</bdi>"), "{apart}");
    plates(&mut book).next().unwrap().caption = vec![text("The harbour")];
    let together = written(&book).plate("plate-1");
    // White space before it, not a margin, which would begin a line.
    let expected = "The harbour<span class=\"gap\"> </span><span class=\"where\"><bdi>Nes</bdi>";
    assert!(together.contains(expected), "{together}");
    let sheet = written(&book).text("stylesheet.css");
    assert!(sheet.contains(".caption .gap {\n  word-spacing: 0.35em;\n}"), "{sheet}");
}

#[test]
fn a_comma_does_not_begin_a_line_after_a_long_place() {
    let folder = BookFixture::empty();
    let mut book = Book { language: Language::new("de"), ..winter_road(&folder) };
    let plate = plates(&mut book).next().unwrap();
    plate.caption = vec![
        text("Der"),
        text(" "),
        Inline::Emphasis(vec![text("Hochwasser")]),
        text(", das den Hafen im Januar erreichte"),
    ];
    plate.place = Some("Finkenwerder-Herbstprinz-Weg".into());
    let plate = written(&book).plate("plate-1");
    // Lines may end on both sides of a box, whatever is there.
    assert!(plate.contains("<bdi>Fin\u{ad}ken\u{ad}wer\u{ad}der-"), "{plate}");
    assert!(plate.contains("<em>Hoch\u{ad}was\u{ad}ser</em>,"), "{plate}");
}

#[test]
fn plates_that_face_each_other_begin_on_one_line_and_none_is_alone_in_a_column() {
    let folder = BookFixture::empty();
    let highest = |file: &str, plates: usize| {
        let page = written(&chapters(&folder, &[plates])).text(file);
        page.split("<figure").skip(1).map(|it| it.contains("--highest")).collect::<Vec<_>>()
    };
    // The first one faces the title.
    assert_eq!(highest("chapter-01.xhtml", 3), [false, true, true]);
    assert_eq!(highest("chapter-01.xhtml", 4), [false, true, true]);
    assert_eq!(highest("chapter-01-2.xhtml", 4), [false]);
    // A dateline makes no second column.
    let mut book = chapters(&folder, &[3]);
    let Some(Entry::Chapter(chapter)) = book.entries.first_mut() else { panic!() };
    let paragraph = Block::Paragraph(vec![text("The ice came early.")]);
    chapter.intro = vec![Block::Dateline(vec![text("Oslo")]), paragraph];
    let page = written(&book).text("chapter-01.xhtml");
    assert_eq!(page.matches("--highest").count(), 2, "{page}");
    // With a text that may have two columns, each may face each.
    let mut book = chapters(&folder, &[3]);
    let Some(Entry::Chapter(chapter)) = book.entries.first_mut() else { panic!() };
    chapter.intro = vec![Block::Paragraph(vec![text(&"The ice came early. ".repeat(50))])];
    let page = written(&book).text("chapter-01.xhtml");
    assert_eq!(page.matches("--highest").count(), 3, "{page}");
    // A long caption cannot go on to the next screen from both columns.
    let mut book = chapters(&folder, &[2]);
    for plate in plates(&mut book) {
        plate.caption = vec![text(&"The ice came early. ".repeat(20))];
    }
    assert_eq!(written(&book).text("chapter-01.xhtml").matches("<figure").count(), 2);
}

#[test]
fn the_cells_of_a_wide_table_know_the_head_of_their_column() {
    let folder = BookFixture::empty();
    let mut book = winter_road(&folder);
    let row = |cells: [&str; 4]| cells.map(|cell| vec![text(cell)]).to_vec();
    let table = |head, cells| {
        Block::Table(recto::model::Table {
            columns: Vec::new(),
            head: row(head),
            rows: vec![row(cells)],
        })
    };
    let wide = table(
        ["Photographer", "Place", "Camera", "Weather"],
        ["Ada Field", "Nes", "a wooden camera", "snow, then sleet"],
    );
    book.entries[0] = Entry::Essay(Essay { blocks: vec![wide], ..Essay::default() });
    let epub = written(&book);
    let page = epub.text("text-01.xhtml");
    assert!(
        page.contains("<div class=\"table list-below-20\">\n<table class=\"whole\">"),
        "{page}"
    );
    assert!(
        page.contains("<td data-label=\"Pho\u{ad}tog\u{ad}ra\u{ad}pher\">Ada Field</td>"),
        "{page}"
    );
    assert!(epub.text("stylesheet.css").contains("@container (max-width: 20em) {"));

    let narrow = table(["A", "B", "C", "D"], ["1", "2", "3", "4"]);
    book.entries[0] = Entry::Essay(Essay { blocks: vec![narrow], ..Essay::default() });
    let epub = written(&book);
    assert!(!epub.text("text-01.xhtml").contains("data-label"));
    assert!(!epub.text("stylesheet.css").contains("@container"));
}
