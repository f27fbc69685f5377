"""The photos and texts in book.yaml; texts as plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from lxml import html
from markdown_it import MarkdownIt

# Replaces links and note references, where editions may have a number. No text contains it.
REFERENCE = "\ufdd0"
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre")

# Beyond CommonMark: note references, notes, and the meanings of terms.
NOTE_REFERENCE = re.compile(r"\[\^[^\]\s]+\](?!:)")
NOTE = re.compile(r"^\[\^[^\]\s]+\]: *", re.MULTILINE)
MEANING = re.compile(r"^: +", re.MULTILINE)


@dataclass(frozen=True)
class Manifest:
    """The photos and texts of a manifest, in the order of its pages."""

    photos: list[Path]
    captions: list[str]
    chapters: list[str]
    paragraphs: list[str]

    @staticmethod
    def read(book: Path) -> "Manifest":
        """Reads the book.yaml of a book's folder."""
        pages = yaml.safe_load((book / "book.yaml").read_text("utf-8"))["pages"]
        return Manifest(
            photos=[photo for page in pages for photo in photos(book, page)],
            captions=[line for page in pages for line in plain(page.get("caption", ""))],
            chapters=[line for page in pages for line in plain(page.get("chapter", ""))],
            paragraphs=[line for page in pages for line in prose(book, page)],
        )


def photos(book: Path, page: dict[str, Any]) -> Iterator[Path]:
    if "photo" in page:
        yield book / page["photo"]
    patterns = page.get("photos", [])
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        yield from sorted(book.glob(pattern))


def prose(book: Path, page: dict[str, Any]) -> Iterator[str]:
    """The paragraphs of the text of a page, which is in a file or in the manifest."""
    for key in ("text", "intro"):
        text = page.get(key, "")
        if text.endswith(".md") and "\n" not in text:
            text = (book / text).read_text("utf-8")
        yield from plain(text)


def plain(markdown: str) -> list[str]:
    """The headings, paragraphs and list items of a Markdown text, without markup, with
    `REFERENCE` after every link and for every note reference."""
    markdown = MEANING.sub("\n", NOTE.sub("\n", NOTE_REFERENCE.sub(REFERENCE, markdown)))
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    if not rendered.strip():
        return []
    tree = html.fragment_fromstring(rendered, create_parent=True)
    for link in tree.iter("a"):
        link.tail = REFERENCE + (link.tail or "")
    leaves = [block for block in tree.iter(*BLOCKS) if next(block.iterdescendants(*BLOCKS), None) is None]
    return [text for leaf in leaves if (text := leaf.text_content().strip())]
