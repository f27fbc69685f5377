//! What a printer asks for: the part of a preset that a book is checked against.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Edges, Length, Location};

/// The printer of a book. The default asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Printer {
    /// Its name in messages, such as `Lulu`.
    pub name: String,
    /// The company that prints the book; `None` for a preset that is not one of a company.
    pub company: Option<String>,
    /// Where the manifest names it.
    pub location: Option<Location>,
    /// The keys of `print` that it sets, each with its value.
    pub settings: Vec<String>,
    /// Whether the sizes of its pages are known, so that the trim is compared with them.
    pub has_page_sizes: bool,
    /// The bleed.
    pub bleed: Option<Fact<Edges>>,
    /// The distance of text from the trim.
    pub safe_area: Option<Fact<Edges>>,
    /// What is added to the safe area at the spine, by the number of pages.
    pub gutter: Option<Fact<Vec<PageStep>>>,
    /// The distance of text from the spine, by the number of pages.
    pub inner_margin: Option<Fact<Vec<PageStep>>>,
    /// The numbers of pages that it binds.
    pub pages: Vec<Fact<PageLimits>>,
    /// The resolution of photos.
    pub resolution: Option<Fact<ResolutionLimits>>,
    /// The maximum of the four inks on one spot, in per cent.
    pub ink: Option<Fact<u32>>,
    /// The least sizes of what it prints.
    pub minimums: Option<Fact<Minimums>>,
    /// Whether the print PDF begins with the sheet of the cover.
    pub wants_cover_first: bool,
    /// The maximum size of a file, in bytes.
    pub max_file: Option<Fact<u64>>,
    /// Whether the PDF must have no bookmarks.
    pub forbids_bookmarks: bool,
    /// Its papers.
    pub stocks: Vec<Fact<Stock>>,
    /// Its covers.
    pub covers: Vec<Fact<PrinterCover>>,
}

/// A requirement, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact<T> {
    /// The requirement.
    pub value: T,
    /// Its source; `None` if the file of the printer names none.
    pub source: Option<FactSource>,
}

/// Where a requirement of a printer is from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FactSource {
    /// The page or the people that say so.
    pub place: String,
    /// The month or day when it was read.
    pub date: Option<String>,
    /// How sure it is.
    pub sure: Certainty,
}

impl fmt::Display for FactSource {
    /// `help.lulu.com, 2026-11, vendor`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        self.date.iter().try_for_each(|date| write!(f, ", {date}"))?;
        write!(f, ", {}", self.sure)
    }
}

impl FactSource {
    /// A text with the source of the number that it is about.
    pub fn cited(text: &str, source: Option<&Self>) -> String {
        match source {
            Some(source) => format!("{text} (source: {source})"),
            None => text.to_owned(),
        }
    }
}

/// How sure a requirement of a printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The printer itself says so.
    Vendor,
    /// Measured with the printer's calculator, templates or interface.
    Measured,
    /// Somebody cites the printer.
    Cited,
    /// Old, or at second hand.
    Old,
    /// Common in the trade, and not the number of a printer.
    Common,
    /// Not looked up.
    #[default]
    Unverified,
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vendor => "vendor",
            Self::Measured => "measured",
            Self::Cited => "cited",
            Self::Old => "old",
            Self::Common => "common",
            Self::Unverified => "unverified",
        })
    }
}

/// A width that applies from a number of pages on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageStep {
    /// The number of pages.
    pub pages: u32,
    /// The width.
    pub width: Length,
}

/// The last of these widths that applies to a number of pages.
fn width_at(steps: &[PageStep], pages: usize) -> Option<Length> {
    let applies = |step: &&PageStep| usize::try_from(step.pages).is_ok_and(|from| from <= pages);
    steps.iter().filter(applies).max_by_key(|step| step.pages).map(|step| step.width)
}

