"""What the words of the file mean: the state of an order, cash on delivery, cool transport, the time wished for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.profile_drafts import (
    CHOICES,
    CodeRule,
    Sample,
    meaning,
    table_of,
    targets,
    words_of,
)
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.form_parts import FormRow, KeyChoice, heading
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

# Hours carriers deliver in, to choose from where a word is to mean one.
_HOURS = ("0812", "1214", "1416", "1618", "1820", "1821", "1921", "2021")
_UNSAID = "?"

Words = Mapping[str, Sequence[tuple[str, int]]]


def coded_targets(draft: Draft) -> list[str]:
    """Targets whose words are translated and that have a column."""
    return [name for name, target in targets().items() if target.coded and draft.sources(name)]


def words_by_target(draft: Draft, sample: Sample | None) -> Words:
    """The words of the sample for each of them, with how often; reads the sample, so not in the window's thread."""
    if sample is None:
        return {}
    return {name: words_of(draft.profile, sample, name) for name in coded_targets(draft)}


def unknown_words(draft: Draft, words: Words) -> int:
    """Words that nobody gave a meaning."""
    return sum(
        meaning(draft.profile, name, word) is None for name, found in words.items() for word, _ in found
    )


class CodesForm(QWidget):
    """Emits `edited(draft)`."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: dict[str, _Block] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 20)
        self._column.setSpacing(20)
        self._none = Label("profiles.codes.none", ink="text2", wrap=True)
        self._column.addWidget(self._none)
        self._column.addStretch(1)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, as the form is read."""
        blocks = self.blocks.values()
        return [
            stop
            for block in blocks
            for stop in (*(line.choice for line in block.lines.values()), block.default, block.on_unknown)
        ]

    def show_draft(self, draft: Draft, words: Words) -> None:
        """Show a draft and the words its sample has."""
        wanted = coded_targets(draft)
        for name in [name for name in self.blocks if name not in wanted]:
            block = self.blocks.pop(name)
            block.hide()
            block.deleteLater()
        for name in wanted:
            if name not in self.blocks:
                self.blocks[name] = block = _Block(name)
                block.edited.connect(self.edited)
                self._column.insertWidget(self._column.count() - 1, block)
            self.blocks[name].show_draft(draft, words.get(name, ()))
        self._none.setVisible(not wanted)


class _Block(QWidget):
    """One target: a line a word, then what holds for all other words."""

    edited = Signal(object)

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target
        self._draft: Draft | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(f"profile.target.{target}"))
        sheet = Sheet()
        self._inside = QVBoxLayout(sheet)
        self._inside.setContentsMargins(1, 4, 1, 4)
        self._inside.setSpacing(0)
        column.addWidget(sheet)
        self.lines: dict[str, _WordLine] = {}
        self._kinds: list[tuple[str, bool]] = []
        self.default = _CodeChoice(target)
        self.default.chosen.connect(lambda code: self._table(default="" if code == _UNSAID else code))
        self.on_unknown = KeyChoice(
            [(one, f"profile.choice.on_unknown.{one}") for one in CHOICES["on_unknown"]]
        )
        self.on_unknown.chosen.connect(lambda value: self._table(on_unknown=value))
        self._inside.addWidget(FormRow("default", self.default))
        self._inside.addWidget(Hairline())
        self._inside.addWidget(FormRow("on_unknown", self.on_unknown))

    def show_draft(self, draft: Draft, words: Sequence[tuple[str, int]]) -> None:
        """Show the words found, and the rules of the table no word came by."""
        self._draft = draft
        table = table_of(draft.profile, self.target)
        found = dict(words)
        shown: dict[str, tuple[str, int | None]] = {
            re.escape(word): (word, count) for word, count in words if word
        }
        for rule in table.table:
            if rule.pattern not in shown and not _matches_any(rule, found):
                shown[rule.pattern] = (rule.pattern, None)
        kinds = [(pattern, count is None) for pattern, (_, count) in shown.items()]
        if kinds != self._kinds:
            self._kinds = kinds
            self._make(shown)
        for pattern, line in self.lines.items():
            word, count = shown[pattern]
            if count is None:
                code = next((rule.code for rule in table.table if rule.pattern == pattern), None)
            else:
                code = meaning(draft.profile, self.target, word)
            line.show_code(code, count)
        self.default.show_code(table.default or (_UNSAID if not _blank_is_a_code(self.target) else ""))
        self.on_unknown.show_value(table.on_unknown)

    def _make(self, shown: Mapping[str, tuple[str, int | None]]) -> None:
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines = {}
        for place, (pattern, (word, count)) in enumerate(shown.items()):
            line = _WordLine(self.target, word, rule=count is None)
            line.said.connect(lambda code, pattern=pattern: self._said(pattern, code))
            self._inside.insertWidget(place, line)
            self.lines[pattern] = line

    def _said(self, pattern: str, code: str) -> None:
        assert self._draft is not None
        self.edited.emit(self._draft.set_code(self.target, pattern, None if code == _UNSAID else code))

    def _table(self, **changes: str) -> None:
        assert self._draft is not None
        table = table_of(self._draft.profile, self.target)
        self.edited.emit(self._draft.set_codes(self.target, replace(table, **changes)))  # type: ignore[arg-type]


