"""A picture of every page: `python3 dev.py shots [--pages orders,…] [--languages ja] [--sizes 1280x800] [--themes light]`.

Data sets: `story`, a practice day from the first start to the last answer; `day`, every page and scene over the orders of
the tests, full of everything; `full`, the same with names, remarks and counts that hardly fit; `empty`, a new data folder.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from jpship_gui import texts
from jpship_gui.app import App, make_qt
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.ui.pages import PAGES
from jpship_gui.ui.profiles.page import ProfilesPage
from tests.story import StoppedClock, Story, practice_desk
from tests.ui import hostile, synthetic
from tests.ui.driving import Driver
from tests.ui.plan import planning_day
from tests.ui.profiles import unseen

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "shots"
PICTURES = ROOT / "docs" / "pictures"
SIZES = ("1920x1080", "1280x800")
THEMES = ("light", "dark")
# Shot → picture of the README and the documentation.
KEPT = {
    "story-intake-preview-ja-light-1280x800": "intake",
    "story-orders-ja-light-1920x1080": "orders",
    "story-orders-ja-dark-1920x1080": "orders-dark",
    "story-orders-en-light-1280x800": "orders-en",
    "day-plan-ja-light-1920x1080": "plan",
    "day-plan-candidates-ja-light-1280x800": "plan-bundles",
    "story-print-ja-light-1920x1080": "print",
    "story-pack-next-ja-light-1920x1080": "pack-next",
    "story-pack-ok-ja-light-1920x1080": "pack-ok",
    "story-pack-ng-ja-light-1920x1080": "pack-ng",
    "story-pack-complete-ja-light-1920x1080": "pack-complete",
    "story-tracking-ja-light-1920x1080": "tracking",
    "story-confirm-ja-light-1920x1080": "confirm",
    "day-profiles-editor-ja-light-1280x800": "profiles",
}


@contextmanager
def day(home: Path) -> Iterator[Workspace]:
    """The day of the tests, at 14:08 of a Saturday."""
    ws = open_workspace(str(home), person="佐藤", desk="梱包台1")
    ws.options.set("desk.pickups", {"sagawa": "14:45", "yamato": "16:00", "jppost": "17:00"})
    synthetic.fill(ws)
    ws = replace(ws, clock=lambda: synthetic.NOW)
    planning_day.lay_out(ws)
    yield ws


@contextmanager
def full(home: Path) -> Iterator[Workspace]:
    """Orders at the edge of what fits: long names, shops and remarks, many lines and pieces."""
    with day(home) as ws:
        hostile.fill(ws)
        yield ws


@contextmanager
def empty(home: Path) -> Iterator[Workspace]:
    """The first start."""
    ws = open_workspace(str(home))
    yield replace(ws, clock=lambda: synthetic.NOW)


_FIRST = {"all": "today", "plan": "table"}  # the view of a page that is pictured as opened
DATA = {"day": day, "full": full, "empty": empty}
STORY = "story"


def main(arguments: Sequence[str]) -> int:
    """Take the pictures; says how many and where."""
    parser = argparse.ArgumentParser(prog="dev.py shots")
    parser.add_argument("--pages", default=",".join(spec.id for spec in PAGES))
    parser.add_argument("--languages", default=",".join(texts.LANGUAGES))
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument("--data", default=",".join((STORY, *DATA)))
    options = parser.parse_args(list(arguments))
    qInstallMessageHandler(_tell)
    gc.disable()  # as in the program: in another thread it would delete parts of the window
    qt = make_qt(["jpship"])
    started, taken = time.monotonic(), 0
    OUT.mkdir(exist_ok=True)
    for name in options.data.split(","):
        if name == STORY:
            taken += _stories(qt, options)
            continue
        print(f"shots: {name}", flush=True)
        with tempfile.TemporaryDirectory() as home, DATA[name](Path(home)) as ws:
            taken += _data_set(qt, name, ws, options)
    print(f"shots: {taken} pictures in {OUT} ({time.monotonic() - started:.0f} s)")
    return 0


def _tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's own lines, without the one that only says that no window manager is there."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def _stories(qt: QApplication, options: argparse.Namespace) -> int:
    """The day anew for each language, theme and size: what happened cannot happen twice."""
    taken = 0
    for language in options.languages.split(","):
        for theme in options.themes.split(","):
            for size in options.sizes.split(","):
                print(f"shots: {STORY} {language} {theme} {size}", flush=True)
                taken += _story(qt, language, theme, size)
    return taken


def _story(qt: QApplication, language: str, theme: str, size: str) -> int:
    taken, clock = 0, StoppedClock()
    with tempfile.TemporaryDirectory() as home, practice_desk(Path(home), clock) as ws:
        ws.options.set("language", language)
        ws.options.set("theme", theme)
        ws.options.set(
            "sound.set", "none"
        )  # or a computer that cannot play says so once, in the middle of a picture
        app = App(qt, ws)
        driver = Driver(app.window)
        width, height = map(int, size.split("x"))
        app.window.show()
        app.window.resize(width, height)

        def take(name: str, over: QWidget | None) -> None:
            nonlocal taken
            taken += _take(app, f"{STORY}-{name}-{language}-{theme}-{size}", over)

        Story(app, driver, clock, take).play()
        _close(app, driver)
    return taken


def _close(app: App, driver: Driver) -> None:
    app.window.close()
    app.close()
    app.window.deleteLater()
    driver.settle()


def _data_set(qt: QApplication, name: str, ws: Workspace, options: argparse.Namespace) -> int:
    ws.options.set("theme", "light")
    ws.options.set("sound.set", "none")
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
    _close(app, driver)
    return taken


def _pages(app: App, driver: Driver, data: str, suffix: str, pages: Sequence[str]) -> int:
    """Every page as opened, and each of its scenes."""
    window, taken = app.window, 0
    for spec in PAGES:
        if spec.id not in pages:
            continue
        window.open_page(spec.id, None if data == "empty" else _FIRST.get(spec.id))
        window.setWindowState(Qt.WindowState.WindowNoState)
        driver.settle()
        taken += _take(app, f"{data}-{spec.id}-{suffix}")
        page = window.page()
        scenes = dict(page.scenes()) if page is not None and not spec.shares and data != "empty" else {}
        if isinstance(page, ProfilesPage) and data != "empty":
            scenes |= unseen.scenes(page, app.ws.places.home, full=data == "full")
        for scene, reach in scenes.items():
            if window.page() is not page:  # the last one's way back led out of it
                window.open_page(spec.id, _FIRST.get(spec.id))
                driver.settle()
            reach()
            driver.settle()
            taken += _take(app, f"{data}-{spec.id}-{scene}-{suffix}")
            while page is not None and window.page() is page and page.back():
                driver.settle()
            driver.settle()
    return taken


def _take(app: App, name: str, over: QWidget | None = None) -> int:
    """Save what is seen; a dialog is laid over the window's middle, as the window manager would."""
    path = OUT / f"{name}.png"
    picture = app.window.grab()
    if over is not None:
        painter = QPainter(picture)
        shade = QColor(0, 0, 0, 90)
        painter.fillRect(picture.rect(), shade)
        place = over.rect()
        place.moveCenter(app.window.rect().center())
        painter.drawPixmap(place, over.grab())
        painter.end()
    picture.save(str(path))
    if name in KEPT:
        PICTURES.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, PICTURES / f"{KEPT[name]}.png")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
