"""What to do next, in large words: the thing to be read, the instruction to be done, the waybill to be stuck on."""

from __future__ import annotations

from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.turn import due
from jpship_gui.domain.packing.world import PackLine, PackView
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.desk import Snapshot
from jpship_gui.texts import known, text
from jpship_gui.ui import names
from jpship_gui.ui.pack.composing_modes import hint_in_mode, next_in_mode
from jpship_gui.ui.pack.extra_steps import weight_hint
from jpship_gui.ui.pack.headed import headed
from jpship_gui.ui.pack.screen import NextThing, Task

_SILENT = frozenset({Expect.ACK, Expect.ASK, Expect.NAME})  # the band itself asks


def tick_word(tick: str, words: str = "") -> str:
    """How an instruction is called; `words` are those of the seller's own item."""
    key = f"pack.tick.{tick}"
    return words or (text(key) if known(key) else tick)


def _item(view: PackView, tick: str) -> str:
    return next((item.words for item in view.checklist if item.id == tick), "")


def missing(snapshot: Snapshot, view: PackView) -> tuple[PackLine, int] | None:
    """The line to be read next and how many pieces of it are left."""
    wanted = due(snapshot.state, view)
    for index, line in enumerate(view.lines):
        left = wanted.get(index, 0) - snapshot.state.counts.get(index, 0)
        if left > 0:
            return line, left
    return None


def next_thing(snapshot: Snapshot, view: PackView | None) -> NextThing | None:
    """None where the band itself asks for something."""
    expects = snapshot.expects
    if expects in _SILENT:
        return None
    other = next_in_mode(snapshot.state, expects, view)
    if other is not None:
        return other
    if view is not None and expects is Expect.ITEM:
        found = missing(snapshot, view)
        if found is not None:
            line, left = found
            return NextThing(
                name=line.name if line.variant else "", variant=line.variant or line.name, count=left
            )
    if view is not None and expects is Expect.TICK:
        tick = next((one for one in view.ticks if one not in snapshot.state.ticked), "")
        key = f"packfeel.then.tick.{tick}"
        item = _item(view, tick)
        own = (
            text("packextra.then.item", item=item)
            if item
            else text("packfeel.then.tick", tick=tick_word(tick))
        )
        words = text(key) if known(key) else own
        return NextThing(words)
    if view is not None and expects is Expect.WAYBILL:
        carrier = names.carrier_name(view.parcels[0].carrier)
        boxes = len(view.parcels)
        if boxes > 1 and view.next_box is not None:
            no = view.parcels.index(view.next_box) + 1
            return NextThing(text("packfeel.then.waybill_of", carrier=carrier, no=no, count=boxes))
        return NextThing(text("packfeel.then.waybill", carrier=carrier))
    return NextThing(text(f"packpage.next.{expects.value}"))


def hint(snapshot: Snapshot, view: PackView | None) -> str:
    """One line under what to do next: which piece, how many are left, whose waybill."""
    other = hint_in_mode(snapshot.state, snapshot.expects, view)
    if other:
        return other
    if view is None:
        return text("packpage.hint.start")
    if snapshot.expects is Expect.ITEM:
        found = missing(snapshot, view)
        if found is not None:
            line, left = found
            return text("packpage.hint.item", goods=f"{line.name} {line.variant}".strip(), count=left)
    if snapshot.expects is Expect.UNTRACKED:
        return text("packpage.hint.untracked")
    if snapshot.expects is Expect.WEIGHT:
        return weight_hint(view, snapshot.state)
    if snapshot.expects is Expect.PHOTO:
        return text("packpage.hint.photo")
    if snapshot.expects is Expect.NAME:
        return text("packpage.hint.name")
    if snapshot.expects is Expect.WAYBILL:
        return text("packpage.hint.waybill", carrier=names.carrier_name(view.parcels[0].carrier))
    return ""


def tasks_of(
    snapshot: Snapshot, view: PackView, shipment: Shipment, inserts: tuple[str, ...]
) -> tuple[Task, ...]:
    """The instructions with their own words, while they are what comes next."""
    if snapshot.expects is not Expect.TICK or snapshot.view is None:
        return ()
    made = []
    following = True
    for tick in view.ticks:
        done = tick in snapshot.state.ticked
        state = "done" if done else "next" if following else "open"
        following = following and done
        made.append(Task(headed(tick_word(tick, _item(view, tick))), _detail(tick, shipment, inserts), state))
    return tuple(made)


def _detail(tick: str, shipment: Shipment, inserts: tuple[str, ...]) -> str:
    every = shipment.bundle
    found: list[str] = []
    if tick == "wrap":
        found = [words for one in every for words in one.wrapping]
    elif tick == "noshi":
        found = [one.noshi for one in every if one.noshi]
    elif tick == "extra":
        found = [line.extra for one in every for line in one.lines if line.extra and not line.deleted]
    elif tick == "insert":
        found = list(inserts)
    elif tick == "remark":
        found = [one.buyer_text for one in every if one.buyer_text]
    return "　".join(dict.fromkeys(found))
