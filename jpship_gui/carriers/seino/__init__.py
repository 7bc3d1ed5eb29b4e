"""西濃運輸 through its tool カンガルー・マジックⅡ."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.carriers.base import Carrier, IssuedFile, Tool
from jpship_gui.carriers.issued import read_issued
from jpship_gui.carriers.load import delivery, layout, numbers, services, tracking_url
from jpship_gui.carriers.seino.rows import writer
from jpship_gui.formats.layout import Table

_HANDOVER = layout(__name__, "handover.toml")
_BARE = replace(_HANDOVER, id=f"{_HANDOVER.id}_bare", title=f"{_HANDOVER.title}（見出しなし）", header=False)
_RESULT = layout(__name__, "result.toml")
_NUMBERS = numbers(__name__)


def read_result(table: Table) -> IssuedFile:
    """Our parcel keys and the numbers the tool gave them."""
    return read_issued(table, _RESULT, _NUMBERS, "seino")


CARRIER = Carrier(
    id="seino",
    name="西濃",
    full_name="西濃運輸",
    services=services(__name__),
    default_service="parcel",
    numbers=_NUMBERS,
    tools=(
        Tool("kangaroo2", "カンガルー・マジックⅡ", _HANDOVER, _RESULT, writer(_HANDOVER), read_result),
        Tool("kangaroo2_bare", "カンガルー・マジックⅡ（見出しなし）", _BARE, None, writer(_BARE)),
    ),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
