"""A check, and the files that it examines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from manifest import Manifest


@dataclass(frozen=True)
class Built:
    """A folder with the files that recto wrote, the folder of the book, and the recto binary."""

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
        """The files that match a pattern; at least one."""
        found = sorted(self.folder.glob(pattern))
        if not found:
            raise FileNotFoundError(f"recto wrote no {pattern}")
        return found


CheckFunction = Callable[[Built], Iterable[str]]


@dataclass(frozen=True)
class Check:
    """A statement about the files that is true unless `function` finds problems."""

    statement: str
    function: CheckFunction


def check(statement: str) -> Callable[[CheckFunction], Check]:
    return lambda function: Check(statement, function)
