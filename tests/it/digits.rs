//! The digits of the numbers that recto writes: those that the author has in his texts, or those that
//! are usual in the language of the book.

use std::collections::BTreeMap;

use recto::model::{Book, Digits, Edition, Item, Page, Pages, PassageKind};

use crate::support::books::{self, text};
use crate::support::epub;
use crate::support::fixture::{BookFixture, has_errors};

fn load(manifest: &str) -> Book {
    let loaded = BookFixture::new(manifest).small_photos(&["a.jpg", "b.jpg"]).load();
    assert!(!has_errors(&loaded.findings), "{:?}", loaded.findings);
    loaded.book.unwrap()
}

/// The number 12 as recto writes it in a book in this language with this caption.
fn twelve(language: &str, caption: &str) -> String {
    let book = load(&format!(
        "title: T\nlanguage: {language}\npages:\n  - {{ photo: a.jpg, caption: \"{caption}\" }}\n"
    ));
    book.language.digits().write(12)
}

#[test]
fn numbers_have_the_digits_that_the_texts_have_more_often() {
    assert_eq!(twelve("ar", "صورة ٣ من ٤"), "١٢");
    assert_eq!(twelve("ar-EG", "صورة 3 من 4"), "12");
    assert_eq!(twelve("ar", "صورة ٣ عام 1984 في ٥ أيام"), "١٢");
    assert_eq!(twelve("ar", "صورة ٣ عام 1984"), "12", "as many of both");
    assert_eq!(twelve("fa", "عکس 3"), "12");
    assert_eq!(twelve("ur", "تصویر ۳"), "۱۲");
    assert_eq!(twelve("hi", "चित्र ३"), "१२");
    assert_eq!(twelve("km", "រូបភាព ៣"), "១២");
    // A Kurdish author may have the digits of either neighbour.
    assert_eq!(twelve("ckb", "وێنە ۳"), "۱۲");
}

#[test]
fn numbers_in_foreign_names_are_no_digits_of_the_author() {
    assert_eq!(twelve("ar", "الميناء عام ١٩٨٤، Leica M6, 35 mm, Tri-X 400."), "١٢");
    assert_eq!(twelve("mr", "बंदर, Leica M6, 35 mm"), "१२");
    assert_eq!(twelve("fa", "بندر `fig-3` 2 px"), "۱۲");
}

#[test]
fn without_numbers_in_the_texts_the_digits_are_those_of_the_country() {
    for (language, expected) in [
        ("ar", "12"),
        ("ar-MA", "12"),
        ("ar-EG", "١٢"),
        ("fa", "۱۲"),
        ("ur", "12"),
        ("ur-IN", "۱۲"),
        ("ne", "१२"),
        ("bn", "১২"),
        ("my", "၁၂"),
        ("he", "12"),
        ("hi", "12"),
    ] {
        assert_eq!(twelve(language, "…"), expected, "{language}");
    }
    assert_eq!(
        twelve("en", "A wall in Cairo: ١٩٨٤ and ١٩٨٥"),
        "12",
        "not of the script of English"
    );
}

const ARABIC: &str = "title: الميناء
language: ar
design: classic
date: 2026-11-22
publisher: دار المرفأ
identifier: isbn:978-3-16-148410-0
rights: \"© ٢٠٢٦ سلمى\"
index: places
print: { list-of-plates: list }
offline: {}
pages:
  - chapter: الأول
    intro: \"في عام ١٩٨٤ كان[^1] البحر.\\n\\n1. ماء\\n2. ملح\\n\\n[^1]: حاشية.\"
  - { photo: a.jpg, alt: A., caption: \"صورة\", place: بيروت, taken: \"2015-06-21\" }
  - { photo: b.jpg, alt: A., caption: \"أخرى\", place: صور, taken: 192X }
";

fn runs(page: &Page) -> impl Iterator<Item = (PassageKind, &str)> {
    page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some((run.passage.kind, &*run.text)),
        Item::Picture(_) | Item::Rule(_) => None,
    })
}

fn arabic() -> Pages {
    books::paginate(&load(ARABIC))
}

