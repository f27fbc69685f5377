//! Builds that are killed, run beside each other, or cannot write: the files of earlier builds stay
//! whole, `SHA256SUMS` lists nothing that is out of date, and no temporary file stays.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the tests look at the files that are written")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use crate::support::command::Run;
use crate::support::fixture::BookFixture;

fn manifest(text: &str) -> String {
    format!(
        "title: Winter Road\nallow: resolution\noffline: {{ form: folder, include: [epub] }}\npages:\n  - text: \"# {text}\"\n  - photo: a.jpg\n    alt: A quay\n"
    )
}

fn book() -> BookFixture {
    BookFixture::new(&manifest("One")).small_photos(&["a.jpg"])
}

/// All files in a folder and below it, by their names.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let below = tree(&entry.path()).into_iter();
            files.extend(below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The names that `SHA256SUMS` lists, each with a checksum that is right.
fn vouched_for(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let sums = files.get("SHA256SUMS").cloned().unwrap_or_default();
    let mut names = Vec::new();
    for line in String::from_utf8(sums).unwrap().lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let bytes = files.get(name).unwrap_or_else(|| panic!("{name} is not there"));
        let mut digest = String::new();
        for byte in Sha256::digest(bytes) {
            write!(digest, "{byte:02x}").unwrap();
        }
        assert_eq!(digest, sum, "{name}");
        names.push(name.to_owned());
    }
    names
}

