//! Texts with notes, tables, lists and figures, from Markdown to printed pages and e-books.

use std::fmt::Write as _;

use recto::finding::{Code, Finding};
use recto::layout;
use recto::model::{Block, Book, Edition, Entry, Inline, Item, Length, Page, Pages, Rule};
use recto::preflight;
use recto::typeset::{
    self, Align, Capitals, Faces, Figures, Line, Paragraph, Setting, Slant, Span, Style,
};

use crate::support::books;
use crate::support::fixture::{BookFixture, lines};
use crate::support::styles::plain;

const TEXT: &str = "# Forms[^title]\n\n\
    A first paragraph with a note[^one] and [a link](https://example.org/a/b).\n\n\
    | Film | Speed |\n|:--|--:|\n| slow | 50 |\n| fast | 1600[^one] |\n\n\
    Hood\n: It shades.\n\n\
    ![A boat](boat.jpg \"A *boat* at sea.\")\n\n\
    The last paragraph.\n\n\
    [^one]: The *first* note.\n[^title]: Of the title.\n";

fn fixture() -> BookFixture {
    BookFixture::with_pages(&["text: texts/forms.md", "{ photo: texts/boat.jpg, alt: A boat. }"])
        .file("texts/forms.md", TEXT)
        .photo("texts/boat.jpg", 300, 200)
}

fn paginate(fixture: &BookFixture) -> Pages {
    books::paginate(&fixture.load().book.unwrap())
}

/// The text of a page, line by line.
fn text_lines(page: &Page) -> Vec<String> {
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
    pages.pages.iter().find(|page| text_lines(page).iter().any(|line| line.contains(text))).unwrap()
}

fn rules(page: &Page) -> Vec<&Rule> {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.collect()
}

#[test]
fn a_text_is_loaded_with_its_pictures() {
    let loaded = fixture().load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    assert_eq!(loaded.book.unwrap().picture_count(), 2);
}

#[test]
fn notes_and_links_are_footnotes_in_order() {
    let pages = paginate(&fixture());
    let page = page_with(&pages, "A first paragraph");
    let lines = text_lines(page);
    assert!(lines.contains(&"A first paragraph with a note2 and a link.3".to_owned()), "{lines:?}");
    let foot: Vec<_> = lines.iter().rev().take(3).rev().collect();
    assert_eq!(foot, ["1Of the title.", "2The first note.", "3example.org/a/b"]);
    // A table has a rule under its headings and one at its end; footnotes have one above them.
    assert_eq!(rules(page).len(), 3);
    assert!(!pages.bookmarks[0].title.contains('1'), "{:?}", pages.bookmarks[0]);
}

#[test]
fn plain_links_have_no_footnotes() {
    let fixture = fixture();
    let mut book = fixture.load().book.unwrap();
    book.print.links = recto::model::Links::Plain;
    let pages = books::paginate(&book);
    let lines = text_lines(page_with(&pages, "A first paragraph"));
    assert!(lines.contains(&"A first paragraph with a note2 and a link.".to_owned()), "{lines:?}");
}

#[test]
fn no_page_of_a_text_has_two_pictures() {
    let boat = "![A boat](boat.jpg)\n\nWords between them.\n\n".repeat(5);
    let fixture = BookFixture::with_pages(&["text: forms.md"])
        .file("forms.md", boat)
        .photo("boat.jpg", 300, 90);
    let pages = paginate(&fixture);
    let counts = pages
        .pages
        .iter()
        .map(|page| page.items.iter().filter(|item| matches!(item, Item::Picture(_))).count());
    let counts: Vec<usize> = counts.collect();
    assert_eq!(counts.iter().sum::<usize>(), 5);
    assert!(counts.iter().all(|count| *count <= 1), "{counts:?}");
}

/// The findings of a print PDF with this text.
fn findings_of_text(text: &str) -> Vec<Finding> {
    let fixture = BookFixture::with_pages(&["text: wide.md"]).file("wide.md", text);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    preflight::findings(&book, &pages, &faces, Edition::Print.into())
}

