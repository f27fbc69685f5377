"""The judge of words lets typography be, and nothing else."""

import tempfile
import unittest
from pathlib import Path

from manifest import MARK, Manifest, plain
from words import holds, key, numbered


class Words(unittest.TestCase):
    def test_quotes_dashes_and_spaces_are_typography(self) -> None:
        self.assertEqual(key('"Well" -- said\nshe'), key("“Well” – said she"))
        self.assertEqual(key("don't..."), key("don’t…"))

    def test_a_word_broken_at_a_line_end_is_whole(self) -> None:
        for broken in ("kilo-\nmetres", "kilo\u00ad\nmetres", "kilo\u00admetres"):
            self.assertEqual(key("kilometres"), key(broken))
        self.assertEqual(key("well-known"), key("well-\nknown"))

    def test_words_run_together_are_others(self) -> None:
        self.assertNotEqual(key("first light"), key("firstlight"))

    def test_a_ligature_is_no_letter(self) -> None:
        self.assertNotEqual(key("first"), key("ﬁrst"))

    def test_a_paragraph_may_run_over_pages(self) -> None:
        paragraph = "it begins at the foot of one page and it ends at the head of the next"
        pages = ["before it begins at the foot of one page vii", "and it ends at the head of the next and on"]
        self.assertTrue(holds(pages, paragraph))
        self.assertFalse(holds(pages[::-1], paragraph))
        self.assertFalse(holds(pages, paragraph.replace("head", "foot")))

    def test_a_link_may_have_the_number_of_its_note(self) -> None:
        ways = list(numbered(f"one{MARK} and two{MARK}."))
        self.assertIn("one and two.", ways)
        self.assertIn("one3 and two4.", ways)
        self.assertNotIn("one3 and two5.", ways)
        self.assertEqual(["plain"], list(numbered("plain")))

    def test_a_paragraph_may_run_over_three_pages(self) -> None:
        pages = ["first comes a good deal of text 1", "and then comes as much again 2", "to end with this"]
        self.assertTrue(
            holds(pages, "first comes a good deal of text and then comes as much again to end with this")
        )


class Promises(unittest.TestCase):
    def test_markdown_becomes_plain_text(self) -> None:
        self.assertEqual(["A road", f"Closed in winter{MARK}."], plain("# A *road*\n\nClosed in [winter](x.html)."))

    def test_a_manifest_promises_photos_and_words(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder)
            for name in ("b.jpg", "a.jpg", "c.png"):
                (book / name).touch()
            (book / "text.md").write_text("One.\n\nTwo.")
            (book / "book.yaml").write_text(
                "title: T\npages:\n  - text: text.md\n  - photos: '*.jpg'\n"
                "  - { chapter: Three, intro: Four. }\n  - { photo: c.png, caption: '*Five*' }\n"
            )
            manifest = Manifest.read(book)
        self.assertEqual(["a.jpg", "b.jpg", "c.png"], [photo.name for photo in manifest.photos])
        self.assertEqual(["Five"], manifest.captions)
        self.assertEqual(["Three"], manifest.chapters)
        self.assertEqual(["One.", "Two.", "Four."], manifest.paragraphs)


if __name__ == "__main__":
    unittest.main()