#[test]
fn the_printed_pages_have_one_set_of_digits() {
    let pages = arabic();
    for page in &pages.pages {
        let text = text(page);
        // An ISBN is the same in all languages.
        let rest = text.replace("978-3-16-148410-0", "");
        assert!(!rest.contains(|c: char| c.is_ascii_digit()), "{text}");
    }
    let all: String = pages.pages.iter().map(text).collect();
    for number in ["٢١ يونيو ٢٠١٥", "١٩٢٠–١٩٢٩", "دار المرفأ، ٢٠٢٦", "978-3-16-148410-0"]
    {
        assert!(all.contains(number), "{number} in {all}");
    }
    let of_kind = |kind| -> Vec<&str> {
        let runs = pages.pages.iter().flat_map(runs);
        runs.filter(|(it, _)| *it == kind).map(|(_, text)| text.trim()).collect()
    };
    assert_eq!(of_kind(PassageKind::Folio), ["٢", "٣"]);
    // The list, and the note at the foot.
    let marks = of_kind(PassageKind::Mark).concat();
    assert!(marks.contains("١.") && marks.contains("٢.") && marks.ends_with('١'), "{marks}");
}

#[test]
fn a_number_of_a_note_that_cannot_be_raised_is_in_brackets() {
    let all: String = arabic().pages.iter().map(text).collect();
    assert!(all.replace('\u{2060}', "").contains("كان(١) البحر"), "{all}");
}

fn ebook() -> BTreeMap<String, String> {
    let fixture = BookFixture::new(ARABIC).small_photos(&["a.jpg", "b.jpg"]);
    let files = epub::files(&fixture, Edition::Epub).into_iter();
    let text = |(name, bytes): (String, Vec<u8>)| {
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        Some((name, String::from_utf8(bytes).ok()?))
    };
    files.filter_map(text).collect()
}

#[test]
fn the_page_list_of_the_ebook_has_the_printed_numbers_and_plain_addresses() {
    let files = ebook();
    let chapter = &files["chapter-01.xhtml"];
    let mark = "<span id=\"page-2\" class=\"pagebreak\" epub:type=\"pagebreak\" \
                role=\"doc-pagebreak\" aria-label=\"٢\"/>";
    assert!(chapter.contains(mark), "{chapter}");
    let nav = &files["nav.xhtml"];
    assert!(nav.contains("#page-2\">٢</a>"), "{nav}");
    assert!(files["index.xhtml"].contains("\">٢</a>"), "{}", files["index.xhtml"]);
    // Programs read the number of NCX.
    let ncx = &files["toc.ncx"];
    assert!(ncx.contains("value=\"2\"") && ncx.contains("<text>٢</text>"), "{ncx}");
    assert!(ncx.contains("name=\"dtb:maxPageNumber\" content=\"2\""), "{ncx}");
}

#[test]
fn dates_notes_and_lists_of_the_ebook_have_the_digits_of_the_book() {
    let files = ebook();
    let chapter = &files["chapter-01.xhtml"];
    assert!(chapter.contains("<time datetime=\"2015-06-21\">٢١ يونيو ٢٠١٥</time>"), "{chapter}");
    assert!(chapter.contains("href=\"#note-1\" id=\"noteref-1\">١</a>"), "{chapter}");
    let imprint = &files["title.xhtml"];
    assert!(imprint.contains("<time datetime=\"2026-11-22\">٢٠٢٦</time>"), "{imprint}");
    assert!(imprint.contains("ISBN 978-3-16-148410-0"), "{imprint}");
    let css = &files["stylesheet.css"];
    assert!(css.contains("\nol {\n  list-style-type: arabic-indic;\n}"), "{css}");
}

#[test]
fn the_offline_edition_has_the_digits_of_the_book_in_its_viewer_too() {
    let fixture = BookFixture::new(ARABIC).small_photos(&["a.jpg", "b.jpg"]);
    let all: Vec<u8> = epub::files(&fixture, Edition::Offline).into_values().flatten().collect();
    let all = String::from_utf8_lossy(&all);
    assert!(all.contains("<template id=\"viewer\" data-digits=\"٠١٢٣٤٥٦٧٨٩\">"));
    assert!(all.contains("<time datetime=\"2015-06-21\">٢١ يونيو ٢٠١٥</time>"));
    assert!(all.contains("list-style-type: arabic-indic"));
}

#[test]
fn each_language_of_a_page_has_its_own_digits() {
    let book = load(
        "title: T\nlanguages-together: [en, ar]\nlanguages: [en, ar]\nindex: places\npages:\n  - photo: a.jpg\n    \
         caption: { en: In 1984., ar: \"عام ١٩٨٤.\" }\n    place: { en: Beirut, ar: بيروت }\n    \
         taken: \"2015-06-21\"\n",
    );
    assert_eq!(book.language.digits(), Digits::LATIN);
    let all: String = books::paginate(&book).pages.iter().map(text).collect();
    assert!(all.contains("21 June 2015") && all.contains("٢١ يونيو ٢٠١٥"), "{all}");
}
