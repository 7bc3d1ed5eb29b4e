"""What lies over the page and how a person answers it: a sign typed slowly, a click, Esc. A scanner never answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from jpship_gui.texts import text
from jpship_gui.ui.pack.sheet import SIGNS, Row, Sheet

_ALONE = 150  # ms a sign must stand alone before it is a person's
_AGAIN = 60  # ms more: keys that came while the window was busy are handled in between


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `value` is what the asker makes of it; one that is not `allowed` is pale, and can be chosen only
    where it `answers` all the same: by saying why not."""

    words: str
    value: object = None
    note: str = ""
    key: str = ""
    code: str = ""
    allowed: bool = True
    klass: str = ""  # painted as this class of outcome
    answers: bool = False

    def row(self) -> Row:
        """As the sheet shows it."""
        return Row(self.words, self.key, self.code, self.note, self.allowed, self.klass)


class Asking(QObject):
    """The question of one page. `show` paints a sheet or none; `forget` empties what was typed so far."""

    def __init__(
        self, show: Callable[[Sheet | None], None], forget: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.patience = _ALONE
        self._show = show
        self._forget = forget
        self._choices: tuple[Choice, ...] = ()
        self._done: Callable[[Choice], None] | None = None
        self._left: Callable[[], None] | None = None
        self._typed = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._once_more)
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(_AGAIN)
        self._sure.timeout.connect(self._alone)

    @property
    def open(self) -> bool:
        """Whether something is asked."""
        return self._done is not None

    def ask(
        self,
        title: str,
        options: Sequence[Choice],
        done: Callable[[Choice], None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Ask; a question still open is left first. `left` is called when nobody answered."""
        self.close()
        self._choices, self._done, self._left = tuple(options), done, left
        rows = tuple(choice.row() for choice in self._choices)
        self._show(Sheet(title, rows, text("packfeel.sheet.foot")))

    def close(self) -> None:
        """Leave without an answer."""
        if not self.open:
            return
        left = self._end()
        if left is not None:
            left()

    def take(self, index: int) -> bool:
        """Answer by the row's number; whether there is such a row and it is allowed."""
        done = self._done
        choice = self._choices[index] if 0 <= index < len(self._choices) else None
        if done is None or choice is None or not (choice.allowed or choice.answers):
            return False
        self._end()
        done(choice)
        return True

    def typed(self, held: str) -> None:
        """What the keyboard holds now: one sign that stands alone for a while is an answer, more are a code."""
        self._wait.stop()
        self._sure.stop()
        self._typed = held
        if self.open and len(held) == 1 and held.upper() in SIGNS:
            self._wait.start(self.patience)

    def entered(self, held: str, quick: bool) -> bool:
        """A person's sign with Enter after it; whether it was an answer. What a scanner sent is none."""
        return not quick and len(held) == 1 and held.upper() in SIGNS and self.take(SIGNS.index(held.upper()))

    def _end(self) -> Callable[[], None] | None:
        self._wait.stop()
        self._sure.stop()
        left, self._left, self._done, self._choices = self._left, None, None, ()
        self._show(None)
        return left

    def _once_more(self) -> None:
        self._sure.start()

    def _alone(self) -> None:
        if not self.open or len(self._typed) != 1:
            return
        sign, self._typed = self._typed.upper(), ""
        self._forget()
        self.take(SIGNS.index(sign))
