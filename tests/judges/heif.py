"""Compares HEIC decoded by recto and by libheif: python tests/judges/heif.py RECTO [--measure]

RECTO is a binary with the feature `heif`. The images are written by libheif and x265 through
pillow-heif, in the forms that phones and cameras write and in others. The pixels in the print PDF,
which are stored without loss, are compared with those that libheif decodes: their brightness, and
their colours averaged over 2 × 2 pixels. Single pixels differ, because libheif repeats subsampled
colours and recto interpolates them.

Then damaged files are checked: recto must not crash, take minutes or much memory. --measure prints
the time that a photo of 12 megapixels takes, too.
"""

import argparse
import io
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pillow_heif
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from colours import rgb_profile

# The codes are decoded exactly, so that grey images are equal. The conversion to RGB is rounded
# differently, which leaves 52 dB of brightness at worst, and interpolated colours leave 43 in the
# smallest image. A wrong block, matrix, range or axis stays below 35.
MIN_BRIGHTNESS = 50
MIN_COLOUR = 42
PHOTO = Path(__file__).resolve().parents[2] / "book/photos"
MAX_MEGABYTES = 500
EXIF = {
    # An orientation alone, in a TIFF of one entry.
    orientation: b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"
    + bytes([0, orientation]) + bytes(6)
    for orientation in range(2, 9)
}


def photo(width: int, height: int) -> Image.Image:
    first = sorted(PHOTO.glob("*.jpg"))[0]
    image = Image.open(first).convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    image.info.clear()
    return image


