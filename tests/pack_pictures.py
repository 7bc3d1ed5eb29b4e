"""Pictures of the packing page at every outcome, and contact sheets of them at one third of their size (two metres away).

    python -m tests.pack_pictures [--languages ja,en,zh_Hans] [--themes light,dark] [--out shots/packing]

The parcel is scanned for real; the outcome shown over it is made from the enum (tests/pack_outcomes.py), so that the list
is never short of one. With `--keep` the sheets replace those of docs/pictures/packing.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QPointF,
    QRectF,
    QSize,
    Qt,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRadialGradient
from PySide6.QtWidgets import QApplication

from jpship_gui import texts
from jpship_gui.app import App, make_qt
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from jpship_gui.ui.pack.composing import Remembered
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.theme import fonts
from tests import shots
from tests.pack_outcomes import answer, reasons
from tests.ui.driving import Driver
from tests.ui.pack import packing_day
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, PLATE, Day

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "pictures" / "packing"
SIZE = QSize(1920, 1080)
_COLUMNS = 4
_GAP, _LABEL = 12, 26
# How far the parcel is when an outcome comes; the others come after the first piece.
_AT = {
    Outcome.OK_OPEN: "opened",
    Outcome.OK_ITEM_LAST: "goods",
    Outcome.ATT_TICK: "goods",
    Outcome.OK_TICK: "ticked",
    Outcome.OK_LINK: "closed",
    Outcome.OK_DONE: "closed",
    Outcome.OK_NEXT: "idle",
    Outcome.OK_HOLD: "idle",
    Outcome.NG_ORDER: "opened",
    Outcome.NG_UNKNOWN: "idle",
    Outcome.NG_DUPLICATE: "idle",
    Outcome.NG_HOLD: "idle",
    Outcome.NG_CANCELLED: "idle",
    Outcome.NG_CHANGED: "idle",
    Outcome.NG_BUSY: "idle",
    Outcome.NG_CHECKDIGIT: "ticked",
    Outcome.NG_CARRIER: "ticked",
    Outcome.NG_OTHER_ORDER: "ticked",
}
_WAY = ("idle", "opened", "one", "goods", "ticked", "closed")
_ORDER = (Klass.OK, Klass.COMPLETE, Klass.ATTENTION, Klass.NG)


def main(arguments: Sequence[str]) -> int:
    """Take them; says where they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.pack_pictures")
    parser.add_argument("--languages", default=",".join(texts.LANGUAGES))
    parser.add_argument("--themes", default=",".join(shots.THEMES))
    parser.add_argument("--out", default=str(ROOT / "shots" / "packing"))
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args(list(arguments))
    qInstallMessageHandler(shots._tell)
    gc.disable()
    qt = make_qt(["jpship"])
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    for language in options.languages.split(","):
        for theme in options.themes.split(","):
            taken = _outcomes(qt, language, theme, out)
            folder = KEPT if options.keep else out
            folder.mkdir(parents=True, exist_ok=True)
            for half, wanted in (
                ("accepted", (Klass.OK, Klass.COMPLETE, Klass.ATTENTION)),
                ("ng", (Klass.NG,)),
            ):
                shown = [one for one in taken if CLASSES[one[0]] in wanted]
                sheet = _sheet(shown)
                target = folder / f"{half}-{language}-{theme}.png"
                target.write_bytes(sheet)
                print(f"{target}: {len(shown)} outcomes, {len(sheet) // 1024} KB", flush=True)
    return 0


@contextmanager
def packing(qt: QApplication, language: str, theme: str) -> Iterator[tuple[PackPage, Day, Driver]]:
    """The packing page of a desk with the tests' parcels, 1920 × 1080."""
    with tempfile.TemporaryDirectory() as home, shots.day(Path(home)) as ws:
        day = lay_out(ws)
        ws.options.set("language", language)
        ws.options.set("theme", theme)
        ws.options.set(
            "sound.set", "none"
        )  # or a line above the page would say once that nothing can play here
        app = App(qt, ws)
        driver = Driver(app.window)
        app.window.show()
        app.window.open_page("pack")
        app.window.setWindowState(Qt.WindowState.WindowNoState)
        app.window.resize(SIZE)
        app.set_language(language)
        app.set_theme(theme)
        QApplication.sendEvent(app.window, QEvent(QEvent.Type.LanguageChange))
        driver.settle()
        page = app.window.page()
        assert isinstance(page, PackPage)
        yield page, day, driver
        shots._close(app, driver)
        texts.set_language("ja")


