//! The places in words where an f forms no ligature with the next letter.

use crate::model::Language;

use crate::typeset::paragraph::hyphenation::Patterns;

/// Positions in a text at which a ligature with f would be wrong: in German where the parts of a
/// word meet, in Turkish before an i, whose dot a ligature hides.
pub(in crate::typeset) fn ligature_breaks(text: &str, language: &Language) -> Vec<usize> {
    if !text.contains(['f', 'F']) {
        return Vec::new();
    }
    match language.primary().as_str() {
        "de" => german_joints(text, language),
        "tr" | "az" | "crh" | "tt" | "gag" => before_i(text),
        _ => Vec::new(),
    }
}

fn before_i(text: &str) -> Vec<usize> {
    text.match_indices("fi").map(|(at, _)| at + 1).collect()
}

/// Where the parts of a German word meet at an f: in Auf|lage and höf|lich, but not in Waffel
/// (Duden, R 83). Patterns only give syllables, and some of their boundaries are within a part; on
/// the other hand, the patterns miss some joints.
fn german_joints(text: &str, language: &Language) -> Vec<usize> {
    let Some(patterns) = Patterns::for_language(language) else { return Vec::new() };
    let points = patterns.points(text, &[], &[]);
    let mut joints = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, c)| matches!(c, 'f' | 'F')) {
        let at = at + 1;
        let (before, after) = (&text[..at], &text[at..]);
        let before = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let after = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if before.len() < 2 || after.is_empty() {
            continue;
        }
        let (before, after) = (before.to_lowercase(), after.to_lowercase());
        if is_joint(&before, &after, points.binary_search(&at).is_ok()) {
            joints.push(at);
        }
    }
    joints
}

/// Whether the parts of a word meet between these letters, of which the first end in f.
fn is_joint(before: &str, after: &str, is_syllable: bool) -> bool {
    let Some(stem) = before.strip_suffix('f') else { return false };
    let after_prefix = PREFIXES.iter().any(|prefix| ends_a_part(before, prefix));
    let after_stem = STEMS.iter().any(|part| before.ends_with(part));
    let has = |parts: &[&str]| parts.iter().any(|part| after.starts_with(part));
    match after.chars().next() {
        Some('l') => {
            // A stem has a vowel: Pflicht is not one of Pf.
            let is_suffix =
                stem.contains(|c: char| "aeiouäöüy".contains(c)) && has(&["lich", "los", "lein"]);
            is_suffix
                || ((is_syllable || after_prefix || after_stem)
                    && !STEM_ENDS_WITH_L.contains(&after))
        }
        Some('f') => {
            let after_consonant = stem.ends_with(|c: char| !"aeiouäöüy".contains(c));
            let diphthong = ["au", "ei", "eu", "äu", "ie", "ai", "oo"];
            (is_syllable || after_prefix)
                && (after_consonant || diphthong.iter().any(|sound| stem.ends_with(sound)))
        }
        // No syllable ends before the i of Grafik, Offizier or Effizienz.
        Some('i') => {
            (is_syllable && !stem.ends_with('f')) || after_prefix || (after_stem && has(I_PARTS))
        }
        // Lüf-te and hef-tig are no compounds, but Brief-träger and Hof-tor are.
        Some('t') => {
            let begins_part =
                has(&["tr", "ta", "tä", "to", "tö", "tau", "tei", "tie", "tü", "tur"]);
            (after_prefix || after_stem) && begins_part
        }
        Some('j' | 'h' | 'b' | 'k') => is_syllable || after_prefix || after_stem,
        _ => false,
    }
}

/// Whether a word so far is a prefix, or a word and a prefix.
fn ends_a_part(before: &str, prefix: &str) -> bool {
    before.strip_suffix(prefix).is_some_and(|rest| {
        // Kaufleute and laufen do not begin with auf, unaufhörlich does.
        rest.is_empty() || WORDS_BEFORE_PREFIX.iter().any(|word| rest.ends_with(word))
    })
}

const PREFIXES: [&str; 1] = ["auf"];

const WORDS_BEFORE_PREFIX: &[&str] =
    &["hin", "her", "dar", "wor", "un", "vor", "wieder", "neu", "voll", "bild", "teil", "mit"];

/// Words that end in f and begin compounds.
const STEMS: &[&str] = &[
    "brief", "dorf", "hof", "stoff", "schiff", "kampf", "dampf", "kopf", "topf", "schlaf", "senf",
    "wolf", "golf", "lauf", "kauf", "schilf", "tief", "griff", "rumpf", "sumpf", "strumpf",
    "knopf", "schrumpf", "impf", "torf", "elf", "zwölf", "fünf", "huf", "ruf", "scharf", "reif",
    "stief", "straf", "begriff", "relief", "tarif",
];

