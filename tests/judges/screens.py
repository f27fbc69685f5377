"""The e-books in the hands of a reader: foliate-js in windows of every size."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from check import Built, check

SCREENS = Path(__file__).with_name("screens.mjs")


@check("foliate-js shows every plate whole, on a phone, a tablet and a desk")
def readable(built: Built) -> Iterator[str]:
    for ebook in built.ebooks:
        # What was seen stays beside the book, to be looked at.
        screenshots = built.folder.parent / "screens" / ebook.stem
        with tempfile.TemporaryDirectory() as config:
            environment = os.environ | {"XDG_CONFIG_HOME": config}
            command = ["node", SCREENS, ebook, screenshots]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            yield f"{ebook.name}: {done.stderr.strip()}"
        else:
            yield from (f"{ebook.name}: {fault}" for fault in json.loads(done.stdout))


CHECKS = [readable]
