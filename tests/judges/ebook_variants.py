"""Checks e-books of many kinds with EPUBCheck, Ace and foliate-js: ebook_variants.py RECTO

The specimen, a right-to-left book, a German one, a Korean one, one with many plates (500, or
--plates), one with long captions, one with malicious texts, and one for each store, all of them
in both layouts; and a Japanese one if fonts-noto-cjk of Debian is installed.
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
# Books whose lines a reading system may typeset differently from print.
ON_SCREEN = ("arabic", "german", "korean", "specimen", "specimen-ja", "specimen-zh-Hans", "specimen-ko", "japanese")
# The windows in which there is little space for pictures with long captions.
NARROW = "smallest,phone,phone-landscape,desktop,smallest-largest,phone-landscape-largest,desktop-larger"
STORES = ("apple", "kobo", "kdp", "google", "all")

HOSTILE = "<script>alert(1)</script> ]]> & &amp; <!-- \u202e back \u202c \u200b <b a=\"'\">"

GERMAN = (
    'Die Küstenstraße endet hinter der Werft, sagt man im Ort, und wer "weiter" will, der geht zu Fuß. '
    "Vom Fähranleger aus sind es zwei Stunden bis zum Leuchtturm -- bei Ebbe anderthalb.\n\n"
    "- Hafen\n- Werft\n- Leuchtturm\n"
)


@dataclass(frozen=True)
class Book:
    """A book to build: a manifest or its path, and one of its languages."""

    name: str
    manifest: str | Path
    language: str | None = None


def plate(photo: str, caption: str, alt: str = "a chart of ten by ten fields") -> dict[str, str]:
    return {"photo": str(PHOTOS / photo), "caption": caption, "alt": alt}


def manifest(title: str, pages: list[dict[str, object]], **keys: object) -> str:
    """A manifest as JSON, which is valid YAML."""
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
    sentence = "The ferry leaves at seven, with the post, the bread and whoever has a boat to catch. "
    captions = [
        plate(photo, f"{sentence * 12}"[:length].strip(), "a chart")
        for length in (600, 900)
        for photo in ("landscape.jpg", "upright.jpg", "square.jpg")
    ]
    large = [plate("square.jpg", f"Number {number}.") for number in range(1, plates + 1)]
    hostile = [{"text": f"# {HOSTILE}\n\n{HOSTILE}"}, plate("square.jpg", HOSTILE, HOSTILE)]
    found = [
        Book("specimen", ROOT / "tests/specimen"),
        Book("arabic", manifest("ضوء", arabic, language="ar")),
        Book("german", manifest("Winterstraße", german, language="de", subtitle="Zwölf Bilder von der Küste")),
        Book("korean", manifest("서울", korean, language="ko", fonts={"fallback": [str(HANGUL)]})),
        Book("captions", manifest("Long Captions", captions)),
        Book("large", manifest("Many Plates", large, print={"trim": "100 x 100 mm"})),
        Book("hostile", manifest(HOSTILE, hostile, description=HOSTILE, publisher=HOSTILE)),
    ]
    asian = ROOT / "tests/specimen/asian.yaml"
    found += [Book(f"specimen-{tag}", asian, tag) for tag in ("ja", "zh-Hans", "ko")]
    # The e-books embed only the used characters of a font of 20 MB.
    if CJK.exists():
        japanese = [{"text": "# 東京\n\n夜明けの二時、霧の中の「湖」。1926年のこと、NASAのoffice of timeでは。"}, plate("landscape.jpg", "夜明け", "朝")]
        found.append(Book("japanese", manifest("冬の道", japanese, language="ja", fonts={"serif": [str(CJK)]})))
    return found + [Book(store, manifest(store, few, ebook={"store": store})) for store in STORES]


def build(recto: Path, book: Book, folder: Path) -> list[Path]:
    out = folder / book.name
    out.mkdir()
    path = book.manifest
    if isinstance(path, str):
        path = out / "book.yaml"
        path.write_text(str(book.manifest), "utf-8")
    command = [recto, "build", path, "-o", out, "--only", "epub,epub-fixed", "-q"]
    command += ["--cache", folder / "cache"]
    if book.language:
        command += ["--language", book.language]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{book.name}: {done.stderr}{done.stdout}")
    return sorted(out.glob("*.epub"))


def problems_in_narrow_windows(ebook: Path) -> Iterator[str]:
    return problems_on_screen(ebook, NARROW)


def problems_on_screen(ebook: Path, windows: str = "desktop") -> Iterator[str]:
    """What screens.mjs finds: lines wider than in print, clipped pictures, and so on."""
    with tempfile.TemporaryDirectory() as config:
        command = ["node", SCREENS, ebook, Path(config) / "screens", windows]
        environment = os.environ | {"XDG_CONFIG_HOME": config}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        yield f"{ebook.name}: {done.stderr.strip()}"
    else:
        yield from (f"{ebook.name}: {problem}" for problem in json.loads(done.stdout))


def too_large(ebook: Path) -> Iterator[str]:
    """Fails if the whole font of more than 20 MB is embedded with the two photos."""
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
        built = [(book, ebook) for book in all_books for ebook in build(recto, book, folder)]
        checks = [(book, ebook, messages_of_epubcheck) for book, ebook in built]
        checks += [(book, ebook, findings_of_ace) for book, ebook in built]
        checks += [(book, ebook, problems_on_screen) for book, ebook in built if book.name in ON_SCREEN]
        checks += [(book, ebook, problems_in_narrow_windows) for book, ebook in built
                   if book.name == "captions" and not ebook.stem.endswith("-fixed")]
        checks += [(book, ebook, too_large) for book, ebook in built if book.name == "japanese"]
        results = list(pool.map(lambda check: list(check[2](check[1])), checks))
    for (book, ebook, _), problems in zip(checks, results, strict=True):
        for problem in problems:
            print(f"{book.name}: {problem}")
    failed = sum(map(bool, results))
    print(f"{len(built)} e-books, {len(checks) - failed} checks passed, {failed} failed")
    return int(failed > 0 or len(built) != 2 * len(all_books))


if __name__ == "__main__":
    sys.exit(main())
