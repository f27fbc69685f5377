//! Text that is too close to the trim.

use crate::finding::{Code, Finding};
use crate::model::{
    Book, Edges, Entry, GlyphRun, Item, Length, Location, Page, Pages, PassageKind, Side,
};

/// The tolerance of the cut.
pub(super) const SAFETY: Length = Length::mm(3);

/// An edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Top,
    Bottom,
    Outer,
    Inner,
}

impl Edge {
    pub(super) const ALL: [Self; 4] = [Self::Top, Self::Bottom, Self::Outer, Self::Inner];

    /// Its key in the manifest.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::Outer => "outer",
            Self::Inner => "inner",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Top => "the head of the page",
            Self::Bottom => "the foot of the page",
            Self::Outer => "the fore edge",
            Self::Inner => "the spine",
        }
    }

    pub(super) fn of(self, edges: &Edges) -> Length {
        match self {
            Self::Top => edges.top,
            Self::Bottom => edges.bottom,
            Self::Outer => edges.outer,
            Self::Inner => edges.inner,
        }
    }
}

/// The distance of text from each edge of its page, which is negative outside the page. The
/// edges at the spine and at the fore edge depend on the side of the leaf.
pub(super) fn distances(run: &GlyphRun, page: &Page, pages: &Pages) -> Edges {
    let left = run.origin.x;
    let right = pages.trim.width - run.origin.x - run.width();
    let inner_is_left = (page.side == Side::Recto) != pages.binding_right;
    let (inner, outer) = if inner_is_left { (left, right) } else { (right, left) };
    // The height of capitals and the depth of descenders, which are about the same in all faces.
    let top = run.origin.y - run.size.scale(7, 10);
    let bottom = pages.trim.height - run.origin.y - run.size.scale(2, 10);
    Edges { top, bottom, inner, outer }
}

/// The text of a page that can be seen.
pub(super) fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if !run.glyphs.is_empty() => Some(run),
        _ => None,
    })
}

/// What a text is, such as `the page number` or `the caption of a.jpg`, and where the manifest has
/// it.
pub(super) fn describe(run: &GlyphRun, page: &Page, book: &Book) -> (String, Option<Location>) {
    let entry = page.entry.and_then(|id| book.entries.get(id.0));
    let plate = match entry {
        Some(Entry::Plate(plate) | Entry::Frontispiece(plate)) => Some(plate),
        _ => None,
    };
    let is_index = run.passage.kind == PassageKind::Index;
    let index = || book.index.location.clone().filter(|_| is_index);
    let at = plate.and_then(|plate| plate.location.clone()).or_else(index);
    let what = match (run.passage.kind, plate) {
        (PassageKind::Index, _) => "the index".to_owned(),
        (PassageKind::Folio, _) => "the page number".to_owned(),
        (PassageKind::RunningHead, _) => "the running head".to_owned(),
        (_, Some(plate)) => format!("the caption of {}", plate.picture.name),
        (PassageKind::Caption, None) => "a caption".to_owned(),
        (PassageKind::Note, None) => "a footnote".to_owned(),
        (PassageKind::Cell, None) => "a table".to_owned(),
        (PassageKind::Heading(_), None) => "a heading".to_owned(),
        (PassageKind::Title, None) => "the title".to_owned(),
        (PassageKind::Imprint, None) => "the imprint".to_owned(),
        _ => "the text".to_owned(),
    };
    (what, at)
}

/// A length without more decimals than anybody can measure.
pub(super) fn measurable(length: Length) -> Length {
    length.scale(1, 3_600) * 3_600
}

/// One finding for each page with text outside the safe area: captions, page numbers, running text,
/// tables and notes.
pub(super) fn text(book: &Book, pages: &Pages) -> Vec<Finding> {
    pages.pages.iter().filter_map(|page| on_page(book, page, pages)).collect()
}

/// The finding about the text that is closest to an edge.
fn on_page(book: &Book, page: &Page, pages: &Pages) -> Option<Finding> {
    let closest = |run| {
        let distances = distances(run, page, pages);
        let edges = Edge::ALL.into_iter().map(move |edge| (edge.of(&distances), edge));
        edges.min_by_key(|(distance, _)| *distance).map(|(distance, edge)| (distance, edge, run))
    };
    let (distance, edge, run) =
        runs(page).filter_map(closest).min_by_key(|(distance, ..)| *distance)?;
    if distance >= SAFETY {
        return None;
    }
    let (what, at) = describe(run, page, book);
    let place = edge.name();
    let distance = measurable(distance);
    let message = if distance < Length::ZERO {
        format!("{what} extends {} beyond {place} and would be trimmed", -distance)
    } else {
        format!("{what} is {distance} from {place} and could be trimmed; the minimum is {SAFETY}")
    };
    let help = format!(
        "shorten it, choose a larger trim, or set margins: {{ {}: … }} under print",
        edge.key()
    );
    let finding = Finding::new(Code::TextOutside, message).at(at).help(help);
    Some(finding.page(page.folio.to_string()))
}
