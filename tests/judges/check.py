"""What a check is, and what it looks at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from manifest import Manifest


@dataclass(frozen=True)
class Built:
    """A folder that recto wrote, the book that it was made from, and recto itself."""

    folder: Path
    book: Path
    recto: Path

    @property
    def manifest(self) -> Manifest:
        return Manifest.read(self.book)

    @property
    def ebooks(self) -> list[Path]:
        return self.named("*.epub")

    @property
    def pdfs(self) -> list[Path]:
        return self.named("*.pdf")

    @property
    def print(self) -> Path:
        return self.named("*-print.pdf")[0]

    @property
    def screen(self) -> Path:
        return self.named("*-screen.pdf")[0]

    def named(self, pattern: str) -> list[Path]:
        """The files of one kind; that there is none is a fault of its own."""
        found = sorted(self.folder.glob(pattern))
        if not found:
            raise FileNotFoundError(f"recto wrote no {pattern}")
        return found


Examination = Callable[[Built], Iterable[str]]


@dataclass(frozen=True)
class Check:
    """A sentence that holds of the book, unless `examine` finds faults."""

    sentence: str
    examine: Examination


def check(sentence: str) -> Callable[[Examination], Check]:
    return lambda examine: Check(sentence, examine)
