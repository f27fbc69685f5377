//! Front and back matter: frontispiece, dedication, epigraph and colophon.

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::pages::{Frontispiece, PageEntry};
use crate::manifest::keys::scalars::{MultiLine, SingleLine, Taken};
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::pages::{self, PageInfo};
use crate::manifest::syntax::de::Spanned;
use crate::markdown;
use crate::model::{
    Block, CaptionPosition, Entry, Essay, Fallback, Family, Fonts, Inline, PageStyle, Plate, Print,
    Strings,
};

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

/// The colophon: the text of the manifest, or a default one.
pub(crate) fn colophon(
    key: Key<MultiLine>,
    print: &Print,
    fonts: &Fonts,
    style: &PageStyle,
    context: &mut LowerContext<'_>,
) -> Option<Entry> {
    let key = key?;
    let essay = match key.value.0.as_str() {
        "false" => return None,
        "true" => {
            let strings = Strings::for_language(&context.language);
            Essay { blocks: default_colophon(print, fonts, style, strings), ..Essay::default() }
        }
        _ => context.essay(&key)?,
    };
    Some(Entry::Colophon(essay))
}

/// The default colophon: typefaces, paper, printer and software, each below the word for it.
fn default_colophon(
    print: &Print,
    fonts: &Fonts,
    style: &PageStyle,
    strings: &Strings,
) -> Vec<Block> {
    let styles = style.text_styles;
    let mut families: Vec<String> = Vec::new();
    for face in [styles.text.face, styles.caption.face, styles.title.face] {
        let (own, bundled) = match face {
            Family::Serif => (&fonts.serif, "Source Serif 4"),
            Family::Sans => (&fonts.sans, "Source Sans 3"),
            Family::Mono => (&fonts.mono, "Source Code Pro"),
        };
        let family = own.first().map_or(bundled.to_owned(), |file| family_name(&file.name));
        if !families.contains(&family) {
            families.push(family);
        }
    }
    if let Fallback::Files(files) = &fonts.fallback {
        let others = files.iter().map(|file| family_name(&file.name));
        families.extend(others.filter(|family| !family.is_empty()));
        families.dedup();
    }
    let stock = print.paper.as_ref().and_then(|paper| paper.stock.clone());
    let facts = [
        (strings.typefaces, Some(families.join(strings.comma))),
        (strings.paper, stock),
        (strings.printer, print.printer.as_ref().and_then(|printer| printer.company.clone())),
    ];
    let facts = facts.into_iter().filter_map(|(what, fact)| fact.map(|fact| (what, fact)));
    let mut groups: Vec<Block> = facts
        .map(|(what, fact)| {
            let what = Inline::Emphasis(vec![Inline::Text(what.to_owned())]);
            Block::Paragraph(vec![what, Inline::LineBreak, Inline::Text(fact)])
        })
        .collect();
    let software = strings.made_with.replace("{}", concat!("recto ", env!("CARGO_PKG_VERSION")));
    groups.push(Block::Paragraph(vec![Inline::Text(software)]));
    groups
}

/// The family name of a font file: `fonts/MySerif-Regular.otf` is My Serif.
fn family_name(name: &str) -> String {
    let leaf = name.rsplit('/').next().unwrap_or(name);
    let stem = leaf.split(['-', '.']).next().unwrap_or(leaf);
    let mut family = String::new();
    for c in stem.chars() {
        if c.is_uppercase() && family.ends_with(char::is_lowercase) {
            family.push(' ');
        }
        family.push(if c == '_' { ' ' } else { c });
    }
    family
}
