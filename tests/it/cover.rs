//! The printed cover: what is on it and where.

use jpeg_encoder::ColorType;
use recto::build::{PrintedCover, Project, ProjectOptions};
use recto::finding::{Finding, Severity};
use recto::layout;
use recto::model::{
    Edition, GlyphRun, Ink, Item, Length, PassageKind, PlacedPicture, Point, Rect, Rule, Size, Turn,
};

use crate::support::fixture::{BookFixture, with_code};
use crate::support::images;

const DESIGNS: [&str; 5] = ["classic", "modern", "exhibition", "album", "newspaper"];
const BINDINGS: [&str; 3] = ["paperback", "hardcover", "jacket"];
const ENGLISH: &str = "title: Winter Road
subtitle: From the coast to the last house
language: en
creators: [{ name: Ada Field, role: photographer }, { name: Ben Moor, role: author }]
publisher: Coast Press
";
const HEBREW: &str = "title: דרך החורף
subtitle: מן החוף אל הבית האחרון
language: he
creators: [{ name: נעמה לוי, role: photographer }]
publisher: הוצאת החוף
";
const PHOTO: &str = "photo: a.jpg, alt: A road.";
const BACK: &str = "back: { text: A road that *goes on* along the coast. }";
const ISBN: &str = "barcode: { isbn: isbn:9780306406157 }";

/// A book with these lines at its start, this under `cover`, and this under `print.cover`.
fn fixture(head: &str, cover: &str, print: &str) -> BookFixture {
    let manifest = format!(
        "{head}cover: {{ {cover} }}\nprint:\n  trim: 170 x 210 mm\n  cover: {{ {print} }}\n\
         pages:\n  - {{ photo: a.jpg, alt: A road. }}\n"
    );
    BookFixture::new(&manifest).photo("a.jpg", 1500, 1000)
}

fn project(fixture: &BookFixture) -> Project {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let errors = loaded.findings.list.iter().filter(|it| it.severity == Severity::Error);
    assert_eq!(errors.count(), 0, "{:#?}", loaded.findings.list);
    loaded.project.unwrap()
}

fn findings(fixture: &BookFixture) -> Vec<Finding> {
    project(fixture).check(Edition::Cover.into())
}

fn with_cover(fixture: &BookFixture, test: impl FnOnce(&PrintedCover)) {
    test(project(fixture).cover().unwrap());
}

fn items(cover: &PrintedCover) -> &[Item] {
    &cover.pages.pages[0].items
}

fn runs(cover: &PrintedCover) -> impl Iterator<Item = &GlyphRun> {
    cover.pages.runs()
}

fn pictures(cover: &PrintedCover) -> impl Iterator<Item = &PlacedPicture> {
    items(cover).iter().filter_map(|item| match item {
        Item::Picture(placed) => Some(placed.as_ref()),
        _ => None,
    })
}

fn rules(cover: &PrintedCover) -> impl Iterator<Item = &Rule> {
    items(cover).iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    })
}

/// The rectangle around the letters of a run, without long descenders.
fn letters(run: &GlyphRun) -> Rect {
    let (up, down) = (run.size.scale(65, 100), run.size.scale(10, 100));
    let corners = [Point::new(Length::ZERO, -up), Point::new(run.width(), down)];
    let [one, other] = corners.map(|corner| run.turn.moved(run.origin, corner));
    let origin = Point::new(one.x.min(other.x), one.y.min(other.y));
    Rect::new(origin, Size::new((one.x - other.x).abs(), (one.y - other.y).abs()))
}

fn inset(rect: Rect, by: Length) -> Rect {
    Rect {
        x: rect.x + by,
        y: rect.y + by,
        width: rect.width - by * 2,
        height: rect.height - by * 2,
    }
}

#[test]
fn text_keeps_the_safe_area_of_its_panel_in_every_design_and_binding() {
    for head in [ENGLISH, HEBREW] {
        for (design, binding) in DESIGNS.iter().flat_map(|it| BINDINGS.map(|other| (it, other))) {
            for photo in ["", PHOTO] {
                let flaps = if binding == "jacket" {
                    "flaps: { front: About the road., back: By the author. }"
                } else {
                    ""
                };
                let cover: Vec<_> =
                    [photo, BACK, flaps].into_iter().filter(|it| !it.is_empty()).collect();
                let head = format!("{head}design: {design}\n");
                let print = format!("binding: {binding}, spine: 14 mm, {ISBN}");
                with_cover(&fixture(&head, &cover.join(", "), &print), |cover| {
                    let sheet = &cover.sheet;
                    let panels = [sheet.front_board(), sheet.back_board()];
                    let panels = panels.into_iter().chain(sheet.front_flap).chain(sheet.back_flap);
                    let mut areas: Vec<Rect> =
                        panels.map(|panel| inset(panel, sheet.safe_area)).collect();
                    areas.extend(sheet.spine_text.as_ref().ok());
                    for run in runs(cover) {
                        let letters = letters(run);
                        assert!(
                            areas.iter().any(|area| area.contains(&letters)),
                            "{design}, {binding}, {photo}: “{}” at {letters:?}",
                            run.text
                        );
                    }
                    assert_eq!(cover.issues, []);
                });
            }
        }
    }
}

