//! The index: its terms, its order, its pages and its links.

use recto::model::{Book, Edition, EditionSet, Index, IndexEntry, Item, Pages, Target};

use crate::support::books::{self, text};
use crate::support::epub::files;
use crate::support::fixture::{BookFixture, jpeg, lines};
use crate::support::images;

const MANIFEST: &str = "title: Winter Road
language: en
allow: resolution
index: [places, people, subjects]
pages:
  - { photo: a.jpg, alt: A, caption: One., place: Nes, people: [Ada Field], keywords: [boats, Animals|Birds|Gulls] }
  - { photo: b.jpg, alt: B, caption: Two., place: Nes, people: [Ben Stone, Ada Field], keywords: boats }
  - { photo: c.jpg, alt: C, caption: Three., place: Oslo, keywords: [Boats, Animals|Dogs] }
";

fn fixture(manifest: &str) -> BookFixture {
    BookFixture::new(manifest).small_photos(&["a.jpg", "b.jpg", "c.jpg"])
}

fn book(manifest: &str) -> Book {
    let loaded = fixture(manifest).load();
    assert_eq!(loaded.findings, []);
    loaded.book.unwrap()
}

/// The entries as lines, indented by their depth, with the numbers of their plates.
fn written(index: &Index, book: &Book) -> Vec<String> {
    fn add(entries: &[IndexEntry], depth: usize, book: &Book, lines: &mut Vec<String>) {
        for entry in entries {
            let plates = entry.pictures.iter().map(|id| book.entries[id.0].plate().unwrap().number);
            let plates: Vec<String> = plates.map(|number| number.to_string()).collect();
            let line = format!("{}{} {}", "  ".repeat(depth), entry.text, plates.join(","));
            lines.push(line.trim_end().to_owned());
            add(&entry.children, depth + 1, book, lines);
        }
    }
    let mut lines = Vec::new();
    for group in &index.groups {
        lines.extend(group.topic.map(|topic| format!("# {}", topic.name(&book.language))));
        add(&group.entries, 0, book, &mut lines);
    }
    lines
}

fn index_page(pages: &Pages) -> usize {
    pages.pages.iter().position(|page| text(page).starts_with("Index")).unwrap()
}

#[test]
fn the_index_lists_places_people_and_subjects_under_headings() {
    let book = book(MANIFEST);
    assert_eq!(
        written(&book.index, &book),
        [
            "# Places",
            "Nes 1,2",
            "Oslo 3",
            "# People",
            "Ada Field 1,2",
            "Ben Stone 2",
            "# Subjects",
            "Animals",
            "  Birds",
            "    Gulls 1",
            "  Dogs 3",
            "boats 1,2,3",
        ]
    );
}

#[test]
fn only_what_is_asked_for_is_in_the_book() {
    let people_alone = MANIFEST
        .replace("[places, people, subjects]", "people")
        .replace(", keywords: boats", "")
        .replace(", keywords: [boats, Animals|Birds|Gulls]", "")
        .replace(", keywords: [Boats, Animals|Dogs]", ", people: Cleo");
    let book = book(&people_alone);
    assert_eq!(written(&book.index, &book), ["Ada Field 1,2", "Ben Stone 2", "Cleo 3"]);
}

/// A photo with keywords and people in its XMP packet and its IPTC data.
fn tagged() -> Vec<u8> {
    let xmp = images::xmp(
        "xmlns:lr=\"http://ns.adobe.com/lightroom/1.0/\" \
         xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\
         <dc:subject><rdf:Bag><rdf:li>Gulls</rdf:li><rdf:li>harbour</rdf:li></rdf:Bag></dc:subject>\
         <lr:hierarchicalSubject><rdf:Bag><rdf:li>Animals|Birds|Gulls</rdf:li></rdf:Bag>\
         </lr:hierarchicalSubject>\
         <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ida Sand</rdf:li></rdf:Bag>\
         </Iptc4xmpExt:PersonInImage>",
    );
    images::with_segment(&images::jpeg(), 0xE1, &images::xmp_segment(&xmp))
}

