//! Writes a laid-out page as HTML.

use crate::model::{
    GlyphRun, Language, Length, Link, PassageKind, PlacedPicture, Point, Target, Turn,
};

use super::contents::PageContent;
use super::crop;
use super::lines::{PagePart, TextLine, TextPassage, parts};
use super::stylesheet::PageStylesheet;
use super::viewport::{Viewport, css};
use crate::html::address::address;
use crate::html::fonts::scripts::is_ideograph;
use crate::html::xml::{Xml, attributes_of, one_line};

/// The data shared by all pages.
#[derive(Debug)]
pub(crate) struct PageWriter<'a> {
    /// The language of the book.
    pub(crate) language: &'a Language,
    /// The size of the pages in pixels.
    pub(crate) viewport: Viewport,
    /// The stylesheet with the classes of the runs.
    pub(crate) stylesheet: &'a PageStylesheet<'a>,
    /// The address of each page, by its index; a trailing blank page may have none.
    pub(crate) addresses: &'a [Option<String>],
    /// Whether pictures are loaded only when they are about to be seen.
    pub(crate) lazy: bool,
    /// By how many pixels what touches the right edge or the foot of a page extends beyond it, where
    /// it is clipped. A reading system that scales a page to a size that is no whole number of pixels would show
    /// a line of white there.
    pub(crate) bleed: f64,
}

