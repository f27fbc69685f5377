"""The barcodes of printed covers, as a scanner reads them from the rendered page.

    barcodes.py RECTO

Builds covers in three designs and three sizes, renders each at 300 dpi, and decodes the ISBN and the
price with ZXing.
"""

import itertools
import subprocess
import sys
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image

ISBN = "9780306406157"
PRICE = "52495"
TRIMS = ["105 x 148 mm", "210 x 210 mm", "297 x 210 mm"]
DESIGNS = ["classic", "modern", "exhibition", "album", "newspaper"]

MANIFEST = """\
title: Winter Road
language: {language}
design: {design}
cover: {{ back: {{ text: A road along the coast. }} }}
print:
  trim: {trim}
  cover: {{ spine: 9 mm, barcode: {{ isbn: "isbn:{isbn}"{price} }} }}
pages:
  - text: "# One"
"""


def decoded(recto: Path, folder: Path, manifest: str) -> set[str]:
    """The digits of the barcodes, without and with those of the price."""
    (folder / "book.yaml").write_text(manifest)
    command = [recto, "build", folder / "book.yaml", "--only", "cover", "-o", folder]
    subprocess.run(command, check=True, capture_output=True)
    pdf = next(folder.glob("*-cover.pdf"))
    subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", pdf, folder / "cover"], check=True)
    image = Image.open(folder / "cover.png")
    options = {"formats": zxingcpp.BarcodeFormat.EAN13, "ean_add_on_symbol": zxingcpp.EanAddOnSymbol.Read}
    return {barcode.text for barcode in zxingcpp.read_barcodes(image, **options)}


def main() -> int:
    recto = Path(sys.argv[1]).resolve()
    failures = 0
    for design, trim, price in itertools.product(DESIGNS, TRIMS, ["", PRICE]):
        language = "he" if price and design == "classic" else "en"
        manifest = MANIFEST.format(
            language=language,
            design=design,
            trim=trim,
            isbn=ISBN,
            price=f", price: '{price}'" if price else "",
        )
        with tempfile.TemporaryDirectory() as folder:
            found = decoded(recto, Path(folder), manifest)
        if found != {ISBN, ISBN + price}:
            failures += 1
            print(f"{design}, {trim}, price {price or 'none'}: found {sorted(found)}")
    print(f"{failures} of {len(DESIGNS) * len(TRIMS) * 2} barcodes are not read")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
