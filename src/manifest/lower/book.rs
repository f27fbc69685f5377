//! The manifest's keys to the book: everything but its pages.

use crate::finding::{Code, Finding};
use crate::manifest::keys::ebook::{EbookKeys, ScreenKeys};
use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::manifest::{
    CoverKeys, Creator as CreatorKey, FontsKeys, Manifest, SeriesKeys,
};
use crate::manifest::keys::print::{Bleed, Margins, PrintKeys};
use crate::manifest::keys::relators::PHOTOGRAPHER;
use crate::manifest::keys::scalars::{IdentifierText, Line, Measure, Prose};
use crate::manifest::lower::context::{Known, Reading};
use crate::manifest::lower::files;
use crate::manifest::lower::identifier;
use crate::manifest::lower::matter;
use crate::manifest::lower::pages;
use crate::manifest::lower::values::{each, line, value};
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::Place;
use crate::model::{
    Book, Cover, Creator, Design, Ebook, Edges, Entry, Fallback, FontFile, Fonts, Identifier,
    Length, PageStyle, Paper, PressProfile, Print, Screen, Series, Size,
};
use crate::picture;

/// Which sections the manifest has, though they may be empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sections {
    /// `ebook:`
    pub ebook: bool,
    /// `screen:`
    pub screen: bool,
}

/// Counts the plates.
fn number(entries: &mut [Entry]) {
    let plates = entries.iter_mut().filter_map(|entry| match entry {
        Entry::Plate(plate) => Some(plate),
        _ => None,
    });
    for (number, plate) in (1..).zip(plates) {
        plate.number = number;
    }
}

/// The book with these entries; `None` when it has no title.
pub(crate) fn book(
    manifest: Manifest,
    design: Design,
    sections: Sections,
    mut entries: Vec<Entry>,
    reading: &mut Reading<'_>,
) -> Option<Book> {
    let title = title(manifest.title, reading);
    let language = reading.language.clone();
    let creators = creators(manifest.creators, reading);
    let given = manifest.identifier.map(|identifier| identifier.value.0);
    let source = source(manifest.source, given.as_ref(), reading);
    let ebook = ebook(manifest.ebook, sections);
    let cover = manifest.cover.and_then(|cover| front(cover.value, &entries, reading));
    let print = print(manifest.print, &design.look, reading);
    let fonts = fonts(manifest.fonts, reading);
    entries.extend(matter::colophon(manifest.colophon, &print, &fonts, &design.look, reading));
    number(&mut entries);
    let title = title?;
    let by_title = || identifier::derived(&title, &creators, &language);
    Some(Book {
        editions: identifier::editions(given.as_ref(), by_title, ebook.layout, source.as_ref()),
        identifier: given.clone().unwrap_or_else(by_title),
        title,
        original: None,
        untranslated: reading.in_other_words,
        subtitle: line(manifest.subtitle),
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
        series: series(manifest.series, reading),
        source: source.map(|source| source.urn()),
        credit: reading.credit.clone(),
        cover: cover.unwrap_or(Cover::Typographic),
        design,
        entries,
        print,
        ebook,
        screen: screen(manifest.screen.as_ref(), sections),
        fonts,
    })
}

fn prose(key: Key<Prose>) -> Option<String> {
    key.map(|key| key.value.0).filter(|text| !text.is_empty())
}

fn title(key: Key<Line>, reading: &mut Reading<'_>) -> Option<String> {
    match key {
        Some(title) if title.value.0.is_empty() => {
            reading.find(title.place, Finding::new(Code::TitleEmpty, "the title is empty"));
            None
        }
        title => line(title),
    }
}

