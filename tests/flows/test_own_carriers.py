"""A carrier the seller describes: kept, shared, used in plan, print, scan and confirm (SY-10, PL-09, XT-02)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.carriers.own import of_text, to_text
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import Policy
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.upkeep import carrier_codes, own_carriers
from jpship_gui.flows.upkeep.own_carriers import OwnCarrier, OwnCode, OwnNumber, OwnService
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import own_carriers as kept
from jpship_gui.store import shipments
from tests.builders import an_order, stored
from tests.flows.carrier_desk import open_desk
from tests.flows.confirming import yamato_number

ECOHAI = OwnCarrier(
    "kotori",
    "エコ配",
    "株式会社エコ配",
    "https://example.test/trace?no={number}",
    numbers=(OwnNumber("####-####-##", "mod7_integer", "reject"), OwnNumber("EH-######")),
    services=(
        OwnService("service_1", "通常便", cool=("chilled",), slots=("am", "1416")),
        OwnService("service_2", "ポスト便", tracked=False),
    ),
    codes=(OwnCode("rakuten", "1016", name="エコ配"),),
)
GOOD = "1234567891"  # 123456789 modulo 7 is 1


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, pack__goods="off", confirm__by="file")
    yield opened
    opened.close()


def test_it_joins_the_carriers_of_the_folder_and_survives_a_restart(ws: Workspace, tmp_path: Path) -> None:
    assert "kotori" not in ws.carriers()
    assert own_carriers.save(ws, ECOHAI, new=True).version == 1
    assert list(ws.carriers()) == [*carriers(), "kotori"]
    again = open_workspace(str(tmp_path / "home"))
    found = again.carriers()["kotori"]
    assert (found.name, found.full_name) == ("エコ配", "株式会社エコ配")
    assert [(s.id, s.tracked, tuple(s.slots)) for s in found.services] == [
        ("service_1", True, ("am", "1416")),
        ("service_2", False, ()),
    ]
    assert own_carriers.show(again, "kotori") == ECOHAI
    again.close()


def test_a_change_of_another_desk_is_seen_and_a_quicker_one_is_not_overwritten(
    ws: Workspace, tmp_path: Path
) -> None:
    mine = own_carriers.save(ws, ECOHAI, new=True)
    other = open_workspace(str(tmp_path / "home"), person="鈴木")
    own_carriers.save(other, replace(mine, name="エコ配送"))
    assert ws.carriers()["kotori"].name == "エコ配送"
    with pytest.raises(Refused) as caught:
        own_carriers.save(ws, replace(mine, name="遅い"))
    assert (caught.value.code, caught.value.values["person"]) == ("own_carrier_changed", "鈴木")
    other.close()


def test_a_file_brings_it_to_another_folder(ws: Workspace, tmp_path: Path) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    own_carriers.export(ws, "kotori", tmp_path / "ecohai.toml")
    there = open_desk(tmp_path / "there")
    assert own_carriers.import_file(there, tmp_path / "ecohai.toml") == ECOHAI
    with pytest.raises(Refused, match="own_carrier_exists"):
        own_carriers.import_file(there, tmp_path / "ecohai.toml")
    assert own_carriers.import_file(there, tmp_path / "ecohai.toml", instead=True).version == 2
    there.close()


def test_text_and_values_are_the_same_thing() -> None:
    odd = replace(ECOHAI, name='引用"と\\と𠮷', full_name="改行なし\t", tracking_url="")
    assert of_text(to_text(odd)) == odd


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "Ecohai"}, "own_carrier_id"),
        ({"id": "yamato"}, "own_carrier_built_in"),
        ({"name": " "}, "own_carrier_name"),
        ({"tracking_url": "javascript:alert({number})"}, "own_carrier_url"),
        ({"tracking_url": "https://example.test/"}, "own_carrier_url"),
        ({"numbers": (OwnNumber("ABC"),)}, "own_carrier_mask"),
        ({"numbers": (OwnNumber("A###########A"),)}, "own_carrier_mask_lost"),
        ({"numbers": (OwnNumber("####-####", "luhn"),)}, "own_carrier_check"),
        ({"numbers": (OwnNumber("EH######", "mod7_integer"),)}, "own_carrier_check_shape"),
        ({"services": (OwnService("a1", "x"), OwnService("a1", "y"))}, "own_carrier_service_id"),
        ({"services": (OwnService("a1", "x", slots=("soon",)),), "codes": ()}, "own_carrier_service_slots"),
        ({"codes": (OwnCode("rakuten", " "),)}, "own_carrier_code"),
        ({"codes": (OwnCode("rakuten", "1016", "nobody"),)}, "own_carrier_code"),
    ],
)
def test_what_cannot_be_used_is_refused_and_not_kept(
    ws: Workspace, change: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        own_carriers.save(ws, replace(ECOHAI, **change), new=True)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert kept.every(ws.store) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jpship_carrier = 2",
        "jpship_carrier = 1\nid = 3",
        "x = [",
        "jpship_carrier = 1\nid='ab'\nname='n'\nnew_thing=1",
    ],
)
def test_a_file_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="own_carrier_file"):
        of_text(text)


@pytest.mark.parametrize(
    ("raw", "policy", "printed"),
    [
        ("１２３４-5678-91", Policy.ACCEPT, "1234-5678-91"),
        ("1234567892", Policy.REJECT, "1234-5678-92"),
        ("eh123456", Policy.ACCEPT, "EH-123456"),
        ("12345", Policy.CONFIRM, "12345"),
    ],
)
def test_a_number_is_tried_before_anything_is_kept(
    ws: Workspace, raw: str, policy: Policy, printed: str
) -> None:
    tried = own_carriers.try_number(ws, ECOHAI, raw)
    assert (tried.checked.policy, tried.printed) == (policy, printed)


def test_a_number_that_fits_others_too_says_so(ws: Workspace) -> None:
    twelve = replace(ECOHAI, numbers=(OwnNumber("############"),))
    assert "yamato" in own_carriers.try_number(ws, twelve, yamato_number(5)).others


def test_it_is_scanned_linked_and_confirmed_with_the_code_of_the_marketplace(
    ws: Workspace, tmp_path: Path
) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    ((_, key),) = stored(ws.store, an_order(), carrier="kotori")
    with Desk(ws) as desk:
        desk.scan(key)
        assert desk.scan("1234567892").outcome.value == "NG_CHECKDIGIT"
        desk.acknowledge()
        assert desk.scan(GOOD).outcome.value == "OK_LINK"
    assert track(ws, key, GOOD, GOOD).verified
    assert [row.carrier for row in review(ws).green] == ["kotori"]
    (file,) = write_files(ws, tmp_path / "out").files
    assert f",{GOOD},1016," in file.path.read_bytes().decode("cp932")


def test_unmapped_is_said_at_printing_and_blocks_confirming(ws: Workspace, tmp_path: Path) -> None:
    own_carriers.save(ws, replace(ECOHAI, codes=()), new=True)
    ((_, key),) = stored(ws.store, an_order(), carrier="kotori")
    printed = print_slips(ws, [key], tmp_path / "slips.pdf")
    (problem,) = printed.notices[key]
    assert (problem.code, problem.values["carrier"]) == ("carrier_unmapped", "エコ配")
    assert track(ws, key, GOOD, GOOD).verified
    (row,) = review(ws).red
    assert [reason.code for reason in row.reasons] == ["no_mapping"]
    (listed,) = own_carriers.every(ws)
    assert (listed.used, listed.unmapped) == (1, ("楽天",))
    carrier_codes.set_code(ws, "本店", "kotori", code="1000", name="その他")  # the shop's own word counts too
    assert len(review(ws).green) == 1


def test_its_untracked_service_needs_no_number(ws: Workspace) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    ((_, key),) = stored(ws.store, an_order(), carrier="kotori", service="service_2")
    with Desk(ws) as desk:
        desk.scan(key)
        assert desk.scan(key).outcome.value == "OK_DONE"
    assert own_carriers.words_of(ws)[1] >= {("kotori", "service_2")}


def test_one_in_use_is_not_removed(ws: Workspace) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    ((row_id, key),) = stored(ws.store, an_order(), carrier="kotori")
    with pytest.raises(Refused, match="own_carrier_in_use"):
        own_carriers.remove(ws, "kotori")
    with ws.store.transaction():
        shipments.update(ws.store, row_id, {"carrier": "yamato"})
        shipments.set_parcel(ws.store, key, {"carrier": "yamato"})
    own_carriers.remove(ws, "kotori")
    assert "kotori" not in ws.carriers()
    with pytest.raises(Refused, match="own_carrier_unknown"):
        own_carriers.remove(ws, "kotori")


def test_one_a_later_version_made_is_listed_with_the_reason_and_nothing_breaks(ws: Workspace) -> None:
    with ws.store.transaction():
        made = kept.StoredCarrier("later", 1, ws.now(), "佐藤", "jpship_carrier = 9")
        kept.put(ws.store, made, 0)
    assert "later" not in ws.carriers()
    (listed,) = own_carriers.every(ws)
    assert listed.fault is not None
    assert listed.fault.code == "own_carrier_file"


@pytest.mark.parametrize("name", ["エコ配", "Eco Hai!", "yamato", ""])
def test_a_free_id_is_always_sound(ws: Workspace, name: str) -> None:
    found = own_carriers.free_id(ws, name)
    assert found not in carriers()
    assert own_carriers.save(ws, replace(ECOHAI, id=found), new=True).id == found
    assert own_carriers.free_id(ws, name) != found
