"""The arguments of `jpship confirm` and `jpship promise`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_sending(to: Parsers) -> None:
    """What marketplaces are told."""
    confirm = to.command("confirm", "confirm:confirm", "confirm shipments to the marketplaces")
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
    promise = to.command(
        "promise", "promise:promise", "promise ship dates where a marketplace waits for them"
    )
    promise.add_argument("keys", metavar="KEY", nargs="*", help="default: all that wait for it")
    promise.add_argument(
        "--list", action="store_true", help="what waits and which day is proposed; sends nothing"
    )
    promise.add_argument("--date", metavar="YYYY-MM-DD", default="", help="default: each shipment's ship-by")
    promise.add_argument(
        "--reason", metavar="CODE", default="", help="the marketplace's code of a reason for a late day"
    )