def _matches_any(rule: CodeRule, words: Mapping[str, int]) -> bool:
    """Whether a rule is only the meaning of one of the words, as the window writes it."""
    return any(re.escape(word) == rule.pattern for word in words)


def _blank_is_a_code(target: str) -> bool:
    return "" in targets()[target].coded


class _CodeChoice(Retranslating, Choice):
    """jpship's codes in words, and none; `chosen(code)`, "?" for none."""

    chosen = Signal(str)

    def __init__(self, target: str) -> None:
        self._target = target
        super().__init__(self._choices(), _UNSAID, 240)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit(str(self.currentData())))

    def _choices(self) -> list[tuple[str, str]]:
        codes: list[str] = []
        for code in targets()[self._target].coded:
            codes += _HOURS if code == "HHHH" else (code,)
        return [
            (_UNSAID, text("profiles.codes.unsaid")),
            *((code, code_words(self._target, code)) for code in codes),
        ]

    def show_code(self, code: str | None) -> None:
        """Show one without a signal."""
        value = _UNSAID if code is None else code
        if self.currentData() != value:
            self.set_choices(self._choices(), value)

    def retranslate(self) -> None:
        """The same in another language."""
        self.set_choices(self._choices(), str(self.currentData()))


def code_words(target: str, code: str) -> str:
    """jpship's code in words."""
    if target == "wish.slot" and code[:1].isdecimal():
        return names.slot_words(code)
    return text(f"profile.code.{target}.{code or 'none'}")


class _WordLine(QWidget):
    """A word of the file, how often it stands there, and its meaning; `said(code)`."""

    said = Signal(str)

    def __init__(self, target: str, word: str, *, rule: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        self._mark = Glyph(glyphs.OK, 16, "ok")
        row.addWidget(self._mark)
        row.addWidget(ElidedLabel(word, bold=not rule, ink="text2" if rule else "text"), 1)
        self._count = Label(size=12, ink="text3")
        row.addWidget(self._count)
        arrow = Label(ink="text3")
        arrow.show_text("→")
        row.addWidget(arrow)
        self.choice = _CodeChoice(target)
        self.choice.setAccessibleName(word)
        self.choice.chosen.connect(self.said)
        row.addWidget(self.choice)
        column.addLayout(row)
        column.addWidget(Hairline())

    def show_code(self, code: str | None, count: int | None) -> None:
        """What it means now; None = nobody said."""
        self.choice.show_code(code)
        known = code is not None
        self._mark.set(glyphs.OK if known else glyphs.ATTENTION, "ok" if known else "attention")
        if count is None:
            self._count.say("profiles.codes.rule")
        else:
            self._count.say("profiles.codes.count", count=count)
