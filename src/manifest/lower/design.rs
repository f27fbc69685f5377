//! The design of a book: a bundled one by name, or a design file that overrides the one under
//! `like`.

use crate::finding::{Code, Finding};
use crate::manifest::designs::{file, names};
use crate::manifest::keys::scalars::SingleLine;
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::files;
use crate::manifest::syntax::de::{self, Spanned};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml;
use crate::model::{Design, Family, Ink, Language, PageStyle, TextStyle};

use crate::manifest::keys::design::{
    AlignName, Colour, DesignKeys, Endpapers, InkName, NamesName, NumbersName, RulesName,
    TextStyleKeys, TitlePlaceName, TranslationFace,
};

/// The design that the manifest names. The classic design if it names none or the design cannot
/// be read.
pub(crate) fn read(key: Option<Spanned<SingleLine>>, context: &mut LowerContext<'_>) -> Design {
    let language = context.language.clone();
    let classic =
        || Design { style: PageStyle::CLASSIC.for_language(&language), ..Design::default() };
    let Some(name) = key else { return classic() };
    let Spanned { value: SingleLine(value), span } = name;
    let location = Some(context.source.at(span));
    if let Some(page_style) = bundled(&value) {
        return Design { name: value, location, style: page_style.for_language(&language) };
    }
    if !value.contains(['.', '/']) {
        let message = format!("unknown design `{value}`");
        context.report(span, Finding::new(Code::UnknownValue, message).help(suggestion(&value)));
        return classic();
    }
    let page_style =
        match files::text(&files::path(context.base, &value), files::MAX_TEXT, context.confinement)
        {
            Ok((source, error)) => {
                let page_style = match error {
                    Some(error) => {
                        context.findings.push(error);
                        None
                    }
                    None => parse(&source, &language, &mut context.findings),
                };
                context.sources.insert(source.file, source.text);
                page_style
            }
            Err(error) => {
                let name = Spanned { value: value.clone(), span };
                context.report_file(Code::DesignMissing, &name, &error);
                None
            }
        };
    Design { name: value, location, style: page_style.unwrap_or_else(|| classic().style) }
}

/// A bundled design with a similar name, or all of them.
fn suggestion(name: &str) -> String {
    let names = names();
    match suggest::nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("valid designs: {}", names.join(", ")),
    }
}

/// A bundled design. Tests verify that they have no errors.
fn bundled(name: &str) -> Option<PageStyle> {
    let text = file(name)?.to_owned();
    let source = SourceFile { file: name.into(), text };
    parse(&source, &Language::default(), &mut Vec::new())
}

/// Parses a design file. Omitted keys are as in the design under `like`, for this language.
fn parse(
    source: &SourceFile,
    language: &Language,
    findings: &mut Vec<Finding>,
) -> Option<PageStyle> {
    let mut root = yaml::parse(source, findings)?;
    if matches!(root.value, yaml::Value::Null) {
        let finding = Finding::new(Code::DesignEmpty, "the design file is empty");
        findings.push(finding.at(source.at(SourceSpan::START)));
        return None;
    }
    let keys = de::read::<DesignKeys>(&mut root, source, findings)?;
    let base = keys.like.as_ref().and_then(|like| {
        let page_style = bundled(&like.value.0);
        if page_style.is_none() {
            let message = format!("unknown bundled design `{}`", like.value.0);
            let finding = Finding::new(Code::UnknownValue, message).help(suggestion(&like.value.0));
            findings.push(finding.at(source.at(like.span)));
        }
        page_style
    });
    let base = base.unwrap_or(PageStyle::CLASSIC).for_language(language);
    check_ink_totals(&keys, source, findings);
    check_plate_shares(&keys, source, findings);
    check_page_shares(&keys, source, findings);
    let page_style = apply(&base, keys);
    let margins = page_style.page.margins;
    if margins.inner + margins.outer > 800 || margins.top + margins.bottom > 800 {
        let message = "the margins leave no space on the page";
        let span = root.get("page").and_then(|page| page.get("margins"));
        let span = span.map_or(SourceSpan::START, |margins| margins.span);
        findings.push(
            Finding::new(Code::MarginsTooWide, message)
                .at(source.at(span))
                .help("opposite margins can take at most 80 % of the page together"),
        );
        return None;
    }
    Some(page_style)
}

