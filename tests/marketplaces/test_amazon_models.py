"""What we say to Amazon, and what the practice Amazon answers, against Amazon's own models.

They lie in the folder `shared/data/amazon` beside the project and are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.amazon.confirm import fit
from jpship_gui.marketplaces.amazon.shipment import body_of
from jpship_gui.marketplaces.load import options
from jpship_gui.practice.amazon.models import model_of
from jpship_gui.practice.amazon.samples import MARKETPLACE, sample_orders
from jpship_gui.practice.amazon.server import _PATHS
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.server import Reply, Request
from jpship_gui.settings.options import ShopOptions
from tests.days import yesterday
from tests.marketplaces.amazon.playing import NUMBERS, Scene, a_scene, fetched

ROOT = Path(__file__).resolve().parents[2]
_PLACES = [folder / "shared" / "data" / "amazon" for folder in ROOT.parents]
MODELS = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
Json = dict[str, Any]

pytestmark = pytest.mark.skipif(
    not MODELS.is_dir(), reason=f"Amazon's models are not there: no {_PLACES[0]} beside the project"
)
_OPERATIONS = {
    "searchOrders": ("orders_2026-01-01.json", "/orders/2026-01-01/orders", "get"),
    "getOrder": ("orders_2026-01-01.json", "/orders/2026-01-01/orders/{orderId}", "get"),
    "confirmShipment": ("ordersV0.json", "/orders/v0/orders/{orderId}/shipmentConfirmation", "post"),
}


@cache
def model(name: str) -> Json:
    found: Json = _strict(json.loads((MODELS / name).read_text(encoding="utf-8")))
    return found


def _strict(node: Any) -> Any:
    """Without what is no JSON Schema; objects take no names that are not described."""
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {k: _strict(v) for k, v in node.items() if k not in ("example", "discriminator")}
    if made.get("type") == "object" and isinstance(made.get("properties"), dict):
        made.setdefault("additionalProperties", False)
    return made


def operation(function: str) -> tuple[Json, Json]:
    """An operation of its model, and the model's definitions."""
    name, path, method = _OPERATIONS[function]
    found = model(name)
    return found["paths"][path][method], found["definitions"]


def faults(value: Any, schema: Json, definitions: Json) -> list[str]:
    checker = jsonschema.Draft4Validator(
        {**schema, "definitions": definitions}, format_checker=jsonschema.FormatChecker()
    )
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in checker.iter_errors(value)]


def query_faults(function: str, query: Mapping[str, str]) -> list[str]:
    """Parameters as the model declares them; lists are joined by commas."""
    declared, definitions = operation(function)
    known = {p["name"]: p for p in declared["parameters"] if p["in"] == "query"}
    found = [f"{name} is not declared" for name in query if name not in known]
    found += [f"{name} is missing" for name, p in known.items() if p.get("required") and name not in query]
    for name, text in query.items():
        kind = known.get(name, {}).get("type")
        value: Any = text.split(",") if kind == "array" else int(text) if kind == "integer" else text
        schema = {k: v for k, v in known.get(name, {}).items() if k not in ("name", "in", "required")}
        found += [f"{name}{fault}" for fault in faults(value, schema, definitions)]
    times = {name for name in query if name.endswith(("After", "Before"))}
    if function == "searchOrders" and len(times & {"createdAfter", "lastUpdatedAfter"}) != 1:
        found.append("exactly one of createdAfter and lastUpdatedAfter")  # said in words only
    return found


def body_faults(body: Json) -> list[str]:
    """The body as the model declares it, and what it says in words only."""
    declared, definitions = operation("confirmShipment")
    (schema,) = (p["schema"] for p in declared["parameters"] if p["in"] == "body")
    found = faults(body, schema, definitions)
    package = body["packageDetail"]
    if not package["packageReferenceId"].isdecimal() or int(package["packageReferenceId"]) < 1:
        found.append("packageReferenceId is no positive number")
    if package["carrierCode"] == "Other" and not package.get("carrierName"):
        found.append("carrierName is missing")
    if not package["orderItems"]:
        found.append("orderItems is empty")
    return found


@dataclass
class Heard:
    """One call and its answer."""

    function: str
    request: Request
    reply: Reply

    def faults(self) -> list[str]:
        """What Amazon's model does not know of what was said on either side."""
        declared, definitions = operation(self.function)
        found = query_faults(self.function, self.request.query)
        if self.request.raw:
            found += body_faults(json.loads(self.request.raw))
        answers = declared["responses"]
        if str(self.reply.status) not in answers:
            return [*found, f"status {self.reply.status} is not declared"]
        schema = answers[str(self.reply.status)].get("schema")
        if schema is not None:
            found += faults(json.loads(self.reply.body), schema, definitions)
        elif self.reply.body:
            found.append("a body where none is declared")
        return found


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Scene, list[Heard]]]:
    """A shop with every kind of order, and a list of what is said to the marketplace."""
    calls: list[Heard] = []
    with a_scene(sample_orders(63, yesterday())) as scene:
        real = scene.server.app.answer

        def answer(function: str, request: Request, *, partial: bool) -> Reply:
            reply = real(function, request, partial=partial)
            if function in _OPERATIONS:
                calls.append(Heard(function, request, reply))
            return reply

        monkeypatch.setattr(scene.server.app, "answer", answer)
        yield scene, calls
    assert set(_OPERATIONS) <= set(_PATHS)


