"""Generates the photos of the specimen: charts that show how they were cropped and rotated.

    python3 make.py          (with Pillow; rewrites photos/)

Every chart has a grid of tenths in flat colours, another colour in each corner, and a white disc at
its focus, (0.35, 0.4). A crop that removes a corner, halves that do not join, and a picture upside
down are visible at once.
"""

from pathlib import Path

from PIL import Image, ImageCms, ImageDraw

PHOTOS = Path(__file__).resolve().parent / "photos"
CORNERS = [(176, 62, 44), (38, 92, 128), (226, 172, 72), (58, 104, 66)]
FOCUS = (0.35, 0.4)


def mixed(across: float, down: float) -> tuple[int, int, int]:
    """The colour at a position, blended from the four corners."""
    weights = [(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down]
    channels = zip(*CORNERS)
    return tuple(round(sum(w * c for w, c in zip(weights, channel))) for channel in channels)


def chart(width: int, height: int) -> Image.Image:
    cells = Image.new("RGB", (10, 10))
    cells.putdata([mixed(x / 9, y / 9) for y in range(10) for x in range(10)])
    picture = cells.resize((width, height), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(picture)
    line = max(width, height) // 400
    for tenth in range(1, 10):
        tone = (255, 255, 255) if tenth == 5 else (214, 210, 200)
        x, y = width * tenth // 10, height * tenth // 10
        draw.line([(x, 0), (x, height)], fill=tone, width=line)
        draw.line([(0, y), (width, y)], fill=tone, width=line)
    x, y, r = width * FOCUS[0], height * FOCUS[1], min(width, height) * 0.06
    draw.ellipse([x - r, y - r, x + r, y + r], fill=(255, 255, 255))
    # A mark at the head.
    draw.polygon([(width / 2, 0), (width / 2 - r, 2 * r), (width / 2 + r, 2 * r)], fill=(255, 255, 255))
    return picture


def save(name: str, picture: Image.Image, **options: object) -> None:
    picture.save(PHOTOS / name, **{"quality": 60, "optimize": True, "progressive": True} | options)


def main() -> None:
    PHOTOS.mkdir(exist_ok=True)
    save("landscape.jpg", chart(3900, 2600))
    save("upright.jpg", chart(1800, 2700))
    save("square.jpg", chart(2200, 2200))
    save("wide.jpg", chart(4080, 2295))
    save("panorama.jpg", chart(5760, 2560))
    save("gray.png", chart(1920, 1280).convert("L").quantize(32))
    save("ink.jpg", chart(1920, 1280).convert("CMYK"))
    # Stored lying on its side, to be turned by its EXIF orientation.
    exif = Image.Exif()
    exif[0x0112] = 6
    save("turned.jpg", chart(1600, 2400).transpose(Image.Transpose.ROTATE_90), exif=exif)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    save("tagged.jpg", chart(1800, 1350), icc_profile=srgb)


main()
