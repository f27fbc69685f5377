//! The space in texts: around headings and the rules of tables, and beside the column.

use recto::model::{GlyphRun, Item, Length, Page, Rule, Side};

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

#[test]
fn the_rules_of_a_table_are_a_third_of_a_line_away_from_its_text() {
    let page = opening("# Title\n\nText.\n\n| Head | Two |\n|--|--|\n| 1953 | 2 |\n", "");
    let rules = rules(&page);
    let [head, foot] = &*rules else { panic!("{rules:?}") };
    let capitals = |run: &GlyphRun| run.size.scale(67, 100);
    let (first, last) = (run(&page, "Head"), run(&page, "1953"));
    let near = |space: Length, shares: [i64; 2]| {
        (shares[0]..shares[1]).contains(&(space.to_emu() * 100 / LEADING.to_emu()))
    };
    let below_rule = last.origin.y - capitals(last) - head.rect.y;
    assert!(near(below_rule, [28, 38]), "{below_rule:?}");
    assert!(head.rect.y - first.origin.y >= LEADING.scale(45, 100), "descenders");
    assert!(near(foot.rect.y - last.origin.y, [45, 55]), "{foot:?}");
}

#[test]
fn a_wide_table_has_the_room_beside_the_column_before_its_cells_break() {
    let cell = "a remark that is longer than the others, and has no need to break";
    let table = format!("| One | Two | Remark |\n|--|--|--|\n| 1953 | 2 | {cell} |\n");
    let before = "Words for the first page.\n\n".repeat(30);
    let page = |text: &str| opening(text, "print: { trim: a4-landscape }");
    let recto = page(&format!("# Title\n\nText.\n\n{table}"));
    assert_eq!(recto.side, Side::Recto);
    let inner = run(&recto, "Text.").origin.x;
    assert!((run(&recto, "One").origin.x - inner).abs() < Length::pt(2), "at the column");
    assert!(run(&recto, "a remark").text.ends_with("break"), "in one line");
    // On a verso, the room is at the left.
    let manifest = "title: Winter Road\nprint: { trim: a4-landscape }\npages:\n  - text: text.md\n";
    let fixture = BookFixture::new(manifest).file("text.md", format!("# A\n\n{before}{table}"));
    let pages = books::paginate(&fixture.load().book.unwrap()).pages;
    let has_table = |page: &&Page| {
        let mut items = page.items.iter();
        items.any(|item| matches!(item, Item::Glyphs(run) if run.text.starts_with("a remark")))
    };
    let verso = pages.iter().find(has_table).unwrap();
    assert_eq!(verso.side, Side::Verso);
    let text = run(verso, "Words for").origin.x;
    assert!(run(verso, "One").origin.x < text - Length::mm(3), "it begins beside the column");
    // In the columns of a newspaper, there is none.
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
