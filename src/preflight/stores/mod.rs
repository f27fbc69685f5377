//! The limits of e-book stores, and findings where a book exceeds them.

mod rules;

use crate::finding::{Code, Finding};
use crate::model::{
    Block, Book, EbookLayout, Entry, Inline, Location, ParagraphText, Size, Store, paragraphs,
    plain_text,
};

pub use rules::{StoreRule, StoreRules};

/// The findings before the e-book is written; none if the manifest names no store.
pub fn findings(book: &Book) -> Vec<Finding> {
    let Some(store) = book.ebook.store else { return Vec::new() };
    let rules = StoreRules::new(Some(store));
    let mut findings = Vec::new();
    if let Some(StoreRule { limit, store }) = rules.alt {
        for (_, plate) in book.plates() {
            let alt = plate.alt.as_deref().unwrap_or_default();
            findings.extend(alt_text(alt, limit, store, plate.location.clone()));
        }
        findings.extend(cover_alt(&book.cover_text(), limit, store));
    }
    if let Some(rule) = rules.text {
        let texts = book.entries.iter().filter_map(text);
        findings.extend(texts.filter_map(|(blocks, title)| length(blocks, title, rule)));
    }
    if book.ebook.layout != EbookLayout::Reflowable {
        findings.extend(cover(book.print.trim, &rules));
    }
    findings.extend(book.ebook.max_size.and_then(|size| file(size, &rules, "`max-size` is")));
    findings
}

fn alt_text(alt: &str, limit: usize, store: Store, at: Option<Location>) -> Option<Finding> {
    let count = alt.chars().count();
    (count >= limit).then(|| {
        let name = rules::name(store);
        Finding::new(
            Code::StoreAlt,
            format!("this alt text has {count} characters; {name} requires fewer than {limit}"),
        )
        .at(at)
        .help("describe the essential in the alt text, and the rest in the caption")
    })
}

/// The alt text of the cover, which is shortened if it is too long.
fn cover_alt(text: &str, limit: usize, store: Store) -> Option<Finding> {
    let count = text.chars().count();
    (count >= limit).then(|| {
        let name = rules::name(store);
        let message = format!(
            "the alt text of the cover is shortened: title, subtitle and names have {count} \
             characters, and {name} requires fewer than {limit}"
        );
        Finding::new(Code::StoreAlt, message).help("use a shorter subtitle")
    })
}

/// The blocks and the title of an entry that becomes a text file.
fn text(entry: &Entry) -> Option<(&[Block], Option<&[Inline]>)> {
    match entry {
        Entry::Essay(essay)
        | Entry::Dedication(essay)
        | Entry::Epigraph(essay)
        | Entry::Colophon(essay) => Some((&essay.blocks, essay.title())),
        Entry::Chapter(chapter) => Some((&chapter.intro, Some(&chapter.title))),
        Entry::Plate(_) | Entry::Frontispiece(_) | Entry::Blank(_) => None,
    }
}

/// A finding if a text is too long for one file, even without its markup.
fn length(blocks: &[Block], title: Option<&[Inline]>, rule: StoreRule<usize>) -> Option<Finding> {
    let mut bytes = 0;
    paragraphs(blocks, &mut |part| {
        bytes += match part {
            ParagraphText::Inlines(inlines) => plain_text(inlines).len(),
            ParagraphText::Code(text) => text.len(),
        }
    });
    let StoreRule { limit, store } = rule;
    (bytes > limit).then(|| {
        let name = rules::name(store);
        let [limit, bytes] = [limit, bytes].map(|size| size.div_ceil(1_000_000));
        let title = title.map_or(String::new(), |title| format!(" “{}”", plain_text(title)));
        let message =
            format!("the text{title} has {bytes} MB; {name} allows {limit} MB in one file");
        Finding::new(Code::StoreText, message).help("divide it into several entries of pages")
    })
}

/// A finding if the cover, which has the shape of a page, has too few pixels on one side.
fn cover(trim: Size, rules: &StoreRules) -> Option<Finding> {
    let (width, height) = rules.cover_pixels(trim);
    let StoreRule { limit: (min_width, min_height), store } = rules.min_cover;
    (width < min_width || height < min_height).then(|| {
        let name = rules::name(store);
        Finding::new(Code::StoreCover, format!("the cover has {width} × {height} pixels; {name} requires at least {min_width} × {min_height}"))
            .help("use a trim size whose width and height differ less")
    })
}

/// A finding if the file is larger than the store allows.
pub fn file_size(book: &Book, size: u64) -> Option<Finding> {
    book.ebook.store?;
    file(size, &StoreRules::new(book.ebook.store), "the e-book has")
}

fn file(size: u64, rules: &StoreRules, subject: &str) -> Option<Finding> {
    let StoreRule { limit, store } = rules.file;
    (size > limit).then(|| {
        let name = rules::name(store);
        let (limit, size) = (limit / 1_000_000, size.div_ceil(1_000_000));
        Finding::new(
            Code::StoreSize,
            format!("{subject} {size} MB; {name} allows at most {limit} MB"),
        )
        .help(format!("set `max-size: {limit} MB` under `ebook`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Length;

    #[test]
    fn amazon_requires_alt_texts_of_fewer_than_140_characters() {
        let limit = StoreRules::new(Some(Store::Kdp)).alt.unwrap().limit;
        let found = |count: usize| alt_text(&"ö".repeat(count), limit, Store::Kdp, None).is_some();
        assert_eq!((found(139), found(140)), (false, true));
        assert!(StoreRules::new(Some(Store::Apple)).alt.is_none());
    }

    #[test]
    fn the_alt_text_of_the_cover_has_the_same_limit() {
        let found = |count: usize| cover_alt(&"ö".repeat(count), 140, Store::Kdp);
        assert_eq!(found(139), None);
        assert!(found(140).unwrap().message.contains("have 140"));
    }

    #[test]
    fn kobo_limits_the_size_of_a_text() {
        let found = |count: usize, store| {
            let rule = StoreRules::new(Some(store)).text?;
            let word = Inline::Text("é".repeat(count));
            length(&[Block::Paragraph(vec![word])], None, rule).map(|finding| finding.message)
        };
        assert_eq!(found(5_000_000, Store::Kobo), None);
        assert!(found(5_000_001, Store::All).unwrap().contains("Kobo allows 10 MB"));
        assert_eq!(found(5_000_001, Store::Apple), None);
    }

    #[test]
    fn a_cover_that_is_too_narrow_is_found() {
        let found = |width, height, store| {
            let trim = Size::new(Length::mm(width), Length::mm(height));
            cover(trim, &StoreRules::new(Some(store))).map(|finding| finding.message)
        };
        assert_eq!(found(210, 210, Store::All), None);
        assert_eq!(found(150, 240, Store::Kdp), None);
        assert!(found(300, 100, Store::All).unwrap().contains("2560 × 853"));
        assert_eq!(found(300, 100, Store::Google), None);
    }

    #[test]
    fn a_file_is_compared_with_the_smallest_limit() {
        let found =
            |size, store| file(size, &StoreRules::new(Some(store)), "the e-book has").is_some();
        assert!(!found(650_000_000, Store::All) && found(650_000_001, Store::All));
        assert!(!found(1_000_000_000, Store::Kobo) && found(1_000_000_001, Store::Kobo));
        assert!(!found(1_999_999_999, Store::Apple) && found(2_000_000_001, Store::Apple));
    }
}
