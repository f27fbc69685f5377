//! Pagination: the order of pages, sides, folios, the sizes of plates.

use recto::layout;
use recto::model::{
    CaptionPosition, Entry, Essay, Item, Language, Length, Numbering, Page, Pages, Side,
};

use crate::support::books::{self, book, chapter, essay, pictures, plate, text};

fn paginate(entries: Vec<Entry>) -> Pages {
    books::paginate(&book(entries))
}

fn page_with<'a>(pages: &'a Pages, words: &str) -> &'a Page {
    pages.pages.iter().rev().find(|page| text(page).contains(words)).unwrap()
}

#[test]
fn the_first_page_is_a_recto_and_sides_alternate() {
    let pages = paginate(vec![plate(3000, 2000, "One."), plate(3000, 2000, "Two.")]);
    assert_eq!(pages.pages[0].side, Side::Recto);
    assert!(pages.pages.windows(2).all(|pair| pair[0].side != pair[1].side));
    assert!(pages.pages.len().is_multiple_of(2), "leaves have two sides");
}

#[test]
fn every_plate_has_a_page_of_its_own() {
    let pages = paginate((0..7).map(|_| plate(3000, 2000, "One of seven.")).collect());
    let counts: Vec<usize> = pages.pages.iter().map(|page| pictures(page).len()).collect();
    assert_eq!(counts.iter().sum::<usize>(), 7);
    assert!(counts.iter().all(|&count| count <= 1));
}

#[test]
fn chapters_open_on_a_recto_after_a_blank_verso() {
    let pages = paginate(vec![chapter("January"), plate(3000, 2000, "Snow."), chapter("February")]);
    for title in ["January", "February"] {
        assert_eq!(page_with(&pages, title).side, Side::Recto, "{title}");
    }
}

#[test]
fn front_matter_has_roman_folios_and_the_body_begins_at_1_on_a_recto() {
    let pages = paginate(vec![plate(3000, 2000, "One.")]);
    let first = page_with(&pages, "One.");
    assert_eq!((first.folio.numbering, first.folio.number), (Numbering::Arabic, 1));
    assert_eq!(first.side, Side::Recto);
    assert_eq!(pages.pages[2].folio.to_string(), "iii");
}

#[test]
fn the_contents_list_the_folios_of_chapters() {
    let pages = paginate(vec![
        essay("Before", 2),
        chapter("January"),
        plate(3000, 2000, "Snow."),
        chapter("February"),
    ]);
    let contents = text(&pages.pages[4]);
    for title in ["Contents", "Before", "January", "February"] {
        assert!(contents.contains(title), "{title} in {contents}");
    }
    assert_eq!(page_with(&pages, "February").folio.to_string(), "5");
    assert!(contents.contains('5'), "{contents}");
}

#[test]
fn a_book_without_chapters_has_no_contents() {
    let pages = paginate(vec![plate(3000, 2000, "One.")]);
    assert!(pages.pages.iter().all(|page| !text(page).contains("Contents")));
}

#[test]
fn portrait_and_landscape_plates_have_about_the_same_area() {
    let pages = paginate(vec![plate(3000, 2000, "Wide."), plate(2000, 3000, "High.")]);
    let area = |caption| {
        let frame = pictures(page_with(&pages, caption))[0].frame;
        frame.width.to_mm() * frame.height.to_mm()
    };
    let ratio = area("Wide.") / area("High.");
    assert!((0.95..1.06).contains(&ratio), "{ratio}");
}

#[test]
fn a_picture_keeps_its_aspect_ratio() {
    for (width, height) in [(3000, 2000), (1, 1), (6000, 1000), (1000, 6000), (4032, 3024)] {
        let pages = paginate(vec![plate(width, height, "Plate.")]);
        let frame = pictures(page_with(&pages, "Plate."))[0].frame;
        let ratio = frame.width.to_mm() / frame.height.to_mm();
        let expected = f64::from(width) / f64::from(height);
        assert!((ratio / expected - 1.0).abs() < 1e-4, "{width} × {height}");
    }
}

#[test]
fn facing_pictures_of_one_shape_are_level_whatever_their_captions() {
    let long = "A caption that runs on, over more than a single line, and says a good deal more than the other one does of what is to be seen.";
    let pages = paginate(vec![
        plate(3000, 2000, "Pad."),
        plate(3000, 2000, "Short."),
        plate(3000, 2000, long),
    ]);
    let top = |caption| pictures(page_with(&pages, caption))[0].frame.y;
    assert_eq!(top("Short."), top("runs on"));
}

