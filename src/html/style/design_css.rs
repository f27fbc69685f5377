//! Converts the design to CSS, as far as it applies to screens: faces, relative sizes,
//! alignment, capitals, figures, the sink of openings, the position of plates and of the names on
//! the title page. Of its colours, the e-book has only that of a light page, so that they never
//! conflict with the reader's own colours or night mode.

use std::fmt::Write as _;

use crate::model::{
    Book, BookTranslation, Capitals, Family, Figures, Ink, Language, Length, PageStyle,
    PlatePosition, Slant, TextStyle, TextStyles, TitleAlign, TranslationStyle, Weight, luminance,
};

/// The luminance from which a page is light: black and grey letters can be read on it.
const LIGHT: f64 = 0.5;

/// A rule of the stylesheet: its selector, its text style, and its size in the classic design in
/// hundredths of an em; 0 where the size is inherited.
type CssRule = (&'static str, fn(&PageStyle) -> &TextStyle, i64);

/// The elements that have the text styles of a design.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Elements {
    /// Headings in running text.
    pub(crate) headings: &'static str,
    /// The titles of chapters and texts.
    pub(crate) chapter: &'static str,
    /// The titles of parts.
    pub(crate) part: &'static str,
    /// The title on the title page.
    pub(crate) title: &'static str,
    /// Captions and the imprint.
    pub(crate) caption: &'static str,
    /// The titles that have a rule above them, if the design has rules.
    pub(crate) openings: &'static str,
    /// What is centred if titles are.
    pub(crate) titles: &'static str,
    /// What begins below the top of a screen, if anything does.
    pub(crate) sink: Option<&'static str>,
    /// Whether a screen is a page of the book, with its colour, its plates where they are in print,
    /// and secondary text in a lighter ink.
    pub(crate) has_pages: bool,
}

impl Elements {
    /// Those of the e-book.
    pub(crate) const EBOOK: Self = Self {
        headings: "h2, h3, h4, h5, h6",
        chapter: "h1",
        part: ".part h1",
        title: ".titlepage h1",
        caption: "figcaption, .imprint p, .dateline",
        openings: ".essay > h1, .chapter > h1, .colophon > h1",
        titles: "h1, .titlepage p",
        sink: Some(
            "h1, .dedication > p:first-of-type, .epigraph-page > :first-child, .epigraph-page > .pagebreak + *, .colophon > p:first-child, .colophon > .pagebreak + p",
        ),
        has_pages: true,
    };

    fn rules(self) -> [CssRule; 9] {
        [
            ("html", |style| &style.text_styles.text, 0),
            (self.headings, |style| &style.text_styles.heading, 0),
            (self.chapter, |style| &style.text_styles.chapter, 175),
            (self.title, |style| &style.text_styles.title, 240),
            (".subtitle", |style| &style.text_styles.subtitle, 120),
            (self.caption, |style| &style.text_styles.caption, 85),
            ("figcaption .credit", |style| &style.text_styles.credit, 0),
            ("figcaption .where", |style| &style.text_styles.place, 0),
            (".dateline", |style| &style.text_styles.place, 85),
        ]
    }
}

/// The CSS for the numbers of lists, in the digits of the languages of a book.
pub(crate) fn list_numbers(book: &Book) -> String {
    let name = |language: &Language| language.digits().counter_style().unwrap_or("decimal");
    let own = name(&book.language);
    let rule = |selector: &str, name| format!("\n{selector} {{\n  list-style-type: {name};\n}}\n");
    let mut css = if own == "decimal" { String::new() } else { rule("ol", own) };
    for BookTranslation { language, .. } in &book.translations {
        if name(language) != own {
            css += &rule(&format!("[lang=\"{}\"] ol", language.tag()), name(language));
        }
    }
    css
}

