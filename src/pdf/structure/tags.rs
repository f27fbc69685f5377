//! Tags for screen readers: the reading order, the roles and the alt texts. Only editions for the
//! screen have them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use pdf_writer::types::{Placement, StructRole};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Finish, Name, Ref, TextStr};

use crate::model::{Bookmark, GlyphRun, Item, Page, Pages, Passage, PassageKind, PlacedPicture};

use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::page::geometry::PageBoxes;

/// The role of tagged items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum StructureRole<'p> {
    /// Running text, a caption, a credit.
    Paragraph,
    /// A heading; 1 is the highest level.
    Heading(usize),
    /// A picture, with its alt text if there is one.
    Figure(&'p PlacedPicture),
    /// The second half of a picture whose first half is on the page before.
    FigureContinued,
    /// Rules, decoration and folios, which are not read out.
    Artifact,
}

/// Consecutive items with a common role.
#[derive(Debug)]
pub(in crate::pdf) struct TaggedItems<'p> {
    pub(in crate::pdf) role: StructureRole<'p>,
    pub(in crate::pdf) items: Range<usize>,
    /// The language of its text, if it is not that of the book.
    pub(in crate::pdf) language: Option<&'p str>,
}

/// Groups the items of a page by passage and role.
pub(in crate::pdf) fn tagged_items<'p>(
    page: &'p Page,
    headings: &[(usize, &str)],
) -> Vec<TaggedItems<'p>> {
    let mut tagged_items: Vec<TaggedItems<'p>> = Vec::new();
    let mut previous: Option<&GlyphRun> = None;
    for (index, item) in page.items.iter().enumerate() {
        let (role, run) = match item {
            Item::Rule(_) => (StructureRole::Artifact, None),
            Item::Picture(placed) if placed.continues_previous => {
                (StructureRole::FigureContinued, None)
            }
            Item::Picture(placed) if placed.alt.as_deref() == Some("") => {
                (StructureRole::Artifact, None)
            }
            Item::Picture(placed) => (StructureRole::Figure(placed), None),
            Item::Glyphs(run) => match role(run) {
                StructureRole::Artifact => (StructureRole::Artifact, None),
                role => (role, Some(run)),
            },
        };
        let continues = previous.zip(run).is_some_and(|(previous, run)| continues(previous, run));
        previous = run;
        if let Some(last) = tagged_items.last_mut().filter(|_| continues) {
            last.items.end = index + 1;
        } else {
            let language = run.and_then(|run| run.language.as_deref());
            tagged_items.push(TaggedItems { role, items: index..index + 1, language });
        }
    }
    for tagged in tagged_items.iter_mut().filter(|tagged| tagged.role == StructureRole::Paragraph) {
        let items = &page.items[tagged.items.clone()];
        let is_caption = |item: &Item| matches!(item, Item::Glyphs(run) if run.passage.kind == PassageKind::Caption);
        // The bookmarks of plates have the first words of captions, which are not headings.
        if items.iter().any(is_caption) {
            continue;
        }
        let text = item_text(items);
        let heading = headings.iter().find(|(_, title)| {
            // A title in several languages has a passage for each.
            let mut parts = std::iter::once(*title).chain(title.split(" / "));
            parts.any(|part| normalized_letters(part).eq(normalized_letters(&text)))
        });
        if let Some((level, _)) = heading {
            tagged.role = StructureRole::Heading(*level);
        }
    }
    tagged_items
}

/// The role of a run. Headings within a text are below the level of bookmarks.
fn role(run: &GlyphRun) -> StructureRole<'_> {
    match run.passage.kind {
        PassageKind::Folio | PassageKind::Ornament => StructureRole::Artifact,
        _ if run.is_repeated => StructureRole::Artifact,
        PassageKind::Title => StructureRole::Heading(1),
        PassageKind::Heading(level) => StructureRole::Heading(usize::from(level.max(2))),
        _ => StructureRole::Paragraph,
    }
}

