"""`jpship people`: who works here, with which badge, and what each role may do."""

from __future__ import annotations

import argparse
from typing import Any

from jpship_gui.cli.output import Answer, columns
from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.roles import Person, Right, Role
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import Scope, as_text, declared, find
from jpship_gui.texts import text


def add(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Enter somebody; the first one is the owner."""
    role = Role(arguments.role) if arguments.role else None
    person = people.add(ws, arguments.name, role, arguments.code)
    words = text("people.cli.added", **_words(person), badge=badge_of(person.code))
    return Answer(_document(person), (words,))


def list_people(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Everybody, those who left too."""
    found = people.every(ws)
    rows = (
        (p.code, p.name, text(f"people.role.{p.role.value}"), badge_of(p.code) if p.active else _gone())
        for p in found
    )
    return Answer([_document(p) for p in found], columns(rows) or (text("people.cli.nobody"),))


def change(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Change somebody's name, role or code, or have them back."""
    person = people.change(
        ws,
        arguments.who,
        name=arguments.name,
        role=Role(arguments.role) if arguments.role else None,
        code=arguments.code,
        working=True if arguments.back else None,
    )
    return Answer(_document(person), (text("people.cli.changed", **_words(person)),))


def retire(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Somebody no longer works here."""
    person = people.retire(ws, arguments.who)
    return Answer(_document(person), (text("people.cli.retired", name=person.name),))


def rights(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What each role may do; changed where rights are given or taken."""
    for names, allowed in ((arguments.give, True), (arguments.take, False)):
        for name in names:
            people.set_right(ws, Role(arguments.role or Role.PACKER), _right(name), allowed)
    held = people.rights(ws)
    shown = [Role(arguments.role)] if arguments.role else list(Role)
    rows = (
        (right.value, text(f"people.right.{right.value}"), *(_sign(right in held[role]) for role in shown))
        for right in Right
    )
    head = ("", "", *(text(f"people.role.{role.value}") for role in shown))
    document = {role.value: sorted(right.value for right in held[role]) for role in shown}
    return Answer(document, columns([head, *rows]))


def settings(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Settings that hold for every desk; changed where KEY=VALUE is given."""
    people.must(ws, Right.SETTINGS) if arguments.values else None
    for given in arguments.values:
        key, _, value = given.partition("=")
        shared_options.put(ws, key.strip(), value)
    keys = [o.key for o in declared().values() if o.scope is Scope.ALL and o.type != "json"]
    held = {key: as_text(find(key), shared_options.get(ws, key)) for key in keys}
    rows = ((key, value.replace("\n", " / "), text(f"option.{key}")) for key, value in held.items())
    return Answer(held, columns(rows))


def _right(name: str) -> Right:
    if name not in {right.value for right in Right}:
        raise Refused("right_unknown", right=name, known=", ".join(Right))
    return Right(name)


def _document(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "code": person.code,
        "role": person.role.value,
        "active": person.active,
        "badge": badge_of(person.code) if person.active else "",
    }


def _words(person: Person) -> dict[str, str]:
    return {"name": person.name, "role": text(f"people.role.{person.role.value}"), "code": person.code}


def _gone() -> str:
    return text("people.gone")


def _sign(held: bool) -> str:
    return "○" if held else "-"
