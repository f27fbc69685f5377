"""Every rule that only PDF/X-1a has is violated once, and must report it."""

import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from specimen import profile, save, specimen
from x1a import RULES, Document, violations
from x1a.rules import OWN_RULES

CONTENT = b"0 0 0 1 k 10 10 5 5 re f /Photos cs 1 sc /Picture Do /Form Do BT /Face 12 Tf <00010002> Tj ET"


def x1a_specimen() -> Pdf:
    """The specimen, in inks alone and without transparency."""
    pdf = specimen()
    tint = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(CONTENT)
        page.obj.Resources.ColorSpace.Photos = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
        page.obj.Resources.ExtGState.Page = Dictionary()
    picture = pdf.pages[0].obj.Resources.XObject.Picture
    picture.write(bytes(4))
    picture.ColorSpace = Name.DeviceCMYK
    pdf.trailer.Info.GTS_PDFXVersion = "PDF/X-1a:2003"
    pdf.trailer.Info.GTS_PDFXConformance = "PDF/X-1a:2003"
    return pdf


def resources(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj.Resources


def picture(pdf: Pdf) -> pikepdf.Object:
    return resources(pdf).XObject.Picture



def add_program(pdf: Pdf) -> None:
    other = Dictionary(Type=Name.FontDescriptor, FontFile3=pdf.make_stream(b"", Subtype=Name.OpenType))
    pdf.Root.Other = pdf.make_indirect(other)


def make_the_output_intent_rgb(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(profile("prtr", "RGB "), N=3)


Change = Callable[[Pdf], object]

# A change of the specimen that violates each rule.
CHANGES: dict[str, Change] = {
    "x1a-names": lambda pdf: pdf.trailer.Info.__setitem__("/GTS_PDFXVersion", "PDF/X-1:2003"),
    "x1a-filters": lambda pdf: picture(pdf).write(b"", filter=Name.JPXDecode),
    "x1a-font-programs": add_program,
    "x1a-optional-content": lambda pdf: picture(pdf).__setitem__("/OC", Dictionary(Type=Name.OCG)),
    "x1a-inks": lambda pdf: picture(pdf).__setitem__("/ColorSpace", Name.DeviceRGB),
    "x1a-default-spaces": lambda pdf: resources(pdf).ColorSpace.__setitem__("/DefaultGray", Name.DeviceGray),
    "x1a-profile": make_the_output_intent_rgb,
    "x1a-depth": lambda pdf: picture(pdf).__setitem__("/BitsPerComponent", 16),
    "x1a-soft-masks": lambda pdf: picture(pdf).__setitem__("/SMask", pdf.make_stream(b"")),
    "x1a-opacity": lambda pdf: resources(pdf).ExtGState.Page.__setitem__("/ca", 0.5),
    "x1a-blend-modes": lambda pdf: resources(pdf).ExtGState.Page.__setitem__("/BM", Name.Multiply),
    "x1a-groups": lambda pdf: pdf.pages[1].obj.__setitem__("/Group", Dictionary(S=Name.Transparency)),
}

# Further rules that some of the changes violate.
ALSO_VIOLATED = {"x1a-profile": {"device-cmyk"}}


class PdfX1a(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "specimen.pdf"

    def save(self, pdf: Pdf, version: bytes = b"4") -> None:
        save(pdf, self.path)
        data = self.path.read_bytes()
        self.assertIn(b"%PDF-1.6", data)
        self.path.write_bytes(data.replace(b"%PDF-1.6", b"%PDF-1." + version))

    def violated(self) -> set[str]:
        return {violation.rule.id for violation in violations(Document(self.path))}

    def test_the_specimen_is_valid(self) -> None:
        self.save(x1a_specimen())
        self.assertEqual([], violations(Document(self.path)))

    def test_every_rule_has_a_change_that_violates_it(self) -> None:
        others = {"x1a-header", "x1a-cross-reference"}
        self.assertEqual({rule.id for rule in OWN_RULES}, CHANGES.keys() | others)

    def test_a_change_violates_its_rule(self) -> None:
        for id, change in CHANGES.items():
            with self.subTest(id):
                pdf = x1a_specimen()
                change(pdf)
                self.save(pdf)
                self.assertEqual({id} | ALSO_VIOLATED.get(id, set()), self.violated())

    def test_the_version_depends_on_the_year_of_the_standard(self) -> None:
        pdf = x1a_specimen()
        self.save(pdf, b"5")
        self.assertEqual({"x1a-header"}, self.violated())
        pdf.trailer.Info.GTS_PDFXVersion = "PDF/X-1:2001"
        pdf.trailer.Info.GTS_PDFXConformance = "PDF/X-1a:2001"
        self.save(pdf)
        self.assertEqual({"x1a-header"}, self.violated())
        self.save(pdf, b"3")
        self.assertEqual(set(), self.violated())

    def test_streams_of_objects_are_found(self) -> None:
        x1a_specimen().save(self.path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self.assertIn("x1a-cross-reference", self.violated())

    def test_ids_are_unique(self) -> None:
        self.assertEqual(len({rule.id for rule in RULES}), len(RULES))


if __name__ == "__main__":
    unittest.main()
