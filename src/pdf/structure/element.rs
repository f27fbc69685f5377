//! Writes an element of the structure tree (ISO 32000-1, 14.7.2 and 14.8.4).

use std::io::{self, Write};

use pdf_writer::types::{ListNumbering, Placement, StructRole, TableHeaderScope};
use pdf_writer::writers::StructElement;
use pdf_writer::{Finish, Rect, Ref, Str, TextStr};

use crate::model::{ListMarkers, StructureElement, StructureKind};

use crate::pdf::file::object_writer::ObjectWriter;

/// What is written of an element.
#[derive(Debug)]
pub(in crate::pdf) struct ElementObject {
    pub(in crate::pdf) id: Ref,
    pub(in crate::pdf) parent: Ref,
    pub(in crate::pdf) role: StructRole,
    pub(in crate::pdf) attributes: ElementAttributes,
    /// Its language, if it is not that of its parent.
    pub(in crate::pdf) language: Option<String>,
    /// The identifier of a note.
    pub(in crate::pdf) note: Option<String>,
    pub(in crate::pdf) alt: Option<String>,
    /// The page of its content, and the area there; `None` if it has content on several pages.
    pub(in crate::pdf) area: Option<(Ref, Rect)>,
    pub(in crate::pdf) children: Vec<Child>,
}

/// The attributes that depend on the kind of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum ElementAttributes {
    None,
    /// The area of a figure or a table.
    Area,
    List(ListMarkers),
    ColumnHeading,
}

/// A child of an element.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) enum Child {
    Element(Ref),
    /// A cell, with the index of its column.
    Cell(u16, Ref),
    /// Marked content on a page, by its identifier there.
    Content(Ref, i32),
    /// An annotation on a page.
    Annotation(Ref, Ref),
}

impl ElementObject {
    pub(in crate::pdf) fn new(id: Ref, parent: Ref, role: StructRole) -> Self {
        Self {
            id,
            parent,
            role,
            attributes: ElementAttributes::None,
            language: None,
            note: None,
            alt: None,
            area: None,
            children: Vec::new(),
        }
    }

    pub(in crate::pdf) fn write<W: Write>(
        &self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<()> {
        writer.object(self.id, |chunk| {
            let mut entries = chunk.struct_element(self.id);
            entries.kind(self.role).parent(self.parent);
            if let Some(note) = &self.note {
                entries.id(Str(note.as_bytes()));
            }
            if let Some(language) = &self.language {
                entries.lang(TextStr(language));
            }
            if let Some(alt) = &self.alt {
                entries.alt(TextStr(alt));
            }
            self.write_attributes(&mut entries);
            self.write_children(&mut entries);
        })
    }

    fn write_attributes(&self, entries: &mut StructElement<'_>) {
        match self.attributes {
            ElementAttributes::None => {}
            ElementAttributes::Area => {
                let mut attributes = entries.attributes();
                let mut layout = attributes.push().layout();
                layout.placement(Placement::Block);
                // Only for figures and tables that are on one page (ISO 32000-1, 14.8.5.4.3).
                if let Some((_, area)) = self.area {
                    layout.bbox(area);
                }
            }
            ElementAttributes::List(markers) => {
                // PDF 1.7 has no names for dashes and terms.
                let numbering = match markers {
                    ListMarkers::Dashes => ListNumbering::Disc,
                    ListMarkers::Numbers => ListNumbering::Decimal,
                    ListMarkers::Terms => ListNumbering::None,
                };
                entries.attributes().push().list().list_numbering(numbering);
            }
            ElementAttributes::ColumnHeading => {
                entries.attributes().push().table().scope(TableHeaderScope::Column);
            }
        }
    }

    /// Writes the children. Marked content is on the page of the element unless it names another.
    fn write_children(&self, entries: &mut StructElement<'_>) {
        let page = self.children.iter().find_map(|child| match child {
            Child::Content(page, _) | Child::Annotation(page, _) => Some(*page),
            Child::Element(_) | Child::Cell(..) => None,
        });
        if let Some(page) = page {
            entries.page(page);
        }
        let mut children = entries.children();
        for child in &self.children {
            match *child {
                Child::Element(id) | Child::Cell(_, id) => {
                    children.struct_element(id);
                }
                Child::Content(on, number) if Some(on) == page => {
                    children.marked_content_id(number);
                }
                Child::Content(on, number) => {
                    children.marked_content_ref().page(on).marked_content_id(number);
                }
                Child::Annotation(on, annotation) => {
                    children.object_ref().page(on).object(annotation);
                }
            }
        }
        children.finish();
    }
}

/// The type of an element.
pub(in crate::pdf) fn role(element: &StructureElement) -> StructRole {
    match element.kind {
        StructureKind::Section => StructRole::Sect,
        StructureKind::Illustration => StructRole::Div,
        StructureKind::Heading(level) => match level {
            0 | 1 => StructRole::H1,
            2 => StructRole::H2,
            3 => StructRole::H3,
            4 => StructRole::H4,
            5 => StructRole::H5,
            _ => StructRole::H6,
        },
        StructureKind::Paragraph => StructRole::P,
        StructureKind::Quote => StructRole::BlockQuote,
        StructureKind::List(_) => StructRole::L,
        StructureKind::ListItem => StructRole::LI,
        StructureKind::Label => StructRole::Lbl,
        StructureKind::ListBody => StructRole::LBody,
        StructureKind::Table => StructRole::Table,
        StructureKind::Row { .. } => StructRole::TR,
        StructureKind::Cell(_) if is_heading(element) => StructRole::TH,
        StructureKind::Cell(_) => StructRole::TD,
        StructureKind::Figure => StructRole::Figure,
        StructureKind::Caption => StructRole::Caption,
        StructureKind::Note => StructRole::Note,
        StructureKind::Code => StructRole::Code,
        StructureKind::Contents => StructRole::TOC,
        StructureKind::Index => StructRole::Index,
        StructureKind::ContentsEntry => StructRole::TOCI,
        StructureKind::Reference => StructRole::Reference,
        StructureKind::Link => StructRole::Link,
    }
}

/// The attributes of an element.
pub(in crate::pdf) fn attributes(element: &StructureElement) -> ElementAttributes {
    match element.kind {
        StructureKind::Figure | StructureKind::Table => ElementAttributes::Area,
        StructureKind::List(markers) => ElementAttributes::List(markers),
        StructureKind::Cell(_) if is_heading(element) => ElementAttributes::ColumnHeading,
        _ => ElementAttributes::None,
    }
}

/// Whether a cell is in the head of its table.
fn is_heading(cell: &StructureElement) -> bool {
    let row = cell.parent.as_ref().map(|row| row.kind);
    matches!(row, Some(StructureKind::Row { is_head: true, .. }))
}
