//! Preflight: each rule with a book that it finds something in, and one that it does not.

use recto::finding::{Finding, Severity};
use recto::model::{
    Book, CaptionPosition, Edition, Entry, Fact, Ink, Item, Length, Minimums, Page, Pages,
    PassageKind, Plate, PlateLayout, Point, Printer, Rect, Rule, Side, Size,
};
use recto::preflight;

use crate::support::books::{book, chapter, essay, faces, paginate, picture, pictures, plate};
use crate::support::fixture::{BookFixture, with_code};

const MM: fn(i64) -> Length = Length::mm;

fn findings(book: &Book, pages: &Pages) -> Vec<Finding> {
    preflight::findings(book, pages, &faces(book), Edition::Print.into())
}

/// The messages of the findings with this code.
fn messages(book: &Book, pages: &Pages, code: &str) -> Vec<String> {
    let found = findings(book, pages);
    with_code(&found, code).iter().map(|finding| finding.message.clone()).collect()
}

fn with_layout(layout: PlateLayout, caption: CaptionPosition) -> Entry {
    let photo = picture(6_000, 3_000);
    let plate = Plate::new(photo, 0, "Harbour.");
    Entry::Plate(Box::new(Plate { layout, caption_position: caption, ..plate }))
}

/// A printer that asks for nothing.
fn printer() -> Printer {
    Printer { name: "Mine".into(), ..Printer::default() }
}

/// Changes the clips of the pictures on a page.
fn change_clips(page: &mut Page, change: impl Fn(&mut Rect)) {
    for item in &mut page.items {
        if let Item::Picture(placed) = item {
            change(&mut placed.clip);
        }
    }
}

#[test]
fn art_that_ends_before_the_bleed_is_found_with_its_edge_and_by_how_much() {
    let book = book(vec![with_layout(PlateLayout::FullBleed, CaptionPosition::None)]);
    let whole = paginate(&book);
    assert_eq!(messages(&book, &whole, "bleed-short"), Vec::<String>::new());
    let index = whole.pages.iter().position(|page| !pictures(page).is_empty()).unwrap();
    assert_eq!(whole.pages[index].side, Side::Recto);
    let short = |change: fn(&mut Rect)| {
        let mut pages = whole.clone();
        change_clips(&mut pages.pages[index], change);
        messages(&book, &pages, "bleed-short")
    };
    let by = |edge: &str, missing: &str| {
        vec![format!("a.jpg ends {missing} before the end of the bleed at {edge}")]
    };
    assert_eq!(short(|clip| clip.height -= MM(1)), by("the foot of the page", "1 mm"));
    assert_eq!(short(|clip| clip.width -= MM(2)), by("the fore edge", "2 mm"));
    // Even inside the trim.
    let inside = |clip: &mut Rect| (clip.y, clip.height) = (MM(1), clip.height - MM(4));
    assert_eq!(short(inside), by("the head of the page", "4 mm"));
}

#[test]
fn the_halves_of_a_spread_must_meet_in_the_fold() {
    let spread = with_layout(PlateLayout::Spread, CaptionPosition::None);
    let book = book(vec![plate(3_000, 2_000, "One."), spread]);
    let mut pages = paginate(&book);
    assert_eq!(messages(&book, &pages, "bleed-short"), Vec::<String>::new());
    // The right half, which begins at the fold.
    let recto = pages.pages.iter_mut().rev().find(|page| !pictures(page).is_empty()).unwrap();
    assert_eq!(recto.side, Side::Recto);
    change_clips(recto, |clip| (clip.x, clip.width) = (MM(1), clip.width - MM(4)));
    let found = messages(&book, &pages, "bleed-short");
    assert_eq!(found, ["a.jpg ends 4 mm before the end of the bleed at the spine"]);
}

#[test]
fn the_colour_of_a_page_must_fill_the_bleed() {
    let mut book = book(vec![essay("One", 2)]);
    book.design.style.page.colour = Ink { c: 4, m: 4, y: 6, k: 6 };
    let mut pages = paginate(&book);
    assert_eq!(messages(&book, &pages, "bleed-short"), Vec::<String>::new());
    let Item::Rule(rule) = &mut pages.pages[2].items[0] else { panic!() };
    rule.rect = Rect::new(Point::default(), book.print.trim);
    let found = messages(&book, &pages, "bleed-short");
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].starts_with("a colour ends 3 mm before"), "{found:?}");
}

