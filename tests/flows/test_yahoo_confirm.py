"""Yahoo! Shopping: told exactly once, whatever the marketplace does; the upload file by the shop's settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import parcel_key
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.queue import retry
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import SendReport, read_back, send, send_green
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.upkeep import carrier_codes, shops
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.yahoo.shops import MAIN
from jpship_gui.store import outbox, shipments
from tests.days import today
from tests.flows.confirming import pack, yamato_number
from tests.flows.yahoo_desk import YahooScene, a_yahoo_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[YahooScene]:
    with a_yahoo_scene(tmp_path / "home") as made:
        yield made


def states(report: SendReport) -> list[str]:
    return [row.state.value for row in report.rows]


def stages(scene: YahooScene) -> list[Stage]:
    return [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)]


def test_one_sending_ends_with_final_states(scene: YahooScene) -> None:
    report = send_green(scene.ws)
    assert (states(report), report.faults, report.differences) == (["accepted"] * 3, [], [])
    assert scene.registered() == scene.expected()
    assert scene.notices() == [1, 1, 1]
    assert len(review(scene.ws).accepted_today) == 3
    # One look and one change for each order; the audit looks at these few one by one.
    assert (scene.calls(WRITE), scene.calls("orderInfo")) == (3, 6)


def test_nothing_is_left_to_send_afterwards(scene: YahooScene) -> None:
    send_green(scene.ws)
    assert send_green(scene.ws).rows == []
    assert scene.notices() == [1, 1, 1]


WRITE = "orderShipStatusChange"


@pytest.mark.parametrize(
    ("function", "how"),
    [
        (function, how)
        for function in (WRITE, "orderInfo", "token")
        for how in How
        if (function, how) != (WRITE, How.CUT_THEN_ACCEPTED)  # waited for, in a test of its own
    ],
)
def test_every_buyer_is_told_once_whatever_goes_wrong(tmp_path: Path, function: str, how: How) -> None:
    with a_yahoo_scene(tmp_path / "home", 2) as scene:
        scene.server.app.gate.expire_access()
        scene.server.app.tricks.ask(Trick(function, how, seconds=0.1 if how is How.LATE else 1.5))
        report = send_green(scene.ws)
        scene.server.app.tricks.clear()
        if refused := [row.key for row in report.of(SendState.REFUSED)]:  # PARTIAL: a person tries again
            assert how is How.PARTIAL
            retry(scene.ws, refused)
        send_green(scene.ws)
        assert scene.registered() == scene.expected()
        assert scene.notices() == [1, 1]
        assert stages(scene) == [Stage.ACCEPTED] * 2


def test_what_takes_effect_later_is_waited_for(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 1, **{"confirm.settle_s": "2"}) as scene:
        scene.server.app.tricks.ask(Trick(WRITE, How.CUT_THEN_ACCEPTED, seconds=0.5))
        assert states(send_green(scene.ws)) == ["accepted"]
        assert (scene.registered(), scene.notices()) == (scene.expected(), [1])
        assert scene.calls(WRITE) == 1


def test_doubtful_is_only_read_back_until_it_settled(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 1, **{"confirm.settle_s": "600"}) as scene:
        scene.server.app.tricks.ask(Trick(WRITE, How.CUT_BEFORE))
        assert states(send_green(scene.ws)) == ["doubtful"]
        assert states(send(scene.ws)) == ["doubtful"]
        later = replace(scene.ws, clock=lambda: scene.ws.now() + timedelta(seconds=601))
        assert states(send(later)) == ["accepted"]
        assert (scene.registered(), scene.notices()) == (scene.expected(), [1])


def test_a_token_that_ends_in_mid_run(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 4) as scene:
        scene.server.app.tricks.ask(Trick(WRITE, How.LATE, seconds=0))
        scene.server.app.tricks.ask(Trick(WRITE, How.EXPIRED, times=1))
        assert states(send_green(scene.ws)) == ["accepted"] * 4
        assert scene.notices() == [1, 1, 1, 1]


def test_a_dead_login_leaves_everything_waiting(scene: YahooScene) -> None:
    (client,) = scene.server.app.gate.clients.values()
    client.access_tokens.clear()
    client.refresh_tokens.clear()
    report = send_green(scene.ws)
    assert states(report) == ["waiting"] * 3
    assert [fault.fault.code for fault in report.faults] == ["yahoo_login_ended"]
    assert stages(scene) == [Stage.CONFIRM] * 3


def test_a_new_refresh_token_is_kept_for_the_next_time(scene: YahooScene) -> None:
    (client,) = scene.server.app.gate.clients.values()
    client.rotates = True
    for _ in range(3):
        scene.server.app.gate.expire_access()
        assert fetch(scene.ws).shops[0].fault is None
    assert scene.ws.secrets.get(MAIN.name, "yahoo_refresh_token") in client.refresh_tokens


def test_refused_in_yahoos_words_and_told_again_on_purpose(scene: YahooScene) -> None:
    scene.server.app.play.change_order(scene.numbers[0], {"ShipStatus": "0"})
    report = send_green(scene.ws)
    assert [row.message for row in report.of(SendState.REFUSED)] == ["出荷不可の注文です。"]
    (red,) = [row for row in review(scene.ws).red if row.key == scene.keys[0]]
    assert [reason.code for reason in red.reasons] == ["refused"]


def test_a_wrong_number_planted_at_yahoo_is_found(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 5) as scene:
        send_green(scene.ws)
        scene.server.app.play.change_order(scene.numbers[1], {"ShipInvoiceNumber1": "499999999994"})
        scene.server.app.play.change_order(scene.numbers[2], {"ShipCompanyCode": "1002"})
        looked = scene.calls("orderInfo")
        found = {(d.order, d.field, d.theirs) for d in read_back(scene.ws).differences}
        assert found == {(scene.numbers[1], "parcel", "499999999994"), (scene.numbers[2], "carrier", "1002")}
        assert scene.calls("orderInfo") == looked  # the list tells it


def test_shipped_in_the_browser_is_noticed_and_not_told_again(scene: YahooScene) -> None:
    changes = {"ShipStatus": "3", "ShipInvoiceNumber1": yamato_number(0), "ShipDate": today().isoformat()}
    scene.server.app.play.change_order(scene.numbers[0], changes)
    send_green(scene.ws)
    assert scene.registered() == scene.expected()
    assert scene.notices() == [0, 1, 1]


def test_completing_is_a_choice_of_the_shop(tmp_path: Path) -> None:
    wish = {"yahoo.complete": "on", "yahoo.complete_wait_s": "0"}
    with a_yahoo_scene(tmp_path / "home", 2, **wish) as scene:
        assert states(send_green(scene.ws)) == ["accepted"] * 2
        assert {row["order_status"] for row in scene.server.app.record()} == {"5"}
        assert scene.calls("orderStatusChange") == 2


def test_a_refused_completion_is_kept_and_shown(tmp_path: Path) -> None:
    wish = {"yahoo.complete": "on", "yahoo.complete_wait_s": "0"}
    with a_yahoo_scene(tmp_path / "home", 1, settle_seconds=3600, **wish) as scene:
        (row,) = send_green(scene.ws).rows
        assert (row.state, row.code) == (SendState.ACCEPTED, "complete_refused")
        (way,) = review(scene.ws).accepted_today
        assert "完了にできる状態ではありません。" in way.message
        assert stages(scene) == [Stage.ACCEPTED]
        send_green(scene.ws)
        assert scene.calls("orderStatusChange") == 1


# -- numbers ----------------------------------------------------------------------------------------------------------


def test_the_second_carriers_number_is_kept_not_told(scene: YahooScene) -> None:
    shipment = shipments.by_key(scene.ws.store, scene.keys[0])
    assert shipment is not None
    second = parcel_key(shipment.key, 2)
    with scene.ws.store.transaction():
        scene.ws.store.insert(
            "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'sagawa')",
            (shipment.row_id, second),
        )
        shipments.set_parcel(scene.ws.store, second, {"tracking_no": yamato_number(99), "how": "scanned"})
    send_green(scene.ws)
    assert scene.registered() == scene.expected()
    (item,) = outbox.by_keys(scene.ws.store, scene.keys[:1])
    assert [parcel.tracking_no for parcel in item.confirmation.kept] == [yamato_number(99)]


def test_a_number_yahoo_would_not_take_is_red(scene: YahooScene) -> None:
    carrier_codes.set_code(scene.ws, MAIN.name, "yamato", code="1001", method="postage1")
    pack(scene.ws, scene.keys[0], "400000000003-000001")
    reasons = {r.code for row in review(scene.ws).red if row.key == scene.keys[0] for r in row.reasons}
    assert "number_form" in reasons


# -- the upload file --------------------------------------------------------------------------------------------------


def slashed() -> str:
    return f"{today():%Y/%m/%d}"


def uploaded(scene: YahooScene, out: Path) -> bytes:
    (made,) = write_files(scene.ws, out).files
    return made.path.read_bytes()


def expected(header: str, *rows: str) -> str:
    return "\r\n".join([header, *rows, ""])


def test_the_usual_upload_file_byte_for_byte(scene: YahooScene, tmp_path: Path) -> None:
    assert uploaded(scene, tmp_path / "out") == expected(
        "OrderId,ShipCompanyCode,ShipInvoiceNumber1,ShipDate,ShipStatus",
        *(f"1000000{n + 1},1001,{yamato_number(n)},{slashed()},3" for n in range(3)),
    ).encode("cp932")


def test_the_method_stands_beside_the_company_where_the_shop_says_it_agrees(
    scene: YahooScene, tmp_path: Path
) -> None:
    carrier_codes.set_code(scene.ws, MAIN.name, "yamato", code="1001", method="postage1")
    assert uploaded(scene, tmp_path / "out").decode("cp932") == expected(
        "OrderId,ShipMethod,ShipCompanyCode,ShipInvoiceNumber1,ShipDate,ShipStatus",
        *(f"1000000{n + 1},postage1,1001,{yamato_number(n)},{slashed()},3" for n in range(3)),
    )


def test_everything_about_the_file_can_be_set(scene: YahooScene, tmp_path: Path) -> None:
    shops.set_values(
        scene.ws,
        MAIN.name,
        {
            "yahoo.upload_columns": "Id\nShipStatus\nShipInvoiceNumber1\nShipDate\nShipCompanyCode",
            "yahoo.upload_encoding": "utf-8-sig",
            "yahoo.upload_date": "plain",
            "yahoo.upload_status": "2",
        },
    )
    data = uploaded(scene, tmp_path / "out")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == expected(
        "Id,ShipStatus,ShipInvoiceNumber1,ShipDate,ShipCompanyCode",
        *(f"{number},2,{yamato_number(n)},{today():%Y%m%d},1001" for n, number in enumerate(scene.numbers)),
    )


def test_long_numbers_in_order_id_and_hyphened_days(scene: YahooScene, tmp_path: Path) -> None:
    shops.set_values(scene.ws, MAIN.name, {"yahoo.upload_number": "long", "yahoo.upload_date": "hyphens"})
    first = uploaded(scene, tmp_path / "out").decode("cp932").split("\r\n")[1]
    assert first == f"{scene.numbers[0]},1001,{yamato_number(0)},{today():%Y-%m-%d},3"


@pytest.mark.parametrize(
    "columns", ["OrderId\nShipDate", "ShipInvoiceNumber1", "OrderId\nShipInvoiceNumber1\nTracking"]
)
def test_columns_that_tell_nothing_are_refused_and_nothing_is_written(
    scene: YahooScene, tmp_path: Path, columns: str
) -> None:
    shops.set_values(scene.ws, MAIN.name, {"yahoo.upload_columns": columns})
    with pytest.raises(Refused, match="yahoo_upload_columns"):
        write_files(scene.ws, tmp_path / "out")
    assert len(review(scene.ws).green) == 3
    assert not list(scene.ws.places.uploads.iterdir())


def test_a_filed_report_is_noticed_by_the_next_fetch(scene: YahooScene, tmp_path: Path) -> None:
    uploaded(scene, tmp_path / "out")
    for n, number in enumerate(scene.numbers):
        changes = {"ShipStatus": "3", "ShipInvoiceNumber1": yamato_number(n), "ShipDate": today().isoformat()}
        scene.server.app.play.change_order(number, changes)
    assert set(fetch(scene.ws).arrived) == set(scene.keys)
    assert stages(scene) == [Stage.SHIPPED] * 3
