"""A new reading of an order against what is known of it (IN-07, IN-08)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jpship_gui.domain.order import Contact, Order, OrderLine, OrderState, Package
from jpship_gui.marketplaces.base import FLAG

# Attribute of the order ← fields of a layout; an attribute none of whose fields a file has is taken from the older
# reading.
_ORDER_FIELDS: dict[str, tuple[str, ...]] = {
    "state": ("state",),
    "state_code": ("state",),
    "sub_status": ("sub_status",),
    "ordered_at": ("ordered_at", "ordered_day"),
    "ship_from": ("ship_from",),
    "buyer": ("buyer.family_name",),
    "money": ("money.charged", "money.goods", "money.total"),
    "wish": ("wish.day", "wish.slot"),
    "remark": ("remark",),
    "buyer_text": ("remark",),
    "remark_wish": ("remark",),
    "memo": ("memo",),
    "payment": ("payment",),
    "cash_on_delivery": ("payment",),
    "delivery_method": ("delivery_method",),
    "gift_flag": ("gift_flag",),
    "gift_message": ("gift_message",),
    "gift_sender": ("gift_sender",),
    "several_recipients": ("several_recipients", "package.id"),
    "recipient_is_buyer": ("recipient_is_buyer",),
    "wrapping": ("wrapping_1.name", "wrapping_2.name"),
    "ship_by": ("ship_by",),
    "company": ("company",),
    "purchase_order": ("purchase_order",),
}
_PACKAGE_FIELDS: dict[str, tuple[str, ...]] = {
    "recipient": ("recipient.family_name", "recipient.street"),
    "noshi": ("package.noshi",),
    "goods_price": ("package.goods",),
    "postage": ("package.postage",),
    "cod_fee": ("package.cod_fee",),
    "total": ("package.total",),
    "planned_carrier": ("package.planned_carrier",),
}
# Part of a recipient ← the field it begins with.
_RECIPIENT_PARTS: dict[str, str] = {
    "name": "recipient.family_name",
    "kana": "recipient.family_kana",
    "postal_code": "recipient.postal_1",
    "prefecture": "recipient.prefecture",
    "city": "recipient.city",
    "street": "recipient.street",
    "phone": "recipient.phone_1",
    "email": "recipient.email",
}
_LINE_FIELDS: dict[str, tuple[str, ...]] = {
    "sku": ("line.own_sku", "line.variant_id", "line.item_number"),
    "name": ("line.name",),
    "variant": ("line.variant",),
    "options": ("line.options",),
    "unit_price": ("line.price_with_tax", "line.price"),
    "tax_rate": ("line.tax_rate",),
    "reduced_rate": ("line.tax_rate",),
    "item_number": ("line.item_number",),
    "manage_number": ("line.manage_number",),
    "item_id": ("line.item_id",),
    "lead_time": ("line.lead_time",),
    "extra": ("line.extra",),
}
# Flag of the order ← the fields it comes from, `flag.<name>` where no other stands here; a source that has none of them
# does not take it back.
_FLAG_FIELDS: dict[str, tuple[str, ...]] = {"abroad": ("recipient.country",)}
# What only an API tells; a file that knows nothing of it does not take it back.
API_ONLY = frozenset({"registered", "drop_off", "promises"})
_PROMISES = frozenset({"express_cert", "one_day"})
_STOPPED = frozenset({OrderState.CANCELLED, OrderState.CANCELLING})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One difference. `package_id` "" concerns the whole order; `on_paper` = slip or waybill made before are wrong now;
    `left` = fewer pieces are to be shipped only because the others left meanwhile."""

    field: str
    old: str
    new: str
    package_id: str = ""
    on_paper: bool = True
    left: bool = False


def carry_over(new: Order, old: Order, absent: frozenset[str]) -> Order:
    """The new reading with what its source could not say taken from the older one."""
    if not absent:
        return new
    new = _with_known_ids(new, old, absent)
    if "buyer.email" in absent and not new.buyer.email:
        new = replace(new, buyer=replace(new.buyer, email=old.buyer.email))
    packages = {p.package_id: p for p in old.packages}
    lines = {(line.package_id, line.line_id): line for line in old.lines}
    return replace(
        new,
        **_kept(new, old, absent, _ORDER_FIELDS),
        flags=new.flags + tuple(f for f in old.flags if f not in new.flags and _flag_untold(f, absent)),
        packages=tuple(_package(p, packages.get(p.package_id), absent) for p in new.packages),
        lines=tuple(_line(line, lines.get((line.package_id, line.line_id)), absent) for line in new.lines),
        findings=tuple(f for f in new.findings if f.code != "columns_missing"),
    )


