//! The barcode on the printed cover, read back from its bars.

use recto::build::{Project, ProjectOptions};
use recto::model::{Edition, Ink, Item, Length, Rect};

use crate::support::fixture::{BookFixture, with_code};

/// The widths of the bars and spaces of each digit in the left half, with odd parity (ISO/IEC
/// 15420, table 1). Even parity is the reverse; the right half has the same widths.
const WIDTHS: [[i64; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];
/// The parities of the left half for each first digit: whether each is even (table 3).
const PARITIES: [&str; 10] = [
    "OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO",
    "OEEOEO",
];
/// The parities of the five digits of a price for each check digit.
const PRICE_PARITIES: [&str; 10] =
    ["EEOOO", "EOEOO", "EOOEO", "EOOOE", "OEEOO", "OOEEO", "OOOEE", "OEOEO", "OEOOE", "OOEOE"];

fn fixture(trim: &str, barcode: &str) -> BookFixture {
    let manifest = format!(
        "title: Road\ndesign: exhibition\nprint:\n  trim: {trim}\n  cover: {{ spine: 9 mm, {barcode} }}\n\
         pages: [{{ photo: a.jpg, alt: A. }}]\n"
    );
    BookFixture::new(&manifest).photo("a.jpg", 1500, 1000)
}

fn project(fixture: &BookFixture) -> Project {
    Project::load(&fixture.path("book.yaml"), &ProjectOptions::default()).project.unwrap()
}

/// The field of the barcode, and its bars from left to right.
fn bars(project: &Project) -> (Rect, Vec<Rect>) {
    let cover = project.cover().unwrap();
    let rules = cover.pages.pages[0].items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    });
    let rules: Vec<_> = rules.collect();
    let field = rules.iter().find(|rule| rule.ink == Ink::PAPER).expect("a white field").rect;
    let bars = rules.iter().filter(|rule| field.contains(&rule.rect) && rule.ink == Ink::BLACK);
    (field, bars.map(|rule| rule.rect).collect())
}

/// The widths of bars and spaces in modules, which must be whole numbers.
fn widths(bars: &[Rect], module: Length) -> Vec<i64> {
    let modules = |length: Length| {
        assert_eq!(length.to_emu() % module.to_emu(), 0, "{length} of {module}");
        length.to_emu() / module.to_emu()
    };
    let mut widths = vec![modules(bars[0].width)];
    for pair in bars.windows(2) {
        widths.extend([modules(pair[1].x - pair[0].right()), modules(pair[1].width)]);
    }
    widths
}

/// A digit and its parity.
fn digit(widths: &[i64]) -> (usize, char) {
    let reversed: Vec<i64> = widths.iter().rev().copied().collect();
    let odd = WIDTHS.iter().position(|digit| digit == widths);
    let even = WIDTHS.iter().position(|digit| *digit == reversed[..]);
    match (odd, even) {
        (Some(digit), _) => (digit, 'O'),
        (None, Some(digit)) => (digit, 'E'),
        (None, None) => panic!("no digit has {widths:?}"),
    }
}

fn read_isbn(widths: &[i64]) -> String {
    assert_eq!(
        (&widths[..3], &widths[27..32], &widths[56..]),
        (&[1; 3][..], &[1; 5][..], &[1; 3][..])
    );
    let left: Vec<_> = widths[3..27].chunks(4).map(digit).collect();
    let parities: String = left.iter().map(|(_, parity)| parity).collect();
    let first = PARITIES.iter().position(|it| **it == parities).unwrap();
    let right = widths[32..56].chunks(4).map(digit);
    let digits = left.iter().map(|(digit, _)| *digit).chain(right.map(|(digit, _)| digit));
    std::iter::once(first).chain(digits).map(|digit| digit.to_string()).collect()
}

fn read_price(widths: &[i64]) -> String {
    assert_eq!(widths[..3], [1, 1, 2]);
    // Between the digits are a space and a bar of one module.
    let digits: Vec<_> = widths[3..].chunks(6).map(|it| digit(&it[..4])).collect();
    let sum: usize = digits
        .iter()
        .enumerate()
        .map(|(at, (digit, _))| digit * if at % 2 == 0 { 3 } else { 9 })
        .sum();
    let parities: String = digits.iter().map(|(_, parity)| parity).collect();
    assert_eq!(parities, PRICE_PARITIES[sum % 10]);
    digits.iter().map(|(digit, _)| digit.to_string()).collect()
}

