"""The font program of a CIDFont: its glyphs and their widths."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from fontTools.cffLib import CFFFontSet, TopDict
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pikepdf import Object, Stream


class Unreadable(Exception):
    """A program that is missing, of the wrong type, or broken."""


@dataclass(frozen=True)
class FontProgram:
    """`glyph` returns the glyph of a CID, or 0; `width` returns its advance in 1/1000 em."""

    glyph: Callable[[int], int]
    width: Callable[[int], float]

    @staticmethod
    def read(descendant: Object) -> "FontProgram":
        descriptor = descendant.get("/FontDescriptor", {})
        kind = str(descendant.get("/Subtype"))
        try:
            if kind == "/CIDFontType2" and "/FontFile2" in descriptor:
                return _truetype(descendant, descriptor.FontFile2.read_bytes())
            if kind == "/CIDFontType0" and "/FontFile3" in descriptor:
                stream = descriptor.FontFile3
                if stream.get("/Subtype") == "/CIDFontType0C":
                    return _cff(stream.read_bytes())
                if stream.get("/Subtype") == "/OpenType":
                    return _cff(TTFont(BytesIO(stream.read_bytes())).getTableData("CFF "))
        except Exception as error:  # fontTools raises many types for broken fonts
            raise Unreadable(f"the program cannot be read: {error!r}") from error
        raise Unreadable(f"there is no program for a {kind}")


def _truetype(descendant: Object, data: bytes) -> FontProgram:
    font = TTFont(BytesIO(data))
    count, em = font["maxp"].numGlyphs, font["head"].unitsPerEm
    advances = [font["hmtx"][font.getGlyphName(gid)][0] for gid in range(count)]
    given = descendant.get("/CIDToGIDMap")
    pairs = given.read_bytes() if isinstance(given, Stream) else None

    def glyph(cid: int) -> int:
        gid = cid if pairs is None else int.from_bytes(pairs[2 * cid : 2 * cid + 2])
        return gid if gid < count else 0

    return FontProgram(glyph, lambda cid: advances[glyph(cid)] * 1000 / em)


def _cff(data: bytes) -> FontProgram:
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), otFont=None)
    top = fonts[0]
    names = top.charset
    by_cid = {int(name[3:]): gid for gid, name in enumerate(names) if gid} if hasattr(top, "ROS") else None

    def glyph(cid: int) -> int:
        if by_cid is not None:
            return by_cid.get(cid, 0)
        return cid if cid < len(names) else 0

    def width(cid: int) -> float:
        charstring = top.CharStrings[names[glyph(cid)]]
        charstring.draw(NullPen())
        return charstring.width * _scale(top, names[glyph(cid)]) * 1000

    return FontProgram(glyph, width)


def _scale(top: TopDict, name: str) -> float:
    """The horizontal scale of a glyph; in a CID-keyed font the matrices multiply."""
    scale = top.rawDict.get("FontMatrix", [None])[0]
    if hasattr(top, "FDArray"):
        _, selector = top.CharStrings.getItemAndSelector(name)
        own = top.FDArray[selector or 0].rawDict.get("FontMatrix", [None])[0]
        if own is not None:
            return own if scale is None else scale * own
    return 0.001 if scale is None else scale
