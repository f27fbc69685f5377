"""Checks PDFs in every script with pdftotext and veraPDF: text_extraction.py RECTO

Builds the specimen and books in other scripts and directions, and searches each caption, chapter
and paragraph on the pages of the print PDF and the screen PDF. The print PDF must be PDF/X-4, and
the screen PDF must be PDF/A-2b and PDF/UA-1. Books that need fonts of Debian
(fonts-noto-cjk, fonts-noto-core) are skipped with a message if these are not installed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from manifest import Manifest
from texts import missing_texts, pdf_pages, unexpected_characters
from verapdf import claims
from verapdf import violations as conformance_violations
from x4 import Document, violations

ROOT = Path(__file__).resolve().parents[2]
SPECIMEN = ROOT / "tests/specimen"
PHOTO = str(SPECIMEN / "photos/landscape.jpg")
NOTO = Path("/usr/share/fonts")
CJK = NOTO / "opentype/noto/NotoSerifCJK-Regular.ttc"
DEVANAGARI = NOTO / "truetype/noto/NotoSerifDevanagari-Regular.ttf"
THAI = NOTO / "truetype/noto/NotoSerifThai-Regular.ttf"

LATIN = """# Letters and what they are made of

Difficult offices file fluffy waffles; the flight of a baffled official. Æsir and œuvre, Þingvellir,
naïve cafés, Łódź and İstanbul, x̂ and q̃ with marks of their own. The BBC and NATO met in 1984 and
2026; H2O, 1234567890.

Unquestionably, internationalisation and counterrevolutionaries characteristically misunderstand
incomprehensibilities; notwithstanding, electroencephalographically uncharacteristic
interdisciplinary representations disproportionately overshadow straightforward
well-established, twenty-first-century, self-explanatory state-of-the-art considerations.

