"""What Amazon wants of a confirmation by either way, and confirmations as rows of its upload file; see confirm.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from jpship_gui.domain.clock import JST, to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.formats import cp932
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import Objection
from jpship_gui.settings.options import ShopOptions

OTHER = "Other"
_PACKAGE = __name__.rpartition(".")[0]
_MARGIN = timedelta(minutes=1)
_NUMBER = re.compile(r"[0-9A-Za-z]{1,50}")
_METHOD_BYTES = 50
_BLANK = ("",) * 11  # cash on delivery, transparency code, the seller's own address: Amazon's defaults


def fit(said: Confirmation, options: ShopOptions, now: datetime) -> Confirmation | Objection:
    """The moment of shipping moved between order and now (reference 3.3), one number where the contents of the parcels
    are not known or the shop wants no more (3.4), and nothing the template refuses (3.1)."""
    earliest = said.ordered_at + _MARGIN if said.ordered_at else None
    latest = now - _MARGIN
    if earliest is not None and earliest > latest:
        ordered = f"{to_jst(earliest - _MARGIN):%Y-%m-%d %H:%M}"
        return Objection("ship_time", {"ordered": ordered, "now": f"{to_jst(now):%Y-%m-%d %H:%M}"})
    at = min(said.shipped_at or latest, latest)
    at = max(at, earliest) if earliest is not None else at
    said = replace(said, shipped_at=at.replace(microsecond=0), ship_date=to_jst(at).date())
    known = len(said.parcels) == 1 or all(parcel.lines for parcel in said.parcels)
    if not known or options.get("amazon.first_number"):
        first = replace(said.parcels[0], lines=())
        said = replace(said, parcels=(first,), kept=(*said.parcels[1:], *said.kept))
    return next((found for parcel in said.parcels if (found := _objection(parcel))), said)


def _objection(parcel: ConfirmedParcel) -> Objection | None:
    """What of a parcel the template refuses."""
    number = parcel.tracking_no.replace("-", "").replace(" ", "")
    if number and not _NUMBER.fullmatch(number):
        return Objection("number_letters", {"number": parcel.tracking_no}, "track")
    if parcel.carrier_code not in _carriers():
        return Objection("code_not_listed", {"code": parcel.carrier_code}, "set_carrier")
    if parcel.carrier_code == OTHER and not parcel.carrier_name:
        return Objection("carrier_unnamed", {"carrier": parcel.carrier}, "set_carrier")
    if cp932.length(parcel.method) > _METHOD_BYTES:
        return Objection("text_too_long", {"text": parcel.method, "bytes": str(_METHOD_BYTES)}, "set_carrier")
    for text in (parcel.carrier_name, parcel.method):
        refused = _refused(text)
        if refused:
            return Objection("text_refused", {"text": text, "characters": " ".join(refused)}, "set_carrier")
    return None


def _refused(text: str) -> tuple[str, ...]:
    """Characters the template does not take: beyond CP932, a maker's own, stars and notes."""
    marks = load.data(_PACKAGE, "codes.toml")["template"]["characters"]
    found = (*cp932.unencodable(text), *cp932.beyond_jis(text), *(c for c in text if c in marks))
    return tuple(dict.fromkeys(found))


@cache
def _carriers() -> frozenset[str]:
    return frozenset(load.data(_PACKAGE, "codes.toml")["template_carriers"]["names"])


def confirm_rows(confirmations: Iterable[Confirmation]) -> Iterator[tuple[str, ...]]:
    """One row for each order line in each parcel."""
    for said in confirmations:
        for parcel in said.parcels:
            for line in parcel.lines or said.lines:
                yield _row(said, parcel, line)


def _row(said: Confirmation, parcel: ConfirmedParcel, line: ConfirmedLine) -> tuple[str, ...]:
    assert said.shipped_at is not None  # `fit` sees to it
    return (
        said.order_id.number,
        line.line_id,
        str(line.quantity),
        said.shipped_at.astimezone(JST).strftime("%Y-%m-%dT%H:%M:%S+09:00"),
        parcel.carrier_code,
        parcel.carrier_name,
        parcel.tracking_no.replace("-", "").replace(" ", ""),
        parcel.method,
        *_BLANK,
    )
