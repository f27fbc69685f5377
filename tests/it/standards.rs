//! The standards of the print PDF: the key, the findings, and the bytes of each standard.

use recto::finding::Finding;
use recto::model::{ColorPolicy, PdfX, Standards};

use crate::support::fixture::{BookFixture, lines};
use crate::support::images;

fn fixture(print: &str) -> BookFixture {
    let manifest = format!(
        "title: Winter Road\nlanguage: en\npages:\n  - {{ photo: a.jpg, caption: Snö., alt: Snow. }}\n\
         print:\n  {print}\n"
    );
    BookFixture::new(&manifest).photo("a.jpg", 1800, 1200)
}

fn findings(print: &str) -> Vec<Finding> {
    fixture(print).load().findings
}

fn standard(print: &str) -> Standards {
    let loaded = fixture(print).load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new(), "{print}");
    loaded.book.unwrap().print.standard
}

/// The bytes of the print PDF that this section `print` gives.
fn pdf(print: &str) -> Vec<u8> {
    let fixture = fixture(print);
    let run = fixture.recto("build --only print --no-cache -q");
    assert_eq!(run.code, 0, "{print}: {}", run.err);
    fixture.read("dist/winter-road-print.pdf")
}

/// The bytes as text, with a replacement character for each byte that is not UTF-8.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_standard_is_one_name_or_two_that_go_together() {
    let both = Standards { a2b: true, ..Standards::X4 };
    for (key, expected) in [
        ("pdf/x-4", Standards::X4),
        ("pdf/x-1a", Standards::X1A_2003),
        ("pdf/x-1a:2001", Standards::X1A_2001),
        ("pdf/x-1a:2003", Standards::X1A_2003),
        ("pdf/a-2b", Standards::A2B),
        ("none", Standards::NONE),
        ("[pdf/x-4]", Standards::X4),
        ("[pdf/x-4, pdf/a-2b]", both),
        ("[pdf/a-2b, pdf/x-4]", both),
        ("[pdf/x-1a, \"pdf/x-1a:2003\"]", Standards::X1A_2003),
    ] {
        assert_eq!(standard(&format!("standard: {key}")), expected, "{key}");
    }
    assert_eq!(standard("marks: crop"), Standards::X4);
}

#[test]
fn standards_that_do_not_go_together_are_an_error_at_the_second() {
    for (key, column, message, help) in [
        (
            "[pdf/x-1a:2001, pdf/a-2b]",
            29,
            "a PDF cannot be pdf/x-1a:2001 and pdf/a-2b at once",
            "for a file that is also an archive copy, write [pdf/x-4, pdf/a-2b]",
        ),
        (
            "[pdf/x-4, pdf/x-1a]",
            23,
            "a PDF cannot be pdf/x-4 and pdf/x-1a at once",
            "name one of them: the one that the printer asks for",
        ),
        (
            "[none, pdf/x-4]",
            20,
            "a PDF cannot be none and pdf/x-4 at once",
            "omit `none`, or the other one",
        ),
        (
            "[]",
            13,
            "`standard` names no standard",
            "write `standard: none` for a PDF of no standard",
        ),
    ] {
        let found = findings(&format!("standard: {key}"));
        assert_eq!(lines(&found), [format!("error wrong-value 6:{column} {message}")], "{key}");
        assert_eq!(found[0].help.as_deref(), Some(help));
    }
    let unknown = findings("standard: [pdf/x-4, pdf/x-3]");
    assert_eq!(unknown[0].at.as_ref().map(|at| (at.line, at.column)), Some((6, 23)));
}

