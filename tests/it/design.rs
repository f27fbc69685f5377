//! Designs: bundled ones, custom ones, their errors, and their effect on the pages.

use recto::layout;
use recto::manifest::{self, Loaded};
use recto::model::{CaptionPosition, Edition, Folios, Ink, Item, Length, Page, PageStyle, Pages};
use recto::preflight;
use recto::typeset::Faces;

use crate::support::fixture::{BookFixture, has_errors, lines};

const MANIFEST: &str = "title: Winter Road\ndesign: mine.yaml\npages:\n  - text: |\n      # One\n\n      Words.\n  - photo: a.jpg\n    caption: The harbour.\n    alt: Boats.\n";

fn load(design: &str) -> Loaded {
    BookFixture::new(MANIFEST).photo("a.jpg", 2100, 1400).file("mine.yaml", design).load()
}

fn page_style(design: &str) -> PageStyle {
    let loaded = load(design);
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    loaded.book.unwrap().design.style
}

fn pages(design: &str) -> Pages {
    let loaded = load(design);
    assert!(!has_errors(&loaded.findings), "{:?}", loaded.findings);
    let book = loaded.book.unwrap();
    layout::paginate(&book, &Faces::load(&book.fonts).unwrap())
}

fn font_size(pages: &Pages, words: &str) -> Length {
    let mut runs =
        pages.pages.iter().flat_map(|page: &Page| &page.items).filter_map(|item| match item {
            Item::Glyphs(run) if run.text.contains(words) => Some(run.size),
            _ => None,
        });
    runs.next_back().unwrap()
}

#[test]
fn the_default_design_is_classic() {
    let loaded = BookFixture::with_pages(&["text: \"# One\""]).load();
    assert_eq!(loaded.book.unwrap().design.style, PageStyle::CLASSIC);
}

#[test]
fn a_copied_design_can_be_changed() {
    let classic = manifest::bundled_design("classic").unwrap();
    assert_eq!(page_style(classic), PageStyle::CLASSIC);
    let changed = classic.replace("folios: outer-foot", "folios: none");
    assert_eq!(page_style(&changed), PageStyle { folios: Folios::None, ..PageStyle::CLASSIC });
    assert_eq!(font_size(&pages(classic), "harbour"), Length::pt(8));
    let larger = "type: { caption: { size: 9 pt } }";
    assert_eq!(font_size(&pages(larger), "harbour"), Length::pt(9));
}

#[test]
fn errors_in_a_design_have_a_location() {
    let loaded = load(
        "lke: classic\ntype:\n  text: { size: 300 pt, fce: sans }\n  caption: { capitals: smal }\n\
         page: { sink: 28, color: { k: 120 } }\nfolios: outer-fot\n",
    );
    let found = lines(&loaded.findings);
    for expected in [
        "error unknown-key 1:1 unknown key `lke`",
        "error wrong-value 3:17 `size`: `300 pt` is out of range",
        "error unknown-key 3:25 unknown key `fce`",
        "error unknown-value 4:24 invalid value `smal` for `capitals`",
        "error wrong-value 5:15 `sink`: `28` is not a percentage",
        "error wrong-value 5:31 `k`: 120 is out of range",
        "error unknown-value 6:9 invalid value `outer-fot` for `folios`",
    ] {
        assert!(found.iter().any(|line| line == expected), "{expected} in {found:#?}");
    }
    let helps: Vec<_> = loaded.findings.iter().filter_map(|it| it.help.as_deref()).collect();
    assert!(helps.contains(&"did you mean `like`?") && helps.contains(&"did you mean `face`?"));
    let at = loaded.findings[0].at.clone().unwrap();
    assert!(at.file.ends_with("mine.yaml") && loaded.sources.contains_key(&at.file));
}

#[test]
fn a_missing_design_is_reported_at_its_name() {
    let unknown = MANIFEST.replace("mine.yaml", "clasic");
    let loaded = BookFixture::new(&unknown).photo("a.jpg", 300, 200).load();
    assert_eq!(lines(&loaded.findings), ["error unknown-value 2:9 unknown design `clasic`"]);
    assert_eq!(loaded.findings[0].help.as_deref(), Some("did you mean `classic`?"));
    let loaded = BookFixture::new(MANIFEST).photo("a.jpg", 300, 200).load();
    assert_eq!(lines(&loaded.findings), ["error design-missing 2:9 there is no file mine.yaml"]);
    assert_eq!(
        lines(&load("page: { margins: { inner: 50 %, outer: 40 % } }").findings),
        ["error margins-too-wide 1:18 the margins leave no space on the page"]
    );
}

