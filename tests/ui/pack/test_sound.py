"""Sound and voice with programs that only write down what they were asked: order, cutting off, no waiting, no names."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass, Outcome
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.places import resources
from jpship_gui.texts import LANGUAGES
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.sound_tiles import SoundTiles
from jpship_gui.ui.pack import sound, voice
from jpship_gui.ui.pack import standby as standby_module
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.pack.screen import NextThing
from jpship_gui.ui.pack.sound import Orchestra, Speaker
from jpship_gui.ui.pack.sound_sheet import open_sounds
from jpship_gui.ui.pack.spoken import spoken
from jpship_gui.ui.pack.standby import Standby
from jpship_gui.ui.pack.voice import Voice
from tests.pack_outcomes import answers, named
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, Day, lay_out
from tests.ui.scanner import Scanner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays and speaks by its own means")

_NOTES = """#!/bin/sh
for last; do :; done
echo "begin $last" >> "{log}"
trap 'kill $!; echo "cut $last" >> "{log}"; exit 143' TERM
sleep {seconds} & wait $!
echo "end $last" >> "{log}"
exit {code}
"""


class Stage:
    """Puts stand-ins before everything else on PATH."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.log = folder / "log"
        self._folder = folder / "bin"
        self._folder.mkdir()
        monkeypatch.setenv("PATH", f"{self._folder}{os.pathsep}{os.environ['PATH']}")

    def put(self, name: str, seconds: float = 0.05, code: int = 0) -> None:
        """A program of that name which only writes down what it was asked."""
        path = self._folder / f"new-{name}"
        path.write_text(_NOTES.format(log=self.log, seconds=seconds, code=code), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        path.replace(self._folder / name)  # one that runs reads on in the old one

    def lines(self) -> list[str]:
        """What was written down, the files without their folders."""
        if not self.log.is_file():
            return []
        told = self.log.read_text(encoding="utf-8").splitlines()
        return [f"{line.split(' ', 1)[0]} {Path(line.split(' ', 1)[1]).name}" for line in told]

    def until(self, done: Callable[[list[str]], bool]) -> list[str]:
        """Wait for what must be written down."""
        _wait_for(lambda: done(self.lines()), self.lines)
        return self.lines()


def _wait_for(true: Callable[[], object], state: Callable[[], object] = lambda: None) -> None:
    deadline = QDeadlineTimer(120_000)
    while not true():
        assert not deadline.hasExpired(), state()
        QTest.qWait(10)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def no_orchestra(qapp: QApplication) -> Iterator[None]:
    """Each test has a player of its own."""
    for found in qapp.findChildren(Orchestra):
        found.close()
        found.setParent(None)
    yield
    for found in qapp.findChildren(Orchestra):
        found.close()
        found.setParent(None)


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


def _open(window: MainWindow, driver: Driver) -> PackPage:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    return page


def test_one_program_stands_ready_and_plays_what_it_is_handed(stage: Stage, qapp: QApplication) -> None:
    stage.put("noter")
    standby = Standby(("noter", "-q"))
    ended: list[tuple[str, int]] = []
    standby.ended.connect(lambda line, code, ms: ended.append((line, code)))
    assert standby.run("a b.wav")
    stage.until(lambda lines: lines == ["begin a b.wav", "end a b.wav"])
    _wait_for(lambda: ended)
    assert ended == [("a b.wav", 0)]
    standby.close()


def test_a_later_one_cuts_an_earlier_one_off(stage: Stage, qapp: QApplication) -> None:
    stage.put("noter", seconds=60)
    standby = Standby(("noter",))
    standby.run("one")
    stage.until(lambda lines: "begin one" in lines)
    standby.run("two")
    stage.until(lambda lines: "cut one" in lines and "begin two" in lines)
    standby.close()
    stage.until(lambda lines: "cut two" in lines)


def test_it_starts_afresh_after_it_died(stage: Stage, qapp: QApplication) -> None:
    stage.put("noter")
    standby = Standby(("noter",))
    assert standby.run("one")
    stage.until(lambda lines: "end one" in lines)
    assert standby._process is not None
    standby._process.kill()
    standby._process.wait()
    assert standby.run("two")
    stage.until(lambda lines: "end two" in lines)
    standby.close()


def test_the_words_never_become_commands(stage: Stage, qapp: QApplication, tmp_path: Path) -> None:
    stage.put("noter")
    standby = Standby(("noter",))
    wicked = f"$(touch {tmp_path}/hit) `touch {tmp_path}/hit`; touch {tmp_path}/hit '\" \\"
    standby.run(wicked)
    stage.until(lambda lines: any(line.startswith("end") for line in lines))
    assert not (tmp_path / "hit").exists()
    assert wicked in stage.log.read_text(encoding="utf-8")
    standby.close()


def test_nothing_cuts_off_an_ng(stage: Stage, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.put("pw-play", seconds=60)
    now = [100.0]
    monkeypatch.setattr(sound.time, "monotonic", lambda: now[0])
    speaker = Speaker(80, "tones")
    speaker.play("ok")
    stage.until(lambda lines: lines == ["begin ok-80.wav"])
    stage.put("pw-play", seconds=0.2)
    speaker.play("ng")
    stage.until(lambda lines: "begin ng-80.wav" in lines and "cut ok-80.wav" in lines)
    speaker.play("ok")
    speaker.play("complete")
    lines = stage.until(lambda lines: "end ng-80.wav" in lines)
    assert lines.count("begin ok-80.wav") == 1
    now[0] += 0.2
    speaker.play("complete")
    stage.until(lambda lines: "end done-80.wav" in lines)


def test_volume_is_in_the_file(stage: Stage, qapp: QApplication) -> None:
    stage.put("aplay")
    if any(shutil.which(name) for name in ("pw-play", "paplay")):
        pytest.skip("this machine has a player that comes first")
    Speaker(40, "tones").play("ng")
    stage.until(lambda lines: lines == ["begin ng-40.wav", "end ng-40.wav"])
    path = sound.orchestra().files(40)["ng"]
    with wave.open(str(path)) as quiet, wave.open(str(resources() / "sounds" / "ng.wav")) as loud:
        assert quiet.getparams() == loud.getparams()
    for volume, sounds in ((0, "tones"), (80, "none")):
        silent = Speaker(volume, sounds)
        silent.play("ng")
        assert not silent.wants
    QTest.qWait(100)
    assert len([line for line in stage.lines() if line.startswith("begin")]) == 1


def test_handing_a_sound_over_starts_no_program_and_waits_for_none(
    stage: Stage, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.put("pw-play", seconds=600)
    speaker = Speaker(80, "tones")
    standby = sound.orchestra()._standby
    assert standby is not None
    ready = standby._process
    assert ready is not None
    started: list[object] = []
    monkeypatch.setattr(standby_module.subprocess, "Popen", lambda *how, **more: started.append(how))
    for count in range(1, 31):
        speaker.play("ok")  # returns, though the one before would go on for ten minutes
        stage.until(lambda lines, count=count: lines.count("begin ok-80.wav") == count)
    assert started == []
    assert standby._process is ready


def test_without_a_player_the_page_says_so_once_and_beeps(
    day: Day, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound.shutil, "which", lambda name: None)
    beeps: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: beeps.append(True)))
    warned: list[str] = []
    window.desk.warned.connect(warned.append)
    page = _open(window, driver)
    assert len(warned) == 1, "before anything is scanned"
    for code in (day.blue, MUG):
        Scanner().scan(page, code)
    assert len(beeps) == 2
    assert len(warned) == 1
    assert "aplay" in warned[0]
    driver.settle()
    assert not window.undo_bar.isVisible(), "it is no deed to be taken back, and nothing lies over the page"
    banner = window.banner
    assert banner.isVisible()
    assert banner.mapTo(window, banner.rect().bottomLeft()).y() < page.mapTo(window, QPoint(0, 0)).y()
    page.left()


def test_a_player_that_fails_is_noticed(
    stage: Stage, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.put("pw-play", code=1)
    beeps: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: beeps.append(True)))
    Speaker(80, "tones").play("ok")
    _wait_for(lambda: beeps)
    assert beeps == [True]
    assert sound.orchestra().mute


