//! The manifest's pages to the book's entries.

use crate::finding::{Code, Finding};
use crate::manifest::keys::pages::{KINDS, Kind, PageEntry};
use crate::manifest::keys::placement::PlateKeys;
use crate::manifest::keys::scalars::{self, AltText, Taken};
use crate::manifest::lower::captions;
use crate::manifest::lower::context::{Known, Reading};
use crate::manifest::lower::files;
use crate::manifest::lower::globs::{self, Found};
use crate::manifest::lower::retained_metadata::Said;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::Place;
use crate::markdown;
use crate::model::{
    CaptionPosition, Chapter, Entry, Essay, Focus, Inline, Plate, PlateLayout, Sourced,
};
use crate::picture::Candidates;

/// What is known of a page beside its keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    /// Where it begins.
    pub place: Place,
    /// Whether something was wrong with it and is a finding already.
    pub faulty: bool,
}

/// The entries that a page comes to: none when it is broken, many when it is a pattern.
pub(crate) fn entries(page: &PageEntry, about: About, reading: &mut Reading<'_>) -> Vec<Entry> {
    let Some(kind) = kind(page, about, reading) else { return Vec::new() };
    check_keys(page, kind, reading);
    match (&page.photo, &page.photos, &page.text, &page.chapter) {
        (Some(photo), ..) if kind.name == "photo" => {
            let stated = Stated::new(page, about, reading);
            let photo = Spanned { value: photo.value.0.clone(), place: photo.place };
            plate(&photo, &stated, reading).into_iter().collect()
        }
        (_, Some(photos), ..) if kind.name == "photos" => {
            let stated = Stated::new(page, about, reading);
            let names = pictures(photos.clone().each(), reading);
            names.iter().filter_map(|name| plate(name, &stated, reading)).collect()
        }
        (_, _, Some(text), _) if kind.name == "text" => {
            let blocks = reading.prose(text);
            blocks.map(|blocks| Entry::Essay(Essay { blocks })).into_iter().collect()
        }
        (.., Some(chapter)) => {
            if chapter.value.0.is_empty() {
                reading
                    .find(chapter.place, Finding::new(Code::TitleEmpty, "a chapter needs a title"));
            }
            let title = reading.inlines(&chapter.value.0, chapter.place);
            let intro = page.intro.as_ref().and_then(|intro| reading.prose(intro));
            vec![Entry::Chapter(Chapter { title, intro: intro.unwrap_or_default() })]
        }
        _ => Vec::new(),
    }
}

/// The keys of a page that are there, with their places, in the order of the file.
fn present(page: &PageEntry) -> Vec<(&'static str, Place)> {
    let keys = [
        ("photo", page.photo.as_ref().map(|key| key.place)),
        ("photos", page.photos.as_ref().map(|key| key.place)),
        ("text", page.text.as_ref().map(|key| key.place)),
        ("chapter", page.chapter.as_ref().map(|key| key.place)),
        ("caption", page.caption.as_ref().map(|key| key.place)),
        ("alt", page.alt.as_ref().map(|key| key.place)),
        ("credit", page.credit.as_ref().map(|key| key.place)),
        ("place", page.place.as_ref().map(|key| key.place)),
        ("taken", page.taken.as_ref().map(|key| key.place)),
        ("layout", page.layout.as_ref().map(|key| key.place)),
        ("focus", page.focus.as_ref().map(|key| key.place)),
        ("intro", page.intro.as_ref().map(|key| key.place)),
    ];
    let mut present: Vec<_> =
        keys.into_iter().filter_map(|(name, place)| place.map(|place| (name, place))).collect();
    present.sort_by_key(|&(_, place)| (place.line, place.column));
    present
}

