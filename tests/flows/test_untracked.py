"""Services without a number (SY-09): packed, confirmed where the marketplace takes that, marked and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Carrier, Service
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track_without
from jpship_gui.flows.paper.print_slips import choose, sources_of
from jpship_gui.flows.paper.slip_values import slip_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.qoo10 import exports
from jpship_gui.store import shipments, shops
from jpship_gui.texts import text
from tests.builders import an_order, stored
from tests.flows.carrier_desk import open_desk
from tests.flows.confirming import a_scene
from tests.flows.qoo10_desk import a_qoo10_scene


def with_plain_mail() -> Mapping[str, Carrier]:
    mail = Service("mail_without_number", "定形外郵便", tracked=False)
    post = carriers()["jppost"]
    services = (*(s for s in post.services if s.id != mail.id), mail)
    return {**carriers(), "jppost": replace(post, services=services)}


@pytest.fixture(autouse=True)
def _plain_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    known = with_plain_mail()
    monkeypatch.setattr("jpship_gui.flows.own_carriers.carriers_of", lambda store: known)


@contextmanager
def _change(ws: Workspace, keys: list[str], **values: object) -> Iterator[None]:
    with ws.store.transaction():
        for found in shipments.by_keys(ws.store, keys):
            shipments.update(ws.store, found.row_id, values)
    yield


def by_plain_mail(ws: Workspace, keys: list[str]) -> None:
    """Plan these shipments as untracked mail and pack them without a number."""
    with _change(ws, keys, carrier="jppost", service="mail_without_number"):
        for key in keys:
            with ws.store.transaction():
                shipments.set_parcel(ws.store, key, {"carrier": "jppost"})
            assert track_without(ws, key).verified


def test_a_tracked_service_needs_its_number(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    ((_, key),) = stored(ws.store, an_order())
    result = track_without(ws, key)
    assert (result.ok, result.reason) == (False, "tracked")
    ws.close()


def test_it_is_packed_at_the_desk_and_says_so_on_its_slip(tmp_path: Path) -> None:
    ws = open_desk(tmp_path, pack__goods="off")
    ((_, key),) = stored(ws.store, an_order(), carrier="jppost", service="mail_without_number")
    chosen, _ = choose(ws, [key])
    (source,) = sources_of(ws, chosen)
    slip = slip_of(source, 1, 1, ws.today())
    assert "追跡番号なし" in slip.delivery
    assert slip.tracking_no == ""
    with Desk(ws) as desk:
        desk.scan(key)
        done = desk.scan(key)
    assert (done.outcome.value, done.reason) == ("OK_DONE", "untracked")
    (found,) = shipments.by_keys(ws.store, [key])
    assert found.stage is Stage.CONFIRM
    assert found.facts.verified is not None
    assert found.facts.verified.how == "untracked"
    ws.close()


def test_qoo10_s_file_takes_it_with_an_empty_number(tmp_path: Path) -> None:
    with a_qoo10_scene(tmp_path / "home", **{"confirm.by": "file"}) as scene:
        scene.take(scene.write("a.csv", exports.DETAIL), scene.write("b.csv", exports.BRIEF))
        codes = {"jppost/mail_without_number": {"code": "普通郵便", "name": "普通郵便"}}
        shop = scene.shipments()[0].order_id.shop
        from jpship_gui.store.codec import dumps

        shops.set_settings(scene.ws.store, shop, {"carrier.codes": dumps(codes)})
        keys = scene.keys()
        by_plain_mail(scene.ws, keys)
        found = review(scene.ws)
        assert [row.reasons for row in found.red] == []
        assert all(row.untracked for row in found.green)
        assert [count.untracked for count in found.shops] == [len(keys)]
        (file,) = write_files(scene.ws, tmp_path / "out").files
        lines = file.path.read_bytes().decode("utf-8-sig").splitlines()
        assert sum(",普通郵便," in line or '"普通郵便"' in line for line in lines) == len(scene.rows)
        assert not any("~" in line for line in lines)


@pytest.mark.parametrize(
    ("settings", "code"),
    [({}, "untracked_unknown"), ({"confirm.untracked": "no"}, "untracked_unknown")],
)
def test_rakuten_is_not_told_as_nobody_knows_whether_it_takes_it(
    tmp_path: Path, settings: dict[str, str], code: str
) -> None:
    with a_scene(tmp_path / "home", 1, **{"confirm.by": "file", **settings}) as scene:
        with scene.ws.store.transaction():
            shipments.set_parcel(scene.ws.store, scene.keys[0], {"tracking_no": "", "verified_at": None})
            for fact in ("linked", "verified"):
                (one,) = shipments.by_keys(scene.ws.store, scene.keys)
                shipments.unmark(scene.ws.store, [one.row_id], fact)
            shipments.restage(scene.ws.store, [one.row_id])
        by_plain_mail(scene.ws, scene.keys)
        (row,) = review(scene.ws).red
        assert [reason.code for reason in row.reasons] == [code]
        assert write_files(scene.ws, tmp_path / "out").files == ()


def test_a_shop_that_knows_better_says_so(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 1, **{"confirm.by": "file", "confirm.untracked": "yes"}) as scene:
        with scene.ws.store.transaction():
            shipments.set_parcel(scene.ws.store, scene.keys[0], {"tracking_no": "", "verified_at": None})
            (one,) = shipments.by_keys(scene.ws.store, scene.keys)
            for fact in ("linked", "verified"):
                shipments.unmark(scene.ws.store, [one.row_id], fact)
            shipments.restage(scene.ws.store, [one.row_id])
        by_plain_mail(scene.ws, scene.keys)
        (file,) = write_files(scene.ws, tmp_path / "out").files
        cells = file.path.read_bytes().decode("cp932").splitlines()[1].split(",")
        assert cells[3] == ""
        assert text("track.untracked") == "追跡なし"
