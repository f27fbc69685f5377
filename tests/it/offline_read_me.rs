//! The text file that explains the offline edition to those who receive it.

use recto::model::{Book, Edition};
use recto::offline::read_me;

use crate::support::fixture::BookFixture;

/// The text about a book, with its marks of direction and its no-break spaces made visible.
fn text(manifest: &str) -> String {
    let text = raw(manifest);
    let visible = [('\u{200f}', "‹RLM›"), ('\u{200e}', "‹LRM›"), ('\u{a0}', "‹NBSP›")];
    let text = text.strip_prefix('\u{feff}').unwrap().replace("\r\n", "\n");
    visible.iter().fold(text, |text, (mark, name)| text.replace(*mark, name))
}

fn raw(manifest: &str) -> String {
    let book = book(manifest);
    let names: Vec<_> = book
        .offline
        .included()
        .iter()
        .map(|edition| (edition, edition.file_name("winter-road", book.offline.form)))
        .collect();
    let included: Vec<(Edition, &str)> =
        names.iter().map(|(edition, name)| (*edition, name.as_str())).collect();
    read_me(&book, &included)
}

fn book(manifest: &str) -> Book {
    let manifest = format!("{manifest}\npages:\n  - {{ photo: a.jpg, alt: A road. }}\n");
    BookFixture::new(&manifest).photo("a.jpg", 30, 20).load().book.unwrap()
}

/// Everything that a manifest can say about a book, with this title.
fn full(title: &str) -> String {
    format!(
        "{title}\n\
         creators: [Ada Field, {{ name: Ben Hill, role: author }}, {{ name: Cleo Ray, role: translator }}]\n\
         publisher: Shore Press\ndate: 2026-11-22\ncredit: Ada Field\ncredits: both\n\
         rights: © 2026 Ada Field\nlicense: https://creativecommons.org/licenses/by/4.0/\n\
         identifier: isbn:9780000000002\n\
         offline: {{ include: [epub, epub-fixed, print, screen] }}"
    )
}

#[test]
fn in_english() {
    let title = "title: Winter Road\nsubtitle: Twelve pictures along the coast";
    insta::assert_snapshot!("english", text(&full(title)));
}

#[test]
fn in_german() {
    let title = "title: Winterstraße\nsubtitle: Zwölf Bilder entlang der Küste\nlanguage: de";
    insta::assert_snapshot!("german", text(&full(title)));
}

#[test]
fn in_arabic() {
    let title = "title: طريق الشتاء\nsubtitle: اثنتا عشرة صورة على الساحل\nlanguage: ar";
    insta::assert_snapshot!("arabic", text(&full(title)));
}

#[test]
fn in_japanese() {
    let title = "title: 冬の道\nsubtitle: 海辺の写真十二点\nlanguage: ja";
    insta::assert_snapshot!("japanese", text(&full(title)));
}

#[test]
fn of_a_book_with_nothing_but_a_title() {
    for (language, name) in
        [("en", "english"), ("de", "german"), ("ar", "arabic"), ("ja", "japanese")]
    {
        let manifest = format!(
            "title: Winter Road\nlanguage: {language}\noffline: {{ form: folder, include: [] }}"
        );
        insta::assert_snapshot!(format!("{name}_bare"), text(&manifest));
    }
}

#[test]
fn in_two_languages_one_after_the_other() {
    let manifest = "title: { en: Winter Road, fr: Route d’hiver }\nlanguage: en\n\
                    languages-together: [en, fr]\nrights: © 2026 Ada Field";
    insta::assert_snapshot!("english_and_french", text(manifest));
}

#[test]
fn old_editors_of_windows_show_it() {
    let text = raw("title: Winter Road\nlanguage: de");
    assert!(text.starts_with("\u{feff}Winter Road\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.ends_with("SHA256\r\n"));
}

#[test]
fn no_line_is_too_long_in_any_language() {
    for language in [
        "en", "en-US", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "pl", "ko", "ja",
        "zh", "ar", "he",
    ] {
        let text = raw(&full(&format!("title: Winter Road\nlanguage: {language}")));
        let lines: Vec<_> = text.lines().collect();
        let widths = lines.iter().map(|line| recto::typeset::plain_width(line));
        let longest = widths.max().unwrap();
        assert!(longest <= 72 && longest > 60, "{language}: {longest}");
        for literal in ["    index.html", "    sha256sum -c SHA256SUMS", "winter-road.epub"] {
            assert!(lines.contains(&literal), "{language}: {literal}");
        }
    }
}

#[test]
fn what_is_said_twice_in_one_language_is_said_once() {
    // Maori has no sentences of its own and gets the English ones.
    let manifest = "title: { en: Winter Road, mi: Ara Hotoke }\nlanguage: en\n\
                    languages-together: [en, mi]";
    assert_eq!(text(manifest).matches("How to open the book").count(), 1);
}
