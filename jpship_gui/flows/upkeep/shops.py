"""Shop accounts: adding them, changing their settings, keeping their secrets."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.invoice import company_digit_holds, registration_no
from jpship_gui.flows import people
from jpship_gui.flows.check.check import check_all
from jpship_gui.flows.upkeep.credentials import Expiry, expiries
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import Option, check_shop_setting
from jpship_gui.store import send_pauses, shops
from jpship_gui.store.shop_memory import ShopMemory
from jpship_gui.store.shops import Shop

_REGISTRATION = "invoice.registration_no"

__all__ = [
    "Shop",
    "add",
    "check_connection",
    "every",
    "keep_secret",
    "missing",
    "note_on",
    "offer_secrets",
    "options_of",
    "secret_fields",
    "set_values",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a shop works now: `by` api or file, `missing` the secrets and settings without which there is no API,
    `expiries` when its keys end, and where the marketplace's own screens are described (numbers of words
    `connect.<marketplace>.n`, `upload.<marketplace>.n`)."""

    shop: str
    marketplace: str
    by: str
    has_api: bool
    reads_files: bool
    writes_files: bool
    missing: tuple[str, ...] = ()
    connect_steps: int = 0
    upload_steps: int = 0
    grade: str = ""
    login: bool = False  # its keys come by a login in the browser
    certify: bool = False  # a key is issued for a login given here
    expiries: tuple[Expiry, ...] = ()


def standing(ws: Workspace, name: str) -> Standing:
    """Refused("shop_unknown"); the key store may take its time."""
    shop = shops.get(ws.store, name)
    market = ws.market(shop.marketplace)
    return Standing(
        shop=name,
        marketplace=shop.marketplace,
        by=ws.confirms_by(name),
        has_api=market.connect is not None,
        reads_files=bool(market.order_layouts),
        writes_files=bool(market.confirm_layout or market.fill),
        missing=ws.missing(name),
        connect_steps=market.connect_steps,
        upload_steps=market.upload_steps,
        grade=market.grade,
        login=market.login is not None,
        certify=market.certify is not None,
        expiries=tuple(expiries(ws, name)),
    )


def with_api(ws: Workspace) -> list[Shop]:
    """Shops that can be read by API: their marketplace has one and no key is missing. The key store may take its
    time."""
    return [
        shop
        for shop in shops.every(ws.store)
        if ws.market(shop.marketplace).connect is not None and ws.has_keys(shop.name)
    ]


def add(ws: Workspace, marketplace: str, name: str, settings: Mapping[str, str]) -> Shop:
    """Add a shop; Refused("marketplace_unknown", "shop_exists", "option_…") and then nothing is written."""
    people.must(ws, people.Right.SETTINGS)
    declared = _declared(ws, marketplace)
    if not name.strip():
        raise Refused("shop_name_missing")
    checked = {key: _checked(key, value, declared) for key, value in settings.items()}
    return shops.add(ws.store, name.strip(), marketplace, checked, ws.now())


# What carrier, service and days of shipments follow from: whoever waits is planned anew.
_PLANNED_BY = ("carrier.", "plan.", "shipby.")


def _checked(key: str, value: str, declared: Mapping[str, Option]) -> str:
    """What is kept of a typed value; a registration number in its one form (Refused("registration_no"))."""
    if key == _REGISTRATION:
        value = registration_no(value)
    return check_shop_setting(key, value, declared)


def note_on(key: str, value: str) -> str:
    """Key of the words about a value that is kept and may still be wrong, "" where there is nothing to say."""
    if key == _REGISTRATION and value and not company_digit_holds(value):
        return "optionspage.registration_digit"
    return ""


def set_values(ws: Workspace, name: str, changes: Mapping[str, str]) -> Shop:
    """Change settings of a shop; all or none. Refused("not_allowed", "option_…")."""
    people.must(ws, people.Right.SETTINGS)
    declared = _declared(ws, shops.get(ws.store, name).marketplace)
    checked = {key: _checked(key, value, declared) for key, value in changes.items()}
    shop = shops.set_settings(ws.store, name, checked)
    send_pauses.lift(ws.store, name)  # another address, another time-out: worth a try at once
    if any(key.startswith(_PLANNED_BY) for key in changes):
        check_all(ws)
    return shop


def keep_secret(ws: Workspace, name: str, field: str, value: str) -> bool:
    """Keep a new key of a shop; False when there is no key store and it lasts only for this session.

    What the marketplace said of the old key's end is forgotten, and what was paused because of the old key goes on.
    """
    people.must(ws, people.Right.SETTINGS)
    lasting = ws.secrets.set(name, field, value)
    memory = ShopMemory(ws.store, name)
    for credential in ws.market(shops.get(ws.store, name).marketplace).credentials:
        memory.pop(credential.until, None)
    send_pauses.lift(ws.store, name)
    return lasting


def every(ws: Workspace) -> list[Shop]:
    """All shops in the order they were added."""
    return shops.every(ws.store)


def options_of(ws: Workspace, marketplace: str) -> Mapping[str, Option]:
    """What a marketplace's shops can be set to besides jpship's own settings; Refused("marketplace_unknown")."""
    return _declared(ws, marketplace)


def check_connection(ws: Workspace, name: str) -> str:
    """Try a shop's keys with a harmless read; the key of the answer's words.

    Refused("shop_unknown", "shop_has_no_api", "secret_missing") and what the marketplace's connector refuses.
    """
    found = shops.get(ws.store, name)
    connect = ws.market(found.marketplace).connect
    if connect is None:
        raise Refused("shop_has_no_api", shop=name)
    return connect(ws.account(name)).check()


def secret_fields(ws: Workspace, marketplace: str) -> tuple[str, ...]:
    """Names of the secrets a marketplace's connector uses."""
    return tuple(key for key, option in _declared(ws, marketplace).items() if option.type == "secret")


def offer_secrets(ws: Workspace, shop: Shop, ask: Callable[[str], str] | None) -> tuple[str, ...]:
    """Put the shop's secrets into the key store, from `JPSHIP_SECRET_<FIELD>` or by asking; gives the fields kept.

    Without a key store nothing is kept anywhere: the variables are read again at each start.
    """
    kept = []
    for field in secret_fields(ws, shop.marketplace):
        value = os.environ.get(variable_of(field)) or (ask(field) if ask else "")
        if value and keep_secret(ws, shop.name, field, value):
            kept.append(field)
    return tuple(kept)


def missing(ws: Workspace, shop: Shop) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The secrets and the settings nobody has given yet and without which the API cannot be called."""
    secrets = set(secret_fields(ws, shop.marketplace))
    found = ws.missing(shop.name)
    return tuple(key for key in found if key in secrets), tuple(key for key in found if key not in secrets)


def variable_of(field: str) -> str:
    """The environment variable of a secret's field."""
    return f"JPSHIP_SECRET_{field.upper()}"


def _declared(ws: Workspace, marketplace: str) -> Mapping[str, Option]:
    found = ws.markets().get(marketplace)
    if found is None:
        raise Refused("marketplace_unknown", marketplace=marketplace, known=", ".join(ws.markets()))
    return found.options
