"""A Qoo10 shop on the practice marketplace, its carts taken in by file and packed, for the tests of its ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.intake.accept import Accepted, accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.qoo10 import exports
from jpship_gui.practice.qoo10.play import QooPlay
from jpship_gui.practice.qoo10.samples import Row, numbers_of, qoo10_rows
from jpship_gui.practice.qoo10.server import QooServer
from jpship_gui.practice.qoo10.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.store import shipments
from tests.flows.confirming import QUICK, pack, yamato_number


@dataclass(slots=True)
class QooScene:
    """Marketplace, desk, rows; keys of shipments in the order of their carts."""

    server: RunningServer[QooServer]
    ws: Workspace
    rows: list[Row]
    folder: Path

    @property
    def carts(self) -> dict[str, list[str]]:
        """Order numbers by cart."""
        return numbers_of(self.rows)

    def shipments(self) -> list[Shipment]:
        """All shipments by cart."""
        ids = [row_id for (row_id,) in self.ws.store.rows("SELECT id FROM shipments ORDER BY number")]
        return shipments.by_ids(self.ws.store, ids)

    def keys(self) -> list[str]:
        """Their keys."""
        return [shipment.key for shipment in self.shipments()]

    def write(self, name: str, header: tuple[str, ...], rows: list[Row] | None = None) -> Path:
        """A file as QSM gives it out."""
        path = self.folder / name
        path.write_bytes(exports.japanese(self.rows if rows is None else rows, header))
        return path

    def take(self, *paths: Path) -> Accepted:
        """Import files of one drop."""
        return accept(self.ws, preview(self.ws, list(paths)))

    def take_detail(self) -> Accepted:
        """Import the detail file."""
        return self.take(self.write("detail.csv", exports.DETAIL))

    def pack(self) -> None:
        """Link a number to every shipment, in the order of carts, proven."""
        for n, key in enumerate(self.keys()):
            pack(self.ws, key, yamato_number(n))

    def told(self) -> list[tuple[str, str]]:
        """Every order number with its tracking number, as often as the marketplace accepted it."""
        return sorted(self.server.app.play.shops[MAIN.number].told)

    def expected(self) -> list[tuple[str, str]]:
        """Every order number exactly once."""
        carts = self.carts.values()
        return sorted((line, yamato_number(n)) for n, lines in enumerate(carts) for line in lines)


@contextmanager
def a_qoo10_scene(home: Path, orders: int = 4, **settings: str) -> Iterator[QooScene]:
    """A desk with the shop and nothing taken in yet; carriers are mapped unless `settings` say otherwise."""
    day = to_jst(now_utc()).date() - timedelta(days=1)
    rows = qoo10_rows(orders, day=day, plain=True)
    play = QooPlay(now_utc)
    open_shop(play, MAIN, rows)
    folder = home.parent / "files"
    folder.mkdir(exist_ok=True)
    with RunningServer(QooServer(play)) as server:
        ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
        try:
            mapped = {"carrier.codes": MAIN.settings["carrier.codes"]}
            shops.add(ws, "qoo10", MAIN.name, {"api.url": server.url, **QUICK, **mapped, **settings})
            for field, value in MAIN.secrets.items():
                ws.secrets.keep_for_session(MAIN.name, field, value)
            yield QooScene(server, ws, rows, folder)
        finally:
            ws.close()
