//! The pages of `newspaper`: openings with a picture, its masthead, and text in columns.

use std::collections::{BTreeMap, BTreeSet};

use recto::layout::Grid;
use recto::model::{Book, GlyphRun, Length, Page, PassageKind, Rect, StructureKind};

use crate::support::books;
use crate::support::design_books::{
    LANGUAGES, TRIMS, book, framed, laid_out, of_kind, rules, runs,
};
use crate::support::fixture::BookFixture;

#[test]
fn a_chapter_of_the_newspaper_opens_on_the_page_of_the_photo_after_it() {
    for trim in TRIMS {
        for language in LANGUAGES {
            let book = book("newspaper", trim, language);
            let pages = laid_out(&book);
            let what = format!("{trim} {}", language.0);
            let page = &pages.pages[pages.bookmarks[0].page];
            let [clip] = framed(page, &pages)[..] else { panic!("{what}") };
            let of = |words: &str| {
                let run = runs(page).into_iter().find(|run| run.text.contains(words));
                run.unwrap_or_else(|| panic!("{what}: {words} in {}", books::text(page))).clone()
            };
            let first = |text: &str| text.split(' ').next().unwrap().to_owned();
            let headline = of(&first(language.1));
            let deck = of(&first(language.2));
            let names = of("Ada");
            let dateline = of("Stavanger");
            for run in [&headline, &deck, &names, &dateline] {
                assert!(run.origin.y < clip.y, "{what}: {} is above the picture", run.text);
            }
            assert!(headline.size > deck.size && deck.size > dateline.size, "{what}");
            assert!(
                headline.origin.y < deck.origin.y && deck.origin.y < dateline.origin.y,
                "{what}"
            );
            assert!(of_kind(page, PassageKind::Folio).is_empty(), "{what}: openings have no folio");
            // The photo is not repeated, and its place is its own.
            assert!(of("Bergen").origin.y > clip.bottom(), "{what}");
            let photos = pages.pictures().filter(|placed| placed.clip.width < pages.trim.width);
            assert_eq!(photos.count(), 4, "{what}");
            let heading = |run: &GlyphRun| {
                run.element.as_ref().is_some_and(|it| it.kind == StructureKind::Heading(1))
            };
            assert!(heading(&headline) && !heading(&deck), "{what}");
        }
    }
}

#[test]
fn the_title_page_of_the_newspaper_has_the_masthead_of_its_cover() {
    for (title, lines) in [("Winter", 1), ("A Winter on the Road Along the Coast", 3)] {
        for trim in TRIMS {
            let text = format!(
                "title: {title}\nsubtitle: Twelve pictures\npublisher: Press\ndesign: newspaper\n\
                 creators: [{{ name: Ada Field, role: author }}]\nprint: {{ trim: {trim} }}\npages:\n  - chapter: One\n"
            );
            let book = BookFixture::new(&text).load().book.unwrap();
            let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
            let page =
                pages.pages.iter().find(|page| !of_kind(page, PassageKind::Title).is_empty());
            let page = page.unwrap();
            let inside = grid.inside(page.side);
            let own = of_kind(page, PassageKind::Title);
            let mut baselines: Vec<Length> = own.iter().map(|run| run.origin.y).collect();
            baselines.dedup();
            assert!(baselines.len() <= lines, "{title} {trim}: {baselines:?}");
            // A short one is larger than a title that stands alone.
            let full = grid.size_of(&grid.style.text_styles.title);
            assert!(own[0].size > full || title != "Winter", "{trim}");
            let ys: Vec<Length> = rules(page).iter().map(|rule| rule.rect.y).collect();
            let [thick, thin, below, under_subtitle] = ys[..] else { panic!("{ys:?}") };
            assert_eq!(thick, inside.y);
            let of = |words: &str| {
                runs(page).into_iter().find(|run| run.text.contains(words)).unwrap().origin.y
            };
            let first = own[0].origin.y;
            assert!(
                thick < thin && thin + own[0].size / 2 < first && baselines.last() < Some(&below)
            );
            assert!(below < of("pictures") && of("pictures") < under_subtitle, "{title} {trim}");
            assert!(under_subtitle < of("Ada") && of("Ada") < of("Press"), "{title} {trim}");
            assert!(of("Press") - of("Ada") >= grid.leading * 2, "a blank row separates them");
            assert!(rules(page).iter().all(|rule| rule.rect.width == inside.width));
        }
    }
}

