//! The digits of the numbers that recto writes in a book: those of its author.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{
    Book, Chapter, Digits, Entry, Inline, ParagraphText, Plate, Taken, is_latin, notes, paragraphs,
};

/// Gives the language of a book the digits that its texts have more often: those of its script, or 0
/// to 9. Without any numbers in its texts, it keeps those that are usual in it.
pub(crate) fn settle(book: &mut Book) {
    let native = book.language.native_digits();
    if native.is_empty() {
        return;
    }
    let mut numbers = Numbers::default();
    numbers.book(book);
    let count = |digits: &Digits| numbers.counts.get(digits).copied().unwrap_or(0);
    let all_native: usize = native.iter().map(count).sum();
    let latin = count(&Digits::LATIN);
    if all_native + latin == 0 {
        return;
    }
    // Of two that are as frequent, the usual ones.
    let most = native.iter().min_by_key(|digits| Reverse(count(digits)));
    let digits = most.filter(|_| all_native > latin).copied().unwrap_or_default();
    book.language = book.language.clone().with_digits(digits);
}

/// How many numbers the texts of a book have, by their digits.
#[derive(Default)]
struct Numbers {
    counts: BTreeMap<Digits, usize>,
}

impl Numbers {
    fn book(&mut self, book: &Book) {
        let texts = [
            Some(&book.title),
            book.subtitle.as_ref(),
            book.publisher.as_ref(),
            book.rights.as_ref(),
            book.credit.as_ref(),
        ];
        for text in texts.into_iter().flatten() {
            self.text(text);
        }
        let flaps = [&book.cover_flaps.front, &book.cover_flaps.back];
        for blocks in [&book.cover_back.text].into_iter().chain(flaps) {
            paragraphs(blocks, &mut |text| self.paragraph(text));
        }
        for entry in &book.entries {
            self.entry(entry);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Plate(plate) | Entry::Frontispiece(plate) => self.plate(plate),
            Entry::Part(Chapter { title, picture, .. })
            | Entry::Chapter(Chapter { title, picture, .. }) => {
                self.inlines(title);
                if let Some(plate) = picture {
                    self.plate(plate);
                }
            }
            Entry::Essay(_)
            | Entry::Dedication(_)
            | Entry::Epigraph(_)
            | Entry::Colophon(_)
            | Entry::Blank(_) => {}
        }
        paragraphs(entry.blocks(), &mut |text| self.paragraph(text));
    }

    fn plate(&mut self, plate: &Plate) {
        self.inlines(&plate.caption);
        let date = match &plate.taken {
            Some(Taken::Text(text)) => Some(text),
            Some(Taken::Period(_) | Taken::Interval(..)) | None => None,
        };
        for text in [plate.place.as_ref(), date, plate.credit.as_ref()].into_iter().flatten() {
            self.text(text);
        }
    }

    fn paragraph(&mut self, text: ParagraphText<'_>) {
        match text {
            ParagraphText::Inlines(content) => self.text(&without_code(content)),
            ParagraphText::Code(_) => {}
        }
    }

    /// A text with its notes.
    fn inlines(&mut self, content: &[Inline]) {
        self.text(&without_code(content));
        notes(content, &mut |note| paragraphs(&note.content, &mut |text| self.paragraph(text)));
    }

    /// Counts the numbers of a text. Those in foreign names and before foreign units, such as
    /// `Leica M6` and `35 mm`, have the digits 0 to 9 in any book.
    fn text(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        // The first letter after each word.
        let mut next = Vec::new();
        let mut letter = None;
        for word in words.iter().rev() {
            next.push(letter);
            letter = word.chars().find(|c| c.is_alphabetic()).or(letter);
        }
        let mut last = None;
        for (index, (word, next)) in words.iter().zip(next.into_iter().rev()).enumerate() {
            let letters = || word.chars().filter(|c| c.is_alphabetic());
            if let Some(digits) = word.chars().find_map(Digits::with) {
                let has_unit = word.ends_with(|c| Digits::with(c).is_some())
                    && words.get(index + 1).is_some_and(|unit| unit.starts_with(is_latin));
                let is_foreign = if letters().next().is_some() {
                    letters().any(is_latin)
                } else {
                    let mut beside = [last, next].into_iter().flatten().peekable();
                    has_unit || (beside.peek().is_some() && beside.all(is_latin))
                };
                if !is_foreign {
                    *self.counts.entry(digits).or_default() += 1;
                }
            }
            last = letters().next_back().or(last);
        }
    }
}

/// A text without markup and without code.
fn without_code(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) => text.push_str(part),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => text.push_str(&without_code(inner)),
            Inline::LineBreak => text.push(' '),
            Inline::Code(_) | Inline::Note(_) => {}
        }
    }
    text
}
