//! Several languages on one page: which they are, and how the books in each of them become one.

use crate::finding::{Code, Finding};
use crate::manifest::keys::language_tag;
use crate::manifest::lower::language_match::best_match;
use crate::manifest::syntax::source::SourceFile;
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml::{Node, Value};
use crate::model::{
    Block, Book, BookTranslation, Cover, Entry, Essay, Inline, Language, ParagraphText, Plate,
    PlateTranslation, TitleTranslation, Translation, notes, paragraphs, plain_text, shift_notes,
    split_dateline,
};

/// More languages leave no space for photos.
const MAX_LANGUAGES: usize = 3;

/// The languages under `languages-together`, of those of the book. What is invalid is reported and
/// left out; a single one is none.
pub(crate) fn read(
    root: &Node,
    known: &[String],
    source: &SourceFile,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let Some(node) = root.get("languages-together") else { return Vec::new() };
    let items = match &node.value {
        Value::Seq(items) => items.as_slice(),
        Value::Null => return Vec::new(),
        Value::Scalar(_) | Value::Map(_) => std::slice::from_ref(node),
    };
    let mut languages: Vec<String> = Vec::new();
    let mut report = |node: &Node, message: String, help: String| {
        let finding = Finding::new(Code::WrongValue, message).help(help);
        findings.push(finding.at(source.at(node.span)));
    };
    for item in items {
        // Anything else is reported when the key is read, as are tags that are not well-formed.
        let Value::Scalar(text) = &item.value else { continue };
        let Ok(tag) = language_tag::parse(text.trim()) else { continue };
        let tag = tag.tag();
        let Some(found) = best_match(known, tag) else {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            let help = match suggest::nearest(tag, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the languages of the book are {}", known.join(", ")),
            };
            report(item, format!("no text of the book is in `{tag}`"), help);
            continue;
        };
        if languages.contains(&known[found]) {
            let message = format!("`{tag}` is in `languages-together` twice");
            report(item, message, "name each language once".to_owned());
        } else {
            languages.push(known[found].clone());
        }
    }
    if items.len() == 1 {
        let message = "`languages-together` has only one language".to_owned();
        let help = "name two or three, such as [de, en], or omit the key".to_owned();
        report(node, message, help);
    }
    if languages.len() > MAX_LANGUAGES {
        let message = format!("{} languages do not fit on one page", languages.len());
        report(node, message, "name two or three".to_owned());
        languages.truncate(MAX_LANGUAGES);
    }
    if languages.len() > 1 { languages } else { Vec::new() }
}

/// Adds the texts of the same book in other languages. What is the same is not added.
pub(crate) fn merge(book: &mut Book, others: &[(Language, Book)]) {
    for (language, other) in others {
        let differing = |own: Option<&String>, other: Option<&String>| {
            let differs = !same(own.map_or("", |it| it), other.map_or("", |it| it));
            other.filter(|other| differs && !other.is_empty()).cloned()
        };
        book.translations.push(BookTranslation {
            language: language.clone(),
            title: differing(Some(&book.title), Some(&other.title)),
            subtitle: differing(book.subtitle.as_ref(), other.subtitle.as_ref()),
            bylines: {
                let own = book.bylines();
                let is_new = |line: &String| !own.iter().any(|own| same(own, line));
                other.bylines().into_iter().filter(is_new).collect()
            },
        });
        join(&mut book.rights, other.rights.as_ref());
        join(&mut book.publisher, other.publisher.as_ref());
        join(&mut book.credit, other.credit.as_ref());
        if let (Cover::Photo { alt, .. }, Cover::Photo { alt: other, .. }) =
            (&mut book.cover, &other.cover)
        {
            join_alt(alt, other.as_ref());
        }
        book.has_untranslated_text |= other.has_untranslated_text;
    }
    let first = book.language.clone();
    let count = book.entries.len();
    // If an entry is missing, an error says why.
    let others: Vec<&(Language, Book)> =
        others.iter().filter(|(_, other)| other.entries.len() == count).collect();
    let mut entries = Vec::new();
    for (index, mut entry) in std::mem::take(&mut book.entries).into_iter().enumerate() {
        let mut added = Vec::new();
        for (language, other) in &others {
            added.extend(add(&mut entry, &other.entries[index], &first, language));
        }
        entries.push(entry);
        entries.extend(added);
    }
    book.entries = entries;
}

