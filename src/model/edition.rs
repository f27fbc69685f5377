//! The editions of a book: one table, which all other modules use.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

/// One of the files, or folders, that a book is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// The reflowable e-book.
    Epub,
    /// The fixed-layout e-book.
    EpubFixed,
    /// The PDF for print.
    Print,
    /// The cover of the printed book.
    Cover,
    /// The PDF for screens.
    Screen,
    /// The book for browsers, which need no network.
    Offline,
}

/// The properties of an edition.
struct EditionProperties {
    /// The name in `--only` and in findings.
    name: &'static str,
    /// The suffix of the file name after the title; the form of the offline edition follows.
    suffix: &'static str,
    help: &'static str,
    paged: bool,
    ebook: bool,
}

impl Edition {
    /// All editions, in the order in which they are built.
    pub const ALL: [Self; 6] =
        [Self::Epub, Self::EpubFixed, Self::Print, Self::Cover, Self::Screen, Self::Offline];

    const fn properties(self) -> EditionProperties {
        match self {
            Self::Epub => EditionProperties {
                name: "epub",
                suffix: ".epub",
                help: "The reflowable e-book: SLUG.epub",
                paged: false,
                ebook: true,
            },
            Self::EpubFixed => EditionProperties {
                name: "epub-fixed",
                suffix: "-fixed.epub",
                help: "The e-book in fixed layout, with the printed pages: SLUG-fixed.epub",
                paged: true,
                ebook: true,
            },
            Self::Print => EditionProperties {
                name: "print",
                suffix: "-print.pdf",
                help: "The PDF for print: SLUG-print.pdf",
                paged: true,
                ebook: false,
            },
            Self::Cover => EditionProperties {
                name: "cover",
                suffix: "-cover.pdf",
                help: "The printed cover, with back, spine and front: SLUG-cover.pdf",
                paged: false,
                ebook: false,
            },
            Self::Screen => EditionProperties {
                name: "screen",
                suffix: "-screen.pdf",
                help: "The PDF for screens: SLUG-screen.pdf",
                paged: true,
                ebook: false,
            },
            Self::Offline => EditionProperties {
                name: "offline",
                suffix: "-offline",
                help: "The book for any browser, without a network: SLUG-offline.zip",
                paged: false,
                ebook: false,
            },
        }
    }

    /// The name in `--only` and in findings, such as `epub-fixed`.
    pub fn name(self) -> &'static str {
        self.properties().name
    }

    /// The edition with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.name() == name)
    }

    /// The name of the output file, if the offline edition has this form.
    pub fn file_name(self, slug: &str, form: OfflineForm) -> String {
        let end = if self == Self::Offline { form.suffix() } else { "" };
        format!("{slug}{}{end}", self.properties().suffix)
    }

    /// A one-line description with the name of the output file.
    pub fn help(self) -> &'static str {
        self.properties().help
    }

    /// Whether it consists of laid-out pages.
    pub fn is_paged(self) -> bool {
        self.properties().paged
    }

    /// Whether it is an EPUB.
    pub fn is_ebook(self) -> bool {
        self.properties().ebook
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the offline edition is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfflineForm {
    /// A ZIP archive, to hand over or to download.
    #[default]
    Zip,
    /// A folder, to copy to a USB stick.
    Folder,
    /// One HTML file with everything inside, to send by mail.
    File,
}

impl OfflineForm {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Zip, Self::Folder, Self::File];

    /// Whether an offline edition in this form may have this name.
    pub fn is_name(self, name: &str) -> bool {
        let stem = name.strip_suffix(self.suffix());
        stem.is_some_and(|stem| stem.ends_with(Edition::Offline.properties().suffix))
    }

    /// The end of the file name after `-offline`.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Zip => ".zip",
            Self::Folder => "",
            Self::File => ".html",
        }
    }
}

/// A set of editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct EditionSet(u8);

impl EditionSet {
    /// No edition.
    pub const EMPTY: Self = Self(0);
    /// Every edition.
    pub const ALL: Self = Self((1 << Edition::ALL.len()) - 1);

    /// The editions for which the condition holds.
    #[must_use]
    pub fn filter(self, condition: impl Fn(Edition) -> bool) -> Self {
        self.iter().filter(|edition| condition(*edition)).collect()
    }

    /// Whether the edition is in the set.
    pub fn contains(self, edition: Edition) -> bool {
        self.0 & Self::from(edition).0 != 0
    }

    /// Whether the sets share an edition.
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The editions that are in either set.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether no edition is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The editions, in the order in which they are built.
    pub fn iter(self) -> impl Iterator<Item = Edition> {
        Edition::ALL.into_iter().filter(move |edition| self.contains(*edition))
    }
}

impl From<Edition> for EditionSet {
    fn from(edition: Edition) -> Self {
        Self(1 << edition as u8)
    }
}

impl<const N: usize> From<[Edition; N]> for EditionSet {
    fn from(editions: [Edition; N]) -> Self {
        editions.into_iter().collect()
    }
}

impl FromIterator<Edition> for EditionSet {
    fn from_iter<I: IntoIterator<Item = Edition>>(editions: I) -> Self {
        Self(editions.into_iter().fold(0, |set, edition| set | Self::from(edition).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_contains_each_edition_once_and_in_order() {
        let set: EditionSet =
            [Edition::Screen, Edition::Epub, Edition::Screen].into_iter().collect();
        assert!(set.iter().eq([Edition::Epub, Edition::Screen]));
        assert!(EditionSet::ALL.iter().eq(Edition::ALL) && EditionSet::EMPTY.is_empty());
        assert!(EditionSet::ALL.filter(Edition::is_ebook).iter().all(Edition::is_ebook));
    }

    #[test]
    fn each_edition_has_its_own_name_and_file() {
        for edition in Edition::ALL {
            assert_eq!(Edition::from_name(edition.name()), Some(edition));
        }
        let name = |edition: Edition, form| edition.file_name("winter-road", form);
        assert_eq!(name(Edition::EpubFixed, OfflineForm::File), "winter-road-fixed.epub");
        assert_eq!(name(Edition::Offline, OfflineForm::Zip), "winter-road-offline.zip");
        assert_eq!(name(Edition::Offline, OfflineForm::Folder), "winter-road-offline");
        assert_eq!(name(Edition::Offline, OfflineForm::File), "winter-road-offline.html");
    }
}
