"""confirmShipment against the practice marketplace over real HTTP: exactly once, whatever goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel, SendState
from jpship_gui.domain.order import OrderId
from jpship_gui.domain.order_key import make_key
from jpship_gui.marketplaces.amazon.shipment import plan
from jpship_gui.marketplaces.amazon.values import means_already
from jpship_gui.net.faults import Unanswered, Unreachable
from jpship_gui.practice.amazon.answer import Answer, error
from jpship_gui.practice.amazon.samples import MARKETPLACE, sample_orders
from jpship_gui.practice.amazon.shops import MAIN
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.server import Reply, Request, json_reply
from tests.marketplaces.amazon.playing import NUMBERS, Scene, a_scene, yesterday

WRITE = "confirmShipment"
KEY = make_key(1)  # of the first order


@pytest.fixture
def scene() -> Iterator[Scene]:
    with a_scene() as made:
        yield made


def push(scene: Scene, said: Confirmation) -> tuple[SendState, str, str]:
    (result,) = scene.api().push([said])
    return result.state, result.code, result.message


def a_parcel(key: str = KEY, number: str = NUMBERS[0], **changes: object) -> ConfirmedParcel:
    made = ConfirmedParcel(key, "yamato", "YAMATO", number, method="宅急便")
    return replace(made, **changes)  # type: ignore[arg-type]


def in_parts(scene: Scene, *numbers: str) -> Confirmation:
    """An order of several pieces of one thing, one in each parcel."""
    said = scene.told()
    line = said.lines[0].line_id
    item = scene.seller.orders[said.order_id.number]["orderItems"]
    item[:] = item[:1]
    item[0]["quantityOrdered"] = item[0]["fulfillment"]["quantityUnfulfilled"] = len(numbers)
    parcels = tuple(
        a_parcel(KEY if n == 1 else f"{KEY}P{n}", number, lines=(ConfirmedLine(line, 1),), no=n)
        for n, number in enumerate(numbers, 1)
    )
    return replace(said, parcels=parcels, lines=(ConfirmedLine(line, len(numbers)),))


# -- what is said -------------------------------------------------------------------------------------------------------


def test_a_shipment_is_confirmed_and_the_order_is_shipped(scene: Scene) -> None:
    said = scene.told()
    (result,) = scene.api().push([said])
    assert (result.state, result.detail_ids) == (SendState.ACCEPTED, ((KEY, "1"),))
    (record,) = scene.play.record()
    assert (record["order"], record["tracking_no"], record["carrier"], record["status"]) == (
        said.order_id.number,
        NUMBERS[0],
        "YAMATO",
        "SHIPPED",
    )
    (order,) = scene.api().read([said.order_id.number])
    (parcel,) = order.packages[0].registered
    assert (parcel.detail_id, parcel.tracking_no, parcel.carrier_code) == ("1", NUMBERS[0], "YAMATO")
    assert parcel.ship_date == said.ship_date


def test_hyphens_are_left_out(scene: Scene) -> None:
    push(scene, scene.told(number="4000-0000-0003"))
    assert scene.registered()[0][2] == "400000000003"


def test_pushing_again_tells_nothing(scene: Scene) -> None:
    push(scene, scene.told())
    assert push(scene, scene.told())[:2] == (SendState.ACCEPTED, "already_registered")
    assert scene.count(WRITE) == 1


def test_several_parcels_have_references_of_their_own(scene: Scene) -> None:
    said = in_parts(scene, *NUMBERS[:3])
    (result,) = scene.api().push([said])
    assert result.state is SendState.ACCEPTED
    assert result.detail_ids == ((KEY, "1"), (f"{KEY}P2", "2"), (f"{KEY}P3", "3"))
    assert [row[1:] for row in scene.registered()] == [(str(n), NUMBERS[n - 1]) for n in (1, 2, 3)]


def test_after_a_cut_only_the_missing_parcels_are_told(scene: Scene) -> None:
    said = in_parts(scene, *NUMBERS[:3])
    scene.server.app.tricks.ask(Trick(WRITE, How.LATE, seconds=0))
    scene.server.app.tricks.ask(Trick(WRITE, How.CUT_AFTER))
    (result,) = scene.api().push([said])
    assert result.state is SendState.DOUBTFUL
    assert result.detail_ids == ((KEY, "1"),)
    assert len(scene.registered()) == 2
    assert push(scene, said)[0] is SendState.ACCEPTED
    assert scene.count(WRITE) == 3
    assert [row[1] for row in scene.registered()] == ["1", "2", "3"]


def test_a_correction_edits_the_same_package(scene: Scene) -> None:
    (first,) = scene.api().push([scene.told()])
    ((_, reference),) = first.detail_ids
    right = a_parcel(number=NUMBERS[1], detail_id=reference)
    assert push(scene, scene.told(parcels=(right,)))[0] is SendState.ACCEPTED
    assert [row[1:] for row in scene.registered()] == [("1", NUMBERS[1])]


def test_a_package_somebody_else_registered_is_not_edited(scene: Scene) -> None:
    said = in_parts(scene, *NUMBERS[:2])
    order = scene.seller.orders[said.order_id.number]
    line = order["orderItems"][0]
    line["fulfillment"] |= {"quantityFulfilled": 1, "quantityUnfulfilled": 1}
    order["fulfillment"]["fulfillmentStatus"] = "PARTIALLY_SHIPPED"
    order["packages"] = [a_package(line["orderItemId"])]
    one = replace(said, parcels=said.parcels[:1], lines=said.parcels[0].lines)
    assert push(scene, one)[0] is SendState.ACCEPTED
    known = {row[1]: row[2] for row in scene.registered()}
    assert known.pop("1") == "999999999999"
    assert list(known.values()) == [NUMBERS[0]]


def a_package(line_id: str, **changes: object) -> dict[str, Any]:
    """A package the seller registered in Seller Central."""
    made = {
        "packageReferenceId": "1",
        "createdTime": "2026-01-01T00:00:00Z",
        "packageStatus": {"status": "SHIPPED"},
        "carrier": "SAGAWA",
        "trackingNumber": "999999999999",
        "packageItems": [{"orderItemId": line_id, "quantity": 1}],
    }
    return made | changes


# -- what goes wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "state", "registered"),
    [
        (How.SILENT, SendState.DOUBTFUL, 1),
        (How.DEAF, SendState.DOUBTFUL, 0),
        (How.HTML_500, SendState.DOUBTFUL, 0),
        (How.ACCEPTED_500, SendState.DOUBTFUL, 1),
        (How.EMPTY_500, SendState.DOUBTFUL, 0),
        (How.CUT_BEFORE, SendState.DOUBTFUL, 0),
        (How.CUT_AFTER, SendState.DOUBTFUL, 1),
        (How.GATEWAY, SendState.ACCEPTED, 1),  # 403: the token is renewed, once
        (How.EXPIRED, SendState.ACCEPTED, 1),
        (How.BUSY, SendState.ACCEPTED, 1),  # 429 did nothing: again when it is due
        (How.PARTIAL, SendState.REFUSED, 0),
        (How.LATE, SendState.ACCEPTED, 1),
    ],
)
def test_one_write_that_goes_wrong(scene: Scene, how: How, state: SendState, registered: int) -> None:
    scene.timeout = "1" if how in (How.SILENT, How.DEAF) else "5"
    scene.server.app.tricks.ask(Trick(WRITE, how, seconds=0.2 if how is How.LATE else 3))
    assert push(scene, scene.told())[0] is state
    assert len(scene.registered()) == registered
    assert push(scene, scene.told())[0] is SendState.ACCEPTED
    assert [row[2] for row in scene.registered()] == [NUMBERS[0]]


@pytest.mark.parametrize("how", [How.GATEWAY, How.EXPIRED])
def test_refused_for_good_nothing_was_told_and_all_wait(scene: Scene, how: How) -> None:
    scene.server.app.tricks.ask(Trick(WRITE, how, times=9))
    both = [scene.told(0), scene.told(1, NUMBERS[1])]
    results = scene.api().push(both)
    assert [(r.state, r.code) for r in results] == [(SendState.WAITING, "amazon_forbidden")] * 2
    assert scene.count(WRITE) == 2
    assert scene.registered() == []


def test_an_answer_sent_twice_makes_no_second_package(scene: Scene) -> None:
    scene.server.app.tricks.ask(Trick(WRITE, How.TWICE))
    state = push(scene, scene.told())[0]
    assert state in (SendState.ACCEPTED, SendState.DOUBTFUL)
    assert push(scene, scene.told())[0] is SendState.ACCEPTED
    assert len(scene.registered()) == 1


def _answering(scene: Scene, reply: Reply, accepts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    real = scene.server.app.answer

    def answer(function: str, request: Request, *, partial: bool) -> Reply:
        if function != WRITE:
            return real(function, request, partial=partial)
        if accepts:
            real(function, request, partial=partial)
        return reply

    monkeypatch.setattr(scene.server.app, "answer", answer)


@pytest.mark.parametrize("accepts", [True, False])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(200),
        Reply(200, b"{}"),
        Reply(200, b"<html></html>", "text/html"),
        Reply(202),
        Reply(206, b"{}"),
        json_reply(200, {"errors": []}),
        Reply(302, b"<html></html>", "text/html"),
    ],
    ids=lambda r: f"{r.status}-{len(r.body)}",
)
def test_nothing_but_204_is_a_success(
    scene: Scene, reply: Reply, accepts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answering(scene, reply, accepts, monkeypatch)
    assert push(scene, scene.told())[0] is SendState.DOUBTFUL
    monkeypatch.undo()
    assert push(scene, scene.told())[0] is SendState.ACCEPTED
    assert len(scene.registered()) == 1


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(400), "amazon_400"),
        (Reply(400, b"<html></html>", "text/html"), "amazon_400"),
        (json_reply(400, {"errors": []}), "amazon_400"),
        (Reply(404), "amazon_404"),
        (
            json_reply(413, {"errors": [{"code": "RequestTooLarge", "message": "too large"}]}),
            "RequestTooLarge",
        ),
    ],
)
def test_a_refusal_without_words_is_a_refusal_all_the_same(
    scene: Scene, reply: Reply, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answering(scene, reply, False, monkeypatch)
    assert push(scene, scene.told())[:2] == (SendState.REFUSED, code)
    assert scene.registered() == []


def test_a_refusal_comes_back_in_amazons_words(scene: Scene) -> None:
    early = scene.told(shipped_at=scene.samples[0].made - timedelta(days=1))
    state, code, words = push(scene, early)
    assert (state, code) == (SendState.REFUSED, "InvalidInput")
    assert "shipDate" in words


def test_already_fulfilled_is_looked_at_before_anybody_is_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order shown before was older than what stands there: our own number stands, so all is well."""
    said = scene.told()
    push(scene, said)
    calls = []
    real = type(scene.play).get

    def stale(play: Any, seller: Any, number: str, query: Mapping[str, str]) -> Answer:
        calls.append(number)
        found = real(play, seller, number, query)
        if len(calls) == 1 and found.body:
            found.body["order"]["packages"] = []
            found.body["order"]["fulfillment"]["fulfillmentStatus"] = "UNSHIPPED"
            for item in found.body["order"]["orderItems"]:
                item["fulfillment"] |= {"quantityUnfulfilled": item["quantityOrdered"]}
        return found

    monkeypatch.setattr(type(scene.play), "get", stale)
    monkeypatch.setattr(
        type(scene.play),
        "confirm",
        lambda *_: error(400, "InvalidInput", "PackageToUpdateNotFound: The order is already fulfilled."),
    )
    assert push(scene, said)[:2] == (SendState.ACCEPTED, "already_registered")
    assert len(calls) == 2


