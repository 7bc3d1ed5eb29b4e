"""The arguments of bundles, splits and `jpship plan`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_bundles(to: Parsers) -> None:
    """Which orders travel together, in how many parcels."""
    to.command(
        "bundle-candidates", "plan:list_candidates", "orders to one recipient that may travel together"
    )
    packed = "needed where something is packed already: it is taken back"
    bundle = to.command("bundle", "plan:bundle", "let orders travel in one parcel")
    bundle.add_argument("keys", metavar="KEY", nargs="+")
    bundle.add_argument("--agree", action="store_true", help="a person looked at what differs")
    apart = to.command("unbundle", "plan:unbundle", "take an order out of its bundle, or a bundle apart")
    apart.add_argument("key", metavar="KEY", help="a member leaves; with the leader's key all do")
    split = to.command("split", "plan:split", "let a shipment travel in several parcels")
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
    voids = to.command("void-waybills", "plan:void_waybills", "waybills that must not be used any more")
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


def add_plan(to: Parsers) -> None:
    """By whom they go."""
    parts = to.group("plan", "carrier and service of shipments", _PLAN_PARTS)
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
