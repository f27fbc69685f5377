"""Pictures: one per page, all present, unchanged, and without metadata."""

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

# Photos for print may exceed the size limit of Pillow.
Image.MAX_IMAGE_PIXELS = None

# The groups of exiftool with properties that every picture file has.
HARMLESS = {"SourceFile", "ExifTool", "File", "JFIF", "APP14", "ICC_Profile", "PNG", "Composite"}
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")


def count_pictures(content: Object, resources: Object) -> int:
    """How many pictures a content stream draws, including those in its forms."""
    count = 0
    for instruction in pikepdf.parse_content_stream(content):
        if str(instruction.operator) == "INLINE IMAGE":
            count += 1
        elif str(instruction.operator) == "Do":
            form = resources.XObject[str(instruction.operands[0])]
            image = form.Subtype == "/Image"
            count += 1 if image else count_pictures(form, form.get("/Resources", resources))
    return count


def pictures_per_page(pdf: Path) -> list[int]:
    with pikepdf.open(pdf) as opened:
        return [count_pictures(page, page.resources) for page in opened.pages]


def pixels(path: Path) -> str:
    """A hash of the pixels, independent of the file format."""
    with Image.open(path) as image:
        plain = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
        header = f"{plain.mode} {plain.size}".encode()
        return hashlib.sha256(header + plain.tobytes()).hexdigest()


def pdfimages(pdf: Path, folder: Path) -> None:
    command = ["pdfimages", "-all", pdf, folder / "picture"]
    subprocess.run(command, check=True, capture_output=True)


def extract(built: Built, folder: Path) -> None:
    """Extracts the pictures of the PDFs and the e-books, each into a folder of its own."""
    for pdf in built.pdfs:
        inside = folder / pdf.name
        inside.mkdir()
        pdfimages(pdf, inside)
    for ebook in built.ebooks:
        with zipfile.ZipFile(ebook) as archive:
            members = [name for name in archive.namelist() if name.lower().endswith(PICTURES)]
            archive.extractall(folder / ebook.name, members)


@check("no page of the print PDF has more than one picture")
def one_per_page(built: Built) -> Iterator[str]:
    for number, count in enumerate(pictures_per_page(built.print), 1):
        if count > 1:
            yield f"page {number} draws {count}"


@check("the print PDF has a page for every photo")
def page_for_every_photo(built: Built) -> Iterator[str]:
    plates = sum(1 for count in pictures_per_page(built.print) if count)
    if plates < len(built.manifest.photos):
        yield f"{plates} pages have a picture, the manifest has {len(built.manifest.photos)} photos"


@check("the print PDF has the photos of the manifest, pixel for pixel, and no others")
def unchanged(built: Built) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        pdfimages(built.print, Path(folder))
        extracted = {pixels(path): path.name for path in sorted(Path(folder).iterdir())}
    photos = {pixels(photo): photo.name for photo in built.manifest.photos}
    for missing in photos.keys() - extracted.keys():
        yield f"{photos[missing]} is not in {built.print.name}, or its pixels differ"
    for unexpected in extracted.keys() - photos.keys():
        yield f"{extracted[unexpected]}, extracted by pdfimages, is not a photo of the manifest"


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
                yield f"{pdf.name} stores a picture {count} times"


@check("no picture has metadata about its place, date, camera or creator")
def no_metadata(built: Built) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        extract(built, Path(folder))
        command = ["exiftool", "-json", "-G0", "-a", "-r", "-q", folder]
        done = subprocess.run(command, capture_output=True, check=True)
        pictures = json.loads(done.stdout) if done.stdout else []
    if not pictures:
        yield "there are no pictures"
    for picture in pictures:
        source = Path(picture["SourceFile"]).relative_to(folder)
        metadata = [tag for tag in picture if tag.split(":")[0] not in HARMLESS or tag == "File:Comment"]
        if metadata:
            yield f"{source} has {', '.join(metadata)}"


@check("no picture in a PDF has a metadata stream")
def no_metadata_streams(built: Built) -> Iterator[str]:
    for pdf in built.pdfs:
        with pikepdf.open(pdf) as opened:
            for value in opened.objects:
                if isinstance(value, Stream) and value.get("/Subtype") == "/Image" and "/Metadata" in value:
                    yield f"{pdf.name}: object {value.objgen[0]} has a metadata stream"


CHECKS = [one_per_page, page_for_every_photo, unchanged, stored_once, no_metadata, no_metadata_streams]
