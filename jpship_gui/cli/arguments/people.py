"""The arguments of `jpship people`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers

_PARTS = (
    ("add", "people:add", "enter somebody; the first one is the owner"),
    ("list", "people:list_people", "everybody with code and badge, those who left too"),
    ("change", "people:change", "change somebody's name, role or code, or have them back"),
    ("retire", "people:retire", "somebody no longer works here; the name stays in the records"),
    ("rights", "people:rights", "what each role may do, and change it"),
    ("settings", "people:settings", "who must say who they are, and the reasons to choose from"),
)
_ROLES = ("packer", "office", "owner")


def add_people(to: Parsers) -> None:
    """Who works here."""
    parts = to.group("people", "who works here, badges, roles and rights", _PARTS)
    parts["add"].add_argument("name", help="any name; it stands in journal and history")
    for part in ("change", "retire"):
        parts[part].add_argument("who", help="code or name")
    parts["change"].add_argument("--name", default="", help="another name")
    parts["change"].add_argument("--back", action="store_true", help="works here again")
    for part in ("add", "change"):
        parts[part].add_argument("--role", choices=_ROLES, default="", help="what this person may do")
        parts[part].add_argument(
            "--code", default="", help="1 to 8 letters and digits on the badge (default: a free number)"
        )
    parts["rights"].add_argument("role", nargs="?", choices=_ROLES, help="only this role")
    for name, about in (("--give", "let the role do this"), ("--take", "no longer")):
        parts["rights"].add_argument(name, metavar="RIGHT", action="append", default=[], help=about)
    parts["settings"].add_argument(
        "values",
        metavar="KEY=VALUE",
        nargs="*",
        help="such as people.required=on, or pack.reasons.skip=ONE\\nTWO",
    )