A link to [a page](https://example.com/a/long/address/that/is/set/as/a/note) and
[another](https://example.org/), and two notes.[^1] They stand at the foot.[^2]

[^1]: The first note says little.

[^2]: The second quotes Arabic, كِتَابٌ, and goes on behind it.

Camera
: a dark room, made small.

Lens
: what it looks through.

| Name | Figures |
|:-----|--------:|
| *Summicron* | 1,234.50 |
| **Elmar** | 67.89 |

- one thing
- and `another()` thing

> Quoted — from somebody else… "in words".

Voiced هادئًا and كِتَابٌ جَمِيلٌ stand in English. The word السلام عليكم, and لا إله إلا الله too; the
phrase (مرحبا بالعالم) in brackets, with שָׁלוֹם עֲלֵיכֶם (peace) and ירושלים at an end: ירושלים.
"""

GREEK = """# Ἀρχή and Начало

Μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος οὐλομένην, ἣ μυρί' Ἀχαιοῖς ἄλγε' ἔθηκε. Все счастливые семьи похожи
друг на друга, каждая несчастливая семья несчастлива по-своему. Đặng Thái Sơn plays Chopin in Kraków.
"""

ARABIC = """# مُقَدِّمَةٌ

بَدَأَتِ الرِّحْلَةُ فِي الصَّبَاحِ البَاكِرِ، وَكَانَ البَحْرُ هَادِئًا. كَتَبَ المُصَوِّرُ فِي دَفْتَرِهِ: «السَّلَامُ عَلَى مَنْ يَرَى».

صدر الكتاب عام 2026 في 96 صفحة، وثمنه 45,50 يورو. استعمل المصور كاميرا Leica M6 وعدسة Summicron 50 mm ثم عاد إلى البيت.

قال: (لا إله إلا الله) ثم سكت... وفي اليوم ١٢ من الشهر ٣ عاد.

- أولًا: الضوء
- ثانيًا: الظل

| الاسم | العدد |
|:------|------:|
| ضوء | ١٢٣ |
| ظل | 456 |

A paragraph in English stands between (as it may), and it ends with a full stop.

والنهاية هنا.
"""

HEBREW = """# בְּרֵאשִׁית

בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ. וְהָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ, וְחֹשֶׁךְ עַל־פְּנֵי תְהוֹם.

הספר יצא לאור ב-2026, ובו 96 עמודים; המצלמה היא Leica M6 והמחיר 45.50. "שלום", אמר (בשקט).

The end is near, said someone.
"""

KOREAN = """# 새벽의 빛

새벽 두 시, 서울의 골목은 비어 있었다. 사진가는 카메라를 들고 천천히 걸었고, 가로등 아래에서 걸음을 멈추었다. “아무도 없다”고 그는 적었다. 1984년에 찍은 12장의 사진이 Leica M6와 함께 남았다.

- 첫째
- 둘째
"""

JAPANESE = """# 冬の道

冬の海岸通りを、写真家は一人で歩いていた。「寒いですね」と、漁師が言った。カメラは古いライカで、フィルムは三十六枚しか残っていなかった。ﾊﾝｶｸと１２３、そしてABCの文字も混ざる。

が行と「ぱ」の点、长い音ー、句読点。
"""

CHINESE = """# 冬天的路

清晨，摄影师沿着海岸公路走着。“真冷啊！”渔夫说。相机是一台旧莱卡，胶卷只剩下三十六张；他慢慢地按下快门，直到1984年的最后一个早晨。

漢字的繁體與简体，在同一頁上。
"""

BRAHMIC = """# Two scripts that turn their letters round

हिन्दी में किताब और क्षत्रिय; विद्यार्थी श्रीमती के साथ। प्रकृति में रंग हैं।

ภาษาไทยไม่มีช่องว่างระหว่างคำ น้ำที่นี่ใสสะอาด ทั้งหมดนี้เป็นเรื่องจริง
"""


@dataclass(frozen=True)
class Book:
    """A book to build, and the fonts that it needs."""

    name: str
    language: str
    text: str
    captions: list[str]
    fonts: list[Path] = field(default_factory=list)

    def manifest(self) -> str:
        """The manifest as JSON, which is valid YAML."""
        plates: list[dict[str, object]] = [
            {"photo": PHOTO, "caption": caption, "alt": "a chart"} for caption in self.captions
        ]
        chapter = {"chapter": self.text.splitlines()[0].lstrip("# "), "intro": self.captions[0] + "\n"}
        fonts = {"fallback": [str(font) for font in self.fonts]}
        pages = [{"text": self.text}, chapter, *plates]
        title = self.text.splitlines()[0].lstrip("# ")
        extra = {"fonts": fonts} if self.fonts else {}
        return json.dumps({"title": title, "language": self.language, "pages": pages} | extra)


# Two languages on each page, and characters that readers of PDFs treat in their own ways.
TOGETHER = {
    "languages-together": ["en", "ar"],
    "title": {"en": "Winter Road", "ar": "طريق الشتاء"},
    "pages": [
        {
            "chapter": {"en": "Harbour", "ar": "ميناء"},
            "intro": {"en": "Cold.[^1]\n\n[^1]: Very.\n", "ar": "بارد.[^1]\n\n[^1]: جدا.\n"},
        },
        {
            "photo": PHOTO,
            "caption": {"en": "A\u00adbay\u200b at\u2060 [night](https://example.com/) ☺", "ar": "خليج"},
            "alt": {"en": "a chart", "ar": "رسم"},
        },
        {"photo": PHOTO, "layout": "spread", "alt": "", "caption": {"en": "Ice\ufeff", "ar": "جليد"}},
    ],
}

# Other books of the specimen, with one of their languages.
OTHER_SPECIMENS = [
    ("arabic", ""), ("hebrew", ""), ("asian", "ja"), ("asian", "zh-Hans"), ("asian", "ko"), ("languages", "de"),
    ("languages", "fr"), ("exhibition", ""), ("mine", ""), ("modern", ""), ("upright", ""),
]  # fmt: skip

BOOKS = [
    Book("latin", "en", LATIN, ["The harbour at *first light*, with كِتَابٌ and שָׁלוֹם."]),
    Book("latin-notes", "de", LATIN, ["Der Hafen im ersten Licht."]),
    Book("greek", "en", GREEK, ["Ωκεανός, океан, ocean."]),
    Book("arabic", "ar", ARABIC, ["مِينَاءٌ عِنْدَ الفَجْرِ.", "طريق في الجبل، Nes 2026"]),
    Book("hebrew", "he", HEBREW, ["נָמֵל בְּאוֹר רִאשׁוֹן.", "דרך בהרים (Nes, 2026)"]),
    Book("korean", "ko", KOREAN, ["항구의 첫 빛.", "가장 긴 캡션은 두 줄이 될 수 있다"], [CJK]),
    Book("japanese", "ja", JAPANESE, ["夜明けの港。", "「道」、山へ。"], [CJK]),
    Book("chinese", "zh-Hans", CHINESE, ["黎明的港口。", "山路，2026年"], [CJK]),
    Book("brahmic", "en", BRAHMIC, ["किताब and ที่นี่."], [DEVANAGARI, THAI]),
]


def problems(recto: Path, book: Path, folder: Path) -> Iterator[str]:
    """The problems in the PDFs of one book."""
    command = [recto, "build", book, "-o", folder, "--only", "print,screen", "-q"]
    done = subprocess.run([*command, "--cache", folder.parent / "cache"], capture_output=True, text=True)
    if done.returncode:
        yield f"the build failed: {done.stderr}{done.stdout}"
        return
    manifest = Manifest.read(book)
    expected = [*manifest.captions, *manifest.chapters, *manifest.paragraphs]
    pdfs = sorted(folder.glob("*.pdf"))
    if len(pdfs) != 2 or not expected:
        yield f"{len(pdfs)} PDFs and {len(expected)} texts"
    for pdf in pdfs:
        pages = pdf_pages(pdf)
        yield from (f"{text!r} is missing in {pdf.name}" for text in missing_texts(pages, expected))
        yield from (f"{pdf.name} contains U+{ord(character):04X}" for character in unexpected_characters(pages))
        if pdf.name.endswith("-print.pdf"):
            yield from (f"{pdf.name}: {violation.rule.id}: {violation.message}" for violation in violations(Document(pdf)))
        else:
            yield from inaccessible(pdf)


def inaccessible(pdf: Path) -> Iterator[str]:
    """What keeps a screen PDF from being PDF/A-2b and PDF/UA-1."""
    if claims(pdf) != ["2b", "ua1"]:
        yield f"{pdf.name} claims {claims(pdf)}"
    yield from map(str, conformance_violations([pdf], ["2b", "ua1"]))


def problems_on_screen(recto: Path, manifest: Path, language: str, folder: Path) -> Iterator[str]:
    """The problems in the screen PDF of a book in one of its languages."""
    command = [recto, "build", manifest, "-o", folder, "--only", "screen", "-q"]
    command += ["--language", language] if language else []
    done = subprocess.run([*command, "--cache", folder.parent / "cache"], capture_output=True, text=True)
    if done.returncode:
        yield f"the build failed: {done.stderr}{done.stdout}"
        return
    for pdf in folder.glob("*.pdf"):
        yield from inaccessible(pdf)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    arguments = parser.parse_args()
    recto, messages, failed = arguments.recto.resolve(), [], 0
    with tempfile.TemporaryDirectory() as name:
        folders = {"specimen": SPECIMEN}
        for book in BOOKS:
            missing = [font.name for font in book.fonts if not font.exists()]
            if missing:
                print(f"skipped: {book.name}, which needs {', '.join(missing)}")
                continue
            folders[book.name] = Path(name) / book.name
            folders[book.name].mkdir()
            (folders[book.name] / "book.yaml").write_text(book.manifest(), "utf-8")
        for title, folder in folders.items():
            found = list(problems(recto, folder, Path(name) / f"{title}-out"))
            failed += bool(found)
            messages += [f"{title}: {problem}" for problem in found]
        together = Path(name) / "together.yaml"
        together.write_text(json.dumps(TOGETHER), "utf-8")
        screens = [(SPECIMEN / f"{book}.yaml", language) for book, language in OTHER_SPECIMENS]
        screens.append((together, ""))
        for number, (manifest, language) in enumerate(screens):
            found = list(problems_on_screen(recto, manifest, language, Path(name) / f"screen-{number}"))
            failed += bool(found)
            messages += [f"{manifest.stem} {language}: {problem}" for problem in found]
    print(*messages, sep="\n", end="\n" if messages else "")
    print(f"{len(folders) + len(screens)} books checked, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