/// The CSS for the differences between this design and the classic one, which is that of the
/// stylesheet.
pub(crate) fn rules(
    style: &PageStyle,
    elements: Elements,
    family: fn(Family) -> &'static str,
) -> String {
    let mut css = String::new();
    for (selector, text_style, size) in elements.rules() {
        let classic = text_style(&PageStyle::CLASSIC);
        let mut declarations = declarations(text_style(style), classic, style, size, family);
        if elements.has_pages && text_style(style).secondary != classic.secondary {
            // An opacity is a lighter ink in every colour that a reader chooses.
            let opacity = if text_style(style).secondary { "0.72" } else { "1" };
            let _ = writeln!(declarations, "  opacity: {opacity};");
        }
        if !declarations.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(css, "\n{selector} {{\n{declarations}}}\n");
        }
        if declarations.contains("font-style") {
            // Emphasis in italic text is upright.
            let emphasis = selector.split(", ").map(|one| format!("{one} em"));
            let emphasis = emphasis.collect::<Vec<_>>().join(", ");
            let style = if text_style(style).slant == Slant::Italic { "normal" } else { "italic" };
            let _ = write!(css, "\n{emphasis} {{\n  font-style: {style};\n}}\n");
        }
    }
    css.push_str(&part_title(style, elements));
    if style.text_styles.text.figures == Figures::Lining {
        css.push_str("\nbody {\n  font-variant-numeric: lining-nums proportional-nums;\n}\n");
    }
    if style.titles.align == TitleAlign::Centre {
        let _ = write!(css, "\n{} {{\n  text-align: center;\n}}\n", elements.titles);
    }
    let sink = style.page.sink;
    // Where pictures hang from the head of the page, titles do as well.
    let is_corner = style.plates.position == PlatePosition::Corner;
    let hangs = elements.has_pages && (is_corner || style.titles.at_head);
    if let Some(selector) = elements.sink.filter(|_| hangs) {
        let title = elements.title;
        let plates = if is_corner { ", .plate figure" } else { "" };
        let _ = write!(
            css,
            "\n:root {{\n  --sink: 3vh;\n}}\n\n\
             {selector}, {title}{plates} {{\n  margin-top: min(1em, 3vh);\n}}\n"
        );
    } else if let Some(selector) = elements.sink.filter(|_| sink != PageStyle::CLASSIC.page.sink) {
        let vh = (sink * 24 / PageStyle::CLASSIC.page.sink).max(4);
        let _ = write!(
            css,
            "\n:root {{\n  --sink: {vh}vh;\n}}\n\n\
             {selector} {{\n  margin-top: {}.{}em;\n  margin-top: {vh}vh;\n}}\n",
            vh / 4,
            vh % 4 * 25
        );
        let below = vh + 18;
        let _ = write!(
            css,
            "\n{} {{\n  margin-top: max(1em, min({vh}vh, {below}vh - 9rem));\n}}\n",
            elements.title
        );
    }
    if style.titles.align == TitleAlign::Centre {
        // As in print: what is below a centred title is centred with it.
        let _ = write!(
            css,
            "\n.contents ol, .imprint p, .colophon p, .imprint h2 {{\n  text-align: center;\n}}\n\n\
             .contents li {{\n  padding: 0;\n  text-indent: 0;\n}}\n"
        );
    }
    if style.hairlines {
        let _ = write!(
            css,
            "\n{} {{\n  padding-top: 0.4em;\n  border-top: 1px solid;\n}}\n",
            elements.openings
        );
    }
    if elements.has_pages {
        css += &pages(style);
    }
    if css.is_empty() { css } else { format!("\n/* The design of this book. */\n{css}") }
}

/// The CSS of what a page looks like apart from its type.
fn pages(style: &PageStyle) -> String {
    let mut css = String::new();
    if style.titles.names_at_foot {
        css.push_str(
            "\nh1 + .creator, .subtitle + .creator {\n  margin-top: 10em;\n  margin-top: 34vh;\n}\n\n\
             .publisher {\n  margin-top: 1.2em;\n}\n\n\
             @supports (display: flex) and (width: max(1em, 1vh)) {\n  \
             section.titlepage h1 + .creator, section.titlepage .subtitle + .creator {\n    \
             margin-top: auto;\n    padding-top: min(2em, 4vh);\n  }\n\n  \
             section.titlepage .publisher {\n    margin-top: min(1.2em, 3vh);\n    \
             padding-top: 0;\n  }\n}\n",
        );
    }
    // A picture in the corner, or on columns, begins where lines do.
    if style.plates.position != PlatePosition::Centre {
        css.push_str("\n.plate figure {\n  margin-inline: 0 auto;\n}\n");
    }
    if style.page.colour != Ink::PAPER
        && let Some(colour) = page_colour(style.page.colour)
    {
        let _ = write!(
            css,
            "\n/* The colour of the pages, as long as letters are dark. */\n\
             @media (color) {{\n  body {{\n    {colour};\n  }}\n}}\n"
        );
    }
    css
}

