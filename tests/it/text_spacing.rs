//! The space in texts: around headings and the rules of tables, and beside the column.

use recto::model::{GlyphRun, Item, Length, Page, PassageKind, Rule};

use crate::support::books;
use crate::support::fixture::BookFixture;

/// The page with the title of a book with one text.
fn opening(text: &str, keys: &str) -> Page {
    let manifest = format!("title: Winter Road\n{keys}\npages:\n  - text: text.md\n");
    let fixture = BookFixture::new(&manifest).file("text.md", text);
    let pages = books::paginate(&fixture.load().book.unwrap()).pages;
    pages.into_iter().skip(4).find(|page| !page.items.is_empty()).unwrap()
}

fn run<'p>(page: &'p Page, text: &str) -> &'p GlyphRun {
    let mut runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    });
    runs.find(|run| run.text.starts_with(text)).unwrap_or_else(|| panic!("no {text}: {page:?}"))
}

fn rules(page: &Page) -> Vec<&Rule> {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.collect()
}

const LEADING: Length = Length::milli_pt(14_500);

#[test]
fn a_heading_directly_under_the_title_is_a_deck() {
    let long = "How a yard became a garden, and why it took four and seventy years";
    for text in [
        format!("# Title\n\n## {long}\n\nThe text.\n\n## One\n\nMore.\n\n## Two\n\nMore.\n"),
        "# Title\n\n## How a yard\n\nThe text.\n\n### One\n\nMore.\n".to_owned(),
    ] {
        let page = opening(&text, "");
        let (deck, first) = (run(&page, "How a"), run(&page, "The text"));
        assert!(deck.size > first.size, "{:?}", deck.size);
        let below = first.origin.y - deck.origin.y;
        let lines = if text.contains(long) { 3 } else { 2 };
        assert_eq!(below, LEADING * lines, "a blank line: {text}");
        let section = run(&page, "One");
        assert_eq!(section.size, first.size);
    }
    // The first of several sections is as the others.
    let page = opening("# Title\n\n## One\n\nThe text.\n\n## Two\n\nMore.\n", "");
    assert_eq!(run(&page, "One").size, run(&page, "Two").size);
}

#[test]
fn a_heading_has_space_below_and_more_above() {
    for heading in ["## One", "### One"] {
        let page = opening(&format!("# Title\n\nBefore.\n\n{heading}\n\nAfter.\n"), "");
        let at = |text: &str| run(&page, text).origin.y;
        let (above, below) = (at("One") - at("Before"), at("After") - at("One"));
        assert!(below > LEADING.scale(12, 10), "{below:?}");
        assert!(above > below + LEADING.scale(3, 10), "{above:?} {below:?}");
        assert_eq!(at("After") - at("Before"), LEADING * 3, "the text is on its grid");
    }
}

/// Whether two distances look the same.
fn near(one: Length, other: Length) -> bool {
    (one - other).abs() < Length::milli_pt(300)
}

const TABLE: &str = "| Head | Two |\n|:--|--:|\n| 1953 | 2 |\n| 1954 | 31 |\n";

#[test]
fn the_white_is_the_same_on_both_sides_of_the_rules_of_a_table() {
    for (keys, capitals, x_height) in [("", 67, 47), ("design: modern", 66, 48)] {
        let before = "Words.\n\n";
        let page = opening(&format!("# Title\n\n{before}{TABLE}\nNext.\n"), keys);
        let rules = rules(&page);
        let [head, foot] = &*rules else { panic!("{rules:?}") };
        let at = |text: &str| run(&page, text).origin.y;
        let cell = run(&page, "1953").size;
        let above_head = head.rect.y - at("Head");
        let below_head = at("1953") - cell.scale(capitals, 100) - head.rect.y;
        assert!(near(above_head, below_head), "{keys}: {above_head:?} {below_head:?}");
        let above_foot = foot.rect.y - at("1954");
        assert!(near(above_foot, above_head), "{keys}: {above_foot:?} {above_head:?}");
        // The table is as far from the text before it as from that after it.
        let height = run(&page, "Next").size.scale(capitals + x_height, 200);
        let before = at("Head") - cell.scale(capitals, 100) - at("Words");
        let after = at("Next") - height - foot.rect.y;
        assert!(near(before, after), "{keys}: {before:?} {after:?}");
        assert!(after > above_foot.scale(15, 10), "{keys}: {after:?} {above_foot:?}");
        let (rows, line) = (at("Next") - at("Words"), at("1954") - at("1953"));
        assert_eq!(rows, line * 6, "{keys}: the text is on its grid");
    }
}

#[test]
fn the_rule_under_the_headings_has_the_same_white_at_the_head_of_a_page() {
    let mut heads = 0;
    for before in 20..40 {
        let (words, after) = ("Words.\n\n".repeat(before), "More.\n\n".repeat(24));
        let text = format!("# A\n\n{words}{TABLE}\n{after}");
        let fixture = BookFixture::with_pages(&["text: text.md"]).file("text.md", &text);
        let pages = books::paginate(&fixture.load().book.unwrap()).pages;
        let has_table = |page: &&Page| !rules(page).is_empty();
        let page = pages.iter().find(has_table).unwrap();
        let is_words = |item: &Item| matches!(item, Item::Glyphs(run) if &*run.text == "Words.");
        let is_head = !page.items.iter().any(is_words);
        heads += usize::from(is_head);
        let rule = rules(page)[0].rect.y;
        let first = run(page, "1953");
        let above = rule - run(page, "Head").origin.y;
        let below = first.origin.y - first.size.scale(67, 100) - rule;
        assert!(near(above, below), "{before} lines: {above:?} {below:?}");
        assert!(above > LEADING / 2, "{before} lines: {above:?}");
    }
    assert!(heads > 0);
}