/// Whether a run belongs to the same element as the one before: to the same passage, or to the text
/// after a list mark.
fn continues(previous: &GlyphRun, run: &GlyphRun) -> bool {
    let Passage { number, kind, .. } = previous.passage;
    if number == 0 {
        return run.passage.number == 0 && run.origin.y == previous.origin.y;
    }
    let marked = kind == PassageKind::Mark
        && matches!(run.passage.kind, PassageKind::Text | PassageKind::Note);
    let typed = kind == PassageKind::Code && run.passage.kind == kind;
    number == run.passage.number || marked || typed
}

fn item_text(items: &[Item]) -> String {
    let texts = items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(&*run.text),
        Item::Picture(_) | Item::Rule(_) => None,
    });
    texts.collect()
}

/// The letters of a text in lower case, by which headings are compared regardless of line breaks.
fn normalized_letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The bookmarks of each page, with their depths.
pub(in crate::pdf) fn headings(pages: &Pages) -> BTreeMap<usize, Vec<(usize, &str)>> {
    fn collect<'p>(
        bookmarks: &'p [Bookmark],
        level: usize,
        headings: &mut BTreeMap<usize, Vec<(usize, &'p str)>>,
    ) {
        for bookmark in bookmarks {
            headings.entry(bookmark.page).or_default().push((level, &bookmark.title));
            collect(&bookmark.children, level + 1, headings);
        }
    }
    let mut headings = BTreeMap::new();
    collect(&pages.bookmarks, 1, &mut headings);
    headings
}

/// The structure element of a picture that may continue on the next page.
struct FigureElement {
    element: Ref,
    alt: Option<String>,
    area: pdf_writer::Rect,
    /// The marked-content identifiers by page.
    content: Vec<(Ref, i32)>,
}

/// The structure tree (ISO 32000-2, 14.7).
pub(in crate::pdf) struct StructureTree {
    root: Ref,
    document: Ref,
    /// The children of the document element, in reading order.
    elements: Vec<Ref>,
    /// The last picture, which is written when it is known whether it continues on the next page.
    pending_figure: Option<FigureElement>,
    /// By key: the elements of a page's marked content, by identifier.
    pages: BTreeMap<i32, Vec<Ref>>,
    /// By key: the element of an annotation.
    annotations: BTreeMap<i32, Ref>,
    next_key: i32,
}

impl StructureTree {
    /// The structure tree of a file with that many pages, whose keys are their indices.
    pub(in crate::pdf) fn new<W: Write>(pages: usize, writer: &mut ObjectWriter<'_, W>) -> Self {
        Self {
            root: writer.reserve_id(),
            document: writer.reserve_id(),
            elements: Vec::new(),
            pending_figure: None,
            pages: BTreeMap::new(),
            annotations: BTreeMap::new(),
            next_key: i32::try_from(pages).unwrap_or(i32::MAX),
        }
    }

    /// Begins marked content in a page's content stream; `mcid` is its identifier.
    pub(in crate::pdf) fn open(content: &mut Content, role: StructureRole<'_>, mcid: usize) {
        let tag = match role {
            StructureRole::Artifact => {
                content.begin_marked_content(Name(b"Artifact"));
                return;
            }
            StructureRole::Paragraph => StructRole::P,
            StructureRole::Heading(level) => heading(level),
            StructureRole::Figure(_) | StructureRole::FigureContinued => StructRole::Figure,
        };
        content
            .begin_marked_content_with_properties(tag.to_name())
            .properties()
            .identify(i32::try_from(mcid).unwrap_or(i32::MAX));
    }

