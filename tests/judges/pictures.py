"""The pictures: one on a page, all of them there, and nothing told that the light did not tell."""

import hashlib
import json
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Object, Stream
from PIL import Image

from check import Built, check

# A press photo may be larger than Pillow takes a picture from strangers to be.
Image.MAX_IMAGE_PIXELS = None

# The groups in which exiftool tells what any picture file must have, or where it lies.
HARMLESS = {"SourceFile", "ExifTool", "File", "JFIF", "APP14", "ICC_Profile", "PNG", "Composite"}
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")


def drawn(content: Object, resources: Object) -> int:
    """How many pictures a content stream draws, those in its forms too."""
    count = 0
    for instruction in pikepdf.parse_content_stream(content):
        if str(instruction.operator) == "INLINE IMAGE":
            count += 1
        elif str(instruction.operator) == "Do":
            form = resources.XObject[str(instruction.operands[0])]
            image = form.Subtype == "/Image"
            count += 1 if image else drawn(form, form.get("/Resources", resources))
    return count


def drawn_on_pages(pdf: Path) -> list[int]:
    with pikepdf.open(pdf) as opened:
        return [drawn(page, page.resources) for page in opened.pages]


def pixels(path: Path) -> str:
    """What tells one picture from another, whatever file holds it."""
    with Image.open(path) as image:
        plain = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
        told = f"{plain.mode} {plain.size}".encode()
        return hashlib.sha256(told + plain.tobytes()).hexdigest()


def pdfimages(pdf: Path, folder: Path) -> None:
    command = ["pdfimages", "-all", pdf, folder / "picture"]
    subprocess.run(command, check=True, capture_output=True)


def extract(built: Built, folder: Path) -> None:
    """Takes the pictures out of the PDFs and the e-books, a folder for each."""
    for pdf in built.pdfs:
        inside = folder / pdf.name
        inside.mkdir()
        pdfimages(pdf, inside)
    for ebook in built.ebooks:
        with zipfile.ZipFile(ebook) as archive:
            members = [name for name in archive.namelist() if name.lower().endswith(PICTURES)]
            archive.extractall(folder / ebook.name, members)


@check("no page of the press PDF holds more than one picture")
def one_to_a_page(built: Built) -> Iterator[str]:
    for number, count in enumerate(drawn_on_pages(built.print), 1):
        if count > 1:
            yield f"page {number} draws {count}"


@check("the press PDF has a page for every photo")
def a_page_for_each(built: Built) -> Iterator[str]:
    plates = sum(1 for count in drawn_on_pages(built.print) if count)
    if plates < len(built.manifest.photos):
        yield f"{plates} pages hold a picture, the manifest has {len(built.manifest.photos)} photos"


@check("the press PDF holds the photos of the manifest, pixel for pixel, and no others")
def untouched(built: Built) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        pdfimages(built.print, Path(folder))
        extracted = {pixels(path): path.name for path in sorted(Path(folder).iterdir())}
    photos = {pixels(photo): photo.name for photo in built.manifest.photos}
    for lacking in photos.keys() - extracted.keys():
        yield f"{photos[lacking]} is not in {built.print.name}, or its pixels are others"
    for strange in extracted.keys() - photos.keys():
        yield f"{extracted[strange]}, as pdfimages calls it, is no photo of the manifest"


@check("no PDF stores a picture twice")
def stored_once(built: Built) -> Iterator[str]:
    for pdf in built.pdfs:
        with pikepdf.open(pdf) as opened:
            images = [
                value
                for value in opened.objects
                if isinstance(value, Stream) and value.get("/Subtype") == "/Image"
            ]
            stored = Counter(hashlib.sha256(image.read_raw_bytes()).hexdigest() for image in images)
        for count in stored.values():
            if count > 1:
                yield f"{pdf.name} stores one {count} times"


@check("no picture tells where, when, with what or by whom it was taken")
def discreet(built: Built) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        extract(built, Path(folder))
        command = ["exiftool", "-json", "-G0", "-a", "-r", "-q", folder]
        done = subprocess.run(command, capture_output=True, check=True)
        pictures = json.loads(done.stdout) if done.stdout else []
    if not pictures:
        yield "there are no pictures"
    for picture in pictures:
        source = Path(picture["SourceFile"]).relative_to(folder)
        telling = [tag for tag in picture if tag.split(":")[0] not in HARMLESS or tag == "File:Comment"]
        if telling:
            yield f"{source} has {', '.join(telling)}"


@check("no picture in a PDF has a metadata stream")
def no_metadata_streams(built: Built) -> Iterator[str]:
    for pdf in built.pdfs:
        with pikepdf.open(pdf) as opened:
            for value in opened.objects:
                if isinstance(value, Stream) and value.get("/Subtype") == "/Image" and "/Metadata" in value:
                    yield f"{pdf.name}: object {value.objgen[0]} has one"


CHECKS = [one_to_a_page, a_page_for_each, untouched, stored_once, discreet, no_metadata_streams]
