"""The four classes stay apart for eyes that lack a cone, on the pictures themselves; and in grey, by shape.

Matrices: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009) 1291-1298, severity 1.0, for linear RGB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.theme import palette
from tests.pack_outcomes import answer, reasons
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, Day, lay_out

Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]
MATRICES: dict[str, Matrix] = {
    "none": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
SHOWN = {
    "ok": Outcome.OK_ITEM,
    "complete": Outcome.OK_DONE,
    "attention": Outcome.ATT_TICK,
    "ng": Outcome.NG_OVER,
}
APART = 25.0  # CIE76; about 2 is the least a trained eye sees side by side


def linear(colour: QColor) -> Colour:
    """sRGB without its curve."""

    def straight(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return straight(colour.redF()), straight(colour.greenF()), straight(colour.blueF())


def seen(colour: QColor, matrix: Matrix) -> Colour:
    """What is seen of it, in linear RGB."""
    parts = linear(colour)
    made = [min(max(sum(m * p for m, p in zip(row, parts, strict=True)), 0.0), 1.0) for row in matrix]
    return made[0], made[1], made[2]


def luminance(colour: Colour) -> float:
    """Relative, of linear RGB."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Colour, other: Colour) -> float:
    """As WCAG has it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* of linear sRGB, white D65."""
    red, green, blue = colour
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: Colour, other: Colour) -> float:
    """Distance in CIE76."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def pictures(
    day: Day, window: MainWindow, driver: Driver, qapp: QApplication
) -> Iterator[Callable[[str, bool], dict[str, QImage]]]:
    """A picture of the page at each class, in a theme."""
    window.open_page("pack")
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1920, 1080)
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    page.take(day.two)
    page.take(MUG)

    def take(theme: str, high: bool) -> dict[str, QImage]:
        palette.apply(qapp, theme, high=high)
        taken = {}
        for klass, outcome in SHOWN.items():
            page._last = answer(outcome, reasons(outcome)[0])
            page._render()
            taken[klass] = page.face.grab().toImage()
        return taken

    yield take
    palette.apply(qapp, "light")
    page.left()


def ground(image: QImage) -> QColor:
    """The band's, in a corner no word reaches."""
    return image.pixelColor(QPoint(image.width() - 12, image.height() - 12))


def ink(image: QImage) -> QColor:
    """The darkest or brightest of the outcome word's place: its ink."""
    back = linear(ground(image))
    place = QRect(280, image.height() - 330, 600, 200)
    points = [
        image.pixelColor(x, y)
        for x in range(place.left(), place.right(), 5)
        for y in range(place.top(), place.bottom(), 5)
    ]
    return max(points, key=lambda colour: contrast(linear(colour), back))


@pytest.mark.parametrize("high", [False, True], ids=["plain", "high"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_grounds_stay_apart_for_every_eye(
    pictures: Callable[[str, bool], dict[str, QImage]], theme: str, high: bool
) -> None:
    taken = pictures(theme, high)
    for name, matrix in MATRICES.items():
        grounds = {klass: seen(ground(image), matrix) for klass, image in taken.items()}
        for one, other in combinations(grounds, 2):
            assert apart(grounds[one], grounds[other]) >= APART, (name, one, other)
        for bright in ("ok", "attention"):
            for dark in ("complete", "ng"):
                assert contrast(grounds[bright], grounds[dark]) >= 3, (name, bright, dark)
        assert contrast(grounds["ok"], grounds["attention"]) >= 1.15, name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_can_be_read_by_every_eye(
    pictures: Callable[[str, bool], dict[str, QImage]], theme: str
) -> None:
    for klass, image in pictures(theme, False).items():
        for name, matrix in MATRICES.items():
            read = contrast(seen(ink(image), matrix), seen(ground(image), matrix))
            assert read >= 5.5, (klass, name, read)


def test_without_any_colour_the_shapes_tell(pictures: Callable[[str, bool], dict[str, QImage]]) -> None:
    """In grey, complete and NG are alike in ground: shape, the flooded edge and the sheet with F4 tell them apart."""
    grey = {
        klass: image.convertToFormat(QImage.Format.Format_Grayscale8)
        for klass, image in pictures("light", False).items()
    }
    for one, other in combinations(grey, 2):
        assert _share(grey[one], grey[other], QRect(48, 770, 250, 250)) > 0.12, (one, other)
    edge = QRect(0, 0, 1920, 20)
    assert _share(grey["complete"], grey["ng"], edge) > 0.5
    assert _share(grey["complete"], grey["ng"], QRect(1500, 740, 380, 300)) > 0.25


def _share(one: QImage, other: QImage, place: QRect) -> float:
    """Share of a place's pixels that differ clearly in grey."""
    points = [
        (x, y) for x in range(place.left(), place.right(), 4) for y in range(place.top(), place.bottom(), 4)
    ]
    differ = sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 40 for x, y in points
    )
    return differ / len(points)
