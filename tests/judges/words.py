"""The words: what the manifest says is what every edition says."""

import re
import subprocess
import unicodedata
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from check import Built, check
from manifest import MARK

# Typography may change these, and no reader would call the words others.
SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛‹›", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑–—−", "-"),
        "…": "...",
        # Marks of direction, which a reader may put in or leave out.
        **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)

# An essay with more notes than these would be a strange one.
MOST_NOTES = 40

# The least of a paragraph that a page may end with, to tell it from chance.
FOOT = 20


def key(text: str) -> str:
    """A text as it is compared: hyphens gone, signs made plain, every space one space."""
    text = re.sub(r"\u00ad\s*", "", unicodedata.normalize("NFC", text)).translate(SIGNS)
    return re.sub(r"\s+", " ", re.sub(r"-+[ \t]*\n?", "", text)).strip()


def holds(pages: list[str], words: str) -> bool:
    """Whether the words stand on one page, or run on from the foot of one to the next."""
    if any(words in page for page in pages):
        return True
    for number, page in enumerate(pages[:-1], 1):
        head = bisect_left(range(len(words)), True, key=lambda end: words[: end + 1] not in page)
        if head >= FOOT and runs_on(pages[number:], words[head:].strip()):
            return True
    return False


def runs_on(pages: list[str], words: str) -> bool:
    """Whether the rest of a paragraph stands on the first page, or runs on from there."""
    if words in pages[0]:
        return True
    head = bisect_left(range(len(words)), True, key=lambda end: words[: end + 1] not in pages[0])
    return head >= FOOT and len(pages) > 1 and runs_on(pages[1:], words[head:].strip())


def pdf_pages(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")


def ebook_documents(ebook: Path) -> list[str]:
    with zipfile.ZipFile(ebook) as archive:
        documents = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return ["".join(etree.fromstring(archive.read(name)).itertext()) for name in documents]


def editions(built: Built) -> Iterator[tuple[str, list[str]]]:
    for pdf in (built.print, built.screen):
        yield pdf.name, pdf_pages(pdf)
    for ebook in built.ebooks:
        yield ebook.name, ebook_documents(ebook)


def numbered(words: str) -> Iterator[str]:
    """The words as editions may have them: without the marks of notes, or with their numbers."""
    yield words.replace(MARK, "")
    parts = words.split(MARK)
    if len(parts) > 1:
        for first in range(1, MOST_NOTES):
            numbers = (str(first + index) for index in range(len(parts)))
            yield "".join(part + number for part, number in zip(parts[:-1], numbers)) + parts[-1]


def missing(built: Built, promised: list[str]) -> Iterator[str]:
    if not promised:
        yield "the manifest promises none"
    for name, pages in editions(built):
        keys = [key(page) for page in pages]
        for words in promised:
            if not any(holds(keys, key(way)) for way in numbered(words)):
                yield f"{name} lacks {words.replace(MARK, '')!r}"


@check("every caption is in every edition, word for word")
def captions(built: Built) -> Iterator[str]:
    yield from missing(built, built.manifest.captions)


@check("every paragraph is in every edition, word for word")
def paragraphs(built: Built) -> Iterator[str]:
    yield from missing(built, built.manifest.paragraphs)


@check("every text comes out as letters, no ligature among them and nothing unknown")
def letters(built: Built) -> Iterator[str]:
    for name, pages in editions(built):
        odd = set(re.findall(r"[\ufb00-\ufb06\ue000-\uf8ff\ufffd]", "".join(pages)))
        for sign in sorted(odd):
            yield f"{name} holds U+{ord(sign):04X}"


CHECKS = [captions, paragraphs, letters]
