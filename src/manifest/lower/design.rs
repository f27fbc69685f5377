//! The design of a book: a bundled one by its name, or a file of the user's that names
//! what it does otherwise than the one that it is `like`.

use crate::finding::{Code, Finding};
use crate::manifest::designs::{file, names};
use crate::manifest::keys::scalars::Line;
use crate::manifest::lower::context::Reading;
use crate::manifest::lower::files;
use crate::manifest::syntax::de::{self, Spanned};
use crate::manifest::syntax::source::{Place, Source};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml;
use crate::model::{Design, Ink, PageStyle, TextStyle};

use crate::manifest::keys::design::{
    Align, Colour, DesignKeys, InkName, NamesName, NumbersName, TextStyleKeys,
};

/// The design that the manifest names; the classic one where it names none, or none that
/// can be had.
pub(crate) fn read(key: Option<Spanned<Line>>, reading: &mut Reading<'_>) -> Design {
    let Some(name) = key else { return Design::default() };
    let Spanned { value: Line(value), place } = name;
    let location = Some(reading.source.at(place));
    if let Some(look) = bundled(&value) {
        return Design { name: value, location, look };
    }
    if !value.contains(['.', '/']) {
        let message = format!("there is no design `{value}`");
        reading.find(place, Finding::new(Code::UnknownValue, message).help(ways_out(&value)));
        return Design::default();
    }
    let look = match files::text(&files::path(reading.base, &value)) {
        Ok((source, fault)) => {
            let look = match fault {
                Some(fault) => {
                    reading.findings.push(fault);
                    None
                }
                None => parse(&source, &mut reading.findings),
            };
            reading.sources.insert(source.file, source.text);
            look
        }
        Err(fault) => {
            let name = Spanned { value: value.clone(), place };
            reading.find_missing(Code::DesignMissing, &name, &fault);
            None
        }
    };
    Design { name: value, location, look: look.unwrap_or(PageStyle::CLASSIC) }
}

/// The bundled design that was probably meant, or all of them.
fn ways_out(name: &str) -> String {
    let names = names();
    match suggest::nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    }
}

/// A bundled design. A test reads them all, so a fault in one is none of the user's.
fn bundled(name: &str) -> Option<PageStyle> {
    let text = file(name)?.to_owned();
    parse(&Source { file: name.into(), text }, &mut Vec::new())
}

/// The design in a file; what is wrong with it is found, and what it does not say is as in
/// the one that it is like.
fn parse(source: &Source, findings: &mut Vec<Finding>) -> Option<PageStyle> {
    let mut root = yaml::parse(source, findings)?;
    if matches!(root.value, yaml::Value::Null) {
        let finding = Finding::new(Code::DesignEmpty, "this design says nothing");
        findings.push(finding.at(source.at(Place::START)));
        return None;
    }
    let keys = de::gather::<DesignKeys>(&mut root, source, findings)?;
    let base = keys.like.as_ref().and_then(|like| {
        let look = bundled(&like.value.0);
        if look.is_none() {
            let message = format!("there is no bundled design `{}`", like.value.0);
            let finding = Finding::new(Code::UnknownValue, message).help(ways_out(&like.value.0));
            findings.push(finding.at(source.at(like.place)));
        }
        look
    });
    let base = base.unwrap_or(PageStyle::CLASSIC);
    too_much_ink(&keys, source, findings);
    let look = over(&base, keys);
    let margins = look.leaf.margins;
    if margins.inner + margins.outer > 800 || margins.top + margins.bottom > 800 {
        let message = "the margins leave no room on the page";
        let place = root.get("page").and_then(|page| page.get("margins"));
        let place = place.map_or(Place::START, |margins| margins.place);
        findings.push(
            Finding::new(Code::MarginsTooWide, message)
                .at(source.at(place))
                .help("two opposite margins may take 80 % of the page together"),
        );
        return None;
    }
    Some(look)
}

/// More ink than paper takes does not dry (ISO 12647-2, 4.3.2.4: 300 % for coated paper).
fn too_much_ink(keys: &DesignKeys, source: &Source, findings: &mut Vec<Finding>) {
    const MOST: u32 = 300;
    let page = keys.page.as_ref().and_then(|page| page.value.color.as_ref());
    let inks = keys.inks.as_ref().map(|inks| [&inks.value.text, &inks.value.secondary]);
    let inks = inks.into_iter().flatten().filter_map(Option::as_ref);
    for colour in page.into_iter().chain(inks) {
        let Ink { c, m, y, k } = ink(colour.value.clone());
        let total: u32 = [c, m, y, k].map(u32::from).iter().sum();
        if total > MOST {
            let message = format!("{total} % of ink is more than paper takes");
            findings.push(
                Finding::new(Code::InkTotal, message)
                    .at(source.at(colour.place))
                    .help(format!("stay below {MOST} % in all; deep black is c 40, k 100")),
            );
        }
    }
}

