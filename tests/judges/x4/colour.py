"""Colour: device colour spaces and ICC profiles."""

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Name, Object, Stream

from .document import Document, entries
from .icc import Profile
from .rule import rule

DEVICE = "ISO 15930-7:2010, colour spaces; ISO 32000-1, 8.6.4 and 8.6.5.6"
ICC = "ISO 15930-7:2010, ICC-based colour; ISO 32000-1, 8.6.5.5"

OPERATORS = {"rg": "/DeviceRGB", "RG": "/DeviceRGB", "k": "/DeviceCMYK", "K": "/DeviceCMYK"}
SHORT = {"/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/G": "/DeviceGray"}
DEFAULTS = {"/DeviceRGB": "/DefaultRGB", "/DeviceCMYK": "/DefaultCMYK"}


@dataclass(frozen=True)
class Use:
    """A use of a colour space, with the resources that define its name."""

    where: str
    space: Object | None
    resources: Object


def uses(document: Document) -> Iterator[Use]:
    """Every use of a colour space in pages and their resources."""
    for where, page in document.pages:
        yield Use(f"{where}, group", page.get("/Group", {}).get("/CS"), page.get("/Resources", {}))
    for content in document.contents:
        where, resources = content.where, content.resources
        for instruction in content.instructions:
            operator = str(instruction.operator)
            if operator in OPERATORS:
                yield Use(f"{where}, {operator}", Name(OPERATORS[operator]), resources)
            elif operator in ("cs", "CS"):
                yield Use(f"{where}, {operator}", instruction.operands[0], resources)
            elif operator == "INLINE IMAGE":
                image = instruction.iimage.obj
                space = image.get("/ColorSpace", image.get("/CS"))
                yield Use(f"{where}, inline image", space, resources)
        for name, space in entries(resources, "/ColorSpace"):
            yield Use(f"{where}, colour space {name}", space, resources)
        for name, shading in entries(resources, "/Shading"):
            yield Use(f"{where}, shading {name}", shading.get("/ColorSpace"), resources)
        for name, pattern in entries(resources, "/Pattern"):
            space = pattern.get("/Shading", {}).get("/ColorSpace")
            yield Use(f"{where}, pattern {name}", space, resources)
        for name, drawn in entries(resources, "/XObject"):
            yield Use(f"{where}, image {name}", drawn.get("/ColorSpace"), resources)
            yield Use(f"{where}, group of {name}", drawn.get("/Group", {}).get("/CS"), resources)


def device_space(space: Object | None, resources: Object) -> str | None:
    """The device colour space that a colour space is based on, unless a default replaces it."""
    if isinstance(space, Name):
        name = SHORT.get(str(space), str(space))
        spaces = resources.get("/ColorSpace", {})
        if name in DEFAULTS:
            return None if DEFAULTS[name] in spaces else name
        return device_space(spaces[name], resources) if name in spaces else None
    if not isinstance(space, Array) or len(space) == 0:
        return None
    base = {"/Indexed": 1, "/I": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}
    at = base.get(str(space[0]), 0)
    if at == 0:
        return device_space(space[0], resources) if len(space) == 1 else None
    return device_space(space[at], resources) if at < len(space) else None


def device_uses(document: Document, device: str) -> Iterator[str]:
    found = [use.where for use in uses(document) if device_space(use.space, use.resources) == device]
    yield from dict.fromkeys(f"{where} uses {device[1:]}" for where in found)


@rule("device-rgb", DEVICE)
def device_rgb(document: Document) -> Iterator[str]:
    """DeviceRGB is used only with an RGB output intent or a DefaultRGB."""
    if document.output_profile is None or document.output_profile.colour_space != "RGB ":
        yield from device_uses(document, "/DeviceRGB")


@rule("device-cmyk", DEVICE)
def device_cmyk(document: Document) -> Iterator[str]:
    """DeviceCMYK is used only with a CMYK output intent or a DefaultCMYK."""
    if document.output_profile is None or document.output_profile.colour_space != "CMYK":
        yield from device_uses(document, "/DeviceCMYK")


def icc_based(document: Document) -> Iterator[tuple[str, Stream, Profile | None]]:
    """Every ICC profile that a colour space is based on, once."""
    seen: set[tuple[int, int]] = set()
    for use in uses(document):
        space = use.space
        while isinstance(space, Array) and len(space) > 1:
            if space[0] == "/ICCBased" and space[1].objgen not in seen:
                seen.add(space[1].objgen)
                yield use.where, space[1], Profile.read(space[1].read_bytes())
            at = 2 if space[0] in ("/Separation", "/DeviceN") else 1
            space = space[at] if at < len(space) else None


@rule("icc-profile", ICC)
def icc_profile(document: Document) -> Iterator[str]:
    """N is the number of components of a profile whose class and version are defined in PDF 1.6."""
    for where, stream, profile in icc_based(document):
        if profile is None:
            yield f"{where}: the stream is not an ICC profile"
            continue
        if stream.get("/N") != profile.components:
            yield f"{where}: N is {stream.get('/N')}, the profile is {profile.colour_space!r}"
        if profile.device_class not in ("scnr", "mntr", "prtr", "spac"):
            yield f"{where}: the profile's class is {profile.device_class!r}"
        if profile.major > 4:
            yield f"{where}: the profile has version {profile.major}.{profile.minor}"


@rule("icc-cmyk-twin", ICC)
def icc_cmyk_twin(document: Document) -> Iterator[str]:
    """No ICC-based CMYK space uses the profile of the output intent, because that is DeviceCMYK."""
    for where, _, profile in icc_based(document):
        if profile and profile.colour_space == "CMYK" and profile == document.output_profile:
            yield f"{where} is based on the profile of the output intent"
