//! What to write when a pattern matches nothing.

use std::path::Path;

use crate::manifest::lower::files;
use crate::picture::Confinement;

use super::expand::{SPECIAL, expand, is_picture, literal_folder};
use super::system_folders;

/// Describes the folder of a pattern that matches nothing, and how to write the pattern.
pub(crate) fn help(base: &Path, pattern: &str, confinement: &Confinement) -> String {
    let finds = |pattern: &str| {
        expand(base, pattern, confinement).is_ok_and(|found| !found.names.is_empty())
    };
    let slashed = pattern.replace('\\', "/");
    if slashed != pattern && finds(&slashed) {
        return format!("write / between folders: {slashed}");
    }
    if let Some(what) = files::foreign_path(pattern) {
        return match files::suffixes(pattern).find(|below| finds(below)) {
            Some(below) => format!("{what}; write {below}"),
            None => format!("{what}; patterns are relative to the manifest"),
        };
    }
    let (folder, _) = literal_folder(base, pattern);
    let here = if folder.is_empty() { "the manifest's folder" } else { &folder };
    let Some(names) = files::entries(&files::path(base, &folder)) else {
        return match files::similar_file(base, folder.trim_end_matches('/')) {
            Some(similar) => format!("there is no folder {folder}; did you mean {similar}/?"),
            None => format!("there is no folder {folder}; patterns are relative to the manifest"),
        };
    };
    let pictures: Vec<_> = names.iter().filter(|name| is_picture(name)).collect();
    match pictures.as_slice() {
        [] => folders(base, &folder, here, &names),
        [one] => format!("{here} contains the picture {one}"),
        [first, .., last] => {
            format!("{here} contains {} pictures, from {first} to {last}", pictures.len())
        }
    }
}

/// Names the folders in a folder without pictures.
fn folders(base: &Path, folder: &str, here: &str, names: &[String]) -> String {
    let mut folders: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !system_folders::is_hidden(name) && !system_folders::is_system(name))
        .filter(|name| files::path(base, &format!("{folder}{name}")).is_dir())
        .collect();
    if folders.is_empty() {
        return format!("{here} contains no pictures");
    }
    folders.truncate(5);
    let text = format!("{here} contains no pictures, but the folders {}", folders.join(", "));
    match folders.iter().find(|name| name.contains(SPECIAL)) {
        Some(name) => format!("{text}; in a pattern, write {}", escaped(name)),
        None => text,
    }
}

/// A name as a pattern that matches this name only.
fn escaped(name: &str) -> String {
    let mut pattern = String::new();
    for c in name.chars() {
        if SPECIAL.contains(&c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
