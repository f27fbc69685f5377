//! The print and the screen PDF: objects, page contents and rendered pages.
#![allow(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a test reads the files that it wrote, and counts pixels on small pages"
)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use flate2::read::ZlibDecoder;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use recto::model::{
    Book, Bookmark, Creator, Digits, Edges, FaceId, Folio, Fonts, Glyph, GlyphRun, Identifier, Ink,
    Item, Language, Length, Letters, Link, Marks, Numbering, Orientation, Page, Pages, PassageKind,
    Picture, PlacedPicture, Point, PressProfile, Profile, ProfileSpace, Rect, Role, Rule, Side,
    Size, Standards, StructureElement, StructureKind, Target, Turn,
};
use recto::pdf::{self, Options, PictureOptions};
use recto::picture::{ImageProcessor, PressOptions, ProcessorOptions, ScaleOptions};
use recto::typeset::Faces;
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::support::books::picture;
use crate::support::fixture::editions;

/// The serif font for text, upright.
const SERIF: FaceId = FaceId(0);

fn book() -> Book {
    Book {
        creators: vec![Creator {
            name: "Ada Fjeld-Åsen".into(),
            role: Role { code: "pht", term: "photographer" },
            sort: None,
        }],
        identifier: Identifier::Isbn("9780000000002".into()),
        editions: editions(),
        publisher: Some("Shore Press".into()),
        rights: Some("© 2026 Ada".into()),
        description: Some("A winter.".into()),
        subjects: vec!["Photography".into(), "Travel".into()],
        entries: Vec::new(),
        ..Book::new("Winter < Road & Sea", Language::new("en"))
    }
}

/// Pages of 100 × 150 mm with these items.
fn pages(contents: Vec<Vec<Item>>) -> Pages {
    let pages = (0_u32..).zip(contents).map(|(index, items)| Page {
        folio: Folio { numbering: Numbering::Arabic, number: index + 1, digits: Digits::LATIN },
        side: Side::from_index(index as usize),
        entry: None,
        items,
        links: Vec::new(),
        torn: Vec::new(),
        title_overset: false,
        sheet: None,
    });
    Pages {
        trim: Size::new(Length::mm(100), Length::mm(150)),
        bleed: Edges::all(Length::mm(3)),
        binding_right: false,
        pages: pages.collect(),
        bookmarks: Vec::new(),
        overset: Vec::new(),
        wide_tables: Vec::new(),
        padding: 0,
    }
}

/// An image processor with one thread.
static PROCESSOR: LazyLock<ImageProcessor> =
    LazyLock::new(|| ImageProcessor::new(ProcessorOptions::default()));

/// The print PDF with unchanged photos.
pub(crate) fn press() -> Options<'static> {
    Options {
        guides: &[],
        standard: Standards::X4,
        marks: Marks::None,
        bleed: true,
        pictures: PictureOptions::Press(PressOptions::UNCHANGED),
        links: false,
        tagged: false,
        modified: OffsetDateTime::from_unix_timestamp(1_790_000_000).unwrap(),
        processor: &PROCESSOR,
    }
}

const SMALL: ScaleOptions = ScaleOptions { max_edge: 16, max_pixels: 1_000_000, quality: 85 };

fn screen() -> Options<'static> {
    Options { standard: Standards::NONE, bleed: false, links: true, tagged: true, ..press() }
}

fn faces() -> Faces {
    Faces::load(&Fonts::default()).unwrap()
}

fn written(pages: &Pages, options: &Options<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    pdf::write(&book(), pages, &faces(), options, &mut out, &mut || ()).unwrap();
    out
}

fn read_back(pages: &Pages, options: &Options<'_>) -> PdfFile {
    PdfFile::new(written(pages, options))
}

fn offset(byte: usize) -> u32 {
    byte.try_into().unwrap()
}

/// A line of text with one glyph per character, whose baseline is 20 mm below the head.
fn line(text: &str) -> GlyphRun {
    let faces = faces();
    let face = faces.get(SERIF).unwrap();
    let size = Length::pt(12);
    let glyphs = text.char_indices().map(|(start, letter)| {
        let id = face.glyph(letter).unwrap();
        Glyph {
            id,
            advance: size.scale(face.glyph_width(id).into(), face.units_per_em.into()),
            offset: Point::default(),
            text: offset(start)..offset(start + letter.len_utf8()),
        }
    });
    GlyphRun {
        face: SERIF,
        size,
        ink: Ink::BLACK,
        origin: Point::new(Length::mm(10), Length::mm(20)),
        turn: Turn::Upright,
        glyphs: glyphs.collect(),
        text: text.into(),
        right_to_left: false,
        letters: Letters::default(),
        is_repeated: false,
        language: None,
        element: None,
        passage: recto::model::Passage::default(),
    }
}

fn rect(x: i64, y: i64, width: i64, height: i64) -> Rect {
    let mm = Length::mm;
    Rect::new(Point::new(mm(x), mm(y)), Size::new(mm(width), mm(height)))
}

/// The corners of [`photo`], row by row.
const CORNERS: [[u8; 3]; 4] = [[230, 20, 20], [20, 200, 20], [20, 20, 230], [230, 220, 20]];

