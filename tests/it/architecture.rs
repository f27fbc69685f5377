//! The architecture: which folder may import, name, read and write what.
//!
//! The checker reads the source files as tokens, so that comments and strings may mention
//! anything. Unit tests are left out, because they are not part of what is built.
#![expect(clippy::disallowed_methods, reason = "the tests read the sources")]

mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tokens::{Source, paths};

/// The layers, lowest first. Imports go down only.
const LAYERS: [&[&str]; 9] = [
    &["model", "finding"],
    &["picture", "markdown", "manifest"],
    &["typeset", "layout"],
    &["preflight"],
    &["archive", "html"],
    &["pdf", "epub", "offline"],
    &["build"],
    &["preview"],
    &["cli"],
];

/// Imports between folders of the same layer: the first may import the second.
const SAME_LAYER: [(&str, &str); 4] = [
    ("finding", "model"),
    ("manifest", "picture"),
    ("manifest", "markdown"),
    ("layout", "typeset"),
];

/// Imports that are forbidden although they go down: an e-book gets its laid-out pages as an
/// argument, and a book does not depend on how it was read.
const FORBIDDEN: [(&str, &str); 4] =
    [("html", "layout"), ("epub", "layout"), ("pdf", "manifest"), ("layout", "manifest")];

/// Files that may be longer than [`MAX_LINES`], with the reason.
const LONG: [(&str, &str); 0] = [];

/// The longest file, in lines.
const MAX_LINES: usize = 800;

/// The last names of paths that read or find files.
const READS: [&[&str]; 7] = [
    &["File", "open"],
    &["File", "options"],
    &["OpenOptions"],
    &["fs", "read"],
    &["fs", "read_to_string"],
    &["fs", "read_dir"],
    &["WalkDir"],
];

/// The last names of paths that write, rename or remove files.
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

/// The last names of paths that depend on the time, the machine or the environment.
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
fn each_crate_is_named_in_its_own_folders_only() {
    assert_eq!(crates(&sources(), &folders_of_crates()), NOTHING);
}

#[test]
fn the_page_of_dependencies_has_each_dependency() {
    let listed: BTreeSet<String> = folders_of_crates().into_keys().collect();
    assert_eq!(listed, dependencies());
}

#[test]
fn only_inputs_read_files_and_only_the_build_and_the_cache_write_them() {
    assert_eq!(files(&sources()), NOTHING);
}

#[test]
fn only_the_command_line_reads_the_clock_and_the_environment() {
    assert_eq!(hidden_inputs(&sources()), NOTHING);
}

#[test]
fn no_file_is_too_long() {
    assert_eq!(lengths(&sources()), NOTHING);
}

/// The result of a checker that has nothing to report.
const NOTHING: Vec<String> = Vec::new();

#[test]
fn no_circles_of_files() {
    assert_eq!(circles(&sources()), NOTHING);
}

/// A line for each group of files that import each other, with the imports between them.
fn circles(sources: &[Source]) -> Vec<String> {
    let edges = file_imports(sources);
    let reachable: BTreeMap<&str, BTreeSet<&str>> =
        edges.keys().map(|file| (*file, reachable_from(file, &edges))).collect();
    let mut listed = BTreeSet::new();
    let mut problems = Vec::new();
    for (file, others) in &reachable {
        if !others.contains(file) || listed.contains(file) {
            continue;
        }
        let in_circle = |other: &&&str| reachable[**other].contains(file);
        let circle: BTreeSet<&str> = others.iter().filter(in_circle).copied().collect();
        let imports = circle.iter().filter_map(|from| {
            let to: Vec<&str> =
                edges[from].iter().filter(|to| circle.contains(**to)).copied().collect();
            (!to.is_empty()).then(|| format!("{from} imports {}", to.join(", ")))
        });
        problems.push(imports.collect::<Vec<_>>().join("; "));
        listed.extend(circle);
    }
    problems
}

fn reachable_from<'a>(
    file: &str,
    edges: &BTreeMap<&'a str, BTreeSet<&'a str>>,
) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = edges[file].iter().copied().collect();
    while let Some(next) = waiting.pop() {
        if reached.insert(next) {
            waiting.extend(&edges[next]);
        }
    }
    reached
}

/// For each file, the other files that define what it imports. Re-exports are followed to
/// the file that they come from. The crate's root and the binary are left out.
fn file_imports(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let is_module = |source: &&Source| !source.module().is_empty();
    let modules: BTreeMap<Vec<String>, &Source> =
        sources.iter().filter(is_module).map(|source| (source.module(), source)).collect();
    let mut edges = BTreeMap::new();
    for source in modules.values() {
        let absolute = source.paths.iter().filter_map(|path| source.absolute(path));
        let files = absolute.filter_map(|names| defining_file(&names, &modules, 0));
        let others = files.filter(|file| *file != source.name).collect();
        edges.insert(source.name.as_str(), others);
    }
    edges
}