    /// Writes the elements of a page; returns the page's key.
    pub(in crate::pdf) fn page<W: Write>(
        &mut self,
        index: usize,
        id: Ref,
        tagged_items: &[TaggedItems<'_>],
        boxes: &PageBoxes,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<i32> {
        let mut parents = Vec::new();
        for tagged in tagged_items {
            let number = i32::try_from(parents.len()).unwrap_or(i32::MAX);
            let role = match tagged.role {
                StructureRole::Artifact => continue,
                StructureRole::Paragraph => StructRole::P,
                StructureRole::Heading(level) => heading(level),
                StructureRole::Figure(placed) => {
                    self.write_pending_figure(writer)?;
                    let element = writer.reserve_id();
                    self.pending_figure = Some(FigureElement {
                        element,
                        alt: placed.alt.clone(),
                        area: boxes.rect(placed.clip.common(&boxes.bleed)),
                        content: vec![(id, number)],
                    });
                    parents.push(element);
                    self.elements.push(element);
                    continue;
                }
                StructureRole::FigureContinued => {
                    if let Some(figure) = &mut self.pending_figure {
                        figure.content.push((id, number));
                        parents.push(figure.element);
                    }
                    continue;
                }
            };
            let element = writer.reserve_id();
            writer.object(element, |chunk| {
                let mut entries = chunk.struct_element(element);
                entries.kind(role).parent(self.document).page(id);
                if let Some(language) = tagged.language {
                    entries.lang(TextStr(language));
                }
                entries.children().marked_content_id(number);
            })?;
            parents.push(element);
            self.elements.push(element);
        }
        let key = i32::try_from(index).unwrap_or(i32::MAX);
        self.pages.insert(key, parents);
        Ok(key)
    }

    /// Writes the element of the last picture.
    fn write_pending_figure<W: Write>(
        &mut self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<()> {
        let Some(FigureElement { element, alt, area, content }) = self.pending_figure.take() else {
            return Ok(());
        };
        writer.object(element, |chunk| {
            let mut entries = chunk.struct_element(element);
            entries.kind(StructRole::Figure).parent(self.document);
            if let Some(alt) = &alt {
                entries.alt(TextStr(alt));
            }
            let mut attributes = entries.attributes();
            let mut layout = attributes.push().layout();
            layout.placement(Placement::Block);
            // A bounding box is only for pictures on a single page (ISO 32000-2, 14.8.5.4.3).
            if let [_] = *content {
                layout.bbox(area);
            }
            layout.finish();
            attributes.finish();
            if let [(page, number)] = *content {
                entries.page(page).children().marked_content_id(number);
            } else {
                let mut children = entries.children();
                for (page, number) in content {
                    children.marked_content_ref().page(page).marked_content_id(number);
                }
            }
        })?;
        Ok(())
    }

    /// Writes the element of a link; returns the annotation's key.
    pub(in crate::pdf) fn link<W: Write>(
        &mut self,
        annotation: Ref,
        page: Ref,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<i32> {
        let element = writer.reserve_id();
        writer.object(element, |chunk| {
            let mut entries = chunk.struct_element(element);
            entries.kind(StructRole::Link).parent(self.document).page(page);
            entries.children().object_ref().page(page).object(annotation);
        })?;
        self.elements.push(element);
        let key = self.next_key;
        self.annotations.insert(key, element);
        self.next_key += 1;
        Ok(key)
    }

    /// Writes the root and the document element; returns the root, for the catalogue.
    pub(in crate::pdf) fn write<W: Write>(
        mut self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<Ref> {
        self.write_pending_figure(writer)?;
        writer.object(self.document, |chunk| {
            let mut entries = chunk.struct_element(self.document);
            entries.kind(StructRole::Document).parent(self.root);
            let mut children = entries.children();
            for element in &self.elements {
                children.struct_element(*element);
            }
        })?;
        writer.object(self.root, |chunk| {
            let mut root = chunk.indirect(self.root).start::<StructTreeRoot<'_>>();
            root.child(self.document).parent_tree_next_key(self.next_key);
            let mut tree = root.insert(Name(b"ParentTree")).dict();
            let mut nums = tree.insert(Name(b"Nums")).array();
            for (key, parents) in &self.pages {
                nums.item(*key).push().array().items(parents);
            }
            for (key, parent) in &self.annotations {
                nums.item(*key).item(*parent);
            }
            nums.finish();
            tree.finish();
        })?;
        Ok(self.root)
    }
}

fn heading(level: usize) -> StructRole {
    match level {
        1 => StructRole::H1,
        2 => StructRole::H2,
        3 => StructRole::H3,
        4 => StructRole::H4,
        5 => StructRole::H5,
        _ => StructRole::H6,
    }
}
