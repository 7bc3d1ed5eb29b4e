"""Layouts and receipts in the store, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderId
from jpship_gui.store import layouts, receipts
from jpship_gui.store.database import Store
from jpship_gui.store.layouts import StoredLayout
from jpship_gui.store.receipts import Issue
from tests.builders import NOW

ORDER = OrderId("rakuten", "本店", "345678-20261120-0000000001")


def a_version(row_id: int, version: int, **changes: object) -> StoredLayout:
    given = StoredLayout(row_id, "slip", "春", version, NOW, "佐藤", f"body {version}", "")
    return replace(given, **changes)  # type: ignore[arg-type]


def test_versions_are_kept_and_a_name_is_taken_once_a_kind(store: Store) -> None:
    with store.transaction():
        row_id = layouts.add(store, "slip", "春")
        layouts.put(store, a_version(row_id, 1), 0)
        layouts.put(store, a_version(row_id, 2, name="夏"), 1)
    found = layouts.find(store, row_id)
    assert found is not None
    assert (found.name, found.version, found.body, found.at) == ("夏", 2, "body 2", NOW)
    assert [one.version for one in layouts.versions(store, row_id)] == [2, 1]
    with pytest.raises(Refused, match="layout_changed"), store.transaction():
        layouts.put(store, a_version(row_id, 2), 1)
    with pytest.raises(Refused, match="layout_exists"), store.transaction():
        layouts.add(store, "slip", "夏")
    with store.transaction():
        other = layouts.add(store, "receipt", "夏")
        layouts.put(store, a_version(other, 1, kind="receipt", name="夏"), 0)
        layouts.remove(store, row_id)
    assert layouts.every(store, "slip") == []
    assert [one.name for one in layouts.every(store, "receipt")] == ["夏"]


def test_a_logo_is_kept_once_byte_for_byte(store: Store) -> None:
    png = bytes(range(256))
    with store.transaction():
        layouts.keep_logo(store, "f", png)
        layouts.keep_logo(store, "f", b"other")
    assert layouts.logo(store, "f") == png
    assert layouts.logo(store, "g") is None


def test_a_shop_uses_the_layout_given_last(store: Store) -> None:
    with store.transaction():
        layouts.assign(store, "slip", "本店", "half")
        layouts.assign(store, "slip", "本店", "own-3")
        layouts.assign(store, "receipt", "本店", "standard")
    assert layouts.assigned(store, "slip") == {"本店": "own-3"}


def an_issue(number: str, **changes: object) -> Issue:
    given = Issue(
        *(0, "receipt", number, 1, ORDER, "JP0000013", NOW, "佐藤", "1", "2026-11-20", "山田商店 御中"),
        *(10_700, "", "{}", "abc"),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def test_numbers_run_on_and_what_was_issued_is_found(store: Store) -> None:
    with store.transaction():
        numbers = [receipts.next_number(store, prefix) for prefix in ("R", "R", "Q")]
        receipts.add(store, an_issue("R000001"))
        receipts.add(store, an_issue("R000001", issue=2, person="鈴木"))
        receipts.add(
            store, an_issue("R000002", total=99, addressee="50%_引きの店 様", supplied_on="2026-12-01")
        )
    assert numbers == ["R000001", "R000002", "Q000001"]
    assert [(one.number, one.issue, one.person) for one in receipts.of_order(store, ORDER)] == [
        ("R000001", 1, "佐藤"),
        ("R000001", 2, "鈴木"),
        ("R000002", 1, "佐藤"),
    ]
    assert receipts.of_order(store, ORDER, "invoice") == []
    assert [one.number for one in receipts.search(store, addressee="%_")] == ["R000002"]
    assert [one.number for one in receipts.search(store, most=100)] == ["R000002"]
    assert len(receipts.search(store, until="2026-11-30", least=100)) == 2
    assert receipts.search(store, limit=1)[0].number == "R000002"


def test_one_issue_of_a_number_exists_once(store: Store) -> None:
    import peewee

    with store.transaction():
        receipts.add(store, an_issue("R000001"))
    with pytest.raises(peewee.IntegrityError), store.transaction():
        receipts.add(store, an_issue("R000001"))
