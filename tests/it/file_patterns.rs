//! Patterns and names of files, in folders as cameras, disks and archives leave them.

use std::path::Path;

use recto::finding::{Code, Finding, Severity};
use recto::manifest::Loaded;
use recto::model::Entry;

use crate::support::fixture::{BookFixture, lines};
use crate::support::heif::Heif;

/// A book of the photos that match this pattern.
fn book(pattern: &str) -> BookFixture {
    let pattern = pattern.replace('\'', "''");
    BookFixture::with_pages(&[&format!("photos: '{pattern}'")])
}

/// A folder with a book of these photos, and these files in it.
fn with_photos(pattern: &str, names: &[&str]) -> BookFixture {
    names.iter().fold(book(pattern), |fixture, name| fixture.photo(name, 30, 20))
}

/// The names of the photos of a book.
fn photos(loaded: &Loaded) -> Vec<String> {
    let entries = loaded.book.iter().flat_map(|book| &book.entries);
    entries.filter_map(Entry::plate).map(|plate| plate.picture.name.clone()).collect()
}

/// The findings about the files of a pattern.
fn about_files(loaded: &Loaded) -> Vec<&Finding> {
    let codes = [Code::PhotosSkipped, Code::PhotosNone, Code::PhotosPattern, Code::PhotoMissing];
    loaded.findings.iter().filter(|finding| codes.contains(&finding.code)).collect()
}

fn help(loaded: &Loaded) -> String {
    let [finding] = about_files(loaded)[..] else { panic!("{:#?}", lines(&loaded.findings)) };
    finding.help.clone().unwrap_or_default()
}

#[cfg(unix)]
fn link(target: &str, fixture: &BookFixture, name: &str) {
    std::os::unix::fs::symlink(target, fixture.path(name)).unwrap();
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_in_circles_are_reported() {
    let fixture = with_photos("photos/**/*.jpg", &["photos/a.jpg", "elsewhere/d.jpg"]);
    link("/nowhere/b.jpg", &fixture, "photos/b.jpg");
    link("/nowhere/notes.txt", &fixture, "photos/notes.txt");
    link("/nowhere/disk", &fixture, "photos/archive");
    link("../elsewhere", &fixture, "photos/c");
    link("..", &fixture, "photos/up");
    let loaded = fixture.load();
    assert_eq!(photos(&loaded), ["photos/a.jpg", "photos/c/d.jpg"]);
    let findings = about_files(&loaded);
    let messages: Vec<_> = findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "photos/archive is skipped: it is a link to a file that does not exist",
            "photos/b.jpg is skipped: it is a link to a file that does not exist",
            "photos/up is skipped: it is a link to a folder that contains it",
        ]
    );
    assert!(findings.iter().all(|it| it.severity == Severity::Warning && it.help.is_some()));
}

