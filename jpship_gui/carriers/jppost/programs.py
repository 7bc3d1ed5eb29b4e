"""The four tools, each as the standard has it and as a shop's own filters make it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial

from jpship_gui.carriers.base import Tool
from jpship_gui.carriers.filters import Filter, filter_set
from jpship_gui.carriers.jppost.issued import read_result
from jpship_gui.carriers.jppost.rows import write_rows

FILTERS = filter_set(__name__.rpartition(".")[0])
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
    layout, result = FILTERS.layout_of(out), FILTERS.layout_of(back) if back else None
    results = (
        ()
        if result is None
        else (result, *(FILTERS.layout_of(FILTERS.start(one)) for one in FILTERS.starts[f"{name}.back"]))
    )
    return Tool(
        id=name,
        name=_NAMES[name],
        handover_layout=layout,
        result_layout=result,
        write_rows=partial(write_rows, layout, _SERVICES[name]),
        read_result=partial(read_result, results) if result else None,
        services=_SERVICES[name],
        most_rows=_MOST_ROWS.get(name, 0),
        fitted=partial(_fitted, name) if name in FILTERS.editable else None,
    )


def _fitted(name: str, codes: Mapping[str, str]) -> Tool:
    return _registered(name, codes.get("filters", "{}"))


@lru_cache(maxsize=64)
def _registered(name: str, filters: str) -> Tool:
    """By the text of the setting: a filter has too many columns to compare for every parcel."""
    codes = {"filters": filters}
    return tool_by(name, FILTERS.used(f"{name}.out", codes), FILTERS.used(f"{name}.back", codes))


def _standard(name: str) -> Tool:
    back = FILTERS.standard(f"{name}.back") if f"{name}.back" in FILTERS.starts else None
    return tool_by(name, FILTERS.standard(f"{name}.out"), back)


TOOLS = tuple(_standard(name) for name in _NAMES)
