"""One list of acts for everything."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from jpship_gui.texts import LANGUAGES, text_in
from jpship_gui.ui.actions import ACTS, GROUPS, Actions, Handler, key_cap
from jpship_gui.ui.pages import PAGES

SCANNED = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/+*.$%")


def test_ids_and_shortcuts_are_used_once() -> None:
    assert not [key for key, count in Counter(act.id for act in ACTS).items() if count > 1]
    everywhere = [act.key for act in ACTS if act.key and not act.where]
    assert not [key for key, count in Counter(everywhere).items() if count > 1]


def test_no_window_shortcut_is_a_character_a_scanner_types() -> None:
    for act in ACTS:
        if not act.where:
            assert act.key not in SCANNED
            assert act.key not in {"F6", "F7", "F8", "F9", "F10"}, "left to the input method"


def test_every_shortcut_is_one_qt_knows(qapp: QApplication) -> None:
    for act in ACTS:
        if act.key:
            assert not QKeySequence(act.key).isEmpty(), act.id


def test_every_act_has_words_and_a_group_in_every_language() -> None:
    for act in ACTS:
        assert act.group in GROUPS
        for language in LANGUAGES:
            assert text_in(language, act.words).strip()


def test_every_place_of_the_rail_has_its_act() -> None:
    ids = {act.id for act in ACTS}
    assert not [spec.id for spec in PAGES if spec.rail and f"stage_{spec.id}" not in ids]


def test_key_caps_read_as_keyboards_do() -> None:
    assert key_cap("send") == "Ctrl+Enter"
    assert key_cap("next_problem") == "F3"
    assert key_cap("pack_undo") == "-"


def test_the_page_comes_before_the_window_and_only_what_is_allowed_runs(qapp: QApplication) -> None:
    window, ran = QWidget(), []
    actions = Actions(window)
    actions.offer_everywhere({"undo": Handler(lambda: ran.append("window"))})
    actions.run("undo")
    actions.offer(
        {"undo": Handler(lambda: ran.append("page")), "hold": Handler(lambda: ran.append("x"), lambda: False)}
    )
    actions.run("undo")
    actions.run("hold")
    assert ran == ["window", "page"]
    assert actions.qaction("undo").isEnabled()
    assert not actions.qaction("hold").isEnabled()
    assert not actions.qaction("approve").isEnabled()
    window.deleteLater()