def torture(width: int, height: int) -> Image.Image:
    """Saturated stripes and noise, which no photo has."""
    image = Image.effect_noise((width, height), 120).convert("RGB")
    draw = ImageDraw.Draw(image)
    colours = ["red", "lime", "blue", "magenta", "cyan", "yellow", "white", "black"]
    for at in range(0, width, 3):
        draw.line((at, 0, at // 2, height // 2), fill=colours[at // 3 % 8])
    return image


def smooth(image: Image.Image) -> Image.Image:
    """The brightness of an image with smooth colours, which repetition hardly changes."""
    brightness, *colours = image.convert("YCbCr").split()
    blurred = [it.filter(ImageFilter.GaussianBlur(12)) for it in colours]
    return Image.merge("YCbCr", (brightness.point(lambda it: 64 + it // 2), *blurred)).convert("RGB")


def encoded(image: Image.Image, **options) -> bytes:
    out = io.BytesIO()
    options = {"quality": 90, **options}
    pillow_heif.from_pillow(image).save(out, **options)
    return out.getvalue()


def encoded_wide(image: Image.Image, bits: int, **options) -> bytes:
    """An image of 10 or 12 bits."""
    mode = "RGBA;16" if image.mode == "RGBA" else "RGB;16"
    wide = b"".join((level * 257 + 13 * (at % 5)).to_bytes(3, "little")[:2]
                    for at, level in enumerate(image.tobytes()))
    out = io.BytesIO()
    pillow_heif.options.SAVE_HDR_TO_12_BIT = bits == 12
    pillow_heif.encode(mode, image.size, wide, out, quality=90, **options)
    pillow_heif.options.SAVE_HDR_TO_12_BIT = False
    return out.getvalue()


def with_alpha(image: Image.Image) -> Image.Image:
    image = image.convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def kinds() -> dict[str, bytes]:
    picture = photo(480, 320)
    found = {}
    for chroma in (420, 422, 444):
        found[f"8 bit {chroma}"] = encoded(picture, chroma=chroma)
        found[f"8 bit {chroma} of 641 x 427"] = encoded(photo(641, 427), chroma=chroma)
        found[f"10 bit {chroma}"] = encoded_wide(photo(450, 300), 10, chroma=chroma)
        found[f"grid of 128 {chroma}"] = encoded(picture, chroma=chroma, tile_size=128)
    found["12 bit 420"] = encoded_wide(photo(450, 300), 12, chroma=420)
    found["grid of 512, 1601 x 1203"] = encoded(photo(1601, 1203), tile_size=512)
    found["grid of 512, 10 bit"] = encoded_wide(photo(1024, 600), 10, tile_size=512)
    found["17 x 11"] = encoded(photo(17, 11))
    found["4 x 4"] = encoded(photo(4, 4))
    found["lossless 444"] = encoded(picture, chroma=444, quality=-1, matrix_coefficients=0)
    found["low quality"] = encoded(picture, quality=10)
    found["high quality"] = encoded(picture, quality=99)
    for orientation, exif in EXIF.items():
        found[f"orientation {orientation}"] = encoded(photo(450, 300), exif=exif)
        found[f"orientation {orientation}, grid"] = encoded(photo(300, 200), exif=exif, tile_size=128)
    found["Display P3 by ICC"] = encoded(
        picture, icc_profile=rgb_profile("Display P3"), save_nclx_profile=False)
    found["Display P3 by nclx"] = encoded(picture, color_primaries=12, transfer_characteristics=13)
    for matrix in (1, 6, 9):
        for full in (0, 1):
            for box in (True, False):
                name = f"matrix {matrix}, {'full' if full else 'limited'}{'' if box else ', no nclx'}"
                found[name] = encoded(picture, matrix_coefficients=matrix, full_range_flag=full,
                                      save_nclx_profile=box)
    found["alpha"] = encoded(with_alpha(picture))
    found["alpha, 10 bit"] = encoded_wide(with_alpha(photo(450, 300)), 10)
    found["grey"] = encoded(picture.convert("L"))
    found["grey with alpha"] = encoded(with_alpha(picture).convert("LA"))
    found["torture, grey"] = encoded(torture(512, 512).convert("L"))
    found["torture, grey, high quality"] = encoded(torture(512, 512).convert("L"), quality=99)
    found["torture, smooth colours"] = encoded(smooth(torture(512, 512)))
    for x265 in ("ctu=16", "ctu=32", "sao=0", "tskip=1", "cu-lossless=1", "strong-intra-smoothing=0",
                 "scaling-list=default", "wpp=0", "slices=4", "rdoq-level=2", "cbqpoffs=6"):
        name, value = x265.split("=")
        found[f"x265 {x265}"] = encoded(picture, enc_params={f"x265:{name}": value})
    return found


def decibels(one: Image.Image, other: Image.Image) -> float:
    error = sum(it * it for it in ImageStat.Stat(ImageChops.difference(one, other)).rms)
    error /= len(one.getbands())
    return 10 * math.log10(255**2 / error) if error else math.inf


def by_libheif(path: Path) -> Image.Image:
    image = pillow_heif.open_heif(path, convert_hdr_to_8bit=True).to_pillow()
    if image.mode.startswith("I"):
        image = image.point(lambda level: level / 256).convert("L")
    if "A" in image.mode:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def build(recto: Path, folder: Path, names: list[str]) -> tuple[Path, str]:
    pages = "".join(f"  - {{ photo: {name}, alt: a picture, caption: '' }}\n" for name in names)
    (folder / "book.yaml").write_text(
        f"title: HEIC\nallow: [resolution]\npages:\n{pages}"
        "print: { color: keep, compression: lossless }\n")
    done = subprocess.run(
        [recto, "build", folder, "-o", folder / "dist", "--only", "print", "--no-cache",
         "--format", "short", "--all-findings"], capture_output=True, text=True, timeout=600)
    written = folder / "dist" / "heic-print.pdf"
    if done.returncode not in (0, 1) or "internal error" in done.stderr:
        sys.exit(f"recto: {done.stderr}{done.stdout}")
    return written, done.stderr + done.stdout


def by_recto(recto: Path, folder: Path, names: list[str]) -> dict[str, Image.Image]:
    pictures = {}
    written, output = build(recto, folder, names)
    if not written.exists():
        sys.exit("\n".join(line for line in output.splitlines() if "error[" in line))
    with pikepdf.open(written) as pdf:
        images = [image for page in pdf.pages
                  for image in page.resources.get("/XObject", {}).values()]
        for name, image in zip(names, images, strict=True):
            mode = "L" if len(image.read_bytes()) == image.Width * image.Height else "RGB"
            data = image.read_bytes()
            pictures[name] = Image.frombytes(mode, (image.Width, image.Height), data).convert("RGB")
    return pictures


def check(recto: Path, folder: Path, files: Iterable[str]) -> list[str]:
    """The findings about these photos."""
    (folder / "book.yaml").write_text(
        "title: HEIC\npages:\n" + "".join(f"  - photo: {file}\n" for file in files))
    done = subprocess.run(
        [recto, "check", folder, "--format", "short", "--no-cache", "--all-findings"],
        capture_output=True, text=True, timeout=600)
    lines = (done.stdout + done.stderr).splitlines()
    if done.returncode not in (0, 1) or any("internal error" in line for line in lines):
        sys.exit(f"recto: {done.returncode}: {done.stderr}")
    return lines


def compare(recto: Path) -> bool:
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {}
        for index, (what, data) in enumerate(kinds().items()):
            (folder / f"{index}.heic").write_bytes(data)
            files[f"{index}.heic"] = what
        errors = [line for line in check(recto, folder, files) if "error[photo-" in line]
        usable = [file for file in files if not any(f" {file} " in line for line in errors)]
        pictures = by_recto(recto, folder, usable)
        print(f"{'':32} {'brightness':>10} {'colour':>7}  dB to libheif")
        for file, what in files.items():
            if file not in pictures:
                message = next(line for line in errors if f" {file} " in line)
                print(f"{what:32} {message.split(f' {file} ')[1].split(' (')[0]}")
                continue
            expected, actual = by_libheif(folder / file), pictures[file]
            if expected.size != actual.size:
                print(f"{what:32} {actual.size}, not {expected.size}")
                failed = True
                continue
            brightness = decibels(expected.convert("L"), actual.convert("L"))
            even = tuple(side // 2 * 2 for side in expected.size)
            halves = [it.crop((0, 0, *even)).reduce(2) for it in (expected, actual)]
            colour = decibels(*halves)
            wrong = brightness < MIN_BRIGHTNESS or colour < MIN_COLOUR
            failed |= wrong
            print(f"{what:32} {brightness:10.1f} {colour:7.1f}{'  TOO LOW' if wrong else ''}")
    return failed


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file that is truncated, or has flipped bits or overwritten bytes."""
    changed = bytearray(data)
    match chance.randrange(4):
        case 0:
            return data[:chance.randrange(len(data))]
        case 1:
            # The container is at the beginning.
            for _ in range(chance.randint(1, 4)):
                changed[chance.randrange(min(len(data), 700))] ^= 1 << chance.randrange(8)
        case 2:
            for _ in range(chance.randint(1, 30)):
                changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case _:
            at = chance.randrange(len(data))
            changed[at:at + 40] = chance.randbytes(len(changed[at:at + 40]))
    return bytes(changed)


def survive(recto: Path, count: int) -> bool:
    """Checks damaged files: no crash, no endless work, bounded memory."""
    picture = photo(160, 120)
    originals = [
        encoded(picture, exif=EXIF[6]), encoded(picture, tile_size=64),
        encoded_wide(picture, 10), encoded(with_alpha(picture)), encoded(picture.convert("L")),
    ]
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [f"{index}.heic" for index in range(count)]
        for file in files:
            (folder / file).write_bytes(damaged(chance.choice(originals), chance))
        start = time.monotonic()
        lines = check(recto, folder, files)
        seconds = time.monotonic() - start
    refused = sum("error[photo-" in line for line in lines)
    panics = sum("the decoder failed" in line for line in lines)
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"{count} damaged files: {refused} refused, {panics} of them after a panic in the decoder; "
          f"{seconds:.1f} s, {megabytes:.0f} MB")
    return megabytes > MAX_MEGABYTES


def measure(recto: Path) -> None:
    """Prints the time and the memory that a photo of 12 megapixels takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.heic").write_bytes(encoded(photo(64, 48)))
        (folder / "large.heic").write_bytes(encoded(photo(4032, 3024), tile_size=512))
        seconds = {}
        for file in ("small.heic", "large.heic"):
            times = []
            for _ in range(3):
                start = time.monotonic()
                check(recto, folder, [file])
                times.append(time.monotonic() - start)
            seconds[file] = min(times)
        start = time.monotonic()
        by_libheif(folder / "large.heic")
        libheif = time.monotonic() - start
    recto_seconds = seconds["large.heic"] - seconds["small.heic"]
    print(f"12 megapixels: {recto_seconds:.2f} s, {recto_seconds / 12.2 * 1000:.0f} ms for each megapixel; "
          f"libheif {libheif:.2f} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recto", type=Path)
    parser.add_argument("--damaged", type=int, default=200, help="the number of damaged files")
    parser.add_argument("--measure", action="store_true")
    arguments = parser.parse_args()
    recto = arguments.recto.resolve()
    # Memory first: it is that of the largest process so far.
    failed = survive(recto, arguments.damaged)
    failed |= compare(recto)
    if arguments.measure:
        measure(recto)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
