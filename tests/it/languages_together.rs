//! Two or three languages on each page.

use recto::finding::Finding;
use recto::layout;
use recto::manifest::{self, LoadOptions};
use recto::model::{Book, Edition, Entry, GlyphRun, Item, Language, Pages, plain_text};
use recto::typeset::Faces;

use crate::support::books;
use crate::support::epub::files;
use crate::support::fixture::{BookFixture, lines, with_code};

const MANIFEST: &str = "language: en
languages-together: [de, en]
title: { de: Winterstraße, en: Winter Road }
subtitle: { de: Bilder, en: Pictures }
creators: Ada Field
credits: each
dedication: { de: Für Ida., en: For Ida. }
pages:
  - text: { de: \"# Vorwort\\n\\nIm Winter.\\n\", en: \"# Foreword\\n\\nIn winter.\\n\" }
  - chapter: { de: Januar, en: January }
    intro: { de: \"Kalt.[^1]\\n\\n[^1]: Sehr.\\n\", en: \"Cold.[^1]\\n\\n[^1]: Very.\\n\" }
  - photo: a.jpg
    caption: { de: Der Hafen beim *ersten Licht*., en: The harbour at *first light*. }
    alt: { de: Boote., en: Boats. }
    place: Nes
    taken: 2026-01-12
    credit: { de: \"Foto: Ada\", en: \"Photo: Ada\" }
  - photo: b.jpg
    caption: { de: \"„Ida“ 2026\", en: \"“Ida” 2026\" }
    alt: { de: x, en: x }
    place: Nes
    taken: 2026
    credit: Ada
";

fn fixture(manifest: &str) -> BookFixture {
    BookFixture::new(manifest).photo("a.jpg", 300, 200).photo("b.jpg", 300, 200)
}

fn load(manifest: &str) -> (Book, Vec<Finding>) {
    let loaded = fixture(manifest).load();
    (loaded.book.unwrap(), loaded.findings)
}

fn paginate(book: &Book) -> Pages {
    layout::paginate(book, &Faces::load(&book.fonts).unwrap())
}

/// The texts of a book's pages by their languages, in the order of the page.
fn printed(pages: &Pages) -> Vec<(Option<&str>, &GlyphRun)> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Glyphs(run) => Some((run.language.as_deref(), run)),
            Item::Picture(_) | Item::Rule(_) => None,
        })
        .collect()
}

fn text_in<'a>(pages: &'a Pages, language: Option<&str>) -> String {
    let runs: Vec<&'a GlyphRun> = printed(pages)
        .into_iter()
        .filter(|(own, _)| *own == language)
        .map(|(_, run)| run)
        .collect();
    runs.iter().map(|run| run.text.trim()).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_text_is_in_all_languages_and_what_is_the_same_is_once() {
    let (book, findings) = load(MANIFEST);
    let findings: Vec<String> =
        lines(&findings).into_iter().filter(|line| !line.contains("resolution")).collect();
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!((book.language.tag(), book.title.as_str()), ("de", "Winterstraße"));
    assert_eq!(book.original, None);
    let [translation] = &book.translations[..] else { panic!("{:?}", book.translations) };
    assert_eq!(translation.title.as_deref(), Some("Winter Road"));
    assert_eq!(translation.bylines, ["Photographs by Ada\u{a0}Field"]);
    let plates: Vec<_> = book.plates().map(|(_, plate)| plate).collect();
    let first = &plates[0].translations[0];
    assert_eq!(plain_text(&first.caption), "The harbour at first light.");
    assert_eq!((first.language.tag(), first.place.as_deref()), ("en", Some("Nes")));
    // An attribute has one text for the readers of all languages.
    assert_eq!(plates[0].alt.as_deref(), Some("Boote. / Boats."));
    assert_eq!(plates[0].credit.as_deref(), Some("Foto: Ada / Photo: Ada"));
    assert_eq!(plates[1].translations, []);
    assert_eq!(plates[1].credit.as_deref(), Some("Ada"));
    let essays = book.entries.iter().filter_map(|entry| match entry {
        Entry::Essay(essay) => Some(essay.language.as_ref().map(Language::tag)),
        _ => None,
    });
    assert_eq!(essays.collect::<Vec<_>>(), [None, Some("en")]);
}

#[test]
fn each_printed_text_has_its_language() {
    let (book, _) = load(MANIFEST);
    let pages = paginate(&book);
    let english = text_in(&pages, Some("en"));
    for text in ["Winter Road", "Pictures", "For Ida.", "Foreword", "In winter.", "January"] {
        assert!(english.contains(text), "{text}: {english}");
    }
    assert!(english.contains("12 January 2026"), "{english}");
    let german = text_in(&pages, None);
    assert!(german.contains("12. Januar 2026") && german.contains("Kalt."), "{german}");
    assert!(!german.contains("harbour") && !english.contains("Hafen"));
    // The notes of both texts have their own numbers.
    assert!(german.contains("Sehr.") && english.contains("Very."), "{german} {english}");
}

#[test]
fn designs_tell_the_languages_apart() {
    let captions = |design: &str| {
        let (book, _) = load(&format!("{MANIFEST}design: {design}\n"));
        let pages = paginate(&book);
        let find = |text: &str| {
            let run = printed(&pages).into_iter().find(|(_, run)| run.text.starts_with(text));
            let (_, run) = run.unwrap_or_else(|| panic!("{text}"));
            run.clone()
        };
        (find("Der Hafen"), find("The harbour"))
    };
    let (german, english) = captions("classic");
    assert!(english.origin.y > german.origin.y);
    assert_ne!(english.face, german.face);
    let (german, english) = captions("modern");
    assert!(english.origin.y > german.origin.y && english.ink != german.ink);
    assert_eq!(english.face, german.face);
    let (german, english) = captions("exhibition");
    assert_eq!(english.origin.y, german.origin.y);
    assert!(english.origin.x > german.origin.x + german.width());
}

#[test]
fn columns_are_read_one_after_the_other() {
    let long = MANIFEST
        .replace("Der Hafen beim", "Der Hafen und die ganze lange Bucht mit ihren Inseln beim");
    let long =
        long.replace("The harbour at", "The harbour and the whole long bay with its islands at");
    let (book, _) = load(&format!("{long}design: exhibition\n"));
    let pages = paginate(&book);
    let languages: Vec<Option<&str>> = printed(&pages)
        .into_iter()
        .skip_while(|(_, run)| !run.text.starts_with("Der Hafen"))
        .take_while(|(_, run)| !run.text.contains("Foto"))
        .map(|(language, _)| language)
        .collect();
    let turn = languages.iter().position(Option::is_some).unwrap();
    assert!(turn > 1 && languages.len() > turn + 1, "{languages:?}");
    assert!(languages[turn..].iter().all(Option::is_some), "{languages:?}");
}

#[test]
fn a_book_from_the_right_has_its_first_column_at_the_right() {
    let manifest = "language: he
languages-together: [he, en]
design: exhibition
title: { he: דרך, en: Road }
pages:
  - photo: a.jpg
    caption: { he: הנמל, en: The harbour }
    alt: \"\"
";
    let (book, _) = load(manifest);
    let pages = paginate(&book);
    let find = |text: &str| {
        printed(&pages).into_iter().find(|(_, run)| run.text.starts_with(text)).unwrap().1.clone()
    };
    let (hebrew, english) = (find("הנמל"), find("The harbour"));
    assert_eq!(hebrew.origin.y, english.origin.y);
    assert!(hebrew.origin.x > english.origin.x + english.width());
}

#[test]
fn the_languages_must_be_two_or_three_of_the_book() {
    for (languages, finding, help) in [
        ("[de]", "2:21 `languages-together` has only one language", "name two or three"),
        ("[de, de]", "2:26 `de` is in `languages-together` twice", "name each language once"),
        ("[de, ko]", "2:26 no text of the book is in `ko`", "the languages of the book are en, de"),
        ("[de, enn]", "2:26 no text of the book is in `enn`", "did you mean `en`?"),
    ] {
        let manifest = MANIFEST.replace("[de, en]", languages);
        let (_, findings) = load(&manifest);
        let errors = with_code(&findings, "wrong-value");
        let errors: Vec<Finding> = errors.into_iter().cloned().collect();
        assert_eq!(lines(&errors), [format!("error wrong-value {finding}")]);
        let found = errors[0].help.as_deref().unwrap_or_default();
        assert!(found.starts_with(help), "{found}");
    }
    let four = "title: { en: A, de: B, fr: C, it: D }\nlanguages-together: [en, de, fr, it]\n\
                pages:\n  - photo: a.jpg\n";
    let (_, findings) = load(four);
    assert_eq!(lines(&findings)[0], "error wrong-value 2:21 4 languages do not fit on one page");
}

#[test]
fn a_missing_translation_is_a_finding_and_the_text_is_set_once() {
    let manifest = MANIFEST.replace("{ de: Januar, en: January }", "{ de: Januar }");
    let (book, findings) = load(&manifest);
    let missing: Vec<Finding> = with_code(&findings, "untranslated").into_iter().cloned().collect();
    assert_eq!(lines(&missing), ["warning untranslated 10:14 `chapter` is not translated into en"]);
    let chapter = book.entries.iter().find_map(|entry| match entry {
        Entry::Chapter(chapter) => Some(chapter),
        _ => None,
    });
    assert_eq!(chapter.unwrap().translations, []);
    assert!(book.has_untranslated_text);
}

#[test]
fn a_text_in_the_script_of_its_own_language_is_not_marked_again() {
    let manifest = "language: de
languages-together: [de, uk]
title: { de: Straße, uk: Дорога }
pages:
  - text: { de: Viele Worte., uk: Багато слів. }
  - chapter: { de: Januar, uk: Січень }
    intro: { de: Es war kalt., uk: Було холодно. }
  - photo: a.jpg
    caption: { de: Hafen, uk: Гавань }
    alt: Boote
";
    let files = files(&fixture(manifest), Edition::Epub);
    let texts = files.iter().filter(|(name, _)| name.ends_with("html") || name.ends_with("opf"));
    let text: String =
        texts.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(text.contains("lang=\"uk\" xml:lang=\"uk\" dir=\"ltr\">Гавань</p>"), "{text}");
    assert!(text.contains("<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"uk\""));
    let labels = text.matches("und-Cyrl").count();
    // Only labels of the navigation, which are in the language of the book, are marked by script.
    assert!(labels <= 4, "{labels}");
}

#[test]
fn one_language_can_still_be_asked_for() {
    let options = LoadOptions { language: Some("en".into()), ..LoadOptions::default() };
    let fixture = fixture(MANIFEST);
    let book = manifest::load_with(&fixture.path("book.yaml"), &options).book.unwrap();
    assert_eq!((book.title.as_str(), book.translations.len()), ("Winter Road", 0));
    assert!(book.plates().all(|(_, plate)| plate.translations.is_empty()));
}

#[test]
fn captions_of_a_table_are_set_together() {
    let manifest = "title: { de: A, en: B }\nlanguage: de\nlanguages-together: [de, en]\n\
                    captions: c.csv\npages:\n  - photos: \"*.jpg\"\n";
    let fixture =
        fixture(manifest).file("c.csv", "Datei;Text;Text (en)\na;Hafen;Harbour\nb;Eis;Ice\n");
    let loaded = fixture.load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let book = loaded.book.unwrap();
    let english: Vec<String> =
        book.plates().map(|(_, plate)| plain_text(&plate.translations[0].caption)).collect();
    assert_eq!(english, ["Harbour", "Ice"]);
}

#[test]
fn e_books_mark_each_language() {
    let fixture = fixture(&format!("{MANIFEST}ebook: {{ layout: both }}\n"));
    let text = |edition| {
        let files = files(&fixture, edition);
        let texts =
            files.iter().filter(|(name, _)| name.ends_with("html") || name.ends_with("opf"));
        texts.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<String>()
    };
    let reflowable = text(Edition::Epub);
    for part in [
        "<dc:language>de</dc:language>",
        "<dc:language>en</dc:language>",
        "<p class=\"caption translation\" lang=\"en\" xml:lang=\"en\" dir=\"ltr\">The harbour",
        "<h1 class=\"fitted\"><span>Januar<br/><span class=\"translation\" lang=\"en\" xml:lang=\"en\" dir=\"ltr\">January",
        "<div class=\"translation\" lang=\"en\"",
    ] {
        assert!(reflowable.contains(part), "{part}");
    }
    let fixed = text(Edition::EpubFixed);
    assert!(fixed.contains("<p lang=\"en\" xml:lang=\"en\">"));
    assert!(fixed.contains("<dc:language>en</dc:language>"));
}

#[test]
fn datelines_in_two_languages_are_joined_and_repeat_no_text() {
    let manifest = "title: Winter Road\nlanguages-together: [en, de]\npages:\n  \
        - chapter: { en: May, de: Mai }\n    dateline: { en: \"Bergen, May\", de: \"Bergen, Mai\" }\n    intro: one.md\n  \
        - { text: two.md, dateline: { en: Early June, de: Anfang Juni } }\n  \
        - { text: { en: The nets are dry., de: Die Netze sind trocken. }, dateline: { en: July, de: Juli } }\n  \
        - { chapter: A, dateline: Oslo, intro: { en: The ice came early., de: Das Eis kam früh. } }\n";
    let fixture = fixture(manifest).file("one.md", "Harbours.").file("two.md", "# Two\n\nIslands.");
    let book = fixture.load().book.unwrap();
    let pages = paginate(&book);
    let text: Vec<String> = pages.pages.iter().map(books::text).collect();
    let text = text.join(" ");
    for (words, times) in [
        ("Bergen, May / Bergen, Mai", 1),
        ("Harbours.", 1),
        ("Early June / Anfang Juni", 1),
        ("Islands.", 1),
        ("July", 1),
        ("Juli", 1),
        ("July / Juli", 0),
        ("Oslo", 1),
        ("Das Eis kam", 1),
    ] {
        assert_eq!(text.matches(words).count(), times, "{words}: {text}");
    }
}
