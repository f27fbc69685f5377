"""The output intent and its profile."""

from collections.abc import Iterator

from pikepdf import Stream

from .document import Document
from .rule import rule

INTENTS = "ISO 15930-7:2010, output intents; ISO 32000-1, 14.11.5"


@rule("output-intent", INTENTS)
def output_intent(document: Document) -> Iterator[str]:
    """There is exactly one output intent of subtype GTS_PDFX."""
    if len(document.intents) != 1:
        yield f"there are {len(document.intents)}"


@rule("output-condition", INTENTS)
def output_condition(document: Document) -> Iterator[str]:
    """The output intent has an identifier and a description of the printing condition."""
    for intent in document.intents:
        for key in ("/OutputConditionIdentifier", "/Info"):
            if not str(intent.get(key, "")).strip():
                yield f"{key} is missing or empty"


@rule("profile-embedded", INTENTS)
def profile_embedded(document: Document) -> Iterator[str]:
    """The output intent embeds an ICC profile as DestOutputProfile, and refers to no external one."""
    for intent in document.intents:
        stream = intent.get("/DestOutputProfile")
        if not isinstance(stream, Stream):
            yield "DestOutputProfile is not a stream"
        elif document.output_profile is None:
            yield "DestOutputProfile is not an ICC profile"
        elif not document.output_profile.has_right_size:
            yield "the size in the header of the profile is wrong"
        if "/DestOutputProfileRef" in intent:
            yield "DestOutputProfileRef makes the file a PDF/X-4p"


@rule("profile-components", INTENTS + "; 8.6.5.5")
def profile_components(document: Document) -> Iterator[str]:
    """The colour space of the profile is Gray, RGB or CMYK, and N is the number of its components."""
    for intent in document.intents:
        stream = intent.get("/DestOutputProfile")
        if document.output_profile is None or not isinstance(stream, Stream):
            continue
        if document.output_profile.colour_space not in ("GRAY", "RGB ", "CMYK"):
            yield f"the profile's colour space is {document.output_profile.colour_space!r}"
        if stream.get("/N") != document.output_profile.components:
            yield f"N is {stream.get('/N')}, the profile is {document.output_profile.colour_space!r}"


@rule("profile-class", INTENTS)
def profile_class(document: Document) -> Iterator[str]:
    """The profile describes an output device."""
    if document.output_profile is not None and document.output_profile.device_class != "prtr":
        yield f"its class is {document.output_profile.device_class!r}, not 'prtr'"


@rule("profile-version", INTENTS + "; 8.6.5.5")
def profile_version(document: Document) -> Iterator[str]:
    """The version of the profile is at most 4, as PDF 1.6 requires."""
    if document.output_profile is not None and document.output_profile.major > 4:
        yield f"its version is {document.output_profile.major}.{document.output_profile.minor}"


@rule("profile-shared", "ISO 19005-2:2011, 6.2.3; ISO 32000-1, 14.11.5")
def profile_shared(document: Document) -> Iterator[str]:
    """All output intents that embed a profile embed the same object."""
    embedded = {
        intent.DestOutputProfile.objgen
        for intent in document.catalog.get("/OutputIntents", [])
        if isinstance(intent.get("/DestOutputProfile"), Stream)
    }
    if len(embedded) > 1:
        yield f"{len(embedded)} different profiles are embedded"
