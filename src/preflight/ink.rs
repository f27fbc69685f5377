//! Total ink: more than paper takes does not dry.

use crate::finding::{Code, Finding};
use crate::model::{Book, FactSource, Ink};

/// The limit of coated paper in offset, in per cent; the manifest compares the colours of a design
/// with it.
const MAX: u32 = 300;

/// The limit of a book.
pub(super) struct Limit<'b> {
    /// The maximum, in per cent.
    pub(super) max: u32,
    /// The printer that sets it, and its source.
    pub(super) name: Option<&'b str>,
    pub(super) source: Option<&'b FactSource>,
}

impl<'b> Limit<'b> {
    /// That of the printer, if it has one.
    pub(super) fn new(book: &'b Book) -> Self {
        let printer = book.print.printer.as_deref();
        let fact = printer.and_then(|printer| printer.ink.as_ref());
        Self {
            max: fact.map_or(MAX, |fact| fact.value),
            name: printer.filter(|_| fact.is_some()).map(|printer| &*printer.name),
            source: fact.and_then(|fact| fact.source.as_ref()),
        }
    }
}

/// A finding if a colour of the design has more ink than the printer allows.
pub(super) fn design(book: &Book) -> Option<Finding> {
    let Limit { max: limit, name, source } = Limit::new(book);
    let name = name?;
    let style = &book.design.style;
    let colours: [(&str, Ink); 3] = [
        ("page: { color: … }", style.page.colour),
        ("inks: { text: … }", style.ink),
        ("inks: { secondary: … }", style.secondary),
    ];
    let (key, ink) = colours.into_iter().max_by_key(|(_, ink)| ink.total())?;
    let total = ink.total();
    // Reading the design has found those above.
    if total <= limit || total > MAX {
        return None;
    }
    let message = format!(
        "a colour of the design has {total} % of ink, and {name} accepts at most {limit} %"
    );
    let help = format!("lower the sum of c, m, y and k of {key} in the design");
    let finding = Finding::new(Code::InkTotal, message).help(FactSource::cited(&help, source));
    Some(finding.at(book.design.location.clone()))
}
