//! Type that is too small to be read, or too near in tone to the page that it stands on.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{Book, GlyphRun, Ink, Item, Length, Page, Pages, Rect, Size};

/// Nothing smaller is set in a book that is to be read.
const SMALLEST: Length = Length::pt(7);
/// Light type on a dark page fills in: it has to be larger.
const SMALLEST_REVERSED: Length = Length::pt(8);
/// The least contrast of text (WCAG 2.2, 1.4.3), in tenths.
const LEAST_CONTRAST: i64 = 45;

/// What is wrong with a run of words, and how: each is told once, for the first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Small(Length),
    Reversed(Length),
    Faint { ink: Ink, page: Ink, tenths: i64 },
}

/// One finding for each size and colour that is hard to read.
pub(super) fn text(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for page in &pages.pages {
        let ground = ground(page, pages.trim);
        for run in runs(page).filter(|run| run.text.chars().any(char::is_alphanumeric)) {
            for fault in faults(run, ground) {
                if told.insert(fault) {
                    let words: String = run.text.trim().chars().take(24).collect();
                    let finding = fault.finding(&words).page(page.folio.to_string());
                    findings.push(finding.at(book.design.location.clone()));
                }
            }
        }
    }
    findings
}

/// The colour that covers the whole page.
fn ground(page: &Page, trim: Size) -> Ink {
    let whole = Rect { width: trim.width, height: trim.height, ..Rect::default() };
    let covers = |item: &Item| match item {
        Item::Rule(rule) if rule.rect.contains(&whole) => Some(rule.ink),
        _ => None,
    };
    page.items.iter().rev().find_map(covers).unwrap_or(Ink::PAPER)
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        Item::Picture(_) | Item::Rule(_) => None,
    })
}

fn faults(run: &GlyphRun, ground: Ink) -> Vec<Fault> {
    let mut faults = Vec::new();
    let tenths = contrast(run.ink, ground);
    if run.size < SMALLEST {
        faults.push(Fault::Small(run.size));
    } else if run.size < SMALLEST_REVERSED && luminance(run.ink) > luminance(ground) {
        faults.push(Fault::Reversed(run.size));
    }
    if tenths < LEAST_CONTRAST {
        faults.push(Fault::Faint { ink: run.ink, page: ground, tenths });
    }
    faults
}

impl Fault {
    fn finding(self, words: &str) -> Finding {
        let points = |size: Length| {
            let tenths = size.to_emu() / Length::milli_pt(100).to_emu();
            format!("{}.{} pt", tenths / 10, tenths % 10)
        };
        match self {
            Self::Small(size) => {
                let message = format!("“{words}” is set in {}, too small to read", points(size));
                Finding::new(Code::TypeSmall, message).help("set nothing smaller than 7 pt")
            }
            Self::Reversed(size) => {
                let size = points(size);
                let message = format!("“{words}” is light on dark in {size}, and will fill in");
                Finding::new(Code::TypeReversed, message)
                    .help("set light type on a dark page in 8 pt or more")
            }
            Self::Faint { ink, page, tenths } => {
                let message = format!(
                    "“{words}” in {} on {} has a contrast of {}.{} : 1",
                    told(ink),
                    told(page),
                    tenths / 10,
                    tenths % 10
                );
                Finding::new(Code::ContrastLow, message)
                    .help("text wants 4.5 : 1; make it darker, or the page lighter")
            }
        }
    }
}

fn told(ink: Ink) -> String {
    let Ink { c, m, y, k } = ink;
    if ink == Ink::PAPER { "paper".to_owned() } else { format!("c {c} m {m} y {y} k {k}") }
}

/// The contrast of two colours in tenths, as WCAG reckons it from what a screen shows.
fn contrast(one: Ink, other: Ink) -> i64 {
    let [one, other] = [luminance(one), luminance(other)];
    // A twentieth of white is the light that falls on everything.
    (one.max(other) + 50_000) * 10 / (one.min(other) + 50_000)
}

/// The light that a colour gives back, in millionths of white's.
fn luminance(ink: Ink) -> i64 {
    let [r, g, b] = ink.on_screen().map(linear);
    (2_126 * r + 7_152 * g + 722 * b) / 10_000
}

/// The light of a value of sRGB, in millionths: a cubic that stays within a hundredth of the
/// standard's curve, and comes out alike on every machine.
fn linear(value: u8) -> i64 {
    let c = i64::from(value) * 1_000_000 / 255;
    let cubic = 305_306 * c / 1_000_000 + 682_171;
    (cubic * c / 1_000_000 + 12_523) * c / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_paper_is_as_strong_as_print_can_be() {
        assert!(contrast(Ink::BLACK, Ink::PAPER) > 150);
        assert_eq!(contrast(Ink::BLACK, Ink::BLACK), 10);
    }

    #[test]
    fn secondary_text_keeps_its_distance_and_a_pale_grey_does_not() {
        assert!(contrast(Ink::SECONDARY, Ink::PAPER) >= LEAST_CONTRAST);
        assert!(contrast(Ink::gray(45), Ink::PAPER) < LEAST_CONTRAST);
    }
}
