"""The checks of pictures count every picture and compare pixels."""

import tempfile
import unittest
from pathlib import Path

from PIL import Image

from pictures import pictures_per_page, pixels
from specimen import save, specimen


class Pictures(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def counts(self, content: bytes) -> list[int]:
        pdf = specimen()
        form = pdf.pages[0].obj.Resources.XObject.Form
        del form["/Resources"]
        form.write(b"/Picture Do")
        pdf.pages[0].obj.Contents.write(content)
        pdf.pages[1].obj.Contents.write(b"0 g")
        save(pdf, self.folder / "specimen.pdf")
        return pictures_per_page(self.folder / "specimen.pdf")

    def test_pictures_are_counted_in_forms_too(self) -> None:
        self.assertEqual([1, 0], self.counts(b"/Picture Do"))
        self.assertEqual([2, 0], self.counts(b"/Picture Do /Form Do"))
        self.assertEqual([1, 0], self.counts(b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI"))

    def test_pictures_are_compared_by_their_pixels(self) -> None:
        red = Image.new("RGB", (8, 8), "red")
        red.save(self.folder / "a.png")
        red.save(self.folder / "b.png", compress_level=0)
        red.putpixel((0, 0), (254, 0, 0))
        red.save(self.folder / "c.png")
        self.assertEqual(pixels(self.folder / "a.png"), pixels(self.folder / "b.png"))
        self.assertNotEqual(pixels(self.folder / "a.png"), pixels(self.folder / "c.png"))


if __name__ == "__main__":
    unittest.main()
