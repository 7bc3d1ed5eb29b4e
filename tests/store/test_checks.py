"""Decisions and users' rules in the database, on every kind of it."""

from __future__ import annotations

import json

from jpship_gui.domain.approval import Approval
from jpship_gui.domain.order import Wish
from jpship_gui.store import checks, shipments, user_rules
from jpship_gui.store.database import Store
from tests.builders import NOW, a_contact, an_order, stored


def test_what_a_check_needs_comes_in_the_order_asked(store: Store) -> None:
    made = stored(store, an_order(1), an_order(2, recipient=a_contact(name="鈴木 一郎")))
    rows = [row_id for row_id, _ in reversed(made)]
    found = checks.load(store, [*rows, 999])
    assert [row.shipment.row_id for row in found] == rows
    assert [row.order.id.number[-1] for row in found] == ["2", "1"]
    assert {row.approvals for row in found} == {()}


def test_approvals_come_back_as_they_were(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order())
    given = (Approval("postal_address_mismatch", "0" * 32, NOW, "佐藤", "電話で確認"),)
    with store.transaction():
        shipments.update(store, row_id, {"approval": checks.approval_text(given), "tags": '["急ぎ"]'})
    (row,) = checks.load(store, [row_id])
    assert (row.approvals, row.tags) == (given, ("急ぎ",))


def test_keys_and_columns(store: Store) -> None:
    ((row_id, key),) = stored(store, an_order())
    assert checks.rows_of_keys(store, [key, "JP0000000"]) == {key: row_id}
    assert checks.columns(store, row_id, ("postal_code", "remark_read")) == {
        "postal_code": "5410041",
        "remark_read": 0,
    }


def test_open_rows_leave_out_what_is_linked_and_may_ask_for_a_wish(store: Store) -> None:
    (one, _), (two, _) = stored(store, an_order(1), an_order(2))
    with store.transaction():
        shipments.update(store, two, {"wish_day": "2026-11-25"})
    assert checks.open_rows(store) == [one, two]
    assert checks.open_rows(store, with_wish=True) == [two]
    with store.transaction():
        shipments.mark(store, [two], "linked", NOW)
        shipments.restage(store, [two])
    assert checks.open_rows(store) == [one]


def test_the_day_of_the_daily_check(store: Store) -> None:
    assert checks.last_day(store) == ""
    for day in ("2026-11-20", "2026-11-21"):
        checks.set_last_day(store, day)
    assert checks.last_day(store) == "2026-11-21"


def test_edits_remember_the_first_value(store: Store) -> None:
    once = checks.edited_text("{}", {"postal_code": "5300001"})
    assert json.loads(checks.edited_text(once, {"postal_code": "1000001", "name": "山田"})) == {
        "postal_code": "5300001",
        "name": "山田",
    }


def test_users_rules_are_kept_changed_and_forgotten(store: Store) -> None:
    body = {
        "name": "沖縄",
        "if": {"field": "prefecture", "test": "is", "value": "沖縄県"},
        "do": [["hold", "船"]],
    }
    row_id = user_rules.add(store, "沖縄", body)
    user_rules.replace(store, row_id, "南", body | {"name": "南"}, active=False)
    (rule,) = user_rules.every(store)
    assert (rule.row_id, rule.body["name"], rule.active) == (row_id, "南", False)
    user_rules.remove(store, row_id)
    assert user_rules.every(store) == []


def test_a_wish_is_read_back(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order(), wish=Wish(NOW.date(), "am", "午前"))
    (row,) = checks.load(store, [row_id])
    assert row.shipment.wish == Wish(NOW.date(), "am", "午前")
