//! The limits of the printer that the manifest names.

use crate::finding::{Code, Finding, Severity};
use crate::model::{
    Book, Certainty, Edges, FactSource, GlyphRun, Item, Length, Page, PageLimits, Pages, Printer,
    Side,
};

/// A finding if the printer does not bind a book of this many pages.
pub(super) fn pages(book: &Book, pages: &Pages) -> Option<Finding> {
    let printer = book.print.printer.as_deref()?;
    let stock = book.print.paper.as_ref().and_then(|paper| paper.stock.as_deref());
    let count = pages.pages.len();
    let limits = printer.page_limits(stock);
    if limits.iter().any(|(limits, _)| contains(limits, count)) {
        return None;
    }
    let ranges: Vec<String> = limits.iter().map(|(limits, _)| range(limits)).collect();
    let (name, ranges) = (&printer.name, ranges.join(", or "));
    let message = format!("the book has {count} pages, and {name} binds {ranges}");
    let is_sure = |source: Option<&FactSource>| {
        source.is_none_or(|source| matches!(source.sure, Certainty::Vendor | Certainty::Measured))
    };
    let severity = if limits.iter().all(|(_, source)| is_sure(*source)) {
        Severity::Error
    } else {
        Severity::Warning
    };
    let is_short = limits.iter().any(|(limits, _)| is_below(limits, count));
    let help = if is_short { "add pages" } else { "remove pages, or make two volumes" };
    let source = limits.iter().find_map(|(_, source)| *source);
    let finding = Finding::new(Code::PrinterPages, message).severity(severity);
    Some(finding.help(FactSource::cited(help, source)).at(printer.location.clone()))
}

fn is_below(limits: &PageLimits, count: usize) -> bool {
    limits.min.is_some_and(|min| usize::try_from(min).is_ok_and(|min| count < min))
}

fn contains(limits: &PageLimits, count: usize) -> bool {
    let is_above = limits.max.is_some_and(|max| usize::try_from(max).is_ok_and(|max| count > max));
    !is_below(limits, count) && !is_above
}

/// `24 to 828 in a paperback`.
fn range(limits: &PageLimits) -> String {
    let range = match (limits.min, limits.max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number".to_owned(),
    };
    limits.binding.map_or(range.clone(), |binding| format!("{range} in a {binding}"))
}

/// An edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Top,
    Bottom,
    Outer,
    Inner,
}

impl Edge {
    const ALL: [Self; 4] = [Self::Top, Self::Bottom, Self::Outer, Self::Inner];

    fn key(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::Outer => "outer",
            Self::Inner => "inner",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Top => "the head of the page",
            Self::Bottom => "the foot of the page",
            Self::Outer => "the fore edge",
            Self::Inner => "the spine",
        }
    }

    fn of(self, edges: &Edges) -> Length {
        match self {
            Self::Top => edges.top,
            Self::Bottom => edges.bottom,
            Self::Outer => edges.outer,
            Self::Inner => edges.inner,
        }
    }
}

/// One finding for each edge that text is closer to than the printer allows.
pub(super) fn margins(book: &Book, pages: &Pages, count: usize) -> Vec<Finding> {
    let Some(printer) = book.print.printer.as_deref() else { return Vec::new() };
    let min = printer.min_margins(count);
    let distances: Vec<(&Page, Edges)> =
        pages.pages.iter().filter_map(|page| Some((page, distances(page, pages)?))).collect();
    let of_edge = |edge: Edge| {
        let min = edge.of(&min);
        // A tenth of a millimetre is less than what a cut can keep to.
        let tolerance = Length::mm(1).scale(1, 10);
        let too_close: Vec<_> =
            distances.iter().filter(|(_, it)| edge.of(it) + tolerance < min).collect();
        let (first, _) = too_close.first()?;
        let least = too_close.iter().map(|(_, it)| edge.of(it)).min()?;
        Some(
            margin(printer, edge, (least, min), too_close.len(), count)
                .page(first.folio.to_string()),
        )
    };
    Edge::ALL.into_iter().filter_map(of_edge).collect()
}

fn margin(
    printer: &Printer,
    edge: Edge,
    (least, min): (Length, Length),
    pages: usize,
    count: usize,
) -> Finding {
    let (place, name) = (edge.name(), &printer.name);
    let on = if pages == 1 { "on one page".to_owned() } else { format!("on {pages} pages") };
    let depends = if edge == Edge::Inner { format!(" for {count} pages") } else { String::new() };
    // Three decimals of a millimetre are more than anybody can measure here.
    let least = least.scale(1, 3_600) * 3_600;
    let message = format!("text is {least} from {place} {on}; {name} asks for {min}{depends}");
    let help = format!("set margins: {{ {}: {min} }} under print, or more", edge.key());
    let source = printer.margin_source(edge == Edge::Inner);
    Finding::new(Code::PrinterMargin, message)
        .help(FactSource::cited(&help, source))
        .at(printer.location.clone())
}

/// The distance of text from each edge of a page; `None` if it has no text.
fn distances(page: &Page, pages: &Pages) -> Option<Edges> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if !run.glyphs.is_empty() => Some(run),
        _ => None,
    });
    let of_run = |run: &GlyphRun| {
        let left = run.origin.x;
        let right = pages.trim.width - run.origin.x - run.width();
        let inner_is_left = (page.side == Side::Recto) != pages.binding_right;
        let (inner, outer) = if inner_is_left { (left, right) } else { (right, left) };
        // The height of capitals and the depth of descenders, which are about the same in all
        // faces.
        let top = run.origin.y - run.size.scale(7, 10);
        let bottom = pages.trim.height - run.origin.y - run.size.scale(2, 10);
        Edges { top, bottom, inner, outer }
    };
    runs.map(of_run).reduce(|a, b| Edges {
        top: a.top.min(b.top),
        bottom: a.bottom.min(b.bottom),
        inner: a.inner.min(b.inner),
        outer: a.outer.min(b.outer),
    })
}

/// A finding if the file is larger than the printer accepts.
pub fn file_size(book: &Book, size: u64) -> Option<Finding> {
    let printer = book.print.printer.as_deref()?;
    let fact = printer.max_file.as_ref().filter(|fact| size > fact.value)?;
    let (limit, size) = (fact.value / 1_000_000, size.div_ceil(1_000_000));
    let name = &printer.name;
    let message = format!("the print PDF has {size} MB, and {name} accepts at most {limit} MB");
    let help = "scale down the photos that have more than 300 pixels per inch";
    let finding = Finding::new(Code::PrinterSize, message).at(printer.location.clone());
    Some(finding.help(FactSource::cited(help, fact.source.as_ref())))
}
