//! The scripts in which languages are written.

use unicode_script::Script;

/// The scripts of the language with this tag: the one that it names, or else those in which the language
/// is usually written, the most usual one first.
pub(crate) fn of_tag(tag: &str) -> Vec<Script> {
    let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let subtag = tag.split('-').skip(1).find(|part| part.len() == 4);
    let named = subtag.and_then(|part| match part.to_ascii_lowercase().as_str() {
        "hans" | "hant" | "jpan" | "kore" | "hrkt" => None,
        _ => Script::from_short_name(&title_case(part)),
    });
    named.map_or_else(|| usual_scripts(&primary), |script| vec![script])
}

/// Whether they are those of Chinese, Japanese or Korean, whose characters fill squares.
pub(crate) fn are_east_asian(scripts: &[Script]) -> bool {
    scripts.iter().any(|script| matches!(script, Script::Han | Script::Hangul))
}

/// The language that a script identifies, or else the script; `None` for scripts that are rare
/// in books.
pub(crate) fn identified_language(script: Script) -> Option<&'static str> {
    Some(match script {
        Script::Hangul => "ko",
        Script::Hiragana | Script::Katakana => "ja",
        Script::Hebrew => "he",
        Script::Thai => "th",
        Script::Greek => "el",
        Script::Armenian => "hy",
        Script::Georgian => "ka",
        Script::Khmer => "km",
        Script::Lao => "lo",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Kannada => "kn",
        Script::Malayalam => "ml",
        Script::Gujarati => "gu",
        Script::Sinhala => "si",
        Script::Han => "und-Hani",
        Script::Arabic => "und-Arab",
        Script::Cyrillic => "und-Cyrl",
        Script::Devanagari => "und-Deva",
        Script::Bengali => "und-Beng",
        Script::Latin => "und-Latn",
        _ => return None,
    })
}

/// The scripts in which a language is usually written.
fn usual_scripts(primary: &str) -> Vec<Script> {
    use Script::{Arabic, Bengali, Bopomofo, Cyrillic, Devanagari, Han, Hangul, Hebrew, Hiragana};
    use Script::{Katakana, Latin};
    match primary {
        "ko" => vec![Hangul, Han],
        "ja" => vec![Han, Hiragana, Katakana],
        "zh" | "yue" | "wuu" | "lzh" => vec![Han, Bopomofo],
        "iw" | "he" | "yi" | "lad" => vec![Hebrew],
        "grc" => vec![Script::Greek],
        "ar" | "arz" | "ary" | "arb" | "fa" | "prs" | "ur" | "ps" | "ug" | "ckb" => vec![Arabic],
        "sd" | "ks" => vec![Arabic, Devanagari],
        "ru" | "uk" | "be" | "bg" | "mk" | "ky" | "tg" | "ba" | "cv" | "ce" | "os" | "ab"
        | "av" | "sah" | "udm" | "mhr" | "tyv" | "bua" | "xal" | "rue" | "cu" => vec![Cyrillic],
        // Written in both scripts, often within one book.
        "sr" | "sh" | "mn" | "kk" | "uz" | "az" | "tt" | "tk" | "crh" => vec![Cyrillic, Latin],
        "ku" | "pa" | "ms" => vec![Latin, Arabic],
        "hi" | "mr" | "ne" | "sa" | "mai" | "bho" | "kok" | "doi" | "brx" => vec![Devanagari],
        "bn" | "as" => vec![Bengali],
        _ => {
            let alone = [
                Script::Greek,
                Script::Thai,
                Script::Armenian,
                Script::Georgian,
                Script::Khmer,
                Script::Lao,
                Script::Tamil,
                Script::Telugu,
                Script::Kannada,
                Script::Malayalam,
                Script::Gujarati,
                Script::Sinhala,
            ];
            let book_scripts =
                alone.into_iter().find(|script| identified_language(*script) == Some(primary));
            vec![book_scripts.unwrap_or(Latin)]
        }
    }
}

/// `Cyrl` from `cyrl`, in the capitalization of ISO 15924.
fn title_case(part: &str) -> String {
    let (first, rest) = part.split_at(1);
    first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
}
