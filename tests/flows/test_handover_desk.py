"""The desk at the hand-over on a real data folder: sudden ends, badges, parcels of several boxes, what is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.handover.world import Way
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.roles import Right, Role
from jpship_gui.flows import people
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.handover.listing import history, overview, parcels_of
from jpship_gui.flows.handover.surroundings import waiting_for
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import history as happened
from jpship_gui.store import journal, shipments, shops
from tests.builders import NOW, an_order, stored

ACK, UNDO, FINISH = (code_of(c) for c in (Command.ACK, Command.UNDO, Command.FINISH))


def waybill(n: int) -> str:
    """A Yamato number with a good check digit."""
    payload = 40000660000 + n
    return f"{payload}{payload % 7}"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {"pack.proof": "file"}, NOW)
    yield opened
    opened.close()


def packed(ws: Workspace, count: int) -> list[str]:
    """Keys of parcels that are packed and proven, with the numbers 0, 1, 2 …"""
    made = stored(ws.store, *(an_order(n + 1) for n in range(count)))
    with ws.store.transaction():
        for n, (row_id, key) in enumerate(made):
            at = int(NOW.timestamp() * 1000)
            values = {"tracking_no": waybill(n), "carrier": "yamato", "how": "scanned", "linked_at": at}
            shipments.set_parcel(ws.store, key, {**values, "verified_at": at, "verified_how": "file"})
            for fact in ("printed", "linked", "verified"):
                shipments.mark(ws.store, [row_id], fact, NOW, "佐藤", "file")
        shipments.restage(ws.store, [row_id for row_id, _ in made])
    return [key for _, key in made]


def said(desk: HandoverDesk, *codes: str) -> list[str]:
    """What a run of scans comes to."""
    answers = [desk.scan(code) for code in codes]
    return [f"{a.outcome.value}.{a.reason}" if a.reason else a.outcome.value for a in answers]


def cut_off(desk: HandoverDesk) -> None:
    """As after kill -9: the lock is gone, and the database has not followed the last line."""
    desk._follower._waiting.clear()
    desk._journal.close()


def test_an_answer_whose_line_the_database_never_saw_is_taken_over(ws: Workspace) -> None:
    keys = packed(ws, 3)
    desk = HandoverDesk(ws)
    assert said(desk, waybill(0), waybill(1)) == ["OK_TAKEN", "OK_TAKEN"]
    cut_off(desk)
    assert shipments.by_key(ws.store, keys[1]).facts.handed_over is None  # type: ignore[union-attr]
    with HandoverDesk(ws) as again:
        assert again.session.state.carrier == "yamato"
        assert said(again, waybill(1), ACK, waybill(2), FINISH) == [
            *("NG_DUPLICATE.handed_over", "OK_ACK"),
            *("OK_DONE", "OK_FINISH"),
        ]
    (over,) = history(ws)
    assert (over.taken, over.left) == (3, 0)


def test_a_torn_last_line_is_no_answer(ws: Workspace) -> None:
    packed(ws, 2)
    desk = HandoverDesk(ws)
    said(desk, waybill(0))
    desk.apply_pending()
    path = desk._journal.path
    cut_off(desk)
    with path.open("ab") as file:
        file.write(b'{"n":2,"at":"2026-11-21T05:0')
    with HandoverDesk(ws) as again:
        assert said(again, waybill(1)) == ["OK_DONE"]
    assert journal.verify(path)[1] == []


def test_an_ng_stops_the_line_over_a_power_cut_too(ws: Workspace) -> None:
    packed(ws, 2)
    desk = HandoverDesk(ws)
    said(desk, waybill(0), waybill(0))
    cut_off(desk)
    with HandoverDesk(ws) as again:
        assert said(again, waybill(1), ACK, waybill(1)) == ["NG_LOCKED", "OK_ACK", "OK_DONE"]


def test_a_name_asked_before_a_power_cut_is_asked_anew(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"pack.proof": "file", "pack.proof.also": "handover"})
    packed(ws, 2)
    desk = HandoverDesk(ws)
    assert said(desk, waybill(0)) == ["ATT_ASK.name"]
    cut_off(desk)
    with HandoverDesk(ws) as again:
        asked = again.scan(waybill(0))
        assert asked.names
        question = again.session.state.question
        assert question is not None
        assert said(again, str(question.right)) == ["OK_TAKEN"]


def test_whose_badge_was_read_stands_in_every_line_and_in_the_record(ws: Workspace) -> None:
    people.add(ws, "佐藤")
    people.add(ws, "鈴木")
    packed(ws, 3)
    with HandoverDesk(ws) as desk:
        assert said(desk, badge_of("02"), waybill(0)) == ["OK_WHO", "OK_TAKEN"]
    with HandoverDesk(ws) as desk:
        assert desk.session.person == "鈴木", "a restart knows who was there"
        assert said(desk, waybill(1), badge_of("01"), waybill(2), badge_of("99")) == [
            *("OK_TAKEN", "OK_WHO", "OK_DONE"),
            "NG_UNKNOWN.badge",
        ]
    (over,) = history(ws)
    _, read = parcels_of(ws, over.id)
    assert [one.person for one in read] == ["鈴木", "鈴木", "佐藤"]
    assert over.person == "鈴木"


def test_who_may_not_hand_over_is_told_who_may(ws: Workspace) -> None:
    people.add(ws, "佐藤")
    people.add(ws, "鈴木")
    people.set_right(ws, Role.PACKER, Right.HAND_OVER, False)
    packed(ws, 1)
    with HandoverDesk(ws) as desk:
        with pytest.raises(Refused, match="not_allowed"):
            desk.scan(badge_of("02"))
        assert desk.person == "佐藤"
    with HandoverDesk(ws.as_person(""), "2") as desk:
        assert said(desk, waybill(0), ACK) == ["NG_RIGHT", "OK_ACK"], "nobody has said who is here"
        assert said(desk, badge_of("01"), waybill(0)) == ["OK_WHO", "OK_DONE"]


def test_boxes_of_a_shipment_go_together_and_each_by_itself(ws: Workspace) -> None:
    (key,) = packed(ws, 1)
    (found,) = shipments.by_keys(ws.store, [key])
    ws.store.execute(
        "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')",
        (found.row_id, f"{key}P2"),
    )
    with HandoverDesk(ws) as desk:
        desk.begin("yamato", Way.COUNTER, "営業所")
        assert said(desk, waybill(0), ACK) == ["NG_ORDER.boxes", "OK_ACK"]
        at = int(NOW.timestamp() * 1000)
        values = {"tracking_no": waybill(50), "linked_at": at, "verified_at": at, "verified_how": "file"}
        with ws.store.transaction():
            shipments.set_parcel(ws.store, f"{key}P2", values)
        assert said(desk, waybill(0)) == ["OK_TAKEN"]
        assert shipments.by_key(ws.store, key).facts.handed_over is None  # type: ignore[union-attr]
        assert said(desk, waybill(50)) == ["OK_DONE"]
        desk.apply_pending()
    (found,) = shipments.by_keys(ws.store, [key])
    assert found.facts.handed_over is not None
    assert "handed_over" in [one.what for one in happened.of(ws.store, found.row_id)]


def test_what_was_packed_long_ago_waits_no_more_but_may_still_go(ws: Workspace) -> None:
    packed(ws, 2)
    later = replace(ws, clock=lambda: NOW + timedelta(days=8))
    assert overview(later).carriers == ()
    with HandoverDesk(later) as desk:
        assert said(desk, waybill(0), waybill(0)) == ["ATT_ASK.day", "OK_DONE"]


def test_a_told_parcel_goes_and_is_taken_back_unless_it_was_told_because_of_that(ws: Workspace) -> None:
    keys = packed(ws, 2)
    with HandoverDesk(ws) as desk:
        for key in keys:  # told before the driver came, as most shops do
            (found,) = shipments.by_keys(ws.store, [key])
            with ws.store.transaction():
                shipments.mark(ws.store, [found.row_id], "sent", NOW, "佐藤", "api")
                shipments.restage(ws.store, [found.row_id])
        assert said(desk, waybill(0), UNDO, waybill(0)) == ["OK_TAKEN", "OK_UNDO", "OK_TAKEN"]
        shops.set_settings(ws.store, "本店", {"pack.proof": "file", "confirm.after": "handed_over"})
        assert said(desk, UNDO) == ["ATT_NOTHING.sent"]


def test_a_second_process_at_the_same_desk_is_told_so(ws: Workspace) -> None:
    with HandoverDesk(ws), pytest.raises(WorldFault, match="desk_in_use"):
        HandoverDesk(ws)


@pytest.mark.parametrize(
    "asks", [{"pack.proof": "handover"}, {"pack.proof.also": "handover"}, {"handover.sample": "5"}]
)
def test_the_list_hides_names_that_will_be_asked_for(ws: Workspace, asks: dict[str, str]) -> None:
    packed(ws, 2)
    assert all(one.recipient for one in waiting_for(ws, None))
    shops.set_settings(ws.store, "本店", asks)
    assert [one.recipient for one in waiting_for(ws, None)] == ["", ""]
