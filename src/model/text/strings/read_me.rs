//! The sentences of the text file that explains the offline edition.

use super::tags;
use crate::model::{Edition, Language};

/// The sentences of one language in the text file that explains the offline edition. Names of files
/// and commands are on lines of their own, where they can be read and copied in every direction of
/// writing, so no sentence has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadMeStrings {
    /// The BCP 47 tag of the language.
    language: &'static str,
    /// What the book is and what it needs.
    pub about: &'static str,
    /// The heading of how it is opened.
    pub how_to_open: &'static str,
    /// That an archive has to be unpacked first.
    pub unpack: &'static str,
    /// Which file is opened; its name follows on a line of its own.
    pub open: &'static str,
    /// The heading of the other files.
    pub also_here: &'static str,
    /// What the reflowable e-book is for.
    pub ebook: &'static str,
    /// What the e-book in fixed layout is for.
    pub fixed_ebook: &'static str,
    /// What the PDF for screens is for.
    pub screen_pdf: &'static str,
    /// What the PDF for print is for.
    pub print_pdf: &'static str,
    /// What the folder of pictures is for.
    pub pictures: &'static str,
    /// What the list of checksums is.
    pub checksums: &'static str,
    /// The heading of how the files are checked.
    pub how_to_check: &'static str,
    /// Why and where files are checked; the commands follow.
    pub check: &'static str,
    /// What the commands for Linux and macOS print.
    pub check_result: &'static str,
    /// How files are checked with the command for Windows, which follows.
    pub check_windows: &'static str,
}

impl ReadMeStrings {
    /// The sentences in a language; English for unsupported languages.
    pub fn for_language(language: &Language) -> &'static Self {
        let tag = tags::table_tag(language);
        ALL.iter().find(|words| words.language == tag).unwrap_or(&ALL[0])
    }

    /// What an edition that lies inside is for; `None` for those that cannot.
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

