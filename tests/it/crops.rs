//! What a crop keeps of a photo whose author does not say so, on pages and on the back of the cover.

use jpeg_encoder::ColorType;
use recto::build::{Project, ProjectOptions};
use recto::model::{Length, Pages, PlacedPicture, Point, Rect, Size};

use crate::support::books::{last_with, pictures, text};
use crate::support::fixture::BookFixture;
use crate::support::images;

/// The side of the red patch in a grey photo of 1200 × 800 pixels.
const PATCH: u16 = 160;

fn photo(left: u16, top: u16) -> Vec<u8> {
    let is_patch =
        |x: u16, y: u16| (left..left + PATCH).contains(&x) && (top..top + PATCH).contains(&y);
    let pixel = |x, y| if is_patch(x, y) { [200, 40, 30] } else { [120, 130, 140] };
    let points = (0..800_u16).flat_map(|y| (0..1200_u16).map(move |x| (x, y)));
    let samples: Vec<u8> = points.flat_map(|(x, y)| pixel(x, y)).collect();
    images::jpeg_of(&samples, 1200, 800, ColorType::Rgb)
}

/// Where the patch is on the page.
fn patch(placed: &PlacedPicture, left: u16, top: u16) -> Rect {
    let frame = placed.frame;
    let across = |x: u16| frame.width.scale(x.into(), 1200);
    let down = |y: u16| frame.height.scale(y.into(), 800);
    let origin = Point::new(frame.x + across(left), frame.y + down(top));
    Rect::new(origin, Size::new(across(PATCH), down(PATCH)))
}

fn project(trim: &str, opener: &str, photo: Vec<u8>) -> Project {
    let manifest = format!(
        "title: Winter\nlanguage: en\ncover: {{ back: {{ text: A road., photo: a.jpg }} }}\n\
         print:\n  trim: {trim}\n  cover: {{ spine: 9 mm }}\npages:\n  - chapter: January\n    \
         photo: a.jpg\n    alt: A leaf.\n    intro: The ice came early.\n{opener}  - {{ photo: a.jpg, \
         alt: A leaf., layout: full-bleed }}\n"
    );
    let fixture = BookFixture::new(&manifest).file("a.jpg", photo);
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    loaded.project.unwrap()
}

fn opener(pages: &Pages) -> &PlacedPicture {
    let title = last_with(pages, "The ice came early");
    pictures(&pages.pages[title - 1])[0]
}

#[test]
fn what_a_photo_shows_is_kept_whole_and_away_from_the_trim_by_every_crop() {
    for (left, top) in [(120, 300), (520, 100), (960, 560)] {
        let project = project("210 x 210 mm", "", photo(left, top));
        let pages = project.pages();
        let trim = Rect::new(Point::default(), pages.trim);
        let placed: Vec<&PlacedPicture> = pages.pictures().collect();
        assert_eq!(placed.len(), 2);
        for placed in placed {
            assert!(placed.clip.contains(&trim), "the picture fills the page");
            let patch = patch(placed, left, top);
            assert!(trim.contains(&patch), "{left}: {patch:?}");
            // No shift leaves a part of the page empty.
            let least = pages.trim.width.scale(7, 100);
            let is_at_end = [placed.frame.x, placed.frame.right()]
                .into_iter()
                .zip([placed.clip.x, placed.clip.right()])
                .any(|(frame, clip)| frame == clip);
            let is_clear = patch.x >= least && patch.right() <= trim.right() - least;
            assert!(is_clear || is_at_end, "{left}: {patch:?}");
        }
        let cover = project.cover().unwrap();
        let back = cover.pages.pictures().next().unwrap();
        assert!(back.clip.contains(&patch(back, left, top)), "{left}: the back");
    }
}

#[test]
fn a_picture_that_would_lose_half_of_itself_opens_a_chapter_in_a_frame_unless_the_author_fills_the_page()
 {
    let is_filled = |opener_keys: &str| {
        let project = project("a4", opener_keys, photo(520, 300));
        let pages = project.pages();
        opener(pages).clip.contains(&Rect::new(Point::default(), pages.trim))
    };
    assert!(!is_filled(""));
    assert!(is_filled("    layout: full-bleed\n"));
}

#[test]
fn the_caption_of_an_opener_is_below_the_picture_if_it_would_follow_the_text_like_a_last_line() {
    let lines_above = |lines: usize| {
        let verse = "The ice came early.\\\n      ".repeat(lines);
        let manifest = format!(
            "title: Winter\nlanguage: en\npages:\n  - chapter: January\n    photo: a.jpg\n    alt: A \
             leaf.\n    caption: On the roof.\n    intro: |\n      {verse}The end.\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
        let pages = crate::support::books::paginate(&fixture.load().book.unwrap());
        let title = last_with(&pages, "January");
        // The text needs another page.
        if last_with(&pages, "The end") != title {
            return None;
        }
        let lowest = |words: &str| {
            let runs = pages.pages[title].items.iter().filter_map(|item| match item {
                recto::model::Item::Glyphs(run) if run.text.contains(words) => Some(run.origin.y),
                _ => None,
            });
            runs.max()
        };
        let caption = lowest("roof");
        assert!(caption.is_some() || text(&pages.pages[title - 1]).contains("roof"), "{lines}");
        Some(caption.zip(lowest("end")).map(|(caption, end)| caption - end))
    };
    let spaces: Vec<Option<Length>> = (1..30).filter_map(lines_above).collect();
    assert!(spaces.first().is_some_and(Option::is_some) && spaces.contains(&None));
    for space in spaces.into_iter().flatten() {
        assert!(space >= Length::milli_pt(14_500) * 3 - Length::pt(3), "{space:?}");
    }
}
