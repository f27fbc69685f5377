//! Text that is too small, too pale or hard to print, and lines that are too thin.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::layout::Grid;
use crate::model::{
    Book, Entry, FactSource, GlyphRun, Ink, Item, Length, Location, MIN_CONTRAST, Minimums, Page,
    Pages, PassageKind, Rect, Rule, Size, contrast, luminance,
};

/// The minimum type size.
const MIN_SIZE: Length = Length::pt(7);
/// The minimum size of light type on a dark page, whose strokes fill in when printed.
const MIN_REVERSED_SIZE: Length = Length::pt(8);
/// The minimum size of type in more than one ink, which a press does not hold in register.
const MIN_INKS_SIZE: Length = Length::pt(9);
/// The minimum size of type in a tint, whose dots break up thin strokes.
const MIN_TINTED_SIZE: Length = Length::pt(9);
/// The minimum per cent of ink that is not a tint of this kind.
const MIN_TINT: u8 = 75;
/// The minimum width of a line.
const MIN_LINE: Length = Length::milli_pt(250);

/// The limits that the text and lines of a book are compared with.
struct Limits<'b> {
    size: Length,
    line: Length,
    /// The printer's own limits, which are those above where it has them.
    own: Minimums,
    grid: Grid,
    who: &'b str,
    source: Option<&'b FactSource>,
}

impl<'b> Limits<'b> {
    /// Those of the printer, where it has its own.
    fn new(book: &'b Book) -> Self {
        let printer = book.print.printer.as_deref();
        let fact = printer.and_then(|printer| printer.minimums.as_ref());
        let own = fact.map(|fact| fact.value).unwrap_or_default();
        Self {
            size: own.type_size.unwrap_or(MIN_SIZE),
            line: own.line.unwrap_or(MIN_LINE),
            own,
            grid: Grid::for_book(book),
            who: printer.map_or("", |printer| &printer.name),
            source: fact.and_then(|fact| fact.source.as_ref()),
        }
    }

    /// A help with who asks for it, if that is the printer.
    fn cited(&self, help: &str, own: Option<Length>) -> String {
        match own {
            Some(_) => {
                FactSource::cited(&format!("{help}; {} asks for that", self.who), self.source)
            }
            None => help.to_owned(),
        }
    }
}

/// A problem with a run of text. Each is reported once, for its first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    Small(Length),
    Reversed(Length),
    Inks(Length, Ink),
    Tint(Length, Ink),
    LowContrast { ink: Ink, page: Ink, tenths: i64 },
}

/// One finding for each size and colour that is hard to read or to print.
pub(super) fn text(book: &Book, pages: &Pages) -> Vec<Finding> {
    let limits = Limits::new(book);
    let mut reported = BTreeSet::new();
    let mut findings = Vec::new();
    for page in &pages.pages {
        let mut below: Vec<&Rule> = Vec::new();
        for item in &page.items {
            let run = match item {
                Item::Glyphs(run) if run.text.chars().any(char::is_alphanumeric) => run,
                Item::Rule(rule) => {
                    below.push(rule);
                    continue;
                }
                Item::Glyphs(_) | Item::Picture(_) => continue,
            };
            for problem in problems(run, background(&below, run), &limits) {
                if reported.insert(problem) {
                    let excerpt: String = run.text.trim().chars().take(24).collect();
                    let finding = problem.finding(&excerpt, run, &limits);
                    let finding = finding.page(page.folio.to_string());
                    let design = || book.design.location.clone();
                    findings.push(finding.at(coloured_chapter(book, page).or_else(design)));
                }
            }
        }
    }
    findings
}

/// One finding for each width of lines that are too thin.
pub(super) fn lines(book: &Book, pages: &Pages) -> Vec<Finding> {
    let limits = Limits::new(book);
    let mut reported = BTreeSet::new();
    let mut findings = Vec::new();
    for page in &pages.pages {
        for rule in page.items.iter().filter_map(rule) {
            let width = rule.rect.width.min(rule.rect.height);
            if width >= limits.line || width <= Length::ZERO || !reported.insert(width) {
                continue;
            }
            let message = format!(
                "a line is {} wide, and a press prints no less than {} reliably",
                points(width),
                points(limits.line)
            );
            let help =
                limits.cited(&format!("make it {} or wider", points(limits.line)), limits.own.line);
            let finding = Finding::new(Code::LineThin, message).help(help);
            let finding = finding.at(book.design.location.clone());
            findings.push(finding.page(page.folio.to_string()));
        }
    }
    findings
}

fn rule(item: &Item) -> Option<&Rule> {
    match item {
        Item::Rule(rule) => Some(rule),
        Item::Glyphs(_) | Item::Picture(_) => None,
    }
}

/// The location of the chapter that sets the colour of a page.
fn coloured_chapter(book: &Book, page: &Page) -> Option<Location> {
    let before = book.entries.get(..=page.entry?.0)?.iter().rev();
    let opening = before.into_iter().find_map(|entry| match entry {
        Entry::Chapter(chapter) => Some(Some(chapter)),
        Entry::Essay(_) => Some(None),
        _ => None,
    })??;
    opening.page_colour.and(opening.location.clone())
}

/// The colour behind a run: that of the last rectangle below it in which its baseline begins.
fn background(below: &[&Rule], run: &GlyphRun) -> Ink {
    let at = Rect::new(run.origin, Size::default());
    let mut rules = below.iter().rev();
    rules.find(|rule| rule.rect.contains(&at)).map_or(Ink::PAPER, |rule| rule.ink)
}

