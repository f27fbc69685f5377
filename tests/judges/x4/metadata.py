"""Metadata: the document information and XMP."""

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree
from pikepdf import Stream
from pikepdf.models.metadata import PdfMetadata, decode_pdf_date

from .document import Document, is_name
from .rule import rule

INFO = "ISO 15930-7:2010, document information; ISO 32000-1, 14.3.3"
XMP = "ISO 15930-7:2010, metadata; ISO 32000-1, 14.3.2"

PDFXID = "{http://www.npes.org/pdfx/ns/id/}"
BASIC = "{http://ns.adobe.com/xap/1.0/}"
MEDIA = "{http://ns.adobe.com/xap/1.0/mm/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def xmp(document: Document) -> PdfMetadata | dict[str, str]:
    """The XMP of the document; empty if there is none or it cannot be read."""
    stream = document.catalog.get("/Metadata")
    if not isinstance(stream, Stream):
        return {}
    try:
        etree.fromstring(stream.read_bytes())
    except etree.XMLSyntaxError:
        return {}
    return document.pdf.open_metadata()


def pdf_date(text: str) -> datetime | None:
    try:
        return aware(decode_pdf_date(text))
    except ValueError:
        return None


def xmp_date(text: str) -> datetime | None:
    try:
        return aware(datetime.fromisoformat(text))
    except ValueError:
        return None


def aware(date: datetime) -> datetime:
    return date if date.tzinfo else date.replace(tzinfo=UTC)


@rule("info-title", INFO)
def info_title(document: Document) -> Iterator[str]:
    """The document information has a Title."""
    if not str(document.info.get("/Title", "")).strip():
        yield "it is missing or empty"


@rule("info-dates", INFO)
def info_dates(document: Document) -> Iterator[str]:
    """The document information has a CreationDate and a ModDate."""
    for key in ("/CreationDate", "/ModDate"):
        if pdf_date(str(document.info.get(key, ""))) is None:
            yield f"{key} is missing or not a date"


@rule("info-trapped", "ISO 15930-7:2010, trapping; ISO 32000-1, 14.11.6")
def info_trapped(document: Document) -> Iterator[str]:
    """Trapped is the name True or the name False."""
    trapped = document.info.get("/Trapped")
    if not is_name(trapped, "/True", "/False"):
        yield f"it is {trapped!r}" if trapped is not None else "it is missing"


@rule("info-version", INFO)
def info_version(document: Document) -> Iterator[str]:
    """The document information names no other PDF/X version than PDF/X-4."""
    version = document.info.get("/GTS_PDFXVersion")
    if version is not None and str(version) != "PDF/X-4":
        yield f"GTS_PDFXVersion is {str(version)!r}"
    if "/GTS_PDFXConformance" in document.info:
        yield "GTS_PDFXConformance belongs to PDF/X-1a"


@rule("xmp", XMP)
def xmp_present(document: Document) -> Iterator[str]:
    """The catalog has a metadata stream of well-formed XMP."""
    stream = document.catalog.get("/Metadata")
    if not isinstance(stream, Stream):
        yield "there is none"
    elif not (is_name(stream.get("/Type"), "/Metadata") and is_name(stream.get("/Subtype"), "/XML")):
        yield "the stream's Type and Subtype are not Metadata and XML"
    elif not xmp(document):
        yield "the stream is not well-formed"


@rule("xmp-version", "ISO 15930-7:2010, version identification")
def xmp_version(document: Document) -> Iterator[str]:
    """The XMP declares PDF/X-4."""
    version = xmp(document).get(PDFXID + "GTS_PDFXVersion")
    if version != "PDF/X-4":
        yield f"pdfxid:GTS_PDFXVersion is {version!r}"


@rule("xmp-dates", XMP)
def xmp_dates(document: Document) -> Iterator[str]:
    """The XMP has CreateDate, ModifyDate and MetadataDate."""
    for name in ("CreateDate", "ModifyDate", "MetadataDate"):
        if xmp_date(xmp(document).get(BASIC + name) or "") is None:
            yield f"xmp:{name} is missing or not a date"


@rule("xmp-title", XMP)
def xmp_title(document: Document) -> Iterator[str]:
    """The XMP has a title."""
    if not (xmp(document).get(DC + "title") or "").strip():
        yield "dc:title is missing or empty"


@rule("xmp-media-management", XMP)
def xmp_media_management(document: Document) -> Iterator[str]:
    """The XMP has DocumentID, VersionID and RenditionClass."""
    for name in ("DocumentID", "VersionID", "RenditionClass"):
        if not xmp(document).get(MEDIA + name):
            yield f"xmpMM:{name} is missing or empty"


@rule("xmp-trapped", "ISO 15930-7:2010, trapping; ISO 32000-1, 14.11.6")
def xmp_trapped(document: Document) -> Iterator[str]:
    """Trapped has the same value in the XMP and in the document information."""
    trapped = xmp(document).get(PDF + "Trapped")
    if trapped not in ("True", "False"):
        yield f"pdf:Trapped is {trapped!r}"
    elif "/Trapped" in document.info and f"/{trapped}" != str(document.info.Trapped):
        yield f"pdf:Trapped is {trapped}, Trapped in Info is {document.info.Trapped}"


@rule("xmp-agrees", XMP)
def xmp_agrees(document: Document) -> Iterator[str]:
    """Title and dates are the same in the XMP and in the document information."""
    packet = xmp(document)
    title, xmp_title = document.info.get("/Title"), packet.get(DC + "title")
    if title is not None and xmp_title and str(title) != xmp_title:
        yield f"the title is {str(title)!r} in Info and {xmp_title!r} in XMP"
    for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        date = pdf_date(str(document.info.get(key, "")))
        date_in_xmp = xmp_date(packet.get(BASIC + name) or "")
        if date and date_in_xmp and date != date_in_xmp:
            yield f"{key} is {date}, xmp:{name} is {date_in_xmp}"
