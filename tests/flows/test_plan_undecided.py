"""Deciding on candidates: together, apart, all that are clear, and each decision taken back (PL-01, PL-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import LABEL_ELSEWHERE, Wish
from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.undecided import keep_apart, put_all_together, put_together, take_back, undecided
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, shipments
from tests.builders import a_contact, an_order, stored
from tests.flows.planning import a_folder, orders, tables


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with a_folder(tmp_path / "home") as opened:
        yield opened


def one(ws: Workspace, number: int, **changes: object) -> str:
    ((_, key),) = stored(ws.store, an_order(number, **changes))
    return key


def wishing(ws: Workspace, key: str) -> None:
    (found,) = shipments.by_keys(ws.store, [key])
    with ws.store.transaction():
        shipments.update(ws.store, found.row_id, {"wish_day": "2026-11-23"})


def test_groups_come_with_their_shipments_and_what_to_look_at(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    wishing(ws, b)
    (group,) = undecided(ws)
    assert (group.keys, tuple(s.key for s in group.shipments)) == ((a, b), (a, b))
    assert (group.doubts, group.clear, group.possible) == (("wish",), False, True)


def test_what_is_told_apart_is_asked_again_only_when_one_more_comes(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    keep_apart(ws, [a, b])
    assert candidates(ws) == ()
    c = one(ws, 3)
    (found,) = candidates(ws)
    assert found.keys == (a, b, c)
    keep_apart(ws, found.keys)
    assert candidates(ws) == ()
    (first,) = shipments.by_keys(ws.store, [a])
    assert [entry.what for entry in history.of(ws.store, first.row_id)] == ["kept_apart", "kept_apart"]


def test_telling_apart_is_taken_back(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    before = tables(ws)
    decided = keep_apart(ws, [a, b])
    take_back(ws, decided)
    assert [found.keys for found in candidates(ws)] == [(a, b)]
    assert tables(ws) == before


def test_together_is_taken_back_to_the_bundle_there_was(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    bundle(ws, [a, b])
    c = one(ws, 3)
    wishing(ws, c)  # it would lead
    (group,) = undecided(ws)
    decided = put_together(ws, group.keys)
    (leader,) = shipments.by_keys(ws.store, [a])
    assert leader.leader == c
    take_back(ws, decided)
    found = {s.key: s.leader for s in shipments.by_keys(ws.store, [a, b, c])}
    assert found == {a: a, b: a, c: ""}


def test_all_that_is_clear_goes_together_and_the_doubtful_stays(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    other = a_contact(name="試験 次郎", street="北浜8-8-8")
    c, d = one(ws, 11, recipient=other), one(ws, 12, recipient=other)
    wishing(ws, d)
    before = tables(ws)
    decided = put_all_together(ws)
    assert (decided.together, decided.refused) == (((a, b),), ())
    assert [found.keys for found in candidates(ws)] == [(c, d)]
    take_back(ws, decided)
    assert tables(ws) == before


def test_a_refused_group_is_told_and_stops_no_other(ws: Workspace) -> None:
    a, b = one(ws, 1), one(ws, 2, flags=(LABEL_ELSEWHERE,))
    other = a_contact(name="試験 次郎", street="北浜8-8-8")
    c, d = one(ws, 11, recipient=other), one(ws, 12, recipient=other)
    decided = put_all_together(ws)
    assert decided.together == ((c, d),)
    assert [(found.keys, fault.code) for found, fault in decided.refused] == [((a, b), "bundle_label")]


def test_nobody_decides_about_what_is_unknown(ws: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        keep_apart(ws, ["JP0000099", "JP0000088"])
    assert refused.value.code == "key_unknown"


def test_a_wish_alone_does_not_hide_a_group(ws: Workspace) -> None:
    stored(ws.store, an_order(1), an_order(2), wish=Wish(date(2026, 11, 23), "am"))
    (group,) = undecided(ws)
    assert group.clear
