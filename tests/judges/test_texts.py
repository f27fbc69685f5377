"""The check of texts ignores typography, and finds every other difference."""

import tempfile
import unittest
from pathlib import Path

from manifest import REFERENCE, Manifest, plain
from texts import contains, normalized, missing_texts, with_references, unexpected_characters


def matches(page: str, words: str) -> bool:
    return contains([normalized(page)], normalized(words))


class Words(unittest.TestCase):
    def test_quotes_dashes_and_line_ends_are_typography(self) -> None:
        self.assertTrue(matches("“Well” – said\nshe", '"Well" -- said she'))
        self.assertTrue(matches("don’t…", "don't..."))
        self.assertFalse(matches("well known", "well -- known"))

    def test_a_word_hyphenated_at_a_line_end_matches(self) -> None:
        for broken in ("kilo\u00ad\nmetres", "kilo\u00admetres"):
            self.assertTrue(matches(broken, "kilometres"))
        # pdftotext removes hyphens at the ends of lines.
        for broken in ("well-\nknown", "wellknown", "well-known"):
            self.assertTrue(matches(broken, "well-known"))
        self.assertFalse(matches("well-known", "wellknown"))

    def test_joined_or_split_words_do_not_match(self) -> None:
        self.assertFalse(matches("firstlight", "first light"))
        self.assertFalse(matches("first li ght", "first light"))
        self.assertFalse(matches("first li\nght", "first light"))

    def test_ideographs_continue_on_the_next_line(self) -> None:
        self.assertTrue(matches("夜明け\nの港。", "夜明けの港。"))
        self.assertTrue(matches("ที่นี่\nทั้งหมด", "ที่นี่ทั้งหมด"))
        self.assertTrue(matches("항구의\n첫 빛", "항구의 첫 빛"))
        self.assertFalse(matches("夜明 けの港。", "夜明けの港。"))
        self.assertFalse(matches("항구의첫 빛", "항구의 첫 빛"))

    def test_direction_marks_are_ignored_and_vowel_marks_are_compared(self) -> None:
        self.assertTrue(matches("and \u202bهادئًا\u200f\u202c there", "and هادئًا there"))
        for broken in ("هاد ًئا", "هادًئا", "هادئا", "اًئداه", "هادئ ًا"):
            self.assertFalse(matches(broken, "هادئًا"), broken)
        # The order of a shadda and a vowel is not visible.
        self.assertTrue(matches("مُحَم\u0651\u064eدٌ", "مُحَم\u064e\u0651دٌ"))
        self.assertFalse(matches("שלו ֹם", "שָׁלוֹם"))

    def test_spaces_beside_right_to_left_words_are_compared(self) -> None:
        self.assertFalse(matches("word  السلامafter", "word السلام after"))
        self.assertFalse(matches("وثمنه 45 يورو .عاد", "وثمنه 45 يورو. عاد"))

    def test_a_ligature_does_not_match_its_letters(self) -> None:
        self.assertFalse(matches("ﬁrst", "first"))
        self.assertEqual(["\u2060", "\ue001", "ﬁ", "\ufffd"], unexpected_characters(["ﬁr", "s\ue001t\ufffd\u2060"]))

    def test_a_paragraph_may_continue_on_the_next_page(self) -> None:
        paragraph = "it begins at the foot of one page and it ends at the head of the next"
        pages = ["before it begins at the foot of one page vii", "and it ends at the head of the next and on"]
        self.assertTrue(contains(pages, paragraph))
        self.assertFalse(contains(pages[::-1], paragraph))
        self.assertFalse(contains(pages, paragraph.replace("head", "foot")))

    def test_a_link_may_be_followed_by_the_number_of_its_note(self) -> None:
        forms = list(with_references(f"one{REFERENCE} and two{REFERENCE}."))
        self.assertIn("one and two.", forms)
        self.assertIn("one3 and two4.", forms)
        self.assertNotIn("one3 and two5.", forms)
        self.assertEqual(["plain"], list(with_references("plain")))

    def test_the_number_of_a_note_may_follow_the_punctuation(self) -> None:
        forms = list(with_references(f"one{REFERENCE}, and two{REFERENCE}."))
        for form in ("one, and two.", "one1, and two2.", "one,1 and two.2", "one,7 and two.8"):
            self.assertIn(form, forms)

    def test_a_paragraph_may_span_three_pages(self) -> None:
        pages = ["first comes a good deal of text 1", "and then comes as much again 2", "to end with this"]
        self.assertTrue(
            contains(pages, "first comes a good deal of text and then comes as much again to end with this")
        )

    def test_missing_texts_are_listed(self) -> None:
        pages = ["A caption 3\n", "Another one.4 And\n5"]
        expected = ["A caption", f"Another one.{REFERENCE} And", "A third"]
        self.assertEqual(["A third"], list(missing_texts(pages, expected)))
        self.assertEqual(expected[:1], list(missing_texts(pages[1:], expected[:2])))


class Manifests(unittest.TestCase):
    def test_notes_and_terms_are_paragraphs_of_their_own(self) -> None:
        markdown = "Called.[^1] On\n\n[^1]: What it says.\n\nTerm\n: meaning\n: and another\n\n    code\n"
        self.assertEqual(
            [f"Called.{REFERENCE} On", "What it says.", "Term", "meaning", "and another", "code"], plain(markdown)
        )

    def test_markdown_becomes_plain_text(self) -> None:
        self.assertEqual(["A road", f"Closed in winter{REFERENCE}."], plain("# A *road*\n\nClosed in [winter](x.html)."))

    def test_photos_and_texts_are_read_from_the_manifest(self) -> None:
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
