"""Every rule of PDF/X-4 is violated once, and must report it."""

import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from specimen import XMP, intent, profile, save, specimen
from x4 import RULES, Document, violations


def resources(pdf: Pdf) -> Object:
    return pdf.pages[0].obj.Resources


def font(pdf: Pdf) -> Object:
    return resources(pdf).Font.Face


def descendant(pdf: Pdf) -> Object:
    return font(pdf).DescendantFonts[0]


def state(pdf: Pdf) -> Object:
    return resources(pdf).ExtGState.Page


def xobject(pdf: Pdf, name: str) -> Object:
    return resources(pdf).XObject[name]


def output_intent(pdf: Pdf) -> Object:
    return pdf.Root.OutputIntents[0]


def draw(pdf: Pdf, content: bytes) -> None:
    pdf.pages[0].obj.Contents.write(content)


def replace_in_xmp(pdf: Pdf, old: str, new: str) -> None:
    assert old in XMP
    pdf.Root.Metadata.write(XMP.replace(old, new).encode())


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


def use_the_output_profile(pdf: Pdf) -> None:
    stream = pdf.make_stream(profile("prtr", "CMYK"), N=4)
    resources(pdf).ColorSpace.Inks = Array([Name.ICCBased, stream])


def use_a_simple_font(pdf: Pdf) -> None:
    simple = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources(pdf).Font.Simple = pdf.make_indirect(simple)


def make_the_output_intent_rgb(pdf: Pdf) -> None:
    output_intent(pdf).DestOutputProfile = pdf.make_stream(profile("prtr", "RGB "), N=3)


Change = Callable[[Pdf], object]

