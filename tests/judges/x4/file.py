"""The file: header, identifier, filters."""

import re
from collections.abc import Iterator

from pikepdf import Array, Stream, String

from .document import Document
from .rule import rule


@rule("syntax", "ISO 15930-7:2010, conformance; ISO 32000-1, 7")
def syntax(document: Document) -> Iterator[str]:
    """The file can be read without repairs."""
    for repair in document.repairs:
        yield f"the file had to be repaired: {repair}"


@rule("header", "ISO 15930-7:2010, file header; ISO 32000-1, 7.5.2")
def header(document: Document) -> Iterator[str]:
    """The file begins with %PDF-1.6 or lower, and a comment of four high bytes."""
    match = re.match(rb"%PDF-1\.([0-9])[\r\n]+(.*)", document.head)
    if not match:
        yield f"the file begins with {document.head[:8]!r}"
        return
    if int(match[1]) > 6:
        yield f"the version in the header is 1.{int(match[1])}"
    if not re.match(rb"%[\x80-\xff]{4}", match[2]):
        yield "no comment of high bytes follows the header"
    version = document.catalog.get("/Version")
    if version is not None and str(version) > "/1.6":
        yield f"the version in the catalog is {version}"


@rule("file-id", "ISO 15930-7:2010, file identification; ISO 32000-1, 14.4")
def file_id(document: Document) -> Iterator[str]:
    """The trailer's ID is two strings."""
    value = document.pdf.trailer.get("/ID")
    if not isinstance(value, Array) or len(value) != 2:
        yield "the trailer has no ID of two strings"
    elif not all(isinstance(part, String) and bytes(part) for part in value):
        yield "a part of the ID is empty or not a string"


@rule("encryption", "ISO 15930-7:2010, encryption; ISO 32000-1, 7.6")
def encryption(document: Document) -> Iterator[str]:
    """The file is not encrypted."""
    if document.pdf.is_encrypted:
        yield "the trailer has an Encrypt dictionary"


@rule("lzw", "ISO 15930-7:2010, compression; ISO 32000-1, 7.4.4")
def lzw(document: Document) -> Iterator[str]:
    """No stream and no inline image is compressed with LZW."""
    for where, value in document.dictionaries:
        if isinstance(value, Stream) and "/LZWDecode" in filters(value.get("/Filter")):
            yield f"{where} is compressed with LZW"
    for content in document.contents:
        for instruction in content.instructions:
            if str(instruction.operator) != "INLINE IMAGE":
                continue
            used = filters(instruction.iimage.obj.get("/Filter"))
            if {"/LZWDecode", "/LZW"} & set(used):
                yield f"{content.where}: an inline image is compressed with LZW"


@rule("external-stream", "ISO 15930-7:2010, complete exchange; ISO 32000-1, 7.3.8.2")
def external_stream(document: Document) -> Iterator[str]:
    """The data of every stream are in the file itself."""
    for where, value in document.dictionaries:
        if isinstance(value, Stream) and "/F" in value:
            yield f"{where} takes its data from another file"


@rule("house-embedded-files", "house rule: a print file has only pages; ISO 32000-1, 7.11.4")
def embedded_files(document: Document) -> Iterator[str]:
    """No file is attached."""
    if "/EmbeddedFiles" in document.catalog.get("/Names", {}):
        yield "the catalog names embedded files"
    for where, value in document.dictionaries:
        if "/EF" in value:
            yield f"{where} embeds a file"


def filters(value: object) -> list[str]:
    """The names in a Filter entry, which is a name or an array."""
    if value is None:
        return []
    return [str(name) for name in value] if isinstance(value, Array) else [str(value)]
