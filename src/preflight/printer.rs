//! The limits of the printer that the manifest names.

use crate::finding::{Code, Finding, Severity};
use crate::model::{Binding, Book, Certainty, FactSource, Length, PageLimits, Pages, Printer};

use super::safe_area::{Edge, describe, distances, measurable, runs};

/// A finding if the printer does not bind a book of this many pages.
pub(super) fn pages(book: &Book, pages: &Pages) -> Option<Finding> {
    let printer = book.print.printer.as_deref()?;
    let stock = book.print.paper.as_ref().and_then(|paper| paper.stock.as_deref());
    let count = pages.pages.len();
    let mut limits = printer.page_limits(stock);
    if let Some(cover) = &book.print.cover {
        // A jacket is around boards.
        let hard = Some(Binding::Hardcover);
        let is_bound = |binding: Option<Binding>| match cover.binding {
            Binding::Paperback => binding == Some(Binding::Paperback),
            Binding::Hardcover => binding == hard,
            Binding::Jacket => binding == Some(Binding::Jacket) || binding == hard,
        };
        if limits.iter().any(|(limits, _)| is_bound(limits.binding)) {
            limits.retain(|(limits, _)| is_bound(limits.binding));
        }
    }
    if limits.iter().any(|(limits, _)| contains(limits, count)) {
        return None;
    }
    let ranges: Vec<String> = limits.iter().map(|(limits, _)| range(limits)).collect();
    let (name, ranges) = (&printer.name, ranges.join(", or "));
    let message = format!("the book has {count} pages, and {name} binds {ranges}");
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

/// Whether a number of a printer is sure enough for an error: it says so itself, or it is from a
/// file of the user's own.
pub(super) fn is_sure(source: Option<&FactSource>) -> bool {
    source.is_none_or(|source| matches!(source.sure, Certainty::Vendor | Certainty::Measured))
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

/// One finding for each edge that text is closer to than the printer allows.
pub(super) fn margins(book: &Book, pages: &Pages, count: usize) -> Vec<Finding> {
    let Some(printer) = book.print.printer.as_deref() else { return Vec::new() };
    let min = printer.min_margins(count);
    let text = pages.pages.iter().flat_map(|page| runs(page).map(move |run| (page, run)));
    let text: Vec<_> = text.map(|(page, run)| (distances(run, page, pages), page, run)).collect();
    let of_edge = |edge: Edge| {
        let min = edge.of(&min);
        // A tenth of a millimetre is less than what a cut can keep to.
        let tolerance = Length::mm(1).scale(1, 10);
        let too_close: Vec<_> =
            text.iter().filter(|(it, ..)| edge.of(it) + tolerance < min).collect();
        let (least, page, run) = too_close.iter().min_by_key(|(it, ..)| edge.of(it))?;
        let mut folios: Vec<_> = too_close.iter().map(|(_, page, _)| page.folio).collect();
        folios.dedup();
        let (what, _) = describe(run, page, book);
        let found = Margin { edge, least: edge.of(least), min, what, pages: folios.len() };
        Some(found.finding(printer, count).page(page.folio.to_string()))
    };
    Edge::ALL.into_iter().filter_map(of_edge).collect()
}

/// What a page number takes of the margin at the foot.
const FOLIO_ROOM: Length = Length::mm(5);

/// Text that is too close to an edge.
struct Margin {
    edge: Edge,
    /// The least distance, and what is so close.
    least: Length,
    what: String,
    /// The least distance that is allowed.
    min: Length,
    /// The number of pages on which text is too close.
    pages: usize,
}

impl Margin {
    fn finding(&self, printer: &Printer, count: usize) -> Finding {
        let Self { edge, least, min, what, pages } = self;
        let (place, name) = (edge.name(), &printer.name);
        let others = match pages {
            1 => String::new(),
            2 => ", and text on another page is too close, too".to_owned(),
            _ => format!(", and text on {} other pages is too close, too", pages - 1),
        };
        let depends =
            if *edge == Edge::Inner { format!(" for {count} pages") } else { String::new() };
        let least = measurable(*least);
        let message =
            format!("{what} is {least} from {place}{others}; {name} asks for {min}{depends}");
        let margin = if *edge == Edge::Bottom { *min + FOLIO_ROOM } else { *min };
        let help = format!("set margins: {{ {}: {margin} }} under print, or more", edge.key());
        let source = printer.margin_source(*edge == Edge::Inner);
        Finding::new(Code::PrinterMargin, message)
            .help(FactSource::cited(&help, source))
            .at(printer.location.clone())
    }
}

/// A finding if the file is larger than the printer accepts.
pub fn file_size(book: &Book, size: u64) -> Option<Finding> {
    let printer = book.print.printer.as_deref()?;
    let fact = printer.max_file.as_ref().filter(|fact| size > fact.value)?;
    let (limit, size) = (fact.value / 1_000_000, size.div_ceil(1_000_000));
    let name = &printer.name;
    let message = format!("the print PDF has {size} MB, and {name} accepts at most {limit} MB");
    let help = match book.print.max_resolution {
        Some(_) => "lower `max-resolution` under print, or make two volumes",
        None => "set `max-resolution: 300 ppi` under print, which scales photos down",
    };
    let finding = Finding::new(Code::PrinterSize, message).at(printer.location.clone());
    Some(finding.help(FactSource::cited(help, fact.source.as_ref())))
}