/// The binding of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// A soft cover, glued to the block.
    Paperback,
    /// Boards with the printed cover around them.
    Hardcover,
    /// Boards with a dust jacket.
    Jacket,
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Paperback => "paperback",
            Self::Hardcover => "hardcover",
            Self::Jacket => "jacket",
        })
    }
}

/// The numbers of pages that a printer binds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageLimits {
    /// The binding that it is about; `None` for all.
    pub binding: Option<Binding>,
    /// The papers that it is about; empty for all.
    pub stocks: Vec<String>,
    /// The minimum.
    pub min: Option<u32>,
    /// The maximum.
    pub max: Option<u32>,
}

/// The resolutions that a printer asks for, in pixels per inch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ResolutionLimits {
    /// The minimum.
    pub min: Option<u64>,
    /// The recommended resolution.
    pub recommended: Option<u64>,
    /// The maximum.
    pub max: Option<u64>,
}

/// The least sizes of what a printer prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Minimums {
    /// Of type.
    pub type_size: Option<Length>,
    /// Of the width of lines.
    pub line: Option<Length>,
}

/// A paper of a printer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stock {
    /// Its name.
    pub name: String,
    /// How thick a number of pages is; `None` if that is not known.
    pub thickness: Option<Thickness>,
    /// What is added to the thickness of the pages.
    pub plus: Length,
}

/// The thickness of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thickness {
    /// Of a page, which is half a leaf.
    PerPage(Length),
    /// As the number of pages in an inch.
    PagesPerInch(u32),
}

impl Stock {
    /// The thickness of a block of these pages.
    pub fn block(&self, pages: i64) -> Option<Length> {
        let thickness = match self.thickness? {
            Thickness::PerPage(page) => page * pages,
            Thickness::PagesPerInch(count) => Length::pt(72).scale(pages, i64::from(count)),
        };
        Some(thickness + self.plus)
    }
}

/// The rules of a printer for a cover.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PrinterCover {
    /// The binding.
    pub binding: Option<Binding>,
    /// The bleed on all edges of the sheet.
    pub bleed: Option<Length>,
    /// What is turned in around the boards.
    pub wrap: Option<Length>,
    /// The joint between the spine and a board.
    pub hinge: Option<Length>,
    /// How far the boards extend beyond the pages.
    pub overhang: Option<Length>,
    /// How much wider the front is than the pages, with its joint.
    pub board_wider: Option<Length>,
    /// How much higher the front is than the pages.
    pub board_higher: Option<Length>,
    /// The least distance of text from the edge of the cover.
    pub safe_area: Option<Length>,
    /// The number of pages from which the spine has room for text.
    pub spine_text_pages: Option<u32>,
    /// The least distance of text on the spine from its folds.
    pub spine_text_margin: Option<Length>,
    /// What is added to the thickness of the block, if that is known; nothing in a paperback.
    pub spine_plus: Option<Length>,
    /// The widths of the spine by the number of pages, whatever the paper.
    pub spine_widths: Vec<PageStep>,
    /// The width of the field of the barcode.
    pub barcode_width: Option<Length>,
    /// The height of the field of the barcode.
    pub barcode_height: Option<Length>,
    /// The distance of the barcode from the spine and the foot.
    pub barcode_margin: Option<Length>,
}

impl PrinterCover {
    /// What a cover of this binding adds to the thickness of the block: nothing if it is soft and the
    /// printer says nothing. `None` if it has boards whose thickness is not known.
    pub fn added_to_spine(&self, binding: Binding) -> Option<Length> {
        self.spine_plus.or((binding == Binding::Paperback).then_some(Length::ZERO))
    }

    /// The width of the spine of a book of this many pages, if the printer has a table of them.
    pub fn spine_width(&self, pages: usize) -> Option<Length> {
        width_at(&self.spine_widths, pages)
    }
}

/// The width of a spine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpineWidth {
    /// The binding, if it depends on that.
    pub binding: Option<Binding>,
    /// The width.
    pub width: Length,
    /// The source of the formula.
    pub source: Option<FactSource>,
}