/// The file that defines an item; `None` for a path that names a module or another crate.
fn defining_file<'a>(
    names: &[String],
    modules: &BTreeMap<Vec<String>, &'a Source>,
    re_exports: usize,
) -> Option<&'a str> {
    let length = (1..=names.len()).rev().find(|&length| modules.contains_key(&names[..length]))?;
    let (source, rest) = (modules[&names[..length]], &names[length..]);
    let first = rest.first()?;
    match source.imports.get(first).and_then(|import| source.absolute(import)) {
        Some(import) if re_exports < 8 => {
            defining_file(&[import.as_slice(), &rest[1..]].concat(), modules, re_exports + 1)
        }
        _ => Some(&source.name),
    }
}

fn imports(sources: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for source in sources {
        let Some(folder) = source.folder() else { continue };
        if layer(folder).is_none() {
            problems.push(format!("{}: the folder {folder} is in no layer", source.name));
            continue;
        }
        for other in source.folders_named() {
            if other != folder && !may_import(folder, &other) {
                problems.push(format!("{}: {folder} must not import {other}", source.name));
            }
        }
    }
    problems
}

fn layer(folder: &str) -> Option<usize> {
    LAYERS.iter().position(|folders| folders.contains(&folder))
}

fn may_import(folder: &str, other: &str) -> bool {
    let below = layer(other) < layer(folder);
    let pair = (folder, other);
    layer(other).is_some() && (below && !FORBIDDEN.contains(&pair) || SAME_LAYER.contains(&pair))
}

fn crates(sources: &[Source], allowed: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let Some(folder) = source.folder() else { continue };
        for path in &source.paths {
            // A module may have a crate's name; `use std::time` makes one of the crate time's.
            let first = &path.names[0];
            if allowed.contains_key(first)
                && !source.modules.contains(first)
                && source.imports.get(first).is_none_or(|import| import.names[0] == *first)
            {
                named.entry(first).or_default().insert(folder);
            }
        }
    }
    let mut problems = Vec::new();
    for (name, folders) in allowed {
        let named = named.remove(name.as_str()).unwrap_or_default();
        let allowed: BTreeSet<&str> = folders.iter().map(String::as_str).collect();
        let unlisted = named.difference(&allowed);
        problems.extend(unlisted.map(|folder| format!("{name} is named in {folder}")));
        let unused = allowed.difference(&named);
        problems.extend(unused.map(|folder| format!("{name} is not named in {folder}")));
    }
    problems
}

fn files(sources: &[Source]) -> Vec<String> {
    let beside_the_cache: Vec<Source> = sources
        .iter()
        .filter(|source| !source.name.starts_with("picture/cache/"))
        .cloned()
        .collect();
    let reads = problems_of(sources, &READS, &["manifest", "picture", "build"], "reads files by");
    let writes = problems_of(&beside_the_cache, &WRITES, &["build"], "writes files by");
    // The files of a book are read by manifest and picture; these handle the files that a build
    // writes, and the converted photos beside their originals.
    let build: Vec<Source> = sources
        .iter()
        .filter(|source| source.folder() == Some("build"))
        .filter(|source| {
            ![
                "build/convert.rs",
                "build/output/durability.rs",
                "build/output/file.rs",
                "build/output/folder.rs",
                "build/output/folder_lock.rs",
                "build/running.rs",
                "build/output/sums.rs",
            ]
            .contains(&source.name.as_str())
        })
        .cloned()
        .collect();
    let either = [READS.as_slice(), WRITES.as_slice()].concat();
    let build = problems_of(&build, &either, &[], "opens files outside build/output by");
    [reads, writes, build].concat()
}

fn hidden_inputs(sources: &[Source]) -> Vec<String> {
    problems_of(sources, &HIDDEN_INPUTS, &["cli"], "has a hidden input,")
}

/// A line for each path outside `folders` that contains one of `endings`.
fn problems_of(
    sources: &[Source],
    endings: &[&[&str]],
    folders: &[&str],
    what: &str,
) -> Vec<String> {
    let mut problems = Vec::new();
    for source in sources {
        if source.folder().is_some_and(|folder| folders.contains(&folder)) {
            continue;
        }
        for path in &source.paths {
            if endings.iter().any(|ending| path.names.windows(ending.len()).any(|w| w == *ending)) {
                problems.push(format!("{}: {what} {}", source.name, path.names.join("::")));
            }
        }
    }
    problems
}

