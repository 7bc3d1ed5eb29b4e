"""The four tools, each as the standard has it and as a shop's own filters make it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial

from jpship_gui.carriers.base import Tool
from jpship_gui.carriers.jppost.filters import EDITABLE, STARTS, Filter, filter_of, layout_of, start
from jpship_gui.carriers.jppost.issued import read_result
from jpship_gui.carriers.jppost.rows import write_rows

_NAMES = {"r": "ゆうプリR", "cloud": "ゆうプリクラウド", "web": "Webゆうプリ", "clickpost": "クリックポスト"}
_PARCELS = ("yupack", "yupack_freight", "yupack_cash", "yupack_security")
_MAIL = (
    *("yumail", "yumail_recorded", "yumail_simple", "yumail_registered"),
    *("ordinary_letter", "ordinary", "ordinary_recorded", "ordinary_simple", "ordinary_registered"),
)
_SERVICES = {
    "r": (*_PARCELS, "yupacket", *_MAIL),
    "cloud": (*_PARCELS, "yupacket"),
    "web": _PARCELS,
    "clickpost": ("clickpost",),
}
_MOST_ROWS = {"clickpost": 40}


@lru_cache(maxsize=64)
def tool_by(name: str, out: Filter, back: Filter | None) -> Tool:
    """A tool whose files follow these filters; the same filters give the same tool."""
    layout, result = layout_of(out), layout_of(back) if back else None
    results = () if result is None else (result, *(layout_of(start(one)) for one in STARTS[f"{name}.back"]))
    return Tool(
        id=name,
        name=_NAMES[name],
        handover_layout=layout,
        result_layout=result,
        write_rows=partial(write_rows, layout, _SERVICES[name]),
        read_result=partial(read_result, results) if result else None,
        services=_SERVICES[name],
        most_rows=_MOST_ROWS.get(name, 0),
        fitted=partial(_fitted, name) if name in EDITABLE else None,
    )


def _fitted(name: str, codes: Mapping[str, str]) -> Tool:
    return tool_by(name, filter_of(f"{name}.out", codes), filter_of(f"{name}.back", codes))


def _standard(name: str) -> Tool:
    back = STARTS.get(f"{name}.back")
    return tool_by(name, start(STARTS[f"{name}.out"][0]), start(back[0]) if back else None)


TOOLS = tuple(_standard(name) for name in _NAMES)
