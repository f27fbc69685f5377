//! The folders in which a change can change a book.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::manifest::lower::globs;

/// How deep below the manifest folders are listed for patterns.
const MAX_DEPTH: usize = 4;
/// How many of them are listed.
const MAX_FOLDERS: usize = 400;
/// Folders of results and of programs, where nobody keeps photos.
const NO_PHOTOS: [&str; 3] = ["dist", "node_modules", "target"];

/// The folders in which a changed, new or removed file can change the book: that of the manifest
/// with the folders below it, where patterns find photos, those of `files`, and those that links
/// lead to.
pub fn folders_to_watch<'p>(
    manifest: &'p Path,
    files: impl IntoIterator<Item = &'p Path>,
) -> BTreeSet<PathBuf> {
    let folder_of = |file: &Path| match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let base = folder_of(manifest);
    let has_photos = |name: &str| !NO_PHOTOS.contains(&name) && !globs::is_skipped_folder(name);
    let below = WalkDir::new(&base)
        .max_depth(MAX_DEPTH)
        .into_iter()
        .filter_entry(|entry| {
            let is_folder = entry.file_type().is_dir();
            entry.depth() == 0 || is_folder && entry.file_name().to_str().is_some_and(has_photos)
        })
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_dir())
        .take(MAX_FOLDERS);
    let mut folders: BTreeSet<PathBuf> = below.map(walkdir::DirEntry::into_path).collect();
    for file in std::iter::once(manifest).chain(files) {
        // A link and the file that it leads to are changed in different folders.
        let target = file.is_symlink().then(|| file.canonicalize().ok()).flatten();
        folders.extend([file].into_iter().chain(target.as_deref()).map(folder_of));
    }
    folders.retain(|folder| folder.is_dir());
    folders
}
