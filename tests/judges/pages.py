"""Measures the pages of books in all designs, trims and directions of script: pages.py RECTO FOLDER [--table]

The print PDF is read back, and the rules of a designer are applied to what is on its pages: the
plates' share of the page, margins, folios, type sizes, contrast, words that are torn, texts and
pictures that overlap, and pages with a line or two of a text.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml
from page_boxes import MM, Box, Item, PageBoxes, pages, rows

ROOT = Path(__file__).resolve().parents[2]
TRIMS = {
    "210 square": "210 x 210 mm",
    "A4": "210 x 297 mm",
    "A4 landscape": "297 x 210 mm",
    "10 × 8 in": "10 x 8 in",
    "5 × 8 in": "5 x 8 in",
}
LARGE = ("A4", "A4 landscape")
# The part of the page that a 3 : 2 picture covers at the median, at least: classic, and the others.
# A third of the pictures of the sample are upright, and of the same area, or nearly so on landscape pages.
SHARES = {
    "210 square": (0.34, 0.31),
    "A4": (0.30, 0.28),
    "A4 landscape": (0.44, 0.38),
    "10 × 8 in": (0.42, 0.36),
    "5 × 8 in": (0.26, 0.25),
}
# Type sizes in points: the smallest, and the smallest on large pages by the role of a text.
SMALLEST = 7
ON_LARGE_PAGES = {"text": 10.5, "caption": 9, "folio": 8}
FEWEST_LINES = 3
# The half-title, the title and the imprint.
FRONT_PAGES = 4
# Ink may reach over the edge of its letter, in millimetres.
TOLERANCE = 0.6
# Hyphens and other marks hang into the margins beside the text, those of a large title by this part of
# its size; marks above letters reach into the line above.
HANGING = 2.1
TITLE_HANGING = 0.2
MARKS = 1.4
# The last baseline of a caption is at the bottom margin; Arabic letters reach below it by this part of
# their size. A text may have one line more on a page, so that its last page has three.
DESCENT = 0.75
ONE_LINE_MORE = 1.5
# The first line of a title may stand on the line of the others, with the top of its letters above it.
TITLE_ASCENT = 4.5
CONTRAST = 4.5
# The first of the letters of Chinese, Japanese and Korean.
HANGUL = "\u1100"
# Below this size, text is 75 % black or darker on white.
SMALL = 9
LIGHTEST_SMALL = 104
FOLIO_GAP = 2


@dataclass(frozen=True)
class BookKind:
    """A book that is built: the manifest in the working folder, and the language that is built."""

    name: str
    manifest: Path
    language: str | None = None


@dataclass(frozen=True)
class Setting:
    """What the pages of one PDF are measured by."""

    book: str
    design: str
    trim: str
    style: dict
    """The design's file, with that of the design that it is like."""
    words: frozenset[str] = frozenset()
    """All words of the manifest and its texts."""

    def __str__(self) -> str:
        return f"{self.book}, {self.design}, {self.trim}"


# -- Rules. Each yields a sentence for each page that breaks it.


def outside_the_margins(page: PageBoxes, setting: Setting) -> Iterator[str]:
    """Framed pictures and all texts but folios and running heads are inside the margins."""
    if len(page.framed) < len(page.pictures):
        return
    margins = setting.style["page"]["margins"]
    shorter = min(page.width, page.height)
    top, bottom, inner, outer = (
        float(str(margins[side]).rstrip(" %")) / 100 * shorter for side in ("top", "bottom", "inner", "outer")
    )
    at_left = page.is_recto != setting.book.startswith("arabic")
    left, right = (inner, outer) if at_left else (outer, inner)
    inside = Box(left, top, page.width - right, page.height - bottom)
    for item in page.items:
        if item.is_folio or item.is_head:
            continue
        if item.roles[0] == "Artifact":
            continue
        largest = max((line.size / MM for line in item.lines), default=0)
        hanging = max(HANGING, largest * TITLE_HANGING) if item.lines else TOLERANCE
        ascent = TITLE_ASCENT if item.roles[-1].startswith("H") else TOLERANCE
        below = DESCENT + (0 if item.in_caption else ONE_LINE_MORE)
        descent = max((line.size * below / MM for line in item.lines), default=TOLERANCE)
        for box in item.boxes:
            beyond = max(
                inside.left - box.left - hanging, box.right - inside.right - hanging,
                inside.top - box.top - ascent, box.bottom - inside.bottom - descent,
            )  # fmt: skip
            if beyond > 0:
                yield f"{what(item)} is outside the margins"
                break


