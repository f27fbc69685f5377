//! Which texts and dates of a photo's metadata are printed, and what is reported about the others.

use std::path::Path;

use recto::finding::Finding;
use recto::manifest::{self, LoadOptions, Loaded};
use recto::model::{Date, Edition, Language, Plate, plain_text};

use crate::support::epub::{Epub, files};
use crate::support::fixture::{BookFixture, with_code};
use crate::support::images;

/// A JPEG with these EXIF texts.
fn jpeg_with_exif(texts: &[(u16, &str)]) -> Vec<u8> {
    let texts: Vec<(u16, Vec<u8>)> =
        texts.iter().map(|(tag, text)| (*tag, [text.as_bytes(), b"\0"].concat())).collect();
    let tags: Vec<images::Tag> = texts
        .iter()
        .map(|(tag, text)| (*tag, 2, u32::try_from(text.len()).unwrap(), text.as_slice()))
        .collect();
    with_exif_block(&images::exif(&tags, &[]))
}

fn with_exif_block(block: &[u8]) -> Vec<u8> {
    images::with_segment(&images::jpeg(), 0xE1, &images::exif_segment(block))
}

fn with_iptc(jpeg: &[u8], sets: &[(u8, u8, &[u8])]) -> Vec<u8> {
    images::with_segment(jpeg, 0xED, &images::iptc_segment(sets))
}

fn with_xmp(jpeg: &[u8], properties: &str) -> Vec<u8> {
    images::with_segment(jpeg, 0xE1, &images::xmp_segment(&images::xmp(properties)))
}

/// An EXIF block with these dates: `DateTimeOriginal` and `DateTimeDigitized`.
fn dates(original: Option<&str>, digitized: Option<&str>) -> Vec<u8> {
    let dates = [(0x9003, original), (0x9004, digitized)].into_iter();
    images::exif_texts(&dates.filter_map(|(tag, date)| Some((tag, date?))).collect::<Vec<_>>())
}

/// A book of one photo.
fn book(name: &str, photo: &[u8]) -> BookFixture {
    BookFixture::with_pages(&[&format!("{{ photo: \"{name}\", alt: x }}")]).file(name, photo)
}

fn plate(loaded: &Loaded) -> &Plate {
    loaded.book.as_ref().unwrap().plates().next().unwrap().1
}

fn caption(loaded: &Loaded) -> String {
    plain_text(&plate(loaded).caption)
}

/// The printed date of the only photo.
fn taken(loaded: &Loaded) -> Option<String> {
    plate(loaded).taken.as_ref().map(|taken| taken.localized(&Language::default()))
}

