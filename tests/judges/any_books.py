"""Has other programs read books made from random bytes: any_books.py RECTO [--books N]

The books are those of tests/it/any_book.rs, which `cargo test` writes. qpdf reads the PDFs without
an error or a warning, the print PDFs follow the rules of PDF/X-4, the screen PDFs those of the
standards that they claim (veraPDF), and EPUBCheck has no message about the e-books. A book with an
error of its own, as of a caption that does not fit, is not built and is only counted.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ebooks import messages_of_epubcheck
from x4 import Document
from x4 import violations as x4_violations

import verapdf

ROOT = Path(__file__).resolve().parents[2]
TEST = "any_book::books_are_written_for_the_judges"
EDITIONS = "print,screen,epub,epub-fixed"


def write_books(folder: Path, count: int) -> list[Path]:
    """The folders of so many books."""
    command = ["cargo", "test", "--locked", "--quiet", "--test", "it", "--", "--ignored", "--exact", TEST]
    environment = os.environ | {"RECTO_ANY_BOOKS_IN": str(folder)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the books were not written: {done.stdout}{done.stderr}")
    books = sorted(path for path in folder.iterdir() if path.is_dir())
    return books[:: max(1, len(books) // count)][:count]


def build(recto: Path, book: Path) -> list[Path]:
    """The files that recto writes, or none if the book has an error."""
    out = book / "out"
    command = [recto, "build", book, "-o", out, "--only", EDITIONS, "--cache", book.parent / "cache", "-q"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{book.name}: {done.stdout}{done.stderr}")
    return sorted(path for path in out.glob("*") if path.suffix in (".pdf", ".epub"))


def problems(path: Path) -> Iterator[str]:
    if path.suffix == ".epub":
        yield from messages_of_epubcheck(path)
        return
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    if done.returncode:
        yield f"qpdf: {done.stdout}{done.stderr}"
    if path.stem.endswith("-print"):
        yield from (f"{it.rule.id}: {it.message}" for it in x4_violations(Document(path)))
    else:
        claimed = verapdf.claims(path)
        if not claimed:
            yield "it claims no standard"
        yield from map(str, verapdf.violations([path], claimed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    parser.add_argument("--books", type=int, default=5)
    arguments = parser.parse_args()
    recto = arguments.recto.resolve()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        books = write_books(Path(name), arguments.books)
        built = {book: build(recto, book) for book in books}
        checked = [(book, path) for book, paths in built.items() for path in paths]
        found = list(pool.map(lambda pair: list(problems(pair[1])), checked))
        for (book, path), all_problems in zip(checked, found, strict=True):
            for problem in all_problems:
                print(f"{book.name}/{path.name}: {problem}")
            if all_problems:
                print((book / "book.yaml").read_text("utf-8"))
    failed = sum(map(bool, found))
    editions = len(EDITIONS.split(","))
    whole = sum(len(paths) == editions for paths in built.values())
    print(f"{len(books)} books, {whole} of them in all editions, {len(checked)} files, {failed} with problems")
    # A book with an error in print has e-books, so that there is something to check.
    return int(failed > 0 or len(books) != arguments.books or len(checked) < 2 * len(books))


if __name__ == "__main__":
    sys.exit(main())
