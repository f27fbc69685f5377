//! Phrases that refer from a caption to a picture on another page.

use super::tags;
use crate::model::Language;

/// The phrases at the start of a caption that is not next to its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directions {
    /// The primary language of these phrases.
    language: &'static str,
    /// The picture is on the facing page.
    pub facing: &'static str,
    /// The picture is on the next two pages.
    pub overleaf: &'static str,
    /// The picture was on the previous two pages.
    pub before: &'static str,
}

impl Directions {
    /// The phrases in a language; English for unsupported languages.
    pub fn for_language(language: &Language) -> &'static Self {
        let tag = tags::table_tag(language);
        ALL.iter().find(|words| words.language == tag).unwrap_or(&ALL[0])
    }
}

const fn words(
    language: &'static str,
    facing: &'static str,
    overleaf: &'static str,
    before: &'static str,
) -> Directions {
    Directions { language, facing, overleaf, before }
}

/// English is first because it is the fallback.
const ALL: [Directions; 16] = [
    words("en", "Facing page", "Overleaf", "Preceding pages"),
    words("de", "Gegenüber", "Folgende Seiten", "Vorhergehende Seiten"),
    words("fr", "Page ci-contre", "Pages suivantes", "Pages précédentes"),
    words("es", "Página opuesta", "Páginas siguientes", "Páginas anteriores"),
    words("pt", "Página ao lado", "Páginas seguintes", "Páginas anteriores"),
    words("it", "A fronte", "Pagine seguenti", "Pagine precedenti"),
    words("nl", "Tegenoverliggende pagina", "Volgende pagina’s", "Vorige pagina’s"),
    words("sv", "Motstående sida", "Följande uppslag", "Föregående uppslag"),
    words("da", "Modstående side", "Følgende opslag", "Foregående opslag"),
    words("no", "Motstående side", "Følgende oppslag", "Foregående oppslag"),
    words("pl", "Strona obok", "Następne strony", "Poprzednie strony"),
    words("ko", "옆쪽", "다음 두 쪽", "앞 두 쪽"),
    words("ja", "対向ページ", "次の見開き", "前の見開き"),
    words("zh", "对页", "后跨页", "前跨页"),
    words("ar", "الصفحة المقابلة", "الصفحتان التاليتان", "الصفحتان السابقتان"),
    words("he", "בעמוד הנגדי", "בעמודים הבאים", "בעמודים הקודמים"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsupported_language_falls_back_to_english() {
        assert_eq!(Directions::for_language(&Language::new("mi")).overleaf, "Overleaf");
        assert_eq!(Directions::for_language(&Language::new("nb-NO")).language, "no");
    }
}
