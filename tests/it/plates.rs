//! Plates: full bleed, spreads, captions on the facing page, rotation, sizes and findings.

use crate::support::books::{book, chapter, essay, faces, paginate, pictures, plate, text};
use crate::support::fixture::{BookFixture, with_code};
use recto::finding::{Code, Finding, Severity};
use recto::layout::Grid;
use recto::model::{
    Book, CaptionPosition, Date, Edges, Edition, Entry, EntryId, Focus, Item, Language, Length,
    ListOfPlates, Numbering, Page, Pages, Pixels, PlacedPicture, Plate, PlateLayout, PlateSizing,
    Rect, Region, Rotate, Side, Size, Subject, Turn,
};
use recto::preflight;

const MM: fn(i64) -> Length = Length::mm;

/// A plate of 3 : 2 with this layout.
fn plate_with(layout: PlateLayout, caption_position: CaptionPosition, caption: &str) -> Entry {
    plate_of_size(3900, 2600, layout, caption_position, caption)
}

fn plate_of_size(
    width: u32,
    height: u32,
    layout: PlateLayout,
    caption_position: CaptionPosition,
    caption: &str,
) -> Entry {
    with_changes(plate(width, height, caption), |plate| {
        plate.layout = layout;
        plate.caption_position = caption_position;
        plate.alt = Some("A description.".into());
    })
}

fn with_changes(entry: Entry, change: impl FnOnce(&mut Plate)) -> Entry {
    let Entry::Plate(mut plate) = entry else { unreachable!() };
    change(&mut plate);
    Entry::Plate(plate)
}

fn framed(caption: &str) -> Entry {
    plate_with(PlateLayout::Framed, CaptionPosition::Below, caption)
}

fn bleed(position: CaptionPosition) -> Entry {
    plate_with(PlateLayout::FullBleed, position, "Bleed.")
}

fn spread(position: CaptionPosition) -> Entry {
    plate_with(PlateLayout::Spread, position, "Spread.")
}

/// The findings about the pages, except that the photos have no profile.
fn findings(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut findings = preflight::findings(book, pages, &faces(book), Edition::Print.into());
    findings.retain(|finding| finding.code != Code::PhotoUntagged);
    findings
}

/// The pages of the body as characters, beginning with a recto: `.` blank, `t` text, `w` a page
/// of captions, `f` a framed plate, `F` a framed plate with the caption of the facing one, `B` a
/// full bleed, `[` and `]` the halves of a spread.
fn page_kinds(book: &Book) -> String {
    let pages = paginate(book);
    let body = pages.pages.iter().skip_while(|page| page.folio.numbering == Numbering::Roman);
    let mut kinds: String = body.map(|page| page_kind(page, book)).collect();
    assert!(kinds.len().is_multiple_of(2), "leaves have two sides: {kinds}");
    if kinds.ends_with('.') {
        kinds.pop();
    }
    kinds
}

/// Whether a page has the caption of a picture on another one.
fn has_guest(page: &Page) -> bool {
    let text = text(page);
    ["Facing page", "Overleaf", "Preceding pages"].iter().any(|words| text.contains(words))
}

fn page_kind(page: &Page, book: &Book) -> char {
    let plate = page.entry.and_then(|EntryId(id)| match &book.entries[id] {
        Entry::Plate(plate) => Some(plate),
        _ => None,
    });
    let picture = pictures(page).first().copied();
    match (plate.map(|plate| plate.layout), picture) {
        (None, _) if page.items.is_empty() => '.',
        (None, _) => 't',
        (Some(_), None) => 'w',
        (Some(PlateLayout::Framed), Some(_)) if has_guest(page) => 'F',
        (Some(PlateLayout::Framed), Some(_)) => 'f',
        (Some(PlateLayout::FullBleed), Some(_)) => 'B',
        (Some(PlateLayout::Spread), Some(_)) if page.side == Side::Verso => '[',
        (Some(PlateLayout::Spread), Some(_)) => ']',
    }
}

