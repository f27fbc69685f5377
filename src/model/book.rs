//! The content of the book, before layout.

use std::fmt;
use std::path::Path;

use super::{
    Block, BookTranslation, CaptionPosition, Cover, CoverBack, CoverFlaps, Creator, Credits, Date,
    Design, Ebook, EditionIdentifiers, EntryId, Focus, Identifier, Index, IndexTerms, Ink, Inline,
    Language, Location, Offline, Picture, PlateLayout, PlateSize, PlateTranslation, Print,
    RetainedMetadata, Screen, Side, Taken, TitleTranslation, figures, figures_mut,
};

/// A complete book, read from a manifest; only the pixels of its pictures are not loaded.
#[derive(Debug, Clone, Hash)]
pub struct Book {
    /// The title; never empty.
    pub title: String,
    /// The title in the manifest's own language, if this edition is in another one.
    pub original: Option<String>,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The language of the book.
    pub language: Language,
    /// The other languages that it is printed in together with the first, in order.
    pub translations: Vec<BookTranslation>,
    /// Whether any of its texts is in another language because the translation is missing.
    pub has_untranslated_text: bool,
    /// The creators, in the manifest's order.
    pub creators: Vec<Creator>,
    /// The identifier, given or derived.
    pub identifier: Identifier,
    /// The identifiers of its editions.
    pub editions: EditionIdentifiers,
    /// The publisher.
    pub publisher: Option<String>,
    /// The date of publication.
    pub date: Option<Date>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The address of a licence.
    pub license: Option<String>,
    /// A sentence or two about the book.
    pub description: Option<String>,
    /// Subjects, in the manifest's order.
    pub subjects: Vec<String>,
    /// The series to which it belongs.
    pub series: Option<Series>,
    /// The source of the book, such as the ISBN of the printed edition, as a URN or a URL.
    pub source: Option<String>,
    /// The default credit line of plates.
    pub credit: Option<String>,
    /// Where credit lines are printed.
    pub credits: Credits,
    /// The cover.
    pub cover: Cover,
    /// The back of the printed cover.
    pub cover_back: CoverBack,
    /// The flaps of a jacket.
    pub cover_flaps: CoverFlaps,
    /// The design.
    pub design: Design,
    /// The content of the book, in order.
    pub entries: Vec<Entry>,
    /// Whether its colophon is the one that recto writes.
    pub has_default_colophon: bool,
    /// The index.
    pub index: Index,
    /// The printed edition.
    pub print: Print,
    /// The e-book.
    pub ebook: Ebook,
    /// The PDF for screens.
    pub screen: Screen,
    /// The edition for browsers.
    pub offline: Offline,
    /// The fonts in addition to the bundled ones.
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
            translations: Vec::new(),
            has_untranslated_text: false,
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
            credits: Credits::default(),
            cover: Cover::Typographic,
            cover_back: CoverBack::default(),
            cover_flaps: CoverFlaps::default(),
            design: Design::default(),
            entries: Vec::new(),
            has_default_colophon: false,
            index: Index::default(),
            print: Print::default(),
            ebook: Ebook::default(),
            screen: Screen::default(),
            offline: Offline::default(),
            fonts: Fonts::default(),
        }
    }

    /// The metadata to be retained in published copies of this picture.
    pub fn retained_metadata(&self, path: &Path) -> Option<&RetainedMetadata> {
        let mut plates = self.entries.iter().filter_map(Entry::plate);
        plates.find(|plate| plate.picture.path == path).map(|plate| &plate.retained_metadata)
    }

    /// The number that is printed beside a plate, if the design has such numbers. The picture of a
    /// title has none.
    pub fn printed_number(&self, plate: &Plate) -> Option<String> {
        let is_numbered = self.design.style.plates.numbered && plate.number > 0;
        is_numbered.then(|| self.language.digits().write(plate.number))
    }

    /// The plates in order, without the frontispiece.
    pub fn plates(&self) -> impl Iterator<Item = (EntryId, &Plate)> {
        self.numbered().filter_map(|(id, entry)| match entry {
            Entry::Plate(plate) => Some((id, plate.as_ref())),
            Entry::Frontispiece(_)
            | Entry::Dedication(_)
            | Entry::Epigraph(_)
            | Entry::Essay(_)
            | Entry::Part(_)
            | Entry::Chapter(_)
            | Entry::Blank(_)
            | Entry::Colophon(_) => None,
        })
    }

    /// The plates in order, and the pictures that open parts and chapters: all that are laid out
    /// among the pages of the body.
    pub fn plates_and_openers(&self) -> impl Iterator<Item = (EntryId, &Plate)> {
        let is_body = |entry: &&Entry| !entry.is_front();
        let plates = self.numbered().filter(move |(_, entry)| is_body(entry));
        plates.filter_map(|(id, entry)| Some((id, entry.plate()?)))
    }

    /// The plates in order, with the frontispiece and the pictures that open parts and chapters.
    pub fn plates_and_frontispiece(&self) -> impl Iterator<Item = &Plate> {
        self.entries.iter().filter_map(Entry::plate)
    }

    /// All pictures of the book: on the cover, on plates, and in texts.
    pub fn pictures(&self) -> Vec<&Picture> {
        let mut pictures = Vec::new();
        if let Cover::Photo { picture, .. } = &self.cover {
            pictures.push(picture.as_ref());
        }
        pictures.extend(self.cover_back.photo.as_deref());
        pictures.extend(self.plates_and_frontispiece().map(|plate| &plate.picture));
        for entry in &self.entries {
            figures(entry.blocks(), &mut |figure| pictures.push(&figure.picture));
        }
        pictures
    }

    /// Changes all pictures of the book.
    pub fn for_each_picture_mut(&mut self, change: &mut dyn FnMut(&mut Picture)) {
        if let Cover::Photo { picture, .. } = &mut self.cover {
            change(picture);
        }
        if let Some(picture) = &mut self.cover_back.photo {
            change(picture);
        }
        for entry in &mut self.entries {
            match entry {
                Entry::Frontispiece(plate) | Entry::Plate(plate) => change(&mut plate.picture),
                Entry::Dedication(essay)
                | Entry::Epigraph(essay)
                | Entry::Essay(essay)
                | Entry::Colophon(essay) => {
                    figures_mut(&mut essay.blocks, &mut |figure| change(&mut figure.picture));
                }
                Entry::Part(chapter) | Entry::Chapter(chapter) => {
                    if let Some(plate) = &mut chapter.picture {
                        change(&mut plate.picture);
                    }
                    figures_mut(&mut chapter.intro, &mut |figure| change(&mut figure.picture));
                }
                Entry::Blank(_) => {}
            }
        }
    }

    /// The number of pictures on plates and in texts.
    pub fn picture_count(&self) -> usize {
        let mut count = self.plates_and_frontispiece().count();
        for entry in &self.entries {
            figures(entry.blocks(), &mut |_| count += 1);
        }
        count
    }

    /// The entries that have content, in order: all but blank pages, which only print has.
    pub fn with_content(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.numbered().filter(|(_, entry)| !matches!(entry, Entry::Blank(_)))
    }

    /// The entries in order, each with its id.
    pub fn numbered(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.entries.iter().enumerate().map(|(index, entry)| (EntryId(index), entry))
    }
}

