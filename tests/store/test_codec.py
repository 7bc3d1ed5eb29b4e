"""Values of the domain as JSON and back."""

from __future__ import annotations

from datetime import date

from jpship_gui.domain.order import Finding, Money, Order, OrderState, RegisteredParcel, TaxPart, Wish
from jpship_gui.store.codec import from_json, to_json
from tests.builders import an_order


def test_an_order_with_everything_survives() -> None:
    order = an_order(
        money=Money(goods=10, undecided=("postage",), taxes=(TaxPart(10, 110, 10),)),
        wish=Wish(date(2026, 11, 23), "am", "午前中"),
        findings=(Finding("sum_wrong", "money.total", (("found", "1"),)),),
        flags=("caution",),
        state=OrderState.CHANGING,
        packages=(
            *an_order().packages,
            *(
                type(p)(
                    p.package_id,
                    p.recipient,
                    registered=(RegisteredParcel("1", "2", "1001", date(2026, 11, 21)),),
                )
                for p in an_order().packages
            ),
        ),
    )
    assert from_json(Order, to_json(order)) == order


def test_defaults_are_left_out_and_unknown_keys_ignored() -> None:
    text = to_json(an_order())
    assert "noshi" not in text
    assert from_json(Order, text[:-1] + ',"of_a_later_version":1}') == an_order()