def test_every_call_of_a_day_and_every_answer_to_it(heard: tuple[Scene, list[Heard]]) -> None:
    scene, calls = heard
    numbers = [sample.number for sample in scene.samples]
    known = {o.id.number: o for o in scene.api().read(numbers[:3])}
    made = {s.number: replace(known[numbers[0]], ordered_at=s.made) for s in scene.samples}
    scene.api(known=lambda wanted: made).read(numbers)
    for _ in range(2):
        fetched(scene.api(open_orders=lambda: numbers[12:16]))
    scene.play.refused_data = {"PACKAGES"}
    fetched(scene.api())
    scene.play.refused_data = set()
    scene.api().check()
    everyday = [n for n, s in enumerate(scene.samples) if n % 21 in (0, 1, 3, 5)][:8]
    scene.api().push([scene.told(place, f"{place:012d}") for place in everyday])
    scene.api().push([scene.told(7), scene.told(13)])  # a bought label, a cancelled one
    scene.server.app.tricks.ask(Trick("confirmShipment", How.PARTIAL))
    place = next(n for n in range(len(scene.samples)) if n % 21 == 17)
    scene.api().push([scene.told(place, NUMBERS[3])])
    scene.play.night()
    fetched(scene.api())
    assert {call.function for call in calls} == set(_OPERATIONS)
    assert {call.reply.status for call in calls} == {200, 204, 400, 403}
    for call in calls:
        assert call.faults() == [], (call.function, call.request.query, call.request.raw)


def test_every_sample_order_is_an_order_of_the_model() -> None:
    definitions = model("orders_2026-01-01.json")["definitions"]
    for n, sample in enumerate(sample_orders(63, yesterday())):
        found = faults(model_of(sample, n), {"$ref": "#/definitions/Order"}, definitions)
        assert found == [], (n, found)


def test_amazons_own_example_of_a_japanese_order_is_read() -> None:
    """The first answer of its sandbox."""
    from jpship_gui.marketplaces.amazon.mapping import reading_of
    from jpship_gui.marketplaces.base import ShopAccount

    raw = json.loads((MODELS / "orders_2026-01-01.json").read_text(encoding="utf-8"))
    answers = raw["paths"]["/orders/2026-01-01/orders"]["get"]["responses"]["200"]
    read = 0
    for case in answers["x-amzn-api-sandbox"]["static"]:
        for order in case["response"].get("orders", []):
            reading = reading_of(order, ShopAccount("店", "amazon", {}, lambda field: ""))
            assert reading.order.id.number == order["orderId"]
            assert reading.order.lines
            read += 1
    assert read >= 1


@pytest.mark.parametrize("several", [False, True])
def test_every_carrier_of_the_table_makes_a_body_of_the_model(several: bool) -> None:
    with a_scene() as scene:
        plain = scene.told()
    amazon = "jpship_gui.marketplaces.amazon"
    for code in load.carrier_codes(amazon):
        parcels = tuple(
            ConfirmedParcel(
                f"{plain.shipment_key}P{n}",
                code.carrier,
                code.code,
                "4000-0000-0003",
                carrier_name=code.carrier_name,
                method=code.method,
                lines=plain.lines,
                no=n,
            )
            for n in ((1, 2) if several else (1,))
        )
        said = fit(replace(plain, parcels=parcels), ShopOptions({}, options(amazon)), now_utc())
        assert isinstance(said, Confirmation)
        for n, parcel in enumerate(said.parcels, 1):
            body = body_of(said, parcel, str(n), MARKETPLACE)
            assert body_faults(json.loads(json.dumps(body))) == [], code


def test_the_check_itself_finds_what_is_wrong() -> None:
    with a_scene() as scene:
        said = scene.told()
    body = body_of(said, said.parcels[0], "1", MARKETPLACE)
    assert body_faults(body) == []
    for part, value in {
        "packageReferenceId": "JP1",
        "shipDate": "2026-11-21",
        "trackingNo": "1",
        "carrierCode": "Other",
        "orderItems": [],
    }.items():
        assert body_faults({**body, "packageDetail": {**body["packageDetail"], part: value}}), part
    assert query_faults("searchOrders", {"createdAfter": "2026-11-21T00:00:00Z", "includedData": "BUYERS"})
    assert query_faults("searchOrders", {"created": "2026-11-21T00:00:00Z"})
    assert query_faults("searchOrders", {"createdAfter": "20261121"})
