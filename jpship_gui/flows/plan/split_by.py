"""Splits proposed by rule: temperature, shelf, day, weight (PL-04). `split.split` carries them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import ProductFacts
from jpship_gui.domain.goods_set import key_of
from jpship_gui.domain.order import OrderLine
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.cool import temperatures_of
from jpship_gui.flows.plan.changing import named
from jpship_gui.flows.plan.split import Split, split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shipments

RULES = ("temperature", "shelf", "date", "weight")
_Word = Callable[[Shipment, OrderLine, ProductFacts], str]
_WORDS: Mapping[str, _Word] = {
    "shelf": lambda shipment, line, facts: facts.shelf[:1] and facts.shelf.partition("-")[0],
    "date": lambda shipment, line, facts: line.lead_time,
}
_NO_FACTS = ProductFacts()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Boxes as `split.split` takes them: pieces by place of the line on the slip; `names` says of each what is in it (a
    temperature, the first part of a shelf's name, a lead time, grams)."""

    key: str
    names: tuple[str, ...]
    lines: tuple[Mapping[int, int], ...]


def propose(ws: Workspace, key: str, by: str, *, grams: int = 0) -> Proposal:
    """A split of a shipment, of one box where nothing asks for more. By weight no box holds more than `grams`, the
    heaviest pieces first; a piece nobody weighed cannot be told: Refused("split_weight_unknown"). Also
    Refused("split_rule", "split_weight_most", "key_unknown")."""
    (asked,) = named(ws, [key])
    (shipment,) = shipments.leading(ws.store, [asked])
    facts = products.facts_of(ws.store, [line.sku for _, line in shipment.goods])
    goods = [(one, line, facts.get(key_of(line.sku), _NO_FACTS)) for one, line in shipment.goods]
    if by == "weight":
        return _by_weight(shipment.key, goods, grams)
    if by == "temperature":
        needs = temperatures_of(ws, [shipment])
        word: _Word = lambda one, line, _: max(needs[one.key, line.line_id], default="")  # noqa: E731
    elif by in _WORDS:
        word = _WORDS[by]
    else:
        raise Refused("split_rule", rule=by, known=", ".join(RULES))
    boxes: dict[str, dict[int, int]] = {}
    for place, (one, line, known) in enumerate(goods, start=1):
        boxes.setdefault(word(one, line, known), {})[place] = line.quantity
    return Proposal(shipment.key, tuple(boxes), tuple(boxes.values()))


def split_by(ws: Workspace, key: str, by: str, *, grams: int = 0, reason: str = "") -> Split:
    """Propose and carry out; faults of both."""
    made = propose(ws, key, by, grams=grams)
    return split(ws, made.key, lines=made.lines, reason=reason)


def _by_weight(key: str, goods: Sequence[tuple[Shipment, OrderLine, ProductFacts]], most: int) -> Proposal:
    if most < 1:
        raise Refused("split_weight_most", most=most)
    pieces: list[tuple[int, int]] = []  # grams, place
    for place, (_, line, facts) in enumerate(goods, start=1):
        weight = facts.measures.grams
        if weight is None:
            raise Refused("split_weight_unknown", goods=line.name)
        if weight > most:
            raise Refused("split_weight_piece", goods=line.name, grams=weight, most=most)
        pieces += [(weight, place)] * line.quantity
    boxes: list[dict[int, int]] = []
    filled: list[int] = []
    for weight, place in sorted(pieces, key=lambda piece: (-piece[0], piece[1])):
        box = next((n for n, grams in enumerate(filled) if grams + weight <= most), len(boxes))
        if box == len(boxes):
            boxes.append({})
            filled.append(0)
        filled[box] += weight
        boxes[box][place] = boxes[box].get(place, 0) + 1
    return Proposal(key, tuple(map(str, filled)), tuple(boxes))
