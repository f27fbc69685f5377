//! Where things stand: the order of pages, sides, folios, the sizes of plates.

use std::path::PathBuf;

use recto::layout;
use recto::model::{
    Block, Book, CaptionPosition, Chapter, ColorModel, Cover, Design, Ebook, Entry, Essay, Fonts,
    Format, Identifier, Inline, Item, Language, Length, Numbering, Orientation, Page, Pages,
    Picture, Pixels, PlacedPicture, Plate, PlateLayout, Print, PrivateMetadata, RetainedMetadata,
    Screen, Side,
};
use recto::typeset::Faces;

use crate::support::fixture::editions;

pub(crate) fn book(entries: Vec<Entry>) -> Book {
    Book {
        title: "Winter Road".into(),
        original: None,
        subtitle: None,
        language: Language::default(),
        creators: Vec::new(),
        untranslated: false,
        identifier: Identifier::Uuid("00000000-0000-5000-8000-000000000000".into()),
        editions: editions(),
        publisher: None,
        date: None,
        rights: None,
        license: None,
        description: None,
        subjects: Vec::new(),
        series: None,
        source: None,
        credit: None,
        cover: Cover::Typographic,
        design: Design::default(),
        entries,
        print: Print::default(),
        ebook: Ebook::default(),
        screen: Screen::default(),
        fonts: Fonts::default(),
    }
}

pub(crate) fn plate(width: u32, height: u32, caption: &str) -> Entry {
    Entry::Plate(Box::new(Plate {
        picture: Picture {
            path: PathBuf::from("a.jpg"),
            name: "a.jpg".into(),
            format: Format::Jpeg,
            stored: Pixels { width, height },
            orientation: Orientation::Upright,
            colour: ColorModel::Rgb,
            bits: 8,
            alpha: false,
            profile: None,
            private: PrivateMetadata::default(),
        },
        caption: vec![Inline::Text(caption.into())],
        alt: None,
        credit: None,
        place: None,
        taken: None,
        layout: PlateLayout::Framed,
        caption_position: CaptionPosition::Below,
        focus: None,
        retained_metadata: RetainedMetadata::default(),
        number: 0,
        location: None,
    }))
}

pub(crate) fn chapter(title: &str) -> Entry {
    Entry::Chapter(Chapter { title: vec![Inline::Text(title.into())], intro: Vec::new() })
}

pub(crate) fn essay(title: &str, paragraphs: usize) -> Entry {
    let words = "The road goes on along the coast, past the last house and the first field. ";
    let heading = Block::Heading { level: 1, content: vec![Inline::Text(title.into())] };
    let paragraph = Block::Paragraph(vec![Inline::Text(words.repeat(9).trim().into())]);
    let blocks = std::iter::once(heading).chain(vec![paragraph; paragraphs]).collect();
    Entry::Essay(Essay { blocks })
}

fn set(entries: Vec<Entry>) -> Pages {
    let book = book(entries);
    layout::paginate(&book, &Faces::load(&book.fonts).unwrap())
}

pub(crate) fn words(page: &Page) -> String {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(&*run.text),
        _ => None,
    });
    runs.collect::<Vec<_>>().join("")
}

pub(crate) fn pictures(page: &Page) -> Vec<&PlacedPicture> {
    let mut pictures = Vec::new();
    for item in &page.items {
        if let Item::Picture(picture) = item {
            pictures.push(picture.as_ref());
        }
    }
    pictures
}

fn page_of<'a>(pages: &'a Pages, text: &str) -> &'a Page {
    pages.pages.iter().rev().find(|page| words(page).contains(text)).unwrap()
}

#[test]
fn the_first_page_is_a_recto_and_sides_alternate() {
    let pages = set(vec![plate(3000, 2000, "One."), plate(3000, 2000, "Two.")]);
    assert_eq!(pages.pages[0].side, Side::Recto);
    assert!(pages.pages.windows(2).all(|pair| pair[0].side != pair[1].side));
    assert!(pages.pages.len().is_multiple_of(2), "leaves have two sides");
}

#[test]
fn every_plate_has_a_page_of_its_own() {
    let pages = set((0..7).map(|_| plate(3000, 2000, "One of seven.")).collect());
    let counts: Vec<usize> = pages.pages.iter().map(|page| pictures(page).len()).collect();
    assert_eq!(counts.iter().sum::<usize>(), 7);
    assert!(counts.iter().all(|&count| count <= 1));
}

#[test]
fn chapters_open_on_a_recto_after_a_blank_verso() {
    let pages = set(vec![chapter("January"), plate(3000, 2000, "Snow."), chapter("February")]);
    for title in ["January", "February"] {
        assert_eq!(page_of(&pages, title).side, Side::Recto, "{title}");
    }
}

#[test]
fn front_matter_counts_in_roman_and_the_body_begins_at_1_on_a_recto() {
    let pages = set(vec![plate(3000, 2000, "One.")]);
    let first = page_of(&pages, "One.");
    assert_eq!((first.folio.numbering, first.folio.number), (Numbering::Arabic, 1));
    assert_eq!(first.side, Side::Recto);
    assert_eq!(pages.pages[2].folio.to_string(), "iii");
}

