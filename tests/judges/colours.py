"""Compares the colours of recto with those of Little CMS: python tests/judges/colours.py RECTO

Builds a print PDF of grids of colours with several profiles, once in sRGB and once in CMYK, and
compares the samples with those that `transicc` (liblcms2-utils of Debian) calculates with the
same profiles, both converted to L*a*b* under D50. The mean CIEDE2000 difference of every grid
must be below 0.5.
"""

import argparse
import itertools
import math
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from PIL import Image

MAX_MEAN = 0.5
HERE = Path(__file__).resolve().parent
PROFILES = HERE.parent.parent / "src/picture/profiles"
FOGRA39 = PROFILES / "ISOcoated_v2_300_bas.icc"
SRGB = PROFILES / "sRGB.icc"
INTENTS = {"perceptual": 0, "relative": 1, "saturation": 2, "absolute": 3}

# The XYZ values of the primaries under D50, as in their profiles, and the gamma.
SPACES = {
    "Display P3": (((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189),
                    (0.1571, 0.06657, 0.78407)), 2.2),
    "Adobe RGB": (((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087),
                   (0.14919, 0.06322, 0.74457)), 563 / 256),
    "ProPhoto RGB": (((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0),
                      (0.03135, 0.00009, 0.82491)), 461 / 256),
}


def fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def profile(kind: bytes, name: str, tags: dict[bytes, bytes]) -> bytes:
    """A display profile of ICC version 2."""
    text = name.encode()
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + bytes(79),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(map(fixed, (0.9642, 1, 0.8249))),
        **tags,
    }
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, 132 + 12 * len(tags) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s12s4s", 132 + 12 * len(tags) + len(body), b"", 0x02100000,
                       b"mntr", kind, b"XYZ ", bytes(12), b"acsp")
    head += bytes(28) + b"".join(map(fixed, (0.9642, 1, 0.8249)))
    return head + bytes(128 - len(head)) + table + body


def curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def rgb_profile(name: str) -> bytes:
    primaries, gamma = SPACES[name]
    tags = {}
    for letter, xyz in zip(b"rgb", primaries):
        tags[bytes([letter]) + b"XYZ"] = b"XYZ \0\0\0\0" + b"".join(map(fixed, xyz))
        tags[bytes([letter]) + b"TRC"] = curve(gamma)
    return profile(b"RGB ", name, tags)


