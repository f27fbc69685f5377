//! Front matter: frontispiece, dedication and epigraph.

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::pages::{Frontispiece, PageEntry};
use crate::manifest::keys::scalars::{MultiLine, SingleLine, Taken};
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::pages::{self, PageInfo};
use crate::manifest::syntax::de::Spanned;
use crate::markdown;
use crate::model::{Block, CaptionPosition, Entry, Essay, Plate};

/// The entries before the first page.
pub(crate) fn front_matter(
    frontispiece: Key<Frontispiece>,
    dedication: Key<MultiLine>,
    epigraph: Key<MultiLine>,
    context: &mut LowerContext<'_>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Some(Spanned { value: keys, span }) = frontispiece {
        // Unlike on other pages, omitted keys are not read from the metadata.
        let prose = |text: &str| Some(Spanned { value: MultiLine(text.into()), span });
        let page = PageEntry {
            photo: Some(keys.photo),
            caption: keys.caption.or_else(|| prose("")),
            alt: keys.alt,
            credit: keys.credit,
            place: keys.place.or_else(|| Some(Spanned { value: SingleLine(String::new()), span })),
            taken: keys.taken.or(Some(Spanned { value: Taken(None), span })),
            ..PageEntry::default()
        };
        let info = PageInfo { span, has_errors: false };
        let photos = pages::photos(&page, context);
        entries.extend(pages::entries(&page, &photos, info, context).into_iter().filter_map(
            |entry| {
                match entry {
                    // The facing page is the title page, so the caption is below.
                    Entry::Plate(plate) => Some(Entry::Frontispiece(Box::new(Plate {
                        caption_position: CaptionPosition::Below,
                        ..*plate
                    }))),
                    _ => None,
                }
            },
        ));
    }
    if let Some(essay) = dedication.and_then(|text| context.essay(&text)) {
        entries.push(Entry::Dedication(essay));
    }
    if let Some(essay) = epigraph.and_then(|text| context.essay(&text)) {
        let blocks = vec![Block::Epigraph(markdown::epigraph(essay.blocks))];
        entries.push(Entry::Epigraph(Essay { blocks, ..essay }));
    }
    entries
}