/// English is first because it is the fallback.
const ALL: [ReadMeStrings; 16] = [
    ReadMeStrings {
        language: "en",
        about: "This book opens in a web browser. It needs no internet connection and no other \
            program, and it works from a USB stick as well.",
        how_to_open: "How to open the book",
        unpack: "If you are reading this inside a ZIP archive, unpack the archive first, with all \
            its files: a browser cannot open the book inside it.",
        open: "Open this file with a double click:",
        also_here: "What else is here",
        ebook: "The book for e-readers, phones and tablets",
        fixed_ebook: "The book with its printed pages, for tablets",
        screen_pdf: "The book as a PDF, to read on a screen",
        print_pdf: "The PDF for a print shop",
        pictures: "The pictures and typefaces of the book. Leave this folder where it is: the \
            book needs it.",
        checksums: "The checksums of the files",
        how_to_check: "How to check the files",
        check: "Checksums show whether files were damaged or changed on their way to you. Open a \
            terminal in this folder and enter the command for your system:",
        check_result: "The command names every file that has changed.",
        check_windows: "On Windows, check one file after another, and compare the result with the \
            checksum in the list:",
    },
    ReadMeStrings {
        language: "de",
        about: "Dieses Buch wird im Webbrowser gelesen. Es braucht weder eine Internetverbindung \
            noch ein anderes Programm und läuft auch von einem USB-Stick.",
        how_to_open: "So öffnen Sie das Buch",
        unpack: "Wenn Sie dies in einem ZIP-Archiv lesen, entpacken Sie das Archiv zuerst mit \
            allen Dateien: Darin kann ein Browser das Buch nicht öffnen.",
        open: "Öffnen Sie diese Datei mit einem Doppelklick:",
        also_here: "Was sonst noch dabei ist",
        ebook: "Das Buch für E-Reader, Telefone und Tablets",
        fixed_ebook: "Das Buch mit seinen gedruckten Seiten, für Tablets",
        screen_pdf: "Das Buch als PDF zum Lesen am Bildschirm",
        print_pdf: "Das PDF für die Druckerei",
        pictures: "Die Bilder und Schriften des Buches. Lassen Sie diesen Ordner, wo er ist: Das \
            Buch braucht ihn.",
        checksums: "Die Prüfsummen der Dateien",
        how_to_check: "So prüfen Sie die Dateien",
        check: "Prüfsummen zeigen, ob Dateien auf dem Weg zu Ihnen beschädigt oder verändert \
            wurden. Öffnen Sie in diesem Ordner ein Terminal und geben Sie den Befehl für Ihr \
            System ein:",
        check_result: "Der Befehl nennt jede Datei, die verändert ist.",
        check_windows: "Unter Windows prüfen Sie eine Datei nach der anderen und vergleichen das \
            Ergebnis mit der Prüfsumme in der Liste:",
    },
    ReadMeStrings {
        language: "fr",
        about: "Ce livre se lit dans un navigateur web. Il n’a besoin ni d’une connexion à \
            Internet ni d’un autre programme, et fonctionne aussi depuis une clé USB.",
        how_to_open: "Ouvrir le livre",
        unpack: "Si vous lisez ceci dans une archive ZIP, décompressez-la d’abord avec tous ses \
            fichiers\u{a0}: un navigateur ne peut pas y ouvrir le livre.",
        open: "Ouvrez ce fichier d’un double-clic\u{a0}:",
        also_here: "Autres fichiers",
        ebook: "Le livre pour les liseuses, les téléphones et les tablettes",
        fixed_ebook: "Le livre avec ses pages imprimées, pour les tablettes",
        screen_pdf: "Le livre en PDF, à lire à l’écran",
        print_pdf: "Le PDF pour l’imprimeur",
        pictures: "Les images et les polices du livre. Laissez ce dossier à sa place\u{a0}: le \
            livre en a besoin.",
        checksums: "Les sommes de contrôle des fichiers",
        how_to_check: "Vérifier les fichiers",
        check: "Les sommes de contrôle montrent si des fichiers ont été endommagés ou modifiés en \
            chemin. Ouvrez un terminal dans ce dossier et saisissez la commande pour votre \
            système\u{a0}:",
        check_result: "La commande signale chaque fichier modifié.",
        check_windows: "Sous Windows, vérifiez les fichiers l’un après l’autre et comparez le \
            résultat à la somme de contrôle de la liste\u{a0}:",
    },
    ReadMeStrings {
        language: "es",
        about: "Este libro se lee en un navegador web. No necesita conexión a internet ni ningún \
            otro programa, y funciona también desde una memoria USB.",
        how_to_open: "Cómo abrir el libro",
        unpack: "Si lee esto dentro de un archivo ZIP, descomprima primero todo su contenido: un \
            navegador no puede abrir el libro dentro del archivo ZIP.",
        open: "Abra este archivo con un doble clic:",
        also_here: "Otros archivos",
        ebook: "El libro para lectores electrónicos, teléfonos y tabletas",
        fixed_ebook: "El libro con sus páginas impresas, para tabletas",
        screen_pdf: "El libro en PDF, para leer en pantalla",
        print_pdf: "El PDF para la imprenta",
        pictures: "Las imágenes y los tipos de letra del libro. Deje esta carpeta en su sitio: el \
            libro la necesita.",
        checksums: "Las sumas de comprobación de los archivos",
        how_to_check: "Cómo comprobar los archivos",
        check: "Las sumas de comprobación muestran si algún archivo se ha dañado o modificado por \
            el camino. Abra una terminal en esta carpeta y escriba la orden para su sistema:",
        check_result: "La orden señala cada archivo que ha cambiado.",
        check_windows: "En Windows, compruebe los archivos uno por uno y compare el resultado con \
            la suma de comprobación de la lista:",
    },
    ReadMeStrings {
        language: "pt",
        about: "Este livro lê-se num navegador web. Não precisa de ligação à Internet nem de \
            outro programa, e funciona também a partir de uma pen USB.",
        how_to_open: "Como abrir o livro",
        unpack: "Se está a ler isto dentro de um ficheiro ZIP, extraia primeiro todo o seu \
            conteúdo: um navegador não consegue abrir o livro dentro do ficheiro ZIP.",
        open: "Abra este ficheiro com um duplo clique:",
        also_here: "Outros ficheiros",
        ebook: "O livro para leitores eletrónicos, telemóveis e tablets",
        fixed_ebook: "O livro com as suas páginas impressas, para tablets",
        screen_pdf: "O livro em PDF, para ler no ecrã",
        print_pdf: "O PDF para a gráfica",
        pictures: "As imagens e os tipos de letra do livro. Deixe esta pasta onde está: o livro \
            precisa dela.",
        checksums: "As somas de verificação dos ficheiros",
        how_to_check: "Como verificar os ficheiros",
        check: "As somas de verificação mostram se algum ficheiro foi danificado ou alterado pelo \
            caminho. Abra um terminal nesta pasta e escreva o comando para o seu sistema:",
        check_result: "O comando indica cada ficheiro que foi alterado.",
        check_windows: "No Windows, verifique os ficheiros um a um e compare o resultado com a \
            soma de verificação da lista:",
    },
    ReadMeStrings {
        language: "it",
        about: "Questo libro si legge in un browser. Non richiede né una connessione a Internet \
            né altri programmi e funziona anche da una chiavetta USB.",
        how_to_open: "Come aprire il libro",
        unpack: "Se questo testo si trova in un archivio ZIP, estrarre prima tutti i file: un \
            browser non può aprire il libro dentro l’archivio.",
        open: "Aprire questo file con un doppio clic:",
        also_here: "Altri file",
        ebook: "Il libro per e-reader, telefoni e tablet",
        fixed_ebook: "Il libro con le sue pagine stampate, per tablet",
        screen_pdf: "Il libro in PDF, da leggere sullo schermo",
        print_pdf: "Il PDF per la tipografia",
        pictures: "Le immagini e i caratteri del libro. Lasciare questa cartella al suo posto: il \
            libro ne ha bisogno.",
        checksums: "I checksum dei file",
        how_to_check: "Come verificare i file",
        check: "I checksum mostrano se qualche file è stato danneggiato o modificato durante il \
            trasferimento. Aprire un terminale in questa cartella e inserire il comando per il \
            proprio sistema:",
        check_result: "Il comando segnala ogni file modificato.",
        check_windows: "In Windows, verificare un file dopo l’altro e confrontare il risultato \
            con il checksum dell’elenco:",
    },
    ReadMeStrings {
        language: "nl",
        about: "Dit boek leest u in een webbrowser. Het heeft geen internetverbinding en geen \
            ander programma nodig, en het werkt ook vanaf een usb-stick.",
        how_to_open: "Zo opent u het boek",
        unpack: "Leest u dit in een ZIP-archief, pak het archief dan eerst uit met alle \
            bestanden: een browser kan het boek daarin niet openen.",
        open: "Open dit bestand met een dubbelklik:",
        also_here: "Wat er nog meer bij is",
        ebook: "Het boek voor e-readers, telefoons en tablets",
        fixed_ebook: "Het boek met zijn gedrukte pagina’s, voor tablets",
        screen_pdf: "Het boek als pdf, om op een scherm te lezen",
        print_pdf: "De pdf voor de drukker",
        pictures: "De afbeeldingen en lettertypen van het boek. Laat deze map op haar plaats: het \
            boek heeft haar nodig.",
        checksums: "De controlesommen van de bestanden",
        how_to_check: "Zo controleert u de bestanden",
        check: "Controlesommen laten zien of bestanden onderweg beschadigd of gewijzigd zijn. \
            Open een terminal in deze map en typ de opdracht voor uw systeem:",
        check_result: "De opdracht noemt elk bestand dat gewijzigd is.",
        check_windows: "Controleer in Windows de bestanden een voor een en vergelijk de uitkomst \
            met de controlesom in de lijst:",
    },
    ReadMeStrings {
        language: "sv",
        about: "Den här boken läses i en webbläsare. Den behöver varken internetanslutning eller \
            något annat program och fungerar även från ett USB-minne.",
        how_to_open: "Så öppnar du boken",
        unpack: "Om du läser detta inne i ett ZIP-arkiv, packa först upp arkivet med alla filer: \
            en webbläsare kan inte öppna boken där.",
        open: "Öppna den här filen med ett dubbelklick:",
        also_here: "Vad som mer finns här",
        ebook: "Boken för läsplattor, telefoner och surfplattor",
        fixed_ebook: "Boken med sina tryckta sidor, för surfplattor",
        screen_pdf: "Boken som PDF, att läsa på skärm",
        print_pdf: "PDF-filen för tryckeriet",
        pictures: "Bokens bilder och typsnitt. Låt mappen ligga kvar där den är: boken behöver \
            den.",
        checksums: "Filernas kontrollsummor",
        how_to_check: "Så kontrollerar du filerna",
        check: "Kontrollsummor visar om filer har skadats eller ändrats på vägen till dig. Öppna \
            en terminal i den här mappen och skriv kommandot för ditt system:",
        check_result: "Kommandot anger varje fil som har ändrats.",
        check_windows: "I Windows kontrollerar du en fil i taget och jämför resultatet med \
            kontrollsumman i listan:",
    },
    ReadMeStrings {
        language: "da",
        about: "Denne bog læses i en webbrowser. Den kræver hverken internetforbindelse eller \
            andre programmer og virker også fra en USB-nøgle.",
        how_to_open: "Sådan åbner du bogen",
        unpack: "Hvis du læser dette inde i et ZIP-arkiv, skal du først pakke arkivet ud med alle \
            filer: En browser kan ikke åbne bogen dér.",
        open: "Åbn denne fil med et dobbeltklik:",
        also_here: "Hvad der ellers er med",
        ebook: "Bogen til e-bogslæsere, telefoner og tablets",
        fixed_ebook: "Bogen med sine trykte sider, til tablets",
        screen_pdf: "Bogen som PDF til læsning på skærm",
        print_pdf: "PDF-filen til trykkeriet",
        pictures: "Bogens billeder og skrifter. Lad denne mappe blive, hvor den er: Bogen har \
            brug for den.",
        checksums: "Filernes kontrolsummer",
        how_to_check: "Sådan kontrollerer du filerne",
        check: "Kontrolsummer viser, om filer er blevet beskadiget eller ændret på vejen til dig. \
            Åbn en terminal i denne mappe, og skriv kommandoen til dit system:",
        check_result: "Kommandoen nævner hver fil, der er ændret.",
        check_windows: "I Windows kontrollerer du én fil ad gangen og sammenligner resultatet med \
            kontrolsummen på listen:",
    },
    ReadMeStrings {
        language: "no",
        about: "Denne boken leses i en nettleser. Den trenger verken internettforbindelse eller \
            andre programmer, og den virker også fra en minnepinne.",
        how_to_open: "Slik åpner du boken",
        unpack: "Hvis du leser dette inne i et ZIP-arkiv, må du først pakke ut arkivet med alle \
            filene: En nettleser kan ikke åpne boken der.",
        open: "Åpne denne filen med et dobbeltklikk:",
        also_here: "Hva som ellers følger med",
        ebook: "Boken for lesebrett, telefoner og nettbrett",
        fixed_ebook: "Boken med de trykte sidene, for nettbrett",
        screen_pdf: "Boken som PDF, til å lese på skjerm",
        print_pdf: "PDF-filen for trykkeriet",
        pictures: "Bildene og skriftene i boken. La denne mappen ligge der den er: Boken trenger \
            den.",
        checksums: "Kontrollsummene til filene",
        how_to_check: "Slik kontrollerer du filene",
        check: "Kontrollsummer viser om filer er blitt skadet eller endret på veien til deg. Åpne \
            en terminal i denne mappen, og skriv kommandoen for systemet ditt:",
        check_result: "Kommandoen nevner hver fil som er endret.",
        check_windows: "I Windows kontrollerer du én fil om gangen og sammenligner resultatet med \
            kontrollsummen i listen:",
    },
    ReadMeStrings {
        language: "pl",
        about: "Tę książkę czyta się w przeglądarce internetowej. Nie wymaga ona połączenia z \
            internetem ani innego programu i działa także z pamięci USB.",
        how_to_open: "Jak otworzyć książkę",
        unpack: "Jeśli czytasz to wewnątrz archiwum ZIP, najpierw rozpakuj z niego wszystkie \
            pliki: przeglądarka nie otworzy książki w archiwum.",
        open: "Otwórz ten plik dwukrotnym kliknięciem:",
        also_here: "Co jeszcze tu jest",
        ebook: "Książka na czytniki, telefony i tablety",
        fixed_ebook: "Książka w układzie drukowanych stron, na tablety",
        screen_pdf: "Książka w formacie PDF do czytania na ekranie",
        print_pdf: "PDF dla drukarni",
        pictures: "Zdjęcia i kroje pisma książki. Zostaw ten folder na miejscu: książka go \
            potrzebuje.",
        checksums: "Sumy kontrolne plików",
        how_to_check: "Jak sprawdzić pliki",
        check: "Sumy kontrolne pokazują, czy pliki nie zostały po drodze uszkodzone lub \
            zmienione. Otwórz terminal w tym folderze i wpisz polecenie dla swojego systemu:",
        check_result: "Polecenie wskaże każdy zmieniony plik.",
        check_windows: "W systemie Windows sprawdzaj pliki po kolei i porównuj wynik z sumą \
            kontrolną na liście:",
    },
    ReadMeStrings {
        language: "ko",
        about: "이 책은 웹 브라우저에서 봅니다. 인터넷 연결이나 다른 프로그램이 필요 없으며, USB \
            메모리에서도 바로 볼 수 있습니다.",
        how_to_open: "책을 여는 방법",
        unpack: "ZIP 압축 파일 안에서 이 글을 읽고 있다면 먼저 모든 파일의 압축을 푸십시오. \
            브라우저는 압축 파일 안에 있는 책을 열 수 없습니다.",
        open: "다음 파일을 두 번 클릭하여 여십시오:",
        also_here: "함께 들어 있는 파일",
        ebook: "전자책 단말기, 휴대전화, 태블릿용 책",
        fixed_ebook: "인쇄된 쪽 그대로 보는 책(태블릿용)",
        screen_pdf: "화면에서 읽는 PDF",
        print_pdf: "인쇄소용 PDF",
        pictures: "책의 사진과 글꼴입니다. 책에 필요하므로 이 폴더를 그대로 두십시오.",
        checksums: "파일의 체크섬",
        how_to_check: "파일을 확인하는 방법",
        check: "체크섬을 보면 전달 과정에서 파일이 손상되거나 바뀌었는지 알 수 있습니다. 이 \
            폴더에서 터미널을 열고 사용하는 시스템에 맞는 명령을 입력하십시오:",
        check_result: "바뀐 파일이 있으면 명령이 그 파일을 알려 줍니다.",
        check_windows: "Windows에서는 파일을 하나씩 확인하고 결과를 목록의 체크섬과 비교하십시오:",
    },
    ReadMeStrings {
        language: "ja",
        about: "この本はウェブブラウザーで読みます。インターネット接続もほかのソフトウェアも必要\
            なく、USBメモリーからそのまま開けます。",
        how_to_open: "本の開き方",
        unpack: "この文書をZIPファイルの中で読んでいる場合は、先にすべてのファイルを展開してくだ\
            さい。ZIPファイルの中にある本は、ブラウザーで開けません。",
        open: "次のファイルをダブルクリックして開いてください。",
        also_here: "そのほかのファイル",
        ebook: "電子書籍リーダー、スマートフォン、タブレットで読むための本",
        fixed_ebook: "印刷されるページのままの本（タブレット用）",
        screen_pdf: "画面で読むためのPDF",
        print_pdf: "印刷所に渡すためのPDF",
        pictures: "本の写真と書体です。本の表示に必要なので、このフォルダーは移動しないでくださ\
            い。",
        checksums: "ファイルのチェックサム",
        how_to_check: "ファイルの確認方法",
        check: "チェックサムを使うと、受け渡しの途中でファイルが壊れたり変わったりしていないかを\
            確認できます。このフォルダーでターミナルを開き、お使いのシステムに合ったコマンドを入\
            力してください。",
        check_result: "変わったファイルがあれば、コマンドがその名前を表示します。",
        check_windows: "Windowsでは、ファイルを一つずつ確認し、結果を一覧のチェックサムと比べてく\
            ださい。",
    },
    ReadMeStrings {
        language: "zh",
        about: "本书用网页浏览器阅读，无需联网，也无需其他软件，从 U 盘上也能直接打开。",
        how_to_open: "如何打开本书",
        unpack: "如果您是在 ZIP 压缩包中读到这段文字，请先将其中的文件全部解压：浏览器无法打开压\
            缩包里的书。",
        open: "请双击打开此文件：",
        also_here: "其他文件",
        ebook: "适用于电子书阅读器、手机和平板电脑的版本",
        fixed_ebook: "保留印刷版面的版本，适用于平板电脑",
        screen_pdf: "供屏幕阅读的 PDF",
        print_pdf: "供印刷厂使用的 PDF",
        pictures: "本书的图片和字体。本书需要此文件夹，请勿移动。",
        checksums: "文件的校验和",
        how_to_check: "如何校验文件",
        check: "通过校验和可以确认文件在传送途中是否损坏或被改动。请在此文件夹中打开终端，输入适\
            用于您的系统的命令：",
        check_result: "如有文件被改动，命令会将其列出。",
        check_windows: "在 Windows 上，请逐个校验文件，并将结果与列表中的校验和比对：",
    },
    ReadMeStrings {
        language: "ar",
        about: "يُقرأ هذا الكتاب في متصفح الويب، ولا يحتاج إلى اتصال بالإنترنت ولا إلى أي برنامج \
            آخر، ويعمل أيضًا من ذاكرة USB.",
        how_to_open: "كيف تفتح الكتاب",
        unpack: "إذا كنت تقرأ هذا داخل أرشيف ZIP فاستخرج منه جميع الملفات أولًا، فالمتصفح لا \
            يستطيع فتح الكتاب داخل الأرشيف.",
        open: "افتح هذا الملف بنقرة مزدوجة:",
        also_here: "ملفات أخرى",
        ebook: "الكتاب لأجهزة القراءة الإلكترونية والهواتف والأجهزة اللوحية",
        fixed_ebook: "الكتاب بصفحاته المطبوعة، للأجهزة اللوحية",
        screen_pdf: "الكتاب بصيغة PDF للقراءة على الشاشة",
        print_pdf: "ملف PDF للمطبعة",
        pictures: "صور الكتاب وخطوطه. اترك هذا المجلد في مكانه، فالكتاب يحتاج إليه.",
        checksums: "المجاميع الاختبارية للملفات",
        how_to_check: "كيف تتحقق من الملفات",
        check: "تُظهر المجاميع الاختبارية هل تعرضت الملفات للتلف أو للتغيير في طريقها إليك. افتح \
            نافذة أوامر في هذا المجلد وأدخل الأمر المناسب لنظامك:",
        check_result: "يبيّن الأمر كل ملف تغيّر.",
        check_windows: "في نظام Windows تحقق من الملفات واحدًا تلو الآخر، وقارن النتيجة بالمجموع \
            الاختباري في القائمة:",
    },
    ReadMeStrings {
        language: "he",
        about: "את הספר הזה קוראים בדפדפן. הוא אינו זקוק לחיבור לאינטרנט או לתוכנה אחרת, ופועל גם \
            מזיכרון USB נייד.",
        how_to_open: "איך לפתוח את הספר",
        unpack: "אם אתם קוראים זאת בתוך ארכיון ZIP, חלצו תחילה את כל הקבצים: דפדפן אינו יכול \
            לפתוח את הספר בתוך הארכיון.",
        open: "פתחו את הקובץ הזה בלחיצה כפולה:",
        also_here: "מה עוד יש כאן",
        ebook: "הספר לקוראים אלקטרוניים, לטלפונים ולטאבלטים",
        fixed_ebook: "הספר על עמודיו המודפסים, לטאבלטים",
        screen_pdf: "הספר כקובץ PDF לקריאה במסך",
        print_pdf: "קובץ ה־PDF לבית הדפוס",
        pictures: "התמונות והגופנים של הספר. השאירו את התיקייה הזאת במקומה: הספר זקוק לה.",
        checksums: "סכומי הביקורת של הקבצים",
        how_to_check: "איך לבדוק את הקבצים",
        check: "סכומי ביקורת מראים אם קבצים נפגמו או השתנו בדרך אליכם. פתחו מסוף בתיקייה הזאת \
            והקלידו את הפקודה המתאימה למערכת שלכם:",
        check_result: "הפקודה תציין כל קובץ שהשתנה.",
        check_windows: "ב־Windows בדקו את הקבצים בזה אחר זה, והשוו את התוצאה לסכום הביקורת \
            שברשימה:",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_book_has_its_sentences() {
        for strings in crate::model::text::strings::languages::ALL {
            let own = ReadMeStrings::for_language(&Language::new(strings.language));
            let is_english = own.language == "en";
            assert_eq!(is_english, strings.language.starts_with("en"), "{}", strings.language);
        }
        assert_eq!(ReadMeStrings::for_language(&Language::new("mi")).language, "en");
    }

    #[test]
    fn sentences_name_no_files_and_need_no_sharp_s() {
        for words in &ALL {
            let text = format!("{words:?}");
            for name in ["index.html", "SHA256SUMS", "book/", "ß"] {
                assert!(!text.contains(name), "{}: {name}", words.language);
            }
        }
    }
}