#[cfg(unix)]
#[test]
fn what_matches_a_pattern_but_is_no_file_is_reported() {
    let fixture = with_photos("photos/*.jpg", &["photos/a.jpg", "photos/folder.jpg/b.jpg"]);
    let _socket = std::os::unix::net::UnixListener::bind(fixture.path("photos/s.jpg")).unwrap();
    let loaded = fixture.load();
    assert_eq!(photos(&loaded), ["photos/a.jpg"]);
    let findings = about_files(&loaded);
    let messages: Vec<_> = findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].starts_with("photos/folder.jpg is skipped: it has the name of a picture"));
    assert!(messages[1].starts_with("photos/s.jpg is skipped: it has the name of a picture"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_reported() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let photos_in = |pattern: &str| {
        let fixture = with_photos(pattern, &["photos/a.jpg", "sub/b.jpg"]);
        for (from, to) in [("photos/a.jpg", &b"photos/caf\xE9.jpg"[..]), ("sub", b"photos/\xC4")] {
            let to = fixture.folder().join(OsStr::from_bytes(to));
            std::fs::rename(fixture.path(from), to).unwrap();
        }
        fixture
    };
    let loaded = photos_in("photos/*.jpg").load();
    let messages: Vec<_> = about_files(&loaded).iter().map(|it| it.message.clone()).collect();
    assert_eq!(messages[0], r"photos/caf\xE9.jpg is skipped: its name is not valid Unicode");
    let loaded = photos_in("photos/**/*.jpg").load();
    let messages: Vec<_> = about_files(&loaded).iter().map(|it| it.message.clone()).collect();
    assert!(messages.iter().any(|it| it.contains(r"photos/\xC4 is skipped")), "{messages:?}");
    let fixture = BookFixture::with_pages(&["photo: caf\u{e9}.jpg"]).photo("a.jpg", 30, 20);
    let name = fixture.folder().join(OsStr::from_bytes(b"caf\xE9.jpg"));
    std::fs::rename(fixture.path("a.jpg"), name).unwrap();
    let advice = r"caf\xE9.jpg is there, but its name is not valid Unicode; rename it";
    assert_eq!(help(&fixture.load()), advice);
    let loaded = photos_in("photos/*.png").load();
    let codes: Vec<_> = about_files(&loaded).iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::PhotosNone], "a file that the pattern does not match");
}

#[test]
fn a_pattern_finds_every_extension_of_a_format_that_is_read() {
    let names = [
        "1.jpe", "2.jfif", "3.JPG", "4.mpo", "5.jif", "6.pjpeg", "7.pjp", "8.jps", "9.apng",
        "10.PNG", "11.dib", "12.btf", "13.tf8", "14.jxl",
    ];
    let mut fixture = with_photos(
        "photos/*",
        &names.map(|name| format!("photos/{name}")).each_ref().map(String::as_str),
    );
    fixture = fixture.file("photos/notes.txt", "No picture.").file("photos/Thumbs.db", "");
    assert_eq!(photos(&fixture.load()), names.map(|name| format!("photos/{name}")));
}

#[test]
fn a_picture_with_another_extension_is_named() {
    let names = ["a.jpg", "b.jpg_large", "c", "d.thm"];
    let loaded = with_photos("*", &names).file("notes", "Words.").file("e.cr2", "II*\0").load();
    assert_eq!(photos(&loaded), ["a.jpg"]);
    let findings = about_files(&loaded);
    assert_eq!(findings.len(), 4, "{findings:#?}");
    assert!(findings[..2].iter().all(|it| it.severity == Severity::Note));
    assert!(findings[0].message.starts_with("b.jpg_large is skipped: it is a picture"));
    assert!(findings[1].message.starts_with("c is skipped: it is a picture"));
    assert_eq!(photos(&with_photos("*.jpg_large", &names).load()), ["b.jpg_large"]);
}

#[test]
fn a_folder_stands_for_its_photos() {
    for pattern in ["photos/", "photos", "./photos/"] {
        let fixture = with_photos(pattern, &["photos/b.jpg", "photos/a.jpg", "photos/sub/c.jpg"]);
        let loaded = fixture.file("photos/Thumbs.db", "").load();
        assert_eq!(photos(&loaded), ["photos/a.jpg", "photos/b.jpg"], "{pattern}");
        assert_eq!(about_files(&loaded).len(), 0);
    }
    let loaded = with_photos(".", &["b.jpg", "a.jpg"]).load();
    assert_eq!(photos(&loaded), ["a.jpg", "b.jpg"]);
    let loaded = with_photos("Trip [2024]", &["Trip [2024]/a.jpg"]).load();
    assert_eq!(photos(&loaded), ["Trip [2024]/a.jpg"]);
}

