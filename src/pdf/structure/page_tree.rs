//! The tree of pages, so that a reader finds any of thousands within a few steps.

use std::io::{self, Write};

use pdf_writer::Ref;

use crate::pdf::file::sink::Sink;

/// How many branches a node has at most.
const FAN: usize = 64;

/// The tree, promised before any page is written, for each page names its parent.
pub(in crate::pdf) struct PageTree {
    /// The pages.
    pub(in crate::pdf) pages: Vec<Ref>,
    /// The nodes, level by level: those that hold pages first, the root last.
    levels: Vec<Vec<Ref>>,
}

impl PageTree {
    pub(in crate::pdf) fn promise<W: Write>(count: usize, sink: &mut Sink<'_, W>) -> Self {
        let pages = sink.promise_all(count);
        let mut levels = vec![sink.promise_all(count.div_ceil(FAN).max(1))];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let above = level.len().div_ceil(FAN);
            levels.push(sink.promise_all(above));
        }
        Self { pages, levels }
    }

    /// The root, for the catalogue.
    pub(in crate::pdf) fn root(&self) -> Option<Ref> {
        self.levels.last().and_then(|level| level.first()).copied()
    }

    /// The node that holds each page.
    pub(in crate::pdf) fn parents(&self) -> impl Iterator<Item = Ref> + '_ {
        let nodes = self.levels.first().map(Vec::as_slice).unwrap_or_default();
        self.pages.chunks(FAN).zip(nodes).flat_map(|(pages, node)| pages.iter().map(|_| *node))
    }

    /// Writes the nodes.
    pub(in crate::pdf) fn write<W: Write>(&self, sink: &mut Sink<'_, W>) -> io::Result<()> {
        let mut kids = self.pages.as_slice();
        // How many pages hang on a kid of this level, but for the last.
        let mut weight = 1;
        for (height, level) in self.levels.iter().enumerate() {
            let above = self.levels.get(height + 1);
            for (index, &id) in level.iter().enumerate() {
                let own = &kids[index * FAN..((index + 1) * FAN).min(kids.len())];
                let first = index * FAN * weight;
                let pages =
                    self.pages.len().min(first + FAN * weight) - first.min(self.pages.len());
                sink.object(id, |chunk| {
                    let mut node = chunk.pages(id);
                    node.kids(own.iter().copied());
                    node.count(i32::try_from(pages).unwrap_or(i32::MAX));
                    if let Some(parent) = above.and_then(|above| above.get(index / FAN)) {
                        node.parent(*parent);
                    }
                })?;
            }
            kids = level;
            weight *= FAN;
        }
        Ok(())
    }
}
