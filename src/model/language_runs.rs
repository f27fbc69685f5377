//! Detects text in another language than the book's by its script (WCAG 2.1, 3.1.2).
//!
//! A script used by a single language identifies that language. For a script shared by several
//! languages, only the script is given, which at least keeps a speech synthesizer from spelling
//! the text out.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use crate::model::text::scripts::{are_east_asian, identified_language, of_tag};
use crate::model::{
    Block, Book, Cover, Entry, Essay, Language, ParagraphText, PlateTranslation, Translation,
    figures, paragraphs, plain_text,
};

/// The scripts in which the book's language is written.
#[derive(Debug)]
pub(crate) struct LanguageRuns {
    book_scripts: Vec<Script>,
}

/// A run of text in another script, and its language tag.
pub(crate) type LanguageRun = (Range<usize>, &'static str);

/// Names and terms in Latin letters occur in every language; a run of more words than this is
/// not a name.
const LATIN_NAME: usize = 5;
/// One or two Greek letters are a symbol: π, Δx.
const GREEK_SIGN: usize = 2;

impl LanguageRuns {
    /// The scripts of the given language.
    pub(crate) fn new(language: &Language) -> Self {
        Self { book_scripts: of_tag(language.tag()) }
    }

    /// Whether it is Chinese, Japanese or Korean, which emphasize with dots instead of italics.
    pub(crate) fn is_east_asian(&self) -> bool {
        are_east_asian(&self.book_scripts)
    }

    /// The runs in other scripts, in order. Spaces and digits between the words of a run belong
    /// to it.
    pub(crate) fn runs(&self, text: &str) -> Vec<LanguageRun> {
        let mut runs: Vec<(Range<usize>, Script)> = Vec::new();
        let mut in_run = false;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let script = if c == 'ー' { Script::Katakana } else { c.script() };
            let last = runs.last_mut();
            match script {
                // It belongs to the preceding letter.
                _ if script == Script::Inherited || c.is_numeric() => {
                    if let Some((range, _)) = last.filter(|(range, _)| range.end == at) {
                        range.end = end;
                    }
                }
                Script::Common | Script::Unknown => {}
                script if self.book_scripts.contains(&script) => in_run = false,
                script => {
                    match last.filter(|(_, other)| in_run && same_run(*other, script)) {
                        Some((range, other)) => {
                            range.end = end;
                            if *other == Script::Han {
                                *other = script;
                            }
                        }
                        None => runs.push((at..end, script)),
                    }
                    in_run = true;
                }
            }
        }
        let is_long_enough = |words: &str, script| match script {
            Script::Latin => {
                let words =
                    words.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
                words.count() > LATIN_NAME
            }
            Script::Greek => words.chars().filter(|c| c.is_alphabetic()).count() > GREEK_SIGN,
            _ => true,
        };
        runs.into_iter()
            .filter(|(range, script)| is_long_enough(&text[range.clone()], *script))
            .filter_map(|(range, script)| Some((range, identified_language(script)?)))
            .collect()
    }

    /// The language tag if the whole text is in one other script, for text that cannot be marked
    /// in part.
    pub(crate) fn single_language(&self, text: &str) -> Option<&'static str> {
        let [(range, tag)] = &self.runs(text)[..] else { return None };
        let outside = [&text[..range.start], &text[range.end..]];
        outside.iter().all(|rest| !rest.contains(char::is_alphabetic)).then_some(*tag)
    }

    /// Whether the language of every sentence in the book can be identified.
    pub(crate) fn all_known(book: &Book) -> bool {
        let own = Self::new(&book.language);
        let alt_is_known = |alt: &Option<String>| alt.as_deref().is_none_or(|it| own.knows(it));
        let cover = match &book.cover {
            Cover::Photo { alt, .. } => alt_is_known(alt),
            Cover::Typographic => true,
        };
        let mut all = cover
            && own.knows(&book.title)
            && book.subtitle.as_deref().is_none_or(|subtitle| own.knows(subtitle));
        for plate in book.plates_and_frontispiece() {
            all &= own.knows(&plain_text(&plate.caption)) && alt_is_known(&plate.alt);
            for PlateTranslation { language, caption, .. } in &plate.translations {
                all &= Self::new(language).knows(&plain_text(caption));
            }
        }
        all &= book.index.texts(&book.language).into_iter().all(|text| own.knows(text));
        for entry in &book.entries {
            all &= match entry {
                Entry::Essay(Essay { language: Some(language), blocks, .. }) => {
                    Self::new(language).knows_blocks(blocks)
                }
                entry => own.knows_blocks(entry.blocks()),
            };
            if let Some(chapter) = entry.opening() {
                all &= own.knows(&plain_text(&chapter.title));
            }
        }
        all
    }

    /// Whether the language of all of a text can be identified.
    fn knows(&self, text: &str) -> bool {
        self.runs(text).iter().all(|(_, tag)| !tag.starts_with("und"))
    }

    fn knows_blocks(&self, blocks: &[Block]) -> bool {
        blocks.iter().all(|block| {
            if let Block::Translation(Translation { language, blocks }) = block {
                return Self::new(language).knows_blocks(blocks);
            }
            let block = std::slice::from_ref(block);
            let mut all = true;
            paragraphs(block, &mut |words| {
                all &= match words {
                    ParagraphText::Inlines(inlines) => self.knows(&plain_text(inlines)),
                    ParagraphText::Code(text) => self.knows(text),
                }
            });
            figures(block, &mut |figure| {
                all &= figure.alt.as_deref().is_none_or(|alt| self.knows(alt));
            });
            all
        })
    }
}

