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
    assert!(page.contains("https://<wbr/>wortzwischenraum<wbr/>.example."), "{page}");
}

#[test]
fn all_titles_of_a_level_have_the_size_of_the_longest_word_and_keep_words_together() {
    let files = german();
    let page = &files["text-01.xhtml"];
    let title = "<h1 class=\"fitted\"><span>Vom \
                 <span class=\"word\">Hoch\u{ad}was\u{ad}ser\u{ad}schutz</span></span></h1>";
    assert!(page.contains(title), "{page}");
    let css = &files["stylesheet.css"];
    assert!(css.contains("\n.titlepage h1 { --letters: 27; "), "{css}");
    assert!(css.contains("\nh1 { --letters: 16; "), "{css}");
    let short = &files["chapter-01.xhtml"];
    assert!(short.contains("<h1 class=\"fitted\"><span>Januar</span></h1>"), "{short}");
    let contents = &files["nav.xhtml"];
    assert!(
        contents.contains("class=\"fitted\">") && contents.contains("<span>Inhalt</span>"),
        "{contents}"
    );
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
    assert!(wide.contains("<body class=\"wide\">\n<div class=\"plate\" id=\"plate-2\">"), "{wide}");
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

#[test]
fn the_publisher_and_the_last_lines_under_a_picture_are_not_alone_on_a_screen() {
    let css = &german()["stylesheet.css"];
    let avoids = |selector: &str| {
        let rule = css.split('}').find(|rule| {
            rule.contains("break-before: avoid")
                && rule.split('{').next().is_some_and(|it| {
                    it.lines().any(|line| {
                        line.split(", ").any(|one| one.trim_end_matches(',').trim() == selector)
                    })
                })
        });
        rule.is_some()
    };
    for selector in [
        ".publisher",
        ".imprint p:last-child",
        ".contents li:last-child",
        "figcaption .credit",
        "figcaption p.where",
    ] {
        assert!(avoids(selector), "{selector}");
    }
}

#[test]
fn the_picture_of_an_opening_is_a_plate_on_a_screen_of_its_own() {
    let book = BookFixture::with_pages(&["{ chapter: January, photo: a.jpg, alt: A road. }"]);
    let page = &files(&book.photo("a.jpg", 300, 200))["chapter-01.xhtml"];
    let (plate, opening) = page.split_once("<section class=\"chapter\"").unwrap();
    assert!(
        plate.contains("<div class=\"plate opener\">\n<figure style=\"--shape: 1.500;"),
        "{page}"
    );
    assert!(plate.contains("style=\"width: min(100%, 300px, var(--width, 100%))\""), "{page}");
    assert!(!opening.contains("<img"), "{page}");
}

#[test]
fn long_entries_of_the_contents_hang() {
    let css = &german()["stylesheet.css"];
    let rule = ".contents li {\n  margin-top: 0.4em;\n  padding-inline-start: 1em;\n  text-indent: -1em;\n}";
    assert!(css.contains(rule), "{css}");
}

#[test]
fn the_contents_say_how_high_they_are() {
    let page = &german()["nav.xhtml"];
    assert!(page.contains("style=\"--lines: 2\""), "{page}");
}

#[test]
fn a_title_is_divided_after_a_colon_first() {
    let book =
        BookFixture::with_pages(&["chapter: \"Part: the *shore*\"", "{ photo: a.jpg, alt: A. }"]);
    let page = &files(&book.small_photos(&["a.jpg"]))["chapter-01.xhtml"];
    let title =
        "<span class=\"phrase\">Part:</span> <span class=\"phrase\">the</span> <em>shore</em>";
    assert!(page.contains(title), "{page}");
}

const TWO: &str = "title: Winter
languages-together: [de, en]
language: de
pages:
  - text:
      de: \"# Zahlen\\n\\n|Jahr|Ernte|Bemerkung|\\n|---|--:|---|\\n|1931|4210 kg|Gutes Obstjahr, wenig Wespen|\"
      en: \"# Figures\\n\\n|Year|Crop|Note|\\n|---|--:|---|\\n|1931|4210 kg|Good|\"
  - photo: a.jpg
    alt: { de: Eis, en: Ice }
    caption: { de: Eis., en: Ice. }
    place: Nes
    taken: 2026
  - photo: b.jpg
    alt: { de: Watt, en: Mud }
    caption: { de: Watt., en: Mud. }
    place: { de: Norwegen, en: Norway }
";

fn two() -> BTreeMap<String, String> {
    files(&BookFixture::new(TWO).small_photos(&["a.jpg", "b.jpg"]))
}

#[test]
fn a_table_has_one_form_in_all_languages_and_keeps_numbers_with_their_units() {
    let files = two();
    let page = files.iter().filter(|(name, _)| name.starts_with("text-"));
    let text: String = page.map(|(_, text)| text.as_str()).collect();
    let classes: Vec<_> =
        text.split("class=\"table").skip(1).map(|it| it.split('"').next()).collect();
    assert_eq!(classes.len(), 2, "{text}");
    assert!(
        classes[0] == classes[1] && classes[0].is_some_and(|it| it.contains("list-below")),
        "{classes:?}"
    );
    let cells = "<td class=\"end nowrap\" data-label";
    assert_eq!(text.matches(cells).count(), 2, "{text}");
}

#[test]
fn a_place_and_date_that_all_languages_have_in_common_stand_once() {
    let files = two();
    let pages: String = files
        .iter()
        .filter(|(name, _)| name.starts_with("plates-"))
        .map(|(_, page)| page.as_str())
        .collect();
    assert_eq!(pages.matches("<bdi>Nes</bdi>").count(), 1, "{pages}");
    assert!(pages.contains("</div>\n<p class=\"where\"><bdi>Nes</bdi>"), "{pages}");
    assert!(pages.contains("Norwegen") && pages.contains("Norway"), "{pages}");
}

#[test]
fn a_second_language_is_italic_in_every_role() {
    let css = &two()["stylesheet.css"];
    let rules = css.split("/* Texts in other languages. */").nth(1).unwrap();
    let rules = rules.split("/*").next().unwrap();
    assert!(rules.contains(".translation {\n  font-style: italic;"), "{rules}");
    // What is italic in the first language as well has a lighter ink.
    assert!(rules.contains(".subtitle.translation {\n  opacity: 0.72;"), "{rules}");
    assert_eq!(rules.matches("font-style: normal").count(), 1, "{rules}");
}

#[test]
fn what_is_below_a_centred_title_is_centred_and_a_newspaper_has_its_rules_everywhere() {
    let css = |design: &str, edition| {
        let pages = "pages:\n  - chapter: January\n  - { photo: a.jpg, alt: A. }\n";
        let manifest = format!("title: W\ndesign: {design}\noffline: {{ include: [] }}\n{pages}");
        let files = epub::files(&BookFixture::new(&manifest).small_photos(&["a.jpg"]), edition);
        let css = files
            .into_iter()
            .find(|(name, _)| name.ends_with("book.css") || name.ends_with("stylesheet.css"))
            .unwrap()
            .1;
        String::from_utf8(css).unwrap()
    };
    for design in ["album", "exhibition"] {
        let css = css(design, Edition::Epub);
        assert!(css.contains(".contents ol, .imprint p, .colophon p"), "{css}");
    }
    let offline = css("newspaper", Edition::Offline);
    let rule = "main > .essay > h2, main > .chapter > h2, main > .colophon > h2 {\n  padding-top: 0.4em;\n  border-top: 1px solid;";
    assert!(offline.contains(rule), "{offline}");
}

#[test]
fn a_text_without_a_title_is_listed_by_its_first_words_and_not_by_its_dateline() {
    let manifest = "title: W\npages:\n  - { text: It snowed all night., dateline: Oslo }\n  \
        - { photo: a.jpg, alt: A. }\n";
    let files = files(&BookFixture::new(manifest).small_photos(&["a.jpg"]));
    let page = files.iter().find(|(_, page)| page.contains("<p class=\"dateline\">Oslo</p>"));
    let (_, page) = page.unwrap();
    assert!(page.contains("<title>It snowed all night</title>"), "{page}");
}

#[test]
fn the_dateline_is_below_a_deck_as_in_print() {
    let manifest = |page: &str, design: &str| {
        format!(
            "title: W\ndesign: {design}\noffline: {{}}\npages:\n  - {page}\n    dateline: Oslo\n  \
             - {{ photo: a.jpg, alt: A. }}\n"
        )
    };
    let deck = "Over the ice";
    let below = format!("{deck}</span></h2>\n<p class=\"dateline\">Oslo</p>\n<p>The road goes on.");
    let section = format!("<p class=\"dateline\">Oslo</p>\n<h2 class=\"fitted\"><span>{deck}");
    for (page, expected) in [
        ("text: \"# January\\n\\n## Over the ice\\n\\nThe road goes on.\"", &below),
        ("chapter: January\n    intro: \"## Over the ice\\n\\nThe road goes on.\"", &below),
        ("part: January\n    intro: \"## Over the ice\\n\\nThe road goes on.\"", &below),
        // One of several sections is no deck.
        (
            "text: \"# January\\n\\n## Over the ice\\n\\nThe road.\\n\\n## Home\\n\\nIt ends.\"",
            &section,
        ),
    ] {
        let fixture = BookFixture::new(&manifest(page, "classic")).small_photos(&["a.jpg"]);
        for edition in [Edition::Epub, Edition::Offline] {
            // Offline, headings are a level lower.
            let all = texts(&fixture, edition).replace("h3", "h2");
            assert!(all.contains(expected.as_str()), "{page}, {edition:?}: {all}");
        }
    }
    // In a newspaper, the first paragraph may be a deck, where the photo is on the page of the title.
    let page = "text: \"# January\\n\\nA cold month.\\n\\nThe road goes on along the coast, past it all.\"";
    for (photo, above) in [("", "A cold month.</p>\n"), ("keep-with-next: true", "</h1>\n")] {
        let text = manifest(page, "newspaper").replace("alt: A.", &format!("alt: A., {photo}"));
        let all = texts(&BookFixture::new(&text).small_photos(&["a.jpg"]), Edition::Epub);
        assert!(all.contains(&format!("{above}<p class=\"dateline\">Oslo</p>")), "{all}");
    }
}

/// All texts of an e-book or of the offline edition.
fn texts(fixture: &BookFixture, edition: Edition) -> String {
    let files = epub::files(fixture, edition).into_values();
    files.filter_map(|bytes| String::from_utf8(bytes).ok()).collect()
}

#[test]
fn a_newspaper_has_a_deck_where_a_photo_follows_a_title() {
    let newspaper = |design: &str, text: &str| {
        let pages = format!(
            "pages:\n  - {{ chapter: January, dateline: Oslo, intro: \"A cold month.\\n\\n{text}\" }}\n  \
             - {{ photo: a.jpg, alt: A. }}\n  - {{ chapter: May, intro: Warm. }}\n"
        );
        let manifest = format!("title: W\ndesign: {design}\n{pages}");
        files(&BookFixture::new(&manifest).small_photos(&["a.jpg"]))
    };
    let text = "It snowed until the end of the month.";
    let files = newspaper("newspaper", text);
    let (first, last) = (&files["chapter-01.xhtml"], &files["chapter-02.xhtml"]);
    assert!(first.contains("<section class=\"chapter deck\""), "{first}");
    assert!(last.contains("<section class=\"chapter\""), "{last}");
    assert!(
        first.contains("</h1>\n<p>A cold month.</p>\n<p class=\"dateline\">Oslo</p>\n<p>It"),
        "{first}"
    );
    // As in print, a deck is above a text that is longer than it, and in one design.
    for (design, text) in [("newspaper", "It snowed."), ("classic", text)] {
        let files = newspaper(design, text);
        assert!(files["chapter-01.xhtml"].contains("<section class=\"chapter\""), "{design}");
    }
}
