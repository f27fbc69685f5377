//! Captions from a table beside the manifest.

use std::fmt::Write as _;

use encoding_rs::WINDOWS_1252;
use recto::manifest::{self, LoadOptions, Loaded};
use recto::model::{Inline, Language, Plate, plain_text};

use crate::support::fixture::{BookFixture, lines};

/// A book of three photos in a folder, with this table.
fn book(name: &str, table: impl AsRef<[u8]>) -> BookFixture {
    with_key(&format!("captions: {name}"), name, table)
}

fn with_key(key: &str, name: &str, table: impl AsRef<[u8]>) -> BookFixture {
    let manifest = format!("title: Winter Road\n{key}\npages:\n  - photos: \"photos/*.jpg\"\n");
    ["01", "02", "03"]
        .iter()
        .fold(BookFixture::new(&manifest), |book, photo| {
            book.photo(&format!("photos/{photo}.jpg"), 60, 40)
        })
        .file(name, table)
}

fn plates(loaded: &Loaded) -> Vec<&Plate> {
    loaded.book.as_ref().unwrap().plates().map(|(_, plate)| plate).collect()
}

fn captions(loaded: &Loaded) -> Vec<String> {
    plates(loaded).iter().map(|plate| plain_text(&plate.caption)).collect()
}

fn dates(loaded: &Loaded) -> Vec<String> {
    let date = |plate: &&Plate| plate.taken.as_ref().map(|it| it.localized(&Language::new("en")));
    plates(loaded).iter().map(|plate| date(plate).unwrap_or_default()).collect()
}

fn utf_16(text: &str, little_endian: bool) -> Vec<u8> {
    let unit = |unit: u16| if little_endian { unit.to_le_bytes() } else { unit.to_be_bytes() };
    format!("\u{FEFF}{text}").encode_utf16().flat_map(unit).collect()
}

/// The captions and the findings of a book with this table.
fn read(table: impl AsRef<[u8]>) -> (Vec<String>, Vec<String>) {
    let loaded = book("captions.csv", table).load();
    (captions(&loaded), lines(&loaded.findings))
}

const NONE: [&str; 0] = [];
const ALL: [&str; 3] = ["Möwe", "Hafen, früh", "Eis"];

#[test]
fn every_form_that_spreadsheets_write_is_read() {
    let excel = "Datei;Bildunterschrift\r\n01.jpg;Möwe\r\n02.jpg;Hafen, früh\r\n03.jpg;Eis\r\n";
    let plain = "file,caption\n01.jpg,Möwe\n02.jpg,\"Hafen, früh\"\n03.jpg,Eis\n";
    let tabs = "Dateiname\tBeschreibung\r\n01.jpg\tMöwe\r\n02.jpg\tHafen, früh\r\n03.jpg\tEis\r\n";
    let tables: [Vec<u8>; 8] = [
        plain.into(),
        format!("\u{FEFF}{excel}").into(),
        format!("sep=;\r\n{excel}").into(),
        utf_16(tabs, true),
        utf_16(tabs, false),
        utf_16(tabs, true)[2..].to_vec(),
        plain.replace('\n', "\r").into(),
        excel.replace(';', "|").into(),
    ];
    for table in tables {
        let (captions, findings) = read(&table);
        assert_eq!(captions, ALL, "{}", String::from_utf8_lossy(&table));
        assert_eq!(findings, NONE);
    }
}

#[test]
fn a_table_in_windows_1252_is_read_and_the_guess_is_noted() {
    let text = "Datei;Bildunterschrift\r\n01.jpg;Möwe\r\n02.jpg;Hafen, früh\r\n03.jpg;Eis\r\n";
    let (captions, findings) = read(WINDOWS_1252.encode(text).0);
    assert_eq!(captions, ALL);
    assert_eq!(
        findings,
        ["note captions-encoding 2:8 captions.csv does not state its encoding; it is read as \
          Windows-1252: “Möwe”"]
    );
}

#[test]
fn a_title_above_the_header_and_a_missing_header_are_understood() {
    let titled = "Captions of the book;;\n;;\nNr;Foto;Text\n1;01.jpg;Möwe\n2;02.jpg;Hafen, früh\n3;03.jpg;Eis\n";
    let (found, findings) = read(titled);
    assert_eq!(found, ALL);
    assert_eq!(findings, ["note captions-columns 3:1 the column “Nr” of captions.csv is not used"]);
    let (found, findings) = read("01.jpg;Möwe\n02.jpg;Hafen, früh\n03.jpg;Eis\n");
    assert_eq!((found, findings.len()), (ALL.map(str::to_owned).to_vec(), 0));
}