/// The pages with this plate's picture.
fn placements(pages: &Pages, id: usize) -> Vec<(&Page, &PlacedPicture)> {
    let of_plate = pages.pages.iter().filter(|page| page.entry == Some(EntryId(id)));
    of_plate.flat_map(|page| pictures(page).into_iter().map(move |it| (page, it))).collect()
}

fn only(pages: &Pages, id: usize) -> (&Page, &PlacedPicture) {
    let all = placements(pages, id);
    assert_eq!(all.len(), 1);
    all[0]
}

fn uneven_bleed() -> Edges {
    Edges { top: MM(2), bottom: MM(3), inner: Length::ZERO, outer: MM(5) }
}

#[test]
fn a_full_bleed_covers_the_page_and_its_bleed_edge_by_edge() {
    for (language, verso_left, verso_right) in [("en", 5, 0), ("ar", 0, 5)] {
        let plate = || bleed(CaptionPosition::None);
        let mut book = book(vec![plate(), plate()]);
        book.print.bleed = uneven_bleed();
        book.language = Language::new(language);
        let pages = paginate(&book);
        for (id, side) in [(0, Side::Recto), (1, Side::Verso)] {
            let (page, picture) = only(&pages, id);
            assert_eq!(page.side, side);
            let (left, right) = match side {
                Side::Verso => (verso_left, verso_right),
                Side::Recto => (verso_right, verso_left),
            };
            let whole = Rect {
                x: MM(-left),
                y: MM(-2),
                width: MM(left + 210 + right),
                height: MM(2 + 210 + 3),
            };
            assert_eq!(picture.clip, whole, "{language} {side:?}");
            assert!(picture.frame.contains(&whole), "the picture covers its clip");
            assert_eq!(picture.frame.height, whole.height, "the crop is as small as possible");
            assert!(page.links.is_empty() && text(page).is_empty(), "no folio and no text");
        }
        assert_eq!(findings(&book, &pages), []);
    }
}

#[test]
fn the_focus_is_centred_as_far_as_the_picture_extends() {
    let left = |across: u16| {
        let mut book = book(vec![with_changes(bleed(CaptionPosition::None), |plate| {
            plate.focus = Some(Focus::new(across, 5_000));
        })]);
        book.print.bleed = Edges::all(MM(3));
        let frame = only(&paginate(&book), 0).1.frame;
        // 216 mm high, so 324 mm wide.
        assert_eq!(frame.width, MM(324));
        frame.x
    };
    assert_eq!(left(5_000), MM(105 - 162));
    assert_eq!(left(4_000), MM(105) - MM(324).scale(4, 10));
    assert_eq!(left(0), MM(-3), "the picture ends at the bleed");
    assert_eq!(left(10_000), MM(213 - 324));
}

#[test]
fn the_halves_of_a_spread_join_beyond_the_gutter_loss() {
    for (language, loss) in [("en", 0), ("en", 4), ("he", 4)] {
        let mut book = book(vec![framed("Before."), spread(CaptionPosition::None)]);
        book.language = Language::new(language);
        book.print.bleed = uneven_bleed();
        book.print.gutter_loss = MM(loss);
        let pages = paginate(&book);
        let halves = placements(&pages, 1);
        let [(first, one), (second, other)] = halves[..] else { unreachable!() };
        assert_eq!((first.side, second.side), (Side::Verso, Side::Recto));
        let right_to_left = language == "he";
        let (left, right) = if right_to_left { (other, one) } else { (one, other) };
        // Both halves show the same point of the picture where the visible part of a page ends.
        let end_of_left = MM(210 - loss) - left.frame.x;
        let start_of_right = MM(loss) - right.frame.x;
        assert_eq!(end_of_left, start_of_right);
        // The visible parts and the bleed add up to the width that is shown.
        let visible = MM(2 * (210 - loss));
        let shown = right.clip.right() - right.frame.x - (left.clip.x - left.frame.x);
        assert_eq!(shown, MM(5) + visible + MM(5));
        for half in [left, right] {
            assert_eq!((half.frame.width, half.frame.height), (one.frame.width, one.frame.height));
            assert!(half.frame.contains(&half.clip), "each half covers its page");
            assert_eq!((half.clip.y, half.clip.height), (MM(-2), MM(215)));
        }
        assert_eq!((left.clip.x, left.clip.right()), (MM(-5), MM(210)), "no bleed at the spine");
        assert_eq!((right.clip.x, right.clip.right()), (MM(0), MM(215)));
        assert_eq!(one.picture.path, other.picture.path);
        assert!(text(first).is_empty() && text(second).is_empty(), "no folio and no text");
    }
}

