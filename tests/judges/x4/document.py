"""An open PDF, and the parts of it that several rules use."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from .icc import Profile


@dataclass(frozen=True)
class Content:
    """A content stream and its resources."""

    where: str
    instructions: list[Any]
    resources: Object


@dataclass(frozen=True)
class ShownText:
    """The operand of a text-showing operator, and the current font."""

    where: str
    font: Object
    codes: bytes


class Document:
    """A PDF file, which is only read."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.head = file.read(64)
        self.pdf = pikepdf.open(path)
        self.repairs: list[str] = self.pdf.get_warnings()
        """What pikepdf repaired on opening the file."""

    @property
    def catalog(self) -> Object:
        return self.pdf.Root

    @property
    def info(self) -> Object:
        return self.pdf.trailer.get("/Info", Dictionary())

    @cached_property
    def intents(self) -> list[Object]:
        """The output intents of PDF/X."""
        intents = self.catalog.get("/OutputIntents", [])
        return [intent for intent in intents if intent.get("/S") == "/GTS_PDFX"]

    @cached_property
    def output_profile(self) -> Profile | None:
        """The profile of the output intent, if it can be read."""
        for intent in self.intents:
            stream = intent.get("/DestOutputProfile")
            if isinstance(stream, Stream):
                return Profile.read(stream.read_bytes())
        return None

    @cached_property
    def pages(self) -> list[tuple[str, Object]]:
        return [(f"page {n}", page.obj) for n, page in enumerate(self.pdf.pages, 1)]

    @cached_property
    def dictionaries(self) -> list[tuple[str, Object]]:
        """Every dictionary in the file, including those of streams, with the object that contains it."""
        found: list[tuple[str, Object]] = []

        def collect(where: str, value: Object) -> None:
            if isinstance(value, (Dictionary, Stream)):
                found.append((where, value))
                children = [child for _, child in value.items()]
            else:
                children = list(value) if isinstance(value, Array) else []
            for child in children:
                if isinstance(child, Object) and not child.is_indirect:
                    collect(where, child)

        for value in self.pdf.objects:
            if isinstance(value, Object):
                collect(f"object {value.objgen[0]}", value)
        return found

    @cached_property
    def contents(self) -> list[Content]:
        """Pages, forms, tiling patterns, soft masks, Type 3 glyphs and appearances."""
        return list(self._walk())

    def _walk(self) -> Iterator[Content]:
        seen: set[tuple[int, int]] = set()

        def stream(where: str, value: Object, outer: Object) -> Iterator[Content]:
            if value.objgen in seen:
                return
            seen.add(value.objgen)
            resources = value.get("/Resources", outer)
            yield Content(where, pikepdf.parse_content_stream(value), resources)
            yield from nested(where, resources)

        def nested(where: str, resources: Object) -> Iterator[Content]:
            for name, value in entries(resources, "/XObject"):
                if value.get("/Subtype") == "/Form":
                    yield from stream(f"{where}, form {name}", value, resources)
            for name, value in entries(resources, "/Pattern"):
                if isinstance(value, Stream):
                    yield from stream(f"{where}, pattern {name}", value, resources)
            for name, value in entries(resources, "/ExtGState"):
                mask = value.get("/SMask")
                if isinstance(mask, Dictionary) and "/G" in mask:
                    yield from stream(f"{where}, soft mask {name}", mask.G, resources)
            for name, font in entries(resources, "/Font"):
                for glyph, value in entries(font, "/CharProcs"):
                    own = font.get("/Resources", resources)
                    yield from stream(f"{where}, font {name}, glyph {glyph}", value, own)

        for where, page in self.pages:
            resources = inherited(page, "/Resources")
            resources = Dictionary() if resources is None else resources
            instructions = pikepdf.parse_content_stream(pikepdf.Page(page))
            yield Content(where, instructions, resources)
            yield from nested(where, resources)
            for annotation in page.get("/Annots", []):
                for state, value in entries(annotation, "/AP"):
                    streams = [value] if isinstance(value, Stream) else [v for _, v in value.items()]
                    for appearance in streams:
                        yield from stream(f"{where}, appearance {state}", appearance, resources)

    @cached_property
    def fonts(self) -> list[tuple[str, Object]]:
        """Every font in the resources of a content stream, once, with a name for messages."""
        found: dict[tuple[int, int] | bytes, Object] = {}
        for content in self.contents:
            for _, font in entries(content.resources, "/Font"):
                found[identity(font)] = font
            for _, state in entries(content.resources, "/ExtGState"):
                if "/Font" in state:
                    found[identity(state.Font[0])] = state.Font[0]
        return [(f"font {font.get('/BaseFont', '(unnamed)')}", font) for font in found.values()]

    @cached_property
    def shown(self) -> list[ShownText]:
        """All text that content streams show."""
        return [shown for content in self.contents for shown in _shown(content)]


def _shown(content: Content) -> Iterator[ShownText]:
    fonts = dict(entries(content.resources, "/Font"))
    states = dict(entries(content.resources, "/ExtGState"))
    font: Object | None = None
    saved: list[Object | None] = []
    for instruction in content.instructions:
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            saved.append(font)
        elif operator == "Q" and saved:
            font = saved.pop()
        elif operator == "Tf":
            font = fonts.get(str(operands[0]))
        elif operator == "gs" and "/Font" in states.get(str(operands[0]), {}):
            font = states[str(operands[0])].Font[0]
        elif operator in ("Tj", "'", '"', "TJ") and font is not None:
            parts = operands[0] if operator == "TJ" else [operands[-1]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            yield ShownText(content.where, font, codes)


def entries(holder: Object, key: str) -> list[tuple[str, Object]]:
    """The named dictionaries and streams of one kind, for example in a resource dictionary."""
    named = holder.get(key)
    if not isinstance(named, Dictionary):
        return []
    return [(name, value) for name, value in named.items() if isinstance(value, Object)]


def inherited(page: Object, key: str) -> Object | None:
    """A page attribute, from the page or the nearest of its ancestors that has it."""
    node: Object | None = page
    while node is not None:
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def identity(value: Object) -> tuple[int, int] | bytes:
    """Identifies an object: an indirect one by its number, a direct one by its content."""
    return value.objgen if value.is_indirect else value.unparse()


def is_name(value: Any, *names: str) -> bool:
    return isinstance(value, Name) and str(value) in names
