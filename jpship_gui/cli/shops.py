"""`jpship shop add|set|list`."""

from __future__ import annotations

import argparse
import getpass
import select
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep import carrier_codes, shops
from jpship_gui.flows.upkeep.shops import Shop
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import as_text, declared, expected
from jpship_gui.texts import text


def add(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Add a shop; its secrets come from JPSHIP_SECRET_<FIELD>, or are asked for on standard input."""
    settings = _pairs(arguments.settings)
    if arguments.api_url:
        settings["api.url"] = arguments.api_url
    shop = shops.add(ws, arguments.marketplace, arguments.name, settings)
    shops.offer_secrets(ws, shop, _ask)
    return _answer(ws, shop, text("cli.shop_added", shop=shop.name))


def set_values(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Change settings of a shop; all or none."""
    shop = shops.set_values(ws, arguments.name, _pairs(arguments.settings))
    return _answer(ws, shop, text("cli.shop_changed", shop=shop.name))


def list_shops(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """All shops with their settings; secrets only as given or missing."""
    found = shops.every(ws)
    lines = columns((shop.name, shop.marketplace, _short(shop)) for shop in found) or (text("cli.no_shop"),)
    return Answer([_document(ws, shop) for shop in found], lines)


def list_settings(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Every setting of a shop: key, present value, the form a value has, label."""
    shop = next((shop for shop in shops.every(ws) if shop.name == arguments.name), None)
    if shop is None:
        raise Refused("shop_unknown", shop=arguments.name)
    found = [
        option
        for option in (*declared().values(), *shops.options_of(ws, shop.marketplace).values())
        if option.scope == "shop" and option.type not in ("secret", "json")
    ]
    document = {
        option.key: {
            "value": shop.settings.get(option.key, as_text(option, option.default)),
            "form": expected(option),
            "label": text(f"option.{option.key}"),
        }
        for option in found
    }
    rows = ((f"{key}={_flat(one['value'])}", one["label"], one["form"]) for key, one in document.items())
    return Answer(document, columns(rows))


def check(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Try the keys; the plain answer."""
    key = shops.check_connection(ws, arguments.name)
    return Answer({"shop": arguments.name, "answer": key, "text": text(key)}, (text(key),))


def expiry(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What of the shops' keys ends when; partly done while any is due."""
    from jpship_gui.flows.upkeep.credentials import expiries, expiry_text

    found = expiries(ws, arguments.name)
    document = [
        {
            "shop": one.shop,
            "marketplace": one.marketplace,
            "credential": one.credential,
            "level": one.level.value,
            "last_day": one.last_day,
            "days_left": one.days_left,
            "setting": one.ask,
            "text": expiry_text(one),
        }
        for one in found
    ]
    lines = [f"{one.shop}: {expiry_text(one)}" for one in found] or [text("cli.no_expiry")]
    return Answer(document, tuple(lines), Exit.PARTLY if any(one.due for one in found) else Exit.DONE)


def login(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Show where to log in and take the code the page gives; without a keyboard only the address is shown."""
    from jpship_gui.flows.upkeep.login import finish_login, login_address

    name, code = arguments.name, arguments.code
    address = "" if code else login_address(ws, name)
    if address and sys.stdin.isatty():
        print(text("cli.login_address", address=address), file=sys.stderr)
        code = getpass.getpass(text("cli.login_code"))
    if not code:
        return Answer({"shop": name, "address": address}, (text("cli.login_address", address=address),))
    lasting = finish_login(ws, name, code)
    line = text("cli.login_done" if lasting else "cli.login_session", shop=name)
    return Answer({"shop": name, "address": address, "kept": lasting}, (line,))


def codes(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """List, or set one and list."""
    if arguments.carrier:
        carrier, _, service = arguments.carrier.partition("/")
        carrier_codes.set_code(
            ws,
            arguments.name,
            carrier,
            service,
            code=arguments.code,
            method=arguments.method,
            carrier_name=arguments.carrier_name,
        )
    found = carrier_codes.codes_of(ws, arguments.name)
    lines = columns(
        (
            f"{row.carrier}/{row.service}" if row.service else row.carrier,
            row.code or text("cli.repeated_code" if row.repeated else "cli.no_code"),
            row.name,
            row.method,
            text("cli.own_code") if row.own else "",
        )
        for row in found
    )
    return Answer([asdict(row) for row in found], lines)


def certify(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """A new key for a login; the password is asked for at a keyboard, or read as a line from standard input."""
    from jpship_gui.flows.upkeep.login import certify as issue

    user = arguments.user or _asked("optionspage.certify.user")
    made = issue(ws, arguments.name, user, _asked("optionspage.certify.password", hidden=True))
    if made.kept:
        line = text("cli.login_done", shop=arguments.name)
        return Answer({"shop": arguments.name, "kept": True}, (line,))
    document = {"shop": arguments.name, "kept": False, "variable": made.variable, "value": made.value}
    line = text("cli.certified_not_kept", shop=arguments.name, variable=made.variable, value=made.value)
    return Answer(document, (line,))


def _asked(key: str, *, hidden: bool = False) -> str:
    """From a keyboard, a password without echo; from a pipe the next line."""
    if hidden and sys.stdin.isatty():
        return getpass.getpass(f"{text(key)}: ")
    if sys.stdin.isatty():
        print(f"{text(key)}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\r\n")


def _flat(value: str) -> str:
    return " / ".join(value.splitlines())


def _answer(ws: Workspace, shop: Shop, line: str) -> Answer:
    secrets, settings = shops.missing(ws, shop)
    lines = [text("cli.setting_missing", key=key, shop=shop.name) for key in settings]
    lines += [text("cli.secret_missing", variable=shops.variable_of(key)) for key in secrets]
    return Answer(_document(ws, shop), (line, *lines))


def _document(ws: Workspace, shop: Shop) -> dict[str, Any]:
    secrets, settings = shops.missing(ws, shop)
    return {
        "name": shop.name,
        "marketplace": shop.marketplace,
        "settings": dict(shop.settings),
        "secrets_missing": list(secrets),
        "settings_missing": list(settings),
    }


def _short(shop: Shop) -> str:
    return " ".join(f"{key}={value}" for key, value in sorted(shop.settings.items()))


def _ask(field: str) -> str:
    """From a keyboard without echo; from a pipe only what already lies in it, so that a script never hangs here."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{field}: ")
    ready = sys.platform == "win32" or bool(select.select([sys.stdin], [], [], 0)[0])
    return sys.stdin.readline().strip() if ready else ""


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for pair in texts:
        key, sign, value = pair.partition("=")
        if not sign or not key:
            raise Refused("setting_form", found=pair)
        pairs[key.strip()] = value
    return pairs
