//! The pages of the bundled designs: columns, folios, running heads, endpapers, facing photos, and
//! the catalogue of plates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use recto::layout::Grid;
use recto::manifest;
use recto::model::{
    GlyphRun, Ink, Item, Length, Page, Pages, PassageKind, Rect, Rule, Side, StructureKind,
};

use crate::support::books;
use crate::support::design_books::{
    LANGUAGES, TRIMS, book, framed, laid_out, of_kind, rules, runs,
};
use crate::support::fixture::{BookFixture, has_errors};

/// The left and the right edges of the columns of a page.
fn edges(grid: &Grid, side: Side) -> (Vec<Length>, Vec<Length>) {
    let columns = grid.columns.unwrap();
    let left = grid.inside(side).x;
    let lefts: Vec<Length> = (0..columns.count).map(|n| left + columns.step(n)).collect();
    let rights = lefts.iter().map(|left| *left + columns.width).collect();
    (lefts, rights)
}

fn is_on(edges: &[Length], x: Length) -> bool {
    edges.iter().any(|edge| (*edge - x).to_emu().abs() <= 20)
}

#[test]
fn on_columns_the_edges_of_pictures_captions_and_texts_are_those_of_columns() {
    for language in LANGUAGES {
        for trim in TRIMS {
            for design in ["modern", "newspaper"] {
                let book = book(design, trim, language);
                let pages = laid_out(&book);
                let grid = Grid::for_book(&book);
                let mut seen = 0;
                for page in &pages.pages {
                    let (lefts, rights) = edges(&grid, page.side);
                    let what = format!("{design} {trim} {} page {}", language.0, page.folio);
                    let is_opener = design == "newspaper" && !rules(page).is_empty();
                    for clip in framed(page, &pages).into_iter().filter(|_| !is_opener) {
                        assert!(is_on(&lefts, clip.x), "{what}: {clip:?} in {lefts:?}");
                        assert!(is_on(&rights, clip.right()), "{what}: {clip:?}");
                        seen += 1;
                    }
                    let texts = runs(page).into_iter().filter(|run| {
                        let kind = run.passage.kind;
                        design == "modern"
                            && matches!(kind, PassageKind::Caption | PassageKind::Text)
                    });
                    // Lists have columns of their own, and on a small page captions begin with
                    // their pictures.
                    let is_free = page.has_page_links() || trim == "5 x 8 in";
                    for run in texts.filter(|run| run.passage.number > 0 && !is_free) {
                        assert!(is_on(&lefts, run.passage.left), "{what}: {}", run.text);
                    }
                }
                assert!(seen >= 3, "{design} {trim}");
            }
        }
    }
}

#[test]
fn a_photo_that_faces_a_title_begins_where_the_title_begins() {
    let mut seen = 0;
    for design in ["classic", "modern", "album", "newspaper"] {
        for trim in TRIMS {
            let cases = [
                ((90, 60), "en", "list"),
                ((60, 90), "de", "thumbnails"),
                ((90, 60), "ar", "thumbnails"),
            ];
            for (shape, language, list) in cases {
                // On the first pages, a text, then a photo before a chapter and before the list.
                let manifest = format!(
                    "title: Winter Road\nlanguage: {language}\ndesign: {design}\npages:\n  - text: \"# One\"\n  \
                     - {{ photo: a.jpg, alt: A }}\n  - text: \"# Two\"\n  - {{ photo: a.jpg, alt: A, side: \
                     verso, caption: Boats }}\nprint: {{ trim: {trim}, list-of-plates: {list} }}\n"
                );
                let fixture = BookFixture::new(&manifest).photo("a.jpg", shape.0, shape.1);
                let book = fixture.load().book.unwrap();
                let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
                for spread in pages.pages[1..].chunks(2) {
                    let [verso, recto] = spread else { continue };
                    let heading = runs(recto).into_iter().find(|run| {
                        let kind = run.element.as_ref().map(|element| element.kind);
                        kind == Some(StructureKind::Heading(1))
                    });
                    let (Some(heading), [photo]) = (heading, &framed(verso, &pages)[..]) else {
                        continue;
                    };
                    let what = format!("{design} {trim} {shape:?} {language}");
                    let line = rules(recto).into_iter().map(|rule| rule.rect.y).min();
                    let capitals = heading.origin.y - heading.size.scale(66, 100);
                    let top = line.unwrap_or(capitals);
                    // One that is far away, or too high to move down, stays where it is.
                    let apart = (photo.y - top).abs();
                    let is_high = photo.height * 2 > grid.trim.height;
                    let is_far = !grid.style.titles.at_head && apart * 8 > grid.trim.height;
                    assert!(apart <= Length::mm(1) || is_high || is_far, "{what}: {apart:?}");
                    seen += usize::from(apart <= Length::mm(1));
                }
            }
        }
    }
    assert!(seen >= 40, "{seen}");
}

