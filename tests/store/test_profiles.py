"""Sellers' own profiles as rows: versions, two desks, and the number every desk looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.store import profiles
from jpship_gui.store.database import Store
from jpship_gui.store.profiles import StoredProfile

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ONE = StoredProfile("jisha", 1, NOW, "佐藤", 'id = "jisha"\n髙😀\n')


def put(store: Store, profile: StoredProfile, before: int) -> None:
    with store.transaction():
        profiles.put(store, profile, before)


def test_what_is_kept_comes_back(store: Store) -> None:
    assert (profiles.every(store), profiles.find(store, "jisha"), profiles.change_no(store)) == ([], None, 0)
    put(store, ONE, 0)
    assert profiles.every(store) == [profiles.find(store, "jisha")] == [ONE]


def test_every_change_counts(store: Store) -> None:
    put(store, ONE, 0)
    put(store, replace(ONE, version=2), 1)
    with store.transaction():
        profiles.remove(store, "jisha")
    assert (profiles.change_no(store), profiles.every(store)) == (3, [])


@pytest.mark.parametrize("before", [0, 2])
def test_a_version_somebody_else_made_is_not_written_over(store: Store, before: int) -> None:
    put(store, ONE, 0)
    with pytest.raises(Refused) as refused:
        put(store, replace(ONE, version=before + 1, person="鈴木"), before)
    assert refused.value.code == "profile_changed"
    assert profiles.find(store, "jisha") == ONE
    assert profiles.change_no(store) == 1
