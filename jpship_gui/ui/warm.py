"""Imports the pages nobody has opened yet, a module at a time while the window idles, so that each opens at once."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from jpship_gui.flows.paper import sheets

_AFTER = 1500  # ms: the first rows are there by then
_BETWEEN = 60  # ms, so that keys and clicks come first
# In this order each takes a few hundredths of a second at most.
_MODULES = (
    "jpship_gui.flows.intake.preview",
    "jpship_gui.flows.check.check",
    "jpship_gui.flows.intake.accept",
    "jpship_gui.flows.paper.take_numbers",
    "jpship_gui.ui.intake.preview_view",
    "jpship_gui.ui.intake.page",
    "jpship_gui.flows.paper.hand_to_carrier",
    "jpship_gui.flows.paper.print_picklist",
    "jpship_gui.flows.pack.track",
    "jpship_gui.flows.paper.outlook",
    *(f"{sheets.__name__}.{module.name}" for module in pkgutil.iter_modules(sheets.__path__)),
    # What the first preview needs besides: imported then, they would hold the window up from the data thread.
    "pypdfium2_raw.bindings",
    "pypdfium2",
    "PIL.Image",
    "reportlab.lib.utils",
    "reportlab.pdfbase._fontdata",
    "reportlab.pdfbase.pdfdoc",
    "reportlab.pdfbase.ttfonts",
    "jpship_gui.ui.paper.contents",
    "jpship_gui.ui.paper.results",
    "jpship_gui.ui.paper.carrier_acts",
    "jpship_gui.ui.paper.page",
    "jpship_gui.ui.plan.table_view",
    "jpship_gui.ui.plan.service_acts",
    "jpship_gui.ui.plan.page",
    "jpship_gui.ui.confirm.page",
    "jpship_gui.ui.pack.page",
    "jpship_gui.ui.options.page",
)


class Warmer(QObject):
    """Starts by itself and is done after a few seconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(_MODULES)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._one)
        self._timer.start(_AFTER)

    def _one(self) -> None:
        import_module(self._left.pop(0))
        if self._left:
            self._timer.start(_BETWEEN)
