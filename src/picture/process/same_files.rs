//! Groups pictures whose files are the same, so that each file is examined once.

use std::collections::BTreeMap;

use crate::model::Picture;

use crate::picture::cache::FileStamp;

/// Pictures of one file, which may have several names, the first of them first.
#[derive(Debug)]
pub(in crate::picture) struct SameFile<'p> {
    /// Their numbers in the order of the book.
    pub(in crate::picture) pictures: Vec<(usize, &'p Picture)>,
}

impl<'p> SameFile<'p> {
    /// The pictures by file, in their order.
    pub(in crate::picture) fn groups(pictures: impl IntoIterator<Item = &'p Picture>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut by_path = BTreeMap::new();
        let mut by_stamp = BTreeMap::new();
        for (number, picture) in pictures.into_iter().enumerate() {
            let known = by_path.get(&picture.path).copied().or_else(|| {
                let stamp = FileStamp::read(&picture.path).ok().filter(FileStamp::is_reliable)?;
                let group = *by_stamp.entry(stamp).or_insert(groups.len());
                (group < groups.len()).then_some(group)
            });
            let group = known.unwrap_or(groups.len());
            by_path.insert(&picture.path, group);
            match groups.get_mut(group) {
                Some(same) => same.pictures.push((number, picture)),
                None => groups.push(Self { pictures: vec![(number, picture)] }),
            }
        }
        groups
    }

    /// One of the pictures.
    pub(in crate::picture) fn picture(&self) -> Option<&'p Picture> {
        self.pictures.first().map(|(_, picture)| *picture)
    }
}
