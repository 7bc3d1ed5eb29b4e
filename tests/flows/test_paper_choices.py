"""What a person is asked for one print alone, and what is remembered of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.paper import print_queue, sent
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN
from jpship_gui.flows.paper.kind import CHOICE, NUMBER, PLACE, Ask, Wanted
from jpship_gui.flows.paper.kinds import asks, check_choices, kinds, print_paper
from jpship_gui.flows.paper.print_queue import Job, JobState
from jpship_gui.flows.paper.stocks import add_stocks, measured, stocks
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import prints
from jpship_gui.texts import known
from tests.builders import an_order
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _asked(ws: Workspace, document: str, keys: Sequence[str], **choices: str) -> dict[str, Ask]:
    return {ask.id: ask for ask in asks(ws, document, keys, choices)}


def test_what_is_asked_is_known_to_the_paper_and_has_words(ws: Workspace) -> None:
    keys = printable(ws, an_order(1), an_order(2))
    asking = set()
    for kind in kinds().values():
        for ask in kind.asks(ws, Wanted(tuple(keys), preview=True)):
            asking.add(kind.id)
            assert ask.id in kind.choices
            assert known(ask.words), ask.words
            assert not ask.hint or known(ask.hint)
            assert all(known(words) or "." not in words or words[0].isdigit() for _, words in ask.options)
    assert {"address", "letter", "post", "marks", "card", "noshi", "envelope", "label", "commands"} <= asking


@pytest.mark.parametrize("document", ["address", "letter", "post", "marks", "card"])
def test_a_sheet_is_asked_for_with_its_own_grid_and_goes_on_where_it_ended(
    ws: Workspace, document: str, tmp_path: Path
) -> None:
    keys = printable(ws, an_order(1, gift_message="おめでとう"))
    sheet = next(one for one in stocks(ws).values() if one.labels > 6)
    found = _asked(ws, document, keys, sheet=sheet.id)
    assert found["sheet"].value == sheet.id
    assert {value for value, _ in found["sheet"].options} == set(stocks(ws))
    first = found["first"]
    assert (first.kind, first.columns, first.rows, first.value) == (PLACE, *sheet.grid, "1")
    assert _asked(ws, document, keys, sheet=sheet.id, first="5")["first"].value == "5"
    assert _asked(ws, document, keys, sheet=sheet.id, first="9999")["first"].value == str(sheet.labels)
    choices = {"sheet": sheet.id, "first": "4", "marks": "dry", "message": "ありがとう"}
    print_paper(ws, document, keys, tmp_path / "out.pdf", choices)
    assert _asked(ws, document, keys, sheet=sheet.id)["first"].value == "5"


def test_a_sheet_of_one_asks_for_no_label_and_one_of_very_many_for_a_number(
    ws: Workspace, tmp_path: Path
) -> None:
    (key,) = printable(ws, an_order(1))
    (tmp_path / "own.toml").write_text(
        "[tiny]\ngrid = [15, 20]\nsize = [12, 12]\nmargin = [10, 10]\n[one]\ngrid = [1, 1]\nsize = [100, 148]\nmargin = [0, 0]\n",
        encoding="utf-8",
    )
    add_stocks(ws, tmp_path / "own.toml")
    assert set(_asked(ws, "address", (key,), sheet="one")) == {"sheet"}
    first = _asked(ws, "address", (key,), sheet="tiny")["first"]
    assert (first.kind, first.low, first.high) == (NUMBER, 1, 300)


def test_nothing_is_asked_about_labels_that_are_not_printed(ws: Workspace) -> None:
    assert not asks(ws, "address", ())
    assert not asks(ws, "handover", ())
    assert not asks(ws, "form", ())


def test_noshi_and_envelopes_start_from_the_desks_settings(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(1))
    ws.options.set("noshi.paper", "75x210")
    ws.options.set("envelope.writing", "across")
    noshi = _asked(ws, "noshi", (key,), title="寿")
    assert {id_: ask.value for id_, ask in noshi.items()} == {
        "title": "寿",
        "names": "",
        "cord": "auto",
        "paper": "75x210",
    }
    envelope = _asked(ws, "envelope", (key,))
    assert (envelope["writing"].kind, envelope["writing"].value) == (CHOICE, "across")


def test_an_unknown_choice_is_told_with_those_there_are() -> None:
    check_choices("noshi", {"title": "寿", GLYPHS_SEEN: "1"})
    with pytest.raises(Refused) as fault:
        check_choices("noshi", {"titel": "寿"})
    assert (fault.value.code, fault.value.values["found"]) == ("choice_unknown", "titel")
    assert "title, names, cord, paper" in str(fault.value.values["known"])
    with pytest.raises(Refused) as fault:
        check_choices("cover", {"paper": "a4"})
    assert fault.value.code == "choice_none"


def test_a_print_that_no_queue_took_leaves_the_sheet_where_it_was(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, an_order(1), an_order(2))
    said = {"sheet": "28362", "first": "4"}
    made = print_paper(ws, "address", keys, tmp_path / "a.pdf", said, to_queue=True)
    assert measured(ws, "28362").first == 6
    sent.note_unsent(ws, made.print_id)
    assert measured(ws, "28362").first == 1
    made = print_paper(ws, "address", keys, tmp_path / "a.pdf", said, to_queue=True)
    later = print_paper(ws, "address", keys[:1], tmp_path / "b.pdf", to_queue=True)
    sent.note_unsent(ws, made.print_id)
    assert measured(ws, "28362").first == 7  # the sheet was used again since
    sent.note_unsent(ws, later.print_id)
    assert measured(ws, "28362").first == 6


def test_a_job_cancelled_at_the_queue_leaves_the_sheet_where_it_was(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = printable(ws, an_order(1))
    made = print_paper(ws, "address", [key], tmp_path / "a.pdf", {"sheet": "28362"}, to_queue=True)
    sent.note_sent(ws, made.print_id, Job("laser-7", "laser", 1))
    monkeypatch.setattr(print_queue, "available", lambda: True)
    monkeypatch.setattr(print_queue, "state_of", lambda job: (JobState.CANCELLED, ""))
    assert measured(ws, "28362").first == 2
    (news,) = sent.follow(ws)
    assert news.state == prints.CANCELLED
    assert measured(ws, "28362").first == 1
    assert ws.options.get("label.begun") == {}


def test_a_sheet_that_is_gone_may_be_replaced(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(1))
    ws.options.set("label.sheet", "gone")
    (ask,) = asks(ws, "address", (key,))
    assert (ask.id, ask.value) == ("sheet", "gone")
    assert "first" in _asked(ws, "address", (key,), sheet="28362")
