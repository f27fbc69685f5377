//! Identifiers of books and their editions.

use uuid::Uuid;

use super::{Creator, EbookLayout, Language};

/// What a library or a reading system identifies a publication by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// An ISBN of thirteen digits.
    Isbn(String),
    /// Any other identifier, as a URN or a URL.
    Uri(String),
    /// A version 5 UUID.
    Uuid(String),
}

impl Identifier {
    /// The identifier of a book that is given none: always the same for the same title, creators
    /// and language (RFC 9562, 5.5).
    pub fn derived(title: &str, creators: &[Creator], language: &Language) -> Self {
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"tag:recto,2026:books");
        // Separated by characters that a manifest cannot contain.
        let mut name = format!("{title}\u{1e}{}", language.tag());
        for creator in creators {
            name.push('\u{1e}');
            name.push_str(creator.role.code);
            name.push('\u{1f}');
            name.push_str(&creator.name);
        }
        Self::uuid(namespace, &name)
    }

    /// A UUID in any of its usual notations; `None` for any other text.
    pub fn from_uuid(text: &str) -> Option<Self> {
        Some(Self::Uuid(Uuid::try_parse(text).ok()?.hyphenated().to_string()))
    }

    fn uuid(namespace: Uuid, name: &str) -> Self {
        Self::Uuid(Uuid::new_v5(&namespace, name.as_bytes()).hyphenated().to_string())
    }

    /// As a URN (`urn:isbn:…`, `urn:uuid:…`), or the URI itself.
    pub fn urn(&self) -> String {
        match self {
            Self::Isbn(isbn) => format!("urn:isbn:{isbn}"),
            Self::Uri(uri) => uri.clone(),
            Self::Uuid(uuid) => format!("urn:uuid:{uuid}"),
        }
    }

    /// The digits of an ISBN.
    pub fn isbn(&self) -> Option<&str> {
        match self {
            Self::Isbn(isbn) => Some(isbn),
            Self::Uri(_) | Self::Uuid(_) => None,
        }
    }

    /// A UUID in the namespace of this identifier.
    fn for_edition(&self, edition: &str) -> Self {
        let namespace = match self {
            Self::Uuid(uuid) => Uuid::try_parse(uuid).ok(),
            Self::Isbn(_) | Self::Uri(_) => None,
        };
        let namespace =
            namespace.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, self.urn().as_bytes()));
        Self::uuid(namespace, edition)
    }
}

/// The identifier of each edition: an identifier belongs to one publication (EPUB 3.3, 3.4), and
/// an ISBN to one form of a book.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EditionIdentifiers {
    /// The reflowable e-book.
    pub reflowable: Identifier,
    /// The e-book in fixed layout.
    pub fixed: Identifier,
    /// The printed edition, from which the other editions take their page numbers.
    pub print: Identifier,
    /// The PDF for screens.
    pub screen: Identifier,
}

impl EditionIdentifiers {
    /// The identifiers of the editions of a book without an ISBN or another identifier of its
    /// own: `book` is that of the reflowable e-book. Every other edition gets a UUID that is the
    /// same in every build.
    pub fn derived(book: &Identifier) -> Self {
        Self {
            reflowable: book.clone(),
            fixed: book.for_edition("epub-fixed"),
            print: book.for_edition("print"),
            screen: book.for_edition("screen"),
        }
    }

    /// The identifiers when the book is given one: it belongs to the reflowable e-book, or to the
    /// one in fixed layout if there is no other.
    pub fn with_ebook(ebook: &Identifier, layout: EbookLayout) -> Self {
        let derived = Self::derived(ebook);
        match layout {
            EbookLayout::Fixed => {
                Self { reflowable: ebook.for_edition("epub"), fixed: ebook.clone(), ..derived }
            }
            EbookLayout::Reflowable | EbookLayout::Both => derived,
        }
    }
}
