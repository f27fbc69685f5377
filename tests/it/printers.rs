//! Printers: their presets, what they set, what contradicts them, and what they reject.

use std::fmt::Write as _;
use std::sync::OnceLock;

use recto::build::{Project, ProjectOptions};
use recto::finding::{Code, Finding, Severity};
use recto::manifest;
use recto::model::{
    Book, BundledProfile, ColorPolicy, CoverSheet, Edges, Length, MissingNumber, PressProfile, Size,
};
use serde_json::Value;

use crate::support::books;
use crate::support::fixture::{BookFixture, jpeg, with_code};

/// A book of these many small photos, with these keys under `print`.
fn fixture(print: &str, photos: usize) -> BookFixture {
    let mut manifest = String::from("title: Road\npages:\n");
    for _ in 0..photos {
        manifest += "  - { photo: a.jpg, caption: A road., alt: A road. }\n";
    }
    writeln!(manifest, "print: {{ {print} }}").unwrap();
    BookFixture::new(&manifest).photo("a.jpg", 60, 40)
}

/// A photo with enough pixels for print, which takes a while to make.
fn large_photo() -> &'static [u8] {
    static PHOTO: OnceLock<Vec<u8>> = OnceLock::new();
    PHOTO.get_or_init(|| jpeg(3000, 2000))
}

/// A book without an error.
fn printable(print: &str, photos: usize) -> BookFixture {
    fixture(print, photos).file("a.jpg", large_photo())
}

/// The book, and the findings of loading it that are about its printer.
fn load(fixture: &BookFixture) -> (Book, Vec<Finding>) {
    let loaded = fixture.load();
    let is_of_printer = |finding: &Finding| finding.code != Code::PhotoRepeated;
    (loaded.book.unwrap(), loaded.findings.into_iter().filter(is_of_printer).collect())
}

/// The codes of the findings of loading.
fn codes(print: &str) -> Vec<&'static str> {
    let (_, findings) = load(&fixture(print, 1));
    findings.iter().map(|finding| finding.code.name()).collect()
}

/// The findings of `check` with this code: their messages and helps.
fn checked(fixture: &BookFixture, code: &str) -> Vec<(String, String)> {
    let report = fixture.recto("check --format json").json();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["code"] == code)
        .map(|finding| (text(finding, "message"), text(finding, "help")))
        .collect()
}

#[test]
fn every_preset_is_read_without_an_error_as_a_file_of_ones_own() {
    for name in manifest::bundled_printers() {
        let text = manifest::bundled_printer(name).unwrap();
        let fixture = fixture("printer: own.yaml", 1).file("own.yaml", text);
        let (book, findings) = load(&fixture);
        let in_file = findings
            .iter()
            .filter(|it| it.at.as_ref().is_some_and(|at| at.file.ends_with("own.yaml")));
        assert_eq!(in_file.count(), 0, "{name}: {findings:?}");
        let by_name = load(&self::fixture(&format!("printer: {name}"), 1)).0;
        assert_eq!(book.print.printer.unwrap().pages, by_name.print.printer.unwrap().pages);
    }
}

#[test]
fn every_number_of_a_preset_has_a_source_with_a_date_and_every_source_is_used() {
    for name in manifest::bundled_printers() {
        let sheet = manifest::printer_sheet(name).unwrap();
        assert!(!sheet.about.is_empty() && sheet.facts.len() >= 4, "{name}");
        let mut places = Vec::new();
        for fact in &sheet.facts {
            let source = fact.source.as_ref();
            let source = source.unwrap_or_else(|| panic!("{name}: {} has no source", fact.key));
            assert!(source.date.is_some(), "{name}: {}", fact.key);
            assert!(!fact.text.is_empty(), "{name}: {}", fact.key);
            places.push(&source.place);
        }
        places.sort();
        places.dedup();
        let text = manifest::bundled_printer(name).unwrap();
        assert_eq!(places.len(), text.matches("place: ").count(), "{name}: {places:?}");
    }
}

