"""Goods are read: piece by piece, one too many is refused, strangers are named (PK-05)."""

from __future__ import annotations

from collections.abc import Iterable

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberReading, NumberState, goods_codes, tidy
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.state import FIRST, RECHECK, RUN
from jpship_gui.domain.packing.turn import Found, Turn, due, found
from jpship_gui.domain.packing.world import Goods, PackView


def line_of(view: PackView, codes: Iterable[str], goods: Goods | None) -> int | None:
    """Index of the line that the codes, or the goods they mean, belong to."""
    wanted = set(codes)
    sku = goods.sku.upper() if goods else ""
    return next(
        (i for i, line in enumerate(view.lines) if line.codes & wanted or (sku and line.sku.upper() == sku)),
        None,
    )


def meant(turn: Turn, text: str, view: PackView) -> tuple[Goods | None, int | None]:
    """What a code means among goods, and the line it belongs to; the open parcel's own codes first."""
    codes = goods_codes(tidy(text))
    line = line_of(view, codes, None)
    if line is not None:
        return None, line
    goods = turn.world.goods(codes)
    return goods, line_of(view, codes, goods) if goods else None


def expected_goods(
    turn: Turn, view: PackView, goods: Goods | None, line: int | None, reading: NumberReading
) -> Found:
    """Any code while goods are expected."""
    if line is not None:
        return counted(turn, view, line, goods.pieces if goods else 1, "code")
    if goods is not None:
        return _not_here(turn, view, goods)
    if reading.state in (NumberState.GOOD, NumberState.OTHER_CARRIER):
        return found(Outcome.NG_ORDER, view)
    return found(Outcome.NG_UNKNOWN, view)


def unexpected_goods(turn: Turn, view: PackView, goods: Goods | None, line: int | None) -> Found:
    """A code of goods when no goods are expected."""
    if line is None and goods is not None:
        return _not_here(turn, view, goods)
    counted_here = turn.state.round in (FIRST, RECHECK, RUN)
    if view.goods and line is not None and counted_here and not turn.state.label_for:
        return _over(turn, view, line)
    return found(Outcome.NG_ORDER, view)


def counted(turn: Turn, view: PackView, line: int, pieces: int, how: str) -> Found:
    """So many pieces of a line, times the quantity that was asked for; `how` is code or eye. One too many, and none of
    them counts."""
    pieces *= turn.state.quantity or 1
    wanted = due(turn.state, view)
    shares = _shared_out(turn, view, line, pieces)
    line = shares[0][0] if shares else line
    if sum(share for _, share in shares) < pieces:
        return _over(turn, view, line, pieces)
    items = tuple(Effect(Do.ITEM, view.key, line=i, pieces=share, how=how) for i, share in shares)
    done, of = sum(turn.state.counts.values()) + pieces, sum(wanted.values())
    values = {**_shown(view, line), "done": str(done), "of": str(of)}
    if done < of:
        return found(Outcome.OK_ITEM, view, items, values=values)
    if turn.state.round == RECHECK:
        return found(Outcome.OK_ITEM_LAST, view, items, values=values)
    if view.by_box and sum(not p.tracking_no for p in view.parcels) > 1:  # other boxes wait for their goods
        return found(Outcome.OK_ITEM_LAST, view, items, "box", values)
    checked = Effect(Do.CHECKED, view.key, how=_weakest(turn, how))
    return found(Outcome.OK_ITEM_LAST, view, (*items, checked), values=values)


def _weakest(turn: Turn, how: str) -> str:
    """How the whole parcel was checked: a piece that was skipped or looked at makes it no check by codes (PK-06)."""
    hows = {effect.how for _, effects in turn.track.past for effect in effects if effect.do is Do.ITEM}
    return next((weak for weak in ("skip", "eye") if weak in {*hows, how}), how)


def next_missing(turn: Turn, view: PackView) -> int:
    """Index of the first line that still lacks pieces."""
    wanted = due(turn.state, view)
    return next(i for i in sorted(wanted) if turn.state.counts.get(i, 0) < wanted[i])


def _shared_out(turn: Turn, view: PackView, line: int, pieces: int) -> list[tuple[int, int]]:
    """(line, pieces) over the lines of the same goods, one filled after the other, as far as there is room."""
    wanted = due(turn.state, view)
    sku = view.lines[line].sku.upper()
    shares = []
    for index, other in enumerate(view.lines):
        room = wanted.get(index, 0) - turn.state.counts.get(index, 0)
        share = min(room, pieces)
        if share > 0 and (index == line or (sku and other.sku.upper() == sku)):
            shares.append((index, share))
            pieces -= share
    return shares


def _over(turn: Turn, view: PackView, line: int, pieces: int = 1) -> Found:
    """One too many for the shipment, or only for this box."""
    fits = turn.state.counts.get(line, 0) + pieces <= view.lines[line].quantity
    return found(
        Outcome.NG_OVER, view, reason="box" if view.by_box and fits else "", values=_shown(view, line)
    )


def strange(turn: Turn, sku: str) -> dict[str, str]:
    """The values that name goods of no line here: for people, and by stock key."""
    return {"goods": turn.world.called(sku), "stock": sku}


def _shown(view: PackView, line: int) -> dict[str, str]:
    shown = view.lines[line]
    same = [x for x in view.lines if x is shown or (x.sku and x.sku.upper() == shown.sku.upper())]
    return {"goods": shown.name or shown.sku, "quantity": str(sum(x.quantity for x in same))}


def _not_here(turn: Turn, view: PackView, goods: Goods) -> Found:
    """Goods no line is of; the code of a set in this parcel is out of turn: its components are read."""
    own = next((x for x in view.lines if x.set_sku and x.set_sku.upper() == goods.sku.upper()), None)
    if own is not None:
        return found(Outcome.NG_ORDER, view, reason="set", values={"set": own.set_name})
    needing = turn.world.needing(goods)
    values = {**strange(turn, goods.sku), "other": needing}
    return found(Outcome.NG_NOT_HERE, view, reason="needed" if needing else "", values=values)
