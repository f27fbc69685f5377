//! What stays together on the pages of a text: tables, quotations, sections, and the last lines.

use std::fmt::Write as _;

use recto::layout::Grid;
use recto::model::{Entry, Item, Length, Page, Pages, PassageKind};

use crate::support::books::{self, book, essay};
use crate::support::fixture::BookFixture;

const ESSAY: &str = include_str!("../essay/the-slow-picture.md");

/// The pages of a book with one text, in a trim.
fn pages_of(text: &str, keys: &str) -> Pages {
    let manifest = format!("title: Winter Road\n{keys}\npages:\n  - text: text.md\n");
    books::paginate(&BookFixture::new(&manifest).file("text.md", text).load().book.unwrap())
}

/// The lines of a page, each with its height on the page and the kind of its text.
fn lines(page: &Page) -> Vec<(Length, PassageKind, String)> {
    let mut lines: Vec<(Length, PassageKind, String)> = Vec::new();
    for item in &page.items {
        let Item::Glyphs(run) = item else { continue };
        match lines.iter_mut().find(|(y, ..)| *y == run.origin.y) {
            Some((.., line)) => line.push_str(&run.text),
            None => lines.push((run.origin.y, run.passage.kind, run.text.to_string())),
        }
    }
    lines.retain(|(_, kind, _)| *kind != PassageKind::Folio);
    lines
}

/// The pages of the text, which follow four of front matter.
fn text_pages(pages: &Pages) -> Vec<Vec<(Length, PassageKind, String)>> {
    let pages = pages.pages.iter().skip(4).map(lines);
    pages.filter(|lines| !lines.is_empty()).collect()
}

#[test]
fn no_page_of_an_essay_has_fewer_than_three_lines() {
    let paragraphs: Vec<&str> = ESSAY.split("\n\n").collect();
    for keys in ["", "design: modern\nprint: { trim: 5 x 8 in }"] {
        for count in 3..30 {
            let text = paragraphs[..count].join("\n\n");
            for page in text_pages(&pages_of(&text, keys)) {
                assert!(page.len() >= 3, "{count} paragraphs: {page:?}");
            }
        }
    }
}

#[test]
fn no_essay_of_equal_paragraphs_ends_with_a_line_on_a_page_of_its_own() {
    for paragraphs in 1..40 {
        let mut entries = vec![essay("Long", paragraphs)];
        entries.push(Entry::Essay(recto::model::Essay::default()));
        let pages = books::paginate(&book(entries));
        for page in text_pages(&pages) {
            assert!(page.len() >= 3, "{paragraphs} paragraphs: {page:?}");
        }
    }
}

/// A text of short lines with something after them.
fn after_lines(count: usize, block: &str) -> String {
    let mut text = "# Stock\n\n".to_owned();
    for line in 0..count {
        write!(text, "Line {line}.\n\n").unwrap();
    }
    text.push_str(block);
    text
}

#[test]
fn a_table_of_eight_rows_is_whole() {
    let mut table = "## Films\n\n| Film | Speed |\n|:--|--:|\n".to_owned();
    for row in 0..8 {
        writeln!(table, "| film {row} | {row} |").unwrap();
    }
    table.push_str("\nAfter it, and more.\n");
    for before in 0..40 {
        let pages = text_pages(&pages_of(&after_lines(before, &table), ""));
        let rows = |page: &Vec<(Length, PassageKind, String)>| {
            page.iter().filter(|(.., line)| line.starts_with("film ")).count()
        };
        let parts: Vec<usize> = pages.iter().map(rows).filter(|rows| *rows > 0).collect();
        assert_eq!(parts, [8], "{before} lines before");
        let page = pages.iter().find(|page| rows(page) > 0).unwrap();
        assert!(page.iter().any(|(.., line)| line == "Films"), "the heading is with its table");
    }
}

