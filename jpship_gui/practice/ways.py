"""Every tool of a carrier a day's parcels can go through, with its stand-in: the file in, the numbers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpship_gui.practice import b2_tool, freight_tools, japan_post_tools, sagawa_tools


@dataclass(frozen=True, slots=True)
class Printed:
    """What a tool did: the number on each parcel's waybill by our key, and how the numbers come back to the desk:
    `result` is its export, `page` the list its site shows; neither = by the scanner alone."""

    numbers: Mapping[str, str]
    result: Path | None = None
    page: str = ""


Stand = Callable[[Path, Path, int, datetime, Sequence[str]], Printed]
# its file, a folder for what it writes, the first payload of its numbers, now, our keys in the file's order


@dataclass(frozen=True, slots=True)
class Way:
    """A service of a carrier through one of its tools."""

    carrier: str
    service: str
    tool: str
    name: str  # the tool's, for the day's sentences
    stand: Stand
    first: int


def _filed(issue: Callable[[Path, Path, int, datetime], b2_tool.Issued | japan_post_tools.Issued]) -> Stand:
    def stand(handover: Path, folder: Path, first: int, now: datetime, keys: Sequence[str]) -> Printed:
        issued = issue(handover, folder, first, now)
        return Printed(issued.numbers, issued.path)

    return stand


def _web(handover: Path, folder: Path, first: int, now: datetime, keys: Sequence[str]) -> Printed:
    shown = japan_post_tools.print_web(handover, first)
    return Printed(dict(zip(keys, (number for number, _ in shown), strict=True)))


def _clickpost(handover: Path, folder: Path, first: int, now: datetime, keys: Sequence[str]) -> Printed:
    labels = japan_post_tools.apply_clickpost(handover, first)
    numbers = dict(zip(keys, (label.number for label in labels), strict=True))
    return Printed(numbers, page=japan_post_tools.clickpost_page(labels))


B2 = Way("yamato", "takkyubin", "b2", "B2クラウド", _filed(b2_tool.issue), 49_990_000_001)
# By marketplace: each has the carriers it knows, so that every tool is used in a day.
WAYS: Mapping[str, tuple[Way, ...]] = {
    "amazon": (
        Way("sagawa", "takkyubin", "ehiden3", "e飛伝Ⅲ", _filed(sagawa_tools.issue_ehiden3), 44_480_312_345),
        Way("sagawa", "takkyubin", "ehiden2", "e飛伝Ⅱ", _filed(sagawa_tools.issue_ehiden2), 51_254_712_345),
        Way("sagawa", "takkyubin", "ehiden_pro", "e飛伝Pro", _filed(sagawa_tools.issue_ehiden_pro), 60_007_912_345),
    ),
    "qoo10": (
        Way("seino", "parcel", "kangaroo2", "カンガルー・マジックⅡ", _filed(freight_tools.issue_seino), 100_234_567),
        Way("fukuyama", "parcel", "is2", "iS-2", _filed(freight_tools.issue_fukuyama), 1_000_234_567),
        Way("fukuyama", "parcel", "is2_entry2", "iS-2 ２", _filed(freight_tools.issue_fukuyama), 2_000_234_567),
    ),
    "yahoo": (
        Way("jppost", "yupack", "r", "ゆうプリR", _filed(japan_post_tools.print_r), 11_000_234_567),
        Way("jppost", "yupack", "cloud", "ゆうプリクラウド", _filed(japan_post_tools.print_cloud), 12_000_234_567),
        Way("jppost", "yupack", "web", "Webゆうプリ", _web, 13_000_234_567),
        Way("jppost", "clickpost", "clickpost", "クリックポスト", _clickpost, 14_000_234_567),
    ),
}  # fmt: skip
SETTINGS: Mapping[str, str] = {  # invented codes of invented contracts
    "sagawa.customer_code": "012345678901",
    "seino.shipper_code": "01234567890",
    "fukuyama.shipper_code": "0123456789",
}
