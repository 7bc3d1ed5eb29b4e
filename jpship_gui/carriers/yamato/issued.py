"""発行済みデータ of B2クラウド."""

from __future__ import annotations

from functools import cache

from jpship_gui.carriers.base import IssuedFile
from jpship_gui.carriers.issued import read_issued
from jpship_gui.carriers.load import layout, numbers
from jpship_gui.domain.tracking_no import NumberForm
from jpship_gui.formats.layout import Layout, Table

_PACKAGE = __name__.rpartition(".")[0]


@cache
def _data() -> tuple[Layout, tuple[NumberForm, ...]]:
    return layout(_PACKAGE, "result.toml"), numbers(_PACKAGE)


def read_result(table: Table) -> IssuedFile:
    """Our parcel keys and the numbers B2 gave them."""
    result, forms = _data()
    return read_issued(table, result, forms, "yamato")