/// Checks that the inks of the design can dry.
fn check_ink_totals(keys: &DesignKeys, source: &SourceFile, findings: &mut Vec<Finding>) {
    let page = keys.page.as_ref().and_then(|page| page.value.color.as_ref());
    let inks = keys.inks.as_ref().map(|inks| [&inks.value.text, &inks.value.secondary]);
    let inks = inks.into_iter().flatten().filter_map(Option::as_ref);
    for colour in page.into_iter().chain(inks) {
        findings.extend(
            too_much_ink(ink(colour.value.clone())).map(|it| it.at(source.at(colour.span))),
        );
    }
}

/// Checks that photos can be seen.
fn check_plate_shares(keys: &DesignKeys, source: &SourceFile, findings: &mut Vec<Finding>) {
    /// In thousandths.
    const MIN: i64 = 100;
    let Some(plates) = &keys.plates else { return };
    let plates = &plates.value;
    for (name, key) in
        [("share", &plates.share), ("fill", &plates.fill), ("height", &plates.height)]
    {
        if let Some(share) = key.as_ref().filter(|share| share.value.0 < MIN) {
            let message = format!("a photo with this `{name}` would be too small to be seen");
            let finding = Finding::new(Code::WrongValue, message);
            findings.push(finding.at(source.at(share.span)).help("use at least 10 %"));
        }
    }
}

/// Checks that text has room below the sink and in its columns.
fn check_page_shares(keys: &DesignKeys, source: &SourceFile, findings: &mut Vec<Finding>) {
    let Some(page) = &keys.page else { return };
    let page = &page.value;
    // In thousandths.
    for (name, key, most) in
        [("sink", &page.sink, MAX_SINK), ("column-gap", &page.column_gap, MAX_COLUMN_GAP)]
    {
        if let Some(share) = key.as_ref().filter(|share| share.value.0 > most) {
            let message = format!("this `{name}` leaves too little space for text");
            let finding = Finding::new(Code::WrongValue, message);
            let help = format!("use at most {} %", most / 10);
            findings.push(finding.at(source.at(share.span)).help(help));
        }
    }
}

/// The lowest sink, in thousandths of the height of the page.
const MAX_SINK: i64 = 700;
/// The widest gap between columns, in thousandths of the shorter side of the page.
const MAX_COLUMN_GAP: i64 = 150;

/// A finding if an ink cannot dry (ISO 12647-2, 4.3.2.4: 300 % for coated paper).
pub(crate) fn too_much_ink(ink: Ink) -> Option<Finding> {
    const MAX: u32 = 300;
    let total = ink.total();
    let message = format!("a total of {total} % of ink is too much");
    let help =
        format!("the total of c, m, y and k can be at most {MAX} %; deep black is c 40, k 100");
    (total > MAX).then(|| Finding::new(Code::InkTotal, message).help(help))
}

