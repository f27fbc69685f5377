//! The book as its author meant it, before any page exists.

use std::fmt;
use std::path::Path;

use super::{
    Block, CaptionPosition, Creator, Design, Ebook, EditionIdentifiers, Focus, Identifier, Inline,
    Language, Location, Picture, PlateLayout, Print, RetainedMetadata, Screen, figures,
};

/// A whole book, read from a manifest, with nothing left to look up but the pixels.
#[derive(Debug, Clone, Hash)]
pub struct Book {
    /// The title; never empty.
    pub title: String,
    /// The title in the manifest's own language, where this edition is in another one.
    pub original: Option<String>,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// The language of the book.
    pub language: Language,
    /// Whether any of its texts stands in another language, there being no translation.
    pub untranslated: bool,
    /// Who made it, in the manifest's order.
    pub creators: Vec<Creator>,
    /// The identifier, given or derived.
    pub identifier: Identifier,
    /// What each of its editions is told by.
    pub editions: EditionIdentifiers,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The address of a licence.
    pub license: Option<String>,
    /// A sentence or two about the book.
    pub description: Option<String>,
    /// Subjects, in the manifest's order.
    pub subjects: Vec<String>,
    /// The series that it belongs to.
    pub series: Option<Series>,
    /// What it was made from, such as the ISBN of the printed edition, as a URN or a URL.
    pub source: Option<String>,
    /// The credit line of plates that have none of their own.
    pub credit: Option<String>,
    /// What stands on the cover.
    pub cover: Cover,
    /// How it looks.
    pub design: Design,
    /// What the book holds, in order.
    pub entries: Vec<Entry>,
    /// The printed edition.
    pub print: Print,
    /// The e-book.
    pub ebook: Ebook,
    /// The file to look at on a screen.
    pub screen: Screen,
    /// The faces beside the bundled ones.
    pub fonts: Fonts,
}

impl Book {
    /// A book in the classic design with a typographic cover and no pages, whose identifiers are
    /// derived from its title and language.
    pub fn new(title: impl Into<String>, language: Language) -> Self {
        let title = title.into();
        let identifier = Identifier::derived(&title, &[], &language);
        Self {
            title,
            original: None,
            subtitle: None,
            language,
            untranslated: false,
            creators: Vec::new(),
            editions: EditionIdentifiers::derived(&identifier),
            identifier,
            publisher: None,
            date: None,
            rights: None,
            license: None,
            description: None,
            subjects: Vec::new(),
            series: None,
            source: None,
            credit: None,
            cover: Cover::Typographic,
            design: Design::default(),
            entries: Vec::new(),
            print: Print::default(),
            ebook: Ebook::default(),
            screen: Screen::default(),
            fonts: Fonts::default(),
        }
    }

    /// What stays in the picture of this file when it is handed out.
    pub fn kept(&self, path: &Path) -> Option<&RetainedMetadata> {
        let mut plates = self.entries.iter().filter_map(Entry::plate);
        plates.find(|plate| plate.picture.path == path).map(|plate| &plate.kept)
    }

    /// The plates in order, the frontispiece not counted.
    pub fn plates(&self) -> impl Iterator<Item = (EntryId, &Plate)> {
        self.numbered().filter_map(|(id, entry)| match entry {
            Entry::Plate(plate) => Some((id, plate.as_ref())),
            Entry::Frontispiece(_)
            | Entry::Dedication(_)
            | Entry::Essay(_)
            | Entry::Chapter(_)
            | Entry::Colophon(_) => None,
        })
    }

    /// All pictures in order, the frontispiece among them.
    pub fn pictured(&self) -> impl Iterator<Item = &Plate> {
        self.entries.iter().filter_map(Entry::plate)
    }

    /// All pictures that it shows: on the cover, on plates, and in texts.
    pub fn pictures(&self) -> Vec<&Picture> {
        let mut pictures = Vec::new();
        if let Cover::Photo { picture, .. } = &self.cover {
            pictures.push(picture.as_ref());
        }
        pictures.extend(self.pictured().map(|plate| &plate.picture));
        for entry in &self.entries {
            figures(entry.blocks(), &mut |figure| pictures.push(&figure.picture));
        }
        pictures
    }

    /// How many pictures there are, on plates and in texts.
    pub fn picture_count(&self) -> usize {
        let mut count = self.pictured().count();
        for entry in &self.entries {
            figures(entry.blocks(), &mut |_| count += 1);
        }
        count
    }

    /// The entries in order, each with its number.
    pub fn numbered(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.entries.iter().enumerate().map(|(index, entry)| (EntryId(index), entry))
    }
}

/// The number of an entry in [`Book::entries`], by which pages and files refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub usize);

