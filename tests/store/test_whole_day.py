"""A parcel packed and reported by the flows themselves: whatever SQL they hold runs on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.confirm.answers import mark_sent
from jpship_gui.flows.confirm.notice import file_uploaded, notice_arrivals
from jpship_gui.flows.confirm.queue import actor, queue, withdraw_red
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.changing import taken_back
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import outbox, shipments, shops
from jpship_gui.store.database import Store
from tests.builders import NOW, an_order

W1, W2, W3 = "099723653466", "103225504992", "107849485225"


@pytest.fixture
def ws(store: Store, tmp_path: Path) -> Workspace:
    """A folder whose database is that of the test."""
    opened = open_workspace(str(tmp_path / "home"), person="佐藤", desk="1")
    opened.store.close()
    shops.add(store, "本店", "rakuten", {"pack.goods": "off"}, NOW)
    return replace(opened, store=store, clock=lambda: NOW)


def test_packed_proven_and_reported_by_file(ws: Workspace, tmp_path: Path) -> None:
    a, b = accept_orders(ws, [an_order(1), an_order(2)], Source("api", "楽天")).keys
    with Desk(ws) as desk:
        for text in (a, W1):
            desk.scan(text)
        assert track(ws, b, W2, W2).verified
    page = review(ws)
    assert ([row.key for row in page.green], [row.key for row in page.red]) == ([b], [a])
    assert queue(ws).keys == (b,)
    (file,) = write_files(ws, tmp_path / "out").files
    assert file.keys == (b,)
    assert notice_arrivals(ws) == ()
    assert [item.state for item in outbox.by_keys(ws.store, [b])] == [SendState.FILED]
    assert [s.stage for s in shipments.by_keys(ws.store, [a, b])] == [Stage.VERIFY, Stage.SENT]
    again = accept_orders(ws, [an_order(1), an_order(2)], Source("api", "楽天"))
    assert (again.counts["unchanged"], again.held) == (2, ())


def test_two_orders_in_two_boxes_reported_by_file_and_taken_apart_before(
    ws: Workspace, tmp_path: Path
) -> None:
    made = [an_order(1), an_order(2)]
    a, b = accept_orders(ws, made, Source("api", "楽天")).keys
    assert [found.keys for found in candidates(ws)] == [(a, b)]
    bundle(ws, [a, b])
    split(ws, a, lines=[{1: 1}, {2: 1}])
    with Desk(ws) as desk:
        assert [desk.scan(text).outcome.value for text in (a, W1, W2)] == ["OK_OPEN", "OK_LINK", "OK_LINK"]
    with pytest.raises(Refused):
        unbundle(ws, b)
    unbundle(ws, b, reason="入れ直し")
    bundle(ws, [a, b])
    assert split(ws, a, lines=[{1: 1}, {2: 1}]).parcels[1].key == f"{a}P3"
    assert track(ws, a, W1, W1).ok
    assert track(ws, f"{a}P3", W2, W2).reason == "void"  # it was the second box's that is gone
    assert track(ws, f"{a}P3", W3, W3).verified
    (file,) = write_files(ws, tmp_path / "out").files
    assert (set(file.keys), file.rows) == ({a, b}, 2)
    assert file_uploaded(ws, file.fingerprint)
    assert [s.stage for s in shipments.by_keys(ws.store, [a, b])] == [Stage.ACCEPTED] * 2
    found = outbox.by_keys(ws.store, [a, b])
    said = {i.confirmation.shipment_key: [p.tracking_no for p in i.confirmation.parcels] for i in found}
    assert said == {a: [W1], b: [W3]}
    again = accept_orders(ws, made, Source("api", "楽天"))
    assert (again.counts["unchanged"], again.held) == (2, ())


def started(ws: Workspace, work: Callable[[], object]) -> Future[object]:
    """Work of another desk, long enough under way to be waiting for what this one holds."""

    def with_own_connection() -> object:
        try:
            return work()
        finally:
            ws.store.close()

    pool = ThreadPoolExecutor(1)
    running = pool.submit(with_own_connection)
    pool.shutdown(wait=False)
    wait([running], timeout=0.5)
    return running


def test_what_is_being_told_is_not_taken_apart_by_another_desk(ws: Workspace) -> None:
    a, b = accept_orders(ws, [an_order(1), an_order(2)], Source("api", "楽天")).keys
    bundle(ws, [a, b])
    assert track(ws, a, W1, W1).verified
    assert set(queue(ws).keys) == {a, b}
    with ws.store.transaction():
        assert withdraw_red(ws, [b], actor(ws)) == (b,)
        other = started(ws, lambda: unbundle(ws, b, reason="別々に送る"))
        assert not other.done()
        mark_sent(ws, [b])
    with pytest.raises(Refused) as caught:
        other.result()
    assert caught.value.code == "plan_told"
    assert shipments.by_keys(ws.store, [b])[0].leader == a
    with pytest.raises(Refused):  # and what one is told of is not packed anew for the others
        split(ws, a, 2, reason="入れ直し")


def test_what_is_being_taken_apart_is_not_told_by_another_desk(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = accept_orders(ws, [an_order(1), an_order(2)], Source("api", "楽天")).keys
    bundle(ws, [a, b])
    assert track(ws, a, W1, W1).verified
    assert set(queue(ws).keys) == {a, b}
    others: list[Future[object]] = []

    def send() -> object:
        with ws.store.transaction():
            return withdraw_red(ws, [b], actor(ws))

    def meanwhile(*given: Any) -> Any:
        others.append(started(ws, send))
        return taken_back(*given)

    monkeypatch.setattr("jpship_gui.flows.plan.bundle.taken_back", meanwhile)
    unbundle(ws, b, reason="別々に送る")
    assert [other.result() for other in others] == [()]
    assert {item.confirmation.shipment_key for item in outbox.in_state(ws.store, [SendState.WAITING])} == {a}
