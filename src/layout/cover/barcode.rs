//! The barcode of the ISBN, with that of the price beside it (EAN-13 and EAN-5, ISO/IEC 15420).

use barcoders::sym::ean_supp::EANSUPP;
use barcoders::sym::ean13::EAN13;

use crate::model::{
    Barcode, Book, CoverIssue, CoverSheet, Ink, Item, Length, Page, Point, Rect, Rule, Size,
    hyphenated_isbn,
};
use crate::typeset::{Align, Faces, Family, Figures, Line, Style};

use crate::layout::cover::front::rule;
use crate::layout::placement;
use crate::layout::text::styles;

/// The width of a module at 100 %: 0.33 mm.
const MODULE: Length = Length::emu(11_880);
/// The modules of the symbol, and of the quiet zones before and after it.
const SYMBOL: i64 = 95;
const QUIET_BEFORE: i64 = 11;
const QUIET_AFTER: i64 = 7;
/// The modules between the symbol and the price, of the price, and of the quiet zone after it.
const GAP: i64 = 9;
const PRICE: i64 = 47;
const QUIET_AFTER_PRICE: i64 = 5;
/// By how many modules the guard bars are longer.
const GUARD: i64 = 5;
/// The height of the bars at 100 %: 22.85 mm.
const BARS: Length = Length::emu(822_600);
/// The smallest height of bars that scanners of shops read well, in per cent of the usual one.
const LEAST_BARS: i64 = 60;
/// The sizes that are allowed, in per cent.
const USUAL: i64 = 100;
const LEAST: i64 = 80;

/// The white that a barcode needs within its field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quiet {
    pub(super) left: Length,
    pub(super) right: Length,
    pub(super) below: Length,
}

/// A barcode on its white field, whose place is relative to the upper left corner of the field.
pub(super) struct SetBarcode {
    /// The size of the field.
    pub(super) size: Size,
    /// The white beside the bars, and below the digits.
    pub(super) quiet: Quiet,
    items: Vec<Item>,
    lines: Vec<(Line, Point)>,
}

impl SetBarcode {
    /// The barcode that a book asks for; an issue if its ISBN is not known, or if it is too small.
    pub(super) fn new(
        book: &Book,
        faces: &Faces,
        sheet: &CoverSheet,
        issues: &mut Vec<CoverIssue>,
    ) -> Option<Self> {
        let settings = book.print.cover.as_ref().map(|cover| &cover.barcode);
        let (isbn, price) = match settings {
            Some(Barcode::None) => return None,
            None | Some(Barcode::Auto) => (None, None),
            Some(Barcode::Isbn { isbn, price }) => (isbn.as_deref(), price.as_deref()),
        };
        let Some(isbn) = isbn.or_else(|| book.editions.print.isbn()) else {
            if matches!(settings, Some(Barcode::Isbn { .. })) {
                issues.push(CoverIssue::BarcodeWithoutIsbn);
            }
            return None;
        };
        let room = sheet.barcode.size.unwrap_or_else(|| {
            let board = sheet.back_board();
            Size::new(board.width - sheet.barcode_margin() * 2, board.height / 3)
        });
        let is_given = sheet.barcode.size.is_some();
        let barcode = Self::within(isbn, price, room, faces, book);
        let Some((barcode, per_cent)) = barcode else {
            issues.push(CoverIssue::BarcodeLeftOut { room });
            return None;
        };
        if per_cent < LEAST {
            issues.push(CoverIssue::BarcodeSmall { per_cent, room });
        }
        Some(if is_given { barcode.on_field(room) } else { barcode })
    }

    /// The largest barcode that fits, with its size in per cent.
    fn within(
        isbn: &str,
        price: Option<&str>,
        room: Size,
        faces: &Faces,
        book: &Book,
    ) -> Option<(Self, i64)> {
        let isbn_bars = EAN13::new(isbn).ok()?.encode();
        let price_bars = match price {
            Some(price) => Some(EANSUPP::new(price).ok()?.encode()),
            None => None,
        };
        let set = |per_cent| {
            let drawing = Drawing {
                isbn,
                isbn_bars: &isbn_bars,
                price: price.zip(price_bars.as_deref()),
                module: MODULE.scale(per_cent, 100),
                per_cent,
                faces,
                book,
            };
            Some((drawing.set(room.height), per_cent))
                .filter(|(set, _)| set.size.width <= room.width && set.size.height <= room.height)
        };
        (40..=USUAL).rev().find_map(set)
    }

    /// The barcode in the middle of a larger field.
    fn on_field(self, field: Size) -> Self {
        let (x, y) = ((field.width - self.size.width) / 2, (field.height - self.size.height) / 2);
        let moved = |item| match item {
            Item::Rule(rule) => Item::Rule(Rule { rect: rule.rect.moved(x, y), ..rule }),
            item => item,
        };
        Self {
            size: field,
            quiet: Quiet::default(),
            items: self.items.into_iter().map(moved).collect(),
            lines: self
                .lines
                .into_iter()
                .map(|(line, at)| (line, Point::new(at.x + x, at.y + y)))
                .collect(),
        }
    }

    /// Places the barcode on a white field.
    pub(super) fn place(self, page: &mut Page, at: Point) {
        page.items.push(rule(Rect::new(at, self.size), Ink::PAPER));
        page.items.extend(self.items.into_iter().map(|item| match item {
            Item::Rule(bar) => rule(bar.rect.moved(at.x, at.y), bar.ink),
            item => item,
        }));
        for (line, offset) in &self.lines {
            placement::line(page, line, Point::new(at.x + offset.x, at.y + offset.y));
        }
    }
}