/// A photo of 40 × 20 pixels with a colour in each quarter.
fn photo(folder: &Path, name: &str) -> Picture {
    let corner = |x: usize, y: usize| CORNERS[x / 20 + y / 10 * 2];
    let samples: Vec<u8> = (0..20).flat_map(|y| (0..40).flat_map(move |x| corner(x, y))).collect();
    let path = folder.join(name);
    let mut encoder = Encoder::new_file(&path, 95).unwrap();
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.encode(&samples, 40, 20, ColorType::Rgb).unwrap();
    Picture { path, name: name.into(), ..picture(40, 20) }
}

fn placed(picture: &Arc<Picture>, frame: Rect) -> Item {
    let picture = Arc::clone(picture);
    Item::Picture(Box::new(PlacedPicture {
        picture,
        alt: None,
        frame,
        clip: frame,
        turn: Turn::Upright,
        continues_previous: false,
        element: None,
    }))
}

/// A PDF file, read as PDF readers do: from its end, through the cross-reference stream, to each
/// object.
struct PdfFile {
    bytes: Vec<u8>,
    objects: BTreeMap<usize, (usize, usize)>,
}

impl PdfFile {
    fn new(bytes: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(&bytes);
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        let widths = between(&text[text.rfind("/W[").unwrap()..], "/W[", "]");
        let widths: Vec<usize> = widths.split(' ').map(|width| width.parse().unwrap()).collect();
        let table = inflated(stream(&bytes[start..]));
        let offsets: Vec<usize> = table
            .chunks(widths.iter().sum())
            .filter(|entry| entry[0] == 1)
            .map(|entry| entry[1..=widths[1]].iter().fold(0, |n, b| (n << 8) | usize::from(*b)))
            .collect();
        let mut objects = BTreeMap::new();
        for (index, offset) in offsets.iter().enumerate() {
            let head = format!("{} 0 obj\n", index + 1);
            assert!(
                bytes[*offset..].starts_with(head.as_bytes()),
                "object {} is not at its offset",
                index + 1
            );
            let next = offsets.iter().filter(|other| *other > offset).min().copied();
            objects.insert(index + 1, (*offset, next.unwrap_or(bytes.len())));
        }
        assert_eq!(
            objects.len() * widths.iter().sum::<usize>(),
            table.len() - widths.iter().sum::<usize>()
        );
        Self { bytes, objects }
    }

    fn objects(&self) -> impl Iterator<Item = &[u8]> {
        self.objects.values().map(|(start, end)| &self.bytes[*start..*end])
    }

    /// The dictionaries that contain this text.
    fn dictionaries_with(&self, text: &str) -> Vec<String> {
        self.objects()
            .map(|object| {
                let end = object.windows(7).position(|w| w == b"stream\n").unwrap_or(object.len());
                String::from_utf8_lossy(&object[..end]).into_owned()
            })
            .filter(|object| object.contains(text))
            .collect()
    }

    /// The content streams, in the order of the pages.
    fn contents(&self) -> Vec<String> {
        let pages = self.dictionaries_with("/Type/Page/");
        let ids = pages.iter().map(|page| between(page, "/Contents ", " ").parse().unwrap());
        ids.map(|id| String::from_utf8(self.stream(id)).unwrap()).collect()
    }

    fn stream(&self, id: usize) -> Vec<u8> {
        let (start, end) = self.objects[&id];
        inflated(stream(&self.bytes[start..end]))
    }

    fn to_unicode(&self) -> String {
        let font = &self.dictionaries_with("/ToUnicode")[0];
        String::from_utf8(self.stream(between(font, "/ToUnicode ", " ").parse().unwrap())).unwrap()
    }
}

/// The data of a stream object.
fn stream(object: &[u8]) -> &[u8] {
    let start = object.windows(7).position(|window| window == b"stream\n").unwrap() + 7;
    let head = String::from_utf8_lossy(&object[..start]);
    let length: usize = between(&head, "/Length ", "/").split('>').next().unwrap().parse().unwrap();
    &object[start..start + length]
}

fn inflated(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(data).read_to_end(&mut bytes).unwrap();
    bytes
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}")) + start.len();
    let length = text[from..].find(end).unwrap_or(text.len() - from);
    &text[from..from + length]
}

