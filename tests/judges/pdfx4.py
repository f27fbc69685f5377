"""Judges a PDF by the rules of PDF/X-4: python tests/judges/pdfx4.py FILE [--json]"""

import argparse
import json
import sys
from pathlib import Path

from x4 import RULES, Document, breaches


def main() -> int:
    parser = argparse.ArgumentParser(description="Judges a PDF by the rules of PDF/X-4.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print the breaches as JSON")
    arguments = parser.parse_args()
    found = breaches(Document(arguments.file))
    if arguments.json:
        told = [
            {"rule": b.rule.id, "basis": b.rule.basis, "states": b.rule.states, "breach": b.message}
            for b in found
        ]
        print(json.dumps({"file": arguments.file.name, "breaches": told}, indent=2))
    else:
        for breach in found:
            print(f"{breach.rule.id}: {breach.message}\n    {breach.rule.states} ({breach.rule.basis})")
        print(f"{arguments.file.name}: {len(RULES)} rules, {len(found)} breaches")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
