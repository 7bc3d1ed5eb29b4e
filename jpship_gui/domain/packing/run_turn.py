"""Run mode: equal orders of one piece, two scans a parcel (PK-20).

The goods call the most urgent order that waits for them; the waybill says whose parcel it is. Labels lie in a stack in
any order and the goods are equal, so the waybill of another order of the run closes that one, and the called one goes
back. The pair of order and number is proven all the same: by the carrier's file, or by the key on the waybill.
"""

from __future__ import annotations

from jpship_gui.domain.packing import goods_turn, guards, waybill_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberReading, NumberState, goods_codes
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import ANY_GOODS, RUN
from jpship_gui.domain.packing.turn import Found, Turn, expected, found
from jpship_gui.domain.packing.world import Goods, Owner, PackView, Proof


def switched(turn: Turn) -> Found:
    """Begin, or end: a called order goes back, one opened by its slip stays open."""
    if turn.state.run:
        view = turn.open_view()
        back = given_back(turn, view) if view is not None and turn.state.round == RUN else ()
        return Found(Outcome.OK_RUN, (*back, Effect(Do.RUN)), "end")
    if turn.state.shipment:
        return Found(Outcome.ATT_NOTHING, reason="open_first")
    ready, unproven = turn.world.run_size()
    if not ready:
        return Found(Outcome.ATT_NOTHING, reason="run_proof" if unproven else "run_none")
    return Found(Outcome.OK_RUN, (Effect(Do.RUN, reason=ANY_GOODS),), values={"count": str(ready)})


def runs(view: PackView) -> bool:
    """Whether a shipment is one piece in one box, free to be packed, with nothing else to be done for it."""
    more = view.ticks or view.checklist or view.gift or view.photo or view.weighing is not None
    if view.block is not None or more or len(view.parcels) != 1 or len(view.lines) != 1:
        return False
    box, line = view.parcels[0], view.lines[0]
    alone = len(view.orders) <= 1 and line.quantity == 1 and not line.set_sku
    return alone and not box.tracking_no and not box.untracked and bool(line.sku)


def provable(view: PackView) -> bool:
    """Whether its waybill proves whose it is: the carrier's file knows the number, or the waybill carries the key."""
    return bool(view.parcels[0].file_no) or view.proof is Proof.LABEL


def given_back(turn: Turn, view: PackView) -> tuple[Effect, ...]:
    """The called order waits again; what another desk did with it meanwhile stays."""
    ours = view.holder in ("", turn.desk)
    return guards.aside(view) if ours else (Effect(Do.ABANDON, view.key),)


def goods_read(turn: Turn, text: str) -> Found | None:
    """Any code while nothing is open: goods call an order. None for what is no goods."""
    codes = goods_codes(text)
    goods = turn.world.goods(codes)
    if goods is not None and goods.pieces > 1:
        return Found(Outcome.NG_ORDER, reason="run_case", values=goods_turn.strange(turn, goods.sku))
    if goods is not None and turn.state.run not in (ANY_GOODS, goods.sku.upper()):
        return _strange(turn, goods.sku)
    for view in turn.world.run_waiting(turn.desk, codes, goods):
        line = goods_turn.line_of(view, codes, goods) if runs(view) and provable(view) else None
        if line is None or (view.holder not in ("", turn.desk) and not view.called):
            continue
        if turn.state.run not in (ANY_GOODS, view.lines[0].sku.upper()):
            return _strange(turn, view.lines[0].sku)
        return _called(turn, view)
    return _none_waits(turn, goods) if goods is not None else None


def _called(turn: Turn, view: PackView) -> Found:
    line = view.lines[0]
    opening = Effect(Do.OPEN, view.key, how=RUN)
    bound = (Effect(Do.RUN, reason=line.sku.upper()),) if turn.state.run == ANY_GOODS else ()
    values = {"goods": line.name or line.sku, "done": "1", "of": "1"}
    return found(Outcome.OK_ITEM_LAST, view, (opening, *bound, *_counted(view)), "run", values)


def _counted(view: PackView) -> tuple[Effect, ...]:
    item = Effect(Do.ITEM, view.key, line=0, pieces=1, how="code")
    return item, Effect(Do.CHECKED, view.key, how="code")


def _strange(turn: Turn, sku: str) -> Found:
    values = {**goods_turn.strange(turn, sku), "run": turn.world.called(turn.state.run)}
    return Found(Outcome.NG_NOT_HERE, reason="run", values=values)


def _none_waits(turn: Turn, goods: Goods) -> Found:
    """The run is through; an order that needs these goods and more is packed by its slip."""
    needing = turn.world.needing(goods)
    values = {**goods_turn.strange(turn, goods.sku), "other": needing}
    return Found(Outcome.NG_NOT_HERE, reason="run_slip" if needing else "run_through", values=values)


def inside(turn: Turn, raw: str, key: str, other: PackView | None, view: PackView) -> Found:
    """Any code or key while an order is called. `key` is what was read, blank where it stood on one of our papers;
    `other` is the shipment it leads to."""
    if other is not None:
        return _key_read(turn, key, other, view)
    promised = _promised(turn, raw, view)
    goods, line = goods_turn.meant(turn, raw, view)
    plain = goods is None and line is None
    if promised is not None and (plain or promised[1].shipment == view.key):
        return waybill_read(turn, raw, view)
    reading = waybill_turn.read(turn, raw, view)
    if plain:
        return number_read(turn, reading, view)
    keyed = reading.state is NumberState.GOOD and view.proof is Proof.LABEL and not turn.state.number
    if promised is not None or keyed:
        return found(Outcome.ATT_ASK, view, (Effect(Do.ASK, view.key, number=raw),), "kind")
    return goods_turn.unexpected_goods(turn, view, goods, line)


