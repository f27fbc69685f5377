//! Pictures with the same bytes under several names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};

use crate::picture::format::source::open_regular;

/// For each of these files, the first one with the same bytes, which may be the file itself.
/// Only files of the same length are hashed.
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
    for path in paths {
        if originals.contains_key(path) {
            continue;
        }
        // A file that cannot be read is reported when its pixels are.
        let mut original = path;
        if let Ok(length) = fs::metadata(path).map(|metadata| metadata.len()) {
            let same = by_length.entry(length).or_default();
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
    originals(candidates, hash_of_file).into_iter().filter(is_copy).collect()
}

fn hash_of_file(path: &Path) -> io::Result<Hash> {
    let mut hasher = Hasher::new();
    io::copy(&mut open_regular(path)?, &mut hasher)?;
    Ok(hasher.finalize())
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