struct Drawing<'a> {
    isbn: &'a str,
    isbn_bars: &'a [u8],
    price: Option<(&'a str, &'a [u8])>,
    module: Length,
    per_cent: i64,
    faces: &'a Faces,
    book: &'a Book,
}

impl Drawing<'_> {
    /// The barcode, with bars as high as usual or as the room allows.
    fn set(&self, room: Length) -> SetBarcode {
        let module = self.module;
        let digits = self.digits_style();
        let cap = self.faces.metrics(&digits).cap_height;
        let padding = module * 4;
        let heading = padding + cap;
        // The digits are below the bars, between the guard bars.
        let below = module * 2 + cap;
        let usual = BARS.scale(self.per_cent, 100);
        let bars = (room - heading - module * 3 - below - padding)
            .clamp(usual.scale(LEAST_BARS, 100), usual);
        let left = module * QUIET_BEFORE;
        let top = heading + module * 3;
        let foot = top + bars;
        let mut set = SetBarcode {
            size: Size::default(),
            quiet: Quiet::default(),
            items: Vec::new(),
            lines: Vec::new(),
        };
        for (start, count) in runs(self.isbn_bars) {
            let is_guard = start < 3 || (45..50).contains(&start) || start >= 92;
            let height = if is_guard { bars + module * GUARD } else { bars };
            set.items.push(bar(left, module, (start, count), top, height));
        }
        let baseline = foot + below;
        let first = self.digits(&self.isbn[..1], 7, &digits);
        let first_width = first.iter().map(|line| line.width).max().unwrap_or_default();
        set.add(first, Point::new(left - module * 2 - first_width, baseline));
        set.add(self.digits(&self.isbn[1..7], 7, &digits), Point::new(left + module * 3, baseline));
        set.add(self.digits(&self.isbn[7..], 7, &digits), Point::new(left + module * 50, baseline));
        let (mut symbols, mut quiet_after) = (SYMBOL, QUIET_AFTER);
        if let Some((price, price_bars)) = self.price {
            let start = left + module * (SYMBOL + GAP);
            // The digits of the price are above its bars, which end with those of the ISBN.
            let price_top = top + cap + module * 2;
            let height = foot + module * GUARD - price_top;
            for run in runs(price_bars) {
                set.items.push(bar(start, module, run, price_top, height));
            }
            set.add(self.digits(price, 9, &digits), Point::new(start + module * 2, top + cap));
            (symbols, quiet_after) = (SYMBOL + GAP + PRICE, QUIET_AFTER_PRICE);
        }
        let isbn = format!("ISBN {}", hyphenated_isbn(self.isbn));
        let heading_lines = self.heading(&isbn, module * SYMBOL, &digits);
        set.add(heading_lines, Point::new(left, heading));
        let right = module * quiet_after;
        set.quiet = Quiet { left, right, below: padding };
        set.size = Size::new(left + module * symbols + right, baseline + padding);
        set
    }

    fn digits_style(&self) -> Style {
        let size = Length::milli_pt(9_500).scale(self.per_cent, 100);
        Style { figures: Figures::LiningTabular, ..Style::plain(Family::Sans, size) }
    }

    /// The ISBN above its bars in one line, in smaller type if it is wider than they are.
    fn heading(&self, isbn: &str, bars: Length, style: &Style) -> Vec<Line> {
        let language = &self.book.language;
        let align = if language.is_right_to_left() { Align::End } else { Align::Start };
        let lines = |style: Style, width| {
            placement::ragged(self.faces, styles::plain(isbn, style), language, width, align)
        };
        let wide = lines(style.clone(), Length::mm(200));
        let width = wide.iter().map(|line| line.width).max().unwrap_or_default();
        if width <= bars {
            return lines(style.clone(), bars);
        }
        // A little less, since sizes are rounded.
        let size = style.size.scale(bars.to_emu() * 99, width.to_emu() * 100);
        lines(Style { size, ..style.clone() }, bars)
    }

    /// Digits, each in the middle of its share of the bars.
    fn digits(&self, digits: &str, modules: i64, style: &Style) -> Vec<Line> {
        let spans = styles::plain(digits, style.clone());
        let wide = Length::mm(200);
        let is_single = digits.len() == 1;
        let english = crate::model::Language::new("en");
        let mut lines = placement::ragged(self.faces, spans, &english, wide, Align::Start);
        if is_single {
            return lines;
        }
        let advance = self.module * modules;
        for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
            // All figures have the same width.
            let tracking = run.glyphs.first().map_or(Length::ZERO, |it| advance - it.advance);
            run.origin.x += tracking / 2;
            run.letters.tracking += tracking;
            for glyph in &mut run.glyphs {
                glyph.advance += tracking;
            }
        }
        lines
    }
}

impl SetBarcode {
    fn add(&mut self, lines: Vec<Line>, at: Point) {
        self.lines.extend(lines.into_iter().map(|line| (line, at)));
    }
}

/// The bars among the modules: the first module of each, and how many it has.
fn runs(modules: &[u8]) -> Vec<(i64, i64)> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for (at, _) in (0_i64..).zip(modules).filter(|(_, module)| **module == 1) {
        match runs.last_mut() {
            Some((start, count)) if *start + *count == at => *count += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

fn bar(
    left: Length,
    module: Length,
    (start, count): (i64, i64),
    top: Length,
    height: Length,
) -> Item {
    let size = Size::new(module * count, height);
    rule(Rect::new(Point::new(left + module * start, top), size), Ink::BLACK)
}
