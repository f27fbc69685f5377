//! Texts of `newspaper` in columns, parts of which are across all of them: tables, verse, the deck.

use std::collections::{BTreeMap, BTreeSet};

use recto::layout::Grid;
use recto::model::{Book, GlyphRun, Length, Page, PassageKind};

use crate::support::books;
use crate::support::design_books::{TRIMS, laid_out, of_kind, rules, runs};
use crate::support::fixture::BookFixture;

const PROSE: &str = "The road goes on along the coast, past the last house and the first field. ";

/// A table that is wider than a column of text, with so many rows.
fn table(rows: usize) -> String {
    let row = |cell: &str| format!("| {} |\n", [cell; 6].join(" | "));
    format!("{}{}{}", row("Harbour"), row("--"), row("Northern").repeat(rows))
}

/// A book whose text, in its language, has these blocks below its title.
fn essay(trim: &str, language: &str, blocks: &[String]) -> Book {
    let manifest = format!(
        "title: Winter Road\nlanguage: {language}\ndesign: newspaper\nprint: {{ trim: {trim} }}\npages:\n  \
         - text: long.md\n  - text: \"# Two\"\n"
    );
    let text = format!("# One\n\n{}\n", blocks.join("\n\n"));
    let fixture = BookFixture::new(&manifest).file("long.md", text).photo("p.jpg", 90, 60);
    fixture.load().book.unwrap()
}

/// The left edges of the columns of text on a page between two heights.
fn edges(page: &Page, kind: PassageKind, between: (Length, Length)) -> BTreeSet<Length> {
    let text = of_kind(page, kind).into_iter();
    let text = text.filter(|run| run.origin.y > between.0 && run.origin.y < between.1);
    text.map(|run| run.passage.left).collect()
}

/// The highest and the lowest baseline of these runs.
fn extent(runs: &[&GlyphRun]) -> (Length, Length) {
    let baselines = || runs.iter().map(|run| run.origin.y);
    (baselines().min().unwrap(), baselines().max().unwrap())
}

/// Whether two lines of a page are on top of each other.
fn has_overlap(page: &Page) -> bool {
    let mut lines: BTreeMap<Length, Vec<(Length, Length)>> = BTreeMap::new();
    for run in runs(page) {
        let extent = (run.origin.x, run.origin.x + run.width());
        lines.entry(run.origin.y).or_default().push(extent);
    }
    let lines: Vec<_> = lines.into_iter().collect();
    lines.iter().enumerate().any(|(index, (y, one))| {
        let near = lines[index + 1..].iter().take_while(|(other, _)| *other - *y <= Length::pt(5));
        let mut near = near.flat_map(|(_, other)| other);
        near.any(|it| one.iter().any(|one| it.0 < one.1 && one.0 < it.1))
    })
}

#[test]
fn a_table_wider_than_a_column_is_across_all_of_them_and_the_text_around_it_is_in_columns() {
    for trim in TRIMS {
        for language in ["en", "ar"] {
            let blocks = [PROSE.repeat(14), table(3), PROSE.repeat(10)];
            let book = essay(trim, language, &blocks);
            let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
            assert!(pages.wide_tables.is_empty(), "{trim}: {:?}", pages.wide_tables);
            let page = &pages.pages[pages.bookmarks[0].page];
            let inside = grid.inside(page.side);
            let cells = of_kind(page, PassageKind::Cell);
            let (top, foot) = extent(&cells);
            let count = usize::try_from(grid.text_columns().count).unwrap();
            assert!(count > 1, "{trim}");
            let above = edges(page, PassageKind::Text, (Length::ZERO, top));
            let below = edges(page, PassageKind::Text, (foot, grid.trim.height));
            assert_eq!((above.len(), below.len()), (count, count), "{trim} {language}");
            // It begins where lines begin, and takes more than a column.
            let lefts = cells.iter().map(|run| run.origin.x).min().unwrap();
            let rights = cells.iter().map(|run| run.origin.x + run.width()).max().unwrap();
            let near = |one: Length, other: Length| (one - other).abs() < Length::mm(1);
            if language == "ar" {
                assert!(near(rights, inside.right()), "{trim}");
            } else {
                assert!(near(lefts, inside.x), "{trim}");
            }
            assert!(rights - lefts > grid.text_columns().width, "{trim}");
            assert!(rights <= inside.right() && lefts >= inside.x, "{trim}");
            // The columns end above it and begin again below it, and so do the lines between them.
            let lines = rules(page).into_iter().map(|rule| rule.rect);
            let lines: Vec<_> = lines.filter(|line| line.width < line.height).collect();
            assert_eq!(lines.len(), 2 * (count - 1), "{trim}");
            let air = grid.leading;
            assert!(lines.iter().all(|it| it.bottom() + air <= top || it.y >= foot), "{trim}");
        }
    }
}

