"""The boxes of the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pikepdf import Array, Object

from .document import Document, inherited
from .rule import rule

BOXES = "ISO 15930-7:2010, bounding boxes; ISO 32000-1, 14.11.2"

# The rounding error of coordinates, in points.
TOLERANCE = 0.001


@dataclass(frozen=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    @staticmethod
    def read(value: Object | None) -> "Box | None":
        """The box, or `None` if the value is not a rectangle with an area."""
        if not isinstance(value, Array) or len(value) != 4:
            return None
        x0, y0, x1, y1 = (float(number) for number in value)
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return box if box.left < box.right and box.bottom < box.top else None

    def contains(self, inner: "Box") -> bool:
        return (
            self.left <= inner.left + TOLERANCE
            and self.bottom <= inner.bottom + TOLERANCE
            and self.right >= inner.right - TOLERANCE
            and self.top >= inner.top - TOLERANCE
        )

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    @property
    def size(self) -> tuple[float, float]:
        return round(self.right - self.left, 2), round(self.top - self.bottom, 2)


def box(page: Object, key: str) -> Box | None:
    """A box of a page; only MediaBox and CropBox are inherited."""
    return Box.read(inherited(page, key) if key in ("/MediaBox", "/CropBox") else page.get(key))


def trim(page: Object) -> Box | None:
    return box(page, "/TrimBox") or box(page, "/ArtBox")


@rule("media-box", BOXES)
def media_box(document: Document) -> Iterator[str]:
    """Every page has a MediaBox, its own or inherited."""
    for where, page in document.pages:
        if box(page, "/MediaBox") is None:
            yield f"{where} has none"
    yield from (repair for repair in document.repairs if "MediaBox" in repair)


@rule("trim-box", BOXES)
def trim_box(document: Document) -> Iterator[str]:
    """Every page has a TrimBox or an ArtBox, not both."""
    for where, page in document.pages:
        if "/TrimBox" in page and "/ArtBox" in page:
            yield f"{where} has both"
        elif trim(page) is None:
            yield f"{where} has neither"


@rule("box-nesting", BOXES)
def box_nesting(document: Document) -> Iterator[str]:
    """The TrimBox is inside the BleedBox, and both are inside the MediaBox."""
    for where, page in document.pages:
        boxes = [
            (name, found)
            for name, found in (
                ("trim", trim(page)),
                ("BleedBox", box(page, "/BleedBox")),
                ("MediaBox", box(page, "/MediaBox")),
            )
            if found
        ]
        for (inner_name, inner), (outer_name, outer) in pairwise(boxes):
            if not outer.contains(inner):
                yield f"{where}: the {inner_name} is not inside the {outer_name}"


@rule("house-crop-box", "house rule: viewers show the whole sheet; ISO 32000-1, 14.11.2")
def crop_box(document: Document) -> Iterator[str]:
    """The CropBox is absent or equal to the MediaBox."""
    for where, page in document.pages:
        crop = box(page, "/CropBox")
        if crop and crop != box(page, "/MediaBox"):
            yield f"{where} is cropped"


@rule("house-trim-size", "house rule: a book has one trim size")
def trim_size(document: Document) -> Iterator[str]:
    """All pages are trimmed to the same size."""
    sizes = {found.size: where for where, page in document.pages if (found := trim(page))}
    if len(sizes) > 1:
        yield "; ".join(f"{where}: {w} x {h} pt" for (w, h), where in sizes.items())
