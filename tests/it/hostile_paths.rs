//! Paths of a stranger's manifest: `--confined` keeps them in its folder, and pipes and devices are
//! never waited for.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use recto::picture::Confinement;
use serde_json::Value;

use crate::support::fixture::{BookFixture, jpeg};

/// A book in the folder `book`, and files of somebody else beside it.
fn book(manifest: &str) -> BookFixture {
    BookFixture::empty()
        .file("book/book.yaml", manifest)
        .photo("book/ok.jpg", 60, 40)
        .photo("private/a.jpg", 60, 40)
        .file("private/text.md", "# A secret\n\nThe password is swordfish.\n")
        .file("private/captions.csv", "file,caption\nok.jpg,swordfish\n")
        .file("private/font.ttf", "swordfish")
        .file("private/press.icc", "swordfish")
        .file("private/file.yaml", "swordfish: 1\n")
}

fn confined(book: &BookFixture) -> Value {
    let run = book.recto("check book/book.yaml --confined --no-cache --format json");
    assert!(!run.out.contains("swordfish") && !run.err.contains("swordfish"), "{run:?}");
    run.json()
}

/// The places of the errors that something is outside the folder.
fn places(json: &Value) -> Vec<(u64, u64)> {
    let findings = json["findings"].as_array().unwrap();
    let outside = findings.iter().filter(|finding| finding["code"] == "outside-folder");
    outside
        .map(|finding| {
            assert_eq!(finding["severity"], "error", "{finding}");
            assert!(finding["help"].is_string(), "{finding}");
            (finding["line"].as_u64().unwrap(), finding["column"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn a_confined_book_reads_no_file_outside_its_folder() {
    let outside = [
        "pages:\n  - photo: ../private/a.jpg\n",
        "pages:\n  - photo: ../private/there-is-no-such-file.jpg\n",
        "pages:\n  - photo: ok/../../private/a.jpg\n",
        "pages:\n  - photo: /etc/passwd\n",
        "pages:\n  - photos: \"../private/*.jpg\"\n",
        "pages:\n  - photos: ../private\n",
        "pages:\n  - photos: \"/**/*.jpg\"\n",
        "pages:\n  - text: ../private/text.md\n",
        "pages:\n  - chapter: Ice\n    intro: ../private/text.md\n",
        "pages:\n  - text: |\n      # A text\n\n      ![alt](../private/a.jpg)\n",
        "captions: ../private/captions.csv\npages:\n  - photo: ok.jpg\n",
        "fonts: { serif: ../private/font.ttf }\npages:\n  - photo: ok.jpg\n",
        "fonts: { fallback: system }\npages:\n  - photo: ok.jpg\n",
        "print: { profile: ../private/press.icc }\npages:\n  - photo: ok.jpg\n",
        "print: { printer: ../private/file.yaml }\npages:\n  - photo: ok.jpg\n",
        "design: ../private/file.yaml\npages:\n  - photo: ok.jpg\n",
        "cover: { photo: ../private/a.jpg, alt: A quay }\npages:\n  - photo: ok.jpg\n",
        "frontispiece: { photo: ../private/a.jpg, alt: A quay }\npages:\n  - photo: ok.jpg\n",
        "dedication: ../private/text.md\npages:\n  - photo: ok.jpg\n",
    ];
    for keys in outside {
        let book = book(&format!("title: Winter Road\n{keys}"));
        let json = confined(&book);
        assert_eq!(places(&json).len(), 1, "{keys}: {json}");
    }
}

#[test]
fn a_confined_book_follows_no_link_out_of_its_folder() {
    let manifest = "title: Winter Road\nallow: [resolution]\npages:\n  - photos: \"**/*.jpg\"\n  - photo: link.jpg\n  - photo: folder/a.jpg\n  - photo: gone.jpg\n  - text: text.md\n";
    let book = book(manifest);
    for (target, name) in [
        ("../private/a.jpg", "link.jpg"),
        ("../private", "folder"),
        ("../private/gone.jpg", "gone.jpg"),
        ("../private/text.md", "text.md"),
        ("../private/text.md", "ok.txt"),
        ("../private/text.md", "ok.jpg.xmp"),
        ("ok.jpg", "inside.jpg"),
    ] {
        symlink(target, book.path("book").join(name)).unwrap();
    }
    let json = confined(&book);
    let lines: Vec<u64> = places(&json).into_iter().map(|(line, _)| line).collect();
    // The pattern finds two links to photos and one to a folder, and a sidecar and a text are
    // links.
    for (line, count) in [(4, 4), (5, 1), (6, 1), (7, 1), (8, 1), (1, 1)] {
        assert_eq!(lines.iter().filter(|it| **it == line).count(), count, "line {line}: {json}");
    }
    symlink("../private/file.yaml", book.path("book").join("other.yaml")).unwrap();
    let run = book.recto("check book/other.yaml --confined --no-cache");
    assert!(run.code == 1 && run.out.contains("[outside-folder]"), "{run:?}");
    assert!(!run.out.contains("swordfish"), "{run:?}");
}

#[test]
fn a_confined_book_writes_no_file_outside_its_folder_by_a_link() {
    let book = book("title: Winter Road\nallow: [resolution]\npages:\n  - photo: ok.jpg\n");
    symlink("../private", book.path("book/dist")).unwrap();
    let build = "build book/book.yaml --no-sync --no-cache --only epub";
    let run = book.recto(&format!("{build} --confined"));
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("error[outside-folder]: book/dist is outside"), "{run:?}");
    assert!(!book.path("private/winter-road.epub").exists());
    // Where the caller wants the files is not the manifest's choice.
    let run = book.recto(&format!("{build} --confined -o private"));
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_confined_book_in_its_folder_is_built_as_any_other() {
    let manifest = "title: Winter Road\nallow: [resolution]\npages:\n  - photos: \"photos/*.jpg\"\n  - text: ./texts/../text.md\n";
    let book = BookFixture::new(manifest)
        .photo("photos/a.jpg", 60, 40)
        .file("text.md", "# Notes\n")
        .file("texts/b.md", "");
    symlink("a.jpg", book.path("photos/b.jpg")).unwrap();
    let mut editions = Vec::new();
    for option in ["", "--confined"] {
        let run = book.recto(&format!("build --no-sync --only epub {option}"));
        assert_eq!(run.code, 0, "{run:?}");
        editions.push(book.read("dist/winter-road.epub"));
        fs::remove_dir_all(book.path("dist")).unwrap();
    }
    assert!(editions[0] == editions[1]);
}

/// What `check` says of a book with a pipe, or a link to a device, of this name.
fn special(manifest: &str, name: &str, target: Option<&str>) -> String {
    let book = BookFixture::new(&format!("title: Winter Road\n{manifest}")).photo("ok.jpg", 60, 40);
    let path = book.path(name);
    match target {
        Some(target) => symlink(target, path).unwrap(),
        None => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
    }
    let start = Instant::now();
    let run = book.recto("check --format short --no-cache");
    assert!(start.elapsed() < Duration::from_secs(20), "{name}: {run:?}");
    assert!(!run.out.contains("internal error"), "{run:?}");
    run.out
}

#[test]
fn pipes_and_devices_are_not_read() {
    let named = [
        ("pages:\n  - photo: a.jpg\n", "a.jpg"),
        ("pages:\n  - photos: \"*.jpg\"\n", "a.jpg"),
        ("pages:\n  - text: a.md\n", "a.md"),
        ("captions: a.csv\npages:\n  - photo: ok.jpg\n", "a.csv"),
        ("fonts: { serif: a.ttf }\npages:\n  - photo: ok.jpg\n", "a.ttf"),
        ("print: { profile: a.icc }\npages:\n  - photo: ok.jpg\n", "a.icc"),
        ("design: a.yaml\npages:\n  - photo: ok.jpg\n", "a.yaml"),
        ("print: { printer: a.yaml }\npages:\n  - photo: ok.jpg\n", "a.yaml"),
    ];
    for (manifest, name) in named {
        for target in [None, Some("/dev/zero"), Some("/dev/stdin")] {
            let out = special(manifest, name, target);
            let has_reason = out.contains(&format!("{name} is not a file"))
                || out.contains(&format!("{name} is skipped: it has the name of a picture"));
            assert!(has_reason, "{name} to {target:?}: {out}");
        }
    }
    // Nobody asks for these by name.
    for name in ["ok.jpg.xmp", "ok.txt"] {
        let out = special("pages:\n  - photo: ok.jpg\n", name, None);
        assert!(!out.contains(name), "{out}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn files_of_the_system_that_wait_for_events_are_empty() {
    for name in ["a.md", "a.ttf", "a.csv"] {
        let manifest = match name {
            "a.md" => "pages:\n  - text: a.md\n",
            "a.ttf" => "fonts: { serif: a.ttf }\npages:\n  - photo: ok.jpg\n",
            _ => "captions: a.csv\npages:\n  - photo: ok.jpg\n",
        };
        let out = special(manifest, name, Some("/proc/kmsg"));
        assert!(out.contains(name), "{out}");
    }
}

#[test]
fn links_in_circles_end_soon() {
    let book = BookFixture::new("title: Winter Road\npages:\n  - photos: \"**/*.jpg\"\n")
        .photo("a/a.jpg", 60, 40);
    for folder in 0..12 {
        fs::create_dir(book.path(&format!("{folder}"))).unwrap();
        for other in 0..12 {
            symlink(format!("../{other}"), book.path(&format!("{folder}/to-{other}"))).unwrap();
        }
    }
    let start = Instant::now();
    let run = book.recto("check --format short --no-cache");
    assert!(run.out.contains("error[photos-pattern]: **/*.jpg searches too many files"), "{run:?}");
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn names_are_printed_without_control_characters_and_direction_overrides() {
    let name = "gpj.\u{202e}exe\u{2028}";
    let book =
        BookFixture::empty().file(&format!("{name}.md"), "# A\n\n![](b.jpg)\n[^1]: unused\n");
    let escaped = |c: char| format!("\\u{:04X}", u32::from(c));
    let yaml = name.chars().map(escaped).collect::<Vec<_>>().concat();
    book.write(
        "book.yaml",
        format!("title: \"A\"\npages:\n  - text: \"{yaml}.md\"\n  - photo: \"{yaml}.jpg\"\n"),
    );
    for arguments in ["check", "check --format short", "build --no-sync -v --only epub"] {
        let run = book.recto(arguments);
        for hidden in ['\u{202e}', '\u{2028}'] {
            assert!(!run.out.contains(hidden) && !run.err.contains(hidden), "{run:?}");
        }
        assert!(run.out.contains("\\u{202e}exe") || run.err.contains("\\u{202e}exe"), "{run:?}");
    }
    let json = book.recto("check --format json").json();
    let file = |finding: &&Value| finding["file"].as_str().is_some_and(|it| it.contains(name));
    let findings = json["findings"].as_array().unwrap().clone();
    assert!(findings.iter().any(|finding| file(&finding)) || cfg!(target_os = "macos"), "{json}");
}

#[test]
fn names_of_output_files_have_only_letters_digits_and_hyphens() {
    let titles = [
        "../../etc/passwd",
        "a\\u0000b\\u001B[31m",
        "\\u202Etxt.exe",
        "C:\\\\con",
        "/",
        "..",
        "nul",
    ];
    for title in titles {
        let manifest = format!("title: \"{title}\"\npages:\n  - text: \"# One\"\n");
        let book = BookFixture::new(&manifest).file("x.jpg", jpeg(6, 4));
        let run = book.recto("build --no-sync --no-cache --only epub");
        for entry in fs::read_dir(book.path("dist")).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let stem = name.strip_suffix(".epub").unwrap_or("");
            assert!(
                name == "SHA256SUMS" || stem.chars().all(is_plain) && !stem.is_empty(),
                "{name}"
            );
        }
        assert!(run.code < 2 && !run.err.contains("internal error"), "{run:?}");
        assert_eq!(fs::read_dir(book.folder()).unwrap().count(), 2 + usize::from(run.code == 0));
    }
}

#[test]
fn a_path_is_judged_by_where_it_leads() {
    let around =
        BookFixture::empty().file("book/photos/a", "").file("book-2/a", "").file("secret", "");
    let book = around.path("book");
    for (target, link) in
        [("../secret", "link"), ("..", "up"), ("../gone", "dangling"), ("photos", "inside")]
    {
        symlink(target, book.join(link)).unwrap();
    }
    let confined = Confinement::to_folder(&book).unwrap();
    for name in ["", "photos", "photos/../photos", "../book/photos", "inside/a", "a/b.jpg"] {
        assert!(confined.allows(&book.join(name)), "{name}");
    }
    let outside = ["..", "../secret", "../book-2", "../gone", "link", "up/secret", "up/gone"];
    for name in outside.into_iter().chain(["dangling", "gone/../../secret", "/etc/passwd", "/"]) {
        assert!(!confined.allows(&book.join(name)), "{name}");
    }
    assert!(Confinement::default().allows(&around.path("secret")));
}
