//! Makes the index of a book from the places, the people and the subjects of its photos.

mod letters;

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::OneOrMany;
use crate::manifest::keys::pages::PageEntry;
use crate::manifest::keys::scalars::SingleLine;
use crate::manifest::lower::context::LowerContext;
use crate::manifest::syntax::de::Spanned;
use crate::model::{
    Book, EntryId, IndexEntry, IndexGroup, IndexTerms, IndexTopic, Language, Metadata, Sourced,
};

/// The terms of a photo: those of the manifest, else those of its metadata. Only what the index
/// lists is read.
pub(crate) fn terms(
    page: &KeyTerms,
    metadata: &Metadata,
    photo: &Spanned<String>,
    context: &mut LowerContext<'_>,
) -> IndexTerms {
    let topics = context.index_topics.clone();
    let mut terms = IndexTerms::default();
    if topics.is_empty() {
        return terms;
    }
    if topics.contains(&IndexTopic::People) {
        terms.people = match &page.people {
            Some(people) => people.clone(),
            None => texts(&metadata.people, "people", photo, context),
        };
    }
    if topics.contains(&IndexTopic::Subjects) {
        terms.subjects = if let Some(keywords) = &page.keywords {
            keywords.iter().map(|it| path(it)).collect()
        } else {
            let paths = texts(&metadata.keyword_paths, "keywords", photo, context);
            let keywords = texts(&metadata.keywords, "keywords", photo, context);
            with_plain(paths.iter().map(|it| path(it)).collect(), keywords)
        };
        terms.subjects.retain(|path| !path.is_empty());
    }
    terms
}

/// The keys of a page for the index.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyTerms {
    people: Option<Vec<String>>,
    keywords: Option<Vec<String>>,
}

impl KeyTerms {
    /// Reads the keys. One that no index shows is reported.
    pub(crate) fn new(page: &PageEntry, context: &mut LowerContext<'_>) -> Self {
        for (key, name, topic) in [
            (&page.people, "people", IndexTopic::People),
            (&page.keywords, "keywords", IndexTopic::Subjects),
        ] {
            let Some(key) = key.as_ref().filter(|_| !context.index_topics.contains(&topic)) else {
                continue;
            };
            let topic = self::name(topic);
            let message = format!("`{name}` is not printed: the book has no index of {topic}");
            let finding = Finding::new(Code::IndexIncomplete, message);
            context.report(key.span, finding.help(format!("add index: [{topic}] to the manifest")));
        }
        Self { people: lines(page.people.as_ref()), keywords: lines(page.keywords.as_ref()) }
    }
}

fn lines(key: Option<&Spanned<OneOrMany<SingleLine>>>) -> Option<Vec<String>> {
    let key = key?.clone();
    let texts = key.into_vec().into_iter().map(|text| text.value.0);
    Some(texts.filter_map(|text| visible(&text)).collect())
}

/// Texts from the metadata of a photo. Uncertain ones are reported.
fn texts(
    fields: &[Sourced],
    key: &str,
    photo: &Spanned<String>,
    context: &mut LowerContext<'_>,
) -> Vec<String> {
    let texts = fields.iter().filter_map(|field| context.metadata_text(Some(field), key, photo));
    texts.filter_map(|text| visible(&text)).collect()
}

/// The steps of a keyword such as `Animals|Birds|Gulls`, from the widest.
fn path(keyword: &str) -> Vec<String> {
    keyword.split('|').filter_map(visible).collect()
}

/// A term without the invisible characters that programs leave in metadata; `None` if nothing else
/// is in it. Joiners stay between the letters that they join.
fn visible(term: &str) -> Option<String> {
    let is_joiner = |c: char| matches!(c, '\u{200C}' | '\u{200D}');
    let term: String = term.chars().filter(|c| !is_invisible(*c)).collect();
    let term = term.trim_matches(|c: char| c.is_whitespace() || is_joiner(c));
    (!term.is_empty()).then(|| term.to_owned())
}

/// Whether a character has no width and no meaning in a name or a keyword: controls, marks of the
/// direction, zero-width spaces.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'
                | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
                | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// The keywords with their wider ones, and those that are in none of these: programs write each
/// keyword of a path, or only the last, among the plain ones, too.
fn with_plain(mut paths: Vec<Vec<String>>, plain: Vec<String>) -> Vec<Vec<String>> {
    let is_longer =
        |path: &[String], other: &[String]| other.len() > path.len() && other.starts_with(path);
    // A wider keyword is listed for its own sake only if no narrower one is given.
    let all = paths.clone();
    paths.retain(|path| !all.iter().any(|other| is_longer(path, other)));
    for keyword in plain {
        if !paths.iter().flatten().any(|step| step.to_lowercase() == keyword.to_lowercase()) {
            paths.push(vec![keyword]);
        }
    }
    paths
}

