"""A marketplace that is told the very word for the carrier that came with the order."""

from __future__ import annotations

from datetime import date

import pytest

from jpship_gui.marketplaces import marketplaces

DAY = date(2026, 11, 27)
OWN = {"yamato/nekopos": {"code": "ポスト投函"}}


@pytest.mark.parametrize(
    ("carrier", "service", "planned", "told"),
    [
        ("yamato", "takkyubin", "ヤマト宅急便", "ヤマト宅急便"),
        ("yamato", "nekopos", "ネコポス", "ネコポス"),
        ("yamato", "nekopos", "ﾈｺﾎﾟｽ", "ﾈｺﾎﾟｽ"),  # the word as it came, not as our list has it
        ("sagawa", "", "Sagawa", "Sagawa"),
        ("jppost", "", "ゆうパケット", "ゆうパケット"),  # which service went is not known
        ("yamato", "nekopos", "ヤマト宅急便", None),
        ("yamato", "takkyubin", "ネコポス", None),
        ("sagawa", "", "ヤマト宅急便", None),
        ("yamato", "takkyubin", "", None),
        ("yamato", "takkyubin", "どこかの運送", None),
    ],
)
def test_the_word_is_repeated_only_where_it_is_true(
    carrier: str, service: str, planned: str, told: str | None
) -> None:
    found = marketplaces()["qoo10"].code_of(carrier, service, DAY, {}, planned)
    assert (found.code if found else None) == told


def test_the_shops_own_word_goes_before_and_holds_for_its_service_only() -> None:
    market = marketplaces()["qoo10"]
    own = market.code_of("yamato", "nekopos", DAY, OWN, "ネコポス")
    assert own is not None
    assert own.code == "ポスト投函"
    repeated = market.code_of("yamato", "takkyubin", DAY, OWN, "ヤマト宅急便")
    assert repeated is not None
    assert repeated.code == "ヤマト宅急便"