#[test]
fn a_table_that_is_too_wide_is_reported() {
    let word = "Donaudampfschifffahrtsgesellschaftskapitän";
    let table = format!("| {word} | {word} | {word} |\n|--|--|--|\n| a | b | c |\n");
    let findings = findings_of_text(&table);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code, Code::TableTooWide);
}

#[test]
fn a_table_is_as_wide_as_the_quote_that_contains_it() {
    let word = "Donaudampfschifffahrt";
    let rows = [format!("| {word} | {word} |"), "|--|--|".to_owned(), "| a | b |".to_owned()];
    assert_eq!(findings_of_text(&rows.join("\n")), []);
    let quoted = rows.map(|row| format!("{}{row}", "> ".repeat(8)));
    let findings = findings_of_text(&quoted.join("\n"));
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code, Code::TableTooWide);
}

/// An essay of lines and a table of rows, followed by other text.
fn with_table(lines: usize, rows: usize, after: &str) -> BookFixture {
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
fn the_headings_of_a_table_are_repeated_on_the_next_page() {
    let fixture = with_table(5, 60, "");
    let pages = paginate(&fixture);
    let mut parts = 0;
    for page in &pages.pages {
        let lines = text_lines(page);
        let Some(first) = lines.iter().position(|line| line.starts_with("film ")) else { continue };
        assert_eq!(lines[first - 1], "FilmSpeed", "{lines:?}");
        assert_eq!(lines.iter().filter(|line| *line == "FilmSpeed").count(), 1);
        parts += 1;
        // Repeated headings are marked, so that screen readers skip them.
        let repeated =
            page.items.iter().filter(|item| matches!(item, Item::Glyphs(run) if run.is_repeated));
        assert_eq!(repeated.count(), if parts == 1 { 0 } else { 2 });
    }
    assert!(parts >= 2, "{parts}");
    let book = fixture.load().book.unwrap();
    let text = crate::epub::written_with(&book, &pages).text("text-01.xhtml");
    let head = text.find("<thead>").unwrap()..text.find("</thead>").unwrap();
    assert!(!text[head].contains("pagebreak"), "page 2 begins within the table: {text}");
}

#[test]
fn the_last_row_of_a_table_is_not_alone_on_a_page() {
    let rows =
        |page: &Page| text_lines(page).iter().filter(|line| line.starts_with("film ")).count();
    for lines in 0..12 {
        let pages = paginate(&with_table(lines, 30, ""));
        let parts: Vec<usize> = pages.pages.iter().map(rows).filter(|rows| *rows > 0).collect();
        assert_eq!(parts.iter().sum::<usize>(), 30);
        assert!(parts.iter().all(|rows| *rows > 1), "{lines} lines above: {parts:?}");
    }
}

#[test]
fn a_picture_is_one_line_away_from_a_table() {
    let after = "\n![A boat](boat.jpg)\n\nBehind it.\n";
    let book = with_table(2, 3, after).load().book.unwrap();
    let grid = layout::Grid::for_book(&book);
    let pages = books::paginate(&book);
    let page = page_with(&pages, "film 2");
    let picture = page.items.iter().find_map(|item| match item {
        Item::Picture(placed) => Some(placed.frame),
        _ => None,
    });
    let last = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if run.text.starts_with("film 2") => Some(run.origin.y),
        _ => None,
    });
    let space = picture.unwrap().y - last.max().unwrap();
    assert!(space > grid.leading && space < grid.leading * 3, "{space:?}");
}