/// Sorts what the book's pictures have into its index, and reports pictures without terms.
pub(crate) fn complete(book: &mut Book) -> Option<Finding> {
    if book.index.topics.is_empty() {
        return None;
    }
    let order = Alphabet::new(&book.language);
    let topics = book.index.topics.clone();
    let mut paths: Vec<(IndexTopic, Vec<String>, EntryId)> = Vec::new();
    let (mut count, mut without) = (0, 0);
    for (id, plate) in book.plates_and_openers() {
        let before = paths.len();
        if book.index.lists(IndexTopic::Places) {
            let place = plate.place.as_deref().and_then(visible);
            paths.extend(place.map(|place| (IndexTopic::Places, vec![place], id)));
        }
        let people = plate.terms.people.iter();
        paths.extend(people.map(|name| (IndexTopic::People, vec![name.clone()], id)));
        let subjects = plate.terms.subjects.iter();
        paths.extend(subjects.map(|path| (IndexTopic::Subjects, path.clone(), id)));
        count += 1;
        without += usize::from(paths.len() == before);
    }
    let found = |topic: &IndexTopic| paths.iter().any(|(of, ..)| of == topic);
    let has_headings = topics.iter().filter(|topic| found(topic)).count() > 1;
    for topic in topics {
        let of_topic = paths.iter().filter(|(of, ..)| *of == topic);
        let entries =
            entries(of_topic.map(|(_, path, id)| (path.as_slice(), *id)).collect(), &order);
        let mut groups = order.grouped(entries);
        if let Some(first) = groups.first_mut().filter(|_| has_headings) {
            first.topic = Some(topic);
        }
        book.index.groups.extend(groups);
    }
    finding(book, count, without)
}

/// The finding about pictures that are not in the index.
fn finding(book: &Book, count: usize, without: usize) -> Option<Finding> {
    let topics: Vec<&str> = book.index.topics.iter().map(|topic| name(*topic)).collect();
    let what = topics.join(", ");
    let help = "add `keywords:`, `people:` or `place:` to the photos, or write them into their \
                metadata";
    if without == count {
        let message = format!("the index is empty: no photo has any of its {what}");
        return Some(Finding::new(Code::IndexEmpty, message).help(help));
    }
    let message = match without {
        0 => return None,
        1 => format!("one photo of {count} is not in the index: it has none of its {what}"),
        _ => format!(
            "{without} photos of {count} are not in the index: they have none of its {what}"
        ),
    };
    Some(Finding::new(Code::IndexIncomplete, message).help(help))
}

fn name(topic: IndexTopic) -> &'static str {
    match topic {
        IndexTopic::Places => "places",
        IndexTopic::People => "people",
        IndexTopic::Subjects => "subjects",
    }
}

/// A picture, and what is left of the path of its entry.
type PathToPicture<'a> = (&'a [String], EntryId);

