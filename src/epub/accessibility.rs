//! What the book can truthfully say about who can read it (EPUB Accessibility 1.1).

use std::collections::BTreeMap;

use crate::model::{Book, Entry, Item, Language, Pages};

use super::parts::Part;
use super::summary::{Facts, Numbers, summary};

/// The claims of a book, each only when it is true of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accessibility {
    /// How the content is perceived.
    pub(super) modes: Vec<&'static str>,
    /// The sets of senses of which each suffices.
    pub(super) sufficient: Vec<&'static str>,
    /// What helps.
    pub(super) features: Vec<&'static str>,
    /// Who answers for the claim that the standard is kept, if it can be made.
    pub(super) certified_by: Option<String>,
    /// The same in a sentence or two, and the tag of the language that they are in.
    pub(super) summary: (String, &'static str),
}

/// What the reflowable book can say.
pub(super) fn reflowable(book: &Book, parts: &[Part<'_>], mirrors_print: bool) -> Accessibility {
    let in_texts = || parts.iter().flat_map(|part| &part.figures).map(|shown| shown.figure);
    let plates = book.pictured().count() + in_texts().count();
    let described = book.pictured().filter(|plate| plate.alt.is_some()).count()
        + in_texts().filter(|figure| figure.alt.is_some()).count();
    let all_described = described == plates;
    let has_pages = parts.iter().any(|part| !part.breaks.is_empty());
    let has_text =
        book.entries.iter().any(|entry| !matches!(entry, Entry::Plate(_) | Entry::Frontispiece(_)));

    let mut modes = vec!["textual"];
    let mut sufficient = Vec::new();
    if plates > 0 {
        modes.push("visual");
        sufficient.push("textual,visual");
    }
    if all_described {
        sufficient.push("textual");
    }

    let mut features =
        vec!["ARIA", "displayTransformability", "readingOrder", "tableOfContents", "unlocked"];
    if has_text {
        features.push("structuralNavigation");
    }
    if plates > 0 && all_described {
        features.push("alternativeText");
    }
    if has_pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features.sort_unstable();

    Accessibility {
        modes,
        sufficient,
        features,
        certified_by: all_described.then(|| publisher(book)).flatten(),
        summary: summary(
            &Facts {
                pictures: plates,
                described,
                fixed: false,
                numbers: has_pages.then_some(if mirrors_print {
                    Numbers::Print
                } else {
                    Numbers::Plates
                }),
            },
            &book.language,
        ),
    }
}

/// What the book in fixed layout can say. Its text is real and in order, but can neither be
/// set anew nor enlarged by itself: it claims no standard (WCAG 2.1, 1.4.10).
pub(super) fn fixed(pages: &Pages, language: &Language) -> Accessibility {
    let pictures = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Picture(placed) => Some(placed),
        Item::Glyphs(_) | Item::Rule(_) => None,
    });
    // A picture across two pages is one, and its first half says what is to be seen.
    let mut described_by_name: BTreeMap<&str, bool> = BTreeMap::new();
    for placed in pictures {
        described_by_name.entry(&placed.picture.name).or_insert(placed.alt.is_some());
    }
    let plates = described_by_name.len();
    let described = described_by_name.into_values().filter(|described| *described).count();
    let has_pages = pages.pages.iter().any(|page| !page.items.is_empty());
    let mut modes = vec!["textual"];
    let mut sufficient = Vec::new();
    if plates > 0 {
        modes.push("visual");
        sufficient.push("textual,visual");
    }
    if described == plates {
        sufficient.push("textual");
    }
    let mut features = vec!["ARIA", "readingOrder", "tableOfContents", "unlocked"];
    if plates > 0 && described == plates {
        features.push("alternativeText");
    }
    if has_pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features.sort_unstable();
    let numbers = has_pages.then_some(Numbers::Print);
    let facts = Facts { pictures: plates, described, fixed: true, numbers };
    let summary = summary(&facts, language);
    Accessibility { modes, sufficient, features, certified_by: None, summary }
}

/// Whoever puts a name to the book puts it to the claim as well.
fn publisher(book: &Book) -> Option<String> {
    book.publisher.clone().or_else(|| book.creators.first().map(|maker| maker.name.clone()))
}
