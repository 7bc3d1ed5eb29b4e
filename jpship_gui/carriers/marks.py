"""Our handling marks in a carrier's own words and fields, by its marks.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jpship_gui.domain.problem import Problem, Severity


def placed(
    marks: Sequence[str], words: Mapping[str, str], fields: int, own: Sequence[str] = ()
) -> tuple[tuple[str, ...], list[Problem]]:
    """What goes into a carrier's handling fields: its word (or code) of each mark, then the shop's `own` words where
    room is left; and what a person should know: marks the carrier has no word for, and those that found no room."""
    wanted = list(dict.fromkeys([words[mark] for mark in marks if mark in words]))
    wanted += [word for word in dict.fromkeys(own) if word and word not in wanted]
    none = [mark for mark in marks if mark not in words]
    problems = []
    if none:
        problems.append(Problem("carrier_mark_none", Severity.WARN, "marks", {"marks": " ".join(none)}))
    if len(wanted) > fields:
        left = {"left": "、".join(wanted[fields:])}
        problems.append(Problem("carrier_marks_many", Severity.WARN, "marks", left))
    return tuple(wanted[:fields]), problems