#[test]
fn a_spread_has_one_alt_text_and_one_bookmark() {
    let book = book(vec![framed("Before."), spread(CaptionPosition::None)]);
    let pages = paginate(&book);
    let halves = placements(&pages, 1);
    let alts: Vec<_> = halves.iter().map(|(_, half)| half.alt.as_deref()).collect();
    assert_eq!(alts, [Some("A description."), Some("")]);
    let listed: Vec<_> = pages.bookmarks.iter().map(|it| (it.title.as_str(), it.page)).collect();
    assert_eq!(listed, [("Before", 4), ("Spread", 5)]);
    assert_eq!(halves[0].0, &pages.pages[5]);
}

#[test]
fn the_focus_of_a_spread_stays_out_of_the_gutter() {
    let with = |across| {
        let mut book = book(vec![with_changes(spread(CaptionPosition::None), |plate| {
            plate.picture.stored = Pixels { width: 12_000, height: 4_000 };
            plate.focus = Some(Focus::new(across, 5_000));
        })]);
        book.print.bleed = Edges::all(MM(3));
        let pages = paginate(&book);
        let lost = with_code(&findings(&book, &pages), "focus-lost").len();
        (placements(&pages, 0)[0].1.frame, lost)
    };
    // 216 mm high and 648 mm wide, so the focus can be centred on its page.
    let (frame, lost) = with(4_500);
    assert_eq!((frame.x + MM(648).scale(45, 100), lost), (MM(105), 0));
    let (frame, lost) = with(5_500);
    assert_eq!((frame.x + MM(648).scale(55, 100), lost), (MM(315), 0));
    assert_eq!(with(5_000).1, 1, "a focus in the gutter is reported");
}

