"""Real X keystrokes into the page for numbers away from the desk: many in a row, by two people, and through a kill -9."""

from __future__ import annotations

import json
import signal
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from jpship_gui.domain.badge import badge_of
from jpship_gui.flows import people
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import NOW, an_order, stored
from tests.journeys import test_real_keys as real

pytestmark = pytest.mark.xvfb
ORDERS = 100
TYPED = 2
SCANNER, FINGERS = 150, 350  # ms between two keys: at most, on a computer that is held up, and at least
display = real.display


def number(n: int) -> str:
    """A Yamato number with a good check digit."""
    payload = 40000660000 + n
    return f"{payload}{payload % 7}"


@pytest.fixture
def keys(tmp_path: Path) -> list[str]:
    """A shop with printed orders where another person types a number the second time; the orders' keys."""
    with closing(open_workspace(str(tmp_path / "home"))) as ws:
        for name in ("佐藤", "鈴木", "田中"):
            people.add(ws.as_person("佐藤"), name)
        shops.add(ws.store, "本店", "rakuten", {"track.second": "other"}, NOW)
        made = stored(ws.store, *(an_order(n + 1) for n in range(ORDERS + TYPED)))
        with ws.store.transaction():
            ids = [row_id for row_id, _ in made]
            shipments.mark(ws.store, ids, "printed", NOW, "佐藤")
            shipments.restage(ws.store, ids)
        ws.options.set("sound.volume", "0")
        ws.options.set("desk.person", "佐藤")
        ws.options.set("scanner.blank_ms", SCANNER)
        ws.options.set("scanner.again_ms", 0)  # a number is read twice in a row, with no hand in between
        return [key for _, key in made]


class Office(real.Desk):
    """The program at the page for numbers."""

    def __init__(self, display: str, folder: Path) -> None:
        for left in ("orders", "done"):
            (folder / left).unlink(missing_ok=True)
        super().__init__(display, folder)
        self._page = folder / "page"

    def open_entry(self) -> None:
        """Ctrl+Shift+N until it is in sight."""

        def shown() -> bool:
            self.press("ctrl+shift+n")
            self.do(f"page {self._page}")
            return self._page.read_text(encoding="utf-8") == "entry"

        real._until(shown)

    def made(self) -> list[dict[str, object]]:
        """Entries in the journal, whole lines only, in their order."""
        files = (self._home / "journal").glob("*_office-*.jsonl")
        lines = [json.loads(line) for file in files for line in file.read_bytes().split(b"\n")[:-1]]
        return [line for line in lines if line["kind"] == "track"]

    def has_made(self, count: int) -> None:
        """Wait until so many entries stand there."""
        real._until(lambda: len(self.made()) >= count or self.program.poll() is not None, 300)
        assert self.program.poll() is None, self.said()

    def enter(self, keys: Sequence[str], numbers: Sequence[str]) -> None:
        """Slip, number, number, next; as fast as the keys go."""
        self.scan([code for key, no in zip(keys, numbers, strict=True) for code in (f"{key}S", no, no)])

    def type_entry(self, key: str, no: str) -> None:
        """The slip by scanner, the number by hand, once; the entry is there when this returns."""
        count = len(self.made())
        self.scan([f"{key}S"])
        self.press(*no, "Return", delay=FINGERS)
        self.has_made(count + 1)

    def end(self, how: int = signal.SIGTERM) -> None:
        """Gone, and waited for."""
        self.program.send_signal(how)
        self.program.wait()


def linked(home: Path) -> dict[str, tuple[str, str]]:
    """Parcel → number and how it was proven, as the database says once it followed the journal."""
    with closing(open_workspace(str(home))) as ws:
        catch_up(ws)
        rows = ws.store.rows("SELECT key, tracking_no, verified_how FROM parcels WHERE tracking_no <> ''")
        return {str(key): (str(no), str(how)) for key, no, how in rows}


def test_a_hundred_orders_in_a_row_through_a_power_cut(display: str, tmp_path: Path, keys: list[str]) -> None:
    """Whatever the journal holds after the kill is done once; the rest is entered afterwards, and nothing twice."""
    numbers = [number(n) for n in range(ORDERS)]
    office = Office(display, tmp_path)
    try:
        office.open_entry()
        office.enter(keys[:40], numbers[:40])
        office.has_made(40)
        office.enter(keys[40:60], numbers[40:60])  # under way when the power goes
        office.has_made(41)
    finally:
        office.end(signal.SIGKILL)
    done = {str(line["shipment"]) for line in office.made()}
    assert set(keys[:40]) < done
    assert {key: no for key, (no, _) in linked(tmp_path / "home").items()} == {
        key: no for key, no in zip(keys, numbers, strict=False) if key in done
    }
    office = Office(display, tmp_path)
    try:
        office.open_entry()
        left = [(key, no) for key, no in zip(keys, numbers, strict=False) if key not in done]
        office.enter([key for key, _ in left], [no for _, no in left])
        office.has_made(ORDERS)
    finally:
        office.end()
    entries = office.made()
    assert [line["shipment"] for line in entries] == keys[:ORDERS], "each once, in the order they were read"
    assert {line["outcome"] for line in entries} == {"OK_DONE"}
    assert linked(tmp_path / "home") == {key: (no, "entry") for key, no in zip(keys, numbers, strict=False)}
    assert "Traceback" not in office.said()


def test_what_one_person_types_another_types_again(display: str, tmp_path: Path, keys: list[str]) -> None:
    """A badge read on the page says whose entry it is; the same person's second one proves nothing."""
    typed, numbers = keys[:TYPED], [number(n) for n in range(TYPED)]
    with closing(open_workspace(str(tmp_path / "home"))) as ws:
        ws.options.set(
            "scanner.blank_ms", FINGERS // 4
        )  # fast enough for a scanner on a computer that is held up
    office = Office(display, tmp_path)
    try:
        office.open_entry()
        office.scan([badge_of("02")])
        for key, no in zip(typed, numbers, strict=True):
            office.type_entry(key, no)
        office.type_entry(typed[0], numbers[0])  # the same person once more: an NG
        office.press("F4")
        office.scan([badge_of("03")])
        for key, no in zip(typed, numbers, strict=True):
            office.type_entry(key, no)
    finally:
        office.end()
    lines = [(line["person"], line["reason"]) for line in office.made()]
    assert lines[:TYPED] == [("鈴木", "waits")] * TYPED
    assert lines[TYPED] == ("鈴木", "not_yet")
    assert [person for person, _ in lines[TYPED + 1 :]] == ["田中"] * TYPED
    assert linked(tmp_path / "home") == {key: (no, "entry") for key, no in zip(typed, numbers, strict=True)}
