//! The e-book in fixed layout.

use std::io::{Cursor, Read};
use std::sync::Arc;

use recto::epub::{self, Options};
use recto::layout;
use recto::model::{Book, Item, Length, Pages, PlacedPicture, Rect};
use recto::picture::{ImageProcessor, ProcessorOptions, ScaleOptions};
use recto::typeset::Faces;
use zip::ZipArchive;

use crate::support::fixture::BookFixture;

/// A book, its pages and its e-book.
struct ProcessedImage {
    pages: Pages,
    bytes: Vec<u8>,
}

impl ProcessedImage {
    fn text(&self, name: &str) -> String {
        String::from_utf8(self.file(name)).unwrap()
    }

    fn file(&self, name: &str) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes.as_slice())).unwrap();
        let mut bytes = Vec::new();
        let mut file = archive
            .by_name(&format!("OEBPS/{name}"))
            .unwrap_or_else(|_| panic!("there is no {name}"));
        file.read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn names(&self) -> Vec<String> {
        let archive = ZipArchive::new(Cursor::new(self.bytes.as_slice())).unwrap();
        archive.file_names().map(|name| name.unwrap().into_owned()).collect()
    }

    /// The file of the first page that shows the words.
    fn page_with(&self, words: &str) -> String {
        let has = |page: &&recto::model::Page| {
            let all: String = page
                .items
                .iter()
                .filter_map(|item| match item {
                    Item::Glyphs(run) => Some(&*run.text),
                    Item::Picture(_) | Item::Rule(_) => None,
                })
                .collect();
            all.contains(words)
        };
        let index = self.pages.pages.iter().position(|page| has(&page)).unwrap();
        self.text(&format!("page-{:04}.xhtml", index + 1))
    }
}

fn book(fixture: &BookFixture) -> (Book, Faces) {
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    (book, faces)
}

fn made(fixture: &BookFixture) -> ProcessedImage {
    made_with(fixture, |_| {})
}

fn made_with(fixture: &BookFixture, change: impl FnOnce(&mut Pages)) -> ProcessedImage {
    let (book, faces) = book(fixture);
    let mut pages = layout::paginate(&book, &faces);
    change(&mut pages);
    let edition = Options {
        pictures: ScaleOptions { max_edge: 3200, max_pixels: 40_000, quality: 85 },
        viewport: 3_800_000,
        cover: &layout::cover(&book, &faces, pages.trim),
        cover_pixels: 4_096_000,
        cover_alt: 200,
        print: Some(&pages),
        printable: true,
        modified: time::OffsetDateTime::from_unix_timestamp(1_795_305_600).unwrap(),
        processor: &ImageProcessor::new(ProcessorOptions {
            jobs: 2,
            ..ProcessorOptions::default()
        }),
    };
    let mut out = Cursor::new(Vec::new());
    epub::write_fixed(&book, &faces, &edition, &mut out, &mut || {}).unwrap();
    ProcessedImage { pages, bytes: out.into_inner() }
}

/// The words of a file as an ear gets them: what is hidden from it is left out.
fn words(xhtml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xhtml);
    let mut words = String::new();
    let mut hidden = 0;
    let mut in_body = false;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                in_body |= tag.name().as_ref() == "body";
                let is_hidden = tag.try_get_attribute("aria-hidden").unwrap().is_some();
                if hidden > 0 || is_hidden {
                    hidden += 1;
                }
            }
            quick_xml::events::Event::End(_) => hidden -= usize::from(hidden > 0),
            quick_xml::events::Event::Text(text) if in_body && hidden == 0 => {
                words.push_str(&text);
            }
            quick_xml::events::Event::GeneralRef(name) if in_body && hidden == 0 => {
                words.push_str(match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    _ => "?",
                });
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

const ESSAY: &str = "The railways noticed. A timetable cannot be printed in a thousand local \
    times, so in 1840 the companies agreed upon one, and NASA & the <others> followed; the \
    incomprehensibilities of administration were overwhelming to everybody who was asked to \
    superintend them, but the trains nevertheless departed.";