/// The design with what these keys say otherwise.
fn over(base: &PageStyle, keys: DesignKeys) -> PageStyle {
    let mut look = *base;
    if let Some(Spanned { value: types, .. }) = keys.r#type {
        let voices = &mut look.voices;
        for (voice, said) in [
            (&mut voices.text, types.text),
            (&mut voices.heading, types.heading),
            (&mut voices.caption, types.caption),
            (&mut voices.credit, types.credit),
            (&mut voices.folio, types.folio),
            (&mut voices.title, types.title),
            (&mut voices.subtitle, types.subtitle),
            (&mut voices.chapter, types.chapter),
            (&mut voices.half_title, types.half_title),
        ] {
            if let Some(said) = said {
                *voice = over_voice(*voice, said.value);
            }
        }
    }
    if let Some(Spanned { value: page, .. }) = keys.page {
        let leaf = &mut look.leaf;
        if let Some(Spanned { value: margins, .. }) = page.margins {
            for (share, said) in [
                (&mut leaf.margins.top, margins.top),
                (&mut leaf.margins.bottom, margins.bottom),
                (&mut leaf.margins.inner, margins.inner),
                (&mut leaf.margins.outer, margins.outer),
            ] {
                put(share, said.map(|said| said.value.0));
            }
        }
        put(&mut leaf.measure, page.measure.map(|said| said.value.0));
        put(&mut leaf.column, page.column.map(|said| said.value.0));
        put(&mut leaf.sink, page.sink.map(|said| said.value.0));
        put(&mut leaf.colour, page.color.map(|said| ink(said.value)));
    }
    if let Some(Spanned { value: inks, .. }) = keys.inks {
        put(&mut look.ink, inks.text.map(|said| ink(said.value)));
        put(&mut look.secondary, inks.secondary.map(|said| ink(said.value)));
    }
    put(&mut look.justified, keys.text.map(|said| said.value == Align::Justified));
    if let Some(Spanned { value: titles, .. }) = keys.titles {
        put(&mut look.titles.align, titles.align.map(|said| said.value));
        let names = titles.names.map(|said| said.value == NamesName::Foot);
        put(&mut look.titles.names_at_foot, names);
    }
    if let Some(Spanned { value: plates, .. }) = keys.plates {
        put(&mut look.plates.share, plates.share.map(|said| said.value.0));
        put(&mut look.plates.highest, plates.height.map(|said| said.value.0));
        put(&mut look.plates.place, plates.place.map(|said| said.value));
        let numbered = plates.numbers.map(|said| said.value == NumbersName::Captions);
        put(&mut look.plates.numbered, numbered);
    }
    put(&mut look.captions, keys.captions.map(|said| said.value));
    put(&mut look.folios, keys.folios.map(|said| said.value));
    look
}

fn over_voice(base: TextStyle, keys: TextStyleKeys) -> TextStyle {
    let mut voice = base;
    put(&mut voice.face, keys.face.map(|said| said.value));
    put(&mut voice.slant, keys.slant.map(|said| said.value));
    put(&mut voice.weight, keys.weight.map(|said| said.value));
    put(&mut voice.size, keys.size.map(|said| said.value.0));
    put(&mut voice.leading, keys.leading.map(|said| said.value.0));
    put(&mut voice.tracking, keys.tracking.map(|said| said.value.0));
    put(&mut voice.capitals, keys.capitals.map(|said| said.value));
    put(&mut voice.figures, keys.figures.map(|said| said.value));
    put(&mut voice.secondary, keys.ink.map(|said| said.value == InkName::Secondary));
    voice
}

fn put<T>(value: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *value = said;
    }
}

fn ink(colour: Colour) -> Ink {
    let share = |key: crate::manifest::keys::forms::Key<
        crate::manifest::keys::design_scalars::InkShare,
    >| key.map_or(0, |key| key.value.0);
    match colour {
        Colour::Paper(_) => Ink::PAPER,
        Colour::Inks(inks) => {
            Ink { c: share(inks.c), m: share(inks.m), y: share(inks.y), k: share(inks.k) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Figures;

    /// A look in which everything is otherwise than in any design.
    fn strange() -> PageStyle {
        let voice = TextStyle {
            size: crate::model::Length::pt(99),
            leading: crate::model::Length::pt(98),
            tracking: 77,
            figures: Figures::LiningTabular,
            ..PageStyle::CLASSIC.voices.text
        };
        let strange = crate::model::Shares { top: 1, bottom: 2, inner: 3, outer: 4 };
        let mut look = PageStyle::CLASSIC;
        let voices = &mut look.voices;
        for voice_of in [
            &mut voices.text,
            &mut voices.heading,
            &mut voices.caption,
            &mut voices.credit,
            &mut voices.folio,
            &mut voices.title,
            &mut voices.subtitle,
            &mut voices.chapter,
            &mut voices.half_title,
        ] {
            *voice_of = voice;
        }
        look.leaf.margins = strange;
        look
    }

    fn read(name: &str, base: &PageStyle) -> PageStyle {
        let source = Source { file: name.into(), text: file(name).unwrap().to_owned() };
        let mut findings = Vec::new();
        let mut root = yaml::parse(&source, &mut findings).unwrap();
        let keys = de::gather::<DesignKeys>(&mut root, &source, &mut findings).unwrap();
        assert_eq!(findings, [], "{name}");
        over(base, keys)
    }

    #[test]
    fn every_bundled_design_is_whole() {
        for name in names() {
            assert_eq!(read(name, &strange()), read(name, &PageStyle::CLASSIC), "{name}");
        }
    }

    #[test]
    fn the_classic_file_says_what_the_default_is() {
        assert_eq!(read("classic", &strange()), PageStyle::CLASSIC);
    }
}
