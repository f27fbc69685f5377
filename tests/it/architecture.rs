//! The house is tested: what each room may know, name, read and write.
//!
//! The checker reads the sources as tokens, so that comments and strings may speak of
//! anything, and leaves unit tests out: they are no part of what is built.
#![expect(clippy::disallowed_methods, reason = "the tests read the sources")]

mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tokens::{Source, paths};

/// The floors, from the ground up. Imports go down only.
const FLOORS: [&[&str]; 7] = [
    &["model", "finding"],
    &["picture", "markdown", "manifest"],
    &["typeset", "layout"],
    &["preflight"],
    &["pdf", "epub", "offline"],
    &["build"],
    &["cli"],
];

/// Who may look into a room on the same floor.
const NEIGHBOURS: [(&str, &str); 4] = [
    ("finding", "model"),
    ("manifest", "picture"),
    ("manifest", "markdown"),
    ("layout", "typeset"),
];

/// Rooms that never meet, though one lies below the other: an e-book knows no pages but
/// those that it is handed, and a manifest is a way to a book, not a part of it.
const STRANGERS: [(&str, &str); 3] =
    [("epub", "layout"), ("pdf", "manifest"), ("layout", "manifest")];

/// Where a crate may be named. Any other dependency may be named in one room, whichever.
const CRATES: [(&str, &[&str]); 30] = [
    ("pdf_writer", &["pdf"]),
    ("subsetter", &["pdf", "epub"]),
    ("epub_builder", &["epub"]),
    ("zip", &["epub", "offline"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("pulldown_cmark", &["markdown"]),
    ("saphyr_parser", &["manifest"]),
    ("schemars", &["model", "picture", "manifest"]),
    ("zune_jpeg", &["picture"]),
    ("fast_image_resize", &["picture"]),
    ("jpeg_encoder", &["picture"]),
    ("image", &["picture"]),
    ("exif", &["picture"]),
    ("harfrust", &["typeset"]),
    ("hypher", &["typeset"]),
    ("icu_segmenter", &["typeset"]),
    ("unicode_bidi", &["typeset"]),
    // Advances and outlines to set, widths and boxes to embed, outlines to draw a cover.
    ("skrifa", &["typeset", "pdf", "epub"]),
    // Vocabulary rather than a back end: errors, derives, moments, XML, deflate, hashes, scripts.
    (
        "thiserror",
        &["finding", "model", "picture", "manifest", "typeset", "pdf", "epub", "offline", "build"],
    ),
    ("serde", &["model", "picture", "manifest", "cli"]),
    ("time", &["pdf", "epub", "offline", "build", "cli"]),
    ("quick_xml", &["picture", "epub"]),
    ("serde_json", &["manifest", "cli"]),
    ("flate2", &["picture", "pdf"]),
    ("sha2", &["picture", "pdf", "build"]),
    ("unicode_script", &["typeset", "preflight", "epub"]),
    // Scratch for samples too large for memory; it has no name and is gone at the end.
    ("tempfile", &["picture", "build"]),
];

/// Files that may be longer than [`LINES`], with the reason.
const LONG: [(&str, &str); 0] = [];

/// A file stays readable in one sitting.
const LINES: usize = 800;

/// The last names of paths that read a file, or find one.
const READS: [&[&str]; 7] = [
    &["File", "open"],
    &["File", "options"],
    &["OpenOptions"],
    &["fs", "read"],
    &["fs", "read_to_string"],
    &["fs", "read_dir"],
    &["WalkDir"],
];

/// Those that write, or change what is there. One folder below the edge may: the cache of
/// pictures, which nobody misses.
const WRITES: [&[&str]; 14] = [
    &["File", "create"],
    &["File", "create_new"],
    &["fs", "write"],
    &["fs", "copy"],
    &["fs", "rename"],
    &["fs", "create_dir"],
    &["fs", "create_dir_all"],
    &["fs", "remove_file"],
    &["fs", "remove_dir"],
    &["fs", "remove_dir_all"],
    &["fs", "set_permissions"],
    &["DirBuilder"],
    &["NamedTempFile"],
    &["tempfile", "Builder"],
];

/// Those that know when, where or by whom the program is run.
const HIDDEN_INPUTS: [&[&str]; 13] = [
    &["SystemTime"],
    &["Instant"],
    &["now_utc"],
    &["now_local"],
    &["env", "var"],
    &["env", "var_os"],
    &["env", "vars"],
    &["env", "args"],
    &["env", "args_os"],
    &["env", "current_dir"],
    &["env", "current_exe"],
    &["env", "temp_dir"],
    &["available_parallelism"],
];

#[test]
fn imports_go_down_only() {
    assert_eq!(imports(&sources()), NOTHING);
}

#[test]
fn each_back_end_is_named_in_one_room() {
    assert_eq!(crates(&sources(), &dependencies()), NOTHING);
}

#[test]
fn only_the_inputs_read_and_only_the_edge_and_the_cache_write() {
    assert_eq!(files(&sources()), NOTHING);
}

#[test]
fn only_the_edge_knows_the_time_and_the_environment() {
    assert_eq!(hidden_inputs(&sources()), NOTHING);
}

#[test]
fn a_file_is_read_in_one_sitting() {
    assert_eq!(lengths(&sources()), NOTHING);
}

/// What a checker finds in a house that keeps its rules.
const NOTHING: Vec<String> = Vec::new();

fn imports(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let Some(room) = source.room() else { continue };
        if floor(room).is_none() {
            faults.push(format!("{}: the room {room} is on no floor", source.name));
            continue;
        }
        for other in source.rooms_named() {
            if other != room && !may_know(room, &other) {
                faults.push(format!("{}: {room} may not know {other}", source.name));
            }
        }
    }
    faults
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn may_know(room: &str, other: &str) -> bool {
    let below = floor(other) < floor(room);
    let pair = (room, other);
    floor(other).is_some() && (below && !STRANGERS.contains(&pair) || NEIGHBOURS.contains(&pair))
}

fn crates(sources: &[Source], dependencies: &BTreeSet<String>) -> Vec<String> {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources {
        let Some(room) = source.room() else { continue };
        for path in &source.paths {
            // A module may have a crate's name; `use std::time` makes one of the crate time's.
            let first = &path.names[0];
            if dependencies.contains(first) && !source.locals.contains(first) {
                named.entry(first.clone()).or_default().insert(room.to_owned());
            }
        }
    }
    let mut faults = Vec::new();
    for (name, rooms) in named {
        match CRATES.iter().find(|(listed, _)| *listed == name) {
            Some((_, allowed)) => faults.extend(
                rooms
                    .iter()
                    .filter(|room| !allowed.contains(&room.as_str()))
                    .map(|room| format!("{name} is named in {room}, not only in {allowed:?}")),
            ),
            None if rooms.len() > 1 => faults.push(format!("{name} is named in {rooms:?}")),
            None => {}
        }
    }
    faults
}

fn files(sources: &[Source]) -> Vec<String> {
    let beside_the_cache: Vec<Source> = sources
        .iter()
        .filter(|source| !source.name.starts_with("picture/cache/"))
        .cloned()
        .collect();
    let reads = faults_of(sources, &READS, &["manifest", "picture", "build"], "reads files by");
    let writes = faults_of(&beside_the_cache, &WRITES, &["build"], "writes files by");
    // A build reads and writes its own files; those of a book are read by the inputs.
    let build: Vec<Source> = sources
        .iter()
        .filter(|source| source.room() == Some("build"))
        .filter(|source| !["build/output.rs", "build/sums.rs"].contains(&source.name.as_str()))
        .cloned()
        .collect();
    let either = [READS.as_slice(), WRITES.as_slice()].concat();
    let build = faults_of(&build, &either, &[], "opens files outside build/output.rs by");
    [reads, writes, build].concat()
}

fn hidden_inputs(sources: &[Source]) -> Vec<String> {
    faults_of(sources, &HIDDEN_INPUTS, &["cli"], "has a hidden input,")
}

/// A line for each path that ends, or goes through, one of `endings` outside `rooms`.
fn faults_of(sources: &[Source], endings: &[&[&str]], rooms: &[&str], what: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        if source.room().is_some_and(|room| rooms.contains(&room)) {
            continue;
        }
        for path in &source.paths {
            if endings.iter().any(|ending| path.names.windows(ending.len()).any(|w| w == *ending)) {
                faults.push(format!("{}: {what} {}", source.name, path.names.join("::")));
            }
        }
    }
    faults
}

fn lengths(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.lines > LINES && !LONG.iter().any(|(name, _)| *name == source.name))
        .map(|source| format!("{} has {} lines", source.name, source.lines))
        .collect()
}

