"""The file: its version, how it names itself, and what came after PDF 1.3 or 1.4."""

import re
from collections.abc import Iterator

from pikepdf import Array, Stream
from x4.document import Document, is_name

from .rules import x1a_rule

VERSION = "ISO 15930-1:2001 and ISO 15930-4:2003, file header and version identification"
LATER = "ISO 15930-1:2001 and ISO 15930-4:2003, file format; PDF Reference 1.3 and 1.4"

# What Info says, and the highest version of PDF.
NAMES = {("PDF/X-1:2001", "PDF/X-1a:2001"): 3, ("PDF/X-1a:2003", "PDF/X-1a:2003"): 4}


def names(document: Document) -> tuple[str, str]:
    return tuple(str(document.info.get(key, "")) for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance"))


@x1a_rule("x1a-names", VERSION)
def named(document: Document) -> Iterator[str]:
    """Info names the version and the conformance of PDF/X-1a:2001 or PDF/X-1a:2003."""
    if names(document) not in NAMES:
        yield "GTS_PDFXVersion is {!r}, GTS_PDFXConformance is {!r}".format(*names(document))


@x1a_rule("x1a-header", VERSION)
def header(document: Document) -> Iterator[str]:
    """The file begins with %PDF-1.3 or, in the version of 2003, up to %PDF-1.4."""
    match = re.match(rb"%PDF-1\.([0-9])[\r\n]+%[\x80-\xff]{4}", document.head)
    if not match:
        yield f"the file begins with {document.head[:16]!r}"
    elif int(match[1]) > NAMES.get(names(document), 4):
        yield f"the version in the header is 1.{int(match[1])}"
    if "/Version" in document.catalog:
        yield f"the version in the catalog is {document.catalog.Version}"


@x1a_rule("x1a-cross-reference", LATER)
def cross_reference(document: Document) -> Iterator[str]:
    """There are no cross-reference streams and no object streams."""
    for where, value in document.dictionaries:
        if is_name(value.get("/Type"), "/XRef", "/ObjStm"):
            yield f"{where} is an {str(value.Type)[1:]}"
    if document.pdf.trailer.get("/Type") is not None or "/XRefStm" in document.pdf.trailer:
        yield "the trailer is a stream"


@x1a_rule("x1a-filters", LATER)
def filters(document: Document) -> Iterator[str]:
    """No stream has a filter that is newer than PDF 1.3."""
    for where, value in document.dictionaries:
        if not isinstance(value, Stream):
            continue
        given = value.get("/Filter", Array())
        for name in given if isinstance(given, Array) else [given]:
            if is_name(name, "/JPXDecode", "/JBIG2Decode", "/Crypt"):
                yield f"{where} has the filter {name}"


@x1a_rule("x1a-font-programs", LATER)
def font_programs(document: Document) -> Iterator[str]:
    """No font program is an OpenType file."""
    for where, value in document.dictionaries:
        program = value.get("/FontFile3")
        if isinstance(program, Stream) and not is_name(
            program.get("/Subtype"), "/Type1C", "/CIDFontType0C"
        ):
            yield f"{where} has a program of type {program.get('/Subtype')}"


@x1a_rule("x1a-optional-content", LATER)
def optional_content(document: Document) -> Iterator[str]:
    """There are no layers."""
    if "/OCProperties" in document.catalog:
        yield "the catalog has OCProperties"
    for where, value in document.dictionaries:
        if "/OC" in value or is_name(value.get("/Type"), "/OCG", "/OCMD"):
            yield f"{where} belongs to a layer"
