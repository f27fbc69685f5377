//! Pictures with the same bytes under several names.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};

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

/// For each of these files, the first one with the same bytes, which may be the file itself. The
/// files are read where their lengths are equal.
pub(crate) fn same_files(paths: &[PathBuf]) -> BTreeMap<&Path, &Path> {
    originals(paths.iter().map(PathBuf::as_path), |path| {
        let mut hasher = Hasher::new();
        io::copy(&mut File::open(path)?, &mut hasher)?;
        Ok(hasher.finalize())
    })
}
