//! Connects set lines with the structure of the book.

use std::sync::Arc;

use crate::model::{GlyphRun, StructureElement, StructureKind};
use crate::typeset::{Anchor, Line, LineLink, TextRole};

/// Makes lines the text of an element. Links, references to notes and code in it become elements
/// of their own.
pub(super) fn in_element(mut lines: Vec<Line>, element: &Arc<StructureElement>) -> Vec<Line> {
    let mut inlines = Inlines { block: element, linked: None, code: None };
    for line in &mut lines {
        for (run, role) in line.runs.iter_mut().zip(&line.roles) {
            run.element = Some(inlines.element(role));
        }
    }
    lines
}

/// The element with the text of a link on this line.
pub(super) fn link_element(line: &Line, link: &LineLink) -> Option<Arc<StructureElement>> {
    let is_in_link = |run: &GlyphRun| {
        link.extent.start <= run.origin.x && run.origin.x + run.width() <= link.extent.end
    };
    let mut runs = line.runs.iter().zip(&line.roles);
    let (run, _) =
        runs.find(|(run, role)| role.link.as_ref() == Some(&link.target) && is_in_link(run))?;
    run.element.as_ref().and_then(StructureElement::link).cloned()
}

/// The elements in a paragraph. Neighbouring runs with the same role are one of them, also across
/// lines.
struct Inlines<'e> {
    block: &'e Arc<StructureElement>,
    /// The last link or reference.
    linked: Option<(Anchor, Arc<StructureElement>)>,
    /// The last code, and the element that it is in.
    code: Option<Arc<StructureElement>>,
}

impl Inlines<'_> {
    /// The element of the next run.
    fn element(&mut self, role: &TextRole) -> Arc<StructureElement> {
        self.linked = role.link.as_ref().and_then(|anchor| match self.linked.take() {
            Some((last, element)) if last == *anchor => Some((last, element)),
            _ => self.linked_child(anchor).map(|element| (anchor.clone(), element)),
        });
        let outer = self.linked.as_ref().map_or(self.block, |(_, element)| element);
        if !role.is_code {
            self.code = None;
            return Arc::clone(outer);
        }
        let is_in_outer = |code: &Arc<StructureElement>| {
            code.parent.as_ref().is_some_and(|parent| parent.is(outer))
        };
        let code = self.code.take().filter(is_in_outer);
        let code = code.unwrap_or_else(|| outer.child(StructureKind::Code));
        self.code = Some(Arc::clone(&code));
        code
    }

    /// A link has no links in it.
    fn linked_child(&self, anchor: &Anchor) -> Option<Arc<StructureElement>> {
        match anchor {
            Anchor::Note(_) => Some(self.block.child(StructureKind::Reference)),
            Anchor::Address(_) if self.block.link().is_some() => None,
            Anchor::Address(_) => Some(self.block.child(StructureKind::Link)),
        }
    }
}
