"""Many orders in a row: order, number, number again, next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.fault import Refused
from jpship_gui.flows import people
from jpship_gui.flows.pack.entry_row import Asks, EntryRow, Sound, second_row
from jpship_gui.flows.pack.second_entry import waiting
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, shops
from tests.flows.carrier_desk import open_desk
from tests.flows.test_pasted import ORDER, number
from tests.flows.test_track import WRONG, a_key, parcel_of, proof_of, set_column


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def scans(row: EntryRow, *codes: str) -> None:
    for code in codes:
        row.take(code, True)


def test_three_scans_an_order(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2)]
    row = EntryRow(ws)
    assert row.asks is Asks.ORDER
    scans(row, keys[0])
    assert (row.asks, row.shipment and row.shipment.key) == (Asks.NUMBER, keys[0])
    scans(row, number(1))
    assert (row.asks, row.hidden, parcel_of(ws, keys[0])[0]) == (Asks.AGAIN, False, "")
    scans(row, number(1))
    assert (row.asks, row.said and row.said.sound) == (Asks.ORDER, Sound.COMPLETE)
    scans(row, keys[1], number(2), number(2))
    assert [parcel_of(ws, key) for key in keys] == [
        (number(1), "yamato", "scanned"),
        (number(2), "yamato", "scanned"),
    ]
    assert [(pair.order, pair.state) for pair in row.recent] == [
        (ORDER.format(2), "proven"),
        (ORDER.format(1), "proven"),
    ]
    assert row.counts["proven"] == 2


def test_an_ng_takes_nothing_until_it_is_acknowledged(ws: Workspace) -> None:
    key = a_key(ws)
    row = EntryRow(ws)
    scans(row, key, number(1), number(2))
    assert (row.asks, row.said and (row.said.first, row.said.second)) == (Asks.ACK, (number(1), number(2)))
    scans(row, number(1), key, number(1), number(1))
    assert parcel_of(ws, key)[0] == ""
    assert row.asks is Asks.ACK
    row.acknowledge()
    assert row.asks is Asks.NUMBER
    scans(row, number(1), "JPCMDACK", number(1), number(1))
    assert parcel_of(ws, key)[0] == number(1)


def test_the_acknowledge_code_works_by_scanner(ws: Workspace) -> None:
    key = a_key(ws)
    row = EntryRow(ws)
    scans(row, key, WRONG)
    assert row.asks is Asks.ACK
    scans(row, "JPCMDACK", number(1), number(1))
    assert parcel_of(ws, key)[0] == number(1)


@pytest.mark.parametrize("change", [{"cancelled": 1}, {"hold_reason": "電話待ち"}, {"sent_at": 1}])
def test_an_order_that_may_not_leave_stops_at_its_slip(ws: Workspace, change: dict[str, object]) -> None:
    key = a_key(ws)
    set_column(ws, key, **change)
    row = EntryRow(ws)
    scans(row, key)
    assert (row.asks, row.shipment) == (Asks.ACK, None)
    assert row.recent[0].state == "ng"


def test_a_slip_in_place_of_a_waybill_is_ng(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2)]
    row = EntryRow(ws)
    scans(row, keys[0], keys[1])
    assert row.asks is Asks.ACK
    assert row.shipment is not None
    assert row.shipment.key == keys[0]


def test_an_order_by_its_number_or_the_end_of_it(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 11, 12)]
    row = EntryRow(ws)
    row.take(ORDER.format(1), False)
    assert row.shipment is not None
    assert row.shipment.key == keys[0]
    row.aside()
    row.take("000012", False)
    assert row.shipment is not None
    assert row.shipment.key == keys[2]
    row.aside()
    row.take("%%%%", False)
    assert row.asks is Asks.ACK, "what a pattern would match is no order number"


def test_several_that_end_so_are_offered(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (112345, 212345)]
    row = EntryRow(ws)
    row.take("12345", False)
    assert (row.asks, len(row.choices)) == (Asks.ORDER, 2)
    row.choose(row.choices[1].key)
    assert row.shipment is not None
    assert row.shipment.key == keys[1]
    assert row.choices == []


def test_given_orders_come_in_their_order(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2, 3)]
    set_column(ws, keys[1], cancelled=1)
    row = EntryRow(ws, keys)
    assert (row.asks, row.place, row.total) == (Asks.NUMBER, 1, 3)
    scans(row, number(1), number(1))
    assert row.asks is Asks.ACK, "the cancelled one is said, not passed over"
    row.acknowledge()
    assert row.shipment is not None
    assert (row.shipment.key, row.place) == (keys[2], 3)
    scans(row, number(3), number(3))
    assert row.asks is Asks.END
    assert [parcel_of(ws, key)[0] for key in keys] == [number(1), "", number(3)]


def test_undo_takes_a_reading_back_then_the_last_pair(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2)]
    row = EntryRow(ws, keys)
    scans(row, number(1), number(1), number(2))
    row.undo()
    assert (row.asks, parcel_of(ws, keys[0])[0]) == (Asks.NUMBER, number(1))
    scans(row, "JPCMDUNDO")
    assert (parcel_of(ws, keys[0])[0], proof_of(ws, keys[0])) == ("", "")
    assert row.shipment is not None
    assert row.shipment.key == keys[0]
    assert (row.recent[0].state, row.counts["proven"]) == ("undone", 0)
    scans(row, number(11), number(11), number(2), number(2))
    assert [parcel_of(ws, key)[0] for key in keys] == [number(11), number(2)]


def test_what_was_told_is_not_taken_back(ws: Workspace) -> None:
    key = a_key(ws)
    row = EntryRow(ws, [key])
    scans(row, number(1), number(1))
    set_column(ws, key, sent_at=1)
    with pytest.raises(Refused, match="entry_told"):
        row.undo()
    assert parcel_of(ws, key)[0] == number(1)


def test_a_typed_reading_is_hidden_and_marked(ws: Workspace) -> None:
    key = a_key(ws)
    row = EntryRow(ws, [key])
    row.take(number(1), False)
    assert row.hidden
    row.take(number(1), True)
    assert parcel_of(ws, key)[2] == "typed"


def test_a_shop_that_trusts_files_alone_only_links(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"track.proof": "strict"})
    key = a_key(ws)
    row = EntryRow(ws, [key])
    scans(row, number(1), number(1))
    assert (proof_of(ws, key), row.recent[0].state, row.counts["linked"]) == ("", "linked", 1)


def test_boxes_of_one_order_follow_each_other(ws: Workspace) -> None:
    key = a_key(ws)
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    with ws.store.transaction():
        sql = "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')"
        ws.store.execute(sql, (shipment.row_id, f"{key}P2"))
    row = EntryRow(ws)
    scans(row, key, number(1), number(1))
    assert row.asks is Asks.NUMBER
    scans(row, number(2), number(2))
    assert row.asks is Asks.ORDER
    found = shipments.by_key(ws.store, key)
    assert found is not None
    assert [parcel.tracking_no for parcel in found.parcels] == [number(1), number(2)]


def test_second_entries_are_a_row_of_their_own(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"track.second": "other"})
    keys = [a_key(ws, place) for place in (1, 2, 3)]
    row = EntryRow(ws, keys)
    for place in (1, 2, 3):
        row.take(number(place), False)
    assert (row.asks, row.counts["waits"]) == (Asks.END, 3)
    assert second_row(ws).asks is Asks.ORDER, "the same person has nothing to do there"
    other = second_row(ws.as_person("田中"))
    assert other.total == 3
    other.take(number(1), False)
    other.take(number(22), False)
    assert other.asks is Asks.ACK
    assert other.said is not None
    assert (other.said.first, other.said.second) == (number(2), number(22))
    other.acknowledge()
    other.take(number(2), False)
    assert other.recent[0].state == "waits", "after two unequal entries it starts over"
    other.take(number(3), False)
    assert [proof_of(ws, key) for key in keys] == ["entry", "", "entry"]


def test_a_badge_makes_the_second_entry_one_of_another_person(ws: Workspace) -> None:
    """The name is that of whoever read the badge, in the first entry as in the second."""
    for name in ("佐藤", "鈴木", "田中"):
        people.add(ws.as_person("佐藤"), name)
    shops.set_settings(ws.store, "本店", {"track.second": "other"})
    keys = [a_key(ws, place) for place in (1, 2)]
    row = EntryRow(ws.as_person("佐藤"))
    row.take(badge_of("02"), True)
    assert row.ws.person == "鈴木"
    row.take(keys[0], True)
    row.take(number(1), False)
    assert [(one.person, one.why) for one in waiting(row.ws)] == [("鈴木", "person")]
    row.take(keys[0], True)
    row.take(number(1), False)
    assert (row.asks, proof_of(ws, keys[0])) == (Asks.ACK, ""), "the same person proves nothing"
    row.take(badge_of("03"), True)
    assert (row.asks, row.ws.person) == (Asks.ACK, "田中"), "a badge acknowledges nothing"
    row.acknowledge()
    row.take(keys[0], True)
    row.take(number(1), False)
    assert proof_of(ws, keys[0]) == "entry"


def test_a_badge_of_nobody_stops_the_row_and_changes_no_name(ws: Workspace) -> None:
    people.add(ws.as_person("佐藤"), "佐藤")
    row = EntryRow(ws.as_person("佐藤"))
    said = row.take(badge_of("77"), True)
    assert said is not None
    assert (said.sound, row.asks, row.ws.person) == (Sound.NG, Asks.ACK, "佐藤")


def test_the_number_read_once_more_by_habit_is_no_missing_order(ws: Workspace) -> None:
    key = a_key(ws, 1)
    row = EntryRow(ws)
    scans(row, key, number(1), number(1))
    said = row.take(number(1), True)
    assert said is not None
    assert (said.sound, row.asks) == (Sound.ATTENTION, Asks.ORDER)
    assert row.take(number(2), True).sound is Sound.NG  # type: ignore[union-attr]


def test_the_slip_of_the_open_order_read_again_changes_nothing(ws: Workspace) -> None:
    key = a_key(ws, 1)
    row = EntryRow(ws)
    scans(row, f"{key}S", f"{key}S")
    assert (row.asks, row.first) == (Asks.NUMBER, "")
    scans(row, number(1), f"{key}S")
    assert (row.asks, row.first) == (Asks.AGAIN, number(1))
    scans(row, number(1))
    assert proof_of(ws, key) == "entry"
