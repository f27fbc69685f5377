"""Opens offline editions from their files in browsers without a network: offline.py RECTO [FOLDER]

The sample, the specimen, books in Arabic, Hebrew and Japanese, and one in two languages, each as
an archive, a folder and a single file; and a book of 500 plates. FOLDER gets screenshots.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lxml import etree
from PIL import Image, ImageDraw

from pictures import HARMLESS, PICTURES
from texts import normalized

ROOT = Path(__file__).resolve().parents[2]
SPECIMEN = ROOT / "tests/specimen"
SCRIPT = Path(__file__).with_name("offline.mjs")
XHTML = "{http://www.w3.org/1999/xhtml}"
FORMS = ("zip", "folder", "file")

# File names that Windows reserves for devices, with any extension.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
MAX_NAME = 64

PLATES = 500
PLATE_SIZE = (1200, 800)
# A reader waits so long before the cover without noticing it as a wait (Nielsen 1993, 5.5).
MAX_PAINTED = 1000  # ms
# All plates decoded take 500 * 1200 * 800 * 4 bytes = 1.9 GB. A browser that may drop those that are
# not in sight needs its cache of some 500 MB, the compressed pictures, and the page itself.
MAX_MEMORY = 1000e6


@dataclass(frozen=True)
class Book:
    """A book to build, by its manifest, and what the browsers do with it."""

    name: str
    manifest: Path
    language: str | None = None
    # More checks in Chromium (offline.mjs), and the form with which they are made.
    checks: tuple[str, ...] = ()
    checked_form: str = "zip"
    # Whether the folder is built without what is known from the archive.
    is_built_twice: bool = False


@dataclass
class Edition:
    """A form of a book: the page to open, and the folder with all its files."""

    book: Book
    form: str
    page: Path
    # None if the page is the only file.
    folder: Path | None
    # Everything that recto wrote.
    out: Path
    problems: list[str] = field(default_factory=list)


def languages_together(sample: Path) -> None:
    """Makes the manifest of the specimen in two languages at once."""
    text = (sample / "languages.yaml").read_text("utf-8")
    (sample / "together.yaml").write_text(f"{text}\nlanguages-together: [de, en]\n", "utf-8")


def books(folder: Path) -> list[Book]:
    """Copies of the books, with manifests to change."""
    sample, specimen = folder / "sample", folder / "specimen"
    shutil.copytree(ROOT / "book", sample, ignore=shutil.ignore_patterns("dist"))
    shutil.copytree(SPECIMEN, specimen, ignore=shutil.ignore_patterns("dist", "pages"))
    languages_together(specimen)
    return [
        Book("sample", sample / "book.yaml", checks=("viewer", "print"), is_built_twice=True),
        Book("specimen", specimen / "book.yaml"),
        Book("arabic", specimen / "arabic.yaml"),
        Book("hebrew", specimen / "hebrew.yaml"),
        Book("japanese", specimen / "asian.yaml", language="ja"),
        Book("together", specimen / "together.yaml"),
    ]


def with_offline(manifest: Path, name: str, keys: str) -> Path:
    """A manifest in the same folder whose key `offline` has these keys."""
    text = re.sub(r"^offline:.*\n(?:[ \t]+.*\n)*", "", manifest.read_text("utf-8"), flags=re.MULTILINE)
    path = manifest.with_name(f"{manifest.stem}-{name}.yaml")
    path.write_text(f"{text}\noffline: {{ {keys} }}\n", "utf-8")
    return path


def run(recto: Path, manifest: Path, out: Path, *options: object) -> None:
    command = [recto, "build", manifest, "-o", out, "-q", *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{manifest.name}: {done.stderr}{done.stdout}")


def built(recto: Path, book: Book, form: str, folder: Path) -> Edition:
    out = folder / f"{book.name}-{form}"
    # The archive has all that readers get; the folder must have the same files.
    include = "" if form == "file" else ", include: [epub, screen]"
    manifest = with_offline(book.manifest, form, f"form: {form}{include}")
    options = ["--only", "epub,offline" if form == "zip" else "offline"]
    # Neither the cache nor the number of threads changes a byte.
    is_anew = form == "folder" and book.is_built_twice
    options += ["--no-cache", "--jobs", 1] if is_anew else ["--cache", folder / "cache"]
    if book.language:
        options += ["--language", book.language]
    run(recto, manifest, out, *options)
    if form == "file":
        [page] = out.glob("*-offline.html")
        return Edition(book, form, page, None, out)
    if form == "folder":
        [contents] = out.glob("*-offline")
    else:
        [archive] = out.glob("*-offline.zip")
        contents = out / "unpacked"
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(contents)
    return Edition(book, form, contents / "index.html", contents, out)


def files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def sums(folder: Path) -> Iterator[str]:
    """SHA256SUMS lists all files of the folder but itself, with their checksums."""
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files(folder).items()}
    if "SHA256SUMS" not in found:
        yield "there is no SHA256SUMS"
        return
    del found["SHA256SUMS"]
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    for name in sorted(found.keys() | listed.keys()):
        if found.get(name) != listed.get(name):
            yield f"SHA256SUMS: {name} is not listed, not there, or has another checksum"


def unsafe_names(names: list[str]) -> Iterator[str]:
    """Names that a file system of a stick or a camera (FAT) may not take."""
    for name in names:
        for part in PurePosixPath(name).parts:
            if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", part) or part.endswith("."):
                yield f"{name!r} has characters that not all file systems take"
            if RESERVED.fullmatch(part) or len(part) > MAX_NAME:
                yield f"{name!r} is reserved on Windows, or longer than {MAX_NAME} characters"
    lower: dict[str, str] = {}
    for name in names:
        other = lower.setdefault(name.lower(), name)
        if other != name:
            yield f"{name} and {other} differ only in case"


def metadata(folder: Path) -> Iterator[str]:
    """What the pictures say beyond their pixels; the books keep nothing."""
    pictures = [path for path in folder.rglob("*") if path.suffix in PICTURES]
    if not pictures:
        yield "there are no pictures"
        return
    done = subprocess.run(["exiftool", "-j", "-G", *pictures], capture_output=True, check=True)
    for entry in json.loads(done.stdout):
        # A profile of colours is part of the pixels.
        told = [key for key in entry if key.split(":")[0] not in HARMLESS]
        if told:
            yield f"{Path(entry['SourceFile']).name} has {', '.join(told[:5])}"


def outside(page: Path) -> Iterator[str]:
    """Addresses that a single file would need other files for."""
    for attribute, address in re.findall(r"\s(src|srcset|data|poster)=\"([^\"]*)\"", page.read_text("utf-8")):
        if not address.startswith("data:"):
            yield f"the file needs {attribute}={address[:80]}"
    if re.search(r"<link[^>]*rel=\"stylesheet\"", page.read_text("utf-8")):
        yield "the file needs a stylesheet"


def references(folder: Path) -> Iterator[str]:
    """Each address of the page is that of a file, and each file of the page has an address."""
    page = (folder / "index.html").read_text("utf-8")
    addresses = re.findall(r"\s(?:src|href)=\"([^\"#]+)\"", page)
    for sizes in re.findall(r"\ssrcset=\"([^\"]*)\"", page):
        addresses += [part.split()[0] for part in sizes.split(",")]
    local = {address for address in addresses if not re.match(r"[a-z]+:", address)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    yield from (f"the page refers to {name}, which is not there" for name in sorted(local - there))
    yield from (f"nothing refers to {name}" for name in sorted(there - local) if name.startswith("book/"))


def bare(text: str) -> str:
    """A text without spaces: browsers and e-books end lines in different places."""
    return re.sub(r"\s", "", normalized(text))


def ebook_paragraphs(ebook: Path) -> Iterator[str]:
    """The paragraphs, headings and cells of an e-book, without those of its navigation, whose
    titles are labels of the edition."""
    leaves = {f"{XHTML}{name}" for name in ("p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "pre", "figcaption")}
    with zipfile.ZipFile(ebook) as archive:
        for name in archive.namelist():
            if not name.endswith(".xhtml"):
                continue
            for element in etree.fromstring(archive.read(name)).iter(*leaves):
                if any(inner.tag in leaves for inner in element.iterdescendants()):
                    continue
                if not any(parent.tag == f"{XHTML}nav" for parent in element.iterancestors()):
                    yield " ".join(element.itertext())


def differing_words(edition: Edition, lines: list[str]) -> Iterator[str]:
    """The paragraphs of the e-book that a reader of the page does not see."""
    [ebook] = edition.out.glob("*.epub")
    page = bare("\n".join(lines))
    paragraphs = [bare(text) for text in ebook_paragraphs(ebook)]
    if sum(map(len, paragraphs)) < 100:
        yield "the e-book has no text"
    for text in paragraphs:
        if text not in page:
            yield f"the text {text[:80]!r} of the e-book is not on the page"


def check_files(editions: list[Edition]) -> None:
    """All that needs no browser."""
    by_form = {edition.form: edition for edition in editions}
    for edition in editions:
        found = edition.problems
        if edition.folder is None:
            found += outside(edition.page)
            names = [path.name for path in edition.out.iterdir()]
            if sorted(names) != ["SHA256SUMS", edition.page.name]:
                found.append(f"besides the file there are {names}")
        else:
            found += sums(edition.folder)
            found += references(edition.folder)
            found += unsafe_names([edition.folder.name if edition.form == "folder" else "x", *files(edition.folder)])
            found += metadata(edition.folder)
    zipped, plain = (files(by_form[form].folder) for form in ("zip", "folder"))
    # Only an archive has to be unpacked, as READ-ME.txt says.
    for name in sorted((zipped.keys() | plain.keys()) - {"READ-ME.txt", "SHA256SUMS"}):
        if zipped.get(name) != plain.get(name):
            by_form["folder"].problems.append(f"{name} differs from the one in the archive, or is in one of them only")


def printed(pdf: Path, lines: list[str]) -> Iterator[str]:
    """A print of the page has the text and all pictures."""
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode("utf-8")
    listed = subprocess.run(["pdfimages", "-list", pdf], capture_output=True, check=True, text=True).stdout
    count = sum(" image " in line for line in listed.splitlines())
    # The cover and twelve plates, and the small ones of the list of plates.
    if count < 13:
        yield f"the print has only {count} pictures"
    # Headings may be in capitals, and a page may end within a paragraph.
    words = bare(text).lower()
    for line in lines:
        if bare(line).lower()[:20] not in words:
            yield f"the print does not have {line[:80]!r}"


def many_plates(recto: Path, count: int, folder: Path) -> Edition:
    book = folder / "many"
    book.mkdir()
    base = Image.effect_noise(PLATE_SIZE, 12).convert("RGB")
    for number in range(1, count + 1):
        picture = base.copy()
        ImageDraw.Draw(picture).rectangle((0, 0, number * 2, 799), fill=(number % 256, 90, 120))
        picture.save(book / f"{number:03}.jpg", quality=80)
    pages = [{"photo": f"{number:03}.jpg", "caption": f"Number {number}.", "alt": f"chart {number}"} for number in range(1, count + 1)]
    keys = {"title": "Many Plates", "cover": {"photo": "001.jpg"}, "allow": ["resolution"], "pages": pages}
    manifest = book / "book.yaml"
    manifest.write_text(json.dumps(keys | {"offline": {"form": "folder", "include": []}}), "utf-8")
    out = folder / "many-out"
    run(recto, manifest, out, "--only", "offline", "--no-cache")
    [contents] = out.glob("*-offline")
    return Edition(Book("many plates", manifest, checks=("many",), checked_form="folder"), "folder", contents / "index.html", contents, out)


def opened(browser: str, editions: list[Edition], folder: Path, screenshots: Path | None) -> dict[str, dict]:
    """What offline.mjs finds in the editions, by their names."""
    tasks = []
    for edition in editions:
        name = f"{edition.book.name} ({edition.form}, {browser})"
        checks = edition.book.checks if browser == "chromium" and edition.form == edition.book.checked_form else ()
        task = {"name": name, "file": str(edition.page), "checks": checks}
        task["folder"] = str(edition.folder) if edition.folder else None
        task["print"] = str(folder / f"{edition.book.name}.pdf")
        task["screenshot"] = str(screenshots / f"{edition.book.name}-{edition.form}-{browser}.png") if screenshots else None
        tasks.append(task)
    path = folder / f"{browser}.json"
    path.write_text(json.dumps(tasks), "utf-8")
    environment = os.environ | {"XDG_CONFIG_HOME": str(folder / f"{browser}-config"), "MOZ_HEADLESS": "1"}
    done = subprocess.run(["node", SCRIPT, browser, path], env=environment, capture_output=True, text=True)
    if done.returncode:
        return {browser: {"name": browser, "problems": [done.stderr.strip()], "numbers": {}}}
    return {result["name"]: result for result in json.loads(done.stdout)}


def too_slow(numbers: dict[str, float]) -> Iterator[str]:
    if numbers.get("painted", 0) > MAX_PAINTED:
        yield f"the cover is painted after {numbers['painted']} ms"
    if numbers.get("memory", 0) > MAX_MEMORY:
        yield f"the page takes {numbers['memory'] / 1e6:.0f} MB after all plates"


def report(name: str, problems: list[str]) -> bool:
    print(f"{'FAIL' if problems else 'ok  '} {name}", flush=True)
    for problem in problems[:12]:
        print(f"       {problem}", flush=True)
    if len(problems) > 12:
        print(f"       and {len(problems) - 12} more", flush=True)
    return bool(problems)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    parser.add_argument("screenshots", type=Path, nargs="?")
    parser.add_argument("--books", help="only these, separated by commas")
    parser.add_argument("--plates", type=int, default=PLATES, help="in the largest book")
    arguments = parser.parse_args()
    recto, screenshots = arguments.recto.resolve(), arguments.screenshots
    if screenshots:
        screenshots = screenshots.resolve()
        screenshots.mkdir(parents=True, exist_ok=True)
    wanted = arguments.books.split(",") if arguments.books else None
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        chosen = [book for book in books(folder) if wanted is None or book.name in wanted]
        by_book = {book.name: [built(recto, book, form, folder) for form in FORMS] for book in chosen}
        every = [edition for editions in by_book.values() for edition in editions]
        for editions in by_book.values():
            check_files(editions)
        in_chromium = list(every)
        if wanted is None or "many" in wanted:
            in_chromium.insert(0, many_plates(recto, arguments.plates, folder))
        print(f"built after {time.monotonic() - start:.0f} s", flush=True)
        both = [("chromium", in_chromium), ("firefox", every)]
        results: dict[str, dict] = {}
        for found in pool.map(lambda it: opened(*it, folder, screenshots), both):
            results |= found
        failed = False
        for editions in by_book.values():
            for edition in editions:
                failed |= report(f"{edition.book.name} ({edition.form}), its files", edition.problems)
        editions = {f"{edition.book.name} ({edition.form}, {browser})": edition for browser, group in both for edition in group}
        for name, result in results.items():
            problems = result["problems"] + list(too_slow(result["numbers"]))
            edition = editions.get(name)
            if edition and "text" in result and edition.form == "zip":
                problems += differing_words(edition, result["text"])
                if "print" in edition.book.checks and "chromium" in name:
                    problems += printed(folder / f"{edition.book.name}.pdf", result["text"])
            numbers = ", ".join(f"{key} {value:.0f}" for key, value in result["numbers"].items())
            failed |= report(f"{name}{f': {numbers}' if numbers else ''}", problems)
        missing = editions.keys() - results.keys()
        failed |= bool(missing) and report("all editions are opened", sorted(missing))
    print(f"{len(every)} editions, {time.monotonic() - start:.0f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