#[test]
fn art_at_the_edge_fills_the_bleed_and_what_is_turned_in() {
    for (design, binding) in DESIGNS.iter().flat_map(|it| BINDINGS.map(|other| (it, other))) {
        let head = format!("{ENGLISH}design: {design}\n");
        let print = format!("binding: {binding}, spine: 14 mm");
        with_cover(&fixture(&head, PHOTO, &print), |cover| {
            let sheet = &cover.sheet;
            let board = sheet.front_board();
            let art = pictures(cover).map(|it| it.clip).chain(rules(cover).map(|it| it.rect));
            for art in art.filter(|art| art.x >= sheet.spine.right()) {
                if art.y <= board.y {
                    assert_eq!(art.y, -sheet.bleed, "{design}, {binding}");
                }
                if art.right() >= board.right() && sheet.front_flap.is_none() {
                    assert_eq!(art.right(), sheet.trim.width + sheet.bleed, "{design}, {binding}");
                }
            }
            if *design == "exhibition" {
                let whole = Rect {
                    x: -sheet.bleed,
                    y: -sheet.bleed,
                    width: sheet.trim.width + sheet.bleed * 2,
                    height: sheet.trim.height + sheet.bleed * 2,
                };
                assert_eq!(rules(cover).next().unwrap().rect, whole);
            }
        });
    }
}

#[test]
fn no_colour_ends_on_a_fold() {
    for (design, photo) in DESIGNS.iter().flat_map(|it| ["", PHOTO].map(|photo| (it, photo))) {
        let head = format!("{ENGLISH}design: {design}\n");
        with_cover(&fixture(&head, photo, "spine: 14 mm"), |cover| {
            let folds = [cover.sheet.spine.x, cover.sheet.spine.right()];
            let art = pictures(cover).map(|it| it.clip).chain(rules(cover).map(|it| it.rect));
            for edge in art.flat_map(|art| [art.x, art.right()]) {
                let is_clear = folds.iter().all(|fold| (*fold - edge).abs() > Length::mm(3));
                assert!(is_clear, "{design}: {edge}");
            }
        });
    }
}

#[test]
fn a_screen_has_no_strip_along_a_fold() {
    for language in ["en", "he"] {
        for (design, photo) in DESIGNS.iter().flat_map(|it| ["", PHOTO].map(|photo| (it, photo))) {
            let head = ENGLISH.replace("language: en", &format!("language: {language}"));
            let head = format!("{head}design: {design}\n");
            let project = project(&fixture(&head, photo, "spine: 9 mm"));
            let cover = layout::cover(project.book(), project.faces(), layout::SHOP_COVER);
            let art = cover.pages[0].items.iter().filter_map(|item| match item {
                Item::Picture(placed) => Some(placed.clip),
                Item::Rule(rule) => Some(rule.rect),
                Item::Glyphs(_) => None,
            });
            // Art that goes to the head goes to both sides.
            let width = cover.trim.width;
            for art in art.filter(|art| art.y <= Length::ZERO && art.width > width / 4) {
                assert_eq!((art.x, art.right()), (Length::ZERO, width), "{design} {language}");
            }
        }
    }
}

/// The runs on the spine.
fn spine(cover: &PrintedCover) -> Vec<&GlyphRun> {
    let spine = cover.sheet.spine;
    runs(cover).filter(|run| spine.contains(&letters(run))).collect()
}

#[test]
fn the_spine_is_turned_as_its_language_turns_it() {
    for (language, turn) in [("en", Turn::HeadRight), ("fr", Turn::HeadLeft)] {
        let head = ENGLISH.replace("language: en", &format!("language: {language}"));
        with_cover(&fixture(&head, PHOTO, "spine: 14 mm"), |cover| {
            let spine = spine(cover);
            assert!(spine.iter().all(|run| run.turn == turn), "{language}");
            let at = |text: &str| {
                let run = spine.iter().find(|run| run.text.contains(text));
                letters(run.unwrap_or_else(|| panic!("{text}: {spine:?}"))).y
            };
            // The publisher is at the foot, and the title is read before the names.
            assert!(at("Coast") > at("Winter") && at("Coast") > at("Ada"));
            assert_eq!(at("Winter") < at("Ada"), turn == Turn::HeadRight);
        });
    }
}

#[test]
fn the_title_of_a_spine_is_about_half_as_large_as_the_spine_is_wide() {
    let largest = |cover: &PrintedCover| spine(cover).iter().map(|run| run.size).max().unwrap();
    for design in DESIGNS {
        let head = format!("{ENGLISH}design: {design}\n").replace("Winter Road", "Winter");
        for width in [8, 12, 18] {
            with_cover(&fixture(&head, PHOTO, &format!("spine: {width} mm")), |cover| {
                let share = largest(cover).to_emu() * 100 / Length::mm(width).to_emu();
                assert!((45..=60).contains(&share), "{design}, {width} mm: {share} %");
            });
        }
        // It has a limit on a very wide one.
        with_cover(&fixture(&head, PHOTO, "spine: 40 mm"), |cover| {
            assert!(largest(cover) < Length::mm(12), "{design}");
        });
    }
}

#[test]
fn the_names_on_a_spine_are_an_em_from_the_title_and_words_are_apart() {
    for design in DESIGNS {
        let head = format!("{ENGLISH}design: {design}\n");
        for width in [7, 14] {
            with_cover(&fixture(&head, PHOTO, &format!("spine: {width} mm")), |cover| {
                let spine = spine(cover);
                let bounds = |text: &str| {
                    let runs = spine.iter().filter(|run| run.text.to_lowercase().contains(text));
                    let run = runs.max_by_key(|run| run.size);
                    let run = run.unwrap_or_else(|| panic!("{design}: {text}"));
                    (letters(run), run.size, run.letters.tracking)
                };
                let (title, size, tracking) = bounds("road");
                let (names, ..) = bounds("ada");
                assert!(names.y - title.bottom() >= size, "{design}, {width} mm");
                assert!(tracking >= Length::ZERO, "{design}, {width} mm");
            });
        }
    }
}