#[test]
fn spreads_begin_on_a_verso_and_captions_face_their_pictures() {
    use CaptionPosition::{Below, Facing, None};
    let f = || framed("Framed.");
    let uncaptioned = || spread(None);
    let facing = || plate_with(PlateLayout::Framed, Facing, "Facing.");
    let cases = [
        // The first page is a recto, which is blank before a spread.
        (vec![uncaptioned()], ".[]"),
        (vec![f(), uncaptioned()], "f[]"),
        (vec![f(), f(), uncaptioned()], "f.f[]"),
        (vec![f(), f(), f(), uncaptioned(), f()], "fff[]f"),
        (vec![uncaptioned(), uncaptioned(), f()], ".[][]f"),
        (vec![f(), spread(Below), spread(Below)], "f[][]"),
        (vec![chapter("January"), uncaptioned()], "t[]"),
        (vec![essay("Before", 1), uncaptioned(), f()], "t[]f"),
        (vec![f(), f(), uncaptioned(), chapter("January")], "f.f[].t"),
        // The caption of a spread is on the recto before it if that would be blank.
        (vec![f(), f(), spread(Facing)], "ffw[]"),
        // Otherwise it is on the page of the framed plate before it or after it.
        (vec![f(), spread(Facing)], "F[]"),
        (vec![f(), spread(Facing), f()], "f[]F"),
        (vec![bleed(None), spread(Facing), f()], "B[]F"),
        (vec![bleed(None), spread(Facing), bleed(None)], "B[]wB"),
        (vec![spread(Facing), spread(Facing)], "w[][]w"),
        (vec![f(), f(), bleed(None), spread(Facing)], "fFB[]"),
        (vec![f(), f(), bleed(Facing), spread(Facing)], "fFB[]"),
        (vec![f(), bleed(Facing), f(), spread(Facing)], "fBF[]"),
        (vec![f(), facing(), spread(Facing)], "fwf[]"),
        (vec![f(), f(), f(), bleed(Facing), spread(Facing)], "fffwB[]"),
        // It shares a page with the caption of the next picture.
        (vec![bleed(None), spread(Facing), bleed(Facing)], "B[]wB"),
        (vec![bleed(None), spread(Facing), facing(), f()], "B[]wff"),
        // A caption is on the verso, and its picture on the recto.
        (vec![f(), bleed(Facing), f()], "fwBf"),
        (vec![bleed(Facing)], ".wB"),
        (vec![f(), facing(), facing()], "fwfwf"),
        (vec![f(), bleed(Facing), bleed(Facing)], "fwBwB"),
        // It is on the page of a framed plate where a page would be blank.
        (vec![f(), f(), bleed(Facing)], "fFB"),
        (vec![f(), bleed(Facing), f(), uncaptioned()], "fBF[]"),
        // A plate without a caption needs no page for it.
        (vec![f(), bleed(None), bleed(Below), f()], "fBBf"),
        (vec![f(), plate_with(PlateLayout::FullBleed, Facing, "")], "fB"),
    ];
    for (entries, expected) in cases {
        let book = book(entries);
        assert_eq!(page_kinds(&book), expected);
    }
    let pages = paginate(&book(vec![bleed(None), spread(Facing), bleed(Facing)]));
    let shared = pages.pages.iter().map(text).find(|text| text.contains("Spread."));
    let shared = shared.unwrap();
    let order = ["Preceding pages", "Spread.", "Facing page", "Bleed."].map(|it| shared.find(it));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{shared}");
    let pages = paginate(&book(vec![f(), f(), bleed(Facing), spread(Facing)]));
    let host = pages.pages.iter().map(text).find(|text| text.contains("Spread.")).unwrap();
    let order = ["Framed.", "Facing page", "Bleed.", "Overleaf", "Spread."].map(|it| host.find(it));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{host}");
}

#[test]
fn a_caption_on_another_page_says_where_its_picture_is_in_the_language_of_the_book() {
    let text_of = |language: &str, entries: Vec<Entry>| {
        let mut book = book(entries);
        book.language = Language::new(language);
        let pages = paginate(&book);
        pages.pages.iter().map(text).collect::<String>()
    };
    let before = || vec![framed("One."), framed("Two."), spread(CaptionPosition::Facing)];
    assert!(text_of("en", before()).contains("Overleaf"));
    assert!(text_of("de-CH", before()).contains("Folgende Seiten"));
    let after = text_of("fr", vec![bleed(CaptionPosition::None), spread(CaptionPosition::Facing)]);
    assert!(after.contains("Pages précédentes"), "{after}");
    let alone = text_of("en", vec![framed("One."), bleed(CaptionPosition::Facing)]);
    assert!(alone.contains("Bleed.") && !alone.contains("Facing page"), "{alone}");
}

#[test]
fn a_facing_caption_ends_at_the_foot_of_its_picture_and_has_the_folio() {
    let facing = plate_with(PlateLayout::Framed, CaptionPosition::Facing, "Facing.");
    let pages = paginate(&book(vec![framed("One."), facing]));
    let (page, picture) = only(&pages, 1);
    let index = pages.pages.iter().position(|it| it == page).unwrap();
    let verso = &pages.pages[index - 1];
    assert_eq!((verso.side, verso.entry), (Side::Verso, Some(EntryId(1))));
    let baselines = |page: &Page| -> Vec<(String, Length)> {
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) => Some((run.text.to_string(), run.origin.y)),
            _ => None,
        });
        runs.collect()
    };
    let lines = baselines(verso);
    assert_eq!(lines[0], ("Facing.".into(), picture.frame.bottom()));
    assert_eq!(lines[1].0, "2", "the folio");
    assert_eq!(baselines(page)[0].0, "3", "the page of the picture has a folio and no caption");
}