/// Whether letters of these two scripts belong to one run.
fn same_run(one: Script, other: Script) -> bool {
    let is_japanese = |script| matches!(script, Script::Han | Script::Hiragana | Script::Katakana);
    one == other || (is_japanese(one) && is_japanese(other))
}

/// Whether it is a Latin letter.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c.script() == Script::Latin
}

/// The runs of a text that begin and end with a Latin letter, and those between them.
pub(crate) fn latin_runs(text: &str) -> Vec<(&str, bool)> {
    let is_other = |c: char| c.is_alphabetic() && !is_latin(c);
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_latin) {
        let end = rest[start..].find(is_other).map_or(rest.len(), |end| start + end);
        let last = rest[start..end].char_indices().rfind(|(_, c)| is_latin(*c));
        let end = last.map_or(end, |(at, c)| start + at + c.len_utf8());
        runs.push((&rest[..start], false));
        runs.push((&rest[start..end], true));
        rest = &rest[end..];
    }
    runs.push((rest, false));
    runs.retain(|(run, _)| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(language: &str, text: &str) -> String {
        let mut marked = text.to_owned();
        for (range, tag) in LanguageRuns::new(&Language::new(language)).runs(text).into_iter().rev()
        {
            marked.replace_range(range.clone(), &format!("[{tag} {}]", &text[range]));
        }
        marked
    }

    #[test]
    fn latin_words_in_other_text_are_runs_of_their_own() {
        assert_eq!(
            latin_runs("사진 Kodak Tri-X, 400과"),
            [("사진 ", false), ("Kodak Tri-X", true), (", 400과", false)]
        );
        assert_eq!(latin_runs("새벽"), [("새벽", false)]);
    }

    #[test]
    fn a_run_of_another_script_includes_spaces_and_digits() {
        assert_eq!(marked("en", "At 부산, 1950 서울. End"), "At [ko 부산, 1950 서울]. End");
        assert_eq!(marked("en", "שלום, «Привет» ไทย"), "[he שלום], «[und-Cyrl Привет]» [th ไทย]");
        assert_eq!(marked("de", "हिन्दी́, العربية"), "[und-Deva हिन्दी́], [und-Arab العربية]");
    }

    #[test]
    fn han_is_japanese_next_to_kana_and_otherwise_of_no_language() {
        assert_eq!(marked("en", "The 春の海, 東京"), "The [ja 春の海, 東京]");
        assert_eq!(marked("en", "コーヒー or 東京"), "[ja コーヒー] or [und-Hani 東京]");
        assert_eq!(marked("zh", "春 コーヒー 부산"), "春 [ja コーヒー] [ko 부산]");
        assert_eq!(marked("ko", "부산 釜山 かな"), "부산 釜山 [ja かな]");
        assert_eq!(marked("ja", "春の海、コーヒー"), "春の海、コーヒー");
    }

    #[test]
    fn names_and_symbols_are_not_marked() {
        assert_eq!(
            marked("ko", "사진 by Ada Field, on a Leica M3."),
            "사진 [und-Latn by Ada Field, on a Leica M3]."
        );
        assert_eq!(marked("ko", "사진 Ada Field, Leica M3"), "사진 Ada Field, Leica M3");
        assert_eq!(marked("en", "π, Δx; λόγος"), "π, Δx; [el λόγος]");
        assert_eq!(marked("en", "Café, naïve, 12 µm — “ok”"), "Café, naïve, 12 µm — “ok”");
    }

    #[test]
    fn the_script_follows_the_language_tag() {
        assert_eq!(marked("sr-Latn", "Добро"), "[und-Cyrl Добро]");
        assert_eq!(
            (marked("sr", "Добро jutro"), marked("ru", "Добро")),
            ("Добро jutro".into(), "Добро".into())
        );
        assert_eq!(marked("zh-Hant-TW", "東京"), "東京");
        assert_eq!(marked("ka", "თბილისი"), "თბილისი");
    }

    #[test]
    fn text_in_a_single_language_is_marked_as_a_whole() {
        let language_runs = LanguageRuns::new(&Language::default());
        assert_eq!(language_runs.single_language("“부산”, 1950."), Some("ko"));
        assert_eq!(language_runs.single_language("Pusan: 부산"), None);
        assert_eq!(language_runs.single_language("Pusan"), None);
    }
}