#[test]
fn a_wide_table_begins_where_its_text_does_and_is_no_wider() {
    let cell = "a remark of some length";
    let row = format!("| 1953 | {cell} | {cell} | {cell} |\n");
    let table = format!("| Year | First | Second | Third |\n|--|--|--|--|\n{row}{row}{row}");
    for design in ["classic", "modern", "newspaper", "exhibition", "album"] {
        for (trim, direction) in
            [("210 x 210 mm", "en"), ("a4", "en"), ("a4-landscape", "en"), ("210 x 210 mm", "ar")]
        {
            for lines in [2, 40] {
                let text = after_lines(lines, &table);
                let keys =
                    format!("design: {design}\nlanguage: {direction}\nprint: {{ trim: {trim} }}");
                let manifest = format!("title: Winter\n{keys}\npages:\n  - text: text.md\n");
                let fixture = BookFixture::new(&manifest).file("text.md", text);
                let book = fixture.load().book.unwrap();
                let (grid, pages) = (Grid::for_book(&book), books::paginate(&book));
                for page in &pages.pages {
                    let cells = page.items.iter().filter_map(|item| match item {
                        Item::Glyphs(run) if run.passage.kind == PassageKind::Cell => Some(run),
                        _ => None,
                    });
                    let cells: Vec<_> = cells.collect();
                    if cells.is_empty() {
                        continue;
                    }
                    let rule = page.items.iter().rev().find_map(|item| match item {
                        Item::Rule(rule) if rule.rect.width > Length::mm(60) => Some(rule.rect),
                        _ => None,
                    });
                    let rule = rule.unwrap();
                    let name = format!("{design}, {trim}, {direction}, {:?}", page.side);
                    let inside = grid.inside(page.side);
                    let near =
                        |one: Length, other: Length| (one - other).abs() < Length::milli_pt(50);
                    assert!(rule.x >= inside.x - Length::emu(9), "{name}: {rule:?}");
                    assert!(rule.right() <= inside.right() + Length::emu(9), "{name}: {rule:?}");
                    let (left, right) =
                        (grid.column_left(page.side), grid.column_left(page.side) + grid.measure);
                    let begins_with_text = if direction == "ar" {
                        near(right, rule.right())
                    } else {
                        near(left, rule.x)
                    };
                    // In several columns of text, it is in one of them.
                    let is_in_column = design == "newspaper" && rule.width < grid.measure;
                    assert!(begins_with_text || is_in_column, "{name}: {rule:?}");
                    // Text of the newspaper begins under the first of several columns of the page,
                    // all of which a table may have.
                    let is_within = rule.width <= grid.measure + Length::emu(9);
                    assert!(is_within || design == "newspaper", "{name}: {rule:?}");
                }
            }
        }
    }
}

/// The widest rule of a book with this table after its text, and the measure of that.
fn width_of_table(table: &str) -> (Length, Length) {
    let manifest = "title: Winter\npages:\n  - text: text.md\n";
    let fixture = BookFixture::new(manifest).file("text.md", after_lines(2, table));
    let book = fixture.load().book.unwrap();
    let (grid, pages) = (Grid::for_book(&book), books::paginate(&book));
    let rules = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Rule(rule) => Some(rule.rect.width),
        _ => None,
    });
    (rules.max().unwrap(), grid.measure)
}

#[test]
fn a_table_is_wider_than_the_text_for_words_without_room_and_not_by_little() {
    let mut wider = 0;
    for letters in 20..60 {
        let remark = "remark ".repeat(10)[..letters].trim_end().to_owned();
        let row = format!("| 1953 | 1,240 kg | 164 kg | 88 kg | {remark} |\n");
        let table = format!("| Year | A | B | C | Remarks |\n|--|--|--|--|--|\n{row}{row}");
        let (width, measure) = width_of_table(&table);
        assert!(width <= measure + Length::emu(9), "{letters} letters: {width:?}");
        let (width, measure) = width_of_table(&table.replace(&remark, &"x".repeat(letters)));
        let more = width - measure;
        assert!(more <= Length::emu(9) || more >= Length::mm(10), "{letters} letters: {more:?}");
        wider += usize::from(more >= Length::mm(10));
    }
    assert!(wider > 5, "{wider}");
}

#[test]
fn a_row_that_is_higher_than_a_page_fills_pages_under_the_headings() {
    let (words, long) = ("a remark of many words that goes on ".repeat(90), "a remark ".repeat(9));
    let table = format!("| Long | Other |\n|--|--|\n| {long} | {words} |\n| x | y |\n");
    for lines in [2, 20, 30] {
        let pages = text_pages(&pages_of(&after_lines(lines, &table), ""));
        let tables = pages.iter().filter(|page| page.iter().any(|(.., it)| it == "LongOther"));
        let counts: Vec<usize> = tables.clone().map(Vec::len).collect();
        assert!((2..=4).contains(&counts.len()), "{lines} lines before: {counts:?}");
        assert!(counts.iter().all(|count| *count > 4), "{lines} lines before: {counts:?}");
        for page in tables {
            let heights = page.windows(2).map(|pair| pair[1].0 - pair[0].0);
            assert!(heights.min().unwrap() > Length::pt(10), "{lines} lines before: {page:?}");
        }
    }
}

#[test]
fn the_heads_of_a_table_are_not_hyphenated_beside_prose() {
    let prose = "A sheet of paper with a long description that needs several lines of its column, \
                 and then some more of them to be sure. ";
    let table = format!(
        "| Manufacturer | Photographic development | Description of the material |\n|--|--|--|\n\
         | Ilford | pyrocatechin | {prose} |\n| Agfa | hydroquinone | {prose}{prose} |\n"
    );
    for keys in ["", "design: modern", "design: exhibition", "print: { trim: 5 x 8 in }"] {
        for page in text_pages(&pages_of(&after_lines(1, &table), keys)) {
            let lines: Vec<_> = page.iter().map(|(.., line)| line.as_str()).collect();
            let words = lines.join(" ") + " ";
            assert!(!words.contains("- "), "{keys}: {words}");
        }
    }
}

