//! Parts above chapters, in every edition.

use hayro::hayro_syntax::Pdf;
use recto::layout::Grid;
use recto::model::{Bookmark, Edition, Item, Length, Pages, Side};

use crate::support::books::{self, last_with, text};
use crate::support::epub::files;
use crate::support::fixture::{BookFixture, lines};
use crate::support::structure_tree::StructureTree;

const MANIFEST: &str = "title: Winter Road
language: en
allow: resolution
pages:
  - text: \"# Foreword\\n\\nBefore all parts.\"
  - part: The Shore
  - chapter: Boats
  - { photo: a.jpg, caption: A boat., alt: A boat. }
  - part: The Hills
    intro: Two years later.
  - { photo: b.jpg, caption: A hill., alt: A hill. }
  - chapter: Stones
    intro: \"## Granite\\n\\nIt is grey.\"
  - { photo: c.jpg, caption: A stone., alt: A stone. }
  - text: \"# Afterword\\n\\nAfter all parts.\"
";

fn fixture(manifest: &str) -> BookFixture {
    BookFixture::new(manifest).small_photos(&["a.jpg", "b.jpg", "c.jpg"])
}

fn paginate(manifest: &str) -> Pages {
    books::pages_without_findings(&fixture(manifest))
}

/// Bookmarks as lines that are indented by their depth.
fn outline(bookmarks: &[Bookmark], depth: usize) -> String {
    let line = |it: &Bookmark| {
        format!("{}{}\n{}", "  ".repeat(depth), it.title, outline(&it.children, depth + 1))
    };
    bookmarks.iter().map(line).collect()
}

#[test]
fn a_part_has_a_recto_of_its_own_and_a_blank_verso() {
    for chapters in ["recto", "any"] {
        let pages = paginate(&format!("print: {{ chapters: {chapters} }}\n{MANIFEST}"));
        for title in ["The Shore", "The Hills"] {
            let index = last_with(&pages, title);
            assert_eq!(pages.pages[index].side, Side::Recto, "{title}");
            assert_eq!(text(&pages.pages[index + 1]), "", "{title}");
            assert!(books::pictures(&pages.pages[index + 1]).is_empty(), "{title}");
        }
        assert!(text(&pages.pages[last_with(&pages, "The Hills")]).contains("Two years later"));
    }
}

#[test]
fn a_long_text_of_a_part_continues_on_its_verso() {
    let intro = "Two years later we came back. ".repeat(150);
    let pages = paginate(&MANIFEST.replace("Two years later.", &intro));
    let index = last_with(&pages, "The Hills");
    assert!(text(&pages.pages[index + 1]).contains("came back"));
}

#[test]
fn the_title_of_a_part_is_larger_than_that_of_a_chapter_and_smaller_than_that_of_the_book() {
    for name in recto::manifest::bundled_designs() {
        let pages = paginate(&format!("design: {name}\n{MANIFEST}"));
        let size = |words: &str| {
            let runs = pages.runs().filter(|run| run.text.contains(words));
            runs.map(|run| run.size).max().unwrap()
        };
        let [title, part, chapter] = ["Winter", "Shore", "Boats"].map(size);
        assert!(title > part && part > chapter, "{name}: {title} {part} {chapter}");
    }
}

#[test]
fn bookmarks_are_nested_in_parts_and_an_afterword_is_not() {
    let expected = "Foreword\nThe Shore\n  Boats\n    A boat\nThe Hills\n  A hill\n  Stones\n    A stone\nAfterword\n";
    assert_eq!(outline(&paginate(MANIFEST).bookmarks, 0), expected);
}

#[test]
fn texts_of_a_last_part_without_chapters_belong_to_it() {
    let manifest = MANIFEST.replace("  - chapter: Stones\n    intro: ", "  - text: ");
    let outline = outline(&paginate(&manifest).bookmarks, 0);
    assert!(outline.ends_with("  Granite\n  A stone\n  Afterword\n"), "{outline}");
}

