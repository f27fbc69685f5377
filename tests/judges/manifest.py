"""What book.yaml promises: its photos, and its words as plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from lxml import html
from markdown_it import MarkdownIt

# Where a link or a note is called, an edition may put a number; no text holds this sign.
MARK = "\ufdd0"
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre")

# What CommonMark lacks: where a note is called, what it says, and what a term means.
CALL = re.compile(r"\[\^[^\]\s]+\](?!:)")
NOTE = re.compile(r"^\[\^[^\]\s]+\]: *", re.MULTILINE)
MEANING = re.compile(r"^: +", re.MULTILINE)


@dataclass(frozen=True)
class Manifest:
    """The promises of a manifest, in the order of its pages."""

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
    """The paragraphs of a page's text, be it a file or written in place."""
    for key in ("text", "intro"):
        text = page.get(key, "")
        if text.endswith(".md") and "\n" not in text:
            text = (book / text).read_text("utf-8")
        yield from plain(text)


def plain(markdown: str) -> list[str]:
    """The headings, paragraphs and list items of a Markdown text, without their marks, but for
    a `MARK` behind every link and where a note is called."""
    markdown = MEANING.sub("\n", NOTE.sub("\n", CALL.sub(MARK, markdown)))
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    if not rendered.strip():
        return []
    tree = html.fragment_fromstring(rendered, create_parent=True)
    for link in tree.iter("a"):
        link.tail = MARK + (link.tail or "")
    leaves = [block for block in tree.iter(*BLOCKS) if next(block.iterdescendants(*BLOCKS), None) is None]
    return [words for leaf in leaves if (words := leaf.text_content().strip())]
