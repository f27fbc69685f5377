//! The structure tree (ISO 32000-1, 14.7): what screen readers read, and in which order. Elements
//! are written as soon as the pages have gone past them, so that few are in memory.

use std::io::{self, Write};
use std::sync::Arc;

use pdf_writer::types::StructRole;
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Finish, Name, Rect, Ref, Str};

use crate::model::{self, StructureElement, StructureKind};

use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::page::geometry::PageBoxes;
use crate::pdf::structure::element;
use crate::pdf::structure::element::{Child, ElementAttributes, ElementObject};
use crate::pdf::structure::tags;
use crate::pdf::structure::tags::Tag;

/// A structure tree that is being written.
pub(in crate::pdf) struct StructureTree<'b> {
    root: Ref,
    document: Ref,
    /// The language of the book.
    language: &'b str,
    /// Whether links are elements.
    has_links: bool,
    /// The elements that may get more content.
    open: Vec<OpenElement>,
    /// The parts of the book.
    parts: Vec<Child>,
    /// The notes, in the order of their identifiers.
    notes: Vec<Ref>,
    /// The elements of the current page's marked content, by identifier.
    content: Vec<Ref>,
    /// The parent tree: by page, the array of the elements of its marked content.
    pages: Vec<Option<Ref>>,
    /// The elements of annotations, whose keys follow those of the pages.
    annotations: Vec<Ref>,
}

/// An element that may get more content.
struct OpenElement {
    element: Arc<StructureElement>,
    /// Whether it is only the part of that element that is in another language.
    is_span: bool,
    object: ElementObject,
    /// The area of its content, and the pages on which that begins and ends.
    area: model::Rect,
    first_page: usize,
    last_page: usize,
}

/// A page whose content is written.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) struct TaggedPage<'p> {
    pub(in crate::pdf) index: usize,
    pub(in crate::pdf) id: Ref,
    pub(in crate::pdf) boxes: &'p PageBoxes,
}

