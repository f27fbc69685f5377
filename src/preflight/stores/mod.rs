//! The shops for e-books: what they take, and where a book breaks a rule of theirs.

mod rules;

use crate::finding::{Code, Finding};
use crate::model::{
    Block, Book, EbookLayout, Entry, Inline, Location, Said, Size, Store, paragraphs, plain_text,
};

pub use rules::{Rule, Rules};

/// What is known before the e-book is written; nothing, unless the manifest names a store.
pub fn findings(book: &Book) -> Vec<Finding> {
    let Some(store) = book.ebook.store else { return Vec::new() };
    let rules = Rules::of(Some(store));
    let mut findings = Vec::new();
    if let Some(Rule { limit, store }) = rules.alt {
        for (_, plate) in book.plates() {
            let alt = plate.alt.as_deref().unwrap_or_default();
            findings.extend(alt_text(alt, limit, store, plate.location.clone()));
        }
        findings.extend(cover_words(&book.cover_words(), limit, store));
    }
    if let Some(rule) = rules.text {
        let texts = book.entries.iter().filter_map(text);
        findings.extend(texts.filter_map(|(blocks, title)| length(blocks, title, rule)));
    }
    if book.ebook.layout != EbookLayout::Reflowable {
        findings.extend(cover(book.print.trim, &rules));
    }
    findings.extend(book.ebook.max_size.and_then(|size| file(size, &rules, "max-size allows")));
    findings
}

fn alt_text(alt: &str, limit: usize, store: Store, at: Option<Location>) -> Option<Finding> {
    let count = alt.chars().count();
    (count >= limit).then(|| {
        let name = rules::name(store);
        Finding::new(
            Code::StoreAlt,
            format!(
                "{name} wants alt texts shorter than {limit} characters, and this one has {count}"
            ),
        )
        .at(at)
        .help("say the essential in the alt text, and the rest in the caption")
    })
}

/// What stands on the cover is told whole, or cut.
fn cover_words(words: &str, limit: usize, store: Store) -> Option<Finding> {
    let count = words.chars().count();
    (count >= limit).then(|| {
        let name = rules::name(store);
        let message = format!(
            "{name} wants alt texts shorter than {limit} characters: that of the cover is cut, \
             since title, subtitle and names have {count}"
        );
        Finding::new(Code::StoreAlt, message).help("a shorter subtitle is a whole one")
    })
}

/// What becomes a file of text, and what it is called.
fn text(entry: &Entry) -> Option<(&[Block], Option<&[Inline]>)> {
    match entry {
        Entry::Essay(essay) | Entry::Dedication(essay) | Entry::Colophon(essay) => {
            Some((&essay.blocks, essay.title()))
        }
        Entry::Chapter(chapter) => Some((&chapter.intro, Some(&chapter.title))),
        Entry::Plate(_) | Entry::Frontispiece(_) => None,
    }
}

/// The words alone are too many; what marks them up comes on top.
fn length(blocks: &[Block], title: Option<&[Inline]>, rule: Rule<usize>) -> Option<Finding> {
    let mut bytes = 0;
    paragraphs(blocks, &mut |said| {
        bytes += match said {
            Said::Inlines(inlines) => plain_text(inlines).len(),
            Said::Code(text) => text.len(),
        }
    });
    let Rule { limit, store } = rule;
    (bytes > limit).then(|| {
        let name = rules::name(store);
        let [limit, bytes] = [limit, bytes].map(|size| size.div_ceil(1_000_000));
        let title = title.map_or(String::new(), |title| format!(" “{}”", plain_text(title)));
        let message =
            format!("{name} takes {limit} MB of text in one file, and the text{title} has {bytes}");
        Finding::new(Code::StoreText, message).help("divide it into several entries of pages")
    })
}

/// In fixed layout, a cover has the shape of a page; a long strip has too few pixels across.
fn cover(trim: Size, rules: &Rules) -> Option<Finding> {
    let (width, height) = rules.cover_pixels(trim);
    let Rule { limit: (across, down), store } = rules.least_cover;
    (width < across || height < down).then(|| {
        let name = rules::name(store);
        Finding::new(Code::StoreCover, format!("{name} wants a cover of {across} × {down} pixels at least, and this one has {width} × {height}"))
            .help("a trim that is less of a strip gives a cover with more pixels across")
    })
}

/// A file that is larger than the store takes.
pub fn file_size(book: &Book, size: u64) -> Option<Finding> {
    book.ebook.store?;
    file(size, &Rules::of(book.ebook.store), "it has")
}

fn file(size: u64, rules: &Rules, what: &str) -> Option<Finding> {
    let Rule { limit, store } = rules.file;
    (size > limit).then(|| {
        let name = rules::name(store);
        let (limit, size) = (limit / 1_000_000, size.div_ceil(1_000_000));
        Finding::new(
            Code::StoreSize,
            format!("{name} takes an e-book of {limit} MB at most, and {what} {size} MB"),
        )
        .help(format!("write `max-size: {limit} MB` under `ebook`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Length;

    #[test]
    fn an_alt_text_has_less_than_the_characters_that_amazon_counts() {
        let limit = Rules::of(Some(Store::Kdp)).alt.unwrap().limit;
        let told = |count: usize| alt_text(&"ö".repeat(count), limit, Store::Kdp, None).is_some();
        assert_eq!((told(139), told(140)), (false, true));
        assert!(Rules::of(Some(Store::Apple)).alt.is_none());
    }

    #[test]
    fn the_words_on_a_cover_are_counted_too() {
        let found = |count: usize| cover_words(&"ö".repeat(count), 140, Store::Kdp);
        assert_eq!(found(139), None);
        assert!(found(140).unwrap().message.contains("have 140"));
    }

    #[test]
    fn a_text_has_no_more_bytes_than_kobo_takes_in_a_file() {
        let found = |count: usize, store| {
            let rule = Rules::of(Some(store)).text?;
            let word = Inline::Text("é".repeat(count));
            length(&[Block::Paragraph(vec![word])], None, rule).map(|finding| finding.message)
        };
        assert_eq!(found(5_000_000, Store::Kobo), None);
        assert!(found(5_000_001, Store::All).unwrap().contains("Kobo takes 10 MB"));
        assert_eq!(found(5_000_001, Store::Apple), None);
    }

    #[test]
    fn a_strip_of_a_cover_is_found() {
        let found = |width, height, store| {
            let trim = Size::new(Length::mm(width), Length::mm(height));
            cover(trim, &Rules::of(Some(store))).map(|finding| finding.message)
        };
        assert_eq!(found(210, 210, Store::All), None);
        assert_eq!(found(150, 240, Store::Kdp), None);
        assert!(found(300, 100, Store::All).unwrap().contains("2560 × 853"));
        assert_eq!(found(300, 100, Store::Google), None);
    }

    #[test]
    fn a_file_is_held_against_the_smallest_limit() {
        let found = |size, store| file(size, &Rules::of(Some(store)), "it has").is_some();
        assert!(!found(650_000_000, Store::All) && found(650_000_001, Store::All));
        assert!(!found(1_000_000_000, Store::Kobo) && found(1_000_000_001, Store::Kobo));
        assert!(!found(1_999_999_999, Store::Apple) && found(2_000_000_001, Store::Apple));
    }
}
