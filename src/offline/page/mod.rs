//! `index.html`: the whole book on one page.

mod captions;
mod head;
mod license;
mod openings;
mod plates;
mod texts;
mod viewer;

use std::io;

use crate::html::content::heading::Heading;
use crate::html::content::index::{self, IndexLink};
use crate::html::content::labels::entry_label;
use crate::html::content::matter;
use crate::html::content::table::TableWidths;
use crate::html::xml::Xml;
use crate::model::{
    Book, Captions, Digits, Entry, EntryId, OfflineForm, OfflineStrings, PlatePosition, Strings,
    TitleAlign,
};

use super::options::OfflineOptions;
use super::pictures::{COVER, OfflinePictures};
use openings::Openings;

/// The identifiers of the parts that are no entries.
const CONTENT: &str = "content";
const LIST_OF_PLATES: &str = "list-of-plates";
const IMPRINT: &str = "imprint";
const INDEX: &str = "index";

/// The page of a book.
#[derive(Debug)]
pub(super) struct BookPage<'a> {
    book: &'a Book,
    strings: &'static Strings,
    words: &'static OfflineStrings,
    options: &'a OfflineOptions<'a>,
    pictures: &'a OfflinePictures<'a>,
    openings: Openings,
    /// The entries with their identifiers in the page, in order.
    entries: Vec<AnchoredEntry<'a>>,
}

/// An entry and its identifier in the page.
#[derive(Debug)]
struct AnchoredEntry<'a> {
    id: EntryId,
    entry: &'a Entry,
    /// Whether it belongs to a part of several chapters.
    is_in_part: bool,
    anchor: String,
}

impl<'a> BookPage<'a> {
    pub(super) fn new(
        book: &'a Book,
        options: &'a OfflineOptions<'a>,
        pictures: &'a OfflinePictures<'a>,
    ) -> Self {
        let (mut texts, mut parts, mut chapters) = (0, 0, 0);
        let in_parts = book.parts_of_entries();
        let entries = book.with_content().map(|(id, entry)| {
            let anchor = match entry {
                Entry::Blank(_) => String::new(),
                Entry::Frontispiece(_) => "frontispiece".to_owned(),
                Entry::Dedication(_) => "dedication".to_owned(),
                Entry::Epigraph(_) => "epigraph".to_owned(),
                Entry::Colophon(_) => "colophon".to_owned(),
                Entry::Plate(plate) => format!("plate-{}", plate.number),
                Entry::Essay(_) => {
                    texts += 1;
                    format!("text-{texts}")
                }
                Entry::Part(_) => {
                    parts += 1;
                    format!("part-{parts}")
                }
                Entry::Chapter(_) => {
                    chapters += 1;
                    format!("chapter-{chapters}")
                }
            };
            AnchoredEntry { id, entry, is_in_part: in_parts[id.0].is_some(), anchor }
        });
        let entries = entries.collect();
        let strings = Strings::for_language(&book.language);
        let words = OfflineStrings::for_language(&book.language);
        let openings = Openings::new(book, options.print);
        Self { book, strings, words, options, pictures, openings, entries }
    }

    /// The page with its stylesheet and its script in files beside it.
    pub(super) fn linked(&self) -> io::Result<String> {
        self.html(&head::Linked)
    }

    /// The page with its stylesheet and its script inside; pictures still have the addresses of
    /// files.
    pub(super) fn single(&self, css: &str, script: &str) -> io::Result<String> {
        self.html(&head::Single { css, script })
    }

    /// The digits of the numbers that the author has not written.
    fn digits(&self) -> Digits {
        self.book.language.digits()
    }

    fn html(&self, head: &dyn head::HeadFiles) -> io::Result<String> {
        let language = &self.book.language;
        let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
        let mut xml = Xml::html();
        xml.raw("<!DOCTYPE html>\n");
        xml.open("html", &[("lang", language.tag()), ("dir", direction)]);
        xml.line();
        head::write(&mut xml, self.book, head);
        xml.open("body", &[("class", &self.classes())]);
        xml.line();
        xml.mark_others_than(language);
        xml.divide_long_words(language);
        xml.use_table_widths(&TableWidths::new(self.book));
        self.body(&mut xml);
        xml.mark_nothing();
        self.viewer(&mut xml);
        head.end(&mut xml);
        xml.close("body");
        xml.line();
        xml.close("html");
        xml.line();
        String::from_utf8(xml.into_bytes()?).map_err(io::Error::other)
    }

