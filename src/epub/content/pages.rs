//! The XHTML templates of the book's pages.

use std::io;

use crate::model::{Book, Digits, Entry, Language, Pixels, Plate, Strings};

use crate::epub::content::files;
use crate::epub::content::page_breaks::FrontBreaks;
use crate::epub::content::parts::{Part, facing};
use crate::epub::names::{IMPRINT_ID, STYLESHEET, TITLE_PAGE_ID};
use crate::html::content::blocks::BlockWriter;
use crate::html::content::caption::PlateText;
use crate::html::content::heading::Heading;
use crate::html::content::index::{self, IndexLink};
use crate::html::content::matter::{self, line};
use crate::html::content::page_break::{PageBreak, page_break};
use crate::html::content::table::TableWidths;
use crate::html::content::text_width::text_width;
use crate::html::style::design_css::page_colour;
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
    /// The widths below which tables are set as lists.
    tables: TableWidths,
}

impl<'a> PageTemplates<'a> {
    /// Creates the templates for a book.
    pub(in crate::epub) fn new(book: &'a Book) -> Self {
        Self {
            book,
            strings: Strings::for_language(&book.language),
            plate_credits: book.has_plate_credits(),
            tables: TableWidths::new(book),
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

    /// The file of the front matter: the frontispiece, the title page, the imprint, the dedication
    /// and the epigraph, each on a page of its own.
    pub(in crate::epub) fn front(
        &self,
        parts: &[Part<'_>],
        breaks: &FrontBreaks,
    ) -> io::Result<Vec<u8>> {
        let book = self.book;
        let part = |is_wanted: fn(&Entry) -> bool| parts.iter().find(|part| is_wanted(part.entry));
        self.page(&one_line(&book.title), "front", |xml| {
            if let Some(part) = part(|entry| matches!(entry, Entry::Frontispiece(_))) {
                self.plate(xml, part, None);
            }
            let page = |xml: &mut Xml, kind: &str, page: &Option<PageBreak>, lines: Lines<'_>| {
                let class = if kind == IMPRINT_ID { "imprint" } else { kind };
                // How much there is on these pages decides where it stands.
                let style = match kind {
                    IMPRINT_ID => Some(format!("--lines: {}", matter::imprint_height(book))),
                    _ => Some(matter::more_title_lines(book))
                        .filter(|more| *more > 0)
                        .map(|more| format!("--more: {more}")),
                };
                let mut attributes = vec![("id", kind), ("class", class)];
                attributes.extend(style.as_deref().map(|style| ("style", style)));
                section(xml, kind, &attributes, |xml| {
                    opening_breaks(xml, page.as_slice());
                    lines(xml, book);
                });
            };
            page(xml, TITLE_PAGE_ID, &breaks.title, &matter::title_lines);
            if self.has_imprint() {
                page(xml, IMPRINT_ID, &breaks.imprint, &matter::imprint_lines);
            }
            for part in parts {
                self.text(xml, part);
            }
        })
    }

    /// Whether the imprint page has any content.
    pub(in crate::epub) fn has_imprint(&self) -> bool {
        matter::has_imprint(self.book)
    }

    /// The file of neighbouring parts: a text and the plates that follow it, or plates alone, and
    /// at the end of the book another text.
    pub(in crate::epub) fn file(&self, parts: &[Part<'_>]) -> io::Result<Vec<u8>> {
        let Some((first, rest)) = parts.split_first() else { return Ok(Vec::new()) };
        let language = match first.entry {
            Entry::Essay(essay) => essay.language.as_ref().unwrap_or(&self.book.language),
            _ => &self.book.language,
        };
        let title = match rest.iter().rfind(|part| part.plate.is_some()) {
            Some(last) if first.plate.is_some() => &self.plates_title(first, last),
            _ => &first.label,
        };
        let head = PageHead { title, language, viewport: None };
        let colour = first.page_colour.and_then(page_colour);
        // What is alone in a file takes both columns, if there are two.
        let is_alone = rest.is_empty() && files::has_short_caption(first.entry, self.book);
        let class = is_alone.then_some("wide");
        styled_file(&head, class, colour.as_deref(), |xml| {
            for (index, part) in parts.iter().enumerate() {
                if part.plate.is_some() {
                    self.plate(xml, part, self.hang_line(facing(parts, index)));
                } else {
                    self.text(xml, part);
                }
            }
        })
    }

    /// The custom properties from which the stylesheet computes where plates that face each other
    /// begin: the aspect ratio of the highest, and the most text under one. A single one needs none.
    fn hang_line(&self, plates: &[Part<'_>]) -> Option<String> {
        let plates: Vec<_> = plates
            .iter()
            .filter_map(|part| {
                let (plate, _) = part.plate_and_picture()?;
                let parts = self.caption_parts(plate, self.credit(plate));
                Some((aspect_ratio(part.pixels?), parts.text_width, parts.paragraphs))
            })
            .collect();
        let [_, _, ..] = plates[..] else { return None };
        let shape = thousandths(plates.iter().map(|plate| plate.0).min()?);
        let letters = plates.iter().map(|plate| plate.1).max()?;
        let paragraphs = plates.iter().map(|plate| plate.2).max()?;
        Some(format!(
            "; --highest: {shape}; --most-letters: {letters}; --most-paragraphs: {paragraphs}"
        ))
    }

    /// The credit under a plate.
    fn credit<'p>(&self, plate: &'p Plate) -> Option<&'p str> {
        plate.credit.as_deref().filter(|it| self.plate_credits && !it.is_empty())
    }

    /// The digits of the numbers that the author has not written.
    fn digits(&self) -> Digits {
        self.book.language.digits()
    }

    /// The title of a file that has plates alone.
    fn plates_title(&self, first: &Part<'_>, last: &Part<'_>) -> String {
        let number = |part: &Part<'_>| self.digits().write(part.plate.unwrap_or(0));
        format!("{} {}–{}", self.strings.plates, number(first), number(last))
    }

    /// The index, with links to the pictures. Their numbers are those of the printed pages, or else
    /// those of the plates.
    pub(in crate::epub) fn index(&self, parts: &[Part<'_>]) -> io::Result<Vec<u8>> {
        self.page(self.strings.index, "index", |xml| {
            section(xml, "index", &[], |xml| {
                Heading::write(xml, "h1", &[], self.strings.index);
                index::write(xml, &self.book.index, 2, &self.book.language, &|id| {
                    let part = parts.iter().find(|part| part.id == id)?;
                    let page = part.breaks.first().map(PageBreak::label);
                    let plate = part.plate.map(|number| self.digits().write(number));
                    let label = page.or(plate).unwrap_or_else(|| part.label.clone());
                    Some(IndexLink { href: part.href(), label })
                });
            });
        })
    }

    /// A text, or the opening of a chapter.
    fn text(&self, xml: &mut Xml, part: &Part<'_>) {
        let (kind, level) = match part.entry {
            Entry::Essay(_) => ("essay", 0),
            Entry::Dedication(_) => ("dedication", 0),
            Entry::Epigraph(_) => ("epigraph", 0),
            Entry::Colophon(_) => ("colophon", 0),
            Entry::Part(_) => ("part", 1),
            Entry::Chapter(_) => ("chapter", 1),
            Entry::Plate(_) | Entry::Frontispiece(_) | Entry::Blank(_) => return,
        };
        // The quotation itself has the class of an epigraph.
        let class = match kind {
            "epigraph" => "epigraph-page",
            "essay" if self.book.has_deck_paragraph(part.id) => "essay deck",
            "chapter" if self.book.has_deck_paragraph(part.id) => "chapter deck",
            _ => kind,
        };
        let mut attributes = vec![("class", class)];
        attributes.extend(part.anchor.as_deref().map(|id| ("id", id)));
        let breaks = match part.opener() {
            // The picture faces the title, and has a printed page of its own.
            Some((plate, file)) => {
                let (of_picture, breaks) = part.breaks.split_at(part.breaks.len().min(1));
                self.figure(
                    xml,
                    part,
                    (plate, file, None),
                    &[("class", "plate opener")],
                    of_picture,
                );
                breaks
            }
            None => &part.breaks,
        };
        section(xml, kind, &attributes, |xml| {
            let breaks = opening_breaks(xml, breaks);
            xml.use_table_widths(&self.tables);
            let mut writer = BlockWriter::new(xml, breaks, &part.figures, level);
            if let Some(opening) = part.entry.opening() {
                writer.title(&opening.title, &opening.translations);
            }
            writer.blocks(self.book.text_in_order(part.id));
            writer.finish();
        });
    }

    /// A plate: a picture with its caption and credit, on one screen.
    fn plate(&self, xml: &mut Xml, part: &Part<'_>, hang_line: Option<String>) {
        let Some((plate, picture)) = part.plate_and_picture() else { return };
        let mut attributes = vec![("class", "plate")];
        attributes.extend(part.anchor.as_deref().map(|id| ("id", id)));
        self.figure(xml, part, (plate, picture, hang_line), &attributes, &part.breaks);
    }

    /// A picture of a plate or an opening with its caption and credit. The box around them begins a
    /// screen.
    fn figure(
        &self,
        xml: &mut Xml,
        part: &Part<'_>,
        (plate, picture, hang_line): (&Plate, &str, Option<String>),
        attributes: &[(&str, &str)],
        breaks: &[PageBreak],
    ) {
        let pixels = part.pixels.unwrap_or(Pixels { width: 1, height: 1 });
        let credit = self.credit(plate);
        xml.element("div", attributes, |xml| {
            xml.line();
            opening_breaks(xml, breaks);
            let parts = self.caption_parts(plate, credit);
            let style = screen_style(pixels, parts) + &hang_line.unwrap_or_default();
            xml.element("figure", &[("style", &style)], |xml| {
                xml.line();
                // The width is limited because reading systems override `max-height` with rules
                // of their own.
                let style = format!("width: min(100%, {}px, var(--width, 100%))", pixels.width);
                self.picture(xml, part, plate, (picture, pixels), &style);
                if parts.paragraphs > 0 {
                    self.caption(xml, plate, credit);
                }
            });
            xml.line();
        });
        xml.line();
    }

    /// The image of a plate or an opening, from this file.
    fn picture(
        &self,
        xml: &mut Xml,
        part: &Part<'_>,
        plate: &Plate,
        (file, pixels): (&str, Pixels),
        style: &str,
    ) {
        let (width, height) = (pixels.width.to_string(), pixels.height.to_string());
        let alt = plate.alt.as_deref().map(one_line);
        let alt = alt.unwrap_or_else(|| self.strings.name_without_alt(part.entry, self.digits()));
        let mut attributes = vec![("src", file), ("alt", alt.as_str())];
        if alt.is_empty() {
            attributes.push(("role", "presentation"));
        }
        attributes.extend(xml.language_attributes(&alt));
        attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        attributes.push(("style", style));
        xml.empty("img", &attributes);
        xml.line();
    }

    fn caption(&self, xml: &mut Xml, plate: &Plate, credit: Option<&str>) {
        xml.open("figcaption", &[]);
        xml.line();
        if let Some(number) = self.book.printed_number(plate) {
            line(xml, "p", &[("class", "number")], &number);
        }
        let common = PlateText::common_place(plate, self.book);
        if let Some(place) = &common {
            place.write_above(xml);
        }
        let texts = PlateText::all(plate, self.book);
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
        if let Some(place) = &common {
            place.write_below(xml);
        }
        if let Some(credit) = credit {
            line(xml, "p", &[("class", "credit")], credit);
        }
        xml.close("figcaption");
        xml.line();
    }

    /// The width of a plate's caption if it were set on one line, in letters of average width.
    fn text_width(&self, plate: &Plate) -> usize {
        let common = PlateText::common_place(plate, self.book).map_or(0, |place| place.width());
        PlateText::all(plate, self.book).iter().map(PlateText::width).sum::<usize>() + common
    }

    /// The amount of text under a plate; a plate number is printed only together with other
    /// text.
    fn caption_parts(&self, plate: &Plate, credit: Option<&str>) -> CaptionParts {
        let widths = [self.text_width(plate), credit.map_or(0, text_width)];
        let texts = PlateText::all(plate, self.book);
        let mut paragraphs = texts.iter().map(PlateText::paragraphs).sum::<usize>();
        paragraphs += usize::from(PlateText::common_place(plate, self.book).is_some());
        paragraphs += usize::from(credit.is_some());
        if paragraphs > 0 && self.book.printed_number(plate).is_some() {
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

/// Writes the lines of a page of the front matter.
type Lines<'l> = &'l dyn Fn(&mut Xml, &Book);

/// A complete file; `class` is the class by which the stylesheet selects it.
pub(in crate::epub) fn file(
    head: &PageHead<'_>,
    class: Option<&str>,
    body: impl FnOnce(&mut Xml),
) -> io::Result<Vec<u8>> {
    styled_file(head, class, None, body)
}

/// A complete file whose body has a style of its own.
pub(in crate::epub) fn styled_file(
    head: &PageHead<'_>,
    class: Option<&str>,
    style: Option<&str>,
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
    kinds.extend(style.map(|style| ("style", style)));
    xml.mark_others_than(head.language);
    // The lines of fixed pages are those of print.
    if head.viewport.is_none() {
        xml.divide_long_words(head.language);
    }
    xml.open("body", &kinds);
    xml.line();
    body(&mut xml);
    xml.close("body");
    xml.line();
    xml.close("html");
    xml.line();
    xml.into_bytes()
}

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
    let share = 780 * width / height;
    let share = format!("{}.{}vh", share / 10, share % 10);
    let shape = thousandths(aspect_ratio(pixels));
    let CaptionParts { text_width, paragraphs } = parts;
    format!(
        "--shape: {shape}; --letters: {text_width}; --paragraphs: {paragraphs}; --screen: 100vh; \
         max-width: {share}; max-width: var(--width, {share})"
    )
}

/// The width of a picture for its height, in thousandths.
fn aspect_ratio(pixels: Pixels) -> u64 {
    (1000 * u64::from(pixels.width).max(1) / u64::from(pixels.height).max(1)).max(1)
}

/// A number in thousandths, as CSS writes it.
fn thousandths(number: u64) -> String {
    format!("{}.{:03}", number / 1000, number % 1000)
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
/// corresponding ARIA role. An essay has no type.
pub(in crate::epub) fn section(
    xml: &mut Xml,
    kind: &str,
    attributes: &[(&str, &str)],
    content: impl FnOnce(&mut Xml),
) {
    let role = match kind {
        "part" => Some("doc-part"),
        "chapter" => Some("doc-chapter"),
        "dedication" => Some("doc-dedication"),
        "colophon" => Some("doc-colophon"),
        "index" => Some("doc-index"),
        _ => None,
    };
    let mut attributes = attributes.to_vec();
    // The quotation itself is the epigraph.
    let has_type = !matches!(kind, "essay" | "epigraph");
    attributes.extend(has_type.then_some(("epub:type", kind)));
    attributes.extend(role.map(|role| ("role", role)));
    xml.element("section", &attributes, |xml| {
        xml.line();
        content(xml);
    });
    xml.line();
}
