"""Getting a shop's keys by a login: in the browser, which ends with a code, or given once to have a key issued."""

from __future__ import annotations

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep.shops import keep_secret, set_values
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import ShopLogin
from jpship_gui.store import send_pauses, shops


def login_address(ws: Workspace, name: str) -> str:
    """The page where a person logs in and agrees; it ends with a code for `finish_login`.

    Refused("shop_unknown", "shop_has_no_login") and what the marketplace's connector lacks.
    """
    return _login(ws, name).address()


def finish_login(ws: Workspace, name: str, code: str) -> bool:
    """Exchange the code (or the whole address the browser ended at) for keys; whether they last beyond this session.

    Refused as `login_address`, and faults of the network.
    """
    if not code.strip():
        raise Refused("login_code_missing", shop=name)
    _login(ws, name).finish(code.strip())
    send_pauses.lift(ws.store, name)  # what waited for a key goes on
    return ws.secrets.available()


def certify(ws: Workspace, name: str, user: str, password: str) -> bool:
    """Have the marketplace issue a key for a login, which is used once and kept nowhere; whether the key lasts beyond
    this session.

    Refused("shop_unknown", "shop_has_no_login", "secret_missing"), and faults of the network.
    """
    issue = ws.markets()[shops.get(ws.store, name).marketplace].certify
    if issue is None:
        raise Refused("shop_has_no_login", shop=name)
    key = issue(ws.account(name), user, password)
    lasting = keep_secret(ws, name, key.secret, key.value)
    if key.settings:
        set_values(ws, name, key.settings)
    return lasting


def _login(ws: Workspace, name: str) -> ShopLogin:
    login = ws.markets()[shops.get(ws.store, name).marketplace].login
    if login is None:
        raise Refused("shop_has_no_login", shop=name)
    return login(ws.account(name))
