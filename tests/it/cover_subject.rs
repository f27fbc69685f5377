//! What the photo of the front shows is whole, away from the trim, and under no text.

use jpeg_encoder::ColorType;
use recto::build::{PrintedCover, Project, ProjectOptions};
use recto::model::{GlyphRun, Item, Length, PassageKind, PlacedPicture, Point, Rect, Size, Turn};

use crate::support::fixture::BookFixture;
use crate::support::images;

const TRIMS: [&str; 4] = ["210 x 210 mm", "a4", "a4-landscape", "5 x 8 in"];

/// A grey photo with a red patch from one corner to the other, in per cent.
#[derive(Debug, Clone, Copy)]
struct Photo {
    size: (u16, u16),
    from: (u16, u16),
    to: (u16, u16),
}

const UPRIGHT: (u16, u16) = (160, 240);
const WIDE: (u16, u16) = (240, 160);
const PHOTOS: [Photo; 7] = [
    Photo { size: UPRIGHT, from: (30, 10), to: (70, 85) },
    Photo { size: UPRIGHT, from: (12, 30), to: (88, 60) },
    Photo { size: UPRIGHT, from: (60, 10), to: (90, 40) },
    Photo { size: UPRIGHT, from: (30, 60), to: (70, 90) },
    Photo { size: WIDE, from: (15, 30), to: (85, 70) },
    Photo { size: WIDE, from: (35, 10), to: (65, 90) },
    Photo { size: WIDE, from: (65, 50), to: (92, 88) },
];

impl Photo {
    fn jpeg(self) -> Vec<u8> {
        let (width, height) = self.size;
        let is_patch = |x: u16, y: u16| {
            let within = |at: u16, side: u16, from: u16, to: u16| {
                (side * from / 100..side * to / 100).contains(&at)
            };
            within(x, width, self.from.0, self.to.0) && within(y, height, self.from.1, self.to.1)
        };
        let pixel = |x, y| if is_patch(x, y) { [200, 40, 30] } else { [120, 130, 140] };
        let points = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let samples: Vec<u8> = points.flat_map(|(x, y)| pixel(x, y)).collect();
        images::jpeg_of(&samples, width, height, ColorType::Rgb)
    }

    /// Where the patch is on the cover.
    fn patch(self, placed: &PlacedPicture) -> Rect {
        let frame = placed.frame;
        let across = |per_cent: u16| frame.width.scale(per_cent.into(), 100);
        let down = |per_cent: u16| frame.height.scale(per_cent.into(), 100);
        let origin = Point::new(frame.x + across(self.from.0), frame.y + down(self.from.1));
        let size = Size::new(across(self.to.0 - self.from.0), down(self.to.1 - self.from.1));
        Rect::new(origin, size)
    }
}

fn with_cover(
    design: &str,
    trim: &str,
    head: &str,
    keys: &str,
    photo: Photo,
    test: impl FnOnce(&PrintedCover),
) {
    let manifest = format!(
        "{head}language: en\ndesign: {design}\ncreators: [{{ name: Ada Field, role: \
         photographer }}]\npublisher: Coast Press\ncover: {{ photo: a.jpg, alt: A road.{keys} }}\n\
         print:\n  trim: {trim}\n  cover: {{ spine: 9 mm }}\npages:\n  - {{ photo: b.jpg, alt: A \
         road. }}\n"
    );
    let fixture = BookFixture::new(&manifest).photo("b.jpg", 90, 60).file("a.jpg", photo.jpeg());
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    test(loaded.project.unwrap().cover().unwrap());
}

const TITLE: &str = "title: Winter Road\nsubtitle: Five years on the coast\n";

fn picture(cover: &PrintedCover) -> &PlacedPicture {
    cover.pages.pictures().next().unwrap()
}

/// The label: the largest field that is inside the front.
fn label(cover: &PrintedCover) -> Rect {
    let front = cover.sheet.front_board();
    let fields = cover.pages.pages[0].items.iter().filter_map(|item| match item {
        Item::Rule(rule) if front.contains(&rule.rect) => Some(rule.rect),
        _ => None,
    });
    fields.max_by_key(|rect| rect.width.to_emu() * (rect.height.to_emu() / 1000)).unwrap()
}

fn inset(rect: Rect, by: Length) -> Rect {
    let size = Size::new(rect.width - by * 2, rect.height - by * 2);
    Rect::new(Point::new(rect.x + by, rect.y + by), size)
}

