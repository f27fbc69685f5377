"""A running preview, and what a browser asks of it."""

import http.client
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Preview:
    """A running preview."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(address)
        self.events = http.client.HTTPConnection(address)
        self.events.request("GET", "/events")
        self.stream = self.events.getresponse()
        self.next_version()

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == 200, f"{path}: {response.status}"
        return body

    def next_version(self) -> None:
        while not self.stream.readline().startswith(b"data: "):
            pass

    def first_pictures(self) -> list[str]:
        """The addresses of the photos of the first spread that has any."""
        spreads = self.get("/").decode().split('class="spread"')[1:]
        pictures = (re.findall(r'src="(/picture/\w+)"', spread) for spread in spreads)
        return next(addresses for addresses in pictures if addresses)


@contextmanager
def started(recto: Path, book: Path, cache: Path | None = None) -> Iterator[Preview]:
    command = [recto, "preview", book, "--no-open", "--port", "0", "--cache", cache or book / "cache"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield Preview(process.stdout.readline().split("//")[1].strip("/\n"))
    finally:
        process.kill()
        process.wait()


def start(recto: Path, book: Path, cache: Path | None = None) -> tuple[float, float]:
    """The seconds until the page, and until the photos of its first spread."""
    before = time.perf_counter()
    with started(recto, book, cache) as preview:
        pictures = preview.first_pictures()
        page = time.perf_counter() - before
        for address in pictures:
            preview.get(address)
        return page, time.perf_counter() - before
