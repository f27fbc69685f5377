//! EPUB in fixed layout.

use std::io::Cursor;
use std::sync::Arc;

use recto::epub::{self, Options};
use recto::layout;
use recto::model::{Item, Length, Pages, PlacedPicture, Rect};
use recto::picture::{ImageProcessor, ProcessorOptions, ScaleOptions};

use crate::support::books;
use crate::support::epub::{Epub, epub_options};
use crate::support::fixture::BookFixture;

/// The pages of a book, and its EPUB in fixed layout.
struct FixedLayout {
    pages: Pages,
    epub: Epub,
}

impl FixedLayout {
    /// The document of the first page with this text.
    fn page_with(&self, words: &str) -> String {
        let index = self.pages.pages.iter().position(|page| books::text(page).contains(words));
        self.epub.text(&format!("page-{:04}.xhtml", index.unwrap() + 1))
    }
}

fn written(fixture: &BookFixture) -> FixedLayout {
    written_with(fixture, |_| {})
}

/// Writes the book after a change of its pages.
fn written_with(fixture: &BookFixture, change: impl FnOnce(&mut Pages)) -> FixedLayout {
    let book = fixture.load().book.unwrap();
    let faces = books::faces(&book);
    let mut pages = layout::paginate(&book, &faces);
    change(&mut pages);
    let cover = layout::cover(&book, &faces, pages.trim);
    let options = ProcessorOptions { jobs: 2, ..ProcessorOptions::default() };
    let processor = ImageProcessor::new(options);
    let options = Options {
        pictures: ScaleOptions { max_edge: 3200, max_pixels: 40_000, quality: 85 },
        ..epub_options(&cover, Some(&pages), &processor)
    };
    let mut out = Cursor::new(Vec::new());
    epub::write_fixed(&book, &faces, &options, &mut out, &mut || {}).unwrap();
    FixedLayout { pages, epub: Epub { bytes: out.into_inner() } }
}

