"""Reading papers back: their text, and their bar codes from the rasterised page."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

from jpship_gui.flows.paper.preview import preview_page


def page_texts(pdf: bytes) -> list[str]:
    """Text of every page as it would be copied out."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def picture(pdf: bytes, page: int, dpi: float) -> Image.Image:
    """A page in whole dots."""
    made = preview_page(pdf, page, dpi)
    return Image.frombytes("RGB", (made.width, made.height), made.rgb).convert("L")


def codes(image: Image.Image) -> dict[str, list[str]]:
    """Texts of all bar codes by kind."""
    found: dict[str, list[str]] = {}
    for code in zxingcpp.read_barcodes(image):
        found.setdefault(str(code.format), []).append(code.text)
    return found


def by_poppler(pdf: bytes, folder: Path, dpi: int) -> Image.Image:
    """The first page as another rasteriser makes it."""
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    run = [
        "pdftoppm",
        "-r",
        str(dpi),
        "-gray",
        "-f",
        "1",
        "-l",
        "1",
        "-singlefile",
        str(path),
        str(folder / "page"),
    ]
    subprocess.run(run, check=True)
    return Image.open(folder / "page.pgm").copy()


def document_information(pdf: bytes) -> Sequence[str]:
    """Every value of the document's properties."""
    with pypdfium2.PdfDocument(pdf) as document:
        return list(document.get_metadata_dict().values())


def code128_in_strips(pdf: bytes, dpi: int, low: float, high: float, step: int = 1) -> list[str]:
    """The Code 128 in the strip between two heights (mm from the foot) of every `step`-th page."""
    mm = 72 / 25.4
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(0, len(document), step):
            page = document[index]
            crop = (0, low * mm, page.get_width() / 2, page.get_height() - high * mm)
            image = page.render(scale=dpi / 72, crop=crop, grayscale=True).to_pil()
            read = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128, try_rotate=False)
            found.append(",".join(code.text for code in read))
    return found
