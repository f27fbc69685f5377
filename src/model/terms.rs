//! The few words that recto itself puts into a book, by language.

use super::{Date, Language};

/// Words that the book needs and its author did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Over the list of chapters.
    pub contents: &'static str,
    /// The front cover.
    pub cover: &'static str,
    /// The title page.
    pub title_page: &'static str,
    /// The page with rights and makers.
    pub imprint: &'static str,
    /// Before the photographers' names, with `{}` for the names.
    pub photographs_by: &'static str,
    /// Before the writers' names.
    pub text_by: &'static str,
    /// Before the last of several names.
    pub and: &'static str,
    /// What a picture without a caption is called, with `{}` for its number.
    pub plate: &'static str,
    months: [&'static str; 12],
    /// Day, month and year as `{d}`, `{m}`, `{y}`.
    day: &'static str,
    /// Month and year.
    month: &'static str,
}

impl Terms {
    /// The words of a language; English for those that are not here yet.
    pub fn of(language: &Language) -> &'static Self {
        match language.primary().as_str() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "it" => &ITALIAN,
            "nl" => &DUTCH,
            "pt" => &PORTUGUESE,
            "ko" => &KOREAN,
            "ja" => &JAPANESE,
            "ar" => &ARABIC,
            "he" => &HEBREW,
            _ => &ENGLISH,
        }
    }

    /// A date as a reader would say it: `22 November 2026`, `November 2026`, `2026`.
    pub fn date(&self, date: Date) -> String {
        let month =
            date.month.and_then(|month| self.months.get(usize::from(month).checked_sub(1)?));
        let year = date.year.to_string();
        match (month, date.day) {
            (Some(month), Some(day)) => self
                .day
                .replace("{d}", &day.to_string())
                .replace("{m}", month)
                .replace("{y}", &year),
            (Some(month), None) => self.month.replace("{m}", month).replace("{y}", &year),
            (None, _) => year,
        }
    }

    /// Names in a row: `A`, `A and B`, `A, B and C`.
    pub fn names(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{}{}{last}", first.join(", "), self.and),
        }
    }
}

const ENGLISH: Terms = Terms {
    contents: "Contents",
    cover: "Cover",
    title_page: "Title page",
    imprint: "Imprint",
    photographs_by: "Photographs by {}",
    text_by: "Text by {}",
    and: " and ",
    plate: "Plate {}",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    day: "{d} {m} {y}",
    month: "{m} {y}",
};

const GERMAN: Terms = Terms {
    contents: "Inhalt",
    cover: "Umschlag",
    title_page: "Titelseite",
    imprint: "Impressum",
    photographs_by: "Fotografien von {}",
    text_by: "Text von {}",
    and: " und ",
    plate: "Tafel {}",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    day: "{d}. {m} {y}",
    month: "{m} {y}",
};

const FRENCH: Terms = Terms {
    contents: "Table des matières",
    cover: "Couverture",
    title_page: "Page de titre",
    imprint: "Mentions légales",
    photographs_by: "Photographies de {}",
    text_by: "Texte de {}",
    and: " et ",
    plate: "Planche {}",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    day: "{d} {m} {y}",
    month: "{m} {y}",
};

const SPANISH: Terms = Terms {
    contents: "Índice",
    cover: "Cubierta",
    title_page: "Portada",
    imprint: "Créditos",
    photographs_by: "Fotografías de {}",
    text_by: "Texto de {}",
    and: " y ",
    plate: "Lámina {}",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    day: "{d} de {m} de {y}",
    month: "{m} de {y}",
};

const ITALIAN: Terms = Terms {
    contents: "Indice",
    cover: "Copertina",
    title_page: "Frontespizio",
    imprint: "Colophon",
    photographs_by: "Fotografie di {}",
    text_by: "Testo di {}",
    and: " e ",
    plate: "Tavola {}",
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    day: "{d} {m} {y}",
    month: "{m} {y}",
};

const DUTCH: Terms = Terms {
    contents: "Inhoud",
    cover: "Omslag",
    title_page: "Titelpagina",
    imprint: "Colofon",
    photographs_by: "Foto’s van {}",
    text_by: "Tekst van {}",
    and: " en ",
    plate: "Plaat {}",
    months: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    day: "{d} {m} {y}",
    month: "{m} {y}",
};

const PORTUGUESE: Terms = Terms {
    contents: "Índice",
    cover: "Capa",
    title_page: "Folha de rosto",
    imprint: "Ficha técnica",
    photographs_by: "Fotografias de {}",
    text_by: "Texto de {}",
    and: " e ",
    plate: "Estampa {}",
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    day: "{d} de {m} de {y}",
    month: "{m} de {y}",
};

const KOREAN: Terms = Terms {
    contents: "차례",
    cover: "표지",
    title_page: "속표지",
    imprint: "판권",
    photographs_by: "사진 {}",
    text_by: "글 {}",
    and: ", ",
    plate: "도판 {}",
    months: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
    day: "{y}년 {m}월 {d}일",
    month: "{y}년 {m}월",
};

const JAPANESE: Terms = Terms {
    contents: "目次",
    cover: "表紙",
    title_page: "扉",
    imprint: "奥付",
    photographs_by: "写真 {}",
    text_by: "文 {}",
    and: "、",
    plate: "図版{}",
    months: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
    day: "{y}年{m}月{d}日",
    month: "{y}年{m}月",
};

const ARABIC: Terms = Terms {
    contents: "المحتويات",
    cover: "الغلاف",
    title_page: "صفحة العنوان",
    imprint: "بيانات النشر",
    photographs_by: "تصوير {}",
    text_by: "نص {}",
    and: " و",
    plate: "لوحة {}",
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    day: "{d} {m} {y}",
    month: "{m} {y}",
};

const HEBREW: Terms = Terms {
    contents: "תוכן העניינים",
    cover: "כריכה",
    title_page: "שער",
    imprint: "פרטי הוצאה",
    photographs_by: "צילום {}",
    text_by: "טקסט {}",
    and: " ו",
    plate: "לוח {}",
    months: [
        "ינואר",
        "פברואר",
        "מרץ",
        "אפריל",
        "מאי",
        "יוני",
        "יולי",
        "אוגוסט",
        "ספטמבר",
        "אוקטובר",
        "נובמבר",
        "דצמבר",
    ],
    day: "{d} ב{m} {y}",
    month: "{m} {y}",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_said_in_the_language_of_the_book() {
        let date = Date { year: 2026, month: Some(1), day: Some(12) };
        let say = |tag| Terms::of(&Language::new(tag)).date(date);
        assert_eq!(
            [say("en-GB"), say("de"), say("ko")],
            ["12 January 2026", "12. Januar 2026", "2026년 1월 12일"]
        );
    }

    #[test]
    fn the_last_of_several_names_is_joined_by_a_word() {
        assert_eq!(ENGLISH.names(&["Ada", "Ben", "Cleo"]), "Ada, Ben and Cleo");
    }
}
