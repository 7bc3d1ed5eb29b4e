"""A watched folder: whole files, each content once, nothing taken in without a person (IN-17)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.intake.take_back import take_back
from jpship_gui.flows.intake.watch import (
    NOTHING_SEEN,
    Kind,
    Look,
    Offers,
    Seen,
    judge,
    look,
    look_and_judge,
    remember,
    watched_folder,
    without,
)
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten import samples
from jpship_gui.store import shops
from tests.flows.whole_store import facts

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "downloads"
    made.mkdir()
    return made


def an_order_file(path: Path, count: int = 3) -> Path:
    return samples.write_csv(path, samples.rakuten_rows(count, plain=True))


def twice(folder: Path, seen: Seen = NOTHING_SEEN) -> Look:
    """Two looks, as any file needs to count."""
    return look(folder, look(folder, seen).seen)


def names(found: Look) -> list[str]:
    return [one.path.name for one in found.files]


def kinds(offers: Offers) -> dict[str, str]:
    return {one.found.path.name: one.kind.value for one in offers.files}


# -- looking ----------------------------------------------------------------------------------------------------------


def test_a_file_counts_from_the_second_equal_look_on(folder: Path) -> None:
    an_order_file(folder / "orders.csv")
    first = look(folder)
    assert (names(first), first.growing) == ([], ("orders.csv",))
    second = look(folder, first.seen)
    assert (names(second), second.growing) == (["orders.csv"], ())
    assert names(look(folder, second.seen)) == ["orders.csv"]


def test_a_download_in_progress_is_not_read(folder: Path) -> None:
    whole = an_order_file(folder.parent / "whole.csv").read_bytes()
    target, seen = folder / "orders.csv", NOTHING_SEEN
    for end in range(len(whole) // 4, len(whole) + 1, len(whole) // 4):
        target.write_bytes(whole[:end])
        os.utime(target, ns=(end, end))
        found = look(folder, seen)
        assert names(found) == []
        seen = found.seen
    target.write_bytes(whole)
    assert names(twice(folder, seen)) == ["orders.csv"]


@pytest.mark.parametrize(
    "name", ["orders.csv.crdownload", "x.part", "~$orders.xlsx", ".orders.csv.swp", "a.TMP", ".DS_Store"]
)
def test_shadows_and_unfinished_downloads_are_no_files(folder: Path, name: str) -> None:
    an_order_file(folder / name)
    found = twice(folder)
    assert (names(found), found.growing) == ([], ())


def test_folders_empty_files_and_giants_are_passed_over(folder: Path) -> None:
    (folder / "inner").mkdir()
    an_order_file(folder / "inner" / "orders.csv")
    (folder / "empty.csv").touch()
    with (folder / "giant.csv").open("wb") as file:
        file.truncate(200_000_000)
    assert names(twice(folder)) == []


def test_a_file_written_anew_is_another_file(folder: Path) -> None:
    an_order_file(folder / "orders.csv", 3)
    before = twice(folder)
    an_order_file(folder / "orders.csv", 4)
    os.utime(folder / "orders.csv", ns=(1, 1))
    after = twice(folder, before.seen)
    assert before.files[0].fingerprint != after.files[0].fingerprint


def test_a_folder_that_vanishes_comes_back_without_a_word(folder: Path) -> None:
    an_order_file(folder / "orders.csv")
    found = twice(folder)
    shutil.move(folder, folder.parent / "away")
    gone = look(folder, found.seen)
    assert (gone.missing, gone.files, gone.seen) == (True, (), found.seen)
    shutil.move(folder.parent / "away", folder)
    again = look(folder, gone.seen)
    assert (again.missing, again.files) == (False, found.files)


def test_a_name_where_a_folder_should_be_is_missing(folder: Path) -> None:
    assert look(an_order_file(folder / "orders.csv")).missing


def test_looking_touches_nothing(folder: Path) -> None:
    path = an_order_file(folder / "orders.csv")
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(folder.iterdir()))
    twice(folder)
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(folder.iterdir())) == before


CONTENTS = st.sampled_from([b"a", b"bb", b"ccc"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["x.csv", "y.csv"]), st.one_of(CONTENTS, st.none())), min_size=1, max_size=8
    )
)
def test_what_counts_is_always_what_lay_there_unchanged_since_the_look_before(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, bytes | None]]
) -> None:
    """Files written, rewritten and removed between looks; whatever a look gives out has been the same twice."""
    place = tmp_path_factory.mktemp("watched")
    seen, before = NOTHING_SEEN, dict[str, tuple[bytes, int]]()
    for number, (name, content) in enumerate(acts, start=1):
        path = place / name
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
            os.utime(path, ns=(number, number))
        now = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in place.iterdir()}
        found = look(place, seen)
        assert {one.path.name for one in found.files} == {n for n in now if before.get(n) == now[n]}
        seen, before = found.seen, now


# -- judging ----------------------------------------------------------------------------------------------------------


def test_only_what_a_person_should_see_is_offered(ws: Workspace, folder: Path) -> None:
    orders = an_order_file(folder / "a.csv")
    shutil.copy(orders, folder / "a (1).csv")  # the same content under another name
    issued = "お客様管理番号,送り状種類,伝票番号,出荷予定日\r\nABC,0,400123456003,2026/11/21\r\n"
    (folder / "b2.csv").write_bytes(issued.encode("cp932"))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    (folder / "notes.csv").write_text("日付,内容\n1,2\n", encoding="utf-8")
    (folder / "half.csv").write_bytes(orders.read_bytes()[:-40])
    before = facts(ws.store)
    found = look_and_judge(ws, folder, look(folder).seen)
    offers = found.offers
    shown = kinds(offers)
    assert shown.pop("half.csv") in ("faulty", "orders")
    assert shown == {"a (1).csv": "orders", "b2.csv": "numbers", "notes.csv": "unknown"}
    assert offers.takes >= 3
    after = facts(ws.store)
    assert {name for name in after if after[name] != before[name]} == {
        "watched_files"
    }  # the photo, once and for all
    assert [row[2] for row in after["watched_files"]] == ["photo.jpg"]


def test_each_file_is_offered_until_it_was_shown_and_never_again(ws: Workspace, folder: Path) -> None:
    path = an_order_file(folder / "a.csv")
    files = twice(folder).files
    assert kinds(judge(ws, files)) == kinds(judge(ws, files)) == {"a.csv": "orders"}
    remember(ws, files)
    assert judge(ws, files) == Offers()
    path.rename(folder / "renamed.csv")
    assert judge(ws, twice(folder).files) == Offers()
    other_desk = ws.as_person("鈴木", "2")
    assert kinds(judge(other_desk, twice(folder).files)) == {"renamed.csv": "orders"}


def test_what_was_taken_in_is_not_offered_even_at_another_desk(ws: Workspace, folder: Path) -> None:
    path = an_order_file(folder / "a.csv")
    accept(ws, preview(ws, [path]))
    assert judge(ws.as_person("鈴木", "2"), twice(folder).files) == Offers()
    take_back(ws)
    assert kinds(judge(ws, twice(folder).files)) == {"a.csv": "orders"}


def test_orders_known_already_need_nobody(ws: Workspace, folder: Path) -> None:
    rows = samples.rakuten_rows(3, plain=True)
    accept(ws, preview(ws, [samples.write_csv(folder.parent / "first.csv", rows)]))
    (folder / "again.csv").write_bytes((folder.parent / "first.csv").read_bytes() + b"\r\n")
    assert judge(ws, twice(folder).files) == Offers()


def test_a_file_of_nobodys_shop_is_told(tmp_path: Path, folder: Path) -> None:
    bare = open_workspace(str(tmp_path / "bare"))
    an_order_file(folder / "a.csv")
    assert kinds(judge(bare, twice(folder).files)) == {"a.csv": "faulty"}
    bare.close()


def test_shown_ones_go_and_the_others_stay(ws: Workspace, folder: Path) -> None:
    first, second = an_order_file(folder / "a.csv", 2), an_order_file(folder / "b.csv", 5)
    offers = judge(ws, twice(folder).files)
    shown = {one.found.fingerprint for one in offers.files if one.found.path == first}
    assert [one.found.path for one in without(offers, shown).files] == [second]
    assert [one.kind for one in offers.orders] == [Kind.ORDERS] * 2


def test_files_are_judged_again_only_when_others_lie_there(ws: Workspace, folder: Path) -> None:
    an_order_file(folder / "a.csv", 2)
    once = look_and_judge(ws, folder)
    settled = look_and_judge(ws, folder, once.look.seen, once.prints)
    assert settled.offers is not None
    assert settled.offers.takes == 2
    same = look_and_judge(ws, folder, settled.look.seen, settled.prints)
    assert same.offers is None
    (folder / "a.csv").unlink()
    gone = look_and_judge(ws, folder, same.look.seen, same.prints)
    assert gone.offers == Offers()


def test_the_setting_is_the_desks_own(ws: Workspace, folder: Path) -> None:
    assert watched_folder(ws) is None
    ws.options.set("import.watch_folder", str(folder))
    assert watched_folder(ws) is None
    ws.options.set("import.watch", True)
    assert watched_folder(ws) == folder
