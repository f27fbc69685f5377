//! The accessibility metadata of the book (EPUB Accessibility 1.1).

use crate::model::{Block, Book, Cover, Entry, Pages, figures};

use crate::epub::content::parts::Part;
use crate::epub::package::accessibility_summary::{AccessibilityFacts, PageNumberSource, summary};
use crate::model::LanguageRuns;

/// The accessibility metadata; every claim holds for this particular book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct Accessibility {
    /// The access modes: the senses by which the content is perceived.
    pub(in crate::epub) modes: Vec<&'static str>,
    /// The sets of access modes each of which is sufficient to read the book.
    pub(in crate::epub) sufficient: Vec<&'static str>,
    /// The accessibility features.
    pub(in crate::epub) features: Vec<&'static str>,
    /// Who certifies conformance with the standard, if the book conforms.
    pub(in crate::epub) certified_by: Option<String>,
    /// The summary in a sentence or two, and its language tag.
    pub(in crate::epub) summary: (String, &'static str),
}

/// The metadata of the reflowable e-book.
pub(in crate::epub) fn reflowable(
    book: &Book,
    parts: &[Part<'_>],
    mirrors_print: bool,
) -> Accessibility {
    let pictures = PictureCounts::new(book);
    let has_pages = parts.iter().any(|part| !part.breaks.is_empty());
    let (modes, sufficient) = pictures.modes();
    let mut features =
        vec!["ARIA", "displayTransformability", "readingOrder", "tableOfContents", "unlocked"];
    if book.entries.iter().any(has_heading) {
        features.push("structuralNavigation");
    }
    features.extend(pictures.alternative_text());
    features.extend((!book.index.is_empty()).then_some("index"));
    if has_pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features.sort_unstable();

    let numbers = if mirrors_print { PageNumberSource::Print } else { PageNumberSource::Plates };
    let numbers = has_pages.then_some(numbers);
    // Every picture has a text alternative (WCAG 2.1, 1.1.1), and the language of all text is
    // known (3.1.2).
    let conforms =
        pictures.all_have_alt() && !book.has_untranslated_text && LanguageRuns::all_known(book);
    Accessibility {
        modes,
        sufficient,
        features,
        certified_by: conforms.then(|| publisher(book)).flatten(),
        summary: summary(&pictures.facts(false, numbers), &book.language),
    }
}

/// The metadata of the fixed-layout e-book. Its text is real and in reading order, but can
/// neither be reflowed nor enlarged by itself, so no conformance is claimed (WCAG 2.1, 1.4.10).
pub(in crate::epub) fn fixed(book: &Book, pages: &Pages) -> Accessibility {
    let pictures = PictureCounts::new(book);
    let has_pages = pages.pages.iter().any(|page| !page.items.is_empty());
    let (modes, sufficient) = pictures.modes();
    let mut features = vec!["ARIA", "readingOrder", "tableOfContents", "unlocked"];
    features.extend(pictures.alternative_text());
    features.extend((!book.index.is_empty()).then_some("index"));
    if has_pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features.sort_unstable();
    let numbers = has_pages.then_some(PageNumberSource::Print);
    let summary = summary(&pictures.facts(true, numbers), &book.language);
    Accessibility { modes, sufficient, features, certified_by: None, summary }
}

/// Counts the book's pictures (on plates, in texts and on the cover, each once) by their
/// alternative text.
#[derive(Debug, Default)]
struct PictureCounts {
    described: usize,
    decoration: usize,
    without_alt: usize,
}

impl PictureCounts {
    fn new(book: &Book) -> Self {
        let mut pictures = Self::default();
        let mut count = |alt: Option<&str>| match alt.map(str::trim) {
            None => pictures.without_alt += 1,
            Some("") => pictures.decoration += 1,
            Some(_) => pictures.described += 1,
        };
        book.plates_and_frontispiece().for_each(|plate| count(plate.alt.as_deref()));
        if let Cover::Photo { picture, alt, .. } = &book.cover
            && book.plates_and_frontispiece().all(|plate| plate.picture.path != picture.path)
        {
            count(alt.as_deref());
        }
        for entry in &book.entries {
            figures(entry.blocks(), &mut |figure| count(figure.alt.as_deref()));
        }
        pictures
    }

    /// Whether no picture lacks alternative text.
    fn all_have_alt(&self) -> bool {
        self.without_alt == 0
    }

    /// The access modes, and the sets of access modes each of which is sufficient.
    fn modes(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let has_pictures = self.described + self.decoration + self.without_alt > 0;
        let with_pictures = has_pictures.then_some("textual,visual");
        (
            ["textual"].into_iter().chain(has_pictures.then_some("visual")).collect(),
            with_pictures.into_iter().chain(self.all_have_alt().then_some("textual")).collect(),
        )
    }

    /// The feature `alternativeText`; decorative pictures need no alternative and do not count
    /// as one.
    fn alternative_text(&self) -> Option<&'static str> {
        (self.all_have_alt() && self.described > 0).then_some("alternativeText")
    }

    fn facts(&self, fixed: bool, numbers: Option<PageNumberSource>) -> AccessibilityFacts {
        let &Self { described, decoration, without_alt } = self;
        let pictures = described + decoration + without_alt;
        AccessibilityFacts { pictures, described, decoration, fixed, numbers }
    }
}

/// Whether an entry can be found by its headings; the heading of the title page does not count.
fn has_heading(entry: &Entry) -> bool {
    entry.opening().is_some() || entry.blocks().iter().any(is_heading)
}

fn is_heading(block: &Block) -> bool {
    matches!(block, Block::Heading { .. })
}

/// The publisher, or else the first creator, who then also certifies the claim.
fn publisher(book: &Book) -> Option<String> {
    book.publisher.clone().or_else(|| book.creators.first().map(|maker| maker.name.clone()))
}