#[test]
fn the_contents_group_chapters_under_parts() {
    let pages = paginate(MANIFEST);
    let contents = &pages.pages[last_with(&pages, "Contents")];
    let lines: Vec<(String, i64)> =
        contents.links.iter().map(|link| (link.label.clone(), link.rect.y.to_emu())).collect();
    let labels: Vec<&str> = lines.iter().map(|(label, _)| label.as_str()).collect();
    let titles = ["Foreword", "The Shore", "Boats", "The Hills", "Stones", "Afterword"];
    for (label, title) in labels.iter().zip(titles) {
        assert!(label.starts_with(title), "{labels:?}");
    }
    let gaps: Vec<i64> = lines.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
    let [into_part, within, next_part, _, out_of_part] = gaps[..] else { panic!("{gaps:?}") };
    assert!(into_part > within && next_part > within && out_of_part > within, "{gaps:?}");
}

#[test]
fn the_headings_of_a_part_are_above_those_of_its_chapters() {
    let fixture = fixture(MANIFEST);
    let run = fixture.recto("build --only screen -o out");
    assert_eq!(run.code, 0, "{run:?}");
    let pdf = Pdf::new(fixture.read("out/winter-road-screen.pdf")).unwrap();
    let outline = StructureTree::new(&pdf).outline();
    let headings: Vec<&str> = outline
        .lines()
        .filter(|line| line.trim_start().starts_with('H') && !line.contains("Winter Road"))
        .collect();
    let expected = [
        "    H1 \"Contents\"",
        "    H1 \"Foreword\"",
        "    H1 \"The Shore\"",
        "      H2 \"Boats\"",
        "    H1 \"The Hills\"",
        "      H2 \"Stones\"",
        "      H3 \"Granite\"",
        "    H1 \"Afterword\"",
    ];
    assert_eq!(headings, expected, "{outline}");
}

#[test]
fn the_navigation_of_e_books_is_nested_in_parts() {
    let fixture = fixture(MANIFEST);
    let reflowable = files(&fixture, Edition::Epub);
    let text = |name: &str| String::from_utf8(reflowable[name].clone()).unwrap();
    let part = text("OEBPS/part-01.xhtml");
    assert!(part.contains("epub:type=\"part\" role=\"doc-part\""), "{part}");
    let nav = text("OEBPS/nav.xhtml");
    let contents: String = nav.split("</nav>").next().unwrap().split_whitespace().collect();
    // Long words may be divided.
    let word = ["\u{ad}", "<spanclass=\"word\">", "</span>"];
    let contents = word.iter().fold(contents, |text, part| text.replace(part, ""));
    let nested = "<ahref=\"part-01.xhtml\">TheShore</a><ol><li><ahref=\"chapter-01.xhtml\">Boats</a></li></ol></li>";
    assert!(contents.contains(nested), "{nav}");
    let mut after_parts = contents.split("</ol></li><li><ahref=").skip(1);
    let is_afterword = |it: &str| it.split('>').nth(1).is_some_and(|it| it == "Afterword</a");
    assert!(after_parts.any(is_afterword), "{nav}");
    let fixed = files(&fixture, Edition::EpubFixed);
    let nav = String::from_utf8(fixed["OEBPS/nav.xhtml"].clone()).unwrap();
    let contents: String = nav.split_whitespace().collect();
    assert!(contents.contains("TheShore</a><ol><li><a"), "{nav}");
}

#[test]
fn the_offline_edition_lists_chapters_under_parts() {
    let page = files(&fixture(MANIFEST), Edition::Offline);
    let (_, page) = page.iter().find(|(name, _)| name.ends_with("index.html")).unwrap();
    let page: String = String::from_utf8_lossy(page).split_whitespace().collect();
    let nested = "<ahref=\"#part-1\">TheShore</a><ol><li><ahref=\"#chapter-1\">Boats</a>";
    assert!(page.contains(nested));
    assert!(page.contains("<sectionclass=\"part\"id=\"part-1\">"));
    let levels = [
        "<h2class=\"fitted\"><span>TheShore",
        "<h2aria-level=\"3\"class=\"fitted\"><span>Boats",
        "<h3aria-level=\"4\"class=\"fitted\"><span>Granite",
    ];
    assert!(levels.iter().all(|it| page.contains(it)), "{page}");
}