/// The declaration of the colour of pages, if it is light. A lighter page keeps the contrast of any
/// dark letters. The colour is there only while the letters are dark, so that nothing has to be
/// known of how a reading system sets the night.
pub(crate) fn page_colour(colour: Ink) -> Option<String> {
    let [r, g, b] = colour.on_screen();
    let is_light = luminance([r, g, b]) > LIGHT;
    is_light.then(|| {
        format!("background-color: rgb(from currentColor {r} {g} {b} / calc((128 - g) * 100))")
    })
}

/// The CSS that tells texts in the second and third language of a book from those in the first.
pub(crate) fn translations(style: &PageStyle, family: fn(Family) -> &'static str) -> String {
    let TranslationStyle { face, slant, secondary, gap, .. } = style.translations;
    let mut own = String::new();
    let mut css = "\n/* Texts in other languages. */\n".to_owned();
    // Writing to a string cannot fail.
    if let Some(face) = face {
        let generic = if face == Family::Sans { "sans-serif" } else { "serif" };
        let _ = writeln!(own, "  font-family: \"{}\", {generic};", family(face));
    }
    if slant == Slant::Italic {
        own.push_str("  font-style: italic;\n");
    }
    // An opacity is a lighter ink in every colour that a reader chooses.
    if secondary {
        own.push_str("  opacity: 0.72;\n");
    }
    if !own.is_empty() {
        let _ = write!(css, ".translation {{\n{own}}}\n");
    }
    if slant == Slant::Italic {
        let italic = |style: &TextStyle| style.slant == Slant::Italic;
        let styles = &style.text_styles;
        css.push_str(".translation em {\n  font-style: normal;\n}\n");
        // What is italic in the first language as well has a lighter ink in the second.
        let mut lighter = vec![".dedication .translation"];
        if italic(&styles.subtitle) {
            lighter.push(".subtitle.translation");
        }
        if italic(&styles.caption) {
            lighter.push(".caption.translation");
        }
        if italic(&styles.title) {
            lighter.push(".titlepage h1 .translation");
        }
        if italic(&styles.chapter) {
            lighter.push("h1 .translation");
            lighter.push("h2 .translation");
        }
        if !secondary {
            let _ = write!(css, "{} {{\n  opacity: 0.72;\n}}\n", lighter.join(", "));
        }
    }
    if secondary || slant == Slant::Italic {
        css.push_str(".translation .where, .translation .translation {\n  opacity: 1;\n}\n");
    }
    css.push_str("div.translation {\n  margin-top: 1.5em;\n}\n");
    css.push_str(".translation, .captions + p {\n  text-indent: 0;\n}\n");
    let gap = (gap * 14).max(0);
    let _ = write!(
        css,
        ".captions .translation {{\n  margin-top: {}.{:04}em;\n}}\n",
        gap / 10_000,
        gap % 10_000
    );
    css
}

/// The size of the titles of parts, between those of chapters and of the book, unless it is the
/// stylesheet's own.
fn part_title(style: &PageStyle, elements: Elements) -> String {
    let size = |style: &PageStyle| -> i64 {
        let titles = [elements.chapter, elements.title];
        titles.into_iter().map(|selector| size_of(style, elements, selector)).sum::<i64>() / 2
    };
    let em = size(style);
    if !elements.has_pages || em == size(&PageStyle::CLASSIC) {
        return String::new();
    }
    format!("\n{} {{\n  font-size: {}.{:02}em;\n}}\n", elements.part, em / 100, em % 100)
}