#[test]
fn type_is_at_least_7_points_on_a_small_page() {
    let small = MANIFEST.replace("pages:", "print: { trim: 105 x 105 mm }\npages:");
    let book =
        BookFixture::new(&small).photo("a.jpg", 2100, 1400).file("mine.yaml", "like: classic");
    let book = book.load().book.unwrap();
    let pages = layout::paginate(&book, &Faces::load(&book.fonts).unwrap());
    let sizes = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.size),
        _ => None,
    });
    assert_eq!(sizes.min(), Some(Length::pt(7)));
}

#[test]
fn bundled_designs_have_no_findings() {
    for name in manifest::bundled_designs() {
        let named = MANIFEST.replace("mine.yaml", name);
        let loaded = BookFixture::new(&named).photo("a.jpg", 2400, 1600).load();
        assert_eq!(lines(&loaded.findings), Vec::<String>::new(), "{name}");
        let book = loaded.book.unwrap();
        let faces = Faces::load(&book.fonts).unwrap();
        let pages = layout::paginate(&book, &faces);
        assert_eq!(preflight::findings(&book, &pages, &faces, Edition::Print.into()), [], "{name}");
    }
}

#[test]
fn the_page_colour_is_behind_everything_and_extends_to_the_bleed() {
    let pages = pages("page: { color: { c: 4, m: 4, y: 6, k: 6 } }");
    for page in &pages.pages {
        let Item::Rule(background) = &page.items[0] else { panic!("page {}", page.folio) };
        assert_eq!(background.ink, Ink { c: 4, m: 4, y: 6, k: 6 });
        assert_eq!((background.rect.x, background.rect.y), (Length::mm(-3), Length::mm(-3)));
        assert_eq!(
            (background.rect.right(), background.rect.bottom()),
            (Length::mm(213), Length::mm(213))
        );
    }
    assert!(pages.pages.iter().any(|page| page.items.len() == 1), "blank pages are coloured too");
}

#[test]
fn illegible_text_is_reported() {
    let codes = |design: &str| -> Vec<&str> {
        let book = load(design).book.unwrap();
        let faces = Faces::load(&book.fonts).unwrap();
        let pages = layout::paginate(&book, &faces);
        let findings = preflight::findings(&book, &pages, &faces, Edition::Print.into());
        assert!(findings.iter().all(|finding| finding.at.is_some() && finding.page.is_some()));
        findings.iter().map(|finding| finding.code.name()).collect()
    };
    assert_eq!(codes("type: { caption: { size: 6 pt } }"), ["type-small"]);
    assert_eq!(codes("inks: { text: { k: 40 } }")[0], "contrast-low");
    let night = "page: { color: { c: 40, k: 100 } }\ninks: { text: paper, secondary: paper }\n";
    assert_eq!(codes(night), ["type-reversed"], "the folio, in 7 pt");
    assert_eq!(codes(&format!("{night}type: {{ folio: {{ size: 8 pt }} }}")), Vec::<&str>::new());
}

#[test]
fn too_much_total_ink_is_reported() {
    let loaded = load("page: { color: { c: 90, m: 80, y: 70, k: 100 } }");
    assert_eq!(
        lines(&loaded.findings),
        ["warning ink-total 1:16 a total of 340 % of ink is too much"]
    );
}

#[test]
fn in_the_exhibition_design_labels_are_on_the_verso_and_pictures_on_the_recto() {
    let loaded = load("like: exhibition");
    let plates: Vec<CaptionPosition> =
        loaded.book.unwrap().plates().map(|(_, plate)| plate.caption_position).collect();
    assert_eq!(plates, [CaptionPosition::Facing]);
    // The label begins with the number of its picture.
    let numbered = pages("like: exhibition");
    let label =
        numbered.pages.iter().map(runs).find(|runs| runs.iter().any(|it| it.contains("harbour")));
    assert_eq!(label.unwrap()[0], "1");
    let unnumbered = pages("{ like: exhibition, plates: { numbers: none } }");
    let label =
        unnumbered.pages.iter().map(runs).find(|runs| runs.iter().any(|it| it.contains("harbour")));
    assert!(label.unwrap()[0].contains("harbour"));
}

/// The text of a page, run by run.
fn runs(page: &Page) -> Vec<String> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.text.to_string()),
        _ => None,
    });
    runs.collect()
}
