"""Upload files: bytes as documented, once, kept as sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.order import RegisteredParcel
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.notice import file_uploaded, notice_arrivals, notice_left
from jpship_gui.flows.confirm.queue import actor, queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.store import orders, outbox, shipments
from tests.flows.confirming import Scene, a_scene, yamato_number


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home", **{"confirm.by": "file"}) as made:
        yield made


def _shows(scene: Scene, place: int, **changes: object) -> None:
    """Put a newer reading of an order into the store, as an import does."""
    (stored,) = (
        s for i, s in orders.find(scene.ws.store, _ids(scene)).items() if i.number == scene.numbers[place]
    )
    newer = replace(stored.order(), **changes)  # type: ignore[arg-type]
    import_id = scene.ws.store.value("SELECT MAX(id) FROM imports")
    with scene.ws.store.transaction():
        written = orders.written(newer)
        orders.replace_body(scene.ws.store, stored.row_id, newer, written, import_id, scene.ws.now())


def _ids(scene: Scene) -> list[orders.OrderId]:
    return [s.order_id for s in shipments.by_keys(scene.ws.store, scene.keys)]


def test_the_file_is_the_documented_layout(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    data = file.path.read_bytes()
    lines = data.decode("cp932").split("\r\n")
    today = scene.ws.today().isoformat()
    assert lines[0] == "注文番号,送付先ID,発送明細ID,お荷物伝票番号,配送会社,発送日"
    assert lines[1] == f"{scene.numbers[0]},2000000001,,{yamato_number(0)},1001,{today}"
    assert lines[-1] == ""
    assert len(lines) == 5
    assert (file.rows, file.fingerprint) == (3, hashlib.sha256(data).hexdigest())
    assert file.kept.read_bytes() == data
    assert [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)] == [Stage.SENT] * 3


def test_a_second_call_writes_nothing(scene: Scene, tmp_path: Path) -> None:
    write_files(scene.ws, tmp_path / "out")
    assert write_files(scene.ws, tmp_path / "out").files == ()
    again = write_files(scene.ws, tmp_path / "out", scene.keys)
    assert again.files == ()
    assert {reasons[0].code for _, reasons in again.red} == {"in_a_file"}
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert [row.key for row in review(scene.ws).filed] == scene.keys


def test_writing_again_on_purpose_needs_the_marketplaces_parcel_ids(scene: Scene, tmp_path: Path) -> None:
    write_files(scene.ws, tmp_path / "out")
    assert write_files(scene.ws, tmp_path / "out", again=True).files == ()
    with scene.ws.store.transaction():
        shipments.set_parcel(scene.ws.store, scene.keys[1], {"detail_id": "700000000009"})
    written = write_files(scene.ws, tmp_path / "out", again=True)
    (file,) = written.files
    assert file.path.name.endswith("-2.csv")
    assert ",700000000009," in file.path.read_text(encoding="cp932")
    assert {reasons[0].code for _, reasons in written.red} == {"would_double"}


def test_orders_too_old_for_an_upload_stay_red(scene: Scene, tmp_path: Path) -> None:
    later = replace(scene.ws, clock=lambda: scene.ws.now() + timedelta(days=200))
    written = write_files(later, tmp_path / "out")
    assert written.files == ()
    assert {reasons[0].code for _, reasons in written.red} == {"too_old_for_file"}


def test_many_rows_are_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    takes = replace(marketplaces()["rakuten"].takes[0], upload_rows=2)
    small = replace(marketplaces()["rakuten"], takes=(takes,))
    monkeypatch.setattr(Workspace, "markets", lambda ws: {"rakuten": small})
    with a_scene(tmp_path / "home", 5) as scene:
        files = write_files(scene.ws, tmp_path / "out").files
    assert [file.rows for file in files] == [2, 2, 1]
    assert len({file.path for file in files}) == 3


def test_a_file_that_cannot_be_written_leaves_everything_green(scene: Scene, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(Exception, match="file_"):
        write_files(scene.ws, tmp_path / "out")
    assert len(review(scene.ws).green) == 3
    assert outbox.by_keys(scene.ws.store, scene.keys) == []
    assert list(scene.ws.places.uploads.iterdir()) == []


def test_a_later_reading_that_shows_the_parcel_proves_the_upload(scene: Scene, tmp_path: Path) -> None:
    write_files(scene.ws, tmp_path / "out")
    assert notice_arrivals(scene.ws) == ()
    row = RegisteredParcel("700000000001", yamato_number(0), "1001", scene.ws.today())
    (order,) = (s.order() for s in orders.find(scene.ws.store, _ids(scene)[:1]).values())
    _shows(scene, 0, packages=(replace(order.packages[0], registered=(row,)),))
    assert notice_arrivals(scene.ws) == (scene.keys[0],)
    shipment = shipments.by_key(scene.ws.store, scene.keys[0])
    assert shipment is not None
    assert (shipment.stage, shipment.parcels[0].detail_id) == (Stage.ACCEPTED, "700000000001")


def test_an_order_shown_as_shipped_proves_the_upload(scene: Scene, tmp_path: Path) -> None:
    from jpship_gui.domain.order import OrderState

    write_files(scene.ws, tmp_path / "out")
    _shows(scene, 2, state=OrderState.SHIPPED, state_code="500")
    assert notice_arrivals(scene.ws) == (scene.keys[2],)


def test_a_person_may_say_that_the_upload_was_taken(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    assert file_uploaded(scene.ws, "another") == ()
    assert file_uploaded(scene.ws, file.fingerprint) == tuple(scene.keys)
    assert len(review(scene.ws).accepted_today) == 3


def test_what_another_desk_is_sending_goes_into_no_file(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 1) as scene:
        queue(scene.ws)
        outbox.take_waiting(
            scene.ws.store, "楽天 練習店", actor(scene.ws), scene.ws.now(), timedelta(minutes=15), 1
        )
        assert outbox.claim_for_file(scene.ws.store, scene.keys, scene.ws.now()) == frozenset()
        assert write_files(scene.ws, tmp_path / "out").files == ()


def test_a_later_list_of_what_waits_proves_what_is_no_longer_in_it(scene: Scene, tmp_path: Path) -> None:
    write_files(scene.ws, tmp_path / "out")
    later, earlier = scene.ws.now() + timedelta(minutes=1), scene.ws.now() - timedelta(minutes=1)
    shop = _ids(scene)[0].shop
    assert notice_left(scene.ws, shop, earlier, set()) == ()
    assert notice_left(scene.ws, "another", later, set()) == ()
    assert notice_left(scene.ws, shop, later, {scene.numbers[1]}) == (scene.keys[0], scene.keys[2])
    stages = [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)]
    assert stages == [Stage.ACCEPTED, Stage.SENT, Stage.ACCEPTED]