/// The text of a document for screen readers, without what is hidden from them.
fn accessible_text(xhtml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xhtml);
    let mut accessible = String::new();
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
                accessible.push_str(&text);
            }
            quick_xml::events::Event::GeneralRef(name) if in_body && hidden == 0 => {
                accessible.push_str(match &*name {
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
    accessible.split_whitespace().collect::<Vec<_>>().join(" ")
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
fn a_page_has_the_text_of_the_printed_page_without_hyphenation() {
    let book = written(&road());
    assert_eq!(accessible_text(&book.page_with("railways")), format!("January {ESSAY}"));
    let page = book.page_with("railways");
    assert!(page.contains("hyphen"), "the test needs a hyphenated word\n{page}");
}

/// The paragraphs and headings of a page, each with its text on one line.
fn text_elements(page: &str) -> Vec<(String, String)> {
    let mut elements = Vec::new();
    for part in page.split("<body").nth(1).unwrap().split('<') {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if name == "p" || (name.starts_with('h') && name.len() == 2) {
            let hidden = if tag.contains("aria-hidden") { " hidden" } else { "" };
            elements.push((format!("{name}{hidden}"), String::new()));
        }
        if let Some((_, text)) = elements.last_mut() {
            *text += &words.replace('\n', " ");
        }
    }
    for (_, text) in &mut elements {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    elements
}

#[test]
fn every_paragraph_is_one_element_and_the_lines_of_a_paragraph_are_joined() {
    let text = "# Stock\n\nIn one line\\\nand another.\n\n## What there is\n\nThings[^1]:\n\n\
        - ten sheets\n- a box\n\n1. one\n2. two\n\n```\nkeeps its\n  lines\n```\n\n***\n\n\
        The end.\n\n[^1]: A note.\n";
    let book = BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text);
    let book = written(&book);
    let page = book.page_with("ten sheets");
    let found = text_elements(&page);
    let elements: Vec<_> =
        found.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    assert_eq!(
        elements,
        [
            ("h1", "Stock"),
            ("p", "In one line and another."),
            ("h2", "What there is"),
            ("p", "Things:1"),
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
fn a_table_cell_equal_to_the_page_number_is_not_hidden() {
    let text = "| Film | Speed |\n|--|--|\n| 1 | 50 |\n";
    let book = written(&BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text));
    let page = book.page_with("Speed");
    let found: Vec<_> =
        text_elements(&page).into_iter().map(|(name, words)| name + " " + &words).collect();
    assert_eq!(found, ["p Film", "p Speed", "p 1", "p 50", "p hidden 1"]);
}

#[test]
fn repeated_table_headings_are_hidden_and_not_linked() {
    let rows: Vec<_> = (0..60).map(|row| format!("| film {row} | {row} |\n")).collect();
    let head = "# Stock\n\n| [Film](https://example.com) | Speed |\n|--|--|\n";
    let text = head.to_owned() + &rows.concat();
    let fixture = BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text);
    let book = written(&fixture);
    let [first, second] = ["film 0", "film 59"].map(|row| book.page_with(row));
    assert!(first != second);
    let line = |page: &str| {
        let line = page.split("<p").find(|line| line.contains(">Film<")).unwrap();
        (line.starts_with(" aria-hidden=\"true\""), line.contains("<a "))
    };
    assert_eq!((line(&first), line(&second)), ((false, true), (true, false)), "{second}");
}

#[test]
fn a_page_is_absolutely_positioned_text_and_pictures() {
    let book = written(&road());
    insta::assert_snapshot!(book.page_with("quay"));
}

#[test]
fn every_page_has_a_viewport_with_its_aspect_ratio() {
    let book = written(&road());
    let is_page = |name: &&String| name.contains("page-") && !name.contains("images");
    for name in book.epub.names().iter().filter(is_page) {
        let name = name.trim_start_matches("OEBPS/");
        let viewport = r#"<meta name="viewport" content="width=1949, height=1949"/>"#;
        assert!(book.epub.text(name).contains(viewport), "{name}");
    }
}

#[test]
fn the_cover_has_the_aspect_ratio_of_the_pages() {
    for trim in ["210 x 297 mm", "210 x 210 mm", "240 x 160 mm"] {
        let manifest = format!(
            "title: Winter Road\ncover: {{ photo: a.jpg }}\nprint: {{ trim: {trim} }}\npages:\n  - photo: a.jpg\n"
        );
        let book = written(&BookFixture::new(&manifest).photo("a.jpg", 300, 200));
        let cover = image::load_from_memory(&book.epub.file("images/cover.jpg")).unwrap();
        let viewport = format!(r#"content="width={}, height={}""#, cover.width(), cover.height());
        let page = book.epub.text("cover.xhtml");
        assert!(page.contains(&viewport), "{trim}: {viewport}\n{page}");
    }
}

#[test]
fn runs_of_different_styles_on_a_line_have_their_own_spacing() {
    let fixture = BookFixture::new(
        "title: Strasse 1 Straße\npages:\n  - photo: a.jpg\n    caption: \"The road, on *A. B.* 1\"\n",
    )
    .photo("a.jpg", 30, 20);
    let book = written(&fixture);
    let css = book.epub.text("stylesheet.css");
    let rule = css.split(".run {").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
    assert!(rule.contains("letter-spacing: 0;") && rule.contains("word-spacing: 0;"), "{rule}");
    // It precedes the rules that set letter-spacing for a style.
    assert!(css.find(".run {") < css.find(".t0 {"));
    // The tracking after the last capital is not taken from the spaces.
    assert!(book.page_with("Strasse 1").contains("px\">Strasse 1 Straße</span>"));
}

#[test]
fn the_cover_is_centred_and_the_first_page_is_a_recto() {
    let spine = |fixture: &BookFixture| -> Vec<String> {
        let opf = written(fixture).epub.text("content.opf");
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
    let package = written(&arabic).epub.text("content.opf");
    assert!(package.contains(r#"page-progression-direction="rtl""#), "{package}");
}

#[test]
fn it_has_its_own_identifier_and_the_page_numbers_of_the_printed_edition() {
    let book = written(&road());
    let editions = road().load().book.unwrap().editions;
    let package = book.epub.text("content.opf");
    for line in [
        format!("<dc:identifier id=\"epub-id-1\">{}</dc:identifier>", editions.fixed.urn()),
        format!("<dc:source id=\"print\">{}</dc:source>", editions.print.urn()),
        format!("<meta property=\"pageBreakSource\">{}</meta>", editions.print.urn()),
    ] {
        assert!(package.contains(&line), "{line} is not in\n{package}");
    }
}

#[test]
fn a_plate_without_alt_text_is_named_by_its_number_and_decoration_is_not() {
    let fixture = BookFixture::with_pages(&["photo: a.jpg", "{ photo: a.jpg, alt: \"\" }"])
        .photo("a.jpg", 30, 20);
    let book = written(&fixture);
    let pages: String = book
        .epub
        .names()
        .iter()
        .filter_map(|name| name.strip_prefix("OEBPS/page-"))
        .map(|name| book.epub.text(&format!("page-{name}")))
        .collect();
    assert_eq!(pages.matches("alt=\"Plate 1\" style").count(), 1, "{pages}");
    assert_eq!(pages.matches("alt=\"\" role=\"presentation\"").count(), 1, "{pages}");
}

#[test]
fn a_blank_page_is_left_out_only_at_the_end() {
    let fixture = BookFixture::with_pages(&["photo: a.jpg"]).photo("a.jpg", 30, 20);
    let book = written(&fixture);
    let blank = book.pages.pages.iter().position(|page| page.items.is_empty()).unwrap();
    assert_eq!(accessible_text(&book.epub.text(&format!("page-{:04}.xhtml", blank + 1))), "");
    assert!(book.pages.pages.last().unwrap().items.is_empty(), "the test needs a blank last page");
    let last = format!("OEBPS/page-{:04}.xhtml", book.pages.pages.len());
    assert!(!book.epub.names().contains(&last));
}

#[test]
fn contents_landmarks_and_page_numbers_link_to_pages() {
    let book = written(&road());
    insta::assert_snapshot!(book.epub.text("nav.xhtml"));
}

#[test]
fn a_cropped_picture_has_only_the_visible_part_at_the_visible_size() {
    let mut has_picture = false;
    let book = written_with(&road(), |pages| {
        let trim = pages.trim;
        for page in &mut pages.pages {
            for item in &mut page.items {
                if let Item::Picture(placed) = item {
                    // A spread, whose right half is on another page.
                    let wide =
                        Rect { width: trim.width * 2, height: trim.height, ..Rect::default() };
                    **placed = PlacedPicture {
                        picture: Arc::clone(&placed.picture),
                        frame: wide,
                        clip: Rect { width: trim.width, ..wide },
                        ..(**placed).clone()
                    };
                    has_picture = true;
                }
            }
        }
    });
    assert!(has_picture);
    let name = book.epub.names().into_iter().find(|name| name.contains("images/page")).unwrap();
    let jpeg = book.epub.file(name.trim_start_matches("OEBPS/"));
    let picture = image::load_from_memory(&jpeg).unwrap();
    // 40 000 pixels are 200 × 200 on a square page. The photo has only 300 × 200 for 400 × 200.
    assert_eq!((picture.width(), picture.height()), (150, 200));
    let page = book.page_with("quay");
    // One pixel more, which is clipped: no white edge is left when the page is scaled.
    assert!(page.contains("left:0px;top:0px;width:1950px;height:1950px"), "{page}");
}

#[test]
fn a_picture_has_no_more_pixels_than_its_size_on_the_page() {
    let book = written(&road());
    let Some(placed) =
        book.pages.pages.iter().flat_map(|page| &page.items).find_map(|item| match item {
            Item::Picture(placed) => Some(placed),
            _ => None,
        })
    else {
        panic!("no picture")
    };
    let name = book.epub.names().into_iter().find(|name| name.contains("images/page")).unwrap();
    let jpeg = image::load_from_memory(&book.epub.file(name.trim_start_matches("OEBPS/"))).unwrap();
    let expected = placed.frame.width.to_pt() / book.pages.trim.width.to_pt() * 200.0;
    let width = f64::from(jpeg.width());
    assert!((width - expected).abs() <= 1.0, "{width}, expected {expected}");
}

#[test]
fn a_line_of_another_direction_has_a_dir_attribute() {
    let fixture = BookFixture::new(
        "title: Road 12\nlanguage: he\npages:\n  - photo: a.jpg\n    caption: Nes 12\n",
    )
    .photo("a.jpg", 30, 20);
    let page = written(&fixture).page_with("Nes");
    assert!(page.contains(r#"dir="rtl""#) && page.contains(r#"dir="ltr""#), "{page}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let fixture = road();
    assert_eq!(written(&fixture).epub.bytes, written(&fixture).epub.bytes);
}

#[test]
fn a_picture_in_the_bleed_is_clipped_to_the_page() {
    let book = written_with(&road(), |pages| {
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
    let page = book.page_with("quay");
    assert!(page.contains("left:0px;top:0px;width:1950px;height:1950px"), "{page}");
    assert!(!page.contains(":-"), "negative positions are not supported everywhere\n{page}");
}

#[test]
fn the_halves_of_a_spread_meet_on_a_screen_although_print_loses_a_part_in_the_fold() {
    let book = |gutter_loss: &str| {
        let manifest = format!(
            "title: T\npages:\n  - {{ photo: a.jpg, alt: A., layout: spread }}\nprint:\n  \
             trim: 210 x 210 mm\n{gutter_loss}ebook: {{ layout: fixed }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 600, 300);
        let files = crate::support::epub::files(&fixture, recto::model::Edition::EpubFixed);
        files.into_iter().filter(|(name, _)| name.contains("/page-")).collect::<Vec<_>>()
    };
    let without = book("");
    assert!(without.iter().any(|(name, _)| name.contains(".jpg")));
    assert!(without == book("  gutter-loss: 4 mm\n"));
}

#[test]
fn a_page_has_its_colour_to_its_edges() {
    let manifest =
        "title: T\ndesign: exhibition\npages:\n  - { photo: a.jpg, alt: A., caption: Boats }\n";
    let fixture = BookFixture::new(manifest).photo("a.jpg", 600, 300);
    let files = crate::support::epub::files(&fixture, recto::model::Edition::EpubFixed);
    let page = String::from_utf8_lossy(&files["OEBPS/page-0001.xhtml"]).into_owned();
    assert!(page.contains("<body style=\"background-color:#eae7e2\">"), "{page}");
}
