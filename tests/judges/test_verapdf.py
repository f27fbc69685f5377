"""veraPDF accepts a blank document that is PDF/A-2b and PDF/UA-1, and finds what breaks it."""

import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from verapdf import claims, violations

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Blank</rdf:li></rdf:Alt></dc:title>
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>The part of ISO 14289</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def blank() -> Pdf:
    """A tagged document with a white rectangle, which is an artifact."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(120, 120)).obj
    page.Contents = pdf.make_stream(b"/Artifact BMC 0 0 1 1 re n EMC")
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = pikepdf.String("en")
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return pdf


class VeraPdf(unittest.TestCase):
    def rules(self, change: Callable[[Pdf], None] = lambda pdf: None) -> set[str]:
        """The rules that the document fails after a change."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "blank.pdf"
            pdf = blank()
            change(pdf)
            pdf.save(path, force_version="1.6", static_id=True, fix_metadata_version=False)
            return {f"{found.flavour} {found.clause}" for found in violations([path], ["2b", "ua1"])}

    def test_a_blank_document_conforms(self) -> None:
        self.assertEqual(self.rules(), set())

    def test_a_document_claims_what_its_metadata_say(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "blank.pdf"
            blank().save(path, fix_metadata_version=False)
            self.assertEqual(claims(path), ["2b", "ua1"])

    def test_content_without_a_tag_is_found(self) -> None:
        def untag(pdf: Pdf) -> None:
            pdf.pages[0].obj.Contents = pdf.make_stream(b"/DeviceGray cs 0 sc 0 0 1 1 re f")

        self.assertEqual(self.rules(untag), {"2b 6.2.4.3", "ua1 7.1"})

    def test_a_title_that_is_not_shown_is_found(self) -> None:
        def hide(pdf: Pdf) -> None:
            del pdf.Root.ViewerPreferences

        self.assertEqual(self.rules(hide), {"ua1 7.1"})

    def test_a_skipped_heading_is_found(self) -> None:
        def skip(pdf: Pdf) -> None:
            document = pdf.Root.StructTreeRoot.K
            levels = [Name.H1, Name.H3]
            document.K = Array(
                pdf.make_indirect(Dictionary(Type=Name.StructElem, S=level, P=document)) for level in levels
            )

        self.assertEqual(self.rules(skip), {"ua1 7.4.2"})

    def test_a_file_without_claims_is_found(self) -> None:
        def strip(pdf: Pdf) -> None:
            del pdf.Root.Metadata

        self.assertEqual(self.rules(strip), {"2b 6.6.2.1", "ua1 7.1"})


if __name__ == "__main__":
    unittest.main()
