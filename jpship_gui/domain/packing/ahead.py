"""What the database does not know yet: journal lines that are on disk and wait for it, laid over its answers.

Every change sets a value, so laying it over a database that has taken some of the lines over meanwhile comes to the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.guards import ASIDE
from jpship_gui.domain.packing.state import RUN
from jpship_gui.domain.packing.world import Block, Owner, PackParcel, PackView

_KEY = len(make_key(1))
_STRONGER = frozenset(
    {Block.CANCELLED, Block.ELSEWHERE, Block.SENT, Block.SHIPPED, Block.CHANGED, Block.BUNDLED}
)


@dataclass(frozen=True, slots=True)
class Done:
    """One change that was answered, with its line's time and person."""

    effect: Effect
    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The changes of one desk that wait, oldest first."""

    desk: str = ""
    done: tuple[Done, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether all of them can be laid over; else the database has to follow first."""
        return all(one.effect.do in LAID_OVER for one in self.done)

    def over(self, view: PackView) -> PackView:
        """The shipment once they have happened."""
        for one in self.done:
            if one.effect.shipment == view.key:
                change = _CHANGES.get(one.effect.do)
                view = change(self, view, one) if change else view
        return view

    def owners(self, number: str, known: Iterable[Owner], order_of: Callable[[str], str]) -> list[Owner]:
        """The number's owners; `order_of` gives the order number of a shipment."""
        void = [one for one in known if one.void]
        found = {one.parcel: one for one in known if not one.void}
        for done in self.done:
            effect = done.effect
            before = found.get(effect.parcel)
            if effect.do is Do.LINK and effect.number == number:
                promised = before is not None and before.promised
                order = before.order if before else order_of(effect.shipment)
                found[effect.parcel] = Owner(
                    effect.shipment, effect.parcel, order, linked=True, promised=promised
                )
            elif before is not None and effect.do in (Do.LINK, Do.UNLINK) and before.linked:
                if before.promised:
                    found[effect.parcel] = replace(before, linked=False, recycled=False)
                else:
                    del found[effect.parcel]
        return [*sorted(found.values(), key=lambda one: not one.linked), *void]

    def linked_since(self, parcel: PackParcel) -> bool | None:
        """Whether a parcel of another shipment was linked here after this one; None where only the database knows."""
        own = max(
            (
                i
                for i, one in enumerate(self.done)
                if one.effect.do is Do.LINK and one.effect.parcel == parcel.key
            ),
            default=None,
        )
        shipment = _shipment_of(parcel.key)
        standing: dict[str, None] = {}
        for one in self.done[0 if own is None else own + 1 :]:
            effect = one.effect
            if _shipment_of(effect.parcel) == shipment:
                continue
            if effect.do is Do.LINK:
                standing[effect.parcel] = None
            elif effect.do is Do.UNLINK:
                standing.pop(effect.parcel, None)
        if standing:
            return True
        return None if own is None else False

    def links(self, parcel: str) -> bool:
        """Whether this parcel got its number by one of them."""
        return any(one.effect.do is Do.LINK and one.effect.parcel == parcel for one in self.done)

    def taken_back(self) -> Sequence[str]:
        """Parcels that have no number any more, or another one."""
        back: dict[str, None] = {}
        for one in self.done:
            if one.effect.do is Do.UNLINK:
                back[one.effect.parcel] = None
            elif one.effect.do is Do.LINK:
                back.pop(one.effect.parcel, None)
        return tuple(back)


def _shipment_of(parcel: str) -> str:
    """Further boxes append to the shipment's key."""
    return parcel[:_KEY]


def _held(ahead: Ahead, view: PackView, done: Done) -> PackView:
    return replace(view, holder=ahead.desk, called=done.effect.how == RUN)


def _left(ahead: Ahead, view: PackView, done: Done) -> PackView:
    return replace(view, holder="", called=False) if view.holder == ahead.desk else view


def _checked(ahead: Ahead, view: PackView, done: Done) -> PackView:
    aside = done.effect.how == ASIDE and done.effect.do is Do.UNCHECKED
    if aside and (view.holder != ahead.desk or any(p.tracking_no for p in view.parcels)):
        return view
    return replace(view, checked=done.effect.do is Do.CHECKED)


def _hold(ahead: Ahead, view: PackView, done: Done) -> PackView:
    if view.block in _STRONGER:
        return view
    return replace(view, block=Block.HOLD, block_reason=done.effect.reason, block_of="")


def _box(change: Callable[[PackParcel, Done], PackParcel]) -> Callable[[Ahead, PackView, Done], PackView]:
    def changed(ahead: Ahead, view: PackView, done: Done) -> PackView:
        boxes = (change(p, done) if p.key == done.effect.parcel else p for p in view.parcels)
        return replace(view, parcels=tuple(boxes))

    return changed


def _link(box: PackParcel, done: Done) -> PackParcel:
    effect = done.effect
    if box.tracking_no == effect.number and box.linked_at == done.at:  # the database has it
        return box
    return replace(
        box,
        carrier=effect.carrier or box.carrier,
        tracking_no=effect.number,
        linked_at=done.at,
        linked_by=done.person,
        verified=False,
        handed_over=False,
    )


def _unlink(box: PackParcel, done: Done) -> PackParcel:
    if not _stands(box, done):
        return box
    return replace(box, tracking_no="", linked_at=None, linked_by="", verified=False, handed_over=False)


def _verify(box: PackParcel, done: Done) -> PackParcel:
    return replace(box, verified=done.effect.do is Do.VERIFY) if _stands(box, done) else box


def _hand(box: PackParcel, done: Done) -> PackParcel:
    return replace(box, handed_over=done.effect.do is Do.HAND_OVER)


def _weigh(box: PackParcel, done: Done) -> PackParcel:
    return replace(box, weighed=done.effect.do is Do.WEIGH)


def _stands(box: PackParcel, done: Done) -> bool:
    return not done.effect.number or box.tracking_no == done.effect.number


_CHANGES: Mapping[Do, Callable[[Ahead, PackView, Done], PackView]] = {
    Do.OPEN: _held,
    Do.UNCLOSE: _held,
    Do.CLOSE: _left,
    Do.ABANDON: _left,
    Do.UNOPEN: _left,
    Do.CHECKED: _checked,
    Do.UNCHECKED: _checked,
    Do.HOLD: _hold,
    Do.LINK: _box(_link),
    Do.UNLINK: _box(_unlink),
    Do.VERIFY: _box(_verify),
    Do.UNVERIFY: _box(_verify),
    Do.HAND_OVER: _box(_hand),
    Do.UNHAND: _box(_hand),
    Do.WEIGH: _box(_weigh),
    Do.UNWEIGH: _box(_weigh),
}
_OF_THE_SESSION = frozenset(
    {
        *(Do.ITEM, Do.UNITEM, Do.TICK, Do.UNTICK, Do.LABEL, Do.TAKE_OVER, Do.LOCK, Do.UNLOCK, Do.ASK),
        *(Do.ANSWERED, Do.BUSY, Do.REOPENING, Do.REOPENED, Do.RESTART, Do.UNDO, Do.QUANTITY, Do.LAST),
        *(Do.REPRINT, Do.FINISH, Do.REREAD, Do.UNREAD, Do.RECHECKING, Do.RECHECKED, Do.UNRECHECKED),
        *(Do.LEFT, Do.WAIVE, Do.UNWAIVE, Do.RUN, Do.NUMBER, Do.SKIP, Do.UNSKIP, Do.WHO),
    }
)  # nothing the desk asks the database about
LAID_OVER = frozenset(_CHANGES) | _OF_THE_SESSION