/// An entry in the book's sequence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The picture that faces the title page.
    Frontispiece(Box<Plate>),
    /// The dedication.
    Dedication(Essay),
    /// The epigraph of the whole book.
    Epigraph(Essay),
    /// Running text.
    Essay(Essay),
    /// A picture on a page of its own.
    Plate(Box<Plate>),
    /// The start of a part, which reaches to the next one. It has what a chapter has.
    Part(Chapter),
    /// The start of a chapter, which reaches to the next one.
    Chapter(Chapter),
    /// An empty page, and its location in the manifest.
    Blank(Option<Location>),
    /// The colophon, on the last page: how the book was made.
    Colophon(Essay),
}

impl Entry {
    /// Whether it comes before the contents.
    pub fn is_front(&self) -> bool {
        matches!(self, Self::Frontispiece(_) | Self::Dedication(_) | Self::Epigraph(_))
    }

    /// Its running text, if it has any.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Dedication(essay)
            | Self::Epigraph(essay)
            | Self::Essay(essay)
            | Self::Colophon(essay) => &essay.blocks,
            Self::Part(chapter) | Self::Chapter(chapter) => &chapter.intro,
            Self::Frontispiece(_) | Self::Plate(_) | Self::Blank(_) => &[],
        }
    }

    /// Its title, if it has one.
    pub fn title(&self) -> Option<&[Inline]> {
        match self {
            Self::Dedication(essay)
            | Self::Epigraph(essay)
            | Self::Essay(essay)
            | Self::Colophon(essay) => essay.title(),
            Self::Part(chapter) | Self::Chapter(chapter) => Some(&chapter.title),
            Self::Frontispiece(_) | Self::Plate(_) | Self::Blank(_) => None,
        }
    }

    /// Where it begins in the manifest, or in the file of its text.
    pub fn location(&self) -> Option<&Location> {
        match self {
            Self::Frontispiece(plate) | Self::Plate(plate) => plate.location.as_ref(),
            Self::Dedication(essay)
            | Self::Epigraph(essay)
            | Self::Essay(essay)
            | Self::Colophon(essay) => essay.location.as_ref(),
            Self::Part(chapter) | Self::Chapter(chapter) => chapter.location.as_ref(),
            Self::Blank(location) => location.as_ref(),
        }
    }

    /// Its plate, if it is one; the picture that opens it, if it is a part or a chapter.
    pub fn plate(&self) -> Option<&Plate> {
        match self {
            Self::Frontispiece(plate) | Self::Plate(plate) => Some(plate),
            Self::Part(chapter) | Self::Chapter(chapter) => chapter.picture.as_deref(),
            Self::Dedication(_)
            | Self::Epigraph(_)
            | Self::Essay(_)
            | Self::Blank(_)
            | Self::Colophon(_) => None,
        }
    }

    /// The opening of a part or a chapter, if it is one.
    pub fn opening(&self) -> Option<&Chapter> {
        match self {
            Self::Part(chapter) | Self::Chapter(chapter) => Some(chapter),
            Self::Frontispiece(_)
            | Self::Plate(_)
            | Self::Dedication(_)
            | Self::Epigraph(_)
            | Self::Essay(_)
            | Self::Blank(_)
            | Self::Colophon(_) => None,
        }
    }
}

