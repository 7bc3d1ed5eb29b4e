"""Pages moved by a preset's offsets, for printers whose paper does not lie where it should (PR-10)."""

from __future__ import annotations

from io import BytesIO


def shifted(pdf: bytes, right: int, down: int, dpi: int) -> bytes:
    """The document with every page moved by tenths of a millimetre, in whole dots so that bar codes stay on the grid.

    Only the window of each page moves, its content is untouched; without an offset the very same bytes come back.
    """
    dots = [round(tenths * dpi / 254) for tenths in (right, down)]
    if not any(dots):
        return pdf
    import pypdfium2

    dx, dy = (count * 72 / dpi for count in dots)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            left, low, wide, high = page.get_mediabox()
            page.set_mediabox(left - dx, low + dy, wide - dx, high + dy)
            page.close()
        out = BytesIO()
        document.save(out)
    return out.getvalue()