#[test]
fn brackets_in_the_names_of_folders_need_no_escape() {
    for (pattern, name) in [
        ("Trip [2024]/*.jpg", "Trip [2024]/a.jpg"),
        ("Trips/Trip {1}/day [a-c]/*.jpg", "Trips/Trip {1}/day [a-c]/a.jpg"),
        ("*/Trip [2024]/*.jpg", "Trips/Trip [2024]/a.jpg"),
        ("**/[x]/*.jpg", "Trips/[x]/a.jpg"),
        ("photos/[1] *.jpg", "photos/[1] a.jpg"),
        ("photos/a]*.jpg", "photos/a].jpg"),
        ("photos/unclosed [*.jpg", "photos/unclosed [1.jpg"),
        ("unclosed {/*.jpg", "unclosed {/a.jpg"),
        ("What now!/*.jpg", "What now!/a.jpg"),
        (r"Trip \[2024\]/*.jpg", "Trip [2024]/a.jpg"),
        ("Trip [[]2024]/*.jpg", "Trip [2024]/a.jpg"),
    ] {
        let loaded = with_photos(pattern, &[name]).load();
        assert_eq!(photos(&loaded), [name], "{pattern}: {:?}", lines(&loaded.findings));
    }
}

#[test]
fn brackets_are_classes_where_no_name_has_them() {
    let names = ["photos/1.jpg", "photos/2.jpg", "photos/3.jpg", "photos/[12].png"];
    assert_eq!(photos(&with_photos("photos/[12].jpg", &names).load()), names[..2]);
    let loaded = with_photos("photos/[12.jpg", &names).load();
    assert_eq!(about_files(&loaded)[0].code, Code::PhotosPattern);
}

#[test]
fn a_pattern_that_matches_nothing_says_what_to_write() {
    let names = ["Trip [2024]/a.jpg", "@eaDir/b.jpg"];
    let loaded = with_photos("*.jpg", &names).load();
    assert_eq!(
        help(&loaded),
        r"the manifest's folder contains no pictures, but the folders Trip [2024]; in a pattern, write Trip \[2024\]"
    );
    let loaded = with_photos(r"photos\sub\*.jpg", &["photos/sub/a.jpg"]).load();
    assert_eq!(help(&loaded), "write / between folders: photos/sub/*.jpg");
}

/// The two forms of a name.
const COMPOSED: &str = "\u{e9}t\u{e9}/caf\u{e9}.jpg";
const DECOMPOSED: &str = "e\u{301}te\u{301}/cafe\u{301}.jpg";

#[test]
fn a_name_is_found_in_either_unicode_form() {
    let cases = [
        (COMPOSED, DECOMPOSED),
        (DECOMPOSED, COMPOSED),
        ("\u{e9}t\u{e9}/*.jpg", DECOMPOSED),
        ("e\u{301}te\u{301}/C*\u{c9}.jpg", COMPOSED),
        ("*/caf\u{e9}.jpg", DECOMPOSED),
        ("**/cafe\u{301}.jpg", COMPOSED),
        ("\u{e9}t\u{e9}/", DECOMPOSED),
        ("\u{ac01}.jpg", "\u{1100}\u{1161}\u{11a8}.jpg"),
        ("\u{212b}.jpg", "A\u{30a}.jpg"),
        ("q\u{307}\u{323}.jpg", "q\u{323}\u{307}.jpg"),
    ];
    for (written, on_disk) in cases {
        let loaded = with_photos(written, &[on_disk]).load();
        assert_eq!(photos(&loaded).len(), 1, "{}", written.escape_unicode());
        assert_eq!(about_files(&loaded), Vec::<&Finding>::new());
        if !written.contains('*') && !written.ends_with('/') {
            let page = format!("photo: {written}");
            let loaded = BookFixture::with_pages(&[&page]).photo(on_disk, 30, 20).load();
            assert_eq!(photos(&loaded), [written], "{}", written.escape_unicode());
        }
    }
}

