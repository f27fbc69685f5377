//! Lowers the pages of the manifest to the entries of the book.

use crate::finding::{Code, Finding};
use crate::manifest::keys::captions::Field;
use crate::manifest::keys::pages::{PAGE_KINDS, PageEntry, PageKind};
use crate::manifest::keys::placement::PlateKeys;
use crate::manifest::keys::scalars::{self, AltText, MultiLine, SingleLine};
use crate::manifest::lower::context::{LowerContext, PlateUse, ProbedPicture};
use crate::manifest::lower::design;
use crate::manifest::lower::files;
use crate::manifest::lower::globs;
use crate::manifest::lower::index::{self, KeyTerms};
use crate::manifest::lower::photo_metadata::captions;
use crate::manifest::lower::photo_metadata::retained_metadata::PhotoTexts;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::SourceSpan;
use crate::markdown;
use crate::model::{
    Block, CaptionPosition, Chapter, Entry, Essay, Focus, Ink, Inline, Plate, PlateLayout,
    PlateSize, Side, Taken,
};
use crate::picture::Candidates;

/// A page of the manifest, apart from its keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageInfo {
    /// Its position.
    pub span: SourceSpan,
    /// Whether errors in it have been reported.
    pub has_errors: bool,
}

/// The photos of a page. Patterns are expanded, which reports what they skip.
pub(crate) fn photos(page: &PageEntry, context: &mut LowerContext<'_>) -> Vec<Spanned<String>> {
    match (kinds(page).next().map(|(kind, _)| kind.name), &page.photo, &page.photos) {
        (Some("photo" | "chapter" | "part"), Some(photo), _) => {
            vec![Spanned { value: photo.value.0.clone(), span: photo.span }]
        }
        (Some("photos"), _, Some(photos)) => globs::photos(photos.clone().into_vec(), context),
        _ => Vec::new(),
    }
}

/// Lowers a page with these photos to entries: none if it is invalid, one for each photo.
pub(crate) fn entries(
    page: &PageEntry,
    photos: &[Spanned<String>],
    info: PageInfo,
    context: &mut LowerContext<'_>,
) -> Vec<Entry> {
    let Some(kind) = kind(page, info, context) else { return Vec::new() };
    check_keys(page, kind, context);
    match (kind.name, &page.text, &page.chapter, &page.part) {
        ("photo" | "photos", ..) => {
            let keys = PhotoKeys::new(page, PlateLayout::default(), info, context);
            for photo in photos {
                note_repeated(photo, keys.by_pattern, context);
            }
            let plates = photos.iter().filter_map(|photo| plate(photo, &keys, context));
            plates.map(|plate| Entry::Plate(Box::new(plate))).collect()
        }
        ("text", Some(text), ..) => {
            essay(text, page, context).map(Entry::Essay).into_iter().collect()
        }
        ("chapter", _, Some(title), _) => {
            vec![Entry::Chapter(opening(title, page, kind, photos, info, context))]
        }
        ("part", .., Some(title)) => {
            vec![Entry::Part(opening(title, page, kind, photos, info, context))]
        }
        ("blank", ..) => vec![Entry::Blank(Some(context.source.at(info.span)))],
        _ => Vec::new(),
    }
}

/// The opening of a chapter or a part with this title.
fn opening(
    title: &Spanned<SingleLine>,
    page: &PageEntry,
    kind: &PageKind,
    photos: &[Spanned<String>],
    info: PageInfo,
    context: &mut LowerContext<'_>,
) -> Chapter {
    if title.value.0.is_empty() {
        let message = format!("a {} must have a title", kind.name);
        context.report(title.span, Finding::new(Code::TitleEmpty, message));
    }
    let heading = context.inlines(&title.value.0, title.span);
    let picture = photos.first().and_then(|photo| {
        note_repeated(photo, false, context);
        let keys = PhotoKeys::new(page, PlateLayout::FullBleed, info, context);
        plate(photo, &keys, context)
    });
    if page.photo.is_none() {
        check_picture_keys(page, kind, context);
    }
    let intro = page.intro.as_ref().and_then(|intro| context.essay(intro));
    let mut intro = intro.unwrap_or_default();
    intro.blocks.splice(0..0, dateline(page, context));
    Chapter {
        title: heading,
        translations: Vec::new(),
        picture: picture.map(Box::new),
        intro: intro.blocks,
        location: Some(context.source.at(title.span)),
        intro_location: intro.location,
        page_colour: page_colour(page, context),
    }
}

