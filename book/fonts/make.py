#!/usr/bin/env python3
"""Makes RectoHangul-Regular.otf: the Hangul that the book's text uses, and no more.

    python3 make.py NotoSerifCJK-Regular.ttc

The source is Noto Serif CJK, Regular, as a TTC or as the Korean OTF. The text is
read from the manifest and the Markdown files one folder up. Needs fonttools 4.
The same source and the same text give the same bytes.
"""

import re
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
BOOK = HERE.parent
TARGET = HERE / "RectoHangul-Regular.otf"

FAMILY, STYLE = "Recto Hangul", "Regular"
POSTSCRIPT = "RectoHangul-Regular"
VERSION = "1.000"
# Seconds since 1904: 2026-11-22. A fixed date, so that a rebuild changes nothing.
DATE = 3878150400

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


def text_of_the_book():
    files = [BOOK / "book.yaml", *sorted(BOOK.glob("*.md"))]
    texts = [f.read_text(encoding="utf-8") for f in files if f.name != "LICENSES.md"]
    return "".join(sorted(set(HANGUL.findall("".join(texts)))))


def korean_face(path):
    if path.suffix.lower() != ".ttc":
        return TTFont(path, recalcTimestamp=False)
    for face in TTCollection(path).fonts:
        if face["name"].getDebugName(6) == "NotoSerifCJKkr-Regular":
            face.recalcTimestamp = False
            return face
    sys.exit(f"{path.name}: no face named NotoSerifCJKkr-Regular")


def subset(font, text):
    options = Options()
    options.layout_features = []  # no vertical setting, no Jamo composition: whole syllables only
    options.hinting = True
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(text=text + " ")
    subsetter.subset(font)


def rename(font):
    """A new name everywhere: 'Noto' is a trademark and this is no longer that font."""
    old = font["name"]
    kept = {i: old.getDebugName(i) for i in (0, 9, 13, 14)}
    old.names = []
    names = {
        0: kept[0],
        1: FAMILY,
        2: STYLE,
        3: f"{VERSION};{POSTSCRIPT}",
        4: f"{FAMILY} {STYLE}",
        5: f"Version {VERSION}",
        6: POSTSCRIPT,
        9: kept[9],
        10: "A subset of Noto Serif CJK KR Regular 2.001, for one book.",
        13: kept[13],
        14: kept[14],
        16: FAMILY,
        17: STYLE,
    }
    for name_id, value in names.items():
        old.setName(value, name_id, 3, 1, 0x409)

    cff = font["CFF "].cff
    cff.fontNames = [POSTSCRIPT]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = f"{FAMILY} {STYLE}", FAMILY, STYLE
    for key in ("Notice", "Copyright"):
        if key in top.rawDict:
            setattr(top, key, kept[0].replace("©", "Copyright"))
    for number, sub in enumerate(getattr(top, "FDArray", [])):
        sub.FontName = f"{POSTSCRIPT}-{number}"

    font["head"].fontRevision = float(VERSION)
    font["head"].created = font["head"].modified = DATE
    font["OS/2"].achVendID = "NONE"
    font["OS/2"].fsType = 0
    font["OS/2"].ulCodePageRange1 = 1 << 19  # Korean (Wansung)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    text = text_of_the_book()
    font = korean_face(Path(sys.argv[1]))
    subset(font, text)
    rename(font)
    font.save(TARGET)

    made = TTFont(TARGET)
    covered = {chr(c) for c in made.getBestCmap()}
    assert covered == set(text) | {" "}, covered ^ (set(text) | {" "})
    print(f"{TARGET.name}: {text} ({len(text)} syllables), {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
