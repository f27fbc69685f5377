//! The sizes of plates and of type on every trim, and the margins that pictures and captions keep.

use recto::finding::Code;
use recto::layout::Grid;
use recto::model::{
    Book, CaptionPosition, Date, Design, Edition, Entry, EntryId, GlyphRun, Ink, Item, Language,
    Length, Page, Pages, PassageKind, PlacedPicture, Plate, PlateSize, PlateSizing, Size,
};
use recto::preflight;

use crate::support::books::{book, faces, paginate, pictures, plate};
use crate::support::fixture::BookFixture;

const LONG: &str = "The fishermen of the outer harbour bring in their nets before first light, while \
    the women on the quay sort the catch by the lamp that hangs from the crane; nobody speaks, since \
    the ice on the planks is thin and the boats lie close, and one hears every step from the church \
    to the lighthouse.";
const TRIMS: [(i64, i64); 6] =
    [(210, 210), (210, 297), (297, 210), (254, 203), (127, 203), (300, 300)];
const DESIGNS: [&str; 3] = ["classic", "modern", "exhibition"];

fn design(name: &str) -> Design {
    let manifest = format!("title: X\ndesign: {name}\npages:\n  - photo: a.jpg\n");
    BookFixture::new(&manifest).photo("a.jpg", 30, 20).load().book.unwrap().design
}

fn book_of(entries: Vec<Entry>, name: &str, (width, height): (i64, i64)) -> Book {
    let mut book = book(entries);
    book.design = design(name);
    book.print.trim = Size::new(Length::mm(width), Length::mm(height));
    if name == "exhibition" {
        for entry in &mut book.entries {
            if let Entry::Plate(plate) = entry {
                plate.caption_position = CaptionPosition::Facing;
            }
        }
    }
    book
}

fn with(entry: Entry, change: impl FnOnce(&mut Plate)) -> Entry {
    let Entry::Plate(mut plate) = entry else { unreachable!() };
    change(&mut plate);
    Entry::Plate(plate)
}

fn landscape() -> Entry {
    plate(3900, 2600, "The road.")
}

fn portrait() -> Entry {
    plate(2600, 3900, "The road.")
}

fn panorama() -> Entry {
    plate(6000, 1500, "The coast.")
}

/// The page and the picture of a plate.
fn placed(pages: &Pages, id: usize) -> (&Page, &PlacedPicture) {
    let mut of_plate = pages.pages.iter().filter(|page| page.entry == Some(EntryId(id)));
    of_plate.find_map(|page| Some((page, *pictures(page).first()?))).unwrap()
}

/// The part of the page that a plate covers, in thousandths.
fn share(pages: &Pages, id: usize) -> i128 {
    let frame = placed(pages, id).1.frame;
    let area =
        |width: Length, height: Length| i128::from(width.to_emu()) * i128::from(height.to_emu());
    area(frame.width, frame.height) * 1000 / area(pages.trim.width, pages.trim.height)
}

fn runs(page: &Page) -> Vec<&GlyphRun> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    });
    runs.collect()
}

#[test]
fn a_plate_of_the_usual_shape_covers_as_much_of_the_page_as_its_trim_allows() {
    for (name, square, upright, oblong) in [
        ("classic", 395..=410, 275..=305, 480..=500),
        ("exhibition", 350..=390, 250..=280, 440..=460),
    ] {
        for (trim, expected) in [
            ((210, 210), square),
            ((210, 297), upright),
            ((297, 210), oblong.clone()),
            ((254, 203), oblong),
        ] {
            let pages = paginate(&book_of(vec![landscape(), landscape()], name, trim));
            let share = share(&pages, 0);
            assert!(expected.contains(&share), "{name} {trim:?}: {share}, expected {expected:?}");
        }
    }
}