def test_the_outcome_is_painted_before_it_is_heard(
    day: Day, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _open(window, driver)
    order: list[str] = []
    monkeypatch.setattr(page.face, "show_now", lambda: order.append(page.face.screen_.band.klass))
    monkeypatch.setattr(page.saying.speaker, "play", lambda klass: order.append(f"sound {klass}"))
    Scanner().scan(page, day.blue)
    Scanner().scan(page, NAVY)
    assert order == ["ok", "sound ok", "ng", "sound ng"]
    page.left()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_is_spoken_briefly_and_names_nobody(language: str) -> None:
    for given in answers():
        words = spoken(given, NextThing(name="マグカップ", variant="青", count=2), language)
        assert words, named(given)
        assert len(words) <= 60, words
        assert "山本" not in words
        assert "⟦" not in words
    classes = {klass: set[str]() for klass in Klass}
    for given in answers():
        classes[CLASSES[given.outcome]].add(spoken(given, None, language))
    for one in Klass:
        for other in Klass:
            assert one is other or not classes[one] & classes[other]


def test_what_is_said_is_what_the_hands_need() -> None:
    given = {one.outcome: one for one in answers()}
    item = NextThing(name="マグカップ", variant="青", count=2)
    assert spoken(given[Outcome.OK_ITEM], item, "ja") == "OK。次、青、2個"
    assert spoken(given[Outcome.OK_ITEM], item, "ja", same=True) == "OK。あと2"
    assert spoken(given[Outcome.NG_NOT_HERE], item, "ja", wanted="青") == "ちがいます。青です"
    assert spoken(given[Outcome.NG_NOT_HERE], item, "zh_Hans", wanted="蓝色") == "不对。应为蓝色"
    assert given[Outcome.OK_ITEM].expects is Expect.ITEM


def test_a_newer_utterance_cuts_the_older_one_off(
    stage: Stage, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.put("espeak-ng", seconds=60)
    monkeypatch.setattr(voice, "_SPEAKERS", {"espeak-ng": voice._SPEAKERS["espeak-ng"]})
    speaking = Voice("ja")
    assert speaking.program == "espeak-ng"
    speaking.say("ひとつ")
    stage.until(lambda lines: lines == ["begin ひとつ"])
    speaking.say("-- ふたつ")
    speaking.say("みっつ")
    stage.until(lambda lines: {"cut ひとつ", "begin みっつ"} <= set(lines))
    assert "begin ふたつ" not in stage.lines()
    speaking.close()


def test_the_page_speaks_in_the_language_it_is_set_to(
    stage: Stage, day: Day, window: MainWindow, driver: Driver, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.put("espeak-ng", seconds=0.01)
    monkeypatch.setattr(voice, "_SPEAKERS", {"espeak-ng": voice._SPEAKERS["espeak-ng"]})
    ws.options.set("sound.speech", "en")
    page = _open(window, driver)
    Scanner().scan(page, day.blue)
    stage.until(lambda lines: "end Open. Next, 青, 1" in lines)
    Scanner().scan(page, NAVY)
    stage.until(lambda lines: "end Wrong. It must be 青" in lines)
    assert "大西" not in stage.log.read_text(encoding="utf-8")
    ws.options.set("sound.speech", "off")
    page.saying.renew()
    assert page.saying.voice._standby is None
    page.left()


def test_sounds_are_tried_on_the_page_itself(
    stage: Stage, day: Day, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    stage.put("pw-play")
    page = _open(window, driver)
    open_sounds(page)
    shown = page.face.sheet
    assert shown is not None
    assert "pw-play" in shown.title
    assert [row.klass for row in shown.rows[:4]] == ["ok", "complete", "attention", "ng"]
    assert page.asking.take(3)
    stage.until(lambda lines: "end ng-80.wav" in lines)

    def told() -> bool:
        """What it cost and when it had ended."""
        laid = page.face.sheet
        return laid is not None and laid.rows[3].note.count("ミリ秒") == 2

    driver.wait_for(told)
    QTest.qWait(200)  # nothing cuts off an NG
    page.asking.take(5)
    assert ws.options.get("sound.volume") == 70
    stage.until(lambda lines: "end ok-70.wav" in lines)
    Scanner().scan(page, day.blue)
    driver.settle()
    assert page.face.sheet is None, "a scan is a scan"
    assert page.face.screen_.name == "大西"
    page.left()


def test_the_options_page_plays_each_by_click_and_by_key(
    stage: Stage, window: MainWindow, driver: Driver
) -> None:
    from jpship_gui.ui.options.page import OptionsPage

    stage.put("pw-play")
    window.open_page("options")
    page = window.page()
    assert isinstance(page, OptionsPage)
    page.show_place("scanner")
    driver.settle()
    (tiles,) = page.findChildren(SoundTiles)
    for klass, name in sound.SOUNDS.items():
        QTest.mouseClick(
            tiles,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            tiles.tile(klass).center().toPoint(),
        )
        stage.until(lambda lines, name=name: f"begin {name}-80.wav" in lines)
        QTest.qWait(200)
    assert "ミリ秒" in tiles._took
    QTest.keyClick(tiles, Qt.Key.Key_Right)
    QTest.keyClick(tiles, Qt.Key.Key_Space)
    stage.until(lambda lines: lines.count("begin ok-80.wav") == 2)
