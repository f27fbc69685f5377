"""The checks of the offline edition find the errors that they are for."""

import hashlib
import tempfile
import unittest
import zipfile
from pathlib import Path

from PIL import Image

from offline import Book, Edition, differing_words, metadata, outside, sums, too_slow, unsafe_names

CHAPTER = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    "<h1>Winter Road</h1><p>The ferry leaves at <em>seven</em>, with the post, the bread and whoever has a boat "
    'to catch; nobody counts the passengers, and nobody is left behind.</p><nav epub:type="page-list"><ol><li>17</li></ol></nav></body></html>'
)


class Names(unittest.TestCase):
    def test_ordinary_names_are_safe(self) -> None:
        self.assertEqual(list(unsafe_names(["index.html", "READ-ME.txt", "SHA256SUMS", "book/plate-007-410.jpg"])), [])

    def test_other_letters_spaces_devices_and_long_names_are_not(self) -> None:
        for name in ("book/été.jpg", "a b.jpg", "book/con.jpg", "LPT1", "a:b", "dot.", ".hidden", "x" * 65):
            self.assertTrue(list(unsafe_names([name])), name)

    def test_names_that_differ_only_in_case_are_not(self) -> None:
        self.assertTrue(list(unsafe_names(["book/A.jpg", "book/a.jpg"])))


class Files(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def write_sums(self) -> None:
        names = [path for path in sorted(self.folder.iterdir()) if path.name != "SHA256SUMS"]
        lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in names]
        (self.folder / "SHA256SUMS").write_text("".join(lines), "utf-8")

    def test_a_changed_and_an_unlisted_file_are_found(self) -> None:
        page = self.folder / "index.html"
        page.write_text("one", "utf-8")
        self.assertTrue(list(sums(self.folder)))
        self.write_sums()
        self.assertEqual(list(sums(self.folder)), [])
        page.write_text("two", "utf-8")
        self.assertTrue(list(sums(self.folder)))
        self.write_sums()
        (self.folder / "more.txt").write_text("", "utf-8")
        self.assertTrue(list(sums(self.folder)))

    def test_a_picture_with_exif_is_found(self) -> None:
        picture = Image.new("RGB", (8, 8))
        picture.save(self.folder / "plain.jpg")
        self.assertEqual(list(metadata(self.folder)), [])
        exif = picture.getexif()
        exif[0x010F] = "Maker"
        picture.save(self.folder / "exif.jpg", exif=exif)
        self.assertTrue(list(metadata(self.folder)))

    def test_a_file_that_needs_others_is_found(self) -> None:
        page = self.folder / "book.html"
        page.write_text('<img alt="" src="data:image/png;base64,AA==">', "utf-8")
        self.assertEqual(list(outside(page)), [])
        page.write_text('<script src="viewer.js"></script>', "utf-8")
        self.assertTrue(list(outside(page)))
        page.write_text('<link rel="stylesheet" href="book.css">', "utf-8")
        self.assertTrue(list(outside(page)))

    def test_a_text_that_is_not_on_the_page_is_found(self) -> None:
        with zipfile.ZipFile(self.folder / "book.epub", "w") as archive:
            archive.writestr("chapter.xhtml", CHAPTER)
        edition = Edition(Book("book", Path()), "zip", Path(), self.folder, self.folder)
        lines = ["Winter Road", "The ferry leaves at seven, with the post, the bread and", "whoever has a boat to catch; nobody counts the passengers, and nobody is left behind."]
        self.assertEqual(list(differing_words(edition, lines)), [])
        self.assertTrue(list(differing_words(edition, lines[1:])))
        self.assertTrue(list(differing_words(edition, [line.replace("seven", "eight") for line in lines])))


class Numbers(unittest.TestCase):
    def test_a_late_cover_and_a_full_memory_are_found(self) -> None:
        self.assertEqual(list(too_slow({"painted": 200, "memory": 2e8})), [])
        self.assertTrue(list(too_slow({"painted": 2000})))
        self.assertTrue(list(too_slow({"memory": 1.4e9})))


if __name__ == "__main__":
    unittest.main()
