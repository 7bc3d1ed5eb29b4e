"""The scanner's test codes on paper, for scanners that read no screen."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.barcodes import dots_for
from jpship_gui.documents.scanner_sheet import ScannerCode, render_scanner_codes
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.scanner_codes import CODES
from jpship_gui.flows.paper.kind import Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return ()


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    dpi = named(ws, "desk").dpi
    module = dots_for(0.42, dpi)
    codes = [ScannerCode(text(f"scanner.code.{code.id}"), code.bars(module), code.held) for code in CODES]
    return Drawn(render_scanner_codes(codes, language(), dpi), ((),))


KINDS = (Kind("scanner", "desk", _wanted, _draw, 91, on=False, needs_batch=False),)
