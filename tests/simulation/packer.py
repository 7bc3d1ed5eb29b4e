"""A packer at work: reads what the desk asks for, makes the mistake of the parcel, and puts it right once stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from jpship_gui.domain.order_key import paper_code
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import Answer
from tests.simulation import mistakes
from tests.simulation.desks import Shop
from tests.simulation.mistakes import Mistake
from tests.simulation.shop import GOODS, Box, Parcel, Waybill, a_number

ACK, TICK, NEXT = (code_of(c) for c in (Command.ACK, Command.TICK, Command.NEXT))
_WRONG_WAYBILL = frozenset(
    {
        *(Mistake.WRONG_LABEL, Mistake.STACK, Mistake.GUESSED),
        *(Mistake.SLIP_FOR_LABEL, Mistake.TWO_AT_ONCE, Mistake.REUSED_LABEL),
    }
)
_PATIENCE = 60  # scans after which a parcel is given up; no honest one comes near


@dataclass(slots=True)
class Hands:
    """What the packer holds: the slip to be read, the pieces still to go into the box, the waybill to be stuck on."""

    slip: str
    pieces: list[str]
    waybill: Waybill
    second_slip: str = ""  # read in between by who packs two boxes at once
    skips: bool = False  # tries to skip what is missing
    twice: bool = False  # the next piece is sent twice by the scanner
    forgets: bool = False  # the insert stays on the shelf
    slip_again: bool = False  # the slip is read where the waybill's key is asked for


@dataclass(slots=True)
class Packed:
    """How one parcel went. `stops` are the outcomes that stopped the mistake, in order."""

    box: Box
    scans: int = 0
    keys: int = 0
    stops: list[str] = field(default_factory=list)
    closed: bool = False


class Packer:
    """One person; the dice decide only what people decide."""

    def __init__(self, shop: Shop, dice: Random) -> None:
        self.shop = shop
        self.dice = dice

    def pack(self, parcel: Parcel, hands: Hands, cancel_after: int = -1, cancel: object = None) -> Packed:
        """Slip → goods → waybill by what the desk asks for. After a stop the packer looks and takes the right things.
        `cancel` is called once `cancel_after` codes were read."""
        packed = Packed(Box())
        answer: Answer | None = None
        for _ in range(_PATIENCE):
            if packed.scans == cancel_after and callable(cancel):
                cancel()
            code = self._next(answer, hands, packed)
            if code is None:  # the page still waits: what is missing is fetched
                packed.stops.append("waits")
                answer = self._leave_another(hands, parcel, packed) or answer
                hands = self._put_right(parcel, packed)
                continue
            answer = self._read(code, packed)
            if answer.outcome in (Outcome.NG_CANCELLED, Outcome.NG_HOLD):
                packed.stops.append(answer.outcome.value)
                self._read(ACK, packed)
                return packed
            if answer.klass is Klass.NG or answer.outcome is Outcome.ATT_TICK:
                refused = answer.outcome.value
                packed.stops.append(refused)
                if answer.klass is Klass.NG:
                    if self.dice.random() < mistakes.STUBBORN:
                        self._read(code, packed)  # NG_LOCKED: the line is stopped
                    answer = self._read(ACK, packed)
                if (
                    packed.stops[-3:] == [refused] * 3
                ):  # everything is right and still refused: for the office
                    self._read(NEXT, packed)
                    return packed
                answer = self._leave_another(hands, parcel, packed) or answer
                hands = self._put_right(parcel, packed)
                continue
            self._done(answer, hands, packed)
            if hands.twice and answer.outcome is Outcome.OK_ITEM:
                answer = self._sent_again(code, hands, packed)
            if packed.closed:
                return packed
        raise AssertionError(f"a parcel without end: {parcel} {packed}")

    def _next(self, answer: Answer | None, hands: Hands, packed: Packed) -> str | None:
        """The code to be read now."""
        expects = answer.expects if answer is not None else Expect.SLIP
        if hands.second_slip and answer is not None:
            code, hands.second_slip = hands.second_slip, ""
            return code
        if expects is Expect.SLIP:
            return hands.slip
        if expects is Expect.ITEM:
            if hands.skips:
                hands.skips = False
                return "JPCMDSKIP1"
            return hands.pieces[0] if hands.pieces else None
        if hands.pieces and expects in (Expect.TICK, Expect.WAYBILL):
            return hands.pieces[0]  # one more in the hand than the desk wants
        if expects is Expect.TICK:
            if hands.forgets:
                hands.forgets = False
                return hands.waybill.number  # the desk says what is to be done first
            forgot = packed.stops[-1:] == [Outcome.ATT_TICK.value]
            packed.box.insert = not forgot or self.dice.random() >= mistakes.BLIND_TICK
            packed.keys += 1
            return TICK
        if expects is Expect.LABEL:
            return hands.slip if hands.slip_again else hands.waybill.key or hands.waybill.number
        return hands.waybill.number

    def _sent_again(self, code: str, hands: Hands, packed: Packed) -> Answer:
        """The scanner sent the piece twice; who trusts the page leaves the last piece out."""
        hands.twice = False
        answer = self._read(code, packed)
        if answer.outcome is Outcome.OK_ITEM_LAST and self.dice.random() < mistakes.TRUSTS_THE_COUNT:
            hands.pieces.clear()
        return answer

    def _leave_another(self, hands: Hands, parcel: Parcel, packed: Packed) -> Answer | None:
        """Another parcel's slip was read: it is set aside."""
        if hands.slip == paper_code(parcel.key) or not self.shop.state().shipment:
            return None
        return self._read(NEXT, packed)

    def _done(self, answer: Answer, hands: Hands, packed: Packed) -> None:
        """What an accepted code means on the table."""
        if answer.outcome in (Outcome.OK_ITEM, Outcome.OK_ITEM_LAST) and hands.pieces:
            piece = hands.pieces.pop(0)
            packed.box.goods[piece] = packed.box.goods.get(piece, 0) + 1
        if answer.outcome in (Outcome.OK_LINK, Outcome.OK_DONE):
            packed.box.waybill = hands.waybill
            packed.closed = answer.expects is Expect.SLIP

    def _put_right(self, parcel: Parcel, packed: Packed) -> Hands:
        """Looks at slip, page and box: the right slip, what the page still asks for, the right waybill. What it has
        counted already and is not in the box goes in, what does not belong there comes out."""
        counted = self.shop.state().counts
        missing = []
        packed.box.goods = {sku: n for sku, n in packed.box.goods.items() if sku in parcel.goods}
        for line, (sku, wanted) in enumerate(parcel.goods.items()):
            here = min(counted.get(line, 0), wanted)
            packed.box.goods[sku] = here
            missing += [sku] * (wanted - here)
        return Hands(paper_code(parcel.key), missing, parcel.waybill)

    def _read(self, code: str, packed: Packed) -> Answer:
        packed.scans += 1
        return self.shop.scan(code)

    def type_number(self, parcel: Parcel, mistake: Mistake | None) -> Packed:
        """A waybill the scanner cannot read: typed twice for the order shown; a mistake may be made twice alike."""
        packed = Packed(Box(dict(parcel.goods), parcel.waybill, insert=True))
        true = parcel.waybill.number
        first = _slip_of_the_finger(true, mistake, self.dice) if mistake else true
        second = first if self.dice.random() < mistakes.TYPED_ALIKE else true
        for one, two in ((first, second), (true, true)):
            outcome = self.shop.type_twice(parcel.key, one, two, parcel.waybill.carrier)
            if outcome.startswith("OK"):
                packed.closed = True
                return packed
            packed.stops.append(outcome)
        return packed

    def read_again(self, parcel: Parcel, box: Box, guesses: bool) -> list[str]:
        """Double scan: the slip in the box and the waybill on it, and the name that stands there."""
        return self._read_on(
            [paper_code(parcel.key), box.waybill.number if box.waybill else ""], box, guesses
        )

    def hand_over(self, box: Box, guesses: bool) -> list[str]:
        """The driver's turn: the waybill, and the name that stands there."""
        return self._read_on([box.waybill.number if box.waybill else ""], box, guesses)

    def _read_on(self, codes: list[str], box: Box, guesses: bool) -> list[str]:
        stops = []
        for code in codes:
            answer = self.shop.scan(code)
            if answer.outcome is Outcome.ATT_ASK:
                digit = self.dice.choice("1234") if guesses else _digit_of(answer, box.waybill)
                answer = self.shop.scan(digit)
            if answer.klass is Klass.NG:
                stops.append(answer.outcome.value)
                self.shop.scan(ACK)
                break
        if self.shop.state().shipment:
            self.shop.scan(NEXT)
        return stops


