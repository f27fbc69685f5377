//! Pictures with the same bytes under several names.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};

use crate::picture::cache::{FileStamp, hash_file};
use crate::picture::format::source::open_regular;

/// For each of these files, the first one with the same bytes, which may be the file itself.
/// Only files of the same length are hashed, and a file with several names is hashed once.
pub(super) fn originals<'p>(
    paths: impl IntoIterator<Item = &'p Path>,
    hash_of: impl Fn(&Path) -> io::Result<Hash>,
) -> BTreeMap<&'p Path, &'p Path> {
    /// Files of one length without duplicates: by their hashes, once there are two of them.
    #[derive(Default)]
    struct SameLength<'p> {
        first: Option<&'p Path>,
        by_hash: BTreeMap<[u8; 32], &'p Path>,
    }

    let mut originals = BTreeMap::new();
    let mut by_length: BTreeMap<u64, SameLength<'p>> = BTreeMap::new();
    let mut by_stamp: BTreeMap<FileStamp, &Path> = BTreeMap::new();
    for path in paths {
        if originals.contains_key(path) {
            continue;
        }
        // A file that cannot be read is reported when its pixels are.
        let mut original = path;
        if let Ok(stamp) = FileStamp::read(path) {
            if let Some(known) = by_stamp.get(&stamp) {
                originals.insert(path, *known);
                continue;
            }
            let same = by_length.entry(stamp.length()).or_default();
            if let Some(first) = same.first {
                if same.by_hash.is_empty()
                    && let Ok(hash) = hash_of(first)
                {
                    same.by_hash.insert(hash.into(), first);
                }
                if let Ok(hash) = hash_of(path) {
                    original = same.by_hash.entry(hash.into()).or_insert(path);
                }
            } else {
                same.first = Some(path);
            }
            if stamp.is_reliable() {
                by_stamp.insert(stamp, original);
            }
        }
        originals.insert(path, original);
    }
    originals
}

/// The copies among these files, each with the first one with the same bytes. Only files of the
/// same length with the same beginning and end are read as a whole.
pub(crate) fn copies(paths: &[PathBuf]) -> Vec<(&Path, &Path)> {
    let is_copy = |(path, original): &(&Path, &Path)| path != original;
    let paths = paths.iter().map(PathBuf::as_path);
    let similar = originals(paths.clone(), hash_of_ends);
    let groups: BTreeSet<&Path> = similar
        .iter()
        .map(|(&path, &original)| (path, original))
        .filter(is_copy)
        .map(|it| it.1)
        .collect();
    let candidates =
        paths.filter(|path| similar.get(path).is_some_and(|original| groups.contains(original)));
    originals(candidates, hash_file).into_iter().filter(is_copy).collect()
}

/// The hash of the beginning and the end of a file.
fn hash_of_ends(path: &Path) -> io::Result<Hash> {
    const LENGTH: u64 = 4096;
    let mut file = open_regular(path)?;
    let mut hasher = Hasher::new();
    io::copy(&mut file.by_ref().take(LENGTH), &mut hasher)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LENGTH)))?;
    io::copy(&mut file.take(LENGTH), &mut hasher)?;
    Ok(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::fs;

    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_file_with_several_names_is_hashed_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let [file, link, other, copy] = ["a", "b", "c", "d"].map(|name| folder.path().join(name));
        fs::write(&file, "the bytes").expect("a file");
        fs::write(&other, "the bits!").expect("a file");
        fs::hard_link(&file, &link).expect("a link");
        fs::copy(&file, &copy).expect("a copy");
        let hashed = RefCell::new(Vec::new());
        let hash = |path: &Path| {
            hashed.borrow_mut().push(path.to_owned());
            hash_file(path)
        };
        let found = originals([&file, &link, &other, &copy].map(PathBuf::as_path), hash);
        let expected = [(&file, &file), (&link, &file), (&other, &other), (&copy, &file)];
        assert_eq!(found, expected.map(|(path, first)| (&**path, &**first)).into());
        assert_eq!(hashed.into_inner(), [file, other, copy]);
    }
}
