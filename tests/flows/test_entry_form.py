"""What the form offers while an order is typed: senders, slots, earlier orders, and the rules' proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.flows.intake.enter import enter
from jpship_gui.flows.intake.entry import Draft, Entry, examine
from jpship_gui.flows.intake.entry_choices import find_originals, original_of, senders, slots_of
from jpship_gui.flows.intake.entry_repairs import findings, repaired
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shops
from tests.builders import NOW, a_contact, an_order, stored
from tests.flows.carrier_desk import open_desk
from tests.flows.entering import a_goods_line, an_entry


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def codes(found: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in found}


def test_the_sender_used_last_is_offered_first(ws: Workspace) -> None:
    shops.add(ws.store, "二号店", "rakuten", {"carrier.default": "sagawa"}, NOW)
    names = [one.shop for one in senders(ws)]
    assert len(names) == 2
    enter(ws, an_entry(shop=names[1]))
    assert [one.shop for one in senders(ws)] == names[::-1]
    by_name = {one.shop: one for one in senders(ws)}
    assert by_name["二号店"].carrier == "sagawa"


def test_slots_follow_the_service_and_the_day() -> None:
    assert slots_of("yamato", "takkyubin") == ("am", "1416", "1618", "1820", "1921")
    assert slots_of("yamato", "timed") == ("0010", "0017")
    assert slots_of("yamato", "yumail") == ()
    assert slots_of("yamato", "") == slots_of("yamato", "takkyubin")
    assert slots_of("nobody", "") == slots_of("yamato", "")  # those parcels usually have


def test_an_original_is_found_by_name_by_number_and_by_the_slips_code(ws: Workspace) -> None:
    ((_, key),) = stored(ws.store, an_order(7001, recipient=a_contact(name="再送 太郎")))
    stored(ws.store, an_order(7002, recipient=a_contact(name="別人 次郎")))
    found = original_of(ws, key)
    assert found is not None
    assert found.recipient == "再送 太郎"
    for words in ("再送 太郎", found.number, key):
        assert [one.key for one in find_originals(ws, words)] == [key]
    assert find_originals(ws, "  ") == []
    assert original_of(ws, "J-nobody") is None


def test_of_a_half_filled_form_only_what_was_typed_is_judged(ws: Workspace) -> None:
    blank = Entry()
    draft = examine(ws, blank)
    assert draft.problems  # the rules miss a lot
    assert findings(blank, draft) == ()
    begun = Entry(postal_code="530-0001", address="大阪府大阪市中央区北浜9-9-9")
    draft = examine(ws, begun)
    assert codes(findings(begun, draft)) == {"postal_address_mismatch"}


def test_a_whole_form_is_judged_whole(ws: Workspace) -> None:
    entry = an_entry(phone="")
    draft = examine(ws, entry)
    assert not draft.faults
    assert codes(findings(entry, draft)) == {"recipient_phone_missing"}


def test_goods_typed_as_free_text_are_no_finding(ws: Workspace) -> None:
    entry = an_entry(lines=(a_goods_line(sku=""),))
    draft = examine(ws, entry)
    assert "sku_missing" in codes(draft.problems)
    assert findings(entry, draft) == ()


@pytest.mark.parametrize("number", [0, 1])
def test_either_proposal_settles_the_mismatch(ws: Workspace, number: int) -> None:
    entry = an_entry(postal_code="530-0001")
    draft = examine(ws, entry)
    (problem,) = findings(entry, draft)
    assert problem.code == "postal_address_mismatch"
    mended = repaired(entry, draft, problem.repairs[number])
    assert mended != entry
    assert findings(mended, examine(ws, mended)) == ()


def test_an_address_proposal_leaves_the_building_in_its_field(ws: Workspace) -> None:
    entry = an_entry(postal_code="530-0001")
    draft = examine(ws, entry)
    (problem,) = findings(entry, draft)
    by_kind = {repair.kind: repair for repair in problem.repairs}
    mended = repaired(entry, draft, by_kind["set_address"])
    assert mended.building == entry.building
    assert entry.building not in mended.address
    assert "梅田" in mended.address


def test_a_proposal_about_the_building_itself_is_not_undone(ws: Workspace) -> None:
    entry = an_entry()
    draft = examine(ws, entry)
    mended = repaired(entry, draft, Repair("set_address", {"street": "北浜9-9-9"}))
    assert mended.building == ""
    assert mended.address == "大阪府大阪市中央区北浜9-9-9"


def test_a_wish_gone_by_is_moved_or_dropped(ws: Workspace) -> None:
    gone = an_entry(wish_day=f"{ws.today().year}/1/5", wish_slot="am")
    draft = examine(ws, gone)
    (problem,) = findings(gone, draft)
    moved, dropped = (repaired(gone, draft, repair) for repair in problem.repairs)
    assert (dropped.wish_day, dropped.wish_slot) == ("", "")
    assert moved.wish_slot == "am"
    assert findings(moved, examine(ws, moved)) == ()


@given(
    st.sampled_from(["set_postal_code", "set_name", "set_phone"]),
    st.text("0123456789", min_size=1, max_size=7),
)
def test_a_proposal_changes_its_own_field_only(kind: str, value: str) -> None:
    entry = an_entry()
    name = kind.removeprefix("set_")
    draft = Draft.__new__(Draft)  # not looked at by these
    mended = repaired(entry, draft, Repair(kind, {name: value}))
    assert mended == replace(entry, **{name: value})


def test_what_an_entry_cannot_take_is_not_offered() -> None:
    entry = an_entry()
    foreign = Problem("x", Severity.WARN, "wish", {}, (Repair("mark_read"), Repair("drop_wish")))
    entry = replace(entry, wish_day="11/25")
    draft = _draft_with(foreign)
    (shown,) = findings(entry, draft)
    assert [repair.kind for repair in shown.repairs] == ["drop_wish"]


def _draft_with(problem: Problem) -> Draft:
    return Draft(an_order(1), problems=(problem,))
