//! The few words that a book needs of its own: in its language, or in English.

use super::{Date, Language};

/// What the parts of a book are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The BCP 47 tag of the language that these words are in.
    pub language: &'static str,
    /// The list of chapters.
    pub contents: &'static str,
    /// The front of the book.
    pub cover: &'static str,
    /// The page with the title.
    pub title_page: &'static str,
    /// The page with publisher, rights and identifier.
    pub imprint: &'static str,
    /// Where reading begins.
    pub beginning: &'static str,
    /// The list of page numbers.
    pub pages: &'static str,
    /// One picture on a page of its own.
    pub plate: &'static str,
    /// Several of them.
    pub plates: &'static str,
    /// The list of them.
    pub list_of_plates: &'static str,
    /// Who took the pictures, `{}` being the names.
    pub photographs_by: &'static str,
    /// Who wrote the text, `{}` being the names.
    pub text_by: &'static str,
    /// Between the last two of several names.
    pub and: &'static str,
    /// The twelve months, as they stand in a date.
    months: Option<&'static str>,
    dates: Dates,
}

/// How a language writes a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dates {
    /// 12 January 2026
    DayMonthYear,
    /// January 12, 2026
    MonthDayYear,
    /// 12. Januar 2026
    OrdinalMonthYear,
    /// 12 de enero de 2026
    WithDe,
    /// 2026年1月12日, with the three signs
    Counted([&'static str; 3]),
    /// 2026-01-12
    Iso,
}

impl Words {
    /// The words of a language; English for a language that is not at hand.
    pub fn of(language: &Language) -> &'static Self {
        let primary = language.primary();
        let tag = match primary.as_str() {
            "en" if is_american(language) => "en-US",
            "nb" | "nn" => "no",
            "iw" => "he",
            other => other,
        };
        ALL.iter().find(|words| words.language == tag).unwrap_or(&ALL[0])
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

/// Whether an English tag asks for the month first.
fn is_american(language: &Language) -> bool {
    language.tag().split('-').skip(1).any(|part| part.eq_ignore_ascii_case("us"))
}

impl Date {
    /// As the language writes it: `12 January 2026`, `January 2026` or `2026`; as ISO 8601
    /// has it where the language's months are not at hand.
    pub fn in_words(self, language: &Language) -> String {
        let words = Words::of(language);
        let Some(month) = self.month else {
            return match words.dates {
                Dates::Counted([year, ..]) => format!("{}{year}", self.year),
                _ => self.year.to_string(),
            };
        };
        // English months in a German book would be worse than figures.
        if words.language == "en" && language.primary() != "en" {
            return self.to_string();
        }
        let year = self.year;
        if let Dates::Counted([years, months, days]) = words.dates {
            let gap = if words.language == "ko" { " " } else { "" };
            let day = self.day.map(|day| format!("{gap}{day}{days}")).unwrap_or_default();
            return format!("{year}{years}{gap}{month}{months}{day}");
        }
        let Some(name) =
            words.months.and_then(|names| names.split(' ').nth(usize::from(month).checked_sub(1)?))
        else {
            return self.to_string();
        };
        match (words.dates, self.day) {
            (Dates::DayMonthYear, Some(day)) => format!("{day} {name} {year}"),
            (Dates::MonthDayYear, Some(day)) => format!("{name} {day}, {year}"),
            (Dates::OrdinalMonthYear, Some(day)) => format!("{day}. {name} {year}"),
            (Dates::WithDe, Some(day)) => format!("{day} de {name} de {year}"),
            (Dates::WithDe, None) => format!("{name} de {year}"),
            (Dates::DayMonthYear | Dates::MonthDayYear | Dates::OrdinalMonthYear, None) => {
                format!("{name} {year}")
            }
            (Dates::Counted(_) | Dates::Iso, _) => self.to_string(),
        }
    }
}

const ENGLISH: Words = Words {
    language: "en",
    contents: "Contents",
    cover: "Cover",
    title_page: "Title page",
    imprint: "Imprint",
    beginning: "Beginning",
    pages: "Pages",
    plate: "Plate",
    plates: "Plates",
    list_of_plates: "List of plates",
    photographs_by: "Photographs by {}",
    text_by: "Text by {}",
    and: " and ",
    months: Some(
        "January February March April May June July August September October November December",
    ),
    dates: Dates::DayMonthYear,
};

/// English first: it stands in for the others.
const ALL: [Words; 17] = [
    ENGLISH,
    Words { language: "en-US", dates: Dates::MonthDayYear, ..ENGLISH },
    Words {
        language: "de",
        contents: "Inhalt",
        cover: "Umschlag",
        title_page: "Titelseite",
        imprint: "Impressum",
        beginning: "Anfang",
        pages: "Seiten",
        plate: "Tafel",
        plates: "Tafeln",
        list_of_plates: "Verzeichnis der Tafeln",
        photographs_by: "Fotografien von {}",
        text_by: "Text von {}",
        and: " und ",
        months: Some(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        ),
        dates: Dates::OrdinalMonthYear,
    },
    Words {
        language: "fr",
        contents: "Sommaire",
        cover: "Couverture",
        title_page: "Page de titre",
        imprint: "Mentions légales",
        beginning: "Début",
        pages: "Pages",
        plate: "Planche",
        plates: "Planches",
        list_of_plates: "Table des planches",
        photographs_by: "Photographies de {}",
        text_by: "Texte de {}",
        and: " et ",
        months: Some(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        ),
        dates: Dates::DayMonthYear,
    },
    Words {
        language: "es",
        contents: "Índice",
        cover: "Cubierta",
        title_page: "Portada",
        imprint: "Créditos",
        beginning: "Comienzo",
        pages: "Páginas",
        plate: "Lámina",
        plates: "Láminas",
        list_of_plates: "Índice de láminas",
        photographs_by: "Fotografías de {}",
        text_by: "Texto de {}",
        and: " y ",
        months: Some(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        ),
        dates: Dates::WithDe,
    },
    Words {
        language: "pt",
        contents: "Sumário",
        cover: "Capa",
        title_page: "Folha de rosto",
        imprint: "Ficha técnica",
        beginning: "Início",
        pages: "Páginas",
        plate: "Estampa",
        plates: "Estampas",
        list_of_plates: "Lista de estampas",
        photographs_by: "Fotografias de {}",
        text_by: "Texto de {}",
        and: " e ",
        months: Some(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        ),
        dates: Dates::WithDe,
    },
    Words {
        language: "it",
        contents: "Indice",
        cover: "Copertina",
        title_page: "Frontespizio",
        imprint: "Colophon",
        beginning: "Inizio",
        pages: "Pagine",
        plate: "Tavola",
        plates: "Tavole",
        list_of_plates: "Elenco delle tavole",
        photographs_by: "Fotografie di {}",
        text_by: "Testo di {}",
        and: " e ",
        months: Some(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        ),
        dates: Dates::DayMonthYear,
    },
    Words {
        language: "nl",
        contents: "Inhoud",
        cover: "Omslag",
        title_page: "Titelpagina",
        imprint: "Colofon",
        beginning: "Begin",
        pages: "Pagina’s",
        plate: "Plaat",
        plates: "Platen",
        list_of_plates: "Lijst van platen",
        photographs_by: "Foto’s van {}",
        text_by: "Tekst van {}",
        and: " en ",
        months: Some(
            "januari februari maart april mei juni juli augustus september oktober november december",
        ),
        dates: Dates::DayMonthYear,
    },
    Words {
        language: "sv",
        contents: "Innehåll",
        cover: "Omslag",
        title_page: "Titelsida",
        imprint: "Tryckort",
        beginning: "Början",
        pages: "Sidor",
        plate: "Plansch",
        plates: "Planscher",
        list_of_plates: "Planschförteckning",
        photographs_by: "Fotografier av {}",
        text_by: "Text av {}",
        and: " och ",
        months: Some(
            "januari februari mars april maj juni juli augusti september oktober november december",
        ),
        dates: Dates::DayMonthYear,
    },
    Words {
        language: "da",
        contents: "Indhold",
        cover: "Omslag",
        title_page: "Titelside",
        imprint: "Kolofon",
        beginning: "Begyndelse",
        pages: "Sider",
        plate: "Planche",
        plates: "Plancher",
        list_of_plates: "Plancheliste",
        photographs_by: "Fotografier af {}",
        text_by: "Tekst af {}",
        and: " og ",
        months: Some(
            "januar februar marts april maj juni juli august september oktober november december",
        ),
        dates: Dates::OrdinalMonthYear,
    },
    Words {
        language: "no",
        contents: "Innhold",
        cover: "Omslag",
        title_page: "Tittelside",
        imprint: "Kolofon",
        beginning: "Begynnelse",
        pages: "Sider",
        plate: "Plansje",
        plates: "Plansjer",
        list_of_plates: "Plansjeliste",
        photographs_by: "Fotografier av {}",
        text_by: "Tekst av {}",
        and: " og ",
        months: Some(
            "januar februar mars april mai juni juli august september oktober november desember",
        ),
        dates: Dates::OrdinalMonthYear,
    },
    Words {
        language: "pl",
        contents: "Spis treści",
        cover: "Okładka",
        title_page: "Strona tytułowa",
        imprint: "Strona redakcyjna",
        beginning: "Początek",
        pages: "Strony",
        plate: "Tablica",
        plates: "Tablice",
        list_of_plates: "Spis tablic",
        photographs_by: "Fotografie: {}",
        text_by: "Tekst: {}",
        and: " i ",
        // A day asks for the genitive, a month alone for the nominative: figures serve both.
        months: None,
        dates: Dates::Iso,
    },
    Words {
        language: "ko",
        contents: "차례",
        cover: "표지",
        title_page: "속표지",
        imprint: "판권",
        beginning: "본문",
        pages: "쪽",
        plate: "도판",
        plates: "도판",
        list_of_plates: "도판 목록",
        photographs_by: "사진 {}",
        text_by: "글 {}",
        and: ", ",
        months: None,
        dates: Dates::Counted(["년", "월", "일"]),
    },
    Words {
        language: "ja",
        contents: "目次",
        cover: "表紙",
        title_page: "扉",
        imprint: "奥付",
        beginning: "本文",
        pages: "ページ",
        plate: "図版",
        plates: "図版",
        list_of_plates: "図版目次",
        photographs_by: "写真 {}",
        text_by: "文 {}",
        and: "、",
        months: None,
        dates: Dates::Counted(["年", "月", "日"]),
    },
    Words {
        language: "zh",
        contents: "目录",
        cover: "封面",
        title_page: "扉页",
        imprint: "版权页",
        beginning: "正文",
        pages: "页码",
        plate: "图版",
        plates: "图版",
        list_of_plates: "图版目录",
        photographs_by: "摄影：{}",
        text_by: "文字：{}",
        and: "、",
        months: None,
        dates: Dates::Counted(["年", "月", "日"]),
    },
    Words {
        language: "ar",
        contents: "المحتويات",
        cover: "الغلاف",
        title_page: "صفحة العنوان",
        imprint: "بيانات النشر",
        beginning: "البداية",
        pages: "الصفحات",
        plate: "لوحة",
        plates: "اللوحات",
        list_of_plates: "قائمة اللوحات",
        photographs_by: "تصوير {}",
        text_by: "نص {}",
        and: " و",
        months: Some("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        dates: Dates::DayMonthYear,
    },
    Words {
        language: "he",
        contents: "תוכן העניינים",
        cover: "כריכה",
        title_page: "שער",
        imprint: "פרטי ההוצאה",
        beginning: "התחלה",
        pages: "עמודים",
        plate: "לוח",
        plates: "לוחות",
        list_of_plates: "רשימת הלוחות",
        photographs_by: "צילום: {}",
        text_by: "טקסט: {}",
        and: " ו",
        months: None,
        dates: Dates::Iso,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tag: &str) -> String {
        Date { year: 2026, month: Some(1), day: Some(12) }.in_words(&Language::new(tag))
    }

    #[test]
    fn a_day_is_written_as_its_language_writes_it() {
        assert_eq!(written("en"), "12 January 2026");
        assert_eq!(written("en-US"), "January 12, 2026");
        assert_eq!(written("de-CH"), "12. Januar 2026");
        assert_eq!(written("es"), "12 de enero de 2026");
        assert_eq!(written("ja"), "2026年1月12日");
        assert_eq!(written("ko"), "2026년 1월 12일");
    }

    #[test]
    fn a_language_without_months_at_hand_gets_figures() {
        assert_eq!((written("pl"), written("mi")), ("2026-01-12".into(), "2026-01-12".into()));
    }

    #[test]
    fn the_last_of_several_names_is_joined_by_a_word() {
        assert_eq!(ENGLISH.names(&["Ada", "Ben", "Cleo"]), "Ada, Ben and Cleo");
    }

    #[test]
    fn a_month_or_a_year_can_stand_alone() {
        let date = Date { year: 2026, month: Some(1), day: None };
        assert_eq!(date.in_words(&Language::default()), "January 2026");
        let date = Date { year: 2026, month: None, day: None };
        assert_eq!(date.in_words(&Language::default()), "2026");
    }
}