#[test]
fn a_picture_at_the_end_of_a_text_is_printed_whatever_it_follows() {
    let blocks = [
        "A paragraph.",
        "| Film |\n|--|\n| slow |",
        "> A quotation.",
        "> First line,\\\n> second line.",
        "- item",
        "Hood\n: It shades.",
        "```\ncode\n```",
        "## Heading",
        "***",
        "![First](boat.jpg)",
    ];
    for design in ["classic", "modern", "exhibition", "newspaper", "album"] {
        for block in blocks {
            let text = format!("# Forms\n\nText.\n\n{block}\n\n![A boat](boat.jpg)\n");
            let manifest = format!(
                "title: Forms\nlanguage: en\ndesign: {design}\npages:\n  - text: forms.md\n"
            );
            let fixture = BookFixture::new(&manifest).file("forms.md", text);
            let pages = paginate(&fixture.photo("boat.jpg", 300, 200));
            let photos: usize = pages.pages.iter().map(|page| books::pictures(page).len()).sum();
            assert_eq!(photos, block.matches("![").count() + 1, "{design}: {block}");
        }
    }
}

#[test]
fn a_picture_without_room_below_a_title_is_on_the_next_page() {
    for design in ["classic", "modern", "exhibition", "newspaper", "album"] {
        for words in [1, 12, 24] {
            for (width, height) in [(300, 200), (200, 300), (100, 300)] {
                let title = "A long title ".repeat(words);
                let manifest = format!(
                    "title: Forms\nlanguage: en\ndesign: {design}\npages:\n  - text: forms.md\n  - text: \"# Two\"\n"
                );
                let text = format!("# {title}\n\n![A boat](boat.jpg)\n");
                let fixture = BookFixture::new(&manifest).file("forms.md", text);
                let pages = paginate(&fixture.photo("boat.jpg", width, height));
                let photos: usize =
                    pages.pages.iter().map(|page| books::pictures(page).len()).sum();
                assert_eq!(photos, 1, "{design}: {words}, {width} × {height}");
            }
        }
    }
}

#[test]
fn a_missing_picture_is_reported_at_its_position_in_the_text() {
    let fixture = BookFixture::with_pages(&["text: texts/a.md"])
        .file(
            "texts/a.md",
            "Words.\n\n![A boat](bot.jpg)\n\n![](boat.jpg)\n\n![x](https://a.b/c.jpg)\n",
        )
        .photo("texts/boat.jpg", 300, 200);
    let loaded = fixture.load();
    let findings = &loaded.findings;
    let locations: Vec<_> = findings
        .iter()
        .map(|it| {
            let at = it.at.as_ref().unwrap();
            (it.code.name(), at.file.ends_with("texts/a.md"), at.line, at.column)
        })
        .collect();
    assert_eq!(
        locations,
        [("photo-missing", true, 3, 1), ("alt-missing", true, 5, 1), ("photo-missing", true, 7, 1)]
    );
    assert_eq!(findings[0].help.as_deref(), Some("texts/boat.jpg is there"));
}

