"""The command line: every flow of the desk without a screen (XT-04). Names and shapes are a contract."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from jpship_gui.cli.add_filter import add_filter, add_match
from jpship_gui.cli.add_handover import add_handover
from jpship_gui.cli.add_parcel import add_parcel
from jpship_gui.cli.add_people import add_people
from jpship_gui.cli.add_print import add_print
from jpship_gui.cli.add_stock import add_stock
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

    def command(name: str, function: str, about: str, *, folder: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, help=about, description=_sentence(about), parents=[everywhere]
        )
        made.set_defaults(command=function, needs_folder=folder)
        return made

    _shop(commands, everywhere)
    _goods(commands, everywhere)
    add_people(_sub, commands, everywhere)
    _profile(commands, everywhere)
    _layout(commands, everywhere)
    _orders(command)
    _plan(command)
    _planning(commands, everywhere)
    _order(commands, everywhere)
    _paper(commands, everywhere)
    _desk(command)
    add_parcel(commands, everywhere)
    _sending(command)
    _upkeep(commands, command, everywhere)
    return parser


def _sentence(about: str) -> str:
    return f"{about[0].upper()}{about[1:]}."


_Make = Callable[..., argparse.ArgumentParser]


def _sub(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    everywhere: argparse.ArgumentParser,
    name: str,
    about: str,
    parts: Sequence[tuple[str, str, str]],
) -> dict[str, argparse.ArgumentParser]:
    made_group = commands.add_parser(name, help=about, description=_sentence(about), parents=[everywhere])
    group = made_group.add_subparsers(dest="_part", required=True, metavar=name.upper())
    made = {}
    for part, function, part_about in parts:
        made[part] = group.add_parser(
            part, help=part_about, description=_sentence(part_about), parents=[everywhere]
        )
        made[part].set_defaults(command=function)
    return made


_SHOP_PARTS = (
    ("add", "shops:add", "add a shop"),
    ("set", "shops:set_values", "change settings of a shop"),
    ("list", "shops:list_shops", "all shops with their settings"),
    ("settings", "shops:list_settings", "what can be set for a shop, its present value and its form"),
    ("check", "shops:check", "try a shop's keys with a harmless read"),
    ("expiry", "shops:expiry", "when the shops' keys end, and what is due"),
    ("codes", "shops:codes", "how a shop names the carriers to its marketplace"),
    ("login", "shops:login", "get a shop's keys by a login in the browser, where it has one"),
    ("certify", "shops:certify", "have a key issued for a login, asked for once and kept nowhere"),
)


def _shop(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser
) -> None:
    parts = _sub(
        commands,
        everywhere,
        "shop",
        "shop accounts and their settings",
        _SHOP_PARTS,
    )
    parts["add"].add_argument("marketplace", help="its name as `jpship marketplaces` lists it, e.g. rakuten")
    parts["add"].add_argument("name", help="any name; it appears on paper and on the screen")
    parts["add"].add_argument(
        "--api-url", metavar="URL", default="", help="another address of the marketplace's API (for practice)"
    )
    parts["add"].add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="settings",
        help="a setting of the shop; may be repeated",
    )
    for part in ("set", "settings", "check", "codes", "login", "certify"):
        parts[part].add_argument("name", help="the shop's name")
    parts["expiry"].add_argument("name", nargs="?", default="", help="only this shop")
    parts["certify"].add_argument(
        "--user", metavar="NAME", default="", help="login name (default: asked for)"
    )
    parts["login"].add_argument(
        "--code", metavar="CODE", default="", help="what the page gave, or the whole address it ended at"
    )
    _shop_codes(parts["codes"])
    parts["set"].add_argument(
        "settings", metavar="KEY=VALUE", nargs="+", help="keys as `shop settings NAME` lists them"
    )


def _shop_codes(part: argparse.ArgumentParser) -> None:
    part.add_argument(
        "--carrier",
        metavar="CARRIER[/SERVICE]",
        default="",
        help="whose code to set, e.g. yamato or yamato/nekopos",
    )
    part.add_argument(
        "--code",
        metavar="CODE",
        default="",
        help="the marketplace's code; without it the shop's own is taken back",
    )
    part.add_argument("--method", metavar="WORDS", default="", help="its delivery method, where it takes one")
    part.add_argument(
        "--carrier-name",
        metavar="WORDS",
        default="",
        help="the carrier's name told besides the code, where it takes one",
    )


def _goods(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser
) -> None:
    parts = _sub(
        commands,
        everywhere,
        "goods",
        "bar codes of the goods",
        (
            ("add", "goods:add", "let a bar code or alias stand for a SKU"),
            (
                "import",
                "goods:take",
                "read a goods list (JANコード, SKU, 入数, 商品名, 種類, 棚, セットSKU, セット内数, セット名)",
            ),
            ("set", "goods:make_set", "let a SKU open into components, each scanned by its own code"),
            ("sets", "goods:list_sets", "all sets with what is in them"),
        ),
    )
    parts["add"].add_argument("code", help="what the scanner reads")
    parts["add"].add_argument("sku", help="the goods' SKU as in the orders")
    parts["add"].add_argument("--pieces", type=int, default=1, help="pieces a scan counts (case bar codes)")
    for name in ("name", "variant", "shelf"):
        parts["add"].add_argument(f"--{name}", default="", help=f"{name} shown at the desk")
    parts["add"].add_argument("--marks", default="", help="handling marks of the goods: fragile,upright …")
    parts["import"].add_argument("file", help="the goods list")
    parts["set"].add_argument("sku", help="the set's SKU as in the orders")
    parts["set"].add_argument(
        "components", metavar="SKU=PIECES", nargs="*", help="what is in it; one piece if no number"
    )
    parts["set"].add_argument("--name", default="", help="the set's name at the desk")
    parts["set"].add_argument("--drop", action="store_true", help="it is no set any more")


def _profile(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser
) -> None:
    parts = _sub(
        commands,
        everywhere,
        "profile",
        "kinds of files described as data: further shops without code",
        (
            ("list", "profiles:list_profiles", "all profiles, own and ready ones"),
            ("show", "profiles:show", "a profile as TOML"),
            ("copy", "profiles:copy", "make an own profile from another"),
            ("import", "profiles:take", "take over a profile from a file"),
            ("export", "profiles:export", "write a profile to a file"),
            ("remove", "profiles:remove", "forget an own profile no shop works by"),
            ("try", "profiles:try_file", "show what a profile makes of an order file, write nothing"),
        ),
    )
    for part in ("show", "copy", "export", "remove"):
        parts[part].add_argument("id", help="its id as `profile list` shows it")
    parts["copy"].add_argument("--as", dest="new_id", metavar="ID", default="", help="default: a free id")
    parts["copy"].add_argument("--title", default="", help="name shown everywhere")
    parts["import"].add_argument("file", help="a profile as TOML")
    parts["import"].add_argument(
        "--as", dest="new_id", metavar="ID", default="", help="default: the file's id"
    )
    parts["import"].add_argument(
        "--replace", action="store_true", help="as the next version of the own profile of that id"
    )
    parts["export"].add_argument("--out", metavar="FILE.toml", required=True, help="where to write it")
    parts["try"].add_argument("id", metavar="PROFILE", help="its id, or a file that holds a profile")
    parts["try"].add_argument("files", metavar="FILE", nargs="+", help="an order file, or the two of a pair")


def _layout(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser
) -> None:
    parts = _sub(
        commands,
        everywhere,
        "layout",
        "what stands on papers and how, as a shop wants it",
        (
            ("list", "layouts:list_layouts", "all layouts of a paper and who uses them"),
            ("show", "layouts:show", "a layout as TOML"),
            ("copy", "layouts:copy", "make an own layout from another"),
            ("import", "layouts:take", "take over a layout from a file"),
            ("export", "layouts:export", "write a layout with its logo to a file"),
            ("assign", "layouts:assign", "let a shop use a layout"),
            ("versions", "layouts:list_versions", "all versions of an own layout"),
            ("back", "layouts:back", "make an older version the newest again"),
            ("remove", "layouts:remove", "forget an own layout no shop uses"),
        ),
    )
    for name, part in parts.items():
        if name != "import":
            part.add_argument("--kind", metavar="PAPER", default="slip", help="which paper (default: slip)")
        if name not in ("list", "import"):
            part.add_argument("layout", help="its id or name as `layout list` shows it")
    parts["copy"].add_argument("--as", dest="name", metavar="NAME", default="", help="default: a free name")
    parts["import"].add_argument("file", help="a layout as TOML")
    parts["import"].add_argument("--as", dest="name", metavar="NAME", default="", help="default: the file's")
    parts["export"].add_argument("--out", metavar="FILE.toml", required=True, help="where to write it")
    parts["assign"].add_argument("shop", help="the shop's name")
    parts["back"].add_argument("version", type=int, help="which one")


def _orders(command: _Make) -> None:
    take = command("import", "intake:import_files", "read order files, or take such a reading back")
    take.add_argument("files", metavar="FILE", nargs="*", help="the marketplace's download, CSV or XLSX")
    take.add_argument(
        "--shop", metavar="NAME", default="", help="whose orders; needed where several shops fit"
    )
    take.add_argument("--preview", action="store_true", help="show what would happen, write nothing")
    take.add_argument("--rejected", metavar="FILE", default="", help="save the rejected rows here")
    past = take.add_mutually_exclusive_group()
    past.add_argument("--list", action="store_true", help="the last imports, and which can be taken back")
    past.add_argument(
        *("--take-back",),
        metavar="NUMBER",
        nargs="?",
        const=0,
        type=int,
        help="undo an import nothing came of (default: the last one)",
    )
    watch = command(
        "watch", "watch:watch", "tell which files of a folder wait to be imported; imports nothing"
    )
    watch.add_argument(
        "--folder", metavar="DIR", default="", help="default: the folder of this desk's settings"
    )
    watch.add_argument("--once", action="store_true", help="look once and end; else go on until Ctrl+C")
    fetch = command("fetch", "intake:fetch", "read orders from the marketplaces")
    fetch.add_argument("--shop", metavar="NAME", default="", help="only this shop")
    listed = command("orders", "orders:list_orders", "list shipments")
    listed.add_argument(
        "--view",
        metavar="NAME",
        default="all",
        help="all, open, today, late, tomorrow, hold, attention, remarks, gift, unsent, to_send, cancelled",
    )
    listed.add_argument(
        "--search", metavar="TEXT", default="", help="order or tracking number, name, phone, SKU"
    )
    for name, about in (("approve", "approve in spite of problems"), ("hold", "put on hold")):
        made = command(name, f"orders:{name}", about)
        made.add_argument("keys", metavar="KEY", nargs="+")
        made.add_argument("--reason", metavar="TEXT", required=True, help="kept in the history")
    for name, about in (("release", "end a hold"), ("read-remark", "tick the buyer's remark as read")):
        made = command(name, f"orders:{name.replace('-', '_')}", about)
        made.add_argument("keys", metavar="KEY", nargs="+")
    repair = command("repair", "orders:repair", "accept a proposed repair of a problem")
    repair.add_argument("key", metavar="KEY")
    repair.add_argument("code", metavar="PROBLEM", help="its code as `orders --json` lists it")
    repair.add_argument(
        "--choice", type=int, default=1, help="which of its repairs in `orders --json`, from 1"
    )


_TEXTS: Sequence[tuple[str, str]] = (
    ("shop", "whose name and settings are used; needed where there are several"),
    ("name", "recipient"),
    ("kana", "recipient's name in kana"),
    ("postal-code", "seven digits"),
    ("address", "prefecture to house number in one go"),
    ("building", "building and room"),
    ("phone", "recipient's telephone"),
    ("wish-day", "wished day, e.g. 11/25"),
    ("wish-slot", "wished time: am, pm, 1416 …"),
    ("ship-by", "day by which it must have left (default: the shop's rule)"),
    ("carrier", "default: the shop's usual one"),
    ("service", "with --carrier"),
    ("giver", "with --gift: whose present it is"),
    ("wrapping", "how it is wrapped"),
    ("noshi", "what stands on the noshi"),
    ("remark", "what the buyer said; the packer ticks it"),
    ("memo", "note for us"),
    ("postage", "in yen"),
)


def _order(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser
) -> None:
    parts = _sub(
        commands,
        everywhere,
        "order",
        "orders entered by hand: telephone, re-send, sample",
        (
            ("add", "order:add", "enter an order; what the rules say of it is listed"),
            ("change", "order:change", "change an order entered by hand; only what is given changes"),
            ("cancel", "order:cancel", "cancel an order entered by hand"),
        ),
    )
    for part in ("add", "change"):
        made = parts[part]
        if part == "change":
            made.add_argument("key", metavar="KEY")
        made.add_argument("--reason", choices=("telephone", "resend", "sample"), default=None)
        made.add_argument("--original", metavar="KEY", default=None, help="re-send: the shipment it replaces")
        for name, about in _TEXTS:
            made.add_argument(f"--{name}", metavar="TEXT", default=None, help=about)
        made.add_argument("--gift", action="store_true", default=None, help="a present: slip without prices")
        made.add_argument("--cash-on-delivery", action="store_true", default=None)
        _goods_lines(made)
    parts["cancel"].add_argument("key", metavar="KEY")
    parts["cancel"].add_argument("--reason", metavar="TEXT", required=True, help="kept in the history")


class _GoodsOption(argparse.Action):
    """`--goods` and `--free` begin a line of goods, the others say more of the last one begun."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        lines: list[dict[str, str]] = list(getattr(namespace, "lines", None) or [])
        field = str(self.metavar).lower()
        if option_string in ("--goods", "--free"):
            lines.append({field: str(values)})
        elif not lines:
            parser.error(f"{option_string} comes after --goods or --free")
        else:
            lines[-1] = {**lines[-1], field: str(values)}
        namespace.lines = lines


