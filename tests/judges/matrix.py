"""E-books of every kind before EPUBCheck, Ace and foliate-js: matrix.py RECTO

The specimen, a book that is read from right to left, a German one, a Korean one, one of many
plates (500, or --plates), one of long captions, one whose words mean harm, and one for each
store, all of them in both layouts; and a Japanese one where Debian's fonts-noto-cjk is.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ebooks import findings_of_ace, messages_of_epubcheck

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT / "tests/specimen/photos"
HANGUL = ROOT / "book/fonts/RectoHangul-Regular.otf"
CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
SCREENS = Path(__file__).with_name("screens.mjs")
# Scripts whose lines a reading system may set otherwise than print does.
ON_SCREEN = ("arabic", "german", "korean", "specimen", "specimen-ja", "specimen-zh-Hans", "specimen-ko", "japanese")
# Where captions are long, every window counts in which they and their pictures are short of room.
NARROW = "least,phone,turned,desk,least-largest,turned-largest,desk-larger"
STORES = ("apple", "kobo", "kdp", "google", "all")

HOSTILE = "<script>alert(1)</script> ]]> & &amp; <!-- \u202e back \u202c \u200b <b a=\"'\">"

GERMAN = (
    'Die Küstenstraße endet hinter der Werft, sagt man im Ort, und wer "weiter" will, der geht zu Fuß. '
    "Vom Fähranleger aus sind es zwei Stunden bis zum Leuchtturm -- bei Ebbe anderthalb.\n\n"
    "- Hafen\n- Werft\n- Leuchtturm\n"
)


@dataclass(frozen=True)
class Book:
    """A book to be built: a manifest, or the path of one; and in which of its languages."""

    name: str
    manifest: str | Path
    language: str | None = None


def plate(photo: str, caption: str, alt: str = "a chart of ten by ten fields") -> dict[str, str]:
    return {"photo": str(PHOTOS / photo), "caption": caption, "alt": alt}


def written(title: str, pages: list[dict[str, object]], **keys: object) -> str:
    """A manifest as JSON, which is YAML."""
    return json.dumps({"title": title, "pages": pages} | keys)


def books(plates: int) -> list[Book]:
    few = [plate("landscape.jpg", "One."), plate("upright.jpg", "Two.")]
    arabic = [
        {"text": "# مقدمة\n\nالضوء يسافر من الشرق إلى الغرب، والكتاب يُقرأ من اليمين إلى اليسار."},
        plate("landscape.jpg", "ميناء عند الفجر", "رسم من مئة مربع"),
        plate("upright.jpg", "طريق في الجبل", "رسم طويل من مئة مربع"),
    ]
    german = [
        {"text": f"# Vorwort\n\n{GERMAN}"},
        {"chapter": "Erster Teil", "intro": "Was im Januar geschah[^1].\n\n[^1]: Und im Februar."},
        plate("landscape.jpg", "Der Hafen bei »erstem Licht«.", "eine Tafel aus zehn mal zehn Feldern"),
        plate("upright.jpg", "Die Straße von Nes nach Süden.", "eine hohe Tafel aus hundert Feldern"),
    ]
    korean = [{"text": "# 서울\n\n새벽 두 시"}, plate("landscape.jpg", "새벽 두 시", "두 시")]
    said = "The ferry leaves at seven, with the post, the bread and whoever has a boat to catch. "
    captions = [
        plate(photo, f"{said * 12}"[:length].strip(), "a chart")
        for length in (600, 900)
        for photo in ("landscape.jpg", "upright.jpg", "square.jpg")
    ]
    large = [plate("square.jpg", f"Number {number}.") for number in range(1, plates + 1)]
    hostile = [{"text": f"# {HOSTILE}\n\n{HOSTILE}"}, plate("square.jpg", HOSTILE, HOSTILE)]
    found = [
        Book("specimen", ROOT / "tests/specimen"),
        Book("arabic", written("ضوء", arabic, language="ar")),
        Book("german", written("Winterstraße", german, language="de", subtitle="Zwölf Bilder von der Küste")),
        Book("korean", written("서울", korean, language="ko", fonts={"fallback": [str(HANGUL)]})),
        Book("captions", written("Long Captions", captions)),
        Book("large", written("Many Plates", large, print={"trim": "100 x 100 mm"})),
        Book("hostile", written(HOSTILE, hostile, description=HOSTILE, publisher=HOSTILE)),
    ]
    asian = ROOT / "tests/specimen/asian.yaml"
    found += [Book(f"specimen-{tag}", asian, tag) for tag in ("ja", "zh-Hans", "ko")]
    # Of a font of twenty megabytes, the e-books get the letters that they show.
    if CJK.exists():
        japanese = [{"text": "# 東京\n\n夜明けの二時、霧の中の「湖」。1926年のこと、NASAのoffice of timeでは。"}, plate("landscape.jpg", "夜明け", "朝")]
        found.append(Book("japanese", written("冬の道", japanese, language="ja", fonts={"serif": [str(CJK)]})))
    return found + [Book(store, written(store, few, ebook={"store": store})) for store in STORES]


def built(recto: Path, book: Book, folder: Path) -> list[Path]:
    out = folder / book.name
    out.mkdir()
    manifest = book.manifest
    if isinstance(manifest, str):
        manifest = out / "book.yaml"
        manifest.write_text(str(book.manifest), "utf-8")
    command = [recto, "build", manifest, "-o", out, "--only", "epub,epub-fixed", "-q"]
    command += ["--cache", folder / "cache"]
    if book.language:
        command += ["--language", book.language]
    told = subprocess.run(command, capture_output=True, text=True)
    if told.returncode:
        sys.exit(f"{book.name}: {told.stderr}{told.stdout}")
    return sorted(out.glob("*.epub"))


def faults_in_narrow_windows(ebook: Path) -> Iterator[str]:
    return faults_on_screen(ebook, NARROW)


def faults_on_screen(ebook: Path, windows: str = "desk") -> Iterator[str]:
    """Each line of each page as wide as in print, nothing cut off, and the rest of it."""
    with tempfile.TemporaryDirectory() as config:
        command = ["node", SCREENS, ebook, Path(config) / "screens", windows]
        environment = os.environ | {"XDG_CONFIG_HOME": config}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        yield f"{ebook.name}: {done.stderr.strip()}"
    else:
        yield from (f"{ebook.name}: {fault}" for fault in json.loads(done.stdout))


def too_large(ebook: Path) -> Iterator[str]:
    """Two photos and some letters; the font that these were taken from has 20 MB and more."""
    size = ebook.stat().st_size
    if size > 2_000_000:
        yield f"{ebook.name} has {size / 1e6:.1f} MB"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    parser.add_argument("--plates", type=int, default=500, help="in the largest book")
    arguments = parser.parse_args()
    recto, all_books = arguments.recto.resolve(), books(arguments.plates)
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = Path(name)
        made = [(book, ebook) for book in all_books for ebook in built(recto, book, folder)]
        checks = [(book, ebook, messages_of_epubcheck) for book, ebook in made]
        checks += [(book, ebook, findings_of_ace) for book, ebook in made]
        checks += [(book, ebook, faults_on_screen) for book, ebook in made if book.name in ON_SCREEN]
        checks += [(book, ebook, faults_in_narrow_windows) for book, ebook in made
                   if book.name == "captions" and not ebook.stem.endswith("-fixed")]
        checks += [(book, ebook, too_large) for book, ebook in made if book.name == "japanese"]
        faults = list(pool.map(lambda check: list(check[2](check[1])), checks))
    for (book, ebook, _), told in zip(checks, faults, strict=True):
        for fault in told:
            print(f"{book.name}: {fault}")
    failed = sum(map(bool, faults))
    print(f"{len(made)} e-books, {len(checks) - failed} checks passed, {failed} failed")
    return int(failed > 0 or len(made) != 2 * len(all_books))


if __name__ == "__main__":
    sys.exit(main())
