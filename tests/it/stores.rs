//! E-books for stores: their rules, size limits, and malicious captions.
#![expect(clippy::disallowed_methods, reason = "the tests read the files that were built")]

use std::io::{Cursor, Read as _};

use serde_json::Value;
use zip::ZipArchive;

use crate::support::fixture::BookFixture;

/// A photo of noise, which cannot be compressed.
fn noise(side: u16) -> Vec<u8> {
    let mut state = 7_u32;
    let count = usize::from(side) * usize::from(side) * 3;
    let pixels: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(count)
    .collect();
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 70)
        .encode(&pixels, side, side, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

/// Builds the e-books and returns the codes and messages of the findings.
fn build(fixture: &BookFixture, editions: &str) -> Vec<(String, String)> {
    let report = fixture.recto(&format!("build --format json --only {editions}")).json();
    let findings = report["findings"].as_array().unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    findings.iter().map(|finding| (text(finding, "code"), text(finding, "message"))).collect()
}

fn size(fixture: &BookFixture, name: &str) -> u64 {
    std::fs::metadata(fixture.path("dist").join(name)).unwrap().len()
}

fn pictures(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut sizes = Vec::new();
    for name in names.iter().filter(|name| name.contains("images/p")) {
        let mut jpeg = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut jpeg).unwrap();
        let picture = image::load_from_memory(&jpeg).unwrap();
        sizes.push((picture.width(), picture.height()));
    }
    sizes
}

fn manifest(ebook: &str) -> String {
    format!("title: Road\npages:\n  - {{ photo: a.jpg, alt: Noise. }}\nebook: {{ {ebook} }}\n")
}

#[test]
fn photos_are_scaled_down_to_meet_max_size_and_this_is_reported() {
    let fixture = BookFixture::new(&manifest("max-size: 1200 kB")).file("a.jpg", noise(1300));
    let found = build(&fixture, "epub,epub-fixed");
    for name in ["road.epub", "road-fixed.epub"] {
        assert!(size(&fixture, name) <= 1_200_000, "{name}: {found:?}");
        assert!(size(&fixture, name) >= 800_000, "{name} is smaller than necessary: {found:?}");
    }
    let met: Vec<_> = found.iter().filter(|(code, _)| code == "max-size-met").collect();
    assert_eq!(met.len(), 2, "{found:?}");
    let bytes = fixture.read("dist/road.epub");
    assert!(pictures(&bytes)[0].0 < 1300);
}

#[test]
fn photos_are_not_scaled_below_the_lower_limit_even_if_the_file_stays_too_large() {
    let fixture = BookFixture::new(&manifest("max-size: 1 kB")).file("a.jpg", noise(900));
    let found = build(&fixture, "epub");
    assert!(found.iter().any(|(code, _)| code == "max-size-missed"), "{found:?}");
    let bytes = fixture.read("dist/road.epub");
    let (width, height) = pictures(&bytes)[0];
    assert!(width * height > 590_000, "{width} × {height}");
}

#[test]
fn a_file_below_max_size_is_not_changed() {
    let bytes = |ebook: &str| {
        let fixture = BookFixture::new(&manifest(ebook)).photo("a.jpg", 300, 200);
        let found = build(&fixture, "epub");
        assert!(found.iter().all(|(code, _)| !code.starts_with("max-size")), "{found:?}");
        fixture.read("dist/road.epub")
    };
    assert_eq!(bytes("max-size: 45 MB"), bytes("layout: reflowable"));
}

#[test]
fn the_rules_of_the_chosen_store_are_checked() {
    let codes = |store: &str| -> Vec<String> {
        let alt = "ten letters".repeat(13);
        let fixture = BookFixture::new(&format!(
            "title: Road\npages:\n  - {{ photo: a.jpg, alt: {alt} }}\nprint: {{ trim: 300 x 100 mm }}\n\
             ebook: {{ layout: both, max-size: 700 MB{store} }}\n"
        ))
        .photo("a.jpg", 300, 200);
        let found = build(&fixture, "epub");
        found.into_iter().map(|(code, _)| code).filter(|code| code.starts_with("store")).collect()
    };
    assert_eq!(codes(", store: all"), ["store-alt", "store-cover", "store-size"]);
    assert_eq!(codes(", store: apple"), [""; 0]);
    assert_eq!(codes(""), [""; 0]);
}

