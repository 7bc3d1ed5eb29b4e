"""福山通運 through its tool iS-2."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier, IssuedFile, Tool
from jpship_gui.carriers.fukuyama.rows import writer
from jpship_gui.carriers.issued import read_issued
from jpship_gui.carriers.load import delivery, layout, numbers, services, tracking_url
from jpship_gui.formats.layout import Table

_ENTRY = layout(__name__, "handover.toml")
_ENTRY_2 = layout(__name__, "handover_2.toml")
_RESULT = layout(__name__, "result.toml")
_NUMBERS = numbers(__name__)


def read_result(table: Table) -> IssuedFile:
    """Our parcel keys and the numbers the tool gave them."""
    return read_issued(table, _RESULT, _NUMBERS, "fukuyama")


CARRIER = Carrier(
    id="fukuyama",
    name="福山",
    full_name="福山通運",
    services=services(__name__),
    default_service="parcel",
    numbers=_NUMBERS,
    tools=(
        Tool("is2", "iS-2 CSVエントリー", _ENTRY, _RESULT, writer(_ENTRY), read_result),
        Tool("is2_entry2", "iS-2 CSVエントリー２", _ENTRY_2, None, writer(_ENTRY_2)),
    ),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