/// A text, with its dateline below its title.
fn essay(
    text: &Spanned<MultiLine>,
    page: &PageEntry,
    context: &mut LowerContext<'_>,
) -> Option<Essay> {
    let mut essay = context.essay(text)?;
    let below_title = usize::from(essay.title().is_some());
    essay.blocks.splice(below_title..below_title, dateline(page, context));
    Some(essay)
}

/// The dateline of a text, unless it is empty.
fn dateline(page: &PageEntry, context: &mut LowerContext<'_>) -> Option<Block> {
    let Spanned { value: SingleLine(text), span } = page.dateline.as_ref()?;
    let content = context.inlines(text, *span);
    (!content.is_empty()).then_some(Block::Dateline(content))
}

/// The colour of the pages of a chapter.
fn page_colour(page: &PageEntry, context: &mut LowerContext<'_>) -> Option<Ink> {
    let colour = &page.page.as_ref()?.value.color;
    let ink = design::ink(colour.value.clone());
    if let Some(finding) = design::too_much_ink(ink) {
        context.report(colour.span, finding);
    }
    Some(ink)
}

/// Reports a photo that has a plate already, unless both are named on their own, which is meant.
fn note_repeated(photo: &Spanned<String>, by_pattern: bool, context: &mut LowerContext<'_>) {
    let path = files::path(context.base, &photo.value);
    let new = PlateUse { span: photo.span, by_pattern };
    let Some(first) = context.plates.get(&path).copied() else {
        context.plates.insert(path, new);
        return;
    };
    if first.by_pattern || by_pattern {
        let at = format!("{}:{}", context.manifest_name(), first.span.line);
        let message = format!("{} is in the book again, after {at}", photo.value);
        let help = "remove one of the pages, or leave the photo out of a pattern with `exclude:`";
        context.report(photo.span, Finding::new(Code::PhotoRepeated, message).help(help));
    }
}

/// The keys of a page with their positions, in the order of the file.
fn present_keys(page: &PageEntry) -> Vec<(&'static str, SourceSpan)> {
    let keys = [
        ("photo", page.photo.as_ref().map(|key| key.span)),
        ("photos", page.photos.as_ref().map(|key| key.span)),
        ("text", page.text.as_ref().map(|key| key.span)),
        ("chapter", page.chapter.as_ref().map(|key| key.span)),
        ("part", page.part.as_ref().map(|key| key.span)),
        ("blank", page.blank.as_ref().map(|key| key.span)),
        ("caption", page.caption.as_ref().map(|key| key.span)),
        ("alt", page.alt.as_ref().map(|key| key.span)),
        ("credit", page.credit.as_ref().map(|key| key.span)),
        ("place", page.place.as_ref().map(|key| key.span)),
        ("taken", page.taken.as_ref().map(|key| key.span)),
        ("people", page.people.as_ref().map(|key| key.span)),
        ("keywords", page.keywords.as_ref().map(|key| key.span)),
        ("layout", page.layout.as_ref().map(|key| key.span)),
        ("focus", page.focus.as_ref().map(|key| key.span)),
        ("size", page.size.as_ref().map(|key| key.span)),
        ("side", page.side.as_ref().map(|key| key.span)),
        ("keep-with-next", page.keep_with_next.as_ref().map(|key| key.span)),
        ("intro", page.intro.as_ref().map(|key| key.span)),
        ("dateline", page.dateline.as_ref().map(|key| key.span)),
        ("page", page.page.as_ref().map(|key| key.span)),
    ];
    let mut present: Vec<_> =
        keys.into_iter().filter_map(|(name, span)| span.map(|span| (name, span))).collect();
    present.sort_by_key(|&(_, span)| (span.line, span.column));
    present
}