#[test]
fn a_caption_below_a_full_bleed_is_on_a_strip_of_paper() {
    let mut book = book(vec![framed("One."), bleed(CaptionPosition::Below)]);
    book.print.bleed = uneven_bleed();
    let pages = paginate(&book);
    let (page, picture) = only(&pages, 1);
    assert_eq!((picture.clip.x, picture.clip.y), (MM(-5), MM(-2)));
    assert_eq!(picture.clip.right(), MM(210));
    assert!(picture.clip.bottom() < MM(195) && picture.clip.bottom() > MM(180));
    for item in &page.items {
        if let Item::Glyphs(run) = item {
            assert!(run.origin.y - run.size > picture.clip.bottom(), "never on the picture");
            assert!(run.origin.y <= MM(200));
        }
    }
    assert_eq!(text(page), "Bleed.", "no folio");
    assert_eq!(findings(&book, &pages), []);
}

#[test]
fn a_wide_picture_is_rotated_if_that_makes_it_much_larger() {
    let turn = |language: &str, trim: Size, rotate, entry: Entry| {
        let mut book = book(vec![entry]);
        book.language = Language::new(language);
        book.print.trim = trim;
        book.print.rotate = rotate;
        let pages = paginate(&book);
        let (_, picture) = only(&pages, 0);
        let frame = picture.frame;
        (picture.turn, frame.height > frame.width)
    };
    let (a4, square) = (Size::new(MM(210), MM(297)), Size::new(MM(210), MM(210)));
    let auto = Rotate::Auto;
    assert_eq!(turn("en", a4, auto, framed("Wide.")), (Turn::HeadLeft, true));
    assert_eq!(turn("ar", a4, auto, framed("Wide.")), (Turn::HeadRight, true));
    assert_eq!(turn("en", a4, auto, bleed(CaptionPosition::None)), (Turn::HeadLeft, true));
    assert_eq!(turn("en", a4, Rotate::Never, framed("Wide.")), (Turn::Upright, false));
    assert_eq!(turn("en", square, auto, framed("Wide.")), (Turn::Upright, false));
    assert_eq!(turn("en", a4, auto, plate(4000, 6000, "High.")), (Turn::Upright, true));
    assert_eq!(turn("en", a4, auto, plate(4200, 4000, "Nearly.")), (Turn::Upright, false));
}

#[test]
fn a_rotated_full_bleed_keeps_its_focus() {
    let mut book = book(vec![with_changes(bleed(CaptionPosition::None), |plate| {
        plate.focus = Some(Focus::new(9_000, 5_000));
    })]);
    book.print.trim = Size::new(MM(210), MM(297));
    book.print.rotate = Rotate::Auto;
    let pages = paginate(&book);
    let (_, picture) = only(&pages, 0);
    // The right edge of a picture whose head is on the left is at the head of the page.
    assert_eq!(picture.turn, Turn::HeadLeft);
    assert_eq!(picture.frame.y, MM(-3));
}

#[test]
fn longer_edges_can_be_equal() {
    let mut book = book(vec![
        plate(6000, 4000, "Wide."),
        plate(4000, 6000, "High."),
        plate(4000, 4000, "Square."),
    ]);
    book.print.plates = PlateSizing::EqualEdge;
    let pages = paginate(&book);
    let edges: Vec<_> = (0..3)
        .map(|id| only(&pages, id).1.frame)
        .map(|frame| frame.width.max(frame.height).to_mm())
        .collect();
    assert!((edges[0] - edges[1]).abs() < 0.01, "{edges:?}");
    // A square with that edge would be a third too large, so it is slightly smaller.
    assert!(edges[2] <= edges[0] && edges[2] > edges[0] * 0.9, "{edges:?}");
}