#[test]
fn a_printer_sets_what_the_manifest_does_not() {
    let (book, _) = load(&fixture("printer: lulu", 1));
    assert_eq!(book.print.bleed, Edges::all("0.125 in".parse().unwrap()));
    assert_eq!((book.print.colour, book.print.multiple), (ColorPolicy::Srgb, 4));
    let (book, _) = load(&fixture("printer: kdp", 1));
    assert_eq!(
        (book.print.bleed.inner, book.print.bleed.outer),
        (Length::ZERO, Length::emu(114_300))
    );
    let (book, _) = load(&fixture("printer: bod, bleed: { inner: 0 mm }", 1));
    assert_eq!((book.print.bleed.inner, book.print.bleed.top), (Length::ZERO, Length::mm(5)));
}

#[test]
fn what_the_manifest_says_wins_and_a_conflict_names_both_values() {
    let print = "printer: lulu, bleed: 3 mm, color: cmyk, multiple: 6, marks: crop";
    let (book, findings) = load(&fixture(print, 1));
    assert_eq!(
        (book.print.bleed, book.print.colour),
        (Edges::all(Length::mm(3)), ColorPolicy::Cmyk)
    );
    let messages: Vec<_> =
        with_code(&findings, "printer-conflict").iter().map(|it| &*it.message).collect();
    assert_eq!(
        messages,
        [
            "`bleed` is 3 mm, and Lulu asks for 3.175 mm",
            "`color` is cmyk, and Lulu asks for srgb",
            "`multiple` is 6, and Lulu asks for 4",
            "`marks` is crop, and Lulu asks for none",
        ]
    );
    let at = findings[0].at.as_ref().unwrap();
    assert_eq!((at.line, at.column), (4, 32));
    assert!(findings[0].help.as_ref().unwrap().contains("2026-11, vendor"), "{findings:?}");
}

#[test]
fn a_manifest_that_agrees_with_its_printer_has_no_conflict() {
    let print = "printer: lulu, bleed: 0.125 in, color: srgb, multiple: 8, marks: none";
    assert_eq!(codes(print), Vec::<&str>::new());
    assert_eq!(codes("printer: generic"), Vec::<&str>::new());
}

#[test]
fn an_unknown_printer_has_a_suggestion() {
    let (book, findings) = load(&fixture("printer: luli", 1));
    assert!(book.print.printer.is_none());
    assert_eq!(findings[0].code, Code::UnknownValue);
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `lulu`?"));
    let (_, findings) = load(&fixture("printer: nobody", 1));
    assert!(findings[0].help.as_ref().unwrap().contains("blurb, bod"), "{findings:?}");
    let (_, findings) = load(&fixture("printer: own.yaml", 1));
    assert_eq!(findings[0].code, Code::PrinterMissing);
}

#[test]
fn errors_in_a_printers_file_have_their_place_in_that_file() {
    let file = "name: Mine\n\
        bleed: { topp: 3 mm }\n\
        safe-area: { top: 3, source: hlep }\n\
        sources: { help: { place: Us } }\n\
        pages:\n  - { min: 50, max: 20 }\n  - { stocks: [crem], max: 90 }\n\
        stocks:\n  - { name: cream, per-page: 1 mm, pages-per-inch: 9 }\n  - { name: no, pages-per-inch: 0 }\n\
        resolution: { min: 200 dpi }\n\
        ink: { max: 900 % }\n\
        standards: { accepted: [pdf/x-5] }\n\
        forbids: [{ items: [mark] }]\n";
    let fixture = fixture("printer: own.yaml", 1).file("own.yaml", file);
    let (book, findings) = load(&fixture);
    let mut found: Vec<(u32, &str)> = findings
        .iter()
        .filter_map(|finding| {
            let at = finding.at.as_ref().filter(|at| at.file.ends_with("own.yaml"))?;
            Some((at.line, &*finding.message))
        })
        .collect();
    found.sort_unstable();
    let lines: Vec<u32> = found.iter().map(|(line, _)| *line).collect();
    // What is wrong is left out, and `ink` needs its `max`.
    assert_eq!(lines, [2, 3, 3, 6, 7, 9, 10, 11, 12, 12, 13, 14], "{found:?}");
    assert!(found.contains(&(6, "the minimum, 50, is more than the maximum, 20")), "{found:?}");
    let is_helpful = |it: &Finding| it.help.is_some() || it.code == Code::MissingKey;
    assert!(findings.iter().all(is_helpful), "{findings:?}");
    assert_eq!(book.print.printer.unwrap().name, "Mine");
}

