//! Pictures with the same bytes under several names.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use blake3::{Hash, Hasher};

/// For each of these files, the first one with the same bytes, which may be the file itself.
/// Only files of the same length are read.
pub fn originals<'p>(paths: impl IntoIterator<Item = &'p Path>) -> BTreeMap<&'p Path, &'p Path> {
    let mut originals = BTreeMap::new();
    let mut by_length: BTreeMap<u64, Vec<(&'p Path, Option<Hash>)>> = BTreeMap::new();
    for path in paths {
        if originals.contains_key(path) {
            continue;
        }
        let mut original = path;
        if let Ok(length) = fs::metadata(path).map(|about| about.len()) {
            let others = by_length.entry(length).or_default();
            let mut own = None;
            for (other, hash) in &mut *others {
                own = own.or_else(|| hash_of(path).ok());
                *hash = hash.or_else(|| hash_of(other).ok());
                if own.is_some() && own == *hash {
                    original = *other;
                    break;
                }
            }
            if original == path {
                others.push((path, own));
            }
        }
        originals.insert(path, original);
    }
    originals
}

fn hash_of(path: &Path) -> io::Result<Hash> {
    let mut hasher = Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize())
}