#[test]
fn a_question_mark_is_one_character_in_any_script() {
    let names = ["caf\u{e9}.jpg", "cafes.jpg", "ca\u{e9}\u{e9}.jpg", "\u{d55c}\u{ad6d}.jpg"];
    for (pattern, matches) in [
        ("caf?.jpg", &[names[0]][..]),
        ("ca[\u{e9}x]\u{c9}.jpg", &[names[2]]),
        ("??.jpg", &[names[3]]),
        ("\u{d55c}?.jpg", &[names[3]]),
        ("?????.jpg", &[names[1]]),
    ] {
        assert_eq!(photos(&with_photos(pattern, &names).load()), matches, "{pattern}");
    }
}

#[test]
fn the_same_photo_in_both_forms_is_one_page() {
    let fixture = BookFixture::with_pages(&[&format!("photos: [\"{COMPOSED}\", \"*/*.jpg\"]")]);
    assert_eq!(photos(&fixture.photo(DECOMPOSED, 30, 20).load()).len(), 1);
}

#[test]
fn texts_and_pictures_in_texts_are_found_in_either_form() {
    let fixture = BookFixture::with_pages(&["text: \u{e9}t\u{e9}/caf\u{e9}.md"])
        .file("e\u{301}te\u{301}/cafe\u{301}.md", "![A bar](b\u{e0}r.jpg)\n")
        .photo("e\u{301}te\u{301}/ba\u{300}r.jpg", 30, 20);
    let loaded = fixture.load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let book = loaded.book.unwrap();
    assert_eq!(book.picture_count(), 1);
}

#[test]
fn photos_are_sorted_as_file_managers_sort_them() {
    for names in [
        &["Änne.jpg", "Bob.jpg", "élan.jpg", "Zoe.jpg"][..],
        &["2.jpg", "10.jpg", "a.jpg", "a 2.jpg", "A10.jpg"],
        &["Lodz 1.jpg", "Łódź 2.jpg", "Lodz 3.jpg"],
        &["o.jpg", "ö.jpg", "Ödland.jpg", "Oz.jpg", "ß.jpg", "st.jpg"],
    ] {
        let mut shuffled = names.to_vec();
        shuffled.sort_unstable_by_key(|name| name.bytes().rev().collect::<Vec<_>>());
        assert_eq!(photos(&with_photos("*.jpg", &shuffled).load()), names);
    }
}

#[test]
fn folders_of_systems_are_skipped_with_a_note() {
    let names = [
        "photos/a.jpg",
        "photos/@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg",
        "photos/#recycle/old.jpg",
        "photos/.thumbnails/a.jpg",
        "photos/._a.jpg",
        "photos/__MACOSX/b.jpg",
        "photos/$RECYCLE.BIN/c.jpg",
        "photos/lost+found/d.jpg",
        "photos/Family.photoslibrary/originals/e.jpg",
        "photos/sub/@Recycle/f.jpg",
    ];
    let loaded = with_photos("photos/**/*.jpg", &names).load();
    assert_eq!(photos(&loaded), ["photos/a.jpg"]);
    let [note] = about_files(&loaded)[..] else { panic!("{:#?}", lines(&loaded.findings)) };
    assert_eq!(note.severity, Severity::Note);
    assert!(note.message.starts_with("7 folders"), "{}", note.message);
    let loaded = with_photos("photos/*.jpg", &names).load();
    assert_eq!(photos(&loaded), ["photos/a.jpg"]);
    assert_eq!(about_files(&loaded).len(), 0, "the pattern does not search folders");
}

#[test]
fn a_pattern_can_name_the_folder_of_a_system() {
    let names = [
        "photos/@eaDir/a.jpg",
        "photos/.hidden/b.jpg",
        "photos/Family.photoslibrary/originals/c.jpg",
    ];
    for (pattern, name) in [
        ("photos/@eaDir/*.jpg", names[0]),
        ("**/@eaDir/*.jpg", names[0]),
        ("photos/.*/*.jpg", names[1]),
        ("photos/.hidden/*.jpg", names[1]),
        ("*/*.photoslibrary/**/*.jpg", names[2]),
    ] {
        let loaded = with_photos(pattern, &names).load();
        assert_eq!(photos(&loaded), [name], "{pattern}");
    }
}

