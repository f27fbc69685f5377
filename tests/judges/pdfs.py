"""PDFs: qpdf, poppler, veraPDF and PDF/X-4; bookmarks and page labels of the print PDF."""

import subprocess
import tempfile
from collections.abc import Iterator

import pikepdf
from pikepdf import NumberTree, OutlineItem

from check import Built, check
from texts import normalized
from verapdf import claims
from verapdf import violations as conformance_violations
from x4 import Document, violations


@check("qpdf reads every PDF without an error or a warning")
def valid(built: Built) -> Iterator[str]:
    for pdf in built.pdfs:
        done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
        if done.returncode != 0 or "WARNING" in done.stdout + done.stderr:
            yield f"{pdf.name}: {(done.stdout + done.stderr).strip()}"


@check("poppler renders every page of every PDF without a warning")
def renderable(built: Built) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for pdf in built.pdfs:
            command = ["pdftoppm", "-r", "18", pdf, f"{folder}/page"]
            done = subprocess.run(command, capture_output=True, text=True)
            warnings = dict.fromkeys(done.stderr.splitlines())
            if done.returncode != 0 and not warnings:
                yield f"{pdf.name}: pdftoppm exits with {done.returncode}"
            yield from (f"{pdf.name}: {warning}" for warning in warnings)


@check("the print PDF is PDF/X-4")
def pdf_x4(built: Built) -> Iterator[str]:
    for violation in violations(Document(built.print)):
        yield f"{violation.rule.id}: {violation.message} ({violation.rule.basis})"


@check("the screen PDF is PDF/A-2b and PDF/UA-1, and says so")
def accessible(built: Built) -> Iterator[str]:
    claimed = claims(built.screen)
    if claimed != ["2b", "ua1"]:
        yield f"it claims {claimed}"
    yield from map(str, conformance_violations([built.screen], ["2b", "ua1"]))


@check("the print PDF has the structure of the screen PDF, and is PDF/A-2b where it says so")
def structured(built: Built) -> Iterator[str]:
    with pikepdf.open(built.print) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            yield "the print PDF has no structure tree"
    yield from map(str, conformance_violations([built.print], claims(built.print)))
    # What PDF/UA-1 asks of its structure; it does not claim the standard, since it has no links.
    for violation in conformance_violations([built.print], ["ua1"]):
        if violation.clause != "5":
            yield str(violation)


@check("the print PDF has a bookmark for every chapter")
def bookmarked(built: Built) -> Iterator[str]:
    def titles(items: list[OutlineItem]) -> Iterator[str]:
        for item in items:
            yield normalized(item.title)
            yield from titles(item.children)

    with pikepdf.open(built.print) as pdf, pdf.open_outline() as outline:
        bookmarks = set(titles(outline.root))
    if not bookmarks:
        yield "there are no bookmarks"
    for chapter in built.manifest.chapters:
        if normalized(chapter) not in bookmarks:
            yield f"no bookmark {chapter!r}"


@check("the print PDF numbers its front matter in roman numerals, then the body from 1")
def labelled(built: Built) -> Iterator[str]:
    with pikepdf.open(built.print) as pdf:
        if "/PageLabels" not in pdf.Root:
            yield "there are no page labels"
            return
        ranges = sorted(NumberTree(pdf.Root.PageLabels).items())
        styles = [str(label.get("/S")) for _, label in ranges]
        starts = [start for start, _ in ranges]
        firsts = [int(label.get("/St", 1)) for _, label in ranges if label.get("/S") == "/D"]
    if starts[0] != 0:
        yield f"the labels begin at page {starts[0] + 1}"
    if styles[0] not in ("/r", "/R"):
        yield f"the front matter is numbered in the style {styles[0]}"
    if not firsts or firsts[0] != 1:
        yield "no range of arabic numerals begins at 1"


CHECKS = [valid, renderable, pdf_x4, accessible, structured, bookmarked, labelled]
