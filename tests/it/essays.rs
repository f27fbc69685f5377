//! Texts with everything in them, from Markdown to printed pages and e-books.

use std::fmt::Write as _;
use std::io::{Cursor, Read};

use recto::finding::Code;
use recto::layout;
use recto::model::{Block, Book, Edition, Entry, Inline, Item, Length, Page, Pages, Rule};
use recto::preflight;
use recto::typeset::{
    self, Align, Capitals, Faces, Family, Figures, Line, Paragraph, Setting, Slant, Span, Style,
    Weight,
};

use crate::support::fixture::{BookFixture, lines};

const FORMS: &str = "# Forms[^title]\n\n\
    A first paragraph with a note[^one] and [a link](https://example.org/a/b).\n\n\
    | Film | Speed |\n|:--|--:|\n| slow | 50 |\n| fast | 1600[^one] |\n\n\
    Hood\n: It shades.\n\n\
    ![A boat](boat.jpg \"A *boat* at sea.\")\n\n\
    The last paragraph.\n\n\
    [^one]: The *first* note.\n[^title]: Of the title.\n";

fn forms() -> BookFixture {
    BookFixture::with_pages(&["text: texts/forms.md", "{ photo: texts/boat.jpg, alt: A boat. }"])
        .file("texts/forms.md", FORMS)
        .photo("texts/boat.jpg", 300, 200)
}

fn set(fixture: &BookFixture) -> Pages {
    let book = fixture.load().book.unwrap();
    layout::paginate(&book, &Faces::load(&book.fonts).unwrap())
}

/// The words of a page, a line for each baseline.
fn words(page: &Page) -> Vec<String> {
    let mut lines: Vec<(i64, String)> = Vec::new();
    for item in &page.items {
        if let Item::Glyphs(run) = item {
            match lines.last_mut() {
                Some((y, line)) if *y == run.origin.y.to_emu() => line.push_str(&run.text),
                _ => lines.push((run.origin.y.to_emu(), run.text.to_string())),
            }
        }
    }
    lines.into_iter().map(|(_, line)| line.trim().to_owned()).collect()
}

fn page_with<'a>(pages: &'a Pages, text: &str) -> &'a Page {
    pages.pages.iter().find(|page| words(page).iter().any(|line| line.contains(text))).unwrap()
}

fn rules(page: &Page) -> Vec<&Rule> {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.collect()
}

#[test]
fn a_text_is_read_with_its_pictures() {
    let loaded = forms().load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    assert_eq!(loaded.book.unwrap().picture_count(), 2);
}

#[test]
fn notes_and_addresses_stand_at_the_foot_in_their_order() {
    let pages = set(&forms());
    let page = page_with(&pages, "A first paragraph");
    let lines = words(page);
    assert!(lines.contains(&"A first paragraph with a note2 and a link3.".to_owned()), "{lines:?}");
    let foot: Vec<_> = lines.iter().rev().take(3).rev().collect();
    assert_eq!(foot, ["1Of the title.", "2The first note.", "3example.org/a/b"]);
    // A table has a rule under its headings and one at its end; the notes have one above them.
    assert_eq!(rules(page).len(), 3);
    assert!(!pages.bookmarks[0].title.contains('1'), "{:?}", pages.bookmarks[0]);
}

#[test]
fn links_may_be_plain() {
    let fixture = forms();
    let mut book = fixture.load().book.unwrap();
    book.print.links = recto::model::Links::Plain;
    let pages = layout::paginate(&book, &Faces::load(&book.fonts).unwrap());
    let lines = words(page_with(&pages, "A first paragraph"));
    assert!(lines.contains(&"A first paragraph with a note2 and a link.".to_owned()), "{lines:?}");
}