#[test]
fn an_empty_file_of_a_printer_is_an_error() {
    let fixture = fixture("printer: own.yaml", 1).file("own.yaml", "# nothing\n");
    let (book, findings) = load(&fixture);
    assert!(book.print.printer.is_none());
    assert_eq!(findings[0].message, "the file of the printer is empty");
}

#[test]
fn a_trim_that_the_printer_does_not_offer_is_found() {
    let (_, findings) = load(&fixture("printer: prodigi, trim: 200 x 200 mm", 1));
    let found = with_code(&findings, "printer-trim");
    assert_eq!(found[0].message, "Prodigi has no pages of 200 mm × 200 mm");
    assert!(found[0].help.as_ref().unwrap().starts_with("its nearest sizes are 228.6 mm"));
    for trim in ["a4", "9 x 9 in", "228.3 x 229 mm"] {
        assert_eq!(codes(&format!("printer: prodigi, trim: {trim}")), Vec::<&str>::new());
    }
    // The sizes of one binding say nothing about others.
    assert!(!codes("printer: kdp, trim: 200 x 200 mm").contains(&"printer-trim"));
}

#[test]
fn a_standard_and_a_condition_that_the_printer_does_not_want_are_found() {
    // Its condition has a bundled profile, which becomes that of the book.
    assert_eq!(codes("printer: gelato"), Vec::<&str>::new());
    assert_eq!(codes("printer: gelato, profile: fogra39"), ["printer-condition"]);
    let found = |print: &str| checked(&fixture(print, 1), "printer-standard");
    for accepted in [
        "printer: ingramspark",
        "printer: ingramspark, standard: pdf/x-1a:2001",
        "printer: gelato",
        "printer: gelato, standard: [pdf/x-4, pdf/a-2b]",
        "printer: kdp, standard: none",
    ] {
        assert_eq!(found(accepted), [], "{accepted}");
    }
    let rejected = [
        (
            "ingramspark, standard: pdf/x-1a",
            "is PDF/X-1a:2003, and IngramSpark accepts PDF/X-1a:2001 or PDF/X-3:2002",
            "omit `standard` to write PDF/X-1a:2001 (source: ",
        ),
        (
            "ingramspark, color: keep",
            "is PDF/X-4, and IngramSpark accepts PDF/X-1a:2001 or PDF/X-3:2002",
            "omit `color` to write PDF/X-1a:2001, which has only CMYK (source: ",
        ),
        (
            "gelato, standard: none",
            "is of no standard, and Gelato accepts PDF/X-4",
            "omit `standard` to write PDF/X-4 (source: ",
        ),
        (
            "gelato, standard: pdf/a-2b",
            "is PDF/A-2b, and Gelato accepts PDF/X-4",
            "omit `standard` to write PDF/X-4 (source: ",
        ),
        (
            "blurb",
            "is PDF/X-4, and Blurb accepts PDF/X-3:2002",
            "ask Blurb whether it takes PDF/X-4 or PDF/X-1a:2001 or PDF/X-1a:2003, which recto writes (source: ",
        ),
    ];
    for (print, message, help) in rejected {
        let found = found(&format!("printer: {print}"));
        assert_eq!(found.len(), 1, "{print}");
        assert_eq!(found[0].0, format!("the print PDF {message}"));
        assert!(found[0].1.starts_with(help), "{found:?}");
    }
    assert_eq!(codes("printer: bod"), Vec::<&str>::new());
    let (book, _) = load(&fixture("printer: gelato", 1));
    assert_eq!(book.print.profile, PressProfile::Bundled(BundledProfile::Gracol2006));
}