def overlapping(page: PageBoxes, _: Setting) -> Iterator[str]:
    """No text lies on another one, or on a framed picture."""
    framed = set(page.framed)
    items = [item for item in page.items if item.roles[0] != "Artifact" or item.is_folio or item.is_head]
    for first, second in combinations(items, 2):
        boxes = (
            (a, b)
            for a in first.boxes
            for b in second.boxes
            if (a in framed or a not in first.pictures) and (b in framed or b not in second.pictures)
        )
        deepest = min((a.gap(b) for a, b in boxes), default=0)
        if deepest < -MARKS:
            yield f"{what(first)} and {what(second)} overlap by {-deepest:.1f} mm"


def folio_too_close(page: PageBoxes, _: Setting) -> Iterator[str]:
    """Nothing comes near the folio, except a picture that fills the page."""
    framed = set(page.framed)
    for folio in (item for item in page.items if item.is_folio):
        for item in page.items:
            if item is folio or (item.roles[0] == "Artifact" and not item.is_head):
                continue
            boxes = [box for box in item.boxes if box in framed or box not in item.pictures]
            gap = min((a.gap(b) for a in folio.boxes for b in boxes), default=FOLIO_GAP)
            if gap < FOLIO_GAP:
                yield f"{what(item)} is {gap:.1f} mm from the folio"


def folio_not_outside(page: PageBoxes, setting: Setting) -> Iterator[str]:
    """Folios are at the outer edge of the page."""
    if setting.style["folios"] == "none":
        return
    outer_is_right = page.is_recto != setting.book.startswith("arabic")
    for folio in (item for item in page.items if item.is_folio):
        for box in folio.boxes:
            to_outer = page.width - box.right if outer_is_right else box.left
            if to_outer > page.width / 4:
                yield f"the folio is {to_outer:.0f} mm from the outer edge"


def type_too_small(page: PageBoxes, setting: Setting) -> Iterator[str]:
    """Type can be read, and grows with the page."""
    for item in page.text_items:
        size = max(line.size for line in item.lines)
        # The imprint is set small.
        is_large = setting.trim in LARGE and page.number > FRONT_PAGES
        smallest = ON_LARGE_PAGES.get(role(item), SMALLEST) if is_large else SMALLEST
        # A credit is a caption in the size of folios.
        if is_large and item.in_caption:
            smallest = ON_LARGE_PAGES["folio"]
        if size < smallest - 0.05:
            yield f"{what(item)} has {size} pt, below {smallest} pt"


def low_contrast(page: PageBoxes, _: Setting) -> Iterator[str]:
    """Text has a contrast of 4.5 : 1 to its page, and small text on white is nearly black."""
    if len(page.framed) < len(page.pictures):
        return
    for item in page.text_items:
        for line in item.lines:
            worst = min(contrast(colour, page.colour) for colour in line.colours)
            if worst < CONTRAST:
                yield f"{what(item)} has a contrast of {worst:.1f} : 1"
            elif min(page.colour) > 250 and line.size < SMALL and max(map(min, line.colours)) > LIGHTEST_SMALL:
                yield f"{what(item)} is lighter than 75 % black at {line.size} pt"
            else:
                continue
            break


def torn_words(page: PageBoxes, setting: Setting) -> Iterator[str]:
    """No word goes on in the next line without a hyphen."""
    for item in page.text_items:
        lines = [" ".join(line.text for line in row) for row in rows(item.lines)]
        for line, following in zip(lines, lines[1:], strict=False):
            head, tail = re.search(r"([^\W\d_]+)$", line), re.match(r"[^\W\d_]+", following)
            if not head or not tail:
                continue
            first, second = head[1].casefold(), tail[0].casefold()
            # Korean has breaks within words, where a line has no other.
            if first[-1] >= HANGUL:
                continue
            if first + second in setting.words and not {first, second} <= setting.words:
                yield f"“{head[1]}|{tail[0]}” is torn"


