"""What is on the pages of a tagged PDF, and where: each text and picture with its place in the structure.

Each page is taken apart by its marked content: what belongs to one element is drawn alone, and the
lines and pictures of that drawing are measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf

MM = 72 / 25.4
PAINTING = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "BI", "INLINE IMAGE"}
# One line may have several boxes, such as that of a small capital: they overlap by more than this.
SAME_LINE = 0.5


@dataclass(frozen=True)
class Box:
    """A rectangle on the trimmed page in millimetres, from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return self.width * self.height

    def within(self, other: "Box") -> "Box":
        return Box(
            max(self.left, other.left), max(self.top, other.top),
            min(self.right, other.right), min(self.bottom, other.bottom),
        )  # fmt: skip

    def gap(self, other: "Box") -> float:
        """The distance to another box; negative if they overlap in both directions."""
        across = max(self.left - other.right, other.left - self.right)
        down = max(self.top - other.bottom, other.top - self.bottom)
        return max(across, down)


@dataclass(frozen=True)
class Line:
    """A line of text."""

    box: Box
    text: str
    size: float
    """The largest type size, in points."""
    colours: tuple[tuple[int, int, int], ...]


@dataclass
class Item:
    """The content of one element on one page."""

    roles: tuple[str, ...]
    """From the outermost: Document, Sect, Div, Caption, P. Artifacts: Artifact, Footer."""
    section: tuple[int, int] | None = None
    """The part of the book."""
    element: tuple[int, int] | None = None
    lines: list[Line] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    @property
    def is_folio(self) -> bool:
        return self.roles[-1] == "Footer"

    @property
    def is_head(self) -> bool:
        return self.roles[-1] == "Header"

    @property
    def in_caption(self) -> bool:
        return "Caption" in self.roles

    @property
    def boxes(self) -> list[Box]:
        return [line.box for line in self.lines] + self.pictures


@dataclass
class PageBoxes:
    """A page: its number from 1, its size in millimetres, and what is on it."""

    number: int
    width: float
    height: float
    colour: tuple[int, int, int]
    items: list[Item]

    @property
    def is_recto(self) -> bool:
        return self.number % 2 == 1

    @cached_property
    def trim(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def pictures(self) -> list[Box]:
        return [picture.within(self.trim) for item in self.items for picture in item.pictures]

    @property
    def framed(self) -> list[Box]:
        """The pictures that touch no edge of the page."""
        edge = 0.5
        return [
            box for box in self.pictures
            if box.left > edge and box.top > edge and box.right < self.width - edge and box.bottom < self.height - edge
        ]  # fmt: skip

    @property
    def text_items(self) -> list[Item]:
        return [item for item in self.items if item.lines]


def pages(path: Path) -> list[PageBoxes]:
    """The pages of a tagged PDF."""
    with pikepdf.open(path) as pdf:
        parents = dict(number_tree(pdf.Root.StructTreeRoot.ParentTree))
        taken_apart = pikepdf.new()
        items: list[list[Item]] = []
        for page in pdf.pages:
            items.append([])
            elements = parents.get(page.obj.get("/StructParents"), [])
            for item, content in contents(page, elements):
                items[-1].append(item)
                taken_apart.pages.append(page)
                taken_apart.pages[-1].obj.Contents = taken_apart.make_stream(content)
        trims = [tuple(float(side) for side in page.trimbox) for page in pdf.pages]
        heights = [float(page.mediabox[3]) for page in pdf.pages]
        data = BytesIO()
        taken_apart.save(data)
    drawn = iter(pymupdf.open(stream=data.getvalue(), filetype="pdf"))
    found = []
    with pymupdf.open(path) as whole:
        for index, ((left, bottom, right, top), height) in enumerate(zip(trims, heights, strict=True)):
            for item in items[index]:
                measure(item, next(drawn), left, height - top)
            pixmap = whole[index].get_pixmap(dpi=25, alpha=False, colorspace=pymupdf.csRGB)
            # A corner of the page has no text, and a picture only if it fills the corner.
            x, y = round((left + 2 * MM) * 25 / 72), round((height - bottom - 2 * MM) * 25 / 72)
            colour = pixmap.pixel(min(x, pixmap.width - 1), min(y, pixmap.height - 1))
            found.append(PageBoxes(index + 1, (right - left) / MM, (top - bottom) / MM, colour, items[index]))
    return found


def number_tree(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    entries = node.get("/Nums", [])
    for index in range(0, len(entries), 2):
        yield int(entries[index]), entries[index + 1]
    for kid in node.get("/Kids", []):
        yield from number_tree(kid)


def ancestry(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The element and what it is part of, from the outermost."""
    found = []
    while "/S" in element:
        found.append(element)
        element = element.P
    return found[::-1]


def contents(page: pikepdf.Page, elements: pikepdf.Object) -> Iterator[tuple[Item, bytes]]:
    """Each piece of marked content of a page, with a content stream that draws it alone."""
    instructions = list(pikepdf.parse_content_stream(page))
    owners: list[int | None] = []
    items: list[Item] = []
    nesting: list[int | None] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            outer = next((owner for owner in nesting if owner is not None), None)
            if outer is None:
                items.append(item_of(instruction.operands, elements))
                nesting.append(len(items) - 1)
            else:
                nesting.append(None)
        owners.append(next((owner for owner in nesting if owner is not None), None))
        if operator == "EMC":
            nesting.pop()
    for index, item in enumerate(items):
        kept = [
            instruction for instruction, owner in zip(instructions, owners, strict=True)
            if owner == index or str(instruction.operator) not in PAINTING
        ]  # fmt: skip
        yield item, pikepdf.unparse_content_stream(kept)


def item_of(operands: list[pikepdf.Object], elements: pikepdf.Object) -> Item:
    tag, *properties = operands
    if str(tag) == "/Artifact":
        subtype = properties[0].get("/Subtype", "/Other") if properties else "/Other"
        return Item(("Artifact", str(subtype).lstrip("/")))
    path = ancestry(elements[int(properties[0].MCID)])
    section = next((element.objgen for element in path if str(element.S) == "/Sect"), None)
    return Item(tuple(str(element.S).lstrip("/") for element in path), section, path[-1].objgen)


def measure(item: Item, page: pymupdf.Page, left: float, top: float) -> None:
    """Finds the lines and pictures of a page on which the item is alone."""

    def box(bbox: tuple[float, float, float, float]) -> Box:
        return Box((bbox[0] - left) / MM, (bbox[1] - top) / MM, (bbox[2] - left) / MM, (bbox[3] - top) / MM)

    item.pictures = [box(info["bbox"]) for info in page.get_image_info()]
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_ACCURATE_BBOXES
    for block in page.get_text("dict", flags=flags)["blocks"]:
        for line in block.get("lines", []):
            spans = [span for span in line["spans"] if span["text"].strip()]
            if not spans:
                continue
            found = Line(
                box(line["bbox"]),
                "".join(span["text"] for span in line["spans"]).strip(),
                max(round(span["size"], 2) for span in spans),
                tuple({pymupdf.sRGB_to_rgb(span["color"]) for span in spans}),
            )
            item.lines.append(found)


def rows(lines: list[Line]) -> list[list[Line]]:
    """The lines by their height on the page: parts of a line that are far apart are one row."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.bottom):
        last = found[-1][0].box if found else None
        if last and line.box.top < last.bottom - SAME_LINE * last.height:
            found[-1].append(line)
        else:
            found.append([line])
    return found
