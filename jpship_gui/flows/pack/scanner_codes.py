"""The three codes that tell how a scanner is set, as bars for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.documents.barcodes import Bars, code128, jan, nw7, nw7_wide
from jpship_gui.domain.scanning.diagnosis import JAN, NUMBER, SIGNS

__all__ = ["CODES", "Bars", "TestCode"]


@dataclass(frozen=True, slots=True)
class TestCode:
    """One of them. Words: `scanner.code.<id>`; `held` is what it holds, start and stop letters left out."""

    __test__ = False  # no test of pytest's

    id: str
    held: str

    def bars(self, module: int) -> Bars:
        """Its bars with the narrowest so many dots wide."""
        if self.id == "number":
            return nw7(self.held, module, nw7_wide(module))
        return jan(self.held, module) if self.id == "jan" else code128(self.held, module)


CODES = (TestCode("signs", SIGNS), TestCode("number", NUMBER), TestCode("jan", JAN))
