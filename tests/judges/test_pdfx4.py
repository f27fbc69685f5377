"""Every rule of PDF/X-4 is broken once, and must say so."""

import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from specimen import XMP, intent, profile, save, specimen
from x4 import RULES, Document, breaches


def resources(pdf: Pdf) -> Object:
    return pdf.pages[0].obj.Resources


def face(pdf: Pdf) -> Object:
    return resources(pdf).Font.Face


def descendant(pdf: Pdf) -> Object:
    return face(pdf).DescendantFonts[0]


def state(pdf: Pdf) -> Object:
    return resources(pdf).ExtGState.Page


def xobject(pdf: Pdf, name: str) -> Object:
    return resources(pdf).XObject[name]


def press(pdf: Pdf) -> Object:
    return pdf.Root.OutputIntents[0]


def draw(pdf: Pdf, content: bytes) -> None:
    pdf.pages[0].obj.Contents.write(content)


def tell(pdf: Pdf, was: str, now: str) -> None:
    assert was in XMP
    pdf.Root.Metadata.write(XMP.replace(was, now).encode())


def annotate(pdf: Pdf, subtype: Name, rect: list[int]) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=subtype, Rect=rect)])


def add_postscript(pdf: Pdf) -> None:
    resources(pdf).XObject.Script = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.PS)


def add_lzw(pdf: Pdf) -> None:
    xobject(pdf, "/Form").write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)


def add_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.make_indirect(intent(pdf)))


def add_archive_intent(pdf: Pdf) -> None:
    add_intent(pdf)
    pdf.Root.OutputIntents[1].S = Name.GTS_PDFA1


def base_on_the_press(pdf: Pdf) -> None:
    stream = pdf.make_stream(profile("prtr", "CMYK"), N=4)
    resources(pdf).ColorSpace.Inks = Array([Name.ICCBased, stream])


def use_a_simple_font(pdf: Pdf) -> None:
    simple = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources(pdf).Font.Simple = pdf.make_indirect(simple)


def turn_rgb(pdf: Pdf) -> None:
    press(pdf).DestOutputProfile = pdf.make_stream(profile("prtr", "RGB "), N=3)


Break = Callable[[Pdf], object]

