"""The program as it is, with one thing more: it does what a file beside it says, as a person at its mouse would.

`python tests/journeys/driven_window.py ORDERS DONE`: each line of ORDERS is one act, its number is written to DONE.
"""

from __future__ import annotations

import faulthandler
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMessageBox, QVBoxLayout, QWidget

from jpship_gui import app, texts
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.scanning import keyboard

OPEN: list[QWidget] = []


def show(widget: QWidget, name: str) -> None:
    """In front, with a name by which X finds it."""
    widget.setWindowTitle(name)
    widget.show()
    widget.activateWindow()
    OPEN.append(widget)


def question(argument: str) -> None:
    """A message box whose default button an Enter presses."""
    box = QMessageBox(
        QMessageBox.Icon.Question, "", "?", QMessageBox.StandardButton.Yes, QApplication.activeWindow()
    )
    box.setModal(True)
    show(box, argument)


def search(argument: str) -> None:
    """Another window with the cursor in a field, which an Enter closes."""
    dialog = QDialog(QApplication.activeWindow())
    field = QLineEdit()
    field.returnPressed.connect(dialog.accept)
    QVBoxLayout(dialog).addWidget(field)
    show(dialog, argument)
    field.setFocus()


def menu(argument: str) -> None:
    """An open menu, its first line chosen."""
    opened = QMenu(QApplication.activeWindow())
    for name in ("&J", "&2", "&0"):
        opened.addAction(name)
    opened.popup(QPoint(400, 300))
    opened.setActiveAction(opened.actions()[0])
    OPEN.append(opened)


def page(argument: str) -> None:
    """Which page is in sight, into a file."""
    shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    Path(argument).write_text(shown.current(), encoding="utf-8")


def close(argument: str) -> None:
    """What was opened, which must be as it was: visible and empty."""
    for widget in OPEN:
        assert widget.isVisible(), f"{widget} was closed by a scan"
        for field in widget.findChildren(QLineEdit):
            assert not field.text(), f"a scan was typed: {field.text()}"
        widget.close()
    OPEN.clear()


ACTS: dict[str, Callable[[str], object]] = {
    "language": texts.set_language,
    "busy": lambda seconds: time.sleep(float(seconds)),
    "question": question,
    "search": search,
    "menu": menu,
    "close": close,
    "page": page,
}


class Follower:
    """Looks for new lines."""

    def __init__(self, orders: Path, done: Path) -> None:
        self._orders, self._done, self._count = orders, done, 0

    def look(self) -> None:
        """Do what was added."""
        lines = self._orders.read_text(encoding="utf-8").splitlines() if self._orders.exists() else []
        for line in lines[self._count :]:
            name, _, argument = line.partition(" ")
            self._count += 1
            ACTS[name](argument)
            with self._done.open("a", encoding="utf-8") as told:
                told.write(f"{self._count}\n")


def main() -> int:
    """Run the window until it is closed."""
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)  # where every thread is
    follower = Follower(Path(sys.argv[1]), Path(sys.argv[2]))
    begin = app.App.begin

    def begun(self: app.App) -> None:
        begin(self)
        timer = QTimer(self)
        timer.timeout.connect(follower.look)
        scanner = keyboard.apply_setup(self.ws.options)
        scanner.scanned.connect(lambda code, quick: print("read", code, quick, file=sys.stderr))
        scanner.ignored.connect(lambda code, why: print("left out", code, why, file=sys.stderr))
        timer.start(20)

    app.App.begin = begun  # type: ignore[method-assign]
    return app.run_window([])


if __name__ == "__main__":
    sys.exit(main())
