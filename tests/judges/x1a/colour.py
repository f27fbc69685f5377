"""Colour: only inks."""

from collections.abc import Iterator

from pikepdf import Array, Name, Object
from x4.colour import SHORT, uses
from x4.document import Document

from .rules import x1a_rule

COLOUR = "ISO 15930-1:2001 and ISO 15930-4:2003, colour spaces"

DEVICE = ("/DeviceCMYK", "/DeviceGray", "/Pattern")
# The position of the base of a space in its array.
BASES = {"/Indexed": 1, "/I": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}


def foreign(space: Object | None, resources: Object) -> str | None:
    """The name of the first space that is not one of inks, on which a space is based."""
    if space is None:
        return None
    if isinstance(space, Name):
        name = SHORT.get(str(space), str(space))
        spaces = resources.get("/ColorSpace", {})
        if name in DEVICE:
            return None
        return foreign(spaces[name], resources) if name in spaces else name
    if not isinstance(space, Array) or len(space) == 0:
        return repr(space)
    name = str(space[0])
    if name in BASES:
        at = BASES[name]
        return foreign(space[at], resources) if at < len(space) else None
    return foreign(space[0], resources) if len(space) == 1 else name


@x1a_rule("x1a-inks", COLOUR)
def inks(document: Document) -> Iterator[str]:
    """All colours are DeviceCMYK, DeviceGray, Separation or DeviceN, or based on them."""
    found = [f"{use.where} uses {name}" for use in uses(document) if (name := foreign(use.space, use.resources))]
    yield from dict.fromkeys(found)


@x1a_rule("x1a-default-spaces", COLOUR)
def default_spaces(document: Document) -> Iterator[str]:
    """No default colour space replaces a device colour space."""
    for content in document.contents:
        for name in content.resources.get("/ColorSpace", {}):
            if str(name).startswith("/Default"):
                yield f"{content.where} has {name}"


@x1a_rule("x1a-profile", "ISO 15930-1:2001 and ISO 15930-4:2003, output intents")
def profile(document: Document) -> Iterator[str]:
    """The profile of the output intent is one of CMYK."""
    if document.output_profile is not None and document.output_profile.colour_space != "CMYK":
        yield f"its colour space is {document.output_profile.colour_space!r}"


@x1a_rule("x1a-depth", "ISO 15930-1:2001 and ISO 15930-4:2003, file format; PDF Reference 1.3")
def depth(document: Document) -> Iterator[str]:
    """No image has more than 8 bits per component."""
    for where, value in document.dictionaries:
        if int(value.get("/BitsPerComponent", 8)) > 8:
            yield f"{where} has {value.BitsPerComponent} bits per component"