#[test]
fn terms_are_read_from_the_metadata_only_for_an_index() {
    let manifest = "title: Winter Road\nlanguage: en\nindex: [people, subjects]\npages:\n  - { photo: a.jpg, alt: A }\n  - { photo: b.jpg, alt: B }\n";
    let iptc = images::iptc_segment(&[(2, 25, b"harbour"), (2, 25, b"night")]);
    let with_iptc = images::with_segment(&images::jpeg(), 0xED, &iptc);
    let fixture = BookFixture::new(manifest).file("a.jpg", tagged()).file("b.jpg", with_iptc);
    let book = fixture.load().book.unwrap();
    let expected = [
        "# People",
        "Ida Sand 1",
        "# Subjects",
        "Animals",
        "  Birds",
        "    Gulls 1",
        "harbour 1,2",
        "night 2",
    ];
    assert_eq!(written(&book.index, &book), expected);

    fixture.write("book.yaml", manifest.replace("index: [people, subjects]\n", ""));
    let book = fixture.load().book.unwrap();
    assert!(book.index.is_empty());
    assert!(!format!("{book:?}").contains("Ida Sand"), "nobody is named who is not asked for");
    fixture.write("book.yaml", manifest.replace("people, ", ""));
    let book = fixture.load().book.unwrap();
    assert!(!format!("{book:?}").contains("Ida Sand"));
}

#[test]
fn keys_come_before_the_metadata() {
    let manifest = "title: Winter Road\nlanguage: en\nindex: [people, subjects]\npages:\n  - { photo: a.jpg, alt: A, people: [], keywords: boats }\n";
    let book = BookFixture::new(manifest).file("a.jpg", tagged()).load().book.unwrap();
    assert_eq!(written(&book.index, &book), ["boats 1"]);
}

#[test]
fn the_index_of_a_thin_book_opens_on_any_page_and_its_numbers_are_links_to_the_pages() {
    let pages = books::paginate(&book(MANIFEST));
    let index = index_page(&pages);
    let page = &pages.pages[index];
    assert!(!pages.pages[index - 1].items.is_empty(), "a blank page before it");
    assert!(
        text(page).contains("boats\u{2002}1–3") || text(page).contains("1\u{2060}–\u{2060}3"),
        "{}",
        text(page)
    );
    let link = |label: &str| {
        let link = page.links.iter().find(|link| link.label == label);
        link.unwrap_or_else(|| panic!("{label}: {:?}", page.links)).target.clone()
    };
    let Target::Page(target) = link("Oslo, 3") else { panic!() };
    assert_eq!(pages.pages[target].folio.to_string(), "3");
    assert!(pages.pages[target].items.iter().any(|item| matches!(item, Item::Picture(_))));
    assert_eq!(pages.bookmarks.last().map(|it| it.title.as_str()), Some("Index"));
}

/// A book with a list of its three photos, and an index with so many keywords.
fn with_list(list: &str, design: &str, keywords: usize) -> Pages {
    let keywords: Vec<String> = (0..keywords).map(|n| format!("word {n:03}")).collect();
    let manifest = format!(
        "title: Winter Road\nlanguage: en\ndesign: {design}\nindex: subjects\nprint: {{ trim: a4, \
         list-of-plates: {list} }}\npages:\n  - {{ photo: a.jpg, alt: A, caption: One., keywords: [{}] \
         }}\n  - {{ photo: b.jpg, alt: B, caption: Two., keywords: [] }}\n  - {{ photo: c.jpg, alt: C, \
         caption: Three., keywords: [] }}\n",
        keywords.join(", ")
    );
    let fixture = BookFixture::new(&manifest).small_photos(&["a.jpg", "b.jpg", "c.jpg"]);
    books::paginate(&fixture.load().book.unwrap())
}

#[test]
fn a_short_index_is_below_the_list_of_plates_and_a_long_one_on_its_own_pages() {
    for design in recto::manifest::bundled_designs() {
        for list in ["list", "thumbnails", "catalogue"] {
            for (keywords, shares) in [(6, true), (400, false)] {
                let pages = with_list(list, design, keywords);
                let page = pages.pages.iter().find(|page| text(page).contains("List of plates"));
                let page = page.unwrap();
                let shared = text(page).contains("word 000");
                assert_eq!(shared, shares, "{design} {list} {keywords}");
                if !shared {
                    continue;
                }
                let below = |words: &str| {
                    let runs = page.items.iter().filter_map(|item| match item {
                        Item::Glyphs(run) if run.text.contains(words) => Some(run.origin.y),
                        _ => None,
                    });
                    runs.max().unwrap()
                };
                let leading = recto::layout::Grid::new(
                    &recto::model::PageStyle::CLASSIC,
                    pages.trim,
                    None,
                    false,
                )
                .leading;
                // Space separates it from the list.
                assert!(below("Index") - below("Three") > leading * 2, "{design} {list}");
                assert!(below("word 000") > below("Index"));
                // It has a bookmark of its own, to the page that it shares.
                let titles: Vec<_> = pages.bookmarks.iter().rev().take(2).collect();
                assert_eq!(titles[0].title, "Index");
                assert_eq!(titles[0].page, titles[1].page);
            }
        }
    }
}

