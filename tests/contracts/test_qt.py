"""Facts about PySide6 the program stands on."""

from __future__ import annotations

import sys

from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    """PYSIDE-3474: before Python 3.12, PySide6 6.12.0 drops a reference of None a call and dies after some 6,000."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    label.setText("0")
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 500
