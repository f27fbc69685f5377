"""E-books in a reading system: foliate-js in windows of all sizes."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from check import Built, check

SCREENS = Path(__file__).with_name("screens.mjs")


@check("foliate-js shows every plate completely on phones, tablets and large screens")
def readable(built: Built) -> Iterator[str]:
    for ebook in built.ebooks:
        # Keep the screenshots beside the book for inspection.
        screenshots = built.folder.parent / "screens" / ebook.stem
        with tempfile.TemporaryDirectory() as config:
            environment = os.environ | {"XDG_CONFIG_HOME": config}
            command = ["node", SCREENS, ebook, screenshots]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            yield f"{ebook.name}: {done.stderr.strip()}"
        else:
            yield from (f"{ebook.name}: {problem}" for problem in json.loads(done.stdout))


CHECKS = [readable]
