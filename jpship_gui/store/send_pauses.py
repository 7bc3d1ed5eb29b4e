"""Until when a shop is left in peace after its marketplace could not be told anything; outlives the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.database import Store, from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Pause:
    """One shop's pause. `code` says why, `kind` how such pauses grow, `tries` how often in a row it was in vain."""

    shop: str
    kind: str
    code: str
    tries: int
    since: datetime
    until: datetime


def put(store: Store, pause: Pause) -> Pause:
    """Keep a shop's pause in place of the one before; as it is kept, in whole milliseconds."""
    store.execute(
        "INSERT INTO send_pauses (shop, kind, code, tries, since, until) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (shop) DO UPDATE SET kind = excluded.kind, code = excluded.code, tries = excluded.tries, "
        "since = excluded.since, until = excluded.until",
        (pause.shop, pause.kind, pause.code, pause.tries, to_ms(pause.since), to_ms(pause.until)),
    )
    kept = find(store, pause.shop)
    assert kept is not None
    return kept


def every(store: Store) -> dict[str, Pause]:
    """All pauses by shop, those that are over included: their tries count until something succeeds."""
    rows = store.rows("SELECT shop, kind, code, tries, since, until FROM send_pauses")
    return {row[0]: _pause(row) for row in rows}


def find(store: Store, shop: str) -> Pause | None:
    """One shop's pause."""
    row = store.row("SELECT shop, kind, code, tries, since, until FROM send_pauses WHERE shop = ?", (shop,))
    return None if row is None else _pause(row)


def lift(store: Store, shop: str) -> Pause | None:
    """Forget a shop's pause; the one there was."""
    before = find(store, shop)
    if before is not None:
        store.execute("DELETE FROM send_pauses WHERE shop = ?", (shop,))
    return before


def wake(store: Store, kind: str, at: datetime) -> None:
    """End every pause of a kind now; should it still be in vain, the next one goes on growing."""
    store.execute(
        "UPDATE send_pauses SET until = ? WHERE kind = ? AND until > ?", (to_ms(at), kind, to_ms(at))
    )


def _pause(row: Sequence[object]) -> Pause:
    shop, kind, code, tries, since, until = row
    began, ends = from_ms(int(str(since))), from_ms(int(str(until)))
    assert began is not None
    assert ends is not None
    return Pause(str(shop), str(kind), str(code), int(str(tries)), began, ends)
