"""ヤマト運輸 through its free tool B2クラウド."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier, Tool
from jpship_gui.carriers.load import delivery, layout, numbers, services, tracking_url
from jpship_gui.carriers.yamato.issued import read_result
from jpship_gui.carriers.yamato.rows import write_rows

CARRIER = Carrier(
    id="yamato",
    name="ヤマト",
    full_name="ヤマト運輸",
    services=services(__name__),
    default_service="takkyubin",
    numbers=numbers(__name__),
    tools=(
        Tool(
            id="b2",
            name="B2クラウド",
            handover_layout=layout(__name__, "handover.toml"),
            result_layout=layout(__name__, "result.toml"),
            write_rows=write_rows,
            read_result=read_result,
        ),
    ),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
