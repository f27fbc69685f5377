//! The offline edition: its forms, what lies in it, and what a browser is told.
#![expect(clippy::disallowed_methods, reason = "the tests look at the files that are written")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recto::model::hexadecimal;
use sha2::{Digest as _, Sha256};

use crate::support::command::Run;
use crate::support::fixture::{BookFixture, jpeg};
use crate::support::images;

const PAGES: &str = "pages:\n  - text: \"# Before\\n\\nThe road[^1].\\n\\n[^1]: A *note*.\"\n  \
    - chapter: January\n  \
    - { photo: one.jpg, alt: A quay, caption: The *quay* & more, place: Oslo, taken: 2026-01-12 }\n  \
    - { photo: two.jpg, alt: A road, caption: The road }\n";

/// A book of two photos, with these further lines in its manifest.
fn winter_road(lines: &str) -> BookFixture {
    let manifest = format!("title: Winter Road\n{lines}\n{PAGES}");
    BookFixture::new(&manifest).photo("one.jpg", 1500, 1000).photo("two.jpg", 300, 400)
}

fn build(book: &BookFixture, arguments: &str) -> Run {
    let run = book.recto(&format!("build --only offline {arguments}"));
    assert_eq!(run.code, 0, "{run:?}");
    run
}

/// The files of an archive by their names.
fn unzipped(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn sum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// The zip form, without other editions in it.
fn zip_of(lines: &str) -> BTreeMap<String, Vec<u8>> {
    let book = winter_road(lines);
    build(&book, "");
    unzipped(&book.path("dist/winter-road-offline.zip"))
}

const ALONE: &str = "offline: { include: [] }";

#[test]
fn an_archive_has_the_page_its_pictures_and_the_editions_inside() {
    let files = zip_of("");
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "READ-ME.txt",
            "SHA256SUMS",
            "book/book.css",
            "book/cover-1024.jpg",
            "book/cover-2048.jpg",
            "book/plate-001-1024.jpg",
            "book/plate-001-1500.jpg",
            "book/plate-001-409.jpg",
            "book/plate-002-400.jpg",
            "book/viewer.js",
            "index.html",
            "winter-road-screen.pdf",
            "winter-road.epub",
        ]
    );
    assert!(files["winter-road-screen.pdf"].starts_with(b"%PDF-"));
    assert!(files["winter-road.epub"].starts_with(b"PK"));
}

#[test]
fn the_checksums_inside_list_every_other_file() {
    let files = zip_of(ALONE);
    let expected: Vec<String> = files
        .iter()
        .filter(|(name, _)| *name != "SHA256SUMS")
        .map(|(name, bytes)| format!("{}  {name}\n", sum(bytes)))
        .collect();
    assert_eq!(text(&files, "SHA256SUMS"), expected.concat());
}

#[test]
fn the_page_has_all_words_and_pictures_without_a_script() {
    let html = text(&zip_of(ALONE), "index.html");
    for part in [
        "<html lang=\"en\" dir=\"ltr\">",
        "<h1 class=\"fitted\"><span>Winter Road</span></h1>",
        "<h2 class=\"fitted\"><span>Before</span></h2>",
        "<a href=\"#text-1\">Before</a>",
        "<a href=\"#chapter-1\">January</a>",
        "id=\"text-1-note-1\"",
        "<em>note</em>",
        "<p class=\"caption\">The <em>quay</em> &amp; more</p>",
        "<p class=\"where\"><bdi>Oslo</bdi>, <bdi><time datetime=\"2026-01-12\">12 January 2026\
         </time></bdi></p>",
        "alt=\"A quay\"",
        "srcset=\"book/plate-001-409.jpg 409w, book/plate-001-1024.jpg 1024w, \
         book/plate-001-1500.jpg 1500w\"",
        "<a class=\"open\" href=\"book/plate-001-1500.jpg\">",
        "<a href=\"#plate-2\"><img src=\"book/plate-002-400.jpg\"",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
    // The policy forbids them.
    assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains("http:"));
}