#[test]
fn the_header_and_the_trailer_are_valid() {
    let file = read_back(&pages(vec![vec![Item::Glyphs(line("Winter"))], vec![]]), &press());
    assert!(file.bytes.starts_with(b"%PDF-1.6\n%\xE2\xE3\xCF\xD3\n"));
    assert!(file.bytes.ends_with(b"%%EOF\n"));
    let trailer = &file.dictionaries_with("/Type/XRef")[0];
    for key in ["/Root ", "/Info ", "/ID[", "/Size "] {
        assert!(trailer.contains(key), "{trailer}");
    }
    assert!(!trailer.contains("/Encrypt"));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let pictures: Vec<_> =
        (0..5).map(|n| Arc::new(photo(folder.path(), &format!("{n}.jpg")))).collect();
    let pages = pages(
        pictures
            .iter()
            .map(|p| vec![placed(p, rect(10, 10, 80, 40)), Item::Glyphs(line("Nes"))])
            .collect(),
    );
    let four_threads =
        ImageProcessor::new(ProcessorOptions { jobs: 4, ..ProcessorOptions::default() });
    assert!(
        written(&pages, &press())
            == written(&pages, &Options { processor: &four_threads, ..press() })
    );
    let scaled = Options { pictures: PictureOptions::Scaled(SMALL), ..screen() };
    assert!(
        written(&pages, &scaled)
            == written(&pages, &Options { processor: &four_threads, ..scaled })
    );
    let later = press().modified + time::Duration::seconds(1);
    assert!(written(&pages, &press()) != written(&pages, &Options { modified: later, ..press() }));
}

#[test]
fn page_boxes_nest_and_depend_on_the_side_of_the_leaf() {
    let mut pages = pages(vec![vec![], vec![]]);
    pages.bleed = Edges { inner: Length::ZERO, ..Edges::all(Length::mm(5)) };
    let boxes = |pages: &Pages, edition: &Options| -> Vec<String> {
        let file = read_back(pages, edition);
        let page = |page: &String| between(page, "/MediaBox", "/Resources").to_owned();
        file.dictionaries_with("/Type/Page/").iter().map(page).collect()
    };
    let found = boxes(&pages, &press());
    // 5 mm are 14.173 pt, 100 mm 283.465 pt, 150 mm 425.197 pt.
    assert!(found[0].starts_with("[0 0 297.638 453.543]"), "{}", found[0]);
    assert!(found[0].contains("/TrimBox[0 14.173 283.465 439.37]"), "{}", found[0]);
    assert!(found[0].contains("/BleedBox[0 0 297.638 453.543]"), "{}", found[0]);
    assert!(found[1].contains("/TrimBox[14.173 14.173 297.638 439.37]"), "{}", found[1]);

    pages.binding_right = true;
    let bound_right = boxes(&pages, &press());
    assert!(
        bound_right[0].contains("/TrimBox[14.173 14.173 297.638 439.37]"),
        "{}",
        bound_right[0]
    );
    assert!(boxes(&pages, &screen())[0].starts_with("[0 0 283.465 425.197]/Contents"));
}

#[test]
fn crop_marks_are_outside_the_bleed_in_every_ink() {
    let edition = Options { marks: Marks::Crop, ..press() };
    let file = read_back(&pages(vec![vec![]]), &edition);
    let page = &file.dictionaries_with("/Type/Page/")[0];
    // 3 mm of bleed and 5 mm of mark on all sides.
    assert!(page.contains("/MediaBox[0 0 328.819 470.551]"), "{page}");
    assert!(page.contains("/TrimBox[22.677 22.677 306.142 447.874]"), "{page}");
    assert!(page.contains("/BleedBox[14.173 14.173 314.646 456.378]"), "{page}");
    assert_eq!(file.dictionaries_with("[/Separation/All/DeviceCMYK").len(), 1);
    let content = &file.contents()[0];
    assert!(
        content.starts_with("q\n0.25 w\n/All CS\n1 SCN\n0 447.874 m\n14.173 447.874 l\n"),
        "{content}"
    );
    assert_eq!(content.matches(" l\n").count(), 8);
}

#[test]
fn only_the_screen_pdf_has_links() {
    let mut pages = pages(vec![vec![], vec![]]);
    let link =
        |target| Link { rect: rect(10, 10, 30, 5), target, label: "Nes".into(), element: None };
    pages.pages[0].links =
        vec![link(Target::Uri("https://nes.example/æ b".into())), link(Target::Page(1))];
    assert!(read_back(&pages, &press()).dictionaries_with("/Annots").is_empty());

    let file = read_back(&pages, &screen());
    let links = file.dictionaries_with("/Subtype/Link");
    assert_eq!(links.len(), 2);
    assert!(links[0].contains("/Border[0 0 0]"), "{}", links[0]);
    assert!(links[0].contains("/URI(https://nes.example/%C3%A6%20b)"), "{}", links[0]);
    assert!(links[1].contains(" 0 R/Fit]"), "{}", links[1]);
    assert!(file.dictionaries_with("/Type/Catalog")[0].contains("/PageLayout/TwoPageRight"));
}

#[test]
fn page_labels_are_the_folios() {
    let mut pages = pages(vec![vec![]; 5]);
    for (page, number) in pages.pages.iter_mut().zip([1, 2]) {
        page.folio = Folio::roman(number);
    }
    for (page, number) in pages.pages[2..].iter_mut().zip([1, 2, 5]) {
        page.folio.number = number;
    }
    let labels = &read_back(&pages, &press()).dictionaries_with("/Nums")[0];
    let nums = between(labels, "/Nums[", "\n").replace("/Type/PageLabel", "");
    assert_eq!(nums, "0<</S/r/St 1>>2<</S/D/St 1>>4<</S/D/St 5>>]>>");
}

