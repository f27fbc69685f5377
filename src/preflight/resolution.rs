//! The resolution of photos at their printed size.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Severity};
use crate::model::{
    Book, Entry, EntryId, FactSource, Item, Location, Pages, Picture, PlacedPicture,
    ResolutionLimits,
};

/// With fewer pixels per inch, a photo looks coarse at arm's length.
const COARSE: u64 = 150;
/// With fewer, it looks soft from close up.
const SOFT: u64 = 225;
/// The resolution that printers ask for.
const RECOMMENDED: u64 = 300;
/// The highest resolution that a press can show.
const MAX_USEFUL: u64 = 600;

/// The resolutions that findings begin at, and who asks for them.
struct Thresholds<'b> {
    coarse: u64,
    soft: u64,
    recommended: u64,
    max: u64,
    /// Who asks for them: `printers ask`.
    who: String,
    /// Where the printer says so; `None` if it does not say it.
    source: Option<&'b FactSource>,
    /// The same for the maximum.
    max_source: Option<&'b FactSource>,
}

impl<'b> Thresholds<'b> {
    /// Those of the printer, where it has its own.
    fn new(book: &'b Book) -> Self {
        let printer = book.print.printer.as_deref();
        let fact = printer.and_then(|printer| printer.resolution.as_ref());
        let limits = fact.map(|it| it.value);
        let source = fact.and_then(|it| it.source.as_ref());
        let ResolutionLimits { min, recommended, max } = limits.unwrap_or_default();
        let soft = min.unwrap_or(SOFT);
        let recommended = recommended.unwrap_or(RECOMMENDED).max(soft);
        let asks = limits.is_some_and(|limits| limits.min.or(limits.recommended).is_some());
        let own = printer.filter(|_| asks).map(|printer| &*printer.name);
        Self {
            coarse: COARSE.min(soft),
            soft,
            recommended,
            max: max.unwrap_or(MAX_USEFUL).max(recommended),
            who: own.map_or("printers ask".to_owned(), |name| format!("{name} asks")),
            source: source.filter(|_| asks),
            max_source: source.filter(|_| max.is_some()),
        }
    }

    fn severity(&self, ppi: u64) -> Option<Severity> {
        if ppi < self.coarse {
            Some(Severity::Error)
        } else if ppi < self.soft {
            Some(Severity::Warning)
        } else {
            (ppi < self.recommended).then_some(Severity::Note)
        }
    }
}

/// Pictures with a side of at most this are not photos but lines, dots or flat colours.
const TINY: u32 = 16;

/// One finding for each photo that has too few pixels, and one for all that have too many.
pub(super) fn photos(book: &Book, pages: &Pages) -> Vec<Finding> {
    let thresholds = Thresholds::new(book);
    let mut findings = Vec::new();
    // If a photo is used more than once, as in a list of plates, its largest size counts.
    let mut lowest: BTreeMap<&str, u64> = BTreeMap::new();
    let mut reported = BTreeSet::new();
    for page in &pages.pages {
        for picture in page.items.iter().filter_map(placed) {
            let pixels = picture.picture.upright();
            let is_tiny = pixels.width <= TINY || pixels.height <= TINY;
            let Some(ppi) = picture.resolution().filter(|_| !is_tiny) else { continue };
            let min = lowest.entry(&picture.picture.name).or_insert(ppi);
            *min = ppi.min(*min);
            // The halves of a spread have the same scale.
            if !reported.insert((page.entry, &picture.picture.name, ppi)) {
                continue;
            }
            if let Some(severity) = thresholds.severity(ppi) {
                let place = page.entry.and_then(|id| location(book, id, &picture.picture));
                let finding = finding(&thresholds, severity, ppi, &picture.picture).at(place);
                findings.push(finding.page(page.folio.to_string()));
            }
        }
    }
    let scaled_to = book.print.max_resolution.unwrap_or(u64::MAX);
    let count = lowest.values().filter(|ppi| scaled_to.min(**ppi) > thresholds.max).count();
    if count > 0 {
        findings.push(too_fine(&thresholds, count));
    }
    let scaled = lowest.values().filter(|ppi| **ppi > scaled_to).count();
    if let Some(severity) = thresholds.severity(scaled_to).filter(|_| scaled > 0) {
        let message = format!(
            "`max-resolution` scales {} down to {scaled_to} pixels per inch",
            if scaled == 1 { "one photo".to_owned() } else { format!("{scaled} photos") }
        );
        let help = format!("{} for {}", thresholds.who, thresholds.recommended);
        let help = FactSource::cited(&help, thresholds.source);
        findings.push(Finding::new(Code::Resolution, message).severity(severity).help(help));
    }
    findings
}

/// Photos with more pixels than a press can show.
fn too_fine(thresholds: &Thresholds<'_>, count: usize) -> Finding {
    let photos = if count == 1 { "photo has" } else { "photos have" };
    let max = thresholds.max;
    let message =
        format!("{count} {photos} more than {max} pixels per inch, more than a press can show");
    let help = format!(
        "nothing is lost, but the print file is larger than necessary; `max-resolution: {max} ppi` \
         under print scales them down"
    );
    let help = FactSource::cited(&help, thresholds.max_source);
    Finding::new(Code::Resolution, message).help(help)
}

fn placed(item: &Item) -> Option<&PlacedPicture> {
    match item {
        Item::Picture(placed) => Some(placed),
        Item::Glyphs(_) | Item::Rule(_) => None,
    }
}

/// The position of a plate in the manifest; a picture in a text has none.
/// Where the manifest has a picture on a page of this entry: it is the entry, or the plate after a
/// title on its page.
fn location(book: &Book, id: EntryId, picture: &Picture) -> Option<Location> {
    let plates = book.entries.iter().skip(id.0).take(2).filter_map(Entry::plate);
    plates.into_iter().find(|plate| plate.picture.path == picture.path)?.location.clone()
}

fn finding(
    thresholds: &Thresholds<'_>,
    severity: Severity,
    ppi: u64,
    picture: &Picture,
) -> Finding {
    let Thresholds { recommended: wanted, who, .. } = thresholds;
    let name = &picture.name;
    let message = format!("{name} has {ppi} pixels per inch at its printed size");
    let pixels = picture.upright();
    let recommended = |pixels: u32| (u64::from(pixels) * wanted).div_ceil(ppi.max(1));
    let [width, height] = [pixels.width, pixels.height].map(recommended);
    let help = match severity {
        Severity::Error => {
            format!("it would look coarse; use a file of {width} × {height} pixels, or omit it")
        }
        _ => format!("a file of {width} × {height} pixels has the {wanted} that {who} for"),
    };
    let help = FactSource::cited(&help, thresholds.source);
    Finding::new(Code::Resolution, message).severity(severity).help(help)
}