def _with_known_ids(new: Order, old: Order, absent: frozenset[str]) -> Order:
    """A file without the marketplace's ids speaks of the same recipients and lines: it must neither take them away nor
    bring them a second time."""
    if "package.id" in absent and new.packages and old.packages:
        if len(old.packages) > 1:
            return replace(new, packages=old.packages, lines=old.lines)
        new = renamed(new, old.packages[0].package_id)
    if "line.id" not in absent:
        return new
    known: dict[str, list[str]] = {}
    for line in old.lines:
        known.setdefault(line.package_id, []).append(line.line_id)
    given: dict[str, list[OrderLine]] = {}
    for line in new.lines:
        given.setdefault(line.package_id, []).append(line)
    if {name: len(found) for name, found in given.items()} != {n: len(ids) for n, ids in known.items()}:
        return new
    ids = {name: iter(found) for name, found in known.items()}
    return replace(new, lines=tuple(replace(line, line_id=next(ids[line.package_id])) for line in new.lines))


def renamed(order: Order, package_id: str) -> Order:
    """An order with one recipient, whose package has this id; any other order unchanged."""
    if len(order.packages) != 1 or order.packages[0].package_id == package_id:
        return order
    return replace(
        order,
        packages=(replace(order.packages[0], package_id=package_id),),
        lines=tuple(replace(line, package_id=package_id) for line in order.lines),
    )


def id_learned(made: Sequence[str], order: Order) -> str:
    """The id that a newer reading gives the only package, of which none was known (`made`: ids of what was made);
    "" otherwise."""
    return order.packages[0].package_id if list(made) == [""] and len(order.packages) == 1 else ""


