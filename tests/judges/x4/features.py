"""Features that a printed page cannot have or that a printer must not depend on."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

from .document import Document, entries, is_name
from .pages import Box, box, trim
from .rule import rule

ACTIONS = {
    "/GoTo", "/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named",
    "/SubmitForm", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView",
}  # fmt: skip
BLEND_MODES = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge",
    "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation",
    "/Color", "/Luminosity",
}  # fmt: skip
MEDIA = ("/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/FileAttachment")


def annotations(document: Document) -> Iterator[tuple[str, Object, Object]]:
    for where, page in document.pages:
        for annotation in page.get("/Annots", []):
            yield where, page, annotation


def graphics_states(document: Document) -> Iterator[tuple[str, Object]]:
    for content in document.contents:
        for name, state in entries(content.resources, "/ExtGState"):
            yield f"{content.where}, graphics state {name}", state


def drawn(document: Document) -> Iterator[tuple[str, Object]]:
    for content in document.contents:
        for name, value in entries(content.resources, "/XObject"):
            yield f"{content.where}, {name}", value


@rule("actions", "ISO 15930-7:2010, actions; ISO 32000-1, 12.6")
def actions(document: Document) -> Iterator[str]:
    """There are no actions; bookmarks have destinations only."""
    for where, value in document.dictionaries:
        kind = value.get("/S")
        if isinstance(kind, Name) and str(kind) in ACTIONS:
            yield f"{where} is an action of type {kind}"
    holders = [("the catalog", document.catalog), *document.pages]
    holders += [(f"{where}, annotation", annotation) for where, _, annotation in annotations(document)]
    for where, holder in holders:
        if "/AA" in holder:
            yield f"{where} has additional actions"
    if isinstance(document.catalog.get("/OpenAction"), Dictionary):
        yield "the catalog has an OpenAction"


@rule("javascript", "ISO 15930-7:2010, actions; ISO 32000-1, 12.6.4.16")
def javascript(document: Document) -> Iterator[str]:
    """There is no JavaScript."""
    if "/JavaScript" in document.catalog.get("/Names", {}):
        yield "the catalog has scripts"
    for where, value in document.dictionaries:
        if is_name(value.get("/S"), "/JavaScript"):
            yield f"{where} is a script"


@rule("forms", "house rule, from ISO 15930-7:2010, annotations; ISO 32000-1, 12.7")
def forms(document: Document) -> Iterator[str]:
    """There is no interactive form."""
    if "/AcroForm" in document.catalog:
        yield "the catalog has an AcroForm"


@rule("annotations", "ISO 15930-7:2010, annotations; ISO 32000-1, 12.5")
def annotations_outside(document: Document) -> Iterator[str]:
    """No annotations overlap the BleedBox, except printer's marks and trap networks."""
    for where, page, annotation in annotations(document):
        if is_name(annotation.get("/Subtype"), "/PrinterMark", "/TrapNet"):
            continue
        rect = Box.read(annotation.get("/Rect"))
        paper = box(page, "/BleedBox") or trim(page)
        if rect is None or paper is None or rect.overlaps(paper):
            yield f"{where} has a {annotation.get('/Subtype')} inside its BleedBox"


@rule("house-multimedia", "house rule: no multimedia in print; ISO 32000-1, 13")
def multimedia(document: Document) -> Iterator[str]:
    """No annotation plays or attaches anything."""
    for where, _, annotation in annotations(document):
        if is_name(annotation.get("/Subtype"), *MEDIA):
            yield f"{where} has a {annotation.Subtype}"


@rule("postscript", "ISO 15930-7:2010, PostScript XObjects; ISO 32000-1, 8.8.2")
def postscript(document: Document) -> Iterator[str]:
    """No XObject is PostScript."""
    for where, value in document.dictionaries:
        if isinstance(value, Stream) and (
            is_name(value.get("/Subtype"), "/PS") or is_name(value.get("/Subtype2"), "/PS")
        ):
            yield f"{where} is PostScript"


@rule("opi", "ISO 15930-7:2010, OPI; ISO 32000-1, 14.11.7")
def opi(document: Document) -> Iterator[str]:
    """No picture is a proxy for another."""
    for where, value in document.dictionaries:
        if isinstance(value, Stream) and "/OPI" in value:
            yield f"{where} is an OPI proxy"


@rule("alternates", "ISO 15930-7:2010, alternate images; ISO 32000-1, 8.9.5.4")
def alternates(document: Document) -> Iterator[str]:
    """No image has alternates."""
    for where, value in drawn(document):
        if "/Alternates" in value:
            yield f"{where} has alternates"


@rule("reference-xobject", "ISO 15930-7:2010, complete exchange; ISO 32000-1, 8.10.4")
def reference_xobject(document: Document) -> Iterator[str]:
    """No form refers to a page of another file."""
    for where, value in drawn(document):
        if "/Ref" in value:
            yield f"{where} refers to another file"


@rule("transfer-functions", "ISO 15930-7:2010, extended graphics state; ISO 32000-1, 10.4")
def transfer_functions(document: Document) -> Iterator[str]:
    """No graphics state changes the tone transfer."""
    for where, state in graphics_states(document):
        if "/TR" in state and not is_name(state.TR, "/Identity"):
            yield f"{where} has TR"
        if "/TR2" in state and not is_name(state.TR2, "/Default", "/Identity"):
            yield f"{where} has TR2"


@rule("halftone-phase", "ISO 15930-7:2010, extended graphics state; ISO 32000-1, 10.5")
def halftone_phase(document: Document) -> Iterator[str]:
    """No graphics state sets the phase of the halftone."""
    for where, state in graphics_states(document):
        if "/HTP" in state:
            yield f"{where} has HTP"


@rule("blend-modes", "ISO 15930-7:2010, transparency; ISO 32000-1, 11.3.5")
def blend_modes(document: Document) -> Iterator[str]:
    """Every blend mode is one of the standard ones."""
    for where, state in graphics_states(document):
        mode = state.get("/BM")
        for name in mode if isinstance(mode, Array) else [mode]:
            if name is not None and str(name) not in BLEND_MODES:
                yield f"{where} has the blend mode {name}"
