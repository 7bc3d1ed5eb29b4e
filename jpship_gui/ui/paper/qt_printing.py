"""Printing where the system has no queue command (Windows): each page as dots of the printer's own resolution."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.preview import page_sizes, preview_page
from jpship_gui.flows.paper.print_queue import Job


def printer_names() -> tuple[str, ...]:
    """The system's printers, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def send(pdf: bytes, title: str, chosen: Preset) -> Job:
    """Print unscaled on the preset's printer ("" = the default); the job has no name that could be asked for.

    Refused("printer_none", "printer_unknown"), WorldFault("print_failed"). May run outside the main thread, as QPrinter
    and QImage may.
    """
    names = printer_names()
    if not names:
        raise Refused("printer_none")
    name = chosen.printer or names[0]
    if name not in names:
        raise Refused("printer_unknown", printer=name, known=", ".join(names))
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(chosen.copies)
    draw(printer, pdf, chosen)
    return Job("", name, chosen.copies)


def draw(printer: QPrinter, pdf: bytes, chosen: Preset) -> None:
    """Draw every page on `printer`, one dot of the page on one dot of the paper so that bar codes stay on the grid."""
    sizes = page_sizes(pdf)
    printer.setResolution(chosen.dpi)
    printer.setFullPage(True)
    _set_paper(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise WorldFault("print_failed", printer=printer.printerName(), reason="QPainter")
    dot = chosen.dpi / 254  # dots in 0.1 mm
    for number, size in enumerate(sizes, 1):
        if number > 1:
            _set_paper(printer, size)
            printer.newPage()
        picture = preview_page(pdf, number, printer.resolution())
        stride = picture.width * 3
        image = QImage(picture.rgb, picture.width, picture.height, stride, QImage.Format.Format_RGB888)
        painter.drawImage(QPointF(round(chosen.offset_x * dot), round(chosen.offset_y * dot)), image)
    if not painter.end() or printer.printerState() == QPrinter.PrinterState.Error:
        raise WorldFault("print_failed", printer=printer.printerName(), reason="QPrinter")


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    page = QPageSize(QSizeF(*size), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    none = QMarginsF(0, 0, 0, 0)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, none))