def _kept(new: Any, old: Any, absent: frozenset[str], table: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """What is known of fields the source cannot tell; should it have said something all the same, that is a gain."""
    return {
        name: known if (known := getattr(old, name)) or known is False else getattr(new, name)
        for name, fields in table.items()
        if absent.issuperset(fields)
    }


def _flag_untold(flag: str, absent: frozenset[str]) -> bool:
    """Whether the source could not have told a flag: its column is missing, or only an API tells promises."""
    fields = _FLAG_FIELDS.get(flag, (f"{FLAG}{flag}",))
    return absent.issuperset(fields) or (flag in _PROMISES and "promises" in absent)


def _package(new: Package, old: Package | None, absent: frozenset[str]) -> Package:
    if old is None:
        return new
    kept = _kept(new, old, absent, _PACKAGE_FIELDS)
    if "recipient" in kept:
        kept["placeholder"] = old.placeholder
    else:
        kept["recipient"] = _recipient_known(new.recipient, old.recipient, absent)
    if "registered" in absent:
        kept["registered"] = old.registered
    if "drop_off" in absent:
        kept["drop_off"] = old.drop_off
    return replace(new, **kept)


def _recipient_known(new: Contact, old: Contact, absent: frozenset[str]) -> Contact:
    """The recipient with what the source could not tell of him from the older reading, if it is the same one still."""
    told = [part for part, name in _RECIPIENT_PARTS.items() if name not in absent]
    if any(getattr(new, part) != getattr(old, part) for part in told):
        return new
    return replace(new, **{part: getattr(old, part) for part in _RECIPIENT_PARTS if part not in told})


def _line(new: OrderLine, old: OrderLine | None, absent: frozenset[str]) -> OrderLine:
    if old is None:
        return new
    kept = _kept(new, old, absent, _LINE_FIELDS)
    if "line.quantity" in absent:  # here nothing means none
        kept |= {"quantity": old.quantity, "shipped": old.shipped, "deleted": old.deleted}
    return replace(new, **kept)


def differences(old: Order, new: Order) -> tuple[FieldChange, ...]:
    """What a person at the desk should know of; findings, memos and sub-statuses are none of it."""
    learned = id_learned([p.package_id for p in old.packages], new)
    if learned:
        old = renamed(old, learned)
    return tuple(_differences(old, new))


def _differences(old: Order, new: Order) -> Iterator[FieldChange]:
    learned = old.money.charged is None and new.money.charged is not None
    if learned:  # a slip without prices is no wrong one
        old = _priced(old, new)
    yield from _state(old, new)
    yield from _whole_order(old, new)
    if learned:
        yield FieldChange("charged", "", str(new.money.charged), "", on_paper=False)
    before = {p.package_id: p for p in old.packages}
    after = {p.package_id: p for p in new.packages}
    for package_id, package in after.items():
        if package_id not in before:
            yield FieldChange("package", "", _address(package.recipient), package_id)
            continue
        yield from _recipient(before[package_id].recipient, package.recipient, package_id)
        if before[package_id].noshi != package.noshi:
            yield FieldChange("noshi", before[package_id].noshi, package.noshi, package_id)
        yield from _lines(_lines_of(old, package_id), _lines_of(new, package_id), package_id)
    for package_id in before.keys() - after.keys():
        yield FieldChange("package", _address(before[package_id].recipient), "", package_id)


def _priced(old: Order, new: Order) -> Order:
    """The older reading with the amounts of the newer one, of which it knew none."""
    prices = {(line.package_id, line.line_id): line.unit_price for line in new.lines}
    lines = tuple(
        line if line.unit_price else replace(line, unit_price=prices.get((line.package_id, line.line_id), 0))
        for line in old.lines
    )
    return replace(old, lines=lines, money=replace(old.money, charged=new.money.charged))


def _state(old: Order, new: Order) -> Iterator[FieldChange]:
    if old.state is not new.state:
        stopped = (old.state in _STOPPED) != (new.state in _STOPPED)
        yield FieldChange("state", old.state_code or old.state, new.state_code or new.state, "", stopped)


_WHOLE: tuple[tuple[str, bool, Callable[[Order], str]], ...] = (
    (
        "wish",
        True,
        lambda o: " ".join(filter(None, (o.wish.day.isoformat() if o.wish.day else "", o.wish.slot))),
    ),
    ("remark", True, lambda o: o.buyer_text),
    ("gift", True, lambda o: "1" if o.gift_flag or o.wrapping or not o.recipient_is_buyer else ""),
    ("gift_message", True, lambda o: o.gift_message),
    ("wrapping", True, lambda o: "・".join(o.wrapping)),
    ("payment", True, lambda o: o.payment),
    ("charged", True, lambda o: "" if o.money.charged is None else str(o.money.charged)),
    ("delivery_method", True, lambda o: o.delivery_method),
    ("flags", False, lambda o: " ".join(sorted(o.flags))),
    ("buyer", True, lambda o: f"{o.buyer.name} {_address(o.buyer)}".strip()),
)


def _whole_order(old: Order, new: Order) -> Iterator[FieldChange]:
    for name, on_paper, word in _WHOLE:
        before, after = word(old), word(new)
        if before != after:
            yield FieldChange(name, before, after, "", on_paper)


def _address(contact: Contact) -> str:
    return f"〒{contact.postal_code} {contact.address}" if contact.address else ""


def _recipient(old: Contact, new: Contact, package_id: str) -> Iterator[FieldChange]:
    for name in ("name", "postal_code", "address", "phone"):
        before, after = getattr(old, name), getattr(new, name)
        if name == "name" and "".join(before.split()) == "".join(after.split()):
            continue  # the blank between family and given name depends on the template
        if before != after:
            yield FieldChange(f"recipient.{name}", before, after, package_id)


def _lines_of(order: Order, package_id: str) -> dict[str, OrderLine]:
    return {line.line_id: line for line in order.lines if line.package_id == package_id}


def _lines(old: dict[str, OrderLine], new: dict[str, OrderLine], package_id: str) -> Iterator[FieldChange]:
    for line_id in dict.fromkeys((*old, *new)):
        before, after = _goods(old.get(line_id)), _goods(new.get(line_id))
        if before == after:
            continue
        if _only_left(old.get(line_id), new.get(line_id)):
            yield FieldChange(
                "quantity", str(old[line_id].quantity), str(new[line_id].quantity), package_id, left=True
            )
        elif before and after and before[:-1] == after[:-1]:
            yield FieldChange("quantity", before[-1], after[-1], package_id)
        else:
            yield FieldChange("goods", _goods_text(before), _goods_text(after), package_id)


def _only_left(old: OrderLine | None, new: OrderLine | None) -> bool:
    if old is None or new is None or old.sku != new.sku:
        return False
    return old.quantity - new.quantity == new.shipped - old.shipped > 0


def _goods(line: OrderLine | None) -> tuple[str, ...]:
    if line is None or line.deleted:
        return ()
    said = (line.sku, line.name, line.variant, line.options, line.extra, str(line.unit_price))
    return *said, str(line.quantity)


def _goods_text(goods: Sequence[str]) -> str:
    if not goods:
        return ""
    return f"{goods[1]} {goods[2]}".strip() + f" ×{goods[-1]}"
