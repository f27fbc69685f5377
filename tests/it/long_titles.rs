//! Titles and words that are longer than designs expect.

use recto::finding::{Code, Finding};
use recto::layout::{self, Grid};
use recto::model::{Edition, GlyphRun, Item, Length, Page, Pages, Point, Rect, Size};
use recto::preflight;
use recto::typeset::Faces;

use crate::support::books::{self, pictures, text};
use crate::support::fixture::{BookFixture, with_code};

const TRIMS: [&str; 4] = ["210 x 210 mm", "210 x 297 mm", "297 x 210 mm", "5 x 8 in"];

/// Titles with their languages and subtitles.
const TITLES: [(&str, &str, &str); 4] = [
    (
        "de",
        "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente und Landschaftsfotografie in den \
         Rheinlandpfälzischen Mittelgebirgen",
        "Eine Reise durch die Verwaltungsgemeinschaften der Überschwemmungsgebiete",
    ),
    (
        "en",
        "A Short but Nevertheless Remarkably Complete Atlas of the Abandoned Lighthouses",
        "With maps",
    ),
    (
        "ar",
        "مشاهدات طويلة من الطريق الساحلي القديم بين المدينة والميناء في فصل الشتاء البارد",
        "نموذج يُقرأ من اليمين إلى اليسار",
    ),
    ("fr", "Anticonstitutionnellement", "Un mot"),
];

/// The manifest of a book with this title.
fn manifest(design: &str, trim: &str, (tag, title, subtitle): (&str, &str, &str)) -> String {
    format!(
        "title: \"{title}\"\nsubtitle: \"{subtitle}\"\nlanguage: {tag}\ndesign: {design}\n\
         publisher: Shore Press\ncreators:\n  - {{ name: Ada Field, role: photographer }}\n  \
         - {{ name: Ida Nordenskiöld-Bartholomäusson, role: author }}\n\
         print: {{ trim: {trim} }}\npages:\n  - chapter: \"{title}\"\n    intro: Words.\n  \
         - {{ photo: a.jpg, alt: A. }}\n"
    )
}

fn paginate(manifest: &str) -> Pages {
    books::paginate(&BookFixture::new(manifest).photo("a.jpg", 30, 20).load().book.unwrap())
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if !run.glyphs.is_empty() => Some(run),
        _ => None,
    })
}

/// The area of the letters of a run, without ascenders and descenders.
fn letters(run: &GlyphRun) -> Rect {
    let height = run.size.scale(7, 10);
    Rect::new(Point::new(run.origin.x, run.origin.y - height), Size::new(run.width(), height))
}

fn findings(manifest: &str) -> Vec<Finding> {
    let book = BookFixture::new(manifest).photo("a.jpg", 30, 20).load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    preflight::findings(&book, &pages, &faces, Edition::Print.into())
}

#[test]
fn nothing_overlaps_on_title_pages_and_no_word_is_torn() {
    for design in recto::manifest::bundled_designs() {
        for (trim, title) in TRIMS.into_iter().flat_map(|trim| TITLES.map(|it| (trim, it))) {
            let pages = paginate(&manifest(design, trim, title));
            let area = Rect::new(Point::default(), pages.trim);
            let case = format!("{design} {trim} {}", title.0);
            for page in &pages.pages {
                assert_eq!(page.torn, Vec::<std::sync::Arc<str>>::new(), "{case}");
                assert!(!page.title_overset, "{case}");
            }
            // The half-title, the title page and the imprint.
            for page in pages.pages.iter().take(4) {
                let boxes: Vec<(Rect, &GlyphRun)> =
                    runs(page).map(|run| (letters(run), run)).collect();
                for (index, (one, run)) in boxes.iter().enumerate() {
                    assert!(area.contains(one), "{case}: {}", run.text);
                    for (other, with) in &boxes[index + 1..] {
                        let common = one.common(other);
                        let is_clear =
                            common.width <= Length::pt(1) || common.height <= Length::ZERO;
                        assert!(is_clear, "{case}: {} and {}", run.text, with.text);
                    }
                }
            }
        }
    }
}