def short_pages(book: list[PageBoxes]) -> Iterator[tuple[int, str]]:
    """No page has fewer than three lines of a text that began on an earlier page."""
    first = {item.section for item in book[0].items}
    before: set[tuple[int, int] | None] = set()
    for page in book:
        sections = {item.section for item in page.text_items if item.section}
        lines = [line for item in page.text_items if item.section and not item.in_caption for line in item.lines]
        if lines and not page.pictures and sections & before and not sections & first:
            count = len(rows(lines))
            if count < FEWEST_LINES:
                yield page.number, f"the page has only {count} of the lines of its text"
        before = sections


RULES = (
    outside_the_margins,
    overlapping,
    folio_too_close,
    folio_not_outside,
    type_too_small,
    low_contrast,
    torn_words,
)


def faults(book: list[PageBoxes], setting: Setting) -> Iterator[str]:
    """What is wrong with the pages of a book."""
    for page in book:
        for rule in RULES:
            for fault in rule(page, setting):
                yield f"{setting}, page {page.number}: {fault}"
    for number, fault in short_pages(book):
        yield f"{setting}, page {number}: {fault}"


def what(item: Item) -> str:
    if item.is_folio:
        return "the folio"
    if not item.lines:
        return "the picture"
    text = item.lines[0].text
    return f"“{text if len(text) < 30 else text[:28] + '…'}”"


def role(item: Item) -> str:
    if item.is_folio or item.is_head:
        return "folio"
    # Names, dates and addresses have a line or two.
    is_running = len(rows(item.lines)) >= FEWEST_LINES and item.roles[-2:] == ("Sect", "P")
    return "caption" if item.in_caption else "text" if is_running else "other"


def contrast(first: tuple[int, int, int], second: tuple[int, int, int]) -> float:
    """The contrast of two colours (WCAG 2.2)."""

    def luminance(colour: tuple[int, int, int]) -> float:
        channels = [c / 255 for c in colour]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


# -- The plates' share of the page


def shares(book: Iterable[PageBoxes]) -> list[float]:
    """The parts of the page that framed pictures of 3 : 2 cover."""
    return [
        box.area / page.trim.area
        for page in book
        for box in page.framed
        if 1.45 < box.width / box.height < 1.55 and not any(item.roles[-1] == "P" and not item.in_caption for item in page.items)
    ]  # fmt: skip


def small_plates(share: float, setting: Setting) -> Iterator[str]:
    classic, others = SHARES[setting.trim]
    least = classic if setting.design == "classic" else others
    if share < least:
        yield f"{setting}: a picture of 3 : 2 covers {share:.2f} of the page at the median, below {least}"


# -- Books


def designs(recto: Path) -> dict[str, dict]:
    """The bundled designs, each with the values of the design that it is like."""
    found = {}
    for path in sorted((ROOT / "src/manifest/designs").glob("*.yaml")):
        printed = subprocess.run([recto, "schema", "--design", path.stem], capture_output=True, text=True, check=True)
        found[path.stem] = yaml.safe_load(printed.stdout)

    def whole(style: dict) -> dict:
        base = whole(found[style["like"]]) if "like" in style else found["classic"]
        return {**base, **style}

    return {name: whole(style) for name, style in found.items()}


def kinds(folder: Path) -> list[BookKind]:
    """Copies the books into the folder, so that their manifests can be changed."""
    for name in ("book", "tests/specimen"):
        shutil.copytree(ROOT / name, folder / Path(name).name, dirs_exist_ok=True)
    long_words = folder / "specimen/long-words.yaml"
    long_words.write_text(yaml.safe_dump(LONG_WORDS, allow_unicode=True, sort_keys=False))
    return [
        BookKind("latin", folder / "book/book.yaml"),
        BookKind("arabic", folder / "specimen/arabic.yaml"),
        BookKind("korean", folder / "specimen/asian.yaml", "ko"),
        BookKind("long words", long_words),
    ]