#[test]
fn a_number_of_pages_that_the_printer_does_not_bind_is_an_error_if_it_is_sure() {
    let findings = checked(&fixture("printer: prodigi, trim: a5-landscape", 3), "printer-pages");
    assert!(findings[0].0.ends_with("Prodigi binds 24 to 300 in a hardcover"), "{findings:?}");
    assert!(findings[0].1.starts_with("add pages (source: prodigi.com"), "{findings:?}");
    let severity = |printer: &str| {
        let fixture = fixture(&format!("printer: {printer}"), 3);
        let report = fixture.recto("check --format json").json();
        let findings = report["findings"].as_array().unwrap().clone();
        let found = findings.into_iter().find(|it| it["code"] == "printer-pages");
        found.map(|finding| finding["severity"].as_str().unwrap().to_owned())
    };
    assert_eq!(severity("prodigi").as_deref(), Some("error"));
    assert_eq!(severity("kdp").as_deref(), Some("warning"));
    assert_eq!(severity("generic"), None);
}

#[test]
fn the_limits_of_a_paper_apply_to_that_paper() {
    let own = "name: Mine\nstocks: [{ name: thick }, { name: thin }]\n\
        pages: [{ min: 4 }, { stocks: [thick], max: 6 }]\n";
    let found = |paper: &str| {
        let print = format!("printer: own.yaml, paper: {{ stock: {paper} }}");
        checked(&fixture(&print, 8).file("own.yaml", own), "printer-pages")
    };
    assert!(found("thick")[0].0.ends_with("Mine binds 4 to 6"));
    assert_eq!(found("thin"), []);
}

#[test]
fn text_too_close_to_an_edge_is_found_once_for_each_edge() {
    let own = "name: Mine\nsafe-area: { outer: 5 mm, top: 5 mm }\n\
        inner-margin: { widths: [{ pages: 1, width: 5 mm }, { pages: 10, width: 60 mm }] }\n";
    let found = |photos, margins: &str| {
        let print = format!("printer: own.yaml{margins}");
        checked(&fixture(&print, photos).file("own.yaml", own), "printer-margin")
    };
    let many = found(10, "");
    assert_eq!(many.len(), 1, "{many:?}");
    assert!(many[0].0.contains("mm from the spine, and text on"), "{many:?}");
    assert!(many[0].0.contains("Mine asks for 60 mm for"), "{many:?}");
    assert_eq!(many[0].1, "set margins: { inner: 60 mm } under print, or more");
    assert_eq!(found(1, ""), []);
    let fixed = found(10, ", margins: { inner: 65 mm, outer: 15 mm, top: 15 mm, bottom: 20 mm }");
    assert_eq!(fixed, []);
}

#[test]
fn the_resolution_is_compared_with_that_of_the_printer() {
    let severities = |min: &str| -> Vec<(String, String)> {
        let own = format!("name: Mine\nresolution: {{ min: {min}, recommended: 1000 ppi }}\n");
        let fixture = printable("printer: own.yaml", 1).file("own.yaml", own);
        let report = fixture.recto("check --format json").json();
        let findings = report["findings"].as_array().unwrap();
        let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
        findings
            .iter()
            .filter(|it| it["code"] == "resolution")
            .map(|it| (text(it, "severity"), text(it, "help")))
            .collect()
    };
    let found = severities("900 ppi");
    assert_eq!(found[0].0, "warning", "{found:?}");
    assert!(found[0].1.ends_with("has the 1000 that Mine asks for"), "{found:?}");
    assert_eq!(severities("100 ppi")[0].0, "note");
    assert_eq!(checked(&printable("trim: 210 x 210 mm", 1), "resolution"), []);
}

#[test]
fn a_printer_that_wants_no_bleed_gets_none_without_a_warning() {
    let manifest = |print: &str| {
        let text = format!(
            "title: Road\npages:\n  - {{ photo: a.jpg, alt: A., layout: full-bleed }}\nprint: {{ {print} }}\n"
        );
        BookFixture::new(&text).file("a.jpg", large_photo())
    };
    assert_eq!(checked(&manifest("printer: prodigi, trim: a4-landscape"), "bleed-missing"), []);
    assert_eq!(checked(&manifest("bleed: 0 mm"), "bleed-missing").len(), 1);
}

