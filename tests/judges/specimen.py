"""A minimal PDF/X-4 with every construct that the rules are about, for tests that break it."""

from io import BytesIO
from pathlib import Path

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Object, Pdf

INFO_DATE = "D:20261122120000+09'00'"
XMP_DATE = "2026-11-22T03:00:00Z"

XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Specimen</rdf:li></rdf:Alt></dc:title>
   <pdf:Trapped>False</pdf:Trapped>
   <xmp:CreateDate>{XMP_DATE}</xmp:CreateDate>
   <xmp:ModifyDate>{XMP_DATE}</xmp:ModifyDate>
   <xmp:MetadataDate>{XMP_DATE}</xmp:MetadataDate>
   <xmpMM:DocumentID>uuid:1</xmpMM:DocumentID>
   <xmpMM:VersionID>1</xmpMM:VersionID>
   <xmpMM:RenditionClass>default</xmpMM:RenditionClass>
   <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

CONTENT = b"""
/Page gs
0 0 0 1 k 10 10 5 5 re f
/Photos cs 1 0 0 sc 20 10 5 5 re f
/Picture Do /Form Do
BT /Face 12 Tf 10 20 Td <00010002> Tj ET
"""


def profile(device_class: str, space: str, major: int = 2) -> bytes:
    """An ICC profile with only a header and an empty tag table."""
    header = bytearray(132)
    header[0:4] = len(header).to_bytes(4)
    header[8] = major
    header[12:16] = device_class.encode()
    header[16:20] = space.encode()
    header[20:24] = b"Lab "
    header[36:40] = b"acsp"
    return bytes(header)


def font_file() -> bytes:
    """A TrueType font with .notdef and two glyphs, 500 and 600 units wide."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((400, 0))
    pen.lineTo((400, 700))
    pen.closePath()
    triangle = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A", "B"])
    builder.setupCharacterMap({65: "A", 66: "B"})
    builder.setupGlyf(dict.fromkeys([".notdef", "A", "B"], triangle))
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "A": (500, 0), "B": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    data = BytesIO()
    builder.save(data)
    return data.getvalue()


def specimen() -> Pdf:
    """A valid document with two equal pages."""
    pdf = pikepdf.new()
    fonts = Dictionary(Face=font(pdf))
    photos = pdf.make_indirect(Array([Name.ICCBased, pdf.make_stream(profile("mntr", "RGB "), N=3)]))
    picture = pdf.make_stream(
        bytes(3),
        Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=photos,
    )  # fmt: skip
    form = pdf.make_stream(
        b"0 g 0 0 1 1 re f",
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1], Resources=Dictionary(),
    )  # fmt: skip
    for _ in range(2):
        page = pdf.add_blank_page(page_size=(120, 120)).obj
        page.TrimBox = Array([20, 20, 100, 100])
        page.BleedBox = Array([10, 10, 110, 110])
        page.Contents = pdf.make_stream(CONTENT)
        page.Resources = Dictionary(
            Font=fonts,
            ColorSpace=Dictionary(Photos=photos),
            XObject=Dictionary(Picture=picture, Form=form),
            ExtGState=Dictionary(Page=pdf.make_indirect(Dictionary(BM=Name.Multiply))),
        )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent(pdf))])
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title="Specimen", CreationDate=INFO_DATE, ModDate=INFO_DATE, Trapped=Name("/False"))
    )
    return pdf


def intent(pdf: Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier="FOGRA39",
        Info="Offset on coated paper",
        DestOutputProfile=pdf.make_stream(profile("prtr", "CMYK"), N=4),
    )


def font(pdf: Pdf) -> Object:
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Face"), FontFile2=pdf.make_stream(font_file())
    )
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Face"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=Name.Identity, DW=1000, W=[1, [500, 600]],
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Face"),
            Encoding=Name("/Identity-H"), ToUnicode=pdf.make_stream(b"% a CMap"),
            DescendantFonts=[pdf.make_indirect(descendant)],
        )
    )  # fmt: skip


def save(pdf: Pdf, path: Path, encryption: pikepdf.Encryption | bool = False) -> None:
    """Writes the document uncompressed, so that tests can also damage its bytes."""
    pdf.save(
        path,
        force_version="1.6",
        static_id=not encryption,
        encryption=encryption,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        fix_metadata_version=False,
    )
