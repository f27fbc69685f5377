//! Front and back matter in print and in the e-book.

use std::collections::BTreeSet;
use std::io::Cursor;

use recto::build::{Project, ProjectOptions};
use recto::epub;
use recto::layout;
use recto::model::{
    Block, Book, Edition, Entry, Item, Length, Numbering, Page, Pages, Side, Target, plain_text,
};
use recto::picture::{ImageProcessor, ProcessorOptions};
use recto::preflight;
use recto::typeset::{Faces, bundled_font};

use crate::support::books::{self, pictures, text};
use crate::support::epub::{Epub, epub_options, files};
use crate::support::fixture::{BookFixture, lines, with_code};

const MANIFEST: &str = "title: Winter Road
publisher: Shore Press
frontispiece: { photo: f.jpg, alt: A road. }
dedication: For *Ida*.
colophon: true
print: { multiple: 4, list-of-plates: list, paper: { stock: coated-150 } }
pages:
  - chapter: January
  - photo: a.jpg
    caption: The harbour.
    alt: Boats.
  - chapter: February
  - photo: b.jpg
    caption: The ice.
    alt: Ice.
";

fn fixture(manifest: &str) -> BookFixture {
    let photos = ["a.jpg", "b.jpg", "f.jpg"].into_iter();
    photos.fold(BookFixture::new(manifest), |fixture, name| fixture.photo(name, 60, 40))
}

fn book(manifest: &str) -> Book {
    let loaded = fixture(manifest).load();
    assert_eq!(loaded.findings, []);
    // The files are deleted here: pages need only the probed photos.
    loaded.book.unwrap()
}

fn paginate(manifest: &str) -> Pages {
    books::paginate(&book(manifest))
}

fn index_of(pages: &Pages, words: &str) -> usize {
    pages.pages.iter().rposition(|page| text(page).contains(words)).unwrap()
}

#[test]
fn the_parts_of_a_book_are_in_the_usual_order() {
    let pages = paginate(MANIFEST);
    assert_eq!(pictures(&pages.pages[1]).len(), 1, "the frontispiece faces the title");
    let found = [
        index_of(&pages, "Shore Press"),
        index_of(&pages, "For "),
        index_of(&pages, "Contents"),
        pages.pages.iter().position(|page| text(page).contains("harbour")).unwrap(),
        index_of(&pages, "List of plates"),
        index_of(&pages, "Typefaces"),
    ];
    assert!(found.is_sorted(), "{found:?}");
    for recto in ["For ", "Contents", "January", "February", "List of plates"] {
        assert_eq!(pages.pages[index_of(&pages, recto)].side, Side::Recto, "{recto}");
    }
    assert_eq!(pages.pages[4].folio.to_string(), "v", "the dedication is on page v");
    let first = pages.pages.iter().find(|page| page.folio.numbering == Numbering::Arabic).unwrap();
    assert_eq!((first.folio.number, first.side), (1, Side::Recto));
}

#[test]
fn the_credit_of_a_frontispiece_is_on_its_page_in_every_design() {
    for name in recto::manifest::bundled_designs() {
        let named = MANIFEST.replace("alt: A road. }", "alt: A road., credit: Ada Field }");
        let pages = paginate(&format!("design: {name}\n{named}"));
        assert!(text(&pages.pages[1]).contains("Ada Field"), "{name}");
    }
}

#[test]
fn the_colophon_is_the_last_page_and_blank_pages_precede_it() {
    for multiple in [2, 4, 8, 16] {
        let pages = paginate(&MANIFEST.replace("multiple: 4", &format!("multiple: {multiple}")));
        assert!(pages.pages.len().is_multiple_of(multiple), "{multiple}");
        let last = pages.pages.last().unwrap();
        assert!(text(last).contains("Typefaces Source Serif 4, Source Sans 3"), "{}", text(last));
        assert!(text(last).contains("Paper coated-150"), "{}", text(last));
        let folios: Vec<u32> = pages.pages.iter().map(|page| page.folio.number).collect();
        let body = pages.pages.iter().position(|it| it.folio.numbering == Numbering::Arabic);
        let body = &folios[body.unwrap()..];
        assert!(body.iter().copied().eq(1..=u32::try_from(body.len()).unwrap()), "blanks count");
    }
    let pages = paginate(&MANIFEST.replace("multiple: 4", "multiple: 64"));
    let blank = pages.pages.iter().rev().skip(1).take_while(|page| page.items.is_empty()).count();
    assert_eq!(blank, pages.padding);
}