#[test]
fn no_page_of_a_text_holds_two_pictures() {
    let boat = "![A boat](boat.jpg)\n\nWords between them.\n\n".repeat(5);
    let fixture = BookFixture::with_pages(&["text: forms.md"])
        .file("forms.md", boat)
        .photo("boat.jpg", 300, 90);
    let pages = set(&fixture);
    let counts = pages
        .pages
        .iter()
        .map(|page| page.items.iter().filter(|item| matches!(item, Item::Picture(_))).count());
    let counts: Vec<usize> = counts.collect();
    assert_eq!(counts.iter().sum::<usize>(), 5);
    assert!(counts.iter().all(|count| *count <= 1), "{counts:?}");
}

#[test]
fn a_table_that_is_too_wide_is_found() {
    let word = "Donaudampfschifffahrtsgesellschaftskapitän";
    let table = format!("| {word} | {word} | {word} |\n|--|--|--|\n| a | b | c |\n");
    let fixture = BookFixture::with_pages(&["text: wide.md"]).file("wide.md", table);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let findings = preflight::findings(&book, &pages, &faces, Edition::Print.into());
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code, Code::TableTooWide);
}

/// An essay of some lines, then a table of so many rows, then what comes after it.
fn tabled(lines: usize, rows: usize, after: &str) -> BookFixture {
    let mut text = "# Stock\n\n".to_owned();
    for line in 0..lines {
        write!(text, "Line {line}.\n\n").unwrap();
    }
    text.push_str("| Film | Speed |\n|:--|--:|\n");
    for row in 0..rows {
        writeln!(text, "| film {row} | {row} |").unwrap();
    }
    text.push_str(after);
    BookFixture::with_pages(&["text: stock.md"]).file("stock.md", text).photo("boat.jpg", 300, 120)
}

#[test]
fn the_headings_of_a_table_stand_again_overleaf() {
    let fixture = tabled(5, 60, "");
    let pages = set(&fixture);
    let mut parts = 0;
    for page in &pages.pages {
        let lines = words(page);
        let Some(first) = lines.iter().position(|line| line.starts_with("film ")) else { continue };
        assert_eq!(lines[first - 1], "FilmSpeed", "{lines:?}");
        assert_eq!(lines.iter().filter(|line| *line == "FilmSpeed").count(), 1);
        parts += 1;
        // The rule under the headings, on the last page the one that closes the table, and
        // where it is not the first, nothing that would be heard twice.
        let again =
            page.items.iter().filter(|item| matches!(item, Item::Glyphs(run) if run.is_repeated));
        assert_eq!(again.count(), if parts == 1 { 0 } else { 2 });
    }
    assert!(parts >= 2, "{parts}");
    let book = fixture.load().book.unwrap();
    let written = crate::epub::written_with(&book, &pages);
    let mut archive = zip::ZipArchive::new(Cursor::new(written)).unwrap();
    let mut text = String::new();
    archive.by_name("OEBPS/text-01.xhtml").unwrap().read_to_string(&mut text).unwrap();
    let head = text.find("<thead>").unwrap()..text.find("</thead>").unwrap();
    assert!(!text[head].contains("pagebreak"), "page 2 begins within the table: {text}");
}

#[test]
fn the_last_row_of_a_table_does_not_go_overleaf_alone() {
    let rows = |page: &Page| words(page).iter().filter(|line| line.starts_with("film ")).count();
    for lines in 0..12 {
        let pages = set(&tabled(lines, 30, ""));
        let parts: Vec<usize> = pages.pages.iter().map(rows).filter(|rows| *rows > 0).collect();
        assert_eq!(parts.iter().sum::<usize>(), 30);
        assert!(parts.iter().all(|rows| *rows > 1), "{lines} lines above: {parts:?}");
    }
}

#[test]
fn one_row_of_white_parts_a_picture_from_a_table_as_from_text() {
    let after = "\n![A boat](boat.jpg)\n\nBehind it.\n";
    let book = tabled(2, 3, after).load().book.unwrap();
    let grid = layout::Grid::for_book(&book);
    let pages = layout::paginate(&book, &Faces::load(&book.fonts).unwrap());
    let page = page_with(&pages, "film 2");
    let picture = page.items.iter().find_map(|item| match item {
        Item::Picture(placed) => Some(placed.frame),
        _ => None,
    });
    let last = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if run.text.starts_with("film 2") => Some(run.origin.y),
        _ => None,
    });
    let white = picture.unwrap().y - last.max().unwrap();
    assert!(white > grid.leading && white < grid.leading * 3, "{white:?}");
}

