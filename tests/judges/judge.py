"""Runs all checks on a folder that recto built: judge.py FOLDER --book BOOK --recto RECTO"""

import argparse
import sys
import time
from pathlib import Path

import ebooks
import pictures
import pdfs
import reproducibility
import screens
import texts
from check import Built, Check

CHECKS = [
    *ebooks.CHECKS,
    *screens.CHECKS,
    *pdfs.CHECKS,
    *pictures.CHECKS,
    *texts.CHECKS,
    *reproducibility.CHECKS,
]


def passes(check: Check, built: Built) -> bool:
    """Runs one check and prints the result. A check that raises an exception has failed."""
    start = time.monotonic()
    try:
        problems = list(check.function(built))
    except Exception as error:
        problems = [f"the check itself failed: {error!r}"]
    elapsed = time.monotonic() - start
    print(f"{'FAIL' if problems else 'ok  '} {check.statement} ({elapsed:.1f} s)", flush=True)
    for problem in problems:
        print("       " + problem.replace("\n", "\n       "), flush=True)
    return not problems


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs all checks on a folder that recto built.")
    parser.add_argument("folder", type=Path, help="the folder with the editions")
    parser.add_argument("--book", type=Path, required=True, help="the folder with book.yaml")
    parser.add_argument("--recto", type=Path, required=True, help="the binary that built them")
    arguments = parser.parse_args()
    built = Built(arguments.folder.resolve(), arguments.book.resolve(), arguments.recto.resolve())
    results = [passes(check, built) for check in CHECKS]
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
