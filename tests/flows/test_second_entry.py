"""A typed number whose second entry another person makes, or the same one later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.near_misses import near_misses
from jpship_gui.flows.pack.second_entry import drop, waiting
from jpship_gui.flows.pack.take_back_entry import take_back_entry
from jpship_gui.flows.pack.tape import read_tape
from jpship_gui.flows.pack.track import MISMATCH, NOT_YET, message_of, track
from jpship_gui.flows.table.detail import detail
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, shipments, shops, waiting_entries
from tests.builders import NOW
from tests.flows.carrier_desk import open_desk
from tests.flows.test_track import SECOND, WRONG, YAMATO, a_key, file_no, parcel_of, proof_of, set_column


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    shops.set_settings(opened.store, "本店", {"track.second": "other"})
    yield opened
    opened.close()


def later(ws: Workspace, minutes: int, person: str = "") -> Workspace:
    at = NOW + timedelta(minutes=minutes)
    return replace(ws, person=person or ws.person, clock=lambda: at)


def test_the_first_entry_waits_and_links_nothing(ws: Workspace) -> None:
    key = a_key(ws)
    result = track(ws, key, YAMATO, "")
    assert (result.outcome, result.reason, result.ok, result.verified) == ("OK_LINK", "waits", True, False)
    assert parcel_of(ws, key)[0] == ""
    ((listed),) = waiting(ws)
    assert (listed.parcel, listed.person, listed.why) == (key, "佐藤", "person")
    assert YAMATO not in repr(listed), "whoever types the second one must not see the first"
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    found = detail(ws, shipment.row_id)
    assert found is not None
    assert "entry_waits" in [entry.what for entry in found.history]
    assert YAMATO not in repr(found.history)


def test_another_person_s_equal_entry_links_and_proves(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    assert track(ws, key, YAMATO, "").outcome == NOT_YET
    result = track(ws.as_person("田中"), key, "0997-2365-3466", "")
    assert (result.outcome, result.verified) == ("OK_DONE", True)
    assert (*parcel_of(ws, key), proof_of(ws, key)) == (YAMATO, "yamato", "typed", "entry")
    assert waiting(ws) == []


def test_unequal_entries_end_both_and_name_both(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    result = track(ws.as_person("田中"), key, SECOND, "")
    assert (result.outcome, result.ok) == (MISMATCH, False)
    assert (result.values["first"], result.values["second"]) == (YAMATO, SECOND)
    assert waiting(ws) == []
    assert parcel_of(ws, key)[0] == ""
    assert track(ws.as_person("田中"), key, YAMATO, "").reason == "waits", "it starts over"


def test_a_second_entry_that_cannot_be_right_leaves_the_first(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    assert track(ws.as_person("田中"), key, WRONG, "").outcome == "NG_CHECKDIGIT"
    assert [one.parcel for one in waiting(ws)] == [key]


def test_nobody_cannot_be_told_from_nobody(ws: Workspace) -> None:
    nameless = replace(ws, person="")
    key = a_key(ws)
    assert track(nameless, key, YAMATO, "").outcome == NOT_YET
    assert waiting(ws) == []
    track(ws, key, YAMATO, "")
    assert track(nameless, key, YAMATO, "").outcome == NOT_YET
    assert parcel_of(ws, key)[0] == ""


def test_the_same_person_may_later(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"track.second": "later", "track.second_minutes": "30"})
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    assert track(later(ws, 29), key, YAMATO, "").outcome == NOT_YET
    assert track(later(ws, 30), key, YAMATO, "").outcome == "OK_DONE"


def test_the_same_person_may_after_so_many_others(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"track.second": "later", "track.second_after": "2"})
    keys = [a_key(ws, number) for number in (1, 2, 3)]
    track(ws, keys[0], YAMATO, "")
    track(later(ws, 1), keys[1], SECOND, "")
    assert track(later(ws, 2), keys[0], YAMATO, "").outcome == NOT_YET
    third = str(12345678902 * 10 + 12345678902 % 7)
    track(later(ws, 3), keys[2], third, third, how="scanned")
    assert track(later(ws, 4), keys[0], YAMATO, "").outcome == "OK_DONE"


def test_a_scan_needs_no_second_person_and_ends_the_waiting(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, SECOND, "")
    assert track(ws, key, YAMATO, YAMATO, how="scanned").outcome == "OK_DONE"
    assert waiting(ws) == []


def test_the_carrier_s_file_is_the_second_voice(ws: Workspace) -> None:
    key = a_key(ws)
    file_no(ws, key, YAMATO)
    assert track(ws, key, YAMATO, "").outcome == "OK_DONE"
    assert proof_of(ws, key) == "file"


def test_a_number_waits_for_one_order_only(ws: Workspace) -> None:
    one, other = a_key(ws, 1), a_key(ws, 2)
    track(ws, one, YAMATO, "")
    result = track(ws, other, YAMATO, "")
    assert (result.outcome, result.values["other"]) == ("NG_DUPLICATE", "345678-20261120-0000000001")


def test_an_order_cancelled_meanwhile_takes_no_second_entry(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    set_column(ws, key, cancelled=1)
    assert track(ws.as_person("田中"), key, YAMATO, "").outcome == "NG_CANCELLED"
    assert parcel_of(ws, key)[0] == ""


def test_each_box_waits_by_itself(ws: Workspace) -> None:
    key = a_key(ws)
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    with ws.store.transaction():
        sql = "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')"
        ws.store.execute(sql, (shipment.row_id, f"{key}P2"))
    for number in (YAMATO, SECOND):
        assert track(ws, key, number, "").reason == "waits"
    assert [one.parcel for one in waiting(ws)] == [key, f"{key}P2"]
    other = ws.as_person("田中")
    assert track(other, key, SECOND, "").ok
    assert track(other, key, YAMATO, "").outcome == "OK_DONE"


def test_it_can_be_dropped_and_taken_back(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    assert drop(ws, [key]) == (key,)
    assert waiting(ws) == []
    with pytest.raises(Refused, match="entry_gone"):
        drop(ws, [key])
    track(ws, key, YAMATO, "")
    take_back_entry(ws, key, YAMATO)
    assert waiting(ws) == []


def test_a_linked_number_is_taken_back_until_it_was_told(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, YAMATO, how="scanned")
    with pytest.raises(Refused, match="entry_gone"):
        take_back_entry(ws, key, SECOND)
    assert take_back_entry(ws, key, YAMATO) == (key,)
    assert (parcel_of(ws, key)[0], proof_of(ws, key)) == ("", "")
    track(ws, key, YAMATO, YAMATO, how="scanned")
    set_column(ws, key, sent_at=1)
    with pytest.raises(Refused, match="entry_told"):
        take_back_entry(ws, key, YAMATO)
    assert parcel_of(ws, key)[0] == YAMATO


def test_the_database_follows_from_the_journal_alone(ws: Workspace, tmp_path: Path) -> None:
    keys = [a_key(ws, number) for number in (1, 2)]
    track(ws, keys[0], YAMATO, "")
    track(ws, keys[1], SECOND, "")
    track(ws.as_person("田中"), keys[1], SECOND, "")
    with ws.store.transaction():
        ws.store.execute("DELETE FROM waiting_entries")
        ws.store.execute("DELETE FROM journal_marks")
        ws.store.execute("UPDATE parcels SET tracking_no = '', verified_at = NULL")
    catch_up(ws)
    assert [one.number for one in waiting_entries.every(ws.store)] == [YAMATO]
    assert (parcel_of(ws, keys[1])[0], proof_of(ws, keys[1])) == (SECOND, "entry")


def test_every_entry_stands_in_the_journal_with_who_and_how(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    track(ws.as_person("田中"), key, YAMATO, "")
    (path,) = journal.files(ws.places.journal)
    first, second = journal.read(path)
    assert (first.person, second.person) == ("佐藤", "田中")
    assert [effect["do"] for effect in first.effects] == ["enter"]
    assert [effect["do"] for effect in second.effects] == ["unenter", "link", "verify"]
    assert second.effects[1]["how"] == "typed"
    assert "山田" not in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["reason"] == "waits"


def test_the_day_s_tape_hides_what_waits_and_says_what_differed(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    track(ws, key, YAMATO, "")
    assert YAMATO not in repr(read_tape(ws, ws.today(), ws.today()))
    track(ws.as_person("田中"), key, SECOND, "")
    tape = read_tape(ws, ws.today(), ws.today())
    assert [line.klass for line in tape.lines] == ["ok", "ng", "ng"]
    assert [line.word for line in tape.lines] == ["1回目の入力", "まだ2回目でない", "2回の番号が違う"]
    assert sum(tape.wrong.values()) == 2
    counted = {one.person: dict(one.ng) for one in near_misses(ws, ws.today(), ws.today())}
    assert counted == {"佐藤": {"NG_NOT_YET": 1}, "田中": {"NG_MISMATCH": 1}}


def test_the_words_say_whose_turn_it_is(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, "")
    assert "佐藤" in message_of(track(ws, key, YAMATO, ""))


def test_at_once_stays_as_it_was(tmp_path: Path) -> None:
    opened = open_desk(tmp_path / "same")
    key = a_key(opened)
    assert track(opened, key, YAMATO, "").outcome == MISMATCH
    assert track(opened, key, YAMATO, YAMATO).outcome == "OK_DONE"
    opened.close()
