"""A newer reading against an older one: what its source could not tell is taken from the older."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.order import Contact, Order
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.intake.compare import FieldChange, carry_over, differences
from jpship_gui.store import shipments
from tests.builders import NOW, a_contact, a_line, an_order
from tests.flows.carrier_desk import open_desk

NO_EXTRA = frozenset({"line.extra", "gift_flag", "gift_sender"})
NO_PHONE = frozenset({"recipient.phone_1", "recipient.phone_2", "recipient.phone_3"})


def _with(order: Order, recipient: Contact) -> Order:
    return replace(order, packages=tuple(replace(p, recipient=recipient) for p in order.packages))


def test_a_phone_the_file_has_no_column_for_stays() -> None:
    old = an_order()
    new = _with(old, a_contact(phone=""))
    assert carry_over(new, old, NO_PHONE).packages[0].recipient.phone == a_contact().phone
    assert carry_over(new, old, frozenset({"memo"})).packages[0].recipient.phone == ""


def test_the_phone_of_another_recipient_is_nobodys() -> None:
    old = an_order()
    new = _with(old, a_contact(phone="", name="別人 太郎"))
    assert carry_over(new, old, NO_PHONE).packages[0].recipient.phone == ""


def test_a_flag_without_its_column_stays_and_with_it_goes() -> None:
    old = replace(an_order(), flags=("cancel_requested", "prime"))
    new = replace(old, flags=())
    assert carry_over(new, old, frozenset({"flag.cancel_requested"})).flags == ("cancel_requested",)
    assert carry_over(new, old, frozenset({"memo"})).flags == ()


def test_whether_the_recipient_is_the_buyer_stays_where_the_source_cannot_tell() -> None:
    old = replace(an_order(), recipient_is_buyer=False)
    new = replace(old, recipient_is_buyer=True)
    assert not carry_over(new, old, frozenset({"recipient_is_buyer"})).recipient_is_buyer
    assert carry_over(new, old, frozenset({"memo"})).recipient_is_buyer


def test_what_a_source_cannot_tell_stays_and_is_added_where_it_did_tell() -> None:
    plain = an_order()
    line = replace(plain.lines[0], extra="おまけ")
    given = replace(plain, lines=(line, *plain.lines[1:]), gift_flag=True, gift_sender="贈田 一郎")
    kept = carry_over(plain, given, NO_EXTRA)
    assert (kept.lines[0].extra, kept.gift_flag, kept.gift_sender) == ("おまけ", True, "贈田 一郎")
    assert carry_over(given, plain, NO_EXTRA).lines[0].extra == "おまけ"
    assert carry_over(plain, given, frozenset({"memo"})).gift_sender == ""


def test_an_address_for_letters_is_kept_where_the_source_has_none() -> None:
    plain = an_order()
    known = replace(plain, buyer=replace(plain.buyer, email="kounyusha@example.jp"))
    absent = frozenset({"buyer.email"})
    assert carry_over(plain, known, absent).buyer.email == "kounyusha@example.jp"
    newer = replace(plain, buyer=replace(plain.buyer, email="atarashii@example.jp"))
    assert carry_over(newer, known, absent).buyer.email == "atarashii@example.jp"
    assert carry_over(plain, known, frozenset({"memo"})).buyer.email == plain.buyer.email


# -- pieces that left meanwhile ---------------------------------------------------------------------------------------


def _left(quantity: int, shipped: int) -> Order:
    line = a_line(quantity=quantity, shipped=shipped, deleted=quantity == 0, unit_price=0)
    return an_order(lines=(line, a_line(line_id="2", sku="plate")))


@pytest.mark.parametrize(
    ("quantity", "shipped", "left"), [(1, 2, True), (0, 3, True), (1, 1, False), (1, 0, False), (0, 0, False)]
)
def test_pieces_that_left_are_told_from_pieces_that_were_cancelled(
    quantity: int, shipped: int, left: bool
) -> None:
    (change,) = differences(_left(3, 0), _left(quantity, shipped))
    assert change.left is left
    if left:
        assert change == FieldChange("quantity", "3", str(quantity), "2081130016", left=True)


@pytest.mark.parametrize(("shipped", "changed"), [(2, False), (1, True)])
def test_what_left_by_our_own_report_calls_nobody(tmp_path: Path, shipped: int, changed: bool) -> None:
    """A marketplace that names what is left to ship shows less as soon as the first of several parcels is reported."""
    ws = open_desk(tmp_path)
    accept_orders(ws, [_left(3, 0)], Source("api", "本店"))
    with ws.store.transaction():
        shipments.mark(ws.store, [1], "sent", NOW)
    accept_orders(ws, [_left(1, shipped)], Source("api", "本店"))
    (after,) = shipments.of_orders(ws.store, [1])[1]
    assert bool(after.changed) is changed
    assert after.lines[0].quantity == 3
    ws.close()


def test_pieces_that_left_otherwise_hold_what_is_printed(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    accept_orders(ws, [_left(3, 0)], Source("api", "本店"))
    with ws.store.transaction():
        shipments.mark(ws.store, [1], "printed", NOW)
    assert len(accept_orders(ws, [_left(1, 2)], Source("api", "本店")).held) == 1
    ws.close()