#[test]
fn bookmarks_are_destinations_and_not_actions() {
    let mut pages = pages(vec![vec![]; 3]);
    let leaf = |title: &str, page| Bookmark { title: title.into(), page, children: Vec::new() };
    pages.bookmarks = vec![
        leaf("Preface", 0),
        Bookmark { children: vec![leaf("Nes", 1), leaf("Ås", 2)], ..leaf("February", 1) },
    ];
    let file = read_back(&pages, &press());
    let february = &file.dictionaries_with("/Title(February)")[0];
    assert!(february.contains("/Count -2") && february.contains("/Dest["), "{february}");
    // "Ås" in UTF-16.
    assert_eq!(file.dictionaries_with("/Title<FEFF00C50073>").len(), 1);
    assert!(file.dictionaries_with("/Type/Outlines")[0].contains("/Count 2"));
    assert!(file.dictionaries_with("/S/GoTo").is_empty());
}

#[test]
fn a_photo_is_embedded_once_and_byte_for_byte() {
    let folder = TempDir::new().unwrap();
    let picture = Arc::new(photo(folder.path(), "nes.jpg"));
    let scan = scan(&picture.path);
    let copy = Arc::new(picture.as_ref().clone());
    let pages = pages(vec![
        vec![placed(&picture, rect(10, 10, 80, 40))],
        vec![placed(&copy, rect(0, 0, 100, 50))],
    ]);
    let mut done = 0;
    let mut out = Vec::new();
    pdf::write(&book(), &pages, &faces(), &press(), &mut out, &mut || done += 1).unwrap();
    assert_eq!(done, 1);
    let file = PdfFile::new(out);
    let images = file.dictionaries_with("/Subtype/Image");
    assert_eq!(images.len(), 1);
    assert!(images[0].contains("/Filter/DCTDecode"), "{}", images[0]);
    assert!(images[0].contains("/ColorSpace[/ICCBased "), "{}", images[0]);
    assert!(file.bytes.windows(scan.len()).any(|window| window == scan));
    assert!(file.dictionaries_with("DeviceRGB").is_empty());
}

/// The compressed samples of a JPEG, from the start of its scan to its end.
fn scan(path: &PathBuf) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    let start = bytes.windows(2).position(|marker| marker == [0xFF, 0xDA]).unwrap();
    bytes[start..].to_vec()
}

#[test]
fn photos_share_their_profiles() {
    let folder = TempDir::new().unwrap();
    let profile =
        |byte| Some(Arc::new(Profile { bytes: vec![byte; 300], space: ProfileSpace::Rgb }));
    let contents = [1, 1, 2]
        .iter()
        .enumerate()
        .map(|(index, byte)| {
            let picture = photo(folder.path(), &format!("{index}.jpg"));
            let picture = Arc::new(Picture { profile: profile(*byte), ..picture });
            vec![placed(&picture, rect(10, 10, 80, 40))]
        })
        .collect();
    let file = read_back(&pages(contents), &press());
    assert_eq!(file.dictionaries_with("/Subtype/Image").len(), 3);
    // Two profiles of photos, and that of the output intent.
    assert_eq!(file.dictionaries_with("/N 3").len(), 2);
    assert_eq!(file.dictionaries_with("/N 4").len(), 1);
}

#[test]
fn scaled_photos_are_embedded_upright() {
    let folder = TempDir::new().unwrap();
    let rotated =
        Picture { orientation: Orientation::Turned90, ..photo(folder.path(), "rotated.jpg") };
    let pages = pages(vec![vec![placed(&Arc::new(rotated), rect(10, 10, 40, 80))]]);
    let file = read_back(&pages, &Options { pictures: PictureOptions::Scaled(SMALL), ..screen() });
    let image = &file.dictionaries_with("/Subtype/Image")[0];
    assert!(image.contains("/Width 8/Height 16"), "{image}");
    assert!(
        file.contents()[0].contains("113.386 0 0 226.772 28.346 170.079 cm"),
        "{}",
        file.contents()[0]
    );
}

#[test]
fn glyphs_map_to_their_unicode_text() {
    let file = read_back(&pages(vec![vec![Item::Glyphs(line("a nå"))]]), &press());
    let map = file.to_unicode();
    for line in ["<0001> <0061>", "<0002> <0020>", "<0003> <006E>", "<0004> <00E5>"] {
        assert!(map.contains(line), "{map}");
    }
    assert!(!file.contents()[0].contains("ActualText"));
}

#[test]
fn a_hyphen_at_the_end_of_a_line_maps_to_a_soft_hyphen() {
    let mut broken = line("in-side-");
    let end = broken.glyphs.len() - 1;
    broken.glyphs[end].text = 0..0;
    let file = read_back(&pages(vec![vec![Item::Glyphs(broken)]]), &press());
    assert!(file.to_unicode().contains("> <002D>"));
    assert!(file.to_unicode().contains("<C000> <00AD>"));
}

