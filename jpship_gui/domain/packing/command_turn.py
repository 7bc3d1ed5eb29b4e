"""A command is given, by bar code or key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jpship_gui.domain.packing import (
    code_turn,
    goods_turn,
    guards,
    photo_turn,
    recheck_turn,
    run_turn,
    skip_turn,
    slip_turn,
    tick_turn,
    waybill_turn,
    who_turn,
)
from jpship_gui.domain.packing.commands import MOST_PIECES, Command
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.opened import goods_at_opening
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import RECHECK, RUN
from jpship_gui.domain.packing.turn import Found, Turn, expected, found
from jpship_gui.domain.packing.world import Block, PackView

_NOTHING = Found(Outcome.ATT_NOTHING)
IN_QUESTION = frozenset(
    {Command.ACK, Command.UNDO, Command.GOODS, Command.WAYBILL, Command.NEXT, Command.HOLD}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What comes with a command: a reason in words from a key or menu, the number behind its bar code."""

    reason: str = ""
    argument: str = ""


def given(turn: Turn, command: Command, reason: str = "", argument: str = "") -> Found:
    """Any command; only the acknowledgement passes while an NG stops the line, only answers while one is awaited."""
    if turn.state.locked and command is not Command.ACK:
        return Found(Outcome.NG_LOCKED)
    unsaid = None if command is Command.ACK else who_turn.not_said(turn)
    if unsaid is not None:
        return unsaid
    question = turn.state.question
    if question is not None and command not in IN_QUESTION:
        kind = "name_number" if question.right else "kind"
        return Found(
            Outcome.ATT_ASK, reason=kind, values={"raw": question.number}, shipment=question.shipment
        )
    denied = who_turn.not_allowed(turn, command)
    if denied is not None:
        return denied
    return _COMMANDS[command](turn, Asked(reason or _reason(turn, command, argument), argument))


def _reason(turn: Turn, command: Command, argument: str) -> str:
    """The seller's reason of this number; blank where there is none."""
    reasons = turn.crew.reasons(command) if argument.isdigit() else ()
    number = int(argument or 0)
    return reasons[number - 1] if 1 <= number <= len(reasons) else ""


def _acknowledge(turn: Turn, asked: Asked) -> Found:
    return Found(Outcome.OK_ACK, (Effect(Do.UNLOCK),)) if turn.state.locked else _NOTHING


def _undo(turn: Turn, asked: Asked) -> Found:
    if turn.state.question is not None:
        return Found(Outcome.OK_UNDO, (Effect(Do.ANSWERED),))
    if turn.state.quantity:  # any scan makes it forgotten; nothing else is taken back
        return Found(Outcome.OK_UNDO, reason="quantity")
    if turn.state.number:
        return Found(Outcome.OK_UNDO, run_turn.forget_number(turn), shipment=turn.state.shipment)
    if not turn.track.past:
        return _NOTHING
    _, effects = turn.track.past[-1]
    key = next((e.shipment for e in effects if e.shipment and e.inverse() is not None), "")
    view = turn.world.shipment(key)
    looking = turn.state.round == RECHECK
    if view is not None and ((view.block is Block.SENT and not looking) or _told(view, effects)):
        return found(Outcome.ATT_NOTHING, view, reason="sent")
    if view is not None and _moved_on(turn, view, effects):
        return found(Outcome.ATT_NOTHING, view, reason="moved_on")
    back = taken_back(effects, key)
    if any(e.do is Do.RUN for e in effects):  # the goods of the run were those of this scan
        back = (*back, Effect(Do.RUN, reason=next(e.mode for e in effects if e.do is Do.OPEN)))
    return Found(Outcome.OK_UNDO, back, shipment=key)


def number_dropped(turn: Turn) -> tuple[Effect, ...]:
    """What an NG between a number and its waybill's key takes back: both must be read from one paper, one right after
    the other, or the key of the right waybill would prove the number of a wrong one."""
    if not turn.state.label_for or not turn.track.past:
        return ()
    _, effects = turn.track.past[-1]
    view = turn.open_view()
    if view is None or _told(view, effects) or _moved_on(turn, view, effects):
        return ()
    return taken_back(effects, view.key)