#[test]
fn a_long_title_is_smaller_before_it_has_a_hyphen() {
    let size = |title: &str| {
        let pages = paginate(&manifest("classic", "210 x 210 mm", ("de", title, "Bilder")));
        let page = &pages.pages[2];
        (runs(page).map(|run| run.size).max().unwrap(), text(page))
    };
    let (usual, _) = size("Winterweg");
    let (smaller, words) = size("Straßenverkehrszulassungsordnung");
    assert!(smaller < usual, "{smaller:?}");
    assert!(words.contains("Straßenverkehrszulassungsordnung"), "{words}");
    let (_, words) = size(&"Donaudampfschifffahrtsgesellschafts".repeat(3));
    assert!(words.contains('-'), "{words}");
}

#[test]
fn a_word_that_has_to_be_torn_is_reported_with_its_place() {
    let word = "b".repeat(120);
    let book = manifest("modern", "5 x 8 in", ("en", "Winter Road", "Short"));
    let found = findings(&book.replace("intro: Words.", &format!("intro: See {word} there.")));
    let found = with_code(&found, "word-broken");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].at.as_ref().map(|at| at.line), Some(11), "{found:?}");
    assert!(found[0].message.starts_with(&format!("“{word}”")), "{}", found[0].message);
    // An address is broken at its punctuation.
    let address = format!("https://example.org/{}", "a-road/".repeat(20));
    let found = findings(&book.replace("intro: Words.", &format!("intro: See {address} there.")));
    assert_eq!(with_code(&found, "word-broken").len(), 0, "{found:?}");
}

#[test]
fn a_title_without_room_is_reported() {
    let long =
        "Remarkable lighthouses of the northern coast and the islands before it. ".repeat(12);
    let found = findings(&manifest("modern", "5 x 8 in", ("en", long.trim(), "Short")));
    let found = with_code(&found, "title-too-long");
    assert!(!found.is_empty());
    assert!(found.iter().all(|finding| finding.code == Code::TitleTooLong));
    assert!(found[0].message.contains("863 characters"), "{}", found[0].message);
    let found = findings(&manifest("modern", "5 x 8 in", TITLES[0]));
    assert_eq!(with_code(&found, "title-too-long").len(), 0, "{found:?}");
}

#[test]
fn a_title_on_columns_is_as_large_on_the_title_page_as_a_column_more_allows() {
    let manifest = "title: Hinter der Umgehungsstraße\nsubtitle: Ein Gartenjahr in der Anlage\nlanguage: de\n\
        design: modern\npages:\n  - { photo: a.jpg, alt: A }\n";
    let book = BookFixture::new(manifest).photo("a.jpg", 30, 20).load().book.unwrap();
    let grid = Grid::for_book(&book);
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let text: Vec<&GlyphRun> = pages.pages.iter().flat_map(runs).collect();
    let title = text.iter().filter(|run| run.text.contains("Umgehungsstraße"));
    let size = title.map(|run| run.size).max();
    assert_eq!(size, Some(grid.size_of(&grid.style.text_styles.title)));
    let subtitle = text.iter().filter(|run| run.text.contains("Ein Gartenjahr in der Anlage"));
    assert_eq!(subtitle.count(), 1, "it is on one line");
}

#[test]
fn the_half_title_is_printed_once() {
    for design in recto::manifest::bundled_designs() {
        let book = format!(
            "title: Winter Road\ndesign: {design}\npages:\n  - {{ photo: a.jpg, alt: A., layout: \
             spread }}\n  - {{ photo: a.jpg, alt: A. }}\n"
        );
        let pages = paginate(&book);
        // The half-title and the title page; running heads are on pages with pictures.
        let titles = pages.pages.iter().filter(|page| text(page).trim() == "Winter Road").count();
        assert!(titles <= 2, "{design}");
        let mut body = pages.pages.iter().skip(4).filter(|page| pictures(page).is_empty());
        assert!(body.all(|page| !text(page).contains("Winter Road")), "{design}");
    }
}
