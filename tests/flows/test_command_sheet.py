"""The sheets of command codes hold every command; each code reads, at any printer, and the desk understands it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.documents.command_sheet import render_commands
from jpship_gui.domain.packing.checklist import LONGEST
from jpship_gui.domain.packing.commands import WITH_ARGUMENT, Command, code_of, command_of
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows import shared_options
from jpship_gui.flows.pack import checklist
from jpship_gui.flows.pack.crew import reasons_of
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.sheets.command_sheet import sections
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import LANGUAGES
from tests.documents.reading import codes, page_texts, picture
from tests.flows.carrier_desk import open_desk

ANSWERS = ["0", "1", "2", "3", "4"]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def read_off(ws: Workspace, language: str, drawn_for: int, read_at: int) -> list[str]:
    """Every code on the sheets, as a scanner reads them."""
    pdf, pages = render_commands(sections(ws, language), language, drawn_for)
    return [
        text
        for page in range(1, pages + 1)
        for found in codes(picture(pdf, page, read_at)).values()
        for text in found
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("drawn_for", "read_at"), [(203, 203), (300, 300), (600, 300), (203, 300)])
def test_every_code_reads(ws: Workspace, language: str, drawn_for: int, read_at: int) -> None:
    read = read_off(ws, language, drawn_for, read_at)
    drawn = [card.code for section in sections(ws, language) for card in section.cards]
    assert sorted(read) == sorted(drawn)
    assert len(set(read)) == len(read), "no code stands there twice"


def test_every_command_is_there_and_those_with_reasons_have_the_shops_own(ws: Workspace) -> None:
    shared_options.put(ws, "pack.reasons.hold", ["在庫を数え直す", "写真を撮る"])
    read = read_off(ws, "ja", 300, 300)
    known = [found for code in read if (found := command_of(code))]
    assert len(known) == len(read) - len(ANSWERS)
    assert {command for command, _ in known} == set(Command)
    for command in WITH_ARGUMENT:
        numbers = {number for one, number in known if one is command and number}
        if command is not Command.QTY and command not in (Command.NEXT, Command.RESTART):
            assert numbers == {str(n) for n, _ in enumerate(reasons_of(ws, command), 1)}
    pdf, _ = render_commands(sections(ws, "ja"), "ja", 300)
    words = "".join("".join(page.split()) for page in page_texts(pdf))
    assert "在庫を数え直す" in words
    assert "写真を撮る" in words


def test_the_desk_understands_every_code(ws: Workspace) -> None:
    with Desk(ws) as desk:
        for code in read_off(ws, "ja", 300, 300):
            answer = desk.scan(code)
            if code in ANSWERS:
                continue
            assert answer.outcome is not Outcome.NG_UNKNOWN, code
            if answer.klass.value == "ng":
                desk.scan(code_of(Command.ACK))


def test_ten_long_reasons_stay_on_their_cards(ws: Workspace) -> None:
    long = "倉庫の三番棚に在庫があるかどうかを確かめてから連絡を待つ"
    shared_options.put(ws, "pack.reasons.hold", [f"{long}{n}" for n in range(9)])
    pdf, pages = render_commands(sections(ws, "ja"), "ja", 300)
    for page in range(1, pages + 1):
        image = picture(pdf, page, 72)
        wide, high = image.size
        for edge in ((0, 0, 12, high), (wide - 12, 0, wide, high), (0, high - 12, wide, high)):
            assert image.crop(edge).getextrema() == (255, 255), page
    assert sum(code.startswith("JPCMDHOLD") for code in read_off(ws, "ja", 300, 300)) == 10


def test_the_sellers_own_items_are_there_with_their_words(ws: Workspace) -> None:
    longest = "箱の四隅とふたの裏に緩衝材を入れて振っても音がしないことを確かめてから十字にテープでとめて天地無用を貼った"
    assert len(longest) > LONGEST
    checklist.save(ws, f"4 四隅に緩衝材\n[g] sku:a\n71 {longest[:LONGEST]} | 任意")
    pdf, pages = render_commands(sections(ws, "ja"), "ja", 300)
    read = read_off(ws, "ja", 300, 300)
    assert {"JPTICK4", "JPTICK71"} <= set(read)
    words = "".join("".join(page_texts(pdf)).split())
    assert "四隅に緩衝材" in words
    assert longest[:LONGEST] in words, "not a letter is cut"
    assert pages >= 1
