"""クリックポスト's list of numbers: proposed by key or by name and postal code, taken as a person confirmed, never proof."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.match_numbers import Matches, confirm, propose, read_list
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.japan_post_tools import apply_clickpost, clickpost_page
from jpship_gui.store import shipments
from tests.builders import a_contact, an_order, stored
from tests.flows.carrier_desk import open_desk

FIRST = 30_000_000_000
ONE, TWO = "300000000005", "300000000016"
NAMES = ["山田 花子", "佐藤 次郎", "髙橋 三郎", "𠮷田 四郎"]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, carrier__default="jppost")
    yield opened
    opened.close()


def keys_of(ws: Workspace, tmp_path: Path, names: list[str], postal: str = "5410041") -> list[str]:
    orders = [
        an_order(n, recipient=a_contact(name=name, postal_code=postal))
        for n, name in enumerate(names, start=1)
    ]
    made = stored(ws.store, *orders, service="clickpost", carrier="jppost")
    export(ws, "jppost", None, tmp_path / "click.csv", agreed=True)
    return [key for _, key in made]


def given(matches: Matches) -> dict[str, str]:
    return {match.parcel: match.number for match in matches.proposed}


def reasons(matches: Matches) -> list[str]:
    return [match.reason for match in matches.left]


def test_the_site_s_list_finds_every_parcel(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, tmp_path, NAMES)
    page = tmp_path / "list.txt"
    labels = apply_clickpost(tmp_path / "click.csv", FIRST)
    page.write_bytes(clickpost_page(labels).encode("utf-8"))
    matches = propose(ws, "jppost", read_list(page))
    assert given(matches) == {key: label.number for key, label in zip(keys, labels, strict=True)}
    assert (matches.left, matches.without) == ((), ())
    assert [match.recipient for match in matches.proposed] == NAMES


def test_nothing_is_linked_before_a_person_said_so_and_then_the_scan_still_proves(
    ws: Workspace, tmp_path: Path
) -> None:
    (key,) = keys_of(ws, tmp_path, NAMES[:1])
    matches = propose(ws, "jppost", f"{ONE}\t山田 花子 様\t541-0041\n")
    assert shipments.by_keys(ws.store, [key])[0].parcels[0].tracking_no == ""
    ((match, result),) = confirm(ws, matches)
    assert (match.parcel, result.ok, result.verified) == (key, True, False)
    shipment = shipments.by_keys(ws.store, [key])[0]
    assert (shipment.parcels[0].tracking_no, shipment.parcels[0].how) == (ONE, "pasted")
    assert shipment.stage is Stage.VERIFY
    assert track(ws, key, ONE, ONE, how="scanned").verified


def test_only_what_was_confirmed_is_linked(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, tmp_path, NAMES[:2])
    matches = propose(ws, "jppost", f"{ONE}\t山田花子\t5410041\n{TWO}\t佐藤次郎\t〒541-0041\n")
    assert set(given(matches)) == set(keys)
    assert [match.parcel for match, _ in confirm(ws, matches, [keys[1]])] == [keys[1]]
    linked = [shipment.parcels[0].tracking_no for shipment in shipments.by_keys(ws.store, keys)]
    assert linked == ["", TWO]
    with pytest.raises(Refused, match="match_not_proposed"):
        confirm(ws, matches, ["JP0000000"])


def test_our_key_on_the_line_decides(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, tmp_path, ["山田 花子", "山田 花子"])
    matches = propose(ws, "jppost", f"{ONE}\t{keys[1]}\n{TWO}\t{keys[0].lower()}\t誰か\n")
    assert given(matches) == {keys[1]: ONE, keys[0]: TWO}
    assert all(match.by_key for match in matches.proposed)


def test_two_of_one_name_and_postal_code_are_nobody_s_guess(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, tmp_path, ["山田 花子", "山田花子"])
    matches = propose(ws, "jppost", f"{ONE}\t山田 花子 様\t541-0041\n{TWO}\t山田 花子 様\t541-0041\n")
    assert (given(matches), reasons(matches), matches.without) == ({}, ["ambiguous"] * 2, tuple(keys))


def test_two_lines_for_one_parcel(ws: Workspace, tmp_path: Path) -> None:
    keys_of(ws, tmp_path, NAMES[:1])
    matches = propose(ws, "jppost", f"{ONE}\t山田 花子\t541-0041\n{TWO}\t山田 花子\t541-0041\n")
    assert (given(matches), reasons(matches)) == ({}, ["ambiguous"] * 2)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("山田 花子 様", "no_postal_code"),
        ("山田 花子 様\t541-0042", "no_parcel"),
        ("山田 花江\t541-0041", "no_parcel"),
    ],
)
def test_lines_that_name_nobody(ws: Workspace, tmp_path: Path, line: str, reason: str) -> None:
    keys = keys_of(ws, tmp_path, NAMES[:1])
    matches = propose(ws, "jppost", f"{ONE}\t{line}\n")
    assert (reasons(matches), matches.without) == ([reason], tuple(keys))


def test_numbers_twice_and_numbers_in_use(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, tmp_path, NAMES[:2])
    line = "{}\t山田 花子\t541-0041\n"
    assert reasons(propose(ws, "jppost", line.format(ONE) * 2)) == ["number_twice"] * 2
    assert track(ws, keys[1], TWO, TWO).ok
    matches = propose(ws, "jppost", line.format(TWO))
    assert (reasons(matches), matches.without) == (["number_in_use"], (keys[0],))


def test_what_never_stood_in_a_file_is_not_proposed(ws: Workspace) -> None:
    stored(ws.store, an_order(1), service="clickpost", carrier="jppost")
    assert reasons(propose(ws, "jppost", f"{ONE}\t山田 花子\t541-0041\n")) == ["no_parcel"]


@pytest.mark.parametrize(
    "text", ["", "お問い合わせ番号\n", "300000000004\t山田 花子\t541-0041\n", "090-0000-1234\n"]
)
def test_a_text_without_a_number_is_refused(ws: Workspace, text: str) -> None:
    with pytest.raises(Refused, match="match_no_numbers"):
        propose(ws, "jppost", text)
    with pytest.raises(Refused, match="carrier_unknown"):
        propose(ws, "drone", text)