#[test]
fn a_short_colophon_is_at_the_foot_of_the_last_list_if_that_has_room() {
    let colophon = |own: &str, photos: usize| {
        let plates = "  - { photo: a.jpg, alt: A, caption: The road to the sea. }\n".repeat(photos);
        let manifest = format!(
            "title: Winter\nprint: {{ list-of-plates: list }}\ncolophon: {own}\npages:\n  - chapter: One\n{plates}"
        );
        let pages = paginate(&manifest);
        let page_of = |words: &str| pages.pages.iter().rposition(|page| text(page).contains(words));
        let list = pages.bookmarks.iter().find(|it| it.title == "List of plates").unwrap().page;
        let at = page_of(if own == "true" { "Made" } else { "Printed" }).unwrap();
        let bookmark = pages.bookmarks.iter().find(|it| it.title == "Colophon").unwrap();
        assert_eq!(bookmark.page, at);
        (list, at)
    };
    let (list, at) = colophon("true", 4);
    assert_eq!(list, at, "it needs no leaf of its own");
    let long = format!("\"{}\"", "Printed in Oslo on a rainy day.\\n\\n".repeat(9));
    let (list, at) = colophon(&long, 4);
    assert!(at > list, "one of many lines has its own page");
    let full = (4..60).find(|photos| {
        let (list, at) = colophon("true", *photos);
        at > list
    });
    assert!(full.is_some(), "a page that is full has no room");
}

#[test]
fn a_short_colophon_keeps_its_notes_after_a_list() {
    let pages = paginate(
        "title: Winter\nprint: { list-of-plates: list }\ncolophon: \"Printed in Oslo.[^1]\\n\\n[^1]: By Ada.\"\n\
         pages:\n  - { photo: a.jpg, alt: A, caption: The road to the sea. }\n",
    );
    let text: String = pages.pages.iter().map(text).collect();
    assert!(text.contains("Printed in Oslo") && text.contains("By Ada"), "{text}");
}

#[test]
fn the_contents_have_the_page_of_a_colophon_with_a_title() {
    // With 35 chapters, its entry makes the contents a page longer in some books.
    for (chapters, multiple) in [(1, 2), (1, 16), (33, 2), (34, 2), (35, 4), (36, 2), (37, 2)] {
        let chapters: Vec<String> =
            (0..chapters).map(|n| format!("  - chapter: Day {n}\n")).collect();
        let chapters = chapters.concat();
        let manifest = format!(
            "title: Winter Road\nprint: {{ multiple: {multiple}, trim: 5 x 8 in }}\ncolophon: \"# The last page\\n\\nMade.\"\npages:\n{chapters}"
        );
        let pages = books::paginate(&BookFixture::new(&manifest).load().book.unwrap());
        let last = pages.pages.iter().rposition(|page| text(page).contains("The last page"));
        let page = &pages.pages[last.unwrap()];
        let mut lines = pages.pages.iter().filter(|page| text(page).contains("The last page"));
        let contents = text(lines.next().unwrap());
        let number = format!("The last page {}", page.folio.number);
        let words = contents.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&number), "{number}: {words}");
        assert_eq!(lines.count(), 1);
        assert_eq!(pages.pages.len() % multiple, 0);
        // One in the bookmarks, too.
        let bookmarks = pages.bookmarks.iter().filter(|it| it.title == "The last page");
        assert_eq!(bookmarks.count(), 1);
    }
    let untitled = "title: Winter Road\ncolophon: Made.\npages:\n  - chapter: One\n";
    let pages = books::paginate(&BookFixture::new(untitled).load().book.unwrap());
    assert!(!pages.pages.iter().any(|page| text(page).contains("Colophon")));
}

