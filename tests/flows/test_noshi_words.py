"""What a marketplace's のし text asks for."""

from __future__ import annotations

import pytest

from jpship_gui.flows.paper.noshi_words import Asked, asked, cord_of, names_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("御祝", Asked("御祝", (), "bow")),
        ("内祝 山田", Asked("内祝", (("山田", ""),), "bow")),
        ("のし:出産内祝い、名入れ：結愛（ゆあ）", Asked("出産内祝い", (("結愛", "ゆあ"),), "bow")),
        ("表書き 寿 / 名前 山田太郎・花子", Asked("寿", (("山田太郎", ""), ("花子", "")), "knot10")),
        ("志 鈴木", Asked("志", (("鈴木", ""),), "mourning")),
        ("快気祝", Asked("快気祝", (), "knot5")),
        ("無地のし", Asked(blank=True, cord="bow")),
        ("のし不要", Asked(nothing=True)),
        ("", Asked(nothing=True)),
        ("のし希望 志村", Asked(cord="bow")),  # a name with 志 in it is no mourning
        ("のし希望 寿子", Asked(cord="bow")),
        ("御祝 志村", Asked("御祝", (("志村", ""),), "bow")),
    ],
)
def test_title_names_and_cord(text: str, expected: Asked) -> None:
    assert asked(text) == expected


def test_names_a_person_types() -> None:
    assert names_in("山田 太郎／花子（はなこ）") == (("山田 太郎", ""), ("花子", "はなこ"))
    assert names_in("  ") == ()
    assert cord_of("御開業祝") == "bow"