/// The sizes of the title, of the titles of chapters and of the subtitle as custom properties, for a
/// stylesheet that makes them smaller in a narrow window.
pub(crate) fn title_sizes(style: &PageStyle, elements: Elements) -> String {
    let mut css = String::new();
    let names =
        [("title", elements.title), ("chapter", elements.chapter), ("subtitle", ".subtitle")];
    for (name, selector) in names {
        let em = size_of(style, elements, selector);
        // Writing to a string cannot fail.
        let _ = writeln!(css, "  --{name}: {}.{:02}em;", em / 100, em % 100);
    }
    format!("\n:root {{\n{css}}}\n")
}

/// The size of the subtitle in hundredths of that of the title.
pub(crate) fn subtitle_share(style: &PageStyle, elements: Elements) -> i64 {
    size_of(style, elements, ".subtitle") * 100 / size_of(style, elements, elements.title).max(1)
}

/// The size, in hundredths of an em, of the elements of a rule.
fn size_of(style: &PageStyle, elements: Elements, selector: &str) -> i64 {
    let rules = elements.rules();
    let rule = rules.iter().find(|rule| rule.0 == selector);
    rule.map_or(100, |(_, text_style, size)| {
        hundredths_of_em(text_style(style), text_style(&PageStyle::CLASSIC), style, *size)
    })
}

/// The text style of headings, unless it is the stylesheet's own: regular, the lowest level in
/// italics.
pub(crate) fn heading(text_styles: &TextStyles) -> Option<&TextStyle> {
    Some(&text_styles.heading).filter(|heading| **heading != PageStyle::CLASSIC.text_styles.heading)
}

fn declarations(
    text_style: &TextStyle,
    classic: &TextStyle,
    style: &PageStyle,
    size: i64,
    family: fn(Family) -> &'static str,
) -> String {
    let mut css = String::new();
    let text_styles = &style.text_styles;
    // The face that would be inherited without a declaration.
    let inherited = if std::ptr::eq(text_style, &raw const text_styles.text) {
        PageStyle::CLASSIC.text_styles.text.face
    } else if std::ptr::eq(text_style, &raw const text_styles.caption) {
        PageStyle::CLASSIC.text_styles.caption.face
    } else if [&raw const text_styles.credit, &raw const text_styles.place]
        .contains(&&raw const *text_style)
    {
        text_styles.caption.face
    } else {
        text_styles.text.face
    };
    if text_style.face != inherited {
        let generic = match text_style.face {
            Family::Serif => "serif",
            Family::Sans => "sans-serif",
            Family::Mono => "monospace",
        };
        let _ = writeln!(css, "  font-family: \"{}\", {generic};", family(text_style.face));
    }
    // The stylesheet's own headings are regular, and italic at the lowest level.
    let is_heading =
        std::ptr::eq(text_style, &raw const text_styles.heading) && text_style != classic;
    if text_style.slant != classic.slant || is_heading {
        let style = if text_style.slant == Slant::Italic { "italic" } else { "normal" };
        let _ = writeln!(css, "  font-style: {style};");
    }
    if text_style.weight == Weight::Semibold && (text_style.weight != classic.weight || is_heading)
    {
        css.push_str("  font-weight: 600;\n");
    }
    if size > 0 {
        let em = hundredths_of_em(text_style, classic, style, size);
        if em != size {
            let _ = writeln!(css, "  font-size: {}.{:02}em;", em / 100, em % 100);
        }
    }
    if text_style.leading != classic.leading || text_style.size != classic.size {
        let height = height(text_style).clamp(100, 170);
        let _ = writeln!(css, "  line-height: {}.{:02};", height / 100, height % 100);
    }
    if text_style.capitals != classic.capitals {
        css.push_str(match text_style.capitals {
            Capitals::Full => "  text-transform: uppercase;\n",
            Capitals::Small => "  font-variant-caps: all-small-caps;\n",
            Capitals::AsWritten if classic.capitals == Capitals::Small => {
                "  font-variant-caps: normal;\n"
            }
            Capitals::AsWritten | Capitals::SmallForAbbreviations => "",
        });
    }
    if text_style.figures != text_styles.text.figures {
        let figures = match text_style.figures {
            Figures::OldStyle => "oldstyle-nums proportional-nums",
            _ => "lining-nums proportional-nums",
        };
        let _ = writeln!(css, "  font-variant-numeric: {figures};");
    }
    // How many letters fit on a line decides how large a title with a long word is.
    let fit = match (text_style.capitals, text_style.weight) {
        (Capitals::Full, _) => Some(125),
        (Capitals::Small, _) => Some(150),
        (_, Weight::Semibold) => Some(176),
        _ => None,
    };
    if let Some(fit) = fit.filter(|_| size > 100) {
        let _ = writeln!(css, "  --fit: {fit}cqi;");
    }
    if text_style.tracking != classic.tracking {
        let sign = if text_style.tracking < 0 { "-" } else { "" };
        let _ = writeln!(css, "  letter-spacing: {sign}0.{:03}em;", text_style.tracking.abs());
    }
    css
}