#[test]
fn the_e_book_has_notes_tables_lists_and_figures() {
    let fixture = fixture();
    let book = fixture.load().book.unwrap();
    let epub = crate::epub::written(&book);
    let text = epub.text("text-01.xhtml");
    for part in [
        "<a class=\"noteref\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"#note-2\" id=\"noteref-2\">2</a>",
        "<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"note-1\">",
        "<a href=\"#noteref-1\" role=\"doc-backlink\">1</a> Of the title.",
        "<th class=\"end\" scope=\"col\">Speed</th>",
        "<td class=\"end nowrap\">1600<a class=\"noteref\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"#note-2\">2</a></td>",
        "<dt>Hood</dt>",
        "<img src=\"images/f0001.jpg\" alt=\"A boat\" width=\"300\" height=\"200\"/>",
        "<figcaption>A <em>boat</em> at sea.</figcaption>",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(epub.names().contains(&"OEBPS/images/f0001.jpg".to_owned()));
}

/// An essay of twenty pages.
const ESSAY: &str = include_str!("../essay/the-slow-picture.md");

/// The paragraphs with the references of their notes, and whether each follows another paragraph.
fn paragraphs(book: &Book) -> Vec<(bool, Vec<Span>)> {
    let Entry::Essay(essay) = &book.entries[0] else { panic!("the book has no essay") };
    let mut found = Vec::new();
    let mut follows = false;
    for block in &essay.blocks {
        if let Block::Paragraph(content) = block {
            let mut spans = Vec::new();
            add_spans(content, false, &mut spans);
            found.push((follows, spans));
        }
        follows = matches!(block, Block::Paragraph(_));
    }
    found
}

fn add_spans(content: &[Inline], italic: bool, spans: &mut Vec<Span>) {
    let style = Style {
        slant: if italic { Slant::Italic } else { Slant::Upright },
        capitals: Capitals::SmallForAbbreviations,
        ..plain()
    };
    for inline in content {
        match inline {
            Inline::Text(text) => {
                spans.push(Span::new(text.clone(), style.clone()));
            }
            Inline::Emphasis(inner) => add_spans(inner, true, spans),
            Inline::Note(note) => {
                let style = Style {
                    figures: Figures::Superior,
                    capitals: Capitals::AsWritten,
                    ..style.clone()
                };
                spans.push(Span {
                    link: Some(typeset::Anchor::Note(note.number)),
                    ..Span::new(note.number.to_string(), style)
                });
            }
            other => panic!("the essay has no {other:?} in a paragraph"),
        }
    }
}

fn line_text(line: &Line) -> String {
    let words: String = line.runs.iter().map(|run| &*run.text).collect();
    words.trim().to_owned()
}

/// Even word spaces, few hyphens in a row, no widows and orphans.
#[test]
fn twenty_pages_of_prose_have_good_spacing_and_page_breaks() {
    let fixture = BookFixture::with_pages(&["text: essay.md"]).file("essay.md", ESSAY);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let measure = layout::Grid::for_book(&book).measure;

    let mut firsts = Vec::new();
    let mut lasts = Vec::new();
    let mut all = Vec::new();
    for (follows, spans) in paragraphs(&book) {
        let paragraph = Paragraph { spans, language: book.language.clone() };
        let setting = Setting {
            measure,
            indent: if follows { Length::pt(10) } else { Length::ZERO },
            align: Align::Justified,
            hyphenate: true,
            is_title: false,
        };
        let lines = typeset::set(&faces, &paragraph, &setting);
        let mut hyphens = 0;
        for line in &lines {
            assert!((-1000..=1000).contains(&line.ratio), "{} {}", line.ratio, line_text(line));
            hyphens = if line.hyphenated { hyphens + 1 } else { 0 };
            assert!(hyphens <= 2, "{}", line_text(line));
        }
        if lines.len() > 1 {
            firsts.push(line_text(&lines[0]));
            lasts.push(line_text(&lines[lines.len() - 1]));
        }
        all.extend(lines.iter().map(line_text));
    }

    let text_pages: Vec<_> = pages.pages.iter().filter(|page| page.entry.is_some()).collect();
    assert!(text_pages.len() >= 20, "{} pages", text_pages.len());
    let mut seen = 0;
    for page in &text_pages {
        let body: Vec<_> = text_lines(page).into_iter().filter(|line| all.contains(line)).collect();
        seen += body.len();
        if let (Some(head), Some(foot)) = (body.first(), body.last()) {
            assert!(!lasts.contains(head), "a widow: {head}");
            assert!(!firsts.contains(foot), "an orphan: {foot}");
        }
    }
    // The pages have exactly the lines that were checked.
    assert_eq!(seen, all.len());
}

#[test]
fn system_fonts_are_searched_until_no_character_is_missing() {
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

    // With the font, no character is missing.
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
fn the_bundled_fonts_have_arabic_hebrew_and_singletons() {
    let words = "السلام على الماء. שלום עולם. 10 \u{212B}, 5 \u{2126}";
    let fixture = BookFixture::with_pages(&[&format!("text: \"{words}\\n\"")]);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    assert!(preflight::missing_characters(&book, &faces).is_empty());
    let pages = layout::paginate(&book, &faces);
    let page = page_with(&pages, "\u{212B}");
    // Shown as the letter with a ring, but extracted as written.
    assert!(page.items.iter().all(|item| match item {
        Item::Glyphs(run) => run.glyphs.iter().all(|glyph| glyph.id != 0),
        _ => true,
    }));
}