#[test]
fn the_publisher_on_a_cover_has_the_strokes_of_the_names() {
    for design in ["classic", "exhibition", "album"] {
        for trim in ["5 x 8 in", "210 x 210 mm"] {
            let manifest = format!(
                "{ENGLISH}design: {design}\ncover: {{ {PHOTO} }}\nprint:\n  trim: {trim}\n  cover: {{ \
                 spine: 14 mm }}\npages:\n  - {{ photo: a.jpg, alt: A road. }}\n"
            );
            let fixture = BookFixture::new(&manifest).photo("a.jpg", 900, 600);
            with_cover(&fixture, |cover| {
                for panel in [cover.sheet.front, cover.sheet.spine] {
                    let face = |words: &str| {
                        let mut runs = runs(cover).filter(|run| panel.contains(&letters(run)));
                        runs.find(|run| run.text.contains(words)).unwrap().face
                    };
                    assert_eq!(face("Coast"), face("Ada"), "{design}, {trim}");
                }
            });
        }
    }
}

#[test]
fn long_names_on_a_spine_are_shortened_to_family_names_before_the_title_is_small() {
    let creators = "creators: [{ name: Johanna Wannenmacher-Østergård, role: photographer, sort: \
                    'Wannenmacher-Østergård, Johanna' }, { name: Karl Lützenkirchen, role: author, \
                    sort: 'Lützenkirchen, Karl' }]";
    let old = ENGLISH.lines().find(|line| line.starts_with("creators")).unwrap();
    let head = ENGLISH.replace(old, creators).replace("Winter Road", "A Winter Road to the Sea");
    for (width, is_full) in [(7, true), (16, false)] {
        with_cover(&fixture(&head, PHOTO, &format!("spine: {width} mm")), |cover| {
            let texts: String = spine(cover).iter().map(|run| &*run.text).collect();
            assert_eq!(texts.contains("Johanna"), is_full, "{width} mm: {texts}");
            assert!(texts.contains("Wannenmacher-Østergård"), "{width} mm: {texts}");
        });
    }
}

#[test]
fn a_book_in_hebrew_has_its_front_on_the_left_and_its_spine_is_read_from_the_head() {
    with_cover(&fixture(HEBREW, PHOTO, &format!("spine: 14 mm, {ISBN}")), |cover| {
        let sheet = &cover.sheet;
        let title = runs(cover).find(|run| run.passage.kind == PassageKind::Title).unwrap();
        assert!(letters(title).right() < sheet.spine.x);
        let spine = spine(cover);
        assert!(spine.iter().all(|run| run.turn == Turn::HeadLeft));
        let first = spine.iter().find(|run| run.text.contains("דרך")).unwrap();
        let names = spine.iter().find(|run| run.text.contains("נעמה")).unwrap();
        assert!(letters(first).bottom() < letters(names).y);
        // The barcode is at the spine, which is at the left of the back.
        let bar = rules(cover).find(|it| it.ink == Ink::BLACK && it.rect.x > sheet.back.x).unwrap();
        let photo = pictures(cover).next().unwrap();
        assert_eq!(bar.rect.x - sheet.back.x, sheet.front.right() - photo.clip.right());
    });
}

#[test]
fn an_east_asian_spine_is_a_column_of_upright_characters() {
    let head = "title: 冬の道 2026年\nlanguage: ja\n\
                creators: [{ name: Ada Field, role: photographer }]\n";
    with_cover(&fixture(head, PHOTO, "spine: 20 mm"), |cover| {
        let spine = spine(cover);
        let column: Vec<_> = spine.iter().filter(|run| run.turn == Turn::Upright).collect();
        let text: String = column.iter().map(|run| &*run.text).collect();
        assert_eq!(text, "冬の道年");
        assert!(column.is_sorted_by_key(|run| run.origin.y));
        let turned: Vec<_> = spine.iter().filter(|run| run.turn == Turn::HeadRight).collect();
        assert_eq!(turned.iter().map(|run| run.text.trim()).collect::<Vec<_>>().concat().len(), 13);
    });
}

#[test]
fn a_spine_that_is_narrow_or_of_a_thin_book_has_no_text_and_a_note_says_why() {
    let narrow = fixture(ENGLISH, PHOTO, "spine: 4 mm");
    with_cover(&narrow, |cover| assert_eq!(spine(cover), [] as [&GlyphRun; 0]));
    let found = findings(&narrow);
    let note = &with_code(&found, "spine-empty")[0].message;
    assert!(note.contains("4 mm wide"), "{note}");
    let thin = BookFixture::new(
        "title: Road\nprint: { printer: kdp, trim: 8.5 x 8.5 in, paper: { stock: white } }\n\
         pages: [{ photo: a.jpg, alt: A. }]\n",
    )
    .photo("a.jpg", 1500, 1000);
    let found = findings(&thin);
    let note = &with_code(&found, "spine-empty")[0].message;
    assert!(note.contains("the book has 6 pages") && note.contains("wants 80"), "{note}");
}

#[test]
fn a_title_that_is_too_long_for_the_spine_leaves_it_empty() {
    let title = "A Short but Nevertheless Remarkably Complete Atlas of the ".repeat(6);
    let head = ENGLISH.replace("Winter Road", title.trim());
    let fixture = fixture(&head, PHOTO, "spine: 10 mm");
    with_cover(&fixture, |cover| assert_eq!(spine(cover), [] as [&GlyphRun; 0]));
    assert_eq!(with_code(&findings(&fixture), "spine-title-long").len(), 1);
}

