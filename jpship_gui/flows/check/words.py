"""Problems, repairs and decisions in words, for window and command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jpship_gui.domain.problem import Problem, Repair
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.own_carriers import service_called
from jpship_gui.texts import known, text


@dataclass(frozen=True, slots=True)
class Words:
    """`title` in a few words, `text` says what was found, `do` what to do now ("" where the title says it all)."""

    title: str
    text: str = ""
    do: str = ""


def problem_words(problem: Problem) -> Words:
    """Words of a problem; a carrier's problem is one sentence."""
    values = shown_values(problem.values)
    key = f"problem.{problem.code}"
    if not known(f"{key}.title"):
        return Words(text(key, **values), text(key, **values))
    return Words(*(text(f"{key}.{part}", **values) for part in ("title", "text", "do")))


def repair_words(repair: Repair) -> str:
    """Words of a repair's button."""
    wish = " ".join(filter(None, (_day(repair.values.get("day", "")), _slot(repair.values.get("slot", "")))))
    return text(f"repair.{repair.kind}", **(shown_values(repair.values) | {"wish": wish}))


def refusal_words(code: str) -> str:
    """Why a decision was not taken for one shipment (`Change.refused`)."""
    return text(f"decision.{code}")


def history_words(what: str, values: Mapping[str, str]) -> str:
    """One line of a shipment's history."""
    shown = dict(values)
    if "codes" in shown:
        shown["codes"] = "・".join(map(_title, shown["codes"].split(", ")))
    if is_untracked(shown.get("number", "")):
        shown["number"] = text("track.untracked")
    if "marks" in shown:
        shown["marks"] = _marks(shown["marks"])
    return text(f"history.{what}", **shown)


def _title(code: str) -> str:
    """A problem's title for a list; titles that quote a value are shown by what stands in front of it."""
    for key in (f"problem.{code}.title", f"problem.{code}"):
        if known(key):
            return text(key, rule="")
    return code


def shown_values(values: Mapping[str, str]) -> dict[str, str]:
    shown = {name: _FORMS[name](value) if name in _FORMS else value for name, value in values.items()}
    if "service" in values and "name" in values:
        shown["name"] = service_called(values.get("carrier", ""), values["service"]) or values["name"]
    return shown


def _postal_code(code: str) -> str:
    return f"{code[:3]}-{code[3:]}" if len(code) == 7 and code.isdecimal() else code


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return text("day.words", month=day.month, day=day.day, weekday=text(f"day.{day.weekday()}"))


def _slot(code: str) -> str:
    if known(f"slot.{code}"):
        return text(f"slot.{code}")
    hours = len(code) == 4 and code.isdecimal()
    return f"{int(code[:2])}–{int(code[2:])}" if hours else code


def _fields(names: str) -> str:
    words = (
        text(f"problem_field.{name}") if known(f"problem_field.{name}") else name
        for name in names.split(", ")
    )
    return ", ".join(words)


def _yen(amount: str) -> str:
    return f"{int(amount):,}" if amount.lstrip("-").isdecimal() else amount


def _marks(ids: str) -> str:
    return "・".join(text(f"mark.{mark}") if known(f"mark.{mark}") else mark for mark in ids.split())


def _slots(codes: str) -> str:
    return "・".join(map(_slot, codes.split()))


def _cool(kinds: str) -> str:
    return "・".join(text(f"temperature.{kind}") for kind in kinds.split())


_FORMS: Mapping[str, Callable[[str], str]] = {
    "postal_code": _postal_code,
    "day": _day,
    "earliest": _day,
    "slot": _slot,
    "fields": _fields,
    "stated": _yen,
    "computed": _yen,
    "marks": _marks,
    "slots": _slots,
    "cool": _cool,
    "cools": _cool,
    "cost": _yen,
}
