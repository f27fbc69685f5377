"""Fonts: all embedded and readable, and no missing glyphs."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Stream, String

from .document import Document, identity, is_name
from .program import FontProgram, Unreadable
from .rule import rule

EMBEDDED = "ISO 15930-7:2010, fonts; ISO 32000-1, 9.9"
IDENTITY = ("/Identity-H", "/Identity-V")


def is_type(font: Object, *subtypes: str) -> bool:
    return is_name(font.get("/Subtype"), *subtypes)


def composite(document: Document) -> Iterator[tuple[str, Object, Object]]:
    """Every Type 0 font with its descendant."""
    for where, font in document.fonts:
        descendants = font.get("/DescendantFonts")
        if is_type(font, "/Type0") and isinstance(descendants, Array) and len(descendants) == 1:
            yield where, font, descendants[0]


@rule("font-embedded", EMBEDDED)
def font_embedded(document: Document) -> Iterator[str]:
    """Every font except Type 3 fonts is embedded."""
    descendants = {identity(font): descendant for _, font, descendant in composite(document)}
    for where, font in document.fonts:
        if is_type(font, "/Type3"):
            continue
        descriptor = descendants.get(identity(font), font).get("/FontDescriptor", {})
        programs = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
        if len(programs) != 1 or not isinstance(descriptor[programs[0]], Stream):
            yield f"{where} is not embedded"


@rule("cid-system-info", "ISO 15930-7:2010, fonts; ISO 32000-1, 9.7.3")
def cid_system_info(document: Document) -> Iterator[str]:
    """A CIDFont declares its character collection."""
    for where, _, descendant in composite(document):
        info = descendant.get("/CIDSystemInfo", Dictionary())
        if not all(isinstance(info.get(key), String) for key in ("/Registry", "/Ordering")):
            yield f"{where} has no CIDSystemInfo"
        elif "/Supplement" not in info:
            yield f"{where} has no Supplement in its CIDSystemInfo"


@rule("composite-encoding", "ISO 15930-7:2010, fonts; ISO 32000-1, 9.7.5")
def composite_encoding(document: Document) -> Iterator[str]:
    """A Type 0 font has one CIDFont, and an encoding that is Identity or embedded."""
    paired = {identity(font) for _, font, _ in composite(document)}
    for where, font in document.fonts:
        if not is_type(font, "/Type0"):
            continue
        if identity(font) not in paired or not is_type(
            font.DescendantFonts[0], "/CIDFontType0", "/CIDFontType2"
        ):
            yield f"{where} has no single CIDFont"
        encoding = font.get("/Encoding")
        if not is_name(encoding, *IDENTITY) and not isinstance(encoding, Stream):
            yield f"{where} has the encoding {encoding}, which is not embedded"


@rule("cid-to-gid", "ISO 15930-7:2010, fonts; ISO 32000-1, 9.7.4")
def cid_to_gid(document: Document) -> Iterator[str]:
    """A TrueType CIDFont maps CIDs to glyphs, by Identity or a map."""
    for where, _, descendant in composite(document):
        given = descendant.get("/CIDToGIDMap")
        if is_type(descendant, "/CIDFontType2") and not (
            is_name(given, "/Identity") or isinstance(given, Stream)
        ):
            yield f"{where} has no CIDToGIDMap"


@rule("house-to-unicode", "house rule: text can be extracted; ISO 32000-1, 9.10.3")
def to_unicode(document: Document) -> Iterator[str]:
    """Every font maps its codes to Unicode."""
    for where, font in document.fonts:
        if not isinstance(font.get("/ToUnicode"), Stream):
            yield f"{where} has no ToUnicode"


@rule("house-composite-fonts", "house rule: glyphs can be checked one by one; ISO 32000-1, 9.7.6")
def composite_fonts(document: Document) -> Iterator[str]:
    """Text is set in Type 0 fonts with an Identity encoding."""
    for where, font in document.fonts:
        if not is_type(font, "/Type0") or not is_name(font.get("/Encoding"), *IDENTITY):
            yield f"{where} is another kind of font"


def shown_cids(document: Document) -> Iterator[tuple[str, Object, FontProgram, dict[int, str]]]:
    """Each composite font whose program can be read, with the CIDs it shows and their locations."""
    for where, font, descendant in composite(document):
        cids: dict[int, str] = {}
        for shown in document.shown:
            if identity(shown.font) == identity(font):
                pairs = zip(shown.codes[::2], shown.codes[1::2], strict=False)
                cids |= {high << 8 | low: shown.where for high, low in pairs}
        try:
            yield where, descendant, FontProgram.read(descendant), cids
        except Unreadable:
            continue


@rule("font-program", EMBEDDED)
def font_program(document: Document) -> Iterator[str]:
    """The embedded program of a CIDFont has the right type and can be read."""
    for where, _, descendant in composite(document):
        try:
            FontProgram.read(descendant)
        except Unreadable as reason:
            yield f"{where}: {reason}"


@rule("notdef", "ISO 15930-7:2010, fonts; ISO 32000-1, 9.7.6.3")
def notdef(document: Document) -> Iterator[str]:
    """No text shows the .notdef glyph or a glyph that is missing in its font."""
    for where, _, program, cids in shown_cids(document):
        for cid, place in cids.items():
            if program.glyph(cid) == 0:
                yield f"{place}: {where} has no glyph for CID {cid}"


@rule("house-glyph-widths", "house rule: glyphs have their positions in the layout; ISO 32000-1, 9.7.4.3")
def glyph_widths(document: Document) -> Iterator[str]:
    """The declared widths of the glyphs shown are those of the embedded program."""
    for where, descendant, program, cids in shown_cids(document):
        declared = widths(descendant)
        for cid in cids:
            width = declared.get(cid, float(descendant.get("/DW", 1000)))
            if program.glyph(cid) != 0 and abs(width - program.width(cid)) > 1:
                yield f"{where}: CID {cid} is {program.width(cid):g} wide, declared as {width:g}"


def widths(descendant: Object) -> dict[int, float]:
    """The widths in the W array (ISO 32000-1, 9.7.4.3)."""
    declared: dict[int, float] = {}
    items = iter(descendant.get("/W", []))
    for item in items:
        first, second = int(item), next(items)
        if isinstance(second, Array):
            declared |= {first + n: float(width) for n, width in enumerate(second)}
        else:
            width = float(next(items))
            declared |= {cid: width for cid in range(first, int(second) + 1)}
    return declared