/// What kind of page it is; the first one named when there are several.
fn kind(page: &PageEntry, about: About, reading: &mut Reading<'_>) -> Option<&'static Kind> {
    let mut kinds = present(page)
        .into_iter()
        .filter_map(|(name, place)| Some((KINDS.iter().find(|kind| kind.name == name)?, place)));
    let Some((kind, _)) = kinds.next() else {
        if !about.faulty {
            let message = "this page holds none of photo, photos, text and chapter";
            let help = "begin it with one of them, such as - photo: photos/01.jpg";
            reading.find(about.place, Finding::new(Code::PageKind, message).help(help));
        }
        return None;
    };
    for (other, place) in kinds {
        let message =
            format!("this page is a {} and cannot be a {} as well", kind.name, other.name);
        let help = format!("begin another page with - {}:", other.name);
        reading.find(place, Finding::new(Code::PageKind, message).help(help));
    }
    Some(kind)
}

/// Finds keys that belong to other kinds of pages.
fn check_keys(page: &PageEntry, kind: &Kind, reading: &mut Reading<'_>) {
    for (name, place) in present(page) {
        if kind.keys.contains(&name) || KINDS.iter().any(|kind| kind.name == name) {
            continue;
        }
        let message = format!("`{name}` means nothing on a page of the kind {}", kind.name);
        let homes: Vec<_> =
            KINDS.iter().filter(|kind| kind.keys.contains(&name)).map(|kind| kind.name).collect();
        let help = format!("it belongs to {}", homes.join(" and "));
        reading.find(place, Finding::new(Code::KeyMisplaced, message).help(help));
    }
}

/// What an alt text says; one that says nothing is found.
pub(crate) fn alt(key: &Spanned<AltText>, reading: &mut Reading<'_>) -> Option<String> {
    if key.value.0.is_none() {
        let message = "this alt text is blank, and neither describes nor marks decoration";
        reading.find(key.place, Finding::new(Code::AltMissing, message).help(ALT_HELP));
    }
    key.value.0.clone()
}

/// What a picture says of itself to those who cannot see it.
pub(crate) fn own_alt(candidates: &Candidates, reading: &Reading<'_>) -> Option<String> {
    let alt = captions::others(candidates, &reading.order).alt?;
    captions::clean(alt.in_language(&reading.language))
}

pub(crate) const ALT_HELP: &str = "say it with `alt:`, or mark mere decoration with `alt: \"\"`";

/// What the manifest itself says about the photos of an entry.
struct Stated {
    caption: Option<Vec<Inline>>,
    alt: Option<String>,
    credit: Option<String>,
    place: Option<String>,
    taken: Option<Taken>,
    layout: PlateLayout,
    caption_place: CaptionPosition,
    focus: Option<Focus>,
    /// Whether a key of the entry was faulty, and may have been any of these.
    faulty: bool,
}

impl Stated {
    fn new(page: &PageEntry, about: About, reading: &mut Reading<'_>) -> Self {
        let caption = page.caption.as_ref();
        let (layout, caption_place) = placement(page, reading.captions);
        let alt = page.alt.as_ref().and_then(|alt| self::alt(alt, reading));
        let blank = page.alt.is_some() && alt.is_none();
        Self {
            caption: caption.map(|caption| reading.inlines(&caption.value.0, caption.place)),
            alt,
            credit: page.credit.as_ref().map(|credit| credit.value.0.clone()),
            place: page.place.as_ref().map(|place| place.value.0.clone()),
            taken: page.taken.as_ref().map(|taken| taken.value.clone()),
            layout,
            caption_place,
            focus: page.focus.as_ref().map(|focus| focus.value.0),
            faulty: about.faulty || blank,
        }
    }
}

fn placement(page: &PageEntry, usual: CaptionPosition) -> (PlateLayout, CaptionPosition) {
    let (plate, caption) = match page.layout.as_ref().map(|layout| &layout.value) {
        None => (None, None),
        Some(PlateKeys::Plate(plate)) => (Some(*plate), None),
        Some(PlateKeys::Keys(keys)) => (
            keys.plate.as_ref().map(|plate| plate.value),
            keys.caption.as_ref().map(|caption| caption.value),
        ),
    };
    let plate = plate.unwrap_or_default();
    let caption = caption.unwrap_or(match plate {
        PlateLayout::Framed => usual,
        // A picture that runs to the edges leaves no space for a caption on its page.
        PlateLayout::FullBleed | PlateLayout::Spread => CaptionPosition::Facing,
    });
    (plate, caption)
}

/// One photo with what the manifest says about it, and what it says about itself where
/// the manifest says nothing.
fn plate(name: &Spanned<String>, stated: &Stated, reading: &mut Reading<'_>) -> Option<Entry> {
    let Known { picture, candidates } = reading.picture(name)?;
    let metadata = captions::others(&candidates, &reading.order);
    let language = reading.language.clone();
    let said = |value: &Option<Sourced>| {
        value.as_ref().and_then(|it| captions::clean(it.in_language(&language)))
    };
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let caption = stated.caption.clone().unwrap_or_else(|| {
        captions::first(&candidates, &reading.order, &reading.ignored, &reading.language)
            .map(|caption| markdown::plain(&caption, &reading.language))
            .unwrap_or_default()
    });
    if stated.caption.is_none() && !caption.is_empty() && !reading.untranslated.is_empty() {
        let languages = reading.untranslated.join(", ");
        let message = format!("the caption of {} is not translated into {languages}", name.value);
        let finding = Finding::new(Code::Untranslated, message);
        let help = "it comes from the picture itself; write it with `caption:`, by language";
        reading.find(name.place, finding.help(help));
        reading.in_other_words = true;
    }
    let alt = stated.alt.clone().or_else(|| said(&metadata.alt));
    if alt.is_none() && !stated.faulty {
        let message = format!("nothing says what is to be seen on {}", name.value);
        reading.find(name.place, Finding::new(Code::AltMissing, message).help(ALT_HELP));
    }
    let credit = stated.credit.clone().or_else(|| {
        said(&metadata.credit).or_else(|| said(&metadata.creator)).or(reading.credit.clone())
    });
    let taken = match &stated.taken {
        Some(Taken(taken)) => *taken,
        None => metadata.taken.as_ref().and_then(|taken| scalars::day(taken.value.trim()).ok()),
    };
    let credit = filled(credit);
    let kept = reading.keep.kept(
        &Said {
            metadata: &metadata,
            caption: &caption,
            credit: credit.as_ref(),
            shared_credit: credit.is_none() || credit == reading.credit,
        },
        &language,
    );
    Some(Entry::Plate(Box::new(Plate {
        kept,
        picture,
        caption,
        alt,
        credit,
        place: filled(stated.place.clone().or_else(|| said(&metadata.place))),
        taken,
        layout: stated.layout,
        caption_place: stated.caption_place,
        focus: stated.focus,
        number: 0,
        location: Some(reading.source.at(name.place)),
    })))
}

/// The pictures that these patterns find, each once, each in the place of its pattern.
fn pictures(
    patterns: Vec<Spanned<scalars::Line>>,
    reading: &mut Reading<'_>,
) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for Spanned { value: pattern, place } in patterns {
        match globs::find(reading.base, &pattern.0) {
            Found::Names(names) if names.is_empty() => {
                let message = format!("no picture matches {}", pattern.0);
                let finding = Finding::new(Code::PhotosNone, message);
                reading.find(place, finding.help(what_is_there(reading.base, &pattern.0)));
            }
            Found::Names(names) => {
                let new = names.into_iter().filter(|name| seen.insert(name.clone()));
                found.extend(new.map(|value| Spanned { value, place }));
            }
            Found::Malformed(fault) => {
                let message = format!("`{}` is not a pattern: {fault}", pattern.0);
                let help = "* stands for any characters, ** for any folders, ? for one character";
                reading.find(place, Finding::new(Code::PhotosPattern, message).help(help));
            }
            Found::TooMany => {
                let message = format!("{} reaches over too many files", pattern.0);
                let help = "name the folder that the photos are in";
                reading.find(place, Finding::new(Code::PhotosPattern, message).help(help));
            }
        }
    }
    found
}

