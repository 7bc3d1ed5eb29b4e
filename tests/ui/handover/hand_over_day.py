"""A desk where packed parcels of two carriers wait for their drivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, shops
from tests.builders import a_contact, an_order, stored
from tests.ui import synthetic

NAMES = ("浅野 玲", "大西 浩二", "検品 花子", "勅使河原 左衛門三郎", "森 茜", "林 恵", "原 拓海", "関 真央")


def waybill(n: int) -> str:
    """A Yamato number with a good check digit."""
    payload = 40000770000 + n
    return f"{payload}{payload % 7}"


def sagawa(n: int) -> str:
    """The same of Sagawa."""
    payload = 50000880000 + n
    return f"{payload}{payload % 7}"


@dataclass(frozen=True, slots=True)
class Day:
    """Keys and numbers of Yamato's parcels in the order of packing, then Sagawa's."""

    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    other_keys: tuple[str, ...]
    other_numbers: tuple[str, ...]


def lay_out(ws: Workspace, count: int = 12, others: int = 3, proof: str = "file") -> Day:
    """Packed and proven, except where the shop proves by the hand-over. Nothing of the tests' other orders waits."""
    now = synthetic.NOW
    ws.store.execute("UPDATE parcels SET linked_at = NULL")
    if shops.find(ws.store, "引渡し店") is None:
        shops.add(ws.store, "引渡し店", "rakuten", {"pack.proof": proof}, now)
    orders = [
        an_order(9500 + n, "引渡し店", recipient=a_contact(name=NAMES[n % len(NAMES)]))
        for n in range(count + others)
    ]
    made = stored(ws.store, *orders, ship_by=now + timedelta(hours=3), service="takkyubin")
    numbers = [*(waybill(n) for n in range(count)), *(sagawa(n) for n in range(others))]
    with ws.store.transaction():
        for n, ((row_id, key), number) in enumerate(zip(made, numbers, strict=True)):
            at = now - timedelta(minutes=90 - n)
            proven = (
                {}
                if proof == "handover"
                else {"verified_at": int(at.timestamp() * 1000), "verified_how": "file"}
            )
            carrier = "yamato" if n < count else "sagawa"
            values = {"tracking_no": number, "carrier": carrier, "how": "scanned", **proven}
            shipments.set_parcel(ws.store, key, {**values, "linked_at": int(at.timestamp() * 1000)})
            for fact in ("printed", "checked", "linked", *(() if proof == "handover" else ("verified",))):
                shipments.mark(ws.store, [row_id], fact, at, "佐藤", "file")
        shipments.restage(ws.store, [row_id for row_id, _ in made])
    keys = [key for _, key in made]
    return Day(tuple(keys[:count]), tuple(numbers[:count]), tuple(keys[count:]), tuple(numbers[count:]))