#[test]
fn text_of_any_kind_near_the_trim_is_an_error_with_its_distance() {
    let book = book(vec![plate(3_000, 2_000, "The harbour."), essay("One", 12)]);
    let pages = paginate(&book);
    assert_eq!(messages(&book, &pages, "text-outside"), Vec::<String>::new());
    let moved = |words: &str, to: fn(&mut Point)| {
        let mut pages = pages.clone();
        let runs = pages.pages.iter_mut().flat_map(|page| &mut page.items);
        for item in runs {
            if let Item::Glyphs(run) = item
                && run.text.contains(words)
            {
                to(&mut run.origin);
                break;
            }
        }
        let found = findings(&book, &pages);
        let found = with_code(&found, "text-outside");
        assert_eq!((found.len(), found[0].severity), (1, Severity::Error));
        assert!(found[0].page.is_some() && found[0].help.is_some());
        found[0].message.clone()
    };
    // The caption is on a recto, so its left is at the spine.
    let caption = moved("harbour", |origin| origin.x = MM(2));
    assert_eq!(
        caption,
        "the caption of a.jpg is 2 mm from the spine and could be trimmed; the minimum is 3 mm"
    );
    let text = moved("coast", |origin| origin.y = MM(211));
    assert!(text.starts_with("the text extends "), "{text}");
    assert!(text.ends_with("beyond the foot of the page and would be trimmed"), "{text}");
}

#[test]
fn a_page_number_near_the_trim_is_named() {
    let book = book(vec![essay("One", 30)]);
    let mut pages = paginate(&book);
    let page = pages.pages.iter_mut().rev().find(|page| {
        let kinds = |item: &Item| matches!(item, Item::Glyphs(run) if run.passage.kind == PassageKind::Folio);
        page.items.iter().any(kinds)
    });
    for item in &mut page.unwrap().items {
        if let Item::Glyphs(run) = item
            && run.passage.kind == PassageKind::Folio
        {
            run.origin.y = MM(209);
        }
    }
    let found = messages(&book, &pages, "text-outside");
    assert!(found[0].starts_with("the page number "), "{found:?}");
}

/// A book whose first page has a line of this width, and perhaps a printer with a minimum.
fn with_line(width: Length, min: Option<Length>) -> Vec<String> {
    let mut book = book(vec![essay("One", 2)]);
    if let Some(line) = min {
        let minimums = Minimums { type_size: None, line: Some(line) };
        let fact = Fact { value: minimums, source: None };
        let printer = Printer { minimums: Some(fact), ..printer() };
        book.print.printer = Some(Box::new(printer));
    }
    let mut pages = paginate(&book);
    let rect = Rect::new(Point::new(MM(50), MM(50)), Size::new(MM(40), width));
    pages.pages[0].items.push(Item::Rule(Rule { rect, ink: Ink::BLACK, is_round: false }));
    messages(&book, &pages, "line-thin")
}

#[test]
fn a_line_thinner_than_a_press_prints_is_found() {
    assert_eq!(with_line(Length::milli_pt(250), None), Vec::<String>::new());
    assert_eq!(
        with_line(Length::milli_pt(200), None),
        ["a line is 0.2 pt wide, and a press prints no less than 0.25 pt reliably"]
    );
    let found = with_line(Length::milli_pt(500), Some(Length::milli_pt(750)));
    assert_eq!(found, ["a line is 0.5 pt wide, and a press prints no less than 0.75 pt reliably"]);
}

#[test]
fn the_rules_of_tables_are_as_wide_as_the_printer_asks() {
    let manifest = "title: Road\npages:\n  - text: |\n      # One\n\n      | a | b |\n      |---|---|\n      | 1 | 2 |\nprint: { printer: PRINTER }\n";
    let width = |printer: &str| {
        let fixture = BookFixture::new(&manifest.replace("PRINTER", printer));
        let book = fixture.load().book.unwrap();
        let pages = paginate(&book);
        assert_eq!(messages(&book, &pages, "line-thin"), Vec::<String>::new());
        let heights =
            pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
                Item::Rule(rule) => Some(rule.rect.height),
                _ => None,
            });
        heights.min().unwrap()
    };
    assert_eq!(width("generic"), Length::milli_pt(400));
    assert_eq!(width("kdp"), Length::milli_pt(750));
}

