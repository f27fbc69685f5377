//! The faces of the screen editions: whatever a style asks for is there.

use recto::model::Edition;

use crate::support::cascade::{Face, asked_for, declared};
use crate::support::epub;
use crate::support::fixture::BookFixture;

const DESIGNS: [&str; 5] = ["classic", "modern", "exhibition", "album", "newspaper"];

/// Every kind of text, as far as a book has any of it: the words in every language of a book.
fn manifest(design: &str, texts: &str) -> String {
    format!(
        "title: Winter Road
design: {design}
creators: Ada Field
publisher: North Press
date: 2026
rights: © Ada Field
{texts}"
    )
}

const SPARSE: &str = "pages:
  - { photo: a.jpg, alt: A road. }
";
const CREDITS: &str = "credits: each
pages:
  - { photo: a.jpg, alt: A road., caption: The road., credit: Ada Field }
  - { photo: b.jpg, alt: A quay., place: Nes, taken: 2026 }
";
const FULL: &str = "subtitle: A year
dedication: For *Ida*.
epigraph: \"> The road is long.\\n> — Proverb\"
colophon: true
index: [places, people]
credits: each
pages:
  - text: text.md
  - part: One *and* all
  - { chapter: \"January, **cold** and *white*\", photo: c.jpg, alt: Ice., caption: Ice., credit: Ida, intro: \"Cold. *Very.*\" }
  - { photo: a.jpg, alt: A road., caption: \"The *road* is **icy**.\", credit: Ada, place: Nes, taken: 2026, people: [Ida] }
  - { photo: b.jpg, alt: A quay., caption: A quay., credit: Ida, place: Oslo }
";
const TWO: &str = "subtitle: { en: A year, de: Ein Jahr }
languages-together: [en, de]
dedication: { en: For *Ida*., de: Für *Ida*. }
credits: each
pages:
  - text: { en: \"# Foreword *here*\\n\\nIn *winter*.\", de: \"# Vorwort *hier*\\n\\nIm *Winter*.\" }
  - chapter: { en: January, de: Januar }
    intro: { en: \"Cold, **very**.\", de: \"Kalt, **sehr**.\" }
  - photo: a.jpg
    alt: { en: A road., de: Eine Straße. }
    caption: { en: The *road*., de: Die *Straße*. }
    place: { en: Norway, de: Norwegen }
    taken: 2026
    credit: Ada
";
const TEXT: &str = "# Foreword, *here*

> The road is long.
> — Proverb

Some *emphasis with `code`* and **strong *words* here**.[^1]

## A *second* level

> A quotation.

### A third *level*

#### A fourth

Word
: what it means, *perhaps*

| Trim | *Inner* | Outer | Head | Foot | Bleed |
|---|---|---|---|---|---|
| 120 × 120 and more | 12.6 millimetres | **10.2** | 9 | 14 | 3 |

```verse
A line of *verse*
  and another
```

- An item

[^1]: A *note*.
";

fn fixture(manifest: &str) -> BookFixture {
    BookFixture::new(manifest).small_photos(&["a.jpg", "b.jpg", "c.jpg"]).file("text.md", TEXT)
}

/// What the pages of an edition ask for and its stylesheet does not declare.
fn missing(css: &str, pages: &[&str]) -> Vec<String> {
    let declared = declared(css);
    assert!(!declared.is_empty());
    let asked = pages.iter().flat_map(|page| asked_for(css, page));
    asked
        // There is no such face.
        .filter(|(face, _)| !(face.family == "Source Sans 3" && face.semibold && face.italic))
        .filter(|(face, _)| !declared.contains(face))
        .map(|(face, path)| format!("{face:?} of {path}"))
        .collect()
}

#[test]
fn every_face_that_a_style_asks_for_is_embedded() {
    let mut problems = Vec::new();
    for design in DESIGNS {
        for texts in [SPARSE, CREDITS, FULL, TWO] {
            let files = epub::files(&fixture(&manifest(design, texts)), Edition::Epub);
            let text = |ending: &'static str| {
                let files = files.iter().filter(move |(name, _)| name.ends_with(ending));
                files.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap()).collect::<Vec<_>>()
            };
            let missing = missing(text(".css")[0], &text(".xhtml"));
            problems.extend(missing.iter().map(|face| format!("{design}: {face}")));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_face_that_a_style_asks_for_is_in_the_offline_edition() {
    let mut problems = Vec::new();
    for design in DESIGNS {
        for texts in [SPARSE, CREDITS, FULL, TWO] {
            let book = fixture(&format!(
                "{}offline: {{ form: folder, include: [] }}\n",
                manifest(design, texts)
            ));
            let run = book.recto("build --only offline");
            assert_eq!(run.code, 0, "{run:?}");
            let read = |name: &str| {
                String::from_utf8(book.read(&format!("dist/winter-road-offline/{name}"))).unwrap()
            };
            let (page, css) = (read("index.html"), read("book/book.css"));
            let missing = missing(&css, &[&page]);
            problems.extend(missing.iter().map(|face| format!("{design}: {face}")));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn the_faces_of_a_style_are_those_of_its_rules() {
    let css = "p { font-family: \"A\", serif; } .x em, p > b { font-style: normal; } \
               @media screen { p.x { font-weight: 600 } }";
    let asked =
        asked_for(css, "<body><p>a</p><p class=\"x\">b<em>c</em></p><p><em>d</em></p></body>");
    let face = |semibold, italic| Face { family: "A".to_owned(), semibold, italic };
    let expected = [face(false, false), face(false, true), face(true, false)];
    assert_eq!(asked.into_keys().collect::<Vec<_>>(), expected);
}
