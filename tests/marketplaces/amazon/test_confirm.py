"""The shipping confirmation file, and what Amazon wants of a confirmation by either way (Amazon reference 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.clock import JST, to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.order import OrderId
from jpship_gui.formats.writer import table_bytes
from jpship_gui.marketplaces import load, marketplaces
from jpship_gui.marketplaces.amazon.confirm import confirm_rows, fit
from jpship_gui.marketplaces.base import Objection
from jpship_gui.settings.options import ShopOptions

AMAZON = marketplaces()["amazon"]
GOLDEN = Path(__file__).parent / "golden" / "shipping_confirmation.txt"
ORDERED = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
SHIPPED = datetime(2026, 11, 21, 15, 42, 10, tzinfo=JST)
NOW = SHIPPED + timedelta(hours=2)


def options(**values: str) -> ShopOptions:
    return ShopOptions(values, AMAZON.options)


def a_parcel(number: str = "4000-0000-0003", **changes: object) -> ConfirmedParcel:
    made = ConfirmedParcel("JP1", "yamato", "YAMATO", number, method="宅急便")
    return replace(made, **changes)  # type: ignore[arg-type]


def said(*parcels: ConfirmedParcel, **changes: object) -> Confirmation:
    made = Confirmation(
        OrderId("amazon", "店", "250-1234567-1234567"),
        "",
        "JP1",
        to_jst(SHIPPED).date(),
        parcels or (a_parcel(),),
        (ConfirmedLine("12345678901234", 1),),
        shipped_at=SHIPPED,
        ordered_at=ORDERED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def fitted(confirmation: Confirmation, now: datetime = NOW, **settings: str) -> Confirmation:
    made = fit(confirmation, options(**settings), now)
    assert isinstance(made, Confirmation), made
    return made


def objection(confirmation: Confirmation, now: datetime = NOW) -> Objection:
    made = fit(confirmation, options(), now)
    assert isinstance(made, Objection), made
    return made


def file_of(*confirmations: Confirmation) -> bytes:
    assert AMAZON.confirm_layout is not None
    return table_bytes(AMAZON.confirm_layout, list(confirm_rows(fitted(c) for c in confirmations)))


def cells(data: bytes) -> list[list[str]]:
    text = data.decode("cp932")
    assert text.endswith("\r\n")
    return [line.split("\t") for line in text.removesuffix("\r\n").split("\r\n")]


def a_code(carrier: str, service: str = "") -> dict[str, str]:
    """Code, name and method as the table has them for a carrier and its service."""
    found = next(c for c in AMAZON.carrier_codes if (c.carrier, c.service) == (carrier, service))
    return {"carrier_code": found.code, "carrier_name": found.carrier_name, "method": found.method}


def test_byte_for_byte_as_written_by_hand() -> None:
    lines = [ConfirmedLine("22345678901234", 2), ConfirmedLine("22345678901235", 1)]
    divided = [
        a_parcel(
            number, carrier="sagawa", **a_code("sagawa"), lines=(ConfirmedLine("32345678901234", count),)
        )
        for number, count in (("4000-0000-0014", 1), ("4000-0000-0025", 2))
    ]
    made = file_of(
        said(a_parcel(carrier="yamato", **a_code("yamato", "nekopos"))),
        said(
            a_parcel("1234567890", carrier="fukuyama", **a_code("fukuyama")),
            order_id=OrderId("amazon", "店", "249-7654321-0000001"),
            lines=tuple(lines),
        ),
        said(
            *divided,
            order_id=OrderId("amazon", "店", "503-0000001-0000002"),
            lines=(ConfirmedLine("32345678901234", 3),),
        ),
    )
    assert made == GOLDEN.read_bytes()


def test_read_back_it_has_three_exact_header_lines_and_nineteen_cells() -> None:
    found = cells(file_of(said(), said(a_parcel("1234-5678-9012"))))
    assert found[0][:3] == [
        "TemplateType=OrderFulfillment",
        "Version=2011.1102",
        "この行はAmazonが使用しますので変更や削除しないでください。",
    ]
    assert not any(found[0][3:])
    assert found[2][:8] == [
        *("order-id", "order-item-id", "quantity", "ship-date", "carrier-code", "carrier-name"),
        *("tracking-number", "ship-method"),
    ]
    assert {len(line) for line in found} == {19}
    for row in found[3:]:
        assert "-" not in row[6]
        assert ORDERED < datetime.fromisoformat(row[3]) < NOW
        assert row[3].endswith("+09:00")
        assert not any(row[8:])
    assert b'"' not in file_of(said())


@pytest.mark.parametrize("written", ["00:05", "08:30", "12:00", "23:59"])
def test_an_order_shipped_the_day_it_was_made(written: str) -> None:
    """A date alone would mean nine o'clock: before the order, or not yet come."""
    hour, minute = map(int, written.split(":"))
    now = datetime(2026, 11, 21, hour, minute, tzinfo=JST)
    ordered = now - timedelta(minutes=4)
    made = fitted(said(shipped_at=now, ordered_at=ordered), now)
    assert made.shipped_at is not None
    assert ordered + timedelta(minutes=1) <= made.shipped_at <= now - timedelta(minutes=1)
    assert made.ship_date == to_jst(made.shipped_at).date()
    assert cells(table_of(made))[3][3] == made.shipped_at.astimezone(JST).isoformat()