#[test]
fn contents_name_the_folios_of_chapters() {
    let pages = set(vec![
        essay("Before", 2),
        chapter("January"),
        plate(3000, 2000, "Snow."),
        chapter("February"),
    ]);
    let contents = words(&pages.pages[4]);
    for title in ["Contents", "Before", "January", "February"] {
        assert!(contents.contains(title), "{title} in {contents}");
    }
    assert_eq!(page_of(&pages, "February").folio.to_string(), "5");
    assert!(contents.contains('5'), "{contents}");
}

#[test]
fn a_book_without_chapters_has_no_contents() {
    let pages = set(vec![plate(3000, 2000, "One.")]);
    assert!(pages.pages.iter().all(|page| !words(page).contains("Contents")));
}

#[test]
fn portrait_and_landscape_are_about_equal_in_area() {
    let pages = set(vec![plate(3000, 2000, "Wide."), plate(2000, 3000, "High.")]);
    let area = |text| {
        let frame = pictures(page_of(&pages, text))[0].frame;
        frame.width.to_mm() * frame.height.to_mm()
    };
    let ratio = area("Wide.") / area("High.");
    assert!((0.95..1.06).contains(&ratio), "{ratio}");
}

#[test]
fn a_picture_keeps_its_shape() {
    for (width, height) in [(3000, 2000), (1, 1), (6000, 1000), (1000, 6000), (4032, 3024)] {
        let pages = set(vec![plate(width, height, "Shape.")]);
        let frame = pictures(page_of(&pages, "Shape."))[0].frame;
        let shape = frame.width.to_mm() / frame.height.to_mm();
        let wanted = f64::from(width) / f64::from(height);
        assert!((shape / wanted - 1.0).abs() < 1e-4, "{width} × {height}");
    }
}

#[test]
fn facing_pictures_of_one_shape_stand_at_one_height_whatever_their_captions() {
    let long = "A caption that runs on, over more than a single line, and says a good deal more than the other one does of what is to be seen.";
    let pages =
        set(vec![plate(3000, 2000, "Pad."), plate(3000, 2000, "Short."), plate(3000, 2000, long)]);
    let top = |text| pictures(page_of(&pages, text))[0].frame.y;
    assert_eq!(top("Short."), top("runs on"));
}

#[test]
fn the_white_above_a_plate_is_less_than_below() {
    let pages = set(vec![plate(3000, 2000, "One.")]);
    let frame = pictures(page_of(&pages, "One."))[0].frame;
    assert!(frame.y < pages.trim.height - frame.bottom());
}

#[test]
fn a_very_long_caption_takes_room_from_its_picture_not_from_the_margin() {
    let caption = "Strings and more words. ".repeat(60);
    let pages = set(vec![plate(2000, 3000, caption.trim())]);
    let page = page_of(&pages, "more words");
    let frame = pictures(page)[0].frame;
    for item in &page.items {
        if let Item::Glyphs(run) = item {
            assert!(run.origin.y > frame.bottom());
            assert!(run.origin.y < pages.trim.height - Length::mm(5));
        }
    }
}

#[test]
fn a_caption_that_is_to_stand_nowhere_does_not() {
    let Entry::Plate(mut silent) = plate(3000, 2000, "Unsaid.") else { unreachable!() };
    silent.caption_position = CaptionPosition::None;
    silent.credit = Some("Ada Field".into());
    let pages = set(vec![plate(3000, 2000, "Said."), Entry::Plate(silent)]);
    let all: String = pages.pages.iter().map(words).collect();
    assert!(all.contains("Said.") && !all.contains("Unsaid.") && !all.contains("Ada Field"));
}

#[test]
fn running_text_stands_on_one_grid_on_facing_pages() {
    let pages = set(vec![essay("Long", 24)]);
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
fn no_paragraph_leaves_a_single_line_behind() {
    let pages = set(vec![essay("Long", 30)]);
    // Every paragraph has the same lines, so the first line of a page must not be a last
    // line: last lines are short.
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
fn bookmarks_follow_chapters_with_their_plates_under_them() {
    let pages = set(vec![
        essay("Before", 1),
        chapter("January"),
        plate(3000, 2000, "Snow."),
        plate(3000, 2000, "Ice."),
    ]);
    let january = pages.bookmarks.iter().find(|bookmark| bookmark.title == "January").unwrap();
    let children: Vec<&str> = january.children.iter().map(|child| child.title.as_str()).collect();
    assert_eq!(children, ["Snow.", "Ice."]);
    assert_eq!(pages.pages[january.page].side, Side::Recto);
}

#[test]
fn an_arabic_book_binds_on_the_right_and_mirrors_its_margins() {
    let mut arabic = book(vec![essay("طريق الشتاء", 1)]);
    arabic.language = Language::new("ar");
    let faces = Faces::load(&arabic.fonts).unwrap();
    let pages = layout::paginate(&arabic, &faces);
    assert!(pages.binding_right);
    let grid = layout::Grid::for_book(&arabic);
    let mirrored = layout::Grid::for_book(&book(Vec::new()));
    assert_eq!(grid.column_left(Side::Recto), mirrored.column_left(Side::Verso));
}

#[test]
fn any_book_can_be_laid_out() {
    set(Vec::new());
    set(vec![plate(1, 60_000, ""), plate(60_000, 1, "")]);
    set(vec![Entry::Essay(Essay { blocks: Vec::new() }), chapter("")]);
    let mut tiny = book(vec![essay("Small", 3), plate(3000, 2000, "Small.")]);
    tiny.print.trim = recto::model::Size::new(Length::mm(30), Length::mm(40));
    layout::paginate(&tiny, &Faces::load(&tiny.fonts).unwrap());
}
