"""Checklist, scale and weights on a real data folder: journal, database, rebuilt from the journal (PK-15, 16, 22)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows.pack import checklist, learned_weights, weights
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.paper.marks import set_marks
from jpship_gui.flows.upkeep.goods import teach
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import history, products, shipments, shops
from jpship_gui.store import weights as kept_weights
from jpship_gui.store.products import Product
from tests.builders import NOW, a_line, an_order, stored
from tests.domain.packing.small_world import number

W1, W2, W3 = "099723653466", "103225504992", "107849485225"
ACK = "JPCMDACK"
RULES = """
[割れ物] sku:mug-*
4 四隅に緩衝材を入れた
9 チラシを折った | 任意
[クール] cold:chilled
5 保冷剤
"""


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A shop that packs without scanning goods."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {"pack.goods": "off"}, NOW)
    yield opened
    opened.close()


def keys_of(ws: Workspace, count: int, **changes: object) -> list[str]:
    """Printed shipments of one mug each."""
    return [key for _, key in stored(ws.store, *(an_order(n + 1, **changes) for n in range(count)))]


def weighing(ws: Workspace, **more: str) -> None:
    """The shop weighs; a mug is 312 g and its box 100 g."""
    shops.set_settings(
        ws.store,
        "本店",
        {"pack.goods": "off", "pack.weight": "stop", "weight.packaging": "100", "weight.tolerance_g": "20"}
        | {key.replace("__", "."): value for key, value in more.items()},
    )
    products.put(ws.store, [Product("4901234567894", "mug-300-bl", name="マグカップ", grams=312)])


def happened(ws: Workspace, key: str) -> list[tuple[str, dict[str, str]]]:
    """What the history of a shipment says."""
    found = shipments.by_key(ws.store, key)
    assert found is not None
    return [(entry.what, dict(entry.values)) for entry in history.of(ws.store, found.row_id)]


def rebuilt(ws: Workspace, key: str) -> tuple[list[tuple[str, dict[str, str]]], object]:
    """History and weights of a shipment in a database that knows the orders and nothing but the journal."""
    found = shipments.by_key(ws.store, key)
    assert found is not None
    ws.store.execute("DELETE FROM history")
    ws.store.execute("DELETE FROM journal_marks")
    ws.store.execute("DELETE FROM open_parcels")
    ws.store.execute(
        "UPDATE parcels SET weighed_g = NULL, weighed_due = 0, weighed_at = NULL, weighed_by = ''"
    )
    catch_up(ws)
    return happened(ws, key), kept_weights.of_shipment(ws.store, found.row_id)


def test_the_checklist_stands_in_journal_and_history_and_is_rebuilt(ws: Workspace) -> None:
    checklist.save(ws, RULES)
    (key,) = keys_of(ws, 1)
    with Desk(ws) as desk:
        desk.scan(key)
        blocked = desk.scan(W1)
        assert blocked.outcome is Outcome.ATT_TICK
        assert "四隅に緩衝材を入れた" in message_of(blocked)
        assert [desk.scan(code).outcome.value for code in ("JPTICK4", W1)] == ["OK_TICK", "OK_LINK"]
    told = happened(ws, key)
    assert ("ticked", {"instruction": "四隅に緩衝材を入れた"}) in told
    assert ("tick_left", {"instruction": "チラシを折った"}) in told
    assert rebuilt(ws, key)[0] == told


def test_a_checklist_changed_while_a_parcel_is_open_asks_for_the_new_words(ws: Workspace) -> None:
    checklist.save(ws, RULES)
    (key,) = keys_of(ws, 1)
    with Desk(ws) as desk:
        assert [desk.scan(code).outcome.value for code in (key, "JPTICK4")] == ["OK_OPEN", "OK_TICK"]
        checklist.save(ws, RULES.replace("四隅に", "すきまに"))
        assert desk.scan(W1).outcome is Outcome.ATT_TICK
        assert [desk.scan(code).outcome.value for code in ("JPTICK4", W1)] == ["OK_TICK", "OK_LINK"]


def test_a_desk_continues_with_its_ticks_and_weights_after_a_power_cut(ws: Workspace) -> None:
    checklist.save(ws, RULES)
    weighing(ws)
    (key,) = keys_of(ws, 1)
    desk = Desk(ws)
    for code in (key, "JPTICK4", "0.415kg"):
        desk.scan(code)
    desk._journal.close()  # the power goes before the database has followed
    with Desk(ws) as again:
        assert again.scan(W1).outcome is Outcome.OK_LINK
    found = shipments.by_key(ws.store, key)
    assert found is not None
    (weight,) = kept_weights.of_shipment(ws.store, found.row_id)
    assert (weight.grams, weight.due, weight.person, weight.at) == (415, 412, "佐藤", NOW)


def test_which_of_todays_orders_a_group_is_for(ws: Workspace) -> None:
    keys_of(ws, 3)
    products.put(ws.store, [Product("x", "tea-1", temperature="chilled")])
    stored(ws.store, an_order(9, lines=(a_line(sku="tea-1"),)))
    tried = checklist.try_on_today(ws, checklist.read(ws, RULES))
    assert (tried.looked, tried.waiting, tried.most_items) == (4, 4, 2)
    assert {line: len(found) for line, found in tried.fitting.items()} == {2: 3, 5: 1}
    assert tried.fitting[5][0].order.endswith("9")


def test_carriers_services_and_shops_nobody_knows_are_told(ws: Workspace) -> None:
    found = checklist.read(
        ws, "[a] carrier:yamatto\n1 a\n[b] shop:支店\n2 b\n[c] carrier:yamato shop:本店\n3 c"
    )
    assert [(flaw.line, flaw.code) for flaw in found.flaws] == [(1, "not_known"), (3, "not_known")]
    assert [group.name for group in found.groups] == ["c"]
    assert "carrier:yamatto" in checklist.flaw_words(found.flaws[0])


def test_the_same_text_makes_no_new_version(ws: Workspace) -> None:
    for _ in range(2):
        checklist.save(ws, RULES)
    checklist.save(ws, "")
    assert ws.store.value("SELECT COUNT(*) FROM checklists") == 2
    assert checklist.kept_text(ws) == ""


def test_card_receipt_and_marks_are_ticked_where_the_order_wants_them(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"pack.goods": "off", "invoice.mode": "slip"})
    plain, gift, asking = (
        key
        for _, key in stored(
            ws.store,
            an_order(1),
            an_order(2, gift_flag=True, gift_message="おめでとう"),
            an_order(3, buyer_text="領収書をお願いします"),
        )
    )
    (declining,) = (key for _, key in stored(ws.store, an_order(4, buyer_text="領収書は不要です")))
    set_marks(ws, [plain], "ワレ物注意")
    ticks = {}
    with Desk(ws) as desk:
        for key in (plain, gift, asking, declining):
            view = desk.session.world.shipment(key)
            assert view is not None
            ticks[key] = view.ticks
    assert ticks == {
        plain: ("marks",),
        gift: ("card",),
        asking: ("receipt", "remark"),
        declining: ("remark",),
    }
    shops.set_settings(
        ws.store, "本店", {"pack.goods": "off", "pack.tick_marks": "off", "invoice.mode": "off"}
    )
    with Desk(ws) as desk:
        for key, wanted in ((plain, ()), (asking, ("remark",))):
            view = desk.session.world.shipment(key)
            assert view is not None
            assert view.ticks == wanted


def test_a_missing_piece_stops_the_parcel_and_is_named(ws: Workspace) -> None:
    weighing(ws)
    (key,) = keys_of(ws, 1, lines=(a_line(quantity=3),))
    with Desk(ws) as desk:
        desk.scan(key)
        answer = desk.scan("ST,GS,+ 0.724kg")
        assert answer.outcome is Outcome.NG_WEIGHT
        assert message_of(answer).startswith(
            "軽すぎます −312 g = マグカップ 300ml 青 1個分（724 g、予定 1,036 g）"
        )
        assert [desk.scan(code).outcome.value for code in (ACK, "1.036kg", W1)] == [
            *("OK_ACK", "OK_WEIGHT", "OK_LINK"),
        ]
    assert ("weighed", {"grams": "1036", "due": "1036"}) in happened(ws, key)
    before = happened(ws, key)
    told, weighed = rebuilt(ws, key)
    assert told == before
    assert [(one.grams, one.due) for one in weighed] == [(1036, 1036)]  # type: ignore[attr-defined]


def test_undo_takes_the_weight_back(ws: Workspace) -> None:
    weighing(ws)
    (key,) = keys_of(ws, 1)
    with Desk(ws) as desk:
        for code in (key, "412g", "JPCMDUNDO"):
            desk.scan(code)
        desk.apply_pending()
        assert desk.session.expects().value == "weight"
    assert weights.of_shipment(ws, key)[0].grams is None


def test_what_the_desk_knows_of_a_parcels_weight(ws: Workspace) -> None:
    weighing(ws, weight__tolerance_g="400")
    (known,) = keys_of(ws, 1)
    (unknown,) = (key for _, key in stored(ws.store, an_order(7, lines=(a_line(sku="new"),))))
    (one,) = weights.of_shipment(ws, known)
    assert (one.due, one.tolerance, one.unnoticed, one.unknown) == (412, 400, ("mug-300-bl",), ())
    (other,) = weights.of_shipment(ws, unknown)
    assert (other.due, other.unknown) == (None, ("new",))
    shops.set_settings(ws.store, "本店", {"pack.weight": "off"})
    with pytest.raises(Refused) as refused:
        weights.of_shipment(ws, known)
    assert refused.value.code == "weight_off"


def test_weights_are_learned_from_parcels_of_the_same_goods_alone_and_only_proposed(ws: Workspace) -> None:
    weighing(ws)
    lines = [(a_line(sku="new", name="皿", quantity=n),) for n in (1, 1, 2, 1)]
    mixed = ((a_line(sku="new"), a_line(line_id="2", sku="mug-300-bl")),)
    orders = [an_order(n, lines=made) for n, made in enumerate((*lines, *mixed), 20)]
    numbers = (W1, W2, W3, number(4), number(5))
    with Desk(ws) as desk:
        for (_, key), grams, waybill in zip(
            stored(ws.store, *orders), (600, 604, 1110, 650, 999), numbers, strict=True
        ):
            assert [desk.scan(code).outcome.value for code in (key, f"{grams} g", waybill)] == [
                *("OK_OPEN", "OK_WEIGHT", "OK_LINK"),
            ]
    (found,) = learned_weights.proposals(ws)
    assert (found.sku, found.grams, found.parcels, found.least, found.most) == ("new", 504, 4, 500, 550)
    assert products.by_skus(ws.store, ["new"]) == {}  # only a proposal
    assert learned_weights.accept(ws, "NEW") == 504
    assert products.by_skus(ws.store, ["new"])["new"].grams == 504
    assert learned_weights.proposals(ws) == ()
    with pytest.raises(Refused) as refused:
        learned_weights.accept(ws, "other")
    assert refused.value.code == "weight_not_proposed"


def test_the_code_of_an_item_cannot_be_taught_as_goods(ws: Workspace) -> None:
    with pytest.raises(Refused):
        teach(ws, "JPTICK4", "mug")


def test_a_shop_of_its_own_prefix(ws: Workspace) -> None:
    weighing(ws)
    ws.options.set("scale.prefix", "W")
    (key,) = keys_of(ws, 1)
    with Desk(ws) as desk:
        assert [desk.scan(code).outcome.value for code in (key, "412", ACK, key, "W412")] == [
            *("OK_OPEN", "NG_UNKNOWN", "OK_ACK", "OK_OPEN", "OK_WEIGHT"),
        ]


def test_no_words_of_a_checklist_are_lost_with_the_database(ws: Workspace, tmp_path: Path) -> None:
    """The journal alone says in words what was ticked, whatever became of the checklist since."""
    checklist.save(ws, RULES)
    (key,) = keys_of(ws, 1)
    with Desk(ws) as desk:
        for code in (key, "JPTICK4", W1):
            desk.scan(code)
    checklist.save(ws, "")
    copied = tmp_path / "copy.jsonl"
    shutil.copy(next(ws.places.journal.glob("1*.jsonl")), copied)
    assert "四隅に緩衝材を入れた" in copied.read_text(encoding="utf-8")
