//! The accessibility summary of a book: a sentence or two in the book's language.

use crate::model::{Language, Strings};

/// The facts from which the summary is composed.
#[derive(Debug, Clone, Copy)]
pub(in crate::epub) struct AccessibilityFacts {
    /// The number of pictures.
    pub(in crate::epub) pictures: usize,
    /// The number of pictures with alternative text.
    pub(in crate::epub) described: usize,
    /// The number of decorative pictures.
    pub(in crate::epub) decoration: usize,
    /// Whether the layout is fixed.
    pub(in crate::epub) fixed: bool,
    /// The source of page numbers, if there are any.
    pub(in crate::epub) numbers: Option<PageNumberSource>,
}

impl AccessibilityFacts {
    /// The number of pictures that lack alternative text and are not decorative.
    pub(in crate::epub) fn without_alt(&self) -> usize {
        self.pictures.saturating_sub(self.described + self.decoration)
    }
}

/// The source of page numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::epub) enum PageNumberSource {
    /// The printed edition.
    Print,
    /// The numbers of the plates.
    Plates,
}

/// The sentences in one language.
struct Sentences {
    language: &'static str,
    text_alone: &'static str,
    all_described: &'static str,
    none_described: &'static str,
    /// `{some}` and `{all}` are replaced by numbers.
    some_described: &'static str,
    all_decoration: &'static str,
    /// Follows `some_described`, which gives the number of described pictures.
    others_decoration: &'static str,
    reflowable: &'static str,
    fixed: &'static str,
    print_numbers: &'static str,
    plate_numbers: &'static str,
}

/// The summary and its language tag.
pub(in crate::epub) fn summary(
    facts: &AccessibilityFacts,
    language: &Language,
) -> (String, &'static str) {
    let language_tag = Strings::for_language(language).language;
    let sentences = SENTENCES
        .iter()
        .find(|one| language_tag.starts_with(one.language))
        .unwrap_or(&SENTENCES[0]);
    let pictures = match (facts.pictures, facts.described, facts.decoration) {
        (0, ..) => sentences.text_alone.to_owned(),
        (all, _, decoration) if all == decoration => sentences.all_decoration.to_owned(),
        (_, 0, _) => sentences.none_described.to_owned(),
        (all, some, _) if all == some => sentences.all_described.to_owned(),
        (all, some, _) => sentences
            .some_described
            .replace("{some}", &some.to_string())
            .replace("{all}", &all.to_string()),
    };
    let others = facts.described > 0 && facts.decoration > 0 && facts.without_alt() == 0;
    let others = others.then_some(sentences.others_decoration);
    let layout = if facts.fixed { sentences.fixed } else { sentences.reflowable };
    let numbers = facts.numbers.map(|numbers| match numbers {
        PageNumberSource::Print => sentences.print_numbers,
        PageNumberSource::Plates => sentences.plate_numbers,
    });
    let all: Vec<&str> =
        [Some(pictures.as_str()), others, Some(layout), numbers].into_iter().flatten().collect();
    // Chinese and Japanese have no space after a full stop.
    let gap = if matches!(sentences.language, "ja" | "zh") { "" } else { " " };
    (all.join(gap), sentences.language)
}