#[test]
fn a_glyph_with_two_texts_has_two_codes() {
    let mut small_capitals = line("abAB");
    small_capitals.glyphs[2].id = small_capitals.glyphs[0].id;
    small_capitals.glyphs[3].id = small_capitals.glyphs[1].id;
    let file = read_back(&pages(vec![vec![Item::Glyphs(small_capitals)]]), &press());
    let map = file.to_unicode();
    for mapped in ["<0001> <0061>", "<0002> <0062>", "<C000> <0041>", "<C001> <0042>"] {
        assert!(map.contains(mapped), "{map}");
    }
    let content = &file.contents()[0];
    assert!(!content.contains("ActualText"), "{content}");
    let font = &file.dictionaries_with("/CIDFontType0")[0];
    assert!(font.contains("49152["), "{font}");
}

#[test]
fn missing_glyphs_are_never_shown() {
    let mut run = line("abc");
    run.glyphs[0].id = 0;
    run.glyphs[2].id = 0;
    let file = read_back(&pages(vec![vec![Item::Glyphs(run)]]), &press());
    let content = &file.contents()[0];
    assert!(content.contains("<0001>") || content.contains("(\\000\\001)"), "{content}");
    assert!(!content.contains("C000") && !content.contains("0000>"), "{content}");
    assert!(!file.to_unicode().contains("C000"));
}

#[test]
fn ligatures_and_combining_accents_map_to_their_text() {
    let mut run = line("fix");
    run.glyphs.remove(1);
    run.glyphs[0].text = 0..2;
    let mut accent = line("e\u{301}");
    for glyph in &mut accent.glyphs {
        glyph.text = 0..3;
    }
    let items = vec![Item::Glyphs(run), Item::Glyphs(accent)];
    let file = read_back(&pages(vec![items]), &press());
    let map = file.to_unicode();
    for mapped in ["<0001> <00660069>", "<0003> <0065>", "<0004> <0301>"] {
        assert!(map.contains(mapped), "{map}");
    }
}

#[test]
fn glyphs_are_at_their_positions_in_the_layout() {
    let mut run = line("aaa");
    let em = run.size;
    let advance = run.glyphs[0].advance;
    run.glyphs[0].advance = advance + em.scale(100, 1000);
    run.glyphs[2].offset.y = Length::pt(3);
    let content = &read_back(&pages(vec![vec![Item::Glyphs(run)]]), &press()).contents()[0];
    // The baseline is 20 mm below the head of the trim, which is 3 mm below that of the sheet.
    assert!(content.starts_with("0 0 0 1 k\nBT\n/F0 12 Tf\n36.85 377.008 Td\n"), "{content}");
    assert!(content.contains("[(\\000\\001) -100 (\\000\\001)] TJ"), "{content}");
    assert!(content.contains("3 Ts\n[(\\000\\001)] TJ\n0 Ts\nET"), "{content}");
}

#[test]
fn colours_are_cmyk_in_print_and_rgb_on_screen() {
    let gray = Item::Rule(Rule { rect: rect(0, 0, 10, 10), ink: Ink::SECONDARY, is_round: false });
    let ink = Ink { c: 100, m: 50, y: 0, k: 0 };
    let blue = Item::Rule(Rule { rect: rect(0, 0, 10, 10), ink, is_round: false });
    let pages = pages(vec![vec![gray, blue]]);
    let print = &read_back(&pages, &press()).contents()[0];
    assert!(print.contains("0 0 0 0.75 k") && print.contains("1 0.5 0 0 k"), "{print}");
    let screen = Options { pictures: PictureOptions::Scaled(SMALL), ..screen() };
    let screen = &read_back(&pages, &screen).contents()[0];
    // The same colour as in the fixed-layout e-book and the preview.
    let level = |of_255: u8| (f32::from(of_255) * 1000.0 / 255.0).round() / 1000.0;
    let [red, green, blue] = ink.on_screen().map(level);
    let [gray, ..] = Ink::SECONDARY.on_screen().map(level);
    for colour in [format!("{gray} g"), format!("{red} {green} {blue} rg")] {
        assert!(screen.contains(&colour), "{colour} in {screen}");
    }
}

#[test]
fn a_text_in_another_language_is_tagged_with_it() {
    let mut harbour = line("The harbour");
    harbour.language = Some("en-GB".into());
    harbour.passage.number = 1;
    let contents = vec![vec![Item::Glyphs(line("Der Hafen")), Item::Glyphs(harbour)]];
    let file = read_back(&pages(contents), &screen());
    assert_eq!(file.dictionaries_with("/Type/StructElem").len(), 3);
    let marked = file.dictionaries_with("/Lang(en-GB)");
    assert!(marked.len() == 1 && marked[0].contains("/S/P"), "{marked:?}");
}

