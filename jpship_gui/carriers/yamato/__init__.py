"""ヤマト運輸 through its free tool B2クラウド."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier, Tool
from jpship_gui.carriers.load import delivery, layout, numbers, services, tracking_url
from jpship_gui.carriers.yamato.issued import read_result
from jpship_gui.carriers.yamato.rows import with_place, write_eazy_rows, write_rows

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
        Tool(  # for shops with an EAZY contract; what it prints comes back in the same file
            id="b2_eazy",
            name="B2クラウド（EAZY）",
            handover_layout=with_place(layout(__name__, "handover.toml")),
            write_rows=write_eazy_rows,
            services=("eazy",),
        ),
    ),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
