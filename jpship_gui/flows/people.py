"""Who works here and what they may do: kept for all desks, asked by every flow that not everybody may use (MD-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jpship_gui.domain import roles
from jpship_gui.domain.badge import is_code
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.roles import Person, Right, Rights, Role
from jpship_gui.flows import shared_options
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import people
from jpship_gui.texts import text

__all__ = ["Person", "Right", "Role"]

_LONGEST = 40  # characters of a name
RIGHTS = "people.rights"


def every(ws: Workspace) -> list[Person]:
    """Everybody, those who left too; empty in a shop that entered nobody."""
    return people.every(ws.store)


def active(ws: Workspace) -> list[Person]:
    """Those who work here now."""
    return [person for person in every(ws) if person.active]


def rights(ws: Workspace) -> Rights:
    """What each role may do now."""
    return roles.rights_of(shared_options.get(ws, RIGHTS))


def may(ws: Workspace, right: Right) -> bool:
    """Whether the person of this workspace may do that."""
    return roles.may(every(ws), rights(ws), ws.person, right)


def must(ws: Workspace, right: Right) -> None:
    """Refused("not_allowed"), which names who may, where the person of this workspace may not."""
    found, held = every(ws), rights(ws)
    if not roles.may(found, held, ws.person, right):
        raise not_allowed(right, ws.person, roles.who_may(found, held, right))


def not_allowed(right: Right, person: str, who: Sequence[str]) -> Refused:
    """That this person may not, and who may."""
    act = text(f"people.right.{right.value}")
    return Refused("not_allowed", act=act, who="・".join(who), person=person or text("people.nobody"))


def find(ws: Workspace, words: str) -> Person:
    """By code or name, those who work here first; Refused("person_unknown")."""
    code = tidy(words)
    known = sorted(every(ws), key=lambda person: not person.active)
    found = next((p for p in known if p.code == code), None) or next(
        (p for p in known if p.name == words.strip()), None
    )
    if found is None:
        raise Refused("person_unknown", person=words, known="・".join(p.name for p in known if p.active))
    return found


def add(ws: Workspace, name: str, role: Role | None = None, code: str = "") -> Person:
    """Enter somebody; the first is the owner, and the person of a desk that had none. A blank code gets a free number.

    Refused("not_allowed", "person_name", "person_name_taken", "person_code", "person_code_taken", "people_no_owner").
    """
    must(ws, Right.PEOPLE)
    with ws.store.transaction():
        known = every(ws)
        anybody = any(person.active for person in known)
        given = role or (Role.PACKER if anybody else Role.OWNER)
        person = _keep(ws, Person(name.strip(), tidy(code) or _free_code(known), given), "")
    if not anybody and not ws.person and not ws.options.get("desk.person"):
        ws.options.set("desk.person", person.name)  # or nobody here could go on
    return person


def change(
    ws: Workspace,
    who: str,
    *,
    name: str = "",
    role: Role | None = None,
    code: str = "",
    working: bool | None = None,
) -> Person:
    """Change somebody named by code or name; what is not given stays. `working` False = no longer here, which keeps
    the name for the history. Raises as `add` and `find`."""
    must(ws, Right.PEOPLE)
    with ws.store.transaction():
        before = find(ws, who)
        after = replace(
            before,
            name=name.strip() or before.name,
            role=role or before.role,
            code=tidy(code) or before.code,
            active=before.active if working is None else working,
        )
        return before if after == before else _keep(ws, after, before.code)


def retire(ws: Workspace, who: str) -> Person:
    """Somebody no longer works here; their badge opens nothing any more."""
    return change(ws, who, working=False)


def set_right(ws: Workspace, role: Role, right: Right, allowed: bool) -> None:
    """Let a role do something or no longer; the owner's cannot be taken: Refused("owner_may_all")."""
    must(ws, Right.PEOPLE)
    if role is Role.OWNER:
        raise Refused("owner_may_all")
    with ws.store.transaction():
        held = set(rights(ws)[role])
        held = held | {right} if allowed else held - {right}
        kept = {**shared_options.get(ws, RIGHTS), role.value: sorted(one.value for one in held)}
        shared_options.put(ws, RIGHTS, kept)


def _keep(ws: Workspace, person: Person, before: str) -> Person:
    others = [one for one in every(ws) if one.code != before]
    _check(person, others)
    left = [one for one in (*others, person) if one.active]
    if left and not any(one.role is Role.OWNER for one in left):
        raise Refused("people_no_owner")
    people.put(ws.store, person, ws.now(), ws.person, before)
    return person


def _check(person: Person, others: Sequence[Person]) -> None:
    if not 0 < len(person.name) <= _LONGEST or not person.name.isprintable():
        raise Refused("person_name", longest=_LONGEST)
    if not is_code(person.code):
        raise Refused("person_code", code=person.code)
    taken = next((one for one in others if one.code == person.code), None)
    if taken is not None:
        raise Refused("person_code_taken", code=person.code, person=taken.name)
    if person.active and any(one.active and one.name == person.name for one in others):
        raise Refused("person_name_taken", person=person.name)


def _free_code(known: Sequence[Person]) -> str:
    taken = {person.code for person in known}
    return next(code for n in range(1, len(known) + 2) if (code := f"{n:02d}") not in taken)