#[test]
fn a_file_larger_than_the_printer_accepts_is_found_after_the_build() {
    let codes = |max: &str| -> Vec<String> {
        let own = format!("name: Mine\nfile: {{ max: {max} }}\n");
        let fixture = printable("printer: own.yaml", 1).file("own.yaml", own);
        let report = fixture.recto("build --only print --format json").json();
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(codes("1 kB").contains(&"printer-size".to_owned()));
    assert!(!codes("1 GB").contains(&"printer-size".to_owned()));
}

#[test]
fn a_printer_that_forbids_bookmarks_gets_a_pdf_without_them() {
    let outlines = |print: &str| {
        let text = format!(
            "title: Road\npages:\n  - chapter: One\n  - {{ photo: a.jpg, alt: A. }}\nprint: {{ {print} }}\n"
        );
        let fixture = BookFixture::new(&text).file("a.jpg", large_photo());
        let own = "name: Mine\nforbids: [{ items: [bookmarks] }]\n";
        fixture.write("own.yaml", own);
        let output = fixture.recto("build --only print");
        assert_eq!(output.code, 0, "{}", output.err);
        let bytes = fixture.read("dist/road-print.pdf");
        bytes.windows(9).any(|window| window == b"/Outlines")
    };
    assert!(outlines("trim: a4"));
    assert!(!outlines("printer: own.yaml"));
}

#[test]
fn the_width_of_the_spine_is_printed_for_each_binding() {
    let fixture = fixture("printer: kdp, paper: { stock: white }", 30);
    let output = fixture.recto("check -v");
    let spines: Vec<&str> =
        output.err.lines().filter(|line| line.starts_with("the spine")).collect();
    let count = books::paginate(&load(&fixture).0).pages.len();
    assert_eq!(spines.len(), 2, "{}", output.err);
    let block = Length::emu(2_059) * i64::try_from(count).unwrap();
    let start = format!("the spine of a paperback is {block} wide: {count} pages of white");
    assert!(spines[0].starts_with(&start), "{spines:?}");
    let hardcover = block + "4.8 mm".parse().unwrap();
    assert!(spines[1].starts_with(&format!("the spine of a hardcover is {hardcover} wide")));
    assert!(output.err.contains("print.printer: Amazon KDP sets bleed to top 3.175 mm"));
}

#[test]
fn a_thickness_of_a_leaf_gives_the_spine_without_a_printer() {
    let fixture = printable("paper: { thickness: 0.2 mm }", 3);
    let count = books::paginate(&load(&fixture).0).pages.len();
    let output = fixture.recto("build --only print");
    let width = Length::mm(1).scale(i64::try_from(count).unwrap(), 10);
    let line = format!("the spine is {width} wide: {count} pages of paper of 0.2 mm");
    assert!(output.err.contains(&line), "{}", output.err);
}

#[test]
fn a_paper_that_the_printer_does_not_have_is_found() {
    let found = |print: &str| -> Vec<(Severity, String)> {
        let (_, findings) = load(&fixture(print, 1));
        let found = with_code(&findings, "printer-stock").into_iter();
        found.map(|it| (it.severity, it.help.clone().unwrap())).collect()
    };
    let misspelt = found("printer: kdp, paper: { stock: whte }");
    assert_eq!(misspelt, [(Severity::Warning, "did you mean `white`?".to_owned())]);
    assert_eq!(found("printer: ingramspark, paper: { stock: white-50 }")[0].0, Severity::Note);
    assert_eq!(found("printer: kdp, paper: { stock: whte, thickness: 0.1 mm }"), []);
    assert_eq!(found("printer: kdp, paper: { stock: cream }"), []);
}

#[test]
fn the_colophon_names_the_company_and_not_a_preset() {
    let printed = |printer: &str| {
        let manifest = format!(
            "title: Road\ncolophon: true\npages:\n  - {{ photo: a.jpg, alt: A. }}\nprint: {{ printer: {printer} }}\n"
        );
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 300, 200);
        format!("{:?}", load(&fixture).0.entries)
    };
    let of_bod = printed("bod");
    assert!(of_bod.contains("Printed by") && of_bod.contains("Books on Demand"), "{of_bod}");
    assert!(!printed("generic").contains("Printed by"));
}