/// The photo on the cover, described as it is where it is a plate.
fn front(keys: CoverKeys, entries: &[Entry], reading: &mut Reading<'_>) -> Option<Cover> {
    let photo = keys.photo.map(|name| name.0);
    let stated = keys.alt.and_then(|alt| pages::alt(&alt, reading));
    let Known { picture, candidates } = reading.picture(&photo)?;
    let mut plates = entries.iter().filter_map(Entry::plate);
    let plate = plates.find(|plate| plate.picture.path == picture.path);
    let alt = stated.or_else(|| match plate {
        Some(plate) => plate.alt.clone(),
        None => pages::own_alt(&candidates, reading),
    });
    // A plate without one is a finding already.
    if alt.is_none() && plate.is_none() {
        let message = format!("nothing says what is to be seen on {}", photo.value);
        let finding = Finding::new(Code::AltMissing, message).help(pages::ALT_HELP);
        reading.find(photo.place, finding);
    }
    Some(Cover::Photo { picture: Box::new(picture), alt })
}

/// What the book was made from, which is not the book.
fn source(
    key: Key<IdentifierText>,
    identifier: Option<&Identifier>,
    reading: &mut Reading<'_>,
) -> Option<Identifier> {
    let Spanned { value: IdentifierText(source), place } = key?;
    if Some(&source) != identifier {
        return Some(source);
    }
    let message = "`source` is the e-book's own `identifier`, and is left out";
    let finding = Finding::new(Code::SourceSame, message).help(
        "an ISBN names one form of a book: give the printed edition's under `source` and the \
         e-book's under `identifier`, or leave out the one that you have not got",
    );
    reading.find(place, finding);
    None
}

fn creators(key: Key<OneOrMany<CreatorKey>>, reading: &mut Reading<'_>) -> Vec<Creator> {
    let mut creators = Vec::new();
    for Spanned { value, place } in each(key) {
        let (name, role, sort) = match value {
            CreatorKey::Name(name) => (name.0, PHOTOGRAPHER, None),
            CreatorKey::Keys(keys) => {
                let role = keys.role.map_or(PHOTOGRAPHER, |role| role.value.0);
                (keys.name.value.0, role, line(keys.sort))
            }
        };
        if name.is_empty() {
            reading.find(place, Finding::new(Code::WrongValue, "a creator needs a name"));
        } else {
            creators.push(Creator { name, role, sort });
        }
    }
    creators
}

fn print(key: Key<PrintKeys>, look: &PageStyle, reading: &mut Reading<'_>) -> Print {
    let usual = Print::default();
    let Some(Spanned { value: print, .. }) = key else { return usual };
    let trim = print.trim.map_or(usual.trim, |trim| trim.value.0);
    let bleed = print.bleed.map_or(usual.bleed, |bleed| bleed_edges(bleed, reading));
    let margins = print.margins.and_then(|margins| margin_edges(margins, trim, look, reading));
    Print {
        trim,
        bleed,
        margins,
        marks: value(print.marks).unwrap_or(usual.marks),
        standard: value(print.standard).unwrap_or(usual.standard),
        colour: value(print.color).unwrap_or(usual.colour),
        intent: value(print.intent).unwrap_or(usual.intent),
        compression: value(print.compression).unwrap_or(usual.compression),
        profile: print.profile.and_then(|name| profile(name, reading)).unwrap_or(usual.profile),
        paper: print.paper.map(|Spanned { value: paper, .. }| Paper {
            stock: line(paper.stock),
            thickness: paper.thickness.map(|thickness| thickness.value.0),
        }),
        openings: value(print.chapters).unwrap_or_default(),
        list_of_plates: value(print.list_of_plates).unwrap_or_default(),
        multiple: print.multiple.map_or(usual.multiple, |multiple| multiple.value.0),
        printer: line(print.printer),
        links: value(print.links).unwrap_or(usual.links),
        gutter_loss: print
            .gutter_loss
            .map_or(usual.gutter_loss, |loss| gutter_loss(&loss, reading)),
        plates: value(print.plates).unwrap_or(usual.plates),
        rotate: value(print.rotate).unwrap_or(usual.rotate),
    }
}

fn gutter_loss(key: &Spanned<Measure>, reading: &mut Reading<'_>) -> Length {
    let Spanned { value: Measure(loss), place } = *key;
    if loss > Length::mm(15) {
        let message = format!("a gutter-loss of {loss} is more than any binding swallows");
        let finding = Finding::new(Code::WrongValue, message).help("3 to 5 mm is usual");
        reading.find(place, finding);
        return Length::ZERO;
    }
    loss
}