/// How to set the size of a text in the design.
fn with_size(run: &GlyphRun, min: Length, grid: &Grid) -> String {
    let min = points(min);
    let styles = &grid.style.text_styles;
    // The lines of a caption have sizes of their own.
    let in_caption =
        [("caption", &styles.caption), ("place", &styles.place), ("credit", &styles.credit)];
    let own = in_caption.into_iter().find(|(_, style)| grid.size_of(style) == run.size);
    let key = match run.passage.kind {
        PassageKind::Folio | PassageKind::RunningHead => "folio",
        PassageKind::Caption => own.map_or("caption", |(key, _)| key),
        PassageKind::Note => "caption",
        PassageKind::Title => "title",
        PassageKind::Heading(_) => "heading",
        _ => return format!("use at least {min} in the design"),
    };
    format!("use at least {min}: type: {{ {key}: {{ size: {min} }} }} in the design")
}

fn problems(run: &GlyphRun, background: Ink, limits: &Limits<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_light = luminance(run.ink.on_screen()) > luminance(background.on_screen());
    if run.size < limits.size {
        problems.push(Problem::Small(run.size));
    } else if run.size < MIN_REVERSED_SIZE && is_light {
        problems.push(Problem::Reversed(run.size));
    } else if run.size < MIN_INKS_SIZE && run.ink.count() > 1 {
        problems.push(Problem::Inks(run.size, run.ink));
    } else if run.size < MIN_TINTED_SIZE && is_tint(run.ink) {
        problems.push(Problem::Tint(run.size, run.ink));
    }
    let contrast = contrast_of(run.ink, background);
    if contrast < MIN_CONTRAST {
        problems.push(Problem::LowContrast {
            ink: run.ink,
            page: background,
            tenths: tenths(contrast),
        });
    }
    problems
}

/// Whether an ink is printed as dots that are far apart. Paper is no ink.
fn is_tint(Ink { c, m, y, k }: Ink) -> bool {
    (1..MIN_TINT).contains(&c.max(m).max(y).max(k))
}

/// `6.5 pt`.
fn points(length: Length) -> String {
    let hundredths = length.to_emu() * 100 / Length::pt(1).to_emu();
    if hundredths % 10 == 0 {
        return format!("{}.{} pt", hundredths / 100, hundredths / 10 % 10);
    }
    format!("{}.{:02} pt", hundredths / 100, hundredths % 100)
}

impl Problem {
    fn finding(self, excerpt: &str, run: &GlyphRun, limits: &Limits<'_>) -> Finding {
        match self {
            Self::Small(size) => {
                let size = points(size);
                let message = format!("“{excerpt}” is set in {size}, which is too small to read");
                let help =
                    limits.cited(&with_size(run, limits.size, &limits.grid), limits.own.type_size);
                Finding::new(Code::TypeSmall, message).help(help)
            }
            Self::Reversed(size) => {
                let size = points(size);
                let message = format!(
                    "“{excerpt}” is light text on a dark page in {size}, which fills in when printed"
                );
                Finding::new(Code::TypeReversed, message).help(with_size(
                    run,
                    MIN_REVERSED_SIZE,
                    &limits.grid,
                ))
            }
            Self::Inks(size, ink) => {
                let (size, min) = (points(size), points(MIN_INKS_SIZE));
                let message = format!(
                    "“{excerpt}” in {size} is printed in {} inks ({}), which a press does not hold \
                     in register",
                    ink.count(),
                    describe(ink)
                );
                let help = format!(
                    "print text below {min} in one ink, such as inks: {{ text: {{ k: 100 }} }} in \
                     the design"
                );
                Finding::new(Code::TypeInks, message).help(help)
            }
            Self::Tint(size, ink) => {
                let (size, min) = (points(size), points(MIN_TINTED_SIZE));
                let message = format!(
                    "“{excerpt}” in {size} is printed in a tint ({}), whose dots break up thin \
                     strokes",
                    describe(ink)
                );
                let help = format!(
                    "print text below {min} with at least {MIN_TINT} % of an ink, such as inks: {{ \
                     secondary: {{ k: {MIN_TINT} }} }} in the design"
                );
                Finding::new(Code::TypeTint, message).help(help)
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

/// The contrast of two colours, calculated for a screen as WCAG does.
fn contrast_of(one: Ink, other: Ink) -> f64 {
    contrast(one.on_screen(), other.on_screen())
}

/// A contrast in tenths, rounded down.
#[expect(clippy::cast_possible_truncation, reason = "a contrast is at most 21")]
fn tenths(contrast: f64) -> i64 {
    (contrast * 10.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_paper_has_a_high_contrast() {
        assert!(contrast_of(Ink::BLACK, Ink::PAPER) > 15.0);
        assert_eq!(tenths(contrast_of(Ink::BLACK, Ink::BLACK)), 10);
    }

    #[test]
    fn secondary_text_has_enough_contrast_and_a_pale_grey_does_not() {
        assert!(contrast_of(Ink::SECONDARY, Ink::PAPER) >= MIN_CONTRAST);
        assert!(contrast_of(Ink::gray(45), Ink::PAPER) < MIN_CONTRAST);
    }

    #[test]
    fn points_have_as_many_decimals_as_they_need() {
        assert_eq!(
            [7000, 6500, 250].map(|it| points(Length::milli_pt(it))),
            ["7.0 pt", "6.5 pt", "0.25 pt"]
        );
    }
}
