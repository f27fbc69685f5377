//! The cover: its photo, its back and flaps, and how it is bound.

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::Key;
use crate::manifest::keys::manifest::CoverKeys;
use crate::manifest::keys::print::{BarcodeKey, BarcodeMode, PrintCoverKeys};
use crate::manifest::keys::scalars::{Measure, MultiLine};
use crate::manifest::lower::context::{LowerContext, ProbedPicture};
use crate::manifest::lower::pages;
use crate::manifest::lower::values::value;
use crate::manifest::syntax::de::Spanned;
use crate::model::{
    Barcode, Binding, Block, Cover, CoverBack, CoverFlaps, CoverSettings, Entry, Identifier,
    Length, Size,
};

/// The front, the back and the flaps.
pub(crate) struct CoverContent {
    pub(crate) front: Cover,
    pub(crate) back: CoverBack,
    pub(crate) flaps: CoverFlaps,
}

impl Default for CoverContent {
    fn default() -> Self {
        Self { front: Cover::Typographic, back: CoverBack::default(), flaps: CoverFlaps::default() }
    }
}

/// What is on the cover.
pub(crate) fn content(
    key: Key<CoverKeys>,
    entries: &[Entry],
    context: &mut LowerContext<'_>,
) -> CoverContent {
    let Some(Spanned { value: mut keys, .. }) = key else { return CoverContent::default() };
    let back = value(keys.back.take()).map(|back| CoverBack {
        text: text(back.text, context),
        photo: back.photo.and_then(|photo| {
            let ProbedPicture { picture, .. } = context.picture(&photo.map(|name| name.0))?;
            Some(Box::new(picture))
        }),
    });
    let flaps = value(keys.flaps.take()).map(|flaps| CoverFlaps {
        front: text(flaps.front, context),
        back: text(flaps.back, context),
    });
    CoverContent {
        front: front(keys, entries, context).unwrap_or(Cover::Typographic),
        back: back.unwrap_or_default(),
        flaps: flaps.unwrap_or_default(),
    }
}

/// The front. Without an alt text or a focus of its own, the photo has that of the plate with the
/// same photo.
fn front(keys: CoverKeys, entries: &[Entry], context: &mut LowerContext<'_>) -> Option<Cover> {
    let photo = keys.photo?.map(|name| name.0);
    let own_alt = keys.alt.and_then(|alt| pages::alt(&alt, context));
    let ProbedPicture { picture, candidates } = context.picture(&photo)?;
    let mut plates = entries.iter().filter_map(Entry::plate);
    let plate = plates.find(|plate| plate.picture.path == picture.path);
    let alt = own_alt.or_else(|| match plate {
        Some(plate) => plate.alt.clone(),
        None => pages::metadata_alt(&candidates, &photo, context),
    });
    // A plate without alt text has been reported already.
    if alt.is_none() && plate.is_none() {
        let message = format!("{} has no alt text", photo.value);
        let finding = Finding::new(Code::AltMissing, message).help(pages::ALT_HELP);
        context.report(photo.span, finding);
    }
    let own_focus = keys.focus.map(|focus| focus.value.0);
    let focus = own_focus.or_else(|| plate.and_then(|plate| plate.focus));
    Some(Cover::Photo { picture: Box::new(picture), alt, focus })
}

fn text(key: Key<MultiLine>, context: &mut LowerContext<'_>) -> Vec<Block> {
    key.and_then(|text| context.essay(&text)).map(|essay| essay.blocks).unwrap_or_default()
}

/// How the printed cover is bound.
pub(crate) fn settings(
    key: Key<PrintCoverKeys>,
    trim: Size,
    context: &mut LowerContext<'_>,
) -> Option<CoverSettings> {
    let Spanned { value: keys, span } = key?;
    let location = Some(context.source.at(span));
    let binding = value(keys.binding).unwrap_or(Binding::Paperback);
    let mut length = |key: Key<Measure>, name: &str, least: Length, limit: Length| {
        let Spanned { value: Measure(length), span } = key?;
        let (fault, help) = if length > limit {
            ("large", format!("the limit is {limit}"))
        } else if length < least {
            ("narrow", format!("a {name} is at least {least} wide"))
        } else {
            return Some(length);
        };
        let message = format!("a {name} of {length} is too {fault}");
        context.report(span, Finding::new(Code::WrongValue, message).help(help));
        None
    };
    let spine = length(keys.spine, "spine", Length::ZERO, Length::mm(120));
    let wrap = length(keys.wrap, "wrap", Length::ZERO, Length::mm(60));
    let hinge = length(keys.hinge, "hinge", Length::ZERO, Length::mm(30));
    let flap = length(keys.flap, "flap", Length::mm(30), trim.width);
    let panel = keys.panel.and_then(|Spanned { value: panel, span }| {
        let size = panel.0;
        let more = Length::mm(40);
        let fits = |panel: Length, page: Length| panel + more >= page && panel <= page + more;
        if fits(size.width, trim.width) && fits(size.height, trim.height) {
            return Some(size);
        }
        let message = format!("a panel of {size} does not fit pages of {trim}");
        let finding = Finding::new(Code::WrongValue, message)
            .help("a panel is the front alone, at most 40 mm larger or smaller than a page");
        context.report(span, finding);
        None
    });
    let barcode = match value(keys.barcode) {
        None | Some(BarcodeKey::Mode(BarcodeMode::Auto)) => Barcode::Auto,
        Some(BarcodeKey::Mode(BarcodeMode::None)) => Barcode::None,
        Some(BarcodeKey::Keys(keys)) => Barcode::Isbn {
            isbn: keys.isbn.and_then(|Spanned { value, span }| {
                if let Identifier::Isbn(digits) = value.0 {
                    Some(digits)
                } else {
                    let finding = Finding::new(Code::WrongValue, "this is not an ISBN")
                        .help("write the 13 digits on the back of the book: 978-0-306-40615-7");
                    context.report(span, finding);
                    None
                }
            }),
            price: keys.price.map(|price| price.value.0),
        },
    };
    Some(CoverSettings { binding, spine, panel, wrap, hinge, flap, barcode, location })
}