impl<'b> StructureTree<'b> {
    /// The structure tree of a file with that many pages, whose keys are their indices.
    pub(in crate::pdf) fn new<W: Write>(
        pages: usize,
        language: &'b str,
        has_links: bool,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Self {
        Self {
            root: writer.reserve_id(),
            document: writer.reserve_id(),
            language,
            has_links,
            open: Vec::new(),
            parts: Vec::new(),
            notes: Vec::new(),
            content: Vec::new(),
            pages: vec![None; pages],
            annotations: Vec::new(),
        }
    }

    /// Adds marked content to the element of its tag; returns the type of that element, and the
    /// identifier of the content on its page. Artifacts are not in the tree.
    pub(in crate::pdf) fn content<W: Write>(
        &mut self,
        tag: &Tag<'_>,
        area: model::Rect,
        page: TaggedPage<'_>,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Option<(StructRole, i32)> {
        let at = match tag {
            Tag::Artifact(_) => return None,
            Tag::Text(element, language) => {
                let language = language.unwrap_or(self.language);
                let at = self.opened(element, Some(language), page.index, writer);
                self.in_language(at, language, page.index, writer)
            }
            Tag::Picture(element, alt) => {
                let at = self.opened(element, None, page.index, writer);
                if let (object, Some(alt)) = (&mut self.open[at].object, alt) {
                    object.alt = Some((*alt).to_owned());
                }
                at
            }
        };
        let number = i32::try_from(self.content.len()).unwrap_or(i32::MAX);
        let object = &mut self.open[at].object;
        object.children.push(Child::Content(page.id, number));
        let (id, role) = (object.id, object.role);
        self.content.push(id);
        self.extend(at, area, page);
        Some((role, number))
    }

    /// Adds a link's annotation to its element; returns the annotation's key.
    pub(in crate::pdf) fn link<W: Write>(
        &mut self,
        link: &model::Link,
        annotation: Ref,
        page: TaggedPage<'_>,
        writer: &mut ObjectWriter<'_, W>,
    ) -> i32 {
        let element = link.element.clone();
        let element = element.unwrap_or_else(|| StructureElement::part(StructureKind::Link));
        let at = self.opened(&element, None, page.index, writer);
        let object = &mut self.open[at].object;
        object.children.push(Child::Annotation(page.id, annotation));
        self.annotations.push(object.id);
        self.key(self.annotations.len() - 1)
    }

    /// The key of an annotation in the parent tree.
    fn key(&self, annotation: usize) -> i32 {
        i32::try_from(self.pages.len() + annotation).unwrap_or(i32::MAX)
    }

    /// Ends a page, and writes the elements that it has gone past; returns the page's key, if it has
    /// marked content.
    pub(in crate::pdf) fn end_page<W: Write>(
        &mut self,
        page: TaggedPage<'_>,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<Option<i32>> {
        let newest = self.open.iter().filter(|open| open.is_section());
        let newest = newest.map(|open| open.last_page).max().unwrap_or(0);
        let (passed, open) = std::mem::take(&mut self.open).into_iter().partition(|open| {
            // A section may have a blank page.
            open.last_page < if open.is_section() { newest } else { page.index }
        });
        self.open = open;
        write_elements(passed, writer)?;
        if self.content.is_empty() {
            return Ok(None);
        }
        let id = writer.reserve_id();
        let content = std::mem::take(&mut self.content);
        writer.object(id, |chunk| {
            chunk.indirect(id).array().items(&content);
        })?;
        if let Some(entry) = self.pages.get_mut(page.index) {
            *entry = Some(id);
        }
        Ok(i32::try_from(page.index).ok())
    }

    /// Writes the remaining elements, the document and the root; returns the root, for the
    /// catalogue.
    pub(in crate::pdf) fn finish<W: Write>(
        mut self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<Ref> {
        let open = std::mem::take(&mut self.open);
        write_elements(open, writer)?;
        let mut document = ElementObject::new(self.document, self.root, StructRole::Document);
        document.children = std::mem::take(&mut self.parts);
        document.write(writer)?;
        writer.object(self.root, |chunk| {
            let mut root = chunk.indirect(self.root).start::<StructTreeRoot<'_>>();
            root.child(self.document).parent_tree_next_key(self.key(self.annotations.len()));
            let mut tree = root.insert(Name(b"ParentTree")).dict();
            let mut nums = tree.insert(Name(b"Nums")).array();
            for (key, content) in (0..).zip(&self.pages) {
                if let Some(content) = content {
                    nums.item(key).item(*content);
                }
            }
            for (index, element) in self.annotations.iter().enumerate() {
                nums.item(self.key(index)).item(*element);
            }
            nums.finish();
            tree.finish();
            if !self.notes.is_empty() {
                let mut tree = root.insert(Name(b"IDTree")).dict();
                let mut names = tree.insert(Name(b"Names")).array();
                for (index, note) in self.notes.iter().enumerate() {
                    names.item(Str(note_id(index).as_bytes())).item(*note);
                }
            }
        })?;
        Ok(self.root)
    }

    /// The index of an element, which is opened if it has no content yet, with what it is part of.
    /// `language` is that of the text to be added.
    fn opened<W: Write>(
        &mut self,
        element: &Arc<StructureElement>,
        language: Option<&str>,
        page: usize,
        writer: &mut ObjectWriter<'_, W>,
    ) -> usize {
        let mut path: Vec<&Arc<StructureElement>> = element
            .ancestry()
            .filter(|element| self.has_links || element.kind != StructureKind::Link)
            .collect();
        path.reverse();
        let mut parent: Option<usize> = None;
        for element in path {
            let is_same = |open: &OpenElement| !open.is_span && Arc::ptr_eq(&open.element, element);
            let at = match self.open.iter().rposition(is_same) {
                Some(at) => at,
                None => self.open_in(parent, element, language, page, writer),
            };
            self.open[at].last_page = page;
            parent = Some(at);
        }
        parent.unwrap_or_default()
    }

    /// Opens an element that is part of another one, or of the document.
    fn open_in<W: Write>(
        &mut self,
        parent: Option<usize>,
        element: &Arc<StructureElement>,
        language: Option<&str>,
        page: usize,
        writer: &mut ObjectWriter<'_, W>,
    ) -> usize {
        let parent_id = parent.map_or(self.document, |at| self.open[at].object.id);
        let id = writer.reserve_id();
        let mut object = ElementObject::new(id, parent_id, element::role(element));
        object.attributes = element::attributes(element);
        if element.kind == StructureKind::Note {
            object.note = Some(note_id(self.notes.len()));
            self.notes.push(id);
        }
        if is_text(element.kind) {
            let differs = |language: &&str| self.language_of(parent) != *language;
            object.language = language.filter(differs).map(str::to_owned);
        }
        let child = match element.kind {
            StructureKind::Cell(column) => Child::Cell(column, id),
            _ => Child::Element(id),
        };
        match parent {
            Some(at) => self.open[at].object.children.push(child),
            None => self.parts.push(child),
        }
        self.push(element, false, object, page)
    }

    fn push(
        &mut self,
        element: &Arc<StructureElement>,
        is_span: bool,
        object: ElementObject,
        page: usize,
    ) -> usize {
        self.open.push(OpenElement {
            element: Arc::clone(element),
            is_span,
            object,
            area: model::Rect::default(),
            first_page: page,
            last_page: page,
        });
        self.open.len() - 1
    }

    /// The element itself, if its text is in this language, or a part of it that is.
    fn in_language<W: Write>(
        &mut self,
        at: usize,
        language: &str,
        page: usize,
        writer: &mut ObjectWriter<'_, W>,
    ) -> usize {
        if self.language_of(Some(at)) == language {
            return at;
        }
        let OpenElement { element, object, .. } = &self.open[at];
        let element = Arc::clone(element);
        let parent = object.id;
        let last = object.children.last();
        let continued = self.open.iter().rposition(|open| {
            let is_last = matches!(last, Some(Child::Element(id)) if *id == open.object.id);
            open.is_span && is_last && open.object.language.as_deref() == Some(language)
        });
        if let Some(span) = continued {
            self.open[span].last_page = page;
            return span;
        }
        let id = writer.reserve_id();
        self.open[at].object.children.push(Child::Element(id));
        let mut object = ElementObject::new(id, parent, StructRole::Span);
        object.language = Some(language.to_owned());
        self.push(&element, true, object, page)
    }

    /// The language of an element, its own or that of what it is part of.
    fn language_of(&self, at: Option<usize>) -> &str {
        let Some(open) = at.and_then(|at| self.open.get(at)) else { return self.language };
        open.element
            .ancestry()
            .filter_map(|element| {
                self.open.iter().rfind(|open| !open.is_span && open.element.is(element))
            })
            .find_map(|open| open.object.language.as_deref())
            .unwrap_or(self.language)
    }

    /// Extends the area of an element, and that of the table that it is in.
    fn extend(&mut self, at: usize, area: model::Rect, page: TaggedPage<'_>) {
        let element = Arc::clone(&self.open[at].element);
        for element in element.ancestry() {
            let open = self.open.iter_mut().rfind(|open| open.element.is(element));
            let Some(open) = open else { continue };
            if open.object.attributes != ElementAttributes::Area {
                continue;
            }
            open.area = match open.object.area {
                Some(_) => tags::union(open.area, area),
                None => area,
            };
            let is_on_one_page = open.first_page == page.index;
            let rect: Rect = page.boxes.rect(open.area);
            open.object.area = is_on_one_page.then_some((page.id, rect));
        }
    }
}

impl OpenElement {
    fn is_section(&self) -> bool {
        self.element.kind == StructureKind::Section
    }
}

/// Whether an element of this kind has text of its own, and not only elements.
fn is_text(kind: StructureKind) -> bool {
    matches!(
        kind,
        StructureKind::Heading(_)
            | StructureKind::Paragraph
            | StructureKind::Label
            | StructureKind::Cell(_)
            | StructureKind::Reference
    )
}

/// Writes elements that get no more content.
fn write_elements<W: Write>(
    elements: Vec<OpenElement>,
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    for OpenElement { element, mut object, .. } in elements {
        if let StructureKind::Row { columns, .. } = element.kind {
            fill_row(&element, columns, &mut object, writer)?;
        }
        object.write(writer)?;
    }
    Ok(())
}

/// Adds the cells without text to a row: each row of a table has the same number of cells.
fn fill_row<W: Write>(
    row: &Arc<StructureElement>,
    columns: u16,
    object: &mut ElementObject,
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    for column in 0..columns {
        let is_this = |child: &Child| matches!(child, Child::Cell(at, _) if *at == column);
        if object.children.iter().any(is_this) {
            continue;
        }
        let cell = row.child(StructureKind::Cell(column));
        let id = writer.reserve_id();
        let mut empty = ElementObject::new(id, object.id, element::role(&cell));
        empty.attributes = element::attributes(&cell);
        empty.write(writer)?;
        object.children.push(Child::Cell(column, id));
    }
    object.children.sort_by_key(|child| match child {
        Child::Cell(column, _) => *column,
        _ => u16::MAX,
    });
    Ok(())
}

/// The identifier of a note; the identifiers are in alphabetical order.
fn note_id(index: usize) -> String {
    format!("note-{:08}", index + 1)
}