#[test]
fn every_text_of_a_photo_can_be_in_the_table() {
    let table = "Photo,Légende,Texte alternatif,Crédit,Lieu,Fecha\n\
        01.jpg,Le port,Des bateaux,Ada Field,Nes,31.12.1984\n02.jpg,,,,,\n";
    let loaded = book("captions.csv", table).load();
    let first = plates(&loaded)[0].clone();
    assert_eq!(plain_text(&first.caption), "Le port");
    assert_eq!(first.alt.as_deref(), Some("Des bateaux"));
    assert_eq!(first.credit.as_deref(), Some("Ada Field"));
    assert_eq!(first.place.as_deref(), Some("Nes"));
    assert_eq!(dates(&loaded), ["31 December 1984", "", ""]);
}

#[test]
fn the_manifest_comes_before_the_table() {
    let manifest = "title: A\ncaptions: captions.csv\ncredit: Book\npages:\n  \
        - { photo: a.jpg, caption: Own., alt: x }\n  - { photo: b.jpg, alt: \"\", place: \"\" }\n";
    let table = "file,caption,alt,place\na,Table.,Table alt,Nes\nb,Table.,Table alt,Nes\n";
    let loaded = BookFixture::new(manifest)
        .photo("a.jpg", 60, 40)
        .photo("b.jpg", 60, 40)
        .file("captions.csv", table)
        .load();
    assert_eq!(captions(&loaded), ["Own.", "Table."]);
    let plates = plates(&loaded);
    assert_eq!(plates[0].alt.as_deref(), Some("x"));
    assert_eq!((plates[1].alt.as_deref(), plates[1].place.as_deref()), (Some(""), None));
    assert_eq!(plates[0].place.as_deref(), Some("Nes"));
    assert_eq!(plates[0].credit.as_deref(), Some("Book"));
}

#[test]
fn a_cell_is_plain_text_and_keeps_its_line_breaks() {
    let table = "file,caption\n01,\"*Ida* \"\"the boat\"\"\nat dawn\"\n02,a\n03,b\n";
    let loaded = book("captions.csv", table).load();
    assert_eq!(
        plates(&loaded)[0].caption,
        [
            Inline::Text("*Ida* “the boat”".into()),
            Inline::LineBreak,
            Inline::Text("at dawn".into())
        ]
    );
}

#[test]
fn what_a_spreadsheet_adds_is_taken_away_and_its_errors_are_found() {
    let table = "file,caption\n\"=\"\"01\"\"\",'=1+1\n2.jpg,#N/A\n'03,Eis\n,Lost\n";
    let (found, findings) = read(table);
    assert_eq!(found, ["=1+1", "", "Eis"]);
    assert_eq!(
        findings,
        [
            "note captions-row 3:1 a number stands for a file name: `2.jpg` for photos/02.jpg",
            "warning captions-row 3:7 `#N/A` is the error of a formula, not a text",
            "warning captions-row 5:1 this row has no file name",
        ]
    );
}

#[test]
fn a_date_that_can_be_two_is_printed_as_it_is_written() {
    let loaded = book("c.csv", "file,date\n01,03/04/1984\n02,31.12.1984\n03,31047\n").load();
    assert_eq!(dates(&loaded), ["03/04/1984", "31 December 1984", ""]);
    assert_eq!(
        lines(&loaded.findings),
        [
            "warning captions-date 2:4 `03/04/1984` can be two dates; it is printed as it is written",
            "warning captions-date 4:4 `31047` is not a date; the photo has no date from the table",
        ]
    );
    let loaded = book("c.csv", "file,date\n01,03/04/1984\n02,12/31/1984\n03,1911~\n").load();
    assert_eq!(dates(&loaded), ["4 March 1984", "31 December 1984", "c. 1911"]);
}

#[test]
fn rows_without_photo_and_photos_without_row_are_reported_once() {
    let table = "file,caption\n01.jpg,a\n11.jpg,b\n12.jpg,c\n13.jpg,d\n14.jpg,e\n";
    let (_, findings) = read(table);
    assert_eq!(
        findings,
        [
            "note captions-missing 2:11 2 photos have no row in captions.csv: photos/02.jpg, photos/03.jpg",
            "warning captions-row 3:1 4 rows of captions.csv match no photo of the book: 11.jpg \
             (line 3), 12.jpg (line 4), 13.jpg (line 5) …",
        ]
    );
}

#[test]
fn what_can_be_several_photos_is_a_finding() {
    let manifest = "title: A\ncaptions: c.csv\npages:\n  - photos: \"*/1.jpg\"\n";
    let book = |table: &str| {
        BookFixture::new(manifest)
            .photo("a/1.jpg", 60, 40)
            .photo("b/1.jpg", 60, 40)
            .file("c.csv", table)
    };
    let loaded = book("file;caption\n1.jpg;x\n").load();
    assert_eq!(captions(&loaded), ["", ""]);
    assert_eq!(
        lines(&loaded.findings),
        ["warning captions-row 2:1 `1.jpg` can be 2 photos: a/1.jpg, b/1.jpg"]
    );
    let loaded = book("file;caption\nA\\1.jpg;x\nC:\\b\\1.JPG;y\na/1.jpg;z\n").load();
    assert_eq!(captions(&loaded), ["z", "y"]);
    let loaded = book("file;caption\na/1.jpg;x\nb/1.jpg;y\na/1.jpg;z\n").load();
    assert_eq!(captions(&loaded), ["x", "y"]);
    assert_eq!(
        lines(&loaded.findings),
        ["warning captions-row 4:1 `a/1.jpg` has another row, in line 2, which is used"]
    );
}