#[test]
fn pdf_x_1a_converts_photos_to_cmyk_and_says_so_where_the_manifest_asks_for_something_else() {
    let colour = |print: &str| fixture(print).load().book.unwrap().print.colour;
    assert_eq!(colour("standard: pdf/x-4"), ColorPolicy::Keep);
    assert_eq!(colour("standard: pdf/x-1a"), ColorPolicy::Cmyk);
    assert_eq!(lines(&findings("{ standard: pdf/x-1a, color: cmyk }")), Vec::<String>::new());
    let keep = "{ standard: pdf/x-1a, color: keep }";
    assert_eq!(colour(keep), ColorPolicy::Cmyk);
    assert_eq!(
        lines(&findings(keep)),
        ["note standard-color 6:32 PDF/X-1a:2003 has only CMYK, so the photos are converted to it"]
    );
    let lulu = lines(&findings("{ printer: lulu, standard: pdf/x-1a, trim: a4 }"));
    assert_eq!(
        lulu,
        ["warning printer-conflict 6:30 PDF/X-1a:2003 has only CMYK, and Lulu asks for srgb"]
    );
}

#[test]
fn a_printer_that_accepts_only_pdf_x_1a_sets_it() {
    let loaded = fixture("{ printer: ingramspark, trim: 6 x 9 in }").load();
    let print = loaded.book.unwrap().print;
    assert_eq!(print.standard.x, Some(PdfX::X1a2001));
    assert_eq!(print.colour, ColorPolicy::Cmyk);
    let settings = print.printer.unwrap().settings;
    assert!(settings.contains(&"standard to PDF/X-1a:2001".to_owned()), "{settings:?}");
    // What the manifest says wins.
    let own = fixture("{ printer: ingramspark, color: keep }").load().book.unwrap().print;
    assert_eq!((own.standard, own.colour), (Standards::X4, ColorPolicy::Keep));
    assert!(!own.printer.unwrap().settings.iter().any(|it| it.starts_with("standard")));
}

#[test]
fn each_standard_has_its_header_and_names_itself() {
    for (key, header, has, has_not) in [
        (
            "pdf/x-4",
            "%PDF-1.6\n",
            &["/S/GTS_PDFX/", "<pdfxid:GTS_PDFXVersion>PDF/X-4<"][..],
            &["GTS_PDFA1", "pdfaid", "pdfaExtension", "GTS_PDFXConformance", "trailer"][..],
        ),
        (
            "pdf/x-1a:2001",
            "%PDF-1.3\n",
            &[
                "/S/GTS_PDFX/",
                "/GTS_PDFXVersion(PDF/X-1:2001)",
                "/GTS_PDFXConformance(PDF/X-1a:2001)",
                "<pdfx:GTS_PDFXVersion>PDF/X-1:2001<",
                "\ntrailer\n<</Size ",
            ],
            &["ICCBased", "DeviceRGB", "SMask", "/XRef", "/ObjStm", "pdfaid", "pdfxid"],
        ),
        (
            "pdf/x-1a",
            "%PDF-1.4\n",
            &[
                "/GTS_PDFXVersion(PDF/X-1a:2003)",
                "/GTS_PDFXConformance(PDF/X-1a:2003)",
                "\ntrailer\n<</Size ",
            ],
            &["ICCBased", "DeviceRGB", "SMask", "/XRef", "/ObjStm", "pdfaid", "pdfxid"],
        ),
        (
            "pdf/a-2b",
            "%PDF-1.7\n",
            &[
                "/S/GTS_PDFA1/",
                "<pdfaid:part>2<",
                "<pdfaid:conformance>B<",
                "<pdfaSchema:prefix>pdf</pdfaSchema:prefix>",
                "<pdfaProperty:name>Trapped</pdfaProperty:name>",
            ],
            &["GTS_PDFX", "pdfaSchema:prefix>pdfxid<", "pdfuaid"],
        ),
        (
            "[pdf/x-4, pdf/a-2b]",
            "%PDF-1.6\n",
            &[
                "/S/GTS_PDFX/",
                "/S/GTS_PDFA1/",
                "<pdfaid:part>2<",
                "<pdfxid:GTS_PDFXVersion>PDF/X-4<",
                "<pdfaSchema:namespaceURI>http://www.npes.org/pdfx/ns/id/<",
                "<pdfaProperty:name>GTS_PDFXVersion<",
            ],
            &["pdfuaid"],
        ),
        ("none", "%PDF-1.6\n", &[], &["OutputIntent", "GTS_", "pdfaid", "pdfxid"]),
    ] {
        let pdf = text(&pdf(&format!("standard: {key}")));
        assert!(pdf.starts_with(header), "{key}: {}", &pdf[..9]);
        for needle in has {
            assert!(pdf.contains(needle), "{key} has no {needle}");
        }
        for needle in has_not {
            assert!(!pdf.contains(needle), "{key} has {needle}");
        }
        assert!(pdf.contains("/Trapped/False"), "{key}");
    }
}

