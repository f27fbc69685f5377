//! The XHTML templates of the book's pages.

use std::io;

use crate::model::{Book, Chapter, Entry, Essay, Language, Pixels, Plate, Strings};

use crate::epub::content::parts::Part;
use crate::html::content::blocks::BlockWriter;
use crate::html::content::caption::{PlateText, text_width};
use crate::html::content::matter::{self, line};
use crate::html::content::page_break::{PageBreak, page_break};
use crate::html::xml::{Xml, one_line};
use crate::model::LanguageRuns;

/// Writes the pages of a book as XHTML.
#[derive(Debug)]
pub(in crate::epub) struct PageTemplates<'a> {
    /// The book.
    pub(in crate::epub) book: &'a Book,
    /// The localized strings, such as the names of the book's parts.
    pub(in crate::epub) strings: &'static Strings,
    /// Whether each plate has its credit line.
    plate_credits: bool,
}

impl<'a> PageTemplates<'a> {
    /// Creates the templates for a book.
    pub(in crate::epub) fn new(book: &'a Book) -> Self {
        Self {
            book,
            strings: Strings::for_language(&book.language),
            plate_credits: book.has_plate_credits(),
        }
    }

    /// The cover page: only a picture, as Kobo requires.
    pub(in crate::epub) fn cover(
        &self,
        alt: &str,
        file: &str,
        pixels: Pixels,
    ) -> io::Result<Vec<u8>> {
        self.page(self.strings.cover, "cover", |xml| {
            xml.empty(
                "img",
                &[
                    ("src", file),
                    ("alt", alt),
                    ("role", "doc-cover"),
                    ("width", &pixels.width.to_string()),
                    ("height", &pixels.height.to_string()),
                ],
            );
            xml.line();
        })
    }

    /// The alternative text of the cover in at most `max_chars` characters: the text on it, then
    /// its picture.
    pub(in crate::epub) fn cover_alt(&self, max_chars: usize) -> String {
        matter::cover_alt(self.book, max_chars)
    }

    /// The title page.
    pub(in crate::epub) fn title_page(&self, page: Option<&PageBreak>) -> io::Result<Vec<u8>> {
        let book = self.book;
        self.page(&one_line(&book.title), "titlepage", |xml| {
            section(xml, "titlepage", |xml| {
                opening_breaks(xml, page.map_or(&[], std::slice::from_ref));
                matter::title_lines(xml, book);
            });
        })
    }

    /// Whether the imprint page has any content.
    pub(in crate::epub) fn has_imprint(&self) -> bool {
        matter::has_imprint(self.book)
    }

    /// The imprint page: who created and published the book, and its terms of use.
    pub(in crate::epub) fn imprint(&self, page: Option<&PageBreak>) -> io::Result<Vec<u8>> {
        let book = self.book;
        self.page(self.strings.imprint, "imprint", |xml| {
            section(xml, "copyright-page", |xml| {
                opening_breaks(xml, page.map_or(&[], std::slice::from_ref));
                matter::imprint_lines(xml, book);
            });
        })
    }

    /// An essay or the opening of a chapter; a plate is written by [`PageTemplates::plate`].
    pub(in crate::epub) fn text(&self, part: &Part<'_>) -> io::Result<Vec<u8>> {
        match part.entry {
            Entry::Essay(essay) => self.essay(essay, part),
            Entry::Dedication(essay) => self.matter(essay, part, "dedication"),
            Entry::Epigraph(essay) => self.matter(essay, part, "epigraph"),
            Entry::Colophon(essay) => self.matter(essay, part, "colophon"),
            Entry::Chapter(chapter) => self.chapter(chapter, part),
            Entry::Plate(_) | Entry::Frontispiece(_) | Entry::Blank(_) => Ok(Vec::new()),
        }
    }

    fn essay(&self, essay: &Essay, part: &Part<'_>) -> io::Result<Vec<u8>> {
        let language = essay.language.as_ref().unwrap_or(&self.book.language);
        let head = PageHead { title: &part.label, language, viewport: None };
        file(&head, Some("essay"), |xml| {
            let breaks = opening_breaks(xml, &part.breaks);
            xml.element("section", &[], |xml| {
                xml.line();
                let mut writer = BlockWriter::new(xml, breaks, &part.figures, 0);
                writer.blocks(&essay.blocks);
                writer.finish();
            });
            xml.line();
        })
    }

