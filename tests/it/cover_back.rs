//! The text on the back of the cover: its lines, its edges, and where it begins.

use recto::build::{PrintedCover, Project, ProjectOptions};
use recto::model::{GlyphRun, Item, Length, Rect, Rule, Turn};

use crate::support::fixture::BookFixture;

const DESIGNS: [&str; 5] = ["classic", "modern", "exhibition", "album", "newspaper"];
const TRIMS: [&str; 4] = ["210 x 210 mm", "a4", "a4-landscape", "5 x 8 in"];
const UPRIGHT: (u16, u16) = (600, 900);
const WIDE: (u16, u16) = (900, 600);
const SENTENCE: &str = "A road that goes on along the coast, past the last house.";
const GERMAN: &str = "Einhundertzwölf Parzellen hinter einer Schallschutzwand: Vierundsiebzig Jahre nach der \
                      ersten Ernte hat Johanna Wannenmacher die Kleingartenanlage Abendfrieden ein Jahr lang \
                      jeden Sonntag besucht und dort ein Buch über Geduld geschrieben, das als Buch über \
                      Stachelbeeren verkleidet ist.";

/// A cover with a text on the back.
struct Cover<'a> {
    design: &'a str,
    trim: &'a str,
    language: &'a str,
    /// The size of the photo on the front.
    photo: Option<(u16, u16)>,
    text: &'a str,
    /// More under `cover`.
    more: &'a str,
    /// What is under `print.cover`.
    print: &'a str,
}

const COVER: Cover<'_> = Cover {
    design: "classic",
    trim: "210 x 210 mm",
    language: "en",
    photo: Some(UPRIGHT),
    text: SENTENCE,
    more: "",
    print: "spine: 9 mm, barcode: { isbn: isbn:9780306406157 }",
};

impl Cover<'_> {
    fn test(&self, test: impl FnOnce(&PrintedCover)) {
        let Self { design, trim, language, photo, text, more, print } = self;
        let front = if photo.is_some() { "photo: a.jpg, alt: A road., " } else { "" };
        let manifest = format!(
            "title: The Winter Road to the Last House\nsubtitle: From the harbour to the last house on the coast\nlanguage: {language}\ndesign: {design}\npublisher: Coast Press\n\
             creators: [{{ name: Ada Field, role: photographer }}]\ncover: {{ {front}back: {{ text: \
             \"{text}\" }}{more} }}\nprint:\n  trim: {trim}\n  cover: {{ {print} }}\npages:\n  - {{ photo: \
             b.jpg, alt: A road. }}\n"
        );
        let (width, height) = photo.unwrap_or(WIDE);
        let fixture = BookFixture::new(&manifest);
        let fixture = fixture.photo("a.jpg", width, height).photo("b.jpg", 90, 60);
        let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
        test(loaded.project.expect("a project").cover().unwrap());
    }
}

/// A line of text.
#[derive(Debug)]
struct TextLine {
    text: String,
    area: Rect,
}

/// The lines of this panel without those of the barcode, from the top down.
fn lines(cover: &PrintedCover, panel: Rect) -> Vec<TextLine> {
    let is_on = |run: &&GlyphRun| {
        let middle = run.origin.x + run.width() / 2;
        let is_of_barcode =
            run.text.contains("ISBN") || run.text.contains(|it: char| it.is_ascii_digit());
        let is_on_panel = (panel.x..panel.right()).contains(&middle);
        run.turn == Turn::Upright && is_on_panel && !is_of_barcode
    };
    let mut runs: Vec<_> = cover.pages.runs().filter(is_on).collect();
    runs.sort_by_key(|run| (run.origin.y, run.origin.x));
    let of_line = runs.chunk_by(|one, other| one.origin.y == other.origin.y);
    let line = |runs: &[&GlyphRun]| {
        let left = runs.iter().map(|run| run.origin.x).min().unwrap();
        let right = runs.iter().map(|run| run.origin.x + run.width()).max().unwrap();
        let up = runs[0].size.scale(66, 100);
        let area = Rect { x: left, y: runs[0].origin.y - up, width: right - left, height: up };
        TextLine { text: runs.iter().map(|run| &*run.text).collect(), area }
    };
    of_line.map(line).collect()
}

