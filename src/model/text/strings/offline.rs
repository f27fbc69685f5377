//! The words of the offline edition: on its page, and in the viewer of its pictures.

use super::tags;
use crate::model::{Edition, Language};

/// The words of one language on the page of the offline edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfflineStrings {
    /// The BCP 47 tag of the language.
    language: &'static str,
    /// The link at the top for those who use a keyboard.
    pub skip_to_book: &'static str,
    /// The heading of the editions that lie inside.
    pub other_editions: &'static str,
    /// The reflowable e-book.
    pub ebook: &'static str,
    /// The e-book in fixed layout.
    pub fixed_ebook: &'static str,
    /// The PDF for screens.
    pub screen_pdf: &'static str,
    /// The PDF for print.
    pub print_pdf: &'static str,
    /// The name of the viewer.
    pub viewer: &'static str,
    /// Closes the viewer.
    pub close: &'static str,
    /// Goes back by a picture or a spread.
    pub previous: &'static str,
    /// Goes on by a picture or a spread.
    pub next: &'static str,
    /// Fills the screen with the viewer.
    pub full_screen: &'static str,
    /// Shows captions in the viewer.
    pub captions: &'static str,
    /// Shows facing plates side by side, as they are printed.
    pub spreads: &'static str,
    /// Starts the slide show.
    pub slide_show: &'static str,
    /// Stops it.
    pub stop_slide_show: &'static str,
    /// Shows a picture in its own size.
    pub zoom: &'static str,
    /// Leaves the viewer for the place of the picture in the book.
    pub show_in_book: &'static str,
}

impl OfflineStrings {
    /// The words in a language; English for unsupported languages.
    pub fn for_language(language: &Language) -> &'static Self {
        let tag = tags::table_tag(language);
        // There, ß is written ss.
        let is_swiss = tag == "de" && tags::has_region(language, &["CH", "LI"]);
        let tag = if is_swiss { "de-CH" } else { &tag };
        ALL.iter().find(|words| words.language == tag).unwrap_or(&ALL[0])
    }

    /// The name of an edition that lies inside; `None` for those that cannot.
    pub fn edition(&self, edition: Edition) -> Option<&'static str> {
        match edition {
            Edition::Epub => Some(self.ebook),
            Edition::EpubFixed => Some(self.fixed_ebook),
            Edition::Screen => Some(self.screen_pdf),
            Edition::Print => Some(self.print_pdf),
            Edition::Cover | Edition::Offline => None,
        }
    }
}

const GERMAN: OfflineStrings = OfflineStrings {
    language: "de",
    skip_to_book: "Zum Buch springen",
    other_editions: "Dieses Buch in anderen Formaten",
    ebook: "E-Book (EPUB)",
    fixed_ebook: "E-Book mit festem Layout (EPUB)",
    screen_pdf: "PDF für den Bildschirm",
    print_pdf: "PDF für den Druck",
    viewer: "Bilder",
    close: "Schließen",
    previous: "Zurück",
    next: "Weiter",
    full_screen: "Vollbild",
    captions: "Bildunterschriften",
    spreads: "Doppelseiten",
    slide_show: "Diashow",
    stop_slide_show: "Diashow beenden",
    zoom: "Vergrößern",
    show_in_book: "Im Buch zeigen",
};