# What is done to the specimen to break each rule.
BREAKS: dict[str, Break] = {
    "external-stream": lambda pdf: xobject(pdf, "/Form").__setitem__("/F", pikepdf.String("a.bin")),
    "lzw": add_lzw,
    "house-embedded-files": lambda pdf: pdf.Root.__setitem__(
        "/Names", Dictionary(EmbeddedFiles=Dictionary())
    ),
    "output-intent": add_intent,
    "output-condition": lambda pdf: press(pdf).__delitem__("/OutputConditionIdentifier"),
    "profile-embedded": lambda pdf: press(pdf).__delitem__("/DestOutputProfile"),
    "profile-components": lambda pdf: press(pdf).DestOutputProfile.__setitem__("/N", 3),
    "profile-class": lambda pdf: press(pdf).DestOutputProfile.write(profile("mntr", "CMYK")),
    "profile-version": lambda pdf: press(pdf).DestOutputProfile.write(profile("prtr", "CMYK", 5)),
    "profile-shared": add_archive_intent,
    "trim-box": lambda pdf: pdf.pages[0].obj.__setitem__("/ArtBox", Array([20, 20, 100, 100])),
    "box-nesting": lambda pdf: pdf.pages[1].obj.__setitem__("/BleedBox", Array([30, 10, 110, 110])),
    "house-crop-box": lambda pdf: pdf.pages[0].obj.__setitem__("/CropBox", Array([10, 10, 110, 110])),
    "house-trim-size": lambda pdf: pdf.pages[1].obj.__setitem__("/TrimBox", Array([20, 20, 99, 100])),
    "info-title": lambda pdf: pdf.trailer.Info.__delitem__("/Title"),
    "info-dates": lambda pdf: pdf.trailer.Info.__setitem__("/ModDate", "yesterday"),
    "info-trapped": lambda pdf: pdf.trailer.Info.__setitem__("/Trapped", Name.Unknown),
    "info-version": lambda pdf: pdf.trailer.Info.__setitem__("/GTS_PDFXVersion", "PDF/X-1:2001"),
    "xmp": lambda pdf: pdf.Root.Metadata.write(b"<x:xmpmeta"),
    "xmp-version": lambda pdf: tell(pdf, "PDF/X-4<", "PDF/X-4p<"),
    "xmp-dates": lambda pdf: tell(pdf, "xmp:MetadataDate", "xmp:Other"),
    "xmp-title": lambda pdf: tell(pdf, ">Specimen<", "><"),
    "xmp-media-management": lambda pdf: tell(pdf, "xmpMM:VersionID", "xmpMM:Other"),
    "xmp-trapped": lambda pdf: tell(pdf, ">False<", ">True<"),
    "xmp-agrees": lambda pdf: tell(pdf, "Specimen", "Another"),
    "font-embedded": lambda pdf: descendant(pdf).FontDescriptor.__delitem__("/FontFile2"),
    "font-program": lambda pdf: descendant(pdf).FontDescriptor.FontFile2.write(b"no font"),
    "cid-system-info": lambda pdf: descendant(pdf).__delitem__("/CIDSystemInfo"),
    "composite-encoding": lambda pdf: face(pdf).__setitem__("/Encoding", Name("/UniJIS-UTF16-H")),
    "cid-to-gid": lambda pdf: descendant(pdf).__delitem__("/CIDToGIDMap"),
    "house-to-unicode": lambda pdf: face(pdf).__delitem__("/ToUnicode"),
    "house-composite-fonts": use_a_simple_font,
    "notdef": lambda pdf: draw(pdf, b"BT /Face 12 Tf [<0001> 10 <0000>] TJ ET"),
    "house-glyph-widths": lambda pdf: descendant(pdf).__setitem__("/W", Array([1, Array([510, 600])])),
    "device-rgb": lambda pdf: draw(pdf, b"1 0 0 rg"),
    "device-cmyk": turn_rgb,
    "icc-profile": lambda pdf: resources(pdf).ColorSpace.Photos[1].__setitem__("/N", 4),
    "icc-cmyk-twin": base_on_the_press,
    "actions": lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.GoTo)),
    "javascript": lambda pdf: pdf.Root.__setitem__("/Names", Dictionary(JavaScript=Dictionary())),
    "forms": lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=[])),
    "annotations": lambda pdf: annotate(pdf, Name.Link, [0, 0, 11, 11]),
    "house-multimedia": lambda pdf: annotate(pdf, Name.Movie, [0, 0, 5, 5]),
    "postscript": add_postscript,
    "opi": lambda pdf: xobject(pdf, "/Picture").__setitem__("/OPI", Dictionary()),
    "alternates": lambda pdf: xobject(pdf, "/Picture").__setitem__("/Alternates", Array([])),
    "reference-xobject": lambda pdf: xobject(pdf, "/Form").__setitem__("/Ref", Dictionary()),
    "transfer-functions": lambda pdf: state(pdf).__setitem__("/TR2", Dictionary(FunctionType=2, N=1)),
    "halftone-phase": lambda pdf: state(pdf).__setitem__("/HTP", Array([0, 0])),
    "blend-modes": lambda pdf: state(pdf).__setitem__("/BM", Name.Fancy),
}

# What is done to its bytes, where pikepdf would mend the fault.
DAMAGES: dict[str, tuple[bytes, bytes]] = {
    "syntax": (b"startxref", b"startxruf"),
    "header": (b"%PDF-1.6", b"%PDF-1.7"),
    "file-id": (b"/ID [", b"/IX ["),
    "media-box": (b"/MediaBox", b"/MediaBux"),
}

