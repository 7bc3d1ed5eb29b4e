"""The arguments of `jpship carrier`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from jpship_gui.cli.arguments.filter import add_filter, add_match
from jpship_gui.cli.arguments.parsers import Parsers


def add_carrier(to: Parsers) -> None:
    """Files for and from the carriers' tools, and carriers a seller described."""
    parts = to.group(
        "carrier",
        "files for and from the carriers' own tools",
        (
            ("export", "carrier:export", "write the file a carrier's tool reads"),
            ("import", "carrier:take", "take the numbers a carrier's tool gave"),
            ("list", "own_carriers:list_own", "carriers this seller described"),
            ("add", "own_carriers:add", "describe a carrier jpship does not know, or change one"),
            ("show", "own_carriers:show", "what is said of one, with a number tried"),
            ("save", "own_carriers:export", "write one to a file to share"),
            ("load", "own_carriers:take", "keep one from a file"),
            ("remove", "own_carriers:remove", "forget one nothing open goes with"),
            ("match", "match:match", "take numbers from a list a carrier's site shows"),
            ("links", "carrier:say_links", "show or say the carriers' pages of one number"),
            ("office", "carrier:say_office", "let shipments be collected at an office of the carrier"),
            ("marks", "carrier:say_marks", "show or say handling marks of shipments"),
            ("filter", "", "the layouts of the files for and from ゆうプリR and ゆうプリクラウド"),
        ),
    )
    add_filter(to, parts["filter"])
    parts["export"].add_argument("carrier", help="a carrier with handover_file in `jpship carriers`: yamato")
    parts["export"].add_argument("keys", metavar="KEY", nargs="*", help="default: all that wait for it")
    parts["export"].add_argument("--out", metavar="FILE", required=True, help="where to write the file")
    parts["export"].add_argument(
        "--tool",
        default="",
        help="one tool of the carrier: what the shops print with it (setting carrier.tools), or the KEYs with it",
    )
    parts["export"].add_argument(
        "--agree", action="store_true", help="write the proposals (address parted, characters replaced)"
    )
    _own_carrier(parts)
    add_match(parts["match"])
    _said_of_parcels(parts)
    parts["import"].add_argument("--carrier", default="", help="told from the file's content unless given")
    parts["import"].add_argument("file", help="what the carrier's tool saved after issuing the waybills")
    parts["import"].add_argument(
        "--no-repairs", action="store_true", help="leave damaged numbers out even if one original is possible"
    )
    parts["import"].add_argument(
        "--accept-positions", action="store_true", help="take a file without header by column position"
    )
    parts["import"].add_argument(
        "--replace", metavar="KEY", nargs="*", default=[], help="parcels whose number was issued anew"
    )


def _own_carrier(parts: Mapping[str, argparse.ArgumentParser]) -> None:
    for part in ("show", "save", "remove"):
        parts[part].add_argument("id", help="its id as `carrier list` shows it")
    parts["show"].add_argument("--number", default="", help="a tracking number to be judged by its forms")
    parts["save"].add_argument("--out", metavar="FILE.toml", required=True)
    parts["load"].add_argument("file", metavar="FILE.toml")
    parts["load"].add_argument("--replace", action="store_true", help="as the next version of one of that id")
    parts["add"].add_argument("--id", default="", help="default: from the name")
    parts["add"].add_argument("--change", action="store_true", help="change the one of that --id")
    parts["add"].add_argument("--name", default="", help="as the seller calls it")
    parts["add"].add_argument("--full-name", default="", help="as papers call it")
    parts["add"].add_argument("--url", default="", help="page of one number, with {number} in it")
    parts["add"].add_argument(
        "--number",
        metavar="MASK[,CHECK[,ON_BAD]]",
        action="append",
        default=[],
        help="#### = digits, @ = letter, * = either; CHECK mod7_integer, s10_mod11, fedex12, ups1z_mod10; "
        "ON_BAD confirm, reject, warn",
    )
    parts["add"].add_argument(
        "--service",
        metavar="NAME[,untracked][,chilled][,am][,1416]",
        action="append",
        default=[],
        help="its services become service_1, service_2 …",
    )
    parts["add"].add_argument(
        "--code",
        metavar="MARKETPLACE[/SERVICE]=CODE[,NAME]",
        action="append",
        default=[],
        help="how a marketplace is told of it",
    )


def _said_of_parcels(parts: Mapping[str, argparse.ArgumentParser]) -> None:
    parts["links"].add_argument("carrier", nargs="?", default="")
    parts["links"].add_argument("url", nargs="?", help='with {number} in it; "" = as known')
    parts["links"].add_argument("--number", default="", help="show the page of this number")
    parts["office"].add_argument("office", help='the carrier\'s code of the office; "" = to the address')
    parts["office"].add_argument("keys", metavar="KEY", nargs="+")
    parts["marks"].add_argument("keys", metavar="KEY", nargs="+")
    parts["marks"].add_argument(
        "--set", dest="marks", help='"fragile upright"; "" = none whatever goods and shop say'
    )
    parts["marks"].add_argument("--usual", action="store_true", help="again as goods and shop say")
