"""Runs every judge over a folder that recto built: judge.py FOLDER --book BOOK --recto RECTO"""

import argparse
import sys
import time
from pathlib import Path

import ebooks
import pictures
import press
import same_bytes
import screens
import words
from check import Built, Check

CHECKS = [
    *ebooks.CHECKS,
    *screens.CHECKS,
    *press.CHECKS,
    *pictures.CHECKS,
    *words.CHECKS,
    *same_bytes.CHECKS,
]


def passes(check: Check, built: Built) -> bool:
    """Makes one check and tells how it went; a judge that breaks down has not passed the book."""
    start = time.monotonic()
    try:
        faults = list(check.examine(built))
    except Exception as failure:
        faults = [f"the check itself failed: {failure!r}"]
    took = time.monotonic() - start
    print(f"{'FAIL' if faults else 'ok  '} {check.sentence} ({took:.1f} s)", flush=True)
    for fault in faults:
        print("       " + fault.replace("\n", "\n       "), flush=True)
    return not faults


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs every judge over a folder that recto built.")
    parser.add_argument("folder", type=Path, help="the folder with the editions")
    parser.add_argument("--book", type=Path, required=True, help="the folder with book.yaml")
    parser.add_argument("--recto", type=Path, required=True, help="the binary that built them")
    arguments = parser.parse_args()
    built = Built(arguments.folder.resolve(), arguments.book.resolve(), arguments.recto.resolve())
    verdicts = [passes(check, built) for check in CHECKS]
    print(f"{verdicts.count(True)} passed, {verdicts.count(False)} failed")
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
