"""The desk's view of the world: the database, the lines that still wait for it, and what to go by while it is away.

While it does not answer, the parcel in hand is finished from memory: its goods, its instructions, and the waybill whose
number the carrier's file promised to it. Everything else raises Away (docs/decisions/database-away.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.ahead import Ahead, Done
from jpship_gui.domain.packing.kinds import NumberReading, goods_codes, read_number
from jpship_gui.domain.packing.world import Away, Day, Goods, NameChoice, Owner, PackParcel, PackView
from jpship_gui.domain.tracking_no import NumberForm
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import packing, products, trouble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was asked ahead about the parcel in hand; `goods` by code, None for codes that are no goods."""

    key: str = ""
    goods: Mapping[str, Goods | None] = field(default_factory=dict)
    owners: Mapping[str, Sequence[Owner]] = field(default_factory=dict)


class Reach(Surroundings):
    """`ahead` gives the lines that wait, `settle` has them taken over if it can; `away` is the fault as long as the
    database does not answer, and whoever reaches it again sets it back to None."""

    def __init__(self, ws: Workspace, ahead: Callable[[], Ahead], settle: Callable[[], bool]) -> None:
        super().__init__(ws)
        self._settle = settle
        self.away: WorldFault | None = None
        self._ahead = ahead
        self._memory = Memory()
        self._reads: dict[str, PackView] = {}  # since the last answer
        self._view: PackView | None = None  # the parcel in hand as it was last read
        self._since: tuple[Done, ...] = ()  # what was answered since it was opened
        self._forms: tuple[NumberForm, ...] = ()

    def shipment(self, key: str) -> PackView | None:
        """As the database has it, or as the parcel in hand was when it was last read."""
        ahead = self._ahead()
        try:
            view = self._ask(lambda: super(Reach, self).shipment(key))
        except Away:
            if self._view is None or not _leads_to(self._view, key):
                raise
            return self._in_hand().over(self._view)
        if view is None:
            return None
        view = self._reads[view.key] = ahead.over(view)
        return view

    def keep(self, key: str, done: Sequence[Done]) -> None:
        """An answer is given: this parcel is in hand now (blank for none), and this has happened to it."""
        if self._view is None or self._view.key != key:
            self._view, self._since = None, ()
        self._view = self._reads.get(key, self._view)
        self._since += tuple(done)
        self._reads = {}

    def prepare(self) -> None:
        """Ask ahead what packing the parcel in hand may need, once its slip was answered. May run beside the desk."""
        if not self._forms and not self.away:
            self._forms = self.ws.number_forms()  # loads every carrier: not in the way of the first scan
        view = self._view
        if view is None or self.away or self._memory.key == view.key:
            return
        goods: dict[str, Goods | None] = {
            code: Goods(p.sku, p.quantity)
            for p in products.of_skus(self.ws.store, [line.sku for line in view.lines])
            for code in goods_codes(p.code)
        }
        owners: dict[str, Sequence[Owner]] = {}
        for number in (p.file_no for p in view.parcels if p.file_no):
            ahead = self._ahead()
            owners[number] = ahead.owners(number, super().owners(number), lambda key: key)
            for code in goods_codes(number):
                goods.setdefault(code, super().goods([code]))
        self._memory = Memory(view.key, goods, owners)

    def owners(self, number: str) -> Sequence[Owner]:
        """Of a number the carrier's file promised to the parcel in hand they are known from when it was opened."""
        ahead = self._ahead()
        try:
            known = self._ask(lambda: super(Reach, self).owners(number))
        except Away:
            if number not in self._memory.owners:
                raise
            known = self._in_hand().owners(number, self._memory.owners[number], self._order_of)
        return ahead.owners(number, known, self._order_of)

    def goods(self, codes: Sequence[str]) -> Goods | None:
        """Codes of the goods in hand are known from when it was opened."""
        try:
            return self._ask(lambda: super(Reach, self).goods(codes))
        except Away:
            known = self._memory.goods
            if not any(code in known for code in codes):
                raise
            return next((known[code] for code in codes if known.get(code)), None)

    def called(self, sku: str) -> str:
        """By its stock key while the database is away."""
        try:
            return self._ask(lambda: super(Reach, self).called(sku))
        except Away:
            return sku

    def needing(self, goods: Goods) -> str:
        """Nobody is named while the database is away."""
        try:
            return self._ask(lambda: super(Reach, self).needing(goods))
        except Away:
            return ""

    def number(self, raw: str, carrier: str) -> NumberReading:
        """By the forms last known."""
        try:
            self._forms = self._ask(self.ws.number_forms)
        except Away:
            if not self._forms:
                raise
        return read_number(raw, self._forms, carrier)

    def linked_since(self, parcel: PackParcel) -> bool:
        """Another shipment's parcel was linked here after this one, be it known to the database yet or not."""
        ahead = self._ahead()
        linked_here = ahead.linked_since(parcel)
        if linked_here is not None and ahead.links(parcel.key):
            return linked_here
        own_desk = self._ask(lambda: packing.linked_desk(self.ws.store, parcel.key))
        if linked_here and own_desk == ahead.desk:
            return True
        back = ahead.taken_back()
        return self._ask(lambda: packing.linked_after(self.ws.store, parcel.key, back))

    def run_size(self) -> tuple[int, int]:
        """Counted once every line is in the database, if that can be waited for."""
        self._settle()
        return self._ask(lambda: super(Reach, self).run_size())

    def run_keys(self, desk: str, codes: Sequence[str], sku: str) -> Sequence[str]:
        """Nobody is called while the database is away. What was taken back must be in it: that order waits again."""
        if self._ahead().taken_back():
            self._settle()
        return self._ask(lambda: super(Reach, self).run_keys(desk, codes, sku))

    def day(self, desk: str) -> Day:
        """Counted once every line is in the database."""
        if not self._settle():
            raise Away
        return self._ask(lambda: super(Reach, self).day(desk))

    def name_choice(self, key: str, among: Sequence[str] = ()) -> NameChoice:
        """Only the database knows names."""
        return self._ask(lambda: super(Reach, self).name_choice(key, among))

    def _in_hand(self) -> Ahead:
        return Ahead(self._ahead().desk, self._since)

    def _ask(self, question: Callable[[], T]) -> T:
        if self.away is not None:
            raise Away
        try:
            return question()
        except WorldFault as fault:
            if not trouble.is_database(fault):
                raise
            self.away = fault
            raise Away from fault

    def _order_of(self, key: str) -> str:
        try:
            view = self.shipment(key)
        except Away:
            view = None
        return view.order if view else key


def _leads_to(view: PackView, key: str) -> bool:
    return key == view.key or any(p.key == key for p in view.parcels)
