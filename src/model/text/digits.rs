//! The digits of the numbers that recto itself writes in a book: page numbers, dates, the numbers of
//! plates and notes.

use std::fmt::Display;

/// The ten digits of a writing system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits {
    /// The digit of the value 0; the others follow it (Unicode, 4.6, `Nd`).
    zero: char,
}

impl Default for Digits {
    fn default() -> Self {
        Self::LATIN
    }
}

/// The digits, and what style sheets call lists numbered with them (CSS Counter Styles 3, 6.1).
const COUNTER_STYLES: [(Digits, &str); 16] = [
    (Digits::ARABIC, "arabic-indic"),
    (Digits::PERSIAN, "persian"),
    (Digits::DEVANAGARI, "devanagari"),
    (Digits::BENGALI, "bengali"),
    (Digits::GURMUKHI, "gurmukhi"),
    (Digits::GUJARATI, "gujarati"),
    (Digits::ORIYA, "oriya"),
    (Digits::TAMIL, "tamil"),
    (Digits::TELUGU, "telugu"),
    (Digits::KANNADA, "kannada"),
    (Digits::MALAYALAM, "malayalam"),
    (Digits::THAI, "thai"),
    (Digits::LAO, "lao"),
    (Digits::TIBETAN, "tibetan"),
    (Digits::MYANMAR, "myanmar"),
    (Digits::KHMER, "khmer"),
];

impl Digits {
    /// 0 to 9.
    pub const LATIN: Self = Self { zero: '0' };
    const ARABIC: Self = Self { zero: '\u{660}' };
    /// Of Persian, Urdu, Pashto and their neighbours.
    const PERSIAN: Self = Self { zero: '\u{6f0}' };
    const DEVANAGARI: Self = Self { zero: '\u{966}' };
    const BENGALI: Self = Self { zero: '\u{9e6}' };
    const GURMUKHI: Self = Self { zero: '\u{a66}' };
    const GUJARATI: Self = Self { zero: '\u{ae6}' };
    const ORIYA: Self = Self { zero: '\u{b66}' };
    const TAMIL: Self = Self { zero: '\u{be6}' };
    const TELUGU: Self = Self { zero: '\u{c66}' };
    const KANNADA: Self = Self { zero: '\u{ce6}' };
    const MALAYALAM: Self = Self { zero: '\u{d66}' };
    const THAI: Self = Self { zero: '\u{e50}' };
    const LAO: Self = Self { zero: '\u{ed0}' };
    const TIBETAN: Self = Self { zero: '\u{f20}' };
    const MYANMAR: Self = Self { zero: '\u{1040}' };
    const KHMER: Self = Self { zero: '\u{17e0}' };

    /// The digits that this character is one of.
    pub fn with(c: char) -> Option<Self> {
        let others = COUNTER_STYLES.iter().map(|(digits, _)| *digits);
        [Self::LATIN].into_iter().chain(others).find(|digits| digits.value(c).is_some())
    }

    fn value(self, c: char) -> Option<u32> {
        u32::from(c).checked_sub(u32::from(self.zero)).filter(|value| *value < 10)
    }

    /// A number or a date with these digits instead of 0 to 9.
    pub fn write(self, number: impl Display) -> String {
        let text = number.to_string();
        if self == Self::LATIN {
            return text;
        }
        let digit = |c: char| {
            let value = Self::LATIN.value(c)?;
            char::from_u32(u32::from(self.zero) + value)
        };
        text.chars().map(|c| digit(c).unwrap_or(c)).collect()
    }

    /// The number that a text is, in whichever digits.
    pub fn read(text: &str) -> Option<u32> {
        let latin = |c: char| {
            let value = Self::with(c)?.value(c)?;
            char::from_digit(value, 10)
        };
        text.chars().map(latin).collect::<Option<String>>()?.parse().ok()
    }

