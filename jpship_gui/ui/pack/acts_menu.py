"""What can be done on the packing page, once: its keys and its menu come from this list.

To add an act, append a line to `ACTS`; it then has its place in the menu (F9 or ⋯), its key and its command code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from jpship_gui.domain.packing.command_turn import IN_QUESTION
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.state import FIRST
from jpship_gui.texts import text
from jpship_gui.ui.pack import mode_acts, people_acts
from jpship_gui.ui.pack.acting import PageActs
from jpship_gui.ui.pack.asking import Choice
from jpship_gui.ui.pack.sound_sheet import open_sounds

MENU_KEY = "F9"
_PAD = "Num+"  # one of * - / + on the keypad; the other keys type characters and belong to the scanner
_WORD_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)  # percent
_WIDE = {"*": "＊", "-": "－", "/": "／", "+": "＋"}


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `words` is the key of its words; `key` a Qt key sequence that types no character ("" = none);
    `command` is what the desk is asked for, and what says why not while it is not allowed, else `why` does (a key of
    words); `coded` where its bar code does the same; `hidden` while it is not allowed, instead of pale."""

    id: str
    words: str
    key: str
    allowed: Callable[[PageActs], bool]
    act: Callable[[PageActs], None]
    command: Command | None = None
    coded: bool = True
    why: str = ""
    hidden: bool = False

    @property
    def code(self) -> str:
        """What its command code holds, "" where there is none."""
        return code_of(self.command) if self.command is not None and self.coded else ""

    def can(self, page: PageActs) -> bool:
        """Whether it can be done now; while the desk waits for an answer, only what may be done instead."""
        asked = page.snapshot().state.question is not None
        return self.allowed(page) and not (
            asked and self.command is not None and self.command not in IN_QUESTION
        )

    @property
    def cap(self) -> str:
        """The key as a cap shows it."""
        if self.key.startswith(_PAD):
            return _WIDE[self.key.removeprefix(_PAD)]
        return self.key


def _command(id_: str, command: Command, key: str, allowed: Callable[[PageActs], bool]) -> Act:
    """An act that is a command of the desk, the same as its bar code."""
    return Act(id_, f"packfeel.act.{id_}", key, allowed, lambda page: page.command(command), command)


def _asking(
    id_: str,
    command: Command,
    key: str,
    allowed: Callable[[PageActs], bool],
    act: Callable[[PageActs], None],
) -> Act:
    """The same where the page asks something first, such as the reason."""
    return Act(id_, f"packfeel.act.{id_}", key, allowed, act, command)


def _mode(id_: str, command: Command, key: str, allowed: Callable[[PageActs], bool]) -> Act:
    """The same, with the words that stand on the command sheet."""
    words = f"pack.command.{command.value.lower()}"
    return Act(id_, words, key, allowed, lambda page: page.command(command), command)


def _working(page: PageActs) -> bool:
    return not page.snapshot().state.locked and page.snapshot().view is not None


def _expects(*wanted: Expect) -> Callable[[PageActs], bool]:
    return lambda page: page.snapshot().expects in wanted


def _can_tick(page: PageActs) -> bool:
    """Something must be ticked, or may be, or the box is closed without a number."""
    snapshot = page.snapshot()
    view, state = snapshot.view, snapshot.state
    if view is None or state.locked:
        return False
    left = {*view.ticks, *view.optional} - state.ticked
    return snapshot.expects is Expect.UNTRACKED or (bool(left) and state.round == FIRST)


def _can_undo(page: PageActs) -> bool:
    station = page.station
    return station is not None and not station.session.state.locked and bool(station.session.track.past)


def _can_reopen(page: PageActs) -> bool:
    return page.station is not None and page.snapshot().state.between


def _can_take_over(page: PageActs) -> bool:
    state = page.snapshot().state
    return bool(state.busy) and not state.shipment and not state.locked


def _always(page: PageActs) -> bool:
    return True


def _choose_size(page: PageActs) -> None:
    present = page.desk.ws.options.get("pack.scale")
    options = [
        Choice(f"{size} %", size, note=text("packfeel.size.now") if size == present else "")
        for size in _WORD_SIZES
    ]
    page.choose(text("packfeel.act.size"), options, lambda choice: page.set_scale(int(str(choice.value))))


def _set_up_scanner(page: PageActs) -> None:
    from jpship_gui.ui.scanning.wizard import open_wizard

    open_wizard(page.desk)


ACTS: tuple[Act, ...] = (
    _command("undo", Command.UNDO, "Num+-", _can_undo),
    _command("tick", Command.TICK, "Num+*", _can_tick),
    _command("byeye", Command.BYEYE, "Num++", _expects(Expect.ITEM)),
    _asking("restart", Command.RESTART, "F7", _working, people_acts.restart),
    _command("aside", Command.NEXT, "F8", _working),
    _asking("hold", Command.HOLD, "Num+/", _working, people_acts.hold),
    _asking("skip", Command.SKIP, "Shift+F8", people_acts.can_skip, people_acts.skip),
    _asking("reopen", Command.REOPEN, "F6", _can_reopen, people_acts.reopen),
    _command("takeover", Command.TAKEOVER, "F10", _can_take_over),
    Act(
        *("quantity", "pack.command.qty", "F12", mode_acts.wants_goods, mode_acts.choose_pieces, Command.QTY),
        coded=False,
        hidden=True,
    ),
    _mode("run", Command.RUN, "F11", mode_acts.free),
    _mode("recheck", Command.RECHECK, "", mode_acts.idle),
    _mode("reprint", Command.REPRINT, "", mode_acts.can_reprint),
    Act("photo", "pack.command.photo", "Ins", mode_acts.can_reprint, mode_acts.photo, Command.PHOTO),
    Act(
        *(
            "photo_file",
            "packextra.photo_file",
            "Shift+Ins",
            mode_acts.can_reprint,
            mode_acts.photo_of_a_file,
        ),
        why="pack.att_nothing.photo",
    ),
    _mode("finish", Command.FINISH, "", mode_acts.free),
    Act(
        *("person", "packfeel.act.person", "F3", people_acts.has_people, people_acts.choose_person),
        why="people.nobody_entered",
        hidden=True,
    ),
    Act("handover", "packfeel.act.handover", "", _always, lambda page: page.desk.go("handover")),
    Act("size", "packfeel.act.size", "Ctrl++", _always, _choose_size),
    Act("tape", "packfeel.act.tape", "Ctrl+Shift+T", _always, lambda page: page.desk.go("tape")),
    Act("sounds", "packfeel.act.sounds", "", _always, open_sounds),
    Act("scanner", "scanner.wizard.open", "", _always, _set_up_scanner),
)


def by_key(event: QKeyEvent, acts: tuple[Act, ...] | None = None) -> Act | None:
    """The act of a key press; None for characters and for keys nobody has."""
    acts = ACTS if acts is None else acts
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.KeypadModifier and event.text() in _WIDE:
        return next((act for act in acts if act.key == _PAD + event.text()), None)
    pressed = event.key() | (modifiers & ~Qt.KeyboardModifier.KeypadModifier).value
    found = QKeySequence(pressed)
    return next((act for act in acts if act.key and QKeySequence(act.key) == found), None)


def named(id_: str) -> Act:
    """The act of this id."""
    return next(act for act in ACTS if act.id == id_)


def choices(page: PageActs) -> tuple[Choice, ...]:
    """The menu as it stands now."""
    return tuple(
        Choice(text(act.words), act, key=act.cap, code=act.code, allowed=act.can(page), answers=True)
        for act in ACTS
        if not act.hidden or act.can(page)
    )