# What else some of the breaks break.
ALSO: dict[str, set[str]] = {
    "media-box": {"syntax"},
    "output-intent": {"profile-shared"},
    "profile-embedded": {"device-cmyk"},
    "info-trapped": {"xmp-trapped"},
    "xmp": {"xmp-title", "xmp-version", "xmp-dates", "xmp-media-management", "xmp-trapped"},
    "font-embedded": {"font-program"},
    "composite-encoding": {"house-composite-fonts"},
    "house-composite-fonts": {"house-to-unicode", "font-embedded"},
}


class PdfX4(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "specimen.pdf"

    def broken(self) -> set[str]:
        return {breach.rule.id for breach in breaches(Document(self.path))}

    def test_the_specimen_breaks_no_rule(self) -> None:
        save(specimen(), self.path)
        self.assertEqual([], breaches(Document(self.path)))

    def test_every_rule_is_broken_here(self) -> None:
        self.assertEqual({rule.id for rule in RULES}, BREAKS.keys() | DAMAGES.keys() | {"encryption"})

    def test_a_rule_that_is_broken_says_so(self) -> None:
        for id, break_it in BREAKS.items():
            with self.subTest(id):
                pdf = specimen()
                break_it(pdf)
                save(pdf, self.path)
                self.assertEqual({id} | ALSO.get(id, set()), self.broken())

    def test_a_rule_that_damage_breaks_says_so(self) -> None:
        for id, (was, now) in DAMAGES.items():
            with self.subTest(id):
                save(specimen(), self.path)
                data = self.path.read_bytes()
                self.assertIn(was, data)
                self.path.write_bytes(data.replace(was, now))
                self.assertEqual({id} | ALSO.get(id, set()), self.broken())

    def test_an_encrypted_file_is_found_out(self) -> None:
        save(specimen(), self.path, pikepdf.Encryption(owner="", user="", R=4))
        self.assertEqual({"encryption"}, self.broken())

    def test_device_rgb_is_found_wherever_it_hides(self) -> None:
        rgb = Name.DeviceRGB
        indexed = Array([Name.Indexed, rgb, 0, pikepdf.String("abc")])
        shading = Dictionary(ShadingType=2, ColorSpace=rgb)
        hides: list[Break] = [
            lambda pdf: xobject(pdf, "/Picture").__setitem__("/ColorSpace", rgb),
            lambda pdf: xobject(pdf, "/Picture").__setitem__("/ColorSpace", indexed),
            lambda pdf: xobject(pdf, "/Form").write(b"/DeviceRGB cs"),
            lambda pdf: xobject(pdf, "/Form").__setitem__("/Group", Dictionary(S=Name.Transparency, CS=rgb)),
            lambda pdf: resources(pdf).__setitem__("/Shading", Dictionary(Sky=shading)),
            lambda pdf: resources(pdf).__setitem__("/Pattern", Dictionary(Sky=Dictionary(Shading=shading))),
            lambda pdf: draw(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
        ]
        for number, hide in enumerate(hides):
            with self.subTest(number):
                pdf = specimen()
                hide(pdf)
                save(pdf, self.path)
                self.assertEqual({"device-rgb"}, self.broken())

    def test_a_default_space_stands_in_for_device_rgb(self) -> None:
        pdf = specimen()
        draw(pdf, b"1 0 0 rg")
        resources(pdf).ColorSpace.DefaultRGB = resources(pdf).ColorSpace.Photos
        save(pdf, self.path)
        self.assertEqual(set(), self.broken())

    def test_a_media_box_may_be_inherited(self) -> None:
        pdf = specimen()
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        del pdf.pages[0].obj.MediaBox
        save(pdf, self.path)
        self.assertEqual(set(), self.broken())

    def test_a_glyph_beyond_the_subset_is_a_notdef(self) -> None:
        pdf = specimen()
        draw(pdf, b"BT /Face 12 Tf q /Face 9 Tf Q <00010003> Tj ET")
        save(pdf, self.path)
        self.assertEqual({"notdef"}, self.broken())


if __name__ == "__main__":
    unittest.main()
