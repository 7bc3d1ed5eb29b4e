"""What connectors remember, and downloads kept as received."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jpship_gui.store import kept_files
from jpship_gui.store.database import Store
from jpship_gui.store.shop_memory import ShopMemory, Staged

AT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)


def test_memory_is_a_mapping_of_one_shop(store: Store) -> None:
    memory, other = ShopMemory(store, "本店"), ShopMemory(store, "2号店")
    memory["cursor"] = "1"
    memory["cursor"] = "2"
    memory["token_day"] = "2026-11-28"
    assert dict(memory) == {"cursor": "2", "token_day": "2026-11-28"}
    assert (len(memory), len(other)) == (2, 0)
    assert dict(ShopMemory(store, "本店")) == dict(memory)
    del memory["cursor"]
    assert "cursor" not in memory
    with pytest.raises(KeyError):
        del memory["cursor"]


def test_what_is_staged_waits_to_be_kept(store: Store) -> None:
    memory = ShopMemory(store, "本店")
    memory["read.cursor"] = "1"
    staged = Staged(memory, "read.")
    staged["read.cursor"] = "2"
    staged["read.more"] = "3"
    staged["token_day"] = "2026-11-28"
    assert dict(memory) == {"read.cursor": "1", "token_day": "2026-11-28"}
    assert dict(staged) == {"read.cursor": "2", "token_day": "2026-11-28", "read.more": "3"}
    del staged["read.more"]
    staged.keep()
    assert dict(memory) == dict(staged) == {"read.cursor": "2", "token_day": "2026-11-28"}
    del staged["read.cursor"]
    assert ("read.cursor" in staged, "read.cursor" in memory, len(staged)) == (False, True, 1)
    with pytest.raises(KeyError):
        del staged["read.cursor"]
    staged.keep()
    assert "read.cursor" not in memory


def keep(store: Store, name: str, data: bytes, numbers: list[str], shop: str = "本店", hours: int = 0) -> int:
    with store.transaction():
        at = AT + timedelta(hours=hours)
        return kept_files.keep(store, shop, "x.brief", name, name + str(len(data)), data, numbers, at)


def test_the_newest_file_that_holds_an_order_comes_first(store: Store) -> None:
    keep(store, "morning.csv", b"\x00\xff morning", ["1", "2"])
    keep(store, "noon.csv", b"noon", ["2", "3", "3"], hours=2)
    keep(store, "other.csv", b"other", ["2"], shop="2号店", hours=3)
    assert [row.name for row in kept_files.holding(store, "本店", ["2"])] == ["noon.csv", "morning.csv"]
    (found,) = kept_files.holding(store, "本店", ["1"])
    assert (found.data, found.at) == (b"\x00\xff morning", AT)
    assert kept_files.holding(store, "本店", ["9"]) == []


def test_the_same_bytes_are_kept_once_and_become_the_newest(store: Store) -> None:
    first = keep(store, "a.csv", b"a", ["1"])
    keep(store, "b.csv", b"bb", ["1"], hours=1)
    assert keep(store, "a.csv", b"a", ["1"], hours=2) == first
    assert [row.name for row in kept_files.holding(store, "本店", ["1"])] == ["a.csv", "b.csv"]