fn write_tree(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn spawn(book: &BookFixture, arguments: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(arguments.split_whitespace())
        .current_dir(book.folder())
        .env_remove("SOURCE_DATE_EPOCH")
        .env("RECTO_CACHE", book.path("cache"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs recto in a shell after this command, such as `ulimit -f 10`.
fn recto_after(book: &BookFixture, command: &str, arguments: &str) -> (Option<i32>, String) {
    let script = format!("{command}; exec \"$RECTO\" {arguments}");
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(book.folder())
        .env("RECTO", env!("CARGO_BIN_EXE_recto"))
        .env("RECTO_CACHE", book.path("cache"))
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

const BUILD: &str = "build --no-cache --no-sync --only epub,print,offline";

/// Whether a file is a part of the edition in a folder: these are replaced together.
fn edition(name: &str) -> &str {
    name.split('/').next().unwrap()
}

#[test]
fn a_build_that_is_killed_at_any_time_leaves_whole_files_and_the_next_one_cleans_up() {
    let book = book();
    assert_eq!(book.recto(BUILD).code, 0);
    let old = tree(&book.path("dist"));
    assert_eq!(vouched_for(&old).len(), old.len() - 1);
    book.write("book.yaml", manifest("Two"));
    let start = Instant::now();
    assert_eq!(book.recto(BUILD).code, 0);
    let time = start.elapsed();
    let new = tree(&book.path("dist"));
    let is_whole = |files: &BTreeMap<String, Vec<u8>>, of: &BTreeMap<String, Vec<u8>>, name| {
        let only = |files: &BTreeMap<String, Vec<u8>>| {
            let own = files.iter().filter(|(file, _)| edition(file) == name);
            own.map(|(file, bytes)| (file.clone(), bytes.clone())).collect::<Vec<_>>()
        };
        only(files) == only(of)
    };
    let mut killed = 0;
    for step in 0..8 {
        write_tree(&book.path("dist"), &old);
        let mut child = spawn(&book, BUILD);
        std::thread::sleep(time * step / 7);
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let left = tree(&book.path("dist"));
        for name in ["winter-road.epub", "winter-road-print.pdf", "winter-road-offline"] {
            let is_gone = name.ends_with("offline") && !left.keys().any(|it| edition(it) == name);
            // Between two renames, the earlier folder is in the temporary one.
            assert!(
                is_whole(&left, &old, name) || is_whole(&left, &new, name) || is_gone,
                "{name} after step {step}: {:?}",
                left.keys()
            );
        }
        // What was dropped from the list at the start of the build, and added again, is new.
        let listed = vouched_for(&left);
        let is_untouched = left == old;
        for name in &listed {
            assert!(is_untouched || left[name] == new[name], "{name} after step {step}");
        }
        let run = book.recto(BUILD);
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(tree(&book.path("dist")), new, "after step {step}");
    }
    assert!(killed > 1, "{killed} builds were killed");
}

#[test]
fn two_builds_at_once_write_one_after_the_other() {
    let book = book();
    let builds: Vec<_> = ["epub", "print", "epub,print", "offline"]
        .iter()
        .map(|editions| spawn(&book, &format!("build --no-sync --only {editions}")))
        .collect();
    for build in builds {
        let run = Run::from(build.wait_with_output().unwrap());
        assert_eq!(run.code, 0, "{run:?}");
    }
    let files = tree(&book.path("dist"));
    vouched_for(&files);
    assert!(!files.keys().any(|name| name.contains(".part")), "{:?}", files.keys());
    let run = book.recto("build --no-sync --only epub,print,offline");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(vouched_for(&tree(&book.path("dist"))).len(), files.len() - 1);
}

#[test]
fn a_build_waits_for_another_one_and_removes_nothing_of_it() {
    let book = book();
    fs::create_dir(book.path("dist")).unwrap();
    let lock = fs::File::open(book.path("dist")).unwrap();
    lock.lock().unwrap();
    let mut child = spawn(&book, "build --no-cache --no-sync --only epub");
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(1500) {
        assert!(child.try_wait().unwrap().is_none(), "it waits");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(tree(&book.path("dist")).is_empty());
    drop(lock);
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("waiting for another build that writes into dist"), "{run:?}");
}

#[test]
fn a_disk_that_is_full_leaves_the_earlier_files_and_vouches_for_none() {
    let book = book();
    assert_eq!(book.recto(BUILD).code, 0);
    let mut old = tree(&book.path("dist"));
    old.remove("SHA256SUMS");
    book.write("book.yaml", manifest("Two"));
    // Blocks of 512 bytes. With the signal ignored, writing fails as on a full disk.
    for blocks in [0, 1, 8, 32] {
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}");
        let (code, err) = recto_after(&book, &limit, BUILD);
        assert_eq!(code, Some(1), "{err}");
        for name in ["winter-road.epub", "winter-road-print.pdf", "winter-road-offline"] {
            let message = format!("error[not-written]: cannot write dist/{name}: ");
            assert!(err.contains(&message), "{blocks}: {err}");
        }
        assert!(!err.contains("internal error"), "{err}");
        let mut left = tree(&book.path("dist"));
        assert_eq!(vouched_for(&left), <[&str; 0]>::default());
        left.remove("SHA256SUMS");
        assert_eq!(left, old, "{blocks} blocks");
    }
    // With the signal, the process ends at once, as if it were killed.
    let (code, _) = recto_after(&book, "ulimit -f 8", BUILD);
    assert_eq!(code, None);
    let left = tree(&book.path("dist"));
    assert!(old.iter().all(|(name, bytes)| left.get(name) == Some(bytes)));
    assert_eq!(book.recto(BUILD).code, 0);
    assert!(!tree(&book.path("dist")).keys().any(|name| name.contains(".part")));
}

#[test]
fn an_output_folder_that_cannot_be_written_is_named_with_the_reason() {
    let book = book().file("file", "");
    let run = book.recto(&format!("{BUILD} -o file/dist"));
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("cannot write file/dist/winter-road.epub: "), "{run:?}");
    assert_eq!(book.read("file"), b"");
    // Not even root can write there.
    if cfg!(target_os = "linux") {
        let run = book.recto(&format!("{BUILD} -o /proc/recto"));
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.err.contains("cannot write /proc/recto/winter-road.epub: "), "{run:?}");
    }
}

#[test]
fn pipes_in_the_output_folder_are_not_waited_for() {
    let book = book();
    fs::create_dir(book.path("dist")).unwrap();
    for name in ["SHA256SUMS", ".winter-road.epub.Xy12ab.part"] {
        let path = book.path("dist").join(name);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }
    let run = book.recto("build --no-cache --no-sync --only epub");
    assert!(run.out.starts_with("dist/winter-road.epub  "), "{run:?}");
}

/// Does something to a file of the cache.
type Damage<'a> = &'a dyn Fn(&Path);

#[test]
fn a_cache_that_cannot_be_used_stops_no_build() {
    let whole = |book: &BookFixture, cache: &str| {
        let arguments = "build --no-sync --only epub --cache ";
        let run = book.recto(&format!("{arguments}{cache}"));
        assert_eq!(run.code, 0, "{cache}: {run:?}");
        let bytes = book.read("dist/winter-road.epub");
        fs::remove_dir_all(book.path("dist")).unwrap();
        (bytes, run)
    };
    let manifest = "title: Winter Road\npages:\n  - photo: a.jpg\n    alt: A quay\n";
    let book = BookFixture::new(manifest).photo("a.jpg", 3000, 2000).file("file", "mine");
    let (expected, _) = whole(&book, "good");
    let entries: Vec<_> = tree(&book.path("good")).into_keys().collect();
    assert!(entries.iter().any(|name| name.starts_with("pictures/")), "{entries:?}");

    let (bytes, run) = whole(&book, "file");
    assert!(bytes == expected && run.err.contains("note[cache-unwritable]"), "{run:?}");
    assert_eq!(book.read("file"), b"mine");

    let damages: [(&str, Damage<'_>); 3] = [
        ("truncated", &|path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("foreign", &|path| fs::write(path, "not recto's").unwrap()),
        ("pipes", &|path| {
            fs::remove_file(path).unwrap();
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        }),
    ];
    for (name, damage) in damages {
        write_tree(&book.path("bad"), &tree(&book.path("good")));
        for entry in &entries {
            damage(&book.path("bad").join(entry));
        }
        let (bytes, _) = whole(&book, "bad");
        assert!(bytes == expected, "{name}");
        fs::remove_dir_all(book.path("bad")).unwrap();
    }
}

#[test]
fn a_clock_that_is_set_back_makes_nothing_stale_count_as_new() {
    let book = book();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(book.recto("build --no-sync --only epub").code, 0);
    let old = tree(&book.path("dist"));
    // The times of the new manifest are those of the old one, as after a clock was set back.
    let modified = fs::metadata(book.path("book.yaml")).unwrap().modified().unwrap();
    book.write("book.yaml", manifest("Two"));
    let file = fs::File::options().write(true).open(book.path("book.yaml")).unwrap();
    file.set_modified(modified - Duration::from_hours(48)).unwrap();
    let run = book.recto("build --no-sync --only epub");
    assert!(!run.out.contains("unchanged"), "{run:?}");
    let new = tree(&book.path("dist"));
    assert_ne!(new["winter-road.epub"], old["winter-road.epub"]);
    assert_eq!(vouched_for(&new), ["winter-road.epub"]);
}