fn road() -> BookFixture {
    let pages = format!(
        "title: Winter Road\ncreators: [Ada Field]\npages:\n  - chapter: January\n    intro: \"{ESSAY}\"\n  \
         - photo: a.jpg\n    caption: \"The *quay*, in the [harbour](https://a.example/?b&c).\"\n    alt: Boats.\n"
    );
    BookFixture::new(&pages).photo("a.jpg", 300, 200)
}

#[test]
fn a_page_holds_the_words_of_the_printed_one_and_no_hyphen_that_print_put_in() {
    let made = made(&road());
    assert_eq!(words(&made.page_with("railways")), format!("January {ESSAY}"));
    let page = made.page_with("railways");
    assert!(page.contains("hyphen"), "no word is broken: the test shows nothing\n{page}");
}

/// The elements of a page that hold words, each with its words, a line's end as a space.
fn passages(page: &str) -> Vec<(String, String)> {
    let mut passages = Vec::new();
    for part in page.split("<body").nth(1).unwrap().split('<') {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if name == "p" || (name.starts_with('h') && name.len() == 2) {
            let hidden = if tag.contains("aria-hidden") { " hidden" } else { "" };
            passages.push((format!("{name}{hidden}"), String::new()));
        }
        if let Some((_, said)) = passages.last_mut() {
            *said += &words.replace('\n', " ");
        }
    }
    for (_, said) in &mut passages {
        *said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    passages
}

#[test]
fn what_is_set_apart_is_read_apart_and_what_goes_on_goes_on() {
    let text = "# Stock\n\nIn one line\\\nand another.\n\n## What there is\n\nThings[^1]:\n\n\
        - ten sheets\n- a box\n\n1. one\n2. two\n\n```\nkeeps its\n  lines\n```\n\n***\n\n\
        The end.\n\n[^1]: A note.\n";
    let book = BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text);
    let made = made(&book);
    let page = made.page_with("ten sheets");
    let found = passages(&page);
    let told: Vec<_> = found.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    assert_eq!(
        told,
        [
            ("h1", "Stock"),
            ("p", "In one line and another."),
            ("h2", "What there is"),
            ("p", "Things1:"),
            ("p", "– ten sheets"),
            ("p", "– a box"),
            ("p", "1. one"),
            ("p", "2. two"),
            ("p", "keeps its lines"),
            ("p hidden", "* * *"),
            ("p", "The end."),
            ("p", "1 A note."),
        ]
    );
}

#[test]
fn a_cell_that_reads_as_the_pages_number_is_heard() {
    let text = "| Film | Speed |\n|--|--|\n| 1 | 50 |\n";
    let made = made(&BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text));
    let page = made.page_with("Speed");
    let found: Vec<_> =
        passages(&page).into_iter().map(|(name, words)| name + " " + &words).collect();
    assert_eq!(found, ["p Film", "p Speed", "p 1", "p 50", "p hidden 1"]);
}

#[test]
fn the_headings_of_a_table_are_heard_once_and_lead_somewhere_once() {
    let rows: Vec<_> = (0..60).map(|row| format!("| film {row} | {row} |\n")).collect();
    let head = "# Stock\n\n| [Film](https://example.com) | Speed |\n|--|--|\n";
    let text = head.to_owned() + &rows.concat();
    let road = BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text);
    let made = made(&road);
    let [first, second] = ["film 0", "film 59"].map(|row| made.page_with(row));
    assert!(first != second);
    let line = |page: &str| {
        let line = page.split("<p").find(|line| line.contains(">Film<")).unwrap();
        (line.starts_with(" aria-hidden=\"true\""), line.contains("<a "))
    };
    assert_eq!((line(&first), line(&second)), ((false, true), (true, false)), "{second}");
}

#[test]
fn a_page_looks_like_this() {
    let made = made(&road());
    insta::assert_snapshot!(made.page_with("quay"));
}

#[test]
fn every_page_has_the_viewport_of_its_shape() {
    let made = made(&road());
    let is_page = |name: &&String| name.contains("page-") && !name.contains("images");
    for name in made.names().iter().filter(is_page) {
        let name = name.trim_start_matches("OEBPS/");
        let viewport = r#"<meta name="viewport" content="width=1949, height=1949"/>"#;
        assert!(made.text(name).contains(viewport), "{name}");
    }
}