#[test]
fn the_title_of_a_part_may_be_written_in_several_languages() {
    let manifest = MANIFEST
        .replace("language: en", "languages: [en, de]\nlanguages-together: [en, de]")
        .replace("part: The Shore", "part: { en: The Shore, de: Die Küste }");
    let loaded = fixture(&manifest).load();
    let pages = books::paginate(&loaded.book.unwrap());
    let part = &pages.pages[last_with(&pages, "The Shore")];
    assert!(text(part).contains("Die Küste"), "{}", text(part));
}

#[test]
fn a_part_has_a_title_and_no_keys_of_photos() {
    let manifest =
        "title: Winter Road\npages:\n  - part: \"\"\n  - part: Two\n    layout: spread\n";
    let findings = lines(&fixture(manifest).load().findings);
    assert_eq!(
        findings,
        [
            "error title-empty 3:11 a part must have a title",
            "error key-misplaced 5:13 `layout` describes a photo, and this part has none",
        ]
    );
}

#[test]
fn the_titles_of_parts_break_after_their_colons_in_the_same_way() {
    let lines_of = |second: &str, part: &str| {
        let manifest = MANIFEST
            .replace("part: The Shore", "part: \"The First Part: The Cold\"")
            .replace("part: The Hills", &format!("part: \"The Second Part: {second}\""));
        let pages = books::paginate(&fixture(&manifest).load().book.unwrap());
        // The last page with it is not in the contents.
        let page = pages.pages.iter().rfind(|page| text(page).contains(part)).unwrap();
        let mut lines: Vec<(Length, String)> = Vec::new();
        for item in &page.items {
            let Item::Glyphs(run) = item else { continue };
            match lines.last_mut().filter(|(y, _)| *y == run.origin.y) {
                Some((_, line)) => line.push_str(&run.text),
                None => lines.push((run.origin.y, run.text.trim_start().to_string())),
            }
        }
        lines.into_iter().map(|(_, line)| line.trim().to_owned()).collect::<Vec<_>>()
    };
    let long = "The Warm Months and All Days of Them";
    let (first, second) = (lines_of(long, "The First Part:"), lines_of(long, "The Second Part:"));
    assert_eq!(first[..2], ["The First Part:", "The Cold"]);
    assert_eq!(second[0], "The Second Part:");
    // If both have room in one line, neither is broken.
    assert_eq!(lines_of("The Warm", "The First Part:")[0], "The First Part: The Cold");
}

#[test]
fn the_titles_of_all_parts_are_a_little_smaller_rather_than_one_in_more_lines() {
    let sizes_of = |second: &str| {
        let manifest = format!(
            "title: Winter Road\ndesign: newspaper\nprint: {{ trim: 5 x 8 in }}\npages:\n  \
             - part: \"Part One: The Cold Season\"\n  - chapter: January\n  - part: \"{second}\"\n  \
             - chapter: May\n"
        );
        let book = BookFixture::new(&manifest).load().book.unwrap();
        let full = Grid::for_book(&book);
        let full = full.size_of(&full.style.text_styles.part());
        let pages = books::paginate(&book);
        let of_title = |at: usize| {
            let page = &pages.pages[pages.bookmarks[at].page];
            let mut lines: Vec<(Length, Length)> = Vec::new();
            for item in &page.items {
                if let Item::Glyphs(run) = item {
                    lines.push((run.size, run.origin.y));
                }
            }
            lines.dedup();
            (lines[0].0, lines.len())
        };
        (of_title(0), of_title(1), full)
    };
    let (first, second, full) = sizes_of("Part Two: The Warmer Season");
    assert_eq!(first, second, "of one size, in as many lines");
    assert!(first.0 < full && first.1 == 2, "{first:?}");
    // A title that is much longer does not make the others small.
    let (first, second, full) = sizes_of("Part Two: All That Grew and Was Lost in the Warm Season");
    assert_eq!(first.0, full);
    assert!(second.1 > first.1, "{second:?}");
}