/// The kinds of a page, of which there should be one, in the order of the file.
fn kinds(page: &PageEntry) -> impl Iterator<Item = (&'static PageKind, SourceSpan)> {
    let present = present_keys(page);
    // A photo beside a chapter is the picture of its opening.
    let is_opening = present.iter().any(|(name, _)| matches!(*name, "chapter" | "part"));
    present
        .into_iter()
        .filter(move |(name, _)| !(is_opening && *name == "photo"))
        .filter_map(|(name, span)| Some((PAGE_KINDS.iter().find(|kind| kind.name == name)?, span)))
}

/// The kind of a page: the first one if there are several.
fn kind(
    page: &PageEntry,
    info: PageInfo,
    context: &mut LowerContext<'_>,
) -> Option<&'static PageKind> {
    let mut kinds = kinds(page);
    let Some((kind, _)) = kinds.next() else {
        if !info.has_errors {
            let message =
                "this page has none of the keys photo, photos, text, chapter, part and blank";
            let help = "start it with one of them, such as - photo: photos/01.jpg";
            context.report(info.span, Finding::new(Code::PageKind, message).help(help));
        }
        return None;
    };
    for (other, span) in kinds {
        let message = format!("a page cannot have both `{}` and `{}`", kind.name, other.name);
        let help = format!("start another page with - {}:", other.name);
        context.report(span, Finding::new(Code::PageKind, message).help(help));
    }
    Some(kind)
}

/// Reports keys that belong to other kinds of pages.
fn check_keys(page: &PageEntry, kind: &PageKind, context: &mut LowerContext<'_>) {
    for (name, span) in present_keys(page) {
        if kind.keys.contains(&name) || PAGE_KINDS.iter().any(|kind| kind.name == name) {
            continue;
        }
        let message = format!("`{name}` is not valid on a page with `{}`", kind.name);
        let kinds: Vec<_> = PAGE_KINDS
            .iter()
            .filter(|kind| kind.keys.contains(&name))
            .map(|kind| kind.name)
            .collect();
        let help = format!("it is valid on pages with {}", kinds.join(" and "));
        context.report(span, Finding::new(Code::KeyMisplaced, message).help(help));
    }
}

/// Reports keys of the picture of an opening that has none.
fn check_picture_keys(page: &PageEntry, kind: &PageKind, context: &mut LowerContext<'_>) {
    for (name, span) in present_keys(page) {
        if kind.keys.contains(&name) && !matches!(name, "intro" | "dateline" | "page") {
            let message = format!("`{name}` describes a photo, and this {} has none", kind.name);
            let help = "add `photo:` to it, or move the key to the photo that it describes";
            context.report(span, Finding::new(Code::KeyMisplaced, message).help(help));
        }
    }
}

/// An alt text. A blank one is reported.
pub(crate) fn alt(key: &Spanned<AltText>, context: &mut LowerContext<'_>) -> Option<String> {
    if key.value.0.is_none() {
        let message = "the alt text is blank";
        context.report(key.span, Finding::new(Code::AltMissing, message).help(ALT_HELP));
    }
    key.value.0.clone()
}

/// The alt text of a picture in the table of captions, else in its metadata.
pub(crate) fn metadata_alt(
    candidates: &Candidates,
    photo: &Spanned<String>,
    context: &mut LowerContext<'_>,
) -> Option<String> {
    if let Some(alt) = context.table_text(Field::Alt, photo) {
        return Some(alt);
    }
    let alt = captions::others(candidates, &context.caption_sources).alt;
    context.metadata_text(alt.as_ref(), "alt", photo)
}

/// The same help for a photo that a pattern matches: an `alt:` beside the pattern is that of all.
const PATTERN_ALT_HELP: &str = "describe the photo in its metadata, or on a `photo:` page of its \
                                own with `alt:`";

