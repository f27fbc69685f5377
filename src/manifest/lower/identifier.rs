//! What a library tells the book by: ISBNs, URNs, URLs and UUIDs.

use uuid::Uuid;

use crate::model::{Creator, EbookLayout, EditionIdentifiers, Identifier, Language};

/// The identifier of a book that names none: the same for the same title, creators and
/// language, on every machine and at any time (RFC 9562, 5.5).
pub(crate) fn derived(title: &str, creators: &[Creator], language: &Language) -> Identifier {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"tag:recto,2026:books");
    // Separators that no manifest can hold keep the parts apart.
    let mut name = format!("{title}\u{1e}{}", language.tag());
    for creator in creators {
        name.push('\u{1e}');
        name.push_str(creator.role.code);
        name.push('\u{1f}');
        name.push_str(&creator.name);
    }
    Identifier::Uuid(Uuid::new_v5(&namespace, name.as_bytes()).hyphenated().to_string())
}

/// What the editions are told by. What is given names the e-book: the one in fixed layout only
/// where the manifest asks for no other. The printed edition is what the e-book was made from.
/// Every other edition gets a UUID that is the same whenever the book is made.
pub(crate) fn editions(
    given: Option<&Identifier>,
    by_title: impl Fn() -> Identifier,
    layout: EbookLayout,
    source: Option<&Identifier>,
) -> EditionIdentifiers {
    let book = given.cloned().unwrap_or_else(by_title);
    let of = |edition: &str| of_edition(&book, edition);
    let (reflowable, fixed) = match (given, layout) {
        (Some(given), EbookLayout::Fixed) => (of("epub"), given.clone()),
        _ => (book.clone(), of("epub-fixed")),
    };
    EditionIdentifiers {
        reflowable,
        fixed,
        print: source.cloned().unwrap_or_else(|| of("print")),
        screen: of("screen"),
    }
}

/// A UUID within the namespace that is the book's own.
fn of_edition(book: &Identifier, edition: &str) -> Identifier {
    let namespace = match book {
        Identifier::Uuid(uuid) => Uuid::try_parse(uuid).ok(),
        Identifier::Isbn(_) | Identifier::Uri(_) => None,
    };
    let namespace =
        namespace.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, book.urn().as_bytes()));
    Identifier::Uuid(Uuid::new_v5(&namespace, edition.as_bytes()).hyphenated().to_string())
}
