"""Carriers and their services by name, in the present language on the screen, as the carrier writes it on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.flows.check.words import shown_values
from jpship_gui.flows.plan.words import service_words
from jpship_gui.flows.upkeep.adapters import service_name, services_of
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.texts import set_language

WORDS = {
    "ja": ("ネコポス", "ヤマト ネコポス", "レターパックプラス"),
    "en": ("Nekopos", "Yamato Nekopos", "Letter Pack Plus"),
    "zh_Hans": ("Nekopos", "雅玛多 Nekopos", "Letter Pack Plus"),
}


@pytest.fixture
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("ja")


@pytest.mark.parametrize("spoken", list(WORDS), indirect=True)
def test_a_service_is_called_as_people_of_that_language_call_it(tmp_path: Path, spoken: str) -> None:
    ws = open_workspace(str(tmp_path))
    assert (
        service_name("yamato", "nekopos"),
        service_words(ws, ("yamato", "nekopos")),
        dict(services_of("jppost"))["letterpack_plus"],
    ) == WORDS[spoken]
    assert service_name("yamato", "unknown") == "unknown"
    ws.close()


@pytest.mark.parametrize("spoken", list(WORDS), indirect=True)
def test_what_a_problem_noted_is_told_in_the_present_language(spoken: str) -> None:
    noted = {"carrier": "yamato", "service": "nekopos", "name": "ヤマト ネコポス"}
    assert shown_values(noted)["name"] == WORDS[spoken][1]
    own = {"carrier": "kotori", "service": "s1", "name": "ことり便 速達"}
    assert shown_values(own)["name"] == own["name"]
