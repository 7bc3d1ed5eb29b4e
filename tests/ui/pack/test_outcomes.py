"""Every outcome of the enum in every language: headline, reason, what comes next; nothing of the band is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.places import resources
from jpship_gui.store.products import Product
from jpship_gui.texts import LANGUAGES, set_language
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.composing import Remembered
from jpship_gui.ui.pack.looks import LOOKS
from jpship_gui.ui.pack.page import PackPage
from tests import pack_outcomes
from tests.pack_outcomes import answers, named, reasons
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, Day, lay_out
from tests.ui.scanner import Scanner

NAVY_MUG = Product(
    NAVY, "mug-300-nv", 1, "マグカップ 300ml", "紺", "", str(resources() / "icons" / "package.svg")
)


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1920, 1080)
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    Scanner().scan(page, day.two)
    Scanner().scan(page, MUG)
    yield page
    page.left()
    set_language("ja")


def test_every_outcome_has_words_of_its_own() -> None:
    assert [outcome.value for outcome in Outcome if not reasons(outcome)] == []


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_an_outcome_is_cut(
    pack: PackPage, window: MainWindow, driver: Driver, language: str, size: tuple[int, int]
) -> None:
    set_language(language)
    window.resize(*size)
    driver.settle()
    assert pack.face.width() == size[0]
    cut = []
    every = list(answers())
    for given in (*every, *reversed(every)):  # so that each is also seen among the last ones beside an OK
        pack._last = given
        pack._read = NAVY_MUG if given.outcome is Outcome.NG_NOT_HERE else None
        pack._recent.appendleft(Remembered(given, pack.desk.ws.now()))
        pack._render()
        pack.face.repaint()
        band = pack.face.screen_.band
        if given.outcome is not Outcome.OK_ACK:
            assert band.word, named(given)
            assert band.reason, named(given)
            assert (band.then is None) == (CLASSES[given.outcome] is Klass.NG), named(given)
        cut += [f"{named(given)}: {words}" for words in pack.face.cut]
    assert cut == []


def test_classes_differ_in_ground_shape_and_word(pack: PackPage) -> None:
    looks = [LOOKS[klass.value] for klass in Klass]
    assert len({ground for ground, _, _ in looks}) == len(looks)
    assert len({shape for _, _, shape in looks}) == len(looks)
    for language in LANGUAGES:
        words = {
            klass: {
                pack_outcomes.catalogue(language)[f"pack.word.{one.value.lower()}"][0]
                for one in Outcome
                if CLASSES[one] is klass
            }
            for klass in Klass
        }
        for one in Klass:
            for other in Klass:
                assert one is other or not words[one] & words[other], (language, one, other)
