"""What belongs to the outbox besides its rows: dead senders, what is to be read back, pauses, differences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import Confirmation, Difference, SendResult, SendState
from jpship_gui.domain.order import OrderId
from jpship_gui.store import differences, outbox, send_pauses
from jpship_gui.store.database import Store, from_ms, to_ms
from jpship_gui.store.outbox import Actor
from jpship_gui.store.send_pauses import Pause

_NOW = from_ms(to_ms(now_utc()))
assert _NOW is not None
NOW = _NOW
ME, OTHER = Actor("佐藤", "1", "mine"), Actor("田中", "2", "theirs")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def queued(store: Store) -> Store:
    """K1 and K2 of one shop, K3 of another."""
    made = [
        (Confirmation(OrderId("rakuten", shop, key), "1", key, date(2026, 11, 21), ()), NOW + n * MINUTE)
        for n, (key, shop) in enumerate((("K1", "本店"), ("K2", "本店"), ("K3", "2号店")))
    ]
    with store.transaction():
        outbox.put(store, made, ME, NOW)
    return store


def accept(store: Store, *keys: str) -> None:
    for shop in ("本店", "2号店"):
        outbox.take_waiting(store, shop, ME, NOW, MINUTE, 9)
    with store.transaction():
        outbox.settle(store, [SendResult(key, SendState.ACCEPTED) for key in keys], ME, NOW)


def test_what_the_dead_held_is_doubtful_and_as_young_as_the_finding(queued: Store) -> None:
    outbox.take_waiting(queued, "本店", OTHER, NOW, timedelta(minutes=15), 1)
    later = NOW + 2 * MINUTE
    with queued.transaction():
        outbox.end_leases(queued, ["somebody else"])
        assert outbox.abandon_dead(queued, ME, later) == []
        outbox.end_leases(queued, ["theirs"])
        assert outbox.abandon_dead(queued, ME, later) == ["K1"]
    (item,) = outbox.in_state(queued, [SendState.DOUBTFUL])
    assert (item.code, item.attempted_at) == ("sender_gone", later)


def test_rows_are_counted_by_shop_and_state(queued: Store) -> None:
    accept(queued, "K1")
    assert outbox.counts(queued) == {
        "本店": {SendState.ACCEPTED: 1, SendState.SENDING: 1},
        "2号店": {SendState.SENDING: 1},
    }
    assert outbox.count(queued, "本店", [SendState.ACCEPTED, SendState.SENDING]) == 2
    assert outbox.count(queued, "2号店", [SendState.WAITING]) == 0


def test_an_accepted_row_is_to_be_read_back_once(queued: Store) -> None:
    accept(queued, "K1", "K3")
    assert outbox.next_audits(queued, NOW) == {"本店": NOW, "2号店": NOW}
    (item,) = outbox.due_for_audit(queued, "本店", NOW, 9)
    outbox.set_audit(queued, "K1", NOW + MINUTE)
    assert outbox.due_for_audit(queued, "本店", NOW, 9) == []
    assert [i.row_id for i in outbox.due_for_audit(queued, "本店", NOW + MINUTE, 9)] == [item.row_id]
    outbox.set_audit(queued, "K1", None)
    assert outbox.next_audits(queued, NOW + MINUTE) == {"2号店": NOW}


def test_what_was_left_unread_for_a_month_is_let_be(queued: Store) -> None:
    accept(queued, "K1")
    assert outbox.due_for_audit(queued, "本店", NOW + timedelta(days=29), 9)
    assert outbox.due_for_audit(queued, "本店", NOW + timedelta(days=31), 9) == []


def test_a_pause_outlives_the_program_and_is_replaced_by_the_next(store: Store) -> None:
    first = Pause("本店", "unreachable", "net_unreachable", 1, NOW, NOW + MINUTE)
    second = Pause("本店", "unreachable", "net_proxy", 2, NOW, NOW + 2 * MINUTE)
    for pause in (first, second):
        send_pauses.put(store, pause)
    assert send_pauses.every(store) == {"本店": second}
    assert send_pauses.lift(store, "本店") == second
    assert send_pauses.lift(store, "本店") is None


def test_waking_ends_the_pauses_of_one_kind_and_keeps_their_tries(store: Store) -> None:
    for shop, kind in (("a", "unreachable"), ("b", "refused")):
        send_pauses.put(store, Pause(shop, kind, "x", 3, NOW, NOW + MINUTE))
    send_pauses.wake(store, "unreachable", NOW)
    found = send_pauses.every(store)
    assert {shop: (p.until, p.tries) for shop, p in found.items()} == {
        "a": (NOW, 3),
        "b": (NOW + MINUTE, 3),
    }


def test_differences_stay_until_they_are_gone_or_seen(store: Store) -> None:
    wrong = Difference("K1", "1", "carrier", "1001", "1002")
    twice = Difference("K1", "1", "extra_parcel", "", "400")
    with store.transaction():
        assert differences.replace(store, "本店", "K1", [wrong, twice, wrong], NOW) == (wrong, twice)
        assert differences.replace(store, "本店", "K1", [wrong], NOW + MINUTE) == ()
    assert differences.unseen(store) == [wrong]
    with store.transaction():
        assert differences.mark_seen(store, ["K1", "K2"], NOW, "佐藤") == ["K1"]
        assert differences.replace(store, "本店", "K1", [wrong], NOW) == ()
    assert differences.unseen(store) == []
    other = Difference("K1", "1", "carrier", "1001", "1003")
    with store.transaction():
        assert differences.replace(store, "本店", "K1", [other], NOW) == (other,)
    assert differences.unseen(store) == [other]


def test_a_change_is_told_once_at_the_end_of_a_transaction(store: Store) -> None:
    before = store.change_no()
    with store.transaction():
        store.touch()
        with store.transaction():
            store.touch()
        assert store.change_no() == before
    assert store.change_no() == before + 1

    def half_done() -> None:
        with store.transaction():
            store.touch()
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        half_done()
    store.touch()
    assert store.change_no() == before + 2


def test_a_database_of_the_version_before_is_taken_over(
    location: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jpship_gui.store import database

    scripts = tmp_path_factory.mktemp("migrations")
    for script in database.MIGRATIONS.glob("[0-9]*.py"):
        if script.stem < "0007":
            (scripts / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(database, "MIGRATIONS", scripts)
    old = Store.open(location)
    old.execute(
        "INSERT INTO outbox (marketplace, shop, order_number, shipment_key, payload, state, created_at, person, "
        "answered_at) VALUES ('rakuten', '本店', '1', 'K1', '{}', 'accepted', 1, '佐藤', ?)",
        (to_ms(NOW),),
    )
    old.close()
    monkeypatch.undo()
    new = Store.open(location)
    assert new.value("SELECT person FROM outbox") == "佐藤"
    assert outbox.next_audits(new, NOW) == {}  # what was accepted before is not asked for again
    new.close()
