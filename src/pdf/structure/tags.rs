//! Tags: what is read out, in which order, and what a picture shows to those who
//! cannot see it. Only files for the screen carry them; a press has no use for them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use pdf_writer::types::{Placement, StructRole};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Finish, Name, Ref, TextStr};

use crate::model::{Bookmark, GlyphRun, Item, Page, Pages, Passage, PassageKind, PlacedPicture};

use crate::pdf::file::sink::Sink;
use crate::pdf::page::geometry::PageBoxes;

/// What a stretch of a page is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum StructureRole<'p> {
    /// Running text, a caption, a credit.
    Paragraph,
    /// A heading, which is a bookmark too; 1 is the highest level.
    Heading(usize),
    /// A picture, with its description where there is one.
    Figure(&'p PlacedPicture),
    /// The half of a picture whose other half is on the page before.
    FigureGoesOn,
    /// Rules, decoration, folios: nothing to be read out.
    Artifact,
}

/// Items that belong together.
#[derive(Debug)]
pub(in crate::pdf) struct TaggedItems<'p> {
    pub(in crate::pdf) role: StructureRole<'p>,
    pub(in crate::pdf) items: Range<usize>,
}

/// Cuts a page into its stretches: what belongs to one passage and stands together.
pub(in crate::pdf) fn stretches<'p>(
    page: &'p Page,
    headings: &[(usize, &str)],
) -> Vec<TaggedItems<'p>> {
    let mut stretches: Vec<TaggedItems<'p>> = Vec::new();
    let mut before: Option<&GlyphRun> = None;
    for (index, item) in page.items.iter().enumerate() {
        let (role, run) = match item {
            Item::Rule(_) => (StructureRole::Artifact, None),
            Item::Picture(placed) if placed.continues_previous => {
                (StructureRole::FigureGoesOn, None)
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
        let goes_on = before.zip(run).is_some_and(|(before, run)| goes_on(before, run));
        before = run;
        match stretches.last_mut().filter(|_| goes_on) {
            Some(last) => last.items.end = index + 1,
            None => stretches.push(TaggedItems { role, items: index..index + 1 }),
        }
    }
    for stretch in stretches.iter_mut().filter(|stretch| stretch.role == StructureRole::Paragraph) {
        let items = &page.items[stretch.items.clone()];
        let is_caption = |item: &Item| matches!(item, Item::Glyphs(run) if run.passage.kind == PassageKind::Caption);
        // Bookmarks lead to plates as well, by the first words of their captions.
        if items.iter().any(is_caption) {
            continue;
        }
        let words = words(items);
        let heading = headings.iter().find(|(_, title)| letters(title).eq(letters(&words)));
        if let Some((level, _)) = heading {
            stretch.role = StructureRole::Heading(*level);
        }
    }
    stretches
}

/// What a run is to a reader. Headings within a text come below those that are bookmarks.
fn role(run: &GlyphRun) -> StructureRole<'_> {
    match run.passage.kind {
        PassageKind::Folio | PassageKind::Ornament => StructureRole::Artifact,
        _ if run.is_repeated => StructureRole::Artifact,
        PassageKind::Title => StructureRole::Heading(1),
        PassageKind::Heading(level) => StructureRole::Heading(usize::from(level.max(2))),
        _ => StructureRole::Paragraph,
    }
}

/// Whether a run is read at one go with the one before: it belongs to the same passage, or to
/// what that one marks.
fn goes_on(before: &GlyphRun, run: &GlyphRun) -> bool {
    let Passage { number, kind, .. } = before.passage;
    if number == 0 {
        return run.passage.number == 0 && run.origin.y == before.origin.y;
    }
    let marked = kind == PassageKind::Mark
        && matches!(run.passage.kind, PassageKind::Text | PassageKind::Note);
    let typed = kind == PassageKind::Code && run.passage.kind == kind;
    number == run.passage.number || marked || typed
}

fn words(items: &[Item]) -> String {
    let texts = items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(&*run.text),
        Item::Picture(_) | Item::Rule(_) => None,
    });
    texts.collect()
}

/// The letters of a text, by which a heading is known however its lines are broken.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The bookmarks that lead to each page, with their depths.
pub(in crate::pdf) fn headings(pages: &Pages) -> BTreeMap<usize, Vec<(usize, &str)>> {
    fn gather<'p>(
        bookmarks: &'p [Bookmark],
        level: usize,
        headings: &mut BTreeMap<usize, Vec<(usize, &'p str)>>,
    ) {
        for bookmark in bookmarks {
            headings.entry(bookmark.page).or_default().push((level, &bookmark.title));
            gather(&bookmark.children, level + 1, headings);
        }
    }
    let mut headings = BTreeMap::new();
    gather(&pages.bookmarks, 1, &mut headings);
    headings
}

/// The element of a picture that may go on on the next page.
struct FigureElement {
    element: Ref,
    alt: Option<String>,
    area: pdf_writer::Rect,
    /// By page, the numbers of what is marked there.
    content: Vec<(Ref, i32)>,
}

