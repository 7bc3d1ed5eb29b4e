"""A picture of every page: `python3 dev.py shots [--pages orders,…] [--languages ja] [--sizes 1280x800] [--themes light]`.

Pages come from the window's own list, further scenes from the pages themselves. Data sets: the day of the tests, full of
everything; the practice shops; an empty data folder.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from jpship_gui import texts
from jpship_gui.app import App, make_qt
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.desk import FILES, open_practice
from jpship_gui.ui.pages import PAGES
from tests.ui import synthetic
from tests.ui.driving import Driver

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "shots"
PICTURES = ROOT / "docs" / "pictures"
SIZES = ("1920x1080", "1280x800")
THEMES = ("light", "dark")
# Shot → picture of the README and the documentation.
KEPT = {
    "day-all-ticked-ja-light-1920x1080": "orders",
    "day-all-ticked-ja-dark-1920x1080": "orders-dark",
    "day-all-ticked-en-light-1280x800": "orders-en",
}


@contextmanager
def day(home: Path) -> Iterator[Workspace]:
    """The day of the tests, at 14:08 of a Saturday."""
    ws = open_workspace(str(home), person="佐藤", desk="梱包台1")
    ws.options.set("desk.pickups", {"sagawa": "14:45", "yamato": "16:00", "jppost": "17:00"})
    synthetic.fill(ws)
    yield replace(ws, clock=lambda: synthetic.NOW)


@contextmanager
def practice(home: Path) -> Iterator[Workspace]:
    """The practice shops, their sample files taken in."""
    with open_practice(str(home), person="佐藤", desk="梱包台1") as ws:
        accept(ws, preview(ws, sorted((ws.places.home / FILES).glob("*.csv"))))
        yield ws


@contextmanager
def empty(home: Path) -> Iterator[Workspace]:
    """The first start."""
    ws = open_workspace(str(home))
    yield replace(ws, clock=lambda: synthetic.NOW)


DATA = {"day": day, "practice": practice, "empty": empty}


def main(arguments: Sequence[str]) -> int:
    """Take the pictures; says how many and where."""
    parser = argparse.ArgumentParser(prog="dev.py shots")
    parser.add_argument("--pages", default=",".join(spec.id for spec in PAGES))
    parser.add_argument("--languages", default=",".join(texts.LANGUAGES))
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument("--data", default=",".join(DATA))
    options = parser.parse_args(list(arguments))
    qt = make_qt(["jpship"])
    started, taken = time.monotonic(), 0
    OUT.mkdir(exist_ok=True)
    for name in options.data.split(","):
        with tempfile.TemporaryDirectory() as home, DATA[name](Path(home)) as ws:
            taken += _data_set(qt, name, ws, options)
    print(f"shots: {taken} pictures in {OUT} ({time.monotonic() - started:.0f} s)")
    return 0


def _data_set(qt: QApplication, name: str, ws: Workspace, options: argparse.Namespace) -> int:
    ws.options.set("theme", "light")
    app, taken = App(qt, ws), 0
    driver = Driver(app.window)
    app.window.show()
    app.window.count()
    for language in options.languages.split(","):
        app.set_language(language)
        QApplication.sendEvent(app.window, QEvent(QEvent.Type.LanguageChange))
        for theme in options.themes.split(","):
            app.set_theme(theme)
            for size in options.sizes.split(","):
                width, height = size.split("x")
                app.window.resize(int(width), int(height))
                taken += _pages(app, driver, name, f"{language}-{theme}-{size}", options.pages.split(","))
    app.window.close()
    app.close()
    app.window.deleteLater()
    driver.settle()
    return taken


def _pages(app: App, driver: Driver, data: str, suffix: str, pages: Sequence[str]) -> int:
    """Every page as opened, and each of its scenes."""
    window, taken = app.window, 0
    for spec in PAGES:
        if spec.id not in pages:
            continue
        window.open_page(spec.id, "today" if spec.id == "all" and data == "day" else None)
        driver.settle()
        taken += _take(app, f"{data}-{spec.id}-{suffix}")
        page = window.page()
        scenes = page.scenes() if page is not None and not spec.shares and data != "empty" else {}
        for scene, reach in scenes.items():
            reach()
            driver.settle()
            taken += _take(app, f"{data}-{spec.id}-{scene}-{suffix}")
            while page is not None and page.back():
                driver.settle()
            driver.settle()
    return taken


def _take(app: App, name: str) -> int:
    path = OUT / f"{name}.png"
    app.window.grab().save(str(path))
    if name in KEPT:
        PICTURES.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, PICTURES / f"{KEPT[name]}.png")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
