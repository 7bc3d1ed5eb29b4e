"""The form of one entry: where, what is not to be had, since when, by whose word; its fields follow from its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.planning.limits import WEEKDAYS
from jpship_gui.flows.plan.entries import AREA, PICKUP, SERVICE, ZONE, Entry
from jpship_gui.texts import text
from jpship_gui.ui.profiles.form_parts import Words, heading
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet

Ways = Sequence[tuple[str, str]]
_LABEL, _SHORT, _LONG = 168, 140, 420
_CHECKS = 3  # side by side
_SINCE = (("valid_from", "day"), ("valid_until", "day"), ("source", "long"))
# Kind → sheets of the form → fields, each with the control it has.
_FORMS: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]] = {
    AREA: {
        "where": (("carrier", "any"), ("prefectures", "list"), ("postal", "list"), ("island", "check")),
        "cannot": (
            ("closed", "check"),
            ("no_slot", "check"),
            ("no_cash", "check"),
            ("no_chilled", "check"),
            ("no_frozen", "check"),
            ("extra_days", "number"),
        ),
        "since": _SINCE,
    },
    SERVICE: {
        "which": (("way", "way"),),
        "most": (
            ("grams", "number"),
            ("size", "number"),
            ("sides", "sides"),
            ("value", "number"),
            ("parcels", "number"),
        ),
        "since": _SINCE,
    },
    PICKUP: {
        "which": (("carrier", "carrier"),),
        "closed": (("closed_weekdays", "weekdays"), ("closed_days", "days"), ("holidays", "check")),
    },
    ZONE: {"zone": (("name", "short"), ("carrier", "any"), ("prefectures", "list"))},
}
_HINTS = {"day": "2026-12-01", "days": "2027-01-01、2027-01-02", "sides": "34×25×3"}
_DASH = str.maketrans("０１２３４５６７８９", "0123456789")


class EntryForm(QWidget):
    """`edited()` when a person changed something."""

    edited = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.fields: dict[str, QWidget | list[CheckBox]] = {}
        self._controls: dict[str, str] = {}
        self._values: Mapping[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for title, fields in _FORMS[kind].items():
            column.addWidget(heading(f"planlimit.sheet.{title}"))
            sheet = Sheet()
            inside = QVBoxLayout(sheet)
            inside.setContentsMargins(16, 10, 16, 10)
            inside.setSpacing(6)
            checks: QHBoxLayout | None = None
            for name, control in fields:
                if control != "check":
                    inside.addLayout(self._row(name, control))
                    checks = None
                elif checks is None or checks.count() > _CHECKS + 1:
                    checks = self._checks(name)
                    inside.addLayout(checks)
                else:
                    checks.insertWidget(checks.count() - 1, self._check(name))
            column.addWidget(sheet)
            column.addSpacing(8)
        column.addStretch(1)

    def _check(self, name: str) -> CheckBox:
        box = CheckBox(f"planlimit.field.{name}")
        box.setMinimumWidth(_SHORT)
        box.toggled.connect(self.edited)
        self.fields[name], self._controls[name] = box, "check"
        return box

    def _checks(self, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addSpacing(_LABEL + 8)
        row.addWidget(self._check(name))
        row.addStretch(1)
        return row

    def _row(self, name: str, control: str) -> QHBoxLayout:
        self._controls[name] = control
        row = QHBoxLayout()
        row.setSpacing(12)
        label = Label(f"planlimit.field.{name}", wrap=True)
        label.setFixedWidth(_LABEL)
        row.addWidget(label)
        if control == "weekdays":
            boxes = [CheckBox(f"day.{n}") for n in range(7)]
            for box in boxes:
                box.toggled.connect(self.edited)
                row.addWidget(box)
            self.fields[name] = boxes
        elif control in ("any", "carrier", "way"):
            choice = Choice([("", "")], "", width=260)
            choice.currentIndexChanged.connect(lambda _: self.edited.emit())
            choice.setAccessibleName(text(f"planlimit.field.{name}"))
            self.fields[name] = choice
            row.addWidget(choice)
        else:
            words = Words(_SHORT if control in ("number", "day", "short", "sides") else _LONG)
            words.said.connect(lambda _: self.edited.emit())
            words.setPlaceholderText(_HINTS.get(control, ""))
            words.setAccessibleName(text(f"planlimit.field.{name}"))
            self.fields[name] = words
            row.addWidget(words)
        row.addStretch(1)
        return row

    def begin(self) -> None:
        """The keyboard goes to the first field."""
        first = next(iter(self.fields.values()))
        (first[0] if isinstance(first, list) else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_values(self, values: Mapping[str, Any], carriers: Ways, ways: Ways) -> None:
        """Show these without a signal."""
        self._values = values
        self.blockSignals(True)
        for name, control in self._controls.items():
            field = self.fields[name]
            given = values.get(name)
            if isinstance(field, list):
                for day, box in zip(WEEKDAYS, field, strict=True):
                    box.setChecked(day in (given or ()))
            elif isinstance(field, CheckBox):
                field.setChecked(bool(given))
            elif isinstance(field, Choice):
                everyone = [("", text("planlimit.every_carrier"))] if control == "any" else []
                if control == "way":
                    given = f"{values.get('carrier', '')}/{values.get('service', '')}".rstrip("/")
                    field.set_choices([*carriers, *ways], given)
                else:
                    field.set_choices([*everyone, *carriers], str(given or ""))
            elif isinstance(field, Words):
                field.setText(_words(control, given))
                field.setCursorPosition(0)
        self.blockSignals(False)

    def entry(self) -> Entry:
        """What stands in the form; what cannot be read stands in it as it was typed, for the flow to refuse."""
        values = dict(self._values)
        for name, control in self._controls.items():
            field = self.fields[name]
            if isinstance(field, list):
                values[name] = [day for day, box in zip(WEEKDAYS, field, strict=True) if box.isChecked()]
            elif isinstance(field, CheckBox):
                values[name] = field.isChecked()
            elif isinstance(field, Choice):
                chosen = str(field.currentData() or "")
                if control == "way":
                    values["carrier"], _, values["service"] = chosen.partition("/")
                else:
                    values[name] = chosen
            elif isinstance(field, Words):
                values[name] = _read(control, field.text())
        return Entry(self.kind, {name: one for name, one in values.items() if one not in ("", [], False)})


def _words(control: str, given: Any) -> str:
    if given is None:
        return ""
    if control == "sides":
        return "×".join(f"{side / 10:g}" for side in given)
    return "、".join(map(str, given)) if isinstance(given, list | tuple) else str(given)


def _read(control: str, typed: str) -> Any:
    words = typed.strip()
    if control in ("long", "short") or not words:
        return words
    plain = words.translate(_DASH)
    if control == "number":
        bare = plain.replace(",", "")
        return int(bare) if bare.isdecimal() else words
    if control == "sides":
        parts = re.split(r"\s*[x×*＊]\s*", plain.removesuffix("cm").strip())
        known = all(re.fullmatch(r"\d+(\.\d)?", part) for part in parts)
        return [round(float(part) * 10) for part in parts] if known else [words]
    if control == "day":
        return plain.replace("/", "-")
    parts = [one for one in re.split(r"[、，,\s]+", plain) if one]
    return [one.replace("/", "-") for one in parts] if control == "days" else parts