/// The lines of the text on the back, and that of the publisher.
fn back(cover: &PrintedCover) -> (Vec<TextLine>, TextLine) {
    let mut lines = lines(cover, cover.sheet.back_board());
    let publisher = lines.pop().expect("a publisher");
    (lines, publisher)
}

fn rules(cover: &PrintedCover, panel: Rect) -> impl Iterator<Item = Rect> {
    cover.pages.pages[0].items.iter().filter_map(move |item| match item {
        Item::Rule(Rule { rect, .. }) if panel.contains(rect) => Some(*rect),
        _ => None,
    })
}

fn photo_of_front(cover: &PrintedCover) -> Option<Rect> {
    cover.pages.pages[0].items.iter().find_map(|item| match item {
        Item::Picture(placed) => Some(placed.clip),
        _ => None,
    })
}

/// The left and the right edge of the bars.
fn bars(cover: &PrintedCover) -> [Length; 2] {
    let is_bar = |rect: &Rect| rect.width < Length::mm(2) && rect.height > Length::mm(8);
    let bars: Vec<_> = rules(cover, cover.sheet.back_board()).filter(is_bar).collect();
    [bars.iter().map(|it| it.x).min().unwrap(), bars.iter().map(Rect::right).max().unwrap()]
}

fn is_near(one: Length, other: Length) -> bool {
    (one - other).abs() < Length::mm(1)
}

/// Whether lines other than the last of a paragraph end at one edge, where punctuation may hang.
fn is_justified(lines: &[TextLine]) -> bool {
    let ends = || lines[..lines.len() - 1].iter().map(|line| line.area.right());
    ends().max().unwrap() - ends().min().unwrap() < Length::mm(2)
}

#[test]
fn text_on_the_back_is_ragged_and_its_words_are_whole_in_all_designs() {
    for design in DESIGNS {
        for trim in TRIMS {
            let cover = Cover { design, trim, language: "de", text: GERMAN, ..COVER };
            cover.test(|cover| {
                let (lines, _) = back(cover);
                assert!(lines.len() > 2, "{design}, {trim}: {lines:?}");
                assert!(!is_justified(&lines), "{design}, {trim}: {lines:?}");
                let words: Vec<_> = GERMAN.split(' ').collect();
                for line in &lines {
                    let last = line.text.split_whitespace().next_back().unwrap();
                    assert!(words.contains(&last), "{design}, {trim}: {line:?}");
                }
            });
        }
    }
}

#[test]
fn text_on_flaps_is_ragged_however_wide_they_are() {
    for flap in ["98 mm", "130 mm"] {
        let more = format!(", flaps: {{ front: '{GERMAN}' }}");
        let print = format!("spine: 9 mm, binding: jacket, flap: {flap}");
        Cover { language: "de", more: &more, print: &print, ..COVER }.test(|cover| {
            let lines = lines(cover, cover.sheet.front_flap.unwrap());
            assert!(lines.len() > 4 && !is_justified(&lines), "{flap}: {lines:?}");
        });
    }
}

#[test]
fn chinese_and_japanese_text_on_the_back_is_justified_as_on_pages() {
    let text = "冬の道は海に沿って続き、最後の家を過ぎてもまだ先へ延びている。".repeat(6);
    for language in ["zh", "ja"] {
        Cover { language, text: &text, ..COVER }.test(|cover| {
            let (lines, _) = back(cover);
            assert!(lines.len() > 3 && is_justified(&lines), "{language}: {lines:?}");
        });
    }
}

#[test]
fn a_word_on_the_back_is_divided_where_its_line_would_have_a_hole() {
    let long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente";
    let text = format!("Sie bekam eine sehr kleine {long} und ging.");
    let cover = Cover { trim: "5 x 8 in", language: "de", text: &text, ..COVER };
    cover.test(|cover| {
        let (lines, _) = back(cover);
        assert!(!lines.iter().any(|line| line.text.contains(long)), "{lines:?}");
        let widest = lines.iter().map(|line| line.area.width).max().unwrap();
        assert!(lines[0].area.width * 3 > widest * 2, "{lines:?}");
    });
}