/// English is first because it is the fallback.
const ALL: [OfflineStrings; 17] = [
    OfflineStrings {
        language: "en",
        skip_to_book: "Skip to the book",
        other_editions: "This book in other formats",
        ebook: "E-book (EPUB)",
        fixed_ebook: "Fixed-layout e-book (EPUB)",
        screen_pdf: "PDF for screens",
        print_pdf: "PDF for print",
        viewer: "Pictures",
        close: "Close",
        previous: "Previous",
        next: "Next",
        full_screen: "Full screen",
        captions: "Captions",
        spreads: "Double pages",
        slide_show: "Slide show",
        stop_slide_show: "Stop slide show",
        zoom: "Zoom",
        show_in_book: "Show in the book",
    },
    GERMAN,
    OfflineStrings { language: "de-CH", close: "Schliessen", zoom: "Vergrössern", ..GERMAN },
    OfflineStrings {
        language: "fr",
        skip_to_book: "Aller au livre",
        other_editions: "Ce livre dans d’autres formats",
        ebook: "Livre numérique (EPUB)",
        fixed_ebook: "Livre numérique à mise en page fixe (EPUB)",
        screen_pdf: "PDF pour l’écran",
        print_pdf: "PDF pour l’impression",
        viewer: "Images",
        close: "Fermer",
        previous: "Précédent",
        next: "Suivant",
        full_screen: "Plein écran",
        captions: "Légendes",
        spreads: "Doubles pages",
        slide_show: "Diaporama",
        stop_slide_show: "Arrêter le diaporama",
        zoom: "Zoom",
        show_in_book: "Afficher dans le livre",
    },
    OfflineStrings {
        language: "es",
        skip_to_book: "Ir al libro",
        other_editions: "Este libro en otros formatos",
        ebook: "Libro electrónico (EPUB)",
        fixed_ebook: "Libro electrónico de maquetación fija (EPUB)",
        screen_pdf: "PDF para pantalla",
        print_pdf: "PDF para imprenta",
        viewer: "Imágenes",
        close: "Cerrar",
        previous: "Anterior",
        next: "Siguiente",
        full_screen: "Pantalla completa",
        captions: "Pies de foto",
        spreads: "Páginas dobles",
        slide_show: "Presentación",
        stop_slide_show: "Detener la presentación",
        zoom: "Ampliar",
        show_in_book: "Mostrar en el libro",
    },
    OfflineStrings {
        language: "pt",
        skip_to_book: "Ir para o livro",
        other_editions: "Este livro noutros formatos",
        ebook: "Livro eletrónico (EPUB)",
        fixed_ebook: "Livro eletrónico de páginas fixas (EPUB)",
        screen_pdf: "PDF para ecrã",
        print_pdf: "PDF para impressão",
        viewer: "Imagens",
        close: "Fechar",
        previous: "Anterior",
        next: "Seguinte",
        full_screen: "Ecrã inteiro",
        captions: "Legendas",
        spreads: "Páginas duplas",
        slide_show: "Apresentação",
        stop_slide_show: "Parar a apresentação",
        zoom: "Ampliar",
        show_in_book: "Mostrar no livro",
    },
    OfflineStrings {
        language: "it",
        skip_to_book: "Vai al libro",
        other_editions: "Questo libro in altri formati",
        ebook: "E-book (EPUB)",
        fixed_ebook: "E-book a impaginazione fissa (EPUB)",
        screen_pdf: "PDF per lo schermo",
        print_pdf: "PDF per la stampa",
        viewer: "Immagini",
        close: "Chiudi",
        previous: "Indietro",
        next: "Avanti",
        full_screen: "Schermo intero",
        captions: "Didascalie",
        spreads: "Pagine doppie",
        slide_show: "Presentazione",
        stop_slide_show: "Interrompi presentazione",
        zoom: "Ingrandisci",
        show_in_book: "Mostra nel libro",
    },
    OfflineStrings {
        language: "nl",
        skip_to_book: "Naar het boek",
        other_editions: "Dit boek in andere indelingen",
        ebook: "E-boek (EPUB)",
        fixed_ebook: "E-boek met vaste pagina’s (EPUB)",
        screen_pdf: "PDF voor het scherm",
        print_pdf: "PDF voor de drukker",
        viewer: "Afbeeldingen",
        close: "Sluiten",
        previous: "Vorige",
        next: "Volgende",
        full_screen: "Volledig scherm",
        captions: "Bijschriften",
        spreads: "Dubbele pagina’s",
        slide_show: "Diavoorstelling",
        stop_slide_show: "Diavoorstelling stoppen",
        zoom: "Zoomen",
        show_in_book: "In het boek tonen",
    },
    OfflineStrings {
        language: "sv",
        skip_to_book: "Hoppa till boken",
        other_editions: "Boken i andra format",
        ebook: "E-bok (EPUB)",
        fixed_ebook: "E-bok med fast layout (EPUB)",
        screen_pdf: "PDF för skärm",
        print_pdf: "PDF för tryck",
        viewer: "Bilder",
        close: "Stäng",
        previous: "Föregående",
        next: "Nästa",
        full_screen: "Helskärm",
        captions: "Bildtexter",
        spreads: "Uppslag",
        slide_show: "Bildspel",
        stop_slide_show: "Stoppa bildspelet",
        zoom: "Zooma",
        show_in_book: "Visa i boken",
    },
    OfflineStrings {
        language: "da",
        skip_to_book: "Gå til bogen",
        other_editions: "Bogen i andre formater",
        ebook: "E-bog (EPUB)",
        fixed_ebook: "E-bog med fast layout (EPUB)",
        screen_pdf: "PDF til skærm",
        print_pdf: "PDF til tryk",
        viewer: "Billeder",
        close: "Luk",
        previous: "Forrige",
        next: "Næste",
        full_screen: "Fuld skærm",
        captions: "Billedtekster",
        spreads: "Opslag",
        slide_show: "Diasshow",
        stop_slide_show: "Stop diasshow",
        zoom: "Zoom",
        show_in_book: "Vis i bogen",
    },
    OfflineStrings {
        language: "no",
        skip_to_book: "Gå til boken",
        other_editions: "Boken i andre formater",
        ebook: "E-bok (EPUB)",
        fixed_ebook: "E-bok med fast layout (EPUB)",
        screen_pdf: "PDF for skjerm",
        print_pdf: "PDF for trykk",
        viewer: "Bilder",
        close: "Lukk",
        previous: "Forrige",
        next: "Neste",
        full_screen: "Fullskjerm",
        captions: "Bildetekster",
        spreads: "Oppslag",
        slide_show: "Lysbildefremvisning",
        stop_slide_show: "Stopp lysbildefremvisning",
        zoom: "Zoom",
        show_in_book: "Vis i boken",
    },
    OfflineStrings {
        language: "pl",
        skip_to_book: "Przejdź do książki",
        other_editions: "Ta książka w innych formatach",
        ebook: "E-book (EPUB)",
        fixed_ebook: "E-book o stałym układzie stron (EPUB)",
        screen_pdf: "PDF na ekran",
        print_pdf: "PDF do druku",
        viewer: "Ilustracje",
        close: "Zamknij",
        previous: "Wstecz",
        next: "Dalej",
        full_screen: "Pełny ekran",
        captions: "Podpisy",
        spreads: "Rozkładówki",
        slide_show: "Pokaz slajdów",
        stop_slide_show: "Zatrzymaj pokaz slajdów",
        zoom: "Powiększ",
        show_in_book: "Pokaż w książce",
    },
    OfflineStrings {
        language: "ko",
        skip_to_book: "본문으로 건너뛰기",
        other_editions: "이 책의 다른 형식",
        ebook: "전자책(EPUB)",
        fixed_ebook: "고정 레이아웃 전자책(EPUB)",
        screen_pdf: "화면용 PDF",
        print_pdf: "인쇄용 PDF",
        viewer: "사진",
        close: "닫기",
        previous: "이전",
        next: "다음",
        full_screen: "전체 화면",
        captions: "사진 설명",
        spreads: "펼침면",
        slide_show: "슬라이드 쇼",
        stop_slide_show: "슬라이드 쇼 중지",
        zoom: "확대",
        show_in_book: "책에서 보기",
    },
    OfflineStrings {
        language: "ja",
        skip_to_book: "本文へ移動",
        other_editions: "この本のほかの形式",
        ebook: "電子書籍（EPUB）",
        fixed_ebook: "固定レイアウトの電子書籍（EPUB）",
        screen_pdf: "画面用PDF",
        print_pdf: "印刷用PDF",
        viewer: "写真",
        close: "閉じる",
        previous: "前へ",
        next: "次へ",
        full_screen: "全画面表示",
        captions: "キャプション",
        spreads: "見開き",
        slide_show: "スライドショー",
        stop_slide_show: "スライドショーを停止",
        zoom: "拡大",
        show_in_book: "本の中で表示",
    },
    OfflineStrings {
        language: "zh",
        skip_to_book: "跳到正文",
        other_editions: "本书的其他格式",
        ebook: "电子书（EPUB）",
        fixed_ebook: "固定版式电子书（EPUB）",
        screen_pdf: "屏幕阅读版 PDF",
        print_pdf: "印刷版 PDF",
        viewer: "图片",
        close: "关闭",
        previous: "上一张",
        next: "下一张",
        full_screen: "全屏",
        captions: "图片说明",
        spreads: "跨页",
        slide_show: "幻灯片放映",
        stop_slide_show: "停止放映",
        zoom: "放大",
        show_in_book: "在书中显示",
    },
    OfflineStrings {
        language: "ar",
        skip_to_book: "الانتقال إلى الكتاب",
        other_editions: "هذا الكتاب بصيغ أخرى",
        ebook: "كتاب إلكتروني (EPUB)",
        fixed_ebook: "كتاب إلكتروني بتخطيط ثابت (EPUB)",
        screen_pdf: "ملف PDF للشاشة",
        print_pdf: "ملف PDF للطباعة",
        viewer: "الصور",
        close: "إغلاق",
        previous: "السابق",
        next: "التالي",
        full_screen: "ملء الشاشة",
        captions: "تعليقات الصور",
        spreads: "صفحات متقابلة",
        slide_show: "عرض الشرائح",
        stop_slide_show: "إيقاف عرض الشرائح",
        zoom: "تكبير",
        show_in_book: "عرض في الكتاب",
    },
    OfflineStrings {
        language: "he",
        skip_to_book: "דילוג אל הספר",
        other_editions: "הספר בפורמטים נוספים",
        ebook: "ספר אלקטרוני (EPUB)",
        fixed_ebook: "ספר אלקטרוני בעימוד קבוע (EPUB)",
        screen_pdf: "קובץ PDF לקריאה במסך",
        print_pdf: "קובץ PDF לדפוס",
        viewer: "תמונות",
        close: "סגירה",
        previous: "הקודם",
        next: "הבא",
        full_screen: "מסך מלא",
        captions: "כיתובים",
        spreads: "כפולות עמודים",
        slide_show: "מצגת",
        stop_slide_show: "עצירת המצגת",
        zoom: "הגדלה",
        show_in_book: "הצגה בספר",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str) -> &'static OfflineStrings {
        OfflineStrings::for_language(&Language::new(tag))
    }

    #[test]
    fn an_unsupported_language_falls_back_to_english() {
        assert_eq!(words("mi").close, "Close");
        assert_eq!(words("nn-NO").close, "Lukk");
    }

    #[test]
    fn swiss_german_has_no_sharp_s() {
        assert_eq!((words("de").close, words("de-CH").close), ("Schließen", "Schliessen"));
        assert_eq!(words("de-CH").full_screen, "Vollbild");
        let written = format!("{:?}", words("de-Latn-LI"));
        assert!(!written.contains('ß'), "{written}");
    }

    #[test]
    fn every_language_of_the_book_has_its_words() {
        for strings in crate::model::text::strings::languages::ALL {
            let own = words(strings.language);
            let is_english = own.language == "en";
            assert_eq!(is_english, strings.language.starts_with("en"), "{}", strings.language);
        }
    }
}
