"""One day's orders, their papers as they lie on the table, and the shop as the desk sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from jpship_gui.carriers import number_forms
from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.kinds import NumberReading, read_number
from jpship_gui.domain.packing.world import Goods, NameChoice, PackLine, PackParcel, PackView, Proof
from tests.domain.packing.small_world import SmallWorld

VARIANTS = ("BL", "NV", "WH")
GOODS = tuple(f"{name}-{variant}" for name in ("MUG", "PLATE", "TOWEL", "TEA") for variant in VARIANTS)
DECOYS = 3
_FORMS = number_forms()


@dataclass(frozen=True, slots=True)
class Waybill:
    """The paper: its number, the name and, in shops that print it, the key on it. A blank one of a roll has neither."""

    number: str
    carrier: str
    name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the buyer ordered, and the waybill that was printed for it."""

    key: str
    name: str
    goods: Mapping[str, int]
    waybill: Waybill
    insert: bool


@dataclass(slots=True)
class Box:
    """What really lies in the box and sticks on it."""

    goods: dict[str, int] = field(default_factory=dict)
    waybill: Waybill | None = None
    insert: bool = False


class DayWorld(SmallWorld):
    """The shop of one day; name choices as the program makes them, with dice that can be thrown again."""

    dice: Random
    names: Mapping[str, str]

    def number(self, raw: str, carrier: str) -> NumberReading:
        return read_number(raw, _FORMS, carrier)

    def name_choice(self, key: str, among: Sequence[str] = ()) -> NameChoice:
        own = self.names[key]
        by_name = {name: other for other, name in self.names.items() if name != own}
        drawn = [by_name[name] for name in self.dice.sample(sorted(by_name), DECOYS)]
        keys = [key, *drawn]
        self.dice.shuffle(keys)
        keys = list(among) or keys
        return NameChoice(tuple(self.names[k] for k in keys), keys.index(key) + 1, tuple(keys))


def a_number(carrier: str, serial: int) -> str:
    """Twelve digits with the remainder by seven, beginning as this carrier's were seen to begin."""
    body = f"{'4' if carrier == 'yamato' else '5'}{serial % 10**10:010d}"
    return body + str(int(body) % 7)


def a_day(dice: Random, first: int, size: int) -> list[Parcel]:
    """The day's orders; two thirds of one piece, a fifth with something to put in besides the goods."""
    parcels = []
    for serial in range(first, first + size):
        goods: dict[str, int] = {}
        for _ in range(dice.choice((1, 1, 1, 1, 2, 3))):
            goods[dice.choice(GOODS)] = dice.choice((1, 1, 1, 1, 2, 3))
        key, name = make_key(serial), f"見本 {serial:06d}"
        carrier = dice.choice(("yamato", "yamato", "sagawa"))
        waybill = Waybill(a_number(carrier, serial), carrier, name, key)
        parcels.append(Parcel(key, name, goods, waybill, insert=dice.random() < 0.2))
    return parcels


def a_world(parcels: Sequence[Parcel], proof: Proof, promised: Mapping[str, str], dice: Random) -> DayWorld:
    """The shop's database; `promised` are the numbers the carrier's file gave, by key."""
    views = {}
    for parcel in parcels:
        lines = tuple(PackLine(sku, n, frozenset({sku}), sku) for sku, n in parcel.goods.items())
        box = PackParcel(parcel.key, parcel.waybill.carrier, file_no=promised.get(parcel.key, ""))
        view = PackView(parcel.key, f"order {parcel.key}", lines, (box,), proof=proof, ask_name=True)
        views[parcel.key] = replace(view, ticks=("wrap",) if parcel.insert else ())
    world = DayWorld(views, known={sku: Goods(sku) for sku in GOODS})
    world.dice = dice
    world.names = {parcel.key: parcel.name for parcel in parcels}
    return world