    /// What style sheets call lists numbered with these digits; `None` for the usual ones.
    pub fn counter_style(self) -> Option<&'static str> {
        COUNTER_STYLES.iter().find(|(digits, _)| *digits == self).map(|(_, name)| *name)
    }

    /// The digits that are usual where a language is written: the default numbering system of the
    /// Unicode Common Locale Data Repository 48 (`common/main/*.xml`, `defaultNumberingSystem`).
    pub(super) fn usual(tag: &str) -> Self {
        const ARABIC_DIGITS: [&str; 21] = [
            "bh", "dj", "eg", "er", "il", "iq", "jo", "km", "kw", "lb", "mr", "om", "ps", "qa",
            "sa", "sd", "so", "ss", "sy", "td", "ye",
        ];
        let subtags = Subtags::new(tag);
        let native = Self::native(tag).first().copied().unwrap_or_default();
        let is_usual = match (subtags.primary.as_str(), subtags.region.as_deref()) {
            ("ar", region) => region.is_some_and(|region| ARABIC_DIGITS.contains(&region)),
            ("ur", region) => region == Some("in"),
            ("sd" | "ks", _) => native != Self::DEVANAGARI,
            (
                "ckb" | "sdh" | "fa" | "prs" | "ps" | "lrc" | "mzn" | "bgn" | "az" | "pa" | "uz",
                _,
            ) => matches!(native, Self::ARABIC | Self::PERSIAN),
            ("mr" | "ne" | "sa" | "bho" | "bgc" | "raj" | "bn" | "as" | "mni" | "my" | "dz", _) => {
                true
            }
            _ => false,
        };
        if is_usual { native } else { Self::LATIN }
    }

    /// The digits of the script of a language (`otherNumberingSystems`, `native`), the usual ones
    /// first. Empty for languages whose script has only 0 to 9.
    pub(super) fn native(tag: &str) -> &'static [Self] {
        const ARABIC: &[Digits] = &[Digits::ARABIC, Digits::PERSIAN];
        const PERSIAN: &[Digits] = &[Digits::PERSIAN, Digits::ARABIC];
        const DEVANAGARI: &[Digits] = &[Digits::DEVANAGARI];
        let subtags = Subtags::new(tag);
        match (subtags.primary.as_str(), subtags.script.as_deref()) {
            (
                "ar" | "arb" | "arz" | "ary" | "apc" | "ckb" | "sdh" | "sd" | "dv",
                None | Some("arab"),
            ) => ARABIC,
            (
                "fa" | "prs" | "ur" | "ps" | "ug" | "ks" | "lrc" | "mzn" | "bgn" | "trw",
                None | Some("arab" | "aran"),
            )
            | ("az" | "pa" | "uz", Some("arab")) => PERSIAN,
            (
                "hi" | "mr" | "ne" | "sa" | "bho" | "bgc" | "raj" | "mai" | "kok" | "doi" | "brx"
                | "xnr",
                None | Some("deva"),
            )
            | ("sd" | "ks", Some("deva")) => DEVANAGARI,
            ("bn" | "as" | "mni", None | Some("beng")) => &[Digits::BENGALI],
            ("pa", None | Some("guru")) => &[Digits::GURMUKHI],
            ("gu", None) => &[Digits::GUJARATI],
            ("or", None) => &[Digits::ORIYA],
            ("ta", None) => &[Digits::TAMIL],
            ("te", None) => &[Digits::TELUGU],
            ("kn", None) => &[Digits::KANNADA],
            ("ml", None) => &[Digits::MALAYALAM],
            ("th", None) => &[Digits::THAI],
            ("lo", None) => &[Digits::LAO],
            ("bo" | "dz", None) => &[Digits::TIBETAN],
            ("my", None) => &[Digits::MYANMAR],
            ("km", None) => &[Digits::KHMER],
            _ => &[],
        }
    }
}

/// The subtags of a language tag that its digits depend on, in lower case.
struct Subtags {
    primary: String,
    script: Option<String>,
    region: Option<String>,
}

impl Subtags {
    fn new(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default().to_owned();
        let mut rest = parts.take_while(|part| part.len() > 1).peekable();
        let script = rest.next_if(|part| part.len() == 4).map(str::to_owned);
        let region = rest.next_if(|part| part.len() == 2).map(str::to_owned);
        Self { primary, script, region }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_written_with_the_digits() {
        assert_eq!(Digits::ARABIC.write(2026), "٢٠٢٦");
        assert_eq!(Digits::PERSIAN.write("2026-01-12"), "۲۰۲۶-۰۱-۱۲");
        assert_eq!(Digits::MYANMAR.write(105), "၁၀၅");
        assert_eq!(Digits::LATIN.write(7), "7");
    }

    #[test]
    fn numbers_are_read_in_whichever_digits() {
        assert_eq!(Digits::read("١٢"), Some(12));
        assert_eq!(Digits::read("12"), Some(12));
        assert_eq!((Digits::read("xii"), Digits::read("")), (None, None));
    }

    #[test]
    fn the_usual_digits_are_those_of_the_country() {
        for tag in ["ar-EG", "ar-SA", "ar-Arab-IQ", "ckb", "sd"] {
            assert_eq!(Digits::usual(tag), Digits::ARABIC, "{tag}");
        }
        for tag in ["ar", "ar-MA", "ar-AE", "ur", "hi", "he", "km", "th", "en", "sd-Deva", "pa"] {
            assert_eq!(Digits::usual(tag), Digits::LATIN, "{tag}");
        }
        for tag in ["fa", "prs", "ps-AF", "ur-IN", "ks", "uz-Arab", "pa-Arab-PK"] {
            assert_eq!(Digits::usual(tag), Digits::PERSIAN, "{tag}");
        }
        assert_eq!(Digits::usual("mr"), Digits::DEVANAGARI);
        assert_eq!(Digits::usual("ne-IN"), Digits::DEVANAGARI);
        assert_eq!(Digits::usual("bn-BD"), Digits::BENGALI);
        assert_eq!(Digits::usual("my"), Digits::MYANMAR);
    }
}