def lay_out(ws: Workspace) -> Day:
    """The tests' parcels, with pictures of their goods."""
    day = packing_day.lay_out(ws, proof="file")
    folder = ws.places.home / "pictures"
    folder.mkdir(exist_ok=True)
    kinds = ((MUG, "mug-300-bl", "#2F63C0", False), (NAVY, "mug-300-nv", "#26305E", False))
    listed = []
    for code, sku, hue, flat in (*kinds, (PLATE, "plate-21-wh", "#F2EEE6", True)):
        path = folder / f"{sku}.png"
        draw_goods(hue, flat=flat).save(str(path))
        name, variant = ("平皿", "21cm 白") if flat else ("マグカップ 300ml", "青" if code == MUG else "紺")
        listed.append(products.Product(code, sku, name=name, variant=variant, picture=str(path)))
    products.put(ws.store, listed)
    return day


def draw_goods(hue: str, *, flat: bool) -> QImage:
    """A plain cup or plate on a light ground, drawn; no photograph of anybody's goods."""
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#ECE8E1"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(hue)
    painter.setPen(Qt.PenStyle.NoPen)
    if flat:
        painter.setBrush(colour.darker(112))
        painter.drawEllipse(QRectF(24, 40, 252, 226))
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(30, 42, 240, 212))
        painter.setBrush(colour.darker(104))
        painter.drawEllipse(QRectF(74, 80, 152, 132))
    else:
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(colour.darker(115))
        pen.setWidth(20)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(168, 120, 88, 94))
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QRadialGradient(QPointF(110, 150), 140)
        shade.setColorAt(0, colour.lighter(125))
        shade.setColorAt(1, colour)
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(62, 84, 142, 160), 22, 22)
        painter.setBrush(colour.darker(130))
        painter.drawEllipse(QRectF(62, 70, 142, 34))
    painter.end()
    return image


def outcomes() -> list[Outcome]:
    """In the order of the parcel's way, so that each state is reached once; within it by class."""
    every = [one for one in Outcome if reasons(one)]
    return sorted(every, key=lambda one: (_WAY.index(_AT.get(one, "one")), _ORDER.index(CLASSES[one])))


def reach(page: PackPage, day: Day, state: str) -> None:
    """Scan the parcel on to this state."""
    codes = {"opened": [day.two], "one": [MUG], "goods": [MUG, PLATE], "closed": [NUMBERS[0]]}
    for code in codes.get(state, []):
        page.take(code)
    if state == "ticked":
        for _ in range(2):
            page.command(Command.TICK)


def show(page: PackPage, outcome: Outcome, reason: str = "") -> None:
    """The outcome over the parcel as it stands."""
    expects = page.snapshot().expects
    page._last = given = answer(outcome, reason, expects)
    page._read = None
    if outcome is Outcome.NG_NOT_HERE:
        page._read = products.by_code(page.desk.ws.store, NAVY)
    page._recent.appendleft(Remembered(given, page.desk.ws.now()))
    page._render()


def _outcomes(qt: QApplication, language: str, theme: str, out: Path) -> list[tuple[Outcome, QPixmap]]:
    taken = []
    with packing(qt, language, theme) as (page, day, driver):
        reached = "idle"
        for outcome in outcomes():
            state = _AT.get(outcome, "one")
            while reached != state:
                reached = _WAY[_WAY.index(reached) + 1]
                reach(page, day, reached)
                driver.settle()
            show(page, outcome, reasons(outcome)[0])
            picture = page.face.grab()
            picture.save(str(out / f"{outcome.value.lower()}-{language}-{theme}.png"))
            taken.append((outcome, picture))
    taken.sort(key=lambda one: _ORDER.index(CLASSES[one[0]]))
    return taken


def _sheet(taken: Sequence[tuple[Outcome, QPixmap]]) -> bytes:
    """All of them at a third, with their codes beneath; in few colours, as a PNG."""
    wide, tall = SIZE.width() // 3, SIZE.height() // 3
    rows = -(-len(taken) // _COLUMNS)
    width = _COLUMNS * (wide + _GAP) + _GAP
    image = QImage(width, rows * (tall + _LABEL + _GAP) + _GAP, QImage.Format.Format_RGB32)
    image.fill(QColor("#6B7480"))
    painter = QPainter(image)
    painter.setFont(fonts.font(14, True))
    painter.setPen(QColor("#FFFFFF"))
    for place, (outcome, picture) in enumerate(taken):
        x = _GAP + place % _COLUMNS * (wide + _GAP)
        y = _GAP + place // _COLUMNS * (tall + _LABEL + _GAP)
        small = picture.scaled(
            wide, tall, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawPixmap(x, y, small)
        painter.drawText(x, y + tall + 18, outcome.value)
    painter.end()
    return few_colours(image)


def few_colours(image: QImage, colours: int = 160) -> bytes:
    """A PNG with a palette: flat grounds and words need no more."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    flat = Image.open(BytesIO(held.data())).convert("RGB")
    made = BytesIO()
    flat.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