/// The entries with these paths, sorted. Texts that differ only in case are one entry, as most
/// pictures have it.
fn entries(paths: Vec<PathToPicture<'_>>, order: &Alphabet) -> Vec<IndexEntry> {
    let mut by_text: BTreeMap<&str, Vec<PathToPicture<'_>>> = BTreeMap::new();
    for (path, id) in paths {
        if let Some((text, rest)) = path.split_first() {
            by_text.entry(text).or_default().push((rest, id));
        }
    }
    let mut spellings: Vec<(&str, Vec<PathToPicture<'_>>)> = by_text.into_iter().collect();
    spellings.sort_by(|(a, _), (b, _)| order.compare(a, b));
    let mut entries = Vec::new();
    for same in spellings.chunk_by(|(a, _), (b, _)| order.is_same(a, b)) {
        let first = |below: &[PathToPicture<'_>]| below.iter().map(|(_, id)| *id).min();
        let best = same.iter().min_by_key(|(_, below)| (Reverse(below.len()), first(below)));
        let below: Vec<PathToPicture<'_>> =
            same.iter().flat_map(|(_, below)| below.iter().copied()).collect();
        let mut pictures: Vec<EntryId> =
            below.iter().filter(|(rest, _)| rest.is_empty()).map(|(_, id)| *id).collect();
        pictures.sort_unstable();
        pictures.dedup();
        entries.push(IndexEntry {
            text: best.map_or_else(String::new, |(text, _)| (*text).to_owned()),
            pictures,
            children: entries_below(below, order),
        });
    }
    entries
}

fn entries_below(below: Vec<PathToPicture<'_>>, order: &Alphabet) -> Vec<IndexEntry> {
    let narrower = below.into_iter().filter(|(rest, _)| !rest.is_empty()).collect();
    entries(narrower, order)
}

/// The order of texts in a language.
struct Alphabet {
    language: Language,
    /// Tells all differences apart.
    full: Option<CollatorBorrowed<'static>>,
    /// Ignores case.
    same: Option<CollatorBorrowed<'static>>,
    /// Compares letters without their accents, unless they are letters of their own.
    letters: Option<CollatorBorrowed<'static>>,
}

impl Alphabet {
    fn new(language: &Language) -> Self {
        let collator = |strength| {
            let locale = language.tag().parse::<Locale>().unwrap_or(Locale::UNKNOWN);
            let mut preferences = CollatorPreferences::from(&locale);
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            // The data of all languages is compiled in.
            Collator::try_new(preferences, options).ok()
        };
        Self {
            language: language.clone(),
            full: collator(Strength::Tertiary),
            same: collator(Strength::Secondary),
            letters: collator(Strength::Primary),
        }
    }

    fn compare(&self, a: &str, b: &str) -> Ordering {
        let order = self.full.as_ref().map_or(Ordering::Equal, |it| it.compare(a, b));
        order.then_with(|| a.cmp(b))
    }

    /// Whether two texts differ only in case.
    fn is_same(&self, a: &str, b: &str) -> bool {
        self.same.as_ref().map_or(a == b, |it| it.compare(a, b).is_eq())
    }

    /// Divides sorted entries by their first letters.
    fn grouped(&self, entries: Vec<IndexEntry>) -> Vec<IndexGroup> {
        let mut groups: Vec<IndexGroup> = Vec::new();
        for entry in entries {
            let letter = letters::first(&entry.text, &self.language, self.letters.as_ref());
            match groups.last_mut() {
                Some(group) if group.letter == letter => group.entries.push(entry),
                _ => groups.push(IndexGroup { topic: None, letter, entries: vec![entry] }),
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(tag: &str, texts: &[&str]) -> Vec<(String, Vec<String>)> {
        let order = Alphabet::new(&Language::new(tag));
        let paths: Vec<[String; 1]> = texts.iter().map(|text| [(*text).to_owned()]).collect();
        let paths = paths.iter().map(|path| (path.as_slice(), EntryId(0))).collect();
        let groups = order.grouped(entries(paths, &order)).into_iter();
        let texts = |entries: Vec<IndexEntry>| entries.into_iter().map(|it| it.text).collect();
        groups.map(|it| (it.letter.unwrap_or_default(), texts(it.entries))).collect()
    }

    fn letters(tag: &str, texts: &[&str]) -> Vec<String> {
        grouped(tag, texts).into_iter().map(|(letter, _)| letter).collect()
    }

    #[test]
    fn accented_letters_are_grouped_as_each_language_does() {
        assert_eq!(letters("de", &["Ärmelkanal", "Aal", "Zebra", "Öl", "Oase"]), ["A", "O", "Z"]);
        assert_eq!(letters("sv", &["Ärta", "Al", "Zebra", "Öl", "Ål"]), ["A", "Z", "Å", "Ä", "Ö"]);
        assert_eq!(letters("fr", &["île", "Image", "école", "Eau"]), ["E", "I"]);
        assert_eq!(letters("es", &["ñandú", "nube", "olivo"]), ["N", "Ñ", "O"]);
        assert_eq!(letters("pl", &["łódź", "lot", "źródło", "zero"]), ["L", "Ł", "Z", "Ź"]);
    }

    #[test]
    fn other_scripts_have_their_own_first_letters() {
        assert_eq!(letters("ar", &["بحر", "أمل", "إبل", "ابن"]), ["ا", "ب"]);
        assert_eq!(letters("he", &["בית", "אור"]), ["א", "ב"]);
        assert_eq!(letters("ko", &["나무", "가을", "까치", "하늘"]), ["ㄱ", "ㄴ", "ㅎ"]);
        assert_eq!(letters("ja", &["かもめ", "アヒル", "いけ", "さくら"]), ["あ", "か", "さ"]);
        assert_eq!(letters("zh", &["北京", "上海", "阿坝", "重庆"]), ["A", "B", "C", "S"]);
        assert_eq!(letters("th", &["เกาะ", "ขนม", "กา"]), ["ก", "ข"]);
    }

    #[test]
    fn digits_come_first_without_a_letter_and_numbers_by_value() {
        let groups = grouped("en", &["Route 10", "Route 9", "1911", "747"]);
        let texts = |group: usize| groups[group].1.join(" ");
        assert_eq!((groups[0].0.as_str(), texts(0)), ("", "747 1911".to_owned()));
        assert_eq!((groups[1].0.as_str(), texts(1)), ("R", "Route 9 Route 10".to_owned()));
    }

    #[test]
    fn invisible_characters_are_no_keywords_and_not_in_any() {
        assert_eq!(path("\u{200B}|\u{2060}\u{FEFF}"), [""; 0]);
        assert_eq!(path("\u{202E}sgod\u{202C} | \u{200D}"), ["sgod"]);
        assert_eq!(path("می\u{200C}روم"), ["می\u{200C}روم"]);
    }

    #[test]
    fn a_plain_keyword_that_a_path_has_is_not_listed_again() {
        let paths = vec![path("Animals"), path("Animals|Birds|Gulls")];
        let plain = ["gulls", "Animals", "harbour"].map(str::to_owned).to_vec();
        let all = with_plain(paths, plain);
        assert_eq!(all, [vec!["Animals", "Birds", "Gulls"], vec!["harbour"]]);
    }
}
