"""A page of a PDF as dots, for the preview and for printing through the system's dialog."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.domain.fault import Refused


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of RGB bytes from the top, without padding."""

    width: int
    height: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """How many pages; Refused("pdf_damaged")."""
    return len(page_sizes(pdf))


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in mm; Refused("pdf_damaged")."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            sizes = [document.get_page_size(index) for index in range(len(document))]
    except pypdfium2.PdfiumError as fault:
        raise Refused("pdf_damaged") from fault
    return tuple((width * 25.4 / 72, height * 25.4 / 72) for width, height in sizes)


def preview_page(pdf: bytes, page: int, dpi: float) -> Picture:
    """Page `page` (from 1) at that resolution, black on white; Refused("page_unknown", "pdf_damaged").

    The page is first cut to whole dots: PDFium else rounds its size up and stretches the content to it, and bar codes
    leave the dot grid (tried: wrong numbers with valid check digits).
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            if not 1 <= page <= len(document):
                raise Refused("page_unknown", page=page, pages=len(document))
            sheet = document[page - 1]
            width, height = sheet.get_size()
            dot = 72 / dpi
            wide, high = (max(1, round(side / dot)) * dot for side in (width, height))
            sheet.set_mediabox(0, height - high, wide - dot / 100, height - dot / 100)
            image = sheet.render(scale=dpi / 72, rev_byteorder=True, draw_annots=False)
            return _rows(image)
    except pypdfium2.PdfiumError as fault:
        raise Refused("pdf_damaged") from fault


def _rows(image: object) -> Picture:
    """PDFium's bitmap without the padding at the end of its rows."""
    width, height, stride, data = (getattr(image, name) for name in ("width", "height", "stride", "buffer"))
    whole = bytes(data)
    if stride == width * 3:
        return Picture(width, height, whole)
    rows = (whole[at : at + width * 3] for at in range(0, stride * height, stride))
    return Picture(width, height, b"".join(rows))
