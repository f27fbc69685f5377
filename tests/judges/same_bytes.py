"""The bytes: the same book is the same file, wherever and however it is built."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from check import Built, check


@dataclass(frozen=True)
class World:
    """All that must not matter to a build."""

    name: str
    jobs: str
    umask: int
    environment: dict[str, str]


# The Turkish locale is the one that lower-cases I to a dotless ı.
WORLDS = [
    World("here", "1", 0o022, {"TZ": "UTC", "LC_ALL": "C", "LANG": "C"}),
    World("elsewhere", "2", 0o077, {"TZ": "Asia/Seoul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
]


def build(built: Built, world: World, place: Path) -> Path:
    """Builds a copy of the book, with new times on its files, in a folder of its own."""
    book, out = place / world.name / "book", place / world.name / "out"
    shutil.copytree(built.book, book, ignore=shutil.ignore_patterns("dist"), copy_function=shutil.copyfile)
    options = ["--only", "epub,epub-fixed,print,screen", "--jobs", world.jobs]
    environment = {"PATH": os.environ["PATH"], "HOME": str(place / world.name)} | world.environment
    subprocess.run(
        [built.recto, "build", book, "-o", out, *options],
        env=environment, umask=world.umask, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return out


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@check("the same book gives the same bytes, whatever the folder, clock, locale, umask and threads")
def reproducible(built: Built) -> Iterator[str]:
    expected = digests(built.folder)
    with tempfile.TemporaryDirectory() as place:
        for world in WORLDS:
            try:
                found = digests(build(built, world, Path(place)))
            except subprocess.CalledProcessError as failure:
                yield f"{world.name}: the build failed: {failure.stderr.strip()}"
                continue
            for name in sorted(expected.keys() | found.keys()):
                if expected.get(name) != found.get(name):
                    yield f"{world.name}: {name} is another"


@check("SHA256SUMS tells every file that was written, and tells it right")
def summed(built: Built) -> Iterator[str]:
    found = digests(built.folder)
    del found["SHA256SUMS"]
    lines = (built.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    for name in sorted(found.keys() | told.keys()):
        if found.get(name) != told.get(name):
            yield f"{name} is told wrongly, or not at all"


CHECKS = [reproducible, summed]