fn bleed_edges(bleed: Spanned<Bleed>, reading: &mut Reading<'_>) -> Edges {
    let usual = Print::default().bleed;
    let mut length = |key: Key<Measure>, place: Option<Place>, usual: Length| {
        let Some(length) = key else { return usual };
        // No printer asks for more than an inch.
        if length.value.0 > Length::mm(26) {
            let message =
                format!("a bleed of {} is more than any printer asks for", length.value.0);
            let finding = Finding::new(Code::WrongValue, message).help("3 mm is usual");
            reading.find(place.unwrap_or(length.place), finding);
            return usual;
        }
        length.value.0
    };
    match bleed.value {
        Bleed::All(all) => {
            let key = Some(Spanned { value: all, place: bleed.place });
            Edges::all(length(key, Some(bleed.place), usual.top))
        }
        Bleed::Edges(edges) => Edges {
            top: length(edges.top, None, usual.top),
            bottom: length(edges.bottom, None, usual.bottom),
            inner: length(edges.inner, None, usual.inner),
            outer: length(edges.outer, None, usual.outer),
        },
    }
}

fn margin_edges(
    margins: Spanned<Margins>,
    trim: Size,
    look: &PageStyle,
    reading: &mut Reading<'_>,
) -> Option<Edges> {
    let edges = match margins.value {
        Margins::All(all) => Edges::all(all.0),
        Margins::Edges(edges) => {
            let usual = look.leaf.margins_of(trim);
            let length = |key: Key<Measure>, usual| key.map_or(usual, |key| key.value.0);
            Edges {
                top: length(edges.top, usual.top),
                bottom: length(edges.bottom, usual.bottom),
                inner: length(edges.inner, usual.inner),
                outer: length(edges.outer, usual.outer),
            }
        }
    };
    // A plate and a line of its caption want this much at least.
    let least = Length::mm(20);
    if edges.inner + edges.outer + least > trim.width
        || edges.top + edges.bottom + least > trim.height
    {
        let message = "the margins leave no room on the page";
        let finding = Finding::new(Code::MarginsTooWide, message)
            .help(format!("the page is {} wide and {} high", trim.width, trim.height));
        reading.find(margins.place, finding);
        return None;
    }
    Some(edges)
}

fn profile(name: Spanned<Line>, reading: &mut Reading<'_>) -> Option<PressProfile> {
    let name = name.map(|name| name.0);
    if name.value.eq_ignore_ascii_case("fogra39") {
        return Some(PressProfile::Fogra39);
    }
    if !name.value.contains(['.', '/']) {
        let message = format!("there is no bundled profile `{}`", name.value);
        let help = "fogra39 is bundled; for another one, name an .icc file";
        reading.find(name.place, Finding::new(Code::UnknownValue, message).help(help));
        return None;
    }
    let path = files::path(reading.base, &name.value);
    match files::bytes(&path) {
        Ok(bytes) => match press_profile_fault(&bytes) {
            None => Some(PressProfile::File { path, bytes }),
            Some(fault) => {
                let message = format!("{} {fault}", name.value);
                let help = "a press PDF needs the profile of a CMYK printing condition";
                reading.find(name.place, Finding::new(Code::ProfileFormat, message).help(help));
                None
            }
        },
        Err(fault) => {
            reading.find_missing(Code::ProfileMissing, &name, &fault);
            None
        }
    }
}

/// What keeps these bytes from being the profile of a CMYK press (ICC.1:2022, 7.2).
fn press_profile_fault(bytes: &[u8]) -> Option<&'static str> {
    let field = |from: usize| bytes.get(from..from + 4);
    let size = field(0).and_then(|size| <[u8; 4]>::try_from(size).ok()).map(u32::from_be_bytes);
    if bytes.len() < 132 || field(36) != Some(b"acsp") {
        Some("is not an ICC profile")
    } else if size.is_some_and(|size| size as usize > bytes.len()) {
        Some("is an ICC profile that is cut off")
    } else if field(12) != Some(b"prtr") {
        Some("is an ICC profile, but not of an output device")
    } else if field(16) != Some(b"CMYK") {
        Some("is a profile of an output device, but not of a CMYK one")
    } else if !picture::is_press(bytes) {
        Some("is a profile that lacks the tables of a press")
    } else {
        None
    }
}

