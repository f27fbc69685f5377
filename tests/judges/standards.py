"""Checks every standard, and every preset with each standard that its printer accepts: standards.py RECTO FOLDER

The sample, the specimen and a book of coloured pages are built in each standard, and a small book
for each printer. The PDFs are examined by the rules of PDF/X, by qpdf and by veraPDF; Ghostscript
separates their plates; and the renderers are compared with each other.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pymupdf
import x1a
import x4
import yaml
from PIL import Image, ImageChops, ImageFilter, ImageStat

import verapdf

ROOT = Path(__file__).resolve().parents[2]
X4, X1A_2001, X1A_2003, A2B = "pdf/x-4", "pdf/x-1a:2001", "pdf/x-1a:2003", "pdf/a-2b"
STANDARDS: list[list[str]] = [[X4], [X1A_2001], [X1A_2003], [A2B], [X4, A2B], ["none"]]
PLATES = ("Cyan", "Magenta", "Yellow", "Black")
# The rounding of lengths that are written with three decimals, in points.
TOLERANCE = 0.002
# The mean difference of two renderings in levels of 255, after their tones were made equal.
# Measured: up to 2.9; 7.9 or more if the page is mirrored, 16 if it is turned, 41 if it is empty.
MAX_DIFFERENCE = 5
# The pages of the specimen that the renderers draw: framed, to the bleed, across two pages, rotated.
RENDERED_PAGES = (12, 14, 17, 19)


@dataclass(frozen=True)
class Built:
    """A print PDF, and what it should be."""

    name: str
    pdf: Path
    standard: list[str]
    """As it is written in the manifest."""
    printer: dict | None = None
    trim: tuple[float, float] | None = None

    def __str__(self) -> str:
        return f"{self.name}, {' and '.join(self.standard)}"


# -- Books


def standard_name(standard: list[str]) -> str:
    return re.sub(r"[^a-z0-9]+", "-", " ".join(standard))


def points(length: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+) ?(mm|in|cm|pt)", str(length)).groups()
    return float(number) * {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72, "pt": 1}[unit]


def presets(recto: Path) -> dict[str, dict]:
    listed = subprocess.run([recto, "printers"], capture_output=True, text=True, check=True).stdout
    names = [line.split()[0] for line in listed.splitlines() if line]
    printed = {
        name: subprocess.run([recto, "schema", "--printer", name], capture_output=True, text=True, check=True).stdout
        for name in names
    }
    return {name: yaml.safe_load(text) for name, text in printed.items()}


def accepted(preset: dict) -> list[list[str]]:
    """The standards that a printer accepts, or all if it names none."""
    names = preset.get("standards", {}).get("accepted")
    if not names:
        return STANDARDS
    written = [standard for standard in STANDARDS if standard[0] in names]
    # A printer that accepts none of them gets the default.
    return written or [[X4]]


def plates(count: int) -> list[dict]:
    """Pages with few photos, so that the file is made at once, and text for the plates of black."""
    photos = ["landscape.jpg", "upright.jpg", "gray.png"]
    specimen = ROOT / "tests/specimen/photos"
    return [
        {"photo": str(specimen / photos[n % len(photos)]), "caption": f"Plate {n}, Åre.", "alt": "A chart."}
        for n in range(count)
    ]


def of_printers(recto: Path) -> Iterator[tuple[str, list[str], dict, dict]]:
    """A book for each printer and standard: its name, its standard, its manifest and the preset."""
    for name, preset in presets(recto).items():
        limits = [entry for entry in preset.get("pages", []) if not entry.get("stocks")]
        fewest = max([entry.get("min", 0) for entry in limits] + [8])
        sizes = [size for entry in preset.get("trims", []) if not entry.get("binding") for size in entry["sizes"]]
        for standard in accepted(preset):
            print_keys = {"printer": name, "standard": standard, "trim": str((sizes or ["210 x 210 mm"])[0])}
            if begins_with_cover(preset):
                print_keys["paper"] = {"thickness": "0.15 mm"}
            yield name, standard, {"title": "Small", "language": "en", "pages": plates(fewest + 4), "print": print_keys}, preset


def begins_with_cover(preset: dict) -> bool:
    """Whether the printer wants the sheet of the cover as the first page."""
    return preset.get("file", {}).get("first-page") == "cover"


def trim_of(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in page.obj.TrimBox)
    return right - left, top - bottom


def write(folder: Path, manifest: dict) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "book.yaml"
    path.write_text(json.dumps(manifest))
    return path


def build(recto: Path, manifest: Path, out: Path, cache: Path) -> Path:
    """Builds the print PDF."""
    command = [recto, "build", manifest, "-o", out, "--only", "print", "-q", "--cache", cache, "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    found = sorted(out.glob("*-print.pdf"))
    if len(found) != 1:
        raise RuntimeError(f"{out.name}: {done.stdout}{done.stderr}")
    return found[0]


def with_standard(path: Path, standard: list[str], **keys: object) -> Path:
    """A manifest beside another one, with another standard."""
    manifest = yaml.safe_load(path.read_text())
    manifest.setdefault("print", {}).update({"standard": standard, **keys})
    manifest["print"].pop("color", None)
    copy = path.with_name(f"{standard_name(standard)}.yaml")
    copy.write_text(yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False))
    return copy


def build_all(recto: Path, folder: Path) -> list[Built]:
    cache = folder / "cache"
    jobs: list[Callable[[], Built]] = []
    shutil.rmtree(folder, ignore_errors=True)
    sources = {"sample": folder / "books/sample", "specimen": folder / "books/specimen"}
    shutil.copytree(ROOT / "book", sources["sample"], ignore=shutil.ignore_patterns("dist"))
    shutil.copytree(ROOT / "tests/specimen", sources["specimen"])

    def add(name: str, standard: list[str], manifest: Path, preset: dict | None = None) -> None:
        out = folder / f"{name}-{standard_name(standard)}"
        jobs.append(lambda: Built(name, build(recto, manifest, out, cache), standard, preset))

    coloured = {
        "title": "Coloured", "language": "en", "design": "exhibition", "allow": ["resolution"],
        "pages": [{"photo": str(transparent_photo(folder)), "caption": "A ring.", "alt": "A ring."}],
    }  # fmt: skip
    for standard in STANDARDS:
        for name, source in sources.items():
            add(name, standard, with_standard(source / "book.yaml", standard, marks="crop"))
        manifest = {**coloured, "print": {"standard": standard}}
        add("coloured", standard, write(folder / f"coloured-{standard_name(standard)}", manifest))
    for name, standard, manifest, preset in of_printers(recto):
        add(name, standard, write(folder / f"{name}-{standard_name(standard)}", manifest), preset)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(lambda job: job(), jobs))


def transparent_photo(folder: Path) -> Path:
    """A square whose outer part is transparent."""
    folder.mkdir(parents=True, exist_ok=True)
    photo = Image.new("RGBA", (800, 800), (0, 0, 0, 0))
    photo.paste((120, 40, 30, 255), (200, 200, 600, 600))
    path = folder / "transparent.png"
    photo.save(path)
    return path


# -- Checks


def rules(built: list[Built]) -> Iterator[str]:
    """Every file keeps the rules of its PDF/X standard, and names no other."""
    for it in built:
        document = x4.Document(it.pdf)
        if X4 in it.standard:
            found = x4.violations(document)
        elif it.standard[0].startswith("pdf/x-1a"):
            found = x1a.violations(document)
            if str(document.info.GTS_PDFXConformance) != it.standard[0].upper().replace("X-1A", "X-1a"):
                yield f"{it} names {document.info.GTS_PDFXConformance}"
        else:
            found = []
            if document.intents or "/GTS_PDFXVersion" in document.info:
                yield f"{it} names a PDF/X standard"
        if it.printer and begins_with_cover(it.printer):
            found = [violation for violation in found if violation.rule.id != "house-trim-size"]
        yield from (f"{it}: {violation.rule.id}: {violation.message}" for violation in found)


def syntax(built: list[Built]) -> Iterator[str]:
    """qpdf reads every file without an error or a warning."""
    def check(it: Built) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["qpdf", "--check", it.pdf], capture_output=True, text=True)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for it, done in zip(built, threads.map(check, built), strict=True):
            if done.returncode != 0 or "WARNING" in done.stdout + done.stderr:
                yield f"{it}: {(done.stdout + done.stderr).strip()}"


def archives(built: list[Built]) -> Iterator[str]:
    """veraPDF finds that files of PDF/A-2b are PDF/A-2b, and only those claim it."""
    claiming = [it.pdf for it in built if A2B in it.standard]
    yield from map(str, verapdf.violations(claiming, ["2b"]))
    for it in built:
        if ("2b" in verapdf.claims(it.pdf)) != (A2B in it.standard):
            yield f"{it}: the metadata claims {verapdf.claims(it.pdf) or 'nothing'}"


def boxes(built: list[Built]) -> Iterator[str]:
    """The boxes of every page have the bleed of the preset on each edge."""
    for it in built:
        if it.printer is None:
            continue
        bleed = {edge: points(it.printer["bleed"].get(edge, "0 mm")) for edge in ("top", "bottom", "inner", "outer")}
        with pikepdf.open(it.pdf) as pdf:
            pages = list(pdf.pages)
            if begins_with_cover(it.printer):
                cover = trim_of(pages.pop(0))
                width, height = trim_of(pages[0])
                if cover[0] <= 2 * width or abs(cover[1] - height) > TOLERANCE:
                    yield f"{it}: the first page is {cover}, which is not the cover of pages of {(width, height)}"
            width, height = trim_of(pages[0])
            for number, page in enumerate(pages):
                media, trim, art = ([float(side) for side in page.obj[key]] for key in ("/MediaBox", "/TrimBox", "/BleedBox"))
                left, right = ("inner", "outer") if number % 2 == 0 else ("outer", "inner")
                expected = [bleed[left], bleed["bottom"], bleed[left] + width, bleed["bottom"] + height]
                sheet = [0, 0, expected[2] + bleed[right], expected[3] + bleed["top"]]
                for name, found, wanted in (("TrimBox", trim, expected), ("MediaBox", media, sheet), ("BleedBox", art, sheet)):
                    if any(abs(a - b) > TOLERANCE for a, b in zip(found, wanted, strict=True)):
                        yield f"{it}, page {number + 1}: the {name} is {found}, not {wanted}"


def text_pages(pdf: pikepdf.Pdf) -> list[int]:
    """The pages with text and without pictures, counted from 1."""
    found = []
    for number, page in enumerate(pdf.pages, 1):
        resources = page.obj.get("/Resources", {})
        if "/Font" in resources and "/XObject" not in resources:
            found.append(number)
    return found


def ghostscript(device: str, output: str, pages: Iterable[int], resolution: int, pdf: Path) -> str:
    command = [
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-sDEVICE={device}", f"-r{resolution}",
        f"-sPageList={','.join(map(str, pages))}", f"-sOutputFile={output}", str(pdf),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{pdf}: {done.stdout}{done.stderr}")
    return done.stdout


def separated(pdf: Path, page: int, resolution: int = 50) -> dict[str, Image.Image]:
    """The four plates of a page; 0 is full ink."""
    output = pdf.with_name("plate.tif")
    ghostscript("tiffsep", str(output), [page], resolution, pdf)
    return {ink: Image.open(output.with_name(f"plate({ink}).tif")).convert("L") for ink in PLATES}


def black(built: list[Built]) -> Iterator[str]:
    """Text is on the black plate alone, whatever the standard."""
    for it in built:
        # Crop marks are on every plate.
        if it.name not in ("sample", "specimen", "coloured"):
            with pikepdf.open(it.pdf) as pdf:
                pages = text_pages(pdf)
            if not pages:
                yield f"{it} has no page of text"
                continue
            coverage = ghostscript("inkcov", "-", pages, 20, it.pdf)
            inks = [[float(ink) for ink in line.split()[:4]] for line in coverage.splitlines() if "CMYK" in line]
            if len(inks) != len(pages):
                yield f"{it}: Ghostscript measured {len(inks)} of {len(pages)} pages"
            for page, (*colours, k) in zip(pages, inks, strict=False):
                if any(colours) or k == 0:
                    yield f"{it}, page {page}: the coverage is {colours} and black {k}"


def marks(built: list[Built]) -> Iterator[str]:
    """Crop marks are on every plate, outside the bleed; inside the trim, text is black alone."""
    for it in built:
        if it.name != "specimen":
            continue
        with pikepdf.open(it.pdf) as pdf:
            page = text_pages(pdf)[0]
            obj = pdf.pages[page - 1].obj
            media, trim, art = ([float(side) for side in obj[key]] for key in ("/MediaBox", "/TrimBox", "/BleedBox"))
        plates = separated(it.pdf, page, 72)
        # Marks begin at the edge of the bleed, which can be in the middle of a pixel.
        height, pixel = media[3], 1
        edges = (art[0] + pixel, height - art[3] + pixel, art[2] - pixel, height - art[1] - pixel)
        inside = tuple(round(edge) for edge in edges)
        for ink, plate in plates.items():
            outside = plate.copy()
            outside.paste(255, inside)
            if outside.getextrema()[0] > 200:
                yield f"{it}: there are no marks on the plate {ink}"
            is_empty = plate.crop(inside).getextrema()[0] == 255
            if is_empty == (ink == "Black"):
                yield f"{it}: the plate {ink} of a page of text is {'empty' if is_empty else 'not empty'}"
        if trim[0] < art[0] or trim[2] > art[2]:
            yield f"{it}: the trim is outside the bleed"


def backdrops(built: list[Built]) -> Iterator[str]:
    """The transparent part of a photo has the inks of the page beside it."""
    for it in built:
        if it.name != "coloured":
            continue
        with pikepdf.open(it.pdf) as pdf:
            pages = [n for n, page in enumerate(pdf.pages, 1) if "/XObject" in page.obj.get("/Resources", {})]
        for ink, plate in separated(it.pdf, pages[-1]).items():
            # The photo is a square in the middle of the page; its outer quarter is transparent.
            levels = plate.histogram()
            page = max(range(256), key=levels.__getitem__)
            near = sum(levels[max(page - 2, 0) : page + 3])
            opaque = sum(levels[: max(page - 2, 0)])
            if page == 255 or near + opaque < sum(levels) * 0.995:
                yield f"{it}: the plate {ink} has {sum(levels) - near - opaque} pixels lighter than the page, at {page}"


def rendered(pdf: Path, page: int, folder: Path) -> dict[str, Image.Image]:
    """A page as each renderer draws it, in grey."""
    resolution = 36
    subprocess.run(
        ["pdftoppm", "-r", str(resolution), "-gray", "-f", str(page), "-l", str(page), "-singlefile", pdf, folder / "poppler"],
        check=True, capture_output=True,
    )  # fmt: skip
    ghostscript("pnggray", str(folder / "gs.png"), [page], resolution, pdf)
    with pymupdf.open(pdf) as document:
        document[page - 1].get_pixmap(dpi=resolution, colorspace=pymupdf.csGRAY).save(folder / "mupdf.png")
    document = pypdfium2.PdfDocument(pdf)
    pdfium = document[page - 1].render(scale=resolution / 72, grayscale=True).to_pil()
    document.close()
    images = {
        "Poppler": Image.open(folder / "poppler.pgm"),
        "Ghostscript": Image.open(folder / "gs.png"),
        "MuPDF": Image.open(folder / "mupdf.png"),
        "PDFium": pdfium,
    }
    return {name: image.convert("L") for name, image in images.items()}


def alike(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two renderings whose tones are made equal, since each has its own black."""
    other = other.resize(one.size)
    images = []
    for image in (one, other):
        image = image.filter(ImageFilter.GaussianBlur(2))
        statistics = ImageStat.Stat(image)
        mean, deviation = statistics.mean[0], max(statistics.stddev[0], 1)
        gain = 48 / deviation if deviation > 16 else 1
        images.append(image.point(lambda level, mean=mean, gain=gain: (level - mean) * gain + 128))
    return ImageStat.Stat(ImageChops.difference(*images)).mean[0]