#[test]
fn the_screen_pdf_is_tagged_and_decoration_is_an_artifact() {
    let folder = TempDir::new().unwrap();
    let picture = Arc::new(photo(folder.path(), "nes.jpg"));
    let described = |alt: &str| {
        let (picture, frame) = (Arc::clone(&picture), rect(10, 40, 80, 40));
        let alt = Some(alt.into());
        Item::Picture(Box::new(PlacedPicture {
            picture,
            alt,
            frame,
            clip: frame,
            turn: Turn::Upright,
            continues_previous: false,
            element: None,
        }))
    };
    let mut folio = line("1");
    folio.origin.y = Length::mm(145);
    folio.passage.kind = PassageKind::Folio;
    let mut caption = line("Winter");
    caption.origin.y = Length::mm(90);
    caption.passage.kind = PassageKind::Caption;
    let mut heading = line("Winter");
    heading.element = Some(StructureElement::part(StructureKind::Heading(1)));
    let contents = vec![
        Item::Glyphs(heading),
        Item::Glyphs(caption),
        described("Boats in blue light"),
        described(""),
        Item::Glyphs(folio),
    ];
    let mut pages = pages(vec![contents]);
    pages.pages[0].links = vec![Link {
        rect: rect(10, 10, 30, 5),
        target: Target::Page(0),
        label: "Winter, 1".into(),
        element: None,
    }];
    pages.bookmarks = vec![Bookmark { title: "winter".into(), page: 0, children: Vec::new() }];
    let file = read_back(&pages, &screen());
    assert!(file.dictionaries_with("/Type/Catalog")[0].contains("/MarkInfo<</Marked true>>"));
    assert_eq!(file.dictionaries_with("/Type/StructElem").len(), 5);
    assert!(file.dictionaries_with("/S/Figure")[0].contains("/Alt(Boats in blue light)"));
    assert_eq!(file.dictionaries_with("/S/H1").len() + file.dictionaries_with("/S/Link").len(), 2);
    let content = &file.contents()[0];
    assert_eq!(content.matches("/Artifact <<").count(), 2, "{content}");
    assert_eq!(content.matches("EMC").count(), 5, "{content}");
    assert!(read_back(&pages, &press()).dictionaries_with("StructTreeRoot").is_empty());
}

#[test]
fn both_halves_of_a_spread_are_one_figure() {
    let folder = TempDir::new().unwrap();
    let picture = Arc::new(photo(folder.path(), "nes.jpg"));
    let bay = StructureElement::part(StructureKind::Figure);
    let half = |alt: &str, goes_on, element: &Arc<StructureElement>| {
        let Item::Picture(mut half) = placed(&picture, rect(0, 0, 100, 150)) else {
            unreachable!()
        };
        half.alt = Some(alt.into());
        half.continues_previous = goes_on;
        half.element = Some(Arc::clone(element));
        Item::Picture(half)
    };
    let text = || Item::Glyphs(line("Winter"));
    let pages = pages(vec![
        vec![text(), half("A bay", false, &bay)],
        vec![half("", true, &bay), text()],
        vec![half("A quay", false, &StructureElement::part(StructureKind::Figure))],
    ]);
    let file = read_back(&pages, &screen());
    let figures = file.dictionaries_with("/S/Figure");
    assert_eq!(figures.len(), 2, "{figures:?}");
    let bay = figures.iter().find(|figure| figure.contains("/Alt(A bay)")).unwrap();
    // Its content is the second of its page, and the first of the next one.
    assert!(bay.contains("/K[1<</Type/MCR/Pg 5 0 R/MCID 0>>]"), "{bay}");
    assert!(!bay.contains("/BBox"), "{bay}");
    let quay = figures.iter().find(|figure| figure.contains("/Alt(A quay)")).unwrap();
    assert!(quay.contains("/BBox") && quay.contains("/K[0]"), "{quay}");
    assert!(file.contents().iter().all(|content| !content.contains("/Artifact")));
}

#[test]
fn the_print_pdf_declares_its_standard_and_its_output_intent() {
    let file = read_back(&pages(vec![vec![]]), &press());
    let text = String::from_utf8_lossy(&file.bytes);
    for declaration in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        "<xmp:ModifyDate>2026-09-21T14:13:20Z</xmp:ModifyDate>",
        "/ModDate(D:20260921141320Z)",
        "Winter &lt; Road &amp; Sea</rdf:li>",
        "/Trapped/False",
        "/OutputConditionIdentifier(FOGRA39)",
        "/RegistryName(http://www.color.org)",
        "/S/GTS_PDFX",
        "<dc:identifier>urn:uuid:00000000-0000-5000-8000-000000000002</dc:identifier>",
    ] {
        assert!(text.contains(declaration), "{declaration}");
    }
    let screen = read_back(&pages(vec![vec![]]), &screen());
    let text = String::from_utf8_lossy(&screen.bytes);
    assert!(!text.contains("pdfxid") && !text.contains("OutputIntent"));
    assert!(text.contains("-000000000003</dc:identifier>"), "every edition has its own identifier");
}

