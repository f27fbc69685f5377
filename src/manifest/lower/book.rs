//! Lowers the keys of the manifest to the book, except its pages.

use crate::finding::{Code, Finding};
use crate::manifest::keys::ebook::{EbookKeys, ScreenKeys};
use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::manifest::{Creator as CreatorKey, FontsKeys, Manifest, SeriesKeys};
use crate::manifest::keys::print::{Bleed, Margins, PrintKeys};
use crate::manifest::keys::relators::PHOTOGRAPHER;
use crate::manifest::keys::scalars::{IdentifierText, Measure, MultiLine, SingleLine};
use crate::manifest::lower::colophon;
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::cover;
use crate::manifest::lower::files;
use crate::manifest::lower::offline;
use crate::manifest::lower::printer::{self, GivenKeys};
use crate::manifest::lower::standards::standards;
use crate::manifest::lower::values::{each, line, value};
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::SourceSpan;
use crate::markdown;
use crate::model::{
    Book, BundledProfile, ColorPolicy, Creator, Design, Ebook, Edges, Edition, EditionIdentifiers,
    Entry, Fallback, FontFile, Fonts, Identifier, Index, Length, PageStyle, Paper, PressProfile,
    Print, Screen, Series, Size, Standards,
};
use crate::picture;

/// The sections that the manifest has, even if they are empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sections {
    /// `ebook:`
    pub ebook: bool,
    /// `screen:`
    pub screen: bool,
    /// `offline:`
    pub offline: bool,
}

/// Numbers the plates.
fn number_plates(entries: &mut [Entry]) {
    let plates = entries.iter_mut().filter_map(|entry| match entry {
        Entry::Plate(plate) => Some(plate),
        _ => None,
    });
    for (number, plate) in (1..).zip(plates) {
        plate.number = number;
    }
}

/// Makes the book with these entries. `None` if it has no title.
pub(crate) fn book(
    manifest: Manifest,
    design: Design,
    sections: Sections,
    mut entries: Vec<Entry>,
    context: &mut LowerContext<'_>,
) -> Option<Book> {
    let title = title(manifest.title, context);
    let language = context.language.clone();
    let creators = creators(manifest.creators, context);
    let given = manifest.identifier.map(|identifier| identifier.value.0);
    let source = source(manifest.source, given.as_ref(), context);
    let ebook = ebook(manifest.ebook, sections);
    let cover = cover::content(manifest.cover, &entries, context);
    let print = print(manifest.print, &design.style, context);
    let offline = offline::offline(manifest.offline, sections.offline, context);
    let fonts = fonts(manifest.fonts, context);
    let has_default_colophon = colophon::is_default(manifest.colophon.as_ref());
    let colophon =
        colophon::colophon(manifest.colophon, &print, &fonts, &design.style, &entries, context);
    entries.extend(colophon);
    number_plates(&mut entries);
    let title = title?;
    let by_title = || Identifier::derived(&title, &creators, &language);
    let mut editions = match &given {
        Some(given) => EditionIdentifiers::with_ebook(given, ebook.layout),
        None => EditionIdentifiers::derived(&by_title()),
    };
    if let Some(source) = &source {
        editions.print = source.clone();
    }
    Some(Book {
        editions,
        identifier: given.clone().unwrap_or_else(by_title),
        title: markdown::line(&title, &language),
        original: None,
        translations: Vec::new(),
        has_untranslated_text: context.has_untranslated_text,
        subtitle: line(manifest.subtitle).map(|text| markdown::line(&text, &language)),
        language,
        creators,
        publisher: line(manifest.publisher),
        date: manifest.date.map(|date| date.value.0),
        rights: prose(manifest.rights),
        license: manifest.license.map(|license| license.value.0),
        description: prose(manifest.description),
        subjects: each(manifest.subjects)
            .into_iter()
            .map(|subject| subject.value.0)
            .filter(|subject| !subject.is_empty())
            .collect(),
        series: series(manifest.series, context),
        source: source.map(|source| source.urn()),
        credit: context.credit.clone(),
        credits: value(manifest.credits).unwrap_or_default(),
        cover: cover.front,
        cover_back: cover.back,
        cover_flaps: cover.flaps,
        design,
        entries,
        has_default_colophon,
        index: Index {
            topics: context.index_topics.clone(),
            location: context.index_location.clone(),
            ..Index::default()
        },
        print,
        ebook,
        screen: screen(manifest.screen.as_ref(), sections),
        offline,
        fonts,
    })
}