pub(crate) const ALT_HELP: &str =
    "describe the photo with `alt:`, or mark it as decoration with `alt: \"\"`";

/// The layout of a page's photos.
#[derive(Debug, Clone, Copy)]
struct KeyLayout {
    plate: PlateLayout,
    /// Whether the page names none.
    is_free: bool,
}

/// The keys of a page that apply to its photos.
struct PhotoKeys {
    caption: Option<Vec<Inline>>,
    alt: Option<String>,
    credit: Option<String>,
    place: Option<String>,
    taken: Option<scalars::Taken>,
    terms: KeyTerms,
    layout: KeyLayout,
    size: PlateSize,
    side: Option<Side>,
    keep_with_next: bool,
    caption_position: CaptionPosition,
    focus: Option<Focus>,
    /// Whether the page has errors, so that any of these may be missing.
    has_errors: bool,
    /// Whether the photos are those of a pattern.
    by_pattern: bool,
}

impl PhotoKeys {
    fn new(
        page: &PageEntry,
        layout: PlateLayout,
        info: PageInfo,
        context: &mut LowerContext<'_>,
    ) -> Self {
        let caption = page.caption.as_ref();
        let (layout, caption_position) = placement(page, layout, context.caption_position);
        let alt = page.alt.as_ref().and_then(|alt| self::alt(alt, context));
        let blank = page.alt.is_some() && alt.is_none();
        Self {
            caption: caption.map(|caption| context.caption(&caption.value.0, caption.span)),
            alt,
            credit: page.credit.as_ref().map(|credit| credit.value.0.clone()),
            place: page.place.as_ref().map(|place| place.value.0.clone()),
            taken: page.taken.as_ref().map(|taken| taken.value.clone()),
            terms: KeyTerms::new(page, context),
            layout: KeyLayout { plate: layout, is_free: page.layout.is_none() },
            size: size(page, layout, context),
            side: side(page, layout, context),
            keep_with_next: page.keep_with_next.as_ref().is_some_and(|keep| keep.value.0),
            caption_position,
            focus: page.focus.as_ref().map(|focus| focus.value.0),
            has_errors: info.has_errors || blank,
            by_pattern: page.photo.is_none(),
        }
    }
}

fn placement(
    page: &PageEntry,
    default_layout: PlateLayout,
    default: CaptionPosition,
) -> (PlateLayout, CaptionPosition) {
    let (plate, caption) = match page.layout.as_ref().map(|layout| &layout.value) {
        None => (None, None),
        Some(PlateKeys::Plate(plate)) => (Some(*plate), None),
        Some(PlateKeys::Keys(keys)) => (
            keys.plate.as_ref().map(|plate| plate.value),
            keys.caption.as_ref().map(|caption| caption.value),
        ),
    };
    let plate = plate.unwrap_or(default_layout);
    let caption = caption.unwrap_or(match plate {
        PlateLayout::Framed => default,
        // A picture that extends to the edges leaves no space for a caption on its page.
        PlateLayout::FullBleed | PlateLayout::Spread => CaptionPosition::Facing,
    });
    (plate, caption)
}

/// The size of a framed photo. Other layouts leave no choice.
fn size(page: &PageEntry, layout: PlateLayout, context: &mut LowerContext<'_>) -> PlateSize {
    let Some(size) = &page.size else { return PlateSize::Normal };
    // On the page of a title it is reported anyway.
    let is_opener = page.chapter.is_some() || page.part.is_some();
    if layout != PlateLayout::Framed && size.value != PlateSize::Normal && !is_opener {
        let message = "`size` is not valid for a photo that fills its page";
        let finding = Finding::new(Code::KeyMisplaced, message);
        context.report(size.span, finding.help("remove it, or use `layout: framed`"));
    }
    size.value
}