#[test]
fn every_picture_of_the_page_is_in_the_archive_and_every_link_leads_somewhere() {
    let files = zip_of("license: https://creativecommons.org/licenses/by/4.0/");
    let html = text(&files, "index.html");
    let values = |attribute: &str| -> Vec<String> {
        let attribute = format!(" {attribute}=\"");
        let parts = html.split(&attribute).skip(1);
        parts.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let candidates = values("srcset").join(", ");
    let candidates = candidates.split(", ").map(|it| it.split(' ').next().unwrap().to_owned());
    let ids = values("id");
    for address in values("src").into_iter().chain(values("href")).chain(candidates) {
        let is_there = match address.strip_prefix('#') {
            Some(id) => ids.iter().any(|it| it == id),
            None => files.contains_key(&address),
        };
        let is_external = address == "data:," || address.starts_with("https://creativecommons.org");
        assert!(is_there || is_external, "{address}");
    }
}

#[test]
fn the_licence_of_the_book_is_not_said_of_a_photo_with_rights_of_its_own() {
    let own = images::iptc_segment(&[(2, 116, b"(c) Bo Strand")]);
    let manifest = "title: Winter Road\nlicense: https://creativecommons.org/licenses/by/4.0/\n\
        offline: { include: [] }\npages:\n  - { photo: own.jpg, alt: a }\n  \
        - { photo: plain.jpg, alt: b }\n";
    let book = BookFixture::new(manifest)
        .file("own.jpg", images::with_segment(&jpeg(60, 40), 0xED, &own))
        .photo("plain.jpg", 60, 50);
    build(&book, "");
    let files = unzipped(&book.path("dist/winter-road-offline.zip"));
    let html = text(&files, "index.html");
    let plate = |id: &str| {
        let rest = html.split(&format!("id=\"{id}\"")).nth(1).unwrap();
        rest.split("</figure>").next().unwrap().to_owned()
    };
    assert!(!plate("plate-1").contains("license"), "{html}");
    assert!(plate("plate-2").contains(">CC BY 4.0</span></a>"), "{html}");
}

#[test]
fn the_metadata_of_a_photo_is_in_no_file() {
    let exif = images::exif(&[(0x010E, 2, 7, b"secret\0")], &[(0x0001, 2, 2, b"N\0")]);
    let photo = images::with_segment(&jpeg(600, 400), 0xE1, &images::exif_segment(&exif));
    let book = BookFixture::new(
        "title: Winter Road\noffline: { include: [] }\n\
         pages: [{ photo: a.jpg, alt: a, caption: The road }]\n",
    )
    .file("a.jpg", &photo);
    build(&book, "");
    for (name, bytes) in unzipped(&book.path("dist/winter-road-offline.zip")) {
        for private in [&b"Exif"[..], b"secret"] {
            assert!(!bytes.windows(private.len()).any(|it| it == private), "{name}");
        }
    }
}

#[test]
fn every_size_of_a_photo_retains_the_metadata_that_the_manifest_keeps() {
    let book = BookFixture::new(
        "title: Winter Road\noffline: { include: [] }\ncreators: [Ada Field]\n\
         metadata: { keep: [creator] }\npages: [{ photo: a.jpg, alt: a, caption: The road }]\n",
    )
    .photo("a.jpg", 900, 600);
    build(&book, "");
    let files = unzipped(&book.path("dist/winter-road-offline.zip"));
    let photos: Vec<_> = files.iter().filter(|(name, _)| name.contains("plate-001")).collect();
    assert_eq!(photos.len(), 2);
    for (name, bytes) in photos {
        assert!(bytes.windows(9).any(|it| it == b"Ada Field"), "{name}");
    }
}

#[test]
fn a_folder_is_the_same_as_the_archive() {
    let zip = zip_of(ALONE);
    let book = winter_road("offline: { form: folder, include: [] }");
    build(&book, "");
    for (name, bytes) in &zip {
        let file = fs::read(book.path("dist/winter-road-offline").join(name)).unwrap();
        assert!(&file == bytes || name == "READ-ME.txt" || name == "SHA256SUMS", "{name}");
    }
    let listed = fs::read_to_string(book.path("dist/SHA256SUMS")).unwrap();
    let mut names: Vec<_> = listed.lines().map(|line| &line[66..]).collect();
    names.sort_unstable();
    let expected: Vec<_> = zip.keys().map(|name| format!("winter-road-offline/{name}")).collect();
    assert_eq!(names, expected);
    for line in listed.lines() {
        let (expected, name) = line.split_once("  ").unwrap();
        assert_eq!(sum(&fs::read(book.path("dist").join(name)).unwrap()), expected, "{name}");
    }
}

#[test]
fn one_html_file_has_everything_inside() {
    let book = winter_road("offline: { form: file }");
    build(&book, "");
    let html = String::from_utf8(book.read("dist/winter-road-offline.html")).unwrap();
    for outside in ["src=\"book", "srcset", "href=\"book", "<link rel=\"stylesheet\"", "http:"] {
        assert!(!html.contains(outside), "{outside}");
    }
    // The cover, two plates and two small ones.
    assert_eq!(html.matches("src=\"data:image/jpeg;base64,").count(), 5);
    assert!(html.contains("font-src data:; ") && html.contains("data:font/woff;base64,"));
    let style = html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let script = html.rsplit("<script>").next().unwrap().split("</script>").next().unwrap();
    for code in [style, script] {
        let hash = STANDARD.encode(Sha256::digest(code));
        assert!(html.contains(&format!("&apos;sha256-{hash}&apos;")), "{hash}");
    }
    let listed = fs::read_to_string(book.path("dist/SHA256SUMS")).unwrap();
    assert_eq!(listed, format!("{}  winter-road-offline.html\n", sum(html.as_bytes())));
}

#[test]
fn the_same_book_gives_the_same_bytes_with_any_number_of_threads() {
    for form in ["zip", "file"] {
        let book = winter_road(&format!("offline: {{ form: {form} }}"));
        let file =
            if form == "zip" { "winter-road-offline.zip" } else { "winter-road-offline.html" };
        build(&book, "--no-cache --jobs 1 -o one");
        build(&book, "--no-cache --jobs 4 -o four");
        assert!(book.read(&format!("one/{file}")) == book.read(&format!("four/{file}")), "{form}");
    }
}

#[test]
fn a_build_is_complete_without_other_editions_in_its_folder() {
    let book = winter_road("");
    build(&book, "");
    let mut names: Vec<_> = fs::read_dir(book.path("dist"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["SHA256SUMS", "winter-road-offline.zip"]);
}

#[test]
fn an_edition_that_was_just_built_lies_inside_as_it_is() {
    let book = winter_road("");
    let run = book.recto("build --only epub,screen,offline");
    assert_eq!(run.code, 0, "{run:?}");
    let files = unzipped(&book.path("dist/winter-road-offline.zip"));
    for name in ["winter-road.epub", "winter-road-screen.pdf"] {
        assert!(files[name] == book.read(&format!("dist/{name}")), "{name}");
    }
}

#[test]
fn a_size_limit_makes_the_pictures_smaller_and_says_so() {
    let lines = |limit: &str| format!("offline: {{ include: [], max-size: {limit} }}");
    let full = winter_road(ALONE);
    build(&full, "");
    let size = full.read("dist/winter-road-offline.zip").len();
    let limit = size * 9 / 10;
    let book = winter_road(&lines(&format!("{} kB", limit / 1000)));
    let run = build(&book, "");
    assert!(run.err.contains("[max-size-met]"), "{run:?}");
    assert!(book.read("dist/winter-road-offline.zip").len() <= limit);
    let missed = winter_road(&lines("10 kB"));
    let run = missed.recto("build --only offline");
    assert!(run.err.contains("the offline edition is larger than 10 kB"), "{run:?}");
}

#[test]
fn a_folder_with_files_of_others_is_not_replaced() {
    let book = winter_road("offline: { form: folder, include: [] }");
    build(&book, "");
    book.write("dist/winter-road-offline/notes.txt", "mine");
    book.write("one.jpg", jpeg(900, 600));
    let run = book.recto("build --only offline");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("[folder-other-files]") && run.err.contains("notes.txt"), "{run:?}");
    assert_eq!(book.read("dist/winter-road-offline/notes.txt"), b"mine");
    assert!(book.path("dist/winter-road-offline/book/plate-001-1500.jpg").exists());
}

#[test]
fn a_folder_that_is_up_to_date_is_not_written_again_unless_a_file_is_missing() {
    let book = winter_road("offline: { form: folder, include: [] }");
    std::thread::sleep(std::time::Duration::from_secs(3));
    build(&book, "");
    let run = build(&book, "");
    assert!(run.out.contains("unchanged"), "{run:?}");
    fs::remove_file(book.path("dist/winter-road-offline/book/viewer.js")).unwrap();
    let run = build(&book, "");
    assert!(!run.out.contains("unchanged"), "{run:?}");
    assert!(book.path("dist/winter-road-offline/book/viewer.js").exists());
}

#[test]
fn another_form_of_an_earlier_build_is_named_and_not_vouched_for() {
    let book = winter_road(ALONE);
    build(&book, "");
    book.write("book.yaml", format!("title: Winter Road\noffline: {{ form: file }}\n{PAGES}"));
    let run = build(&book, "");
    assert!(run.out.contains("winter-road-offline.zip  not built"), "{run:?}");
    let listed = fs::read_to_string(book.path("dist/SHA256SUMS")).unwrap();
    assert_eq!(listed.lines().count(), 1);
}

#[test]
fn a_photo_that_cannot_be_decoded_leaves_nothing_behind() {
    let book = winter_road("offline: { form: folder, include: [] }");
    let broken = [&jpeg(600, 400)[..300], &[0; 40]].concat();
    book.write("two.jpg", broken);
    let run = book.recto("build --only offline");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(!book.path("dist/winter-road-offline").exists(), "{run:?}");
}

#[test]
fn a_book_that_is_read_from_right_to_left_says_so() {
    let book = BookFixture::new(
        "title: طريق\nlanguage: ar\noffline: { include: [] }\npages: [{ photo: a.jpg, alt: أ, caption: مرحبا }]\n",
    )
    .photo("a.jpg", 300, 200);
    build(&book, "");
    let name = fs::read_dir(book.path("dist"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|it| it == "zip"))
        .unwrap();
    let files = unzipped(&name);
    assert!(text(&files, "index.html").contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(text(&files, "book/book.css").contains("\"Noto Naskh Arabic\""));
}

#[test]
fn two_languages_on_one_page_are_each_marked() {
    let book = BookFixture::new(
        "title: { de: Weg, en: Road }\nlanguage: de\nlanguages-together: [de, en]\n\
         offline: { include: [] }\npages:\n  - photo: a.jpg\n    alt: Ein Weg\n    \
         caption: { de: Der Weg, en: The road }\n    place: Wien\n",
    )
    .photo("a.jpg", 300, 200);
    build(&book, "");
    let html = text(&unzipped(&book.path("dist/weg-offline.zip")), "index.html");
    for part in [
        "<html lang=\"de\"",
        "<span class=\"translation\" lang=\"en\" dir=\"ltr\">Road</span>",
        "<p class=\"caption translation\" lang=\"en\" dir=\"ltr\">The road</p>",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
}