fn messages(findings: &[Finding], code: &str) -> Vec<String> {
    with_code(findings, code).iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_guessed_encoding_is_reported_where_the_text_is_used() {
    let guessed = with_iptc(&images::jpeg(), &[(2, 120, b"Bj\xF8rn p\xE5 brygga")]);
    let loaded = book("a.jpg", &guessed).load();
    assert_eq!(caption(&loaded), "Bjørn på brygga");
    assert_eq!(
        messages(&loaded.findings, "metadata-encoding"),
        ["the caption in the metadata of a.jpg does not state its encoding; it is read as \
          “Bjørn på brygga”"]
    );
    let known: [&[(u8, u8, &[u8])]; 4] = [
        &[(2, 120, "Bjørn på brygga".as_bytes())],
        &[(1, 90, b"\x1B.A"), (2, 120, b"Bj\xF8rn p\xE5 brygga")],
        &[(2, 120, b"Plain")],
        // The caption of the manifest's own order is the one that counts.
        &[(2, 120, b"Plain"), (2, 25, b"Bj\xF8rn")],
    ];
    for sets in known {
        let loaded = book("a.jpg", &with_iptc(&images::jpeg(), sets)).load();
        assert_eq!(messages(&loaded.findings, "metadata-encoding").len(), 0, "{sets:?}");
    }
    let better = with_xmp(&guessed, "><dc:description>Bjørn</dc:description>");
    assert!(with_code(&book("a.jpg", &better).load().findings, "metadata-encoding").is_empty());
}

#[test]
fn text_that_was_encoded_twice_is_repaired_in_every_container_and_reported() {
    let iptc = with_iptc(
        &images::jpeg(),
        &[(1, 90, b"\x1B%G"), (2, 120, "MÃ¶wen".as_bytes()), (2, 110, "Ã‰lysÃ©e".as_bytes())],
    );
    let loaded = book("a.jpg", &iptc).load();
    assert_eq!(
        (caption(&loaded).as_str(), plate(&loaded).credit.as_deref()),
        ("Möwen", Some("Élysée"))
    );
    assert_eq!(messages(&loaded.findings, "metadata-encoding").len(), 2);
    let others = [
        with_xmp(&images::jpeg(), "><dc:description>MÃ¶wen</dc:description>"),
        jpeg_with_exif(&[(0x010E, "MÃ¶wen")]),
    ];
    for photo in others {
        let loaded = book("a.jpg", &photo).load();
        assert_eq!(caption(&loaded), "Möwen");
        assert_eq!(messages(&loaded.findings, "metadata-encoding").len(), 1);
    }
    let partly = with_xmp(&images::jpeg(), "><dc:description>Café, MÃ¶wen</dc:description>");
    let loaded = book("a.jpg", &partly).load();
    assert_eq!(caption(&loaded), "Café, MÃ¶wen");
    assert!(messages(&loaded.findings, "metadata-encoding")[0].contains("is garbled"));
}

#[test]
fn texts_by_cameras_are_no_captions_and_each_is_reported_once() {
    let photo = jpeg_with_exif(&[
        (0x010E, "OLYMPUS DIGITAL CAMERA         "),
        (0x010F, "OLYMPUS CORPORATION"),
        (0x0110, "C-5050"),
    ]);
    let photo = with_iptc(&photo, &[(2, 120, b"OLYMPUS DIGITAL CAMERA"), (2, 105, b"C-5050")]);
    let loaded = book("a.jpg", &photo).load();
    assert_eq!(caption(&loaded), "");
    assert_eq!(
        messages(&loaded.findings, "caption-ignored"),
        [
            "“OLYMPUS DIGITAL CAMERA” in the metadata of a.jpg is ignored: it is the name of a camera \
             or a program",
            "“C-5050” in the metadata of a.jpg is ignored: it is the name of a camera or a program",
        ]
    );
    // The author's own caption, and the author's own pattern, need no note.
    let own = BookFixture::with_pages(&["{ photo: a.jpg, alt: x, caption: Boats. }"]);
    assert!(with_code(&own.file("a.jpg", &photo).load().findings, "caption-ignored").is_empty());
    let pattern = BookFixture::new(
        "title: T\nmetadata: { ignore-captions: [\"^OLYMPUS\", \"^C-\"] }\npages:\n  - { photo: a.jpg, alt: x }\n",
    );
    assert!(
        with_code(&pattern.file("a.jpg", &photo).load().findings, "caption-ignored").is_empty()
    );
}

#[test]
fn the_name_of_the_own_file_is_no_caption_unless_it_has_words() {
    let named = |name: &str, text: &str| {
        let loaded = book(name, &jpeg_with_exif(&[(0x010E, text)])).load();
        (caption(&loaded), with_code(&loaded.findings, "caption-ignored").len())
    };
    assert_eq!(named("X7-0042.jpg", "X7-0042"), (String::new(), 1));
    assert_eq!(named("a b.jpg", "A B.JPG"), (String::new(), 1));
    assert_eq!(named("Tokyo Tower.jpg", "Tokyo Tower"), ("Tokyo Tower".into(), 0));
    assert_eq!(named("b.jpg", "Krk"), ("Krk".into(), 0));
}

#[test]
fn a_date_is_printed_as_precisely_as_it_is_known() {
    let scanned = with_exif_block(&dates(None, Some("2019:03:04 10:00:00")));
    for (photo, printed) in [
        (with_xmp(&scanned, r#"photoshop:DateCreated="1956">"#), "1956"),
        (with_xmp(&scanned, r#"photoshop:DateCreated="1956-07">"#), "July 1956"),
        (with_iptc(&scanned, &[(2, 55, b"19560000")]), "1956"),
        (with_iptc(&scanned, &[(2, 55, b"19560700")]), "July 1956"),
        // When the file was made, not the photo.
        (
            with_xmp(
                &with_iptc(&scanned, &[(2, 55, b"19560000")]),
                r#"xmp:CreateDate="2019-03-04">"#,
            ),
            "1956",
        ),
        (with_exif_block(&dates(Some("1956:  :     :  :  "), Some("2019:03:04 10:00:00"))), "1956"),
        (with_exif_block(&dates(Some("1956:00:00 00:00:00"), None)), "1956"),
        (
            with_exif_block(&dates(Some("0000:00:00 00:00:00"), Some("2019:03:04 10:00:00"))),
            "4 March 2019",
        ),
        (scanned, "4 March 2019"),
    ] {
        assert_eq!(taken(&book("a.jpg", &photo).load()).as_deref(), Some(printed));
    }
}

/// Loads a book as on the 22nd of November 2026.
fn load_today(book: &BookFixture) -> Loaded {
    let today = Some(Date { year: 2026, month: Some(11), day: Some(22) });
    manifest::load_with(&book.path("book.yaml"), &LoadOptions { today, ..LoadOptions::default() })
}

#[test]
fn an_implausible_date_of_a_camera_is_reported_and_the_next_one_is_printed() {
    for date in
        ["1970:01:01 00:00:12", "1980:01:01 00:00:00", "2000:01:01 00:03:00", "2031:05:01 10:00:00"]
    {
        let photo = with_exif_block(&dates(Some(date), Some(date)));
        let loaded = load_today(&book("a.jpg", &photo));
        assert_eq!(taken(&loaded), None, "{date}");
        assert_eq!(messages(&loaded.findings, "date-implausible").len(), 1, "{date}");
        let loaded = load_today(&book("a.jpg", &with_iptc(&photo, &[(2, 55, b"19980512")])));
        assert_eq!(taken(&loaded).as_deref(), Some("12 May 1998"), "{date}");
    }
    let photo = with_exif_block(&dates(Some("2031:05:01 10:00:00"), Some("2026:05:01 10:00:00")));
    assert_eq!(taken(&load_today(&book("a.jpg", &photo))).as_deref(), Some("1 May 2026"));
    // Without the day of the build, there is no future.
    assert_eq!(taken(&book("a.jpg", &photo).load()).as_deref(), Some("1 May 2031"));
    // The author's own word stays.
    for own in ["1970-01-01", "2031-05-01"] {
        let page = format!("{{ photo: a.jpg, alt: x, taken: {own} }}");
        let loaded = load_today(&BookFixture::with_pages(&[&page]).file("a.jpg", &photo));
        assert!(
            taken(&loaded).is_some() && with_code(&loaded.findings, "date-implausible").is_empty()
        );
    }
}

#[test]
fn a_build_knows_its_day_from_the_environment() {
    let photo = with_exif_block(&dates(Some("2020:05:01 10:00:00"), None));
    let book = book("a.jpg", &photo);
    let ignored = |epoch: &str| {
        let run = book.recto_with("check --format json", &[("SOURCE_DATE_EPOCH", epoch)]);
        run.out.contains("date-implausible")
    };
    // 2020-04-29 and 2020-05-01; it may be a day later where the photo was taken.
    assert!(ignored("1588118400"));
    assert!(!ignored("1588291200"));
    assert!(!book.recto("check --format json").out.contains("date-implausible"));
}

#[test]
fn the_manifest_says_when_a_photo_was_taken_in_numbers_or_in_words() {
    for (language, value, printed) in [
        ("en", "1911", "1911"),
        ("en", "1911-05", "May 1911"),
        ("de", "1911~", "um 1911"),
        ("fr", "\"1911?\"", "1911?"),
        ("de", "192X", "1920er-Jahre"),
        ("de", "1911-22", "Sommer 1911"),
        ("en", "1911/1913", "1911–1913"),
        ("en", "1911/..", "from 1911"),
        ("de", "Sommer 1911", "Sommer 1911"),
        ("en", "around 1911", "around 1911"),
    ] {
        let book = BookFixture::new(&format!(
            "title: T\nlanguage: {language}\npages:\n  - {{ photo: a.jpg, alt: x, taken: {value} }}\n"
        ));
        let loaded = book.photo("a.jpg", 300, 200).load();
        let language = Language::new(language);
        let taken = plate(&loaded).taken.as_ref().map(|taken| taken.localized(&language));
        assert_eq!(taken.as_deref(), Some(printed), "{value}");
        assert!(loaded.findings.is_empty(), "{value}: {:?}", loaded.findings);
    }
    for value in ["1911-13", "1911-02-30", "Y17E8", "1913/1911", "\"12\""] {
        let page = format!("{{ photo: a.jpg, alt: x, taken: {value} }}");
        let loaded = BookFixture::with_pages(&[&page]).photo("a.jpg", 300, 200).load();
        assert_eq!(with_code(&loaded.findings, "wrong-value").len(), 1, "{value}");
    }
}

#[test]
fn words_for_a_date_can_be_in_several_languages() {
    let book = BookFixture::new(
        "title: T\nlanguage: en\npages:\n  - photo: a.jpg\n    alt: x\n    taken: { en: Easter 1911, de: Ostern 1911 }\n",
    )
    .photo("a.jpg", 300, 200);
    assert_eq!(taken(&book.load()).as_deref(), Some("Easter 1911"));
    let options = LoadOptions { language: Some("de".into()), ..LoadOptions::default() };
    let german = manifest::load_with(&book.path("book.yaml"), &options);
    assert_eq!(taken(&german).as_deref(), Some("Ostern 1911"));
}

#[test]
fn the_e_book_marks_only_exact_dates_for_programs() {
    let book = BookFixture::with_pages(&[
        "{ photo: a.jpg, alt: x, taken: 1911-05 }",
        "{ photo: a.jpg, alt: x, taken: 1911~ }",
    ])
    .photo("a.jpg", 300, 200);
    assert_eq!(book.recto("build --only epub -o dist").code, 0);
    let epub = Epub { bytes: book.read("dist/winter-road.epub") };
    let names = epub.names();
    let is_page = |name: &&str| Path::new(name).extension().is_some_and(|it| it == "xhtml");
    let pages = names.iter().filter_map(|name| name.strip_prefix("OEBPS/")).filter(is_page);
    let text: String = pages.map(|name| epub.text(name)).collect();
    assert!(text.contains(r#"<bdi><time datetime="1911-05">May 1911</time></bdi>"#), "{text}");
    assert!(text.contains("<bdi>c. 1911</bdi>"), "{text}");
}

#[test]
fn numbers_without_quotes_are_texts_and_dates_for_the_schema_too() {
    let book = BookFixture::new(
        "title: 2024\nsubtitle: 7\ndate: 2026\npages:\n  - { photo: a.jpg, alt: 12, caption: 3, place: 4, taken: 1911 }\n",
    );
    let loaded = book.photo("a.jpg", 300, 200).load();
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    let schema = manifest::schema();
    let types = |pointer: &str| {
        let property = schema.pointer(pointer).unwrap();
        let text = property.to_string();
        (text.contains("\"string\""), text.contains("\"number\"") || text.contains("\"integer\""))
    };
    for key in ["title", "subtitle", "date"] {
        assert_eq!(types(&format!("/properties/{key}")), (true, true), "{key}");
    }
    for key in ["alt", "caption", "place", "credit", "taken"] {
        assert_eq!(
            types(&format!("/definitions/PageEntry/properties/{key}")),
            (true, true),
            "{key}"
        );
    }
}

fn sidecar(properties: &str) -> Vec<u8> {
    images::xmp(properties)
}

#[test]
fn of_two_sidecars_the_one_with_the_whole_name_comes_first_and_differences_are_reported() {
    let book = book("a.jpg", &images::jpeg())
        .file("a.jpg.xmp", sidecar("><dc:description>Whole</dc:description>"))
        .file(
            "a.xmp",
            sidecar(r#"photoshop:Credit="Stem"><dc:description>Other</dc:description>"#),
        );
    let loaded = book.load();
    assert_eq!(
        (caption(&loaded).as_str(), plate(&loaded).credit.as_deref()),
        ("Whole", Some("Stem"))
    );
    assert_eq!(
        messages(&loaded.findings, "sidecar-ignored"),
        ["a.jpg has two sidecar files that differ: caption of a.xmp is ignored"]
    );
    book.write("a.xmp", sidecar(r#"photoshop:Credit="Stem">"#));
    assert!(with_code(&book.load().findings, "sidecar-ignored").is_empty());
    book.write("a.jpg.xmp", "no XMP at all");
    let loaded = book.load();
    assert_eq!(plate(&loaded).credit.as_deref(), Some("Stem"));
    assert_eq!(
        messages(&loaded.findings, "sidecar-ignored"),
        ["a.jpg.xmp, the sidecar file of a.jpg, is ignored: it contains no XMP"]
    );
}

#[test]
fn the_sidecar_of_a_raw_file_gives_only_what_the_photo_does_not_say() {
    let raw = r#"photoshop:SidecarForExtension="CR2" tiff:Orientation="6"><dc:description>Raw</dc:description>"#;
    let own = jpeg_with_exif(&[(0x010E, "Own")]);
    let book = book("a.jpg", &own).file("a.xmp", sidecar(raw));
    assert_eq!(caption(&book.load()), "Own");
    book.write("a.jpg", images::jpeg());
    assert_eq!(caption(&book.load()), "Raw");
    // It says that it is about this file, or it does not say and there is no raw file.
    book.write("a.jpg", &own);
    book.write("a.xmp", sidecar(&raw.replace("CR2", "jpeg")));
    assert_eq!(caption(&book.load()), "Raw");
    let unnamed = "><dc:description>Raw</dc:description>";
    book.write("a.xmp", sidecar(unnamed));
    assert_eq!(caption(&book.load()), "Raw");
    book.write("a.NEF", b"raw");
    assert_eq!(caption(&book.load()), "Own");
}

#[test]
fn a_sidecar_is_found_in_both_forms_of_unicode() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}");
    for (photo, sidecar_stem) in [(composed, decomposed), (decomposed, composed)] {
        for name in [format!("{sidecar_stem}.xmp"), format!("{sidecar_stem}.jpg.xmp")] {
            let book = book(&format!("{photo}.jpg"), &images::jpeg())
                .file(&name, sidecar("><dc:description>Quay</dc:description>"));
            assert_eq!(caption(&book.load()), "Quay", "{name}");
        }
    }
}

#[test]
fn photos_are_sorted_by_the_time_when_they_were_taken() {
    let exif = |texts: &[(u16, &str)]| with_exif_block(&images::exif_texts(texts));
    let iptc = |sets: &[(u8, u8, &[u8])]| with_iptc(&images::jpeg(), sets);
    let created = |date: &str| format!(r#"photoshop:DateCreated="{date}">"#);
    let fixture = BookFixture::with_pages(&["photos: { files: '*.jpg', sort: taken }"])
        .file("a.jpg", exif(&[(0x9003, "2026:01:12 10:20:30"), (0x9291, "75")]))
        .file("b.jpg", exif(&[(0x9003, "2026:01:12 10:20:30"), (0x9291, "2")]))
        .file("c.jpg", with_xmp(&images::jpeg(), &created("2026-01-12T10:05:00+01:00")))
        .file("d.jpg", iptc(&[(2, 55, b"20260112"), (2, 60, b"101500+0100")]))
        .file("e.jpg", exif(&[(0x9003, "2025:12:31 23:59:59")]))
        .file("f.jpg", images::jpeg())
        .file("g.jpg", with_xmp(&images::jpeg(), &created("1998-05")));
    let loaded = fixture.load();
    let plates = loaded.book.as_ref().unwrap().plates();
    let names: Vec<_> = plates.map(|(_, plate)| plate.picture.name.as_str()).collect();
    assert_eq!(names, ["g.jpg", "e.jpg", "c.jpg", "d.jpg", "b.jpg", "a.jpg", "f.jpg"]);
    let [finding] = with_code(&loaded.findings, "photos-order")[..] else { panic!("one warning") };
    assert_eq!(finding.message, "f.jpg has no time in its metadata and is sorted last");
}

#[test]
fn dates_are_printed_as_precisely_as_the_manifest_wants() {
    let photo = with_exif_block(&dates(Some("2026:01:12 10:20:30"), None));
    let printed = |keys: &str, page: &str| {
        let manifest = format!(
            "title: T\n{keys}\npages:\n  - {{ photo: a.jpg, alt: x, caption: Boats{page} }}\n"
        );
        let fixture = BookFixture::new(&manifest).file("a.jpg", &photo);
        let loaded = fixture.load();
        let files = files(&fixture, Edition::Epub);
        let page = String::from_utf8_lossy(&files["OEBPS/plates-01.xhtml"]).into_owned();
        let date = taken(&loaded);
        let is_date = date.as_ref().is_some_and(|date| !date.starts_with("around"));
        assert_eq!(page.contains("<time"), is_date);
        date
    };
    let cases = [
        ("", "", Some("12 January 2026")),
        ("dates: day", "", Some("12 January 2026")),
        ("dates: month", "", Some("January 2026")),
        ("dates: year", "", Some("2026")),
        ("dates: none", "", None),
        ("dates: year", ", taken: 2026-02-03", Some("2026")),
        ("dates: none", ", taken: around 1911", Some("around 1911")),
        ("dates: year", ", taken: 1911-21", Some("1911")),
    ];
    for (keys, page, expected) in cases {
        assert_eq!(printed(keys, page).as_deref(), expected, "{keys} {page}");
    }
}