impl PageWriter<'_> {
    /// Writes the content of a page.
    pub(crate) fn content(&self, xml: &mut Xml, page: &PageContent<'_>) {
        self.parts(xml, page, &parts(page.page));
    }

    fn parts(&self, xml: &mut Xml, page: &PageContent<'_>, parts: &[PagePart<'_>]) {
        let mut level = 1;
        let mut rest = parts;
        while let Some((part, others)) = rest.split_first() {
            rest = others;
            let PagePart::Picture(number, placed) = part else {
                self.part(xml, page, part, &mut level);
                continue;
            };
            // All text on the page of a plate is its caption.
            let is_caption = |part: &&PagePart<'_>| match part {
                PagePart::Passage(passage) => page.plate || passage.kind == PassageKind::Caption,
                _ => false,
            };
            let caption = others.iter().take_while(is_caption).count();
            let (caption, behind) = others.split_at(caption);
            if page.plate || !caption.is_empty() {
                rest = behind;
                self.figure(xml, page, (*number, placed), caption);
            } else {
                self.picture(xml, page, *number, placed);
            }
        }
    }

    fn figure(
        &self,
        xml: &mut Xml,
        page: &PageContent<'_>,
        (number, placed): (usize, &PlacedPicture),
        caption: &[PagePart<'_>],
    ) {
        xml.element("figure", &[], |xml| {
            xml.line();
            self.picture(xml, page, number, placed);
            if !caption.is_empty() {
                xml.element("figcaption", &[], |xml| {
                    xml.line();
                    for part in caption {
                        self.part(xml, page, part, &mut 1);
                    }
                });
                xml.line();
            }
        });
        xml.line();
    }

    /// Writes a part other than a picture; `level` is that of the last heading.
    fn part(&self, xml: &mut Xml, page: &PageContent<'_>, part: &PagePart<'_>, level: &mut usize) {
        match part {
            PagePart::Picture(number, placed) => self.picture(xml, page, *number, placed),
            PagePart::Rule(rule) => {
                let [red, green, blue] = rule.ink.on_screen();
                let Some(rect) = crop::intersection(&rule.rect, &page.area) else { return };
                let position = self.viewport.place_in(&rect, &page.area, self.bleed);
                let round = if rule.is_round { ";border-radius:50%" } else { "" };
                let style =
                    format!("{position};background-color:#{red:02x}{green:02x}{blue:02x}{round}");
                xml.element("div", &[("class", "rule"), ("style", &style)], |_| {});
                xml.line();
            }
            PagePart::Leader(run) => {
                let class = format!("line leader {}", self.stylesheet.class(run));
                let style = self.origin(run, run.origin);
                let attributes =
                    [("class", class.as_str()), ("aria-hidden", "true"), ("style", &style)];
                xml.element("span", &attributes, |_| {});
                xml.line();
            }
            PagePart::Hidden(line) => {
                xml.element("p", &[("aria-hidden", "true")], |xml| self.line(xml, page, line));
                xml.line();
            }
            PagePart::Passage(passage) => {
                let name = heading(page, passage, level);
                let run = passage.lines.first().and_then(|line| line.runs.first());
                let language = run.and_then(|run| run.language.as_deref()).map(Language::new);
                let attributes = match &language {
                    Some(language) => attributes_of(language)[..2].to_vec(),
                    None => Vec::new(),
                };
                let outer = language.as_ref().map(|language| xml.set_language(language));
                xml.element(name.as_deref().unwrap_or("p"), &attributes, |xml| {
                    for (index, line) in passage.lines.iter().enumerate() {
                        self.line(xml, page, line);
                        if passage.word_ends_after(index) {
                            xml.line();
                        }
                    }
                });
                if let Some(outer) = outer {
                    xml.restore(outer);
                }
                xml.line();
            }
        }
    }

    fn picture(
        &self,
        xml: &mut Xml,
        page: &PageContent<'_>,
        number: usize,
        placed: &PlacedPicture,
    ) {
        let file = page.pictures.get(number).and_then(Option::as_deref);
        let (Some(file), Some(visible)) = (file, crop::visible(placed, &page.area)) else { return };
        let alt = placed.alt.as_deref().map_or_else(|| page.fallback_alt.clone(), one_line);
        let position = self.viewport.place_in(&visible, &page.area, self.bleed);
        let mut attributes = vec![("src", file), ("alt", alt.as_str())];
        if alt.is_empty() {
            attributes.push(("role", "presentation"));
        }
        attributes.extend(xml.language_attributes(&alt));
        attributes.push(("style", position.as_str()));
        if self.lazy {
            attributes.extend([("loading", "lazy"), ("decoding", "async")]);
        }
        xml.empty("img", &attributes);
        xml.line();
    }

    /// Writes a line at its printed position: the first run sets the style of the line, the
    /// others are spans within it.
    fn line(&self, xml: &mut Xml, page: &PageContent<'_>, line: &TextLine<'_>) {
        let Some((first, others)) = line.runs.split_first() else { return };
        let hyphen = line.ends_in_hyphen().then(|| self.stylesheet.hyphen(line));
        let class = |run: &GlyphRun, kind: &str, last: bool| {
            let tail = hyphen.filter(|_| last).map_or(String::new(), |name| format!(" {name}"));
            format!("{kind} {}{tail}", self.stylesheet.class(run))
        };
        let origin = self.origin(first, line.origin);
        let width = css(self.viewport.px(line.width));
        let is_only_run = others.is_empty();
        let mut spacing = self.spacing(first, is_only_run);
        // A margin would move the line instead of the following text.
        let spaced = spacing.take_if(|spacing| !spacing.starts_with("margin"));
        let spaced = spaced.map_or(String::new(), |spacing| format!(";{spacing}"));
        let style = format!("{origin};width:{width}px{spaced}");
        let outer = class(first, "line", is_only_run);
        let mut attributes = vec![("class", outer.as_str()), ("style", style.as_str())];
        let right_to_left = line.right_to_left();
        if right_to_left != self.language.is_right_to_left() {
            attributes.push(("dir", if right_to_left { "rtl" } else { "ltr" }));
        } else if right_to_left {
            attributes.push(("dir", "rtl"));
        }
        xml.open("span", &attributes);
        match spacing.filter(|_| !is_only_run) {
            Some(margin) => xml.element("span", &[("style", &margin)], |xml| {
                self.text(xml, page, first, is_only_run);
            }),
            None => self.text(xml, page, first, is_only_run),
        }
        for (index, run) in others.iter().enumerate() {
            let last = index + 1 == others.len();
            let style_class = class(run, "run", last);
            let spacing = self.spacing(run, last);
            let mut attributes = vec![("class", style_class.as_str())];
            attributes.extend(spacing.as_deref().map(|spacing| ("style", spacing)));
            xml.open("span", &attributes);
            self.text(xml, page, run, last);
            xml.close("span");
        }
        xml.close("span");
    }

    /// Writes the text of a run, with its links.
    fn text(&self, xml: &mut Xml, page: &PageContent<'_>, run: &GlyphRun, last: bool) {
        let run_text = if last { run.text.trim_end() } else { &run.text };
        for (link, text) in split_by_links(run, &page.page.links) {
            let end = text.end.min(run_text.len());
            let Some(text) = run_text.get(text.start..end) else { continue };
            // Soft hyphens mark break opportunities that were not used.
            let text = text.replace('\u{ad}', "");
            match link.and_then(|link| self.target(link)) {
                Some(target) if !run.is_repeated && !text.trim().is_empty() => {
                    xml.text_element("a", &[("href", &target)], &text);
                }
                _ => xml.text(&text),
            }
        }
    }

    fn target(&self, link: &Link) -> Option<String> {
        match &link.target {
            Target::Uri(uri) => address(uri),
            Target::Page(index) => self.addresses.get(*index)?.clone(),
        }
    }

    /// The declarations that place the baseline of a line at the given point.
    fn origin(&self, run: &GlyphRun, at: Point) -> String {
        const HALF_LEADING: f64 = 0.6;
        let down = HALF_LEADING + self.stylesheet.baseline_offset(run);
        let above = self.viewport.px(run.size) * down;
        let top = self.viewport.px(at.y) - above;
        let place = format!("left:{}px;top:{}px", css(self.viewport.px(at.x)), css(top));
        let degrees = match run.turn {
            Turn::Upright => return place,
            Turn::HeadLeft => -90,
            Turn::HeadRight => 90,
        };
        // The baseline is turned around its left end.
        let above = css(above);
        format!("{place};transform-origin:0 {above}px;transform:rotate({degrees}deg)")
    }

    /// The spacing that makes the run as wide as in print, added to each space, to each letter
    /// in a script without spaces, or after a word. Nothing is added after the last letter of a
    /// line.
    fn spacing(&self, run: &GlyphRun, last: bool) -> Option<String> {
        // The space at the end of a line is invisible and has no width.
        let visible_glyphs = run.glyphs.iter().filter(|glyph| glyph.advance != Length::ZERO);
        let count = |wanted: fn(char) -> bool| {
            let letters = visible_glyphs.clone().flat_map(|glyph| run.text_of(glyph).chars());
            u32::try_from(letters.filter(|c| wanted(*c)).count()).unwrap_or(u32::MAX)
        };
        let natural_width = self.stylesheet.natural_width(run);
        let natural_width = if last { natural_width - run.letters.tracking } else { natural_width };
        let extra = self.viewport.px(run.width() - natural_width);
        let spaces = count(|c| matches!(c, ' ' | '\u{a0}'));
        // All letters are spaced, including those of other scripts.
        let letters = count(|c| c != '\u{ad}').saturating_sub(u32::from(last));
        let declaration = match (spaces, letters) {
            (_, 1..) if run.text.contains(is_ideograph) => {
                let tracking = self.viewport.px(run.letters.tracking);
                format!("letter-spacing:{}px", css_spacing(extra / f64::from(letters) + tracking))
            }
            (0, _) => format!("margin-right:{}px", css_spacing(extra)),
            (spaces, _) => format!("word-spacing:{}px", css_spacing(extra / f64::from(spaces))),
        };
        (extra.abs() >= MIN_SPACING).then_some(declaration)
    }
}