#[test]
fn verse_wider_than_a_column_is_across_all_of_them() {
    let line = "No guest will come, no army there, no rider on the road.";
    let stanza = [line; 4].join("\\\n> ");
    for source in ["", "\n>\n> — Club paper, 1956"] {
        let blocks = [PROSE.repeat(14), format!("> {stanza}{source}"), PROSE.repeat(10)];
        let book = essay("5 x 8 in", "en", &blocks);
        let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
        let page = &pages.pages[pages.bookmarks[0].page];
        let verse = runs(page).into_iter().filter(|run| run.text.starts_with("No guest"));
        let verse: Vec<&GlyphRun> = verse.collect();
        assert_eq!(verse.len(), 4, "no line is turned: {}", books::text(page));
        let (top, foot) = extent(&verse);
        assert!(foot - top < grid.leading * 4, "the lines of a stanza are one under another");
        for between in [(Length::ZERO, top), (foot + grid.leading, grid.trim.height)] {
            assert_eq!(edges(page, PassageKind::Text, between).len(), 2, "{source}");
        }
        let text = of_kind(page, PassageKind::Text).into_iter();
        let is_above = |run: &&GlyphRun| run.text.contains("coast") && run.origin.y < top;
        let last = text.filter(is_above).map(|run| run.origin.y).max().unwrap();
        assert!(top - last >= grid.leading * 2, "a blank row separates them");
    }
}

#[test]
fn the_deck_of_a_text_in_columns_is_as_wide_as_its_title() {
    let deck =
        "## How a shunting yard became a garden, and why that took seventy-four years in all";
    for trim in TRIMS {
        let book = essay(trim, "en", &[deck.to_owned(), PROSE.repeat(20)]);
        let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
        let page = &pages.pages[pages.bookmarks[0].page];
        let words = ["shunting", "garden", "years in"];
        let of_deck = runs(page).into_iter();
        let of_deck: Vec<_> =
            of_deck.filter(|run| words.iter().any(|word| run.text.contains(word))).collect();
        let right = of_deck.iter().map(|run| run.origin.x + run.width()).max().unwrap();
        let (left, columns) = (grid.inside(page.side).x, grid.text_columns());
        assert!(right - left > columns.width, "{trim}");
        let (_, foot) = extent(&of_deck);
        let below = edges(page, PassageKind::Text, (foot, grid.trim.height));
        assert_eq!(below.len(), usize::try_from(columns.count).unwrap(), "{trim}");
    }
}

#[test]
fn columns_above_a_table_do_not_leave_much_of_the_page_empty() {
    // A table that is nearly as high as a page leaves no room for the text before it.
    let mut rows_of_pages = BTreeSet::new();
    for rows in [3, 20, 24, 60] {
        let book = essay("a4", "en", &[PROSE.repeat(14), table(rows), PROSE.repeat(10)]);
        let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
        let first = pages.bookmarks[0].page;
        let page = &pages.pages[first];
        let (_, foot) = extent(&runs(page));
        let free = grid.trim.height - grid.margins.bottom - foot;
        let is_last = !books::text(&pages.pages[first + 1]).contains("Northern");
        assert!(is_last || free < grid.trim.height / 3, "{rows}: {free:?}");
        let all: usize =
            pages.pages.iter().map(|page| of_kind(page, PassageKind::Cell).len()).sum();
        assert!(all >= rows * 6, "{rows}");
        rows_of_pages.insert(all);
    }
    assert_eq!(rows_of_pages.len(), 4);
}

