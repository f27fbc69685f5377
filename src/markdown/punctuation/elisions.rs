//! Words that begin with an apostrophe, because letters or digits are left out.

/// What each language writes without its beginning. Words that exist without the apostrophe
/// too are missing where they may begin a quotation.
fn words(primary: &str) -> &'static [&'static str] {
    match primary {
        "nl" | "fy" | "li" | "nds" | "vls" | "zea" => {
            &["s", "t", "n", "k", "m", "r", "ns", "tis", "twas", "tzelfde", "ie"]
        }
        "af" => &["n", "k", "t", "s", "r"],
        "de" | "lb" | "gsw" => &["s", "n", "ne", "nen", "nem", "ner", "nes", "rum", "ßt"],
        "it" | "nap" | "scn" | "vec" => {
            &["l", "n", "sto", "sta", "ste", "sti", "ndrangheta", "nduja"]
        }
        "fr" => &["tit", "tite", "tits", "tites"],
        "sv" => &["nå", "na"],
        "en" | "sco" => &[
            "tis", "tisn", "twas", "twasn", "twere", "twill", "twould", "twixt", "tween", "em",
            "n", "til", "cause", "cuz", "coz", "bout", "round", "neath", "gainst", "mongst",
            "nuff", "scuse", "spose", "fraid",
        ],
        _ => &[],
    }
}

/// Whether the word after an apostrophe is one without its beginning: `'t`, `'tis`, `'90s`.
/// `closed` tells that a single quote follows the word directly, as in a quotation of one word.
pub(super) fn is_elision(primary: &str, word: &str, closed: bool) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if closed {
        return matches!(word, "n" | "N");
    }
    let is_year = matches!(digits, 2 | 3) && word.chars().count() <= digits + 4;
    is_year || words(primary).contains(&word.to_lowercase().as_str())
}

/// The longest of the words, in characters, with some to spare.
pub(super) const LONGEST: usize = 12;