#[test]
fn a_name_with_a_number_sign_gets_the_advice_to_quote_it() {
    let fixture = BookFixture::with_pages(&["photo: scan #5.jpg"]).photo("scan #5.jpg", 30, 20);
    assert_eq!(help(&fixture.load()), "YAML reads #5.jpg as a comment; put the name in quotes");
    let fixture = BookFixture::with_pages(&["photo: scan.jpg #the best"]).photo("scan.jpg", 30, 20);
    assert_eq!(about_files(&fixture.load()).len(), 0);
}

#[cfg(unix)]
#[test]
fn a_photo_that_is_a_link_to_nothing_is_called_so() {
    let fixture = BookFixture::with_pages(&["photo: a.jpg"]);
    link("/nowhere/a.jpg", &fixture, "a.jpg");
    assert_eq!(help(&fixture.load()), "a.jpg is a link to a file that does not exist");
    assert!(!Path::new("/nowhere").exists());
}

/// The first bytes of an AVIF image, which recto cannot read.
const AVIF: &[u8] = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif";

/// The messages about the files of patterns, with their severities.
fn messages(loaded: &Loaded) -> Vec<String> {
    let about = about_files(loaded).into_iter();
    about.map(|it| format!("{}: {}", it.severity, it.message)).collect()
}

#[test]
fn what_is_no_photo_is_skipped_and_counted_by_kind() {
    let loaded = with_photos("photos/*", &["photos/01.jpg", "photos/02.jpg"])
        .file("photos/03.AVIF", AVIF)
        .file("photos/4.avif", AVIF)
        .file("photos/05.jpg", AVIF)
        .file("photos/06.CR3", "raw")
        .file("photos/07.dng", "II*\0")
        .file("photos/08.mp4", "video")
        .file("photos/09.MOV", "video")
        .file("photos/notes.txt", "Words.")
        .file("photos/list.pdf", "%PDF-1.4")
        .file("photos/01.xmp", "<x:xmpmeta/>")
        .file("photos/02.AAE", "edits")
        .file("photos/Thumbs.db", "")
        .load();
    assert_eq!(photos(&loaded), ["photos/01.jpg", "photos/02.jpg"]);
    assert_eq!(
        messages(&loaded),
        [
            "warning: 3 AVIF images are skipped, such as photos/03.AVIF",
            "warning: 2 camera raw files are skipped, such as photos/06.CR3",
            "warning: 2 videos are skipped, such as photos/08.mp4",
            "warning: 2 files that are not pictures (.pdf, .txt) are skipped, such as \
             photos/list.pdf",
        ]
    );
}

#[test]
fn the_original_of_a_photo_is_not_reported() {
    let heic = Heif::default().encode();
    let loaded = with_photos("photos/*", &["photos/IMG_1.jpg", "photos/IMG_2.JPG"])
        .file("photos/IMG_1.HEIC", &heic)
        .file("photos/img_2.nef", "raw")
        .file("photos/Img_2.heif", &heic)
        .file("photos/IMG_1.dng", "II*\0")
        .file("photos/IMG_3.cr2", "II*\0\x10\0\0\0CR")
        .load();
    assert_eq!(photos(&loaded), ["photos/IMG_1.jpg", "photos/IMG_2.JPG"]);
    let only = "warning: photos/IMG_3.cr2 is skipped: it is a camera raw file";
    assert_eq!(messages(&loaded), [only]);
}