#[test]
fn nothing_is_lost_or_moved_where_tables_notes_and_photos_are_in_columns() {
    let mut across = 0;
    for (number, trim) in (0_usize..).zip([TRIMS, TRIMS, TRIMS].concat()) {
        let counts = [4 + 5 * number, 1, 9 + number, 2 + 7 * (number % 3)];
        let mut blocks = Vec::new();
        let mut word = 0;
        for (index, count) in (0..).zip(counts) {
            let sentence = |word: &mut usize| {
                *word += 1;
                format!("The road w{word} goes on along the coast. ")
            };
            let text: String = (0..count).map(|_| sentence(&mut word)).collect();
            blocks.push(format!("{}[^{index}]", text.trim_end()));
            blocks.push(table(1 + (index * 5 + number) % 13));
            if (index + number) % 3 == 0 {
                blocks.push("![A harbour.](p.jpg)".to_owned());
            }
        }
        let note = |index| format!("[^{index}]: n{index} {}", "aside ".repeat(1 + 11 * number));
        blocks.extend((0..counts.len()).map(note));
        let book = essay(trim, "en", &blocks);
        let pages = laid_out(&book);
        let what = format!("{trim}, {number}");
        let mut words: Vec<usize> = Vec::new();
        let mut notes = String::new();
        let mut photos = 0;
        let mut cells = 0;
        for page in &pages.pages {
            let mut text = String::new();
            for run in of_kind(page, PassageKind::Text) {
                text.push_str(&run.text);
                text.push(' ');
            }
            let numbers = text.split_whitespace().filter_map(|it| it.strip_prefix('w'));
            words.extend(numbers.filter_map(|it| it.parse::<usize>().ok()));
            for run in of_kind(page, PassageKind::Note) {
                notes.push_str(&run.text);
                notes.push(' ');
            }
            let own = of_kind(page, PassageKind::Cell);
            cells += own.iter().filter(|run| !run.is_repeated).count();
            across += usize::from(!own.is_empty());
            photos += books::pictures(page).len();
            assert!(!has_overlap(page), "{what}: lines overlap");
        }
        assert_eq!(words, (1..=word).collect::<Vec<_>>(), "{what}");
        let asides = notes.split_whitespace().filter(|word| *word == "aside").count();
        assert_eq!(asides, counts.len() * (1 + 11 * number), "{what}");
        let marks: String =
            notes.split_whitespace().filter_map(|it| it.strip_prefix('n')).collect();
        assert_eq!(marks, "0123", "{what}");
        let rows: usize = (0..counts.len()).map(|index| 2 + (index * 5 + number) % 13).sum();
        assert_eq!(cells, rows * 6, "{what}");
        assert_eq!(photos, (0..counts.len()).filter(|index| (index + number) % 3 == 0).count());
    }
    assert!(across > 12, "{across}");
}

#[test]
fn a_note_longer_than_a_page_leaves_room_for_the_text_and_the_table_that_it_belongs_to() {
    let note = format!("[^1]: {}", "aside ".repeat(1_200));
    let with_note = table(4).replacen("Northern", "Northern[^1]", 1);
    let texts = [
        [PROSE.repeat(20), format!("{}[^1]", PROSE.repeat(20)), PROSE.repeat(20)],
        [PROSE.repeat(20), with_note, PROSE.repeat(8)],
    ];
    for text in texts {
        for trim in ["a5", "a4", "210 x 210 mm"] {
            let book = essay(trim, "en", &[&text[..], std::slice::from_ref(&note)].concat());
            let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
            let first = pages.bookmarks[0].page;
            let is_of_text = |page: &&Page| !of_kind(page, PassageKind::Note).is_empty();
            let last = pages.pages.iter().rposition(|page| is_of_text(&page)).unwrap();
            let mut asides = 0;
            for (number, page) in (first..).zip(&pages.pages[first..=last]) {
                assert!(!has_overlap(page), "{trim}");
                let notes = of_kind(page, PassageKind::Note).into_iter();
                asides += notes.map(|run| run.text.matches("aside").count()).sum::<usize>();
                let (_, foot) = extent(&runs(page));
                let is_filled = foot * 2 > grid.trim.height;
                assert!(is_filled || number >= last, "{trim}: page {number} is nearly empty");
            }
            assert_eq!(asides, 1_200, "{trim}");
        }
    }
}

