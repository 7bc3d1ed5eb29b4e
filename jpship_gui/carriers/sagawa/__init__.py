"""佐川急便 through e飛伝Ⅲ, Ⅱ and Pro."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jpship_gui.carriers.base import Carrier, IssuedFile, Tool
from jpship_gui.carriers.issued import read_issued
from jpship_gui.carriers.load import delivery, layout, numbers, services, tracking_url
from jpship_gui.carriers.sagawa.rows import writer
from jpship_gui.formats.layout import Layout, Table

_NUMBERS = numbers(__name__)


def _reader(result: Layout) -> Callable[[Table], IssuedFile]:
    def read(table: Table) -> IssuedFile:
        return read_issued(table, result, _NUMBERS, "sagawa")

    return read


def _tool(tool: str, name: str) -> Tool:
    out, back = layout(__name__, f"{tool}.toml"), layout(__name__, f"{tool}_back.toml")
    return Tool(tool, name, out, back, writer(out), _reader(back))


_EHIDEN3 = _tool("ehiden3", "e飛伝Ⅲ")
assert _EHIDEN3.handover_layout is not None
_BARE = replace(
    _EHIDEN3.handover_layout,
    id="sagawa_ehiden3_bare",
    title="e飛伝Ⅲ 標準_飛脚宅配便_CSV_ヘッダ無",
    header=False,
)

CARRIER = Carrier(
    id="sagawa",
    name="佐川",
    full_name="佐川急便",
    services=services(__name__),
    default_service="takkyubin",
    numbers=_NUMBERS,
    tools=(
        _EHIDEN3,
        Tool("ehiden3_bare", "e飛伝Ⅲ（ヘッダ無）", _BARE, None, writer(_BARE)),
        _tool("ehiden2", "e飛伝Ⅱ"),
        _tool("ehiden_pro", "e飛伝Pro"),
    ),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
