"""Reproducibility: the same book gives the same bytes in every environment."""

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
class Environment:
    """Everything that must not influence a build."""

    name: str
    jobs: str
    umask: int
    variables: dict[str, str]


# In the Turkish locale, the lower case of I is a dotless ı.
ENVIRONMENTS = [
    Environment("plain", "1", 0o022, {"TZ": "UTC", "LC_ALL": "C", "LANG": "C"}),
    Environment("other", "2", 0o077, {"TZ": "Asia/Seoul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
]


def build(built: Built, environment: Environment, parent: Path) -> Path:
    """Builds a copy of the book, whose files have new timestamps, in a folder of its own."""
    folder = parent / environment.name
    book, out = folder / "book", folder / "out"
    shutil.copytree(built.book, book, ignore=shutil.ignore_patterns("dist"), copy_function=shutil.copyfile)
    options = ["--only", "epub,epub-fixed,print,screen,offline", "--jobs", environment.jobs]
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder)} | environment.variables
    subprocess.run(
        [built.recto, "build", book, "-o", out, *options],
        env=variables, umask=environment.umask, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return out


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@check("the same book gives the same bytes in any folder, time zone, locale, umask and number of threads")
def reproducible(built: Built) -> Iterator[str]:
    expected = digests(built.folder)
    with tempfile.TemporaryDirectory() as parent:
        for environment in ENVIRONMENTS:
            try:
                found = digests(build(built, environment, Path(parent)))
            except subprocess.CalledProcessError as error:
                yield f"{environment.name}: the build failed: {error.stderr.strip()}"
                continue
            for name in sorted(expected.keys() | found.keys()):
                if expected.get(name) != found.get(name):
                    yield f"{environment.name}: {name} differs"


@check("SHA256SUMS lists every file with its checksum")
def checksums(built: Built) -> Iterator[str]:
    found = digests(built.folder)
    del found["SHA256SUMS"]
    lines = (built.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    for name in sorted(found.keys() | listed.keys()):
        if found.get(name) != listed.get(name):
            yield f"{name} is missing or has another checksum"


CHECKS = [reproducible, checksums]
