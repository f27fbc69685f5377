//! The text file that explains the offline edition to those who receive it.

use crate::model::{
    Book, BookTranslation, Edition, Identifier, Language, OfflineForm, ReadMeStrings, SUMS,
    Strings, hyphenated_isbn,
};
use crate::typeset::{plain_lines, plain_width};

use super::names::{FOLDER, INDEX};

/// The length of a line in columns, where words allow.
const COLUMNS: usize = 72;

/// The contents of `READ-ME.txt`: what this is, how it is opened, what lies beside it, how it is
/// checked, and whose it is, in the languages of the book.
///
/// `included` are the editions inside, with the names of their files. Old editors of Windows show it
/// well: it begins with a byte order mark, and its lines end with a carriage return.
pub fn read_me(book: &Book, included: &[(Edition, &str)]) -> String {
    let mut text = PlainText::new(&book.language);
    title(&mut text, &book.title, book.subtitle.as_deref(), &book.bylines());
    let words = ReadMeStrings::for_language(&book.language);
    explanation(&mut text, words, book.offline.form, included);
    imprint(&mut text, book);
    let mut written = vec![words];
    for translation in &book.translations {
        let BookTranslation { language, title: own_title, subtitle, bylines } = translation;
        let words = ReadMeStrings::for_language(language);
        // Languages without sentences of their own have the English ones.
        if written.contains(&words) {
            continue;
        }
        written.push(words);
        text.rule();
        text.language = language;
        let own_title = own_title.as_ref().unwrap_or(&book.title);
        let subtitle = subtitle.as_ref().or(book.subtitle.as_ref());
        let same = book.bylines();
        let bylines = if bylines.is_empty() { &same } else { bylines };
        title(&mut text, own_title, subtitle.map(String::as_str), bylines);
        explanation(&mut text, words, book.offline.form, included);
    }
    text.finish()
}

fn title(text: &mut PlainText<'_>, title: &str, subtitle: Option<&str>, bylines: &[String]) {
    text.heading(title, '=');
    for line in subtitle.into_iter().chain(bylines.iter().map(String::as_str)) {
        text.paragraph(line, "");
    }
}

fn explanation(
    text: &mut PlainText<'_>,
    words: &ReadMeStrings,
    form: OfflineForm,
    included: &[(Edition, &str)],
) {
    text.blank();
    text.paragraph(words.about, "");

    text.heading(words.how_to_open, '-');
    if form == OfflineForm::Zip {
        text.paragraph(words.unpack, "");
        text.blank();
    }
    text.paragraph(words.open, "");
    text.literal(&format!("    {INDEX}"));

    text.heading(words.also_here, '-');
    let editions =
        included.iter().filter_map(|(edition, name)| Some((*name, words.edition(*edition)?)));
    let others = [(FOLDER, words.pictures), (SUMS, words.checksums)];
    for (name, about) in editions.chain(others) {
        text.literal(name);
        text.paragraph(about, "    ");
    }

    text.heading(words.how_to_check, '-');
    text.paragraph(words.check, "");
    text.blank();
    text.literal("Linux");
    text.literal(&format!("    sha256sum -c {SUMS}"));
    text.literal("macOS");
    text.literal(&format!("    shasum -a 256 -c {SUMS}"));
    text.blank();
    text.paragraph(words.check_result, "");
    text.blank();
    text.paragraph(words.check_windows, "");
    text.blank();
    text.literal("Windows");
    text.literal(&format!("    certutil -hashfile {INDEX} SHA256"));
}

/// Who made and published the book, and its terms of use: what the imprint page says.
fn imprint(text: &mut PlainText<'_>, book: &Book) {
    let identifier = match &book.identifier {
        Identifier::Isbn(isbn) => Some(format!("ISBN {}", hyphenated_isbn(isbn))),
        Identifier::Uri(uri) => Some(uri.clone()),
        Identifier::Uuid(_) => None,
    };
    let mut lines = book.imprint_bylines();
    lines.extend(book.imprint_credits());
    lines.extend(book.rights.iter().flat_map(|rights| rights.lines()).map(str::to_owned));
    lines.extend(book.license.clone());
    lines.extend(book.publisher.clone());
    lines.extend(book.date.map(|date| date.localized(&book.language)));
    lines.extend(identifier);
    if lines.is_empty() {
        return;
    }
    text.heading(Strings::for_language(&book.language).imprint, '-');
    for line in lines {
        text.paragraph(&line, "");
    }
}

/// Plain text in paragraphs of short lines.
struct PlainText<'a> {
    text: String,
    /// The language of what is added next.
    language: &'a Language,
}

impl<'a> PlainText<'a> {
    fn new(language: &'a Language) -> Self {
        Self { text: String::new(), language }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line as it is, such as a command.
    fn literal(&mut self, line: &str) {
        self.text += line;
        // In a text from right to left, a slash at the end would be shown before the word.
        if self.language.is_right_to_left() && !line.ends_with(char::is_alphanumeric) {
            self.text.push('\u{200e}');
        }
        self.blank();
    }

    /// A line of its own, underlined, with an empty line above it.
    fn heading(&mut self, heading: &str, underline: char) {
        if !self.text.is_empty() {
            self.blank();
        }
        let from = self.text.len();
        self.paragraph(heading, "");
        let width = self.text[from..].lines().map(plain_width).max().unwrap_or(0);
        self.text.extend(std::iter::repeat_n(underline, width));
        self.blank();
    }

    /// A paragraph, whose lines all begin with this indent.
    fn paragraph(&mut self, paragraph: &str, indent: &str) {
        let words: Vec<&str> = paragraph.split([' ', '\n', '\r', '\t']).collect();
        for line in plain_lines(&words.join(" "), COLUMNS - indent.len(), self.language) {
            // Names have no-break spaces, which would hide them from a search.
            let line =
                if self.language.primary() == "fr" { line } else { line.replace('\u{a0}', " ") };
            // Editors that do not know the direction of a line would put its full stop at the
            // wrong end, and a number at the beginning would turn the line.
            let is_right_to_left =
                self.language.is_right_to_left() && line.chars().any(is_right_to_left);
            let mark = if is_right_to_left { "\u{200f}" } else { "" };
            self.text.extend([indent, mark, &line, mark, "\n"]);
        }
    }

    /// A line between two languages.
    fn rule(&mut self) {
        self.blank();
        self.text.extend(std::iter::repeat_n('=', COLUMNS));
        self.blank();
    }

    fn finish(self) -> String {
        format!("\u{feff}{}", self.text.replace('\n', "\r\n"))
    }
}

/// Whether a letter is of a script that is written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc
        | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}
