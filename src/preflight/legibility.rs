//! Text that is too small or has too little contrast.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{Book, GlyphRun, Ink, Item, Length, Page, Pages, Rect, Size};

/// The minimum type size.
const MIN_SIZE: Length = Length::pt(7);
/// The minimum size of light type on a dark page, which fills in when printed.
const MIN_REVERSED_SIZE: Length = Length::pt(8);
/// The minimum contrast of text (WCAG 2.2, 1.4.3), in tenths.
const MIN_CONTRAST: i64 = 45;

/// A problem with a run of text. Each is reported once, for its first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    Small(Length),
    Reversed(Length),
    LowContrast { ink: Ink, page: Ink, tenths: i64 },
}

/// One finding for each size and colour that is hard to read.
pub(super) fn text(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut reported = BTreeSet::new();
    let mut findings = Vec::new();
    for page in &pages.pages {
        let background = background(page, pages.trim);
        for run in runs(page).filter(|run| run.text.chars().any(char::is_alphanumeric)) {
            for problem in problems(run, background) {
                if reported.insert(problem) {
                    let excerpt: String = run.text.trim().chars().take(24).collect();
                    let finding = problem.finding(&excerpt).page(page.folio.to_string());
                    findings.push(finding.at(book.design.location.clone()));
                }
            }
        }
    }
    findings
}

/// The colour that covers the whole page.
fn background(page: &Page, trim: Size) -> Ink {
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

fn problems(run: &GlyphRun, background: Ink) -> Vec<Problem> {
    let mut problems = Vec::new();
    let tenths = contrast(run.ink, background);
    if run.size < MIN_SIZE {
        problems.push(Problem::Small(run.size));
    } else if run.size < MIN_REVERSED_SIZE && luminance(run.ink) > luminance(background) {
        problems.push(Problem::Reversed(run.size));
    }
    if tenths < MIN_CONTRAST {
        problems.push(Problem::LowContrast { ink: run.ink, page: background, tenths });
    }
    problems
}

impl Problem {
    fn finding(self, excerpt: &str) -> Finding {
        let points = |size: Length| {
            let tenths = size.to_emu() / Length::milli_pt(100).to_emu();
            format!("{}.{} pt", tenths / 10, tenths % 10)
        };
        match self {
            Self::Small(size) => {
                let message =
                    format!("“{excerpt}” is set in {}, which is too small to read", points(size));
                Finding::new(Code::TypeSmall, message).help("use at least 7 pt")
            }
            Self::Reversed(size) => {
                let size = points(size);
                let message = format!(
                    "“{excerpt}” is light text on a dark page in {size}, which fills in when printed"
                );
                Finding::new(Code::TypeReversed, message)
                    .help("use at least 8 pt for light text on a dark page")
            }
            Self::LowContrast { ink, page, tenths } => {
                let message = format!(
                    "“{excerpt}” in {} on {} has a contrast of {}.{} : 1",
                    describe(ink),
                    describe(page),
                    tenths / 10,
                    tenths % 10
                );
                Finding::new(Code::ContrastLow, message)
                    .help("the minimum is 4.5 : 1; increase the contrast of the text and the page")
            }
        }
    }
}

fn describe(ink: Ink) -> String {
    let Ink { c, m, y, k } = ink;
    if ink == Ink::PAPER { "paper".to_owned() } else { format!("c {c} m {m} y {y} k {k}") }
}

/// The contrast of two colours in tenths, calculated for a screen as WCAG does.
fn contrast(one: Ink, other: Ink) -> i64 {
    let [one, other] = [luminance(one), luminance(other)];
    // WCAG adds a twentieth of white for ambient light.
    (one.max(other) + 50_000) * 10 / (one.min(other) + 50_000)
}

/// The relative luminance of a colour, in millionths.
fn luminance(ink: Ink) -> i64 {
    let [r, g, b] = ink.on_screen().map(linear);
    (2_126 * r + 7_152 * g + 722 * b) / 10_000
}

/// The linear value of an sRGB value, in millionths: a cubic within a hundredth of the standard's
/// curve, with the same result on every computer.
fn linear(value: u8) -> i64 {
    let c = i64::from(value) * 1_000_000 / 255;
    let cubic = 305_306 * c / 1_000_000 + 682_171;
    (cubic * c / 1_000_000 + 12_523) * c / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_paper_has_a_high_contrast() {
        assert!(contrast(Ink::BLACK, Ink::PAPER) > 150);
        assert_eq!(contrast(Ink::BLACK, Ink::BLACK), 10);
    }

    #[test]
    fn secondary_text_has_enough_contrast_and_a_pale_grey_does_not() {
        assert!(contrast(Ink::SECONDARY, Ink::PAPER) >= MIN_CONTRAST);
        assert!(contrast(Ink::gray(45), Ink::PAPER) < MIN_CONTRAST);
    }
}