#[test]
fn small_text_in_several_inks_is_found() {
    let with_ink = |ink| {
        let mut book = book(vec![plate(3_000, 2_000, "The harbour.")]);
        book.design.style.ink = ink;
        book.design.style.secondary = ink;
        let pages = paginate(&book);
        messages(&book, &pages, "type-inks")
    };
    assert_eq!(with_ink(Ink::BLACK), Vec::<String>::new());
    let found = with_ink(Ink { c: 60, m: 40, y: 40, k: 100 });
    assert!(found.iter().all(|it| it.contains("is printed in 4 inks (c 60 m 40 y 40 k 100)")));
    assert!(!found.is_empty());
}

#[test]
fn type_below_the_minimum_of_the_printer_is_found() {
    let with_min = |min: Option<Length>| {
        let mut book = book(vec![plate(3_000, 2_000, "The harbour.")]);
        let minimums = Minimums { type_size: min, line: None };
        let fact = Fact { value: minimums, source: None };
        book.print.printer = Some(Box::new(Printer { minimums: Some(fact), ..printer() }));
        let pages = paginate(&book);
        let found = findings(&book, &pages);
        let found = with_code(&found, "type-small").into_iter();
        found.map(|it| it.help.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(with_min(None), Vec::<String>::new());
    let found = with_min(Some(Length::pt(12)));
    assert!(
        found.iter().all(|help| help.contains("12.0 pt") && help.ends_with("Mine asks for that"))
    );
    assert!(!found.is_empty());
}

#[test]
fn blank_pages_that_openings_do_not_explain_are_found() {
    let book =
        book(vec![chapter("One"), plate(3_000, 2_000, "One."), chapter("Two"), essay("Three", 2)]);
    let mut pages = paginate(&book);
    assert_eq!(messages(&book, &pages, "pages-blank"), Vec::<String>::new());
    let blank = pages.pages.iter().find(|page| page.items.is_empty()).unwrap().clone();
    let at = pages.pages.iter().position(|page| page.entry.is_some()).unwrap() + 2;
    pages.pages.splice(at..at, [blank.clone(), blank]);
    let found = messages(&book, &pages, "pages-blank");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("are blank: "), "{found:?}");
}

#[test]
fn blank_pages_for_the_multiple_are_explained() {
    let mut book = book(vec![plate(3_000, 2_000, "One."), plate(3_000, 2_000, "Two.")]);
    book.print.multiple = 16;
    let pages = paginate(&book);
    assert!(pages.padding > 4);
    assert_eq!(messages(&book, &pages, "pages-blank"), Vec::<String>::new());
}

#[test]
fn a_colour_of_the_design_with_more_ink_than_the_printer_takes_is_found() {
    let with_limit = |limit: Option<u32>| {
        let mut book = book(vec![essay("One", 2)]);
        book.design.style.page.colour = Ink { c: 60, m: 60, y: 60, k: 80 };
        let ink = limit.map(|value| Fact { value, source: None });
        book.print.printer = Some(Box::new(Printer { ink, ..printer() }));
        let pages = paginate(&book);
        messages(&book, &pages, "ink-total")
    };
    assert_eq!(with_limit(None), Vec::<String>::new());
    assert_eq!(with_limit(Some(280)), Vec::<String>::new());
    assert_eq!(
        with_limit(Some(240)),
        ["a colour of the design has 260 % of ink, and Mine accepts at most 240 %"]
    );
}

#[test]
fn art_on_the_cover_must_fill_its_bleed_and_has_enough_pixels() {
    let mut book = book(vec![essay("One", 2)]);
    // A sheet with one photo that fills it.
    let plate = Plate::new(picture(6_000, 6_000), 0, "Cover.");
    book.entries.push(Entry::Plate(Box::new(Plate { layout: PlateLayout::FullBleed, ..plate })));
    let mut cover = paginate(&book);
    let page = cover.pages.iter().find(|page| !pictures(page).is_empty()).unwrap().clone();
    cover.pages = vec![Page { entry: None, ..page }];
    let messages = |pages: &Pages| -> Vec<String> {
        let found = preflight::cover::art(&book, pages);
        assert!(found.iter().all(|it| it.editions == Edition::Cover.into() && it.page.is_none()));
        found.into_iter().map(|finding| finding.message).collect()
    };
    let too_fine = "1 photo has more than 600 pixels per inch, more than a press can show";
    assert_eq!(messages(&cover), [too_fine]);
    change_clips(&mut cover.pages[0], |clip| clip.width -= MM(2));
    assert_eq!(
        messages(&cover)[1],
        "a.jpg ends 2 mm before the end of the bleed at the right edge"
    );
}