/// The structure of the file as it grows (ISO 32000-2, 14.7).
pub(in crate::pdf) struct StructureTree {
    root: Ref,
    document: Ref,
    /// What the document holds, in reading order.
    elements: Vec<Ref>,
    /// The last picture, which is written when it is known whether it goes on.
    figure: Option<FigureElement>,
    /// By key: to which elements the marked content of a page belongs, by its number.
    pages: BTreeMap<i32, Vec<Ref>>,
    /// By key: to which element an annotation belongs.
    annotations: BTreeMap<i32, Ref>,
    next_key: i32,
}

impl StructureTree {
    /// The structure of a file with that many pages, whose keys are their indices.
    pub(in crate::pdf) fn promise<W: Write>(pages: usize, sink: &mut Sink<'_, W>) -> Self {
        Self {
            root: sink.promise(),
            document: sink.promise(),
            elements: Vec::new(),
            figure: None,
            pages: BTreeMap::new(),
            annotations: BTreeMap::new(),
            next_key: i32::try_from(pages).unwrap_or(i32::MAX),
        }
    }

    /// Opens a stretch in a page's content, `read` being how many before it are read out.
    pub(in crate::pdf) fn open(content: &mut Content, role: StructureRole<'_>, read: usize) {
        let tag = match role {
            StructureRole::Artifact => {
                content.begin_marked_content(Name(b"Artifact"));
                return;
            }
            StructureRole::Paragraph => StructRole::P,
            StructureRole::Heading(level) => heading(level),
            StructureRole::Figure(_) | StructureRole::FigureGoesOn => StructRole::Figure,
        };
        content
            .begin_marked_content_with_properties(tag.to_name())
            .properties()
            .identify(i32::try_from(read).unwrap_or(i32::MAX));
    }

    /// Writes the elements of a page; returns the page's key.
    pub(in crate::pdf) fn page<W: Write>(
        &mut self,
        index: usize,
        id: Ref,
        stretches: &[TaggedItems<'_>],
        sheet: &PageBoxes,
        sink: &mut Sink<'_, W>,
    ) -> io::Result<i32> {
        let mut owners = Vec::new();
        for stretch in stretches {
            let number = i32::try_from(owners.len()).unwrap_or(i32::MAX);
            let role = match stretch.role {
                StructureRole::Artifact => continue,
                StructureRole::Paragraph => StructRole::P,
                StructureRole::Heading(level) => heading(level),
                StructureRole::Figure(placed) => {
                    self.write_figure(sink)?;
                    let element = sink.promise();
                    self.figure = Some(FigureElement {
                        element,
                        alt: placed.alt.clone(),
                        area: sheet.rect(placed.clip.common(&sheet.bleed)),
                        content: vec![(id, number)],
                    });
                    owners.push(element);
                    self.elements.push(element);
                    continue;
                }
                StructureRole::FigureGoesOn => {
                    if let Some(figure) = &mut self.figure {
                        figure.content.push((id, number));
                        owners.push(figure.element);
                    }
                    continue;
                }
            };
            let element = sink.promise();
            sink.object(element, |chunk| {
                let mut entries = chunk.struct_element(element);
                entries.kind(role).parent(self.document).page(id);
                entries.children().marked_content_id(number);
            })?;
            owners.push(element);
            self.elements.push(element);
        }
        let key = i32::try_from(index).unwrap_or(i32::MAX);
        self.pages.insert(key, owners);
        Ok(key)
    }

    /// Writes the element of the last picture.
    fn write_figure<W: Write>(&mut self, sink: &mut Sink<'_, W>) -> io::Result<()> {
        let Some(FigureElement { element, alt, area, content }) = self.figure.take() else {
            return Ok(());
        };
        sink.object(element, |chunk| {
            let mut entries = chunk.struct_element(element);
            entries.kind(StructRole::Figure).parent(self.document);
            if let Some(alt) = &alt {
                entries.alt(TextStr(alt));
            }
            let mut attributes = entries.attributes();
            let mut layout = attributes.push().layout();
            layout.placement(Placement::Block);
            // A box is for what is on one page (ISO 32000-2, 14.8.5.4.3).
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
        sink: &mut Sink<'_, W>,
    ) -> io::Result<i32> {
        let element = sink.promise();
        sink.object(element, |chunk| {
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

    /// Writes the root and the document; returns the root, for the catalogue.
    pub(in crate::pdf) fn write<W: Write>(mut self, sink: &mut Sink<'_, W>) -> io::Result<Ref> {
        self.write_figure(sink)?;
        sink.object(self.document, |chunk| {
            let mut entries = chunk.struct_element(self.document);
            entries.kind(StructRole::Document).parent(self.root);
            let mut children = entries.children();
            for element in &self.elements {
                children.struct_element(*element);
            }
        })?;
        sink.object(self.root, |chunk| {
            let mut root = chunk.indirect(self.root).start::<StructTreeRoot<'_>>();
            root.child(self.document).parent_tree_next_key(self.next_key);
            let mut tree = root.insert(Name(b"ParentTree")).dict();
            let mut nums = tree.insert(Name(b"Nums")).array();
            for (key, owners) in &self.pages {
                nums.item(*key).push().array().items(owners);
            }
            for (key, owner) in &self.annotations {
                nums.item(*key).item(*owner);
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