#[test]
fn a_heic_image_alone_is_a_photo_or_reported_once() {
    let heic = Heif::default().encode();
    let loaded = with_photos("photos/*.*", &["photos/a.jpg"])
        .file("photos/b.HEIC", &heic)
        .file("photos/c.heic", &heic)
        .load();
    if cfg!(feature = "heif") {
        assert_eq!(photos(&loaded), ["photos/a.jpg", "photos/b.HEIC", "photos/c.heic"]);
        assert_eq!(messages(&loaded), [""; 0]);
    } else {
        assert_eq!(photos(&loaded), ["photos/a.jpg"]);
        let only = "warning: 2 HEIC images are skipped, such as photos/b.HEIC";
        assert_eq!(messages(&loaded), [only]);
    }
}

#[cfg(feature = "heif")]
#[test]
fn a_heic_image_that_is_named_or_whose_jpeg_is_excluded_is_shown() {
    let heic = Heif::default().encode();
    let fixture = |page: &str| {
        BookFixture::with_pages(&[page]).photo("a.jpg", 30, 20).file("a.HEIC", &heic).load()
    };
    assert_eq!(photos(&fixture("photos: '*.heic'")), ["a.HEIC"]);
    assert_eq!(photos(&fixture("photos: [a.HEIC, a.jpg]")), ["a.HEIC", "a.jpg"]);
    assert_eq!(photos(&fixture("photos: ['*.heic', '*.jpg']")), ["a.jpg"]);
    assert_eq!(photos(&fixture("photos: { files: '*.*', exclude: '*.jpg' }")), ["a.HEIC"]);
}

#[test]
fn a_file_with_the_name_of_a_photo_that_is_none_is_skipped() {
    let loaded = with_photos("*.jpg", &["a.jpg"]).file("b.jpg", "").file("c.jpg", "<p>").load();
    assert_eq!(photos(&loaded), ["a.jpg"]);
    let messages = messages(&loaded);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages[0].starts_with("warning: b.jpg is skipped") && messages[0].ends_with("empty file")
    );
    assert!(messages[1].starts_with("warning: c.jpg is skipped"));
}

#[test]
fn a_photo_that_is_named_must_be_one() {
    for page in ["photo: a.avif", "photos: a.avif", "photos: [a.avif]"] {
        let loaded = BookFixture::with_pages(&[page]).file("a.avif", AVIF).load();
        let codes: Vec<_> = loaded.findings.iter().map(|it| (it.code, it.severity)).collect();
        assert!(codes.contains(&(Code::PhotoFormat, Severity::Error)), "{page}: {codes:?}");
    }
}

#[test]
fn a_pattern_that_matches_only_what_cannot_be_used_is_an_error() {
    let loaded = book("*.avif").file("a.avif", AVIF).load();
    let messages = messages(&loaded);
    assert!(messages.contains(&"error: no file that matches *.avif can be used".to_owned()));
    assert!(messages.iter().any(|it| it.starts_with("warning: a.avif is skipped")));
}

/// A folder with these photos, and a book of the photos of this mapping.
fn selection(keys: &str, names: &[&str]) -> BookFixture {
    let fixture = BookFixture::with_pages(&[&format!("photos: {{ {keys} }}")]);
    names.iter().fold(fixture, |fixture, name| fixture.photo(name, 30, 20))
}

#[test]
fn excluded_files_are_not_reported() {
    let names = ["a/1.jpg", "a/1-draft.jpg", "a/drafts/2.jpg", "a/b/3-DRAFT.jpg", "a/4.jpg"];
    let keys = "files: 'a/**/*', exclude: ['*-draft.*', drafts, 'a/4.*', '*.mov']";
    let loaded = selection(keys, &names).file("a/5.MOV", "video").load();
    assert_eq!(photos(&loaded), ["a/1.jpg"]);
    assert_eq!(messages(&loaded), <[String; 0]>::default());
}

#[test]
fn an_exclusion_that_leaves_nothing_out_is_reported() {
    let loaded =
        selection("files: ['*.jpg'], exclude: '*-drft.*'", &["a.jpg", "b-draft.jpg"]).load();
    assert_eq!(photos(&loaded), ["a.jpg", "b-draft.jpg"]);
    let found = loaded.findings.iter().find(|it| it.code == Code::PhotosExclude).unwrap();
    assert_eq!(found.message, "`*-drft.*` excludes no file");
    assert_eq!(found.severity, Severity::Warning);
}