/// One thing in the book's sequence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The picture that faces the title page.
    Frontispiece(Box<Plate>),
    /// To whom the book is given.
    Dedication(Essay),
    /// Running text.
    Essay(Essay),
    /// A picture on a page of its own.
    Plate(Box<Plate>),
    /// The start of a chapter, which reaches to the next one.
    Chapter(Chapter),
    /// How the book was made, on its last page.
    Colophon(Essay),
}

impl Entry {
    /// Whether it stands before the contents.
    pub fn is_front(&self) -> bool {
        matches!(self, Self::Frontispiece(_) | Self::Dedication(_))
    }

    /// Its running text, if it has any.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Dedication(essay) | Self::Essay(essay) | Self::Colophon(essay) => &essay.blocks,
            Self::Chapter(chapter) => &chapter.intro,
            Self::Frontispiece(_) | Self::Plate(_) => &[],
        }
    }

    /// Its picture, if it is one.
    pub fn plate(&self) -> Option<&Plate> {
        match self {
            Self::Frontispiece(plate) | Self::Plate(plate) => Some(plate),
            Self::Dedication(_) | Self::Essay(_) | Self::Chapter(_) | Self::Colophon(_) => None,
        }
    }
}

/// Running text: an introduction, an afterword, a colophon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Essay {
    /// Its blocks; the first is often a heading of level 1.
    pub blocks: Vec<Block>,
}

impl Essay {
    /// The words of its first heading, if it opens with one.
    pub fn title(&self) -> Option<&[Inline]> {
        match self.blocks.first() {
            Some(Block::Heading { content, .. }) => Some(content),
            _ => None,
        }
    }
}

/// The opening of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chapter {
    /// Its title.
    pub title: Vec<Inline>,
    /// The text that opens it; may be empty.
    pub intro: Vec<Block>,
}

/// A picture with all that is said about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plate {
    /// The picture.
    pub picture: Picture,
    /// Which of the book's plates it is, from 1; 0 where it is not counted, as a frontispiece is.
    pub number: u32,
    /// The caption; may be empty.
    pub caption: Vec<Inline>,
    /// What is to be seen, for those who cannot see it. `Some("")` marks a picture
    /// as decoration.
    pub alt: Option<String>,
    /// The credit line of this plate, its own or the book's.
    pub credit: Option<String>,
    /// What the picture says of itself when it is handed out.
    pub kept: RetainedMetadata,
    /// Where it was taken, in words.
    pub place: Option<String>,
    /// The day it was taken.
    pub taken: Option<Date>,
    /// How it stands on its page.
    pub layout: PlateLayout,
    /// Where its caption stands.
    pub caption_place: CaptionPosition,
    /// What must be seen when the picture is cropped; `None` leaves the middle.
    pub focus: Option<Focus>,
    /// Where the manifest names it.
    pub location: Option<Location>,
}

impl Plate {
    /// A framed plate with this number and caption, and nothing else known about it.
    pub fn new(picture: Picture, number: u32, caption: impl Into<String>) -> Self {
        Self {
            picture,
            number,
            caption: vec![Inline::Text(caption.into())],
            alt: None,
            credit: None,
            kept: RetainedMetadata::default(),
            place: None,
            taken: None,
            layout: PlateLayout::Framed,
            caption_place: CaptionPosition::Below,
            focus: None,
            location: None,
        }
    }
}

/// What stands on the cover.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cover {
    /// The title alone.
    Typographic,
    /// A picture with the title.
    Photo {
        /// The picture.
        picture: Box<Picture>,
        /// What is to be seen on it; `Some("")` marks it as decoration.
        alt: Option<String>,
    },
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year of the Gregorian calendar, 1 to 9999.
    pub year: u16,
    /// 1 to 12; absent when only the year is known.
    pub month: Option<u8>,
    /// 1 to 31; absent when only the month is known.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    /// As ISO 8601 has it: `2026-11-22`, `2026-11` or `2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A series of books.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The book's place in it, such as `2` or `2.1`.
    pub number: Option<String>,
}

impl Series {
    /// The place as e-books can say it: a number, or numbers parted by dots (EPUB 3.3, `group-position`).
    pub fn position(&self) -> Option<&str> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        self.number.as_deref().filter(|number| number.split('.').all(digits))
    }
}

/// The faces that the manifest brings along, read already.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Fonts {
    /// Tried before the bundled serif.
    pub serif: Vec<FontFile>,
    /// Tried before the bundled sans-serif.
    pub sans: Vec<FontFile>,
    /// Tried before the bundled face of a typewriter.
    pub mono: Vec<FontFile>,
    /// Tried for characters that neither has.
    pub fallback: Fallback,
}

/// Where characters come from that neither the book's nor the bundled faces have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Fallback {
    /// From nowhere: they are findings.
    #[default]
    None,
    /// From the fonts of the machine.
    System,
    /// From these files, in order.
    Files(Vec<FontFile>),
}

/// A font file, read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FontFile {
    /// As the manifest names it.
    pub name: String,
    /// The file, whole.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontFile({}, {} bytes)", self.name, self.bytes.len())
    }
}