#[test]
fn the_source_of_a_quotation_is_not_divided_and_its_second_line_hangs() {
    let quote = "> A garden is no property, it is an appointment with next year.\n>\n\
                 > — From the statutes of the association of allotment gardeners";
    for design in ["newspaper", "classic"] {
        let manifest = format!(
            "title: Winter Road\nlanguage: en\ndesign: {design}\nprint: {{ trim: 5 x 8 in }}\npages:\n  - text: long.md\n"
        );
        let text = format!("# One\n\n{}\n\n{quote}\n\n{}\n", PROSE.repeat(8), PROSE.repeat(8));
        let book = BookFixture::new(&manifest).file("long.md", text).load().book.unwrap();
        let pages = laid_out(&book);
        let runs: Vec<&GlyphRun> = pages.pages.iter().flat_map(|page| runs(page)).collect();
        let at = |words: &str| runs.iter().position(|run| run.text.contains(words)).unwrap();
        let (quote, source) = (runs[at("garden is")], at("From the"));
        let dash = runs[source].origin.x.min(runs[at("— ")].origin.x);
        assert!(dash >= quote.passage.left - Length::pt(1), "{design}");
        let below = runs[source..].iter().filter(|run| run.origin.y > runs[source].origin.y);
        let next =
            below.take_while(|run| run.text.contains("gardeners") || run.text.contains("allot"));
        for line in next {
            assert!(line.origin.x > dash + Length::pt(5), "{design}: {}", line.text);
        }
        let all: String = runs.iter().map(|run| run.text.as_ref()).collect();
        assert!(all.contains("allotment") && all.contains("gardeners"), "{design}");
        assert!(all.contains("association"), "{design}: whole words");
    }
}

#[test]
fn a_short_table_in_a_column_is_not_divided_at_the_foot_of_a_page() {
    let small = format!("| Head | End |\n|--|--|\n{}", "| word | field |\n".repeat(6));
    for rows in 10..50 {
        let book = essay("a5", "en", &[table(rows), small.clone(), PROSE.repeat(12)]);
        let pages = laid_out(&book);
        let heads = pages.pages.iter().flat_map(|page| of_kind(page, PassageKind::Cell));
        let heads = heads.filter(|run| run.text.trim() == "Head").count();
        assert_eq!(heads, 1, "{rows}: its headings are not repeated");
    }
}

#[test]
fn a_long_poem_across_the_columns_begins_below_them_and_goes_on_overleaf() {
    let stanza = format!(
        "> {}",
        ["No guest will come, no army there, no rider on the road."; 4].join("\\\n> ")
    );
    let poem = [stanza.as_str(); 9].join("\n>\n");
    for (trim, before) in [("a5", 12), ("a4", 24)] {
        let book = essay(trim, "en", &[PROSE.repeat(before), poem.clone(), PROSE.repeat(9)]);
        let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
        let page = &pages.pages[pages.bookmarks[0].page];
        let (_, foot) = extent(&runs(page));
        assert!(foot * 10 > grid.trim.height * 7, "{trim}: {foot:?}");
        assert!(books::text(page).contains("No guest"), "{trim}");
        let lines = pages.pages.iter().map(|page| books::text(page).matches("No guest").count());
        assert_eq!(lines.sum::<usize>(), 36, "{trim}");
    }
}

#[test]
fn the_last_words_of_a_dialogue_are_no_source() {
    let quote = "> — Good morning.\n>\n> — Good morning, said the harbour master, and went on.";
    let manifest = "title: Winter Road\nlanguage: en\npages:\n  - text: long.md\n";
    let text = format!("# One\n\n{PROSE}\n\n{quote}\n\n> Good night.\n>\n> — Ada\n");
    let book = BookFixture::new(manifest).file("long.md", text).load().book.unwrap();
    let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
    let runs: Vec<&GlyphRun> = pages.pages.iter().flat_map(|page| runs(page)).collect();
    let left = |words: &str| runs.iter().find(|run| run.text.contains(words)).unwrap().passage.left;
    // A paragraph has its indent in its first line; the lines of a source hang from it.
    let size = grid.size_of(&grid.style.text_styles.text);
    assert_eq!(left("said the"), left("Good morning."));
    assert_eq!(left("Ada"), left("Good night") + size * 2);
}
