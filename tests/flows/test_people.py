"""People on a real data folder: who stands at the desk after a restart, what stands in journal and history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.roles import Right, Role
from jpship_gui.domain.stage import Stage
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.pack.crew import reasons_of
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.pack.still_here import still_here
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import history, journal, shipments, shops
from jpship_gui.texts import LANGUAGES, set_language, text
from tests.builders import NOW, an_order, stored

ACK, SKIP = code_of(Command.ACK), code_of(Command.SKIP, "2")
W1, W2 = "099723653466", "103225504992"
OWNER, PACKER = badge_of("01"), badge_of("02")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A shop with an owner and a packer; nobody is set for the desk."""
    opened = replace(open_workspace(str(tmp_path), desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {"pack.proof": "label"}, NOW)
    people.add(opened.as_person("佐藤"), "佐藤")
    people.add(opened.as_person("佐藤"), "鈴木")
    yield opened
    opened.close()


def a_shipment(ws: Workspace, n: int = 1) -> str:
    return stored(ws.store, an_order(n))[0][1]


def outcomes(desk: Desk, *texts: str) -> list[str]:
    return [desk.scan(one).outcome.value for one in texts]


def lines(ws: Workspace) -> list[journal.Entry]:
    return journal.read(journal.file_of(ws.places.journal, "1"))


def test_every_line_carries_whoever_stands_there_and_a_restart_knows_them(ws: Workspace) -> None:
    key = a_shipment(ws)
    with Desk(ws) as desk:
        assert outcomes(desk, PACKER, key, OWNER, "MUG-300-BL")[-1] == "OK_ITEM_LAST"
    assert [entry.person for entry in lines(ws)] == ["鈴木", "鈴木", "佐藤", "佐藤"]
    with Desk(ws) as desk:
        assert (desk.session.person, desk.session.state.shipment) == ("佐藤", key)
        assert outcomes(desk, W1) == ["OK_LINK"]
    assert lines(ws)[-1].person == "佐藤"
    packed = shipments.by_key(ws.store, key)
    assert packed is not None
    assert packed.facts.linked is not None
    assert packed.facts.linked.person == "佐藤"


def test_whoever_was_there_is_still_there_when_the_program_begins_again(ws: Workspace) -> None:
    assert still_here(ws) == ""
    with Desk(ws) as desk:
        outcomes(desk, PACKER, "?")
        assert still_here(ws) == "鈴木"
        outcomes(desk, ACK, code_of(Command.FINISH))
    assert still_here(ws) == ""


def test_the_next_day_begins_with_nobody(ws: Workspace) -> None:
    with Desk(ws) as desk:
        outcomes(desk, PACKER)
    tomorrow = replace(ws, clock=lambda: NOW + timedelta(days=1))
    with Desk(tomorrow) as desk:
        assert desk.session.person == ""


def test_the_days_end_is_written_with_whoever_ended_it(ws: Workspace) -> None:
    with Desk(ws) as desk:
        outcomes(desk, PACKER, code_of(Command.FINISH))
        assert desk.session.person == ""
    assert lines(ws)[-1].person == "鈴木"


def test_who_left_stands_nowhere(ws: Workspace) -> None:
    with Desk(ws) as desk:
        outcomes(desk, PACKER)
    people.retire(ws.as_person("佐藤"), "鈴木")
    with Desk(ws) as desk:
        assert desk.session.person == ""
        answer = desk.scan(PACKER)
        assert (answer.outcome.value, answer.reason) == ("NG_UNKNOWN", "badge")


def test_a_change_made_elsewhere_holds_from_the_next_scan_on(ws: Workspace) -> None:
    key = a_shipment(ws)
    with Desk(ws) as desk:
        assert outcomes(desk, PACKER, key, SKIP, ACK) == ["OK_WHO", "OK_OPEN", "NG_RIGHT", "OK_ACK"]
        people.set_right(ws.as_person("佐藤"), Role.PACKER, Right.SKIP, True)
        assert outcomes(desk, SKIP) == ["OK_SKIP"]


def test_a_skipped_parcel_is_linked_and_not_verified_and_its_history_says_why(ws: Workspace) -> None:
    key = a_shipment(ws)
    with Desk(ws) as desk:
        assert outcomes(desk, PACKER, key, OWNER, SKIP, W1, SKIP)[-2:] == ["OK_LINK", "OK_SKIP"]
    found = shipments.by_key(ws.store, key)
    assert found is not None
    assert found.stage is Stage.VERIFY
    assert found.facts.verified is None
    told = {entry.what: entry for entry in history.of(ws.store, found.row_id)}
    reason = reasons_of(ws, Command.SKIP)[1]
    for what in ("skipped_item", "skipped_proof"):
        assert (told[what].person, told[what].values["reason"]) == ("佐藤", reason)
    assert text("history.skipped_item", reason=reason)


def test_what_is_not_allowed_names_who_may(ws: Workspace) -> None:
    key = a_shipment(ws)
    with Desk(ws) as desk:
        outcomes(desk, PACKER, key)
        for language in LANGUAGES:
            set_language(language)
            words = message_of(desk.scan(SKIP))
            desk.scan(ACK)
            assert "佐藤" in words
            assert text("people.right.skip") in words
        set_language("ja")


def test_required_is_for_shops_that_entered_people(ws: Workspace) -> None:
    key = a_shipment(ws)
    shared_options.put(ws, "people.required", True)
    with Desk(ws) as desk:
        assert outcomes(desk, key, ACK, PACKER, key) == ["NG_ORDER", "OK_ACK", "OK_WHO", "OK_OPEN"]
    assert lines(ws)[0].raw == key, "not taken, and not lost"
    for name in ("鈴木", "佐藤"):
        people.retire(ws.as_person("佐藤"), name)
    with Desk(ws) as desk:
        assert outcomes(desk, code_of(Command.NEXT), key) == ["OK_NEXT", "OK_OPEN"]


def test_by_click_only_packers_where_the_owner_says_so(ws: Workspace) -> None:
    shared_options.put(ws, "people.by_click", False)
    with Desk(ws) as desk:
        assert desk.choose("佐藤").outcome.value == "ATT_NOTHING"
        assert desk.choose("鈴木").outcome.value == "OK_WHO"
        assert desk.scan(OWNER).outcome.value == "OK_WHO"


def test_the_first_one_is_the_owner_of_this_desk(tmp_path: Path) -> None:
    opened = open_workspace(str(tmp_path))
    with pytest.raises(Refused, match="people_no_owner"):
        people.add(opened, "鈴木", Role.PACKER)
    assert people.add(opened, "佐藤").role is Role.OWNER
    assert opened.options.get("desk.person") == "佐藤"
    opened.close()


def test_there_is_always_an_owner_while_anybody_works_here(ws: Workspace) -> None:
    boss = ws.as_person("佐藤")
    for act in (lambda: people.retire(boss, "佐藤"), lambda: people.change(boss, "01", role=Role.OFFICE)):
        with pytest.raises(Refused, match="people_no_owner"):
            act()
    people.retire(boss, "鈴木")
    people.retire(boss, "佐藤")
    assert people.active(ws) == []
    assert people.may(ws, Right.PEOPLE)


@pytest.mark.parametrize(
    ("name", "code", "refused"),
    [
        ("", "", "person_name"),
        ("あ" * 41, "", "person_name"),
        ("山\n田", "", "person_name"),
        ("鈴木", "", "person_name_taken"),
        ("山田", "02", "person_code_taken"),
        ("山田", "あ", "person_code"),
        ("山田", "123456789", "person_code"),
    ],
)
def test_names_and_codes_that_cannot_be(ws: Workspace, name: str, code: str, refused: str) -> None:
    with pytest.raises(Refused, match=refused):
        people.add(ws.as_person("佐藤"), name, code=code)
    assert len(people.every(ws)) == 2


def test_who_may_not_changes_nobody(ws: Workspace) -> None:
    for name in ("鈴木", "", "誰か"):
        with pytest.raises(Refused, match="not_allowed") as refused:
            people.add(ws.as_person(name), "山田")
        assert refused.value.values["who"] == "佐藤"


def test_another_code_is_another_badge_and_the_old_one_is_nobodys(ws: Workspace) -> None:
    people.change(ws.as_person("佐藤"), "鈴木", code="a7")
    with Desk(ws) as desk:
        assert outcomes(desk, PACKER, ACK, badge_of("A7")) == ["NG_UNKNOWN", "OK_ACK", "OK_WHO"]


def test_the_sellers_own_reasons_take_the_place_of_the_delivered_ones(ws: Workspace) -> None:
    assert len(reasons_of(ws, Command.HOLD)) >= 3
    shared_options.put(ws, "pack.reasons.hold", "棚卸し中\n入荷待ち")
    assert reasons_of(ws, Command.HOLD) == ("棚卸し中", "入荷待ち")
    key = a_shipment(ws)
    with Desk(ws) as desk:
        outcomes(desk, key, "JPCMDHOLD2")
    held = shipments.by_key(ws.store, key)
    assert held is not None
    assert held.hold_reason == "入荷待ち"