fn ebook(key: Key<EbookKeys>, sections: Sections) -> Ebook {
    let usual = Ebook::default();
    let ebook = key.map(|key| key.value).unwrap_or_default();
    Ebook {
        layout: value(ebook.layout).unwrap_or(usual.layout),
        max_size: ebook.max_size.map(|size| size.value.0),
        quality: ebook.quality.map_or(usual.quality, |quality| quality.value.0),
        store: value(ebook.store),
        asked: sections.ebook,
    }
}

fn series(key: Key<SeriesKeys>, reading: &mut Reading<'_>) -> Option<Series> {
    let series = key?.value;
    let name = Some(series.name.value.0).filter(|name| !name.is_empty())?;
    let place = series.number.as_ref().map(|number| number.place);
    let series = Series { name, number: line(series.number) };
    if let (Some(number), Some(place), None) = (&series.number, place, series.position()) {
        let message = format!("e-books cannot say `{number}` of a series, and will not");
        let help = "a place in a series is a number, or numbers parted by dots, such as 2.1";
        reading.find(place, Finding::new(Code::SeriesNumber, message).help(help));
    }
    Some(series)
}

fn screen(key: Option<&Spanned<ScreenKeys>>, sections: Sections) -> Screen {
    let edge = key.and_then(|screen| screen.value.max_edge.as_ref());
    Screen {
        max_edge: edge.map_or(Screen::default().max_edge, |edge| edge.value.0),
        asked: sections.screen,
    }
}

fn fonts(key: Key<FontsKeys>, reading: &mut Reading<'_>) -> Fonts {
    let Some(Spanned { value: fonts, .. }) = key else { return Fonts::default() };
    Fonts {
        serif: font_files(fonts.serif, reading),
        sans: font_files(fonts.sans, reading),
        mono: font_files(fonts.mono, reading),
        fallback: match fonts.fallback {
            Some(Spanned { value: OneOrMany::One(Line(name)), .. }) if name == "none" => {
                Fallback::None
            }
            Some(Spanned { value: OneOrMany::One(Line(name)), .. }) if name == "system" => {
                Fallback::System
            }
            None => Fallback::None,
            files => Fallback::Files(font_files(files, reading)),
        },
    }
}

fn font_files(key: Key<OneOrMany<Line>>, reading: &mut Reading<'_>) -> Vec<FontFile> {
    let mut fonts = Vec::new();
    for name in each(key) {
        let name = name.map(|name| name.0);
        match files::bytes(&files::path(reading.base, &name.value)) {
            Ok(bytes) => match font_fault(&bytes) {
                None => fonts.push(FontFile { name: name.value, bytes }),
                Some(fault) => {
                    let message = format!("{} {fault}", name.value);
                    let help = "bring an OpenType font along, an .otf, .ttf or .ttc file";
                    reading.find(name.place, Finding::new(Code::FontFormat, message).help(help));
                }
            },
            Err(fault) => reading.find_missing(Code::FontMissing, &name, &fault),
        }
    }
    fonts
}

/// What keeps these bytes from being an OpenType font, or a collection of such, whose faces
/// are tried one after another (ISO/IEC 14496-22, 4.3 and 4.6).
fn font_fault(bytes: &[u8]) -> Option<&'static str> {
    match bytes.get(..4) {
        Some(b"OTTO" | b"true" | b"ttcf" | [0, 1, 0, 0]) if bytes.len() > 12 => None,
        Some(b"wOFF" | b"wOF2") => Some("is a font packed for the web"),
        _ => Some("is not an OpenType font"),
    }
}