#[test]
fn a_key_of_the_mapping_beside_the_pattern_says_where_it_belongs() {
    for (key, example) in [
        ("exclude: b.jpg", r#"photos: { files: "photos/*.jpg", exclude: "*-draft.*" }"#),
        ("sort: taken", r#"photos: { files: "photos/*.jpg", sort: taken }"#),
    ] {
        let page = format!("{{ photos: '*.jpg', {key} }}");
        let loaded = BookFixture::with_pages(&[&page]).photo("a.jpg", 30, 20).load();
        let finding = loaded.findings.iter().find(|it| it.code == Code::UnknownKey).unwrap();
        assert!(finding.help.as_deref().unwrap().ends_with(example), "{finding:?}");
    }
}

#[test]
fn patterns_and_mappings_can_be_in_one_list() {
    let pages = &["photos: [b.jpg, { files: '*.jpg', exclude: c.jpg }]"];
    let fixture = BookFixture::with_pages(pages).photo("a.jpg", 30, 20);
    let loaded = fixture.photo("b.jpg", 30, 20).photo("c.jpg", 30, 20).load();
    assert_eq!(photos(&loaded), ["b.jpg", "a.jpg"]);
}

#[test]
fn a_photo_that_a_pattern_repeats_is_noted() {
    let repeated = |pages: &[&str]| {
        let fixture = BookFixture::with_pages(pages).photo("p/a.jpg", 30, 20);
        let loaded = fixture.photo("p/b.jpg", 30, 20).load();
        let codes = loaded.findings.iter().filter(|it| it.code == Code::PhotoRepeated);
        codes.map(|it| (it.severity, it.at.as_ref().unwrap().line)).collect::<Vec<_>>()
    };
    let [twice] = repeated(&["photo: p/a.jpg", "photos: p/*.jpg"])[..] else { panic!("one note") };
    assert_eq!(twice.0, Severity::Note);
    assert_eq!(repeated(&["photos: p/*.jpg", "photo: ./p/b.jpg"]).len(), 1);
    assert_eq!(repeated(&["photos: p/*.jpg", "photos: p/*"]).len(), 2);
    // Whoever names a photo twice means it.
    assert_eq!(repeated(&["photo: p/a.jpg", "photo: p/a.jpg"]).len(), 0);
    assert_eq!(repeated(&["photos: [p/a.jpg, p/*.jpg]"]).len(), 0);
}

#[test]
fn paths_of_other_systems_get_the_path_to_write() {
    let cases = [
        (r"photo: photos\a.jpg", "photos/a.jpg is there"),
        (r"photo: C:\Users\Ada\photos\a.jpg", "Windows computer only; write photos/a.jpg"),
        ("photo: ~/Pictures/photos/a.jpg", "~ is not expanded; write photos/a.jpg"),
        ("photo: $HOME/b.jpg", "variables are not expanded; copy the file next to"),
        ("photo: file:///home/ada/a.jpg", "a file: address is not a path"),
        ("photo: https://example.org/a.jpg", "a web address is not a path"),
        ("photo: photos/*.jpg", "for a pattern, write - photos: \"photos/*.jpg\""),
        (r"photos: photos\*.jpg", "write / between folders: photos/*.jpg"),
        (r"photos: D:\2026\photos\*.jpg", "Windows computer only; write photos/*.jpg"),
        ("photos: ~/photos/*.jpg", "~ is not expanded; write photos/*.jpg"),
    ];
    for (page, advice) in cases {
        let loaded = BookFixture::with_pages(&[page]).photo("photos/a.jpg", 30, 20).load();
        assert!(help(&loaded).contains(advice), "{page}: {}", help(&loaded));
    }
}