def table_of(made: Confirmation) -> bytes:
    assert AMAZON.confirm_layout is not None
    return table_bytes(AMAZON.confirm_layout, list(confirm_rows([made])))


@pytest.mark.parametrize(
    ("shipped", "expected"),
    [
        (ORDERED - timedelta(hours=9), ORDERED + timedelta(minutes=1)),
        (NOW + timedelta(days=1), NOW - timedelta(minutes=1)),
        (None, NOW - timedelta(minutes=1)),
        (SHIPPED, SHIPPED),
    ],
)
def test_the_moment_is_moved_between_order_and_now(shipped: datetime | None, expected: datetime) -> None:
    assert fitted(said(shipped_at=shipped)).shipped_at == expected


def test_just_ordered_or_a_wrong_clock_is_refused_in_plain_words() -> None:
    for now in (ORDERED + timedelta(seconds=90), ORDERED - timedelta(days=1)):
        found = objection(said(shipped_at=None), now)
        assert found.code == "ship_time"
        assert found.values["ordered"] == "2026-11-21 00:30"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"carrier_code": "Other", "carrier_name": ""}, "carrier_unnamed"),
        ({"carrier_code": "FUKUYAMA"}, "code_not_listed"),
        ({"method": "★宅急便★"}, "text_refused"),
        ({"method": "宅急便🎁"}, "text_refused"),
        ({"method": "宅急便♪"}, "text_refused"),
        ({"carrier_code": "Other", "carrier_name": "㈱見本運輸"}, "text_refused"),
        ({"method": "とても長い配送方法の名前" * 3}, "text_too_long"),
        ({"tracking_no": "１２３"}, "number_letters"),
    ],
)
def test_what_the_template_refuses_is_refused_before_writing(change: dict[str, str], code: str) -> None:
    assert objection(said(a_parcel(**change))).code == code


def test_an_international_number_keeps_its_letters() -> None:
    made = cells(file_of(said(a_parcel("EE123456785JP", **a_code("jppost")))))
    assert made[3][6] == "EE123456785JP"


@pytest.mark.parametrize(
    ("carrier", "service", "written"),
    [
        ("yamato", "takkyubin", ("YAMATO", "", "宅急便")),
        ("yamato", "compact", ("YAMATO", "", "宅急便コンパクト")),
        ("yamato", "nekopos", ("YAMATO", "", "ネコポス")),
        ("sagawa", "", ("SAGAWA", "", "宅配便")),
        ("jppost", "yupack", ("Japan Post", "", "ゆうパック")),
        ("jppost", "clickpost", ("Japan Post", "", "クリックポスト")),
        ("jppost", "yupacket", ("Japan Post", "", "ゆうパケット")),
        ("seino", "", ("SEINO TRANSPORTATION", "", "宅配便")),
        ("fukuyama", "", ("Other", "福山通運", "宅配便")),
    ],
)
def test_carriers_as_the_reference_has_them(carrier: str, service: str, written: Sequence[str]) -> None:
    found = a_code(carrier, service)
    assert (found["carrier_code"], found["carrier_name"], found["method"]) == written


def test_every_code_of_the_table_passes_the_template() -> None:
    for code in load.carrier_codes("jpship_gui.marketplaces.amazon"):
        parcel = a_parcel(carrier_code=code.code, carrier_name=code.carrier_name, method=code.method)
        assert isinstance(fit(said(parcel), options(), NOW), Confirmation), code


# -- several parcels (3.4) ----------------------------------------------------------------------------------------------

_BOTH = (a_parcel("400000000003"), a_parcel("400000000014", parcel_key="JP1P2", no=2))
_DIVIDED = tuple(replace(p, lines=(ConfirmedLine("12345678901234", 1),)) for p in _BOTH)


def test_one_line_for_each_order_line_and_parcel() -> None:
    made = fitted(said(*_DIVIDED, lines=(ConfirmedLine("12345678901234", 2),)))
    rows = cells(table_of(made))[3:]
    assert [(row[2], row[6]) for row in rows] == [("1", "400000000003"), ("1", "400000000014")]


def test_with_unknown_contents_only_the_first_number_is_told() -> None:
    """Each line's quantity may be told once only."""
    made = fitted(said(*_BOTH, lines=(ConfirmedLine("12345678901234", 2),)))
    rows = cells(table_of(made))[3:]
    assert [(row[2], row[6]) for row in rows] == [("2", "400000000003")]
    assert made.kept == (_BOTH[1],)


def test_a_shop_may_want_the_first_number_only() -> None:
    made = fitted(
        said(*_DIVIDED, lines=(ConfirmedLine("12345678901234", 2),)), **{"amazon.first_number": "on"}
    )
    assert [(row[2], row[6]) for row in cells(table_of(made))[3:]] == [("2", "400000000003")]