#[test]
fn a_picture_that_is_not_there_is_found_where_the_text_names_it() {
    let fixture = BookFixture::with_pages(&["text: texts/a.md"])
        .file(
            "texts/a.md",
            "Words.\n\n![A boat](bot.jpg)\n\n![](boat.jpg)\n\n![x](https://a.b/c.jpg)\n",
        )
        .photo("texts/boat.jpg", 300, 200);
    let loaded = fixture.load();
    let findings = &loaded.findings;
    let told: Vec<_> = findings
        .iter()
        .map(|it| {
            let at = it.at.as_ref().unwrap();
            (it.code.name(), at.file.ends_with("texts/a.md"), at.line, at.column)
        })
        .collect();
    assert_eq!(
        told,
        [("photo-missing", true, 3, 1), ("alt-missing", true, 5, 1), ("photo-missing", true, 7, 1)]
    );
    assert_eq!(findings[0].help.as_deref(), Some("texts/boat.jpg is there"));
}

#[test]
fn the_e_book_has_the_same_forms() {
    let fixture = forms();
    let book = fixture.load().book.unwrap();
    let written = crate::epub::written(&book);
    let mut archive = zip::ZipArchive::new(Cursor::new(written)).unwrap();
    let mut text = String::new();
    archive.by_name("OEBPS/text-01.xhtml").unwrap().read_to_string(&mut text).unwrap();
    for part in [
        "<a class=\"noteref\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"#note-2\" id=\"noteref-2\">2</a>",
        "<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"note-1\">",
        "<a href=\"#noteref-1\" role=\"doc-backlink\">1</a> Of the title.",
        "<th class=\"end\" scope=\"col\">Speed</th>",
        "<td class=\"end\">1600<a class=\"noteref\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"#note-2\">2</a></td>",
        "<dt>Hood</dt>",
        "<img src=\"images/f0001.jpg\" alt=\"A boat\" width=\"300\" height=\"200\"/>",
        "<figcaption>A <em>boat</em> at sea.</figcaption>",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(archive.by_name("OEBPS/images/f0001.jpg").is_ok());
}

/// The essay that is set as a proof, twenty pages of it.
const ESSAY: &str = include_str!("../essay/the-slow-picture.md");

/// A paragraph's words as one string, the marks of its notes included.
fn paragraphs_of(book: &Book) -> Vec<(bool, Vec<Span>)> {
    let Entry::Essay(essay) = &book.entries[0] else { panic!("the essay is not there") };
    let mut found = Vec::new();
    let mut follows = false;
    for block in &essay.blocks {
        if let Block::Paragraph(content) = block {
            let mut spans = Vec::new();
            say(content, false, &mut spans);
            found.push((follows, spans));
        }
        follows = matches!(block, Block::Paragraph(_));
    }
    found
}

fn say(content: &[Inline], italic: bool, spans: &mut Vec<Span>) {
    let style = Style {
        family: Family::Serif,
        slant: if italic { Slant::Italic } else { Slant::Upright },
        weight: Weight::Regular,
        size: Length::pt(10),
        tracking: 0,
        capitals: Capitals::SmallForAbbreviations,
        figures: Figures::OldStyle,
        ink: recto::model::Ink::BLACK,
    };
    for inline in content {
        match inline {
            Inline::Text(text) => {
                spans.push(Span { text: text.clone(), style: style.clone(), link: None });
            }
            Inline::Emphasis(inner) => say(inner, true, spans),
            Inline::Note(note) => spans.push(Span {
                text: note.number.to_string(),
                style: Style {
                    figures: Figures::Superior,
                    capitals: Capitals::AsWritten,
                    ..style.clone()
                },
                link: Some(typeset::Anchor::Note(note.number)),
            }),
            other => panic!("the essay has no {other:?} in a paragraph"),
        }
    }
}

fn line_words(line: &Line) -> String {
    let words: String = line.runs.iter().map(|run| &*run.text).collect();
    words.trim().to_owned()
}

/// What is asked of a page by those who set books for a living: even spaces, few hyphens, no
/// line left alone.
#[test]
fn twenty_pages_of_prose_are_set_as_a_book_is() {
    let fixture = BookFixture::with_pages(&["text: essay.md"]).file("essay.md", ESSAY);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let measure = layout::Grid::for_book(&book).measure;

    let mut firsts = Vec::new();
    let mut lasts = Vec::new();
    let mut all = Vec::new();
    for (follows, spans) in paragraphs_of(&book) {
        let paragraph = Paragraph { spans, language: book.language.clone() };
        let setting = Setting {
            measure,
            indent: if follows { Length::pt(10) } else { Length::ZERO },
            align: Align::Justified,
            hyphenate: true,
        };
        let lines = typeset::set(&faces, &paragraph, &setting);
        let mut hyphens = 0;
        for line in &lines {
            assert!((-1000..=1000).contains(&line.ratio), "{} {}", line.ratio, line_words(line));
            hyphens = if line.hyphenated { hyphens + 1 } else { 0 };
            assert!(hyphens <= 2, "{}", line_words(line));
        }
        if lines.len() > 1 {
            firsts.push(line_words(&lines[0]));
            lasts.push(line_words(&lines[lines.len() - 1]));
        }
        all.extend(lines.iter().map(line_words));
    }

    let text_pages: Vec<_> = pages.pages.iter().filter(|page| page.entry.is_some()).collect();
    assert!(text_pages.len() >= 20, "{} pages", text_pages.len());
    let mut seen = 0;
    for page in &text_pages {
        let body: Vec<_> = words(page).into_iter().filter(|line| all.contains(line)).collect();
        seen += body.len();
        if let (Some(head), Some(foot)) = (body.first(), body.last()) {
            assert!(!lasts.contains(head), "a widow: {head}");
            assert!(!firsts.contains(foot), "an orphan: {foot}");
        }
    }
    // The pages show the very lines that were judged.
    assert_eq!(seen, all.len());
}

#[test]
fn the_machine_s_fonts_are_offered_until_nothing_is_missing() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("fonts"), root.join("book/fonts")];
    let missing = ['새', '벽'];
    let mut taken = Vec::new();
    recto::manifest::system_fonts(&folders, &mut |file| {
        let has = Faces::supported_characters(&file, &missing);
        if !has.is_empty() {
            assert_eq!(has.len(), 2);
            taken.push(file);
        }
        taken.is_empty()
    });
    assert_eq!(taken.len(), 1);
    assert!(taken[0].name.ends_with("book/fonts/RectoHangul-Regular.otf"), "{}", taken[0].name);

    // The same words as before, and now every letter has a face.
    let fixture = BookFixture::with_pages(&["text: \"새벽\\n\""]);
    let mut book = fixture.load().book.unwrap();
    assert_eq!(
        preflight::missing_characters(&book, &Faces::load(&book.fonts).unwrap()),
        ['벽', '새']
    );
    book.fonts.fallback = recto::model::Fallback::Files(taken);
    assert!(preflight::missing_characters(&book, &Faces::load(&book.fonts).unwrap()).is_empty());
}

#[test]
fn arabic_hebrew_and_singletons_need_no_other_font() {
    let words = "السلام على الماء. שלום עולם. 10 \u{212B}, 5 \u{2126}";
    let fixture = BookFixture::with_pages(&[&format!("text: \"{words}\\n\"")]);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    assert!(preflight::missing_characters(&book, &faces).is_empty());
    let pages = layout::paginate(&book, &faces);
    let page = page_with(&pages, "\u{212B}");
    // Shown as the letter with its ring, said as it was written.
    assert!(page.items.iter().all(|item| match item {
        Item::Glyphs(run) => run.glyphs.iter().all(|glyph| glyph.id != 0),
        _ => true,
    }));
}