def hands_for(parcel: Parcel, neighbour: Parcel, mistake: Mistake | None, dice: Random) -> Hands:
    """What is taken into the hands, the mistake included; `neighbour` is the next parcel, or one packed before."""
    hands = Hands(paper_code(parcel.key), _pieces(parcel), parcel.waybill)
    if mistake in _WRONG_WAYBILL:
        hands.waybill = neighbour.waybill
    if mistake is Mistake.TWO_AT_ONCE:
        crossed = dice.randrange(3)  # slips, goods or waybills first
        hands.second_slip = paper_code(neighbour.key) if crossed == 0 else ""
        if crossed == 1:
            hands.pieces[0] = dice.choice(list(neighbour.goods))
    if mistake is Mistake.NEIGHBOUR_SLIP:
        hands.slip = paper_code(neighbour.key)
    if mistake is Mistake.WRONG_ROLL:
        other = "sagawa" if parcel.waybill.carrier == "yamato" else "yamato"
        hands.waybill = Waybill(a_number(other, dice.randrange(10**9, 10**10)), other)
    if mistake is Mistake.WRONG_VARIANT:
        hands.pieces[0] = dice.choice([sku for sku in GOODS if sku not in parcel.goods])
    if mistake is Mistake.MISSING_PIECE:
        hands.pieces.pop()
    if mistake is Mistake.EXTRA_PIECE:
        hands.pieces.insert(0, hands.pieces[0])
    if mistake is Mistake.DOUBLE_TRIGGER:
        hands.twice = True
        hands.pieces.sort(key=lambda sku: -parcel.goods[sku])
    hands.slip_again = mistake is Mistake.SLIP_FOR_LABEL
    hands.forgets = mistake is Mistake.FORGOTTEN_INSERT
    if mistake is Mistake.FORCED:
        hands.pieces.pop()
        hands.skips = True
    return hands


def _pieces(parcel: Parcel) -> list[str]:
    return [sku for sku, n in parcel.goods.items() for _ in range(n)]


def _digit_of(answer: Answer, waybill: Waybill | None) -> str:
    """The number of the name that stands on the waybill; 0 when it is not among them."""
    for words in answer.values.get("names", "").split("　"):
        digit, _, name = words.partition(" ")
        if waybill is not None and name == waybill.name:
            return digit
    return "0"


def _slip_of_the_finger(number: str, mistake: Mistake, dice: Random) -> str:
    """One digit wrong, or two neighbours that differ exchanged."""
    if mistake is Mistake.MISTYPED:
        place = dice.randrange(len(number))
        digit = dice.choice([d for d in "0123456789" if d != number[place]])
        return number[:place] + digit + number[place + 1 :]
    places = [n for n in range(len(number) - 1) if number[n] != number[n + 1]]
    place = dice.choice(places)
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