fn prose(key: Key<MultiLine>) -> Option<String> {
    key.map(|key| key.value.0).filter(|text| !text.is_empty())
}

fn title(key: Key<SingleLine>, context: &mut LowerContext<'_>) -> Option<String> {
    match key {
        Some(title) if title.value.0.is_empty() => {
            context.report(title.span, Finding::new(Code::TitleEmpty, "the title is empty"));
            None
        }
        title => line(title),
    }
}

/// The printed edition, which must not be the e-book itself.
fn source(
    key: Key<IdentifierText>,
    identifier: Option<&Identifier>,
    context: &mut LowerContext<'_>,
) -> Option<Identifier> {
    let Spanned { value: IdentifierText(source), span } = key?;
    if Some(&source) != identifier {
        return Some(source);
    }
    let message = "`source` is the same as `identifier` and is ignored";
    let finding = Finding::new(Code::SourceSame, message).help(
        "an ISBN identifies one edition: give that of the printed edition under `source` and that \
         of the e-book under `identifier`, or omit the one that you do not have",
    );
    context.report(span, finding);
    None
}

fn creators(key: Key<OneOrMany<CreatorKey>>, context: &mut LowerContext<'_>) -> Vec<Creator> {
    let mut creators = Vec::new();
    for Spanned { value, span } in each(key) {
        let (name, role, sort) = match value {
            CreatorKey::Name(name) => (name.0, PHOTOGRAPHER, None),
            CreatorKey::Keys(keys) => {
                let role = keys.role.map_or(PHOTOGRAPHER, |role| role.value.0);
                (keys.name.value.0, role, line(keys.sort))
            }
        };
        if name.is_empty() {
            context.report(span, Finding::new(Code::WrongValue, "a creator must have a name"));
        } else {
            creators.push(Creator { name, role, sort });
        }
    }
    creators
}

fn print(key: Key<PrintKeys>, style: &PageStyle, context: &mut LowerContext<'_>) -> Print {
    let Some(Spanned { value: print, .. }) = key else { return Print::default() };
    let given = GivenKeys::new(&print);
    let preset = printer::read(print.printer, context);
    let color = print.color.as_ref().map(|color| color.value);
    let default = preset.as_ref().map_or_else(Print::default, |preset| preset.defaults(color));
    let trim = print.trim.map_or(default.trim, |trim| trim.value.0);
    let bleed =
        print.bleed.map_or(default.bleed, |bleed| bleed_edges(bleed, default.bleed, context));
    let margins = print.margins.and_then(|margins| margin_edges(margins, trim, style, context));
    let standard = standards(print.standard, context).unwrap_or(default.standard);
    let colour = photo_colours(print.color, default.colour, standard, context);
    let print = Print {
        trim,
        bleed,
        margins,
        marks: value(print.marks).unwrap_or(default.marks),
        standard,
        colour,
        intent: value(print.intent).unwrap_or(default.intent),
        compression: value(print.compression).unwrap_or(default.compression),
        max_resolution: value(print.max_resolution).map(|ppi| ppi.0),
        profile: print.profile.and_then(|name| profile(name, context)).unwrap_or(default.profile),
        paper: print.paper.map(|Spanned { value: paper, .. }| Paper {
            stock: line(paper.stock),
            thickness: paper.thickness.map(|thickness| thickness.value.0),
        }),
        cover: cover::settings(print.cover, trim, context),
        openings: value(print.chapters).unwrap_or_default(),
        list_of_plates: value(print.list_of_plates).unwrap_or_default(),
        multiple: print.multiple.map_or(default.multiple, |multiple| multiple.value.0),
        printer: None,
        links: value(print.links).unwrap_or(default.links),
        gutter_loss: print
            .gutter_loss
            .map_or(default.gutter_loss, |loss| gutter_loss(&loss, context)),
        plates: value(print.plates).unwrap_or(default.plates),
        rotate: value(print.rotate).unwrap_or(default.rotate),
    };
    let printer = preset.map(|preset| Box::new(preset.compared(&given, &print, context)));
    Print { printer, ..print }
}

/// How photos are converted: to CMYK for a standard that has no other colours.
fn photo_colours(
    key: Key<ColorPolicy>,
    default: ColorPolicy,
    standard: Standards,
    context: &mut LowerContext<'_>,
) -> ColorPolicy {
    if !standard.is_cmyk_only() {
        return value(key).unwrap_or(default);
    }
    if let Some(Spanned { span, .. }) = key.filter(|key| key.value != ColorPolicy::Cmyk) {
        let message = format!("{standard} has only CMYK, so the photos are converted to it");
        let finding = Finding::new(Code::StandardColor, message)
            .help("omit `color`, or use `standard: pdf/x-4`, which keeps the colours of photos");
        context.report(span, finding.editions(Edition::Print));
    }
    ColorPolicy::Cmyk
}