#[test]
fn names_match_in_both_forms_of_unicode() {
    let manifest = "title: A\ncaptions: c.csv\npages:\n  - photo: Möwe.jpg\n";
    let loaded = BookFixture::new(manifest)
        .photo("Möwe.jpg", 60, 40)
        .file("c.csv", "file;caption\n Mo\u{308}we.JPG ;x\n")
        .load();
    assert_eq!((captions(&loaded), lines(&loaded.findings).len()), (vec!["x".to_owned()], 0));
}

#[test]
fn columns_can_be_named_and_misspelt_names_are_found() {
    let table = "Nummer,Kommentar,Comment\n01,Möwe,Gull\n02,\"Hafen, früh\",\n03,Eis,\n";
    let key = "captions: { file: c.csv, columns: { file: nummer, caption: Kommentar } }";
    let loaded = with_key(key, "c.csv", table).load();
    assert_eq!(captions(&loaded), ALL);
    assert_eq!(
        lines(&loaded.findings),
        ["note captions-columns 1:18 the column “Comment” of c.csv is not used"]
    );
    let key = "captions: { file: c.csv, delimiter: \",\", columns: { file: Numer, captoin: X } }";
    let loaded = with_key(key, "c.csv", table).load();
    assert_eq!(
        lines(&loaded.findings),
        [
            "error captions-table 2:59 c.csv has no column `Numer`",
            "error unknown-key 2:66 unknown key `captoin`",
        ]
    );
    let helps: Vec<_> =
        loaded.findings.iter().filter_map(|it| it.help.as_deref()).take(2).collect();
    assert_eq!(helps, ["did you mean `Nummer`?", "did you mean `caption`?"]);
}

#[test]
fn the_forms_of_lightroom_and_exiftool_are_read() {
    let lightroom = "File Name\tTitle\tCaption\tHeadline\tCopyright\tKeywords\tCity\tCountry\r\n\
        01.NEF\tGull\t\"Ida\" at sea\tSea\t© Ada\tsea\tNes\tNorway\r\n\
        02.NEF\tHarbour\t\tThe harbour\t© Ada\t\t\tNorway\r\n\
        03.NEF\t\tEis\t\t\t\tOslo\tOslo\r\n";
    let loaded = book("lightroom.txt", lightroom).load();
    assert_eq!(captions(&loaded), ["“Ida” at sea", "Harbour", "Eis"]);
    let places: Vec<_> = plates(&loaded).iter().map(|plate| plate.place.as_deref()).collect();
    assert_eq!(places, [Some("Nes, Norway"), Some("Norway"), Some("Oslo")]);
    assert_eq!(
        lines(&loaded.findings),
        [
            "note captions-columns 1:34 the columns “Copyright”, “Keywords” of lightroom.txt are not used"
        ]
    );
    let exiftool = "SourceFile,EXIF:DateTimeOriginal,IPTC:Caption-Abstract,XMP-dc:Description-de,IPTC:By-line\n\
        ./export/01.jpg,2026:01:12 10:20:30,Gull,Möwe,Ada Field\n\
        ./export/02.jpg,,Harbour,,\n./export/03.jpg,,Ice,Eis,\n";
    let loaded = book("exiftool.csv", exiftool).load();
    assert_eq!(captions(&loaded), ["Gull", "Harbour", "Ice"]);
    assert_eq!(dates(&loaded), ["12 January 2026", "", ""]);
    assert_eq!(plates(&loaded)[0].credit.as_deref(), Some("Ada Field"));
}

#[test]
fn columns_with_a_language_are_translations() {
    let table = "file,caption,Caption (de),alt.de\n01,Gull,Möwe,x\n02,Harbour,,\n03,,Eis,\n";
    let fixture = book("c.csv", table);
    let german = |all_translations: bool| {
        let language = (!all_translations).then(|| "de".to_owned());
        let options = LoadOptions { language, all_translations, ..LoadOptions::default() };
        manifest::load_with(&fixture.path("book.yaml"), &options)
    };
    assert_eq!(captions(&fixture.load()), ["Gull", "Harbour", "Eis"]);
    let loaded = german(false);
    assert_eq!(captions(&loaded), ["Möwe", "Harbour", "Eis"]);
    assert!(loaded.book.as_ref().unwrap().has_untranslated_text);
    let missing: Vec<_> =
        lines(&german(true).findings).into_iter().filter(|it| it.contains("caption of")).collect();
    assert_eq!(
        missing,
        ["warning untranslated 4:13 the caption of photos/02.jpg is not translated into de"]
    );
    let listed = with_key("languages: [en, fr]\ncaptions: c.csv", "c.csv", table).load();
    assert_eq!(
        lines(&listed.findings)[0],
        "error wrong-value 1:14 `de` is not listed under `languages`"
    );
}