/// The violations that keep a file from being written.
fn violations(book: &Book, pages: &Pages, options: &Options<'_>) -> Vec<String> {
    let mut out = Vec::new();
    match pdf::write(book, pages, &faces(), options, &mut out, &mut || ()) {
        Err(pdf::PdfError::Standard { violations, .. }) => {
            assert!(!out.ends_with(b"%%EOF\n"));
            violations.iter().map(ToString::to_string).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_breaks_a_standard_is_listed_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let profile = |class: &[u8], space: &[u8], version| {
        let mut bytes = vec![0; 132];
        bytes[8] = version;
        bytes[12..16].copy_from_slice(class);
        bytes[16..20].copy_from_slice(space);
        bytes[36..40].copy_from_slice(b"acsp");
        bytes
    };
    let with_profile = |bytes| {
        let mut book = book();
        book.print.profile = PressProfile::File { path: "press.icc".into(), bytes };
        book
    };
    let empty = pages(vec![vec![]]);
    let standard = |standard| Options { standard, ..press() };
    for (class, space, version, standards, expected) in [
        (
            b"prtr",
            b"RGB ",
            4,
            Standards::X1A_2003,
            "the profile of the press is not the profile of a CMYK device",
        ),
        (
            b"mntr",
            b"RGB ",
            4,
            Standards::X4,
            "the profile of the press is not the profile of an output device",
        ),
        (
            b"scnr",
            b"RGB ",
            4,
            Standards::A2B,
            "the profile of the press is not the profile of an output device",
        ),
        (
            b"prtr",
            b"CMYK",
            5,
            Standards::A2B,
            "the profile of the press has ICC version 5; 4 is the last allowed",
        ),
    ] {
        let book = with_profile(profile(class, space, version));
        assert_eq!(violations(&book, &empty, &standard(standards)), [expected]);
    }
    let no_title = Book { title: " ".into(), ..book() };
    assert_eq!(violations(&no_title, &empty, &press()), ["the book has no title"]);
    let mut huge = pages(vec![vec![], vec![]]);
    huge.trim.height = Length::mm(5_100);
    assert_eq!(
        violations(&book(), &huge, &standard(Standards::A2B)),
        ["page 1 is narrower than 3 pt or wider than 14400 pt"]
    );
    let tagged = |version| {
        let profile =
            Profile { bytes: profile(b"mntr", b"RGB ", version), space: ProfileSpace::Rgb };
        let picture = Picture { profile: Some(Arc::new(profile)), ..photo(folder.path(), "a.jpg") };
        pages(vec![vec![placed(&Arc::new(picture), rect(10, 10, 80, 40))]])
    };
    assert_eq!(
        violations(&book(), &tagged(5), &press()),
        ["the colour profile in a.jpg has ICC version 5; 4 is the last allowed"]
    );
    // Photos that are not converted are not what PDF/X-1a has.
    for standards in [Standards::X1A_2001, Standards::X1A_2003] {
        assert_eq!(
            violations(&book(), &tagged(4), &standard(standards)),
            ["a.jpg is not converted to CMYK"]
        );
    }
}

#[test]
fn a_file_for_screens_has_srgb_as_its_output_intent_and_names_its_standards() {
    let folder = TempDir::new().unwrap();
    let picture = Arc::new(photo(folder.path(), "a.jpg"));
    let mut item = placed(&picture, rect(10, 10, 80, 40));
    if let Item::Picture(placed) = &mut item {
        placed.alt = Some("A gradient.".into());
    }
    let pages = pages(vec![vec![item]]);
    let standard = Standards { a2b: true, ua1: true, x: None };
    let options = Options { standard, pictures: PictureOptions::Scaled(SMALL), ..screen() };
    let file = read_back(&pages, &options);
    assert!(file.bytes.starts_with(b"%PDF-1.7\n"));
    let text = String::from_utf8_lossy(&file.bytes);
    for declaration in [
        "/S/GTS_PDFA1",
        "/OutputConditionIdentifier(sRGB)",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    ] {
        assert!(text.contains(declaration), "{declaration}");
    }
    assert!(!text.contains("GTS_PDFX") && !text.contains("pdfxid"));
    // The photos share the profile of the output intent.
    assert_eq!(file.dictionaries_with("/N 3").len(), 1);
}

/// Pixels per point in a rendered page.
const SCALE: f32 = 2.0;

/// The rendered first page.
struct RenderedPage(Pixmap);

impl RenderedPage {
    fn new(bytes: Vec<u8>) -> Self {
        let pdf = Pdf::new(bytes).unwrap();
        let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
        Self(hayro::render(
            &pdf.pages()[0],
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        ))
    }

    /// The colour at this distance from the top left corner of the sheet, in millimetres.
    fn at(&self, x: f32, y: f32) -> [u8; 3] {
        let pixel = |mm: f32| (mm / 25.4 * 72.0 * SCALE) as u16;
        let colour = self.0.sample(pixel(x), pixel(y));
        [colour.r, colour.g, colour.b]
    }

    /// Whether there is a dark pixel between these two points.
    fn has_ink(&self, from: (f32, f32), to: (f32, f32)) -> bool {
        let steps = |from: f32, to: f32| {
            (0..).map(move |step| from + 0.15 * step as f32).take_while(move |at| *at < to)
        };
        steps(from.1, to.1)
            .any(|y| steps(from.0, to.0).any(|x| self.at(x, y).iter().all(|light| *light < 128)))
    }
}

fn is_near(colour: [u8; 3], corner: usize) -> bool {
    colour.iter().zip(CORNERS[corner]).all(|(a, b)| a.abs_diff(b) < 25)
}

#[test]
fn photos_of_all_eight_orientations_are_upright() {
    let folder = TempDir::new().unwrap();
    // The stored corner at the upper left, upper right, lower left and lower right.
    let corners = [
        [0, 1, 2, 3],
        [1, 0, 3, 2],
        [3, 2, 1, 0],
        [2, 3, 0, 1],
        [0, 2, 1, 3],
        [2, 0, 3, 1],
        [3, 1, 2, 0],
        [1, 3, 0, 2],
    ];
    for (exif, corners) in (1..).zip(corners) {
        let orientation = Orientation::from_exif(exif);
        let picture = Picture { orientation, ..photo(folder.path(), "a.jpg") };
        let pages = pages(vec![vec![placed(&Arc::new(picture), rect(20, 30, 40, 60))]]);
        let page = RenderedPage::new(written(&pages, &press()));
        let points = [(30.0, 45.0), (50.0, 45.0), (30.0, 75.0), (50.0, 75.0)];
        for ((x, y), corner) in points.into_iter().zip(corners) {
            // The bleed is between the corners of the sheet and of the trim.
            let colour = page.at(x + 3.0, y + 3.0);
            assert!(
                is_near(colour, corner),
                "EXIF {exif}, at {x}, {y}: {colour:?}, not {:?}",
                CORNERS[corner]
            );
        }
        assert_eq!(page.at(22.0, 45.0), [255; 3]);
        assert_eq!(page.at(64.0, 45.0), [255; 3]);
    }
}

#[test]
fn a_turned_plate_is_on_its_side_for_every_orientation_of_the_photo() {
    let folder = TempDir::new().unwrap();
    // The stored corner at the upper left, upper right, lower left and lower right.
    let cases = [
        (Orientation::Upright, Turn::HeadLeft, [1, 3, 0, 2]),
        (Orientation::Upright, Turn::HeadRight, [2, 0, 3, 1]),
        (Orientation::Turned90, Turn::HeadLeft, [0, 1, 2, 3]),
        (Orientation::Turned180, Turn::HeadLeft, [2, 0, 3, 1]),
    ];
    for (orientation, turn, corners) in cases {
        let picture = Picture { orientation, ..photo(folder.path(), "a.jpg") };
        let frame = rect(20, 30, 40, 60);
        let item = Item::Picture(Box::new(PlacedPicture {
            picture: Arc::new(picture),
            alt: None,
            frame,
            clip: frame,
            turn,
            continues_previous: false,
            element: None,
        }));
        let page = RenderedPage::new(written(&pages(vec![vec![item]]), &press()));
        let points = [(30.0, 45.0), (50.0, 45.0), (30.0, 75.0), (50.0, 75.0)];
        for ((x, y), corner) in points.into_iter().zip(corners) {
            let colour = page.at(x + 3.0, y + 3.0);
            assert!(is_near(colour, corner), "{orientation:?} {turn:?} at {x}, {y}: {colour:?}");
        }
    }
}

#[test]
fn a_cropped_photo_is_clipped() {
    let folder = TempDir::new().unwrap();
    let picture = Arc::new(photo(folder.path(), "wide.jpg"));
    let (frame, clip) = (rect(-50, 30, 100, 50), rect(-3, 30, 53, 50));
    let item = Item::Picture(Box::new(PlacedPicture {
        picture,
        alt: None,
        frame,
        clip,
        turn: Turn::Upright,
        continues_previous: false,
        element: None,
    }));
    let page = RenderedPage::new(written(&pages(vec![vec![item]]), &press()));
    // The right half of the photo fills the left half of the page, and its left half the bleed.
    assert!(is_near(page.at(5.0, 40.0), 1) && is_near(page.at(1.0, 75.0), 2));
    assert_eq!(page.at(55.0, 40.0), [255; 3]);
}

#[test]
fn text_is_drawn_on_its_baseline() {
    let page =
        RenderedPage::new(written(&pages(vec![vec![Item::Glyphs(line("Harbour"))]]), &press()));
    // The baseline is at 20 mm, and the bleed is 3 mm; capitals of 12 pt are 2.8 mm high.
    assert!(page.has_ink((13.0, 20.2), (30.0, 23.0)));
    assert!(!page.has_ink((13.0, 23.4), (30.0, 30.0)));
    assert!(!page.has_ink((3.0, 3.0), (12.8, 30.0)));
    assert!(!page.has_ink((13.0, 3.0), (30.0, 19.5)));
}

#[test]
fn the_tree_of_thousands_of_pages_has_three_levels() {
    let file = read_back(&pages(vec![vec![]; 5000]), &screen());
    let nodes = file.dictionaries_with("/Type/Pages");
    // 79 nodes with pages, two above them, and the root.
    assert_eq!(nodes.len(), 79 + 2 + 1);
    let root = nodes.iter().find(|node| !node.contains("/Parent")).unwrap();
    assert!(root.contains("/Count 5000"), "{root}");
    assert!(nodes.iter().all(|node| between(node, "/Kids[", "]").matches(" R").count() <= 64));
    let counts = nodes.iter().map(|node| between(node, "/Count ", "/").to_owned());
    assert_eq!(counts.filter(|count| count.starts_with("4096")).count(), 1);
}