#[test]
fn the_margin_above_a_plate_is_smaller_than_below() {
    let pages = paginate(vec![plate(3000, 2000, "One.")]);
    let frame = pictures(page_with(&pages, "One."))[0].frame;
    assert!(frame.y < pages.trim.height - frame.bottom());
}

#[test]
fn a_very_long_caption_makes_its_picture_smaller_and_stays_out_of_the_margin() {
    let caption = "Strings and more words. ".repeat(60);
    let pages = paginate(vec![plate(2000, 3000, caption.trim())]);
    let page = page_with(&pages, "more words");
    let frame = pictures(page)[0].frame;
    for item in &page.items {
        if let Item::Glyphs(run) = item {
            assert!(run.origin.y > frame.bottom());
            assert!(run.origin.y < pages.trim.height - Length::mm(5));
        }
    }
}

#[test]
fn a_caption_with_the_position_none_is_not_shown() {
    let Entry::Plate(mut uncaptioned) = plate(3000, 2000, "Hidden.") else { unreachable!() };
    uncaptioned.caption_position = CaptionPosition::None;
    uncaptioned.credit = Some("Ada Field".into());
    let pages = paginate(vec![plate(3000, 2000, "Shown."), Entry::Plate(uncaptioned)]);
    let all: String = pages.pages.iter().map(text).collect();
    assert!(all.contains("Shown.") && !all.contains("Hidden.") && !all.contains("Ada Field"));
}

#[test]
fn running_text_has_the_same_baseline_grid_on_facing_pages() {
    let pages = paginate(vec![essay("Long", 24)]);
    let baselines = |page: &Page| -> Vec<i64> {
        let mut ys: Vec<i64> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) if run.size == Length::pt(10) => Some(run.origin.y.to_emu()),
                _ => None,
            })
            .collect();
        ys.dedup();
        ys
    };
    let long: Vec<&Page> = pages.pages.iter().filter(|page| baselines(page).len() > 20).collect();
    let verso = long.iter().find(|page| page.side == Side::Verso).unwrap();
    let recto = pages.pages.iter().skip_while(|page| page != verso).nth(1).unwrap();
    assert_eq!(baselines(verso).first(), baselines(recto).first());
    let step = Length::milli_pt(14_500).to_emu();
    assert!(baselines(verso).windows(2).all(|pair| (pair[1] - pair[0]) % step == 0));
}

#[test]
fn no_page_begins_with_a_widow() {
    let pages = paginate(vec![essay("Long", 30)]);
    // All paragraphs have the same lines, and the last one is short: it must not begin a page.
    for page in &pages.pages {
        let mut ends = std::collections::BTreeMap::new();
        for item in &page.items {
            if let Item::Glyphs(run) = item
                && run.size == Length::pt(10)
            {
                let end = run.origin.x + run.width();
                let widest = ends.entry(run.origin.y).or_insert(end);
                *widest = (*widest).max(end);
            }
        }
        let widest = ends.values().max().copied();
        if let (Some((_, first)), Some(widest)) = (ends.iter().next(), widest)
            && ends.len() > 3
        {
            assert!(*first > widest - Length::mm(3), "a widow on page {}", page.folio);
        }
    }
}

#[test]
fn bookmarks_nest_plates_under_chapters() {
    let pages = paginate(vec![
        essay("Before", 1),
        chapter("January"),
        plate(3000, 2000, "Snow."),
        plate(3000, 2000, "Ice."),
    ]);
    let january = pages.bookmarks.iter().find(|bookmark| bookmark.title == "January").unwrap();
    let children: Vec<&str> = january.children.iter().map(|child| child.title.as_str()).collect();
    assert_eq!(children, ["Snow", "Ice"]);
    assert_eq!(pages.pages[january.page].side, Side::Recto);
}

#[test]
fn an_arabic_book_binds_on_the_right_and_mirrors_its_margins() {
    let mut arabic = book(vec![essay("طريق الشتاء", 1)]);
    arabic.language = Language::new("ar");
    let pages = books::paginate(&arabic);
    assert!(pages.binding_right);
    let grid = layout::Grid::for_book(&arabic);
    let mirrored = layout::Grid::for_book(&book(Vec::new()));
    assert_eq!(grid.column_left(Side::Recto), mirrored.column_left(Side::Verso));
}

#[test]
fn any_book_can_be_laid_out() {
    paginate(Vec::new());
    paginate(vec![plate(1, 60_000, ""), plate(60_000, 1, "")]);
    paginate(vec![Entry::Essay(Essay::default()), chapter("")]);
    let mut tiny = book(vec![essay("Small", 3), plate(3000, 2000, "Small.")]);
    tiny.print.trim = recto::model::Size::new(Length::mm(30), Length::mm(40));
    books::paginate(&tiny);
}