/// Running text: an introduction, an afterword, a colophon.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Essay {
    /// Its blocks; the first is often a heading of level 1.
    pub blocks: Vec<Block>,
    /// Where its text begins, in the manifest or in a file of its own.
    pub location: Option<Location>,
    /// Its language, if it is not that of the book.
    pub language: Option<Language>,
}

impl Essay {
    /// The text of its first heading, if that is its first block.
    pub fn title(&self) -> Option<&[Inline]> {
        match self.blocks.first() {
            Some(Block::Heading { content, .. }) => Some(content),
            _ => None,
        }
    }
}

/// The opening of a chapter or of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Chapter {
    /// Its title.
    pub title: Vec<Inline>,
    /// Its titles in the other languages of the book, unless they are the same.
    pub translations: Vec<TitleTranslation>,
    /// The picture that opens it, on the page before its title. It is not counted among the plates.
    pub picture: Option<Box<Plate>>,
    /// The introductory text; may be empty.
    pub intro: Vec<Block>,
    /// The location of its title.
    pub location: Option<Location>,
    /// Where the introductory text begins.
    pub intro_location: Option<Location>,
    /// The colour of its pages, if it is not that of the design.
    pub page_colour: Option<Ink>,
}

/// A picture with its caption and metadata.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plate {
    /// The picture.
    pub picture: Picture,
    /// Its number among the book's plates, counted from 1; 0 for a frontispiece and for the picture
    /// that opens a chapter, which are not counted.
    pub number: u32,
    /// The caption; may be empty.
    pub caption: Vec<Inline>,
    /// The texts in the other languages of the book, unless they are the same.
    pub translations: Vec<PlateTranslation>,
    /// The alternative text. `Some("")` marks a decorative picture.
    pub alt: Option<String>,
    /// The credit line of this plate, its own or the book's.
    pub credit: Option<String>,
    /// The metadata retained in published copies of the picture.
    pub retained_metadata: RetainedMetadata,
    /// The address of its licence: that of the book, unless the photo has rights of its own.
    pub license: Option<String>,
    /// The location where it was taken, as text.
    pub place: Option<String>,
    /// When it was taken, if it is known.
    pub taken: Option<Taken>,
    /// What the index says about it.
    pub terms: IndexTerms,
    /// Its layout on the page.
    pub layout: PlateLayout,
    /// Whether the layout is the usual one, which the manifest does not name.
    pub is_layout_free: bool,
    /// Its size, if it is framed.
    pub size: PlateSize,
    /// The side of the leaf that it must be printed on.
    pub side: Option<Side>,
    /// Whether it must face the next plate.
    pub keep_with_next: bool,
    /// The position of its caption.
    pub caption_position: CaptionPosition,
    /// The point to keep when the picture is cropped; `None` for the middle.
    pub focus: Option<Focus>,
    /// Its location in the manifest.
    pub location: Option<Location>,
}