#[test]
fn a_photo_that_must_be_on_a_verso_opens_no_chapter_of_the_newspaper() {
    let photos_beside_title = |keys: &str| {
        let manifest = format!(
            "title: Winter Road\ndesign: newspaper\npages:\n  - chapter: One\n  \
             - {{ photo: a.jpg, alt: A.{keys} }}\n"
        );
        let book = BookFixture::new(&manifest).photo("a.jpg", 90, 60).load().book.unwrap();
        let pages = laid_out(&book);
        framed(&pages.pages[pages.bookmarks[0].page], &pages).len()
    };
    assert_eq!(photos_beside_title(""), 1);
    assert_eq!(photos_beside_title(", side: recto"), 1);
    assert_eq!(photos_beside_title(", side: verso"), 0);
}

#[test]
fn a_text_of_a_few_lines_is_in_no_columns_of_the_newspaper() {
    for (words, in_columns) in [(8, false), (200, true)] {
        let text = "The ice came early. ".repeat(words);
        let manifest = format!(
            "title: Winter Road\ndesign: newspaper\nprint: {{ trim: a4 }}\npages:\n  - chapter: January\n    \
             intro: {text}\n  - chapter: February\n"
        );
        let book = BookFixture::new(&manifest).load().book.unwrap();
        let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
        let opening = pages
            .pages
            .iter()
            .rfind(|page| runs(page).iter().any(|run| run.text.contains("came early")));
        let lines = runs(opening.unwrap()).into_iter().filter(|run| run.text.contains("ice"));
        let widest = lines.map(GlyphRun::width).max().unwrap();
        assert_eq!(widest < grid.text_columns().width * 5 / 4, in_columns, "{words}");
    }
}

#[test]
fn running_text_of_the_newspaper_is_in_columns_that_do_not_touch() {
    let text =
        "title: Winter Road\ndesign: newspaper\npages:\n  - text: long.md\n  - text: \"# Two\"\n";
    let paragraph = "The road goes on along the coast, past the last house and the first field. ";
    let long = format!("# One\n\n{}\n", [paragraph.repeat(14).as_str(); 9].join("\n\n"));
    let book = BookFixture::new(text).file("long.md", long).load().book.unwrap();
    let grid = Grid::for_book(&book);
    let columns = grid.text_columns();
    assert_eq!(columns.count, 3);
    let pages = laid_out(&book);
    let mut words = String::new();
    let mut most = 0;
    for page in &pages.pages {
        let mut lefts: Vec<Length> = Vec::new();
        for run in of_kind(page, PassageKind::Text).into_iter().filter(|run| run.text.len() > 1) {
            if !lefts.contains(&run.passage.left) {
                lefts.push(run.passage.left);
            }
            words.push_str(&run.text);
            let end = run.passage.left + columns.width + run.size;
            assert!(run.origin.x + run.width() <= end, "{}", run.text);
        }
        most = most.max(lefts.len());
    }
    assert!(most >= 3);
    // All of the text is there, once.
    assert_eq!(words.matches("house").count(), 14 * 9);
}

#[test]
fn the_columns_on_the_last_page_of_a_text_end_on_about_the_same_line() {
    let paragraph = "The road goes on along the coast, past the last house and the first field. ";
    for count in [1, 3, 9, 13] {
        let long = format!("# One\n\n{}\n", vec![paragraph.repeat(7); count].join("\n\n"));
        let manifest = "title: Winter Road\ndesign: newspaper\npages:\n  - text: long.md\n  - text: \"# Two\"\n";
        let book = BookFixture::new(manifest).file("long.md", long).load().book.unwrap();
        let grid = Grid::for_book(&book);
        let pages = laid_out(&book);
        let has_text = |page: &&Page| books::text(page).contains("coast");
        let last = pages.pages.iter().rfind(has_text).unwrap();
        let mut feet = BTreeMap::new();
        let size = grid.size_of(&grid.style.text_styles.text);
        let text = of_kind(last, PassageKind::Text).into_iter();
        for run in text.filter(|run| run.size == size) {
            let foot = feet.entry(run.passage.left).or_insert(run.origin.y);
            *foot = run.origin.y.max(*foot);
        }
        assert_eq!(feet.len(), 3, "{count} paragraphs");
        let (first, end) = (feet.values().min().unwrap(), feet.values().max().unwrap());
        assert!(*end - *first <= grid.leading * 2, "{count} paragraphs: {feet:?}");
    }
}