#[test]
fn the_bars_are_those_of_the_isbn_and_the_price() {
    for isbn in ["9780306406157", "9783161484100", "9791090636071"] {
        let fixture =
            fixture("210 x 210 mm", &format!("barcode: {{ isbn: isbn:{isbn}, price: '52495' }}"));
        let (field, bars) = bars(&project(&fixture));
        assert_eq!(bars.len(), 30 + 16);
        let module = bars[0].width;
        assert_eq!(module, Length::emu(11_880));
        assert_eq!(read_isbn(&widths(&bars[..30], module)), isbn);
        assert_eq!(read_price(&widths(&bars[30..], module)), "52495");
        // The quiet zones are white.
        assert!(bars[0].x - field.x >= module * 11);
        assert!(bars[30].x - bars[29].right() >= module * 7);
        assert!(field.right() - bars[45].right() >= module * 5);
    }
}

#[test]
fn the_isbn_with_its_hyphens_is_in_one_line_above_its_bars() {
    // Parts of every length, with the most hyphens there are.
    for (isbn, hyphenated) in [
        ("9780306406157", "ISBN 978-0-306-40615-7"),
        ("9780000000019", "ISBN 978-0-00-000001-9"),
        ("9791090636071", "ISBN 979-10-90636-07-1"),
    ] {
        for price in ["", ", price: '52495'"] {
            let barcode = format!("barcode: {{ isbn: isbn:{isbn}{price} }}");
            let project = project(&fixture("210 x 210 mm", &barcode));
            let (_, bars) = bars(&project);
            let cover = project.cover().unwrap();
            let runs = cover.pages.pages[0].items.iter().filter_map(|item| match item {
                Item::Glyphs(run) => Some(run),
                _ => None,
            });
            let line: Vec<_> =
                runs.filter(|run| run.origin.y < bars[0].y && run.origin.x >= bars[0].x).collect();
            let text: String = line.iter().map(|run| &*run.text).collect();
            assert!(text.contains(hyphenated), "{text}");
            let isbn: Vec<_> = line.iter().filter(|run| hyphenated.contains(&*run.text)).collect();
            assert!(isbn.windows(2).all(|pair| pair[0].origin.y == pair[1].origin.y));
            assert!(isbn.windows(2).all(|pair| pair[0].origin.x < pair[1].origin.x));
        }
    }
}

#[test]
fn a_narrow_cover_has_a_smaller_barcode_of_whole_modules() {
    let fixture = fixture("60 x 90 mm", "barcode: { isbn: isbn:9780306406157, price: '52495' }");
    let project = project(&fixture);
    let (field, bars) = bars(&project);
    let back = project.cover().unwrap().sheet.back;
    assert!(back.contains(&field));
    let module = bars[0].width;
    assert!(module < Length::emu(11_880));
    assert_eq!(read_isbn(&widths(&bars[..30], module)), "9780306406157");
    let findings = project.check(Edition::Cover.into());
    let warning = with_code(&findings, "barcode-small")[0];
    let per_cent = (module.to_emu() * 100).div_euclid(11_880) + 1;
    assert!(warning.message.contains(&format!("has {per_cent} %")), "{}", warning.message);
}

#[test]
fn a_barcode_keeps_the_margin_of_the_cover_or_that_of_the_printer() {
    let isbn = "barcode: { isbn: isbn:9780306406157 }";
    let own = project(&fixture("210 x 210 mm", isbn));
    let (field, _) = bars(&own);
    let sheet = &own.cover().unwrap().sheet;
    // The field has the distance from the foot that it has from the spine.
    assert_eq!(sheet.back.right() - field.right(), sheet.back.bottom() - field.bottom());
    assert!(sheet.back.right() - field.right() > Length::mm(15));
    let kdp = BookFixture::new(&format!(
        "title: Road\ndesign: exhibition\nprint:\n  printer: kdp\n  trim: 8.5 x 8.5 in\n  \
         paper: {{ stock: white }}\n  cover: {{ {isbn} }}\npages: [{{ photo: a.jpg, alt: A. }}]\n"
    ))
    .photo("a.jpg", 1500, 1000);
    let kdp = project(&kdp);
    let (field, _) = bars(&kdp);
    let sheet = &kdp.cover().unwrap().sheet;
    assert_eq!(sheet.back.right() - field.right(), Length::mm(254) / 40);
    assert_eq!(sheet.back.bottom() - field.bottom(), Length::mm(254) / 40);
}

#[test]
fn a_price_without_an_isbn_is_reported_and_no_isbn_at_all_is_not() {
    let findings =
        |barcode: &str| project(&fixture("210 x 210 mm", barcode)).check(Edition::Cover.into());
    assert_eq!(with_code(&findings("barcode: { price: '52495' }"), "barcode-isbn").len(), 1);
    assert!(with_code(&findings("barcode: auto"), "barcode-isbn").is_empty());
    assert!(with_code(&findings("barcode: none"), "barcode-isbn").is_empty());
}
