//! Texts with everything in them, from Markdown to printed pages and e-books.

use std::io::{Cursor, Read};

use recto::layout;
use recto::model::{Item, Page, Pages, Rule};
use recto::preflight;
use recto::typeset::Faces;

use crate::fixture::{BookFixture, lines};

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
    let findings = preflight::pages(&book, &pages, &faces, &["print"]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code, "table-too-wide");
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
            (it.code, at.file.ends_with("texts/a.md"), at.line, at.column)
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
