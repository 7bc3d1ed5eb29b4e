"""A shop in memory that does what the database does with effects, without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberReading, read_number
from jpship_gui.domain.packing.run_turn import provable, runs
from jpship_gui.domain.packing.session import Answer, PackSession
from jpship_gui.domain.packing.weight import ScaleReading, read_scale
from jpship_gui.domain.packing.world import (
    Block,
    Day,
    Goods,
    NameChoice,
    Owner,
    PackLine,
    PackParcel,
    PackView,
    Proof,
)
from jpship_gui.domain.tracking_no import NumberForm
from jpship_gui.flows.pack.scales import scale_formats

FORMS = tuple(
    NumberForm(
        id=f"{carrier}_12",
        carrier=carrier,
        pattern="[0-9]{12}",
        algorithm="mod7_integer",
        payload=(0, 11),
        check_index=11,
        first_seen=seen,
        letters=letters,
    )
    for carrier, seen, letters in (("yamato", "0123489", "AB"), ("sagawa", "456", "AD"))
)


def number(n: int) -> str:
    """A Yamato number with a good check digit."""
    body = f"1{n:010d}"
    return body + str(int(body) % 7)


def a_view(key: str, **changes: object) -> PackView:
    """A shipment of one mug in one box."""
    view = PackView(
        key=key,
        order=f"order {key}",
        lines=(PackLine("MUG", 1, frozenset({"MUG"}), "mug"),),
        parcels=(PackParcel(key, "yamato"),),
    )
    return replace(view, **changes)  # type: ignore[arg-type]


@dataclass
class SmallWorld:
    """Implements `World`; `apply` does what the store does."""

    views: dict[str, PackView]
    known: dict[str, Goods] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of goods, by stock key
    links: dict[str, int] = field(default_factory=dict)
    counter: int = 0
    scale_prefix: str = ""

    def shipment(self, key: str) -> PackView | None:
        return self.views.get(key) or next(
            (v for v in self.views.values() if any(p.key == key for p in v.parcels)), None
        )

    def owners(self, number: str) -> Sequence[Owner]:
        found = [
            Owner(v.key, p.key, v.order, p.tracking_no == number)
            for v in self.views.values()
            for p in v.parcels
            if number and number in (p.tracking_no, p.file_no)
        ]
        return sorted(found, key=lambda o: not o.linked)

    def goods(self, codes: Sequence[str]) -> Goods | None:
        listed = {line.sku for v in self.views.values() for line in v.lines}
        return next((self.known.get(c) or Goods(c) for c in codes if c in self.known or c in listed), None)

    def called(self, sku: str) -> str:
        return self.names.get(sku, sku)

    def needing(self, goods: Goods) -> str:
        return next((v.order for v in self.views.values() if any(x.sku == goods.sku for x in v.lines)), "")

    def weight(self, raw: str) -> ScaleReading | None:
        return read_scale(raw, scale_formats(), self.scale_prefix)

    def number(self, raw: str, carrier: str) -> NumberReading:
        return read_number(raw, FORMS, carrier)

    def linked_since(self, parcel: PackParcel) -> bool:
        return any(
            self.links.get(p.key, 0) > self.links.get(parcel.key, 0)
            for v in self.views.values()
            for p in v.parcels
            if p.key != parcel.key and p.tracking_no
        )

    def run_size(self) -> tuple[int, int]:
        ready = [v for v in self.views.values() if runs(v)]
        return sum(provable(v) for v in ready), sum(not provable(v) for v in ready)

    def run_waiting(self, desk: str, codes: Sequence[str], goods: Goods | None) -> Iterable[PackView]:
        return sorted(self.views.values(), key=lambda view: view.holder not in ("", desk))

    def day(self, desk: str) -> Day:
        boxes = [p for v in self.views.values() for p in v.parcels]
        unproven = sum(bool(p.tracking_no) and not p.verified for p in boxes)
        return Day(unproven=unproven, left=sum(not p.tracking_no for p in boxes))

    def name_choice(self, key: str, among: Sequence[str] = ()) -> NameChoice:
        keys = tuple(among) or tuple(self.views)
        return NameChoice(keys, keys.index(key) + 1, keys)

    def apply(self, effects: Iterable[Effect], person: str = "", desk: str = "1") -> None:
        """Change the shop as the store would."""
        for effect in effects:
            view = self.views.get(effect.shipment)
            if view is not None:
                self.views[view.key] = self._changed(view, effect, person, desk)

    def _changed(self, view: PackView, effect: Effect, person: str, desk: str) -> PackView:
        if effect.do in (Do.OPEN, Do.UNCLOSE):
            return replace(view, holder=desk, called=effect.how == "run")
        if effect.do in (Do.CLOSE, Do.ABANDON, Do.UNOPEN):
            ours = view.holder in ("", desk)
            return replace(view, holder="" if ours else view.holder, called=not ours and view.called)
        if effect.do in (Do.CHECKED, Do.UNCHECKED):
            return replace(view, checked=effect.do is Do.CHECKED)
        if effect.do is Do.HOLD:
            return replace(view, block=Block.HOLD, block_reason=effect.reason)
        if effect.do is Do.RELEASE and view.block_reason == effect.reason:
            return replace(view, block=None, block_reason="")
        return replace(
            view,
            parcels=tuple(
                self._box(p, effect, person) if p.key == effect.parcel else p for p in view.parcels
            ),
        )

    def _box(self, box: PackParcel, effect: Effect, person: str) -> PackParcel:
        if effect.do is Do.LINK:
            self.counter += 1
            self.links[box.key] = self.counter
            return replace(
                box,
                tracking_no=effect.number,
                linked_by=person,
                linked_at=datetime(2026, 11, 21, tzinfo=UTC),
                verified=False,
                handed_over=False,
            )
        if effect.do is Do.UNLINK:
            return replace(
                box, tracking_no="", linked_by="", linked_at=None, verified=False, handed_over=False
            )
        if effect.do in (Do.VERIFY, Do.UNVERIFY):
            return replace(box, verified=effect.do is Do.VERIFY)
        if effect.do in (Do.WEIGH, Do.UNWEIGH):
            return replace(box, weighed=effect.do is Do.WEIGH)
        if effect.do in (Do.HAND_OVER, Do.UNHAND):
            return replace(box, handed_over=effect.do is Do.HAND_OVER)
        return box


@dataclass
class Bench:
    """A session whose effects reach its world before the next scan."""

    world: SmallWorld
    session: PackSession = field(init=False)
    lines: list[tuple[Effect, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = PackSession(self.world, "1", "佐藤")

    def scan(self, raw: str) -> Answer:
        """One scan, taken over by the world."""
        return self.took(self.session.scan(raw))

    def took(self, answer: Answer) -> Answer:
        """Let the world follow an answer."""
        self.world.apply(answer.effects, self.session.person)
        self.lines.append(answer.effects)
        return answer

    def outcomes(self, *raws: str) -> list[str]:
        """What a run of scans comes to."""
        return [self.scan(raw).outcome.value for raw in raws]


def a_bench(*views: PackView, goods: bool = False, proof: Proof = Proof.DOUBLE) -> Bench:
    """A desk in a shop with these shipments."""
    made = [replace(view, goods=goods, proof=proof) for view in views]
    return Bench(SmallWorld({view.key: view for view in made}))
