//! Titles and headings, whose type is smaller where a long word would not fit on a line.

use std::fmt::Write as _;

use crate::html::long_words::LongWords;
use crate::html::style::design_css::Elements;
use crate::html::xml::{Attribute, Xml};

use super::title_widths::TitleWidths;

/// A heading that is being written. The type of its level is smaller if the screen has no room for
/// the longest word of that level, and longer words are divided by the patterns of their language.
#[must_use]
pub(crate) struct Heading<'n> {
    name: &'n str,
    words: Option<LongWords>,
}

impl<'n> Heading<'n> {
    /// Begins a heading.
    pub(crate) fn open(xml: &mut Xml, name: &'n str, attributes: &[Attribute<'_>]) -> Self {
        let mut attributes = attributes.to_vec();
        attributes.push(("class", "fitted"));
        xml.open(name, &attributes);
        xml.open("span", &[]);
        Self { name, words: xml.begin_title() }
    }

    /// Ends it.
    pub(crate) fn close(self, xml: &mut Xml) {
        xml.restore_words(self.words);
        xml.close("span");
        xml.close(self.name);
        xml.line();
    }

    /// Writes a heading without markup.
    pub(crate) fn write(xml: &mut Xml, name: &'n str, attributes: &[Attribute<'_>], text: &str) {
        let heading = Self::open(xml, name, attributes);
        xml.text(text);
        heading.close(xml);
    }
}

/// The rules of the stylesheet about the size of each level of titles: --letters is the width of
/// its longest word, --most how large it is at most for the width of the column, and --least how
/// large it is in any case: larger than what is below it in rank. `subtitle` is the size of the
/// subtitle in hundredths of that of the title.
pub(crate) fn rules(widths: &TitleWidths, elements: Elements, subtitle: i64) -> String {
    let [chapter, below @ ..] = widths.levels;
    let above_subtitle =
        format!("calc(1.1 * min({}.{:02}em, {SUBTITLE}))", subtitle / 100, subtitle % 100);
    let titles = [
        (elements.chapter, chapter, "14.5cqi", "1.3rem"),
        (elements.part, widths.part, "15.5cqi", "1.4rem"),
        (elements.title, widths.title, "17cqi", &*above_subtitle),
    ];
    let mut css = String::from("\n");
    // Writing to a string cannot fail.
    for (selector, letters, most, least) in titles {
        let letters = letters.max(1);
        let _ = writeln!(
            css,
            "{selector} {{ --letters: {letters}; --most: {most}; --least: {least}; }}"
        );
    }
    for (name, letters) in elements.headings.split(", ").zip(below) {
        let letters = letters.max(1);
        let _ = writeln!(css, "{name} {{ --letters: {letters}; --least: 1.08rem; }}");
    }
    css
}

/// The largest size of a subtitle for the width of the column.
const SUBTITLE: &str = "max(1rem, 9cqi)";

#[cfg(test)]
mod tests {
    use super::{Elements, TitleWidths, rules};

    #[test]
    fn each_level_of_titles_has_the_width_of_its_longest_word() {
        let widths = TitleWidths { title: 18, part: 0, levels: [36, 9, 0, 0, 0, 0] };
        let css = rules(&widths, Elements::EBOOK, 50);
        assert!(css.contains("\nh1 { --letters: 36; "), "{css}");
        assert!(css.contains("\n.titlepage h1 { --letters: 18; "), "{css}");
        assert!(css.contains("min(0.50em, max(1rem, 9cqi))"), "{css}");
        assert!(css.contains("\nh2 { --letters: 9; "), "{css}");
        assert!(css.contains("\nh6 { --letters: 1; "), "{css}");
    }
}
