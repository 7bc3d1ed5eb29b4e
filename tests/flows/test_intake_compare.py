"""A newer reading against an older one: what its source could not tell is taken from the older."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.domain.order import Contact, Order
from jpship_gui.flows.intake.compare import carry_over
from tests.builders import a_contact, an_order

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
