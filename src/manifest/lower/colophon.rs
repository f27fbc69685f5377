//! The colophon, and the typefaces that it names.

use std::collections::BTreeSet;

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::scalars::MultiLine;
use crate::manifest::lower::context::LowerContext;
use crate::manifest::syntax::de::Spanned;
use crate::model::{
    Block, Entry, Essay, Fallback, Family, Fonts, Inline, Language, PageStyle, ParagraphText,
    Print, Strings, paragraphs, plain_text,
};

/// The colophon: the text of the manifest, or a default one.
pub(crate) fn colophon(
    key: Key<MultiLine>,
    print: &Print,
    fonts: &Fonts,
    style: &PageStyle,
    entries: &[Entry],
    context: &mut LowerContext<'_>,
) -> Option<Entry> {
    let key = key?;
    let essay = match key.value.0.as_str() {
        "false" => return None,
        "true" => {
            let families = families(fonts, style, &context.language, entries);
            Essay {
                blocks: default_colophon(print, &families, &context.language),
                ..Essay::default()
            }
        }
        _ => context.essay(&key)?,
    };
    Some(Entry::Colophon(essay))
}

/// Whether the manifest asks for the default colophon.
pub(crate) fn is_default(key: Option<&Spanned<MultiLine>>) -> bool {
    key.is_some_and(|key| key.value.0 == "true")
}

/// The default colophon: typefaces, paper, printer and software, each below the word for it.
fn default_colophon(print: &Print, families: &[String], language: &Language) -> Vec<Block> {
    let strings = Strings::for_language(language);
    // Marks beside the characters, which are emphasis there, are none for a label.
    let label = if language.is_east_asian() { Inline::Strong } else { Inline::Emphasis };
    let stock = print.paper.as_ref().and_then(|paper| paper.stock.clone());
    let facts = [
        (strings.typefaces, Some(families.join(strings.comma))),
        (strings.paper, stock),
        (strings.printer, print.printer.as_ref().and_then(|printer| printer.company.clone())),
    ];
    let facts = facts.into_iter().filter_map(|(what, fact)| fact.map(|fact| (what, fact)));
    let mut groups: Vec<Block> = facts
        .map(|(what, fact)| {
            let what = label(vec![Inline::Text(what.to_owned())]);
            Block::Paragraph(vec![what, Inline::LineBreak, Inline::Text(fact)])
        })
        .collect();
    let software = strings.made_with.replace("{}", "recto");
    groups.push(Block::Paragraph(vec![Inline::Text(software)]));
    groups
}

/// The families of the typefaces, each once, and first that of the text. Those that turn out to set
/// nothing are removed when the fonts are loaded.
fn families(
    fonts: &Fonts,
    style: &PageStyle,
    language: &Language,
    entries: &[Entry],
) -> Vec<String> {
    let styles = style.text_styles;
    let mut families: Vec<String> = Vec::new();
    for face in [styles.text.face, styles.caption.face, styles.title.face] {
        let (own, bundled) = match face {
            Family::Serif => (&fonts.serif, "Source Serif 4"),
            Family::Sans => (&fonts.sans, "Source Sans 3"),
            Family::Mono => (&fonts.mono, "Source Code Pro"),
        };
        families.push(own.first().map_or(bundled.to_owned(), |file| typeface_name(&file.name)));
    }
    let has_own = !fonts.serif.is_empty() || !fonts.sans.is_empty();
    let others = match &fonts.fallback {
        Fallback::Files(files) => files.iter().map(|file| typeface_name(&file.name)).collect(),
        Fallback::None | Fallback::System => Vec::new(),
    };
    // The bundled families have no letters of these languages, which others set.
    let of_text: Vec<String> = match language.primary().as_str() {
        _ if has_own => Vec::new(),
        "ko" | "ja" | "zh" => others.clone(),
        "he" | "yi" => [others.clone(), vec![Fonts::HEBREW.to_owned()]].concat(),
        _ if language.is_right_to_left() => {
            [others.clone(), vec![Fonts::ARABIC.to_owned()]].concat()
        }
        _ => Vec::new(),
    };
    families.splice(0..0, of_text);
    if entries.iter().any(has_other_letters) {
        families.extend(others);
    }
    let mut named = BTreeSet::new();
    families.retain(|family| !family.is_empty() && named.insert(family.clone()));
    families
}

/// Whether the texts of an entry have letters or signs that the bundled families lack.
fn has_other_letters(entry: &Entry) -> bool {
    let is_other = |c: char| {
        matches!(u32::from(c), 0x0700..=0x1DFF | 0x2600..=0x27BF | 0x2E80..=0xA63F
            | 0xA960..=0xFAFF | 0x1_0000..)
    };
    let is_in = |content: &[Inline]| plain_text(content).contains(is_other);
    let mut found = false;
    let mut visit = |text: ParagraphText<'_>| {
        found |= match text {
            ParagraphText::Inlines(content) => is_in(content),
            ParagraphText::Code(code) => code.contains(is_other),
        };
    };
    match entry {
        Entry::Plate(plate) | Entry::Frontispiece(plate) => {
            let of_plate = [&plate.place, &plate.credit].into_iter().flatten();
            let translated = plate.translations.iter();
            return is_in(&plate.caption)
                || translated.into_iter().any(|it| is_in(&it.caption))
                || of_plate.into_iter().any(|text| text.contains(is_other));
        }
        Entry::Part(chapter) | Entry::Chapter(chapter) => {
            let translated = chapter.translations.iter().any(|it| is_in(&it.title));
            if is_in(&chapter.title) || translated {
                return true;
            }
            paragraphs(&chapter.intro, &mut visit);
        }
        Entry::Essay(essay)
        | Entry::Dedication(essay)
        | Entry::Epigraph(essay)
        | Entry::Colophon(essay) => paragraphs(&essay.blocks, &mut visit),
        Entry::Blank(_) => {}
    }
    found
}

/// The ends of the names of font files that say which face of a family they are.
const FACES: [&str; 9] =
    ["Regular", "ExtraBold", "SemiBold", "Semibold", "Bold", "Light", "Medium", "Italic", "It"];

/// The family name of a font file, or of a face by its PostScript name: `fonts/MySerif-Regular.otf`
/// and `fonts/MySerifBold.otf` are My Serif.
pub(crate) fn typeface_name(name: &str) -> String {
    let leaf = name.rsplit('/').next().unwrap_or(name);
    let mut stem = leaf.split(['-', '.']).next().unwrap_or(leaf);
    let without_face = |stem: &'_ str| {
        let length = FACES.iter().find_map(|face| Some(stem.strip_suffix(face)?.len()))?;
        (length > 0).then_some(length)
    };
    while let Some(length) = without_face(stem) {
        stem = stem[..length].trim_end_matches('_');
    }
    let mut family = String::new();
    for c in stem.chars() {
        if c.is_uppercase() && family.ends_with(char::is_lowercase) {
            family.push(' ');
        }
        family.push(if c == '_' { ' ' } else { c });
    }
    family
}
