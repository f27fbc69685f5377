"""Checks a PDF by the rules of PDF/X-4: python tests/judges/pdfx4.py FILE [--json]"""

import argparse
import json
import sys
from pathlib import Path

from x4 import RULES, Document, violations


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks a PDF by the rules of PDF/X-4.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print the violations as JSON")
    arguments = parser.parse_args()
    found = violations(Document(arguments.file))
    if arguments.json:
        report = [
            {"rule": it.rule.id, "basis": it.rule.basis, "requirement": it.rule.requirement, "violation": it.message}
            for it in found
        ]
        print(json.dumps({"file": arguments.file.name, "violations": report}, indent=2))
    else:
        for violation in found:
            print(f"{violation.rule.id}: {violation.message}\n    {violation.rule.requirement} ({violation.rule.basis})")
        print(f"{arguments.file.name}: {len(RULES)} rules, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
