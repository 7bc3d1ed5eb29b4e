"""The carrier's page of one number, as a person opens it; nothing is read from it here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.workspace import Workspace

_KEY = "carrier.links"
_URL = re.compile(r"https?://[^\s{}]*\{number\}[^\s{}]*")


@dataclass(frozen=True, slots=True)
class Link:
    """A carrier's address with {number} in it; `own` = this desk says so, `usual` is what the carrier's data says."""

    carrier: str
    name: str
    url: str
    usual: str
    own: bool


def links(ws: Workspace) -> list[Link]:
    """Every carrier's, "" where none is known."""
    said = _said(ws)
    return [
        Link(
            carrier.id,
            carrier.name,
            said.get(carrier.id) or carrier.tracking_url,
            carrier.tracking_url,
            carrier.id in said,
        )
        for carrier in ws.carriers().values()
    ]


def link_of(ws: Workspace, carrier_id: str, number: str) -> str:
    """The page of a number: as this desk says, else as the form of the number has one of its own, else the carrier's;
    "" where none is known or the parcel has no number."""
    carrier = ws.carriers().get(carrier_id)
    if carrier is None or not number or is_untracked(number):
        return ""
    own = _said(ws).get(carrier_id, "")
    form = next((one for one in carrier.numbers if re.fullmatch(one.pattern, number)), None)
    url = own or (form.tracking_url if form else "") or carrier.tracking_url
    return url.replace("{number}", quote(number, safe="")) if url else ""


def set_link(ws: Workspace, carrier_id: str, url: str) -> Link:
    """Let this desk say a carrier's address, "" = again as its data says; Refused("carrier_unknown",
    "own_carrier_url")."""
    if carrier_id not in ws.carriers():
        raise Refused("carrier_unknown", carrier=carrier_id, known=", ".join(ws.carriers()))
    wanted = url.strip()
    if wanted and not _URL.fullmatch(wanted):
        raise Refused("own_carrier_url", place="tracking_url", found=wanted)
    said = dict(_said(ws))
    said.pop(carrier_id, None)
    if wanted:
        said[carrier_id] = wanted
    ws.options.set(_KEY, json.dumps(said, ensure_ascii=False))
    return next(link for link in links(ws) if link.carrier == carrier_id)


def _said(ws: Workspace) -> Mapping[str, str]:
    """What this desk says, without anything that is no address."""
    kept = ws.options.get(_KEY)
    given = kept.items() if isinstance(kept, dict) else ()
    return {str(carrier): str(url) for carrier, url in given if _URL.fullmatch(str(url))}
