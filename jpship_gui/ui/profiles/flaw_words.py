"""Where something is wrong with a draft, in the words of the editor instead of those of the profile's file."""

from __future__ import annotations

import re

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.texts import known, text

_FLAW = "profile_flaw_"
_KEY = "rows.order_key"
_NUMBERED = re.compile(r"\[(\d+)\]")
# First part of a place → the tab it is mended on.
_TABS = {
    "fields": "map",
    "constants": "map",
    "file": "file",
    "rows": "file",
    "detect": "file",
    "codes": "codes",
    "out": "out",
    "carriers": "out",
}
# Values a flaw names that are settings or targets, with the keys of their words.
_FOUND = ("profile.out.{}", "profile.target.{}", "transform.{}", "name.carrier.{}")


def tab_of(fault: Fault) -> str:
    """The tab of the editor where a flaw is mended, "" where it is none."""
    place = str(fault.values.get("place", ""))
    if place == _KEY:  # chosen like any other column
        return "map"
    return _TABS.get(re.split(r"[.\[]", place)[0], "") if fault.code.startswith(_FLAW) else ""


def in_words(fault: Fault) -> Fault:
    """The same fault as a person at the editor reads it; any other fault is left alone."""
    if not fault.code.startswith(_FLAW):
        return fault
    values = {**fault.values}
    values["place"] = _place(str(values.get("place", "")))
    found = str(values.get("found", ""))
    keys = [key.format(found) for key in _FOUND]
    values["found"] = next((text(key) for key in keys if found and known(key)), found)
    return Refused(fault.code, **values)


def _place(place: str) -> str:
    """`fields.line.quantity[1].columns` → the target's name; other places by their setting or the tab's name."""
    if place == _KEY:
        return text("profile.target.number")
    head, _, rest = place.partition(".")
    if head in ("fields", "constants", "codes"):
        target = re.split(r"\[|\.columns|\.steps|\.table|\.default|\.on_unknown", rest)[0]
        key = f"profile.target.{target}"
        return text(key) if known(key) else place
    bare = _NUMBERED.sub("", place)
    number = _NUMBERED.search(place)
    nth = f" {number[1]}" if number else ""
    if bare.startswith("out.columns"):
        return text("profiles.tab.out") + (f" {text('profiles.part.out_columns')}{nth}" if nth else "")
    if bare.startswith("carriers"):
        return text("profiles.part.carriers")
    name = bare.removeprefix("rows.").removeprefix("file.").removeprefix("detect.").replace("out.", "out_")
    key = f"profiles.form.{name.split('.')[0]}"
    if known(key):
        return text(key)
    tab = _TABS.get(head)
    return text(f"profiles.tab.{tab}") if tab else place