#[test]
fn facing_plates_align_at_head_and_foot_or_at_the_foot() {
    let pair = |left: (u32, u32), right: (u32, u32)| {
        let book = book(vec![
            plate(3000, 2000, "Alone."),
            plate(left.0, left.1, "Left."),
            plate(right.0, right.1, "Right."),
        ]);
        let pages = paginate(&book);
        let [left, right] = [1, 2].map(|id| only(&pages, id).1.frame);
        (left, right)
    };
    let (left, right) = pair((3000, 2000), (4000, 3000));
    assert_eq!((left.y, left.bottom()), (right.y, right.bottom()), "3 : 2 beside 4 : 3");
    let (left, right) = pair((3000, 2000), (3840, 2160));
    assert_eq!((left.y, left.bottom()), (right.y, right.bottom()), "3 : 2 beside 16 : 9");
    let (left, right) = pair((3000, 3000), (3840, 2160));
    assert_ne!(left.y, right.y);
    assert_eq!(left.bottom(), right.bottom(), "a square one beside 16 : 9");
    let (left, right) = pair((2000, 3000), (3000, 2000));
    assert_eq!(left.bottom(), right.bottom(), "an upright one beside a wide one");
    // Beside a much higher one, a panorama stays above the middle of its page.
    let (left, right) = pair((4000, 1000), (2000, 3000));
    assert!(left.bottom() < right.bottom(), "{left:?}, {right:?}");
    assert!(left.y + left.height / 2 < MM(105), "{left:?}");
}

#[test]
fn a_photo_beside_one_with_a_long_caption_becomes_a_little_smaller_to_end_on_its_line() {
    let feet = |sentences: usize| {
        let caption = "The road goes on along the coast, past the last house. ".repeat(sentences);
        let book = book(vec![
            plate(3000, 2000, "Alone."),
            plate(3000, 2000, caption.trim()),
            plate(2000, 3000, "Upright."),
        ]);
        let pages = paginate(&book);
        let [wide, upright] = [1, 2].map(|id| only(&pages, id).1.frame);
        (wide.bottom() - upright.bottom(), upright.height)
    };
    let (apart, usual) = feet(1);
    assert_eq!(apart, Length::ZERO);
    let reduced = (2..7).map(feet).find(|(_, height)| *height < usual).unwrap();
    assert!(reduced.0 == Length::ZERO && reduced.1 * 10 >= usual * 9, "{reduced:?}, {usual:?}");
    assert!((7..14).map(feet).any(|(_, height)| height == usual), "not by more than a tenth");
}

#[test]
fn a_long_caption_is_set_smaller_and_one_that_does_not_fit_is_an_error() {
    let sizes = |sentences: usize, layout, position| {
        let caption = "The road goes on along the coast, past the last house. ".repeat(sentences);
        let book = book(vec![framed("One."), plate_with(layout, position, caption.trim())]);
        let pages = paginate(&book);
        let sizes: std::collections::BTreeSet<Length> = pages
            .pages
            .iter()
            .filter(|page| page.entry == Some(EntryId(1)))
            .flat_map(|page| &page.items)
            .filter_map(|item| match item {
                // The folio has another size.
                Item::Glyphs(run) if run.text.len() > 3 => Some(run.size),
                _ => None,
            })
            .collect();
        let is_clear = pages.pages.iter().all(|page| {
            page.items.iter().all(|item| match item {
                Item::Glyphs(run) => run.origin.y < MM(205),
                _ => true,
            })
        });
        assert!(is_clear, "no line extends into the margin");
        let codes = with_code(&findings(&book, &pages), "caption-too-long").len();
        (sizes.into_iter().collect::<Vec<_>>(), codes)
    };
    let (normal, small) = (Length::pt(8), Length::pt(7));
    for (layout, position, fits, fits_small) in [
        (PlateLayout::Framed, CaptionPosition::Below, 4, 34),
        (PlateLayout::FullBleed, CaptionPosition::Below, 4, 17),
        (PlateLayout::FullBleed, CaptionPosition::Facing, 30, 60),
    ] {
        assert_eq!(sizes(fits, layout, position), (vec![normal], 0), "{layout:?} {position:?}");
        assert_eq!(
            sizes(fits_small, layout, position),
            (vec![small], 0),
            "{layout:?} {position:?}"
        );
        assert_eq!(sizes(200, layout, position), (vec![small], 1), "{layout:?} {position:?}");
    }
}

