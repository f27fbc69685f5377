"""The rules for pages find what they are about, and nothing on a page that is right."""

import unittest

from page_boxes import Box, Item, Line, PageBoxes
from pages import Setting, faults, shares

BLACK, GREY, WHITE = (35, 31, 32), (119, 120, 123), (255, 255, 255)
STYLE = {
    "page": {"margins": {"inner": "10.5 %", "outer": "8.5 %", "top": "8.5 %", "bottom": "12.5 %"}},
    "folios": "outer-foot",
}
SETTING = Setting("latin", "classic", "210 square", STYLE, frozenset({"clock", "work", "clockwork", "captain"}))


def text(
    *lines: str, left: float = 30, top: float = 40, roles: tuple[str, ...] = ("Document", "Sect", "P"),
    size: float = 10, colour: tuple[int, int, int] = BLACK, section: tuple[int, int] = (1, 0),
) -> Item:  # fmt: skip
    found = [
        Line(Box(left, top + 5 * n, left + 2 * len(line), top + 5 * n + 3), line, size, (colour,))
        for n, line in enumerate(lines)
    ]
    return Item(roles, section if roles[0] != "Artifact" else None, lines=found)


def folio(left: float) -> Item:
    return text("12", left=left, top=195, size=7, roles=("Artifact", "Footer"))


def picture(left: float = 40, top: float = 40, right: float = 160, bottom: float = 120) -> Item:
    return Item(("Document", "Sect", "Div", "Figure"), (1, 0), pictures=[Box(left, top, right, bottom)])


def caption(*lines: str, top: float = 125, **keys: object) -> Item:
    return text(*lines, left=40, top=top, roles=("Document", "Sect", "Div", "Caption", "P"), **{"size": 8, **keys})


def found(*items: Item, number: int = 13, setting: Setting = SETTING) -> list[str]:
    page = PageBoxes(number, 210, 210, WHITE, list(items))
    return [fault.split(": ", 1)[1] for fault in faults([page], setting)]


class Pages(unittest.TestCase):
    def test_a_page_that_is_right_has_no_faults(self) -> None:
        self.assertEqual(found(picture(), caption("A captain."), folio(190)), [])
        self.assertEqual(found(picture(), caption("A captain."), folio(18), number=12), [])

    def test_pictures_and_texts_are_inside_the_margins(self) -> None:
        self.assertEqual(found(picture(left=12)), ["the picture is outside the margins"])
        self.assertEqual(found(caption("A captain.", top=184)), ["“A captain.” is outside the margins"])

    def test_a_picture_to_the_edges_needs_no_margins(self) -> None:
        self.assertEqual(found(picture(-3, -3, 213, 213), folio(190)), [])

    def test_texts_do_not_overlap(self) -> None:
        self.assertEqual(found(text("Title"), text("Names", top=41)), ["“Title” and “Names” overlap by 2.0 mm"])
        self.assertEqual(found(picture(), caption("Below", top=100)), ["the picture and “Below” overlap by 10.0 mm"])

    def test_folios_are_outside_and_have_room(self) -> None:
        self.assertEqual(found(folio(18)), ["the folio is 188 mm from the outer edge"])
        arabic = Setting("arabic", "classic", "210 square", STYLE)
        self.assertEqual(found(folio(18), setting=arabic), [])
        crowded = found(caption("A", top=191, colour=BLACK), folio(43), number=12)
        self.assertIn("“A” is 1.0 mm from the folio", crowded)

    def test_type_can_be_read(self) -> None:
        self.assertEqual(found(text("Small", size=6)), ["“Small” has 6 pt, below 7 pt"])
        large = Setting("latin", "classic", "A4", STYLE)
        running = text("Text", "of three", "lines", size=10)
        self.assertEqual(found(running, setting=large), ["“Text” has 10 pt, below 10.5 pt"])

    def test_text_has_contrast(self) -> None:
        self.assertEqual(found(text("Grey", colour=(140, 140, 140))), ["“Grey” has a contrast of 3.4 : 1"])
        self.assertEqual(found(caption("Grey", colour=(112, 112, 112))), ["“Grey” is lighter than 75 % black at 8 pt"])

    def test_words_are_not_torn(self) -> None:
        self.assertEqual(found(text("the cap", "tain")), ["“cap|tain” is torn"])
        for lines in (("the cap-", "tain"), ("the clock", "work"), ("the", "captain")):
            self.assertEqual(found(text(*lines)), [])

    def test_a_text_does_not_end_with_a_line_or_two_on_a_page(self) -> None:
        def book(*last: str) -> list[PageBoxes]:
            half_title = PageBoxes(1, 210, 210, WHITE, [text("Title", section=(9, 0))])
            first = PageBoxes(2, 210, 210, WHITE, [text("a", "b", "c", "d")])
            return [half_title, first, PageBoxes(3, 210, 210, WHITE, [text(*last)])]

        expected = ["latin, classic, 210 square, page 3: the page has only 2 of the lines of its text"]
        self.assertEqual(list(faults(book("e", "f"), SETTING)), expected)
        self.assertEqual(list(faults(book("e", "f", "g"), SETTING)), [])

    def test_the_share_is_of_framed_pictures_of_3_by_2(self) -> None:
        pages = [
            PageBoxes(1, 200, 200, WHITE, [picture(40, 40, 160, 120)]),
            PageBoxes(2, 200, 200, WHITE, [picture(40, 40, 120, 160)]),
            PageBoxes(3, 200, 200, WHITE, [picture(-3, -3, 203, 203)]),
        ]
        self.assertEqual(shares(pages), [0.24])


if __name__ == "__main__":
    unittest.main()