/// The baseline of the first text with these words on a page.
fn baseline(page: &recto::model::Page, words: &str) -> Option<recto::model::Length> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if run.text.contains(words) => Some(run.origin.y),
        _ => None,
    });
    runs.min()
}

#[test]
fn the_title_of_a_list_is_at_the_head_only_if_that_leaves_room_for_the_index() {
    let mut raised = 0;
    let mut usual = None;
    for count in 3..24 {
        let plate =
            "  - { photo: a.jpg, alt: A, caption: Harbour., keywords: [boats, Ice, Nets] }\n";
        let manifest = format!(
            "title: Winter Road\nlanguage: en\ndesign: classic\nindex: subjects\nprint: {{ trim: 5 x 8 in, \
             list-of-plates: list }}\npages:\n{}",
            plate.repeat(count)
        );
        let loaded = BookFixture::new(&manifest).small_photos(&["a.jpg"]).load();
        let pages = books::paginate(&loaded.book.unwrap());
        let list = pages.pages.iter().find(|page| text(page).contains("List of plates")).unwrap();
        let title = baseline(list, "List").unwrap();
        let usual = *usual.get_or_insert(title);
        if title < usual {
            raised += 1;
            assert!(baseline(list, "Index").is_some(), "{count}");
        }
    }
    assert!(raised > 0);
}

#[test]
fn an_index_of_two_narrow_pages_is_one_wide_page() {
    let keywords: Vec<String> = (0..32).map(|n| format!("word {n:03}")).collect();
    let manifest = format!(
        "title: Winter Road\nlanguage: en\ndesign: exhibition\nindex: subjects\nprint: {{ trim: \
         a4-landscape }}\npages:\n  - {{ photo: a.jpg, alt: A, keywords: [{}] }}\n",
        keywords.join(", ")
    );
    let pages = books::paginate(&book(&manifest));
    let of_index: Vec<_> = pages.pages.iter().filter(|page| text(page).contains("word")).collect();
    assert_eq!(of_index.len(), 1);
    let mut lefts: Vec<_> = of_index[0]
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) if run.text.contains("word") => Some(run.origin.x),
            _ => None,
        })
        .collect();
    lefts.sort_unstable();
    lefts.dedup();
    assert!(lefts.len() > 2, "{lefts:?}");
}

#[test]
fn an_index_below_the_list_does_not_leave_a_blank_page_before_the_colophon() {
    let manifest = MANIFEST.replace("pages:\n", "print: { list-of-plates: list }\npages:\n");
    for photos in 3..6 {
        let more = "  - { photo: a.jpg, alt: A, caption: More., place: Oslo }\n".repeat(photos - 3);
        let manifest = format!("colophon: true\n{manifest}{more}");
        let loaded = fixture(&manifest).load();
        let book = loaded.book.unwrap_or_else(|| panic!("{:?}", loaded.findings));
        let pages = books::paginate(&book);
        let index = pages.pages.iter().rposition(|page| text(page).contains("Index")).unwrap();
        let colophon = pages.pages.iter().rposition(|page| text(page).contains("recto")).unwrap();
        assert_eq!(colophon, index + 1, "{photos}");
    }
}

#[test]
fn a_picture_under_a_title_has_a_page_in_the_index() {
    let manifest = "title: Winter Road\nlanguage: en\ndesign: newspaper\nindex: [places]\npages:\n  - chapter: January\n    intro: Snow had fallen.\n  - { photo: a.jpg, alt: A, caption: Ice., place: Bergen }\n";
    let book = BookFixture::new(manifest).file("a.jpg", jpeg(900, 600)).load().book.unwrap();
    let pages = books::paginate(&book);
    let title = pages.pages.iter().find(|page| books::pictures(page).len() == 1).unwrap();
    assert!(text(title).contains("January"), "{}", text(title));
    let index = text(&pages.pages[index_page(&pages)]);
    assert!(index.contains(&format!("Bergen\u{2002}{}", title.folio)), "{index}");
}