#[test]
fn a_text_with_a_photo_that_faces_a_title_stays_on_its_lines() {
    let prose = "The road goes on along the coast, past the last house and the first field. ";
    let mut seen = 0;
    for design in ["classic", "modern", "album", "newspaper"] {
        for trim in ["210 x 210 mm", "5 x 8 in"] {
            for count in [10, 20, 30] {
                let manifest = format!(
                    "title: Winter Road\ndesign: {design}\nprint: {{ trim: {trim} }}\npages:\n  - text: one.md\n  \
                     - text: \"# Two\"\n"
                );
                let text = format!(
                    "# One\n\n{}\n\n![A](a.jpg)\n\n{}\n",
                    prose.repeat(count),
                    prose.repeat(4)
                );
                let fixture = BookFixture::new(&manifest).file("one.md", text);
                let book = fixture.photo("a.jpg", 144, 60).load().book.unwrap();
                let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
                let before = pages.bookmarks[1].page - 1;
                let page = &pages.pages[before];
                if framed(page, &pages).len() != 1 {
                    continue;
                }
                let size = grid.size_of(&grid.style.text_styles.text);
                for run in of_kind(page, PassageKind::Text) {
                    if run.size == size {
                        let below = (run.origin.y - grid.baseline(0)).to_emu();
                        assert_eq!(below % grid.leading.to_emu(), 0, "{design} {trim} {count}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn short_captions_between_the_edge_of_the_page_and_their_picture_are_straight_at_the_picture() {
    for language in LANGUAGES {
        let from_right = Grid::for_book(&book("modern", "a4-landscape", language)).binding_right;
        let mut seen = 0;
        for page in &laid_out(&book("modern", "a4-landscape", language)).pages {
            let caption = of_kind(page, PassageKind::Caption);
            let Some(Item::Picture(placed)) =
                page.items.iter().find(|item| matches!(item, Item::Picture(_)))
            else {
                continue;
            };
            // By baseline: the end of the line that is next to the picture.
            let mut ends: BTreeMap<Length, Length> = BTreeMap::new();
            for run in &caption {
                let (left, right) = (run.origin.x, run.origin.x + run.width());
                let end = if from_right { -left } else { right };
                let known = ends.entry(run.origin.y).or_insert(end);
                *known = end.max(*known);
            }
            let picture = if from_right { -placed.frame.right() } else { placed.frame.x };
            let is_before = ends.values().all(|end| *end <= picture);
            if (2..=6).contains(&ends.len()) && is_before {
                let (least, most) = (ends.values().min().unwrap(), ends.values().max().unwrap());
                // Punctuation hangs.
                assert!(
                    *most - *least < caption[0].size,
                    "{} {}: {ends:?}",
                    language.0,
                    page.folio
                );
                seen += 1;
            }
        }
        assert!(seen > 0, "{}", language.0);
    }
}

#[test]
fn no_text_of_a_bundled_design_leaves_the_page_or_covers_a_picture() {
    for language in LANGUAGES {
        for trim in TRIMS {
            for design in manifest::bundled_designs() {
                let book = book(design, trim, language);
                let pages = laid_out(&book);
                assert_eq!(pages.overset, [], "{design} {trim} {}", language.0);
                for page in &pages.pages {
                    for run in runs(page) {
                        let what = format!("{design} {trim} {}: {}", page.folio, run.text);
                        let right = run.origin.x + run.width();
                        // Punctuation hangs into the margin.
                        let hangs = run.size;
                        assert!(
                            run.origin.x >= -hangs && right <= pages.trim.width + hangs,
                            "{what}"
                        );
                        assert!(run.origin.y < pages.trim.height, "{what}");
                        let middle = run.origin.y - run.size / 3;
                        let covers = |clip: &&Rect| {
                            clip.y < middle
                                && middle < clip.bottom()
                                && run.origin.x < clip.right()
                                && right > clip.x
                        };
                        assert!(!framed(page, &pages).iter().any(covers), "{what} is on a picture");
                    }
                }
            }
        }
    }
}

#[test]
fn folios_are_at_the_outer_edge_in_all_bundled_designs() {
    for language in [LANGUAGES[0], LANGUAGES[1]] {
        for design in manifest::bundled_designs() {
            let book = book(design, "210 x 210 mm", language);
            let pages = laid_out(&book);
            let grid = Grid::for_book(&book);
            let mut seen = 0;
            for page in &pages.pages {
                let inside = grid.inside(page.side);
                for run in of_kind(page, PassageKind::Folio) {
                    seen += 1;
                    let (left, right) = (run.origin.x - inside.x, inside.right() - run.origin.x);
                    let is_left = left < right - run.width();
                    assert_eq!(
                        is_left,
                        !grid.bind_edge_is_left(page.side),
                        "{design} {}",
                        page.folio
                    );
                    let distance = if is_left { left } else { right - run.width() };
                    assert!(
                        distance.to_emu().abs() < Length::mm(1).to_emu(),
                        "{design} {distance}"
                    );
                    assert!(run.origin.y > inside.bottom());
                }
            }
            assert!(seen >= 3, "{design}");
        }
    }
}

#[test]
fn running_heads_are_only_on_pages_that_have_folios() {
    let with_heads = |heads: &str| {
        let mut book = book("mine.yaml", "210 x 210 mm", LANGUAGES[0]);
        book.title = "Winter Road".into();
        book.design.style.heads = match heads {
            "chapter" => recto::model::Heads::Chapter,
            "title" => recto::model::Heads::Title,
            _ => recto::model::Heads::None,
        };
        laid_out(&book)
    };
    let heads_of = |page: &Page| -> String {
        of_kind(page, PassageKind::RunningHead).iter().map(|run| &*run.text).collect()
    };
    assert!(with_heads("none").pages.iter().all(|page| heads_of(page).is_empty()));
    let pages = with_heads("chapter");
    let mut seen = 0;
    for page in &pages.pages {
        let head = heads_of(page);
        if of_kind(page, PassageKind::Folio).is_empty() {
            assert_eq!(head, "", "page {}", page.folio);
            continue;
        }
        seen += 1;
        let expected = if page.side == Side::Verso { "Winter Road" } else { "Before Noon" };
        assert_eq!(head, expected, "page {}", page.folio);
        for run in of_kind(page, PassageKind::RunningHead) {
            assert!(run.element.is_none() && run.letters.tracking > Length::ZERO);
            assert!(
                run.origin.y < Grid::for_book(&book("classic", "a5", LANGUAGES[0])).trim.height
            );
        }
    }
    assert!(seen >= 4);
    let pages = with_heads("title");
    for page in pages.pages.iter().filter(|page| page.side == Side::Recto) {
        assert_eq!(heads_of(page), "");
    }
    assert!(pages.pages.iter().any(|page| heads_of(page) == "Winter Road"));
}

#[test]
fn endpapers_are_a_coloured_leaf_at_both_ends() {
    let ink = Ink { c: 10, m: 45, y: 55, k: 30 };
    let plain = laid_out(&book("classic", "210 x 210 mm", LANGUAGES[0]));
    let mut with = book("classic", "210 x 210 mm", LANGUAGES[0]);
    with.design.style.endpapers = Some(ink);
    let pages = laid_out(&with);
    assert_eq!(pages.pages.len(), plain.pages.len() + 4);
    assert_eq!(pages.pages.len() % 2, 0);
    let count = pages.pages.len();
    for (index, page) in pages.pages.iter().enumerate() {
        let coloured: Vec<&Rule> = rules(page).into_iter().filter(|rule| rule.ink == ink).collect();
        if (2..count - 2).contains(&index) {
            assert!(coloured.is_empty(), "page {index}");
            continue;
        }
        assert_eq!(page.items.len(), 1, "page {index}");
        let rect = coloured[0].rect;
        assert!(rect.x < Length::ZERO && rect.y < Length::ZERO);
        assert!(rect.right() > pages.trim.width && rect.bottom() > pages.trim.height);
    }
    // The chapter is bookmarked on its own page, which is still a recto.
    let chapter = &pages.bookmarks[0];
    assert_eq!(chapter.page, plain.bookmarks[0].page + 2);
    assert_eq!(pages.pages[chapter.page].side, Side::Recto);
    with.print.multiple = 16;
    let pages = laid_out(&with);
    assert_eq!(pages.pages.len() % 16, 0);
    assert!(rules(pages.pages.last().unwrap()).iter().any(|rule| rule.ink == ink));
}

#[test]
fn the_dateline_of_a_text_is_between_its_title_or_deck_and_its_first_paragraph() {
    for design in ["classic", "modern", "exhibition", "album", "newspaper"] {
        for (page, above) in [
            ("chapter: January\n    intro: The road goes on.", "January"),
            ("text: \"# January\\n\\n## Over the ice\\n\\nThe road goes on.\"", "ice"),
            ("part: January\n    intro: The road goes on.", "January"),
        ] {
            let text = format!(
                "title: Winter Road\ndesign: {design}\npages:\n  - {page}\n    dateline: Stavanger, *2026*\n  \
                 - chapter: Other\n"
            );
            let loaded = BookFixture::new(&text).load();
            assert!(!has_errors(&loaded.findings), "{:?}", loaded.findings);
            let book = loaded.book.unwrap();
            let (grid, pages) = (Grid::for_book(&book), laid_out(&book));
            let page = &pages.pages[pages.bookmarks[0].page];
            let of = |words: &str| {
                let run = runs(page).into_iter().find(|run| run.text.contains(words));
                run.unwrap_or_else(|| panic!("{design}: {words} in {}", books::text(page)))
            };
            let dateline = of("Stavanger");
            assert_eq!(dateline.size, grid.size_of(&grid.style.text_styles.place), "{design}");
            assert!(of(above).origin.y < dateline.origin.y, "{design}: {above}");
            assert!(dateline.origin.y < of("road").origin.y, "{design}");
        }
    }
}

#[test]
fn a_panorama_beside_a_high_photo_shares_its_middle() {
    for design in ["classic", "album", "modern"] {
        for trim in ["210 x 210 mm", "a4", "5 x 8 in"] {
            let manifest = format!(
                "title: Winter Road\ndesign: {design}\nprint: {{ trim: {trim} }}\npages:\n  - {{ photo: a.jpg, alt: A, \
                 side: verso, keep-with-next: true }}\n  - {{ photo: b.jpg, alt: B }}\n"
            );
            let fixture = BookFixture::new(&manifest).photo("a.jpg", 180, 60);
            let book = fixture.photo("b.jpg", 60, 120).load().book.unwrap();
            let pages = laid_out(&book);
            let frames: Vec<Rect> = pages.pictures().map(|placed| placed.frame).collect();
            let [panorama, high] = frames[..] else { panic!("{frames:?}") };
            let middle = |frame: Rect| frame.y + frame.height / 2;
            let apart = (middle(panorama) - middle(high)).abs();
            assert!(apart < Length::mm(1), "{design} {trim}: {apart:?}");
        }
    }
}

#[test]
fn a_photo_that_faces_a_title_at_the_head_begins_where_that_begins() {
    for design in ["modern", "newspaper"] {
        for trim in TRIMS {
            let manifest = format!(
                "title: Winter Road\ndesign: {design}\nfrontispiece: {{ photo: a.jpg, alt: A }}\n\
                 print: {{ trim: {trim} }}\npages:\n  - chapter: January\n    photo: a.jpg\n    \
                 alt: A\n    intro: The ice came early.\n  - {{ photo: a.jpg, alt: A }}\n"
            );
            let book = BookFixture::new(&manifest).photo("a.jpg", 90, 60).load().book.unwrap();
            let pages = laid_out(&book);
            let top_of_title = |page: &Page| {
                let capitals = runs(page).into_iter().map(|run| run.origin.y - run.size * 7 / 10);
                let rules = rules(page).into_iter().map(|rule| rule.rect.y);
                capitals.chain(rules).min().unwrap()
            };
            let mut found = 0;
            for facing in pages.pages[1..].chunks(2) {
                let [verso, recto] = facing else { continue };
                let titles = ["Winter Road", "January"];
                let [photo] = framed(verso, &pages)[..] else { continue };
                if !titles.iter().any(|title| books::text(recto).contains(title)) {
                    continue;
                }
                found += 1;
                let apart = (photo.y - top_of_title(recto)).abs();
                assert!(apart <= Length::milli_pt(2_500), "{design}, {trim}: {apart:?}");
            }
            assert!(found >= 1, "{design}, {trim}");
        }
    }
}

#[test]
fn a_long_running_head_is_shortened_at_the_end_of_a_word() {
    let title = "The road along the coast past the last house ".repeat(5);
    let manifest = format!(
        "title: Winter Road\ndesign: newspaper\npages:\n  - chapter: {title}\n  - {{ photo: a.jpg, alt: A }}\n  \
         - {{ photo: a.jpg, alt: B }}\n  - {{ photo: a.jpg, alt: C }}\n"
    );
    let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
    let pages = laid_out(&fixture.load().book.unwrap());
    let rectos = pages.pages.iter().filter(|page| page.side == Side::Recto);
    let heads: Vec<String> = rectos
        .map(|page| {
            let runs = of_kind(page, PassageKind::RunningHead);
            runs.iter().map(|run| run.text.as_ref()).collect::<String>()
        })
        .filter(|head| !head.is_empty())
        .collect();
    let [head] = &heads[..] else { panic!("{heads:?}") };
    let kept = head.strip_suffix('…').unwrap();
    assert!(kept.len() > 40 && title.starts_with(&format!("{kept} ")), "{head}");
}

#[test]
fn a_colophon_takes_no_page_for_its_last_lines() {
    let words = "Set in Source Serif and printed on a paper that is as white as snow. ";
    let with = |count: usize| {
        let manifest = format!(
            "title: Winter Road\ndesign: exhibition\npages:\n  - {{ photo: a.jpg, alt: A }}\n  - text: \"# Colophon\\n\\n{}\"\n",
            words.repeat(count)
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 90, 60);
        let pages = laid_out(&fixture.load().book.unwrap());
        let size_of_text = |page: &Page| {
            let runs = of_kind(page, PassageKind::Text).into_iter();
            runs.filter(|run| run.text.contains("paper")).map(|run| run.size).next()
        };
        pages.pages.iter().filter_map(size_of_text).collect::<Vec<Length>>()
    };
    let sizes: Vec<Vec<Length>> = (20..60).map(with).collect();
    // Just before it needs another page, its type is smaller; on two pages, it has its usual size.
    let last = sizes.iter().rposition(|pages| pages.len() == 1).unwrap();
    assert!(sizes[last][0] < sizes[0][0]);
    assert!(sizes[last][0].scale(100, 89) > sizes[0][0]);
    assert_eq!(sizes.last().unwrap()[0], sizes[0][0]);
}

#[test]
fn captions_that_face_their_pictures_are_on_the_axis_of_the_texts() {
    for language in [LANGUAGES[0], LANGUAGES[1]] {
        for trim in TRIMS {
            let book = book("exhibition", trim, language);
            let (pages, grid) = (laid_out(&book), Grid::for_book(&book));
            let mut seen = 0;
            for page in &pages.pages {
                let captions = of_kind(page, PassageKind::Caption);
                let (left, right) = (grid.column_left(page.side), grid.measure);
                let (edge, end) = if grid.binding_right {
                    let right = left + right;
                    (right, captions.iter().map(|run| run.origin.x + run.width()).max())
                } else {
                    (left, captions.iter().map(|run| run.origin.x).min())
                };
                let Some(end) = end else { continue };
                seen += 1;
                assert!((end - edge).abs() < Length::mm(1), "{trim}: {end} {edge}");
            }
            assert!(seen >= 3, "{trim}");
        }
    }
}

#[test]
fn the_place_of_an_album_is_neither_bolder_nor_larger_than_the_caption() {
    for design in ["album", "exhibition"] {
        for language in [LANGUAGES[0], LANGUAGES[1]] {
            let book = book(design, "210 x 210 mm", language);
            let styles = &book.design.style.text_styles;
            assert!(styles.place.size <= styles.caption.size, "{design}");
            assert_eq!(styles.place.weight, styles.caption.weight, "{design}");
        }
    }
    // Where it has no small capitals, its colour tells it from the caption.
    for (place, is_secondary) in [("Bergen", false), ("بيرغن", true), ("부산", true)] {
        let text = format!(
            "title: Harbour\nlanguage: en\ndesign: album\npages:\n  - {{ photo: a.jpg, alt: Boats., \
             caption: Boats., place: {place} }}\n"
        );
        let fixture = BookFixture::new(&text).photo("a.jpg", 90, 60);
        let book = fixture.load().book.unwrap();
        let pages = laid_out(&book);
        let captions = pages.pages.iter().flat_map(|page| of_kind(page, PassageKind::Caption));
        let inks: Vec<Ink> = captions.map(|run| run.ink).collect();
        assert_eq!(inks[0] != book.design.style.ink, is_secondary, "{place}: {inks:?}");
    }
}

#[test]
fn an_album_has_the_place_and_the_date_above_the_caption() {
    let book = book("album", "210 x 210 mm", LANGUAGES[0]);
    let pages = laid_out(&book);
    let plates = pages.pages.iter().filter(|page| !framed(page, &pages).is_empty());
    let mut seen = 0;
    for page in plates {
        let find =
            |words: &str| runs(page).into_iter().find(|run| run.text.contains(words)).unwrap();
        let (place, caption) = (find("2026"), find("harbour"));
        assert!(place.origin.y < caption.origin.y);
        assert!(place.letters.features.contains(&(*b"smcp", 1)), "{:?}", place.letters);
        assert!(!caption.letters.features.contains(&(*b"smcp", 1)), "{:?}", caption.letters);
        seen += 1;
    }
    assert_eq!(seen, 4);
}

#[test]
fn the_catalogue_has_the_number_the_place_the_date_and_the_credit_of_each_plate() {
    let mut book = book("exhibition", "210 x 210 mm", LANGUAGES[0]);
    book.print.list_of_plates = recto::model::ListOfPlates::Catalogue;
    let pages = laid_out(&book);
    let list: Vec<&Page> = pages.pages.iter().rev().filter(|page| page.has_page_links()).collect();
    let list: Vec<&Page> =
        list.into_iter().filter(|page| page.folio.to_string().parse::<u32>().is_ok()).collect();
    let text: String = list.iter().rev().map(|page| books::text(page)).collect();
    for words in ["Bergen", "Oslo", "12 January 2026", "Ada Field", "harbour"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let numbers = list.iter().flat_map(|page| runs(page)).filter(|run| {
        run.text.trim().parse::<u32>().is_ok() && run.passage.kind != PassageKind::Folio
    });
    assert!(numbers.count() >= 5, "{text}");
    let links: usize = list.iter().map(|page| page.links.len()).sum();
    assert_eq!(links, 5);
}

#[test]
fn a_caption_below_its_picture_begins_where_the_picture_begins() {
    for design in ["album", "classic", "modern"] {
        for trim in TRIMS {
            for language in LANGUAGES {
                let book = book(design, trim, language);
                let pages = laid_out(&book);
                let is_rtl = book.language.is_right_to_left();
                for page in &pages.pages {
                    let [clip] = framed(page, &pages)[..] else { continue };
                    let captions = of_kind(page, PassageKind::Caption);
                    let below = captions.into_iter().filter(|run| run.origin.y > clip.bottom());
                    let starts = below.map(|run| {
                        if is_rtl { -(run.origin.x + run.width()) } else { run.origin.x }
                    });
                    let Some(start) = starts.min() else { continue };
                    let edge = if is_rtl { -clip.right() } else { clip.x };
                    let what = format!("{design}, {trim}, {}", language.0);
                    assert!((start - edge).abs() < Length::mm(1), "{what}: {start:?} {edge:?}");
                }
            }
        }
    }
}

/// A book with so many plates and a list of them.
fn listed(trim: &str, list: recto::model::ListOfPlates, plates: usize, caption: &str) -> Pages {
    let mut text =
        format!("title: Noon\nlanguage: en\ndesign: classic\nprint: {{ trim: {trim} }}\npages:\n");
    for _ in 0..plates {
        let _ = writeln!(text, "  - {{ photo: a.jpg, alt: Boats., caption: \"{caption}\" }}");
    }
    let fixture = BookFixture::new(&text).photo("a.jpg", 90, 60);
    let mut book = fixture.load().book.unwrap();
    book.print.list_of_plates = list;
    laid_out(&book)
}

#[test]
fn a_catalogue_has_two_columns_on_wide_pages_and_fills_its_pages() {
    for (trim, columns) in [("a4-landscape", 2), ("a4", 1)] {
        let caption = "The harbour before the first boat goes out to sea.";
        let pages = listed(trim, recto::model::ListOfPlates::Catalogue, 40, caption);
        let lists: Vec<&Page> = pages.pages.iter().filter(|page| page.has_page_links()).collect();
        for page in &lists {
            let mut lefts: Vec<Length> = page.links.iter().map(|link| link.rect.x).collect();
            lefts.dedup();
            assert_eq!(lefts.len(), columns, "{trim}");
        }
        let counts: Vec<usize> = lists.iter().map(|page| page.links.len()).collect();
        assert_eq!(counts.iter().sum::<usize>(), 40);
        // A page is full before the next one begins; the columns of the last are equally high.
        assert!(counts.windows(2).all(|pair| pair[0] >= pair[1]), "{trim}: {counts:?}");
        let last = lists[lists.len() - 1];
        let left = last.links[0].rect.x;
        let of_first = last.links.iter().filter(|link| link.rect.x == left).count();
        let others = last.links.len() - of_first;
        assert!(columns == 1 || of_first.abs_diff(others) <= 1, "{trim}: {of_first}, {others}");
        assert!(last.links.len() > 2, "{trim}: {counts:?}");
    }
}

#[test]
fn thumbnails_fill_their_pages_evenly_and_their_captions_have_at_most_four_lines() {
    let caption = "The harbour before noon. ".repeat(30);
    for trim in ["210 x 210 mm", "a4", "a4-landscape"] {
        let pages = listed(trim, recto::model::ListOfPlates::Thumbnails, 12, caption.trim());
        let lists: Vec<&Page> = pages.pages.iter().filter(|page| page.has_page_links()).collect();
        let counts: Vec<usize> = lists.iter().map(|page| page.links.len()).collect();
        assert!(counts.iter().all(|count| *count == counts[0]), "{trim}: {counts:?}");
        for page in lists {
            let of_first = |run: &&GlyphRun| {
                let at = run.origin;
                let area = page.links[0].rect;
                at.x >= area.x && at.x < area.right() && at.y > area.bottom()
            };
            let all = runs(page);
            let next =
                page.links.iter().map(|link| link.rect.y).find(|y| *y > page.links[0].rect.y);
            let mut lines: Vec<Length> =
                all.iter().copied().filter(of_first).map(|run| run.origin.y).collect();
            lines.retain(|y| next.is_none_or(|next| *y < next) && *y < pages.trim.height * 9 / 10);
            lines.dedup();
            assert!((1..=4).contains(&lines.len()), "{trim}: {lines:?}");
        }
    }
}

#[test]
fn no_caption_of_a_thumbnail_ends_with_a_line_of_one_word() {
    let words =
        "The harbour before the first boat goes out to sea in the early light of a winter day";
    let words: Vec<&str> = words.split(' ').collect();
    let mut lines_seen = 0;
    for count in 4..=words.len() {
        let caption = format!("{}.", words[..count].join(" "));
        let pages = listed("210 x 210 mm", recto::model::ListOfPlates::Thumbnails, 4, &caption);
        let list = pages.pages.iter().find(|page| page.has_page_links()).unwrap();
        let area = list.links[0].rect;
        let mut ends: BTreeMap<Length, Length> = BTreeMap::new();
        for run in runs(list) {
            let is_of_first = (area.x..area.right()).contains(&run.origin.x);
            if is_of_first && run.origin.y > area.bottom() && !run.text.trim().is_empty() {
                let end = ends.entry(run.origin.y).or_default();
                *end = (*end).max(run.origin.x + run.width() - area.x);
            }
        }
        let lines: Vec<Length> = ends.into_values().take(4).collect();
        let longest = lines.iter().max().unwrap();
        let last = lines.last().unwrap();
        lines_seen = lines_seen.max(lines.len());
        assert!(*last * 2 >= *longest, "{caption}: {lines:?}");
    }
    assert!(lines_seen > 2, "{lines_seen}");
}

#[test]
fn thumbnails_have_whole_captions_of_more_lines_or_else_whole_sentences() {
    let sentence = "The harbour before noon, when the boats are out on the sea and nobody is there";
    for (caption, shown) in [
        (format!("{sentence}, except for two dogs and the heron on its pole."), "on its pole"),
        (format!("{sentence}. {}", "They come back late. ".repeat(12).trim()), "nobody is there"),
    ] {
        let pages = listed("210 x 210 mm", recto::model::ListOfPlates::Thumbnails, 8, &caption);
        let list = pages.pages.iter().find(|page| page.has_page_links()).unwrap();
        let text = books::text(list).split_whitespace().collect::<Vec<_>>().join(" ");
        let ends = text.matches(shown).count();
        assert_eq!(ends, 8, "{text}");
        assert!(!text.contains('…') && !text.contains("late They"), "{text}");
    }
}

#[test]
fn captions_of_thumbnails_end_with_a_clause_before_they_have_an_ellipsis() {
    let long =
        "the boats of the harbour and of the landing behind it were out on the sea ".repeat(8);
    let without_clause = long.trim();
    for (caption, shown, ellipses) in [
        (format!("The harbour before noon, while {long}"), "The harbour before noon", 0),
        (format!("The harbour before noon ({})", long.trim()), "The harbour before noon", 0),
        (format!("St. Mary’s, before Dr. J. Wolf came; {long}"), "before Dr. J. Wolf came", 0),
        (without_clause[..120].trim().to_owned(), &without_clause[110..120], 0),
        (without_clause.to_owned(), "the boats of the harbour", 12),
    ] {
        for trim in ["210 x 210 mm", "a4", "a4-landscape", "5 x 8 in"] {
            let pages = listed(trim, recto::model::ListOfPlates::Thumbnails, 12, &caption);
            let lists = pages.pages.iter().filter(|page| page.has_page_links());
            let text: Vec<String> = lists.map(books::text).collect();
            let text = text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(text.matches('…').count(), ellipses, "{trim}: {text}");
            assert!(text.matches(shown.trim()).count() >= 12, "{trim}: {text}");
            assert!(ellipses > 0 || !text.contains("while"), "{trim}: {text}");
        }
    }
}

#[test]
fn a_list_of_a_thin_book_begins_on_any_page() {
    for plates in [5, 6] {
        let pages = listed("a4", recto::model::ListOfPlates::List, plates, "Boats.");
        let list = pages.pages.iter().position(Page::has_page_links).unwrap();
        let before = &pages.pages[list - 1];
        assert!(!before.items.is_empty(), "{plates}: a blank page before the list");
    }
}

#[test]
fn nearly_equal_heights_on_columns_become_equal_and_others_share_the_foot() {
    // The sizes of two photos, and whether they share both lines.
    for (one, other, is_alike) in [((160, 120), (80, 120), true), ((150, 100), (100, 125), false)] {
        let mut manifest = String::from(
            "title: Winter Road\ndesign: modern\nprint: { trim: a4-landscape }\npages:\n",
        );
        for name in ["a", "b"] {
            let side = if name == "a" { ", side: verso" } else { "" };
            writeln!(manifest, "  - {{ photo: {name}.jpg, alt: A{side} }}").unwrap();
        }
        let fixture = BookFixture::new(&manifest).photo("a.jpg", one.0, one.1);
        let book = fixture.photo("b.jpg", other.0, other.1).load().book.unwrap();
        let frames: Vec<Rect> = laid_out(&book).pictures().map(|placed| placed.frame).collect();
        let [left, right] = frames[..] else { panic!("{frames:?}") };
        let near = |from: Length, to: Length| (from - to).abs() < Length::mm(1) / 10;
        assert!(near(left.bottom(), right.bottom()), "{left:?} {right:?}");
        assert_eq!(near(left.y, right.y), is_alike, "{left:?} {right:?}");
    }
}

#[test]
fn a_long_caption_in_a_narrow_column_is_below_its_picture_if_there_is_room() {
    // Whether the caption of so many sentences begins beside its picture.
    let is_beside = |sentences: usize| {
        let caption = "The road goes on along the coast, past the last house. ".repeat(sentences);
        let manifest = format!(
            "title: Winter Road\ndesign: modern\npages:\n  - photo: a.jpg\n    alt: A\n    \
             caption: {caption}\n"
        );
        let book = BookFixture::new(&manifest).photo("a.jpg", 90, 90).load().book.unwrap();
        let pages = laid_out(&book);
        let page = pages.pages.iter().find(|page| !framed(page, &pages).is_empty()).unwrap();
        let frame = framed(page, &pages)[0];
        let caption = of_kind(page, PassageKind::Caption);
        let start = caption.iter().map(|run| run.origin.y).min().unwrap();
        start <= frame.bottom()
    };
    assert!(is_beside(1));
    assert!(!is_beside(6));
}

#[test]
fn facing_pictures_on_columns_share_a_line_or_differ_clearly() {
    for trim in TRIMS {
        for language in LANGUAGES {
            let book = book("modern", trim, language);
            let pages = laid_out(&book);
            let grid = Grid::new(&book.design.style, pages.trim, None, pages.binding_right);
            for pair in pages.pages[1..].chunks(2) {
                let [verso, recto] = pair else { continue };
                let ([one], [other]) = (&framed(verso, &pages)[..], &framed(recto, &pages)[..])
                else {
                    continue;
                };
                let apart = |from: Length, to: Length| (from - to).abs();
                let tops = apart(one.y, other.y);
                let least = pages.trim.height / 20;
                let shares = tops < Length::mm(1) / 10
                    || apart(one.bottom(), other.bottom()) < Length::mm(1) / 10;
                assert!(shares || tops >= least, "{trim}: {one:?} {other:?}");
            }
            for page in &pages.pages {
                for clip in framed(page, &pages) {
                    let inside = grid.inside(page.side);
                    let edges = [clip.x - inside.x, clip.right() - inside.right()];
                    assert!(edges.iter().any(|it| it.to_emu().abs() <= 20), "{trim}: {clip:?}");
                }
            }
        }
    }
}