/// Adds the texts of an entry in another language; a text on pages of its own is returned.
fn add(entry: &mut Entry, other: &Entry, first: &Language, language: &Language) -> Option<Entry> {
    match (entry, other) {
        (Entry::Plate(plate), Entry::Plate(other))
        | (Entry::Frontispiece(plate), Entry::Frontispiece(other)) => {
            plate.translations.extend(plate_translation(plate, other, first, language));
            join(&mut plate.credit, other.credit.as_ref());
            join_alt(&mut plate.alt, other.alt.as_ref());
        }
        (Entry::Essay(own), Entry::Essay(other)) => {
            let is_new = !same(&text_of(&own.blocks), &text_of(&other.blocks));
            if is_new && !other.blocks.is_empty() {
                let essay = Essay { language: Some(language.clone()), ..other.clone() };
                return Some(Entry::Essay(essay));
            }
            join_dateline(&mut own.blocks, &other.blocks);
        }
        (Entry::Dedication(own), Entry::Dedication(other))
        | (Entry::Epigraph(own), Entry::Epigraph(other))
        | (Entry::Colophon(own), Entry::Colophon(other)) => {
            append(&mut own.blocks, &other.blocks, language);
        }
        (Entry::Part(own), Entry::Part(other)) | (Entry::Chapter(own), Entry::Chapter(other)) => {
            if let (Some(plate), Some(other)) = (&mut own.picture, &other.picture) {
                plate.translations.extend(plate_translation(plate, other, first, language));
                join(&mut plate.credit, other.credit.as_ref());
                join_alt(&mut plate.alt, other.alt.as_ref());
            }
            if !same(&plain_text(&own.title), &plain_text(&other.title)) {
                let title = other.title.clone();
                own.translations.push(TitleTranslation { language: language.clone(), title });
            }
            join_dateline(&mut own.intro, &other.intro);
            append(&mut own.intro, split_dateline(&other.intro).1, language);
        }
        _ => {}
    }
    None
}

/// The texts of a plate in another language; `None` if all are the same.
fn plate_translation(
    plate: &Plate,
    other: &Plate,
    first: &Language,
    language: &Language,
) -> Option<PlateTranslation> {
    let is_new = !same(&plain_text(&plate.caption), &plain_text(&other.caption));
    let caption: Vec<Inline> = if is_new { other.caption.clone() } else { Vec::new() };
    // Place and date are read together.
    let place_and_date = |plate: &Plate, language: &Language| {
        let date = plate.taken.as_ref().map(|taken| taken.localized(language));
        format!("{} {}", plate.place.as_deref().unwrap_or_default(), date.unwrap_or_default())
    };
    // A reader of one caption does not look for the place in the other.
    let has_caption = is_new && !other.caption.is_empty();
    let is_elsewhere =
        has_caption || !same(&place_and_date(plate, first), &place_and_date(other, language));
    let (place, taken) =
        if is_elsewhere { (other.place.clone(), other.taken.clone()) } else { (None, None) };
    (is_new || is_elsewhere).then(|| PlateTranslation {
        language: language.clone(),
        caption,
        place,
        taken,
    })
}

/// Appends a text in another language, unless it is the same. Its notes follow those before it.
fn append(own: &mut Vec<Block>, other: &[Block], language: &Language) {
    let text = text_of(other);
    let is_known = |blocks: &[Block]| same(&text_of(blocks), &text);
    if other.is_empty() || is_known(own) {
        return;
    }
    let mut last = 0;
    paragraphs(own, &mut |text| {
        if let ParagraphText::Inlines(content) = text {
            notes(content, &mut |note| last = last.max(note.number));
        }
    });
    let mut blocks = other.to_vec();
    shift_notes(&mut blocks, last);
    own.push(Block::Translation(Translation { language: language.clone(), blocks }));
}

/// Joins the datelines of a text in two languages, as credits are joined.
fn join_dateline(own: &mut Vec<Block>, other: &[Block]) {
    let in_other = other.iter().find_map(|block| match block {
        Block::Dateline(content) => Some(content),
        _ => None,
    });
    let Some(other) = in_other else { return };
    let in_own = own.iter_mut().find_map(|block| match block {
        Block::Dateline(content) => Some(content),
        _ => None,
    });
    match in_own {
        Some(own) if same(&plain_text(own), &plain_text(other)) => {}
        Some(own) => {
            own.push(Inline::Text(" / ".to_owned()));
            own.extend_from_slice(other);
        }
        None => {
            let below_title = usize::from(matches!(own.first(), Some(Block::Heading { .. })));
            own.insert(below_title, Block::Dateline(other.clone()));
        }
    }
}

/// Joins two texts for one line, unless the first is or has the second. Either may have slashes of
/// its own.
fn join(own: &mut Option<String>, other: Option<&String>) {
    let Some(other) = other.filter(|other| !other.is_empty()) else { return };
    match own {
        Some(own) if same(own, other) || has_part(own, other) => {}
        Some(own) if !own.is_empty() => *own = format!("{own} / {other}"),
        _ => *own = Some(other.clone()),
    }
}

/// Joins two alt texts, for an attribute has one text for all readers. A photo that is decoration
/// or not described in the first language remains so.
fn join_alt(own: &mut Option<String>, other: Option<&String>) {
    if own.as_ref().is_some_and(|own| !own.trim().is_empty()) {
        join(own, other);
    }
}

fn has_part(joined: &str, part: &str) -> bool {
    let between = |text: &str| format!(" / {} / ", text.trim());
    between(joined).contains(&between(part))
}

/// The text of blocks without its dateline, to be compared.
fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks.iter().filter(|block| !matches!(block, Block::Dateline(_))) {
        paragraphs(std::slice::from_ref(block), &mut |paragraph| match paragraph {
            ParagraphText::Inlines(content) => text += &plain_text(content),
            ParagraphText::Code(code) => text += code,
        });
    }
    text
}

/// Whether two texts are the same, apart from quotation marks and other signs, which each language
/// sets in its own way.
fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (own, others) = (letters(one), letters(other));
    own == others && (!own.is_empty() || one.trim().is_empty() == other.trim().is_empty())
}
