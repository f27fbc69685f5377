"""Helpers of the benchmarks: measured commands, photos of a certain size, and books of photos."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "target/judges/venv/bin/python"
RECTO = ROOT / "target/release/recto"
PHOTO_BYTES = 5_000_000
DISTINCT = 12


@dataclass
class Usage:
    """CPU and wall time in seconds, and peak memory in MB, of a command; and the part of the CPU
    time that the system took."""

    cpu: float
    wall: float
    memory: float
    system: float = 0.0

    def row(self, name: str, size: int) -> str:
        return f"{name:<22}{self.cpu:>9.2f}{self.wall:>9.2f}{self.memory:>10.0f}{size / 1e6:>12.1f}"


def measured(command: list[str], allowed: tuple[int, ...] = (0,)) -> Usage:
    """Runs a command and measures it. It must end with one of these codes."""
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in allowed:
        sys.exit(f"failed: {' '.join(command)}")
    wall = time.perf_counter() - before
    return Usage(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, usage.ru_stime)


def medians(usages: list[Usage]) -> Usage:
    """The medians of several runs."""
    return Usage(*(statistics.median(getattr(u, key) for u in usages) for key in ("cpu", "wall", "memory")))


def median(command: list[str], runs: int) -> Usage:
    """The median of several runs, after one that warms the file cache."""
    measured(command)
    return medians([measured(command) for _ in range(runs)])


ENLARGE = """
import sys, io
from PIL import Image
source, target, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
image = Image.open(source).convert("RGB")
image = image.resize((4800, 4800 * image.height // image.width))
for quality in range(80, 101):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0)
    if out.tell() >= wanted:
        break
open(target, "wb").write(out.getvalue())
"""


def enlarged(photos: Path, folder: Path) -> list[Path]:
    """Up to twelve photos, enlarged to about 5 MB each."""
    sources = sorted(p for p in photos.iterdir() if p.suffix.lower() in (".jpg", ".jpeg"))[:DISTINCT]
    folder.mkdir()
    large = []
    for number, source in enumerate(sources):
        target = folder / f"source-{number:02}.jpg"
        subprocess.run([PYTHON, "-c", ENLARGE, source, target, str(PHOTO_BYTES)], check=True)
        large.append(target)
    return large


def book_of(count: int, photos: list[Path], folder: Path) -> Path:
    """A book with this number of plates, each with its own file and caption."""
    (folder / "photos").mkdir(parents=True)
    lines = ["title: A Thousand Photos", "creators: [Ada Field]", "pages:"]
    for number in range(count):
        source = photos[number % len(photos)]
        photo = folder / "photos" / f"{number + 1}{source.suffix.lower()}"
        os.link(source, photo)
        lines += [
            f"  - photo: photos/{photo.name}",
            f"    caption: Photograph number {number + 1}, set to measure the writer.",
            f"    alt: Photograph number {number + 1}.",
        ]
    (folder / "book.yaml").write_text("\n".join(lines) + "\n")
    return folder


def book_of_copies(folder: Path, photos: list[Path], count: int, keys: str = "") -> Path:
    """A book with this number of photos; copies have a few different bytes at their end."""
    (folder / "photos").mkdir(parents=True)
    for number in range(count):
        source = photos[number % len(photos)]
        copy = folder / "photos" / f"{number + 1:04}{source.suffix.lower()}"
        shutil.copyfile(source, copy)
        if number >= len(photos):
            with copy.open("ab") as file:
                file.write(f"copy {number}".encode())
    (folder / "book.yaml").write_text(
        f'title: Many Photos\ncreators: [Ada Field]\n{keys}pages:\n  - photos: "photos/*"\n    alt: A photograph.\n'
    )
    return folder