impl Printer {
    /// The least width of lines.
    pub fn min_line(&self) -> Option<Length> {
        self.minimums.as_ref().and_then(|fact| fact.value.line)
    }

    /// The least distance of text from each edge of a page, in a book of this many pages.
    pub fn min_margins(&self, pages: usize) -> Edges {
        let safe = self.safe_area.as_ref().map(|fact| fact.value).unwrap_or_default();
        let width = |steps: &Option<Fact<Vec<PageStep>>>| {
            steps.as_ref().and_then(|steps| width_at(&steps.value, pages)).unwrap_or_default()
        };
        let inner = (safe.inner + width(&self.gutter)).max(width(&self.inner_margin));
        Edges { inner, ..safe }
    }

    /// The source of the least distance from an edge.
    pub fn margin_source(&self, inner: bool) -> Option<&FactSource> {
        let of_steps = self.gutter.as_ref().or(self.inner_margin.as_ref()).filter(|_| inner);
        match of_steps {
            Some(fact) => fact.source.as_ref(),
            None => self.safe_area.as_ref().and_then(|fact| fact.source.as_ref()),
        }
    }

    /// The paper with this name.
    pub fn stock(&self, name: &str) -> Option<&Fact<Stock>> {
        self.stocks.iter().find(|stock| stock.value.name == name)
    }

    /// The limits for the number of pages, and their source, for each binding that the printer
    /// distinguishes; those for all bindings if it distinguishes none.
    pub fn page_limits(&self, stock: Option<&str>) -> Vec<(PageLimits, Option<&FactSource>)> {
        let concerned: Vec<_> = self
            .pages
            .iter()
            .filter(|fact| {
                let stocks = &fact.value.stocks;
                stocks.is_empty() || stock.is_some_and(|stock| stocks.iter().any(|it| it == stock))
            })
            .collect();
        let mut bindings: Vec<_> = concerned.iter().filter_map(|fact| fact.value.binding).collect();
        bindings.sort_unstable();
        bindings.dedup();
        let mut bindings: Vec<_> = bindings.into_iter().map(Some).collect();
        if bindings.is_empty() {
            bindings.push(None);
        }
        let limits = bindings.into_iter().map(|binding| {
            let of_binding = concerned
                .iter()
                .filter(|fact| fact.value.binding.is_none() || fact.value.binding == binding);
            let mut limits = PageLimits { binding, stocks: Vec::new(), min: None, max: None };
            let mut source = None;
            for fact in of_binding {
                let PageLimits { min, max, .. } = fact.value;
                limits.min = limits.min.max(min);
                limits.max = limits.max.into_iter().chain(max).min();
                if min.is_some() || max.is_some() {
                    source = fact.source.as_ref();
                }
            }
            (limits, source)
        });
        limits.collect()
    }

    /// The rules for covers of this binding.
    pub fn cover(&self, binding: Binding) -> Option<&Fact<PrinterCover>> {
        let own = self.covers.iter().find(|cover| cover.value.binding == Some(binding));
        own.or_else(|| self.covers.iter().find(|cover| cover.value.binding.is_none()))
    }