/// The font size, for one that is `size` in the classic design; both in hundredths of an em.
fn hundredths_of_em(
    text_style: &TextStyle,
    classic: &TextStyle,
    style: &PageStyle,
    size: i64,
) -> i64 {
    let ratio = |text_style: &TextStyle, text: &TextStyle| {
        text_style.size.to_emu() * 10_000 / text.size.to_emu().max(1)
    };
    let classic_ratio = ratio(classic, &PageStyle::CLASSIC.text_styles.text).max(1);
    // Screens are small: a title is at most three times as large as the text.
    (size * ratio(text_style, &style.text_styles.text) / classic_ratio).clamp(60, 300)
}

/// The line height in hundredths of the font size.
fn height(text_style: &TextStyle) -> i64 {
    let size = text_style.size.max(Length::emu(1));
    text_style.leading.to_emu() * 100 / size.to_emu()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family_name(family: Family) -> &'static str {
        if family == Family::Serif { "Serif" } else { "Sans" }
    }

    #[test]
    fn the_stylesheet_itself_is_the_classic_design() {
        assert_eq!(rules(&PageStyle::CLASSIC, Elements::EBOOK, family_name), "");
    }

    #[test]
    fn emphasis_in_italic_text_is_upright() {
        let mut style = PageStyle::CLASSIC;
        style.text_styles.heading = TextStyle {
            slant: Slant::Italic,
            weight: Weight::Regular,
            ..PageStyle::CLASSIC.text_styles.heading
        };
        style.text_styles.caption.slant = Slant::Italic;
        let css = rules(&style, Elements::EBOOK, family_name);
        let emphasis = "h2 em, h3 em, h4 em, h5 em, h6 em {\n  font-style: normal;";
        assert!(css.contains(emphasis), "{css}");
        assert!(
            css.contains("figcaption em, .imprint p em, .dateline em {\n  font-style: normal;"),
            "{css}"
        );
        // The lowest headings are no longer italic.
        style.text_styles.heading.slant = Slant::Upright;
        let css = rules(&style, Elements::EBOOK, family_name);
        assert!(css.contains("h6 em {\n  font-style: italic;"), "{css}");
    }

    #[test]
    fn a_design_sets_no_colour_of_text_on_a_screen() {
        let mut style = PageStyle::CLASSIC;
        style.page.colour = Ink { c: 40, m: 0, y: 0, k: 100 };
        style.ink = Ink::PAPER;
        style.text_styles.text.face = Family::Sans;
        let css = rules(&style, Elements::EBOOK, family_name);
        assert!(css.contains("html {\n  font-family: \"Sans\", sans-serif;"), "{css}");
        assert!(!css.contains("color") && !css.contains("background"), "{css}");
    }

    #[test]
    fn a_light_page_has_its_colour_only_while_letters_are_dark() {
        let mut style = PageStyle::CLASSIC;
        style.page.colour = Ink { c: 4, m: 4, y: 6, k: 6 };
        let css = rules(&style, Elements::EBOOK, family_name);
        let colour =
            "background-color: rgb(from currentColor 234 231 226 / calc((128 - g) * 100));";
        assert!(css.contains(colour), "{css}");
        assert!(!css.contains("  color:"), "{css}");
    }
}