#[test]
fn what_the_photo_shows_is_whole_and_at_least_5_mm_from_the_trim_in_every_design() {
    for design in ["classic", "modern", "exhibition", "newspaper", "album"] {
        for trim in TRIMS {
            for photo in PHOTOS {
                with_cover(design, trim, TITLE, "", photo, |cover| {
                    let placed = picture(cover);
                    let patch = photo.patch(placed);
                    let inside = inset(cover.sheet.front_board(), Length::mm(5));
                    let context = format!("{design}, {trim}, {photo:?}: {patch:?}");
                    assert!(inside.contains(&patch), "{context} in {inside:?}");
                    assert!(placed.clip.contains(&patch), "{context} in {:?}", placed.clip);
                });
            }
        }
    }
}

#[test]
fn no_label_covers_what_the_photo_shows() {
    for trim in TRIMS {
        for photo in PHOTOS {
            with_cover("album", trim, TITLE, "", photo, |cover| {
                let (label, patch) = (label(cover), photo.patch(picture(cover)));
                let common = label.common(&patch);
                let is_clear = common.width == Length::ZERO || common.height == Length::ZERO;
                assert!(is_clear, "{trim}, {photo:?}: {patch:?} under {label:?}");
                let lines = cover.pages.runs().filter(|run| label.contains(&letters(run)));
                assert!(lines.count() >= 4, "{trim}, {photo:?}: the text is on its label");
            });
        }
    }
}

fn letters(run: &GlyphRun) -> Rect {
    let height = run.size.scale(65, 100);
    let origin = Point::new(run.origin.x, run.origin.y - height);
    Rect::new(origin, Size::new(run.width(), height))
}

#[test]
fn a_label_that_would_cover_the_photo_at_the_foot_is_at_the_head() {
    let photo = Photo { size: WIDE, from: (20, 60), to: (80, 90) };
    with_cover("album", "a4-landscape", TITLE, "", photo, |cover| {
        let front = cover.sheet.front_board();
        assert!(picture(cover).clip.bottom() > front.bottom(), "the photo fills the front");
        assert!(label(cover).bottom() < front.y + front.height / 2, "{:?}", label(cover));
    });
}

#[test]
fn a_focus_of_the_author_has_the_photo_fill_what_it_fills_in_that_design() {
    // Without a focus, each would be smaller.
    let photo = PHOTOS[0];
    for (design, height) in [("album", 100), ("modern", 57)] {
        let seen = |keys: &str| {
            let mut seen = Size::default();
            with_cover(design, "210 x 210 mm", TITLE, keys, photo, |cover| {
                let common = picture(cover).clip.common(&cover.sheet.front_board());
                seen = Size::new(common.width, common.height);
            });
            seen
        };
        let (with_focus, without) = (seen(", focus: [0.5, 0.2]"), seen(""));
        assert!(with_focus.height >= Length::mm(210).scale(height, 100), "{design}");
        assert!(with_focus.width > without.width, "{design}: {with_focus:?}, {without:?}");
    }
}

#[test]
fn a_subtitle_is_smaller_than_a_title_that_has_to_be_small() {
    let head = "title: Donaudampfschifffahrtsgesellschaft\nsubtitle: Five years on the coast\n";
    with_cover("modern", "a4-landscape", head, "", PHOTOS[0], |cover| {
        let upright = || cover.pages.runs().filter(|run| run.turn == Turn::Upright);
        let is_title = |run: &&GlyphRun| run.passage.kind == PassageKind::Title;
        let title = upright().find(is_title).unwrap().size;
        let subtitle = upright().find(|run| run.text.contains("Five")).unwrap().size;
        assert!(subtitle * 4 <= title * 3, "{subtitle:?} below {title:?}");
    });
}

#[test]
fn a_title_a_little_wider_than_the_photo_above_it_is_set_as_wide_as_that() {
    let head = "title: Umgehungsstraße\nsubtitle: Five years on the coast\n";
    with_cover("classic", "a4", head, "", PHOTOS[0], |cover| {
        let is_title =
            |run: &&GlyphRun| run.passage.kind == PassageKind::Title && run.turn == Turn::Upright;
        let title = cover.pages.runs().find(is_title).unwrap();
        let photo = picture(cover).clip;
        assert!(title.width() <= photo.width, "{:?} below {photo:?}", title.width());
    });
}

#[test]
fn an_article_is_not_alone_on_a_line_of_a_narrow_title() {
    let head = "title: A Winter at the Water\nsubtitle: Five years on the coast\n";
    for design in ["classic", "exhibition", "modern"] {
        with_cover(design, "210 x 210 mm", head, "", PHOTOS[0], |cover| {
            let is_title = |run: &&GlyphRun| {
                run.passage.kind == PassageKind::Title && run.turn == Turn::Upright
            };
            let lines: Vec<_> = cover.pages.runs().filter(is_title).collect();
            assert!(lines.len() >= 3, "{design}: {} lines", lines.len());
            assert!(lines.iter().all(|run| run.text.trim() != "A"), "{design}");
        });
    }
}