#[test]
fn a_long_title_is_set_smaller_and_overlaps_nothing() {
    let title = "A Short but Nevertheless Remarkably Complete Atlas of the Abandoned Lighthouses";
    for (design, trim) in
        DESIGNS.iter().flat_map(|it| ["105 x 148 mm", "297 x 210 mm"].map(|trim| (it, trim)))
    {
        for photo in ["", PHOTO] {
            let head = format!("{}design: {design}\n", ENGLISH.replace("Winter Road", title));
            let fixture = fixture(&head, photo, "spine: 9 mm");
            let manifest = String::from_utf8(fixture.read("book.yaml")).unwrap();
            fixture.write("book.yaml", manifest.replace("170 x 210 mm", trim));
            with_cover(&fixture, |cover| {
                let front = cover.sheet.front;
                let boxes: Vec<(Rect, &GlyphRun)> = runs(cover)
                    .map(|run| (letters(run), run))
                    .filter(|(rect, _)| front.contains(rect))
                    .collect();
                for (index, (one, run)) in boxes.iter().enumerate() {
                    for (other, with) in &boxes[index + 1..] {
                        let common = one.common(other);
                        let is_clear =
                            common.width <= Length::pt(1) || common.height <= Length::ZERO;
                        assert!(is_clear, "{design} {trim}: {} and {}", run.text, with.text);
                    }
                    // A label is a field in the photo.
                    for picture in pictures(cover).filter(|_| *design != "album") {
                        let common = one.common(&picture.clip);
                        let is_clear =
                            common.width == Length::ZERO || common.height == Length::ZERO;
                        assert!(is_clear, "{design} {trim}: {}", run.text);
                    }
                }
            });
        }
    }
}

#[test]
fn the_focus_stays_in_the_crop() {
    let head = format!("{ENGLISH}design: modern\n");
    let visible = |focus: &str| {
        let fixture = fixture(&head, &format!("{PHOTO}, focus: {focus}"), "spine: 9 mm");
        let mut left = Length::ZERO;
        with_cover(&fixture, |cover| {
            let picture = pictures(cover).next().unwrap();
            assert!(picture.frame.contains(&picture.clip));
            left = picture.clip.x - picture.frame.x;
        });
        left
    };
    assert!(visible("[0.2, 0.5]") < visible("[0.5, 0.5]"));
    assert!(visible("[0.5, 0.5]") < visible("[0.8, 0.5]"));
}

#[test]
fn a_crop_without_a_focus_keeps_what_the_photo_shows() {
    let head = format!("{ENGLISH}design: modern\n");
    let kept = |left: u16, focus: &str| {
        let patch = |x: u16, y: u16| (left..left + 200).contains(&x) && (400..600).contains(&y);
        let pixel = |x, y| if patch(x, y) { [200, 40, 30] } else { [120, 130, 140] };
        let points = (0..1000_u16).flat_map(|y| (0..2400_u16).map(move |x| (x, y)));
        let samples: Vec<u8> = points.flat_map(|(x, y)| pixel(x, y)).collect();
        let photo = images::jpeg_of(&samples, 2400, 1000, ColorType::Rgb);
        let cover = format!("{PHOTO}{focus}");
        let fixture = fixture(&head, &cover, "spine: 9 mm").file("a.jpg", photo);
        let mut kept = (0, 0);
        with_cover(&fixture, |cover| {
            let picture = pictures(cover).next().unwrap();
            let part =
                |x: Length| (x - picture.frame.x).to_emu() * 2400 / picture.frame.width.to_emu();
            kept = (part(picture.clip.x), part(picture.clip.right()));
        });
        kept
    };
    let patch = |left: u16| (i64::from(left), i64::from(left + 200));
    for left in [0, 1100, 2200] {
        let (from, to) = kept(left, "");
        assert!(from <= patch(left).0 && patch(left).1 <= to, "{left}: {from} to {to}");
    }
    // The author knows better.
    assert!(kept(2200, ", focus: [0, 0.5]").1 < 2200);
}