def test_already_fulfilled_with_another_number_is_a_refusal(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "The order is already fulfilled."
    monkeypatch.setattr(type(scene.play), "confirm", lambda *_: error(400, "InvalidInput", words))
    state, code, said = push(scene, scene.told())
    assert (state, code) == (SendState.REFUSED, "InvalidInput")
    assert words in said
    assert scene.count("getOrder") == 2


@pytest.mark.parametrize(
    "words", ["PackageToUpdateNotFound", "Order ALREADY FULFILLED", "x already shipped y"]
)
def test_words_that_mean_already(words: str) -> None:
    assert means_already(words)
    assert not means_already("shipDate: must not be in the future")


def test_a_look_that_fails_sends_nothing(scene: Scene) -> None:
    scene.server.app.tricks.ask(Trick("getOrder", How.HTML_500, times=9))
    with pytest.raises(Unanswered):
        scene.api().push([scene.told()])
    assert scene.count(WRITE) == 0


def test_when_the_login_fails_between_look_and_write_it_waits(scene: Scene) -> None:
    scene.play.token_seconds = 1  # a token for each call
    scene.server.app.tricks.ask(Trick("token", How.LATE, seconds=0))
    scene.server.app.tricks.ask(Trick("token", How.HTML_500, times=9))
    state, code, _ = push(scene, scene.told())
    assert state is SendState.WAITING
    assert code
    assert scene.count(WRITE) == 0


def test_nobody_listens(scene: Scene) -> None:
    api = scene.api()
    scene.server.__exit__(None, None, None)
    with pytest.raises(Unreachable):
        api.push([scene.told()])


# -- what must not be told ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code"),
    [("CANCELLED", "order_cancelled"), ("PENDING", "amazon_pending"), ("SHIPPED", "order_shipped_otherwise")],
)
def test_orders_that_must_not_be_told(scene: Scene, status: str, code: str) -> None:
    said = scene.told()
    scene.seller.orders[said.order_id.number]["fulfillment"]["fulfillmentStatus"] = status
    assert push(scene, said)[:2] == (SendState.REFUSED, code)
    assert scene.count(WRITE) == 0


