"""What a marketplace shows against what it was told; numbers told line by line stand only when every line has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.order import Order, OrderId, Package, RegisteredParcel
from jpship_gui.flows.confirm.comparing import compare
from tests.builders import a_contact, a_line, an_order

DAY = date(2026, 11, 21)
NUMBER, OTHER = "400000000003", "400000000014"


def told(*lines: str, number: str = NUMBER) -> Confirmation:
    return Confirmation(
        OrderId("rakuten", "本店", "1"),
        "",
        "KEY",
        DAY,
        (ConfirmedParcel("KEY", "yamato", "ヤマト", number),),
        tuple(ConfirmedLine(line, 1) for line in lines),
    )


def shown(*rows: tuple[str, str], carrier: str = "ヤマト", day: date | None = DAY) -> Order:
    registered = tuple(RegisteredParcel(line, number, carrier, day, line) for line, number in rows)
    lines = tuple(a_line(line_id=line, package_id="") for line in ("11", "12"))
    return an_order(lines=lines, packages=(Package("", a_contact(), registered=registered),))


def test_a_number_on_every_line_stands_once() -> None:
    seen = compare(told("11", "12"), shown(("11", NUMBER), ("12", NUMBER)))
    assert (seen.complete, seen.detail_ids, seen.differences) == (True, (("KEY", "11"),), ())


def test_a_number_on_one_of_two_lines_is_missing() -> None:
    seen = compare(told("11", "12"), shown(("11", NUMBER)))
    assert (seen.complete, seen.missing, seen.detail_ids) == (False, ("KEY",), ())


def test_another_number_on_a_line_is_named() -> None:
    seen = compare(told("11", "12"), shown(("11", NUMBER), ("12", OTHER)))
    assert [(d.field, d.ours, d.theirs) for d in seen.differences] == [("parcel", NUMBER, OTHER)]


def test_lines_that_were_not_told_do_not_matter() -> None:
    seen = compare(told("11"), shown(("11", NUMBER), ("12", OTHER)))
    assert (seen.complete, seen.differences) == (True, ())


def test_an_order_queued_without_lines_means_all_of_them() -> None:
    assert not compare(told(), shown(("11", NUMBER))).complete
    assert compare(told(), shown(("11", NUMBER), ("12", NUMBER))).complete


def test_boxes_told_for_lines_of_their_own() -> None:
    one = ConfirmedParcel("A", "yamato", "ヤマト", NUMBER, lines=(ConfirmedLine("11", 1),))
    two = ConfirmedParcel("B", "yamato", "ヤマト", OTHER, lines=(ConfirmedLine("12", 1),))
    both = replace(told("11", "12"), parcels=(one, two))
    assert compare(both, shown(("11", NUMBER), ("12", OTHER))).complete
    assert compare(both, shown(("11", NUMBER))).missing == ("B",)


def test_only_what_the_marketplace_shows_is_compared() -> None:
    order = shown(("11", NUMBER), ("12", NUMBER), carrier="佐川", day=None)
    asked = told("11", "12")
    assert [d.field for d in compare(asked, order).differences] == ["carrier", "date"]
    assert [d.field for d in compare(asked, order, frozenset({"carrier"})).differences] == ["carrier"]
    assert compare(asked, order, frozenset()).differences == ()


def test_a_parcel_registered_twice_is_an_extra_one() -> None:
    twice = tuple(RegisteredParcel(str(n), NUMBER, "ヤマト", DAY) for n in (1, 2))
    order = an_order(packages=(Package("", a_contact(), registered=twice),))
    assert [d.field for d in compare(told("1"), order).differences] == ["extra_parcel"]