impl Plate {
    /// The place and the date, as far as they are known, in a language.
    pub fn place_and_date(&self, language: &Language) -> Vec<String> {
        let place = self.place.as_deref().filter(|place| !place.is_empty());
        let date = self.taken.as_ref().map(|taken| taken.localized_after(place, language));
        let facts = [place.map(str::to_owned), date].into_iter().flatten();
        facts.filter(|fact| !fact.is_empty()).collect()
    }

    /// A framed plate with this number and caption, and nothing else known about it.
    pub fn new(picture: Picture, number: u32, caption: impl Into<String>) -> Self {
        Self {
            picture,
            number,
            caption: vec![Inline::Text(caption.into())],
            translations: Vec::new(),
            alt: None,
            credit: None,
            retained_metadata: RetainedMetadata::default(),
            license: None,
            place: None,
            taken: None,
            terms: IndexTerms::default(),
            layout: PlateLayout::Framed,
            is_layout_free: true,
            size: PlateSize::Normal,
            side: None,
            keep_with_next: false,
            caption_position: CaptionPosition::Below,
            focus: None,
            location: None,
        }
    }
}

/// A series of books.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The position of the book in it, such as `2` or `2.1`.
    pub number: Option<String>,
}

impl Series {
    /// The position in the format of e-books: a number, or numbers separated by dots (EPUB 3.3,
    /// `group-position`).
    pub fn position(&self) -> Option<&str> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        self.number.as_deref().filter(|number| number.split('.').all(digits))
    }
}

/// The font files of the manifest, already read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Fonts {
    /// Tried before the bundled serif.
    pub serif: Vec<FontFile>,
    /// Tried before the bundled sans-serif.
    pub sans: Vec<FontFile>,
    /// Tried before the bundled monospaced face.
    pub mono: Vec<FontFile>,
    /// Tried for characters that neither has.
    pub fallback: Fallback,
}

impl Fonts {
    /// The bundled families for the scripts that the others lack.
    pub const ARABIC: &str = "Noto Naskh Arabic";
    /// See [`Self::ARABIC`].
    pub const HEBREW: &str = "Noto Serif Hebrew";

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = &FontFile> {
        let fallback: &[FontFile] = match &self.fallback {
            Fallback::Files(files) => files,
            Fallback::None | Fallback::System => &[],
        };
        [self.serif.as_slice(), &self.sans, &self.mono, fallback].into_iter().flatten()
    }
}

/// The source of characters that neither the book's nor the bundled faces have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Fallback {
    /// None: such characters are reported as findings.
    #[default]
    None,
    /// The fonts installed on the machine.
    System,
    /// These files, in order.
    Files(Vec<FontFile>),
}

/// A font file that has been read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FontFile {
    /// Its name in the manifest.
    pub name: String,
    /// The content of the file.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontFile({}, {} bytes)", self.name, self.bytes.len())
    }
}