@pytest.mark.parametrize("program", ["FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"])
def test_an_order_whose_label_was_bought_is_never_confirmed(scene: Scene, program: str) -> None:
    said = scene.told()
    scene.seller.orders[said.order_id.number]["programs"] = [program]
    assert push(scene, said)[:2] == (SendState.REFUSED, "label_elsewhere")
    assert scene.count(WRITE) == 0


def test_a_label_that_waits_for_the_driver_was_bought_as_well(scene: Scene) -> None:
    said = scene.told()
    order = scene.seller.orders[said.order_id.number]
    waits = {"status": "PENDING", "detailedStatus": "PENDING_PICK_UP"}
    order["packages"] = [a_package(said.lines[0].line_id, packageStatus=waits)]
    assert push(scene, said)[:2] == (SendState.REFUSED, "label_elsewhere")


def test_the_number_of_a_bought_label_counts_as_told(scene: Scene) -> None:
    said = scene.told()
    order = scene.seller.orders[said.order_id.number]
    order["programs"] = ["AMAZON_EASY_SHIP"]
    order["packages"] = [a_package(said.lines[0].line_id, trackingNumber=NUMBERS[0])]
    assert push(scene, said)[:2] == (SendState.ACCEPTED, "already_registered")
    assert scene.count(WRITE) == 0