/// Parts of words that begin with an i.
const I_PARTS: &[&str] =
    &["inhalt", "insel", "industr", "insass", "insekt", "ideal", "idee", "inner", "ingenieur"];

/// The ends of words whose stem has an l after the f: Zweif-ler, knif-flig, Würf-lung.
const STEM_ENDS_WITH_L: &[&str] = &[
    "le", "len", "lend", "lende", "lenden", "ler", "lern", "lers", "lerin", "lerinnen", "lest",
    "let", "lig", "lige", "ligem", "ligen", "liger", "liges", "ligkeit", "lung", "lungen", "lisch",
    "lische", "lischen",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A word with its breaks marked.
    fn marked(word: &str, language: &str) -> String {
        let mut marked = word.to_owned();
        for at in ligature_breaks(word, &Language::new(language)).into_iter().rev() {
            marked.insert(at, '|');
        }
        marked
    }

    #[track_caller]
    fn assert_marked(words: &str) {
        let wrong: Vec<String> = words
            .split_whitespace()
            .map(|word| (word, marked(&word.replace('|', ""), "de-AT")))
            .filter(|(word, marked)| word != marked)
            .map(|(word, marked)| format!("{marked} for {word}"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn no_ligature_where_the_parts_of_a_german_word_meet() {
        assert_marked(
            "Auf|lage auf|fallen auf|fällig Auf|fassung auf|fordern Auf|führung Auf|bau auf|hören \
             Auf|klärung auf|lösen auf|legen Auf|lauf auf|laden Auf|tritt auf|tauchen Auf|trag \
             hinauf|laufen herauf|führen darauf|hin unauf|fällig unauf|hörlich Neuauf|lage \
             Vorauf|führung hinauf|tragen",
        );
        assert_marked(
            "höf|lich begreif|lich treff|lich käuf|lich sträf|lich beruf|lich glimpf|lich \
             schlaf|los kampf|los straf|los ruf|los Brief|lein Köpf|lein Dörf|lein Schäf|lein \
             kopf|los stoff|lich schiff|los hilf|los unbegreif|lich vortreff|lich",
        );
    }

    #[test]
    fn no_ligature_in_compounds() {
        assert_marked(
            "Schiff|fahrt Stoff|fetzen Stoff|fülle Kauf|leute Brief|inhalt Senf|industrie \
             Dorf|jugend Strumpf|fabrik tief|fliegend Lauf|feuer Schlaf|lied Golf|feld \
             Schilf|insel Brief|träger Hof|tor Dorf|teich Hof|leben Kopf|hörer Kampf|hund \
             Golf|ball Schlaf|lager Stoff|lager Brief|kasten Kauf|haus Lauf|bahn Torf|boden \
             Dampf|lok Wolf|hund Tief|land Dorf|leben Topf|lappen Schiff|bau Reif|bildung \
             Kauf|laden Huf|lattich Brief|taube Kauf|kraft Wolf|felle Elf|tausend Fünf|linge \
             Zwölf|fingerdarm Pflicht pflegen Pflug",
        );
    }

    #[test]
    fn ligatures_within_the_parts_of_a_word() {
        assert_marked(
            "fliegen Fliege Flug Fluss finden Finger Fisch Film Firma Figur Pfiff Pfiffig Koffer \
             öffnen offen offiziell Offizier Effizienz Affe Waffel Kaffee Löffel Büffel Pantoffel \
             Kartoffel treffen schaffen hoffen hoffentlich Hoffnung Schiffe Stoffe Griffe \
             Begriffe Profil Profi Grafik Tarife Hefte heftig Kräfte Lüfte Stifte Stiftung \
             Lüftung kräftig geprüft Zweifler zweifle knifflig Schnüffler Würfler stapfle \
             verzweifle Verzweiflung Griffel Giraffe Saffran Raffinesse raffiniert Graffiti \
             infizieren definieren qualifizieren flott Flöte Pflanze Pflicht empfinden \
             Empfindung Äpfel Apfel Zipfel laufen kaufen Käufer Läufer greifen tiefer Briefe \
             Schafe schlafen Häftling Werft Kraft Luft Zunft Schrift Gift Hälfte zwölfte",
        );
    }

    #[test]
    fn other_languages_have_no_joints() {
        assert_eq!(marked("Auflage", "en"), "Auflage");
        assert_eq!(marked("offlabel", "nl"), "offlabel");
    }

    #[test]
    fn turkish_has_no_ligature_that_hides_the_dot_of_i() {
        assert_eq!(marked("fikir", "tr"), "f|ikir");
        assert_eq!(marked("fıkra", "tr"), "fıkra");
    }
}