#[test]
fn a_rare_shape_does_not_change_the_size_of_the_others() {
    for trim in TRIMS {
        let alone = paginate(&book_of((0..8).map(|_| landscape()).collect(), "classic", trim));
        for rare in [panorama(), portrait()] {
            let mut entries: Vec<Entry> = (0..8).map(|_| landscape()).collect();
            entries.push(rare);
            let mixed = paginate(&book_of(entries, "classic", trim));
            assert_eq!(share(&mixed, 0), share(&alone, 0), "{trim:?}");
        }
    }
}

#[test]
fn a_photo_much_higher_than_wide_has_less_area_than_the_others() {
    for trim in [(210, 210), (210, 297), (127, 203)] {
        let mut entries: Vec<Entry> = (0..8).map(|_| landscape()).collect();
        entries.extend([plate(1000, 1800, ""), plate(1000, 2600, ""), panorama()]);
        let pages = paginate(&book_of(entries, "classic", trim));
        let [usual, high, panorama] = [8, 9, 10].map(|number| share(&pages, number));
        assert!(high * 10 < usual * 9, "{trim:?}: {high} of {usual}");
        assert!(high * 10 <= panorama * 17, "{trim:?}: {high} beside {panorama}");
    }
}

#[test]
fn on_a_landscape_trim_portrait_pictures_take_what_fits_and_do_not_rule() {
    let entries = [landscape(), portrait(), landscape(), portrait(), landscape(), landscape()];
    let pages = paginate(&book_of(entries.into(), "classic", (297, 210)));
    assert!(share(&pages, 4) >= 440, "{}", share(&pages, 4));
    // On a square page, both have the same area.
    let entries = [landscape(), portrait(), landscape(), portrait()];
    let pages = paginate(&book_of(entries.into(), "classic", (210, 210)));
    assert!((share(&pages, 2) - share(&pages, 3)).abs() <= 15);
}

#[test]
fn pictures_and_captions_stay_within_the_margins_on_every_trim() {
    let dated = |entry: Entry| {
        with(entry, |plate| {
            plate.place = Some("Nes".into());
            plate.taken = Some(Date { year: 2026, month: None, day: None }.into());
        })
    };
    let very_long = LONG.repeat(2);
    let captions = ["", "Short.", LONG, &very_long];
    for (name, trim) in DESIGNS.into_iter().flat_map(|name| TRIMS.map(|trim| (name, trim))) {
        for language in ["en", "ar"] {
            let mut entries = Vec::new();
            for (width, height) in
                [(3900, 2600), (2600, 3900), (3000, 3000), (6000, 1500), (3200, 4000)]
            {
                for caption in captions {
                    entries.push(dated(plate(width, height, caption)));
                    entries.push(with(plate(width + 200, height, caption), |plate| {
                        plate.size = PlateSize::Large;
                    }));
                }
            }
            let mut book = book_of(entries, name, trim);
            book.language = Language::new(language);
            let grid = Grid::for_book(&book);
            let pages = paginate(&book);
            for page in pages.pages.iter().filter(|page| page.entry.is_some()) {
                if page.entry.is_some_and(|id| pages.overset.contains(&id)) {
                    continue;
                }
                let inside = grid.inside(page.side);
                let at = format!("{name} {trim:?} {language}, page {}", page.folio);
                for picture in pictures(page) {
                    let frame = picture.frame;
                    assert!(
                        frame.y >= inside.y,
                        "{at}: above the margin by {:?}",
                        inside.y - frame.y
                    );
                    assert!(frame.bottom() < inside.bottom(), "{at}: below the margin");
                    let rounding = Length::emu(2);
                    assert!(frame.x + rounding >= inside.x, "{at}: left of the margin");
                    assert!(
                        frame.right() <= inside.right() + rounding,
                        "{at}: right of the margin"
                    );
                }
                for run in runs(page) {
                    if run.passage.kind == PassageKind::Caption {
                        assert!(
                            run.origin.y <= inside.bottom(),
                            "{at}: “{}” in the margin",
                            run.text
                        );
                    }
                }
            }
            assert!(pages.overset.len() <= 10, "{name} {trim:?}: {:?}", pages.overset);
        }
    }
}