def taken_back(effects: Sequence[Effect], key: str) -> tuple[Effect, ...]:
    """The undoing of one scan's effects."""
    back = [inverse for e in reversed(effects) if (inverse := e.inverse()) is not None]
    return (Effect(Do.UNDO, key), *back)


def _moved_on(turn: Turn, view: PackView, effects: Iterable[Effect]) -> bool:
    """Whether somebody else went on since: another desk has the shipment, or the number linked then is gone."""
    if view.holder not in ("", turn.desk):
        return True
    numbers = {p.key: p.tracking_no for p in view.parcels}
    if turn.state.round == RUN and any(numbers.values()):  # called here, packed by another desk
        return True
    return any(e.do in (Do.LINK, Do.VERIFY) and numbers.get(e.parcel) != e.number for e in effects)


def _told(view: PackView, effects: Iterable[Effect]) -> bool:
    """Whether the marketplace knows a number that would be taken back."""
    told = {p.key for p in view.parcels if p.told}
    return any(e.do in (Do.LINK, Do.VERIFY, Do.HAND_OVER) and e.parcel in told for e in effects)


def _restart(turn: Turn, view: PackView, asked: Asked) -> Found:
    if turn.state.round == RUN:
        return _next(turn, view, asked)
    if turn.state.round == RECHECK:
        again = Effect(Do.OPEN, view.key, how=RECHECK, goods=goods_at_opening(view))
        return found(Outcome.OK_RESTART, view, (again,))
    if view.told:
        return found(Outcome.ATT_NOTHING, view, reason="sent")
    present = turn.world.shipment(view.key) or view  # who starts over takes what is in the sets now
    goods = goods_at_opening(present)
    effects = (*slip_turn.all_back(view), Effect(Do.RESTART, view.key, reason=asked.reason, goods=goods))
    return found(Outcome.OK_RESTART, view, effects)


def _next(turn: Turn, view: PackView, asked: Asked) -> Found:
    if turn.state.round == RUN:
        return found(Outcome.OK_NEXT, view, run_turn.given_back(turn, view))
    return found(Outcome.OK_NEXT, view, guards.aside(view, asked.reason))


def _hold(turn: Turn, view: PackView, asked: Asked) -> Found:
    held = Effect(Do.HOLD, view.key, reason=asked.reason or turn.hold_words)
    return found(Outcome.OK_HOLD, view, (held, *guards.aside(view)))


def _tick(turn: Turn, view: PackView, asked: Asked) -> Found:
    if expected(turn.state, view) is Expect.UNTRACKED:
        return guards.stopped(turn, view) or waybill_turn.without_number(turn, view, "untracked")
    return tick_turn.next_tick(turn, view) or _NOTHING


def _skip(turn: Turn, view: PackView, asked: Asked) -> Found:
    reasons = turn.crew.reasons(Command.SKIP)
    shown = "　".join(f"{number} {words}" for number, words in enumerate(reasons, start=1))
    return skip_turn.skip(turn, view, asked.reason, shown)


def _by_eye(turn: Turn, view: PackView, asked: Asked) -> Found:
    if expected(turn.state, view) is not Expect.ITEM:
        return _NOTHING
    line = goods_turn.next_missing(turn, view)
    return guards.stopped(turn, view) or goods_turn.counted(turn, view, line, 1, "eye")


def _quantity(turn: Turn, view: PackView, asked: Asked) -> Found:
    if expected(turn.state, view) is not Expect.ITEM:
        return found(Outcome.ATT_NOTHING, view, reason="quantity")
    pieces = int(asked.argument or 0)
    if not 1 <= pieces <= MOST_PIECES:
        return found(Outcome.ATT_NOTHING, view, reason="pieces", values={"most": str(MOST_PIECES)})
    quantity = Effect(Do.QUANTITY, view.key, pieces=pieces)
    return guards.stopped(turn, view) or found(
        Outcome.OK_QTY, view, (quantity,), values={"pieces": str(pieces)}
    )