#[test]
fn a_printer_changes_no_byte_of_a_book_that_does_as_it_asks() {
    let bytes = |print: &str| {
        let fixture = printable(print, 1);
        let output = fixture.recto("build --only print --no-cache");
        assert_eq!(output.code, 0, "{}", output.err);
        fixture.read("dist/road-print.pdf")
    };
    assert!(bytes("printer: generic") == bytes("trim: 210 x 210 mm"));
}

#[test]
fn the_command_lists_presets_and_prints_one_in_full() {
    let book = BookFixture::empty();
    let list = book.recto("printers").out;
    assert_eq!(list.lines().count(), manifest::bundled_printers().len());
    assert!(list.contains("\nlulu         Lulu: "), "{list}");
    let sheet = book.recto("printers lulu").out;
    for part in ["safe-area   top 0.5 in", "2026-11, vendor", "0.125 in from 60 pages", "max 799"] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
    let json = book.recto("printers lulu --format json").json();
    let facts = json["printers"][0]["facts"].as_array().unwrap();
    let bleed = facts.iter().find(|fact| fact["key"] == "bleed").unwrap();
    assert_eq!(bleed["values"]["top"], "0.125 in");
    assert_eq!(bleed["source"]["sure"], "vendor");
    let misspelt = book.recto("printers luli");
    assert_eq!(misspelt.code, 2);
    assert!(misspelt.err.contains("'lulu'"), "{}", misspelt.err);
    assert!(book.recto("completions bash").out.contains("ingramspark"));
    assert!(book.recto("man").out.contains("RECTO PRINTERS"));
}

#[test]
fn the_schema_of_a_printers_file_accepts_every_key_of_the_presets() {
    let book = BookFixture::empty();
    let schema = book.recto("schema --printer").json();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let known = schema["properties"].as_object().unwrap();
    for name in manifest::bundled_printers() {
        let file = book.recto(&format!("schema --printer {name}")).out;
        let keys = file.lines().filter_map(|line| line.split_once(':'));
        let keys = keys.map(|(key, _)| key).filter(|key| !key.starts_with([' ', '-']));
        for key in keys {
            assert!(known.contains_key(key), "{name}: {key}");
        }
    }
}

/// The sheet of the cover.
fn cover_sheet(print: &str, photos: usize) -> Result<CoverSheet, Vec<MissingNumber>> {
    let loaded =
        Project::load(&fixture(print, photos).path("book.yaml"), &ProjectOptions::default());
    let project = loaded.project.unwrap();
    project.cover().map(|cover| cover.sheet.clone()).map_err(<[MissingNumber]>::to_vec)
}

#[test]
fn a_hardcover_has_the_spine_of_the_printers_table_and_no_bleed_beyond_what_is_turned_in() {
    // 19 × 10.25 in for pages of 8.5 × 8.5 in, as Lulu's templates: 2 × (8.5 + 0.125) + 0.25 + 2 × 0.75.
    let print = "printer: lulu, trim: 8.5 x 8.5 in, cover: { binding: hardcover }";
    let sheet = cover_sheet(print, 36).unwrap();
    let inches = |text: &str| text.parse::<Length>().unwrap();
    assert_eq!(sheet.trim, Size::new(inches("19 in"), inches("10.25 in")));
    assert_eq!((sheet.bleed, sheet.spine.width), (Length::ZERO, inches("0.25 in")));
    assert!(sheet.spine_source.is_some());
    // The joint is in Lulu's template only; it does not change the sheet.
    assert_eq!(sheet.common.iter().map(|number| number.name).collect::<Vec<_>>(), ["hinge"]);

    // 10.417 in high for pages of 6 × 9 in, as KDP's calculator says.
    let kdp =
        "printer: kdp, trim: 6 x 9 in, paper: { stock: white }, cover: { binding: hardcover }";
    let sheet = cover_sheet(kdp, 100).unwrap();
    assert_eq!((sheet.bleed, sheet.trim.height), (Length::ZERO, inches("9 in") + Length::mm(36)));
    // A stock without thickness says nothing, and neither does a printer without a table.
    let unknown = cover_sheet("printer: ingramspark, paper: { stock: white-50 }", 40);
    assert_eq!(unknown, Err(vec![MissingNumber::Spine]));
}