#[test]
fn the_cover_keeps_the_focus_of_the_plate_with_the_same_photo() {
    let left = |plate: &str| {
        let manifest = format!(
            "{ENGLISH}design: modern\ncover: {{ {PHOTO} }}\n\
             print: {{ trim: 170 x 210 mm, cover: {{ spine: 9 mm }} }}\n\
             pages:\n  - {{ photo: a.jpg, alt: A road.{plate} }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 1500, 1000);
        let mut left = Length::ZERO;
        with_cover(&fixture, |cover| {
            let picture = pictures(cover).next().unwrap();
            left = picture.clip.x - picture.frame.x;
        });
        left
    };
    assert!(left(", focus: [0.1, 0.5]") < left(", focus: [0.9, 0.5]"));
}

#[test]
fn a_text_that_does_not_fit_on_the_back_or_a_flap_is_an_error_with_its_lines() {
    let words = "The road goes on along the coast, past the last house. ".repeat(120);
    let short = fixture(ENGLISH, BACK, "spine: 9 mm");
    assert!(with_code(&findings(&short), "cover-text-long").is_empty());
    let back = format!("back: {{ text: '{words}' }}");
    let found = findings(&fixture(ENGLISH, &back, "spine: 9 mm"));
    let error = with_code(&found, "cover-text-long")[0];
    assert_eq!(error.severity, Severity::Error);
    assert!(error.message.contains("the back of the cover does not fit"), "{}", error.message);
    let flaps = format!("flaps: {{ front: '{words}' }}");
    let found = findings(&fixture(ENGLISH, &flaps, "spine: 9 mm, binding: jacket"));
    let error = with_code(&found, "cover-text-long")[0];
    assert!(error.message.contains("the flap beside the front"), "{}", error.message);
}

#[test]
fn the_back_ends_where_the_front_does_and_its_text_begins_at_a_line_of_the_front() {
    for (design, photo) in DESIGNS.iter().flat_map(|it| ["", PHOTO].map(|photo| (it, photo))) {
        let head = format!("{ENGLISH}design: {design}\n");
        let cover: Vec<_> = [photo, BACK].into_iter().filter(|it| !it.is_empty()).collect();
        with_cover(&fixture(&head, &cover.join(", "), "spine: 14 mm"), |cover| {
            let (front, back) = (cover.sheet.front, cover.sheet.back);
            let baselines = |panel: Rect| {
                let runs = runs(cover).filter(move |run| panel.contains(&letters(run)));
                runs.map(|run| run.origin.y).collect::<Vec<_>>()
            };
            let foot = |panel| baselines(panel).into_iter().max();
            // The label of an album has its own last line.
            if *design != "album" {
                assert_eq!(foot(front), foot(back), "{design} {photo}");
            }
            let blurb = runs(cover).find(|run| run.text.starts_with("A road")).unwrap();
            let top = |run: &GlyphRun| run.origin.y - run.size.scale(66, 100);
            let titles = runs(cover).filter(|run| run.passage.kind == PassageKind::Title);
            let title = titles.map(top).min().unwrap();
            let pictures = pictures(cover).map(|it| it.clip.y);
            let of_front = pictures.chain([title]);
            // Under a masthead without a photo, it begins below the lines of that.
            let lines = rules(cover).map(|it| it.rect).filter(|it| front.contains(it));
            let lines = lines.filter(|_| *design == "newspaper").map(|it| it.bottom());
            let below = lines.filter(|line| *line < top(blurb)).max();
            let is_below = below.is_some_and(|line| top(blurb) - line < Length::mm(10));
            // The heights of capitals are not exactly two thirds.
            let near = of_front.map(|line| (line - top(blurb)).abs()).min().unwrap();
            // Where a photo extends to the edges, the front has no line in its upper half but the margin.
            let margin = front.bottom() - foot(back).unwrap();
            let is_at_margin = (top(blurb) - front.y - margin).abs() < Length::mm(1);
            let is_at_head = is_at_margin && ["modern", "album"].contains(design);
            assert!(near < Length::mm(2) || is_below || is_at_head, "{design} {photo}: {near}");
        });
    }
}

#[test]
fn the_photo_on_the_back_has_the_left_edge_and_the_width_of_that_on_the_front() {
    let short = "A road that goes on.".to_owned();
    let long = "A road that goes on along the coast, past the last house. ".repeat(14);
    // A photo as wide as the front, and one that leaves white beside it.
    let books = [("170 x 210 mm", 1500, &short), ("170 x 210 mm", 1500, &long)];
    for (trim, width, text) in books.into_iter().chain([("210 x 210 mm", 1000, &short)]) {
        for design in ["classic", "exhibition", "newspaper"] {
            // A masthead leaves no room for a square photo as wide as the front.
            if design == "newspaper" && width == 1000 {
                continue;
            }
            for language in ["en", "ar"] {
                let head = ENGLISH.replace("language: en", &format!("language: {language}"));
                let manifest = format!(
                    "{head}design: {design}\ncover: {{ {PHOTO}, back: {{ text: '{text}', photo: a.jpg }} \
                     }}\nprint:\n  trim: {trim}\n  cover: {{ spine: 14 mm }}\npages:\n  - {{ photo: \
                     a.jpg, alt: A road. }}\n"
                );
                let fixture = BookFixture::new(&manifest).photo("a.jpg", width, 1000);
                with_cover(&fixture, |cover| {
                    let (front, back) = (cover.sheet.front_board(), cover.sheet.back_board());
                    let on = |board: Rect| {
                        let clip = pictures(cover).map(|it| it.clip).find(|it| board.contains(it));
                        let clip = clip.unwrap_or_else(|| panic!("{design}: no photo"));
                        [clip.x - board.x, clip.width]
                    };
                    for (front, back) in on(front).into_iter().zip(on(back)) {
                        let is_near = (front - back).abs() < Length::mm(1);
                        assert!(is_near, "{design}, {trim}, {language}: {front} {back}");
                    }
                });
            }
        }
    }
}

#[test]
fn the_photo_on_the_back_of_a_typographic_cover_is_not_tiny() {
    for design in DESIGNS {
        let head = format!("{ENGLISH}design: {design}\n");
        for trim in ["210 x 210 mm", "a4", "5 x 8 in"] {
            let manifest = format!(
                "{head}cover: {{ back: {{ text: 'A road that goes on.', photo: a.jpg }} }}\nprint:\n  \
                 trim: {trim}\n  cover: {{ spine: 9 mm }}\npages:\n  - {{ photo: a.jpg, alt: A road. }}\n"
            );
            let fixture = BookFixture::new(&manifest).photo("a.jpg", 900, 600);
            with_cover(&fixture, |cover| {
                let back = cover.sheet.back_board();
                let clip = pictures(cover).next().unwrap().clip;
                assert!(clip.width * 100 >= back.width * 40, "{design}, {trim}: {clip:?}");
            });
        }
    }
}

#[test]
fn the_publisher_beside_a_barcode_is_on_the_axis_of_the_text() {
    for trim in ["210 x 210 mm", "a4-landscape", "a4"] {
        for design in DESIGNS {
            let manifest = format!(
                "{ENGLISH}design: {design}\ncover: {{ {PHOTO}, {BACK} }}\nprint:\n  trim: {trim}\n  \
                 cover: {{ spine: 9 mm, {ISBN} }}\npages:\n  - {{ photo: a.jpg, alt: A road. }}\n"
            );
            let fixture = BookFixture::new(&manifest).photo("a.jpg", 600, 900);
            with_cover(&fixture, |cover| {
                let back = cover.sheet.back_board();
                let left = |words: &str| {
                    let on_back = runs(cover).filter(|run| back.contains(&letters(run)));
                    let mut on_back = on_back.filter(|run| run.text.contains(words));
                    on_back.next().unwrap_or_else(|| panic!("{design}: {words}")).origin.x
                };
                let (text, publisher) = (left("A road"), left("Coast"));
                assert!((text - publisher).abs() < Length::mm(1), "{design}, {trim}");
            });
        }
    }
}

#[test]
fn the_back_of_a_centred_design_has_one_axis() {
    let head = format!("{ENGLISH}design: exhibition\n");
    let text = "A road that goes on along the coast. ".repeat(5);
    for photo in ["", ", photo: a.jpg"] {
        let back = format!("{PHOTO}, back: {{ text: '{text}'{photo} }}");
        with_cover(&fixture(&head, &back, "spine: 14 mm"), |cover| {
            let back = cover.sheet.back_board();
            let texts = runs(cover).filter(|run| back.contains(&letters(run)));
            let mut lines: Vec<_> = texts.map(|run| (run.origin.y, run.origin.x)).collect();
            lines.sort();
            lines.dedup_by_key(|(y, _)| *y);
            let lefts = lines.into_iter().map(|(_, x)| x);
            let photos = pictures(cover).map(|it| it.clip).filter(|it| back.contains(it));
            let lefts: Vec<_> = lefts.chain(photos.map(|it| it.x)).collect();
            let (min, max) = (lefts.iter().min().unwrap(), lefts.iter().max().unwrap());
            assert!(*max - *min < Length::mm(1), "{lefts:?}");
        });
    }
}

#[test]
fn text_on_the_back_is_larger_than_on_pages_and_becomes_smaller_if_it_has_to() {
    let size = |words: &str| {
        let back = format!("back: {{ text: '{words}' }}");
        let mut size = Length::ZERO;
        with_cover(&fixture(ENGLISH, &back, "spine: 14 mm"), |cover| {
            assert_eq!(cover.issues, []);
            let run = runs(cover).find(|run| run.text.contains("goes")).unwrap();
            size = run.size;
        });
        size
    };
    let sentence = "The road goes on along the coast. ";
    let on_pages = Length::pt(10);
    assert!(size(sentence) > on_pages);
    assert!(size(&sentence.repeat(60)) < size(sentence));
}

#[test]
fn a_character_that_only_the_cover_has_is_looked_for() {
    let found = findings(&fixture(ENGLISH, "back: { text: 冬 }", "spine: 9 mm"));
    let missing = with_code(&found, "missing-glyph");
    assert_eq!(missing.len(), 1, "{found:#?}");
    assert!(missing[0].message.contains("the back of the cover"));
}

#[test]
fn a_small_photo_on_the_cover_is_found_at_its_printed_size() {
    let fixture = fixture(ENGLISH, PHOTO, "spine: 9 mm").photo("a.jpg", 500, 400);
    let found = findings(&fixture);
    let on_cover: Vec<_> = with_code(&found, "resolution")
        .into_iter()
        .filter(|it| it.editions == Edition::Cover.into())
        .collect();
    assert_eq!(on_cover.len(), 1, "{found:#?}");
    assert_eq!(on_cover[0].severity, Severity::Error);
}

#[test]
fn the_book_and_the_ebook_have_the_same_front() {
    for (design, photo) in DESIGNS.iter().flat_map(|it| ["", PHOTO].map(|photo| (it, photo))) {
        let head = format!("{ENGLISH}design: {design}\n");
        let project = project(&fixture(&head, photo, "spine: 9 mm"));
        let ebook = layout::cover(project.book(), project.faces(), layout::SHOP_COVER);
        let words = |runs: &mut dyn Iterator<Item = &GlyphRun>| -> String {
            let texts: Vec<&str> = runs.map(|run| &*run.text).collect();
            texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let printed = project.cover().unwrap();
        let front = printed.sheet.front;
        let printed = words(&mut printed.pages.runs().filter(|run| front.contains(&letters(run))));
        assert_eq!(printed, words(&mut ebook.runs()), "{design} {photo}");
    }
}

#[test]
fn guides_are_drawn_on_request_in_a_layer_that_is_not_printed_and_no_standard_is_claimed() {
    let fixture = fixture(ENGLISH, PHOTO, "spine: 9 mm, binding: hardcover");
    let has = |text: &str| {
        let bytes = fixture.read("dist/winter-road-cover.pdf");
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    let first = fixture.recto("build --only cover");
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(!has("/OCProperties") && has("/GTS_PDFX"));
    let guided = fixture.recto("build --only cover --guides");
    assert!(guided.err.contains("so it claims no standard"), "{}", guided.err);
    assert!(!guided.out.contains("unchanged"));
    assert!(has("/OCProperties") && has("/PrintState/OFF") && !has("/GTS_PDFX"));
    // Without the option, the file is not up to date.
    let last = fixture.recto("build --only cover");
    assert!(!last.out.contains("unchanged") && !has("/OCProperties"));
}

#[test]
fn the_build_says_how_large_the_sheet_is_and_why_its_spine_is_so_wide() {
    let fixture = BookFixture::new(
        "title: Road\nprint: { trim: 170 x 210 mm, cover: {}, paper: { thickness: 2 mm } }\n\
         pages: [{ photo: a.jpg, alt: A. }]\n",
    )
    .photo("a.jpg", 1500, 1000);
    let output = fixture.recto("build --only print,cover");
    let line = "the cover is a sheet of 346 mm × 210 mm (352 mm × 216 mm with its bleed) with a \
                spine of 6 mm: 6 pages of paper of 2 mm";
    assert!(output.err.contains(line), "{}", output.err);
    assert!(!output.err.contains("the spine is"), "{}", output.err);
}

#[test]
fn the_preview_shows_the_cover_as_its_first_spread() {
    let fixture = fixture(ENGLISH, PHOTO, "spine: 14 mm");
    let output = fixture.recto("preview --out preview.html");
    assert_eq!(output.code, 0, "{}", output.err);
    let html = String::from_utf8(fixture.read("preview.html")).unwrap();
    let first = html.split("class=\"spread").nth(1).unwrap();
    assert!(first.starts_with(" cover\" id=\"s0\""), "{}", &first[..200]);
    assert!(first.contains("aria-label=\"Cover\"") && first.contains("rotate(90deg)"));
    let paperless = fixture.recto("preview --only print --out other.html");
    assert_eq!(paperless.code, 0);
    let html = String::from_utf8(fixture.read("other.html")).unwrap();
    assert!(!html.contains("class=\"spread cover\""));
}

#[test]
fn a_title_that_no_font_has_stops_the_cover() {
    let found = findings(&fixture("title: 冬\nlanguage: en\n", PHOTO, "spine: 9 mm"));
    let missing = with_code(&found, "missing-glyph");
    assert_eq!(missing.len(), 1, "{found:#?}");
    assert!(missing[0].message.contains("the front of the cover"), "{}", missing[0].message);
    assert_eq!(missing[0].severity, Severity::Error);
}

#[test]
fn a_front_whose_lines_overlap_is_an_error() {
    let head = |words: usize| {
        let subtitle = "Wintergreens ".repeat(words);
        format!("title: Road\nlanguage: en\ncreators: [Ada]\nsubtitle: {subtitle}\n")
    };
    let long = |words: usize| findings(&fixture(&head(words), PHOTO, "spine: 9 mm"));
    assert_eq!(with_code(&long(6), "cover-text-long").len(), 0);
    let found = long(400);
    let [error] = with_code(&found, "cover-text-long")[..] else { panic!("{found:#?}") };
    assert_eq!(error.severity, Severity::Error);
}

#[test]
fn texts_for_flaps_of_a_binding_without_flaps_are_found() {
    let flaps = "flaps: { front: About the book. }";
    let unused = |print: &str| {
        let found = findings(&fixture(ENGLISH, flaps, print));
        with_code(&found, "cover-flaps").len()
    };
    assert_eq!((unused("spine: 9 mm"), unused("spine: 9 mm, binding: jacket")), (1, 0));
}

#[test]
fn the_back_is_in_the_language_of_the_edition() {
    let manifest = "title: { en: Road, de: Weg }\nlanguage: en\nlanguages: [en, de]\n\
        cover: { back: { text: { en: A road., de: Ein Weg. } } }\n\
        print: { cover: { spine: 9 mm } }\n\
        pages: [{ photo: a.jpg, alt: { en: A road., de: Ein Weg. } }]\n";
    let fixture = BookFixture::new(manifest).photo("a.jpg", 1500, 1000);
    let options = ProjectOptions { language: Some("de".into()), ..ProjectOptions::default() };
    let loaded = Project::load(&fixture.path("book.yaml"), &options);
    let project = loaded.project.unwrap();
    let text: String = project.cover().unwrap().pages.runs().map(|run| &*run.text).collect();
    assert!(text.contains("Ein Weg.") && !text.contains("A road."), "{text}");
}

#[test]
fn the_label_of_an_album_is_clear_of_what_the_photo_shows() {
    for (trim, top) in [("170 x 210 mm", 500_u16), ("210 x 210 mm", 800), ("a4-landscape", 700)] {
        let is_patch = |x: u16, y: u16| (350..650).contains(&x) && (top..top + 200).contains(&y);
        let pixel = |x, y| if is_patch(x, y) { [200, 40, 30] } else { [120, 130, 140] };
        let points = (0..1500_u16).flat_map(|y| (0..1000_u16).map(move |x| (x, y)));
        let samples: Vec<u8> = points.flat_map(|(x, y)| pixel(x, y)).collect();
        let photo = images::jpeg_of(&samples, 1000, 1500, ColorType::Rgb);
        let manifest = format!(
            "{ENGLISH}design: album\ncover: {{ {PHOTO} }}\nprint:\n  trim: {trim}\n  cover: {{ spine: \
             9 mm }}\npages:\n  - {{ photo: b.jpg, alt: A road. }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("b.jpg", 90, 60).file("a.jpg", photo);
        with_cover(&fixture, |cover| {
            let picture = pictures(cover).next().unwrap();
            let down = |y: u16| picture.frame.y + picture.frame.height.scale(y.into(), 1500);
            let (from, to) = (down(top), down(top + 200));
            let front = cover.sheet.front_board();
            let area = |rule: &&Rule| rule.rect.width.to_emu() * (rule.rect.height.to_emu() / 1000);
            let label =
                rules(cover).filter(|it| front.contains(&it.rect)).max_by_key(area).unwrap();
            let clear = front.height / 13;
            let space = (label.rect.y - to).max(from - label.rect.bottom());
            assert!(space >= clear, "{trim}: {space:?} between the photo's subject and the label");
        });
    }
}

#[test]
fn a_title_is_not_much_wider_than_the_photo_above_it() {
    for design in ["classic", "exhibition"] {
        let head = format!(
            "{}design: {design}\n",
            ENGLISH.replace("Winter Road", "A Winter Road to the House by the Sea")
        );
        let manifest = format!(
            "{head}cover: {{ {PHOTO} }}\nprint:\n  trim: 210 x 210 mm\n  cover: {{ spine: 9 mm }}\n\
             pages:\n  - {{ photo: b.jpg, alt: A road. }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("b.jpg", 90, 60).photo("a.jpg", 600, 1200);
        with_cover(&fixture, |cover| {
            let picture = pictures(cover).next().unwrap();
            let title = runs(cover)
                .filter(|run| run.passage.kind == PassageKind::Title && run.turn == Turn::Upright);
            let (mut from, mut to) = (Length::mm(10_000), Length::ZERO);
            for run in title {
                (from, to) = (from.min(run.origin.x), to.max(run.origin.x + run.width()));
            }
            assert!(to - from <= picture.clip.width.scale(155, 100), "{design}");
        });
    }
}

#[test]
fn the_photo_below_a_masthead_is_not_small() {
    let manifest = format!(
        "{ENGLISH}design: newspaper\ncover: {{ {PHOTO} }}\nprint:\n  trim: a4-landscape\n  cover: {{ \
         spine: 9 mm }}\npages:\n  - {{ photo: b.jpg, alt: A road. }}\n"
    );
    let fixture = BookFixture::new(&manifest).photo("b.jpg", 90, 60).photo("a.jpg", 800, 1200);
    with_cover(&fixture, |cover| {
        let clip = pictures(cover).next().unwrap().clip;
        let front = cover.sheet.front_board();
        let is_large =
            clip.height * 100 >= front.height * 45 || clip.width * 100 >= front.width * 45;
        assert!(is_large, "{clip:?} on {front:?}");
    });
}

#[test]
fn the_text_and_the_publisher_of_the_back_have_one_axis() {
    for design in ["album", "newspaper", "classic"] {
        for trim in ["210 x 210 mm", "a4-landscape"] {
            let manifest = format!(
                "{ENGLISH}design: {design}\ncover: {{ {PHOTO}, back: {{ text: A road that goes on along \
                 the coast., photo: a.jpg }} }}\nprint:\n  trim: {trim}\n  cover: {{ spine: 9 mm }}\n\
                 pages:\n  - {{ photo: a.jpg, alt: A road. }}\n"
            );
            let fixture = BookFixture::new(&manifest).photo("a.jpg", 900, 600);
            with_cover(&fixture, |cover| {
                let back = cover.sheet.back_board();
                let on_back =
                    |run: &&GlyphRun| run.origin.x < back.right() && run.turn == Turn::Upright;
                let left = |words: &str| {
                    let run = runs(cover).filter(on_back).find(|run| run.text.contains(words));
                    run.unwrap_or_else(|| panic!("{design}: {words}")).origin.x
                };
                let (text, publisher) = (left("road"), left("Coast"));
                assert!((text - publisher).abs() < Length::mm(1), "{design}, {trim}");
            });
        }
    }
}

#[test]
fn the_photo_of_a_wide_front_is_beside_the_text_if_it_is_larger_there() {
    for design in ["classic", "exhibition"] {
        let manifest = format!(
            "{ENGLISH}design: {design}\ncover: {{ {PHOTO} }}\nprint:\n  trim: a4-landscape\n  cover: {{ \
             spine: 9 mm }}\npages:\n  - {{ photo: b.jpg, alt: A road. }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("b.jpg", 90, 60).photo("a.jpg", 800, 1000);
        with_cover(&fixture, |cover| {
            let clip = pictures(cover).next().unwrap().clip;
            let front = cover.sheet.front_board();
            assert!(clip.height * 100 >= front.height * 75, "{design}: {clip:?} on {front:?}");
        });
    }
}

#[test]
fn the_label_of_an_album_is_below_the_middle_of_its_front_and_as_narrow_as_its_lines() {
    for trim in ["210 x 210 mm", "a4", "a4-landscape", "5 x 8 in"] {
        let manifest = format!(
            "{ENGLISH}design: album\ncover: {{ {PHOTO}, focus: [0.5, 0.3] }}\nprint:\n  trim: {trim}\n  cover: {{ spine: 9 \
             mm }}\npages:\n  - {{ photo: b.jpg, alt: A road. }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("b.jpg", 90, 60).photo("a.jpg", 900, 1200);
        with_cover(&fixture, |cover| {
            let front = cover.sheet.front_board();
            let area = |rule: &&Rule| rule.rect.width.to_emu() * (rule.rect.height.to_emu() / 1000);
            let label =
                rules(cover).filter(|it| front.contains(&it.rect)).max_by_key(area).unwrap().rect;
            assert!(label.y > front.y + front.height / 2, "{trim}: {label:?} on {front:?}");
            assert!(label.width * 100 <= front.width * 64, "{trim}: {label:?} on {front:?}");
            let is_on_label = |run: &&GlyphRun| label.contains(&letters(run));
            assert!(runs(cover).filter(is_on_label).count() >= 2, "{trim}");
        });
    }
}

#[test]
fn the_barcode_ends_where_the_text_above_it_does() {
    for design in ["classic", "exhibition", "album"] {
        for trim in ["210 x 210 mm", "a4-landscape"] {
            let text = "A road that goes on along the coast, and then some more of it. ".repeat(9);
            let manifest = format!(
                "{ENGLISH}design: {design}\ncover: {{ {PHOTO}, back: {{ \
                 text: \"{text}\" }} }}\nprint:\n  trim: {trim}\n  cover: {{ spine: 9 mm, {ISBN} }}\npages:\n  \
                 - {{ photo: a.jpg, alt: A road. }}\n"
            );
            let fixture = BookFixture::new(&manifest).photo("a.jpg", 900, 600);
            with_cover(&fixture, |cover| {
                let back = cover.sheet.back_board();
                let on_back =
                    |run: &&GlyphRun| run.turn == Turn::Upright && back.contains(&letters(run));
                let ends = runs(cover).filter(on_back).map(|run| run.origin.x + run.width());
                let text = ends.max().unwrap_or_default();
                let is_bar = |rect: &Rect| {
                    back.contains(rect) && rect.width < Length::mm(2) && rect.height > Length::mm(8)
                };
                let bars = rules(cover).map(|it| it.rect).filter(is_bar);
                let bars = bars.map(|it| it.right()).max().expect("a barcode");
                // Ragged lines end before their column does.
                assert!(bars - text > Length::mm(-5), "{design}, {trim}: {bars:?} {text:?}");
                assert!(bars - text < Length::mm(14), "{design}, {trim}: {bars:?} {text:?}");
            });
        }
    }
}
