//! Derives the identifiers of the book and its editions.

use uuid::Uuid;

use crate::model::{Creator, EbookLayout, EditionIdentifiers, Identifier, Language};

/// The identifier of a book without one: always the same for the same title, creators and
/// language (RFC 9562, 5.5).
pub(crate) fn derived(title: &str, creators: &[Creator], language: &Language) -> Identifier {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"tag:recto,2026:books");
    // Separated by characters that a manifest cannot contain.
    let mut name = format!("{title}\u{1e}{}", language.tag());
    for creator in creators {
        name.push('\u{1e}');
        name.push_str(creator.role.code);
        name.push('\u{1f}');
        name.push_str(&creator.name);
    }
    Identifier::Uuid(Uuid::new_v5(&namespace, name.as_bytes()).hyphenated().to_string())
}

/// The identifiers of the editions. `identifier` is that of the reflowable e-book, or of the one
/// in fixed layout if there is no other; `source` is that of the printed edition. Every other
/// edition gets a UUID that is the same in every build.
pub(crate) fn editions(
    given: Option<&Identifier>,
    by_title: impl Fn() -> Identifier,
    layout: EbookLayout,
    source: Option<&Identifier>,
) -> EditionIdentifiers {
    let book = given.cloned().unwrap_or_else(by_title);
    let derived = |edition: &str| edition_identifier(&book, edition);
    let (reflowable, fixed) = match (given, layout) {
        (Some(given), EbookLayout::Fixed) => (derived("epub"), given.clone()),
        _ => (book.clone(), derived("epub-fixed")),
    };
    EditionIdentifiers {
        reflowable,
        fixed,
        print: source.cloned().unwrap_or_else(|| derived("print")),
        screen: derived("screen"),
    }
}

/// A UUID in the namespace of the book.
fn edition_identifier(book: &Identifier, edition: &str) -> Identifier {
    let namespace = match book {
        Identifier::Uuid(uuid) => Uuid::try_parse(uuid).ok(),
        Identifier::Isbn(_) | Identifier::Uri(_) => None,
    };
    let namespace =
        namespace.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, book.urn().as_bytes()));
    Identifier::Uuid(Uuid::new_v5(&namespace, edition.as_bytes()).hyphenated().to_string())
}