    /// Front or back matter, by its name in the structural semantics vocabulary.
    fn matter(&self, essay: &Essay, part: &Part<'_>, class: &str) -> io::Result<Vec<u8>> {
        self.page(&part.label, class, |xml| {
            let breaks = opening_breaks(xml, &part.breaks);
            section(xml, class, |xml| {
                let mut writer = BlockWriter::new(xml, breaks, &part.figures, 0);
                writer.blocks(&essay.blocks);
                writer.finish();
            });
        })
    }

    fn chapter(&self, chapter: &Chapter, part: &Part<'_>) -> io::Result<Vec<u8>> {
        self.page(&part.label, "chapter", |xml| {
            let breaks = opening_breaks(xml, &part.breaks);
            section(xml, "chapter", |xml| {
                let mut writer = BlockWriter::new(xml, breaks, &part.figures, 1);
                writer.title(&chapter.title, &chapter.translations);
                writer.blocks(&chapter.intro);
                writer.finish();
            });
        })
    }

    /// A plate: a picture with its caption and credit, on one screen.
    pub(in crate::epub) fn plate(
        &self,
        plate: &Plate,
        part: &Part<'_>,
        picture: &str,
        pixels: Pixels,
    ) -> io::Result<Vec<u8>> {
        let credit = plate.credit.as_deref().filter(|it| self.plate_credits && !it.is_empty());
        self.page(&part.label, "plate", |xml| {
            opening_breaks(xml, &part.breaks);
            let parts = self.caption_parts(plate, credit);
            xml.element("figure", &[("style", &screen_style(pixels, parts))], |xml| {
                xml.line();
                let (width, height) = (pixels.width.to_string(), pixels.height.to_string());
                let alt = plate.alt.as_deref().map(one_line);
                let alt = alt.unwrap_or_else(|| self.strings.name_without_alt(part.entry));
                let mut attributes = vec![("src", picture), ("alt", alt.as_str())];
                if alt.is_empty() {
                    attributes.push(("role", "presentation"));
                }
                attributes.extend(xml.language_attributes(&alt));
                // The width is limited because reading systems override `max-height` with rules
                // of their own.
                let style = format!("width: min(100%, {width}px, var(--width, 100%))");
                attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
                attributes.push(("style", style.as_str()));
                xml.empty("img", &attributes);
                xml.line();
                if parts.paragraphs > 0 {
                    self.caption(xml, plate, credit);
                }
            });
            xml.line();
        })
    }

    fn caption(&self, xml: &mut Xml, plate: &Plate, credit: Option<&str>) {
        xml.open("figcaption", &[]);
        xml.line();
        if self.is_numbered(plate) {
            line(xml, "p", &[("class", "number")], &plate.number.to_string());
        }
        let texts = PlateText::all(plate, &self.book.language);
        let is_grouped = texts.len() > 1;
        if is_grouped {
            xml.open("div", &[("class", "captions")]);
            xml.line();
        }
        for text in texts {
            text.write(xml);
        }
        if is_grouped {
            xml.close("div");
            xml.line();
        }
        if let Some(credit) = credit {
            line(xml, "p", &[("class", "credit")], credit);
        }
        xml.close("figcaption");
        xml.line();
    }

    fn is_numbered(&self, plate: &Plate) -> bool {
        self.book.design.style.plates.numbered && plate.number > 0
    }

    /// The width of a plate's caption if it were set on one line, in letters of average width.
    fn text_width(&self, plate: &Plate) -> usize {
        PlateText::all(plate, &self.book.language).iter().map(PlateText::width).sum()
    }

    /// The amount of text under a plate; a plate number is printed only together with other
    /// text.
    fn caption_parts(&self, plate: &Plate, credit: Option<&str>) -> CaptionParts {
        let widths = [self.text_width(plate), credit.map_or(0, text_width)];
        let mut paragraphs = widths.iter().filter(|text_width| **text_width > 0).count();
        paragraphs += PlateText::all(plate, &self.book.language).len().saturating_sub(1);
        if paragraphs > 0 && self.is_numbered(plate) {
            // A number takes a line of its own, however short it is.
            paragraphs += 2;
        }
        CaptionParts { text_width: widths.iter().sum(), paragraphs }
    }

    /// A complete file; `class` is the class by which the stylesheet selects it.
    fn page(&self, title: &str, class: &str, body: impl FnOnce(&mut Xml)) -> io::Result<Vec<u8>> {
        let head = PageHead { title, language: &self.book.language, viewport: None };
        file(&head, Some(class), body)
    }
}