#[test]
fn two_output_intents_have_the_same_profile() {
    let pdf = text(&pdf("standard: [pdf/x-4, pdf/a-2b]"));
    let profiles: Vec<&str> = pdf
        .match_indices("/DestOutputProfile ")
        .map(|(at, key)| pdf[at + key.len()..].split(' ').next().unwrap())
        .collect();
    assert_eq!(profiles.len(), 2);
    assert_eq!(profiles[0], profiles[1]);
}

#[test]
fn photos_of_pdf_x_1a_are_device_cmyk_or_device_gray() {
    for standard in ["pdf/x-1a:2001", "pdf/x-1a:2003"] {
        let pdf = text(&pdf(&format!("standard: {standard}")));
        let images: Vec<&str> = pdf
            .match_indices("/Subtype/Image")
            .map(|(at, _)| pdf[at..].split("stream\n").next().unwrap())
            .collect();
        assert_eq!(images.len(), 1);
        assert!(images[0].contains("/BitsPerComponent 8/ColorSpace/DeviceCMYK/"), "{}", images[0]);
    }
}

#[test]
fn a_book_that_breaks_its_standard_is_not_written_and_says_why() {
    let fixture = BookFixture::new(&format!(
        "title: Winter Road\ndescription: {}\npages:\n  - {{ photo: a.jpg, alt: Snow. }}\n\
         print:\n  standard: pdf/a-2b\n",
        "Long. ".repeat(3000)
    ))
    .photo("a.jpg", 1800, 1200);
    let report = fixture.recto("build --only print --no-cache --format json").json();
    let found = report["findings"].as_array().unwrap().iter();
    let found: Vec<_> = found.filter(|it| it["code"] == "standard-unmet").collect();
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(
        found[0]["message"],
        "dist/winter-road-print.pdf cannot be PDF/A-2b: the description is longer than 32767 bytes"
    );
    assert_eq!(found[0]["help"], "shorten the text");
    assert!(!fixture.path("dist/winter-road-print.pdf").exists());
}

#[test]
fn transparent_photos_lie_on_the_inks_of_a_coloured_page() {
    let samples: Vec<u8> = images::rgb().chunks(3).flat_map(|p| [p[0], p[1], p[2], 90]).collect();
    let png = images::png(&samples, image::ExtendedColorType::Rgba8, &[]);
    for (design, space) in [("exhibition", "/DeviceCMYK"), ("classic", "[/ICCBased ")] {
        let manifest = format!(
            "title: Winter Road\ndesign: {design}\nallow: [resolution]\npages:\n  - {{ photo: a.png, alt: Snow. }}\n"
        );
        let fixture = BookFixture::new(&manifest).file("a.png", &png);
        let run = fixture.recto("build --only print,screen --no-cache -q");
        assert!(fixture.path("dist/winter-road-print.pdf").exists(), "{}", run.err);
        let pdf = text(&fixture.read("dist/winter-road-print.pdf"));
        let image = pdf.split("/Subtype/Image").nth(1).unwrap().split("stream\n").next().unwrap();
        assert!(image.contains(&format!("/ColorSpace{space}")), "{design}: {image}");
        assert!(!pdf.contains("SMask"));
    }
}
