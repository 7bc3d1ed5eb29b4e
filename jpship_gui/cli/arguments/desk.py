"""The arguments of the packing desk's commands."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_desk(to: Parsers) -> None:
    """Numbers, scans, the day's tape, the scanner."""
    track = to.command("track", "carrier:track", "record a tracking number, given twice")
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
    scan = to.command(
        "scan", "pack:scan", "answer scans from standard input, one code a line (JPCMDACK acknowledges an NG)"
    )
    scan.add_argument("--desk", metavar="NAME", default="", help="which packing desk this is")
    scan.add_argument(
        "--device", action="store_true", help="read the scanner's own device or port, as the settings name it"
    )
    tape = to.command("tape", "tape:show", "every scan and act of a day, of all desks")
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
    report = to.command("scan-report", "scan_report:show", "NG, by eye, skipped, typed: by day and person")
    for name, about in (("--since", "first day"), ("--until", "last day")):
        report.add_argument(name, metavar="YYYY-MM-DD", default="", help=f"{about} (default: today)")
    sheet = to.command("scanner-codes", "scanner:codes", "the scanner's three test codes on paper")
    sheet.add_argument("--out", metavar="FILE.pdf", required=True, help="where to write the PDF")
    to.command("scanner-devices", "scanner:devices", "input devices and serial ports a scanner may be")
