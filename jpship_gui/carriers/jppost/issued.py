"""What ゆうプリR (発送履歴) and ゆうプリクラウド (送り状データダウンロード) give back, read by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jpship_gui.carriers.base import IssuedFile
from jpship_gui.carriers.issued import read_issued
from jpship_gui.carriers.jppost.states import state_in
from jpship_gui.carriers.load import numbers
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import NumberForm
from jpship_gui.formats.layout import Layout, Table

_PACKAGE = __name__.rpartition(".")[0]


@cache
def _forms() -> tuple[NumberForm, ...]:
    return numbers(_PACKAGE)


def read_result(layouts: Sequence[Layout], table: Table) -> IssuedFile:
    """Our parcel keys, their numbers, and the delivery state where the export has its columns; by the first of the
    layouts that fits. Raises as `read_issued`."""
    other: Refused | None = None
    for layout in layouts:
        try:
            return read_issued(table, layout, _forms(), "jppost", state_in)
        except Refused as fault:
            if fault.code != "carrier_file_other":
                raise
            other = other or fault
    assert other is not None
    raise other
