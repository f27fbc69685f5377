//! What keeps e-books whole on small and on wide screens: long words, panoramas, full title pages.

use std::collections::BTreeMap;

use recto::build::{Project, ProjectOptions};
use recto::model::Edition;

use crate::support::epub;
use crate::support::fixture::{BookFixture, lines};

const GERMAN: &str = "title: Küstenlandschaftsfotografie
language: de
allow: resolution
pages:
  - text: \"# Vom Hochwasserschutz\\n\\nEin Wortzwischenraum steht in `Wortzwischenraum` und auf \
    https://wortzwischenraum.example.\"
  - chapter: Januar
  - { photo: a.jpg, caption: Das Watt., alt: Das Watt. }
";

/// The text files of the e-book by their names.
fn files(book: &BookFixture) -> BTreeMap<String, String> {
    let files = epub::files(book, Edition::Epub).into_iter();
    let text = |name: String, bytes: Vec<u8>| {
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        Some((name, String::from_utf8(bytes).ok()?))
    };
    files.filter_map(|(name, bytes)| text(name, bytes)).collect()
}

fn german() -> BTreeMap<String, String> {
    files(&BookFixture::new(GERMAN).small_photos(&["a.jpg"]))
}

#[test]
fn a_long_word_is_divided_by_soft_hyphens_except_in_code_and_addresses() {
    let page = &german()["text-01.xhtml"];
    assert!(page.contains("Ein Wort\u{ad}zwi\u{ad}schen\u{ad}raum steht"), "{page}");
    assert!(page.contains("<code>Wortzwischenraum</code>"), "{page}");
    assert!(page.contains("https://wortzwischenraum.example"), "{page}");
}

#[test]
fn a_title_says_how_long_its_longest_word_is_and_keeps_it_together() {
    let files = german();
    let page = &files["text-01.xhtml"];
    let title = "<h1 class=\"long letters-16\"><span>Vom \
                 <span class=\"word\">Hoch\u{ad}was\u{ad}ser\u{ad}schutz</span></span></h1>";
    assert!(page.contains(title), "{page}");
    assert!(files["title.xhtml"].contains("<h1 class=\"long letters-28\">"));
    assert!(files["stylesheet.css"].contains(".letters-28 { --letters: 28; }"));
    let short = &files["chapter-01.xhtml"];
    assert!(short.contains("<h1>Januar</h1>"), "{short}");
    // Lists of reading systems have the title as it is written.
    assert!(files["toc.ncx"].contains("Vom Hochwasserschutz"));
}

#[test]
fn a_panorama_has_a_file_of_its_own_where_it_takes_both_columns() {
    let book = BookFixture::with_pages(&[
        "chapter: January",
        "{ photo: a.jpg, alt: A road. }",
        "{ photo: wide.jpg, alt: A ridge. }",
        "{ photo: b.jpg, alt: A quay. }",
        "{ photo: c.jpg, alt: A boat. }",
    ]);
    let book = book.small_photos(&["a.jpg", "b.jpg", "c.jpg"]).photo("wide.jpg", 300, 100);
    let files = files(&book);
    let plates = |file: &str| files[file].matches("<figure").count();
    assert_eq!(plates("chapter-01.xhtml"), 1);
    assert_eq!(plates("chapter-01-2.xhtml"), 1);
    assert_eq!(plates("chapter-01-3.xhtml"), 2);
    let wide = &files["chapter-01-2.xhtml"];
    assert!(wide.contains("<div class=\"plate wide\" id=\"plate-2\">"), "{wide}");
    assert!(files["stylesheet.css"].contains("column-span: all"));
}

#[test]
fn plate_numbers_in_the_page_list_are_reported() {
    let findings = |allowed: &str| {
        let manifest = format!("title: A\n{allowed}\npages:\n  - {{ photo: a.jpg, alt: A. }}\n");
        let book = BookFixture::new(&manifest).small_photos(&["a.jpg"]);
        let loaded = Project::load(&book.path("book.yaml"), &ProjectOptions::default());
        lines(&loaded.project.unwrap().check(Edition::Epub.into()))
    };
    let found = findings("");
    assert!(found.iter().any(|line| line.contains("page-list")), "{found:?}");
    // An error that is accepted does not stop the print PDF.
    let found = findings("allow: resolution");
    assert!(found.iter().all(|line| !line.contains("page-list")), "{found:?}");
}

#[test]
fn latin_words_that_are_emphasized_in_korean_are_italic_and_have_no_dots() {
    let manifest = "title: A\nlanguage: ko\nallow: resolution\npages:\n  \
                    - text: \"*새벽 Kodak* 다음 *Tri-X*\"\n";
    let files = files(&BookFixture::new(manifest));
    let page = &files["text-01.xhtml"];
    assert!(page.contains("<em>새벽 <span class=\"latin\">Kodak</span></em>"), "{page}");
    assert!(page.contains("<em class=\"latin\">Tri-X</em>"), "{page}");
    assert!(files["stylesheet.css"].contains(".latin:lang(ko)"));
}
