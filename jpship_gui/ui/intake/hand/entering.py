"""Everything the form asks the data thread for: places, goods, earlier orders, the rules' word, and storing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.intake.enter import Entered, EntryRefused, change, enter, entry_of, resend_of
from jpship_gui.flows.intake.entry import Draft, Entry, addresses_of, examine
from jpship_gui.flows.intake.entry_choices import Original, Sender, find_originals, original_of, senders
from jpship_gui.flows.intake.entry_repairs import repaired
from jpship_gui.flows.intake.known_goods import KnownGoods, find_goods
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.intake.hand.view import HandView
from jpship_gui.ui.scanning.keyboard import scanner_of


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the form shows: an entry, and the stored order it is of ("" = a new one)."""

    entry: Entry
    key: str = ""
    number: str = ""
    original: Original | None = None


class Entering(QObject):
    """`opened()` once the form is to be seen, `stored(Entered, changed)` when the order is written."""

    opened = Signal()
    stored = Signal(object, bool)

    def __init__(self, desk: Desk, view: HandView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self.view = desk, view
        self._sheet = _Sheet(Entry())
        self._clean = view.entry()
        self._saving = False
        view.changed.connect(self._look)
        view.recipient.code_given.connect(self._find_places)
        view.goods.asked.connect(self._find_goods)
        view.original.asked.connect(self._find_originals)
        view.original.chosen.connect(self._fill_from)
        view.repair_asked.connect(self.repair)
        view.clear_asked.connect(self.clear)
        view.save_asked.connect(self.save)
        scanner_of(desk.ws.options.get("scanner.blank_ms")).scanned.connect(self._scanned)

    # Opening ----------------------------------------------------------------------------------------------------

    def open_new(self) -> None:
        """The form for a new order; one left half filled in stands there as it was left."""
        blank = _Sheet(Entry()) if self._sheet.key else None
        self._open(lambda _: blank)

    def open_resend(self, key: str) -> None:
        """The form for sending a shipment's goods once more."""
        self._open(lambda ws: _Sheet(resend_of(ws, key), original=original_of(ws, key)))

    def open_change(self, key: str) -> None:
        """The form over an order entered before."""
        self._open(lambda ws: _stored(ws, key))

    def _open(self, read: Callable[[Workspace], _Sheet | None]) -> None:
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: (senders(ws), read(ws)), done=self._opened, quiet=True)

    def _opened(self, answer: tuple[list[Sender], _Sheet | None]) -> None:
        found, sheet = answer
        untouched = not self.dirty()
        self.view.show_senders(found)
        if sheet is not None:
            self._replace(sheet)
        elif untouched:
            self._clean = self.view.entry()
        self.opened.emit()
        self.view.begin()
        self._look()

    def dirty(self) -> bool:
        """Whether something was typed that is not stored."""
        return self.view.entry() != self._clean

    @property
    def changing(self) -> bool:
        """Whether the form is over an order entered before."""
        return bool(self._sheet.key)

    def clear(self) -> None:
        """Begin with an empty form; what stood there can come back."""
        self._replace(_Sheet(Entry()))
        self.view.begin()

    def leave(self) -> None:
        """The form goes out of sight. A new order half filled in stays in it; changes to a stored one go, and can
        come back."""
        if self.changing:
            self._replace(_Sheet(Entry()))

    def _replace(self, sheet: _Sheet) -> None:
        """Show another sheet; what was typed on the one before can be had back."""
        before = replace(self._sheet, entry=self.view.entry()) if self.dirty() else None
        self._show(sheet)
        if before is not None:
            self._desk.say(text("handform.put_away"), lambda: self._show_again(before))

    def _show(self, sheet: _Sheet) -> None:
        self._sheet = sheet
        self.view.show_entry(sheet.entry, sheet.number, sheet.original)
        self._clean = self.view.entry()

    def _show_again(self, sheet: _Sheet) -> None:
        self._show(sheet)
        self._clean = Entry()  # it is not stored yet
        self.opened.emit()
        self.view.begin()

    # While it is typed ------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if not self.view.isVisible():
            return
        ws, entry = self._desk.ws, self.view.entry()
        self._desk.tasks.run(lambda _: (entry, examine(ws, entry)), done=self._looked, quiet=True)

    def _looked(self, answer: tuple[Entry, Draft]) -> None:
        self.view.show_draft(*answer)
        self._desk.actions.refresh()

    def _find_places(self, code: str) -> None:
        self._desk.tasks.run(lambda _: (code, addresses_of(code)), done=self._places_found, quiet=True)

    def _places_found(self, answer: tuple[str, Sequence[str]]) -> None:
        self.view.recipient.show_places(*answer)

    def _find_goods(self, words: str) -> None:
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: (words, find_goods(ws, words)), done=self._goods_found, quiet=True)

    def _goods_found(self, answer: tuple[str, Sequence[KnownGoods]]) -> None:
        self.view.goods.offer(*answer)

    def _find_originals(self, words: str) -> None:
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: (words, find_originals(ws, words)), done=self._originals_found, quiet=True
        )

    def _originals_found(self, answer: tuple[str, Sequence[Original]]) -> None:
        self.view.original.offer(*answer)

    def _fill_from(self, key: str) -> None:
        """An empty form takes over what the original was; a filled one only learns which it is."""
        entry, ws = self.view.entry(), self._desk.ws
        if entry.name or entry.address or entry.lines or self.changing:
            self.view.recipient.postal_code.setFocus()
            return
        self._desk.tasks.run(
            lambda _: _Sheet(resend_of(ws, key), original=original_of(ws, key)), done=self._filled, quiet=True
        )

    def _filled(self, sheet: _Sheet) -> None:
        self._show(sheet)
        self.view.begin()

    def _scanned(self, code: str, _quick: bool) -> None:
        """A bar code read while the form is in sight is goods, wherever the keyboard is; while an original is looked
        for, it is that order's slip."""
        if not self.view.isVisible() or QApplication.activeModalWidget() is not None:
            return
        focused = QApplication.focusWidget()
        if focused is self.view.original.search:
            self._find_originals(code)
            return
        self.view.scanned(code, focused)
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: (code, find_goods(ws, code)), done=self._scan_found, quiet=True)

    def _scan_found(self, answer: tuple[str, Sequence[KnownGoods]]) -> None:
        code, found = answer
        if len(found) == 1:
            self.view.goods.take(found[0])
            self.view.goods.search.clear()
        else:
            self.view.goods.offer(code, found)

    def may_repair(self, number: int) -> bool:
        """Whether there is a proposal of that number."""
        return self.view.isVisible() and 0 < number <= len(self.view.problems.repairs())

    def repair(self, number: int) -> None:
        """Take a proposal over, counted from 1."""
        draft = self.view.draft()
        if draft is None or not self.may_repair(number):
            return
        entry = repaired(self.view.entry(), draft, self.view.problems.repairs()[number - 1])
        focused = QApplication.focusWidget()
        self.view.put(entry)
        if focused is not None and focused.isVisible():
            focused.setFocus()

    # Storing ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write it; what is missing is said at its field instead."""
        if self._saving or not self.view.save.isEnabled():
            return
        ws, entry, key = self._desk.ws, self.view.entry(), self._sheet.key
        self._saving = True
        self._desk.tasks.run(
            lambda _: (change(ws, key, entry) if key else enter(ws, entry), bool(key)),
            done=self._saved,
            failed=self._refused,
            name="handform.saving",
        )

    def _saved(self, answer: tuple[Entered, bool]) -> None:
        self._saving = False
        self._show(_Sheet(Entry()))
        self.stored.emit(*answer)

    def _refused(self, fault: Fault) -> None:
        self._saving = False
        if isinstance(fault, EntryRefused):
            self.view.show_draft(self.view.entry(), fault.draft, attempted=True)
        else:
            self._desk.show_fault(fault)


def _stored(ws: Workspace, key: str) -> _Sheet:
    entry = entry_of(ws, key)
    found = load(ws, keys=[key])
    number = found[0].order_id.number if found else ""
    return _Sheet(entry, key, number, original_of(ws, entry.original) if entry.original else None)
