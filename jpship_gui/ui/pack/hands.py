"""What keys and clicks do on the packing page, and the questions it asks on itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.texts import text
from jpship_gui.ui.names import tracking_words
from jpship_gui.ui.pack import acts_menu
from jpship_gui.ui.pack.acting import PageActs
from jpship_gui.ui.pack.asking import Asking, Choice

_SIZES: Mapping[Qt.Key, int] = {
    Qt.Key.Key_Plus: 10,
    Qt.Key.Key_Semicolon: 10,  # where plus sits on a Japanese keyboard
    Qt.Key.Key_Equal: 10,
    Qt.Key.Key_Minus: -10,
    Qt.Key.Key_0: 0,
}

_NEXT_NAME = re.compile(r"　(?=\d )")  # names may hold full-width blanks themselves


class Hands:
    """Of one page."""

    def __init__(self, page: PageActs, asking: Asking) -> None:
        self._page = page
        self._asking = asking
        self._asked: Answer | None = None  # the desk's own question, as long as it stands

    def key(self, event: QKeyEvent) -> bool:
        """F4 acknowledges, F9 shows what can be done, acts have theirs; Ctrl with plus and minus sizes the words.
        Whether it was one of these."""
        if event.key() == Qt.Key.Key_F4:
            self._page.command(Command.ACK)
            return True
        if event.key() == Qt.Key.Key_F9:
            self.show_acts()
            return True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _SIZES:
            self._resize_words(_SIZES[Qt.Key(event.key())])
            return True
        act = acts_menu.by_key(event)
        if act is not None:
            self.run_act(act)
        return act is not None

    def clicked(self, what: str) -> None:
        """What the face says was clicked."""
        acts: Mapping[str, Callable[[], None]] = {
            "acknowledge": lambda: self._page.command(Command.ACK),
            "tick": lambda: self._page.command(Command.TICK),
            "acts": self.show_acts,
            "person": lambda: self.run_act(acts_menu.named("person")),
            "smaller": lambda: self._resize_words(-10),
            "larger": lambda: self._resize_words(10),
        }
        acts[what]()

    def chosen(self, row: int) -> None:
        """A row of what lies over the page was clicked, or (-1) beside all of them."""
        if row < 0:
            self._asking.close()
        else:
            self._asking.take(row)

    def show_acts(self) -> None:
        """The menu of everything that can be done here; once more takes it away."""
        if self._asking.open:
            self._asking.close()
            return
        self._page.choose(text("packfeel.acts"), acts_menu.choices(self._page), self._run_choice)

    def run_act(self, act: acts_menu.Act) -> None:
        """Do it, or say on the page why it cannot be done now."""
        if act.can(self._page):
            self._asking.close()
            act.act(self._page)
        elif act.command is not None:
            self._page.refuse(act.command)
        else:
            self._page.tell(text("pack.ng_locked" if self._page.snapshot().state.locked else act.why))

    def ask_about(self, answer: Answer) -> None:
        """The answers to choose from: goods or waybill, beside their command codes; or whose name it is."""
        if answer.outcome is not Outcome.ATT_ASK:
            self._asked = None
            return
        if answer.reason == "name_number":  # no answer: those shown before still stand
            self.ask_again()
            return
        self._asked = answer
        if answer.reason == "name":
            self._ask_name(answer.values.get("names", ""))
        if answer.reason != "kind":
            return
        options = [
            Choice(text(f"packpage.step.{word}"), command, code=code_of(command))
            for word, command in (("goods", Command.GOODS), ("waybill", Command.WAYBILL))
        ]
        title = text("packfeel.which", code=tracking_words(answer.values["raw"]))
        self._page.choose(title, options, self._answered)

    def ask_again(self) -> None:
        """What lay over the page is gone; while the desk's question stands its answers must be there to choose from."""
        state = self._page.snapshot().state
        if (
            self._asked is not None
            and state.question is not None
            and not state.locked
            and not self._asking.open
        ):
            self.ask_about(self._asked)

    def _ask_name(self, names: str) -> None:
        """Each name on a row of its own, the last one for none of them."""
        question = self._page.snapshot().state.question
        if question is None:
            return
        options = [
            Choice(name, digit)
            for digit, _, name in (one.partition(" ") for one in _NEXT_NAME.split(names) if one)
        ]
        options.append(Choice(text("handover.page.no_name"), "0"))
        title = text("handover.page.whose", number=tracking_words(question.number))
        self._page.choose(title, options, self._named)

    def _named(self, choice: Choice) -> None:
        station = self._page.station
        if station is not None:
            self._page.answer(lambda: station.scan(str(choice.value)))

    def _answered(self, choice: Choice) -> None:
        assert isinstance(choice.value, Command)
        self._page.command(choice.value)

    def _run_choice(self, choice: Choice) -> None:
        assert isinstance(choice.value, acts_menu.Act)
        self.run_act(choice.value)

    def _resize_words(self, step: int) -> None:
        present = self._page.desk.ws.options.get("pack.scale")
        self._page.set_scale(100 if step == 0 else max(80, min(200, present + step)))
