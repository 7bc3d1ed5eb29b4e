"""配達ステータス of ゆうプリR's and ゆうプリクラウド's exports → where the parcel is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data

from jpship_gui.domain.delivery_state import DeliveryState

_PACKAGE = __name__.rpartition(".")[0]


@cache
def known_states() -> Mapping[tuple[str, str], DeliveryState]:
    """The state of each pair of 集約コード and 明細コード the specification lists."""
    data = tomllib.loads((get_data(_PACKAGE, "status.toml") or b"").decode("utf-8"))
    return {
        (entry["summary"], detail): DeliveryState(entry["state"])
        for entry in data["status"]
        for detail in entry["details"]
    }


def state_in(values: Mapping[str, str]) -> tuple[str, DeliveryState | None]:
    """The code as the file has it, and its state; ("", None) where the file says nothing of delivery.

    明細コード comes alone (two characters) or behind its 集約コード (four). Without it the state is told only where all
    details of the 集約コード mean the same.
    """
    summary, detail = values.get("state_summary", "").upper(), values.get("state_detail", "").upper()
    shown = " ".join(filter(None, (summary, detail)))
    if not shown:
        return "", None
    if len(detail) == 4 and detail[:2] == (summary or detail[:2]):
        summary, detail = detail[:2], detail[2:]
    if detail:
        return shown, known_states().get((summary, detail), DeliveryState.UNKNOWN)
    possible = {state for (group, _), state in known_states().items() if group == summary}
    return shown, possible.pop() if len(possible) == 1 else DeliveryState.UNKNOWN