/// The design with these keys applied.
fn apply(base: &PageStyle, keys: DesignKeys) -> PageStyle {
    let mut page_style = *base;
    if let Some(Spanned { value: types, .. }) = keys.r#type {
        let text_styles = &mut page_style.text_styles;
        // The place and the date are set as the caption is, in their own colour.
        if let Some(Spanned { value: caption, .. }) = types.caption.clone() {
            let keys = TextStyleKeys { ink: None, ..caption };
            text_styles.place = apply_text_style(text_styles.place, keys);
        }
        for (style, keys) in [
            (&mut text_styles.text, types.text),
            (&mut text_styles.heading, types.heading),
            (&mut text_styles.caption, types.caption),
            (&mut text_styles.place, types.place),
            (&mut text_styles.credit, types.credit),
            (&mut text_styles.folio, types.folio),
            (&mut text_styles.title, types.title),
            (&mut text_styles.subtitle, types.subtitle),
            (&mut text_styles.chapter, types.chapter),
            (&mut text_styles.half_title, types.half_title),
        ] {
            if let Some(keys) = keys {
                *style = apply_text_style(*style, keys.value);
            }
        }
    }
    if let Some(Spanned { value: page, .. }) = keys.page {
        let geometry = &mut page_style.page;
        if let Some(Spanned { value: margins, .. }) = page.margins {
            for (share, key) in [
                (&mut geometry.margins.top, margins.top),
                (&mut geometry.margins.bottom, margins.bottom),
                (&mut geometry.margins.inner, margins.inner),
                (&mut geometry.margins.outer, margins.outer),
            ] {
                set(share, key.map(|key| key.value.0));
            }
        }
        set(&mut geometry.measure, page.measure.map(|key| key.value.0));
        set(&mut geometry.column, page.column.map(|key| key.value.0));
        set(&mut geometry.columns.count, page.columns.map(|key| key.value.0));
        set(&mut geometry.columns.gap, page.column_gap.map(|key| key.value.0));
        set(&mut geometry.text_columns, page.text_columns.map(|key| key.value.0));
        set(&mut geometry.sink, page.sink.map(|key| key.value.0));
        set(&mut geometry.colour, page.color.map(|key| ink(key.value)));
    }
    if let Some(Spanned { value: inks, .. }) = keys.inks {
        set(&mut page_style.ink, inks.text.map(|key| ink(key.value)));
        set(&mut page_style.secondary, inks.secondary.map(|key| ink(key.value)));
    }
    set(&mut page_style.justified, keys.text.map(|key| key.value == AlignName::Justified));
    if let Some(Spanned { value: titles, .. }) = keys.titles {
        set(&mut page_style.titles.align, titles.align.map(|key| key.value));
        let at_head = titles.place.map(|key| key.value == TitlePlaceName::Head);
        set(&mut page_style.titles.at_head, at_head);
        let names = titles.names.map(|key| key.value == NamesName::Foot);
        set(&mut page_style.titles.names_at_foot, names);
    }
    if let Some(Spanned { value: plates, .. }) = keys.plates {
        set(&mut page_style.plates.share, plates.share.map(|key| key.value.0));
        set(&mut page_style.plates.fill, plates.fill.map(|key| key.value.0));
        set(&mut page_style.plates.highest, plates.height.map(|key| key.value.0));
        set(&mut page_style.plates.position, plates.place.map(|key| key.value));
        let numbered = plates.numbers.map(|key| key.value == NumbersName::Captions);
        set(&mut page_style.plates.numbered, numbered);
        set(&mut page_style.plates.places, plates.places.map(|key| key.value));
    }
    set(&mut page_style.captions, keys.captions.map(|key| key.value));
    set(&mut page_style.folios, keys.folios.map(|key| key.value));
    set(&mut page_style.heads, keys.heads.map(|key| key.value));
    set(&mut page_style.openings, keys.openings.map(|key| key.value));
    set(&mut page_style.hairlines, keys.rules.map(|key| key.value == RulesName::Hairlines));
    let endpapers = keys.endpapers.map(|key| match key.value {
        Endpapers::None(_) => None,
        Endpapers::Keys(keys) => keys.color.map(|color| ink(color.value)),
    });
    set(&mut page_style.endpapers, endpapers);
    if let Some(Spanned { value: keys, .. }) = keys.translations {
        let style = &mut page_style.translations;
        set(&mut style.place, keys.place.map(|key| key.value));
        set(
            &mut style.face,
            keys.face.map(|key| match key.value {
                TranslationFace::Same => None,
                TranslationFace::Serif => Some(Family::Serif),
                TranslationFace::Sans => Some(Family::Sans),
            }),
        );
        set(&mut style.slant, keys.slant.map(|key| key.value));
        set(&mut style.secondary, keys.ink.map(|key| key.value == InkName::Secondary));
        set(&mut style.gap, keys.gap.map(|key| key.value.0));
    }
    set(&mut page_style.cover, keys.cover.map(|key| key.value));
    page_style
}