def renderers(built: list[Built]) -> Iterator[str]:
    """Poppler, Ghostscript, MuPDF and PDFium draw the same pages."""
    for it in built:
        if it.name != "specimen" or it.standard not in ([X4], [X1A_2001]):
            continue
        for page in RENDERED_PAGES:
            images = rendered(it.pdf, page, it.pdf.parent)
            reference = images.pop("Poppler")
            for name, image in images.items():
                difference = alike(reference, image)
                if difference > MAX_DIFFERENCE:
                    yield f"{it}, page {page}: Poppler and {name} differ by {difference:.1f} levels"


CHECKS = [rules, syntax, archives, boxes, black, marks, backdrops, renderers]


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks every standard and every preset.")
    parser.add_argument("recto", type=Path)
    parser.add_argument("folder", type=Path, help="where the books are built")
    arguments = parser.parse_args()
    start = time.monotonic()
    built = build_all(arguments.recto.resolve(), arguments.folder.resolve())
    print(f"{len(built)} PDFs ({time.monotonic() - start:.1f} s)", flush=True)
    failed = 0
    for function in CHECKS:
        start = time.monotonic()
        problems = list(function(built))
        elapsed = time.monotonic() - start
        print(f"{'FAIL' if problems else 'ok  '} {function.__doc__} ({elapsed:.1f} s)", flush=True)
        for problem in problems:
            print(f"       {problem}", flush=True)
        failed += bool(problems)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
