"""Tracking numbers entered twice for a named order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import parcel_key
from jpship_gui.flows.pack.track import MISMATCH, look, message_of, track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, shipments, shops
from jpship_gui.texts import set_language, text
from tests.builders import NOW, an_order, stored
from tests.flows.carrier_desk import open_desk

YAMATO, SECOND, WRONG = "099723653466", "123456789013", "099723653460"
SAGAWA = "600078420325"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def a_key(ws: Workspace, number: int = 1, **changes: object) -> str:
    ((_, key),) = stored(ws.store, an_order(number), **changes)
    return key


def parcel_of(ws: Workspace, key: str) -> tuple[str, str, str]:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    parcel = shipment.parcels[0]
    return parcel.tracking_no, parcel.carrier, parcel.how


def proof_of(ws: Workspace, key: str) -> str:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    return shipment.facts.verified.how if shipment.facts.verified else ""


def set_column(ws: Workspace, key: str, **values: object) -> None:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    with ws.store.transaction():
        shipments.update(ws.store, shipment.row_id, values)
        shipments.restage(ws.store, [shipment.row_id])


def file_no(ws: Workspace, key: str, number: str) -> None:
    with ws.store.transaction():
        shipments.set_parcel(ws.store, key, {"file_no": number})


def test_two_equal_readings_link_and_prove(ws: Workspace) -> None:
    key = a_key(ws)
    result = track(ws, key, "0997-2365-3466", "０９９７２３６５３４６６")
    assert (result.outcome, result.ok, result.verified) == ("OK_DONE", True, True)
    assert parcel_of(ws, key) == (YAMATO, "yamato", "typed")
    assert proof_of(ws, key) == "entry"


def test_strict_shops_take_the_entry_for_a_link_only(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"track.proof": "strict"})
    key = a_key(ws)
    assert track(ws, key, YAMATO, YAMATO).outcome == "OK_LINK"
    assert (parcel_of(ws, key)[0], proof_of(ws, key)) == (YAMATO, "")


def test_the_carrier_s_file_is_the_better_proof(ws: Workspace) -> None:
    key = a_key(ws)
    file_no(ws, key, YAMATO)
    assert track(ws, key, YAMATO, YAMATO).outcome == "OK_DONE"
    assert proof_of(ws, key) == "file"


def test_a_number_the_file_does_not_know_for_this_order(ws: Workspace) -> None:
    key = a_key(ws)
    file_no(ws, key, SECOND)
    result = track(ws, key, YAMATO, YAMATO)
    assert (result.outcome, result.reason, result.values["promised"]) == ("NG_OTHER_ORDER", "file", SECOND)
    assert parcel_of(ws, key)[0] == ""


def test_a_number_the_file_gave_to_another_order_names_it(ws: Workspace) -> None:
    key, other = a_key(ws, 1), a_key(ws, 2)
    file_no(ws, other, YAMATO)
    result = track(ws, key, YAMATO, YAMATO)
    assert (result.outcome, result.values["other"]) == ("NG_OTHER_ORDER", "345678-20261120-0000000002")


def test_a_number_in_use_names_its_order(ws: Workspace) -> None:
    key, other = a_key(ws, 1), a_key(ws, 2)
    track(ws, other, YAMATO, YAMATO)
    result = track(ws, key, YAMATO, YAMATO)
    assert (result.outcome, result.values["other"]) == ("NG_DUPLICATE", "345678-20261120-0000000002")


def test_a_recycled_number_is_taken_with_a_note(ws: Workspace) -> None:
    key, other = a_key(ws, 1), a_key(ws, 2)
    track(ws, other, YAMATO, YAMATO)
    later = replace(ws, clock=lambda: NOW + timedelta(days=366))
    result = track(later, key, YAMATO, YAMATO)
    assert (result.outcome, result.reason) == ("OK_DONE", "recycled")


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        (WRONG, "NG_CHECKDIGIT"),
        (SAGAWA, "NG_CARRIER"),
        ("EN123456785JP", "NG_CARRIER"),
        ("4901234567894", "NG_UNKNOWN"),
        ("250-1234567-1234567", "NG_UNKNOWN"),
        ("", "NG_UNKNOWN"),
    ],
)
def test_what_is_no_number_of_the_planned_carrier(ws: Workspace, number: str, outcome: str) -> None:
    key = a_key(ws)
    result = track(ws, key, number, number)
    assert (result.outcome, result.ok) == (outcome, False)
    assert parcel_of(ws, key) == ("", "yamato", "")


def test_the_carrier_can_be_named(ws: Workspace) -> None:
    key = a_key(ws)
    assert track(ws, key, SAGAWA, SAGAWA, "sagawa").outcome == "OK_DONE"
    assert parcel_of(ws, key) == (SAGAWA, "sagawa", "typed")


def test_two_different_readings(ws: Workspace) -> None:
    key = a_key(ws)
    assert track(ws, key, YAMATO, SECOND).outcome == MISMATCH
    assert parcel_of(ws, key)[0] == ""


@pytest.mark.parametrize(
    ("how", "last4", "second", "outcome"),
    [
        ("scanned", "on", "3466", "OK_DONE"),
        ("scanned", "on", "３４６６", "OK_DONE"),
        ("scanned", "on", "3467", MISMATCH),
        ("scanned", "on", "466", MISMATCH),
        ("scanned", "on", "53466", MISMATCH),
        ("scanned", "off", "3466", MISMATCH),
        ("typed", "on", "3466", MISMATCH),
        ("pasted", "on", "3466", MISMATCH),
        ("scanned", "on", "", MISMATCH),
    ],
)
def test_last_four_digits_confirm_a_scan_only(
    ws: Workspace, how: str, last4: str, second: str, outcome: str
) -> None:
    shops.set_settings(ws.store, "本店", {"track.last4": last4})
    key = a_key(ws)
    assert track(ws, key, YAMATO, second, how=how).outcome == outcome
    assert parcel_of(ws, key)[2] == (how if outcome == "OK_DONE" else "")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"cancelled": 1}, "NG_CANCELLED"),
        ({"hold_reason": "電話待ち"}, "NG_HOLD"),
        ({"blocked": 1}, "NG_HOLD"),
        ({"releasable": 0}, "NG_HOLD"),
        ({"hold_reason": "変更", "changed": '[["street", "北浜1", "北浜2"]]'}, "NG_CHANGED"),
        ({"sent_at": 1}, "NG_DUPLICATE"),
    ],
)
def test_a_shipment_that_may_not_leave(ws: Workspace, change: dict[str, object], outcome: str) -> None:
    key = a_key(ws)
    set_column(ws, key, **change)
    assert track(ws, key, YAMATO, YAMATO).outcome == outcome
    assert parcel_of(ws, key)[0] == ""


def test_a_second_number_for_a_parcel_that_has_one(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, YAMATO, YAMATO)
    result = track(ws, key, SECOND, SECOND)
    assert (result.outcome, result.reason, result.values["linked"]) == ("NG_DUPLICATE", "has_number", YAMATO)


def test_a_number_that_was_linked_unproven_is_proven_by_the_entry(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"track.proof": "strict"})
    key = a_key(ws)
    track(ws, key, YAMATO, YAMATO)
    shops.set_settings(ws.store, "本店", {"track.proof": "entry"})
    assert track(ws, key, YAMATO, YAMATO).outcome == "OK_DONE"
    assert track(ws, key, YAMATO, YAMATO).outcome == "NG_DUPLICATE"


def test_each_of_several_parcels_needs_its_own(ws: Workspace) -> None:
    key = a_key(ws)
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    second = parcel_key(key, 2)
    with ws.store.transaction():
        sql = "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')"
        ws.store.execute(sql, (shipment.row_id, second))
    assert track(ws, second, YAMATO, YAMATO).outcome == "OK_LINK"
    assert track(ws, key, YAMATO, YAMATO).outcome == "NG_DUPLICATE"
    assert track(ws, key, SECOND, SECOND).outcome == "OK_DONE"
    found = shipments.by_key(ws.store, key)
    assert found is not None
    assert [parcel.tracking_no for parcel in found.parcels] == [SECOND, YAMATO]


def test_a_doubtful_number_needs_a_second_confirmation(ws: Workspace) -> None:
    key = a_key(ws, carrier="jppost")
    result = track(ws, key, "13112383851", "13112383851")
    assert (result.outcome, result.doubtful) == ("NG_CHECKDIGIT", True)
    assert track(ws, key, "13112383851", "13112383851", confirmed=True).outcome == "OK_DONE"


def test_a_lost_zero_is_proposed_and_cannot_be_insisted_away(ws: Workspace) -> None:
    key, damaged = a_key(ws), YAMATO.lstrip("0")
    result = track(ws, key, damaged, damaged, confirmed=True)
    assert (result.ok, result.doubtful, result.values["proposal"]) == (False, False, YAMATO)
    assert YAMATO in message_of(result)
    assert parcel_of(ws, key)[0] == ""


def test_insisting_does_not_help_against_a_certain_error(ws: Workspace) -> None:
    key = a_key(ws)
    result = track(ws, key, WRONG, WRONG, confirmed=True)
    assert (result.outcome, result.doubtful) == ("NG_CHECKDIGIT", False)


def test_the_first_reading_alone_stores_nothing(ws: Workspace) -> None:
    key = a_key(ws)
    assert look(ws, key, YAMATO).outcome == "OK_LINK"
    assert look(ws, key, WRONG).outcome == "NG_CHECKDIGIT"
    assert parcel_of(ws, key)[0] == ""
    assert journal.files(ws.places.journal) == []


@pytest.mark.parametrize(
    ("key", "carrier", "code"), [("JP0000000", "", "shipment_unknown"), ("", "nobody", "carrier_unknown")]
)
def test_refusals(ws: Workspace, key: str, carrier: str, code: str) -> None:
    known = a_key(ws)
    with pytest.raises(Refused) as caught:
        track(ws, key or known, YAMATO, YAMATO, carrier)
    assert caught.value.code == code


def test_every_outcome_is_in_the_journal(ws: Workspace) -> None:
    key = a_key(ws)
    track(ws, key, WRONG, WRONG)
    track(ws, key, YAMATO, SECOND)
    track(ws, key, YAMATO, YAMATO)
    (path,) = journal.files(ws.places.journal)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(line["kind"], line["outcome"], line["reason"]) for line in lines] == [
        ("track", "NG_CHECKDIGIT", "bad_check_digit"),
        ("track", "", "mismatch"),
        ("track", "OK_DONE", ""),
    ]


@pytest.mark.parametrize("language", ["ja", "en", "zh_Hans"])
def test_every_message_names_what_matters(ws: Workspace, language: str) -> None:
    set_language(language)
    key, other = a_key(ws, 1), a_key(ws, 2)
    track(ws, other, YAMATO, YAMATO)
    assert "0997-2365-3466" in message_of(track(ws, key, YAMATO, YAMATO))
    assert "345678-20261120-0000000002" in message_of(track(ws, key, YAMATO, YAMATO))
    assert text("name.carrier.sagawa") in message_of(track(ws, key, SAGAWA, SAGAWA))
    assert "0997-2365-3460" in message_of(track(ws, key, WRONG, WRONG))
    assert message_of(track(ws, key, "", ""))
    assert "1234-5678-9013" in message_of(track(ws, key, SECOND, SECOND))
