"""Photos and files of a parcel: attached, shown, handed out, gone when their time is over (PK-17, SE-01, SE-05).

The bytes lie in the evidence folder under their hash; what is attached to which parcel stands in the office's journal.
A file's own name is kept nowhere: people name files after buyers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.flows.pack.record import record
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import write_whole
from jpship_gui.store import evidence, shipments, shops
from jpship_gui.store.evidence import FILE, PHOTO, Evidence

__all__ = [
    "FILE",
    "PHOTO",
    "PICTURES",
    "Evidence",
    "Exported",
    "attach",
    "expire",
    "export",
    "listed",
    "path_of",
    "remove",
]

PICTURES = (".jpg", ".png", ".webp", ".gif", ".bmp")  # that a window can show
_KINDS = (*PICTURES, ".heic", ".tif", ".pdf", ".mp4", ".mov")
_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".tiff": ".tif"}
_MOST = 50 * 1024 * 1024
_STRAY = timedelta(hours=1)  # a file without an entry may be about to get one
_EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and which of the wanted files are not on this computer."""

    files: tuple[Path, ...]
    missing: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Expired:
    """How much went: entries, files of theirs, and files nothing was attached by."""

    entries: int
    files: int
    strays: int


def attach(ws: Workspace, key: str, path: Path, kind: str = FILE) -> Evidence:
    """Attach a file to a parcel, by the parcel's or its shipment's key; the same bytes are attached once.

    Refused("shipment_unknown", "evidence_kind", "evidence_size") and WorldFault("file_unreadable", "file_write").
    """
    wanted = key.strip().upper()
    shipment = shipments.by_key(ws.store, wanted) or shipments.by_parcel_key(ws.store, wanted)
    if shipment is None:
        raise Refused("shipment_unknown", key=key)
    suffix = _SAME.get(path.suffix.lower(), path.suffix.lower())
    if suffix not in _KINDS:
        raise Refused("evidence_kind", kinds=" ".join(_KINDS))
    data = _read(path)
    found = Evidence(hashlib.sha256(data).hexdigest(), suffix, kind, wanted, shipment.key)
    write_whole(path_of(ws, found), data)
    effect = Effect(Do.ATTACH, shipment.key, wanted, number=found.hash, contents=suffix, how=kind)
    record(ws, "evidence", [effect], shipment=shipment.key)
    return next(one for one in evidence.of_shipments(ws.store, [shipment.row_id]) if one.hash == found.hash)


def path_of(ws: Workspace, found: Evidence) -> Path:
    """Where its file lies on this computer, if it was attached here."""
    return ws.places.evidence / found.name


def listed(ws: Workspace, key: str) -> tuple[Evidence, ...]:
    """All that is attached to a shipment and to those that travel with it; Refused("shipment_unknown")."""
    shipment = shipments.by_key(ws.store, key.strip().upper())
    if shipment is None:
        raise Refused("shipment_unknown", key=key)
    return evidence.of_shipments(ws.store, [one.row_id for one in shipment.bundle])


def remove(ws: Workspace, key: str, hash_: str, reason: str = "") -> None:
    """Take one off a shipment; its file goes unless something else is attached by it. `hash_` may be its beginning.
    Refused("shipment_unknown", "evidence_unknown")."""
    fitting = [one for one in listed(ws, key) if hash_ and one.hash.startswith(hash_.lower())]
    if len({one.hash for one in fitting}) != 1:
        raise Refused("evidence_unknown", hash=hash_)
    _detach(ws, fitting, reason)
    _drop_files(ws, fitting)


def export(ws: Workspace, keys: Sequence[str], folder: Path) -> Exported:
    """Write the files of these shipments into a folder, named by key and number, and note it (SE-05).

    Refused("shipment_unknown", "evidence_none") and WorldFault("file_write"); an older export is never overwritten.
    """
    every = list(dict.fromkeys(one for key in keys for one in listed(ws, key)))
    if not every:
        raise Refused("evidence_none")
    there = [one for one in every if path_of(ws, one).exists()]
    written = []
    for number, one in enumerate(there, 1):
        target = _free(folder / f"{one.shipment}-{number:02d}{one.suffix}")
        write_whole(target, path_of(ws, one).read_bytes())
        written.append(target)
    people = len({one.shipment for one in there})
    with ws.store.transaction():
        evidence.note_export(ws.store, ws.now(), ws.person, ws.desk, folder.name, people, len(written))
    return Exported(tuple(written), tuple(one for one in every if one not in there))


def expire(ws: Workspace, days: int | None = None) -> Expired:
    """Remove what is older than so many days, or than each shop's setting; entry first, then its file. A file whose
    entry is gone already, as when the power went in between, goes too."""
    now = ws.now()
    if days is not None:
        due = evidence.older(ws.store, now - timedelta(days=days))
    else:
        due = tuple(
            one
            for shop in shops.every(ws.store)
            for one in evidence.older(ws.store, now - timedelta(days=_days(ws, shop.name)), shop.name)
        )
    _detach(ws, due, _EXPIRED)
    return Expired(len(due), _drop_files(ws, due), _drop_strays(ws))


def _days(ws: Workspace, shop: str) -> int:
    return int(ws.shop_options(shop).get("evidence.days"))


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not 0 < size <= _MOST:
            raise Refused("evidence_size", most=_MOST // (1024 * 1024))
        return path.read_bytes()
    except OSError as error:
        raise WorldFault("file_unreadable", file=path.name, reason=error.strerror or "") from error


def _detach(ws: Workspace, gone: Sequence[Evidence], reason: str) -> None:
    effects = [Effect(Do.DETACH, one.shipment, one.parcel, number=one.hash, reason=reason) for one in gone]
    if effects:
        record(ws, "evidence", effects, shipment=effects[0].shipment if len(effects) == 1 else "")


def _drop_files(ws: Workspace, gone: Sequence[Evidence]) -> int:
    used = evidence.still_used(ws.store, [one.hash for one in gone])
    names = {one.name for one in gone if one.hash not in used}
    return sum(_unlink(ws.places.evidence / name) for name in names)


def _drop_strays(ws: Workspace) -> int:
    known = evidence.names(ws.store)
    before = ws.now() - _STRAY
    strays = []
    for path in ws.places.evidence.iterdir():
        with suppress(OSError):
            young = datetime.fromtimestamp(path.stat().st_mtime, UTC) > before
            if path.name not in known and not young:
                strays.append(path)
    return sum(_unlink(path) for path in strays)


def _unlink(path: Path) -> bool:
    with suppress(OSError):
        path.unlink()
        return True
    return False


def _free(path: Path) -> Path:
    """The path, or the first one like it that is not taken."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return found