/// Every file under `src`, in order.
fn sources() -> Vec<Source> {
    fn gather(folder: &Path, root: &Path, found: &mut Vec<Source>) {
        let mut entries: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                gather(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    gather(&root, &root, &mut found);
    assert!(found.len() > 20, "the sources are not where they are looked for");
    found
}

/// The crates of `[dependencies]`, as code names them.
fn dependencies() -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    fs::read_to_string(manifest)
        .unwrap()
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| match name.trim() {
            // A library may have another name than its package.
            "kamadak-exif" => "exif".to_owned(),
            name => name.replace('-', "_"),
        })
        .collect()
}

/// The checker itself: each rule, broken on purpose.
mod checker {
    use super::*;

    fn house(files: &[(&str, &str)]) -> Vec<Source> {
        files.iter().map(|(name, text)| Source::new(name, text)).collect()
    }

    #[test]
    fn an_import_that_goes_up_is_found_however_it_is_written() {
        for import in [
            "use crate::pdf;",
            "use crate::{model::Book, pdf::{self, Edition}};",
            "pub(crate) use crate::pdf::Options as Form;",
            "fn f() { crate::pdf::write() }",
            "use super::super::pdf::write;",
            "mod inner { use super::super::super::pdf::write; }",
            "fn f(pages: &crate :: pdf :: Edition) {}",
        ] {
            let faults = imports(&house(&[("layout/plate.rs", import)]));
            assert_eq!(faults, ["layout/plate.rs: layout may not know pdf"], "{import}");
        }
        assert_eq!(imports(&house(&[("layout/mod.rs", "use super::pdf;")])).len(), 1);
        assert_eq!(imports(&house(&[("finding.rs", "use super::cli;")])).len(), 1);
    }

