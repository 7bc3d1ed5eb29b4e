"""What people decide about problems: approve, hold, release, read, repair, and take back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Repair
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.approve import approve
from jpship_gui.flows.check.change import undo
from jpship_gui.flows.check.hold import hold, release
from jpship_gui.flows.check.mark_read import mark_read
from jpship_gui.flows.check.repair import apply_repair, correct
from jpship_gui.flows.check.words import history_words
from jpship_gui.flows.table import list_rows
from jpship_gui.flows.table.list_rows import Query
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, orders, shipments
from tests.builders import NOW, a_contact, an_order
from tests.flows.check_desk import checked, codes, open_desk, the


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def wrong(ws: Workspace) -> str:
    """A shipment whose postal code belongs elsewhere."""
    return checked(ws, an_order(recipient=a_contact(postal_code="5300001")))[0]


def told(ws: Workspace, key: str) -> list[str]:
    """What the shipment's history says happened."""
    return [entry.what for entry in history.of(ws.store, the(ws, key).row_id)]


def mark(ws: Workspace, key: str, fact: str) -> None:
    with ws.store.transaction():
        row_id = the(ws, key).row_id
        shipments.mark(ws.store, [row_id], fact, NOW)
        shipments.restage(ws.store, [row_id])


def test_an_approval_lets_go_and_is_recorded_with_the_address(ws: Workspace, wrong: str) -> None:
    change = approve(ws, [wrong], " 電話で確認 ")
    assert change.keys == (wrong,)
    assert (the(ws, wrong).stage, codes(ws, wrong)) == (Stage.PRINT, [])
    (entry,) = history.of(ws.store, the(ws, wrong).row_id)
    assert (entry.what, entry.person, entry.values["reason"]) == ("approved", "佐藤", "電話で確認")
    assert "5300001" in entry.values["address"]
    assert "北浜9-9-9" in entry.values["address"]
    assert "郵便番号と住所が合いません" in history_words(entry.what, entry.values)


def test_a_changed_address_voids_the_approval(ws: Workspace, wrong: str) -> None:
    approve(ws, [wrong], "確認")
    correct(ws, wrong, {"street": "北浜8-8-8 コーポことり101"})
    assert (the(ws, wrong).stage, codes(ws, wrong)) == (Stage.CHECK, ["postal_address_mismatch"])
    assert told(ws, wrong) == ["approved", "repaired", "approval_void"]


def test_a_changed_name_voids_it_too_but_another_check_does_not(ws: Workspace, wrong: str) -> None:
    approve(ws, [wrong], "確認")
    hold(ws, [wrong], "在庫")
    release(ws, [wrong])
    assert the(ws, wrong).stage is Stage.PRINT
    correct(ws, wrong, {"name": "山田 太郎"})
    assert the(ws, wrong).stage is Stage.CHECK


def test_what_cannot_be_approved_is_refused_whole(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(flags=("rakuten_checking",), recipient=a_contact(phone="")))
    change = approve(ws, [key], "急ぎ")
    assert (change.keys, change.refused) == ((), ((key, "stop"),))
    assert the(ws, key).stage is Stage.CHECK
    assert told(ws, key) == []


def test_some_codes_only(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(recipient=a_contact(postal_code="5300001", phone="")))
    approve(ws, [key], "電話なし", ["recipient_phone_missing"])
    assert codes(ws, key) == ["postal_address_mismatch"]


def test_a_reason_is_needed_and_unknown_keys_change_nothing(ws: Workspace, wrong: str) -> None:
    with pytest.raises(Refused) as no_reason:
        approve(ws, [wrong], " ")
    assert no_reason.value.code == "reason_missing"
    with pytest.raises(Refused) as unknown:
        approve(ws, [wrong, "JP000000X"], "確認")
    assert (unknown.value.code, unknown.value.values) == ("key_unknown", {"keys": "JP000000X"})
    assert (the(ws, wrong).stage, told(ws, wrong)) == (Stage.CHECK, [])


def test_nothing_to_approve(ws: Workspace) -> None:
    (key,) = checked(ws, an_order())
    assert approve(ws, [key], "確認").refused == ((key, "nothing_open"),)


def test_an_approved_remark_counts_as_read(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(buyer_text="領収書をください"))
    approve(ws, [key], "対応済み")
    assert (the(ws, key).remark_read, the(ws, key).stage) == (True, Stage.PRINT)


def test_a_remark_cannot_be_printed_before_the_tick(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(buyer_text="領収書をください"))
    assert the(ws, key).stage is Stage.CHECK
    change = mark_read(ws, key)
    assert (change.keys, the(ws, key).stage) == ((key,), Stage.PRINT)
    assert mark_read(ws, key).refused == ((key, "nothing_open"),)
    undo(ws, change)
    assert (the(ws, key).stage, codes(ws, key)) == (Stage.CHECK, ["remark_unread"])


def test_hold_and_release(ws: Workspace) -> None:
    one, two = checked(ws, an_order(1), an_order(2))
    change = hold(ws, [one, two, one], "在庫確認")
    assert change.keys == (one, two)
    assert (the(ws, one).stage, the(ws, one).hold_reason) == (Stage.HOLD, "在庫確認")
    assert hold(ws, [one], "在庫確認").refused == ((one, "nothing_open"),)
    assert release(ws, [one]).keys == (one,)
    assert (the(ws, one).stage, the(ws, one).hold_reason) == (Stage.PRINT, "")
    assert release(ws, [one]).refused == ((one, "nothing_open"),)
    assert told(ws, one) == ["held", "released"]


