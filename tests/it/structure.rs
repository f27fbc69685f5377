//! The structure of the PDFs: what screen readers read, and in which order.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Dict;
use recto::build::{Project, ProjectOptions};
use recto::finding::Code;
use recto::model::{Edition, Item, PassageKind};

use crate::support::fixture::BookFixture;
use crate::support::structure_tree::StructureTree;

fn built(fixture: &BookFixture, edition: &str) -> Pdf {
    let run = fixture.recto(&format!("build --only {edition} -o out"));
    assert_eq!(run.code, 0, "{run:?}");
    Pdf::new(fixture.read(&format!("out/winter-road-{edition}.pdf"))).unwrap()
}

fn screen(fixture: &BookFixture) -> Pdf {
    built(fixture, "screen")
}

fn project(fixture: &BookFixture) -> Project {
    Project::load(&fixture.path("book.yaml"), &ProjectOptions::default()).project.unwrap()
}

/// The parts of the book after the title pages.
fn body(pdf: &Pdf) -> String {
    let outline = StructureTree::new(pdf).outline();
    let mut parts = outline.split("  Sect\n");
    assert_eq!(parts.next(), Some("Document\n"));
    let body: Vec<String> =
        parts.skip(1).map(|part| format!("Sect\n{}", outdented(part))).collect();
    body.concat()
}

