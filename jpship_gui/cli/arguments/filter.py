"""The arguments of `jpship carrier filter` and `jpship carrier match`."""

from __future__ import annotations

import argparse

from jpship_gui.cli.arguments.parsers import Parsers

_PARTS = (
    ("list", "filters:list_filters", "the filters each shop uses"),
    ("show", "filters:show", "a filter as TOML"),
    ("fields", "filters:list_fields", "what a column of a filter may hold"),
    ("export", "filters:export", "write a filter to a file, to change it"),
    ("check", "filters:check", "say whether a filter's file can be used, write nothing"),
    ("import", "filters:take", "use a filter from a file"),
    ("back", "filters:go_back", "use an earlier version again"),
    ("reset", "filters:reset", "use the standard again"),
)


def add_filter(to: Parsers, parser: argparse.ArgumentParser) -> None:
    """The parts of `jpship carrier filter`."""
    made = to.inside(parser, _PARTS, "_filter", "FILTER")
    for part in ("show", "export"):
        names = "r.out, r.back, cloud.out, cloud.back, or one of the build: r117, r69, r_short, cloud17 …"
        made[part].add_argument("name", metavar="FILTER", help=names)
    for part in ("back", "reset"):
        made[part].add_argument("slot", metavar="FILTER", help="r.out, r.back, cloud.out or cloud.back")
    for part in ("list", "show", "export"):
        made[part].add_argument("--shop", default="", help="of this shop")
    for part in ("import", "back", "reset"):
        made[part].add_argument("--shop", action="append", default=[], help="only this shop (repeatable)")
    for part in ("check", "import"):
        made[part].add_argument("file", help="a filter as TOML")
    made["export"].add_argument("--out", metavar="FILE.toml", required=True, help="where to write it")
    made["import"].add_argument(
        "--replace", action="store_true", help="whatever version the file was made from"
    )
    made["back"].add_argument("version", type=int, help="its number")


def add_match(parser: argparse.ArgumentParser) -> None:
    """The arguments of `jpship carrier match`."""
    parser.add_argument("file", help='the list as text, a line each ("-" = standard input)')
    parser.add_argument("--carrier", default="jppost")
    parser.add_argument(
        "--take", metavar="KEY", nargs="*", help="link these parcels as proposed; without KEY all of them"
    )