/// English is first because it is the fallback for other languages.
const SENTENCES: [Sentences; 16] = [
    Sentences {
        language: "en",
        text_alone: "The book is text alone.",
        all_described: "Every picture is described in words.",
        none_described: "The pictures are not described in words.",
        some_described: "{some} of {all} pictures are described in words.",
        all_decoration: "The pictures are decoration.",
        others_decoration: "The others are decoration.",
        reflowable: "Type, size and colours are the reader’s to choose.",
        fixed: "The pages are laid out as in print: their text can be read aloud and searched, but not set in another type or size.",
        print_numbers: "Page numbers are those of the printed edition.",
        plate_numbers: "Pages are numbered by plates.",
    },
    Sentences {
        language: "de",
        text_alone: "Das Buch besteht allein aus Text.",
        all_described: "Jedes Bild ist in Worten beschrieben.",
        none_described: "Die Bilder sind nicht in Worten beschrieben.",
        some_described: "{some} von {all} Bildern sind in Worten beschrieben.",
        all_decoration: "Die Bilder sind Schmuck.",
        others_decoration: "Die übrigen sind Schmuck.",
        reflowable: "Schrift, Größe und Farben lassen sich frei wählen.",
        fixed: "Die Seiten sind gestaltet wie im Druck: Ihr Text lässt sich vorlesen und durchsuchen, aber nicht in anderer Schrift oder Größe setzen.",
        print_numbers: "Die Seitenzahlen sind die der gedruckten Ausgabe.",
        plate_numbers: "Gezählt werden die Tafeln.",
    },
    Sentences {
        language: "fr",
        text_alone: "Le livre ne contient que du texte.",
        all_described: "Chaque image est décrite par des mots.",
        none_described: "Les images ne sont pas décrites par des mots.",
        some_described: "{some} images sur {all} sont décrites par des mots.",
        all_decoration: "Les images sont décoratives.",
        others_decoration: "Les autres sont décoratives.",
        reflowable: "La police, la taille et les couleurs sont au choix du lecteur.",
        fixed: "Les pages sont celles de l’édition imprimée : leur texte peut être lu à voix haute et recherché, mais ni la police ni la taille ne peuvent être changées.",
        print_numbers: "Les numéros de page sont ceux de l’édition imprimée.",
        plate_numbers: "Les pages sont numérotées d’après les planches.",
    },
    Sentences {
        language: "es",
        text_alone: "El libro contiene solo texto.",
        all_described: "Todas las imágenes están descritas con palabras.",
        none_described: "Las imágenes no están descritas con palabras.",
        some_described: "{some} de {all} imágenes están descritas con palabras.",
        all_decoration: "Las imágenes son decorativas.",
        others_decoration: "Las demás son decorativas.",
        reflowable: "El tipo de letra, el tamaño y los colores pueden elegirse libremente.",
        fixed: "Las páginas son como en la edición impresa: su texto puede leerse en voz alta y buscarse, pero no cambiarse de letra ni de tamaño.",
        print_numbers: "Los números de página son los de la edición impresa.",
        plate_numbers: "Las páginas se numeran por láminas.",
    },
    Sentences {
        language: "pt",
        text_alone: "O livro contém apenas texto.",
        all_described: "Todas as imagens são descritas por palavras.",
        none_described: "As imagens não são descritas por palavras.",
        some_described: "{some} de {all} imagens são descritas por palavras.",
        all_decoration: "As imagens são decorativas.",
        others_decoration: "As outras são decorativas.",
        reflowable: "O tipo de letra, o tamanho e as cores podem ser escolhidos livremente.",
        fixed: "As páginas são como na edição impressa: o texto pode ser lido em voz alta e pesquisado, mas não mudado de letra nem de tamanho.",
        print_numbers: "Os números de página são os da edição impressa.",
        plate_numbers: "As páginas são numeradas pelas estampas.",
    },
    Sentences {
        language: "it",
        text_alone: "Il libro contiene soltanto testo.",
        all_described: "Ogni immagine è descritta a parole.",
        none_described: "Le immagini non sono descritte a parole.",
        some_described: "{some} immagini su {all} sono descritte a parole.",
        all_decoration: "Le immagini sono decorative.",
        others_decoration: "Le altre sono decorative.",
        reflowable: "Carattere, dimensione e colori sono a scelta di chi legge.",
        fixed: "Le pagine sono quelle dell’edizione a stampa: il testo può essere letto ad alta voce e cercato, ma non cambiato di carattere o dimensione.",
        print_numbers: "I numeri di pagina sono quelli dell’edizione a stampa.",
        plate_numbers: "Le pagine sono numerate secondo le tavole.",
    },
    Sentences {
        language: "nl",
        text_alone: "Het boek bestaat uitsluitend uit tekst.",
        all_described: "Elke afbeelding is in woorden beschreven.",
        none_described: "De afbeeldingen zijn niet in woorden beschreven.",
        some_described: "{some} van de {all} afbeeldingen zijn in woorden beschreven.",
        all_decoration: "De afbeeldingen dienen ter versiering.",
        others_decoration: "De andere dienen ter versiering.",
        reflowable: "Lettertype, grootte en kleuren zijn vrij te kiezen.",
        fixed: "De pagina’s zijn opgemaakt zoals in druk: de tekst kan worden voorgelezen en doorzocht, maar niet in een ander lettertype of een andere grootte worden gezet.",
        print_numbers: "De paginanummers zijn die van de gedrukte uitgave.",
        plate_numbers: "De pagina’s zijn genummerd naar de platen.",
    },
    Sentences {
        language: "sv",
        text_alone: "Boken består enbart av text.",
        all_described: "Varje bild är beskriven i ord.",
        none_described: "Bilderna är inte beskrivna i ord.",
        some_described: "{some} av {all} bilder är beskrivna i ord.",
        all_decoration: "Bilderna är dekoration.",
        others_decoration: "De övriga är dekoration.",
        reflowable: "Typsnitt, storlek och färger kan väljas fritt.",
        fixed: "Sidorna är formgivna som i tryck: texten kan läsas upp och genomsökas, men inte sättas med annat typsnitt eller i annan storlek.",
        print_numbers: "Sidnumren är den tryckta utgåvans.",
        plate_numbers: "Sidorna är numrerade efter planscherna.",
    },
    Sentences {
        language: "da",
        text_alone: "Bogen består udelukkende af tekst.",
        all_described: "Hvert billede er beskrevet med ord.",
        none_described: "Billederne er ikke beskrevet med ord.",
        some_described: "{some} af {all} billeder er beskrevet med ord.",
        all_decoration: "Billederne er dekoration.",
        others_decoration: "De øvrige er dekoration.",
        reflowable: "Skrifttype, størrelse og farver kan vælges frit.",
        fixed: "Siderne er sat som i den trykte udgave: teksten kan læses op og gennemsøges, men ikke sættes med en anden skrifttype eller størrelse.",
        print_numbers: "Sidetallene er den trykte udgaves.",
        plate_numbers: "Siderne er nummereret efter tavlerne.",
    },
    Sentences {
        language: "no",
        text_alone: "Boken består bare av tekst.",
        all_described: "Hvert bilde er beskrevet med ord.",
        none_described: "Bildene er ikke beskrevet med ord.",
        some_described: "{some} av {all} bilder er beskrevet med ord.",
        all_decoration: "Bildene er dekorasjon.",
        others_decoration: "De øvrige er dekorasjon.",
        reflowable: "Skrifttype, størrelse og farger kan velges fritt.",
        fixed: "Sidene er satt som i den trykte utgaven: teksten kan leses opp og søkes i, men ikke settes med en annen skrifttype eller størrelse.",
        print_numbers: "Sidetallene er den trykte utgavens.",
        plate_numbers: "Sidene er nummerert etter platene.",
    },
    Sentences {
        language: "pl",
        text_alone: "Książka zawiera wyłącznie tekst.",
        all_described: "Każda ilustracja jest opisana słowami.",
        none_described: "Ilustracje nie są opisane słowami.",
        some_described: "Liczba ilustracji opisanych słowami: {some} z {all}.",
        all_decoration: "Ilustracje są ozdobą.",
        others_decoration: "Pozostałe są ozdobą.",
        reflowable: "Krój pisma, jego wielkość i kolory można dowolnie wybrać.",
        fixed: "Strony wyglądają jak w druku: ich tekst można odczytać na głos i przeszukiwać, ale nie można zmienić kroju ani wielkości pisma.",
        print_numbers: "Numery stron są takie jak w wydaniu drukowanym.",
        plate_numbers: "Strony są numerowane według plansz.",
    },
    Sentences {
        language: "ko",
        text_alone: "이 책은 글로만 이루어져 있습니다.",
        all_described: "모든 사진에 글 설명이 있습니다.",
        none_described: "사진에 글 설명이 없습니다.",
        some_described: "사진 {all}장 가운데 {some}장에 글 설명이 있습니다.",
        all_decoration: "사진은 장식입니다.",
        others_decoration: "나머지는 장식입니다.",
        reflowable: "글꼴과 크기, 색은 읽는 이가 고를 수 있습니다.",
        fixed: "쪽은 인쇄본과 같습니다. 글을 소리 내어 읽히거나 찾을 수 있지만 글꼴과 크기는 바꿀 수 없습니다.",
        print_numbers: "쪽 번호는 인쇄본의 쪽 번호입니다.",
        plate_numbers: "쪽 번호는 도판의 차례입니다.",
    },
    Sentences {
        language: "ja",
        text_alone: "本書は文章のみです。",
        all_described: "すべての写真に文章による説明があります。",
        none_described: "写真に文章による説明はありません。",
        some_described: "写真{all}点のうち{some}点に文章による説明があります。",
        all_decoration: "写真は装飾です。",
        others_decoration: "残りは装飾です。",
        reflowable: "書体、文字の大きさ、色は読者が選べます。",
        fixed: "ページは印刷版と同じです。文章の読み上げと検索はできますが、書体や文字の大きさは変えられません。",
        print_numbers: "ページ番号は印刷版のものです。",
        plate_numbers: "ページ番号は図版の番号です。",
    },
    Sentences {
        language: "zh",
        text_alone: "本书只有文字。",
        all_described: "每张图片都有文字说明。",
        none_described: "图片没有文字说明。",
        some_described: "{all}张图片中有{some}张配有文字说明。",
        all_decoration: "图片仅作装饰。",
        others_decoration: "其余图片仅作装饰。",
        reflowable: "字体、字号和颜色可由读者选择。",
        fixed: "页面与印刷版相同，文字可以朗读和搜索，但不能更改字体和字号。",
        print_numbers: "页码与印刷版一致。",
        plate_numbers: "页码按图版编号。",
    },
    Sentences {
        language: "ar",
        text_alone: "الكتاب نص فقط.",
        all_described: "لكل صورة وصف مكتوب.",
        none_described: "ليس للصور وصف مكتوب.",
        some_described: "عدد الصور التي لها وصف مكتوب: {some} من {all}.",
        all_decoration: "الصور للزينة.",
        others_decoration: "أما الصور الأخرى فهي للزينة.",
        reflowable: "يمكن للقارئ اختيار الخط وحجمه والألوان.",
        fixed: "الصفحات كما في الطبعة الورقية: يمكن قراءة نصها بصوت عال والبحث فيه، ولكن لا يمكن تغيير الخط أو حجمه.",
        print_numbers: "أرقام الصفحات هي أرقام الطبعة الورقية.",
        plate_numbers: "رقمت الصفحات بحسب اللوحات.",
    },
    Sentences {
        language: "he",
        text_alone: "הספר הוא טקסט בלבד.",
        all_described: "לכל תמונה יש תיאור במילים.",
        none_described: "לתמונות אין תיאור במילים.",
        some_described: "ל־{some} מתוך {all} תמונות יש תיאור במילים.",
        all_decoration: "התמונות הן לקישוט.",
        others_decoration: "שאר התמונות הן לקישוט.",
        reflowable: "הקורא יכול לבחור את הגופן, את גודלו ואת הצבעים.",
        fixed: "העמודים ערוכים כמו במהדורה המודפסת: אפשר להקריא את הטקסט ולחפש בו, אך לא לשנות את הגופן או את גודלו.",
        print_numbers: "מספרי העמודים הם אלה של המהדורה המודפסת.",
        plate_numbers: "העמודים ממוספרים לפי הלוחות.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: AccessibilityFacts = AccessibilityFacts {
        pictures: 12,
        described: 5,
        decoration: 0,
        fixed: false,
        numbers: Some(PageNumberSource::Print),
    };

    #[test]
    fn the_summary_is_in_the_books_language() {
        let told = |tag| summary(&FACTS, &Language::new(tag));
        assert_eq!(
            told("en-US"),
            ("5 of 12 pictures are described in words. Type, size and colours are the reader’s to \
              choose. Page numbers are those of the printed edition."
                .to_owned(), "en")
        );
        assert!(told("de-AT").0.starts_with("5 von 12 Bildern"));
        assert!(told("nb").0.starts_with("5 av 12 bilder"));
        assert_eq!(told("mi").1, "en");
    }

    #[test]
    fn decorative_pictures_do_not_count_as_described() {
        let told = |described, decoration| {
            summary(&AccessibilityFacts { described, decoration, ..FACTS }, &Language::default()).0
        };
        assert!(told(0, 12).starts_with("The pictures are decoration. Type"));
        assert!(told(5, 7).starts_with("5 of 12 pictures are described in words. The others are"));
        assert!(told(12, 0).starts_with("Every picture is described in words. Type"));
        assert!(!told(5, 6).contains("decoration"), "one has no words that it needs");
        assert!(told(0, 6).starts_with("The pictures are not described"));
    }

    #[test]
    fn every_supported_language_has_a_summary() {
        for tag in [
            "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "pl", "ko", "ja", "zh", "ar",
            "he",
        ] {
            let (summary, language) = summary(&FACTS, &Language::new(tag));
            assert_eq!(language, tag);
            assert!(summary.contains('5') && summary.contains("12") && !summary.contains('{'));
        }
    }
}
