"""No transparency."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary
from x4.document import Document, is_name
from x4.features import drawn, graphics_states

from .rules import x1a_rule

TRANSPARENCY = "ISO 15930-1:2001 and ISO 15930-4:2003, transparency"


@x1a_rule("x1a-soft-masks", TRANSPARENCY)
def soft_masks(document: Document) -> Iterator[str]:
    """Neither an image nor a graphics state has a soft mask."""
    for where, value in drawn(document):
        if "/SMask" in value or int(value.get("/SMaskInData", 0)) != 0:
            yield f"{where} has a soft mask"
    for where, state in graphics_states(document):
        if "/SMask" in state and not is_name(state.SMask, "/None"):
            yield f"{where} has a soft mask"


@x1a_rule("x1a-opacity", TRANSPARENCY)
def opacity(document: Document) -> Iterator[str]:
    """The opacity is 1."""
    for where, state in graphics_states(document):
        for key in ("/CA", "/ca"):
            if float(state.get(key, 1)) != 1:
                yield f"{where}: {key} is {state[key]}"


@x1a_rule("x1a-blend-modes", TRANSPARENCY)
def blend_modes(document: Document) -> Iterator[str]:
    """Every blend mode is Normal or Compatible."""
    for where, state in graphics_states(document):
        mode = state.get("/BM")
        for name in mode if isinstance(mode, Array) else [mode]:
            if name is not None and not is_name(name, "/Normal", "/Compatible"):
                yield f"{where} has the blend mode {name}"


@x1a_rule("x1a-groups", TRANSPARENCY)
def groups(document: Document) -> Iterator[str]:
    """Neither a page nor a form is a transparency group."""
    for where, value in [*document.pages, *drawn(document)]:
        group = value.get("/Group")
        if isinstance(group, Dictionary) and is_name(group.get("/S"), "/Transparency"):
            yield f"{where} is a transparency group"