#[test]
fn no_column_under_an_opening_photo_of_the_newspaper_is_empty() {
    let mut under_photos = 0;
    let sample = include_str!("../../book/after-noon.md");
    let sentence = "Nobody gets up to see the afternoon, and every road goes on to the sea. ";
    let texts =
        (2..30).map(|count| format!("{}\n\n{}", sentence.repeat(5), sentence.repeat(count)));
    for text in texts.chain([sample.to_owned()]) {
        let manifest = "title: Winter Road\ndesign: newspaper\nprint: { trim: a4 }\npages:\n  - chapter: One\n    \
             intro: one.md\n  - { photo: a.jpg, alt: A }\n  - text: \"# Two\"\n";
        let fixture = BookFixture::new(manifest).photo("a.jpg", 90, 60);
        let book = fixture.file("one.md", &text).load().book.unwrap();
        let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
        let page = &pages.pages[pages.bookmarks[0].page];
        let photo = framed(page, &pages)[0];
        let size = grid.size_of(&grid.style.text_styles.text);
        let runs = of_kind(page, PassageKind::Text).into_iter().filter(|run| run.size == size);
        let mut lefts: Vec<Length> = runs.map(|run| run.passage.left).collect();
        lefts.sort_unstable();
        lefts.dedup();
        let covers_all = photo.width == grid.inside(page.side).width;
        if covers_all && lefts.len() > 1 {
            under_photos += 1;
            let columns = grid.text_columns();
            let width = lefts[1] - lefts[0];
            let all = if width == columns.step { 3 } else { 2 };
            assert_eq!(lefts.len(), all, "{text}");
        }
    }
    assert!(under_photos > 3, "{under_photos}");
}

#[test]
fn short_columns_of_the_newspaper_are_even_and_the_lines_between_them_equally_long() {
    let sample = include_str!("../../book/after-noon.md");
    let manifest = "title: Winter Road\ndesign: newspaper\nprint: { trim: a4 }\npages:\n  - chapter: One\n    \
         intro: one.md\n  - { photo: a.jpg, alt: A }\n  - text: \"# Two\"\n";
    let fixture = BookFixture::new(manifest).photo("a.jpg", 90, 60);
    let book = fixture.file("one.md", sample).load().book.unwrap();
    let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
    let page = &pages.pages[pages.bookmarks[0].page];
    let size = grid.size_of(&grid.style.text_styles.text);
    let mut rows: BTreeMap<Length, BTreeSet<Length>> = BTreeMap::new();
    for run in of_kind(page, PassageKind::Text).into_iter().filter(|run| run.size == size) {
        rows.entry(run.passage.left).or_default().insert(run.origin.y);
    }
    // A break after the fifth row would leave no single line, but uneven columns.
    let counts: Vec<usize> = rows.values().map(BTreeSet::len).collect();
    assert_eq!(counts, [6, 6, 6]);
    let lowest = rows.values().flatten().max().unwrap();
    let lines = rules(page).into_iter().map(|rule| rule.rect).filter(|it| it.width < it.height);
    let lines: Vec<Rect> = lines.collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.y == lines[0].y && line.bottom() == *lowest));
}

#[test]
fn the_lines_between_columns_of_the_newspaper_reach_the_foot_of_the_longest() {
    let sentence = "Nobody gets up to see the afternoon, and every road goes on to the sea. ";
    let mut uneven = 0;
    for count in 2..40 {
        let paragraph = sentence.repeat(count);
        let manifest = "title: Winter Road\ndesign: newspaper\nprint: { trim: a4 }\npages:\n  - text: one.md\n";
        let fixture = BookFixture::new(manifest).file("one.md", format!("# One\n\n{paragraph}"));
        let pages = laid_out(&fixture.load().book.unwrap());
        for page in &pages.pages {
            let lines = rules(page).into_iter().map(|rule| rule.rect);
            let lines = lines.filter(|line| line.width < line.height);
            let feet: BTreeSet<Length> = lines.map(|line| line.bottom()).collect();
            let text = of_kind(page, PassageKind::Text);
            let lowest = text.iter().map(|run| run.origin.y).max();
            if let Some(foot) = feet.first() {
                assert_eq!(feet.len(), 1, "{count}");
                assert_eq!(lowest, Some(*foot), "{count}");
                let mut last: BTreeMap<Length, Length> = BTreeMap::new();
                for run in text {
                    last.insert(run.passage.left, run.origin.y);
                }
                uneven += usize::from(last.values().any(|it| it < foot));
            }
        }
    }
    assert!(uneven > 5, "{uneven}");
}

