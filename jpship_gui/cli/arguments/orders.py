"""The arguments of the commands that read orders and say what is done with them."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_orders(to: Parsers) -> None:
    """From the import to the repair of a problem."""
    take = to.command("import", "intake:import_files", "read order files, or take such a reading back")
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
    watch = to.command(
        "watch", "watch:watch", "tell which files of a folder wait to be imported; imports nothing"
    )
    watch.add_argument(
        "--folder", metavar="DIR", default="", help="default: the folder of this desk's settings"
    )
    watch.add_argument("--once", action="store_true", help="look once and end; else go on until Ctrl+C")
    fetch = to.command("fetch", "intake:fetch", "read orders from the marketplaces")
    fetch.add_argument("--shop", metavar="NAME", default="", help="only this shop")
    listed = to.command("orders", "orders:list_orders", "list shipments")
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
        made = to.command(name, f"orders:{name}", about)
        made.add_argument("keys", metavar="KEY", nargs="+")
        made.add_argument("--reason", metavar="TEXT", required=True, help="kept in the history")
    for name, about in (("release", "end a hold"), ("read-remark", "tick the buyer's remark as read")):
        made = to.command(name, f"orders:{name.replace('-', '_')}", about)
        made.add_argument("keys", metavar="KEY", nargs="+")
    repair = to.command("repair", "orders:repair", "accept a proposed repair of a problem")
    repair.add_argument("key", metavar="KEY")
    repair.add_argument("code", metavar="PROBLEM", help="its code as `orders --json` lists it")
    repair.add_argument(
        "--choice", type=int, default=1, help="which of its repairs in `orders --json`, from 1"
    )