/// The side of the leaf for a photo. A spread leaves no choice.
fn side(page: &PageEntry, layout: PlateLayout, context: &mut LowerContext<'_>) -> Option<Side> {
    let side = page.side.as_ref()?;
    if layout == PlateLayout::Spread && side.value == Side::Recto {
        let message = "a spread begins on a verso and cannot have `side: recto`";
        let finding = Finding::new(Code::KeyMisplaced, message);
        context.report(side.span, finding.help("remove `side`, or use another layout"));
        return None;
    }
    Some(side.value)
}

/// A plate: one photo with the keys of the manifest, and its metadata for omitted keys.
fn plate(
    name: &Spanned<String>,
    keys: &PhotoKeys,
    context: &mut LowerContext<'_>,
) -> Option<Plate> {
    let ProbedPicture { picture, candidates } = context.picture(name)?;
    let metadata = captions::others(&candidates, &context.caption_sources);
    let language = context.language.clone();
    let terms = index::terms(&keys.terms, &metadata, name, context);
    let non_empty = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (caption, is_from_metadata) = if let Some(caption) = &keys.caption {
        (caption.clone(), false)
    } else if let Some(caption) = context.caption_beside_manifest(name) {
        (markdown::plain(&caption, &language), false)
    } else {
        let caption = context.metadata_caption(&candidates, name);
        let caption = caption.map(|caption| markdown::plain(&caption, &language));
        (caption.unwrap_or_default(), true)
    };
    if is_from_metadata && !caption.is_empty() && !context.reported_languages.is_empty() {
        let languages = context.reported_languages.join(", ");
        let message = format!("the caption of {} is not translated into {languages}", name.value);
        let finding = Finding::new(Code::Untranslated, message);
        let help =
            "it is read from the photo's metadata; write it in each language with `caption:`";
        context.report(name.span, finding.help(help));
        context.has_untranslated_text = true;
    }
    let alt = keys.alt.clone().or_else(|| {
        let alt = context.table_text(Field::Alt, name);
        alt.or_else(|| context.metadata_text(metadata.alt.as_ref(), "alt", name))
    });
    if alt.is_none() && !keys.has_errors {
        let message = format!("{} has no alt text", name.value);
        let help = if keys.by_pattern { PATTERN_ALT_HELP } else { ALT_HELP };
        context.report(name.span, Finding::new(Code::AltMissing, message).help(help));
    }
    let credit = keys.credit.clone().or_else(|| {
        let credit = metadata.credit.as_ref().or(metadata.creator.as_ref());
        let own = context.table_text(Field::Credit, name);
        let own = own.or_else(|| context.metadata_text(credit, "credit", name));
        own.or(context.credit.clone())
    });
    let place = keys.place.clone().or_else(|| {
        let place = context.table_text(Field::Place, name);
        place.or_else(|| context.metadata_text(metadata.place.as_ref(), "place", name))
    });
    let taken = match &keys.taken {
        Some(scalars::Taken(taken)) => taken.clone(),
        None => match context.table_date(name) {
            Some(taken) => Some(taken),
            None => context.metadata_date(&candidates, name),
        },
    };
    let taken = match taken {
        Some(Taken::Text(text)) => Some(Taken::Text(markdown::line(&text, &language))),
        taken => taken,
    };
    let taken = taken.and_then(|taken| taken.with_precision(context.dates));
    let credit = non_empty(credit);
    let texts = PhotoTexts {
        metadata: &metadata,
        caption: &caption,
        credit: credit.as_ref(),
        shared_credit: credit.is_none() || credit == context.credit,
    };
    let retained = context.retention.retain(&texts, &language);
    Some(Plate {
        license: context.retention.license(&texts, &retained),
        retained_metadata: retained,
        picture,
        caption,
        translations: Vec::new(),
        alt,
        credit,
        place: non_empty(place).map(|place| markdown::line(&place, &language)),
        taken,
        terms,
        layout: keys.layout.plate,
        is_layout_free: keys.layout.is_free,
        size: keys.size,
        side: keys.side,
        keep_with_next: keys.keep_with_next,
        caption_position: keys.caption_position,
        focus: keys.focus,
        number: 0,
        location: Some(context.source.at(name.span)),
    })
}