def test_what_was_told_to_the_marketplace_is_not_held(ws: Workspace) -> None:
    (key,) = checked(ws, an_order())
    mark(ws, key, "sent")
    assert hold(ws, [key], "x").refused == ((key, "too_late"),)
    assert approve(ws, [key], "x").refused == ((key, "too_late"),)


def test_a_repair_changes_the_shipment_and_keeps_the_order(ws: Workspace, wrong: str) -> None:
    (problem,) = the(ws, wrong).problems
    apply_repair(ws, wrong, problem.code, problem.repairs[0])
    shipment = the(ws, wrong)
    assert (shipment.recipient.postal_code, shipment.stage) == ("5410041", Stage.PRINT)
    order = orders.of_shipment(ws.store, shipment.row_id)
    assert order is not None
    assert order.packages[0].recipient.postal_code == "5300001"
    (entry,) = history.of(ws.store, shipment.row_id)
    assert (entry.values["before"], entry.values["after"]) == ("5300001", "5410041")


def test_a_repaired_address_is_found_by_search(ws: Workspace, wrong: str) -> None:
    (problem,) = the(ws, wrong).problems
    apply_repair(ws, wrong, problem.code, problem.repairs[1])
    assert list(list_rows.ids(ws, Query(search="梅田"))) == [the(ws, wrong).row_id]


def test_a_repair_is_taken_back(ws: Workspace, wrong: str) -> None:
    (problem,) = the(ws, wrong).problems
    change = apply_repair(ws, wrong, problem.code, problem.repairs[1])
    assert change.can_undo
    undo(ws, change)
    shipment = the(ws, wrong)
    assert (shipment.recipient.city, shipment.stage) == ("大阪市中央区", Stage.CHECK)
    assert list(list_rows.ids(ws, Query(search="梅田"))) == []
    assert told(ws, wrong) == ["repaired", "undone"]


def test_what_changed_again_is_not_taken_back(ws: Workspace, wrong: str) -> None:
    (problem,) = the(ws, wrong).problems
    change = apply_repair(ws, wrong, problem.code, problem.repairs[0])
    correct(ws, wrong, {"postal_code": "1000001"})
    with pytest.raises(Refused) as caught:
        undo(ws, change)
    assert caught.value.code == "undo_too_late"
    assert the(ws, wrong).recipient.postal_code == "1000001"


def test_undo_of_many_is_all_or_nothing(ws: Workspace) -> None:
    one, two = checked(ws, an_order(1), an_order(2))
    change = hold(ws, [one, two], "在庫")
    release(ws, [two])
    with pytest.raises(Refused):
        undo(ws, change)
    assert the(ws, one).stage is Stage.HOLD


def test_a_copied_wish_is_kept_read_and_counts_for_ship_by(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(buyer_text="24日の午前中に届けてください"))
    before = the(ws, key).ship_by
    copy = the(ws, key).problems[0].repairs[0]
    change = apply_repair(ws, key, "remark_unread", copy)
    shipment = the(ws, key)
    assert (shipment.wish.slot, shipment.remark_read, shipment.stage) == ("am", True, Stage.PRINT)
    assert shipment.ship_by is not None
    assert before is not None
    assert shipment.ship_by < before
    undo(ws, change)
    assert (the(ws, key).wish.day, the(ws, key).ship_by) == (None, before)


def test_a_wish_can_be_dropped(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(buyer_text="24日の午前中に"))
    apply_repair(ws, key, "remark_unread", the(ws, key).problems[0].repairs[0])
    apply_repair(ws, key, "wish_past", Repair("drop_wish"))
    assert the(ws, key).wish.day is None


def test_what_is_printed_must_be_printed_again(ws: Workspace, wrong: str) -> None:
    approve(ws, [wrong], "確認")
    mark(ws, wrong, "printed")
    assert the(ws, wrong).stage is Stage.PACK
    correct(ws, wrong, {"postal_code": "5410041"})
    assert the(ws, wrong).stage is Stage.PRINT


def test_a_remark_read_does_not_ask_for_another_print(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(buyer_text="領収書をください"))
    mark(ws, key, "printed")
    apply_repair(ws, key, "remark_unread", Repair("mark_read"))
    assert the(ws, key).stage is Stage.PACK


def test_no_repair_once_a_waybill_is_linked(ws: Workspace, wrong: str) -> None:
    mark(ws, wrong, "linked")
    with pytest.raises(Refused) as caught:
        correct(ws, wrong, {"postal_code": "5410041"})
    assert caught.value.code == "repair_too_late"


@pytest.mark.parametrize(
    "repair", [Repair("fly"), Repair("set_postal_code"), Repair("set_address", {"place": "x"})]
)
def test_a_repair_that_says_nothing_is_refused(ws: Workspace, wrong: str, repair: Repair) -> None:
    with pytest.raises(Refused) as caught:
        apply_repair(ws, wrong, "postal_address_mismatch", repair)
    assert caught.value.code == "repair_unknown"


def test_only_the_recipients_fields_can_be_corrected(ws: Workspace, wrong: str) -> None:
    with pytest.raises(Refused) as caught:
        correct(ws, wrong, {"stage": "confirm"})
    assert caught.value.code == "field_unknown"
