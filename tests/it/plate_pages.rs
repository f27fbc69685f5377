//! The pages that the manifest asks for: sides, facing plates, blank pages, the colour of chapters,
//! and full bleeds with nothing but a date.

use recto::finding::{Code, Finding};
use recto::model::{
    Book, CaptionPosition, Date, Edition, Entry, EntryId, Ink, Item, Numbering, Page, Pages, Plate,
    PlateLayout, Side,
};
use recto::preflight;

use crate::support::books::{book, chapter, essay, faces, paginate, pictures, plate, text};
use crate::support::fixture::{BookFixture, lines, with_code};

fn with(entry: Entry, change: impl FnOnce(&mut Plate)) -> Entry {
    let Entry::Plate(mut plate) = entry else { unreachable!() };
    change(&mut plate);
    Entry::Plate(plate)
}

fn framed(caption: &str) -> Entry {
    with(plate(3900, 2600, caption), |plate| plate.alt = Some("A road.".into()))
}

fn facing(caption: &str) -> Entry {
    with(framed(caption), |plate| plate.caption_position = CaptionPosition::Facing)
}

fn bleed(caption: &str) -> Entry {
    with(facing(caption), |plate| plate.layout = PlateLayout::FullBleed)
}

/// A full bleed with a date and no caption.
fn dated(year: u16) -> Entry {
    with(bleed(""), |plate| {
        plate.caption.clear();
        plate.taken = Some(Date { year, month: None, day: None }.into());
    })
}

fn on(side: Side, entry: Entry) -> Entry {
    with(entry, |plate| plate.side = Some(side))
}

fn kept(entry: Entry) -> Entry {
    with(entry, |plate| plate.keep_with_next = true)
}

fn body(pages: &Pages) -> Vec<&Page> {
    pages.pages.iter().filter(|page| page.folio.numbering == Numbering::Arabic).collect()
}

/// The pages of the body, beginning with a recto: `.` for an empty one, `w` for words alone, and
/// the number of its plate, counted from 0, for a picture.
fn kinds(book: &Book) -> String {
    let pages = paginate(book);
    let kinds =
        body(&pages).into_iter().map(|page| match (page.entry, pictures(page).is_empty()) {
            (Some(EntryId(id)), false) => id.to_string(),
            _ if text(page).is_empty() => ".".to_owned(),
            _ => "w".to_owned(),
        });
    let kinds: String = kinds.collect();
    kinds.trim_end_matches('.').to_owned()
}

fn apart(book: &Book) -> Vec<String> {
    let findings = preflight::findings(book, &paginate(book), &faces(book), Edition::Print.into());
    let is_facing = |finding: &Finding| finding.code == Code::PlateFacing;
    findings.into_iter().filter(is_facing).map(|finding| finding.message).collect()
}

#[test]
fn a_plate_is_on_the_side_that_the_manifest_asks_for_after_a_blank_page_if_needed() {
    let [recto, verso] = [Side::Recto, Side::Verso];
    for (entries, expected) in [
        (vec![framed("a"), framed("b")], "01"),
        (vec![framed("a"), on(recto, framed("b"))], "0.1"),
        (vec![on(verso, framed("a")), framed("b")], ".01"),
        (vec![on(verso, framed("a")), on(verso, framed("b"))], ".0.1"),
        (vec![on(recto, framed("a")), on(verso, framed("b"))], "01"),
        // A caption on the facing page follows its picture to the other side.
        (vec![on(verso, facing("a")), framed("b")], ".0w1"),
        (vec![on(recto, facing("a")), framed("b")], ".w01"),
        (vec![on(recto, bleed("")), framed("b")], "01"),
    ] {
        let book = book(entries);
        assert_eq!(kinds(&book), expected);
        let pages = paginate(&book);
        let blank = body(&pages).into_iter().filter(|page| pictures(page).is_empty());
        for page in blank.filter(|page| page.entry.is_none()) {
            assert_eq!(page.items, [], "a blank page has no folio and no half-title");
        }
    }
}

#[test]
fn a_spread_cannot_be_on_a_recto() {
    let fixture = BookFixture::with_pages(&[
        "{ photo: 1.jpg, alt: x, layout: spread, side: recto }",
        "{ photo: 2.jpg, alt: x, layout: spread, side: verso }",
        "{ photo: 3.jpg, alt: x, layout: full-bleed, size: small }",
    ]);
    let fixture = fixture.photo("1.jpg", 30, 20).photo("2.jpg", 30, 20).photo("3.jpg", 30, 20);
    let findings = fixture.load().findings;
    let misplaced: Vec<_> = with_code(&findings, "key-misplaced").into_iter().cloned().collect();
    let found = lines(&misplaced);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("a spread begins on a verso"), "{found:?}");
    assert!(found[1].contains("`size` is not valid"), "{found:?}");
    assert!(misplaced.iter().all(|finding| finding.help.is_some() && finding.at.is_some()));
}

#[test]
fn a_plate_faces_the_next_one_on_a_verso() {
    for (entries, expected) in [
        (vec![kept(framed("a")), framed("b"), framed("c")], ".012"),
        (vec![framed("a"), kept(framed("b")), framed("c")], "012"),
        (vec![framed("a"), framed("b"), kept(framed("c")), framed("d")], "0.123"),
        // The caption of a full bleed is a guest on the page of the framed plate.
        (vec![kept(bleed("a")), framed("b")], ".01"),
        (vec![kept(framed("a")), bleed("b")], ".01"),
        (vec![kept(dated(1999)), dated(2001)], ".01w"),
    ] {
        let book = book(entries);
        let found = kinds(&book);
        assert!(found.starts_with(expected.trim_end_matches('w')), "{found} {expected}");
        assert_eq!(apart(&book), [""; 0]);
    }
}