#[test]
fn a_short_paragraph_on_the_back_does_not_end_in_a_single_word() {
    // For each length, some word is the first that has no room on the first line.
    for words in 6..24 {
        let text = ["coast"; 24][..words].join(" ");
        Cover { text: &text, ..COVER }.test(|cover| {
            let (lines, _) = back(cover);
            let [first, .., last] = &lines[..] else { return };
            if lines.len() < 4 {
                assert!(last.area.width * 3 > first.area.width, "{words}: {lines:?}");
            }
        });
    }
}

#[test]
fn a_text_without_a_photo_begins_in_the_upper_half_at_a_line_of_the_front() {
    let medium = [SENTENCE; 6].join(" ");
    for (design, trim) in DESIGNS.iter().flat_map(|design| TRIMS.map(|trim| (*design, trim))) {
        for (photo, text) in [(UPRIGHT, SENTENCE), (WIDE, SENTENCE), (WIDE, &medium)] {
            let name = format!("{design}, {trim}, {photo:?}");
            Cover { design, trim, photo: Some(photo), text, ..COVER }.test(|cover| {
                let (lines, _) = back(cover);
                let (board, top) = (cover.sheet.front_board(), lines[0].area.y);
                assert!(top < board.y + board.height.scale(55, 100), "{name}: {lines:?}");
                let photo = photo_of_front(cover).unwrap();
                // A photo that extends to the edges has no head that the text could share.
                if board.contains(&photo) {
                    assert!(is_near(photo.y, top), "{name}: {photo:?} {lines:?}");
                }
            });
        }
    }
}

#[test]
fn the_back_of_an_album_has_the_edges_of_the_label_mirrored_about_the_spine() {
    let text = [SENTENCE; 3].join(" ");
    for trim in ["8 x 10 in", "210 x 240 mm"] {
        for language in ["en", "ar"] {
            let more = ", focus: [0.5, 0.3]";
            Cover { design: "album", trim, language, text: &text, more, ..COVER }.test(|cover| {
                let (front, back_board) = (cover.sheet.front_board(), cover.sheet.back_board());
                let is_label = |rect: &Rect| {
                    rect.height > Length::mm(20)
                        && rect.width < front.width.scale(85, 100)
                        && rect.x > front.x
                };
                let area = |rect: &Rect| rect.width.to_emu() * (rect.height.to_emu() / 1000);
                let label = rules(cover, front).filter(is_label).max_by_key(area).unwrap();
                let left = back_board.x + (front.right() - label.right());
                let right = left + label.width;
                let (lines, publisher) = back(cover);
                let [bars_left, bars_right] = bars(cover);
                let name = format!("{trim}, {language}: {label:?} {lines:?}");
                // Punctuation may hang at the edge where lines begin.
                let edge = |line: &TextLine| match language {
                    "ar" => line.area.right() - right,
                    _ => line.area.x - left,
                };
                for line in lines.iter().chain([&publisher]) {
                    assert!(edge(line).abs() < Length::mm(2), "{name}");
                }
                let apart = if language == "ar" { bars_left - left } else { right - bars_right };
                assert!(apart.abs() < Length::mm(5), "{name}: {apart}");
            });
        }
    }
}

#[test]
fn the_back_beside_a_narrow_photo_has_the_edge_of_the_nameplate_or_of_all_of_the_front() {
    for (design, trim) in [("newspaper", "a4-landscape"), ("exhibition", "250 x 200 mm")] {
        let photo = Some((300, 700));
        let text = [SENTENCE; 4].join(" ");
        Cover { design, trim, photo, text: &text, ..COVER }.test(|cover| {
            let (front, board) = (cover.sheet.front_board(), cover.sheet.back_board());
            let photo = photo_of_front(cover).unwrap();
            let left = match design {
                "newspaper" => rules(cover, front).map(|it| it.x).min().unwrap() - front.x,
                _ => front.right() - photo.right(),
            };
            let (lines, publisher) = back(cover);
            for line in lines.iter().chain([&publisher]) {
                assert!(is_near(line.area.x - board.x, left), "{design}: {left} {line:?}");
            }
            // The lines are as long as they may be, and longer than the photo is wide.
            let widest = lines.iter().map(|line| line.area.width).max().unwrap();
            assert!(widest > photo.width, "{design}: {photo:?} {lines:?}");
            let characters = lines.iter().map(|line| line.text.chars().count()).max().unwrap();
            assert!(characters > 55, "{design}: {lines:?}");
        });
    }
}
