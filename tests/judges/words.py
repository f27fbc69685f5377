"""The words: what the manifest says is what every edition says."""

import re
import subprocess
import unicodedata
import zipfile
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
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("—−", "–"),
        "…": "...",
        # Marks of direction, which a reader may put in or leave out.
        **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)

# An essay with more notes than these would be a strange one.
MOST_NOTES = 40

# The least of a paragraph that a page may end with, to tell it from chance.
FOOT = 20

# Thai and Lao, Burmese, Khmer: like ideographs, they go on in the next line without a space.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def key(text: str) -> str:
    """A text as it is compared: soft hyphens gone, signs made plain, spaces one space each,
    and the ends of lines as they are."""
    text = re.sub(r"\u00ad\s*", "", unicodedata.normalize("NFC", text)).translate(SIGNS)
    text = re.sub(r"-{2,3}", "–", text)
    return re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def breaks(before: str, after: str) -> bool:
    """Whether a line may end between two letters with neither space nor hyphen."""
    if unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF":
        return True
    return bool(UNSPACED.match(after)) or not (before.isalnum() and after.isalnum())


def length(page: str, words: str, start: int) -> int:
    """How many of the words stand on the page from there on. A line may end at a space, at a
    hyphen, which pdftotext takes out, or between letters of scripts that know no spaces."""
    at, said = start, 0
    while said < len(words) and at < len(page):
        if page[at] == words[said]:
            at, said = at + 1, said + 1
        elif page[at] == "\n" and words[said] == " ":
            at, said = at + 1, said + 1
        elif page[at] == "\n" and said and breaks(words[said - 1], words[said]):
            at += 1
        elif words[said] == "-":
            said += 1
        else:
            break
    return said


def longest(page: str, words: str) -> int:
    """How many of the words stand on a page, at most."""
    starts = (found.start() for found in re.finditer(re.escape(words[:1]), page))
    return max((length(page, words, start) for start in starts), default=0)


def holds(pages: list[str], words: str) -> bool:
    """Whether the words stand on one page, or run on from the foot of one to the next."""
    words = words.replace("\n", " ")
    return any(runs_on(pages[number:], words) for number in range(len(pages)))


def runs_on(pages: list[str], words: str) -> bool:
    """Whether the words stand on the first page, or run on from there."""
    said = longest(pages[0], words)
    if said == len(words):
        return True
    return said >= FOOT and len(pages) > 1 and runs_on(pages[1:], words[said:].strip())


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
        for words in lacking(pages, promised):
            yield f"{name} lacks {words!r}"


def lacking(pages: list[str], promised: list[str]) -> Iterator[str]:
    """Those of the words that do not stand on the pages."""
    keys = [key(page) for page in pages]
    for words in promised:
        if not any(holds(keys, key(way)) for way in numbered(words)):
            yield words.replace(MARK, "")


@check("every caption is in every edition, word for word")
def captions(built: Built) -> Iterator[str]:
    yield from missing(built, built.manifest.captions)


@check("every paragraph is in every edition, word for word")
def paragraphs(built: Built) -> Iterator[str]:
    yield from missing(built, built.manifest.paragraphs)


@check("every text comes out as letters, no ligature among them and nothing unknown")
def letters(built: Built) -> Iterator[str]:
    for name, pages in editions(built):
        yield from (f"{name} holds U+{ord(sign):04X}" for sign in strange(pages))


def strange(pages: list[str]) -> list[str]:
    """Signs that are no letters: ligatures, private ones, what stands for the unknown."""
    return sorted(set(re.findall(r"[\ufb00-\ufb06\ue000-\uf8ff\ufffd\u2060]", "".join(pages))))


CHECKS = [captions, paragraphs, letters]