#[test]
fn the_list_of_plates_has_the_pictures_of_titles_with_captions() {
    for design in ["classic", "exhibition"] {
        for list in ["list", "thumbnails", "catalogue"] {
            let manifest = format!(
                "title: Winter Road\ndesign: {design}\nprint: {{ list-of-plates: {list} }}\npages:\n  \
                 - chapter: January\n    photo: a.jpg\n    alt: A\n    caption: The first ice.\n  \
                 - {{ photo: a.jpg, alt: A, caption: The last ice. }}\n  - chapter: February\n    \
                 photo: a.jpg\n    alt: A\n  - {{ photo: a.jpg, alt: A, caption: Water. }}\n"
            );
            let book = BookFixture::new(&manifest).photo("a.jpg", 90, 60).load().book.unwrap();
            let pages = books::paginate(&book);
            let page = &pages.pages[index_of(&pages, "List of plates")];
            let entries = text(page);
            for caption in ["The first ice", "The last ice", "Water"] {
                assert_eq!(entries.matches(caption).count(), 1, "{design} {list}: {entries}");
            }
            assert_eq!(page.links.len(), 3, "{design} {list}");
            // The picture of a title has no number, and its folio stands where those of plates do.
            if design == "exhibition" {
                let (before, _) = entries.split_once("The first ice").unwrap();
                assert!(!before.contains(|c: char| c.is_ascii_digit()), "{list}: {entries}");
            }
        }
    }
}