fn lengths(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| {
            source.lines > MAX_LINES && !LONG.iter().any(|(name, _)| *name == source.name)
        })
        .map(|source| format!("{} has {} lines", source.name, source.lines))
        .collect()
}

/// Every file below `src`, sorted.
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
    assert!(found.len() > 20, "the source files were not found");
    found
}

/// The crates of `[dependencies]`, by their names in code.
/// The names of the crates in `Cargo.toml`, as the code writes them.
fn dependencies() -> BTreeSet<String> {
    let manifest = read("Cargo.toml");
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let rows = lines.take_while(|line| !line.starts_with('['));
    rows.filter_map(|row| row.split_once('=')).map(|(name, _)| code_name(name.trim())).collect()
}

/// The folders that may name each crate: the table in `docs/dependencies.md`.
fn folders_of_crates() -> BTreeMap<String, BTreeSet<String>> {
    let page = read("docs/dependencies.md");
    let rows = page.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let folders = cells[2].split(", ").map(|folder| folder.trim_matches('`').to_owned());
        (code_name(cells[0]), folders.collect())
    })
    .collect()
}

fn code_name(package: &str) -> String {
    package.replace('-', "_")
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Tests of the checker: each rule is broken on purpose.
mod checker {
    use super::*;

    fn sources_of(files: &[(&str, &str)]) -> Vec<Source> {
        files.iter().map(|(name, text)| Source::new(name, text)).collect()
    }

    #[test]
    fn an_import_that_goes_up_is_found_in_every_notation() {
        for import in [
            "use crate::pdf;",
            "use crate::{model::Book, pdf::{self, Edition}};",
            "pub(crate) use crate::pdf::Options as Form;",
            "fn f() { crate::pdf::write() }",
            "use super::super::pdf::write;",
            "mod inner { use super::super::super::pdf::write; }",
            "fn f(pages: &crate :: pdf :: Edition) {}",
        ] {
            let problems = imports(&sources_of(&[("layout/plate.rs", import)]));
            assert_eq!(problems, ["layout/plate.rs: layout must not import pdf"], "{import}");
        }
        assert_eq!(imports(&sources_of(&[("layout/mod.rs", "use super::pdf;")])).len(), 1);
        assert_eq!(imports(&sources_of(&[("finding.rs", "use super::cli;")])).len(), 1);
    }

    #[test]
    fn a_mention_of_a_folder_is_not_an_import() {
        for harmless in [
            "/// See [`crate::pdf`].\n//! crate::pdf\n/* crate::pdf /* crate::pdf */ crate::pdf */",
            r##"const A: &str = "crate::pdf"; const B: &str = r#""crate::pdf"#; const C: char = '"';"##,
            "use super::pdf;",
            "mod inner { use super::super::pdf; }",
            "#[cfg(test)] mod tests { use crate::pdf; }",
            "#[cfg(test)] #[expect(dead_code)] mod tests { fn f() { g() } use crate::pdf; }",
            "fn f<'a>(x: &'a str) -> &'a str { x }",
        ] {
            assert_eq!(
                imports(&sources_of(&[("layout/plate.rs", harmless)])),
                NOTHING,
                "{harmless}"
            );
        }
    }

    #[test]
    fn imports_within_a_layer_go_one_way_and_forbidden_ones_are_found() {
        let may = |folder: &str, other: &str| {
            imports(&sources_of(&[(&format!("{folder}/mod.rs"), &format!("use crate::{other};"))]))
                .is_empty()
        };
        assert!(may("manifest", "picture") && !may("picture", "manifest"));
        assert!(may("layout", "typeset") && !may("typeset", "layout"));
        assert!(may("epub", "typeset") && !may("epub", "layout"));
        assert!(!may("pdf", "manifest") && !may("layout", "manifest"));
        assert!(!may("pdf", "epub") && !may("epub", "pdf") && !may("model", "finding"));
        assert!(!may("unlisted", "model") && !may("cli", "unlisted"));
    }

    #[test]
    fn a_crate_in_the_wrong_folder_is_found() {
        let folders = |crate_name: &str, folders: &[&str]| {
            let folders = folders.iter().map(|folder| (*folder).to_owned()).collect();
            BTreeMap::from([(crate_name.to_owned(), folders)])
        };
        let problems = |files: &[(&str, &str)], allowed| crates(&sources_of(files), &allowed);
        let written = [("pdf/mod.rs", "use pdf_writer::Pdf;"), ("epub/mod.rs", "pdf_writer::Ref")];
        assert_eq!(problems(&written[..1], folders("pdf_writer", &["pdf"])), NOTHING);
        assert_eq!(
            problems(&written, folders("pdf_writer", &["pdf"])),
            ["pdf_writer is named in epub"]
        );
        assert_eq!(
            problems(&written, folders("pdf_writer", &["pdf", "epub", "html"])),
            ["pdf_writer is not named in html"]
        );
        let own_module = "mod image; use image::Space; use self::image::Other;";
        assert_eq!(problems(&[("pdf/mod.rs", own_module)], folders("image", &[])), NOTHING);
        let std_time = "use std::time::{self, Duration}; fn f(d: time::Duration) {}";
        assert_eq!(problems(&[("layout/mod.rs", std_time)], folders("time", &[])), NOTHING);
    }

    #[test]
    fn an_opened_file_and_a_clock_are_found() {
        let opened = "use std::fs::File; fn f() { File::create(p); std::fs::read(p); }";
        assert_eq!(files(&sources_of(&[("pdf/sink.rs", opened)])).len(), 2);
        assert_eq!(files(&sources_of(&[("picture/probe.rs", opened)])).len(), 1);
        assert_eq!(files(&sources_of(&[("picture/cache/mod.rs", opened)])), NOTHING);
        assert_eq!(files(&sources_of(&[("build/output/file.rs", opened)])), NOTHING);
        assert_eq!(files(&sources_of(&[("build/project/mod.rs", opened)])).len(), 2);
        assert_eq!(files(&sources_of(&[("cli/commands/build.rs", opened)])).len(), 2);
        let clock =
            "use std::time::{Duration, SystemTime}; use std::{env, io}; fn f() { env::var(k) }";
        assert_eq!(hidden_inputs(&sources_of(&[("epub/nav.rs", clock)])).len(), 2);
        assert_eq!(hidden_inputs(&sources_of(&[("cli/clock.rs", clock)])), NOTHING);
        let version = r#"const V: &str = env!("CARGO_PKG_VERSION");"#;
        assert_eq!(hidden_inputs(&sources_of(&[("epub/nav.rs", version)])), NOTHING);
    }

    #[test]
    fn a_circle_of_files_is_found_through_re_exports_too() {
        let two = [("pdf/a.rs", "use super::b::B;"), ("pdf/b.rs", "fn f() { super::a::g() }")];
        assert_eq!(
            circles(&sources_of(&two)),
            ["pdf/a.rs imports pdf/b.rs; pdf/b.rs imports pdf/a.rs"]
        );
        let defines = ("pdf/mod.rs", "mod a; pub use a::A; pub struct Options;");
        let child = ("pdf/a.rs", "use super::Options;");
        assert_eq!(circles(&sources_of(&[defines, child])).len(), 1);
        let re_exports = ("pdf/mod.rs", "mod a; mod b; pub use a::A; pub use b::Options;");
        let leaf = ("pdf/b.rs", "pub struct Options;");
        assert_eq!(circles(&sources_of(&[re_exports, child, leaf])), NOTHING);
        let three = [
            ("epub/a.rs", "use crate::epub::b; fn f() { b::g() }"),
            ("epub/b.rs", "use super::C;"),
            ("epub/mod.rs", "mod a; mod b; mod c; use c::C;"),
            ("epub/c.rs", "pub(super) use super::a::A as Other;"),
        ];
        assert_eq!(circles(&sources_of(&three)).len(), 1);
    }

    #[test]
    fn a_module_alone_and_a_unit_test_make_no_circle() {
        let module = [("pdf/a.rs", "use super::b;"), ("pdf/b.rs", "use super::a::A;")];
        assert_eq!(circles(&sources_of(&module)), NOTHING);
        let test = [
            ("pdf/a.rs", "#[cfg(test)] mod tests { use super::super::b::B; }"),
            ("pdf/b.rs", "use super::a::A;"),
        ];
        assert_eq!(circles(&sources_of(&test)), NOTHING);
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(lengths(&sources_of(&[("pdf/page.rs", &"\n".repeat(MAX_LINES + 1))])).len(), 1);
        assert_eq!(lengths(&sources_of(&[("pdf/page.rs", &"\n".repeat(MAX_LINES))])), NOTHING);
    }

    #[test]
    fn paths_are_found_whole() {
        let names_in = |text: &str| -> Vec<String> {
            paths(text).all.iter().map(|path| path.names.join("::")).collect()
        };
        assert_eq!(
            names_in("use a::{b, c::{self, d as e}, f::*};"),
            ["a::b", "a::c", "a::c::d", "a::f"]
        );
        assert_eq!(names_in("let x: a::b<c::d> = ::e::f!();"), ["a::b", "c::d", "e::f"]);
    }
}