fn apply_text_style(base: TextStyle, keys: TextStyleKeys) -> TextStyle {
    let mut style = base;
    set(&mut style.face, keys.face.map(|key| key.value));
    set(&mut style.slant, keys.slant.map(|key| key.value));
    set(&mut style.weight, keys.weight.map(|key| key.value));
    set(&mut style.size, keys.size.map(|key| key.value.0));
    set(&mut style.leading, keys.leading.map(|key| key.value.0));
    set(&mut style.tracking, keys.tracking.map(|key| key.value.0));
    set(&mut style.capitals, keys.capitals.map(|key| key.value));
    set(&mut style.figures, keys.figures.map(|key| key.value));
    set(&mut style.secondary, keys.ink.map(|key| key.value == InkName::Secondary));
    style
}

fn set<T>(value: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *value = new;
    }
}

/// The inks of a colour.
pub(crate) fn ink(colour: Colour) -> Ink {
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
    use crate::model::{Figures, Slant};

    /// A style that differs from every design in everything.
    fn unlike_any() -> PageStyle {
        let text_style = TextStyle {
            size: crate::model::Length::pt(99),
            leading: crate::model::Length::pt(98),
            tracking: 77,
            figures: Figures::LiningTabular,
            ..PageStyle::CLASSIC.text_styles.text
        };
        let margins = crate::model::Shares { top: 1, bottom: 2, inner: 3, outer: 4 };
        let mut page_style = PageStyle::CLASSIC;
        let text_styles = &mut page_style.text_styles;
        for style in [
            &mut text_styles.text,
            &mut text_styles.heading,
            &mut text_styles.caption,
            &mut text_styles.place,
            &mut text_styles.credit,
            &mut text_styles.folio,
            &mut text_styles.title,
            &mut text_styles.subtitle,
            &mut text_styles.chapter,
            &mut text_styles.half_title,
        ] {
            *style = text_style;
        }
        page_style.page.margins = margins;
        page_style.translations = crate::model::TranslationStyle {
            place: crate::model::TranslationPlace::Beside,
            face: Some(Family::Mono),
            slant: Slant::Upright,
            secondary: true,
            gap: 1,
        };
        page_style.page.columns = crate::model::Columns { count: 11, gap: 77 };
        page_style.page.text_columns = 4;
        page_style.plates.places = crate::model::Places::Above;
        page_style.plates.numbered = true;
        page_style.titles.at_head = true;
        page_style.heads = crate::model::Heads::Title;
        page_style.openings = crate::model::PictureOpenings::Picture;
        page_style.hairlines = true;
        page_style.endpapers = Some(Ink::gray(50));
        page_style.cover = crate::model::CoverStyle::Bleed;
        page_style
    }

    fn read(name: &str, base: &PageStyle) -> PageStyle {
        let source = SourceFile { file: name.into(), text: file(name).unwrap().to_owned() };
        let mut findings = Vec::new();
        let mut root = yaml::parse(&source, &mut findings).unwrap();
        let keys = de::read::<DesignKeys>(&mut root, &source, &mut findings).unwrap();
        assert_eq!(findings, [], "{name}");
        apply(base, keys)
    }

    #[test]
    fn every_bundled_design_is_complete() {
        for name in names() {
            assert_eq!(read(name, &unlike_any()), read(name, &PageStyle::CLASSIC), "{name}");
        }
    }

    #[test]
    fn the_classic_file_is_the_default() {
        assert_eq!(read("classic", &unlike_any()), PageStyle::CLASSIC);
    }
}
