"""A new certification key for a QSM login. The login is used once and kept nowhere."""

from __future__ import annotations

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.fault import WorldFault
from jpship_gui.marketplaces.base import NewKey, ShopAccount
from jpship_gui.marketplaces.qoo10.api import QooCalls
from jpship_gui.marketplaces.qoo10.connect import session_of

KEY = "certification_key"
SINCE = "certified_on"


def certify(account: ShopAccount, user: str, password: str) -> NewKey:
    """See `Marketplace.certify`. Refused("secret_missing") without the API key, Unauthorised where key or login are
    refused."""
    calls = QooCalls(session_of(account), account.secret("qsm_api_key"))
    value = calls.create_key(user, password)
    if not value:
        raise WorldFault("qoo10_no_key")
    return NewKey(KEY, value, {SINCE: to_jst(now_utc()).date().isoformat()})