#[test]
fn the_rows_of_a_table_are_further_apart_than_the_lines_of_a_cell() {
    let long = "a remark of many words, which need several lines of its column and have them here";
    let row = format!("| {long} | {long} |\n");
    let page = opening(&format!("# Title\n\n| A | B |\n|--|--|\n{row}{row}"), "");
    let mut lines: Vec<Length> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) if run.passage.kind == PassageKind::Cell => Some(run.origin.y),
            _ => None,
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    let steps: Vec<Length> = lines.windows(2).skip(1).map(|pair| pair[1] - pair[0]).collect();
    let (within, between) = (steps[0], steps.iter().max().unwrap());
    assert!(within < LEADING && *between > LEADING, "{steps:?}");
    assert_eq!(steps.iter().filter(|step| *step == between).count(), 1, "{steps:?}");
}

#[test]
fn a_column_of_numbers_has_more_space_before_a_column_of_text() {
    let words = "several words that make it wide ";
    for remark in ["ice until May", &words.repeat(4)] {
        let row = format!("| 1953 | Ice | 10,164 | {remark} |\n");
        let table = format!("| Year | Kind | Load | Remark |\n|:--|:--|--:|:--|\n{row}");
        for keys in ["", "design: exhibition", "design: album", "language: ar"] {
            let page = opening(&format!("# Title\n\nWords.\n\n{table}"), keys);
            let gap = |one: &str, other: &str| {
                let (one, other) = (run(&page, one), run(&page, other));
                let (first, second) =
                    if one.origin.x < other.origin.x { (one, other) } else { (other, one) };
                (second.origin.x - first.origin.x - first.width()).to_emu() * 100
                    / one.size.to_emu()
            };
            let (before_text, others) = (gap("10,164", &remark[..3]), gap("Year", "Kind"));
            let name = format!("{keys}: {before_text} and {others} hundredths of an em");
            assert!(before_text >= 160, "{name}");
            assert!(before_text > others + 50, "{name}");
        }
    }
}

#[test]
fn a_wide_table_of_a_newspaper_is_within_its_column() {
    let before = "Words for the first page.\n\n".repeat(30);
    let newspaper = opening(
        &format!("# Title\n\n{before}| A | B |\n|--|--|\n| 1 | {} |\n", "two words ".repeat(6)),
        "design: newspaper\nprint: { trim: a4 }",
    );
    let right = |run: &GlyphRun| run.origin.x + run.width();
    let width = right(run(&newspaper, "two words")) - run(&newspaper, "1").origin.x;
    assert!(width < NEWSPAPER_COLUMN, "within its column");
}

/// More than the width of a column of a newspaper of A4.
const NEWSPAPER_COLUMN: Length = Length::mm(60);

#[test]
fn a_heading_at_the_head_of_a_page_stands_on_its_first_line() {
    let table = "| Head | Two |\n|--|--|\n| 1953 | 2 |\n| 1954 | 3 |\n\n";
    let mut heads = 0;
    let after = "Words.\n\n".repeat(24);
    for before in 10..60 {
        let lines = "Words.\n\n".repeat(before);
        let text = format!("# A\n\n{lines}{table}## Section\n\n{after}");
        let fixture = BookFixture::with_pages(&["text: text.md"]).file("text.md", &text);
        let pages = books::paginate(&fixture.load().book.unwrap()).pages;
        let runs = pages.iter().filter(|page| page.items.len() > 1).map(|page| {
            let runs = page.items.iter().filter_map(|item| match item {
                Item::Glyphs(run) => Some(run),
                _ => None,
            });
            runs.collect::<Vec<_>>()
        });
        for runs in runs {
            let first = runs.iter().min_by_key(|run| run.origin.y).unwrap();
            if first.text.starts_with("Head") || first.text.starts_with("Section") {
                heads += 1;
                let words = runs.iter().find(|run| run.text.starts_with("Words"));
                let Some(words) = words else { continue };
                assert_eq!((words.origin.y - first.origin.y).to_emu() % LEADING.to_emu(), 0);
            }
        }
    }
    assert!(heads > 0, "no page begins with one");
}

#[test]
fn columns_begin_on_the_same_line_also_with_a_heading() {
    let mut headings = 0;
    for before in 8..40 {
        let text = format!(
            "# Title\n\n{}## Section\n\n{}",
            "Words.\n\n".repeat(before),
            "Words.\n\n".repeat(20)
        );
        let page = opening(&text, "design: newspaper\nprint: { trim: a4 }");
        let top = run(&page, "Words.").origin.y;
        let section = run(&page, "Section").origin.y;
        // It is at the head of its column if it is about as high as the first line.
        if (section - top).abs() < LEADING {
            headings += 1;
            assert_eq!(section, top, "{before} lines before");
        }
    }
    assert!(headings > 0, "no column begins with a heading");
}
