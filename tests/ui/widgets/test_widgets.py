"""The small widgets by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.fact_list import FactLine, FactList
from jpship_gui.ui.widgets.flow import FlowLayout
from jpship_gui.ui.widgets.label import ElidedLabel
from jpship_gui.ui.widgets.search_field import SearchField
from jpship_gui.ui.widgets.tabs import TabItem, Tabs
from jpship_gui.ui.widgets.undo_bar import UndoBar


def test_a_scanners_enter_presses_no_button_of_ours_in_a_dialog(qtbot: QtBot) -> None:
    dialog, pressed = QDialog(), []
    column = QVBoxLayout(dialog)
    for number in range(2):
        button = Button(kind="primary" if number else "plain")
        button.show_text("押す")
        button.clicked.connect(lambda: pressed.append(1))
        column.addWidget(button)
    qtbot.addWidget(dialog)
    dialog.show()
    column.itemAt(1).widget().setFocus()
    for key in (Qt.Key.Key_4, Qt.Key.Key_0, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(dialog.focusWidget() or dialog, key)
    assert dialog.isVisible()
    assert not pressed


def test_a_button_is_never_narrower_than_its_words(qtbot: QtBot) -> None:
    short, long = Button(cap="Ctrl+P", icon="printer"), Button(cap="Ctrl+P", icon="printer")
    for button, words in ((short, "印刷"), (long, "納品書とピッキングリストを印刷")):
        qtbot.addWidget(button)
        button.show_text(words)
        assert button.minimumSizeHint() == button.sizeHint()
    assert long.sizeHint().width() > short.sizeHint().width() + 14 * 10
    assert "Ctrl+P" in short.toolTip()


def test_a_new_widget_never_shows_as_a_window_of_its_own(qapp: QApplication) -> None:
    before = set(qapp.topLevelWidgets())
    state = EmptyState("search", "table.nothing", "table.nothing.more", act_key="table.clear")
    fresh = [widget for widget in set(qapp.topLevelWidgets()) - before if widget.isVisible()]
    assert fresh == []
    state.deleteLater()


def test_tabs_that_do_not_fit_go_into_the_menu_but_never_the_chosen_one(qtbot: QtBot) -> None:
    tabs = Tabs([TabItem(str(number), words=f"表示 {number}") for number in range(8)])
    qtbot.addWidget(tabs)
    tabs.set_counters({str(number): number * 100 for number in range(8)})
    tabs.choose("7")
    tabs.resize(320, 52)
    tabs.show()
    shown = [tab.item.id for tab in tabs._tabs if tab.isVisible()]
    assert "7" in shown
    assert len(shown) < 8
    assert tabs._more.isVisible()
    assert max(tab.geometry().right() for tab in tabs._tabs if tab.isVisible()) < 320
    tabs.resize(2000, 52)
    assert all(tab.isVisible() for tab in tabs._tabs)
    assert not tabs._more.isVisible()


def test_left_and_right_walk_along_the_tabs(qtbot: QtBot) -> None:
    tabs = Tabs([TabItem(name, words=name) for name in "abc"])
    qtbot.addWidget(tabs)
    tabs.show()
    with qtbot.waitSignal(tabs.chosen) as heard:
        QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert heard.args == ["c"]
    assert tabs.current() == "c"


def test_a_burst_in_the_search_is_one_question(qtbot: QtBot) -> None:
    field, asked = SearchField("table.search"), []
    qtbot.addWidget(field)
    field.searched.connect(asked.append)
    field.show()
    QTest.keyClicks(field, "400123456003")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    qtbot.wait(200)
    assert asked == ["400123456003"]


def test_an_offer_to_undo_is_taken_once(qtbot: QtBot) -> None:
    bar, undone = UndoBar("Ctrl+Z"), []
    qtbot.addWidget(bar)
    bar.offer("1件を保留にしました", lambda: undone.append(1))
    assert bar.waiting()
    bar.undo()
    bar.undo()
    assert undone == [1]
    assert not bar.isVisible()


def test_the_time_to_undo_stands_still_under_the_mouse(qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.offer("直しました", lambda: None)
    QApplication.sendEvent(bar, QEnterEvent(QPoint(1, 1), QPoint(1, 1), QPoint(1, 1)))
    assert not bar._tick.isActive()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert bar._tick.isActive()


def test_a_long_value_wraps_and_makes_the_list_higher(qtbot: QtBot) -> None:
    facts = FactList()
    qtbot.addWidget(facts)
    facts.resize(400, 10)
    facts.set_lines([FactLine("住所", "大阪府")])
    short = facts.height()
    facts.set_lines([FactLine("住所", "大阪府" * 30)])
    assert facts.height() > short + 40


def test_an_elided_label_keeps_the_whole_text_for_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("とても長いお届け先の名前" * 5)
    qtbot.addWidget(label)
    label.resize(100, 30)
    assert label.minimumSizeHint().width() < 100 < label.sizeHint().width()
    assert label.words() == "とても長いお届け先の名前" * 5


@pytest.mark.parametrize(("width", "lines"), [(1000, 1), (250, 2), (110, 4)])
def test_a_flow_starts_new_lines(qtbot: QtBot, width: int, lines: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(8)
    holder.setLayout(flow)
    for _ in range(4):
        child = QWidget()
        child.setFixedSize(100, 30)
        flow.addWidget(child)
    assert flow.heightForWidth(width) == lines * 30 + (lines - 1) * 8