/// Checks that a file is well-formed XML 1.0 with valid characters and without scripts.
fn assert_xml(name: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{name} is not UTF-8"));
    let is_invalid = |c: &char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    assert_eq!(text.chars().find(is_invalid), None, "{name}");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = 0_i32;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        match event {
            quick_xml::events::Event::Start(tag) => {
                assert_ne!(tag.name().as_ref(), "script", "{name}");
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                    assert!(!attribute.key.as_ref().starts_with("on"), "{name}");
                    assert!(!attribute.value.contains("javascript:"), "{name}");
                }
                open += 1;
            }
            quick_xml::events::Event::End(_) => open -= 1,
            quick_xml::events::Event::GeneralRef(reference) => {
                let is_predefined = matches!(&*reference, "amp" | "lt" | "gt" | "quot" | "apos");
                assert!(is_predefined || reference.starts_with('#'), "{name}: &{};", &*reference);
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{name}");
}

#[test]
fn malicious_captions_give_well_formed_documents() {
    let captions = [
        "<script>alert(1)</script>",
        "]]> <![CDATA[ <!-- -- &nbsp; &#0; &bogus; <?php ?>",
        "a \\u200B\\u200D\\uFEFF zero-width \\u202E bidi \\u2066 isolates \\u202C",
        "\\uFFFE\\uFFFF",
        "[run](javascript:alert(1)) [data](data:text/html,x) [file](file:///etc/passwd) [ok](https://a.example/?a&b)",
        "<img src=x onerror=alert(1)> **bold<br/>** \\\"quotes\\\" 'and'",
        "\\U0001F469\\u200D\\U0001F680 \\u0301\\u0301\\u0301 \\uE000",
    ];
    for caption in captions {
        let yaml =
            "title: '@'\nsubtitle: '@'\npublisher: '@'\ncreators: ['@']\nseries: { name: '@' }\n\
            pages:\n  - { photo: a.jpg, caption: '@', alt: '@', place: '@', credit: '@' }\n  \
            - { chapter: '@', intro: '@' }\n"
                .replace("'@'", &format!("\"{caption}\""));
        let fixture = BookFixture::new(&yaml).photo("a.jpg", 30, 20);
        let found = build(&fixture, "epub,epub-fixed");
        let mut books = 0;
        for entry in std::fs::read_dir(fixture.path("dist")).into_iter().flatten().flatten() {
            if entry.path().extension().is_none_or(|extension| extension != "epub") {
                continue;
            }
            books += 1;
            let bytes = std::fs::read(entry.path()).unwrap();
            let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
            for index in 0..archive.len() {
                let mut file = archive.by_index(index).unwrap();
                let name = file.name().unwrap().into_owned();
                if [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|end| name.ends_with(end)) {
                    let mut content = Vec::new();
                    file.read_to_end(&mut content).unwrap();
                    assert_xml(&name, &content);
                }
            }
        }
        // A text that cannot be typeset is reported instead.
        assert!(books > 0 || !found.is_empty(), "{caption}");
    }
}

#[test]
fn a_lone_surrogate_is_reported() {
    let fixture =
        BookFixture::new("title: \"\\uD800\"\npages:\n  - photo: a.jpg\n").photo("a.jpg", 30, 20);
    let found = build(&fixture, "epub,epub-fixed");
    assert!(
        found.iter().any(|(code, _)| code.starts_with("yaml") || code.starts_with("text")),
        "{found:?}"
    );
}

#[test]
fn a_caption_of_100_kilobytes_is_in_the_reflowable_e_book_and_an_error_in_the_fixed_one() {
    let caption = "All that was ever said of a harbour at first light. ".repeat(2000);
    let fixture =
        BookFixture::with_pages(&[&format!("{{ photo: a.jpg, alt: A., caption: \"{caption}\" }}")])
            .photo("a.jpg", 30, 20);
    let found = build(&fixture, "epub,epub-fixed");
    let bytes = fixture.read("dist/winter-road.epub");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut page = String::new();
    archive.by_name("OEBPS/plates-01.xhtml").unwrap().read_to_string(&mut page).unwrap();
    assert!(page.matches("first light").count() >= 2000);
    // It does not fit on a page of a fixed size.
    assert!(
        !fixture.path("dist/winter-road-fixed.epub").exists() && !found.is_empty(),
        "{found:?}"
    );
}