#[test]
fn the_limits_of_the_binding_of_the_cover_apply() {
    let pages = |print: &str| checked(&fixture(print, 40), "printer-pages");
    assert_eq!(pages("printer: kdp, trim: 6 x 9 in"), []);
    let hardcover = "printer: kdp, trim: 6 x 9 in, cover: { binding: hardcover, spine: 9 mm }";
    let found = pages(hardcover);
    assert!(found[0].0.ends_with("binds 75 to 550 in a hardcover"), "{found:?}");
    let sizes = |binding: &str| {
        let print = format!("printer: kdp, trim: a4, cover: {{ binding: {binding}, spine: 9 mm }}");
        let (_, findings) = load(&fixture(&print, 1));
        with_code(&findings, "printer-trim").len()
    };
    assert_eq!((sizes("paperback"), sizes("hardcover")), (0, 1));
}

#[test]
fn a_page_number_keeps_the_distance_of_the_printer_if_the_margin_has_room_for_it() {
    let margins = |bottom: &str| {
        let print = format!(
            "printer: ingramspark, trim: 6 x 9 in, margins: {{ top: 20 mm, inner: 20 mm, \
             outer: 20 mm, bottom: {bottom} }}"
        );
        checked(&fixture(&print, 20), "printer-margin")
    };
    assert_eq!(margins("18 mm"), []);
    let found = margins("13 mm");
    assert!(found[0].0.contains("from the foot"), "{found:?}");
    assert!(found[0].1.starts_with("set margins: { bottom: 17.7 mm } under print"), "{found:?}");
}

#[test]
fn a_printer_that_wants_one_file_gets_the_cover_as_its_first_page() {
    let print = "printer: gelato, trim: 200 x 200 mm, paper: { thickness: 0.3 mm }";
    let fixture = fixture(print, 30).file("a.jpg", large_photo());
    let run = fixture.recto("build --no-cache --only print");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!fixture.path("dist/road-cover.pdf").exists());
    let pdf = String::from_utf8_lossy(&fixture.read("dist/road-print.pdf")).into_owned();
    let trims = pdf.split("/TrimBox[").skip(1);
    let sizes: Vec<(f64, f64)> = trims
        .map(|rest| {
            let numbers = rest.split(']').next().unwrap().split(' ');
            let [left, bottom, right, top] =
                numbers.map(|it| it.parse::<f64>().unwrap()).collect::<Vec<_>>()[..]
            else {
                panic!("{rest}")
            };
            (right - left, top - bottom)
        })
        .collect();
    let is_near = |(width, height): (f64, f64), size: Size| {
        (width - size.width.to_pt()).abs() < 0.01 && (height - size.height.to_pt()).abs() < 0.01
    };
    let sheet = cover_sheet(print, 30).unwrap();
    assert!(is_near(sizes[0], sheet.trim), "{:?}", sizes[0]);
    let page = Size::new(Length::mm(200), Length::mm(200));
    assert!(sizes.len() > 30 && sizes[1..].iter().all(|size| is_near(*size, page)), "{sizes:?}");
    // Without the width of the spine, there is no such file.
    let unknown = self::fixture("printer: gelato, trim: 200 x 200 mm", 30);
    let report = unknown.recto("check --format json").json();
    let codes: Vec<_> = report["findings"].as_array().unwrap().iter().collect();
    let error = codes.iter().find(|it| it["code"] == "cover-unknown").unwrap();
    assert_eq!(error["edition"], "print");
}