#[test]
fn the_resolution_is_checked_at_the_printed_size() {
    let resolution = |width: u32, height: u32| {
        let book = book(vec![plate(width, height, "One.")]);
        let pages = paginate(&book);
        let found = findings(&book, &pages);
        let found = with_code(&found, "resolution");
        found.first().map(|it| (it.severity, it.page.clone(), it.editions))
    };
    // A picture of 3 : 2 is 163 mm wide in a square book.
    let folio = Some("1".to_owned());
    let on_page_1 = |severity| Some((severity, folio.clone(), Edition::Print.into()));
    assert_eq!(resolution(954, 636), on_page_1(Severity::Error));
    assert_eq!(resolution(981, 654), on_page_1(Severity::Warning));
    assert_eq!(resolution(1_530, 1_020), on_page_1(Severity::Note));
    assert_eq!(resolution(2_100, 1_400), None);
    assert_eq!(resolution(4_200, 2_800), Some((Severity::Note, None, Edition::Print.into())));
    assert_eq!(resolution(16, 10), None, "tiny images are not checked");
}

#[test]
fn photos_with_too_many_pixels_are_one_note() {
    let mut plates = ["One.", "Two.", "Three."].map(|name| plate(6000, 4000, name));
    for (number, entry) in plates.iter_mut().enumerate() {
        if let Entry::Plate(plate) = entry {
            plate.picture.name = format!("{number}.jpg");
        }
    }
    // A photo is not reported for having too many pixels for its thumbnail.
    let mut book = book([plates.to_vec(), vec![plate(2_400, 1_600, "Four.")]].concat());
    book.print.list_of_plates = ListOfPlates::Thumbnails;
    let pages = paginate(&book);
    let all = findings(&book, &pages);
    let [note] = with_code(&all, "resolution")[..] else { panic!("{all:?}") };
    assert!(note.message.starts_with("3 photos have more than 600"), "{}", note.message);
    let screen = preflight::findings(&book, &pages, &faces(&book), Edition::Screen.into());
    assert_eq!(with_code(&screen, "resolution").len(), 0);
}

#[test]
fn a_deep_crop_and_a_missing_bleed_are_reported() {
    let high = |layout| plate_of_size(3000, 6000, layout, CaptionPosition::None, "High.");
    let mut book = book(vec![framed("One."), high(PlateLayout::FullBleed), framed("Two.")]);
    book.print.bleed = Edges::all(Length::ZERO);
    let pages = paginate(&book);
    let found = findings(&book, &pages);
    assert_eq!(with_code(&found, "crop-deep")[0].message, "the crop removes 50 % of a.jpg");
    assert_eq!(with_code(&found, "bleed-missing")[0].severity, Severity::Warning);
    assert_eq!(with_code(&found, "bleed-short").len(), 0);
    book.entries = vec![framed("One.")];
    assert_eq!(with_code(&findings(&book, &paginate(&book)), "bleed-missing").len(), 0);
}