# A change of the specimen that violates each rule.
CHANGES: dict[str, Change] = {
    "external-stream": lambda pdf: xobject(pdf, "/Form").__setitem__("/F", pikepdf.String("a.bin")),
    "lzw": add_lzw,
    "house-embedded-files": lambda pdf: pdf.Root.__setitem__(
        "/Names", Dictionary(EmbeddedFiles=Dictionary())
    ),
    "output-intent": add_intent,
    "output-condition": lambda pdf: output_intent(pdf).__delitem__("/OutputConditionIdentifier"),
    "profile-embedded": lambda pdf: output_intent(pdf).__delitem__("/DestOutputProfile"),
    "profile-components": lambda pdf: output_intent(pdf).DestOutputProfile.__setitem__("/N", 3),
    "profile-class": lambda pdf: output_intent(pdf).DestOutputProfile.write(profile("mntr", "CMYK")),
    "profile-version": lambda pdf: output_intent(pdf).DestOutputProfile.write(profile("prtr", "CMYK", 5)),
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
    "xmp-version": lambda pdf: replace_in_xmp(pdf, "PDF/X-4<", "PDF/X-4p<"),
    "xmp-dates": lambda pdf: replace_in_xmp(pdf, "xmp:MetadataDate", "xmp:Other"),
    "xmp-title": lambda pdf: replace_in_xmp(pdf, ">Specimen<", "><"),
    "xmp-media-management": lambda pdf: replace_in_xmp(pdf, "xmpMM:VersionID", "xmpMM:Other"),
    "xmp-trapped": lambda pdf: replace_in_xmp(pdf, ">False<", ">True<"),
    "xmp-agrees": lambda pdf: replace_in_xmp(pdf, "Specimen", "Another"),
    "font-embedded": lambda pdf: descendant(pdf).FontDescriptor.__delitem__("/FontFile2"),
    "font-program": lambda pdf: descendant(pdf).FontDescriptor.FontFile2.write(b"no font"),
    "cid-system-info": lambda pdf: descendant(pdf).__delitem__("/CIDSystemInfo"),
    "composite-encoding": lambda pdf: font(pdf).__setitem__("/Encoding", Name("/UniJIS-UTF16-H")),
    "cid-to-gid": lambda pdf: descendant(pdf).__delitem__("/CIDToGIDMap"),
    "house-to-unicode": lambda pdf: font(pdf).__delitem__("/ToUnicode"),
    "house-composite-fonts": use_a_simple_font,
    "notdef": lambda pdf: draw(pdf, b"BT /Face 12 Tf [<0001> 10 <0000>] TJ ET"),
    "house-glyph-widths": lambda pdf: descendant(pdf).__setitem__("/W", Array([1, Array([510, 600])])),
    "device-rgb": lambda pdf: draw(pdf, b"1 0 0 rg"),
    "device-cmyk": make_the_output_intent_rgb,
    "icc-profile": lambda pdf: resources(pdf).ColorSpace.Photos[1].__setitem__("/N", 4),
    "icc-cmyk-twin": use_the_output_profile,
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

# A change of the bytes, for errors that pikepdf would repair on saving.
BYTE_CHANGES: dict[str, tuple[bytes, bytes]] = {
    "syntax": (b"startxref", b"startxruf"),
    "header": (b"%PDF-1.6", b"%PDF-1.7"),
    "file-id": (b"/ID [", b"/IX ["),
    "media-box": (b"/MediaBox", b"/MediaBux"),
}

# Further rules that some of the changes violate.
ALSO_VIOLATED: dict[str, set[str]] = {
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

    def violated(self) -> set[str]:
        return {violation.rule.id for violation in violations(Document(self.path))}

    def test_the_specimen_is_valid(self) -> None:
        save(specimen(), self.path)
        self.assertEqual([], violations(Document(self.path)))

    def test_every_rule_has_a_change_that_violates_it(self) -> None:
        self.assertEqual({rule.id for rule in RULES}, CHANGES.keys() | BYTE_CHANGES.keys() | {"encryption"})

    def test_a_change_violates_its_rule(self) -> None:
        for id, change in CHANGES.items():
            with self.subTest(id):
                pdf = specimen()
                change(pdf)
                save(pdf, self.path)
                self.assertEqual({id} | ALSO_VIOLATED.get(id, set()), self.violated())

    def test_a_change_of_bytes_violates_its_rule(self) -> None:
        for id, (old, new) in BYTE_CHANGES.items():
            with self.subTest(id):
                save(specimen(), self.path)
                data = self.path.read_bytes()
                self.assertIn(old, data)
                self.path.write_bytes(data.replace(old, new))
                self.assertEqual({id} | ALSO_VIOLATED.get(id, set()), self.violated())

    def test_an_encrypted_file_is_found(self) -> None:
        save(specimen(), self.path, pikepdf.Encryption(owner="", user="", R=4))
        self.assertEqual({"encryption"}, self.violated())

    def test_device_rgb_is_found_everywhere(self) -> None:
        rgb = Name.DeviceRGB
        indexed = Array([Name.Indexed, rgb, 0, pikepdf.String("abc")])
        shading = Dictionary(ShadingType=2, ColorSpace=rgb)
        changes: list[Change] = [
            lambda pdf: xobject(pdf, "/Picture").__setitem__("/ColorSpace", rgb),
            lambda pdf: xobject(pdf, "/Picture").__setitem__("/ColorSpace", indexed),
            lambda pdf: xobject(pdf, "/Form").write(b"/DeviceRGB cs"),
            lambda pdf: xobject(pdf, "/Form").__setitem__("/Group", Dictionary(S=Name.Transparency, CS=rgb)),
            lambda pdf: resources(pdf).__setitem__("/Shading", Dictionary(Sky=shading)),
            lambda pdf: resources(pdf).__setitem__("/Pattern", Dictionary(Sky=Dictionary(Shading=shading))),
            lambda pdf: draw(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                pdf = specimen()
                change(pdf)
                save(pdf, self.path)
                self.assertEqual({"device-rgb"}, self.violated())

    def test_a_default_colour_space_replaces_device_rgb(self) -> None:
        pdf = specimen()
        draw(pdf, b"1 0 0 rg")
        resources(pdf).ColorSpace.DefaultRGB = resources(pdf).ColorSpace.Photos
        save(pdf, self.path)
        self.assertEqual(set(), self.violated())

    def test_a_media_box_may_be_inherited(self) -> None:
        pdf = specimen()
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        del pdf.pages[0].obj.MediaBox
        save(pdf, self.path)
        self.assertEqual(set(), self.violated())

    def test_a_glyph_outside_the_subset_is_notdef(self) -> None:
        pdf = specimen()
        draw(pdf, b"BT /Face 12 Tf q /Face 9 Tf Q <00010003> Tj ET")
        save(pdf, self.path)
        self.assertEqual({"notdef"}, self.violated())


if __name__ == "__main__":
    unittest.main()
