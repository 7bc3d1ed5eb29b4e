"""How a shop names the carriers to its marketplace: the marketplace's own table, and what the shop says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import Marketplace
from jpship_gui.store import shops as stored
from jpship_gui.store.codec import dumps

_KEY = "carrier.codes"
_PARTS = ("code", "name", "method", "carrier_name")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """How one carrier (or one of its services) is told. `own` = the shop says so; code "" = nobody mapped it, and
    nothing is sent with it (CF-03), unless it is `repeated`: then the word that came with the order is told where it
    means this very carrier."""

    carrier: str
    service: str
    code: str
    name: str = ""
    method: str = ""
    carrier_name: str = ""
    own: bool = False
    source: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code of the marketplace's table, to choose from."""

    code: str
    name: str
    method: str
    carrier: str


def codes_of(ws: Workspace, shop: str) -> list[CodeRow]:
    """Every carrier of this build, each with its services that are told apart, as a parcel of today would be told.

    Refused("shop_unknown").
    """
    found = stored.get(ws.store, shop)
    market = ws.markets()[found.marketplace]
    own: Mapping[str, Mapping[str, str]] = ws.shop_options(shop).get(_KEY)
    pairs = [(carrier, "") for carrier in ws.carriers()]
    pairs += [(code.carrier, code.service) for code in market.carrier_codes if code.service]
    for key in own:
        carrier, _, service = key.partition("/")
        pairs.append((carrier, service))
    order = {carrier: place for place, carrier in enumerate(ws.carriers())}
    known = sorted({pair for pair in pairs if pair[0] in order}, key=lambda p: (order[p[0]], p[1]))
    return [_row(ws, market, own, carrier, service) for carrier, service in known]


def known_codes(ws: Workspace, shop: str) -> list[KnownCode]:
    """The marketplace's whole table as of today, carriers jpship has no numbers of included."""
    market = ws.markets()[stored.get(ws.store, shop).marketplace]
    today = ws.today()
    found = [
        KnownCode(code.code, code.name, code.method, code.carrier)
        for code in market.carrier_codes
        if code.valid_from is None or code.valid_from <= today
    ]
    return list(dict.fromkeys(found))


def set_code(ws: Workspace, shop: str, carrier: str, service: str = "", **values: str) -> CodeRow:
    """Let the shop say `code`, `name`, `method`, `carrier_name` for a carrier or one of its services; a blank code
    takes the shop's own word back. Refused("shop_unknown", "carrier_unknown", "service_unknown")."""
    found = ws.carriers().get(carrier)
    if found is None:
        raise Refused("carrier_unknown", carrier=carrier, known=", ".join(ws.carriers()))
    market = ws.markets()[stored.get(ws.store, shop).marketplace]
    told = {
        code.service for code in market.carrier_codes if code.carrier == carrier
    }  # a warehouse of its own too
    if service and found.services and found.service(service) is None and service not in told:
        raise Refused("service_unknown", carrier=carrier, service=service)
    own = dict(ws.shop_options(shop).get(_KEY))
    key = f"{carrier}/{service}" if service else carrier
    given = {part: values.get(part, "").strip() for part in _PARTS}
    if given["code"]:
        own[key] = {part: value for part, value in given.items() if value}
    else:
        own.pop(key, None)
    shops.set_values(ws, shop, {_KEY: dumps(own)})
    return _row(ws, market, own, carrier, service)


def _row(
    ws: Workspace,
    market: Marketplace,
    own: Mapping[str, Mapping[str, str]],
    carrier: str,
    service: str,
) -> CodeRow:
    told = market.code_of(carrier, service, ws.today(), own)
    if told is None:
        words = [code for code in market.carrier_codes if code.carrier == carrier]
        name = next((code.name for code in words if code.service == service), "")
        return CodeRow(carrier, service, "", name, repeated=market.repeats_carrier and bool(words))
    mine = (f"{carrier}/{service}" if service else carrier) in own
    return CodeRow(carrier, service, told.code, told.name, told.method, told.carrier_name, mine, told.source)
