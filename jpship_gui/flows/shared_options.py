"""Settings that hold for every desk and every shop, kept in the database."""

from __future__ import annotations

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import Option, Scope, Value, as_text, find, parse
from jpship_gui.store import people


def get(ws: Workspace, key: str) -> Value:
    """The typed value, or the declared default."""
    option = _shared(key)
    kept = people.option(ws.store, key)
    return option.default if kept is None else parse(option, kept)


def put(ws: Workspace, key: str, value: Value) -> None:
    """Keep a value (typed, or its text); Refused("option_…") and nothing is kept where it is wrong."""
    option = _shared(key)
    checked = parse(option, value if isinstance(value, str) else as_text(option, value))
    with ws.store.transaction():
        people.set_option(ws.store, key, as_text(option, checked), ws.now(), ws.person)


def _shared(key: str) -> Option:
    option = find(key)
    if option.scope is not Scope.ALL:
        raise Refused("option_scope", key=key)
    return option
