"""Files with people in them go once nobody needs them any more (SE-07): what acts left behind, copies for reprints,
files handed to carriers."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import prints, shops

_LEFT_BEHIND = timedelta(hours=1)  # no act takes that long
_DONE = (
    *(Stage.PACKED, Stage.HANDED_OVER, Stage.SENT, Stage.ACCEPTED, Stage.SHIPPED),
    *(Stage.CANCELLED, Stage.NOT_OURS),
)
_BY_LAW = ("receipt", "invoice")  # the issuer keeps copies of these; a slip that is an invoice is one of them


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files went."""

    temporary: int = 0
    papers: int = 0
    carrier_files: int = 0


def sweep(ws: Workspace) -> Swept:
    """Remove what is past its time in this desk's own folders; what cannot be removed now is tried again next time.

    A paper goes `papers.keep_days` after it was made if all its shipments are on their way, at the latest after
    `papers.most_days`; receipts and invoices after `papers.invoice_days`.
    """
    return Swept(_temporary(ws), _papers(ws), _carrier_files(ws))


def _temporary(ws: Workspace) -> int:
    return sum(_remove(path) for path in _older(ws.places.temporary.iterdir(), ws.now() - _LEFT_BEHIND))


def _papers(ws: Workspace) -> int:
    now = ws.now()
    keep, most, invoices = (
        now - timedelta(days=int(ws.options.get(f"papers.{name}_days")))
        for name in ("keep", "most", "invoice")
    )
    lawful = [
        shop.name
        for shop in shops.every(ws.store)
        if ShopOptions(shop.settings).get("invoice.mode") == "slip"
        and ShopOptions(shop.settings).get("invoice.registration_no")
    ]
    due = prints.due(
        ws.store, ws.desk, _DONE, keep=keep, most=most, invoices=invoices, by_law=_BY_LAW, shops=lawful
    )
    gone = []
    for made in due:
        path = ws.places.papers / made.path
        if _remove(path) or not path.exists():
            gone.append(made.row_id)
    with ws.store.transaction():
        prints.set_gone(ws.store, gone, now)
    known = prints.files(ws.store)
    strays = [path for path in ws.places.papers.iterdir() if path.name not in known]
    return len(gone) + sum(_remove(path) for path in _older(strays, now - timedelta(days=1)))


def _carrier_files(ws: Workspace) -> int:
    """Those in the program's own folder; where a person chose another, it is that person's."""
    before = ws.now() - timedelta(days=int(ws.options.get("papers.keep_days")))
    return sum(_remove(path) for path in _older(ws.places.carrier_files.iterdir(), before))


def _older(paths: Iterable[Path], before: datetime) -> list[Path]:
    found = []
    for path in paths:
        with suppress(OSError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                found.append(path)
    return found


def _remove(path: Path) -> bool:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True
