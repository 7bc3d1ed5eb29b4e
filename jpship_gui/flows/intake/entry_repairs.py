"""What the rules say of an entry while it is typed, and their proposals taken into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jpship_gui.domain.problem import Problem, Repair
from jpship_gui.flows.intake.entry import Draft, Entry

_KNOWN = frozenset({"sku_missing"})  # whoever types goods as free text knows that no scanner reads them
_PARTS = frozenset(
    {"postal_code", "prefecture", "city", "street"}
)  # a proposal also names the place in words
# Field a problem is about → what must have been typed before it is worth saying.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "recipient": ("name",),
    "recipient.name": ("name",),
    "recipient.postal_code": ("postal_code", "address"),
    "recipient.address": ("address",),
    "recipient.phone": ("phone",),
    "wish": ("wish_day",),
}


def findings(entry: Entry, draft: Draft) -> tuple[Problem, ...]:
    """Problems worth saying now, with the repairs an entry can take. Of a form half filled in only what is about
    fields that were typed: that the rest is missing the person knows."""
    whole = not draft.faults
    return tuple(
        replace(problem, repairs=tuple(r for r in problem.repairs if r.kind in _REPAIRS))
        for problem in draft.problems
        if problem.code not in _KNOWN and (whole or _typed(entry, problem.field))
    )


def repaired(entry: Entry, draft: Draft, repair: Repair) -> Entry:
    """The entry with a proposal in it; `draft` is what the entry was read as."""
    return _REPAIRS[repair.kind](entry, draft, repair.values)


def _typed(entry: Entry, field: str) -> bool:
    needs = _NEEDS.get(field)
    return needs is not None and all(getattr(entry, name).strip() for name in needs)


def _field(name: str) -> Callable[[Entry, Draft, Mapping[str, str]], Entry]:
    return lambda entry, _, values: replace(entry, **{name: values[name]})  # type: ignore[arg-type]


def _address(entry: Entry, draft: Draft, values: Mapping[str, str]) -> Entry:
    """One line again; a building stays in its own field unless the proposal is about it."""
    given = {name: value for name, value in values.items() if name in _PARTS}
    contact = replace(draft.order.packages[0].recipient, **given)
    building = " ".join(entry.building.split())
    kept = bool(building) and contact.street.endswith(building)
    street = contact.street.removesuffix(building).rstrip() if kept else contact.street
    return replace(
        entry,
        postal_code=contact.postal_code,
        address=f"{contact.prefecture}{contact.city}{street}",
        building=entry.building if kept else "",
    )


def _wish(entry: Entry, _: Draft, values: Mapping[str, str]) -> Entry:
    return replace(
        entry,
        wish_day=values.get("day", entry.wish_day),
        wish_slot=values.get("slot", entry.wish_slot),
    )


def _no_wish(entry: Entry, _: Draft, __: Mapping[str, str]) -> Entry:
    return replace(entry, wish_day="", wish_slot="")


_REPAIRS: Mapping[str, Callable[[Entry, Draft, Mapping[str, str]], Entry]] = {
    "set_postal_code": _field("postal_code"),
    "set_address": _address,
    "set_name": _field("name"),
    "set_phone": _field("phone"),
    "set_wish": _wish,
    "drop_wish": _no_wish,
}