LONG_TITLE = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung und Verkehrswegeplanungsbeschleunigungsgesetz"
LONG_WORDS = {
    "title": LONG_TITLE,
    "subtitle": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, mit Grundstücksverkehrsgenehmigungszuständigkeit",
    "language": "de",
    "creators": [{"name": "Wolfgang Hohenlohe-Schillingsfürst-Waldenburg", "role": "photographer"}],
    "publisher": "Landesvermessungsamtsverlagsgesellschaft",
    "print": {"list-of-plates": "list"},
    "pages": [
        {"text": f"# {LONG_TITLE}\n\n" + "Ein kurzer Satz steht hier. " * 30},
        {"chapter": "Straßenverkehrszulassungsordnung und Kraftfahrzeughaftpflichtversicherung", "intro": "Eine Zeile."},
        *(
            {"photo": f"photos/{name}.jpg", "alt": "x", "caption": caption, "place": "Donaueschingen", "taken": "2024-05-01"}
            for name, caption in [
                ("landscape", "Betäubungsmittelverschreibungsverordnung, " * 3 + "am Abend."),
                ("upright", "Die Siebentausendzweihundertvierundfünfzigste."),
                ("square", "Kurz."),
                ("panorama", "Ein Satz, der länger ist als das Bild breit, und noch einer dazu. " * 3),
            ]
        ),
        {"text": "# Kolophon\n\n| Bezeichnungsfeststellung | Wert | Menge |\n|---|---|---|\n" + "| kurz | eins | 1 |\n" * 6},
    ],
}


def words(folder: Path) -> frozenset[str]:
    """The words of the manifests and texts of a folder."""
    texts = (path.read_text() for path in [*folder.rglob("*.yaml"), *folder.rglob("*.md")])
    return frozenset(word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+", text))


def build(recto: Path, kind: BookKind, design: str, trim: str, out: Path) -> Path:
    manifest = yaml.safe_load(kind.manifest.read_text())
    manifest["design"] = design
    # The numbers of a printer and margins of the book itself are not those of the design.
    settings = {key: value for key, value in manifest.get("print", {}).items() if key in ("list-of-plates", "plates")}
    manifest["print"] = {**settings, "trim": TRIMS[trim]}
    copy = kind.manifest.with_name(f"{out.name}.yaml")
    copy.write_text(json.dumps(manifest, default=str))
    command = [recto, "build", copy, "-o", out, "--only", "print", "-q", "--jobs", "1"]
    done = subprocess.run(
        [*command, *(["--language", kind.language] if kind.language else [])], capture_output=True, text=True
    )
    copy.unlink()
    built = sorted(out.glob("*-print.pdf"))
    if len(built) != 1:
        raise RuntimeError(f"{out.name}: {done.stdout}{done.stderr}")
    return built[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--table", action="store_true", help="print the plates' share of the page")
    options = parser.parse_args()
    recto = options.recto.resolve()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    folder = options.folder.resolve()
    books = kinds(folder)
    known = {kind.name: words(kind.manifest.parent) for kind in books}
    styles = designs(recto)

    def examine(job: tuple[BookKind, str, str]) -> tuple[Setting, list[str], float | None]:
        kind, design, trim = job
        out = folder / "-".join(re.sub(r"\W+", "-", part) for part in (kind.name, design, trim))
        book = pages(build(recto, kind, design, trim, out))
        setting = Setting(kind.name, design, trim, styles[design], known[kind.name])
        covered = shares(book)
        share = statistics.median(covered) if kind.name == "latin" and covered else None
        found = list(faults(book, setting))
        if share is not None:
            found += small_plates(share, setting)
        return setting, found, share

    jobs = [(kind, design, trim) for kind in books for design in styles for trim in TRIMS]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(examine, jobs))
    if options.table:
        print("| design | " + " | ".join(TRIMS) + " |\n|---" + "|---" * len(TRIMS) + "|")
        for design in styles:
            row = [share for setting, _, share in results if setting.design == design and share is not None]
            print(f"| {design} | " + " | ".join(f"{share:.2f}" for share in row) + " |")
    found = [fault for _, faults_of_one, _ in results for fault in faults_of_one]
    for fault in found:
        print(fault)
    print(f"{len(jobs)} books, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
