"""Written values come back as they were."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.formats.toml_text import dumps

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.one_of(TEXT, st.integers(-(2**40), 2**40), st.booleans(), st.dates())
VALUE: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=12,
)


@given(data=st.dictionaries(TEXT, VALUE, max_size=6))
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    assert tomllib.loads(dumps(data)) == data


def test_it_is_written_for_people() -> None:
    data = {
        "id": "shop",
        "rows": {"mode": "per_item", "drop_if": [{"column": "商品ID", "pattern": "^$"}]},
        "fields": {"recipient.name": [{"columns": ["氏", "名"]}]},
        "from": date(2026, 11, 20),
    }
    assert dumps(data) == (
        'id = "shop"\nfrom = 2026-11-20\n\n[rows]\nmode = "per_item"\ndrop_if = [\n'
        '  { column = "商品ID", pattern = "^$" },\n]\n\n[fields]\n"recipient.name" = [\n'
        '  { columns = ["氏", "名"] },\n]\n'
    )


@pytest.mark.parametrize("value", [float("nan"), None, {1, 2}, b"x"])
def test_what_would_not_come_back_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        dumps({"a": value})