#[test]
fn no_single_line_of_a_quotation_and_no_ornament_is_left_at_the_edge_of_a_page() {
    let quote = "> A first line.\n>\n> A second line, by somebody else.\n>\n> A third line.\n>\n> Last \
                 of all, a name.\n\nAfter it.\n\n";
    let ornament = "Before it.\n\n***\n\nBehind it.\n\n";
    for before in 0..60 {
        let more = "More of it.\n\n".repeat(9);
        let text = after_lines(before, &format!("{quote}{more}{ornament}{more}"));
        let pages = text_pages(&pages_of(&text, ""));
        let is_quoted = |line: &str| {
            ["A first", "A second", "A third", "Last of"].iter().any(|it| line.starts_with(it))
        };
        for page in &pages {
            let quoted = page.iter().filter(|(.., line)| is_quoted(line)).count();
            assert_ne!(quoted, 1, "{before} lines before: {page:?}");
            for edge in [page.first(), page.last()].into_iter().flatten() {
                assert_ne!(edge.1, PassageKind::Ornament, "{before} lines before: {page:?}");
            }
        }
    }
}

#[test]
fn marks_of_notes_stand_where_the_language_has_them() {
    let line = |text: &str, keys: &str| {
        let text = format!("{text}\n\n[^a]: A note.\n");
        let pages = text_pages(&pages_of(&text, keys));
        pages[0][0].2.clone()
    };
    let links = "print: { links: footnote }";
    assert_eq!(line("A word[^a]. More.", ""), "A word.1 More.");
    assert_eq!(line("A [link](https://a.org), too[^a].", links), "A link,1 too.2");
    assert_eq!(line("Ein Wort[^a]. Mehr.", "language: de"), "Ein Wort1. Mehr.");
    assert_eq!(line("Un mot[^a]. Encore.", "language: fr"), "Un mot\u{202f}1. Encore.");
}

#[test]
fn no_page_begins_with_the_last_line_of_a_paragraph() {
    let paragraph =
        "Some words of a paragraph that is long enough for several lines of its column, \
                     and whose last words are always these, at the end. "
            .repeat(2);
    let mut table = "| Film | Speed |\n|:--|--:|\n".to_owned();
    for row in 0..7 {
        writeln!(table, "| film {row} | {row} |").unwrap();
    }
    table.push('\n');
    for keys in ["", "design: exhibition\nprint: { trim: a4-landscape }"] {
        for before in 0..30 {
            let quote = "> A quotation of one line.\n>\n> — Somebody\n\n";
            let text = after_lines(before, &format!("{paragraph}{before}.\n\n{quote}{table}"));
            let text = format!("{text}{paragraph}{before}.\n\n{quote}{paragraph}{before}.\n");
            let last = format!("the end. {before}.");
            for page in text_pages(&pages_of(&text, keys)) {
                let (.., first) = &page[0];
                assert!(!first.ends_with(&last), "{keys}: {before} lines before: {page:?}");
            }
        }
    }
}

#[test]
fn a_text_has_no_last_page_with_a_few_lines() {
    for (keys, least) in [("", 8), ("design: modern\nprint: { trim: a4 }", 9)] {
        for lines in 10..70 {
            let text = after_lines(lines, "The last line.\n");
            let pages = text_pages(&pages_of(&text, keys));
            let last = pages.last().unwrap();
            assert!(pages.len() == 1 || last.len() >= least, "{keys}: {lines} lines: {last:?}");
        }
    }
}

#[test]
fn a_title_is_raised_so_that_a_text_needs_no_page_for_its_last_lines() {
    let title = |lines: usize| {
        let pages = text_pages(&pages_of(&after_lines(lines, "The last line.\n"), ""));
        (pages[0][0].0, pages.len())
    };
    let (usual, _) = title(3);
    let on_one = |lines: usize| title(lines).1 == 1;
    let most = (10..60).rev().find(|lines| on_one(*lines)).unwrap();
    let raised = usual - title(most).0;
    assert!(raised > Length::mm(10), "{raised:?}");
    assert!(title(most).0 >= usual / 2, "half of the space above remains");
    assert_eq!(title(most + 8), (usual, 2), "not for more lines than a few");
}

#[test]
fn a_line_of_a_single_column_is_easy_to_follow_in_each_design_and_trim() {
    for design in ["classic", "modern", "exhibition", "album"] {
        for trim in ["210 x 210 mm", "a4", "a4-landscape", "5 x 8 in"] {
            let pages = pages_of(ESSAY, &format!("design: {design}\nprint: {{ trim: {trim} }}"));
            let lines = pages.pages.iter().flat_map(lines);
            let text = lines.filter(|(_, kind, _)| *kind == PassageKind::Text);
            let mut counts: Vec<usize> = text.map(|(.., line)| line.chars().count()).collect();
            counts.sort_unstable();
            // The last lines of paragraphs are shorter.
            let usual = counts[counts.len() * 6 / 10];
            assert!((54..=74).contains(&usual), "{design} {trim}: {usual}");
        }
    }
}