    /// The classes by which the stylesheet knows the design.
    fn classes(&self) -> String {
        let style = &self.book.design.style;
        let captions = match style.captions {
            Captions::Below | Captions::Beside => "captions-below",
            Captions::Foot => "captions-foot",
            Captions::Facing => "captions-facing",
        };
        let titles = match style.titles.align {
            TitleAlign::Start => "titles-start",
            TitleAlign::Centre => "titles-centre",
        };
        let plates = match style.plates.position {
            PlatePosition::Centre | PlatePosition::Columns | PlatePosition::Hang => "plates-centre",
            PlatePosition::Corner => "plates-corner",
        };
        format!("{captions} {titles} {plates}")
    }

    fn body(&self, xml: &mut Xml) {
        let skip = format!("#{CONTENT}");
        xml.text_element("a", &[("class", "skip"), ("href", &skip)], self.words.skip_to_book);
        xml.line();
        xml.element("header", &[("class", "cover")], |xml| self.cover(xml));
        xml.line();
        xml.open("main", &[("id", CONTENT)]);
        xml.line();
        for part in self.entries.iter().filter(|it| matches!(it.entry, Entry::Frontispiece(_))) {
            self.entry(xml, part);
        }
        xml.element("section", &[("class", "titlepage")], |xml| {
            xml.line();
            matter::title_lines(xml, self.book);
        });
        xml.line();
        let is_own_page =
            |it: &&AnchoredEntry<'_>| matches!(it.entry, Entry::Dedication(_) | Entry::Epigraph(_));
        for part in self.entries.iter().filter(is_own_page) {
            self.entry(xml, part);
        }
        self.contents(xml);
        let is_body = |it: &&AnchoredEntry<'_>| {
            !it.entry.is_front() && !matches!(it.entry, Entry::Colophon(_))
        };
        for part in self.entries.iter().filter(is_body) {
            self.entry(xml, part);
        }
        self.list_of_plates(xml);
        self.index(xml);
        self.imprint(xml);
        for part in self.entries.iter().filter(|it| matches!(it.entry, Entry::Colophon(_))) {
            self.entry(xml, part);
        }
        xml.close("main");
        xml.line();
        self.other_editions(xml);
    }

    fn entry(&self, xml: &mut Xml, part: &AnchoredEntry<'_>) {
        match part.entry {
            Entry::Frontispiece(plate) | Entry::Plate(plate) => self.plate(xml, part, plate),
            Entry::Dedication(essay) => self.essay(xml, part, essay, "dedication"),
            Entry::Epigraph(essay) => self.essay(xml, part, essay, "epigraph"),
            Entry::Essay(essay) => self.essay(xml, part, essay, "essay"),
            Entry::Colophon(essay) => self.essay(xml, part, essay, "colophon"),
            Entry::Part(chapter) => self.opening(xml, part, chapter, "part"),
            Entry::Chapter(chapter) => self.opening(xml, part, chapter, "chapter"),
            Entry::Blank(_) => {}
        }
    }

    fn cover(&self, xml: &mut Xml) {
        let sizes = &self.pictures.cover;
        let alt = matter::cover_alt(self.book, usize::MAX);
        let srcset = self.srcset(COVER, sizes);
        let largest = sizes.largest();
        let (width, height) = (largest.pixels.width.to_string(), largest.pixels.height.to_string());
        let file = sizes.smallest().file(COVER);
        let mut attributes = vec![("src", file.as_str())];
        if let Some(srcset) = &srcset {
            attributes
                .extend([("srcset", srcset.as_str()), ("sizes", "(min-width: 40em) 60vw, 96vw")]);
        }
        attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        attributes.push(("alt", alt.as_str()));
        xml.empty("img", &attributes);
    }

    /// The parts, chapters and texts, and what follows them.
    fn contents(&self, xml: &mut Xml) {
        let mut points: Vec<ContentsPoint> = Vec::new();
        for AnchoredEntry { entry, anchor, is_in_part, .. } in &self.entries {
            if !matches!(entry, Entry::Essay(_) | Entry::Part(_) | Entry::Chapter(_)) {
                continue;
            }
            let point = ContentsPoint::new(anchor, entry_label(entry, self.book));
            match points.last_mut() {
                Some(part) if *is_in_part => part.children.push(point),
                _ => points.push(point),
            }
        }
        if self.has_list_of_plates() {
            points.push(ContentsPoint::new(LIST_OF_PLATES, self.strings.plates));
        }
        if !self.book.index.is_empty() {
            points.push(ContentsPoint::new(INDEX, self.strings.index));
        }
        if matter::has_imprint(self.book) {
            points.push(ContentsPoint::new(IMPRINT, self.strings.imprint));
        }
        if points.is_empty() {
            return;
        }
        xml.open("nav", &[("class", "contents"), ("aria-labelledby", "contents")]);
        xml.line();
        Heading::write(xml, "h2", &[("id", "contents")], self.strings.contents);
        let words = xml.begin_contents();
        write_points(xml, &points);
        xml.restore_words(words);
        xml.close("nav");
        xml.line();
    }

    /// The index, with links to the plates by their numbers.
    fn index(&self, xml: &mut Xml) {
        if self.book.index.is_empty() {
            return;
        }
        xml.open("section", &[("class", INDEX), ("id", INDEX), ("role", "doc-index")]);
        xml.line();
        Heading::write(xml, "h2", &[], self.strings.index);
        index::write(xml, &self.book.index, 3, &self.book.language, &|id| {
            let part = self.entries.iter().find(|part| part.id == id)?;
            let label = match part.entry {
                Entry::Plate(plate) => self.digits().write(plate.number),
                entry => entry_label(entry, self.book),
            };
            Some(IndexLink { href: format!("#{}", part.anchor), label })
        });
        xml.close("section");
        xml.line();
    }

    fn imprint(&self, xml: &mut Xml) {
        if !matter::has_imprint(self.book) {
            return;
        }
        xml.open("section", &[("class", "imprint"), ("id", IMPRINT)]);
        xml.line();
        xml.text_element("h2", &[], self.strings.imprint);
        xml.line();
        matter::imprint_lines(xml, self.book);
        xml.close("section");
        xml.line();
    }

    /// The links to the editions that lie beside the page.
    fn other_editions(&self, xml: &mut Xml) {
        if self.options.included.is_empty() {
            return;
        }
        xml.open("footer", &[("class", "downloads")]);
        xml.line();
        xml.text_element("h2", &[], self.words.other_editions);
        xml.line();
        xml.open("ul", &[]);
        xml.line();
        for included in self.options.included {
            let Some(name) = self.words.edition(included.edition) else { continue };
            xml.element("li", &[], |xml| {
                xml.text_element("a", &[("href", &included.name), ("download", "")], name);
                xml.text(", ");
                xml.text_element(
                    "span",
                    &[("class", "size")],
                    &self.digits().write(megabytes(included.size)),
                );
            });
            xml.line();
        }
        xml.close("ul");
        xml.line();
        xml.close("footer");
        xml.line();
    }

    fn is_single_file(&self) -> bool {
        self.book.offline.form == OfflineForm::File
    }
}

/// A line of the contents.
#[derive(Debug)]
struct ContentsPoint {
    anchor: String,
    label: String,
    children: Vec<Self>,
}

impl ContentsPoint {
    fn new(anchor: impl Into<String>, label: impl Into<String>) -> Self {
        Self { anchor: anchor.into(), label: label.into(), children: Vec::new() }
    }
}

fn write_points(xml: &mut Xml, points: &[ContentsPoint]) {
    xml.open("ol", &[]);
    xml.line();
    for ContentsPoint { anchor, label, children } in points {
        xml.element("li", &[], |xml| {
            xml.text_element("a", &[("href", &format!("#{anchor}"))], label);
            if !children.is_empty() {
                xml.line();
                write_points(xml, children);
            }
        });
        xml.line();
    }
    xml.close("ol");
    xml.line();
}

/// A size in whole megabytes, at least one: readers want to know how long it takes, and decimal
/// signs differ between languages.
fn megabytes(bytes: u64) -> String {
    format!("{}\u{a0}MB", bytes.div_ceil(1_000_000).max(1))
}