#[test]
fn tables_that_cannot_be_read_say_where_and_why() {
    for (name, table, finding, help) in [
        (
            "c.csv",
            &b"file,caption\n01.jpg,\"The harbour\n02.jpg,\"Ice, at dawn\"\n"[..],
            "error captions-table 2:8 the quote at the beginning of this cell is not closed",
            "close it, or double it",
        ),
        (
            "c.csv",
            b"Nummer,Kommentar\n1,x\n",
            "error captions-table 1:1 c.csv has no column with the names of the photos",
            "its columns are “Nummer”, “Kommentar”; name the one with the file names: captions: { file: c.csv, columns:",
        ),
        (
            "c.csv",
            b"file,caption\n01.jpg,a\0b\n",
            "error captions-table 2:9 c.csv has bytes that are not text in any known encoding",
            "save it as CSV in UTF-8",
        ),
        (
            "c.csv",
            b"file,caption\n01.jpg,The harbour, at dawn\n",
            "error captions-table 2:21 this row has 3 cells, but the header has 2",
            "put a cell in quotes",
        ),
        ("c.csv", b"", "error captions-table 2:11 c.csv is empty", "a table has a header"),
        (
            "c.xlsx",
            b"PK\x03\x04...",
            "error captions-table 2:11 c.xlsx is an Excel workbook, not a table in text form",
            "open it, save it as CSV",
        ),
        (
            "c.ods",
            b"PK\x03\x04...",
            "error captions-table 2:11 c.ods is an OpenDocument spreadsheet, not a table in text form",
            "open it, save it as CSV",
        ),
    ] {
        let loaded = book(name, table).load();
        let errors: Vec<_> =
            loaded.findings.iter().filter(|it| it.code.name() == "captions-table").collect();
        assert_eq!(lines(&errors.iter().map(|it| (*it).clone()).collect::<Vec<_>>()), [finding]);
        let found = errors[0].help.as_deref().unwrap_or_default();
        assert!(found.starts_with(help), "{found}");
        // Only what is wrong with the table is an error: the book can still be checked.
        assert!(loaded.book.is_some());
    }
    let missing = with_key("captions: Captions.csv", "captions.txt", "").load();
    let finding = &missing.findings[0];
    assert_eq!(finding.message, "there is no file Captions.csv");
    assert_eq!(finding.help.as_deref(), Some("captions.txt is there"));
}

#[test]
fn a_table_that_is_too_large_is_refused() {
    let loaded = book("c.csv", vec![b'x'; (16 << 20) + 1]).load();
    assert_eq!(lines(&loaded.findings)[0], "error captions-table 2:11 c.csv is larger than 16 MB");
}

#[test]
fn ten_thousand_rows_are_matched_in_a_moment() {
    let mut table = "file;caption\n01.jpg;Last\n02.jpg;x\n03.jpg;y\n".to_owned();
    for row in 0..10_000 {
        writeln!(table, "{row}x.jpg;Caption {row}").unwrap();
    }
    let loaded = book("c.csv", table).load();
    assert_eq!(captions(&loaded), ["Last", "x", "y"]);
    assert!(lines(&loaded.findings)[0].starts_with("warning captions-row 5:1 10000 rows of c.csv"));
}

#[test]
fn the_findings_of_a_table_show_its_line() {
    let loaded = book("c.csv", "file;caption\n01;a\n02;b\n03;c\n99;d\n").load();
    let at = loaded.findings.iter().find(|it| it.code.name() == "captions-row").unwrap();
    let at = at.at.as_ref().unwrap();
    assert_eq!((at.line, at.column, at.length), (5, 1, 2));
    assert!(loaded.sources[&at.file].contains("99;d"));
}

#[test]
fn a_long_caption_is_no_header() {
    let caption = "word ".repeat(6_000);
    let book =
        BookFixture::new("title: T\ncaptions: c.csv\npages:\n  - photo: a.jpg\n    alt: A.\n")
            .photo("a.jpg", 30, 20)
            .file("c.csv", format!("file,caption\na.jpg,{caption}\n"));
    let loaded = book.load();
    let plate = loaded.book.as_ref().unwrap().plates().next().unwrap().1;
    assert_eq!(plain_text(&plate.caption).len(), caption.trim().len());
}
