//! The balanced tree of pages, so that a PDF reader finds any of thousands in a few steps.

use std::io::{self, Write};

use pdf_writer::Ref;

use crate::pdf::file::object_writer::ObjectWriter;

/// The maximum number of kids per node.
const MAX_KIDS: usize = 64;

/// The page tree. Its object numbers are reserved before any page is written, since each page
/// refers to its parent.
pub(in crate::pdf) struct PageTree {
    /// The object numbers of the pages.
    pub(in crate::pdf) pages: Vec<Ref>,
    /// The object numbers of the nodes, level by level: the parents of pages first, the root last.
    levels: Vec<Vec<Ref>>,
}

impl PageTree {
    pub(in crate::pdf) fn new<W: Write>(count: usize, writer: &mut ObjectWriter<'_, W>) -> Self {
        let pages = writer.reserve_ids(count);
        let mut levels = vec![writer.reserve_ids(count.div_ceil(MAX_KIDS).max(1))];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let count = level.len().div_ceil(MAX_KIDS);
            levels.push(writer.reserve_ids(count));
        }
        Self { pages, levels }
    }

    /// The root, for the catalogue.
    pub(in crate::pdf) fn root(&self) -> Option<Ref> {
        self.levels.last().and_then(|level| level.first()).copied()
    }

    /// The parent of each page.
    pub(in crate::pdf) fn parents(&self) -> impl Iterator<Item = Ref> + '_ {
        let nodes = self.levels.first().map(Vec::as_slice).unwrap_or_default();
        self.pages.chunks(MAX_KIDS).zip(nodes).flat_map(|(pages, node)| pages.iter().map(|_| *node))
    }

    /// Writes the nodes.
    pub(in crate::pdf) fn write<W: Write>(
        &self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<()> {
        let mut kids = self.pages.as_slice();
        // The number of pages under each kid of this level, except for the last one.
        let mut pages_per_kid = 1;
        for (depth, level) in self.levels.iter().enumerate() {
            let parents = self.levels.get(depth + 1);
            for (index, &id) in level.iter().enumerate() {
                let own_kids = &kids[index * MAX_KIDS..((index + 1) * MAX_KIDS).min(kids.len())];
                let first = index * MAX_KIDS * pages_per_kid;
                let pages = self.pages.len().min(first + MAX_KIDS * pages_per_kid)
                    - first.min(self.pages.len());
                writer.object(id, |chunk| {
                    let mut node = chunk.pages(id);
                    node.kids(own_kids.iter().copied());
                    node.count(i32::try_from(pages).unwrap_or(i32::MAX));
                    if let Some(parent) = parents.and_then(|parents| parents.get(index / MAX_KIDS))
                    {
                        node.parent(*parent);
                    }
                })?;
            }
            kids = level;
            pages_per_kid *= MAX_KIDS;
        }
        Ok(())
    }
}
