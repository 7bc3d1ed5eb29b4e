"""Many orders in a row, for shops that do not pack at the station: order, number, number again, next (PK-01)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from jpship_gui.domain.badge import is_badge
from jpship_gui.domain.packing.commands import Command, command_of
from jpship_gui.domain.packing.kinds import shipment_key_of, tidy
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import normalise
from jpship_gui.flows.pack.crew import badge_holder
from jpship_gui.flows.pack.second_entry import waiting
from jpship_gui.flows.pack.take_back_entry import take_back_entry
from jpship_gui.flows.pack.track import (
    MISMATCH,
    NOT_YET,
    TrackResult,
    asks_apart,
    look,
    may_begin,
    message_of,
    track,
    track_without,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import listed_orders, shipments, waiting_entries
from jpship_gui.texts import text

_KEPT = 20
_SHORTEST = 4  # characters of an order number's end
_SHOWN = 9
_OPEN = (Stage.PRINT.value, Stage.PACK.value)


class Asks(StrEnum):
    """What the row waits for."""

    ORDER = "order"
    NUMBER = "number"
    AGAIN = "again"
    ACK = "ack"
    END = "end"  # of the given orders every one is done


class Sound(StrEnum):
    """What is heard."""

    OK = "ok"
    COMPLETE = "complete"
    ATTENTION = "attention"
    NG = "ng"


@dataclass(frozen=True, slots=True)
class Pair:
    """One of the running list. `state`: proven, linked, waits, ng, undone, aside."""

    order: str
    recipient: str
    number: str
    how: str
    state: str
    parcel: str = ""
    shipment: str = ""
    marketplace: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The last answer: a word, what to do, and the readings that differ, both shown; `wrong` one that cannot be."""

    sound: Sound
    word: str
    more: str = ""
    first: str = ""
    second: str = ""
    doubtful: bool = False
    wrong: str = ""


