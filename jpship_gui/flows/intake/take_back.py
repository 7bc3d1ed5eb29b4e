"""Take an import back as long as nothing came of it: its new orders go, changed ones get their earlier reading again
(IN-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderId
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.intake.accept import API, KEPT
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, imports, kept_files, orders, shops, versions
from jpship_gui.store.imports import ImportAct
from jpship_gui.store.versions import Version

_GROUP = 400
# What the program notes by itself; all else in a shipment's history is what a person did with it.
_OWN_NOTES = (
    *("imported", "import_taken_back", "source_changed", "approval_void"),
    *("entry_changed", "entry_cancelled"),
)
_TAKES_BACK = {"resend_taken_back": "resend_entered", "asked_again": "kept_apart"}
# First thing found in the history since → why the import stays; whatever is not named here was a person's decision.
_REASONS: Mapping[str, str] = {
    **dict.fromkeys(("printed", "reprinted", "print_unsent", "picklist_printed", "paper_printed"), "printed"),
    **dict.fromkeys(("carrier_exported", "number_from_file"), "exported"),
    **dict.fromkeys(
        (
            *("checked", "ticked", "linked", "unlinked", "verified", "unverified"),
            *("handed_over", "reopened", "taken_over"),
        ),
        "packed",
    ),
    **dict.fromkeys(
        (
            *("confirm_accepted", "confirm_doubtful", "confirm_filed"),
            *("confirm_refused", "confirm_retried", "confirm_sent"),
        ),
        "told",
    ),
}


@dataclass(frozen=True, slots=True)
class PastImport:
    """One line of the list of imports. `stays` says why it cannot be taken back (a code of `takeback.<code>`), "" = it
    can; with `taken_back_at` it was."""

    act: int
    at: datetime
    person: str
    source: str
    names: tuple[str, ...]
    counts: Mapping[str, int]
    stays: str = ""
    taken_back_at: datetime | None = None
    taken_back_by: str = ""

    @property
    def can_go(self) -> bool:
        """Whether it can be taken back now."""
        return not self.stays and self.taken_back_at is None


@dataclass(frozen=True, slots=True)
class TookBack:
    """What taking back did: orders that are gone, orders that have their earlier reading again."""

    names: tuple[str, ...]
    removed: tuple[OrderId, ...]
    restored: tuple[OrderId, ...]


def past_imports(ws: Workspace, limit: int = 20) -> list[PastImport]:
    """The last imports, newest first, taken back ones among them; an API that had nothing to tell is left out."""
    found = [
        PastImport(
            *(act.first, act.at, act.person, act.source, act.names, act.counts),
            stays=why_it_stays(ws, act),
        )
        for act in imports.acts(ws.store, 4 * limit)
        if act.source != API or act.counts.get("new") or act.counts.get("changed")
    ][:limit]
    gone = [
        PastImport(
            *(0, one.imported_at, one.imported_by, one.source, one.names, one.counts),
            taken_back_at=one.at,
            taken_back_by=one.person,
        )
        for one in imports.taken_back(ws.store, limit)
    ]
    return sorted((*found, *gone), key=lambda one: one.at, reverse=True)[:limit]


def take_back(ws: Workspace, act: int = 0) -> TookBack:
    """Undo an import (0: the last one that was no API's), all of it or nothing.

    Refused("import_unknown", "nothing_to_take_back") and Refused("takeback_<why>") as `PastImport.stays` says.
    """
    with ws.store.transaction():
        found = _act(ws, act)
        why = why_it_stays(ws, found)
        if why:
            raise Refused(f"takeback_{why}", name="・".join(found.names))
        return _undo(ws, found)


def why_it_stays(ws: Workspace, act: ImportAct) -> str:
    """Why an import cannot be taken back: `api`, `old`, `read_again`, `open`, `printed`, `exported`, `packed`, `told`,
    `decided`; "" when it can."""
    if act.source == API:
        return "api"
    if not act.known or act.at < ws.now() - KEPT:
        return "old"
    if versions.replaced_later(ws.store, act.ids):
        return "read_again"
    kept = versions.of_imports(ws.store, act.ids)
    marks = _marks(ws, act, kept)
    rows = _shipments(ws, list(marks))
    if _any_open(ws, list(rows)):
        return "open"
    return _what_was_done(ws, rows, marks) or ("packed" if _gained(ws, act, kept) else "")


def _act(ws: Workspace, first: int) -> ImportAct:
    if first:
        found = imports.act_of(ws.store, first)
        if found is None:
            raise Refused("import_unknown", number=first)
        return found
    last = imports.acts(ws.store, 1, API)
    if not last:
        raise Refused("nothing_to_take_back")
    return last[0]


def _marks(ws: Workspace, act: ImportAct, kept: Sequence[Version]) -> dict[int, int]:
    """Rows of all orders the act touched → the line of history from which on what was done counts."""
    marks = ", ".join("?" * len(act.ids))
    touched = {
        row: 0 for (row,) in ws.store.rows(f"SELECT id FROM orders WHERE import_id IN ({marks})", act.ids)
    }
    for version in kept:  # the newest first, so the oldest counts
        touched[version.order_id] = 0 if version.order["import_id"] in act.ids else version.history_mark
    return touched


def _shipments(ws: Workspace, order_rows: Sequence[int]) -> dict[int, int]:
    """Shipment rows of these orders → the order's row."""
    found: dict[int, int] = {}
    for group in _groups(order_rows):
        marks = ", ".join("?" * len(group))
        found |= dict(ws.store.rows(f"SELECT id, order_id FROM shipments WHERE order_id IN ({marks})", group))
    return found


def _any_open(ws: Workspace, rows: Sequence[int]) -> bool:
    return any(
        ws.store.value(
            f"SELECT 1 FROM open_parcels WHERE shipment_id IN ({', '.join('?' * len(group))}) LIMIT 1", group
        )
        for group in _groups(rows)
    )


def _what_was_done(ws: Workspace, rows: Mapping[int, int], marks: Mapping[int, int]) -> str:
    """The first thing a person did with any of these shipments since and did not undo."""
    left: list[tuple[int, str]] = []
    for line, row_id, what, values in history.besides(ws.store, list(rows), _OWN_NOTES):
        if line <= marks[rows[row_id]]:
            continue
        undone = values.get("of", "") if what == "undone" else _TAKES_BACK.get(what)
        if undone is None:
            left.append((row_id, what))
        elif (row_id, undone) in left:
            left.remove((row_id, undone))
    return _REASONS.get(left[0][1], "decided") if left else ""


def _gained(ws: Workspace, act: ImportAct, kept: Sequence[Version]) -> bool:
    """A fact nobody noted in the history still forbids to go back behind it."""
    oldest = {version.order_id: version for version in kept}
    return any(versions.gained_facts(ws.store, version) for version in oldest.values())


def _undo(ws: Workspace, act: ImportAct) -> TookBack:
    kept = versions.of_imports(ws.store, act.ids)
    before = {v.order_id: v for v in kept if v.order["import_id"] not in act.ids}
    touched = _marks(ws, act, kept)
    new = [row for row in touched if row not in before]
    removed = [order_id for row in new if (order_id := _note_original(ws, row)) is not None]
    versions.remove_orders(ws.store, new)
    restored, rows = [], []
    for version in before.values():
        rows += versions.restore(ws.store, version)
        restored.append(OrderId(*(str(version.order[part]) for part in ("marketplace", "shop", "number"))))
    name = "・".join(act.names)
    history.add(ws.store, rows, "import_taken_back", ws.now(), ws.person, ws.desk, name=name)
    for made in act.made:
        _undo_beside(ws, made)
    imports.forget(ws.store, act, ws.now(), ws.person, ws.desk)
    check_shipments(ws, rows)  # the day may have moved on; it also tells the open views
    return TookBack(act.names, tuple(removed), tuple(restored))


def _note_original(ws: Workspace, order_row: int) -> OrderId | None:
    """The order's id; the order a re-send was made for learns that it is not sent again."""
    order = orders.by_row(ws.store, order_row)
    if order is None:
        return None
    original = order.by_hand.original if order.by_hand else None
    if original is not None:
        rows = ws.store.rows(
            "SELECT id FROM shipments WHERE marketplace = ? AND shop = ? AND number = ?",
            (original.marketplace, original.shop, original.number),
        )
        history.add(
            *(ws.store, [row for (row,) in rows], "resend_taken_back", ws.now(), ws.person, ws.desk),
            number=order.id.number,
        )
    return order.id


def _undo_beside(ws: Workspace, made: Mapping[str, Any]) -> None:
    """What the import wrote besides orders; a shop keeps the number it learned once other orders rely on it."""
    if "kept" in made:
        kept_files.drop(ws.store, int(made["kept"]))
    if "kept_again" in made:
        kept_files.put_back(ws.store, *made["kept_again"])
    if "learned" in made:
        shop, key, value = made["learned"]
        if value is not None:
            shops.set_settings(ws.store, shop, {key: value})
        elif ws.store.value("SELECT 1 FROM orders WHERE shop = ? LIMIT 1", (shop,)) is None:
            shops.drop_setting(ws.store, shop, key)


def _groups(rows: Sequence[int]) -> Iterable[Sequence[int]]:
    return (rows[start : start + _GROUP] for start in range(0, len(rows), _GROUP))
