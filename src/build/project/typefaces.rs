//! The typefaces that the colophon names: only those that set text.

use std::collections::BTreeSet;

use crate::manifest::typeface_name;
use crate::model::{Book, Entry, Fallback, FontFile, Fonts, Length, Strings, change_blocks};
use crate::preflight;
use crate::typeset::{Face, Faces, Style};

/// Removes the fallbacks in which no character of the book is set from the colophon that recto wrote.
/// Which ones that are is not known before the fonts are loaded.
pub(super) fn remove_unused(book: &mut Book, faces: &Faces) {
    if !book.has_default_colophon {
        return;
    }
    let files: &[FontFile] = match &book.fonts.fallback {
        Fallback::Files(files) => files,
        Fallback::None | Fallback::System => &[],
    };
    let name_of = |face: &Face| {
        let file = files.iter().find(|file| file.bytes == face.data.as_ref());
        typeface_name(file.map_or(face.name.as_str(), |file| file.name.as_str()))
    };
    let text_styles = &book.design.style.text_styles;
    let styles = [&text_styles.text, &text_styles.caption, &text_styles.title];
    let characters = preflight::characters(book, faces);
    let mut used = BTreeSet::new();
    for style in styles.map(|style| Style::plain(style.face, Length::pt(10))) {
        let faces = characters.iter().filter_map(|c| faces.with_character(*c, &style));
        used.extend(faces.filter(|face| face.family.is_none()).map(name_of));
    }
    let names = files.iter().map(|file| typeface_name(&file.name));
    let unused: BTreeSet<String> = names
        .chain([Fonts::ARABIC, Fonts::HEBREW].map(str::to_owned))
        .filter(|name| !used.contains(name))
        .collect();
    let others = book.translations.iter().map(|it| &it.language);
    let commas: BTreeSet<&str> = std::iter::once(&book.language)
        .chain(others)
        .map(|language| Strings::for_language(language).comma)
        .collect();
    for entry in &mut book.entries {
        let Entry::Colophon(essay) = entry else { continue };
        change_blocks(&mut essay.blocks, &mut |text| {
            for comma in &commas {
                let mut names: Vec<&str> = text.split(comma).collect();
                names.retain(|name| !unused.contains(*name));
                *text = names.join(comma);
            }
        });
    }
}