class EntryRow:
    """The session of one window. Without `keys` every order is read first; with them they come in their order.

    Whoever `ws` names makes the entries; a badge changes it, and so may the window: a second entry by another person is
    worth nothing where the name is an old one.
    `waiting_only` = the orders given wait for their second entry. Everything taken is on disk when a call returns; what
    the session itself knows is only what is shown.
    """

    def __init__(self, ws: Workspace, keys: Iterable[str] = (), *, waiting_only: bool = False) -> None:
        self.ws = ws
        self.queue = list(dict.fromkeys(keys))
        self.given = bool(self.queue)
        self.total = len(self.queue)
        self.waiting_only = waiting_only
        self.shipment: Shipment | None = None
        self.first = ""
        self.first_quick = True
        self.said: Said | None = None
        self.recent: deque[Pair] = deque(maxlen=_KEPT)
        self.counts: Counter[str] = Counter()
        self.choices: list[listed_orders.ListedOrder] = []
        self._key = ""  # as it was read: of one box, or of the shipment
        self._doubt: tuple[str, bool] | None = None
        self._locked = False
        self._just = ("", "")  # order and number of the last pair, until somebody else stands here
        self._next()

    # What is shown ----------------------------------------------------------------------------------------------

    @property
    def asks(self) -> Asks:
        """What it waits for now."""
        if self._locked:
            return Asks.ACK
        if self.shipment is None:
            return Asks.END if self.given and not self.queue else Asks.ORDER
        return Asks.AGAIN if self.first else Asks.NUMBER

    @property
    def place(self) -> int:
        """Which of the given orders is open, from 1."""
        return self.total - len(self.queue)

    @property
    def hidden(self) -> bool:
        """Whether the first reading must not be seen: a typed one would only be copied."""
        return bool(self.first) and not self.first_quick and not self._locked

    @property
    def apart(self) -> bool:
        """Whether typing this order's number once is enough for now: somebody types it a second time later."""
        return self.shipment is not None and asks_apart(self.ws, self.shipment.key)

    # Acts -------------------------------------------------------------------------------------------------------

    def take(self, code: str, quick: bool) -> Said | None:
        """One reading; an NG stops everything until it is acknowledged. A badge only says who stands here."""
        if is_badge(tidy(code)):
            return self._badge(code)
        command = command_of(tidy(code))
        if command is not None:
            return self._command(command[0])
        if self._locked:
            self.counts["locked"] += 1
            return self.said
        if self.shipment is None:
            return self._order(code)
        if (
            shipment_key_of(tidy(code)) == self.shipment.key
        ):  # its slip once more, as after an NG: it is open already
            return Said(Sound.OK, "")
        return self._number(code, quick, confirmed=False)

    def choose(self, key: str) -> Said | None:
        """One of `choices`, or an order clicked in a list."""
        return None if self._locked else self._open(key)

    def acknowledge(self) -> None:
        """After an NG both readings start anew: nobody knows which of them was the wrong one."""
        self._locked, self._doubt, self.said = False, None, None
        self._forget()
        if self.shipment is None and self.queue:
            self._next()

    def insist(self) -> Said | None:
        """A number of doubtful form is right, says a person."""
        if self._doubt is None:
            return None
        code, quick = self._doubt
        self._locked, self._doubt = False, None
        return self._number(code, quick, confirmed=True)

    def without_number(self) -> Said | None:
        """Its service gives no number."""
        if self._locked or self.shipment is None:
            return None
        return self._end(track_without(self.ws, self._key), "scanned")

    def aside(self) -> None:
        """Leave the open order as it is."""
        if self._locked or self.shipment is None:
            return
        self._note(self.shipment, "", "", "aside")
        self.counts["aside"] += 1
        self.said = None
        self._next()

    def undo(self) -> Said | None:
        """Of the open pair its first reading, else the last pair; raises as `take_back_entry`."""
        if self._locked:
            return None
        if self.first:
            self._forget()
            self.said = Said(Sound.OK, text("entryrow.undone_reading"))
            return self.said
        place = next(
            (i for i, pair in enumerate(self.recent) if pair.state in ("proven", "linked", "waits")), None
        )
        if place is None:
            return None
        pair = self.recent[place]
        take_back_entry(self.ws, pair.parcel, pair.number)
        self.recent[place] = replace(pair, state="undone")
        self.counts[pair.state] -= 1
        if self.given and self.shipment is not None:
            self.queue.insert(0, self._key)
        self._open(pair.shipment)
        self.said = Said(Sound.OK, text("entryrow.undone", order=pair.order), text("entryrow.undone_more"))
        return self.said

    # Inside -----------------------------------------------------------------------------------------------------

    def _command(self, command: Command) -> Said | None:
        if command is Command.ACK:
            self.acknowledge()
        elif command is Command.UNDO and not self._locked:
            return self.undo()
        elif command is Command.NEXT and not self._locked:
            self.aside()
        elif not self._locked:
            self.said = Said(Sound.ATTENTION, text("entryrow.no_command"))
        return self.said

    def _badge(self, code: str) -> Said | None:
        name = badge_holder(self.ws, code)
        if name:
            self.ws, self._just = self.ws.as_person(name), ("", "")
        if self._locked:
            return None
        if not name:
            return self._stop(text("entryrow.no_badge", code=code.strip()), text("entryrow.no_badge_more"))
        self.said = Said(Sound.OK, name, text("entryrow.who"))
        return self.said

    def _order(self, code: str) -> Said | None:
        self.choices = []
        wanted = shipment_key_of(tidy(code)) or tidy(code)
        found = listed_orders.find(self.ws.store, [wanted]).get(wanted.upper(), ())
        if not found and len(wanted) >= _SHORTEST:
            found = tuple(listed_orders.ending(self.ws.store, wanted, _OPEN, _SHOWN + 1))
        if len(found) == 1:
            return self._open(found[0].key)
        if len(found) > 1:
            self.choices = list(found[:_SHOWN])
            self.said = Said(
                Sound.ATTENTION, text("entryrow.several", count=len(found)), text("entryrow.choose")
            )
            return self.said
        order, number = self._just
        if number and normalise(code) == number:  # read once more by habit; nothing is wrong
            self.said = Said(
                Sound.ATTENTION, text("entryrow.again_number", order=order), text("entryrow.read_order")
            )
            return self.said
        return self._stop(text("entryrow.no_order", code=code.strip()), text("entryrow.no_order_more"))

    def _open(self, key: str) -> Said | None:
        self._forget()
        self.choices = []
        found = shipments.by_keys(self.ws.store, [key[:9] if len(key) > 9 and "P" in key[9:] else key])
        if not found:
            return self._stop(text("entryrow.no_order", code=key), text("entryrow.no_order_more"))
        wrong = may_begin(self.ws, key)
        if wrong is not None:
            self._note(found[0], wrong.number, "", "ng")
            said = self._stop(message_of(wrong), "")
            self.shipment = None
            return said
        self.shipment, self._key, self.said = found[0], key, Said(Sound.OK, "")
        return self.said

    def _number(self, code: str, quick: bool, *, confirmed: bool) -> Said | None:
        assert self.shipment is not None
        if not self.first and not (not quick and self.apart):
            result = look(self.ws, self._key, code, confirmed=confirmed)
            if not result.ok:
                return self._refuse(result, code, quick)
            self.first, self.first_quick = result.number, quick
            self.said = Said(Sound.OK, "")
            return self.said
        if not self.first:
            return self._end(
                track(self.ws, self._key, code, "", how="typed", confirmed=confirmed), "typed", code
            )
        how = "scanned" if quick and self.first_quick else "typed"
        result = track(self.ws, self._key, self.first, code, how=how, confirmed=confirmed)
        return self._end(result, how, code, quick)

    def _end(self, result: TrackResult, how: str, code: str = "", quick: bool = False) -> Said | None:
        assert self.shipment is not None
        if not result.ok:
            return self._refuse(result, code, quick)
        state = "proven" if result.verified else "waits" if result.reason == "waits" else "linked"
        if result.reason == "more":
            state = "proven"
        self._note(self.shipment, result.number, how, state, result.parcel)
        self.counts[state] += 1
        self._just = (self.shipment.order_id.number, result.number)
        sound = Sound.COMPLETE if result.verified else Sound.OK
        self.said = Said(sound, message_of(result))
        self._forget()
        if result.reason != "more" and not (state == "waits" and self._free()):
            self._next(keep=self.said)
        return self.said

    def _free(self) -> bool:
        """Whether another box of the open shipment has neither number nor waiting entry."""
        assert self.shipment is not None
        found = shipments.by_keys(self.ws.store, [self.shipment.key])
        boxes = [box.key for box in found[0].parcels if not box.tracking_no] if found else []
        return len(waiting_entries.of_parcels(self.ws.store, boxes)) < len(boxes)

    def _refuse(self, result: TrackResult, code: str, quick: bool) -> Said:
        assert self.shipment is not None
        first, second = str(result.values.get("first", "")), str(result.values.get("second", ""))
        self._note(self.shipment, normalise(code), "scanned" if quick else "typed", "ng", result.parcel)
        word, more = message_of(result), ""
        if result.outcome == MISMATCH:
            word = text("tracking_dialog.mismatch")
            both = (
                "entrysecond.both_dropped" if result.reason == "second" else "tracking_dialog.mismatch_more"
            )
            more = text(both)
        elif result.doubtful:
            self._doubt = (code, quick)
            more = text("tracking_dialog.insist")
        self.said = said = replace(self._stop(word, more, first, second), wrong=normalise(code))
        if result.outcome == NOT_YET:
            self.said = said = replace(said, more=text("entryrow.not_yet_more"))
        return said

    def _stop(self, word: str, more: str, first: str = "", second: str = "") -> Said:
        self._locked = True
        self.counts["ng"] += 1
        self.said = Said(Sound.NG, word, more, first, second, self._doubt is not None)
        return self.said

    def _forget(self) -> None:
        self.first, self.first_quick = "", True

    def _note(self, shipment: Shipment, number: str, how: str, state: str, parcel: str = "") -> None:
        order = shipment.order_id
        self.recent.appendleft(
            Pair(
                *(order.number, shipment.recipient.name, number, how, state, parcel),
                *(shipment.key, order.marketplace),
            )
        )

    def _next(self, keep: Said | None = None) -> None:
        """The next of the given orders; one that cannot begin stops the row and stays in the list as NG."""
        self.shipment, self._key = None, ""
        self._forget()
        if self.queue:
            self._open(self.queue.pop(0))
            if not self._locked:
                self.said = keep or self.said


def second_row(ws: Workspace) -> EntryRow:
    """All entries whose second one this person may make now, one after the other."""
    return EntryRow(ws, [one.parcel for one in waiting(ws) if not one.why], waiting_only=True)
