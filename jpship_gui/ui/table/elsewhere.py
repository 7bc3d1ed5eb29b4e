"""Acts on orders that another page carries out; it is opened with (act id, shipment keys) as hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk

_PLACES = {
    "print_slips": "paper",
    "preview_slips": "paper",
    "carrier_export": "paper",
    "bundle": "plan",
    "split": "plan",
}
_SO_MANY = {"bundle": (2, 99), "split": (1, 1)}  # least and most shipments, where not any number will do


def elsewhere(desk: Desk, keys: Callable[[], Sequence[str]], count: Callable[[], int]) -> dict[str, Handler]:
    """Each with where it goes and when it may; `count` = how many shipments `keys` would name."""

    def made(act_id: str, place: str) -> Handler:
        least, most = _SO_MANY.get(act_id, (1, None))

        def allowed() -> bool:
            chosen = count()
            return place in desk.places and least <= chosen and (most is None or chosen <= most)

        return Handler(lambda: desk.go(place, (act_id, keys())), allowed)

    return {act_id: made(act_id, place) for act_id, place in _PLACES.items()}