#[test]
fn a_crop_that_cuts_what_stands_out_is_reported() {
    let focus = |across: u16, down: u16| Focus::new(across, down);
    let crops = |from, to, named| {
        let mut bleed =
            plate_of_size(3000, 2000, PlateLayout::FullBleed, CaptionPosition::None, "Wide.");
        let Entry::Plate(plate) = &mut bleed else { unreachable!() };
        let region = Region { from, to };
        let middle = focus(5_000, 5_000);
        plate.picture.subject = Some(Subject { core: region, outline: region, middle });
        plate.focus = named;
        let book = book(vec![framed("One."), bleed, framed("Two.")]);
        let found = findings(&book, &paginate(&book));
        with_code(&found, "crop-deep").iter().map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    let wide = (focus(500, 3_000), focus(9_500, 7_000));
    let message = "the crop cuts off a part of what stands out in a.jpg";
    assert_eq!(crops(wide.0, wide.1, None), [message]);
    assert!(crops(wide.0, wide.1, Some(focus(3_000, 5_000))).is_empty(), "the author has chosen");
    assert!(crops(focus(200, 3_000), focus(4_000, 7_000), None).is_empty(), "it is kept whole");
    assert!(crops(focus(0, 0), focus(10_000, 10_000), None).is_empty(), "nothing stands out");
}

#[test]
fn a_picture_that_does_not_reach_the_bleed_is_an_error() {
    let book = book(vec![bleed(CaptionPosition::None)]);
    let mut pages = paginate(&book);
    assert_eq!(with_code(&findings(&book, &pages), "bleed-short").len(), 0);
    let page = pages.pages.iter_mut().find(|page| !pictures(page).is_empty()).unwrap();
    for item in &mut page.items {
        if let Item::Picture(placed) = item {
            placed.clip.height -= MM(1);
        }
    }
    let found = findings(&book, &pages);
    assert_eq!(with_code(&found, "bleed-short")[0].severity, Severity::Error);
}

#[test]
fn plates_of_every_layout_and_shape_can_be_laid_out_on_any_page_size() {
    let all_combinations = || {
        let layouts = [PlateLayout::Framed, PlateLayout::FullBleed, PlateLayout::Spread];
        let positions = [CaptionPosition::Below, CaptionPosition::Facing, CaptionPosition::None];
        let shapes = [(1, 60_000), (60_000, 1), (3000, 2000)];
        let mut entries = Vec::new();
        for layout in layouts {
            for position in positions {
                for (width, height) in shapes {
                    entries.push(plate_of_size(width, height, layout, position, "Any."));
                }
            }
        }
        entries
    };
    for (width, height) in [(30, 40), (40, 30), (1000, 600)] {
        let mut book = book(all_combinations());
        book.print.trim = Size::new(MM(width), MM(height));
        book.print.gutter_loss = MM(15);
        book.print.rotate = Rotate::Auto;
        let pages = paginate(&book);
        let grid = Grid::for_book(&book);
        assert!(pages.pages.iter().all(|page| pictures(page).len() <= 1), "{grid:?}");
        let shown = (0..27).filter(|id| !placements(&pages, *id).is_empty()).count();
        assert_eq!(shown, 27);
    }
}

#[test]
fn the_date_follows_a_caption_of_another_direction_in_the_direction_of_the_book() {
    let mut book = book(vec![with_changes(framed("A harbour."), |plate| {
        plate.taken = Some(Date { year: 2026, month: None, day: None }.into());
    })]);
    let year_is_left = |book: &Book| {
        let pages = paginate(book);
        let (page, _) = only(&pages, 0);
        let x = |words: &str| {
            page.items.iter().find_map(|item| match item {
                Item::Glyphs(run) if run.text.contains(words) => Some(run.origin.x),
                _ => None,
            })
        };
        x("2026").unwrap() < x("harbour").unwrap()
    };
    assert!(!year_is_left(&book));
    book.language = Language::new("ar");
    assert!(year_is_left(&book), "an Arabic book continues to the left of an English caption");
}

#[test]
fn a_date_is_not_reordered_after_a_place_of_another_direction() {
    let book = BookFixture::new(
        "title: Road\nlanguage: ar\npages:\n  - photo: a.jpg\n    caption: ميناء\n    \
         place: Gran Canaria\n    taken: 2015-06-21\n",
    )
    .photo("a.jpg", 3000, 2000);
    let book = book.load().book.unwrap();
    let pages = paginate(&book);
    // From right to left: the place, the day, the month, the year.
    let left = |words: &str| {
        let run = pages.runs().find(|run| run.text.contains(words));
        run.unwrap_or_else(|| panic!("no {words}")).origin.x
    };
    let positions = ["Canaria", "21", "يونيو", "2015"].map(left);
    assert!(positions.is_sorted_by(|right, left| right > left), "{positions:?}");
}
