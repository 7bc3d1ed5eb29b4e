"""Which pieces go into which box, while a person still moves them: always all of them, never one twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jpship_gui.domain.shipment import Shipment

MOST = 99


@dataclass(frozen=True, slots=True)
class SplitLine:
    """Goods of one line of the slip. `order` names the order where several travel together."""

    name: str
    variant: str
    quantity: int
    order: str = ""


@dataclass(slots=True)
class SplitDraft:
    """`boxes` has pieces by line for each box. `kept` boxes exist already; `least` of them cannot be taken out.
    `countable` is False where lines cannot be told apart, so that only the number of boxes can be decided."""

    lines: tuple[SplitLine, ...]
    boxes: list[list[int]]
    kept: int = 1
    least: int = 1
    countable: bool = True
    _before: tuple[tuple[int, ...], ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        """What it was, to see whether anything was moved."""
        self._before = tuple(map(tuple, self.boxes))

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return tuple(map(tuple, self.boxes)) != self._before

    def pieces(self, box: int) -> int:
        """Pieces in a box."""
        return sum(self.boxes[box])

    def empty(self) -> bool:
        """Whether a box has nothing in it, so that only the number of boxes can be noted."""
        return any(not sum(box) for box in self.boxes)

    def put(self, line: int, box: int) -> bool:
        """One piece more into a box, from the other that has most of it; whether there was one."""
        others = [n for n in range(len(self.boxes)) if n != box and self.boxes[n][line]]
        if not others or not self.countable:
            return False
        source = max(others, key=lambda n: (self.boxes[n][line], -n))
        self.boxes[source][line] -= 1
        self.boxes[box][line] += 1
        return True

    def take(self, line: int, box: int) -> bool:
        """One piece out of a box into the next (of the last: into the one before); whether it could be."""
        if not self.boxes[box][line] or len(self.boxes) < 2 or not self.countable:
            return False
        to = box + 1 if box + 1 < len(self.boxes) else box - 1
        self.boxes[box][line] -= 1
        self.boxes[to][line] += 1
        return True

    def add_box(self) -> bool:
        """An empty box more at the end."""
        if len(self.boxes) >= MOST:
            return False
        self.boxes.append([0] * len(self.lines))
        return True

    def can_drop(self) -> bool:
        """Whether the last box can go: boxes are taken out from the end."""
        return len(self.boxes) > max(1, self.least)

    def drop_box(self) -> bool:
        """The last box goes; its goods move into the one before."""
        if not self.can_drop():
            return False
        gone = self.boxes.pop()
        self.boxes[-1] = [have + more for have, more in zip(self.boxes[-1], gone, strict=True)]
        return True

    def propose(self, boxes: Sequence[Mapping[int, int]]) -> None:
        """Take over somebody's proposal: for each box pieces by place of the line, from 1."""
        self.boxes = [[box.get(n, 0) for n in range(1, len(self.lines) + 1)] for box in boxes]

    def contents(self) -> tuple[dict[int, int], ...]:
        """For `split`: pieces by place of the line, from 1; nothing where a box is empty or lines are alike."""
        if self.empty() or not self.countable:
            return ()
        return tuple({n: count for n, count in enumerate(box, start=1) if count} for box in self.boxes)


def draft_of(shipment: Shipment) -> SplitDraft:
    """As it is now: what lies in each box where that is known, else everything in the first."""
    goods = shipment.goods
    several = len(shipment.bundle) > 1
    lines = tuple(
        SplitLine(line.name, line.variant, line.quantity, one.order_id.number if several else "")
        for one, line in goods
    )
    parcels = [parcel.key for parcel in shipment.boxes] or [shipment.key]
    known = shipment.contents()
    boxes = [[0] * len(lines) for _ in parcels]
    places = {(one.key, line.line_id): n for n, (one, line) in enumerate(goods)}
    told_apart = len(places) == len(goods)
    if all(key in known for key in parcels) and told_apart:
        for box, key in zip(boxes, parcels, strict=True):
            for content in known[key]:
                box[places[content.shipment, content.line_id]] += content.quantity
    elif boxes:
        boxes[0] = [line.quantity for line in lines]
    return SplitDraft(lines, boxes, len(parcels), 1, told_apart)
