"""The command line: every flow of the desk without a screen (XT-04). Names and shapes are a contract."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence

from jpship_gui.cli.arguments.carrier import add_carrier
from jpship_gui.cli.arguments.desk import add_desk
from jpship_gui.cli.arguments.goods import add_goods
from jpship_gui.cli.arguments.handover import add_handover
from jpship_gui.cli.arguments.order import add_order
from jpship_gui.cli.arguments.orders import add_orders
from jpship_gui.cli.arguments.parcel import add_parcel
from jpship_gui.cli.arguments.parsers import Parsers
from jpship_gui.cli.arguments.people import add_people
from jpship_gui.cli.arguments.plan import add_bundles, add_plan
from jpship_gui.cli.arguments.print import add_print
from jpship_gui.cli.arguments.sending import add_sending
from jpship_gui.cli.arguments.shapes import add_layout, add_profile
from jpship_gui.cli.arguments.shop import add_shop
from jpship_gui.cli.arguments.stock import add_stock
from jpship_gui.cli.arguments.upkeep import add_upkeep
from jpship_gui.cli.output import Answer, Exit, show, show_fault
from jpship_gui.domain.fault import Cancelled, Fault, Refused
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.texts import set_language, text

_BEGINNING = frozenset(
    (
        "fetch",
        "orders",
        "approve",
        "hold",
        "release",
        "read-remark",
        "repair",
        "print",
        "order",
        "carrier",
        "track",
        "handover",
        "confirm",
        "promise",
        "bundle",
        "unbundle",
        "bundle-candidates",
        "split",
        "void-waybills",
        "plan",
        "weight",
        "evidence",
    )
)  # commands that read what the desks did; a refused import must leave no trace, so it only catches up

_AREAS = (
    add_shop, add_goods, add_people, add_profile, add_layout, add_orders, add_bundles, add_plan, add_order, add_print,
    add_stock, add_carrier, add_desk, add_handover, add_parcel, add_sending, add_upkeep,
)  # fmt: skip

Command = Callable[[Workspace, argparse.Namespace], Answer | Exit]


def run(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code (see `Exit`)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")  # a file's name may be no text
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        if stopped.code and "--json" in argv:
            print(json.dumps({"error": {"code": "usage", "text": text("cli.usage")}}, ensure_ascii=False))
        raise
    as_json = bool(getattr(arguments, "json", False))
    try:
        return int(_run(arguments, as_json))
    except Refused as fault:
        show_fault(fault, as_json)
        return int(Exit.REFUSED)
    except Fault as fault:
        show_fault(fault, as_json)
        return int(Exit.WORLD)
    except BrokenPipeError:
        _close_quietly()
        return int(Exit.PARTLY)
    except (Cancelled, KeyboardInterrupt):
        print(text("cli.cancelled"), file=sys.stderr)
        return int(Exit.PARTLY)


def _close_quietly() -> None:
    """Whoever read our output has gone; without this the interpreter complains once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: argparse.Namespace, as_json: bool) -> Exit:
    command = _command(arguments.command)
    if not getattr(arguments, "needs_folder", True):
        return _finish(command(None, arguments), as_json)  # type: ignore[arg-type]
    person, desk = getattr(arguments, "person", ""), getattr(arguments, "desk", "")
    ws = open_workspace(getattr(arguments, "home", None), person=person, desk=desk or "")
    try:
        set_language(getattr(arguments, "language", None) or ws.options.get("language"))
        if arguments._command in _BEGINNING:
            from jpship_gui.flows.upkeep.begin import begin

            begin(ws)
        finished = _finish(command(ws, arguments), as_json)
        from jpship_gui.flows.pack.facts import keep_up_quietly

        keep_up_quietly(ws)
        return finished
    finally:
        ws.close()


def _finish(answer: Answer | Exit, as_json: bool) -> Exit:
    if isinstance(answer, Answer):
        show(answer, as_json)
        return answer.exit
    return answer


def _command(name: str) -> Command:
    """The function of a command; its module is loaded only now, for a quick start."""
    import importlib

    module, _, function = name.partition(":")
    command: Command = getattr(importlib.import_module(f"jpship_gui.cli.{module}"), function)
    return command


def _parser() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    everywhere.add_argument(
        "--home", metavar="DIR", help="data folder (default: JPSHIP_HOME, else the user's own)"
    )
    everywhere.add_argument("--json", action="store_true", help="one JSON document on standard output")
    everywhere.add_argument(
        "--language", choices=("ja", "en", "zh_Hans"), help="language of this command's words"
    )
    everywhere.add_argument("--person", metavar="NAME", help="who does this, for the history")
    parser = argparse.ArgumentParser(
        prog="jpship",
        description="The shipping desk on the command line; without a command the window opens.",
        epilog="A day: shop add, import, orders, print, carrier export, carrier import, scan, confirm. "
        "COMMAND --help tells more. KEY is a shipment's key as `orders` lists it (JP0000013).",
        parents=[everywhere],
    )
    commands = parser.add_subparsers(dest="_command", required=True, metavar="COMMAND")
    to = Parsers(commands, everywhere)
    for add in _AREAS:
        add(to)
    return parser
