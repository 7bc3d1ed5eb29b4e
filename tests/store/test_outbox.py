"""The outbox on both databases: leases, states, the chained log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.domain.order import OrderId
from jpship_gui.store import outbox
from jpship_gui.store.database import Store
from jpship_gui.store.outbox import Actor

NOW = now_utc()
ME, OTHER = Actor("佐藤", "1", "mine"), Actor("田中", "2", "theirs")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def queued(store: Store) -> Store:
    entries = [
        (
            Confirmation(OrderId("rakuten", "本店", str(n)), "1", f"K{n}", date(2026, 11, 21), ()),
            NOW + n * MINUTE,
        )
        for n in (3, 1, 2)
    ]
    with store.transaction():
        outbox.put(store, entries, ME, NOW)
    return store


def states(store: Store) -> dict[str, str]:
    return {i.confirmation.shipment_key: i.state.value for i in outbox.in_state(store, list(SendState))}


def test_rows_are_taken_once_and_the_most_urgent_first(queued: Store) -> None:
    mine = outbox.take_waiting(queued, "本店", ME, NOW, MINUTE, 2)
    theirs = outbox.take_waiting(queued, "本店", OTHER, NOW, MINUTE, 9)
    assert [i.confirmation.shipment_key for i in mine] == ["K1", "K2"]
    assert [i.confirmation.shipment_key for i in theirs] == ["K3"]
    assert {i.attempts for i in mine} == {1}


def test_only_the_holder_writes_an_answer(queued: Store) -> None:
    outbox.take_waiting(queued, "本店", ME, NOW, MINUTE, 9)
    with queued.transaction():
        assert outbox.settle(queued, [SendResult("K1", SendState.ACCEPTED)], OTHER, NOW) == []
        assert outbox.settle(queued, [SendResult("K1", SendState.ACCEPTED)], ME, NOW) == ["K1"]
    assert states(queued)["K1"] == "accepted"


def test_a_lease_that_ran_out_unanswered_is_a_doubt(queued: Store) -> None:
    outbox.take_waiting(queued, "本店", OTHER, NOW, MINUTE, 1)
    assert outbox.abandon_dead(queued, ME, NOW) == []
    assert outbox.abandon_dead(queued, ME, NOW + MINUTE) == ["K1"]
    taken = outbox.take_unanswered(queued, "本店", ME, NOW + MINUTE, MINUTE, 9)
    assert [i.state for i in taken] == [SendState.DOUBTFUL]


def test_what_is_on_its_way_is_not_queued_again(queued: Store) -> None:
    (item, *_) = outbox.take_waiting(queued, "本店", ME, NOW, MINUTE, 9)
    with queued.transaction():
        assert outbox.put(queued, [(item.confirmation, NOW)], ME, NOW) == []
    assert states(queued)["K1"] == "sending"


def test_the_log_chains_and_shows_what_was_changed(queued: Store) -> None:
    outbox.take_waiting(queued, "本店", ME, NOW, MINUTE, 9)
    with queued.transaction():
        outbox.settle(queued, [SendResult("K2", SendState.REFUSED, "x", "理由")], ME, NOW)
    assert [e.what for e in outbox.log_of(queued, "K2")] == ["queued", "refused"]
    assert outbox.first_broken_line(queued) is None
    queued.execute("UPDATE confirm_log SET detail = '{}' WHERE what = 'refused'")
    assert outbox.first_broken_line(queued) == 4


def test_withdrawn_rows_leave_only_their_trail(queued: Store) -> None:
    with queued.transaction():
        outbox.withdraw(queued, ["K1"], ME, NOW, "cancelled")
    assert set(states(queued)) == {"K2", "K3"}
    assert [e.what for e in outbox.log_of(queued, "K1")] == ["queued", "withdrawn"]