def _reprint(turn: Turn, asked: Asked) -> Found:
    """Only the wish: whoever runs the desk has it printed."""
    view = turn.world.shipment(turn.state.shipment or turn.state.last)
    if view is None:
        return replace(_NOTHING, reason="reprint")
    return found(Outcome.OK_REPRINT, view, (Effect(Do.REPRINT, view.key),))


def _photo(turn: Turn, asked: Asked) -> Found:
    """Only the wish: whoever runs the desk has a camera."""
    view = turn.world.shipment(turn.state.shipment or turn.state.last)
    return replace(_NOTHING, reason="photo") if view is None else photo_turn.wanted(view)


def _finish(turn: Turn, asked: Asked) -> Found:
    view = turn.open_view()
    if view is not None:
        return found(Outcome.ATT_NOTHING, view, reason="still_open")
    day = turn.world.day(turn.desk)
    values = {
        name: str(getattr(day, name)) for name in ("packed", "unproven", "held", "left", "late", "open")
    }
    return Found(Outcome.OK_FINISH, (Effect(Do.FINISH),), values=values)


def _with_open(act: Callable[[Turn, PackView, Asked], Found]) -> Callable[[Turn, Asked], Found]:
    """The act on the open parcel; nothing to do when none is open."""

    def on_open(turn: Turn, asked: Asked) -> Found:
        view = turn.open_view()
        return _NOTHING if view is None else act(turn, view, asked)

    return on_open


def _answering(answer: Callable[[Turn, str, PackView], Found]) -> Callable[[Turn, Asked], Found]:
    """The answer to the question of kind; nothing to do when it was not asked."""

    def on_question(turn: Turn, asked: Asked) -> Found:
        question = turn.state.question
        if question is None or question.right:
            return _NOTHING
        view = turn.view_of(question.shipment)
        if view is None:
            return _NOTHING
        decided = answer(turn, question.number, view)
        return recheck_turn.judged(turn, view, decided) if turn.state.round == RECHECK else decided

    return on_question


def _ask_reopen(turn: Turn, asked: Asked) -> Found:
    if turn.state.shipment:
        return replace(_NOTHING, reason="open_first")
    return Found(Outcome.OK_REOPEN, (Effect(Do.REOPENING, reason=asked.reason),), "slip")


def _ask_recheck(turn: Turn, asked: Asked) -> Found:
    if turn.state.shipment:
        return replace(_NOTHING, reason="open_first")
    return Found(Outcome.OK_RECHECK, (Effect(Do.RECHECKING, how="on"),), "slip")


def _take_over(turn: Turn, asked: Asked) -> Found:
    if not turn.state.busy or turn.state.shipment:
        return _NOTHING
    view = turn.world.shipment(turn.state.busy)
    if view is None:
        return _NOTHING
    taken = Effect(Do.TAKE_OVER, view.key, reason=view.holder)
    decided = guards.blocked(view) or slip_turn.opened(turn, view)
    return decided.after(taken) if decided.outcome is Outcome.OK_OPEN else decided


_COMMANDS: Mapping[Command, Callable[[Turn, Asked], Found]] = {
    Command.ACK: _acknowledge,
    Command.UNDO: _undo,
    Command.RESTART: _with_open(_restart),
    Command.NEXT: _with_open(_next),
    Command.HOLD: _with_open(_hold),
    Command.TICK: _with_open(_tick),
    Command.BYEYE: _with_open(_by_eye),
    Command.SKIP: _with_open(_skip),
    Command.GOODS: _answering(code_turn.was_goods),
    Command.WAYBILL: _answering(code_turn.was_waybill),
    Command.REOPEN: _ask_reopen,
    Command.TAKEOVER: _take_over,
    Command.RUN: lambda turn, asked: run_turn.switched(turn),
    Command.RECHECK: _ask_recheck,
    Command.QTY: _with_open(_quantity),
    Command.REPRINT: _reprint,
    Command.FINISH: _finish,
    Command.PHOTO: _photo,
}
