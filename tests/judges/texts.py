"""Texts: every text of the manifest is in every edition."""

import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from check import Built, check
from manifest import REFERENCE

# Typography may replace these characters by one another.
EQUIVALENTS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛‹›", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("—−", "–"),
        "…": "...",
        # Direction marks, which PDF readers may add or leave out.
        **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)

# The highest number of notes in an essay.
MAX_NOTES = 40

# The shortest part of a paragraph at the end of a page that counts as a match.
MIN_MATCH = 20

# Thai, Lao, Burmese and Khmer continue on the next line without a space, as ideographs do.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def normalized(text: str) -> str:
    """A text for comparison: without soft hyphens, with plain punctuation and single spaces, and
    with the line ends as they are."""
    text = re.sub(r"\u00ad\s*", "", unicodedata.normalize("NFC", text)).translate(EQUIVALENTS)
    text = re.sub(r"-{2,3}", "–", text)
    return re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two letters with neither space nor hyphen."""
    if unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF":
        return True
    return bool(UNSPACED.match(after)) or not (before.isalnum() and after.isalnum())


def match_length(page: str, text: str, start: int) -> int:
    """How many characters of the text are on the page from this position. A line may end at a
    space, at a hyphen, which pdftotext removes, or between letters of scripts without spaces."""
    at, matched = start, 0
    while matched < len(text) and at < len(page):
        if page[at] == text[matched]:
            at, matched = at + 1, matched + 1
        elif page[at] == "\n" and text[matched] == " ":
            at, matched = at + 1, matched + 1
        elif page[at] == "\n" and matched and may_break(text[matched - 1], text[matched]):
            at += 1
        elif text[matched] == "-":
            matched += 1
        else:
            break
    return matched


def longest_match(page: str, text: str) -> int:
    """The most characters of the text that match anywhere on a page."""
    starts = (found.start() for found in re.finditer(re.escape(text[:1]), page))
    return max((match_length(page, text, start) for start in starts), default=0)


def contains(pages: list[str], text: str) -> bool:
    """Whether the text is on one page, or continues from the end of one page on the next."""
    text = text.replace("\n", " ")
    return any(continues(pages[number:], text) for number in range(len(pages)))


def continues(pages: list[str], text: str) -> bool:
    """Whether the text is on the first page, or begins there and continues."""
    matched = longest_match(pages[0], text)
    if matched == len(text):
        return True
    return matched >= MIN_MATCH and len(pages) > 1 and continues(pages[1:], text[matched:].strip())


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


def with_references(text: str) -> Iterator[str]:
    """The text as editions may have it: without note references, or with their numbers, which in
    English follow the punctuation."""
    yield text.replace(REFERENCE, "")
    for form in dict.fromkeys((text, re.sub(f"({REFERENCE})([.,;:!?]+)", r"\2\1", text))):
        parts = form.split(REFERENCE)
        if len(parts) > 1:
            for first in range(1, MAX_NOTES):
                numbers = (str(first + index) for index in range(len(parts)))
                yield "".join(part + number for part, number in zip(parts[:-1], numbers)) + parts[-1]


def missing(built: Built, expected: list[str]) -> Iterator[str]:
    if not expected:
        yield "the manifest has none"
    for name, pages in editions(built):
        for text in missing_texts(pages, expected):
            yield f"{text!r} is missing in {name}"


def missing_texts(pages: list[str], expected: list[str]) -> Iterator[str]:
    """The texts that are not on the pages."""
    keys = [normalized(page) for page in pages]
    for text in expected:
        if not any(contains(keys, normalized(form)) for form in with_references(text)):
            yield text.replace(REFERENCE, "")


@check("every caption is in every edition, word for word")
def captions(built: Built) -> Iterator[str]:
    yield from missing(built, built.manifest.captions)


@check("every paragraph is in every edition, word for word")
def paragraphs(built: Built) -> Iterator[str]:
    yield from missing(built, built.manifest.paragraphs)


@check("extracted text has no ligatures, private or unknown characters")
def letters(built: Built) -> Iterator[str]:
    for name, pages in editions(built):
        yield from (f"{name} contains U+{ord(character):04X}" for character in unexpected_characters(pages))


def unexpected_characters(pages: list[str]) -> list[str]:
    """Ligatures, private characters and replacement characters."""
    return sorted(set(re.findall(r"[\ufb00-\ufb06\ue000-\uf8ff\ufffd\u2060]", "".join(pages))))


CHECKS = [captions, paragraphs, letters]