fn outdented(text: &str) -> String {
    let lines = text.lines().map(|line| line.strip_prefix("  ").unwrap_or(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn essay(text: &str) -> BookFixture {
    BookFixture::with_pages(&["text: text.md"]).file("text.md", text)
}

/// Compares an outline with one that is indented in the source of a test.
#[track_caller]
fn assert_outline(outline: &str, expected: &str) {
    let lines: Vec<&str> = expected.trim_matches('\n').lines().collect();
    let indent = lines[0].len() - lines[0].trim_start().len();
    let expected: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or("")).collect();
    assert_eq!(outline.trim_end(), expected.join("\n").trim_end(), "\n{outline}");
}

#[test]
fn lists_are_in_the_items_of_lists() {
    let text = "# Walls\n\n- Stone\n- Brick\n\n  3. First\n  4. Second\n\nTerm\n: A meaning.\n: Another.\n";
    assert_outline(
        &body(&screen(&essay(text))),
        r#"
        Sect
          H1 "Walls"
          L Disc
            LI
              Lbl "–"
              LBody
                P "Stone"
            LI
              Lbl "–"
              LBody
                P "Brick"
                L Decimal
                  LI
                    Lbl "3."
                    LBody
                      P "First"
                  LI
                    Lbl "4."
                    LBody
                      P "Second"
          L None
            LI
              Lbl "Term"
              LBody
                P "A meaning."
                P "Another."
        "#,
    );
}

#[test]
fn a_table_has_a_cell_in_each_column_of_each_row() {
    let text =
        "# Walls\n\n| | Stone | Brick |\n|---|---|---|\n| Height | | two metres |\n| | 1 | |\n";
    assert_outline(
        &body(&screen(&essay(text))),
        r#"
        Sect
          H1 "Walls"
          Table BBox
            TR
              TH Column
              TH Column "Stone"
              TH Column "Brick"
            TR
              TD "Height"
              TD
              TD "two metres"
            TR
              TD
              TD "1"
              TD
        "#,
    );
}

#[test]
fn the_repeated_head_of_a_table_is_an_artifact() {
    let mut text = String::from("# Walls\n\n| Row | Square |\n|---|---|\n");
    text.extend((1..60).map(|row| format!("| {row} | {} |\n", row * row)));
    let pdf = screen(&essay(&text));
    let outline = body(&pdf);
    assert_eq!(outline.matches("Table").count(), 1, "{outline}");
    assert_eq!(outline.matches("TH Column").count(), 2, "{outline}");
    assert_eq!(outline.matches("TR\n").count(), 60, "{outline}");
    // A table on several pages has no area.
    assert!(!outline.contains("BBox"), "{outline}");
    let artifacts = StructureTree::new(&pdf).artifacts;
    assert!(artifacts.iter().flatten().any(|artifact| artifact == "Pagination"), "{artifacts:?}");
}

#[test]
fn quotes_code_and_ornaments_are_told_apart() {
    let text = "# Walls\n\nSaid:\n\n> Good fences.\n>\n> Good neighbours.\n\n* * *\n\n```\nlet a\n  = 1\n```\n\nThen `b` and\\\nc.\n";
    assert_outline(
        &body(&screen(&essay(text))),
        r#"
        Sect
          H1 "Walls"
          P "Said:"
          BlockQuote
            P "Good fences."
            P "Good neighbours."
          P
            Code "let a"
          P
            Code "= 1"
          P
            "Then"
            Code "b"
            "and c."
        "#,
    );
}

#[test]
fn a_note_follows_the_text_of_its_page_and_is_referred_to() {
    let text = "# Walls\n\n- See[^a] [the *site*](https://x.example/).\n\n[^a]: Not `far`.\n\n    Nor near.\n";
    assert_outline(
        &body(&screen(&essay(text))),
        r#"
        Sect
          H1 "Walls"
          L Disc
            LI
              Lbl "–"
              LBody
                P
                  "See"
                  Reference "1"
                  Link
                    "the site"
                    → "https://x.example/"
                  "."
                  Reference "2"
          Note #note-00000001
            Lbl "1"
            P
              "Not"
              Code "far"
              "."
            P "Nor near."
          Note #note-00000002
            Lbl "2"
            P
              Link
                "x.example"
                → "https://x.example/"
        "#,
    );
    let outline = body(&built(&essay(text), "print"));
    assert!(!outline.contains("Link") && outline.contains("P \"x.example\""), "{outline}");
}

#[test]
fn a_paragraph_over_two_pages_is_one_element() {
    let sentence = "The road went on along the shore, and nobody was on it. ";
    let pdf = screen(&essay(&format!("# Walls\n\n{}\n\nThe end.\n", sentence.repeat(90))));
    let outline = body(&pdf);
    let paragraphs: Vec<&str> = outline.lines().filter(|line| line.starts_with("  P ")).collect();
    assert_eq!(paragraphs.len(), 2, "{outline}");
    assert!(paragraphs[0].matches(" | ").count() > 0, "{outline}");
    let read = paragraphs[0].replace(" | ", " ").replace('-', "");
    assert_eq!(read.matches("the shore").count(), 90, "{outline}");
}

#[test]
fn no_level_of_headings_is_skipped() {
    let text = "# Walls\n\n#### Deep\n\nA\n\n###### Deeper\n\nB\n\n## High\n\nC\n\n### Less\n\nD\n";
    let outline = body(&screen(&essay(text)));
    let headings = outline.lines().map(str::trim).filter(|line| line.starts_with('H'));
    assert_eq!(
        headings.collect::<Vec<_>>(),
        [r#"H1 "Walls""#, r#"H2 "Deep""#, r#"H3 "Deeper""#, r#"H2 "High""#, r#"H3 "Less""#]
    );
}

#[test]
fn a_plate_is_a_figure_with_its_caption_in_its_chapter() {
    let fixture = BookFixture::with_pages(&[
        "{ chapter: Harbour, intro: \"It is cold.\\n\" }",
        "{ photo: a.jpg, alt: A bay, caption: 'The [bay](https://x.example/)', credit: Ada }",
        "{ photo: a.jpg, alt: '', caption: A pattern }",
        "{ photo: a.jpg, alt: A quay, layout: spread, caption: The quay }",
        "chapter: Town",
        "{ photo: a.jpg, alt: A street }",
    ])
    .photo("a.jpg", 300, 200);
    let pdf = screen(&fixture);
    assert_outline(
        &body(&pdf),
        r#"
        Sect
          H1 "Contents"
          TOC
            TOCI
              Reference
                Link
                  "Harbour 1"
                  → "Harbour, 1" (page 7)
            TOCI
              Reference
                Link
                  "Town 7"
                  → "Town, 7" (page 13)
        Sect
          H1 "Harbour"
          P "It is cold."
          Div
            Figure BBox alt "A bay"
            Caption
              P
                "The"
                Link
                  "bay"
                  → "https://x.example/"
              P "Ada"
          Div
            Caption
              P "A pattern"
          Div
            Caption
              P "Overleaf"
              P "The quay"
            Figure alt "A quay" in 2 parts
        Sect
          H1 "Town"
          Div
            Figure BBox alt "A street"
        "#,
    );
    let artifacts = StructureTree::new(&pdf).artifacts;
    assert!(artifacts.iter().any(|page| *page == ["Layout", "Pagination Footer"]), "{artifacts:?}");
}

#[test]
fn each_language_is_marked_where_it_differs() {
    let fixture = BookFixture::new(
        "title: { en: Winter Road, de: Winterstraße }\nlanguages-together: [en, de]\npages:\n  \
         - { chapter: { en: Harbour, de: Hafen }, intro: { en: \"Cold.\\n\", de: \"Kalt.\\n\" } }\n  \
         - { photo: a.jpg, alt: { en: A bay, de: Eine Bucht }, caption: { en: The bay, de: Die Bucht } }\n",
    )
    .photo("a.jpg", 60, 40);
    let outline = StructureTree::new(&screen(&fixture)).outline();
    let title = "    H1\n      \"Winter Road\"\n      Span [de] \"Winterstraße\"\n";
    assert!(outline.contains(title), "{outline}");
    let chapter = "    H1\n      \"Harbour\"\n      Span [de] \"Hafen\"\n    P \"Cold.\"\n    P [de] \"Kalt.\"\n";
    assert!(outline.contains(chapter), "{outline}");
    let caption = "      Caption\n        P \"The bay\"\n        P [de] \"Die Bucht\"\n";
    assert!(outline.contains(caption), "{outline}");
}

#[test]
fn a_character_that_pdf_ua_forbids_is_replaced() {
    let outline = body(&screen(&essay("# Walls\n\nStone\u{feff}.\n")));
    assert!(outline.contains("Stone\\u{2060}."), "{outline}");
    assert!(!outline.contains("feff"), "{outline}");
}

#[test]
fn words_in_another_script_are_marked_with_its_language() {
    let text = "# Walls\n\nPeace, שלום, and [ειρηνη](https://x.example/) in Athens.\n\nכל השלום.\n";
    assert_outline(
        &body(&screen(&essay(text))),
        r#"
        Sect
          H1 "Walls"
          P
            "Peace,"
            Span [he] "שלום"
            ", and"
            Link
              Span [el] "ειρηνη"
              → "https://x.example/"
            Reference "1"
            "in Athens."
          P [he] "כל השלום."
          Note #note-00000001
            Lbl "1"
            P
              Link
                "x.example"
                → "https://x.example/"
        "#,
    );
}

#[test]
fn a_book_from_right_to_left_is_read_in_its_order() {
    let fixture = BookFixture::new(
        "title: Winter Road\nlanguage: ar\npages:\n  - text: text.md\n",
    )
    .file("text.md", "# مقدمة\n\nالضوء.[^1]\n\n- أولا\n\n| الاسم | العدد |\n|---|---|\n| ضوء | ظل |\n\n[^1]: حاشية.\n");
    assert_outline(
        &body(&screen(&fixture)),
        r#"
        Sect
          H1 "مقدمة"
          P
            "الضوء."
            Reference "1"
          L Disc
            LI
              Lbl "–"
              LBody
                P "أولا"
          Table BBox
            TR
              TH Column "الاسم"
              TH Column "العدد"
            TR
              TD "ضوء"
              TD "ظل"
          Note #note-00000001
            Lbl "1"
            P "حاشية."
        "#,
    );
}

#[test]
fn the_list_of_plates_is_a_list_of_links() {
    for kind in ["list", "thumbnails"] {
        let manifest = format!(
            "title: Winter Road\nprint: {{ list-of-plates: {kind} }}\npages:\n  \
             - {{ photo: a.jpg, alt: A bay, caption: The bay }}\n"
        );
        let pdf = screen(&BookFixture::new(&manifest).photo("a.jpg", 60, 40));
        let outline = body(&pdf);
        assert!(outline.contains("  H1 \"List of plates\"\n  TOC\n    TOCI\n"), "{outline}");
        assert!(outline.contains("→ \"The bay, 1\" (page 5)"), "{outline}");
        // The plate is described where it is.
        assert_eq!(outline.matches("Figure").count(), 1, "{outline}");
    }
}

#[test]
fn all_that_is_not_read_is_an_artifact() {
    let fixture = BookFixture::new(
        "title: Winter Road\ndesign: dark.yaml\n\
         print: { marks: crop }\npages:\n  - text: text.md\n",
    )
    .file("dark.yaml", "page: { color: { k: 10 } }")
    .file("text.md", format!("# Walls\n\n* * *\n\n{}\n\n[^1]: Note.\n", "Word[^1] ".repeat(600)));
    let pdf = built(&fixture, "print");
    let artifacts = StructureTree::new(&pdf).artifacts;
    // The ornament and the rule above the note; the folio.
    assert_eq!(artifacts[4], ["Background", "Layout", "Layout", "Page"], "{artifacts:?}");
    assert_eq!(artifacts[5], ["Background", "Pagination Footer", "Page"], "{artifacts:?}");
}

#[test]
fn every_text_is_part_of_an_element() {
    let fixture = BookFixture::new(
        "title: Winter Road\nsubtitle: And back\npublisher: Shore\nrights: © 2026\n\
         print: { list-of-plates: list }\npages:\n  - { dedication: To her }\n  \
         - { chapter: Harbour, intro: \"Cold\\n\" }\n  - { photo: a.jpg, caption: A bay }\n  \
         - { colophon: The end }\n",
    )
    .photo("a.jpg", 60, 40);
    let project = project(&fixture);
    for page in &project.pages().pages {
        for item in &page.items {
            match item {
                Item::Glyphs(run) => {
                    let is_read =
                        !matches!(run.passage.kind, PassageKind::Folio | PassageKind::Ornament);
                    assert!(run.element.is_some() || !is_read, "{:?}", run.text);
                }
                Item::Picture(placed) => assert!(placed.element.is_some(), "{placed:?}"),
                Item::Rule(_) => {}
            }
        }
    }
}

#[test]
fn the_title_is_shown_and_the_tab_key_follows_the_structure() {
    let pdf = screen(&essay("# Walls\n\nStone.\n"));
    let catalog = StructureTree::new(&pdf).catalog();
    let marks: Dict<'_> = catalog.get(b"MarkInfo").unwrap();
    assert_eq!(marks.get::<bool>(b"Marked"), Some(true));
    let preferences: Dict<'_> = catalog.get(b"ViewerPreferences").unwrap();
    assert_eq!(preferences.get::<bool>(b"DisplayDocTitle"), Some(true));
    for page in pdf.pages().iter() {
        let tabs = page.raw().get::<hayro::hayro_syntax::object::Name<'_>>(b"Tabs");
        assert_eq!(tabs.unwrap().as_str(), "S");
    }
}

/// Whether the metadata of the PDF for screens claim PDF/A-2b and PDF/UA-1.
fn claims(fixture: &BookFixture) -> [bool; 2] {
    screen(fixture);
    let bytes = fixture.read("out/winter-road-screen.pdf");
    let text = String::from_utf8_lossy(&bytes);
    ["<pdfaid:part>2<", "<pdfuaid:part>1<"].map(|claim| text.contains(claim))
}

#[test]
fn only_a_book_whose_photos_are_all_described_claims_to_be_accessible() {
    let book = |alts: [&str; 3]| {
        let pages = alts.map(|alt| format!("{{ photo: a.jpg, caption: A bay{alt} }}"));
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        BookFixture::with_pages(&pages).photo("a.jpg", 60, 40)
    };
    let described = book([", alt: A bay", ", alt: ''", ", alt: Ice"]);
    assert_eq!(claims(&described), [true, true]);
    assert!(
        project(&described)
            .check(Edition::Screen.into())
            .iter()
            .all(|found| found.code != Code::ScreenNotAccessible)
    );

    let undescribed = book([", alt: A bay", "", ""]);
    assert_eq!(claims(&undescribed), [true, false]);
    let findings = project(&undescribed).check(Edition::Screen.into());
    let found: Vec<&str> = findings
        .iter()
        .filter(|found| found.code == Code::ScreenNotAccessible)
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(found, ["the PDF for screens is not PDF/UA-1: a.jpg has no alt text"]);
}

#[test]
fn the_press_pdf_has_the_same_tree_without_links_where_its_standard_has_one() {
    let book = |standard: &str| {
        BookFixture::new(&format!(
            "title: Winter Road\nprint: {{ standard: {standard}, color: cmyk }}\npages:\n  \
             - {{ chapter: Harbour, intro: \"Cold.\\n\" }}\n  - {{ photo: a.jpg, alt: A bay }}\n"
        ))
        .photo("a.jpg", 2400, 1600)
    };
    for standard in ["pdf/x-4", "pdf/x-1a:2003", "pdf/a-2b", "none"] {
        let fixture = book(standard);
        let print = StructureTree::new(&built(&fixture, "print")).outline();
        let screen = StructureTree::new(&built(&fixture, "screen")).outline();
        let links =
            "          Link\n            \"Harbour 1\"\n            → \"Harbour, 1\" (page 7)\n";
        assert!(screen.contains(&format!("        Reference\n{links}")), "{screen}");
        let unlinked = screen.replace(&format!("Reference\n{links}"), "Reference \"Harbour 1\"\n");
        assert_eq!(print, unlinked, "{standard}");
    }
    // PDF 1.3 has no structure for screen readers.
    let pdf = built(&book("pdf/x-1a:2001"), "print");
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    assert!(!root.contains_key(b"StructTreeRoot") && !root.contains_key(b"MarkInfo"));
}
