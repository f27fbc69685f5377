"""The judge of words lets typography be, and nothing else."""

import tempfile
import unittest
from pathlib import Path

from manifest import MARK, Manifest, plain
from words import holds, key, lacking, numbered, strange


def stands(page: str, words: str) -> bool:
    return holds([key(page)], key(words))


class Words(unittest.TestCase):
    def test_quotes_dashes_and_the_ends_of_lines_are_typography(self) -> None:
        self.assertTrue(stands("“Well” – said\nshe", '"Well" -- said she'))
        self.assertTrue(stands("don’t…", "don't..."))
        self.assertFalse(stands("well known", "well -- known"))

    def test_a_word_broken_at_a_line_end_is_whole(self) -> None:
        for broken in ("kilo\u00ad\nmetres", "kilo\u00admetres"):
            self.assertTrue(stands(broken, "kilometres"))
        # pdftotext takes out the hyphens at the ends of lines.
        for broken in ("well-\nknown", "wellknown", "well-known"):
            self.assertTrue(stands(broken, "well-known"))
        self.assertFalse(stands("well-known", "wellknown"))

    def test_words_run_together_or_torn_apart_are_others(self) -> None:
        self.assertFalse(stands("firstlight", "first light"))
        self.assertFalse(stands("first li ght", "first light"))
        self.assertFalse(stands("first li\nght", "first light"))

    def test_ideographs_go_on_in_the_next_line(self) -> None:
        self.assertTrue(stands("夜明け\nの港。", "夜明けの港。"))
        self.assertTrue(stands("ที่นี่\nทั้งหมด", "ที่นี่ทั้งหมด"))
        self.assertTrue(stands("항구의\n첫 빛", "항구의 첫 빛"))
        self.assertFalse(stands("夜明 けの港。", "夜明けの港。"))
        self.assertFalse(stands("항구의첫 빛", "항구의 첫 빛"))

    def test_marks_of_direction_are_no_letters_and_marks_over_letters_are(self) -> None:
        self.assertTrue(stands("and \u202bهادئًا\u200f\u202c there", "and هادئًا there"))
        for broken in ("هاد ًئا", "هادًئا", "هادئا", "اًئداه", "هادئ ًا"):
            self.assertFalse(stands(broken, "هادئًا"), broken)
        # The order of a doubling sign and a vowel is none that anyone could see.
        self.assertTrue(stands("مُحَم\u0651\u064eدٌ", "مُحَم\u064e\u0651دٌ"))
        self.assertFalse(stands("שלו ֹם", "שָׁלוֹם"))

    def test_spaces_stay_on_their_side_of_a_word_from_the_right(self) -> None:
        self.assertFalse(stands("word  السلامafter", "word السلام after"))
        self.assertFalse(stands("وثمنه 45 يورو .عاد", "وثمنه 45 يورو. عاد"))

    def test_a_ligature_is_no_letter(self) -> None:
        self.assertFalse(stands("ﬁrst", "first"))
        self.assertEqual(["\u2060", "\ue001", "ﬁ", "\ufffd"], strange(["ﬁr", "s\ue001t\ufffd\u2060"]))

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


    def test_what_is_lacking_is_named(self) -> None:
        pages = ["A caption 3\n", "Another one.4 And\n5"]
        promised = ["A caption", f"Another one.{MARK} And", "A third"]
        self.assertEqual(["A third"], list(lacking(pages, promised)))
        self.assertEqual(promised[:1], list(lacking(pages[1:], promised[:2])))


class Promises(unittest.TestCase):
    def test_notes_and_terms_are_paragraphs_of_their_own(self) -> None:
        markdown = "Called.[^1] On\n\n[^1]: What it says.\n\nTerm\n: meaning\n: and another\n\n    code\n"
        self.assertEqual(
            [f"Called.{MARK} On", "What it says.", "Term", "meaning", "and another", "code"], plain(markdown)
        )

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