/// The data for the head of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::epub) struct PageHead<'a> {
    /// The title of the file.
    pub(in crate::epub) title: &'a str,
    /// The language of its text.
    pub(in crate::epub) language: &'a Language,
    /// The size of a page in fixed layout.
    pub(in crate::epub) viewport: Option<&'a str>,
}

/// A complete file; `class` is the class by which the stylesheet selects it.
pub(in crate::epub) fn file(
    head: &PageHead<'_>,
    class: Option<&str>,
    body: impl FnOnce(&mut Xml),
) -> io::Result<Vec<u8>> {
    let language = head.language.tag();
    let mut xml = Xml::document();
    xml.event(quick_xml::events::Event::DocType(quick_xml::events::BytesText::new("html")));
    xml.line();
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/1999/xhtml"),
        ("xmlns:epub", "http://www.idpf.org/2007/ops"),
        ("lang", language),
        ("xml:lang", language),
    ];
    if head.language.is_right_to_left() {
        attributes.push(("dir", "rtl"));
    }
    xml.open("html", &attributes);
    xml.line();
    xml.element("head", &[], |xml| {
        xml.line();
        let language_runs = LanguageRuns::new(head.language);
        let tag = language_runs.single_language(head.title);
        let lang = tag.map_or_else(Vec::new, |tag| vec![("lang", tag), ("xml:lang", tag)]);
        line(xml, "title", &lang, head.title);
        if let Some(viewport) = head.viewport {
            xml.empty("meta", &[("name", "viewport"), ("content", viewport)]);
            xml.line();
        }
        let sheet = [("rel", "stylesheet"), ("type", "text/css"), ("href", STYLESHEET)];
        xml.empty("link", &sheet);
        xml.line();
    });
    xml.line();
    let mut kinds: Vec<_> = class.map(|class| ("class", class)).into_iter().collect();
    if class == Some("cover") {
        kinds.push(("epub:type", "cover"));
    }
    xml.mark(LanguageRuns::new(head.language));
    xml.open("body", &kinds);
    xml.line();
    body(&mut xml);
    xml.close("body");
    xml.line();
    xml.close("html");
    xml.line();
    xml.into_bytes()
}

/// The stylesheet shared by all pages.
pub(in crate::epub) const STYLESHEET: &str = "stylesheet.css";

/// The amount of text under a picture.
#[derive(Debug, Clone, Copy)]
struct CaptionParts {
    /// The width of the text if it were set on one line, in letters of average width.
    text_width: usize,
    /// The number of lines that begin a paragraph.
    paragraphs: usize,
}

/// The custom properties from which the stylesheet computes the size of a figure on a screen of
/// its own: the aspect ratio of its picture and the amount of text under it.
///
/// The height of the screen is set here as well, because reading systems that replace the
/// window's height with the screen's do so in stylesheets only. A reading system without `var()`
/// uses the first width.
fn screen_style(pixels: Pixels, parts: CaptionParts) -> String {
    let (width, height) = (u64::from(pixels.width).max(1), u64::from(pixels.height).max(1));
    let (shape, share) = ((1000 * width / height).max(1), 780 * width / height);
    let (shape, share) = (
        format!("{}.{:03}", shape / 1000, shape % 1000),
        format!("{}.{}vh", share / 10, share % 10),
    );
    let CaptionParts { text_width, paragraphs } = parts;
    format!(
        "--shape: {shape}; --letters: {text_width}; --paragraphs: {paragraphs}; --screen: 100vh; \
         max-width: {share}; max-width: var(--width, {share})"
    )
}

/// Writes the breaks at the very start of a file outside its text and returns the others.
fn opening_breaks<'a>(xml: &mut Xml, breaks: &'a [PageBreak]) -> &'a [PageBreak] {
    let (opening, rest) = breaks.split_at(breaks.iter().take_while(|page| page.after == 0).count());
    for page in opening {
        page_break(xml, page);
        xml.line();
    }
    rest
}

/// A section with a type of the structural semantics vocabulary and, where one exists, the
/// corresponding ARIA role.
pub(in crate::epub) fn section(xml: &mut Xml, class: &str, content: impl FnOnce(&mut Xml)) {
    let role = match class {
        "chapter" => Some("doc-chapter"),
        "dedication" => Some("doc-dedication"),
        "colophon" => Some("doc-colophon"),
        _ => None,
    };
    // The quotation itself is the epigraph.
    let mut attributes = vec![("epub:type", class)];
    attributes.retain(|(_, class)| *class != "epigraph");
    attributes.extend(role.map(|role| ("role", role)));
    xml.element("section", &attributes, |xml| {
        xml.line();
        content(xml);
    });
    xml.line();
}
