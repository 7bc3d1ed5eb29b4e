"""Where the simulated people scan: the state machine with a shop in memory, or the whole desk with journal and database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Protocol

from jpship_gui.domain.order import OrderState
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.crew import Anybody
from jpship_gui.domain.packing.entry import Entry, decide
from jpship_gui.domain.packing.session import Answer, PackSession
from jpship_gui.domain.packing.state import State
from jpship_gui.domain.packing.world import Block, Proof
from jpship_gui.domain.roles import DEFAULTS, Person, Right, Role
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import people, products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import a_contact, a_line, an_order, stored
from tests.simulation.shop import GOODS, DayWorld, Parcel, a_world

FIRST, SECOND = "佐藤", "鈴木"


class Packers(Anybody):
    """Two people who may what packers may by default."""

    def may(self, name: str, right: Right) -> bool:
        return right in DEFAULTS[Role.PACKER]

    def reasons(self, command: Command) -> Sequence[str]:
        return ("急ぎ",)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the shop knows of a parcel: its number, whether the pair is proven, whether it would be confirmed."""

    number: str
    verified: bool
    confirmed: bool


class Shop(Protocol):
    """A shop with one desk."""

    def take_in(
        self, parcels: Sequence[Parcel], promised: Mapping[str, str], proof: Proof
    ) -> Sequence[Parcel]:
        """Orders printed and ready; the same parcels with the keys the shop gave them."""
        ...

    def scan(self, raw: str) -> Answer: ...

    def state(self) -> State: ...

    def type_twice(self, key: str, first: str, second: str, carrier: str) -> str:
        """What entering a number twice by hand comes to."""
        ...

    def cancel(self, key: str) -> None: ...

    def somebody_else(self) -> None:
        """Another person takes the desk."""
        ...

    def kept(self) -> Mapping[str, Kept]: ...


class MemoryShop:
    """The state machine; effects reach the shop before the next scan."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.world = DayWorld({})
        self.session = PackSession(self.world, "1", FIRST, crew=Packers())

    def take_in(
        self, parcels: Sequence[Parcel], promised: Mapping[str, str], proof: Proof
    ) -> Sequence[Parcel]:
        self.world = a_world(parcels, proof, promised, self.dice)
        self.session = PackSession(self.world, "1", FIRST, crew=Packers())
        return parcels

    def scan(self, raw: str) -> Answer:
        answer = self.session.scan(raw)
        self.world.apply(answer.effects, self.session.person)
        return answer

    def state(self) -> State:
        return self.session.state

    def type_twice(self, key: str, first: str, second: str, carrier: str) -> str:
        view = self.world.shipment(key)
        assert view is not None
        found = decide(self.world, view, Entry(first, second, carrier), "1")
        self.world.apply(found.effects, self.session.person)
        return found.outcome

    def cancel(self, key: str) -> None:
        self.world.views[key] = replace(self.world.views[key], block=Block.CANCELLED)

    def somebody_else(self) -> None:
        self.session.person = SECOND

    def kept(self) -> Mapping[str, Kept]:
        return {
            key: Kept(view.parcels[0].tracking_no, view.verified, view.verified and view.block is None)
            for key, view in self.world.views.items()
        }


class StoreShop:
    """The whole desk: settings, database, journal, and the review that decides what is confirmed."""

    def __init__(self, folder: Path) -> None:
        self.ws: Workspace = open_workspace(str(folder), person=FIRST, desk="1")
        self.rows: Mapping[str, int] = {}
        self.desk: Desk | None = None

    def take_in(
        self, parcels: Sequence[Parcel], promised: Mapping[str, str], proof: Proof
    ) -> Sequence[Parcel]:
        store = self.ws.store
        shops.add(store, "本店", "rakuten", {"pack.proof": proof.value}, self.ws.now())
        for code, name in (("01", FIRST), ("02", SECOND)):
            people.put(store, Person(name, code), self.ws.now(), FIRST)
        products.put(store, [Product(sku, sku) for sku in GOODS])
        given = []
        for n, parcel in enumerate(parcels):
            lines = tuple(
                a_line(line_id=str(place), sku=sku, quantity=count, variant="")
                for place, (sku, count) in enumerate(parcel.goods.items(), start=1)
            )
            order = an_order(n + 1, "本店", lines=lines, recipient=a_contact(name=parcel.name))
            wrapping = ("紙",) if parcel.insert else ()
            ((row, key),) = stored(store, order, carrier=parcel.waybill.carrier, wrapping=wrapping)
            given.append((row, replace(parcel, key=key, waybill=replace(parcel.waybill, key=key))))
        self.rows = {parcel.key: row for row, parcel in given}
        with store.transaction():
            shipments.mark(store, list(self.rows.values()), "printed", self.ws.now(), FIRST)
            for before, (_, parcel) in zip(parcels, given, strict=True):
                if promised.get(before.key):
                    shipments.set_parcel(store, parcel.key, {"file_no": promised[before.key]})
            shipments.restage(store, list(self.rows.values()))
        self.desk = Desk(self.ws, "1", FIRST)
        return [parcel for _, parcel in given]

    def _open(self) -> Desk:
        assert self.desk is not None
        return self.desk

    def scan(self, raw: str) -> Answer:
        return self._open().scan(raw)

    def state(self) -> State:
        return self._open().session.state

    def type_twice(self, key: str, first: str, second: str, carrier: str) -> str:
        self._open().apply_pending()
        return track(self.ws, key, first, second, carrier).outcome

    def cancel(self, key: str) -> None:
        self._open().apply_pending()
        with self.ws.store.transaction():
            shipments.set_state(self.ws.store, self.rows[key], OrderState.CANCELLED)

    def somebody_else(self) -> None:
        self._open().close()
        self.desk = Desk(self.ws, "1", SECOND)

    def kept(self) -> Mapping[str, Kept]:
        self._open().apply_pending()
        green = {row.key for row in review(self.ws).green}
        return {
            s.key: Kept(s.parcels[0].tracking_no, s.facts.verified is not None, s.key in green)
            for s in shipments.by_keys(self.ws.store, list(self.rows))
        }

    def close(self) -> None:
        """Let go of journal and database."""
        self._open().close()
        self.ws.close()