#[test]
fn a_plate_that_cannot_face_the_next_one_is_reported_with_the_reason() {
    let spread = |entry| with(entry, |plate| plate.layout = PlateLayout::Spread);
    for (entries, reason) in [
        (vec![framed("a"), kept(framed("b"))], "no photo follows it"),
        (vec![kept(framed("a")), essay("Text", 1)], "no photo follows it"),
        (vec![kept(framed("a")), Entry::Blank(None), framed("b")], "no photo follows it"),
        (vec![kept(facing("a")), facing("b")], "the caption of a.jpg takes a page of its own"),
        (vec![kept(framed("a")), spread(framed("b"))], "takes both pages"),
        (vec![kept(framed("a")), kept(framed("b")), framed("c")], "faces the photo before it"),
        (vec![kept(on(Side::Recto, framed("a"))), framed("b")], "their `side`"),
    ] {
        let found = apart(&book(entries));
        assert_eq!(found.len(), 1, "{reason}: {found:?}");
        assert!(found[0].contains(reason), "{reason}: {found:?}");
    }
}

#[test]
fn a_blank_entry_is_one_empty_page_in_print_and_nothing_in_the_epub() {
    let entries = vec![Entry::Blank(None), framed("a"), Entry::Blank(None), framed("b")];
    let book = book(entries);
    assert_eq!(kinds(&book), ".1.3");
    let pages = paginate(&book);
    assert!(body(&pages)[0].items.is_empty(), "the half-title is not repeated there");
    let fixture = BookFixture::with_pages(&[
        "{ photo: 1.jpg, alt: x }",
        "blank: true",
        "{ photo: 2.jpg, alt: x, keep-with-next: false }",
    ]);
    let loaded = fixture.photo("1.jpg", 30, 20).photo("2.jpg", 30, 20).load();
    let book = loaded.book.unwrap();
    assert_eq!(kinds(&book), "0.2");
    let with_content: Vec<usize> = book.with_content().map(|(id, _)| id.0).collect();
    assert_eq!(with_content, [0, 2]);
}

/// The colour of a page, which covers its bleed.
fn colour(page: &Page) -> Ink {
    match page.items.first() {
        Some(Item::Rule(rule)) if rule.rect.width >= recto::model::Length::mm(210) => rule.ink,
        _ => Ink::PAPER,
    }
}

fn coloured(title: &str, colour: Ink) -> Entry {
    let Entry::Chapter(mut chapter) = chapter(title) else { unreachable!() };
    chapter.page_colour = Some(colour);
    Entry::Chapter(chapter)
}

#[test]
fn the_pages_of_a_chapter_have_its_colour_up_to_the_next_chapter_or_text() {
    let dark = Ink { c: 40, m: 0, y: 0, k: 100 };
    let book = book(vec![
        chapter("White"),
        framed("a"),
        coloured("Dark", dark),
        framed("b"),
        framed("c"),
        essay("Text", 1),
        framed("d"),
    ]);
    let pages = paginate(&book);
    for (word, expected) in [
        ("White", Ink::PAPER),
        ("a", Ink::PAPER),
        ("Dark", dark),
        ("b", dark),
        ("c", dark),
        ("Text", Ink::PAPER),
        ("d", Ink::PAPER),
    ] {
        let page = body(&pages).into_iter().find(|page| text(page).starts_with(word)).unwrap();
        assert_eq!(colour(page), expected, "{word}");
        for run in page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            _ => None,
        }) {
            let is_light = run.ink == Ink::PAPER;
            assert_eq!(is_light, expected == dark, "{word}: text is legible on its page");
        }
    }
}

#[test]
fn small_text_on_a_dark_chapter_is_reported_at_the_chapter() {
    let fixture = BookFixture::with_pages(&[
        "{ photo: 1.jpg, alt: x, caption: Before. }",
        "{ chapter: Dark, page: { color: { k: 100 } } }",
        "{ photo: 1.jpg, alt: x, caption: Words. }",
    ]);
    let book = fixture.photo("1.jpg", 3000, 2000).load().book.unwrap();
    let findings =
        preflight::findings(&book, &paginate(&book), &faces(&book), Edition::Print.into());
    // The folio of the classic design has 7 pt.
    let reversed = with_code(&findings, "type-reversed");
    assert_eq!(reversed.len(), 1, "{findings:?}");
    assert_eq!(reversed[0].at.as_ref().map(|at| at.line), Some(4), "{reversed:?}");
}

#[test]
fn a_full_bleed_with_nothing_but_a_date_takes_one_page() {
    // Its date is on the facing page if there is a framed plate, otherwise in the list of plates.
    let beside = book(vec![framed("a"), dated(1999), framed("b")]);
    assert_eq!(kinds(&beside), "012");
    let pages = paginate(&beside);
    assert!(text(body(&pages)[2]).contains("Facing page"), "{}", text(body(&pages)[2]));
    assert!(text(body(&pages)[2]).contains("1999"));

    let alone = book((0..60).map(|number| dated(1900 + number)).collect());
    let pages = paginate(&alone);
    let bleeds = body(&pages).into_iter().filter(|page| !pictures(page).is_empty()).count();
    let count = body(&pages).len();
    assert_eq!(bleeds, 60);
    assert!(count <= 64, "60 photos take {count} pages");
    let all: String = body(&pages).iter().map(|page| text(page)).collect();
    for number in 0..60 {
        assert!(all.contains(&(1900 + number).to_string()), "{number}");
    }
    // A caption of words still has the facing page.
    assert_eq!(kinds(&book(vec![framed("a"), bleed("b"), bleed("c")])), "0w1w2");
}
