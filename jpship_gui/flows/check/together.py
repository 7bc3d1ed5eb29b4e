"""Which shipments may travel together, and what speaks against it (PL-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from jpship_gui.domain.order import OrderId
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.recipient import address_key, name_key, phone_key, same_phone, same_recipient
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import apart, bundles, shipments

BEFORE_PACKING = (Stage.HOLD, Stage.CHECK, Stage.WAITING, Stage.PRINT, Stage.PACK)

_Question = Callable[[Sequence[Shipment]], bool]
_DOUBTS: Mapping[str, _Question] = {
    "wish": lambda found: len({(one.wish.day, one.wish.slot) for one in found}) > 1,
    "carrier": lambda found: len({(one.carrier, one.service) for one in found}) > 1,
    "phone": lambda found: not all(same_phone(found[0].recipient, one.recipient) for one in found),
    "gift": lambda found: len({one.gift for one in found}) > 1,
    "single_item": lambda found: any(x.single_item_shipping for one in found for x in one.lines),
}
# What no look makes right; codes are those of the refusals.
NEVER: Mapping[str, _Question] = {
    "bundle_recipient": lambda found: (
        not all(same_recipient(found[0].recipient, one.recipient) for one in found)
    ),
    "bundle_cool": lambda found: len({one.extra.get("cool", "") for one in found}) > 1,
    # Each amount belongs to its order.
    "bundle_cash": lambda found: any(one.cash_on_delivery for one in found),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Shipments to one recipient that nobody has put together or told apart. `doubts` are codes of `bundle.doubt.…`:
    what a person should look at before."""

    keys: tuple[str, ...]
    orders: tuple[OrderId, ...]
    recipient: str
    doubts: tuple[str, ...]


def candidates(ws: Workspace, keys: Sequence[str] | None = None) -> tuple[Candidate, ...]:
    """Shipments before packing that go to the same person at the same address, of one shop, or of several that allow it
    (setting plan.bundle_across); the most urgent first. With `keys` only groups that hold one of them. A group of which
    every two are to be sent apart (`flows.plan.undecided.keep_apart`) is none, until one more comes.

    Until somebody decided no papers are made of them (`undecided_problems`).
    """
    return tuple(candidate for candidate, _ in candidate_groups(ws, keys))


def candidate_groups(
    ws: Workspace, keys: Sequence[str] | None = None
) -> list[tuple[Candidate, tuple[Shipment, ...]]]:
    """The same, each with its shipments, those of a bundle that exists already among them."""
    groups: dict[tuple[str, ...], list[_Waiting]] = {}
    across = {shop: bool(ws.shop_options(shop).get("plan.bundle_across")) for shop in _shops(ws)}
    for one in _waiting(ws):
        if one.recipient:
            shop = "" if across.get(one.shop) else one.shop
            groups.setdefault((*one.recipient, shop), []).append(one)
    wanted = None if keys is None else set(keys)
    parts = [
        part
        for group in groups.values()
        for part in _by_phone(group)
        if len({one.root for one in part}) > 1 and (wanted is None or wanted & {one.key for one in part})
    ]
    apart_ = apart.pairs(ws.store, [one.root for part in parts for one in part])
    open_ = [part for part in parts if not _all_apart(part, apart_)]
    found = {s.key: s for s in shipments.by_keys(ws.store, [one.key for part in open_ for one in part])}
    return [_candidate(ws, [found[one.key] for one in part if one.key in found]) for part in open_]


def _all_apart(part: Sequence[_Waiting], known: set[apart.Pair]) -> bool:
    return all(frozenset((one.key, other.key)) in known for one, other in combinations(part, 2))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A shipment before packing, of a bundle the leader; `recipient` is () where there is too little to go by."""

    key: str
    shop: str
    root: int
    recipient: tuple[str, str] | tuple[()]
    phone: str


def _shops(ws: Workspace) -> list[str]:
    return [shop for (shop,) in ws.store.rows("SELECT DISTINCT shop FROM shipments")]


def _waiting(ws: Workspace) -> Iterator[_Waiting]:
    rows = [(*row, name_key(row[3])) for row in bundles.before_packing(ws.store, BEFORE_PACKING)]
    names = Counter(name for *_, name in rows)
    for key, shop, root, contact, name in rows:
        # whoever is the only one of that name is no candidate, and an address takes its time to be read
        address = address_key(contact) if name and names[name] > 1 else ""
        recipient = (address, name) if address else ()
        yield _Waiting(key, shop, root, recipient, phone_key(contact))


def _by_phone(group: Sequence[_Waiting]) -> list[list[_Waiting]]:
    """Apart where telephone numbers contradict each other; whoever gave none belongs to the only number there is."""
    phones = list(dict.fromkeys(one.phone for one in group if one.phone))
    if len(phones) <= 1:
        return [list(group)]
    return [[one for one in group if one.phone == phone] for phone in phones]


def _candidate(ws: Workspace, found: Sequence[Shipment]) -> tuple[Candidate, tuple[Shipment, ...]]:
    every = [one for shipment in found for one in shipment.bundle]
    made = Candidate(
        tuple(one.key for one in every),
        tuple(one.order_id for one in every),
        found[0].recipient.name,
        doubts_of(every, allowed_across(ws, every)),
    )
    return made, tuple(every)


def allowed_across(ws: Workspace, every: Sequence[Shipment]) -> bool:
    """Whether these are of one shop, or of shops that all allow it."""
    shops = {one.order_id.shop for one in every}
    return len(shops) == 1 or all(bool(ws.shop_options(shop).get("plan.bundle_across")) for shop in shops)


def doubts_of(every: Sequence[Shipment], across_allowed: bool = True) -> tuple[str, ...]:
    """Codes of what speaks against putting these together without a look."""
    found = [code for code, holds in (*NEVER.items(), *_DOUBTS.items()) if holds(every)]
    return (*found, *(() if across_allowed else ("shops",)))


_NAMED = 4  # others of a group that are named; a group may be a whole day's orders


def undecided_problems(ws: Workspace, found: Sequence[Shipment]) -> dict[str, tuple[Problem, ...]]:
    """By key why papers may not be made of these yet: somebody must say whether they travel together (PL-01). A shop
    may do without (setting plan.ask_bundle); what was printed before was decided by that."""
    ask = {
        shop: bool(ws.shop_options(shop).get("plan.ask_bundle")) for shop in {s.order_id.shop for s in found}
    }
    open_ = [s for s in found if s.facts.printed is None and ask[s.order_id.shop]]
    if not open_:
        return {}
    keys = {one.key for one in open_}
    problems: dict[str, tuple[Problem, ...]] = {}
    for group in candidates(ws, list(keys)):
        numbers = dict(zip(group.keys, (order.number for order in group.orders), strict=True))
        for key in keys & numbers.keys():
            others = [number for other, number in islice(numbers.items(), _NAMED + 1) if other != key]
            named = "・".join(others[:_NAMED])
            if len(numbers) - 1 > _NAMED:
                named += f" … (+{len(numbers) - 1 - _NAMED})"
            values = {"order": numbers[key], "others": named}
            problems[key] = (Problem("print_bundle_undecided", Severity.BLOCK, "bundle", values),)
    return problems
