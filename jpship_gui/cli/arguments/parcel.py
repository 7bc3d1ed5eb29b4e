"""The arguments of `jpship checklist`, `jpship weight` and `jpship evidence`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers

_CHECKLIST = (
    ("show", "checklist:show", "the packing checklist as it is written, and the lines not used"),
    ("set", "checklist:set_list", "take over a checklist from a file"),
    ("try", "checklist:try_list", "which of today's orders each group is for"),
)
_WEIGHT = (
    ("read", "weight:read", "what a scale's line means"),
    ("show", "weight:show", "what a shipment's parcels should weigh and weighed"),
    ("propose", "weight:propose", "weights of goods without one, as parcels of them weighed"),
    ("set", "weight:set_weight", "let goods weigh what is proposed, or so many grams"),
)
_EVIDENCE = (
    ("add", "evidence:add", "attach a photo or file to a parcel"),
    ("shoot", "evidence:take_photo", "take a photo with the desk's camera and attach it"),
    ("list", "evidence:list_evidence", "what is attached"),
    ("export", "evidence:export", "write it into a folder"),
    ("remove", "evidence:remove", "take one off, and its file away"),
    ("expire", "evidence:expire", "remove what is past its time"),
)


def add_parcel(to: Parsers) -> None:
    """The seller's checklist, what parcels weigh, and their photos."""
    checklist = to.group("checklist", "the packing checklist", _CHECKLIST, "WHAT")
    checklist["set"].add_argument("file", help="a text file, one item or group a line")
    checklist["try"].add_argument("file", nargs="?", default="", help="default: the checklist in use")
    weight = to.group("weight", "what parcels and goods weigh at the desk", _WEIGHT, "WHAT")
    weight["read"].add_argument("text", help="as the scale types it: 'ST,GS,+  0.512kg'")
    weight["show"].add_argument("key", metavar="KEY")
    weight["set"].add_argument("sku", help="the goods' SKU as in the orders")
    weight["set"].add_argument("--grams", type=int, default=None, help="default: as proposed")
    evidence = to.group("evidence", "photos and files of parcels", _EVIDENCE, "WHAT")
    for name in ("add", "shoot", "remove"):
        evidence[name].add_argument("key", metavar="KEY", help="key of the shipment or the parcel")
    evidence["add"].add_argument("files", metavar="FILE", nargs="+", help="a picture, PDF or film")
    evidence["list"].add_argument("keys", metavar="KEY", nargs="+")
    evidence["export"].add_argument("keys", metavar="KEY", nargs="+")
    evidence["export"].add_argument("--out", metavar="DIR", required=True, help="the folder")
    evidence["remove"].add_argument(
        "hash", metavar="HASH", help="as `evidence list` shows it, or its beginning"
    )
    evidence["remove"].add_argument("--reason", metavar="TEXT", default="")
    evidence["expire"].add_argument(
        "--older-than", metavar="DAYS", type=int, default=None, help="default: each shop's evidence.days"
    )