def test_a_cancelled_package_is_none(scene: Scene) -> None:
    said = scene.told()
    order = scene.seller.orders[said.order_id.number]
    gone = {"status": "CANCELLED"}
    order["packages"] = [a_package(said.lines[0].line_id, trackingNumber=NUMBERS[0], packageStatus=gone)]
    (result,) = scene.api().push([said])
    assert result.code != "already_registered"


def test_more_pieces_than_are_left_are_not_told(scene: Scene) -> None:
    said = scene.told()
    more = tuple(replace(line, quantity=line.quantity + 1) for line in said.lines)
    assert push(scene, replace(said, lines=more))[:2] == (SendState.REFUSED, "amazon_less_left")
    assert scene.count(WRITE) == 0


def test_an_unknown_order(scene: Scene) -> None:
    stranger = scene.told(order_id=OrderId("amazon", MAIN.name, "250-0000000-0000000"))
    assert push(scene, stranger)[:2] == (SendState.REFUSED, "order_unknown")


# -- many ---------------------------------------------------------------------------------------------------------------


def test_one_that_is_refused_does_not_keep_the_others(scene: Scene) -> None:
    bad = scene.told(1, NUMBERS[1], shipped_at=now_utc() + timedelta(days=1))
    results = scene.api().push([scene.told(0), bad, scene.told(2, NUMBERS[2])])
    assert [r.state.value for r in results] == ["accepted", "refused", "accepted"]
    assert len(scene.registered()) == 2


def test_calls_beyond_what_amazon_allows_wait_their_turn() -> None:
    """Ten at once, then two a second."""
    day = yesterday()[0].made.date()
    with a_scene(sample_orders(13, day, plain=True), limited=True) as scene:
        numbers = [f"{n:012d}" for n in range(13)]
        said = [scene.told(n, number) for n, number in enumerate(numbers)]
        results = scene.api().push(said)
        assert {r.state for r in results} == {SendState.ACCEPTED}
        assert len(scene.registered()) == 13
        assert scene.count(WRITE) <= 14  # the clocks need not agree to the second


def test_the_body_says_what_the_reference_says() -> None:
    samples = yesterday()
    with a_scene(samples) as scene:
        said = in_parts(scene, "4000-0000-0003")
        model = scene.seller.orders[said.order_id.number]
        (report,) = plan(said, model, MARKETPLACE).reports
    assert said.shipped_at is not None
    assert json.loads(json.dumps(report.body)) == {
        "marketplaceId": "A1VC38T7YXB528",
        "packageDetail": {
            "packageReferenceId": "1",
            "carrierCode": "YAMATO",
            "shippingMethod": "宅急便",
            "trackingNumber": "400000000003",
            "shipDate": said.shipped_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "orderItems": [{"orderItemId": said.lines[0].line_id, "quantity": 1}],
        },
    }
