"""Pages of numbers: of the carrier's data, of the form of number, or as the desk says (carriers reference 7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import untracked_no
from jpship_gui.flows.follow.links import link_of, links, set_link
from jpship_gui.flows.upkeep import own_carriers
from jpship_gui.flows.workspace import Workspace, open_workspace
from tests.flows.carrier_desk import open_desk
from tests.flows.test_own_carriers import ECOHAI

POST = "https://trackings.post.japanpost.jp/services/srv/search/direct?searchKind={kind}&locale=ja&reqCodeNo1={n}"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("carrier", "number", "page"),
    [
        ("yamato", "099723653466", "https://member.kms.kuronekoyamato.co.jp/parcel/detail?pno=099723653466"),
        (
            "sagawa",
            "600078420325",
            "https://k2k.sagawa-exp.co.jp/p/web/okurijosearch.do?okurijoNo=600078420325",
        ),
        ("jppost", "317409136693", POST.format(kind="S002", n="317409136693")),
        ("jppost", "EN123456785JP", POST.format(kind="S004", n="EN123456785JP")),
        ("seino", "1234567891", "https://track.seino.co.jp/cgi-bin/gnpquery.pgm?GNPNO1=1234567891"),
        ("fukuyama", "12345678903", "https://corp.fukutsu.co.jp/situation/tracking_no_hunt/12345678903"),
        ("dhl", "3318810025", "https://mydhl.express.dhl/jp/ja/tracking.html#/results?id=3318810025"),
        ("fedex", "986578788855", "https://www.fedex.com/fedextrack/?tracknumbers=986578788855"),
        ("ups", "1Z5R89390357567127", ""),  # the reference knows none
        ("amazon", "TBA000000000000", ""),
        ("nobody", "1", ""),
        ("yamato", untracked_no("JP0000013"), ""),
        ("yamato", "", ""),
    ],
)
def test_the_page_of_a_number(ws: Workspace, carrier: str, number: str, page: str) -> None:
    assert link_of(ws, carrier, number) == page


def test_a_desk_may_say_another_and_take_it_back(ws: Workspace, tmp_path: Path) -> None:
    said = set_link(ws, "ups", "https://example.test/{number}")
    assert (said.own, said.usual) == (True, "")
    assert link_of(ws, "ups", "1Z 1/2") == "https://example.test/1Z%201%2F2"
    again = open_workspace(str(tmp_path / "home"))
    assert link_of(again, "ups", "1Z") == "https://example.test/1Z"
    again.close()
    assert set_link(ws, "ups", "").url == ""
    for wrong in ("example.test/{number}", "https://example.test/", "javascript:alert('{number}')"):
        with pytest.raises(Refused, match="own_carrier_url"):
            set_link(ws, "yamato", wrong)
    with pytest.raises(Refused, match="carrier_unknown"):
        set_link(ws, "nobody", "https://example.test/{number}")


def test_every_carrier_is_listed_own_ones_too(ws: Workspace) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    assert [one.carrier for one in links(ws)] == [*carriers(), "kotori"]
    assert link_of(ws, "kotori", "1234567891") == "https://example.test/trace?no=1234567891"