#[test]
fn facing_plates_agree_at_the_foot_only_below_the_top_margin() {
    // The taller picture would need the space above the margin.
    let entries = vec![landscape(), with(plate(3900, 2500, LONG), |_| {}), plate(3900, 3300, LONG)];
    let book = book_of(entries, "classic", (297, 210));
    let grid = Grid::for_book(&book);
    let pages = paginate(&book);
    for id in 1..3 {
        let (page, picture) = placed(&pages, id);
        assert!(picture.frame.y >= grid.margins.top, "{id}");
        let last = runs(page)
            .iter()
            .filter(|run| run.passage.kind == PassageKind::Caption)
            .map(|run| run.origin.y)
            .max();
        assert!(last.unwrap() <= grid.inside(page.side).bottom());
    }
}

#[test]
fn no_plate_misses_the_margins_by_a_few_millimetres() {
    let mut reach = 0;
    for trim in [(210, 210), (210, 297), (300, 300)] {
        for height in (2000..2700).step_by(20) {
            // It faces none, with which it would share its height.
            let last = plate(3900, height, "The road.");
            let entries = vec![landscape(), landscape(), landscape(), last];
            let book = book_of(entries, "classic", trim);
            let pages = paginate(&book);
            let (page, picture) = placed(&pages, 3);
            let measure = Grid::for_book(&book).inside(page.side).width;
            let white = measure - picture.frame.width;
            reach += usize::from(white == Length::ZERO);
            let is_clear = white * 100 >= measure * 3;
            assert!(white == Length::ZERO || is_clear, "{trim:?}, {height}: {white:?}");
        }
    }
    assert!(reach > 20, "{reach}");
}

#[test]
fn a_plate_can_be_small_or_large() {
    for trim in TRIMS {
        let sized = |size| with(landscape(), |plate| plate.size = size);
        let entries =
            vec![sized(PlateSize::Small), landscape(), landscape(), sized(PlateSize::Large)];
        let pages = paginate(&book_of(entries, "classic", trim));
        let [small, normal, large] = [0, 1, 3].map(|id| share(&pages, id));
        assert!((45..=55).contains(&(small * 100 / normal)), "{trim:?}: {small} {normal}");
        assert!(large > normal, "{trim:?}: {large} {normal}");
    }
}

#[test]
fn heights_can_be_equal() {
    let mut book = book(vec![landscape(), portrait(), plate(3000, 3000, "One."), panorama()]);
    book.print.plates = PlateSizing::EqualHeight;
    let pages = paginate(&book);
    let heights = [0, 1, 2].map(|id| placed(&pages, id).1.frame.height);
    let highest = heights.into_iter().max().unwrap();
    assert!(heights.into_iter().all(|height| highest - height < Length::emu(100)), "{heights:?}");
    assert!(placed(&pages, 3).1.frame.height < highest, "a panorama takes what fits");
}

/// The baselines of a caption with the texts of their lines.
fn caption_lines(page: &Page) -> Vec<String> {
    let mut lines: Vec<(Length, String)> = Vec::new();
    for run in runs(page).into_iter().filter(|run| run.passage.kind == PassageKind::Caption) {
        match lines.last_mut() {
            Some((baseline, text)) if *baseline == run.origin.y => text.push_str(&run.text),
            _ => lines.push((run.origin.y, run.text.to_string())),
        }
    }
    lines.into_iter().map(|(_, text)| text.trim().to_owned()).collect()
}