    /// The widths of the spine of a book of this many pages on this paper, for each binding; none
    /// if they are not known.
    pub fn spines(&self, stock: &str, pages: usize) -> Vec<SpineWidth> {
        let Some(Fact { value: stock, source }) = self.stock(stock) else { return Vec::new() };
        let block = stock.block(i64::try_from(pages).unwrap_or(i64::MAX));
        let of_cover = |Fact { value: cover, source: own }: &Fact<PrinterCover>| {
            let (width, source) = if let Some(width) = cover.spine_width(pages) {
                (width, own)
            } else {
                let binding = cover.binding.unwrap_or(Binding::Paperback);
                (block? + cover.added_to_spine(binding)?, source)
            };
            Some(SpineWidth { binding: cover.binding, width, source: source.clone() })
        };
        if self.covers.is_empty() {
            let width = block.into_iter();
            return width
                .map(|width| SpineWidth { binding: None, width, source: source.clone() })
                .collect();
        }
        self.covers.iter().filter_map(of_cover).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact<T>(value: T) -> Fact<T> {
        Fact { value, source: None }
    }

    fn printer() -> Printer {
        let safe_area = Some(fact(Edges::all(Length::mm(10))));
        Printer { name: "P".into(), safe_area, ..Printer::default() }
    }

    #[test]
    fn a_gutter_is_added_and_an_inner_margin_is_not() {
        let steps = || {
            let step = |pages, mm| PageStep { pages, width: Length::mm(mm) };
            Some(fact(vec![step(1, 2), step(100, 15)]))
        };
        let inner = |printer: Printer, pages| printer.min_margins(pages).inner;
        let gutter = || Printer { gutter: steps(), ..printer() };
        assert_eq!(inner(gutter(), 99), Length::mm(12));
        assert_eq!(inner(gutter(), 100), Length::mm(25));
        let margin = || Printer { inner_margin: steps(), ..printer() };
        assert_eq!(inner(margin(), 99), Length::mm(10));
        assert_eq!(inner(margin(), 100), Length::mm(15));
    }

    #[test]
    fn the_limits_of_a_paper_narrow_those_of_all() {
        let limits = |binding, stocks: &[&str], min, max| {
            let stocks = stocks.iter().map(|stock| (*stock).to_owned()).collect();
            fact(PageLimits { binding, stocks, min, max })
        };
        let pages = vec![
            limits(Some(Binding::Paperback), &[], Some(24), Some(800)),
            limits(Some(Binding::Hardcover), &[], None, Some(500)),
            limits(None, &["thick"], None, Some(300)),
        ];
        let printer = Printer { pages, ..printer() };
        let ranges = |stock| -> Vec<_> {
            let limits = printer.page_limits(stock).into_iter();
            limits.map(|(limits, _)| (limits.min, limits.max)).collect()
        };
        assert_eq!(ranges(None), [(Some(24), Some(800)), (None, Some(500))]);
        assert_eq!(ranges(Some("thick")), [(Some(24), Some(300)), (None, Some(300))]);
    }

    #[test]
    fn a_spine_follows_the_paper_or_a_table() {
        let stock = |name: &str, thickness| {
            fact(Stock { name: name.into(), thickness, plus: Length::mm(1) })
        };
        let cover = |binding, spine_plus, spine_widths| {
            let binding = Some(binding);
            fact(PrinterCover { binding, spine_plus, spine_widths, ..PrinterCover::default() })
        };
        let table = vec![PageStep { pages: 200, width: Length::mm(20) }];
        let printer = Printer {
            stocks: vec![
                stock("thin", Some(Thickness::PerPage(Length::mm(1).scale(1, 10)))),
                stock("inch", Some(Thickness::PagesPerInch(254))),
                stock("unknown", None),
            ],
            covers: vec![
                cover(Binding::Paperback, None, Vec::new()),
                cover(Binding::Hardcover, Some(Length::mm(4)), table),
                cover(Binding::Jacket, None, Vec::new()),
            ],
            ..printer()
        };
        let widths = |stock, pages| -> Vec<_> {
            printer.spines(stock, pages).into_iter().map(|spine| spine.width).collect()
        };
        assert_eq!(widths("thin", 100), [Length::mm(11), Length::mm(15)]);
        assert_eq!(widths("inch", 100), [Length::mm(11), Length::mm(15)]);
        assert_eq!(widths("thin", 200), [Length::mm(21), Length::mm(20)]);
        assert_eq!(widths("unknown", 100), []);
        assert_eq!(widths("unknown", 200), [Length::mm(20)]);
    }
}