/// Smaller differences, in pixels, are ignored.
const MIN_SPACING: f64 = 0.05;

/// The error of a spacing is multiplied by the number of spaces, so it is written with four
/// decimals.
fn css_spacing(value: f64) -> String {
    format!("{value:.4}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The heading element of a passage: a heading in the table of contents, or one within a text,
/// whose level is at most one more than that of the previous heading (WCAG 2.1, H42).
fn heading(page: &PageContent<'_>, passage: &TextPassage<'_>, level: &mut usize) -> Option<String> {
    let text = passage.text();
    let heading = page.headings.iter().find(|heading| {
        // A title in several languages has a passage for each.
        let mut parts = std::iter::once(&*heading.text).chain(heading.text.split(" / "));
        parts.any(|part| letters(part).eq(letters(&text)))
    });
    *level = match (heading, passage.kind) {
        (Some(heading), _) => heading.level.clamp(1, 6),
        (None, PassageKind::Heading(wanted)) => {
            usize::from(wanted).clamp(2, (*level + 1).clamp(2, 6))
        }
        (None, PassageKind::Title) => 1,
        (None, _) => return None,
    };
    Some(format!("h{level}"))
}

/// Splits the text of a run, in reading order, by the links that cover it.
fn split_by_links<'p>(
    run: &GlyphRun,
    links: &'p [Link],
) -> Vec<(Option<&'p Link>, std::ops::Range<usize>)> {
    let near: Vec<&Link> = links
        .iter()
        .filter(|link| run.origin.y >= link.rect.y && run.origin.y <= link.rect.bottom())
        .collect();
    if near.is_empty() {
        return vec![(None, 0..run.text.len())];
    }
    let mut pen = run.origin.x;
    let mut clusters: Vec<(usize, Option<&Link>)> = Vec::new();
    for glyph in &run.glyphs {
        let middle = pen + glyph.advance / 2;
        pen += glyph.advance;
        let link =
            near.iter().copied().find(|link| middle >= link.rect.x && middle <= link.rect.right());
        clusters.push((usize::try_from(glyph.text.start).unwrap_or(usize::MAX), link));
    }
    clusters.sort_by_key(|(start, _)| *start);
    let mut phrases: Vec<(Option<&Link>, std::ops::Range<usize>)> = Vec::new();
    for (start, link) in clusters {
        let start = start.min(run.text.len());
        match phrases.last_mut() {
            Some((before, _)) if before.map(std::ptr::from_ref) == link.map(std::ptr::from_ref) => {
            }
            Some((_, range)) => {
                range.end = start;
                phrases.push((link, start..run.text.len()));
            }
            None => phrases.push((link, 0..run.text.len())),
        }
    }
    phrases
}

/// The letters of a text, by which a heading is recognized however its lines are broken.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}