#[test]
fn a_photo_that_faces_the_photo_of_an_opening_hangs_from_the_same_line() {
    for trim in ["a4", "210 x 210 mm"] {
        let manifest = format!(
            "title: Winter Road\ndesign: newspaper\nprint: {{ trim: {trim} }}\npages:\n  - chapter: One\n    \
             intro: one.md\n{photo}{photo}  - chapter: Two\n    intro: one.md\n{photo}",
            photo = "  - { photo: a.jpg, alt: A, caption: The road. }\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
        let sample = include_str!("../../book/after-noon.md");
        let pages = laid_out(&fixture.file("one.md", sample).load().book.unwrap());
        let opening = pages.bookmarks[1].page;
        let [facing, own] = [opening - 1, opening].map(|index| framed(&pages.pages[index], &pages));
        assert_eq!((facing.len(), own.len()), (1, 1), "{trim}");
        assert_eq!(facing[0].y, own[0].y, "{trim}");
        let caption = of_kind(&pages.pages[opening - 1], PassageKind::Caption);
        let below = caption[0].origin.y - facing[0].bottom();
        assert!(below > Length::ZERO && below < Length::mm(10), "{trim}: its caption is with it");
    }
}

#[test]
fn the_notes_of_the_newspaper_are_in_one_block_under_the_columns_of_their_page() {
    for (words, photo) in [(1, false), (40, false), (1, true), (600, false)] {
        let paragraph = |number: usize| {
            format!("The road{number}[^{number}] goes on. {}", "It passes a field. ".repeat(40))
        };
        let notes =
            (1..=9).map(|number| format!("[^{number}]: note{number} {}", "aside ".repeat(words)));
        let text: Vec<String> = (1..=9).map(paragraph).chain(notes).collect();
        let photo = if photo { "  - { photo: a.jpg, alt: A }\n" } else { "" };
        let manifest = format!(
            "title: Winter Road\ndesign: newspaper\npages:\n  - text: long.md\n{photo}  - text: \"# Two\"\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
        let book = fixture.file("long.md", format!("# One\n\n{}\n", text.join("\n\n")));
        let book = book.load().book.unwrap();
        let grid = Grid::for_book(&book);
        let pages = laid_out(&book);
        let size = grid.size_of(&grid.style.text_styles.text);
        let mut printed = String::new();
        for page in &pages.pages {
            let text = of_kind(page, PassageKind::Text).into_iter();
            let lowest = text.filter(|run| run.size == size).map(|run| run.origin.y).max();
            let notes = of_kind(page, PassageKind::Note);
            let lowest = lowest.unwrap_or_default() + grid.leading;
            assert!(notes.iter().all(|run| run.origin.y > lowest), "{words}");
            for run in notes {
                printed.push_str(&run.text);
                printed.push(' ');
                // A short note is on the page of its reference.
                if let Some(at) = run.text.find("note").filter(|_| words < 100) {
                    let number = &run.text[at + 4..][..1];
                    let page = books::text(page);
                    assert!(page.contains(&format!("road{number}")), "{words}: {page}");
                }
            }
        }
        let printed: Vec<&str> = printed.split_whitespace().collect();
        let numbers = printed.iter().filter_map(|word| word.strip_prefix("note"));
        let numbers: String = numbers.collect();
        assert_eq!(numbers, "123456789", "{words}");
        let asides = printed.iter().filter(|word| **word == "aside").count();
        assert_eq!(asides, 9 * words, "no word of a note is lost");
    }
}

#[test]
fn the_photos_of_the_newspaper_hang_from_few_lines_and_facing_ones_from_the_same() {
    for trim in TRIMS {
        let pages = laid_out(&book("newspaper", trim, LANGUAGES[0]));
        let opening = pages.bookmarks[0].page;
        let after = pages.pages.iter().skip(opening + 1);
        let photos: Vec<&Rect> = after.flat_map(|page| framed(page, &pages)).collect();
        let [upright, square, panorama] = photos[..] else { panic!("{trim}: {photos:?}") };
        assert_eq!(upright.y, square.y, "{trim}: they face each other");
        let height = pages.trim.height;
        let step = height / 12;
        let lower = panorama.y - upright.y;
        assert!(lower >= step || trim != "a4", "{trim}: a panorama hangs lower: {lower:?}");
        assert_eq!(lower.to_emu() % step.to_emu(), 0, "{trim}: {lower:?}");
        let below = height - panorama.bottom();
        assert!(panorama.y * 5 < below * 4, "{trim}: and above the middle");
    }
}

#[test]
fn the_photos_of_the_newspaper_hang_from_at_most_two_lines() {
    let shapes = [(60, 90), (90, 60), (72, 72), (120, 60), (144, 60), (180, 50)];
    for trim in TRIMS {
        for count in 3..=shapes.len() {
            let mut manifest = vec![format!(
                "title: Winter Road\ndesign: newspaper\nprint: {{ trim: {trim} }}\npages:"
            )];
            let mut fixture = BookFixture::new("");
            for (index, (width, height)) in shapes.iter().take(count).enumerate() {
                // Each with a blank page before it, so that none faces another.
                manifest.push(format!("  - blank: true\n  - {{ photo: p{index}.jpg, alt: A }}"));
                fixture = fixture.photo(&format!("p{index}.jpg"), *width, *height);
            }
            let book = fixture.file("book.yaml", manifest.join("\n")).load().book.unwrap();
            let pages = laid_out(&book);
            let photos = pages.pages.iter().flat_map(|page| framed(page, &pages));
            let lines: BTreeSet<Length> = photos.map(|photo| photo.y).collect();
            assert!(lines.len() <= 2, "{trim}, {count}: {lines:?}");
        }
    }
}

/// A chapter of the newspaper with these paragraphs, and a photo of this shape.
fn newspaper(trim: &str, paragraphs: &[String], (width, height): (u16, u16)) -> Book {
    let intro = paragraphs.join("\n\n      ");
    let manifest = format!(
        "title: Noon\nlanguage: en\ndesign: newspaper\nprint: {{ trim: {trim} }}\npages:\n  - \
         chapter: Noon\n    intro: |\n      {intro}\n  - {{ photo: a.jpg, alt: Boats., caption: \
         Boats. }}\n"
    );
    let fixture = BookFixture::new(&manifest).photo("a.jpg", width, height);
    fixture.load().book.unwrap()
}

#[test]
fn a_first_paragraph_is_a_deck_only_above_a_longer_text() {
    let sentence = "The first boat goes out to sea before noon. ";
    let size_of_first = |after: usize| {
        let first = format!("Nobody sees the harbour. {}", sentence.repeat(4));
        let book = newspaper("a4", &[first, sentence.repeat(after)], (90, 60));
        let pages = laid_out(&book);
        let page = &pages.pages[pages.bookmarks[0].page];
        runs(page).into_iter().find(|run| run.text.contains("Nobody")).unwrap().size
    };
    assert!(size_of_first(20) > size_of_first(4));
    assert_eq!(size_of_first(6), size_of_first(4));
}

#[test]
fn the_picture_of_an_opening_has_the_top_of_the_capitals_beside_it() {
    let paragraphs = ["The first boat goes out to sea. ".repeat(8), "It comes back. ".repeat(12)];
    let mut beside = 0;
    for trim in TRIMS {
        for shape in [(90, 60), (60, 90), (72, 72)] {
            let book = newspaper(trim, &paragraphs, shape);
            let pages = laid_out(&book);
            let page = &pages.pages[pages.bookmarks[0].page];
            let [clip] = framed(page, &pages)[..] else { panic!("{trim}") };
            let first = runs(page).into_iter().find(|run| run.text.contains("first")).unwrap();
            if first.origin.x < clip.x && first.origin.y > clip.y {
                beside += 1;
                let cap_height = first.origin.y - clip.y;
                let [least, most] = [60, 75].map(|share| first.size.scale(share, 100));
                assert!(cap_height >= least && cap_height <= most, "{trim}, {shape:?}");
            }
        }
    }
    assert!(beside >= 3, "{beside}");
}

#[test]
fn without_a_text_the_picture_of_an_opening_begins_with_its_title() {
    for trim in TRIMS {
        let book = newspaper(trim, &["One line.".to_owned()], (60, 90));
        let pages = laid_out(&book);
        let page = &pages.pages[pages.bookmarks[0].page];
        let [clip] = framed(page, &pages)[..] else { panic!("{trim}") };
        let grid = Grid::new(&book.design.style, book.print.trim, None, false);
        assert_eq!(clip.x, grid.inside(page.side).x, "{trim}");
    }
}