    #[test]
    fn what_only_speaks_of_a_room_is_no_import() {
        for harmless in [
            "/// See [`crate::pdf`].\n//! crate::pdf\n/* crate::pdf /* crate::pdf */ crate::pdf */",
            r##"const A: &str = "crate::pdf"; const B: &str = r#""crate::pdf"#; const C: char = '"';"##,
            "use super::pdf;",
            "mod inner { use super::super::pdf; }",
            "#[cfg(test)] mod tests { use crate::pdf; }",
            "#[cfg(test)] #[expect(dead_code)] mod tests { fn f() { g() } use crate::pdf; }",
            "fn f<'a>(x: &'a str) -> &'a str { x }",
        ] {
            assert_eq!(imports(&house(&[("layout/plate.rs", harmless)])), NOTHING, "{harmless}");
        }
    }

    #[test]
    fn neighbours_look_one_way_and_strangers_never_meet() {
        let may = |room: &str, other: &str| {
            imports(&house(&[(&format!("{room}/mod.rs"), &format!("use crate::{other};"))]))
                .is_empty()
        };
        assert!(may("manifest", "picture") && !may("picture", "manifest"));
        assert!(may("layout", "typeset") && !may("typeset", "layout"));
        assert!(may("epub", "typeset") && !may("epub", "layout"));
        assert!(!may("pdf", "manifest") && !may("layout", "manifest"));
        assert!(!may("pdf", "epub") && !may("epub", "pdf") && !may("model", "finding"));
        assert!(!may("cellar", "model") && !may("cli", "cellar"));
    }

    #[test]
    fn a_crate_out_of_its_room_is_found() {
        let known = dependencies();
        let faults = |files: &[(&str, &str)]| crates(&house(files), &known);
        assert_eq!(faults(&[("epub/mod.rs", "use pdf_writer::Pdf;")]).len(), 1);
        assert_eq!(faults(&[("model/mod.rs", "use clap::Parser;")]).len(), 1);
        let two_rooms =
            [("manifest/mod.rs", "use strsim::jaro;"), ("picture/mod.rs", "strsim::jaro();")];
        assert_eq!(faults(&two_rooms).len(), 1);
        assert_eq!(faults(&two_rooms[..1]), NOTHING);
        let own_module = "mod image; use image::Space; use self::image::Other;";
        assert_eq!(faults(&[("pdf/mod.rs", own_module)]), NOTHING);
        assert_eq!(
            faults(&[(
                "layout/mod.rs",
                "use std::time::{self, Duration}; fn f(d: time::Duration) {}"
            )]),
            NOTHING
        );
    }

    #[test]
    fn an_opened_file_and_a_look_at_the_clock_are_found() {
        let opened = "use std::fs::File; fn f() { File::create(p); std::fs::read(p); }";
        assert_eq!(files(&house(&[("pdf/sink.rs", opened)])).len(), 2);
        assert_eq!(files(&house(&[("picture/probe.rs", opened)])).len(), 1);
        assert_eq!(files(&house(&[("picture/cache/mod.rs", opened)])), NOTHING);
        assert_eq!(files(&house(&[("build/output.rs", opened)])), NOTHING);
        assert_eq!(files(&house(&[("build/project.rs", opened)])).len(), 2);
        assert_eq!(files(&house(&[("cli/build.rs", opened)])).len(), 2);
        let clock =
            "use std::time::{Duration, SystemTime}; use std::{env, io}; fn f() { env::var(k) }";
        assert_eq!(hidden_inputs(&house(&[("epub/nav.rs", clock)])).len(), 2);
        assert_eq!(hidden_inputs(&house(&[("cli/clock.rs", clock)])), NOTHING);
        let version = r#"const V: &str = env!("CARGO_PKG_VERSION");"#;
        assert_eq!(hidden_inputs(&house(&[("epub/nav.rs", version)])), NOTHING);
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(lengths(&house(&[("pdf/page.rs", &"\n".repeat(LINES + 1))])).len(), 1);
        assert_eq!(lengths(&house(&[("pdf/page.rs", &"\n".repeat(LINES))])), NOTHING);
    }

    #[test]
    fn paths_are_told_whole() {
        let told = |text: &str| -> Vec<String> {
            paths(text).0.iter().map(|path| path.names.join("::")).collect()
        };
        assert_eq!(
            told("use a::{b, c::{self, d as e}, f::*};"),
            ["a::b", "a::c", "a::c::d", "a::f"]
        );
        assert_eq!(told("let x: a::b<c::d> = ::e::f!();"), ["a::b", "c::d", "e::f"]);
    }
}