fn gutter_loss(key: &Spanned<Measure>, context: &mut LowerContext<'_>) -> Length {
    let Spanned { value: Measure(loss), span } = *key;
    if loss > Length::mm(15) {
        let message = format!("a gutter-loss of {loss} is too large");
        let finding =
            Finding::new(Code::WrongValue, message).help("the limit is 15 mm; 3 to 5 mm is usual");
        context.report(span, finding);
        return Length::ZERO;
    }
    loss
}

fn bleed_edges(bleed: Spanned<Bleed>, default: Edges, context: &mut LowerContext<'_>) -> Edges {
    let mut length = |key: Key<Measure>, span: Option<SourceSpan>, default: Length| {
        let Some(length) = key else { return default };
        // No printer asks for more than an inch.
        if length.value.0 > Length::mm(26) {
            let message = format!("a bleed of {} is too large", length.value.0);
            let finding =
                Finding::new(Code::WrongValue, message).help("the limit is 26 mm; 3 mm is usual");
            context.report(span.unwrap_or(length.span), finding);
            return default;
        }
        length.value.0
    };
    match bleed.value {
        Bleed::All(all) => {
            let key = Some(Spanned { value: all, span: bleed.span });
            Edges::all(length(key, Some(bleed.span), default.top))
        }
        Bleed::Edges(edges) => Edges {
            top: length(edges.top, None, default.top),
            bottom: length(edges.bottom, None, default.bottom),
            inner: length(edges.inner, None, default.inner),
            outer: length(edges.outer, None, default.outer),
        },
    }
}

fn margin_edges(
    margins: Spanned<Margins>,
    trim: Size,
    style: &PageStyle,
    context: &mut LowerContext<'_>,
) -> Option<Edges> {
    let edges = match margins.value {
        Margins::All(all) => Edges::all(all.0),
        Margins::Edges(edges) => {
            let default = style.page.margins_of(trim);
            let length = |key: Key<Measure>, default| key.map_or(default, |key| key.value.0);
            Edges {
                top: length(edges.top, default.top),
                bottom: length(edges.bottom, default.bottom),
                inner: length(edges.inner, default.inner),
                outer: length(edges.outer, default.outer),
            }
        }
    };
    // The minimum for a plate and a line of its caption.
    let min = Length::mm(20);
    if edges.inner + edges.outer + min > trim.width || edges.top + edges.bottom + min > trim.height
    {
        let message = "the margins leave no space on the page";
        let finding = Finding::new(Code::MarginsTooWide, message).help(format!(
            "the page is {} wide and {} high; leave at least {min} in each direction",
            trim.width, trim.height
        ));
        context.report(margins.span, finding);
        return None;
    }
    Some(edges)
}

fn profile(name: Spanned<SingleLine>, context: &mut LowerContext<'_>) -> Option<PressProfile> {
    let name = name.map(|name| name.0);
    let mut bundled = BundledProfile::ALL.into_iter();
    if let Some(profile) = bundled.find(|it| name.value.eq_ignore_ascii_case(it.name())) {
        return Some(PressProfile::Bundled(profile));
    }
    if !name.value.contains(['.', '/']) {
        let message = format!("unknown profile `{}`", name.value);
        let names = BundledProfile::ALL.map(BundledProfile::name).join(", ");
        let help = format!("use {names}, or the path of an .icc file");
        context.report(name.span, Finding::new(Code::UnknownValue, message).help(help));
        return None;
    }
    let path = files::path(context.base, &name.value);
    match files::bytes(&path, context.confinement) {
        Ok(bytes) => match press_profile_error(&bytes) {
            None => Some(PressProfile::File { path, bytes }),
            Some(error) => {
                let message = format!("{} {error}", name.value);
                let help = "use the ICC profile of a CMYK printing condition";
                context.report(name.span, Finding::new(Code::ProfileFormat, message).help(help));
                None
            }
        },
        Err(error) => {
            context.report_file(Code::ProfileMissing, &name, &error);
            None
        }
    }
}

