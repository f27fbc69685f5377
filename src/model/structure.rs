//! The structure of a book: what each text and each picture on its pages is part of.

use std::iter;
use std::sync::Arc;

/// An element of the structure, such as a paragraph of a list item. Each is an element of its own,
/// even if another one is equal: see [`StructureElement::is`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureElement {
    /// What it is.
    pub kind: StructureKind,
    /// The element that it is part of; `None` for the parts of the book.
    pub parent: Option<Arc<Self>>,
}

/// The kind of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StructureKind {
    /// A chapter with its plates, an essay, or another part of the book.
    Section,
    /// A picture with its caption.
    Illustration,
    /// A heading, by its level from 1 to 6. No level is skipped.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A quotation of one or more paragraphs.
    Quote,
    /// A list.
    List(ListMarkers),
    /// An item of a list.
    ListItem,
    /// What precedes the text of a list item, a note or a caption: a dash, a number, a term.
    Label,
    /// The text of a list item.
    ListBody,
    /// A table.
    Table,
    /// A row of a table.
    Row {
        /// The number of its cells, some of which may be empty.
        columns: u16,
        /// Whether it has the headings of the columns.
        is_head: bool,
    },
    /// A cell, by the index of its column.
    Cell(u16),
    /// A picture.
    Figure,
    /// The caption of a picture.
    Caption,
    /// A footnote.
    Note,
    /// Code.
    Code,
    /// A table of contents, or another list of pages.
    Contents,
    /// An entry of such a list.
    ContentsEntry,
    /// The index.
    Index,
    /// The reference to a page or to a note.
    Reference,
    /// A link.
    Link,
}

/// What precedes the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListMarkers {
    /// Dashes.
    Dashes,
    /// Numbers.
    Numbers,
    /// None, or the terms that the items define.
    Terms,
}

impl StructureElement {
    /// A part of the book.
    pub fn part(kind: StructureKind) -> Arc<Self> {
        Arc::new(Self { kind, parent: None })
    }

    /// A new element in this one.
    pub fn child(self: &Arc<Self>, kind: StructureKind) -> Arc<Self> {
        Arc::new(Self { kind, parent: Some(Arc::clone(self)) })
    }

    /// Whether two references are to the same element.
    pub fn is(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other)
    }

    /// The number of sections that this section is in.
    pub fn levels_above(self: &Arc<Self>) -> u8 {
        let sections = self.ancestry().filter(|it| it.kind == StructureKind::Section);
        u8::try_from(sections.count()).unwrap_or(u8::MAX).saturating_sub(1)
    }

    /// The element and all that it is part of, from the inside out.
    pub fn ancestry(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Self>> {
        iter::successors(Some(self), |element| element.parent.as_ref())
    }

    /// The innermost link that it is or is part of.
    pub fn link(self: &Arc<Self>) -> Option<&Arc<Self>> {
        self.ancestry().find(|element| element.kind == StructureKind::Link)
    }
}

/// The levels of headings in a text, without the gaps that an author may leave: `##` and `####`
/// under a title are of the second and the third level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadingLevels {
    /// The written levels of the headings that the text is under, from the outermost.
    open: Vec<u8>,
    /// The number of levels above the title of the text: those of a part of the book.
    above: usize,
}

impl HeadingLevels {
    /// The levels of a text with this many levels above its title.
    pub fn below(above: usize) -> Self {
        Self { open: Vec::new(), above }
    }

    /// The level of the next heading, whose written level is `written`: at least 2, because the
    /// text has a title, or is under that of the book.
    pub fn next(&mut self, written: u8) -> u8 {
        while self.open.last().is_some_and(|open| *open >= written) {
            self.open.pop();
        }
        self.open.push(written);
        u8::try_from(self.open.len() + self.above + 1).unwrap_or(6).min(6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_is_skipped() {
        let mut levels = HeadingLevels::default();
        let written = [3, 3, 5, 4, 2, 6, 6, 1];
        assert_eq!(written.map(|level| levels.next(level)), [2, 2, 3, 3, 2, 3, 3, 2]);
    }

    #[test]
    fn equal_elements_are_not_the_same() {
        let section = StructureElement::part(StructureKind::Section);
        let [first, second] = [(); 2].map(|()| section.child(StructureKind::Paragraph));
        assert_eq!(first, second);
        assert!(!first.is(&second) && first.is(&Arc::clone(&first)));
        assert_eq!(first.ancestry().count(), 2);
    }
}