def grids() -> dict[str, tuple[bytes, str, list[tuple[int, ...]]]]:
    """By name: a profile, the mode in Pillow, and the colours."""
    rgb = [tuple(n * 255 // 8 for n in c) for c in itertools.product(range(9), repeat=3)]
    cmyk = [tuple(n * 255 // 6 for n in c) for c in itertools.product(range(7), repeat=4)]
    found = {name: (rgb_profile(name), "RGB", rgb) for name in SPACES}
    found["sRGB"] = (SRGB.read_bytes(), "RGB", rgb)
    found["grey 2.2"] = (profile(b"GRAY", "grey", {b"kTRC": curve(2.2)}), "L",
                         [(level,) for level in range(256)])
    # With another date it is another profile, so that colours are converted and not copied.
    other = bytearray(FOGRA39.read_bytes())
    other[25] ^= 1
    found["FOGRA39"] = (bytes(other), "CMYK", cmyk)
    return found


def transicc(colours, source: str, to: str, intent: int, compensated: bool):
    flags = ["-b"] if compensated else []
    lines = "\n".join(" ".join(f"{n:.6f}" for n in colour) for colour in colours)
    done = subprocess.run(
        ["transicc", "-i", source, "-o", to, "-t", str(intent), "-n", "-c0", *flags],
        input=lines + "\n", capture_output=True, text=True, check=True)
    return [tuple(map(float, line.split())) for line in done.stdout.splitlines() if line.strip()]


def difference(one, other) -> float:
    """CIEDE2000 (ISO/CIE 11664-6)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn, hue = h2 - h1, (h1 + h2) / 2
    if c1 * c2 == 0:
        turn, hue = 0, h1 + h2
    elif abs(turn) > 180:
        turn -= math.copysign(360, turn)
        hue += 180 if hue < 180 else -180
    l, c = (l1 + l2) / 2, (c1 + c2) / 2
    cos = lambda degrees: math.cos(math.radians(degrees))
    t = 1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6)
    t -= 0.20 * cos(4 * hue - 63)
    dl = (l2 - l1) / (1 + 0.015 * (l - 50) ** 2 / math.sqrt(20 + (l - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * c)
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * c * t)
    twist = math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2)))
    rotation = -2 * math.sqrt(c**7 / (c**7 + 25**7)) * math.sin(twist)
    return math.sqrt(max(0, dl * dl + dc * dc + dh * dh + rotation * dc * dh))


def pdf_samples(recto: Path, folder: Path, names: list[str], colour: str, intent: str):
    """The samples of each picture in the print PDF, in order."""
    pages = "".join(f"  - {{ photo: {name}, alt: a grid of colours, caption: '' }}\n" for name in names)
    manifest = folder / f"{colour}-{intent}.yaml"
    manifest.write_text(
        f"title: {colour} {intent}\npages:\n{pages}"
        f"print: {{ color: {colour}, intent: {intent}, compression: lossless }}\n")
    done = subprocess.run(
        [recto, "build", manifest, "-o", folder / "dist", "--only", "print", "-q"],
        capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"recto: {done.stderr}{done.stdout}")
    with pikepdf.open(folder / "dist" / f"{colour}-{intent}-print.pdf") as pdf:
        return [bytes(image.read_bytes()) for page in pdf.pages
                for image in page.resources.get("/XObject", {}).values()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    arguments = parser.parse_args()
    failed = False
    print(f"{'from':14} {'to':8} {'intent':11} {'mean':>6} {'max':>6}  ΔE00 to Little CMS")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = {}
        for index, (what, (icc, mode, colours)) in enumerate(grids().items()):
            # The resolution of images as narrow as this is not checked.
            width = 7 if mode == "CMYK" else 16 if mode == "L" else 9
            file = f"{index}.{'tif' if mode == 'CMYK' else 'png'}"
            image = Image.frombytes(mode, (width, len(colours) // width),
                                    bytes(itertools.chain.from_iterable(colours)))
            image.save(folder / file, icc_profile=icc)
            (folder / f"{index}.icc").write_bytes(icc)
            pictures[what] = (file, str(folder / f"{index}.icc"), mode, colours)
        for colour, intent in itertools.product(("srgb", "cmyk"), INTENTS):
            # Grey becomes black ink alone in print, which profiles do not define. FOGRA39 to
            # FOGRA39 is a conversion through Lab, as from any other press.
            selected = {what: it for what, it in pictures.items()
                     if not (what == "sRGB" and colour == "srgb")
                     and not (it[2] == "L" and colour == "cmyk")}
            printed = pdf_samples(arguments.recto, folder, [it[0] for it in selected.values()], colour, intent)
            target, count, scale_max = (str(SRGB), 3, 255) if colour == "srgb" else (str(FOGRA39), 4, 100)
            for (what, (_, icc, mode, colours)), samples in zip(selected.items(), printed, strict=True):
                scale = 100 / 255 if mode == "CMYK" else 1
                given = [tuple(n * scale for n in c) for c in colours]
                expected = transicc(given, icc, target, INTENTS[intent], intent != "absolute")
                expected = [tuple(min(max(n, 0), scale_max) for n in c) for c in expected]
                actual = [tuple(n * scale_max / 255 for n in samples[at:at + count])
                          for at in range(0, len(samples), count)]
                lab = [transicc(c, target, "*Lab", 1, False) for c in (actual, expected)]
                differences = [difference(*pair) for pair in zip(*lab, strict=True)]
                mean = sum(differences) / len(differences)
                failed |= mean >= MAX_MEAN
                print(f"{what:14} {colour:8} {intent:11} {mean:6.3f} {max(differences):6.2f}"
                      f"{'  TOO LARGE' if mean >= MAX_MEAN else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
