"""Turns a Problem or a Fault into words, shape, colour and sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.flows.check.words import problem_words, repair_words
from jpship_gui.texts import known, text
from jpship_gui.ui.theme import glyphs


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of finding is shown: shape, ink token, weak ground token, strong ink token, sound."""

    shape: str
    ink: str
    ground: str
    strong: str
    sound: str


LOOKS: Mapping[str, Look] = {
    "ok": Look(glyphs.OK, "ok", "ok_weak", "ok_strong", "ok"),
    "done": Look(glyphs.PROVEN, "done", "done_weak", "done_strong", "done"),
    "attention": Look(glyphs.ATTENTION, "attention", "attention_weak", "attention_strong", "attention"),
    "ng": Look(glyphs.NG, "ng", "ng_weak", "ng_strong", "ng"),
    "problem": Look(glyphs.PROBLEM, "ng", "ng_weak", "ng_strong", "ng"),
    "hold": Look(glyphs.HOLD, "text2", "hover", "text", ""),
}
_BY_SEVERITY = {Severity.STOP: "ng", Severity.BLOCK: "problem", Severity.WARN: "attention"}


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a finding or fault, and how to show it; `more` is folded beneath or empty."""

    title: str
    more: str
    look: Look


def look_of(problem: Problem) -> Look:
    """A remark to be read is attention, not an error, though it blocks; all else goes by severity."""
    if problem.field == "remark" and problem.severity is Severity.BLOCK:
        return LOOKS["attention"]
    return LOOKS[_BY_SEVERITY[problem.severity]]


def show_problem(problem: Problem) -> Shown:
    """Title and what was found; what to do only where no repair is proposed."""
    words = problem_words(problem)
    parts = (words.text, "" if problem.repairs else words.do)
    more = "\n".join(part for part in parts if part and part != words.title)
    return Shown(words.title, more, look_of(problem))


def show_repair(repair: Repair) -> str:
    """Short words of a repair's button, beside which its value stands; a wish set to nothing is dropped."""
    dropped = repair.kind == "set_wish" and not any(repair.values.values())
    key = f"check.do.{'drop_wish' if dropped else repair.kind}"
    return text(key) if known(key) else repair_words(repair)


def show_fault(fault: Fault) -> Shown:
    """Title from `fault.<code>`; what to do from `fault.<code>.more` where the catalogue has it."""
    key = f"fault.{fault.code}"
    more = text(f"{key}.more", **fault.values) if known(f"{key}.more") else ""
    if not known(key):
        return Shown(text("ui.fault_unknown", code=fault.code), str(fault), LOOKS["ng"])
    return Shown(text(key, **fault.values), more, LOOKS["ng"])