def _goods_lines(made: argparse.ArgumentParser) -> None:
    goods = made.add_argument_group(
        "goods", "one --goods or --free for each line, its other options behind it"
    )
    for option, field, about in (
        ("--goods", "SKU", "goods the list or an earlier order knows"),
        ("--free", "NAME", "goods in free words"),
        ("--title", "NAME", "another name than the list's"),
        ("--variant", "VARIANT", "colour, size"),
        ("--pieces", "QUANTITY", "default 1"),
        ("--price", "UNIT_PRICE", "yen a piece, tax included (default: free)"),
        ("--tax", "TAX_RATE", "10, 8 or 0"),
    ):
        goods.add_argument(option, metavar=field, action=_GoodsOption, dest="lines", default=None, help=about)


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


def _paper(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    everywhere: argparse.ArgumentParser,
) -> None:
    add_print(commands, everywhere)
    add_stock(commands, everywhere)
    parts = _sub(
        commands,
        everywhere,
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
    add_filter(parts["filter"], everywhere)
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


def _plan(command: _Make) -> None:
    command("bundle-candidates", "plan:list_candidates", "orders to one recipient that may travel together")
    packed = "needed where something is packed already: it is taken back"
    bundle = command("bundle", "plan:bundle", "let orders travel in one parcel")
    bundle.add_argument("keys", metavar="KEY", nargs="+")
    bundle.add_argument("--agree", action="store_true", help="a person looked at what differs")
    apart = command("unbundle", "plan:unbundle", "take an order out of its bundle, or a bundle apart")
    apart.add_argument("key", metavar="KEY", help="a member leaves; with the leader's key all do")
    split = command("split", "plan:split", "let a shipment travel in several parcels")
    split.add_argument("key", metavar="KEY")
    split.add_argument("--parcels", type=int, default=0, help="how many there shall be")
    split.add_argument(
        "--lines",
        metavar="LINExPIECES,…",
        action="append",
        default=[],
        help="what lies in a parcel, once for each: 1x2,3x1 is two of the slip's first line, one of its third",
    )
    for made in (bundle, apart, split):
        made.add_argument("--reason", metavar="TEXT", default="", help=packed)
    voids = command("void-waybills", "plan:void_waybills", "waybills that must not be used any more")
    voids.add_argument("--destroyed", metavar="PARCEL", nargs="+", default=[], help="tick these off the list")


_PLAN_PARTS = (
    ("show", "planning:show", "by whom shipments go, why, at what cost, and when they arrive"),
    ("set", "planning:set_service", "choose a service, whatever the rules say"),
    ("unset", "planning:unset", "let the rules choose again"),
    ("wait", "planning:wait", "keep shipments back until a day"),
    ("now", "planning:ship_now", "let go what is kept back"),
    ("weigh", "planning:weigh", "what a parcel weighs and measures"),
    ("apart", "planning:apart", "orders to one recipient that travel each by itself"),
    ("split", "planning:split", "boxes by temperature, shelf, date or weight"),
    ("prices", "planning:prices", "the own price table"),
    ("limits", "planning:limits", "limits of services and areas, days a carrier fetches"),
    ("rules", "planning:list_rules", "the rules in their order"),
)


def _planning(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser
) -> None:
    parts = _sub(commands, everywhere, "plan", "carrier and service of shipments", _PLAN_PARTS)
    parts["show"].add_argument("keys", metavar="KEY", nargs="*", help="default: all that wait")
    parts["show"].add_argument(
        "--compare", action="store_true", help="with all other services and their cost"
    )
    parts["set"].add_argument("service", metavar="CARRIER[/SERVICE]", help="e.g. yamato/nekopos")
    for name in ("set", "unset", "wait", "now", "apart"):
        parts[name].add_argument("keys", metavar="KEY", nargs="+")
    parts["set"].add_argument("--reason", metavar="TEXT", default="", help="kept in the history")
    parts["wait"].add_argument("--until", metavar="YYYY-MM-DD", required=True, help="the day it may leave")
    parts["weigh"].add_argument("parcel", metavar="PARCEL", help="key of the parcel or the shipment")
    parts["weigh"].add_argument(
        "--weight", metavar="TEXT", default="", help="as a scale types it: 1.25, 850g"
    )
    parts["weigh"].add_argument("--sides", metavar="MMxMMxMM", default="", help="the three sides")
    parts["split"].add_argument("key", metavar="KEY")
    parts["split"].add_argument("by", choices=("temperature", "shelf", "date", "weight"))
    parts["split"].add_argument("--grams", type=int, default=0, help="by weight: the most in one box")
    parts["split"].add_argument("--do", action="store_true", help="split it; otherwise it is only shown")
    parts["split"].add_argument("--reason", metavar="TEXT", default="", help="needed where it is packed")
    for name in ("prices", "limits", "rules"):
        parts[name].add_argument("--take", metavar="FILE", default="", help="take over from a file")
        parts[name].add_argument("--write", metavar="FILE", default="", help="write to a file")
    parts["rules"].add_argument("--instead", action="store_true", help="in place of those there are")
    parts["rules"].add_argument(
        "--move", metavar=("ID", "PLACE"), nargs=2, type=int, help="try it as the n-th"
    )


def _desk(command: _Make) -> None:
    track = command("track", "carrier:track", "record a tracking number, given twice")
    track.add_argument("key", metavar="KEY", nargs="?", default="")
    track.add_argument("number", metavar="NUMBER", nargs="?", default="")
    track.add_argument(
        "again", metavar="NUMBER_AGAIN", nargs="?", default="", help="the same number, read a second time"
    )
    track.add_argument(
        "--untracked", action="store_true", help="its service gives no number: done without one"
    )
    track.add_argument("--carrier", default="", help="default: the carrier planned")
    track.add_argument(
        "--list", metavar="FILE", default="", help="orders and numbers, one pair a line (- = standard input)"
    )
    track.add_argument("--take", action="store_true", help="of a list: link the good lines, marked pasted")
    track.add_argument(
        "--waiting", action="store_true", help="typed numbers that wait for their second entry"
    )
    track.add_argument("--undo", action="store_true", help="take NUMBER off KEY again, or the first entry")
    track.add_argument("--insist", action="store_true", help="take a number of doubtful form")
    scan = command(
        "scan", "pack:scan", "answer scans from standard input, one code a line (JPCMDACK acknowledges an NG)"
    )
    scan.add_argument("--desk", metavar="NAME", default="", help="which packing desk this is")
    scan.add_argument(
        "--device", action="store_true", help="read the scanner's own device or port, as the settings name it"
    )
    tape = command("tape", "tape:show", "every scan and act of a day, of all desks")
    for name, about in (
        ("--day", "first day (default: today)"),
        ("--until", "last day (default: the first)"),
    ):
        tape.add_argument(name, metavar="YYYY-MM-DD", default="", help=about)
    for name, about in (("--desk", "of this desk only"), ("--by", "of this person only")):
        tape.add_argument(name, metavar="NAME", default="", help=about)
    tape.add_argument("--words", default="", help="only lines with these words, a number or an order in them")
    tape.add_argument("--ng", action="store_true", help="only what was stopped")
    tape.add_argument("--csv", metavar="FILE", default="", help="write them to a file")
    report = command("scan-report", "scan_report:show", "NG, by eye, skipped, typed: by day and person")
    for name, about in (("--since", "first day"), ("--until", "last day")):
        report.add_argument(name, metavar="YYYY-MM-DD", default="", help=f"{about} (default: today)")
    add_handover(command)
    sheet = command("scanner-codes", "scanner:codes", "the scanner's three test codes on paper")
    sheet.add_argument("--out", metavar="FILE.pdf", required=True, help="where to write the PDF")
    command("scanner-devices", "scanner:devices", "input devices and serial ports a scanner may be")


def _sending(command: _Make) -> None:
    confirm = command("confirm", "confirm:confirm", "confirm shipments to the marketplaces")
    how = confirm.add_mutually_exclusive_group(required=True)
    how.add_argument("--list", action="store_true", help="green and red with reasons")
    how.add_argument("--files", metavar="DIR", default="", help="write the upload files of the green ones")
    how.add_argument("--send", action="store_true", help="send the green ones")
    how.add_argument("--read-back", action="store_true", help="ask the marketplaces what they show now")
    how.add_argument(
        "--seen",
        metavar="KEY",
        nargs="+",
        default=[],
        help="what the marketplace shows otherwise of these was seen to",
    )
    how.add_argument("--filed", action="store_true", help="upload files nobody has told the outcome of")
    how.add_argument(
        "--uploaded",
        metavar="FILE",
        default="",
        help="the marketplace took this upload file without a complaint",
    )
    how.add_argument(
        "--upload-refused", metavar="FILE", default="", help="it did not: its orders come back to the desk"
    )
    confirm.add_argument(
        "--order",
        metavar="NUMBER",
        action="append",
        default=[],
        help="with --upload-refused: only these orders",
    )
    confirm.add_argument(
        "--why", metavar="TEXT", default="", help="with --upload-refused: the marketplace's own words"
    )
    promise = command("promise", "promise:promise", "promise ship dates where a marketplace waits for them")
    promise.add_argument("keys", metavar="KEY", nargs="*", help="default: all that wait for it")
    promise.add_argument(
        "--list", action="store_true", help="what waits and which day is proposed; sends nothing"
    )
    promise.add_argument("--date", metavar="YYYY-MM-DD", default="", help="default: each shipment's ship-by")
    promise.add_argument(
        "--reason", metavar="CODE", default="", help="the marketplace's code of a reason for a late day"
    )


def _upkeep(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    command: _Make,
    everywhere: argparse.ArgumentParser,
) -> None:
    _sub(
        commands,
        everywhere,
        "journal",
        "the scan journal",
        (
            ("verify", "pack:verify", "check every line of every journal"),
            ("replay", "pack:replay", "rebuild every fact from imports and journals, and compare"),
        ),
    )["replay"].add_argument(
        "--into",
        metavar="DIR",
        default="",
        help="keep what was rebuilt as a new data folder (default: only compare)",
    )
    known = command(
        "marketplaces", "adapters:list_marketplaces", "the marketplaces and shop systems jpship knows"
    )
    known.add_argument(
        "--limits",
        action="store_true",
        help="what each takes of several parcels and files, since when, by whom",
    )
    command("carriers", "adapters:list_carriers", "the carriers of this build", folder=False)
    parts = _sub(
        commands,
        everywhere,
        "practice",
        "practice marketplace and practice day",
        (
            ("serve", "practice:serve", "run the practice marketplace on this machine"),
            ("day", "practice:day", "play a whole packing day, nothing leaves this machine"),
        ),
    )
    parts["serve"].add_argument("--port", type=int, default=0, help="default: any free one")
    parts["serve"].add_argument(
        "--orders",
        type=int,
        default=0,
        help="so many plain orders a marketplace instead of the practice day's",
    )
    parts["day"].add_argument("--out", metavar="DIR", default="", help="where to put papers and files")
    for part in parts.values():
        part.set_defaults(needs_folder=False)