def waybill_read(turn: Turn, raw: str, view: PackView) -> Found:
    """A waybill, whatever else its code may be."""
    promised = _promised(turn, raw, view)
    if promised is None:
        return number_read(turn, waybill_turn.read(turn, raw, view), view)
    number, owner = promised
    return _closed(turn, view, owner.shipment, number, Proof.FILE)


def number_read(turn: Turn, reading: NumberReading, view: PackView) -> Found:
    """A waybill whose number no file promised to anybody: only the key on it can say whose it is."""
    if reading.state is NumberState.NO:
        return found(Outcome.NG_UNKNOWN, view)
    if expected(turn.state, view) is Expect.LABEL:
        return found(Outcome.NG_ORDER, view)
    wrong = waybill_turn.claimed(reading.number, turn.world.owners(reading.number), view)
    wrong = wrong or waybill_turn.bad(reading, view)
    if wrong is not None:
        return wrong
    if view.proof is not Proof.LABEL:
        values = {"number": reading.number, "promised": view.parcels[0].file_no}
        return found(Outcome.NG_OTHER_ORDER, view, reason="file", values=values)
    kept = Effect(Do.NUMBER, view.key, number=reading.number)
    return found(Outcome.OK_LINK, view, (kept,), "run_label", {"number": reading.number})


def _promised(turn: Turn, raw: str, view: PackView) -> tuple[str, Owner] | None:
    """The number as the carrier's file knows it, and whose it is."""
    readings = (waybill_turn.read(turn, raw, view), turn.world.number(raw, ""))
    for number in dict.fromkeys(reading.number for reading in readings):
        owner = next((o for o in turn.world.owners(number) if not (o.linked or o.void or o.recycled)), None)
        if owner is not None:
            return number, owner
    return None


def _key_read(turn: Turn, key: str, other: PackView, view: PackView) -> Found:
    """The key on a waybill, right after its number; else a slip, which run mode does not read."""
    if not turn.state.number:
        if other.key == view.key:
            return guards.stopped(turn, view) or found(Outcome.OK_OPEN, view, reason="again")
        return found(Outcome.NG_OTHER_ORDER, view, reason="slip", values={"other": other.order})
    box = other.parcels[0] if other.parcels else None
    if box is None or key != box.key:
        return found(Outcome.NG_ORDER, view, reason="label")
    if box.file_no and box.file_no != turn.state.number:
        values = {"number": turn.state.number, "promised": box.file_no}
        return found(Outcome.NG_OTHER_ORDER, other, reason="file", values=values)
    return _closed(turn, view, other.key, turn.state.number, Proof.LABEL)


def _closed(turn: Turn, view: PackView, target: str, number: str, proof: Proof) -> Found:
    """The order the waybill belongs to is packed: the called one, or another with the same goods and nothing more."""
    own = target == view.key
    whose = view if own else turn.world.shipment(target)
    if whose is None:
        return found(Outcome.NG_UNKNOWN, view)
    reading = turn.world.number(number, whose.parcels[0].carrier) if proof is Proof.LABEL else None
    wrong = (
        waybill_turn.claimed(number, turn.world.owners(number), whose)
        or _stopped(turn, whose, view)
        or (waybill_turn.bad(reading, whose) if reading else None)
        or _other_goods(whose, view, number)
    )
    if wrong is not None:
        return wrong
    box = whose.parcels[0]
    link = Effect(Do.LINK, whose.key, box.key, number=number, carrier=box.carrier, how="scanned")
    verify = Effect(Do.VERIFY, whose.key, box.key, number=number, proof=proof)
    close = Effect(Do.CLOSE, whose.key, how=RUN)
    values = {"number": number, "called": view.order}
    if own:
        # once more: another desk that called it too may give it back in this very moment
        checked = Effect(Do.CHECKED, view.key, how="code")
        return found(Outcome.OK_DONE, view, (checked, link, verify, close), "run", values)
    opening = Effect(Do.OPEN, whose.key, how=RUN)
    effects = (*given_back(turn, view), opening, *_counted(whose), link, verify, close)
    return found(Outcome.OK_DONE, whose, effects, "run_other", values)


def _stopped(turn: Turn, whose: PackView, view: PackView) -> Found | None:
    """What forbids packing this order now; called by another desk's run it may be packed, it only waited there."""
    if whose.holder not in ("", turn.desk) and not whose.called:
        back = given_back(turn, view) if whose.key == view.key else ()
        return found(Outcome.NG_BUSY, whose, back, values={"desk": whose.holder})
    ng = guards.blocked(whose)
    return ng.after(*given_back(turn, view)) if ng and whose.key == view.key else ng


def _other_goods(whose: PackView, view: PackView, number: str) -> Found | None:
    """The NG of a waybill whose order wants other goods than those counted, or more than one piece."""
    wanted = {line.sku.upper() for line in whose.lines}
    values = {"number": number, "other": whose.order}
    if wanted != {view.lines[0].sku.upper()}:
        return found(Outcome.NG_OTHER_ORDER, view, reason="number", values=values)
    if not runs(whose):
        return found(Outcome.NG_OTHER_ORDER, view, reason="run_more", values=values)
    return None


def forget_number(turn: Turn) -> tuple[Effect, ...]:
    """A number whose key was not read yet."""
    return (Effect(Do.NUMBER, turn.state.shipment),) if turn.state.number else ()
