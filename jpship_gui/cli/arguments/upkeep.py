"""The arguments of `jpship journal`, `jpship practice` and of what this build knows."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_upkeep(to: Parsers) -> None:
    """The journal, practice, marketplaces and carriers."""
    to.group(
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
    known = to.command(
        "marketplaces", "adapters:list_marketplaces", "the marketplaces and shop systems jpship knows"
    )
    known.add_argument(
        "--limits",
        action="store_true",
        help="what each takes of several parcels and files, since when, by whom",
    )
    to.command("carriers", "adapters:list_carriers", "the carriers of this build", folder=False)
    parts = to.group(
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