#[test]
fn the_cover_has_the_shape_of_the_pages() {
    for trim in ["210 x 297 mm", "210 x 210 mm", "240 x 160 mm"] {
        let manifest = format!(
            "title: Winter Road\ncover: {{ photo: a.jpg }}\nprint: {{ trim: {trim} }}\npages:\n  - photo: a.jpg\n"
        );
        let made = made(&BookFixture::new(&manifest).photo("a.jpg", 300, 200));
        let cover = image::load_from_memory(&made.file("images/cover.jpg")).unwrap();
        let viewport = format!(r#"content="width={}, height={}""#, cover.width(), cover.height());
        let page = made.text("cover.xhtml");
        assert!(page.contains(&viewport), "{trim}: {viewport}\n{page}");
    }
}

#[test]
fn words_of_other_looks_on_a_line_have_spacings_of_their_own() {
    let fixture = BookFixture::new(
        "title: Strasse 1 Straße\npages:\n  - photo: a.jpg\n    caption: \"The road, on *A. B.* 1\"\n",
    )
    .photo("a.jpg", 30, 20);
    let made = made(&fixture);
    let css = made.text("stylesheet.css");
    let rule = css.split(".run {").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
    assert!(rule.contains("letter-spacing: 0;") && rule.contains("word-spacing: 0;"), "{rule}");
    // It comes before those that give a look its own letter-spacing.
    assert!(css.find(".run {") < css.find(".t0 {"));
    // Of capitals, nothing is taken from the spaces for what stands behind the last.
    assert!(made.page_with("Strasse 1").contains("px\">Strasse 1 Straße</span>"));
}

#[test]
fn the_cover_stands_alone_and_no_book_starts_with_a_left_page() {
    let spine = |fixture: &BookFixture| -> Vec<String> {
        let opf = made(fixture).text("content.opf");
        let items = opf.lines().filter(|line| line.contains("<itemref"));
        items.map(|line| line.split('"').nth(3).unwrap_or("").to_owned()).collect()
    };
    let right = "page-spread-right";
    let left = "page-spread-left";
    let english = spine(&road());
    assert_eq!(english[..4], ["rendition:page-spread-center", right, left, right]);
    let arabic = BookFixture::new("title: Road\nlanguage: ar\npages:\n  - photo: a.jpg\n")
        .photo("a.jpg", 30, 20);
    assert_eq!(spine(&arabic)[..4], ["rendition:page-spread-center", left, right, left]);
    let package = made(&arabic).text("content.opf");
    assert!(package.contains(r#"page-progression-direction="rtl""#), "{package}");
}

#[test]
fn it_is_told_by_its_own_identifier_and_numbers_its_pages_by_the_printed_one() {
    let made = made(&road());
    let (Book { editions, .. }, _) = book(&road());
    let package = made.text("content.opf");
    for line in [
        format!("<dc:identifier id=\"epub-id-1\">{}</dc:identifier>", editions.fixed.urn()),
        format!("<dc:source id=\"print\">{}</dc:source>", editions.print.urn()),
        format!("<meta property=\"pageBreakSource\">{}</meta>", editions.print.urn()),
    ] {
        assert!(package.contains(&line), "{line} is not in\n{package}");
    }
}

#[test]
fn a_plate_that_nothing_describes_has_a_name_and_decoration_has_none() {
    let fixture = BookFixture::with_pages(&["photo: a.jpg", "{ photo: a.jpg, alt: \"\" }"])
        .photo("a.jpg", 30, 20);
    let made = made(&fixture);
    let pages: String = made
        .names()
        .iter()
        .filter_map(|name| name.strip_prefix("OEBPS/page-"))
        .map(|name| made.text(&format!("page-{name}")))
        .collect();
    assert_eq!(pages.matches("alt=\"Plate 1\" style").count(), 1, "{pages}");
    assert_eq!(pages.matches("alt=\"\" role=\"presentation\"").count(), 1, "{pages}");
}

#[test]
fn a_blank_page_keeps_its_place_unless_it_is_the_last() {
    let fixture = BookFixture::with_pages(&["photo: a.jpg"]).photo("a.jpg", 30, 20);
    let made = made(&fixture);
    let blank = made.pages.pages.iter().position(|page| page.items.is_empty()).unwrap();
    assert_eq!(words(&made.text(&format!("page-{:04}.xhtml", blank + 1))), "");
    assert!(made.pages.pages.last().unwrap().items.is_empty(), "the test shows nothing");
    let last = format!("OEBPS/page-{:04}.xhtml", made.pages.pages.len());
    assert!(!made.names().contains(&last));
}

#[test]
fn contents_landmarks_and_page_numbers_lead_to_pages() {
    let made = made(&road());
    insta::assert_snapshot!(made.text("nav.xhtml"));
}

#[test]
fn a_cropped_picture_is_cut_to_what_is_shown_and_never_larger_than_it_is_shown() {
    let mut shown = None;
    let made = made_with(&road(), |pages| {
        let trim = pages.trim;
        for page in &mut pages.pages {
            for item in &mut page.items {
                if let Item::Picture(placed) = item {
                    // Across a spread: its right half is another page's.
                    let wide =
                        Rect { width: trim.width * 2, height: trim.height, ..Rect::default() };
                    **placed = PlacedPicture {
                        picture: Arc::clone(&placed.picture),
                        frame: wide,
                        clip: Rect { width: trim.width, ..wide },
                        ..(**placed).clone()
                    };
                    shown = Some(wide);
                }
            }
        }
    });
    assert!(shown.is_some());
    let name = made.names().into_iter().find(|name| name.contains("images/page")).unwrap();
    let jpeg = made.file(name.trim_start_matches("OEBPS/"));
    let picture = image::load_from_memory(&jpeg).unwrap();
    // 40 000 pixels are 200 each way of a square page; 300 × 200 were not enough for 400.
    assert_eq!((picture.width(), picture.height()), (150, 200));
    let page = made.page_with("quay");
    assert!(page.contains("left:0px;top:0px;width:1949px;height:1949px"), "{page}");
}

#[test]
fn a_picture_has_no_more_pixels_than_the_page_shows() {
    let made = made(&road());
    let Some(placed) =
        made.pages.pages.iter().flat_map(|page| &page.items).find_map(|item| match item {
            Item::Picture(placed) => Some(placed),
            _ => None,
        })
    else {
        panic!("there is no picture")
    };
    let name = made.names().into_iter().find(|name| name.contains("images/page")).unwrap();
    let jpeg = image::load_from_memory(&made.file(name.trim_start_matches("OEBPS/"))).unwrap();
    let shown = placed.frame.width.to_pt() / made.pages.trim.width.to_pt() * 200.0;
    assert!((f64::from(jpeg.width()) - shown).abs() <= 1.0, "{} for {shown}", jpeg.width());
}

#[test]
fn a_line_tells_its_direction_where_it_is_not_the_books() {
    let fixture = BookFixture::new(
        "title: Road 12\nlanguage: he\npages:\n  - photo: a.jpg\n    caption: Nes 12\n",
    )
    .photo("a.jpg", 30, 20);
    let page = made(&fixture).page_with("Nes");
    assert!(page.contains(r#"dir="rtl""#) && page.contains(r#"dir="ltr""#), "{page}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let fixture = road();
    assert_eq!(made(&fixture).bytes, made(&fixture).bytes);
}

#[test]
fn nothing_stands_outside_the_page_that_lies_in_the_bleed() {
    let made = made_with(&road(), |pages| {
        for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
            if let Item::Picture(placed) = item {
                let bleed = Length::mm(3);
                placed.frame = Rect {
                    x: -bleed,
                    y: -bleed,
                    width: pages.trim.width + bleed * 2,
                    height: pages.trim.height + bleed * 2,
                };
                placed.clip = placed.frame;
            }
        }
    });
    let page = made.page_with("quay");
    assert!(page.contains("left:0px;top:0px;width:1949px;height:1949px"), "{page}");
    assert!(!page.contains(":-"), "no reading system need know negative places\n{page}");
}
