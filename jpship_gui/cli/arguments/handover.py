"""The arguments of `jpship handover`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_handover(to: Parsers) -> None:
    """Scans as a driver takes parcels, what waits for him, and what was taken."""
    made = to.command(
        "handover",
        "handover:handover",
        "hand parcels to the driver: waybills from standard input, one a line (JPCMDFINISH ends, JPCMDUNDO takes back)",
    )
    made.add_argument("--desk", metavar="NAME", default="", help="which desk this is")
    made.add_argument(
        "--carrier", metavar="ID", default="", help="default: that of the first parcel, or what runs here"
    )
    made.add_argument("--counter", action="store_true", help="at the carrier's counter, not at our door")
    made.add_argument("--place", default="", help="default: the desk's own (handover.place)")
    made.add_argument(
        "--left",
        metavar="KEY=REASON",
        action="append",
        default=[],
        help="why a parcel stays: later or not_found (with --finish)",
    )
    made.add_argument("--finish", action="store_true", help="end it when the input ends, whatever remains")
    made.add_argument("--driver", default="", help="with --finish: what the driver signed with")
    made.add_argument("--note", default="", help="with --finish: a note")
    instead = made.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="packed and not handed over, by carrier")
    instead.add_argument("--history", action="store_true", help="the newest hand-overs")
    instead.add_argument("--show", metavar="ID", default="", help="one hand-over with its parcels")
    instead.add_argument("--paper", metavar="ID", default="", help="its list to be signed (with --out)")
    made.add_argument("--out", metavar="FILE.pdf", default="", help="where to write the list")
