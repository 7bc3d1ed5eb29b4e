"""The day's tape: every scan of every desk in words, found again, on paper and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows.pack import camera, checklist, evidence
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.tape import Filter, Reel, newest, read_tape, written
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.kinds import preview
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import journal, shops
from jpship_gui.texts import LANGUAGES, set_language
from tests.builders import an_order, stored
from tests.documents.reading import page_texts
from tests.flows.confirming import yamato_number

ACK = code_of(Command.ACK)
W1, W2 = yamato_number(1), yamato_number(2)
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # in Japan


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(str(tmp_path / "home"), person="佐藤", desk="1")
    shops.add(opened.store, "本店", "rakuten", {"pack.goods": "off"}, NOON)
    yield opened
    opened.close()


def a_day(ws: Workspace, day: datetime) -> list[str]:
    """Two parcels at two desks, one NG, one number typed; the keys."""
    moment = [day]

    def tick() -> datetime:
        moment[0] += timedelta(seconds=1)
        return moment[0]

    at = replace(ws, clock=tick)
    (_, a), (_, b), (_, c) = stored(ws.store, an_order(1), an_order(2), an_order(3))
    with Desk(at, "1", "佐藤") as one, Desk(at, "2", "鈴木") as two:
        for desk, raw in ((one, a), (two, b), (one, W1), (two, W1), (two, ACK), (two, W2)):
            desk.scan(raw)
            desk.apply_pending()
        two.command(Command.UNDO)
    number = yamato_number(3)
    track(at, c, number, number)
    return [a, b, c]


def test_all_desks_in_the_order_of_time_and_in_words(ws: Workspace) -> None:
    a, b, c = a_day(ws, NOON)
    tape = read_tape(ws, NOON.date(), NOON.date())
    assert [(line.desk, line.person) for line in tape.lines[:4]] == [("1", "佐藤"), ("2", "鈴木")] * 2
    assert [line.key for line in tape.lines] == [a, b, a, b, b, b, b, c]
    assert [line.klass for line in tape.lines] == ["ok", "ok", "ok", "ng", "ok", "ok", "ok", "complete"]
    assert tape.lines[0].order == an_order(1).id.number
    assert W1 in tape.lines[2].did
    assert "読み取り" in tape.lines[2].did
    assert tape.lines[3].word in tape.wrong
    assert tape.lines[4].read == tape.lines[4].word or "了承" in tape.lines[4].read
    assert "手入力" in tape.lines[7].did  # typed entries show (PK-01)
    assert (tape.parcels, tape.classes["ng"], tape.desks[:2]) == (1, 1, ("1", "1+office"))


def test_nobody_buying_is_named_in_it(ws: Workspace) -> None:
    a_day(ws, NOON)
    assert "山田" not in str(read_tape(ws, NOON.date(), NOON.date()))


def test_lines_are_found_again(ws: Workspace) -> None:
    a, *_ = a_day(ws, NOON)
    day = NOON.date()
    assert [line.klass for line in read_tape(ws, day, day, Filter(klass="ng")).lines] == ["ng"]
    assert {line.desk for line in read_tape(ws, day, day, Filter(desk="2")).lines} == {"2"}
    assert len(read_tape(ws, day, day, Filter(person="佐藤", words=W1)).lines) == 1
    assert len(read_tape(ws, day, day, Filter(words=a)).lines) == 2
    grouped = f"{W1[:4]}-{W1[4:8]}-{W1[8:]}"  # as the pages show it
    assert len(read_tape(ws, day, day, Filter(person="佐藤", words=grouped)).lines) == 1
    assert read_tape(ws, day, day, Filter(words="nowhere")).desks  # there is a day, though no line fits


def test_what_is_kept_while_somebody_looks_takes_in_what_is_new(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day(ws, NOON)
    day, everything = NOON.date(), Filter()
    reel = Reel(day, day)
    before = reel.show(ws, everything)
    read: list[int] = []
    back = journal.backwards

    def counted(path: Path) -> Iterator[journal.Entry]:
        for entry in back(path):
            read.append(entry.n)
            yield entry

    monkeypatch.setattr(journal, "backwards", counted)
    assert reel.show(ws, Filter(klass="ng")) == read_tape(ws, day, day, Filter(klass="ng"))
    read.clear()
    assert reel.show(ws, Filter(words=W1)).lines
    assert len(read) == len(journal.files(ws.places.journal)), "the last line of each journal, and no other"
    with Desk(replace(ws, clock=lambda: NOON + timedelta(minutes=9)), "1", "佐藤") as desk:
        desk.scan(W2)
    after = reel.show(ws, everything)
    assert after.lines[:-1] == before.lines
    assert after == read_tape(ws, day, day)
    assert reel.show(ws, Filter(words=W2)) == read_tape(ws, day, day, Filter(words=W2))
    set_language("en")
    assert reel.show(ws, everything) == read_tape(ws, day, day) != after


def test_the_newest_lines_alone_count_nothing(ws: Workspace) -> None:
    a_day(ws, NOON)
    day, everything = NOON.date(), Filter()
    quick = newest(ws, day, day, everything, 1)
    assert (quick.whole, dict(quick.classes), quick.parcels) == (False, {}, 0)
    assert len(quick.lines) == len(journal.files(ws.places.journal))
    assert quick.lines[-1] == read_tape(ws, day, day).lines[-1]
    assert newest(ws, day, day, everything, 100) == read_tape(ws, day, day)


def test_a_day_is_a_day_in_japan(ws: Workspace) -> None:
    midnight = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    a_day(ws, midnight - timedelta(seconds=9))
    first, second = midnight.date(), midnight.date() + timedelta(days=1)
    before, after = (len(read_tape(ws, day, day).lines) for day in (first, second))
    assert before > 0
    assert after > 0
    assert before + after == len(read_tape(ws, first, second).lines) == 8


def test_as_csv_nothing_becomes_a_formula(ws: Workspace) -> None:
    a_day(ws, NOON)
    with Desk(replace(ws, clock=lambda: NOON), "3", "=1+1") as desk:
        desk.scan("=HYPERLINK(1)")
    data = written(read_tape(ws, NOON.date(), NOON.date()).lines)
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert len(head) == 7
    assert len(rows) == 9
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_every_line_stands(ws: Workspace, language: str) -> None:
    a_day(ws, NOON)
    set_language(language)
    drawn = preview(ws, "tape", [], {"day": str(NOON.date())})
    lines = read_tape(ws, NOON.date(), NOON.date()).lines
    page = "".join(page_texts(drawn.pdf)).replace("\n", "")
    for line in lines:
        assert line.word.replace(" ", "") in page.replace(" ", "")
        assert line.read[:9] in page.replace(" ", "") or line.read[:6] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_ticks_weights_and_photos_are_told_in_words(ws: Workspace, tmp_path: Path, language: str) -> None:
    photo = tmp_path / "a.png"
    Image.new("L", (4, 4)).save(photo)
    shops.set_settings(ws.store, "本店", {"pack.goods": "off", "pack.weight": "warn"})
    checklist.save(ws, "4 四隅に緩衝材\n9 チラシ | 任意")
    at = replace(ws, clock=lambda: NOON)
    (_, key) = stored(ws.store, an_order(1))[0]
    evidence.attach(at, key, photo)
    with pytest.raises(Refused):
        camera.shoot(at, key)
    with Desk(at, "1", "佐藤") as desk:
        for raw in (key, "JPTICK4", "415 g", W1):
            desk.scan(raw)
    set_language(language)
    lines = read_tape(ws, NOON.date(), NOON.date()).lines
    set_language("ja")
    did = [line.did for line in lines]
    for part in ("四隅に緩衝材", "チラシ", "415"):
        assert any(part in one for one in did), part
    assert not [one for one in did if "camera_none" in one]
    assert not [line.word for line in lines if line.word in ("evidence", "camera", "photo")]
