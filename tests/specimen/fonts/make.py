#!/usr/bin/env python3
"""Generates SpecimenHan-Regular.otf, a subset with the characters of asian.yaml.

    python3 make.py NotoSerifCJK-Regular.ttc

The source is Noto Serif CJK JP, Regular. The subset has its regional forms (`locl`), so that one
font is enough for Japanese, Chinese and Korean. Needs fonttools 4. The same source and the same
text give the same bytes.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
TARGET = HERE / "SpecimenHan-Regular.otf"
FAMILY, STYLE, POSTSCRIPT = "Specimen Han", "Regular", "SpecimenHan-Regular"
VERSION = "1.000"
# Seconds since 1904: 2026-11-22. A fixed date, so that a rebuild changes nothing.
DATE = 3878150400
# What recto says by itself on these pages: dates, the imprint.
HOUSE = "年月日년월일文写真글사진文字撮影摄影저자著，、・和と및와과"
# Marks that Chinese sets in the face of its letters.
MARKS = "“”‘’—…"


def letters() -> str:
    text = (HERE.parent / "asian.yaml").read_text(encoding="utf-8")
    return "".join(sorted({c for c in text + HOUSE if ord(c) > 0x2E7F} | set(MARKS)))


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faces = TTCollection(sys.argv[1]).fonts
    font = next(face for face in faces if face["name"].getDebugName(6) == "NotoSerifCJKjp-Regular")
    font.recalcTimestamp = False
    options = Options()
    options.layout_features = ["locl"]
    options.layout_scripts = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GDEF", "GPOS"]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters() + " ")
    subsetter.subset(font)

    # "Noto" is a trademark, and this is no longer that font.
    old = font["name"]
    kept = {number: old.getDebugName(number) for number in (0, 9, 13, 14)}
    old.names = []
    names = {
        0: kept[0], 1: FAMILY, 2: STYLE, 3: f"{VERSION};{POSTSCRIPT}", 4: f"{FAMILY} {STYLE}",
        5: f"Version {VERSION}", 6: POSTSCRIPT, 9: kept[9],
        10: "A subset of Noto Serif CJK JP Regular 2.001, for a specimen.", 13: kept[13], 14: kept[14],
    }
    for number, words in names.items():
        old.setName(words, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [POSTSCRIPT]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = f"{FAMILY} {STYLE}", FAMILY, STYLE
    for number, sub in enumerate(getattr(top, "FDArray", [])):
        sub.FontName = f"{POSTSCRIPT}-{number}"
    font["head"].fontRevision = float(VERSION)
    font["head"].created = font["head"].modified = DATE
    font["OS/2"].achVendID = "NONE"
    font["OS/2"].fsType = 0
    font.save(TARGET)
    print(f"{TARGET.name}: {len(letters())} letters, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