#[test]
fn a_long_index_fills_columns_and_leaves_no_entry_alone() {
    let keywords: Vec<String> =
        ('a'..='z').cycle().zip(0..400).map(|(letter, n)| format!("{letter}word {n}")).collect();
    for trim in ["210 x 210 mm", "a4-landscape", "5 x 8 in"] {
        for language in ["en", "ar"] {
            let manifest = format!(
                "title: Winter Road\nlanguage: {language}\nindex: subjects\nprint: {{ trim: {trim} }}\npages:\n  - {{ photo: a.jpg, alt: A, keywords: [{}] }}\n",
                keywords.join(", ")
            );
            let pages = books::paginate(&book(&manifest));
            let listed: Vec<_> =
                pages.pages.iter().filter(|page| text(page).contains("word")).collect();
            let words: usize = listed.iter().map(|page| text(page).matches("word").count()).sum();
            assert_eq!(words, 400, "{trim}");
            let last = listed.last().unwrap();
            assert!(text(last).matches("word").count() > 5, "{trim} {language}: {}", text(last));
            for page in &listed {
                for item in &page.items {
                    let Item::Glyphs(run) = item else { continue };
                    assert!(run.origin.x.to_emu() >= 0 && run.end().x <= pages.trim.width);
                    assert!(run.origin.y <= pages.trim.height);
                }
            }
        }
    }
}

#[test]
fn photos_without_terms_are_counted() {
    let manifest = MANIFEST.replace(", place: Oslo, keywords: [Boats, Animals|Dogs]", "");
    let found = lines(&fixture(&manifest).load().findings);
    assert_eq!(
        found,
        [
            "note index-incomplete - one photo of 3 is not in the index: it has none of its places, people, subjects"
        ]
    );
    let manifest =
        "title: Winter Road\nlanguage: en\nindex: people\npages:\n  - { photo: a.jpg, alt: A }\n";
    let found = lines(&fixture(manifest).load().findings);
    assert_eq!(found, ["warning index-empty - the index is empty: no photo has any of its people"]);
}

#[test]
fn keywords_without_an_index_are_reported() {
    let manifest =
        "title: Winter Road\nlanguage: en\npages:\n  - { photo: a.jpg, alt: A, keywords: boats }\n";
    let found = lines(&fixture(manifest).load().findings);
    assert_eq!(
        found,
        ["note index-incomplete 4:39 `keywords` is not printed: the book has no index of subjects"]
    );
}

#[test]
fn the_e_book_has_the_index_with_links_to_the_plates() {
    let files = files(&fixture(MANIFEST), Edition::Epub);
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let index = text("OEBPS/index.xhtml");
    assert!(index.contains("<section epub:type=\"index\" role=\"doc-index\">"), "{index}");
    for number in 1..=3 {
        let link = format!("#plate-{number}\">{number}</a>");
        assert!(index.contains(&link), "{index}");
    }
    let nav = text("OEBPS/nav.xhtml");
    assert!(nav.contains("<a href=\"index.xhtml\">Index</a>"), "{nav}");
    assert!(nav.contains("epub:type=\"index\""), "{nav}");
}

#[test]
fn the_fixed_and_the_offline_edition_have_the_index_too() {
    let fixed = files(&fixture(MANIFEST), Edition::EpubFixed);
    let pages: Vec<String> =
        fixed.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(pages.iter().any(|page| page.contains("epub:type=\"index\" role=\"doc-index\"")));
    let offline = files(&fixture(MANIFEST), Edition::Offline);
    let (_, page) = offline.iter().find(|(name, _)| name.ends_with("index.html")).unwrap();
    let page = String::from_utf8_lossy(page);
    assert!(page.contains("<section class=\"index\" id=\"index\" role=\"doc-index\">"));
    assert!(page.contains("<a href=\"#plate-3\">3</a>"));
}

#[test]
fn characters_of_the_index_are_looked_for_in_the_fonts() {
    let manifest = MANIFEST.replace("place: Oslo", "place: \u{16800}");
    let book = fixture(&manifest).load().book.unwrap();
    let pages = books::paginate(&book);
    let faces = books::faces(&book);
    let findings = recto::preflight::findings(&book, &pages, &faces, EditionSet::ALL);
    assert!(findings.iter().any(|it| it.code.name() == "missing-glyph"), "{findings:?}");
}