#[test]
fn an_index_that_faces_a_raised_colophon_begins_at_its_height() {
    let mut heights = BTreeSet::new();
    for sentences in 10..60 {
        let colophon = "The prints were made in the winter of the great frost. ".repeat(sentences);
        let manifest = format!(
            "title: Winter Road\ndesign: album\nindex: places\nprint: {{ multiple: 2 }}\npages:\n  - \
             {{ photo: a.jpg, caption: Ice., alt: A., place: Pier }}\ncolophon: |\n  # \
             Colophon\n\n  {colophon}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
        let pages = books::paginate(&fixture.load().book.unwrap());
        let title = |words: &str| {
            pages.pages.iter().enumerate().find_map(|(index, page)| {
                page.items.iter().find_map(|item| match item {
                    Item::Glyphs(run) if run.text.trim() == words => Some((index, run.origin.y)),
                    _ => None,
                })
            })
        };
        let (index, at) = title("Index").unwrap();
        let (colophon, beside) = title("Colophon").unwrap();
        if colophon == index + 1 && pages.pages[colophon].side == Side::Recto {
            assert_eq!(at, beside, "{sentences}");
            heights.insert(at);
        }
    }
    assert!(heights.len() > 1, "{heights:?}");
}

#[test]
fn an_index_that_faces_the_title_of_the_list_of_plates_begins_at_its_height() {
    let mut facing = 0;
    for plates in 3..16 {
        let photo = |n: usize| {
            let caption =
                format!("Number {n} stands at the quay, and the harbour is still asleep.");
            format!("  - {{ photo: a.jpg, caption: \"{caption}\", alt: A., place: Pier {n} }}\n")
        };
        let photos: Vec<String> = (0..plates).map(photo).collect();
        let manifest = format!(
            "title: Winter Road\nindex: places\nprint: {{ list-of-plates: thumbnails }}\npages:\n{}",
            photos.concat()
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
        let pages = books::paginate(&fixture.load().book.unwrap());
        let heading = |words: &str| {
            let headings = pages.pages.iter().enumerate().flat_map(|(index, page)| {
                page.items.iter().filter_map(move |item| match item {
                    Item::Glyphs(run) if run.text.trim() == words => Some((index, run.origin.y)),
                    _ => None,
                })
            });
            headings.last()
        };
        let (Some((list, at)), Some((index, beside))) =
            (heading("List of plates"), heading("Index"))
        else {
            continue;
        };
        let page = &pages.pages[index];
        let is_alone = !page.items.iter().any(|item| matches!(item, Item::Picture(_)));
        if index == list + 1 && page.side == Side::Recto && is_alone {
            assert_eq!(at, beside, "{plates}");
            facing += 1;
        }
    }
    assert!(facing > 0);
}

#[test]
fn the_number_of_added_pages_is_reported() {
    let book = book(&MANIFEST.replace("multiple: 4", "multiple: 32"));
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let findings = preflight::findings(&book, &pages, &faces, Edition::Print.into());
    let found = with_code(&findings, "pages-padded");
    assert_eq!(found.len(), 1);
    let message = format!("{} blank pages are added to make 32, a multiple of 32", pages.padding);
    assert_eq!(found[0].message, message);
}

#[test]
fn chapters_may_open_on_any_page() {
    let second = "  - chapter: February";
    let two = MANIFEST.replace(second, &format!("  - photo: f.jpg\n    alt: A road.\n{second}"));
    let folio = |manifest: &str| {
        let pages = paginate(manifest);
        let page = pages.pages.iter().find(|page| text(page) == "February").unwrap();
        (page.folio.number, page.side)
    };
    assert_eq!(folio(&two), (5, Side::Recto));
    assert_eq!(folio(&two.replace("multiple: 4", "chapters: any")), (4, Side::Verso));
}

#[test]
fn the_list_of_plates_links_to_the_plates() {
    for form in ["list", "thumbnails"] {
        let pages =
            paginate(&MANIFEST.replace("list-of-plates: list", &format!("list-of-plates: {form}")));
        let list = &pages.pages[index_of(&pages, "List of plates")];
        let listed = text(list);
        assert!(listed.contains("The harbour") && listed.contains("The ice"), "{form}");
        // Entries of lists end without a full stop.
        assert!(!listed.contains("The harbour.") && !listed.contains("The ice."), "{form}");
        assert_eq!(pictures(list).len(), if form == "list" { 0 } else { 2 });
        let targets: Vec<usize> = list
            .links
            .iter()
            .filter_map(|link| match link.target {
                Target::Page(index) => Some(index),
                Target::Uri(_) => None,
            })
            .collect();
        assert_eq!(targets.len(), 2);
        for (target, caption) in targets.into_iter().zip(["The harbour.", "The ice."]) {
            assert!(text(&pages.pages[target]).contains(caption), "{form}");
            assert_eq!(pictures(&pages.pages[target]).len(), 1);
        }
    }
}

#[test]
fn invalid_values_of_multiple_and_list_of_plates_are_errors() {
    let wrong =
        MANIFEST.replace("multiple: 4, list-of-plates: list", "multiple: 3, list-of-plates: lst");
    let found = lines(&fixture(&wrong).load().findings);
    assert!(found.contains(
        &"error wrong-value 6:20 `multiple`: 3 is not a valid number of pages".to_owned()
    ));
    assert!(
        found.contains(
            &"error unknown-value 6:39 invalid value `lst` for `list-of-plates`".to_owned()
        )
    );
}

#[test]
fn the_e_book_has_front_and_back_matter() {
    let fixture = fixture(MANIFEST);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let cover = layout::cover(&book, &faces, layout::SHOP_COVER);
    let options = epub_options(&cover, Some(&pages), &processor);
    let mut bytes = Cursor::new(Vec::new());
    epub::write(&book, &faces, &options, &mut bytes, &mut || {}).unwrap();
    let epub = Epub { bytes: bytes.into_inner() };
    let package = epub.text("content.opf");
    let spine = package.split("<spine").nth(1).unwrap();
    // The front matter shares a file, so that its pages face each other.
    let title = epub.text("title.xhtml");
    let ids = ["frontispiece", "titlepage", "copyright-page", "dedication"];
    let order: Vec<usize> =
        ids.iter().map(|id| title.find(&format!("id=\"{id}\"")).expect(id)).collect();
    assert!(order.is_sorted(), "{title}");
    let [title_page, chapter] = ["id_title.xhtml", "id_chapter-01.xhtml"].map(|id| spine.find(id));
    assert!(title_page < chapter, "{spine}");
    assert!(epub.text("stylesheet.css").contains(".dedication em {\n  font-style: normal;"));
    assert!(title.contains("role=\"doc-dedication\""), "{title}");
    assert!(epub.plate("frontispiece").contains("alt=\"A road.\""));
    let nav = epub.text("nav.xhtml");
    assert!(nav.contains("#colophon") && nav.contains("doc-pagelist") | nav.contains("page-list"));
    let toc = nav.split("</nav>").next().unwrap();
    assert!(!toc.contains("#dedication"), "the dedication is not in the contents");
}

/// The text of the imprint page and of the plates, in print and in the e-book, of a book with these
/// keys and two photos with credits.
fn credited(keys: &str, credits: [&str; 2]) -> [String; 4] {
    let manifest = format!(
        "title: Winter Road\ncreators: Ada Field\n{keys}\npages:\n  \
         - {{ photo: a.jpg, alt: A., caption: Boats, credit: {} }}\n  \
         - {{ photo: b.jpg, alt: B., caption: Ice, credit: {} }}\n",
        credits[0], credits[1]
    );
    let book = book(&manifest);
    let pages = books::paginate(&book);
    let (plates, others): (Vec<_>, Vec<_>) =
        pages.pages.iter().partition(|page| !pictures(page).is_empty());
    let print = |pages: Vec<&Page>| pages.into_iter().map(text).collect::<String>();
    let files = files(&fixture(&manifest), Edition::Epub);
    let ebook = |part: &str| {
        let of_part = files.iter().filter(|(name, _)| name.contains(part));
        of_part.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<String>()
    };
    let front = ebook("/title.xhtml");
    let imprint = front.split("id=\"copyright-page\"").nth(1).unwrap_or_default().to_owned();
    [print(others), print(plates), imprint, ebook("/plates-")]
}

#[test]
fn credits_are_printed_where_the_manifest_wants_them() {
    let both = ["Ada Field", "Bo Lind / Shore Press"];
    let has = |text: &str, credit: &str| text.replace('\u{a0}', " ").contains(credit);
    // The keys, the credits, and whether they are on the imprint page and below the plates.
    let cases = [
        ("", ["Ada Field", "Ada Field"], true, false),
        ("", both, false, true),
        ("credits: auto", both, false, true),
        ("credits: each", ["Ada Field", "Ada Field"], false, true),
        ("credits: imprint", both, true, false),
        ("credits: both", both, true, true),
    ];
    for (keys, credits, on_imprint, on_plates) in cases {
        let [imprint, plates, ebook_imprint, ebook_plates] = credited(keys, credits);
        for credit in credits {
            // The title page has the name of the creator too, in a phrase.
            let phrase = "Photographs by Ada Field";
            let on_the_imprint = if credit == "Ada Field" { phrase } else { credit };
            assert_eq!(has(&ebook_imprint, on_the_imprint), on_imprint, "{keys} {credits:?}");
            if credit != "Ada Field" {
                assert_eq!(has(&imprint, credit), on_imprint, "{keys} {credits:?}");
            }
            assert_eq!(has(&plates, credit), on_plates, "{keys} {credits:?}");
            assert_eq!(has(&ebook_plates, credit), on_plates, "{keys} {credits:?}");
        }
    }
}

#[test]
fn the_list_of_plates_has_whole_captions_on_full_pages() {
    let caption = "The harbour in the morning, before the boats come in; the ice has gone from the \
                   inner basin, but the outer wall is white, and will be to the end of the month.";
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    let whole = without_spaces(caption.trim_end_matches('.'));
    let designs = recto::manifest::bundled_designs().into_iter();
    for (design, count) in designs.flat_map(|design| [(design, 3), (design, 80)]) {
        let plate = format!("  - {{ photo: a.jpg, alt: A., caption: \"{caption}\" }}\n");
        let manifest = format!(
            "title: Winter Road\ndesign: {design}\nprint: {{ list-of-plates: list }}\npages:\n{}",
            plate.repeat(count)
        );
        let pages = paginate(&manifest);
        let entries: Vec<usize> = pages
            .pages
            .iter()
            .filter(|page| page.links.len() > 1)
            .map(|page| without_spaces(&text(page)).matches(&whole).count())
            .collect();
        assert_eq!(entries.iter().sum::<usize>(), count, "{design}: {entries:?}");
        let [first, between @ .., last] = &entries[..] else {
            assert_eq!(entries, [3], "{design}");
            continue;
        };
        // A page is full before the list continues on the next, and no entry is alone.
        let full = between.iter().max().unwrap_or(first);
        assert!(between.iter().all(|entries| entries + 3 >= *full), "{design}: {entries:?}");
        assert!(*last > 2, "{design}: {entries:?}");
    }
}

/// The baselines of the first entries of two facing pages with a list, for each number of plates for
/// which there are two.
fn first_entries(design: &str, list: &str) -> Vec<[Length; 2]> {
    let caption = "The harbour in the morning";
    let found = (4..60).filter_map(|count| {
        let plate = format!("  - {{ photo: a.jpg, alt: A., caption: {caption} }}\n");
        let manifest = format!(
            "title: Winter Road\ndesign: {design}\nprint: {{ list-of-plates: {list} }}\npages:\n{}",
            plate.repeat(count)
        );
        let pages = paginate(&manifest);
        let of_list: Vec<&Page> = pages.pages.iter().filter(|page| page.links.len() > 1).collect();
        let [verso, recto] = of_list[..] else { return None };
        let first = |page: &Page| {
            let baselines = page.items.iter().filter_map(|item| match item {
                Item::Glyphs(run) if run.text.contains("harbour") => Some(run.origin.y),
                _ => None,
            });
            baselines.min()
        };
        (verso.side == Side::Verso).then_some([first(verso)?, first(recto)?])
    });
    found.collect()
}

#[test]
fn a_list_on_facing_pages_begins_on_the_same_line_of_both() {
    for design in ["classic", "modern", "newspaper"] {
        for list in ["list", "thumbnails", "catalogue"] {
            let found = first_entries(design, list);
            let level = found.iter().filter(|[verso, recto]| verso == recto).count();
            // Unless it would need a third page.
            assert!(level * 2 > found.len(), "{design}, {list}: {found:?}");
        }
    }
}

#[test]
fn a_turned_line_of_the_contents_is_indented() {
    for design in recto::manifest::bundled_designs() {
        for language in ["en", "ar"] {
            let title =
                "The harbour in the morning before the boats come in from the ice ".repeat(3);
            let manifest = format!(
                "title: Winter Road\ndesign: {design}\nlanguage: {language}\npages:\n  - chapter: {title}\n  \
                 - photo: a.jpg\n    alt: A.\n  - chapter: Short\n"
            );
            let book = book(&manifest);
            let (grid, pages) = (layout::Grid::for_book(&book), books::paginate(&book));
            let contents = pages.pages.iter().find(|page| page.links.len() > 1).unwrap();
            let runs = contents.items.iter().filter_map(|item| match item {
                Item::Glyphs(run) => Some(run),
                _ => None,
            });
            let turned = runs.filter(|run| run.text.contains("boats")).nth(1).unwrap();
            let left = grid.column_left(contents.side);
            let is_centred = ["exhibition", "album"].contains(&design);
            assert!(
                is_centred || language == "ar" || turned.origin.x > left + Length::pt(8),
                "{design}"
            );
        }
    }
}

#[test]
fn the_colophon_names_no_fallback_that_sets_nothing() {
    let typefaces = |keys: &str, caption: &str| {
        let manifest = format!(
            "title: A\ncolophon: true\n{keys}\npages:\n  - {{ photo: a.jpg, caption: {caption} }}\n"
        );
        let font = |name: &str| bundled_font(name).unwrap().to_vec();
        let fixture = BookFixture::new(&manifest)
            .photo("a.jpg", 30, 20)
            .file("OwnHebrew.ttf", font("NotoSerifHebrew-Regular"))
            .file("OwnArabic.ttf", font("NotoNaskhArabic-Regular"))
            .file("OwnHan.otf", include_bytes!("../specimen/fonts/SpecimenHan-Regular.otf"));
        let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
        let project = loaded.project.unwrap();
        let colophon = project.book().entries.iter().find_map(|entry| match entry {
            Entry::Colophon(essay) => Some(essay.clone()),
            _ => None,
        });
        let Block::Paragraph(content) = &colophon.unwrap().blocks[0] else { panic!() };
        plain_text(&content[2..])
    };
    let source = "Source Serif 4، Source Sans 3";
    let with = |files: &str| format!("language: ar\nfonts: {{ fallback: [{files}] }}");
    let all = with("OwnHebrew.ttf, OwnHan.otf");
    assert_eq!(typefaces(&all, "قارب"), format!("Noto Naskh Arabic، {source}"));
    let all = with("OwnHebrew.ttf, OwnArabic.ttf, OwnHan.otf");
    assert_eq!(typefaces(&all, "قارب"), format!("Own Arabic، {source}"));
    let of_han = "fonts: { fallback: [OwnHebrew.ttf, OwnHan.otf] }";
    assert_eq!(typefaces(of_han, "写真"), "Source Serif 4, Source Sans 3, Own Han");
}

#[test]
fn the_colophon_names_the_typefaces_that_are_used_and_that_of_the_text_first() {
    let typefaces = |keys: &str, caption: &str| {
        let manifest = format!(
            "title: A\ncolophon: true\n{keys}\npages:\n  - {{ photo: a.jpg, caption: {caption} }}\n"
        );
        let font = include_bytes!("../specimen/fonts/SpecimenHan-Regular.otf");
        let fixture = BookFixture::new(&manifest)
            .photo("a.jpg", 30, 20)
            .file("SpecimenHan.otf", font)
            .file("SpecimenHanBold.otf", font);
        let book = fixture.load().book.unwrap();
        let colophon = book.entries.iter().find_map(|entry| match entry {
            Entry::Colophon(essay) => Some(essay),
            _ => None,
        });
        let Block::Paragraph(content) = &colophon.unwrap().blocks[0] else { panic!() };
        plain_text(&content[2..])
    };
    let source = "Source Serif 4, Source Sans 3";
    let fallback = "fonts: { fallback: [SpecimenHan.otf, SpecimenHanBold.otf] }";
    assert_eq!(typefaces("", "A boat"), source);
    assert_eq!(typefaces(fallback, "A boat"), source, "it is not used");
    assert_eq!(typefaces(fallback, "船"), format!("{source}, Specimen Han"));
    assert_eq!(
        typefaces(&format!("language: ko\n{fallback}"), "船"),
        format!("Specimen Han, {source}")
    );
    assert!(typefaces("language: ar", "قارب").starts_with("Noto Naskh Arabic"));
    assert!(typefaces("language: he", "סירה").starts_with("Noto Serif Hebrew"));
}

#[test]
fn the_imprint_has_the_isbn_with_its_hyphens() {
    let manifest = "title: A\nidentifier: isbn:9783161484100\npages:\n  - { photo: a.jpg }\n";
    let fixture = BookFixture::new(manifest).photo("a.jpg", 30, 20);
    let pages = books::paginate(&fixture.load().book.unwrap());
    assert!(pages.pages.iter().any(|page| text(page).contains("ISBN 978-3-16-148410-0")));
}
