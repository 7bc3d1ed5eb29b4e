"""Pictures of the hand-over page in its states, and a sheet of them at one third of their size (two metres away).

python -m tests.handover_pictures [--languages ja,en,zh_Hans] [--themes light,dark] [--sizes 1920x1080] [--out shots/handover]
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QSize, Qt, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from jpship_gui import texts
from jpship_gui.app import App, make_qt
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.handover.page import HandoverPage
from tests import shots
from tests.ui.driving import Driver
from tests.ui.handover.hand_over_day import Day, lay_out

STATES = ("empty", "choose", "running", "stopped", "name", "other_day", "end", "complete", "menu")


def main(arguments: Sequence[str]) -> int:
    """Take them; says where they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.handover_pictures")
    parser.add_argument("--languages", default=",".join(texts.LANGUAGES))
    parser.add_argument("--themes", default=",".join(shots.THEMES))
    parser.add_argument("--sizes", default="1920x1080")
    parser.add_argument("--states", default=",".join(STATES))
    parser.add_argument("--out", default=str(shots.ROOT / "shots" / "handover"))
    options = parser.parse_args(list(arguments))
    qInstallMessageHandler(shots._tell)
    gc.disable()
    qt = make_qt(["jpship"])
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    for language in options.languages.split(","):
        for theme in options.themes.split(","):
            for size in options.sizes.split(","):
                taken = [
                    _picture(qt, language, theme, size, state, out) for state in options.states.split(",")
                ]
                _sheet(taken, out / f"sheet-{language}-{theme}-{size}.png")
    return 0


def _picture(qt: QApplication, language: str, theme: str, size: str, state: str, out: Path) -> Path:
    wide, _, high = size.partition("x")
    with tempfile.TemporaryDirectory() as home, shots.day(Path(home)) as ws:
        path = out / f"{state}-{language}-{theme}-{size}.png"
        with _page(qt, ws, language, theme, QSize(int(wide), int(high)), state) as (page, driver):
            driver.settle()
            page.grab().save(str(path))
            print(f"{path.name}: {'; '.join(page.face.cut) or 'nothing cut'}", flush=True)
    return path


@contextmanager
def _page(
    qt: QApplication, ws: Workspace, language: str, theme: str, size: QSize, state: str
) -> Iterator[tuple[HandoverPage, Driver]]:
    day = (
        lay_out(ws, 0, 0)
        if state == "empty"
        else lay_out(ws, 34, proof="handover" if state == "name" else "file")
    )
    ws.options.set("language", language)
    ws.options.set("theme", theme)
    ws.options.set("handover.place", {"ja": "東口", "en": "east door", "zh_Hans": "东门"}[language])
    app = App(qt, ws)
    driver = Driver(app.window)
    app.window.show()
    app.window.open_page("handover")
    app.window.setWindowState(Qt.WindowState.WindowNoState)
    app.window.resize(size)
    app.set_language(language)
    app.set_theme(theme)
    QApplication.sendEvent(app.window, QEvent(QEvent.Type.LanguageChange))
    driver.settle()
    page = app.window.page()
    assert isinstance(page, HandoverPage)
    _reach(page, driver, ws, day, state)
    yield page, driver
    page.left()
    app.window.close()
    app.window.deleteLater()
    driver.settle()


def _reach(page: HandoverPage, driver: Driver, ws: Workspace, day: Day, state: str) -> None:
    """Scan until the state is there."""
    if state in ("empty", "choose"):
        return
    if state == "menu":
        page.take(day.numbers[0])
        driver.settle()
        from jpship_gui.ui.handover import acts

        acts.show_menu(page)
        return
    many = len(day.numbers) if state == "complete" else 21 if state != "name" else 0
    if state in ("running", "stopped", "end"):
        ws.store.execute("UPDATE shipments SET hold_reason = '在庫を確認中' WHERE key = ?", (day.keys[30],))
        ws.store.execute("UPDATE shipments SET cancelled = 1 WHERE key = ?", (day.keys[31],))
        found = shipments.by_keys(ws.store, [day.keys[30], day.keys[31]])
        shipments.restage(ws.store, [one.row_id for one in found])
    if state == "other_day":
        ws.store.execute("UPDATE parcels SET linked_at = linked_at - 86400000 WHERE key = ?", (day.keys[25],))
    for number in day.numbers[:many]:
        page.take(number)
        driver.settle()
    if state == "stopped":
        page.take(day.numbers[31])
    elif state == "name":
        page.take(day.numbers[3])
    elif state == "other_day":
        page.take(day.numbers[25])
    elif state == "end":
        page.finish()
    driver.settle()


def _sheet(taken: Sequence[Path], target: Path) -> None:
    """All states at one third of their size."""
    small = [Image.open(path).convert("RGB") for path in taken]
    small = [one.resize((one.width // 3, one.height // 3), Image.Resampling.LANCZOS) for one in small]
    wide, high = small[0].size
    whole = Image.new("RGB", (wide * 3 + 40, (high + 10) * -(-len(small) // 3) + 10), "#808080")
    for n, one in enumerate(small):
        whole.paste(one, (10 + n % 3 * (wide + 10), 10 + n // 3 * (high + 10)))
    whole.save(target)
    print(target, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
