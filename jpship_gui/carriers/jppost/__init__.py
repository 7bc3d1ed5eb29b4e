"""日本郵便 through its four tools: ゆうプリR, ゆうプリクラウド, Webゆうプリ, クリックポスト."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier
from jpship_gui.carriers.jppost.programs import FILTERS, TOOLS
from jpship_gui.carriers.load import delivery, numbers, services, tracking_url

CARRIER = Carrier(
    id="jppost",
    name="日本郵便",
    full_name="日本郵便",
    services=services(__name__),
    default_service="yupack",
    numbers=numbers(__name__),
    tools=TOOLS,
    filters=FILTERS,
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
