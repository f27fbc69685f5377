"""The preview in a browser: by keyboard alone, with axe, and while the book is edited."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPT = Path(__file__).with_name("preview.mjs")
SPECIMEN = Path(__file__).parent.parent / "specimen"


@contextmanager
def served(recto: Path, manifest: Path, cache: Path) -> Iterator[str]:
    """The address of a preview, which ends with the block."""
    command = [recto, "preview", manifest, "--no-open", "--port", "0", "--cache", cache]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdout=pipe, stderr=null, text=True) as process:
        try:
            line = process.stdout.readline()
            yield line.removeprefix("preview at ").strip()
        finally:
            process.kill()


def problems(recto: Path, book: Path, name: str, screenshots: Path) -> list[str]:
    """What is wrong with the preview of a copy of a book, which is edited on the way."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "book"
        shutil.copytree(book, copy, ignore=shutil.ignore_patterns("dist", "pages"))
        manifest, cache = copy / name, Path(temporary) / "cache"
        file = Path(temporary) / "mail.html"
        done = subprocess.run(
            [recto, "preview", manifest, "--out", file, "--cache", cache, "--quiet"],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            return [f"no file was written: {done.stderr.strip()}"]
        with served(recto, manifest, cache) as url:
            command = ["node", SCRIPT, url, manifest, file, screenshots]
            environment = os.environ | {"XDG_CONFIG_HOME": temporary}
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else [done.stderr.strip()]


def main() -> int:
    recto, sample, screenshots = (Path(argument).resolve() for argument in sys.argv[1:4])
    failed = False
    books = [(sample, "book.yaml"), (SPECIMEN, "modern.yaml"), (SPECIMEN, "hebrew.yaml")]
    for book, name in books:
        found = problems(recto, book, name, screenshots / f"{book.name}-{Path(name).stem}")
        failed |= bool(found)
        print(f"{'FAIL' if found else 'ok  '} the preview of {book.name}/{name}", flush=True)
        for problem in found:
            print(f"       {problem}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