/// Why these bytes are not the profile of a CMYK press (ICC.1:2022, 7.2).
fn press_profile_error(bytes: &[u8]) -> Option<&'static str> {
    let field = |from: usize| bytes.get(from..from + 4);
    let size = field(0).and_then(|size| <[u8; 4]>::try_from(size).ok()).map(u32::from_be_bytes);
    if bytes.len() < 132 || field(36) != Some(b"acsp") {
        Some("is not an ICC profile")
    } else if size.is_some_and(|size| size as usize > bytes.len()) {
        Some("is truncated")
    } else if bytes[8] > 4 {
        Some("has a version that is not supported")
    } else if field(12) != Some(b"prtr") {
        Some("is not the profile of an output device")
    } else if field(16) != Some(b"CMYK") {
        Some("is not the profile of a CMYK device")
    } else if !picture::is_press_profile(bytes) {
        Some("has no tables for converting colours to CMYK")
    } else {
        None
    }
}

fn ebook(key: Key<EbookKeys>, sections: Sections) -> Ebook {
    let default = Ebook::default();
    let ebook = key.map(|key| key.value).unwrap_or_default();
    Ebook {
        layout: value(ebook.layout).unwrap_or(default.layout),
        max_size: ebook.max_size.map(|size| size.value.0),
        quality: ebook.quality.map_or(default.quality, |quality| quality.value.0),
        store: value(ebook.store),
        requested: sections.ebook,
    }
}

fn series(key: Key<SeriesKeys>, context: &mut LowerContext<'_>) -> Option<Series> {
    let series = key?.value;
    let name = Some(series.name.value.0).filter(|name| !name.is_empty())?;
    let span = series.number.as_ref().map(|number| number.span);
    let series = Series { name, number: line(series.number) };
    if let (Some(number), Some(span), None) = (&series.number, span, series.position()) {
        let message = format!("the series number `{number}` is not written to e-books");
        let help = "use a number, or numbers separated by dots, such as 2.1";
        context.report(span, Finding::new(Code::SeriesNumber, message).help(help));
    }
    Some(series)
}

fn screen(key: Option<&Spanned<ScreenKeys>>, sections: Sections) -> Screen {
    let edge = key.and_then(|screen| screen.value.max_edge.as_ref());
    Screen {
        max_edge: edge.map_or(Screen::default().max_edge, |edge| edge.value.0),
        requested: sections.screen,
    }
}

fn fonts(key: Key<FontsKeys>, context: &mut LowerContext<'_>) -> Fonts {
    let Some(Spanned { value: fonts, .. }) = key else { return Fonts::default() };
    Fonts {
        serif: font_files(fonts.serif, context),
        sans: font_files(fonts.sans, context),
        mono: font_files(fonts.mono, context),
        fallback: match fonts.fallback {
            Some(Spanned { value: OneOrMany::One(SingleLine(name)), .. }) if name == "none" => {
                Fallback::None
            }
            Some(Spanned { value: OneOrMany::One(SingleLine(name)), span })
                if name == "system" && context.confinement.is_confined() =>
            {
                // They are the fonts of whoever builds the book, not of its author.
                let finding = files::outside("a font of the system");
                context.report(span, finding.help("copy the fonts, and name their files"));
                Fallback::None
            }
            Some(Spanned { value: OneOrMany::One(SingleLine(name)), .. }) if name == "system" => {
                Fallback::System
            }
            None => Fallback::None,
            files => Fallback::Files(font_files(files, context)),
        },
    }
}

fn font_files(key: Key<OneOrMany<SingleLine>>, context: &mut LowerContext<'_>) -> Vec<FontFile> {
    let mut fonts = Vec::new();
    for name in each(key) {
        let name = name.map(|name| name.0);
        match files::bytes(&files::path(context.base, &name.value), context.confinement) {
            Ok(bytes) => match font_error(&bytes) {
                None => fonts.push(FontFile { name: name.value, bytes }),
                Some(error) => {
                    let message = format!("{} {error}", name.value);
                    let help = "use an OpenType font: an .otf, .ttf or .ttc file";
                    context.report(name.span, Finding::new(Code::FontFormat, message).help(help));
                }
            },
            Err(error) => context.report_file(Code::FontMissing, &name, &error),
        }
    }
    fonts
}

/// Why these bytes are not an OpenType font or a font collection (ISO/IEC 14496-22, 4.3 and 4.6).
fn font_error(bytes: &[u8]) -> Option<&'static str> {
    match bytes.get(..4) {
        Some(b"OTTO" | b"true" | b"ttcf" | [0, 1, 0, 0]) if bytes.len() > 12 => None,
        Some(b"wOFF" | b"wOF2") => Some("is a web font (WOFF)"),
        _ => Some("is not an OpenType font"),
    }
}