#[test]
fn place_and_date_have_a_line_of_their_own_unless_all_is_one_line() {
    for (language, short, long, facts) in [
        (
            "en",
            "First light.",
            "The road at Nes after the first snow, with the lights of the dairy behind the birches.",
            "Nes, 2026",
        ),
        (
            "ar",
            "أول ضوء.",
            "الطريق عند نيس بعد أول ثلج، وأضواء معمل الألبان التعاوني خلف أشجار البتولا في الوادي الطويل.",
            "نيس، 2026",
        ),
        (
            "ko",
            "첫 빛.",
            "첫눈이 내린 뒤 네스의 길, 자작나무 뒤로 협동조합 낙농장의 불빛이 보이고 아무도 말하지 않는 아침이 온다 그리고 다시.",
            "네스, 2026년",
        ),
    ] {
        let place = facts.split([',', '،']).next().unwrap();
        let entries = [short, long, ""].map(|caption| {
            with(plate(3900, 2600, caption), |plate| {
                plate.place = Some(place.into());
                plate.taken = Some(Date { year: 2026, month: None, day: None }.into());
                if caption.is_empty() {
                    plate.caption.clear();
                }
            })
        });
        let mut book = book(entries.into());
        book.language = Language::new(language);
        let pages = paginate(&book);
        let lines = [0, 1, 2].map(|id| caption_lines(placed(&pages, id).0));
        assert_eq!(lines[0].len(), 1, "{language}: {lines:?}");
        assert!(lines[1].len() >= 2, "{language}: {lines:?}");
        let last = lines[1].last().unwrap();
        assert!(last.starts_with(place) && last.contains("2026"), "{language}: {lines:?}");
        assert_eq!(lines[2].len(), 1, "{language}: {lines:?}");
    }
}

#[test]
fn a_caption_is_as_wide_as_its_picture_if_it_would_be_nearly_so() {
    for (width, height) in [(3900, 2600), (2600, 3900), (2000, 3900), (3000, 3000)] {
        for trim in TRIMS {
            let pages = paginate(&book_of(vec![plate(width, height, LONG)], "classic", trim));
            let (page, picture) = placed(&pages, 0);
            let left = runs(page)[0].passage.left;
            let right = runs(page)
                .iter()
                .filter(|run| run.passage.kind == PassageKind::Caption)
                .map(|run| {
                    run.origin.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>()
                })
                .max()
                .unwrap();
            let picture_width = picture.frame.width;
            let is_landscape = width >= height;
            // Punctuation hangs.
            let hanging = Length::mm(1);
            assert!(!is_landscape || right - left <= picture_width + hanging, "{trim:?} {width}");
        }
    }
}

#[test]
fn type_on_small_pages_is_legible_and_secondary_text_is_dark_enough() {
    for (name, trim) in DESIGNS.into_iter().flat_map(|name| TRIMS.map(|trim| (name, trim))) {
        let entry = with(plate(3900, 2600, LONG), |plate| plate.credit = Some("Ada Field".into()));
        let mut book = book_of(vec![entry], name, trim);
        book.credits = recto::model::Credits::Each;
        let pages = paginate(&book);
        for run in pages.pages.iter().flat_map(runs) {
            assert!(run.size >= Length::pt(7), "{name} {trim:?}: “{}” {:?}", run.text, run.size);
            let Ink { k, .. } = run.ink;
            assert!(k >= 75 || run.size >= Length::pt(9), "{name} {trim:?}: “{}”", run.text);
        }
        let findings = preflight::findings(&book, &pages, &faces(&book), Edition::Print.into());
        assert!(findings.iter().all(|finding| finding.code != Code::TypeTint), "{findings:?}");
    }
}

#[test]
fn small_text_in_a_light_tint_of_ones_own_design_is_reported() {
    let manifest = "title: X\ndesign: mine.yaml\npages:\n  - { photo: a.jpg, alt: x, caption: A., place: Nes }\n";
    let fixture = BookFixture::new(manifest)
        .photo("a.jpg", 3000, 2000)
        .file("mine.yaml", "like: classic\ninks: { secondary: { k: 65 } }\n");
    let book = fixture.load().book.unwrap();
    let pages = paginate(&book);
    let findings = preflight::findings(&book, &pages, &faces(&book), Edition::Print.into());
    let tints: Vec<_> = findings.iter().filter(|it| it.code == Code::TypeTint).collect();
    assert_eq!(tints.len(), 1, "{findings:?}");
    assert!(tints[0].message.contains("Nes") && tints[0].message.contains("k 65"), "{tints:?}");
    assert!(tints[0].help.as_ref().unwrap().contains("k: 75"), "{tints:?}");
}