/// A hint at what lies where a pattern looked in vain.
fn what_is_there(base: &std::path::Path, pattern: &str) -> String {
    let (folder, _) = globs::literal_folder(pattern);
    let here = if folder.is_empty() { "the manifest's folder" } else { folder };
    let Some(names) = files::entries(&files::path(base, folder)) else {
        return match files::near(base, folder.trim_end_matches('/')) {
            Some(near) => format!("there is no folder {folder}, but there is {near}/"),
            None => format!("there is no folder {folder}; patterns are relative to the manifest"),
        };
    };
    let pictures: Vec<_> = names.iter().filter(|name| globs::is_picture(name)).collect();
    match pictures.as_slice() {
        [] => {
            let holds = files::entries(&files::path(base, folder)).unwrap_or_default();
            let folders = holds.iter().filter(|name| {
                !name.starts_with('.') && files::path(base, &format!("{folder}{name}")).is_dir()
            });
            let folders: Vec<_> = folders.take(5).map(String::as_str).collect();
            if folders.is_empty() {
                format!("{here} holds no pictures")
            } else {
                format!("{here} holds no pictures, but the folders {}", folders.join(", "))
            }
        }
        [one] => format!("{here} holds the picture {one}"),
        [first, .., last] => {
            format!("{here} holds {} pictures, from {first} to {last}", pictures.len())
        }
    }
}
